"""A ledger in a workbook becomes a CSV in a child; the server gets the first rows alone."""

import gzip
import json
from pathlib import Path

import pytest

from kam.errors import Unreadable
from kam.intake.orders import order_sheet
from kam.intake.orders.order_sheet import Asked, Sheet, answer, sheet_in
from kam.intake.orders.progress import Cancelled, Progress
from kam.intake.tables.files import Reading
from tests.test_sheets import text_cell, workbook

ROWS = 30


def book(rows: int = ROWS) -> bytes:
    every = [("Customer", "Day"), *((f"C{at}", "2025-01-31") for at in range(rows))]
    return workbook(
        "".join(
            f'<row r="{2 * at}">{text_cell(f"A{2 * at}", a)}{text_cell(f"B{2 * at}", b)}</row>'
            for at, (a, b) in enumerate(every, 1)
        )
    )


def read(folder: Path, data: bytes, sample: int = 5, *, whole: bool = True) -> Sheet:
    path = folder / "orders.xlsx"
    path.write_bytes(data)
    asked = Asked("orders.xlsx", Reading(), sample, str(folder) if whole else "")
    return sheet_in(path, asked, Progress())


def test_all_rows_are_in_the_csv_and_the_first_ones_in_the_table(tmp_path: Path) -> None:
    found = read(tmp_path, book())
    lines = found.csv.read_text("utf-8").splitlines()
    assert (len(lines), lines[-1], found.rows) == (ROWS, "C29,2025-01-31", ROWS)
    assert found.sample.headers == ("Customer", "Day")
    assert [row[0] for row in found.sample.rows] == ["C0", "C1", "C2", "C3", "C4"]


def test_each_record_knows_its_row_of_the_sheet(tmp_path: Path) -> None:
    found = read(tmp_path, book())
    assert list(found.lines) == [2 * at + 4 for at in range(ROWS)]


def test_for_a_look_at_the_first_rows_nothing_is_written(tmp_path: Path) -> None:
    found = read(tmp_path, book(), whole=False)
    assert len(found.sample.rows) <= 5
    assert not found.lines
    assert [path.name for path in tmp_path.iterdir()] == ["orders.xlsx"]


def test_a_packed_workbook_is_read(tmp_path: Path) -> None:
    assert read(tmp_path, gzip.compress(book())).rows == ROWS


def test_what_the_child_refuses_is_said_here(tmp_path: Path) -> None:
    with pytest.raises(Unreadable, match=r"orders\.xlsx: the file is damaged"):
        read(tmp_path, book()[:-30])


def test_the_child_says_as_json_what_it_found_or_why_not() -> None:
    asked = Asked("f.xlsx", Reading(), 3)
    assert json.loads(answer(asked, book()))["rows"] == 2  # and the column names
    assert (
        "no sheet"
        in json.loads(answer(asked._replace(reading=Reading(sheet="X")), book()))["refused"]
    )


def test_more_cells_than_a_ledger_has_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(order_sheet, "SHEET_CELLS", 10)
    refused = json.loads(answer(Asked("f.xlsx", Reading(), 30), book()))["refused"]
    assert "more than 10 cells" in refused


def test_a_person_may_stop_the_child(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(order_sheet, "EVERY", 0.01)
    path = tmp_path / "orders.xlsx"
    path.write_bytes(book())
    progress = Progress()
    progress.cancel()
    with pytest.raises(Cancelled):
        sheet_in(path, Asked("orders.xlsx", Reading(), 5, str(tmp_path)), progress)


def test_a_child_that_takes_too_long_is_ended(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(order_sheet, "EVERY", 0.01)
    monkeypatch.setattr(order_sheet, "CHILD_WALL_SECONDS", 0)
    with pytest.raises(Unreadable, match="more memory or time than we allow"):
        read(tmp_path, book())
