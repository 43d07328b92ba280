"""Of `kam.ui.what_if_scenarios`: what-ifs kept under a name, for everybody; the workshop stays."""

import json

import pytest

from kam.edits import (
    DropScenario,
    Edit,
    Forecast,
    KeepScenario,
    MoveLine,
    RemoveCustomers,
    SetPoints,
    Together,
)
from kam.errors import Unreadable
from kam.model import Scenario
from kam.ui import rooms, what_if_scenarios
from kam.ui.what_if_scenarios import kept_as, moves_of
from tests.apps import example, present, scored, shown, stored
from tests.pages.trying import copy_of, moves, opened
from tests.workshops import after, made

FIVE = [(f"Customer {n}", (8.0, 8.0)) for n in range(5)]
LINE = MoveLine(line="strength", value=7.0)
STEP = Together(name="weights without Ines", edits=(SetPoints(points={"a": 1.0}),))


def scenario(*raw: dict[str, object]) -> Scenario:
    return Scenario(id="x", name="Bad", edits=raw)


@pytest.mark.parametrize("move", [LINE, STEP, Forecast(criterion="a", customer="c1", level=None)])
def test_moves_come_back_as_they_were_kept_also_through_a_file(move: Edit) -> None:
    kept = kept_as(made(), "Lean", [move], 3).scenario
    assert moves_of(kept) == (move,)
    assert moves_of(Scenario.model_validate(json.loads(kept.model_dump_json()))) == (move,)
    assert (kept.name, kept.revision) == ("Lean", 3)


def test_a_name_that_is_taken_is_kept_anew_and_another_name_beside_it() -> None:
    first = kept_as(made(), "Lean", [LINE], 1)
    again = kept_as(after(made(), first), "Lean", [STEP], 2)
    other = kept_as(after(made(), first), "Rich", [STEP], 2)
    assert again.scenario.id == first.scenario.id
    assert other.scenario.id != first.scenario.id


def test_a_kept_move_that_we_do_not_know_is_told_with_the_way_out() -> None:
    with pytest.raises(Unreadable, match="“Bad” cannot be opened: we found a move that this page"):
        moves_of(scenario({"kind": "sell_everything"}))


@pytest.mark.parametrize(
    "strange",
    [
        RemoveCustomers(customers=("c1",)),
        DropScenario(scenario="x"),
        Together(name="harmless", edits=(RemoveCustomers(customers=("c1",)),)),
    ],
)
def test_a_kept_move_that_no_what_if_makes_is_not_opened(strange: Edit) -> None:
    with pytest.raises(Unreadable, match="does not know"):
        moves_of(scenario(strange.model_dump(mode="json")))


def test_keeping_opening_and_dropping_leave_the_baseline_where_it_was() -> None:
    workshop = stored(*scored(FIVE))
    before = present(workshop)
    tab = opened(workshop, "Lines")
    tab.number_input(key="if.line.strength").set_value(7.0).run()
    tab.text_input(key="if.scenario").set_value("Strict").run()
    [kept] = present(workshop).scenarios.values()
    assert (kept.name, moves_of(kept)) == ("Strict", (LINE,))
    assert tab.text_input(key="if.scenario").value == ""
    fresh = opened(workshop, "Lines")
    fresh.button(key=f"open_{kept.id}").click().run()
    assert moves(fresh, workshop) == (LINE,)
    assert fresh.number_input(key="if.line.strength").value == 7.0
    fresh.button(key=f"drop_{kept.id}").click().run()
    assert present(workshop) == before


def test_opening_takes_the_place_of_the_moves_and_one_undo_brings_them_back() -> None:
    kept = KeepScenario(scenario=Scenario(id="x", name="Strict", edits=(LINE.model_dump(),)))
    workshop = stored(*scored(FIVE), kept)
    tab = opened(workshop, "Lines")
    tab.number_input(key="if.line.attractiveness").set_value(6.0).run()
    tab.button(key="open_x").click().run()
    assert moves(tab, workshop) == (LINE,)
    tab.button(key="take_back").click().run()
    assert moves(tab, workshop) == (MoveLine(line="attractiveness", value=6.0),)


def test_an_old_scenario_meets_what_the_room_has_changed_since_it_was_kept() -> None:
    workshop = stored(*scored(FIVE))
    revision = rooms.store().history(workshop).revision
    kept = kept_as(present(workshop), "Strict", [LINE], revision)
    rooms.store().write(workshop, kept)
    rooms.store().write(workshop, MoveLine(line="strength", value=6.0))
    tab = opened(workshop)
    tab.button(key=f"open_{kept.scenario.id}").click().run()
    assert copy_of(tab, workshop).revision == revision
    assert "The room has changed this since you began: strength cut-off 5 → 6." in shown(tab)


def test_a_scenario_that_cannot_be_read_is_told_and_the_moves_stay() -> None:
    bad = KeepScenario(scenario=Scenario(id="x", name="Bad", edits=({"kind": "boom"},)))
    workshop = stored(*scored(FIVE), bad)
    tab = opened(workshop, "Lines")
    tab.number_input(key="if.line.strength").set_value(7.0).run()
    tab.button(key="open_x").click().run()
    assert "The scenario “Bad” cannot be opened" in shown(tab)
    assert moves(tab, workshop) == (LINE,)


def test_the_examples_scenarios_open_without_a_word_of_complaint() -> None:
    workshop = example()
    for key in present(workshop).scenarios:
        tab = opened(workshop)
        tab.button(key=f"open_{key}").click().run()
        text = shown(tab)
        assert "1 move: " in text
        assert "The room has changed this" not in text


def test_without_moves_there_is_nothing_to_keep() -> None:
    tab = opened(stored(*scored(FIVE)))
    assert tab.text_input(key="if.scenario").disabled


def test_every_move_that_the_page_makes_may_be_kept() -> None:
    assert {LINE.kind, STEP.kind, "put_criterion", "judge_gate"} <= what_if_scenarios.MOVES
    assert "bring_in" not in what_if_scenarios.MOVES
