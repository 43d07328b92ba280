"""`kam.ui.wizard.ledger_columns`: their columns, which lines count, how dates are read."""

import pytest
from streamlit.testing.v1 import AppTest

from kam.intake.tables.files import from_text
from kam.model import LedgerChoices, Matching
from kam.ui import rooms
from kam.ui.wizard import ledger_columns
from kam.ui.wizard.ledger_columns import CHOICES, ORDERS
from tests.apps import labels, present, shown, stored
from tests.wizard.opened import (
    LEDGER,
    Tab,
    boxes,
    counted,
    ledger_given,
    opened,
    shown_again,
    stored_by,
    told,
)
from tests.workshops import made

LINES = """\
Client,Booked on,Worth,Pieces,Each,Kind
Ash,2025-01-10,100,2,40,sale
Bay,2025-02-10,200,3,50,sale
Ash,2025-03-10,500,4,60,forecast
"""


def looked_at(*contents: str, workshop: str = "") -> AppTest:
    """The second screen of a ledger."""
    return ledger_given(opened(workshop or stored(), LEDGER), *contents)


def choose(tab: AppTest, **columns: str | int) -> AppTest:
    """The tab after these boxes were set."""
    for name, header in columns.items():
        tab.selectbox(key=f"wizard_ledger_{name}").set_value(header).run()
    return tab


# --- columns --------------------------------------------------------------------------------------


def test_boxes_stand_in_rows_of_four_whatever_is_asked_below_one_of_them() -> None:
    tab = looked_at(LINES)
    cells = [[box.label for box in cell.selectbox] for cell in tab.columns]
    told = [labels_of[0] for labels_of in cells if labels_of]
    assert [len(cell) for cell in cells if cell][:12] == [1] * 12
    assert told[:4] == ["Customer ID", "Customer name", "Date", "Amount"]
    assert told[7:12:4] == ["Cost to serve", "Count only lines where"]


def test_columns_are_suggested_by_their_names_and_the_first_rows_shown() -> None:
    tab = looked_at("Customer No,Invoice Date,Net amount,Total cost,x\n1,2025-01-10,5,3,4\n")
    assert {label: header for label, header in boxes(tab).items() if header} == {
        "Customer ID": "Customer No",
        "Date": "Invoice Date",
        "Amount": "Net amount",
        "Cost": "Total cost",
        "01/02/2025 is": "as the file tells",
        "Encoding": "as detected",
        "Columns are separated by": "as detected",
        "Column names": 1,
    }
    assert tab.dataframe[0].value.values.tolist() == [["1", "2025-01-10", "5", "3", "4"]]
    assert not tab.button(key="wizard_ledger_read").disabled


def test_what_the_names_do_not_tell_is_chosen() -> None:
    tab = looked_at(LINES)
    assert boxes(tab)["Customer ID"] == "Client"
    assert tab.button(key="wizard_ledger_read").disabled
    assert told(tab, "Choose the columns of customer, date and amount (or quantity and price).")
    choose(tab, column_date="Booked on", column_amount="Worth")
    assert "Choose the columns" not in shown(tab)
    assert told(counted(tab), "Revenue EUR 800.00")


def test_quantity_and_price_stand_for_an_amount() -> None:
    tab = choose(looked_at(LINES), column_date="Booked on", column_quantity="Pieces")
    assert tab.button(key="wizard_ledger_read").disabled
    choose(tab, column_unit_price="Each")
    assert told(counted(tab), "Revenue EUR 470.00")


TWO_DAYS = """\
Kundennr.,Kunde,Order date,Invoice date,Amount,Cost,Total cost
7,Ash Ltd,2025-01-10,2025-02-10,100,3,30
8,Bay Ltd,2025-02-11,2025-04-11,200,5,50
"""


def test_of_two_dates_none_is_taken_until_a_person_chooses() -> None:
    tab = looked_at(TWO_DAYS)
    assert (boxes(tab)["Date"], tab.button(key="wizard_ledger_read").disabled) == ("", True)
    assert told(tab, "▲ “Order date” or “Invoice date”? They differ; please choose.") or told(
        tab, "▲ “Invoice date” or “Order date”? They differ; please choose."
    )
    choose(tab, column_date="Order date")
    assert "Order date”" not in shown(tab)
    assert told(counted(tab), "10 January 2025 to 11 February 2025.")


def test_of_two_costs_none_is_taken_and_the_ledger_can_be_read_without() -> None:
    tab = choose(looked_at(TWO_DAYS), column_date="Order date")
    assert boxes(tab)["Cost"] == ""
    assert "▲" in shown(tab)
    assert "▲" not in shown(choose(tab, column_cost="Total cost"))


