"""`kam.ui.wizard.ledger_currency`: rates, lines without a currency, and one that is not ours."""

import pytest
from streamlit.testing.v1 import AppTest

from kam.edits import BringIn
from kam.model import LedgerChoices
from kam.ui import rooms
from kam.ui.wizard.ledger_currency import DECIDES
from tests.apps import labels, shown, stored
from tests.wizard.opened import (
    LEDGER,
    counted,
    finished,
    ledger_given,
    opened,
    pressed,
    shown_again,
    stored_by,
    told,
)

TWO_CURRENCIES = """\
Customer,Date,Amount,Currency
Ash,2025-01-10,100,EUR
Ash,2025-01-11,100,USD
Bay,2025-01-12,50,USD
"""
FEW = "Customer,Date,Amount\nAsh,2025-01-10,100\nAsh,2025-01-11,100\nBay,2025-01-12,50 USD\n"
CONVERT = "Convert and read"
IN_OURS = "All amounts are in EUR already"


def looked_at(text: str, workshop: str = "") -> AppTest:
    """The third screen of a ledger."""
    return counted(ledger_given(opened(workshop or stored(), LEDGER), text))


def complaint(tab: AppTest) -> str:
    """Why the ledger could not be counted, without escapes."""
    [error] = tab.error
    return str(error.value.replace("\\", ""))


def rated(tab: AppTest, rate: float, code: str = "USD") -> AppTest:
    """The tab after a rate was given."""
    tab.number_input(key=f"wizard_ledger_rate_{code}").set_value(rate)
    return finished(pressed(tab, CONVERT))


def choices_of(workshop: str) -> LedgerChoices:
    """How the lines of the last import were counted."""
    edit = rooms.store().history(workshop).entries[-1].edit
    assert isinstance(edit, BringIn)
    assert edit.ledger is not None
    return edit.ledger


def test_several_currencies_ask_for_rates_and_are_converted() -> None:
    workshop = stored()
    tab = looked_at(TWO_CURRENCIES, workshop)
    assert "USD (2 lines, 150.00), EUR (1 line, 100.00)" in complaint(tab)
    assert [box.label for box in tab.number_input] == ["1 USD in EUR"]
    rated(tab, 0.5)
    assert told(tab, "Revenue EUR 175.00;")
    assert told(tab, "Amounts are converted: 2 lines in USD (150.00) at 0.5, 1 line in EUR")
    stored_by(tab, "ledger")
    assert choices_of(workshop).rates == {"EUR": 1.0, "USD": 0.5}


def test_a_rate_can_be_changed_after_it_was_used() -> None:
    tab = rated(looked_at(TWO_CURRENCIES), 0.5)
    assert told(tab, "✓ 1 USD = 0.5 EUR.")
    assert tab.number_input(key="wizard_ledger_rate_USD").value == 0.5
    rated(tab, 2)
    assert told(tab, "Revenue EUR 400.00;")
    assert told(tab, "✓ 1 USD = 2 EUR.")


def test_a_rate_that_is_too_large_can_be_changed() -> None:
    tab = rated(looked_at(TWO_CURRENCIES.replace("50,", "50000000000,")), 1e9)
    assert "Look at this rate again" in complaint(tab)
    rated(tab, 0.5)
    assert told(tab, "Revenue EUR 25,000,000,150.00;")


def test_a_rate_that_is_not_given_is_asked_for_again() -> None:
    tab = pressed(looked_at(TWO_CURRENCIES), CONVERT)
    sentences = [error.value for error in tab.error]
    assert "Give a rate above zero for each currency." in sentences
    assert "Revenue EUR" not in shown(tab)


def test_amounts_that_are_in_our_currency_already_are_added_as_they_stand() -> None:
    workshop = stored()
    tab = finished(pressed(looked_at(TWO_CURRENCIES, workshop), IN_OURS))
    assert told(tab, "Revenue EUR 250.00;")
    assert told(tab, "✓ All amounts are taken to be in EUR.")
    stored_by(tab, "ledger")
    assert choices_of(workshop).one_currency
    assert choices_of(workshop).columns["currency"] == "Currency"


