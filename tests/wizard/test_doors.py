"""`kam.ui.wizard.doors`: a ledger or opportunities at the door of lists find their own door."""

import pytest
from streamlit.testing.v1 import AppTest

from kam.ui.wizard import doors
from tests.apps import labels, stored
from tests.wizard.opened import LEDGER, given, opened, told

MONTHLY = "Month,Customer ID,Customer Name,Revenue\n" + "".join(
    f"2024-{at // 3 + 1:02},C{at % 3},Company {at % 3},10\n" for at in range(12)
)
DEALS = "Account Name,Amount,Close Date,StageName,IsWon\nAsh,5,2024-01-05,Closed Won,true\n"
PLAIN = "Customer,Revenue\nAsh,5\nBay,7\n"


def moved(tab: AppTest) -> AppTest:
    """The tab after the way to the ledgers was taken."""
    return tab.button(key="wizard_customers_as_ledger").click().run()


def test_a_ledger_at_the_door_of_lists_is_led_to_its_own() -> None:
    tab = given(opened(stored()), MONTHLY)
    assert told(tab, "looks like an order ledger")
    moved(tab)
    assert tab.segmented_control(key="bring_in_door").value == LEDGER
    assert told(tab, "Which column holds what?")
    assert not tab.error


def test_opportunities_are_asked_for_the_won_ones() -> None:
    tab = moved(given(opened(stored()), DEALS))
    assert told(tab, "Choose at “Count only lines where” which of them are won.")
    assert tab.selectbox(key="wizard_ledger_only_column").value == ""


def test_a_ledger_too_long_for_a_list_is_led_to_its_own_door() -> None:
    rows = "".join(f"2024-01-05,C{at % 900},5\n" for at in range(20_500))
    tab = given(opened(stored()), f"Date,Customer,Amount\n{rows}")
    assert "wizard_customers_as_ledger" in [one.key for one in tab.button]
    assert told(moved(tab), "Which column holds what?")


def test_what_was_pasted_goes_along() -> None:
    tab = opened(stored())
    tab.text_area(key="wizard_customers_pasted_0").set_value(MONTHLY).run()
    assert told(moved(tab), "step 2 of 3 · the pasted cells")


@pytest.mark.parametrize("text", [PLAIN, "no table"])
def test_a_list_and_what_cannot_be_read_are_not_led_away(text: str) -> None:
    tab = given(opened(stored()), text)
    assert "wizard_customers_as_ledger" not in [one.key for one in tab.button]


def test_the_doors_are_called_as_on_the_page() -> None:
    tab = opened(stored())
    assert {doors.LIST, doors.LEDGER} <= set(tab.segmented_control(key=doors.CHOSEN).options)


def test_the_list_may_come_in_all_the_same() -> None:
    tab = given(opened(stored()), MONTHLY)
    assert {"Match the columns", "Read it as a ledger"} <= set(labels(tab))
