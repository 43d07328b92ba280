"""What cells prove about decimal marks, currencies and dates, and what they leave open."""

from datetime import date
from pathlib import Path

import pytest

from kam.intake.orders.entries import connected
from kam.intake.orders.marks import Dates, Figures, Scan, Shown, shown
from kam.intake.orders.sources import CsvFile

TODAY = date(2026, 1, 1)


def seen(folder: Path, *cells: str, key: str = "amount", most: int | None = None) -> Shown:
    path = folder / "ledger.csv"
    path.write_text("".join(f"{cell}|x\n" for cell in cells), encoding="utf-8")
    file = CsvFile(path, compressed=False, delimiter="|", skip=0, width=2, places={key: 0})
    with connected([path], folder) as connection:
        return shown(connection, file, Scan((key,), TODAY, most))


@pytest.mark.parametrize(
    ("cell", "found"),
    [
        ("12.5", Figures(points=1, point="12.5")),
        ("12,5", Figures(commas=1, odd=1, comma="12,5")),
        ("1012.505", Figures(points=1, point="1012.505")),
        ("0.123", Figures(points=1, point="0.123")),
        ("1.234", Figures(either=1, both="1.234")),
        ("1,234", Figures(either=1, odd=1, both="1,234", either_commas=1)),
        ("€5", Figures(odd=1, currencies=("EUR",))),
        ("5", Figures()),
        ("n/a", Figures()),
        ("ABC-5", Figures(odd=1, currencies=("ABC",))),
    ],
)
def test_a_cell_proves_a_mark_or_leaves_it_open(tmp_path: Path, cell: str, found: Figures) -> None:
    assert seen(tmp_path, cell).figures == {"amount": found}


def test_what_cells_prove_is_counted(tmp_path: Path) -> None:
    found = seen(tmp_path, "1.5", "2,5", "$3", "EUR 4", "€5").figures["amount"]
    assert (found.points, found.commas, found.odd) == (1, 1, 4)
    assert found.told == (".", ",")
    assert found.currencies == ("$", "EUR")


def test_only_the_first_rows_are_looked_at_where_that_is_asked(tmp_path: Path) -> None:
    assert seen(tmp_path, "1.5", "2,5", most=1).figures["amount"].told == (".",)


def test_a_quantity_beside_its_unit_names_no_currency(tmp_path: Path) -> None:
    assert seen(tmp_path, "5 PCS", key="quantity").figures["quantity"].currencies == ()


@pytest.mark.parametrize(
    ("cell", "dates"),
    [
        ("2025-12-31", Dates()),
        ("31/12/2025", Dates(only_day=1, other=1, long=1)),
        ("12/31/2025", Dates(only_month=1, other=1, long=1)),
        ("01/02/2025", Dates(either=1, other=1, day="01/02/2025", long=1)),
        ("20251231", Dates(other=1)),
        ("24-12-31", Dates(1, 0, 0, 1, "", 1, 0, 1, 1, "24-12-31", 0)),
        ("soon", Dates()),
    ],
)
def test_a_date_tells_its_order_or_leaves_it_open(tmp_path: Path, cell: str, dates: Dates) -> None:
    assert seen(tmp_path, cell, key="date").dates == dates


def test_columns_that_the_file_lacks_show_nothing(tmp_path: Path) -> None:
    path = tmp_path / "ledger.csv"
    path.write_text("1\n", encoding="utf-8")
    file = CsvFile(path, compressed=False, delimiter=",", skip=0, width=1, places={})
    with connected([path], tmp_path) as connection:
        assert shown(connection, file, Scan(("amount", "date"), TODAY)) == Shown()
