"""`kam.intake.orders.suggested`: numbers and names of customers, and columns that are rivals."""

from collections.abc import Sequence
from itertools import permutations

import pytest

from kam.intake.orders.suggested import Suggested, suggested
from kam.intake.tables.files import Table, from_text


def columns_of(headers: Sequence[str], *rows: Sequence[str]) -> Suggested:
    """What is suggested for a ledger with these columns and rows."""
    lines = [",".join(row) for row in (headers, *rows)]
    return suggested(from_text("orders.csv", "\n".join(lines) + "\n"))


ONE = {"Customer no": "10001", "Customer": "Ash Ltd", "Date": "2025-01-02", "Amount": "5"}
GERMAN = {"Kundennr.": "K-1", "Kunde": "Esche GmbH", "Datum": "2025-01-02", "Betrag": "5"}


@pytest.mark.parametrize("headers", list(permutations(ONE)))
def test_a_number_is_the_id_and_the_plain_column_the_name_in_any_order(
    headers: tuple[str, ...],
) -> None:
    found = columns_of(headers, [ONE[header] for header in headers])
    assert found.columns == {
        "customer": "Customer no", "name": "Customer", "date": "Date", "amount": "Amount",
    }  # fmt: skip
    assert found.rivals == {}


def test_numbers_and_names_are_told_apart_in_german_too() -> None:
    found = columns_of(tuple(GERMAN), tuple(GERMAN.values())).columns
    assert (found["customer"], found["name"]) == ("Kundennr.", "Kunde")


def test_without_rows_the_names_of_the_columns_tell() -> None:
    found = suggested(Table("", tuple(ONE), (), ())).columns
    assert (found["customer"], found["name"]) == ("Customer no", "Customer")


def test_a_plain_column_alone_is_the_customer() -> None:
    found = columns_of(("Customer", "Date", "Amount"), ("Ash", "2025-01-02", "5"))
    assert found.columns["customer"] == "Customer"
    assert "name" not in found.columns


def test_a_column_that_is_called_name_stays_the_name() -> None:
    headers = ("Customer no", "Customer", "Customer name", "Date", "Amount")
    found = columns_of(headers, ("1", "Ash", "Ash Ltd", "2025-01-02", "5"))
    assert (found.columns["customer"], found.columns["name"]) == ("Customer no", "Customer name")
    assert found.rivals == {}


def test_two_different_numbers_of_a_customer_are_asked_about() -> None:
    headers = ("Customer no", "Customer", "Date", "Amount")
    found = columns_of(headers, ("10001", "77", "2025-01-02", "5"))
    assert set(found.rivals["customer"]) == {"Customer no", "Customer"}
    assert "customer" not in found.columns


def test_two_columns_with_the_same_numbers_need_no_question() -> None:
    headers = ("Customer no", "Customer ID", "Date", "Amount")
    found = columns_of(headers, ("7", "7", "2025-01-02", "5"))
    assert (found.columns["customer"], found.rivals) == ("Customer ID", {})


def test_an_empty_column_is_no_rival() -> None:
    headers = ("Customer no", "Account ID", "Date", "Amount")
    found = columns_of(headers, ("", "7", "2025-01-02", "5"))
    assert (found.columns["customer"], found.rivals) == ("Account ID", {})


def test_several_names_beside_one_number_are_asked_about() -> None:
    headers = ("Customer no", "Sold-to", "Bill-to", "Date", "Amount")
    found = columns_of(headers, ("7", "Ash Ltd", "Bay Ltd", "2025-01-02", "5"))
    assert found.columns["customer"] == "Customer no"
    assert found.rivals == {"name": ("Sold-to", "Bill-to")}


def test_two_dates_that_differ_are_asked_about() -> None:
    headers = ("Customer", "Order date", "Invoice date", "Amount")
    found = columns_of(headers, ("Ash", "2025-01-02", "2025-02-02", "5"))
    assert set(found.rivals["date"]) == {"Order date", "Invoice date"}
    assert found.columns == {"customer": "Customer", "amount": "Amount"}


def test_two_amounts_ask_and_are_not_replaced_by_quantity_and_price() -> None:
    headers = ("Customer", "Date", "Net amount", "Gross amount", "Quantity", "Unit price")
    found = columns_of(headers, ("Ash", "2025-01-02", "100", "119", "2", "50"))
    assert set(found.rivals) == {"amount"}
    assert found.columns == {"customer": "Customer", "date": "Date"}


def test_two_quantities_ask_only_where_no_amount_is_given() -> None:
    headers = ("Customer", "Date", "Quantity", "Order quantity", "Unit price")
    row = ("Ash", "2025-01-02", "2", "3", "50")
    assert set(columns_of(headers, row).rivals) == {"quantity"}
    assert columns_of((*headers, "Amount"), (*row, "100")).rivals == {}
