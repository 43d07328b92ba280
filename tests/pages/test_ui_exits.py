"""The view on exits: chosen customers, before and after, their order, and what to check."""

import re
from datetime import date, timedelta

import pytest

from kam.edits import ChangeEconomics, ChooseLongList, SavePlans, SetCapacity, SetHoursPolicy
from kam.model import Capacity, Class, Economics, LongList, Plan
from kam.report.account_returns import RETURN_ROW, SO_FAR, SUM, exit_rows
from kam.ui import exits, rooms
from kam.ui.exits import A_YEAR, ALL_ROWS, QUESTION
from kam.ui.resources import EXITS
from kam.validated import changed
from tests.apps import example, present, room_after, shown, stored
from tests.pages.resources_page import ECONOMICS, POLICY, opened, two
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
    assert "100 hours a year become free. They are due to " in text
    assert "Profit and capital are without Clearwell Utilities and Rivermark Bank" in text


def without(room: str, *customers: str) -> ChooseLongList:
    """A long list of everybody else."""
    every = present(room).customers
    return ChooseLongList(
        long_list=LongList(customers=tuple(key for key in every if key not in customers))
    )


def test_a_planned_exit_outside_the_long_list_is_chosen_and_anybody_else_can_be() -> None:
    workshop = example()
    rooms.store().write(workshop, without(workshop, "penrose-media", "orrin-steel"))
    tab = opened(workshop, EXITS)
    choice = tab.multiselect(key="exits_chosen")
    assert set(choice.value) == {"penrose-media", "larkfield-homes"}
    choice.set_value(["penrose-media", "orrin-steel"]).run()
    assert list(tab.dataframe[1].value["Customer"]) == ["Penrose Media", "Orrin Steel"]
    assert any(one.label.startswith("Orrin Steel: ") for one in tab.expander)
    assert not tab.error


def test_one_unknown_exit_leaves_today_and_the_figures_of_the_others() -> None:
    tab = opened(example(), EXITS)
    before = tab.dataframe[0].value.set_index("")
    choice = tab.multiselect(key="exits_chosen")
    choice.set_value(["penrose-media", "larkfield-homes", "clearwell-utilities"]).run()
    after = tab.dataframe[0].value.set_index("")
    assert tab.title[0].value == "3 exits: profit falls by EUR 1.8 k; 1 is not known"
    assert list(after["Today"]) == list(before["Today"])
    same = ["Operating profit", "Capital", "Return on capital"]
    assert list(after.loc[same, "Afterwards"]) == list(before.loc[same, "Afterwards"])
    assert "Find out of Clearwell Utilities: cost to serve" in shown(tab)
    assert "Only revenue and hours are with the exit of Clearwell Utilities" in shown(tab)


def test_freed_hours_of_an_overbooked_team_are_not_handed_out() -> None:
    """380 hours are spent and 200 there: of Bay's 300, 120 are left for Ash."""
    few = SetCapacity(capacity=Capacity(people=1, hours_per_person=200, hours_core=200))
    text = shown(opened(stored(*two(), LEAVE, few), EXITS))
    assert "180 of them relieve our people, who spend more hours than there are." in text
    assert "120 are due to Ash (120)." in text


def test_the_tables_of_the_example_add_up() -> None:
    table, order = (opened(example(), EXITS).dataframe[n].value for n in (0, 1))
    row = table.set_index("").loc["Revenue"]
    assert list(row) == ["94,940,000", "580,000", "94,360,000"]
    assert list(order["Customer"]) == ["Penrose Media", "Larkfield Homes"]
    assert order[SO_FAR].iloc[-1] == "16,160"


def test_the_checks_of_the_example_say_what_speaks_against() -> None:
    tab = opened(example(), EXITS)
    assert "Larkfield Homes: 1 reason to stop" in [one.label for one in tab.expander]
    assert "Stop** · We are bound until 31 March 2028" in shown(tab)


def test_an_exit_with_open_checks_counts_what_to_ask_and_all_are_checked_together() -> None:
    tab = opened(example(), EXITS)
    labels = [one.label for one in tab.expander]
    assert any(re.fullmatch(r"Penrose Media: \d questions? to ask first", one) for one in labels)
    assert "Without them, Orrin Steel makes 12.1 % of our sales" in shown(tab).replace("\\", "")


def test_another_choice_changes_title_and_tables_and_not_the_workshop() -> None:
    workshop = stored(*two())
    before = present(workshop)
    tab = opened(workshop, EXITS)
    tab.multiselect(key="exits_chosen").set_value(["c1"]).run()
    assert tab.title[0].value == "1 exit: profit falls by EUR 240, capital may earn 100"
    assert "Leaving costs more than it brings: ask for a better price." in shown(tab)
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


