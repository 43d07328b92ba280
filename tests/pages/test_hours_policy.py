"""Limits of hours by class and what capital has to earn, through the widgets."""

import pytest

from kam.edits import SetHoursPolicy
from kam.model import Class
from kam.ui import hours_policy, resources
from kam.validated import changed
from tests.apps import labels, present, room_after, shown, stored
from tests.pages.resources_page import POLICY, opened, two


def test_the_fields_show_the_limits_and_empty_where_there_is_none() -> None:
    tab = opened(stored(*two()))
    assert tab.number_input(key=f"floors.{Class.KEY_CORE}").value == 100
    assert tab.number_input(key=f"floors.{Class.LOW_PRIORITY}").value is None
    assert tab.number_input(key="hurdle").value == 20


def test_a_new_limit_is_in_the_store_and_moves_the_hours() -> None:
    workshop = stored(*two())
    tab = opened(workshop)
    assert due(workshop)["Bay"] == 60
    assert "1 customer with too many hours, 1 with too few" in shown(tab)
    tab.number_input(key=f"caps.{Class.LOW_PRIORITY}").set_value(120.0).run()
    assert present(workshop).hours_policy.caps[Class.LOW_PRIORITY] == 120
    assert present(workshop).hours_policy.floors == POLICY.floors
    assert due(workshop)["Bay"] == 120


def due(workshop: str) -> dict[str, float]:
    """Customer -> hours due, as the table of a fresh tab has them."""
    tab = opened(workshop)
    tab.segmented_control(key="hours_by").set_value(resources.TABLE).run()
    table = tab.dataframe[0].value
    return dict(zip(table["Customer"], table["Hours due"], strict=True))


def test_what_an_hour_costs_tells_the_moves_as_money_and_can_be_emptied() -> None:
    workshop = stored(*two())
    tab = opened(workshop)
    assert tab.number_input(key="cost_per_hour").value is None
    assert "360 hours a year move. The largest moves:" in shown(tab)
    tab.number_input(key="cost_per_hour").set_value(100.0).run()
    assert present(workshop).hours_policy.cost_per_hour == 100
    assert "360 hours a year move, EUR 36.0 k of work. The largest moves:" in shown(tab)
    tab.number_input(key="cost_per_hour").set_value(None).run()
    assert present(workshop).hours_policy == POLICY


def test_room_on_split_beyond_the_limits_is_told_beside_them() -> None:
    narrow = changed(POLICY, caps={Class.KEY_CORE: 150})
    text = shown(opened(stored(*two(), SetHoursPolicy(policy=narrow))))
    assert "Split keeps room for 200 hours a year for each account, and the limits here" in text


def test_an_emptied_limit_is_none() -> None:
    workshop = stored(*two())
    opened(workshop).number_input(key=f"caps.{Class.LOW_PRIORITY}").set_value(None).run()
    assert present(workshop).hours_policy.caps == {Class.KEY_CORE: 900}


def test_a_most_below_the_least_is_refused_in_words_and_nothing_changes() -> None:
    workshop = stored(*two())
    tab = opened(workshop)
    tab.number_input(key=f"caps.{Class.KEY_CORE}").set_value(50.0).run()
    [error] = tab.error
    assert "the most hours" in error.value
    assert present(workshop).hours_policy == POLICY


def test_what_capital_has_to_earn_changes_the_title_of_the_return() -> None:
    workshop = stored(*two())
    tab = opened(workshop, resources.RETURN)
    assert tab.title[0].value.endswith("it needs 20 %")
    tab.number_input(key="hurdle").set_value(35.0).run()
    assert present(workshop).hours_policy.hurdle_pct == 35
    assert tab.title[0].value.endswith("it needs 35 %")


def test_what_capital_has_to_earn_cannot_be_emptied() -> None:
    workshop = stored(*two())
    opened(workshop).number_input(key="hurdle").set_value(None).run()
    assert present(workshop).hours_policy.hurdle_pct == 20


def test_undo_takes_a_limit_back() -> None:
    workshop = stored(*two())
    tab = opened(workshop)
    tab.number_input(key="hurdle").set_value(35.0).run()
    tab.button(key="undo").click().run()
    assert present(workshop).hours_policy.hurdle_pct == 20
    assert tab.number_input(key="hurdle").value == 20
    assert labels(tab)


@pytest.mark.parametrize(
    ("edits", "words"),
    [
        (
            two(),
            (
                "500 hours a year are shared out among all customers: the same hours of our people "
                "in which Split keeps room for key accounts."
            ),
        ),
        (two()[:7], "380 hours a year are shared out: what all take now."),
        (two()[:3], "Nobody has said yet how many hours there are."),
    ],
)
def test_the_hours_that_are_shared_out_say_where_they_come_from(
    edits: list[object], words: str
) -> None:
    room = room_after(*edits)  # type: ignore[arg-type]
    assert hours_policy._total(room) == words
