"""The view on exits: chosen customers, before and after, their order, and what to check."""

from datetime import date

import pytest

from kam.edits import SavePlans
from kam.model import Plan
from kam.ui import exits
from kam.ui.exits import A_YEAR, QUESTION
from kam.ui.resources import EXITS, figures
from tests.apps import example, present, room_after, shown, stored
from tests.pages.resources_page import opened, two
from tests.workshops import TODAY

LEAVE = SavePlans(plans={"c1": Plan(customer="c1", template="L3", deadline=date(2027, 1, 31))})


def test_without_an_exit_in_the_plans_nobody_is_chosen_and_the_page_asks() -> None:
    tab = opened(stored(*two()), EXITS)
    assert tab.title[0].value == QUESTION
    assert "Choose customers to see what would change" in shown(tab)


def test_planned_exits_are_chosen_to_begin_with() -> None:
    tab = opened(example(), EXITS)
    assert set(tab.multiselect(key="exits_chosen").value) == {"penrose-media", "larkfield-homes"}
    text = shown(tab)
    assert "The hours that become free are due to Hevlin Systems" in text
    assert "Profit and capital are without 2 customers" in text


def test_the_tables_of_the_example_add_up() -> None:
    table, order = (opened(example(), EXITS).dataframe[n].value for n in (0, 1))
    row = table.set_index("").loc["Revenue"]
    assert list(row) == ["EUR 94,940,000", "EUR 580,000", "EUR 94,360,000"]
    assert list(order["Customer"]) == ["Penrose Media", "Larkfield Homes"]
    assert order["With all before it"].iloc[-1] == "EUR 16,160"


def test_the_checks_of_the_example_say_what_speaks_against() -> None:
    tab = opened(example(), EXITS)
    assert "Larkfield Homes: 1 reason to stop" in [one.label for one in tab.expander]
    assert "Stop** · We are bound until 31 March 2028" in shown(tab)


def test_another_choice_changes_title_and_tables_and_not_the_workshop() -> None:
    workshop = stored(*two())
    before = present(workshop)
    tab = opened(workshop, EXITS)
    tab.multiselect(key="exits_chosen").set_value(["c1"]).run()
    assert tab.title[0].value == "1 exit would cost EUR 140 a year: ask for a better price"
    assert "Bay: " in "".join(one.label for one in tab.expander)
    assert present(workshop) == before


def test_a_choice_stays_while_the_tab_looks_at_another_view() -> None:
    tab = opened(stored(*two()), EXITS)
    tab.multiselect(key="exits_chosen").set_value(["c0"]).run()
    tab.segmented_control(key="resources_view").set_value("Return").run()
    tab.segmented_control(key="resources_view").set_value(EXITS).run()
    assert tab.multiselect(key="exits_chosen").value == ["c0"]


def test_what_is_not_known_of_who_goes_is_asked_by_name() -> None:
    tab = opened(stored(*two(avoidable_pct=None), LEAVE), EXITS)
    assert tab.title[0].value == QUESTION
    assert "Find out of Bay: costs that stay." in shown(tab)


@pytest.mark.parametrize(("edits", "end"), [((LEAVE,), date(2027, 1, 31)), ((), TODAY + A_YEAR)])
def test_the_business_ends_with_the_plan_or_in_a_year(
    edits: tuple[SavePlans, ...], end: date
) -> None:
    assert exits._end(room_after(*two(), *edits), "c1") == end


def test_freed_hours_go_to_who_stays_the_most_first() -> None:
    room = room_after(*two(), LEAVE)
    gained = exits.freed(figures(room), figures(room).exit(("c1",)))
    assert gained == pytest.approx({"c0": 60})


def test_without_hours_to_share_out_none_are_freed() -> None:
    room = room_after(*two(hours=None)[:5])
    assert exits.freed(figures(room), figures(room).exit(("c1",))) == {}
