"""`kam.ui.wizard.ledger_written`: how figures and dates are read is shown beforehand."""

from kam.intake.tables.files import Table, from_text
from kam.model import LedgerChoices
from kam.ui.wizard.ledger_written import Fact, facts
from tests.apps import stored
from tests.wizard.opened import LEDGER, counted, ledger_given, opened, told

COLUMNS = {"customer": "Kunde", "date": "Datum", "amount": "Umsatz"}


def table(amount: str, day: str = "31.01.2025", header: str = "Umsatz") -> Table:
    return from_text("x.csv", f"Kunde;Datum;{header}\nAsh;{day};7\nBay;{day};{amount}\n")


def read(first: Table, **choices: object) -> list[Fact]:
    """What is told of a ledger's figures and dates."""
    columns = {**COLUMNS, "amount": first.headers[2]}
    return facts(first, LedgerChoices.model_validate({"columns": columns, **choices}))


def test_the_cell_that_shows_most_is_told_with_its_reading() -> None:
    assert read(table("1.234,50")) == [
        Fact("Amount: 1.234,50 is 1,234.5"),
        Fact("Date: 31.01.2025 is 31 January 2025"),
    ]


def test_a_figure_with_two_readings_asks_until_somebody_has_said_which() -> None:
    [doubtful, _] = read(table("1.234"))
    assert doubtful.asks
    [said, _] = read(table("1.234"), decimal_mark=".")
    assert said == Fact("Amount: 1.234 is 1.234")


def test_thousands_and_a_currency_in_the_header_are_told_and_can_be_denied() -> None:
    in_thousands = table("1,5", header="Umsatz (TEUR)")
    told = "Amount: 1,5 is 1,500 EUR (thousands, as its name says)"
    assert read(in_thousands)[0] == Fact(told)
    denied = read(in_thousands, unscaled=("amount",), one_currency=True)
    assert denied[0] == Fact("Amount: 1,5 is 1.5")


def test_a_day_with_two_readings_is_told_once_its_order_is_known() -> None:
    [_, unknown] = read(table("5", "03/04/2025"))
    assert unknown.told.startswith("Date: 03/04/2025, day or month first")
    [_, day] = read(table("5", "03/04/2025"), day_first=True)
    assert day == Fact("Date: 03/04/2025 is 3 April 2025")


def test_a_column_that_is_not_chosen_or_not_there_says_nothing() -> None:
    gone = LedgerChoices(columns={"amount": "gone", "date": "gone"})
    assert facts(table("5"), gone) == []


# --- on the screen --------------------------------------------------------------------------------


def test_the_decimal_mark_can_be_said_before_the_ledger_is_read() -> None:
    lines = "Customer,Date,Amount\nAsh,2025-01-10,1.234\n"
    tab = ledger_given(opened(stored(), LEDGER), lines)
    assert told(tab, "▲ Amount: 1.234 is 1.234")
    tab.selectbox(key="wizard_ledger_decimal_mark").set_value(",").run()
    assert told(tab, "✓ Amount: 1.234 is 1,234")
    assert told(counted(tab), "Revenue EUR 1,234.00")


def test_that_amounts_are_in_thousands_can_be_denied_before_the_reading() -> None:
    lines = "Customer,Date,Amount (kEUR)\nAsh,2025-01-10,5\n"
    tab = ledger_given(opened(stored(), LEDGER), lines)
    assert told(tab, "✓ Amount: 5 is 5,000 EUR (thousands, as its name says)")
    tab.toggle(key="wizard_ledger_scaled_amount").set_value(False).run()
    assert told(tab, "✓ Amount: 5 is 5 EUR")
    assert told(counted(tab), "Revenue EUR 5.00")


def test_that_all_is_one_currency_can_be_said_before_the_reading() -> None:
    lines = "Customer,Date,Amount\nAsh,2025-01-10,USD 5\nBay,2025-01-10,EUR 6\n"
    tab = ledger_given(opened(stored(), LEDGER), lines)
    tab.toggle(key="wizard_ledger_one_currency").set_value(True).run()
    assert told(counted(tab), "Revenue EUR 11.00")


TITLE = "Sales report in thousand EUR,,\n\nCustomer,Date,Amount\nAsh,2025-01-10,5\n"


def test_thousands_above_the_table_are_asked_about_before_the_reading() -> None:
    tab = ledger_given(opened(stored(), LEDGER), TITLE)
    question = "▲ Line 1 says “Sales report in thousand EUR”. Are the amounts in thousands of EUR?"
    assert told(tab, question)
    assert tab.button(key="wizard_ledger_read").disabled
    tab.button(key="wizard_ledger_outside_Yes").click().run()
    assert told(tab, "✓ Amount: 5 is 5,000 (thousands, as line 1 says)")
    assert not told(tab, question)
    assert told(counted(tab), "Revenue EUR 5,000.00")


def test_thousands_above_the_table_can_be_denied_and_confirmed_again() -> None:
    tab = ledger_given(opened(stored(), LEDGER), TITLE)
    tab.button(key="wizard_ledger_outside_No").click().run()
    assert told(tab, "✓ Amount: 5 is 5")
    tab.toggle(key="wizard_ledger_outside_holds").set_value(True).run()
    assert told(counted(tab), "Revenue EUR 5,000.00")
