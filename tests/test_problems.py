"""The workbook of rows to repair can be read by people, and brought back."""

from io import BytesIO

import pytest
import python_calamine

from kam.intake.figures import Mark
from kam.intake.headers.matching import CUSTOMER_TARGETS, REPAIR_COLUMNS, match
from kam.intake.lists.customers import Checked, check
from kam.intake.tables.files import Table, read_table
from kam.report.problems import LONGEST_CELL, problem_workbook, unmistakable

MATCHING = {"Name": "name", "Revenue": "revenue"}


def table(*rows: tuple[str, str, str]) -> Table:
    return Table("c.csv", ("Name", "Revenue", "Zip"), rows, tuple(range(2, len(rows) + 2)))


def checked(one: Table) -> Checked:
    return check(one, MATCHING, CUSTOMER_TARGETS)


def sheet(one: Table) -> list[list[object]]:
    """The cells of the workbook for a table."""
    data = problem_workbook(one, checked(one))
    book = python_calamine.CalamineWorkbook.from_filelike(BytesIO(data))
    return [list(row) for row in book.get_sheet_by_index(0).to_python()]


BROKEN = table(("Ash", "5", "00420"), ("Bay", "n/a", "00421"), ("", "7", ""), ("Cob", "8", "1"))


def test_only_rows_with_a_problem_are_in_it_with_all_their_columns() -> None:
    rows = sheet(BROKEN)
    assert rows[0] == ["Name", "Revenue", "Zip", *REPAIR_COLUMNS]
    assert [row[:4] for row in rows[1:]] == [["Bay", "n/a", "00421", 3], ["", "7", "", 4]]


def test_a_number_that_was_read_has_the_same_reading_without_its_column() -> None:
    rows = table(
        ("", "1.234", "1.234"), ("", "EUR 1.234", ""), ("Ash", "x", ""), ("Bay", "5,5", "")
    )
    cells = [row[1:3] for row in sheet(rows)[1:]]
    assert cells == [["1234", "1.234"], ["EUR 1234", ""], ["x", ""]]


@pytest.mark.parametrize(
    ("cell", "mark", "text"),
    [
        ("1.234", ",", "1234"),
        ("12,5 %", ",", "12.5 %"),
        ("1,234", ",", "1.2340"),
        ("1,234", ".", "1234"),
        ("5.5", ".", "5.5"),
        ("x", ",", "x"),
        ("1.234", None, "1.234"),
    ],
)
def test_a_cell_is_written_with_one_reading(cell: str, mark: Mark | None, text: str) -> None:
    assert unmistakable(cell, mark) == text


def test_what_to_repair_is_the_sentence_of_the_screen() -> None:
    assert sheet(BROKEN)[1][4] == (
        'Row 3, column Revenue: we found "n/a". Enter a number or leave it empty.'
    )


def test_two_problems_of_one_row_are_one_row_with_two_sentences() -> None:
    rows = sheet(table(("", "n/a", "1")))
    assert len(rows) == 2
    assert str(rows[1][4]).count("Row 2") == 2


@pytest.mark.parametrize(
    "hostile", ["=1+1", "+1", "-1", "@SUM(A1)", "http://x.example", "mailto:a@b.example", "{=1}"]
)
def test_nothing_in_a_file_becomes_a_formula_or_a_link(hostile: str) -> None:
    data = problem_workbook(one := table((hostile, "n/a", hostile)), checked(one))
    assert sheet(one)[1][0] == hostile
    assert b"<f>" not in data
    assert b"hyperlink" not in data


def test_a_cell_that_no_sheet_holds_is_cut() -> None:
    rows = sheet(table(("Ash", "n/a", "x" * (LONGEST_CELL + 1))))
    assert len(str(rows[1][2])) == LONGEST_CELL


def test_brought_back_it_is_matched_as_before_and_our_columns_are_left_alone() -> None:
    repaired = table(("Bay", "n/a", "00421"))
    back = read_table("rows.xlsx", problem_workbook(repaired, checked(repaired)))
    found = match(back.headers, CUSTOMER_TARGETS, {h: back.column(h) for h in back.headers})
    assert {header: one.target for header, one in found.items() if one.target} == MATCHING
    assert back.column("Zip") == ("00421",)


def test_without_problems_there_is_only_the_header() -> None:
    assert len(sheet(table(("Ash", "5", "1")))) == 1
