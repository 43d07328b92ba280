"""Step 1 and `kam.ui.objectives`."""

import pytest

from kam.edits import PutObjective, SetCapacity
from kam.model import Capacity, Objective
from kam.ui.objectives import capacity_words
from tests.apps import example, go, page, present, restart, shown, stored
from tests.workshops import places

OBJECTIVE = Objective(id="o", name="Grow profit")


@pytest.mark.parametrize(
    ("capacity", "words"),
    [
        (Capacity(), "Not known yet. Until then nobody has to wait for a place."),
        (Capacity(people=5.0), "Not known yet. Until then nobody has to wait for a place."),
        (Capacity(mode="places", places=1), "We have room for **1 key account**."),
        (Capacity(mode="places", places=0), "We have room for **0 key accounts**."),
        (
            Capacity(people=2, hours_per_person=1_500, hours_strategic=1_000, hours_core=400),
            "**3,000 hours a year**: room for 3 strategic key accounts, or 7 core ones, or a mix.",
        ),
    ],
)
def test_the_capacity_is_one_sentence(capacity: Capacity, words: str) -> None:
    assert capacity_words(capacity) == words


def test_a_template_is_one_tap() -> None:
    workshop = stored()
    tab = page("objectives", workshop)
    offers = [button for button in tab.button if str(button.key).startswith("offer_")]
    offers[0].click().run()
    [objective] = present(workshop).objectives.values()
    assert objective.name in shown(tab)
    assert "Missing: " in shown(tab)


def test_ones_own_words_make_an_objective_and_the_box_is_empty_again() -> None:
    workshop = stored()
    tab = page("objectives", workshop)
    tab.text_input(key="own_objective").set_value("Learn with them").run()
    assert [o.name for o in present(workshop).objectives.values()] == ["Learn with them"]
    assert tab.text_input(key="own_objective").value == ""


def test_nothing_typed_adds_nothing_and_too_much_is_cut() -> None:
    workshop = stored()
    tab = page("objectives", workshop)
    tab.text_input(key="own_objective").set_value("   ").run()
    assert present(workshop).objectives == {}
    tab.text_input(key="own_objective").set_value("x" * 300).run()
    assert [len(o.name) for o in present(workshop).objectives.values()] == [200]
    shown(tab)


def test_what_an_objective_lacks_goes_as_it_is_filled_in() -> None:
    workshop = stored(PutObjective(objective=OBJECTIVE))
    tab = page("objectives", workshop)
    assert "Missing: a measure, a baseline, a target, a year" in shown(tab)
    tab.text_input(key="o.measure").set_value("Profit").run()
    tab.number_input(key="o.baseline").set_value(0.0).run()
    tab.number_input(key="o.target").set_value(2.0).run()
    tab.number_input(key="o.year").set_value(2028).run()
    assert "Missing" not in shown(tab)
    assert present(workshop).objectives["o"].gaps == ()


def test_an_objective_without_a_name_is_refused_in_words() -> None:
    workshop = stored(PutObjective(objective=OBJECTIVE))
    tab = page("objectives", workshop)
    tab.text_input(key="o.name").set_value("").run()
    assert "name: " in shown(tab)
    assert present(workshop).objectives["o"].name == "Grow profit"


def test_an_objective_is_removed_and_undo_brings_it_back() -> None:
    workshop = stored(PutObjective(objective=OBJECTIVE))
    tab = page("objectives", workshop)
    tab.button(key="remove_o").click().run()
    assert present(workshop).objectives == {}
    tab.button(key="undo").click().run()
    assert present(workshop).objectives == {"o": OBJECTIVE}
    tab.button(key="redo").click().run()
    assert present(workshop).objectives == {}
    shown(tab)


def test_a_capacity_set_here_is_felt_at_the_split_and_survives_refresh_and_restart() -> None:
    workshop = example()
    tab = page("objectives", workshop)
    tab.number_input(key="capacity.people").set_value(2.0).run()
    assert "3,100 hours a year" in shown(tab)
    told = shown(go(tab, "split"))
    assert "2 strategic and 0 core key accounts" in told or "wait for room" in told
    restart()
    again = page("objectives", workshop)
    assert again.number_input(key="capacity.people").value == 2.0
    assert shown(page("split", workshop)) == told


def test_places_are_the_simple_way_to_count() -> None:
    workshop = stored()
    tab = page("objectives", workshop)
    tab.segmented_control(key="capacity.mode").set_value("places").run()
    tab.number_input(key="capacity.places").set_value(8).run()
    assert "We have room for **8 key accounts**." in shown(tab)
    assert present(workshop).capacity == Capacity(mode="places", places=8)


def test_what_was_counted_in_hours_is_kept_while_places_are_counted() -> None:
    hours = SetCapacity(capacity=Capacity(people=5.0, hours_core=300.0))
    workshop = stored(hours)
    tab = page("objectives", workshop)
    tab.segmented_control(key="capacity.mode").set_value("places").run()
    assert present(workshop).capacity.people == 5.0


def test_the_next_step_names_the_agreement_and_goes_on() -> None:
    workshop = stored(PutObjective(objective=OBJECTIVE), places(8))
    tab = page("objectives", workshop).button(key="next_step").click().run()
    assert "What makes a customer attractive?" in shown(tab)
    assert [mark.name for mark in present(workshop).marks] == ["Objectives agreed"]