def test_that_amounts_are_in_our_currency_can_be_taken_back() -> None:
    tab = finished(pressed(looked_at(TWO_CURRENCIES), IN_OURS))
    finished(pressed(tab, "Ask about currencies again"))
    assert "different currencies" in complaint(tab)


def test_the_next_file_with_these_columns_is_asked_about_its_own_currencies() -> None:
    workshop = stored()
    stored_by(finished(pressed(looked_at(TWO_CURRENCIES, workshop), IN_OURS)), "ledger")
    again = shown_again(opened(workshop, LEDGER))
    again.segmented_control(key="bring_in_door").set_value(LEDGER).run()
    tab = counted(ledger_given(again, TWO_CURRENCIES.replace("USD", "GBP")))
    assert "GBP (2 lines, 150.00)" in complaint(tab)


def test_a_ledger_in_one_other_currency_says_so_and_can_be_converted() -> None:
    tab = looked_at(TWO_CURRENCIES.replace("EUR", "USD"))
    assert told(tab, "▲ The amounts are in USD, and this workshop counts in EUR.")
    rated(tab, 0.5)
    assert told(tab, "Revenue EUR 125.00;")
    assert "this workshop counts in" not in shown(tab)


def test_a_ledger_in_our_own_currency_asks_nothing() -> None:
    tab = looked_at(TWO_CURRENCIES.replace("USD", "EUR"))
    assert told(tab, "Revenue EUR 250.00;")
    assert "Convert" not in shown(tab)
    assert tab.number_input == []


def test_lines_without_a_currency_are_asked_about_and_taken_for_our_own() -> None:
    workshop = stored()
    tab = looked_at(FEW, workshop)
    assert "1 line (50.00) is in USD, and this workshop counts in EUR" in complaint(tab)
    assert "2 lines (200.00) name no currency" in complaint(tab)
    assert "Revenue EUR" not in shown(tab)
    assert tab.selectbox(key="wizard_ledger_unnamed").value == "EUR"
    rated(tab, 0.5)
    assert told(tab, "Revenue EUR 225.00;")
    stored_by(tab, "ledger")
    assert choices_of(workshop).unnamed == "EUR"


@pytest.mark.parametrize(("said", "revenue"), [("USD", "125.00"), ("left_out", "25.00")])
def test_lines_without_a_currency_can_be_in_another_or_left_out(said: str, revenue: str) -> None:
    tab = looked_at(FEW)
    tab.selectbox(key="wizard_ledger_unnamed").set_value(said)
    rated(tab, 0.5)
    assert told(tab, f"Revenue EUR {revenue};")


@pytest.mark.parametrize(
    ("answer", "sentence"),
    [
        (DECIDES["header"], "Revenue EUR 250.00;"),
        (DECIDES["lines"], "different currencies"),
        (IN_OURS, "Revenue EUR 250.00;"),
    ],
)
def test_a_line_in_two_currencies_asks_which_is_right(answer: str, sentence: str) -> None:
    tab = looked_at(TWO_CURRENCIES.replace("Amount", "Amount (EUR)"))
    assert "USD / EUR (2 lines, 150.00)" in complaint(tab)
    assert tab.number_input == []
    assert told(finished(pressed(tab, answer)), sentence)


def test_files_that_name_different_units_are_asked_about() -> None:
    plain = "Customer,Date,Amount\nAsh,2025-01-10,5\n"
    units = plain.replace("Ash", ",,kEUR\nBay", 1)
    tab = counted(ledger_given(opened(stored(), LEDGER), plain, units))
    assert "says “kEUR” outside of its table" in complaint(tab)
    assert "Yes, multiply them" not in labels(tab)
    assert told(finished(pressed(tab, "No, as they stand")), "Revenue EUR 10.00;")
