"""In what money is, by the names of its columns and by what stands outside of the table."""

from decimal import Decimal
from io import BytesIO
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import xlsxwriter

from kam.errors import Refused
from kam.intake.orders.currencies import Share
from kam.intake.orders.headings import Headers, Outside, UnitAsked, said_by_headers, said_outside
from kam.intake.orders.ledger import Ledger, read_ledger
from kam.intake.tables.files import from_text
from kam.model import LedgerChoices
from tests.ledgers import choices, ledger


def plain(*rows: str, header: str = "amount", **more: object) -> Ledger:
    text = "\n".join([f"customer,date,{header}", *rows, ""])
    return ledger(text, choices("customer", "date", header, **more))


@pytest.mark.parametrize(
    ("header", "revenue", "currency"),
    [
        ("Revenue (TEUR)", 6500, "EUR"),
        ("Umsatz (k€)", 6500, "EUR"),
        ("Amount (USD)", Decimal("6.5"), "USD"),
        ("Amount ($)", Decimal("6.5"), "$"),
        ("Revenue in millions", 6_500_000, None),
    ],
)
def test_a_header_tells_currency_and_thousands(
    header: str, revenue: int, currency: str | None
) -> None:
    found = plain("A,2025-01-01,5", "B,2025-01-01,1.5", header=header)
    assert found.totals.revenue == revenue
    assert found.currencies == ((Share(currency, 2, found.totals.revenue),) if currency else ())
    scaled = [note for note in found.notes if "we multiply by" in note]
    assert scaled == ([] if revenue < 10 else [scaled[0]])


def test_thousands_are_told_and_a_person_can_object() -> None:
    found = plain("A,2025-01-01,5", header="Revenue (TEUR)")
    assert found.notes == ("Column Revenue (TEUR) looks like thousands; we multiply by 1,000.",)
    said = plain("A,2025-01-01,5", header="Revenue (TEUR)", unscaled=("amount",))
    assert said.totals.revenue == 5
    assert said.notes == ()


def test_costs_in_another_currency_than_amounts_are_refused() -> None:
    columns = {"amount": "Amount (EUR)", "cost": "Cost (USD)"}
    with pytest.raises(
        Refused, match=r"Amount \(EUR\) is in EUR and column Cost \(USD\) is in USD"
    ):
        said_by_headers(columns, LedgerChoices())
    assert said_by_headers(columns, LedgerChoices(one_currency=True)) == Headers()


def test_thousands_of_pieces_at_a_price_make_thousands() -> None:
    columns = {"quantity": "Quantity (thousands)", "unit_price": "Price (k€)"}
    found = said_by_headers(columns, LedgerChoices())
    assert (found.currency, found.factors, len(found.notes)) == ("EUR", {"amount": 1_000_000}, 2)


@pytest.mark.parametrize(
    ("header", "cells", "revenue"),
    [
        ("Umsatz Mio. EUR", ("0.0028712345", "0.00005"), "2921.2345"),
        ("Net Amount TEUR", ("2.87123", "0.00001"), "2871.24"),
        ("Revenue (EUR bn)", ("0.0000012345678",), "1234.5678"),
        ("Umsatz Mio. EUR", ('"0,00572414"', '"0,1"'), "105724.14"),
        ("Net Amount TEUR", ("200000000.5",), "200000000500"),
    ],
)
def test_thousands_are_multiplied_before_anything_is_rounded(
    header: str, cells: tuple[str, ...], revenue: str
) -> None:
    rows = [f"A,2025-01-01,{cell}" for cell in cells]
    assert plain(*rows, header=header).totals.revenue == Decimal(revenue)


def test_costs_in_thousands_are_exact_too() -> None:
    text = "customer,date,amount,Cost (TEUR)\nA,2025-01-01,5000,2.87123\n"
    found = ledger(text, choices(cost="Cost (TEUR)"))
    assert found.totals.cost == Decimal("2871.23")


def test_prices_in_thousands_with_many_decimals_are_exact() -> None:
    text = "customer,date,qty,Price (k€)\nA,2025-01-01,3,0.0123456\nA,2025-01-01,1,0.012345678\n"
    given = choices("customer", "date", None, quantity="qty", unit_price="Price (k€)")
    assert ledger(text, given).totals.revenue == Decimal("49.382478")


