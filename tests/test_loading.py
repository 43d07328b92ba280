"""The layout of a ledger's cells is found from what the first reading left unread."""

import json
from datetime import date
from pathlib import Path

import pytest

from kam.errors import Unreadable
from kam.intake.entries import connected
from kam.intake.ledger import Ledger, LedgerColumns, cents, read_ledger
from kam.intake.lines import opened
from kam.intake.loading import loaded

COLUMNS = LedgerColumns("customer", "date", "amount")
INVOICES = LedgerColumns(
    "Customer No",
    "Invoice Date",
    "Net Amount",
    cost="Cost",
    name="Customer Name",
    order="Invoice No",
)


def ledger(*rows: str, day_first: bool | None = None) -> Ledger:
    text = "\n".join(["customer;date;amount", *rows, ""])
    return read_ledger(text.encode(), COLUMNS, today=date(2026, 1, 1), day_first=day_first)


def days(found: Ledger) -> tuple[date, date]:
    return found.totals.first, found.totals.last


def test_lines_are_typed_exactly_and_plain_cells_need_no_sentence(tmp_path: Path) -> None:
    path = tmp_path / "ledger.csv"
    path.write_text("customer,date,amount\n007,2025-01-02,1.5000\n", encoding="utf-8")
    found = opened(path, COLUMNS.chosen(), tmp_path)
    with connected(found.csv.path, tmp_path) as connection:
        assert loaded(connection, found, COLUMNS.chosen(), day_first=None) == ()
        [(customer, day, amount)] = connection.execute(
            "SELECT customer, day, amount FROM lines"
        ).fetchall()
    assert (customer, day, str(amount)) == ("007", date(2025, 1, 2), "1.5000")


def test_a_date_that_only_fits_one_order_decides_for_the_column() -> None:
    assert days(ledger("A;02/01/2025;1", "A;31/12/2024;1")) == (
        date(2024, 12, 31),
        date(2025, 1, 2),
    )
    assert days(ledger("A;02/01/2025;1", "A;12/31/2024;1")) == (
        date(2024, 12, 31),
        date(2025, 2, 1),
    )


def test_dates_that_fit_both_orders_need_an_answer() -> None:
    with pytest.raises(Unreadable, match=r"column date fit two readings.* Say which comes first"):
        ledger("A;02/01/2025;1")
    assert days(ledger("A;02/01/2025;1", day_first=True))[0] == date(2025, 1, 2)
    assert days(ledger("A;02/01/2025;1", day_first=False))[0] == date(2025, 2, 1)


def test_dates_in_both_orders_are_refused() -> None:
    with pytest.raises(Unreadable, match="1 dates with the day first and 1 with the month first"):
        ledger("A;31/12/2024;1", "A;12/31/2024;1")


def test_dotted_dates_need_no_answer() -> None:
    assert days(ledger("A;02.01.2025;1"))[0] == date(2025, 1, 2)


def test_decimal_commas_are_found_and_told() -> None:
    found = ledger("A;2025-01-01;1.234,50", "A;2025-01-01;2.000")
    assert found.totals.revenue == cents(found.totals.revenue) == 3234.5
    assert "Column amount has decimal commas." in found.notes


def test_points_that_may_separate_thousands_are_told() -> None:
    found = ledger("A;2025-01-01;2.000", "A;2025-01-01;3.500")
    assert found.totals.revenue == 5.5
    told = 'Column amount: "2.000" can be read in two ways; we read it as 2.'
    assert told in found.notes


def test_currency_signs_and_thousands_are_read() -> None:
    found = ledger("A;2025-01-01;$20,565.62", "A;2025-01-01;(1,000.00)", "A;2025-01-01;7")
    assert str(cents(found.totals.revenue)) == "19572.62"


def test_another_encoding_further_down_is_refused_with_its_line() -> None:
    rows = b"A;2025-01-01;1\n" * 20_000
    data = b"customer;date;amount\n" + rows + "Müller;2025-01-01;1\n".encode("cp1252")
    with pytest.raises(Unreadable, match="begins in UTF-8, and line 20002 cannot be read"):
        read_ledger(data, COLUMNS)


def expectations(shared: Path) -> list[dict[str, str]]:
    path = shared / "data/messy_ledgers/EXPECTED.json"
    files: list[dict[str, str]] = json.loads(path.read_text(encoding="utf-8"))["files"]
    return [one for one in files if not one["file"].startswith("accounts")]


def test_messy_ledgers_add_up_to_the_known_totals(shared: Path) -> None:
    compared = 0
    for expected in expectations(shared):
        if expected["amount_total"] and not expected["file"].startswith("html"):
            found = read_ledger(shared / "data/messy_ledgers" / expected["file"], INVOICES)
            assert str(cents(found.totals.revenue)) == expected["amount_total"], expected["file"]
            assert str(found.totals.rows) == str(expected["data_rows"]), expected["file"]
            assert days(found) == (date(2010, 12, 29), date(2013, 11, 29)), expected["file"]
            compared += 1
    assert compared == 8


def test_bad_cells_are_reported_by_the_lines_of_the_file(shared: Path) -> None:
    found = read_ledger(shared / "data/messy_ledgers/bad_cells.csv", INVOICES)
    assert {one.kind: one.lines for one in found.left_out} == {
        "date": (12, 22, 32, 42),
        "amount": (52, 62, 72, 82, 92),
    }
    assert str(cents(found.totals.revenue)) == "80227509.19"


def test_a_block_imported_twice_is_noticed(shared: Path) -> None:
    found = read_ledger(shared / "data/messy_ledgers/block_imported_twice.csv", INVOICES)
    (copies,) = found.noticed
    assert (copies.kind, copies.rows) == ("copy", 500)
    assert str(cents(found.totals.revenue - copies.amount)) == "80450597.06"


def test_a_truncated_ledger_says_that_it_may_be_cut_off(shared: Path) -> None:
    found = read_ledger(shared / "data/messy_ledgers/truncated_mid_line.csv", INVOICES)
    assert any("check that nothing is cut off" in note for note in found.notes)


def test_a_web_page_named_like_a_workbook_is_refused(shared: Path) -> None:
    with pytest.raises(Unreadable, match="it is a web page"):
        read_ledger(shared / "data/messy_ledgers/html_table_named.xls", INVOICES)