def test_freed_hours_go_to_who_stays_by_name_and_add_up() -> None:
    """Bay spends 300 of which Ash, with 80 now and at most 900, may take all."""
    text = shown(opened(stored(*two(), LEAVE), EXITS))
    assert "300 hours a year become free. They are due to Ash (300)." in text


def test_hours_that_nobody_may_take_are_told() -> None:
    policy = changed(POLICY, caps={Class.KEY_CORE: 200})
    text = shown(opened(stored(*two(), LEAVE, SetHoursPolicy(policy=policy)), EXITS))
    assert "They are due to Ash (120). 180 have no place" in text


def test_without_known_hours_none_are_freed() -> None:
    text = shown(opened(stored(*two(hours=None), LEAVE), EXITS))
    assert "become free" not in text
    table = opened(stored(*two(hours=None), LEAVE), EXITS).dataframe[0].value
    assert table.set_index("").loc["Hours a year", "Goes with them"] == "unknown"


@pytest.mark.parametrize("leaving", ["dunmarrow-paper", "orrin-steel", "larkfield-homes"])
def test_the_hours_that_are_told_are_those_that_the_customer_takes(leaving: str) -> None:
    workshop = example()
    tab = opened(workshop, EXITS)
    tab.multiselect(key="exits_chosen").set_value([leaving]).run()
    freed = next(one.value for one in tab.markdown if "become free" in one.value)
    hours = present(workshop).customers[leaving].economics.hours
    told = [int(one.replace(",", "")) for one in re.findall(r"\(([\d,]+)\\?\)", freed)]
    assert sum(told) == hours
    assert freed.startswith(f"{hours:,.0f} hours")


# --- figures that open ----------------------------------------------------------------------------


def test_every_figure_opens_to_its_customers_and_back() -> None:
    tab = opened(example(), EXITS)
    for row in (*exit_rows(0.12), RETURN_ROW):
        tab.selectbox(key="exits_opened").set_value(row).run()
        table = tab.dataframe[0].value
        assert table["Customer"].iloc[0] == SUM
        assert len(table.columns) > 1
        shown(tab)
    tab.selectbox(key="exits_opened").set_value(ALL_ROWS).run()
    assert "Customer" not in tab.dataframe[0].value


def test_title_and_table_of_the_example_add_up() -> None:
    tab = opened(example(), EXITS)
    assert tab.title[0].value == "2 exits: profit falls by EUR 1.8 k, capital may earn 18.0 k"
    rows = tab.dataframe[0].value.set_index("")
    today, goes, then = (amount(cell) for cell in rows.loc["Operating profit"])
    earned = amount(rows.loc["Freed capital may earn, at 12 %", "Afterwards"])
    assert (today - goes, goes, earned) == (then, 1_840, 18_000)
    both = amount(rows.loc["Profit changes by, with that", "Afterwards"])
    assert both == then - today + earned == 16_160


def test_all_exits_leave_nobody_and_no_largest_customer() -> None:
    tab = opened(stored(*two()), EXITS)
    tab.multiselect(key="exits_chosen").set_value(["c0", "c1"]).run()
    rows = tab.dataframe[0].value.set_index("")
    for row in ("Return on capital", "Largest customer"):
        assert rows.loc[row, "Afterwards"] == "–"
    assert "self-financing" not in shown(tab)


def test_who_is_in_no_sum_of_profit_is_named_and_its_revenue_counts() -> None:
    nothing = ChangeEconomics(customer="c0", economics=Economics(hours=80))
    tab = opened(stored(*two(), LEAVE, nothing), EXITS)
    assert "Profit and capital are without Ash" in shown(tab)
    assert list(tab.dataframe[0].value.set_index("").loc["Revenue"]) == ["2,000", "1,000", "1,000"]


def test_who_is_bound_goes_last_with_its_day_whatever_it_brings() -> None:
    until = date.today() + timedelta(days=400)  # noqa: DTZ011 - the page's own day
    for bound in ("c0", "c1"):
        edit = ChangeEconomics(customer=bound, economics=changed(ECONOMICS, contract_until=until))
        tab = opened(stored(*two(), edit), EXITS)
        tab.multiselect(key="exits_chosen").set_value(["c0", "c1"]).run()
        last = tab.dataframe[1].value.iloc[-1]
        assert last["Customer"] == {"c0": "Ash", "c1": "Bay"}[bound]
        assert last["Not before"] == f"{until.day} {until:%b %Y}"


def amount(cell: object) -> int:
    """An amount without cents from its words."""
    return int(str(cell).replace(",", "").replace("−", "-"))
