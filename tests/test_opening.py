"""Inside the child: what a sheet shows becomes texts, and what it must not open is refused."""

import subprocess
import sys
from datetime import date, datetime, time, timedelta
from io import BytesIO

import pytest
import xlsxwriter

from kam.errors import Unreadable
from kam.intake.tables import opening
from kam.intake.tables.opening import Cell, cell_text, opened
from kam.intake.tables.records import Record
from kam.intake.tables.sheets import MEMORY_MARK, MEMORY_SHEET, Workbook
from tests.test_sheets import TABLE, text_cell, wanted, workbook


def test_the_visible_sheet_comes_back_with_the_numbers_of_its_rows() -> None:
    records = [Record(3, ["id", "name"]), Record(4, ["7", "0042"])]
    assert opened(workbook(TABLE), wanted()) == Workbook(["One"], ["One"], "One", records, [])


def test_a_hidden_sheet_cannot_be_asked_for() -> None:
    with pytest.raises(Unreadable, match='no sheet "Kept back"'):
        opened(workbook(TABLE), wanted(sheet="Kept back"))


def test_no_more_rows_come_back_than_are_wanted_and_blank_ones_do_not_count() -> None:
    rows = "".join(f'<row r="{at}">{text_cell(f"A{at}", "x")}</row>' for at in (1, 5, 9, 12))
    found = opened(workbook(rows), wanted(most=3))
    assert [record.line for record in found.records] == [1, 5, 9]


def test_columns_that_no_row_fills_are_left_out() -> None:
    blank = f'<row r="1">{text_cell("A1", "x")}{text_cell("F1", " ")}</row>'
    assert opened(workbook(blank), wanted()).records == [Record(1, ["x"])]


def test_a_sheet_wider_than_a_list_of_customers_is_refused_with_its_width() -> None:
    with pytest.raises(Unreadable, match=r"at most 250 columns, and f.xlsx has 703\."):
        opened(
            workbook(f'<row r="1">{text_cell("AAA1", "x")}{text_cell("A1", "y")}</row>'), wanted()
        )


def test_a_cell_longer_than_any_text_of_a_table_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opening, "CELL_CHARACTERS", 3)
    with pytest.raises(Unreadable, match="more memory or time"):
        opened(workbook(TABLE), wanted())


def test_a_text_that_is_repeated_beyond_all_measure_is_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(opening, "SHEET_CHARACTERS", 9)
    with pytest.raises(Unreadable, match="more memory or time"):
        opened(workbook(TABLE), wanted())


def test_excel_errors_and_missing_results_are_told_with_their_places() -> None:
    cells = (
        '<row r="1"><c r="A1" t="e"><f>1/0</f><v>#DIV/0!</v></c><c r="B1"><f>A1*2</f></c>'
        f"{text_cell('C1', 'x')}</row>"
    )
    found = opened(workbook(cells), wanted())
    assert found.records == [Record(1, ["", "", "x"])]
    errors, uncomputed = found.notes
    assert errors == "Cells with an Excel error such as #N/A are read as empty: A1."
    assert uncomputed.startswith("Formulas without a stored result are read as empty: B1. Open")


def test_a_sheet_of_nothing_but_errors_says_so_instead_of_being_empty() -> None:
    cells = '<row r="1"><c r="A1" t="e"><v>#N/A</v></c></row>'
    with pytest.raises(Unreadable, match='sheet "One" holds only Excel errors'):
        opened(workbook(cells), wanted())


def test_an_id_that_the_sheet_shows_with_zeros_in_front_keeps_them() -> None:
    styles = (
        '<styleSheet><numFmts count="1"><numFmt numFmtId="164" formatCode="00000"/></numFmts>'
        '<cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="164"/></cellXfs></styleSheet>'
    )
    cells = '<row r="2"><c r="B2" s="1"><v>42</v></c><c r="C2"><v>42</v></c></row>'
    found = opened(workbook(cells, xl__styles_xml=styles.encode()), wanted())
    assert found.records == [Record(2, ["00042", "42"])]


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (None, ""),
        (3.0, "3"),
        (0.1, "0.1"),
        (0.1 + 0.2, "0.3"),
        (1234567.8900000001, "1234567.89"),
        (1.23456789012345e16, "12345678901234500"),
        (1e22, "1e+22"),
        (-12.5, "-12.5"),
        (True, "true"),
        ("0042", "0042"),
        (date(2025, 1, 2), "2025-01-02"),
        (datetime(2025, 1, 2), "2025-01-02"),  # noqa: DTZ001 - spreadsheets know no time zones
        (datetime(2025, 1, 2, 8, 30), "2025-01-02 08:30:00"),  # noqa: DTZ001 - the same
        (time(8, 30), "08:30:00"),
        (timedelta(days=1), "1 day, 0:00:00"),
    ],
)
def test_a_typed_cell_becomes_the_text_a_person_would_type(cell: Cell, text: str) -> None:
    assert cell_text(cell) == text


def test_the_child_is_bounded_and_stands_behind_the_server() -> None:
    resource = pytest.importorskip("resource")
    script = (
        "import os, resource;"
        "from kam.intake.tables.opening import limit_this_process as limit; limit();"
        "print(os.nice(0), resource.getrlimit(resource.RLIMIT_CPU)[0],"
        "resource.getrlimit(resource.RLIMIT_AS)[0])"
    )
    child = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    niceness, seconds, memory = map(int, child.stdout.split())
    assert niceness >= min(opening.CHILD_NICENESS, 19)
    assert seconds == opening.CHILD_CPU_SECONDS
    assert memory in {opening.CHILD_BYTES, resource.RLIM_INFINITY}


def test_our_own_workbook_brings_what_its_hidden_sheet_says_and_figures_in_one_reading() -> None:
    """A number that somebody typed there is a number, whatever the decimal mark of its column."""
    found = opened(repairs(MEMORY_MARK, "one ", "two"), wanted())
    assert found.memory == "one two"
    assert found.sheets == ["Rows"]
    assert found.records == [Record(1, ["1.2340", "12.5", "7"])]


def test_a_hidden_sheet_of_our_name_that_says_something_else_is_none_of_ours() -> None:
    found = opened(repairs("mine", "one"), wanted())
    assert found.memory == ""
    assert found.records == [Record(1, ["1.234", "12.5", "7"])]


def test_a_hidden_sheet_beyond_all_measure_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opening, "MEMORY_CHARACTERS", 99)
    with pytest.raises(Unreadable, match="more memory or time"):
        opened(repairs(MEMORY_MARK, "x" * 99), wanted())


def repairs(*pieces: str) -> bytes:
    """A workbook with three typed numbers, and these texts on a hidden sheet."""
    stream = BytesIO()
    with xlsxwriter.Workbook(stream) as book:
        book.add_worksheet("Rows").write_row(0, 0, [1.234, 12.5, 7])
        hidden = book.add_worksheet(MEMORY_SHEET)
        hidden.write_column(0, 0, pieces)
        hidden.hide()
    return stream.getvalue()
