"""A list of customers, order lines and opportunities are told apart by columns and cells."""

import pytest

from kam.intake.kinds import Looks, in_words, lacking, looks_like
from kam.intake.tables.files import Table


def table(headers: str, *rows: str) -> Table:
    cells = tuple(tuple(row.split(",")) for row in rows)
    return Table("file.csv", tuple(headers.split(",")), cells, tuple(range(2, len(rows) + 2)))


def months(cell: str) -> list[str]:
    """Three months of three customers, whose dates are written like this cell."""
    return [f"{cell},C{at % 3},Company {at % 3},{at}" for at in range(9)]


@pytest.mark.parametrize(
    "headers",
    [
        "Invoice No,Invoice Date,Customer No,Net Amount",
        "Order Date,Account Name,Amount",
        "Kunde,Datum,Menge,Einzelpreis",
    ],
)
def test_names_of_columns_tell_a_ledger_for_certain(headers: str) -> None:
    assert looks_like(table(headers, "1,2,3,4")).kind == "ledger"


@pytest.mark.parametrize(
    "cell",
    ["2024-01", "202401", "01/2024", "Jan 2024", "2024-01-05", "5.1.2024", "05-Jan-24",
     "2024-01-05T00:00:00", "20240105", "1/5/2024 0:00"],
)  # fmt: skip
def test_dates_and_customers_that_come_again_are_no_list(cell: str) -> None:
    found = looks_like(table("Month,Customer ID,Customer Name,Revenue", *months(cell)))
    assert found == Looks("lines", ("Month", "Customer ID"))
    assert in_words("x.csv", found) == (
        'x.csv looks like an order ledger: it has dates in "Month", and the same customers again '
        'and again in "Customer ID".'
    )


@pytest.mark.parametrize("money", ["Total Price", "Amount in LC", "Sales in kEUR"])
def test_money_by_a_name_that_nobody_knows_does_not_make_a_list(money: str) -> None:
    rows = [f"{at},2024-01-0{at},Company {at % 2},7" for at in range(1, 9)]
    found = looks_like(table(f"Order ID,Order Date,Account Name,{money}", *rows))
    assert found.kind in {"lines", "ledger"}


def test_dates_and_amounts_without_a_known_customer_are_no_list() -> None:
    rows = [f"{at},Vendor {at},5.00,2024-01-0{at}" for at in range(1, 9)]
    found = looks_like(table("ID,Vendor,Amount,Date", *rows))
    assert found == Looks("lines", ("Date",))
    assert in_words("x", found) == 'x looks like an order ledger: it has dates in "Date".'


@pytest.mark.parametrize(
    "rows",
    [
        [f"C{at},Company {at},7,2024-01-0{at}" for at in range(1, 9)],
        [f"C{at},Branch of one,7,2024-01-0{at}" for at in range(1, 9)],
        [f"C{max(at, 2)},Company {at},7,2024-01-0{at}" for at in range(1, 9)],
    ],
)
def test_a_list_may_have_dates_and_a_name_twice(rows: list[str]) -> None:
    assert looks_like(table("Customer ID,Customer Name,Revenue,Contract end", *rows)) == Looks(
        "customers"
    )


def test_customers_that_come_again_without_a_date_are_a_list_with_doubles() -> None:
    assert looks_like(table("Customer,Revenue", *["A,1", "A,2", "B,3", "B,4"])).kind == "customers"


def test_what_a_person_has_said_counts() -> None:
    rows = table("Firma,Tag,Wert", *[f"C{at},x,7" for at in range(5)])
    assert looks_like(rows).kind == "customers"
    assert looks_like(rows, {"customer", "date", "amount"}).kind == "ledger"


@pytest.mark.parametrize(
    "headers",
    [
        "ACCOUNTID,NAME,STAGENAME,AMOUNT,PROBABILITY,CLOSEDATE",
        "account_id,amount,close_date,is_won,stage_name",
        "Deal Name,Deal Stage,Amount,Close Date",
        "Opportunity Name,Account Name,Amount,Close Date,Probability (%)",
    ],
)
def test_opportunities_are_neither_a_list_nor_a_ledger(headers: str) -> None:
    found = looks_like(table(headers, ",".join("x" for _ in headers.split(","))))
    assert found.kind == "opportunities"
    assert "looks like a list of opportunities" in in_words("deals.csv", found)


def test_one_column_of_opportunities_alone_tells_nothing() -> None:
    assert looks_like(table("Customer,Revenue,Probability", "A,1,50")).kind == "customers"
    assert looks_like(table("Customer,Date,Amount,Stage", "A,1,50,x")).kind == "ledger"


def test_a_name_stands_for_the_customer_and_two_figures_for_the_amount() -> None:
    assert lacking({"name", "date", "amount"}) == []
    assert lacking({"customer", "date", "quantity"}) == ["amount"]
    assert lacking({"quantity", "unit_price"}) == ["customer", "date"]