def test_the_number_of_a_customer_is_its_id_and_the_plain_column_its_name() -> None:
    tab = looked_at(TWO_DAYS)
    assert (boxes(tab)["Customer ID"], boxes(tab)["Customer name"]) == ("Kundennr.", "Kunde")


def test_a_column_can_be_taken_back() -> None:
    tab = choose(looked_at(LINES), column_date="Booked on", column_amount="Worth")
    choose(tab, column_amount="")
    assert (boxes(tab)["Amount"], tab.button(key="wizard_ledger_read").disabled) == ("", True)


def test_a_column_of_texts_with_few_kinds_can_say_which_lines_count() -> None:
    workshop = stored()
    tab = looked_at(LINES, workshop=workshop)
    choose(tab, column_date="Booked on", column_amount="Worth", only_column="Kind")
    assert tab.multiselect(key="wizard_ledger_only_texts").value == ["forecast"]
    tab.multiselect(key="wizard_ledger_only_texts").set_value(["sale"]).run()
    counted(tab)
    assert told(tab, "2 lines, 2 customers")
    assert told(tab, "1 line is not of the kind that you chose and is left out (500.00 in all).")
    stored_by(tab, "ledger")
    assert last_choices(workshop).only == {"Kind": ("sale",)}


def test_every_line_counts_again_when_the_filter_is_taken_back() -> None:
    tab = choose(looked_at(LINES), column_date="Booked on", column_amount="Worth")
    choose(tab, only_column="Kind", column_order="")
    choose(tab, only_column="")
    assert "wizard_ledger_only_texts" not in [one.key for one in tab.multiselect]
    assert told(counted(tab), "3 lines, 2 customers")


def last_choices(workshop: str) -> LedgerChoices:
    """How the lines were counted, as the last edit has it."""
    edit = rooms.store().history(workshop).entries[-1].edit
    found = getattr(edit, "ledger", None)
    assert isinstance(found, LedgerChoices)
    return found


def test_a_column_with_a_place_or_with_many_texts_says_nothing_about_kinds() -> None:
    rows = "".join(f"Ash,{n},{'x' if n % 2 else 'y'},same\n" for n in range(13))
    first = from_text("a.csv", f"Customer,Number,Kind,Constant\n{rows}")
    assert ledger_columns._few_texts(first, set()) == {"Kind": ("x", "y")}
    assert ledger_columns._few_texts(first, {"Kind"}) == {}


# --- dates ----------------------------------------------------------------------------------------


def test_dates_with_two_readings_ask_and_the_answer_counts() -> None:
    text = "Customer,Date,Amount\nAsh,01/02/2025,5\nBay,03/02/2025,6\n"
    found = {}
    for order in ("in February", "in January"):
        workshop = stored()
        tab = counted(looked_at(text, workshop=workshop))
        assert tab.error
        tab.button(key="wizard_ledger_back").click().run()
        counted(choose(tab, day_first=order))
        found[order] = next(one.value for one in tab.markdown if "lines" in one.value)
        stored_by(tab, "ledger")
        assert last_choices(workshop).day_first is ORDERS[order]
    assert "1 February 2025 to 3 February 2025" in found["in February"]
    assert "2 January 2025 to 2 March 2025" in found["in January"]


# --- how the file is read -------------------------------------------------------------------------


def test_how_the_file_is_read_can_be_changed_and_the_columns_are_looked_at_anew() -> None:
    tab = looked_at("Customer,Date,Amount\nClient,Invoice date,Total\nAsh,2025-01-10,5\n")
    choose(tab, header=2)
    assert boxes(tab)["Customer ID"] == "Client"
    assert told(counted(tab), "1 line, 1 customer, 1 order")


def test_a_ledger_without_column_names_is_repaired_by_saying_so() -> None:
    tab = looked_at("Ash,2025-01-10,5\nBay,2025-01-11,6\n")
    assert told(tab, "We expected column names in the first row of orders.csv")
    tab.selectbox(key="wizard_ledger_header").set_value(0).run()
    choose(tab, column_customer="Column 1", column_date="Column 2", column_amount="Column 3")
    assert told(counted(tab), "Revenue EUR 11.00")


def test_what_is_no_ledger_gets_one_sentence_and_the_way_to_other_files() -> None:
    tab = looked_at("%PDF-1.7 x")
    assert [error.value.replace("\\", "")[:26] for error in tab.error] == [
        "We could not read orders.c"
    ]
    assert labels(tab)[2:] == ["Choose other files"]


# --- choices --------------------------------------------------------------------------------------


@pytest.fixture
def remembered(monkeypatch: pytest.MonkeyPatch) -> Tab:
    return Tab(monkeypatch)