def test_millions_in_a_workbook_are_exact() -> None:
    data = BytesIO()
    with xlsxwriter.Workbook(data) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["customer", "date", "Umsatz Mio. EUR"])
        for row in range(1, 41):
            sheet.write_row(row, 0, ["A", "2025-01-01", (2871.23 + row) / 1e6])
    found = read_ledger(data.getvalue(), choices("customer", "date", "Umsatz Mio. EUR"))
    assert found.totals.revenue == Decimal("2871.23") * 40 + 820


def test_millions_in_a_parquet_file_are_exact(tmp_path: Path) -> None:
    path = tmp_path / "ledger.parquet"
    cells = {"customer": ["A", "B"], "date": ["2025-01-01"] * 2, "Mio. EUR": [0.00572414, 1e-5]}
    pq.write_table(pa.table(cells), path)
    found = read_ledger(path, choices("customer", "date", "Mio. EUR"))
    assert found.totals.revenue == Decimal("5734.14")


def test_a_fraction_behind_the_beginning_of_a_column_in_thousands_is_found(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("kam.intake.orders.loading.BEGINNING", 1)
    rows = ("A,2025-01-01,5", "A,2025-01-01,1.234", 'A,2025-01-01,"2,5"')
    found = plain(*rows, header="Umsatz (TEUR)", decimal_mark=",")
    assert found.totals.revenue == Decimal("5000") + 1_234_000 + 2500


TITLE = "Sales report in thousand EUR,,\n\ncustomer,date,amount\nA,2025-01-01,5\nB,2025-01-01,1.5\n"
UNITS = "customer,date,amount\n,,kEUR\nA,2025-01-01,5\nB,2025-01-01,1.5\n"


@pytest.mark.parametrize(
    ("text", "said"), [(TITLE, "Sales report in thousand EUR"), (UNITS, "kEUR")]
)
def test_thousands_outside_of_the_table_are_asked_about(text: str, said: str) -> None:
    with pytest.raises(UnitAsked, match=f"“{said}” in line .*amounts are in thousands of EUR"):
        ledger(text)
    holds = ledger(text, choices(outside="holds"))
    assert holds.totals.revenue == 6500
    assert holds.currencies == (Share("EUR", 2, Decimal(6500)),)
    assert any(f"says “{said}”; amounts are in thousands of EUR." in note for note in holds.notes)
    ignored = ledger(text, choices(outside="ignored"))
    assert (ignored.totals.revenue, ignored.currencies) == (Decimal("6.5"), ())


def test_a_currency_alone_outside_of_the_table_is_told_and_taken() -> None:
    found = ledger("Amounts in USD,,\n\ncustomer,date,amount\nA,2025-01-01,5\n")
    assert found.currencies == (Share("USD", 1, Decimal(5)),)
    assert any("“Amounts in USD”; amounts are in USD." in note for note in found.notes)


@pytest.mark.parametrize("title", ["TOP 100 customers", "All regions", "Report 2024", "Export"])
def test_other_titles_say_nothing_of_amounts(title: str) -> None:
    found = ledger(f"{title},,\n\ncustomer,date,amount\nA,2025-01-01,5\n")
    assert (found.totals.revenue, found.currencies) == (Decimal(5), ())


def test_a_column_that_is_called_thousands_is_not_multiplied_twice() -> None:
    text = TITLE.replace("amount", "amount (TEUR)")
    assert ledger(text, choices("customer", "date", "amount (TEUR)")).totals.revenue == 6500


def test_each_column_has_the_unit_in_its_own_cell() -> None:
    table = from_text("x.csv", "customer,date,amount,cost\n,,EUR,kEUR\nA,2025-01-01,5,1\n")
    columns = {"customer": "customer", "date": "date", "amount": "amount", "cost": "cost"}
    first = said_outside(table, columns, LedgerChoices())
    assert first == Outside("EUR", 2, 1, "EUR", ("amount",))


def test_files_in_different_units_are_not_added() -> None:
    other = UNITS.replace(",,kEUR\n", "")
    with pytest.raises(UnitAsked, match=r"a\.csv says “kEUR” and b\.csv says nothing"):
        read_ledger([UNITS.encode(), other.encode()], choices(outside="holds"),
                    names=["a.csv", "b.csv"])  # fmt: skip
