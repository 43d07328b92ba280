"""Of `kam.ui.what_if_side`: up to three states on the same axes, and who differs."""

from kam.edits import KeepScenario, MoveLine, RemoveCustomers, ScoreCustomer
from kam.method import futures
from kam.method.assessment import assess
from kam.model import Class, Scenario
from kam.ui import rooms, what_if_side
from kam.ui.what_if_side import Side, differences
from tests.apps import example, present, scored, shown, stored
from tests.pages.trying import opened, side_by_side
from tests.workshops import after, placed

SIX = [(f"Customer {n}", (8.0, 3.0 + n)) for n in range(6)]
THREE = {"ash": (8.0, 8.0), "bay": (8.0, 3.0), "cob": (2.0, 8.0)}


def kept(key: str, name: str, *moves: MoveLine | ScoreCustomer) -> KeepScenario:
    edits = tuple(move.model_dump(mode="json") for move in moves)
    return KeepScenario(scenario=Scenario(id=key, name=name, edits=edits))


LENIENT = kept("lenient", "Lenient", MoveLine(line="strength", value=3.0))
STRICT = kept("strict", "Strict", MoveLine(line="strength", value=7.5))


def test_now_and_the_copy_stand_side_by_side_with_who_differs() -> None:
    workshop = stored(*scored(SIX))
    tab = opened(workshop, "Lines")
    tab.number_input(key="if.line.strength").set_value(7.5).run()
    tab = side_by_side(tab)
    text = shown(tab)
    assert "**Now**" in text
    assert "**This copy**" in text
    assert len(tab.get("vega_lite_chart")) == 2
    frame = tab.dataframe[0].value
    assert list(frame.columns) == ["Customer", "Now", "This copy"]
    assert set(frame["Customer"]) == {"Customer 2", "Customer 3", "Customer 4"}
    assert set(frame["Now"]) == {Class.KEY_CORE.label}


def test_where_nothing_differs_it_says_so() -> None:
    tab = side_by_side(opened(stored(*scored(SIX))))
    assert "Every customer has the same class in all of them." in shown(tab)
    assert not tab.dataframe


def test_kept_scenarios_stand_beside_and_not_more_than_three() -> None:
    workshop = stored(*scored(SIX), LENIENT, STRICT)
    tab = side_by_side(opened(workshop))
    assert tab.multiselect(key="if.sides").value == ["now", "copy", "lenient"]
    tab.multiselect(key="if.sides").set_value(["strict", "lenient", "now"]).run()
    assert len(tab.get("vega_lite_chart")) == 3
    assert list(tab.dataframe[0].value.columns) == ["Customer", "Strict", "Lenient", "Now"]
    assert tab.multiselect(key="if.sides").proto.max_selections == 3
    assert present(workshop).cut_offs.strength == 5.0


def test_one_state_has_no_table_and_none_asks_to_choose() -> None:
    tab = side_by_side(opened(stored(*scored(SIX), STRICT)))
    tab.multiselect(key="if.sides").set_value(["strict"]).run()
    shown(tab)
    assert not tab.dataframe
    tab.multiselect(key="if.sides").set_value([]).run()
    assert "Choose up to three states to see them side by side." in shown(tab)


def test_a_scenario_that_somebody_dropped_leaves_the_comparison() -> None:
    workshop = stored(*scored(SIX), STRICT)
    tab = side_by_side(opened(workshop))
    tab.button(key="drop_strict").click().run()
    shown(tab)
    assert tab.multiselect(key="if.sides").value == ["now", "copy"]


def test_moves_of_a_scenario_that_no_longer_fit_are_counted_in_its_name() -> None:
    workshop = stored(
        *scored(SIX),
        kept("x", "Wish", ScoreCustomer(customer="c5", criterion="a", value=1.0)),
    )
    rooms.store().write(workshop, RemoveCustomers(customers=("c5",)))
    assert "**Wish (without 1 move that no longer fit)**" in shown(side_by_side(opened(workshop)))


def test_a_scenario_that_cannot_be_read_is_told_and_the_others_are_shown() -> None:
    bad = KeepScenario(scenario=Scenario(id="x", name="Bad", edits=({"kind": "boom"},)))
    tab = side_by_side(opened(stored(*scored(SIX), bad)))
    assert "The scenario “Bad” cannot be opened" in shown(tab)
    assert len(tab.get("vega_lite_chart")) == 2


def test_a_move_is_felt_in_the_small_picture_of_the_copy() -> None:
    workshop = example()
    tab = opened(workshop, "Lines")
    tab.number_input(key="if.line.strength").set_value(7.5).run()
    first, second, *_ = side_by_side(tab).get("vega_lite_chart")
    assert str(first.proto) != str(second.proto)


def sides(*workshops_and_names: tuple[str, MoveLine]) -> list[Side]:
    return [Side(name, assess(after(placed(THREE), move))) for name, move in workshops_and_names]


def test_the_table_has_a_column_a_state_also_where_two_bear_one_name() -> None:
    twins = sides(
        ("Lean", MoveLine(line="strength", value=5.0)),
        ("Lean", MoveLine(line="strength", value=2.0)),
        ("Customer", MoveLine(line="strength", value=9.0)),
    )
    rows = futures.differing([side.result for side in twins])
    frame = differences(twins, rows)
    assert list(frame.columns) == ["Customer", "Lean", "Lean (2)", "Customer (2)"]
    assert frame.to_numpy().tolist() == [
        ["Ash", "Key · strategic", "Key · strategic", "Strategic, not yet key"],
        ["Bay", "Strategic, not yet key", "Key · strategic", "Strategic, not yet key"],
    ]


def test_a_customer_that_a_state_does_not_hold_is_not_scored_there() -> None:
    full, fewer = placed(THREE), after(placed(THREE), RemoveCustomers(customers=("ash",)))
    both = [Side("Now", assess(full)), Side("Fewer", assess(fewer))]
    frame = differences(both, futures.differing([side.result for side in both]))
    assert frame.to_numpy().tolist() == [["Ash", "Key · strategic", "Not scored"]]


def test_so_many_names_as_fit_are_drawn_and_key_accounts_come_first() -> None:
    key, core, nearly = Class.KEY_STRATEGIC, Class.KEY_CORE, Class.STRATEGIC
    within = {f"within{n}": (key, core) for n in range(30)}
    crossing = {f"cross{n}": (core, nearly) for n in range(10)}
    named = what_if_side.named_of({**within, **crossing})
    assert len(named) == what_if_side.MOST_NAMED
    assert set(crossing) < named
    assert what_if_side.named_of({}) == set()


def test_all_small_pictures_have_the_same_axes_which_hold_every_line() -> None:
    both = sides(
        ("One", MoveLine(line="strength", value=1.0)), ("Two", MoveLine(line="strength", value=9.0))
    )
    left, low = what_if_side._ends(both)
    assert left <= 1.0
    assert low <= 2.0