def test_choices_begin_with_what_the_names_tell_and_are_kept_for_one_file(
    remembered: Tab,
) -> None:
    first = from_text("a.csv", "Customer,Date,Amount\nAsh,2025-01-10,5\n")
    found = ledger_columns._choices(first, made())
    assert found.columns == {"customer": "Customer", "date": "Date", "amount": "Amount"}
    ledger_columns.decide(left_out=("copy",))
    assert ledger_columns._choices(first, made()).left_out == ("copy",)
    assert ledger_columns.chosen() is remembered.kept[CHOICES][1]
    other = from_text("b.csv", "Customer,x\nAsh,1\n")
    assert ledger_columns._choices(other, made()) == LedgerChoices(columns={"customer": "Customer"})


# --- guesses, and what is remembered --------------------------------------------------------------

UNNAMED = "Wer,Wann,Wert netto\n" + "".join(
    f"{name},2025-0{month}-10,{month}00.50\n"
    for month, name in enumerate(("Ash GmbH", "Bay AG", "Cob Ltd", "Dew Inc."), 1)
)


def test_a_column_that_its_cells_tell_is_asked_about_and_taken_by_a_click() -> None:
    tab = looked_at(UNNAMED)
    assert told(tab, "▲ Is it “Wann”, by its values?")
    assert boxes(tab)["Date"] == ""
    tab.button(key="wizard_ledger_yes_date").click().run()
    assert boxes(tab)["Date"] == "Wann"
    assert "Wann”, by its values" not in shown(tab)


def test_a_ledger_with_names_and_without_ids_can_be_read() -> None:
    tab = choose(looked_at(UNNAMED), column_name="Wer", column_date="Wann")
    assert tab.button(key="wizard_ledger_read").disabled
    choose(tab, column_amount="Wert netto")
    assert told(counted(tab), "4 lines, 4 customers")


def test_a_column_that_has_a_place_is_not_asked_about() -> None:
    tab = choose(looked_at(UNNAMED), column_order="Wann")
    assert "“Wann”" not in shown(tab)


def test_the_columns_are_remembered_for_the_next_ledger_with_the_same_headers() -> None:
    workshop = stored()
    tab = choose(looked_at(LINES, workshop=workshop), column_date="Booked on", column_amount="Each")
    stored_by(counted(tab), "ledger")
    [kept] = present(workshop).matchings
    assert (kept.door, kept.goes_to["Each"]) == ("ledger", "amount")
    again = boxes(looked_at(LINES, workshop=workshop))
    assert (again["Date"], again["Amount"]) == ("Booked on", "Each")


def test_a_matching_of_another_door_or_of_other_headers_is_not_used() -> None:
    lists = Matching(headers=("a", "b"), goes_to={"a": "name"}, door="customers")
    ledger = Matching(headers=("a", "b"), goes_to={"a": "customer"}, door="ledger")
    gone = Matching(headers=("a", "b"), goes_to={"a": "no such field"}, door="ledger")
    remembered = ledger_columns.as_the_last_time
    assert remembered(("b", "a"), [ledger, lists, gone]) == {"customer": "a"}
    assert remembered(("a",), [ledger]) == {}
    assert remembered(("a", "b"), [lists, gone]) == {}


# --- currencies -----------------------------------------------------------------------------------

OF_ISO = """\
Customer,Date,Amount,ISO
Ash,2025-01-10,5,EUR
Bay,2025-01-11,6,USD
Bay,2025-01-12,6,USD
"""
OF_TWO = "Customer,Date,Amount,Currency,Document Currency\nAsh,2025-01-10,5,EUR,USD\n"


def test_a_column_that_may_name_the_currency_is_asked_about_before_the_reading() -> None:
    tab = ledger_given(opened(stored(), LEDGER), OF_ISO)
    assert told(tab, "▲ Is it “ISO”?")
    assert tab.button(key="wizard_ledger_read").disabled
    tab.button(key="wizard_ledger_currency_Yes").click().run()
    assert "ISO" in boxes(tab).values()
    assert told(counted(tab), "different currencies")


def test_that_no_column_names_the_currency_is_an_answer_and_is_not_remembered() -> None:
    workshop = stored()
    tab = ledger_given(opened(workshop, LEDGER), OF_ISO)
    tab.button(key="wizard_ledger_currency_No").click().run()
    assert "Is it" not in shown(tab)
    stored_by(counted(tab), "ledger")
    again = shown_again(opened(workshop, LEDGER))
    again.segmented_control(key="bring_in_door").set_value(LEDGER).run()
    assert told(ledger_given(again, OF_ISO), "▲ Is it “ISO”?")


def test_two_columns_of_currencies_are_asked_between() -> None:
    tab = ledger_given(opened(stored(), LEDGER), OF_TWO)
    assert told(tab, "▲ “Currency” or “Document Currency”? They differ; please choose.")
    assert tab.button(key="wizard_ledger_read").disabled
