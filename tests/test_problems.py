"""The workbook of rows to repair can be read by people, and brought back."""

from dataclasses import replace
from io import BytesIO

import pytest
import python_calamine
from python_calamine import SheetVisibleEnum

from kam.intake.headers.matching import CUSTOMER_TARGETS, REPAIR_COLUMNS, match
from kam.intake.lists.brought_back import LONGEST_CELL
from kam.intake.lists.checked import Checked
from kam.intake.lists.customers import check
from kam.intake.tables.files import Table, read_table
from kam.intake.tables.records import Record
from kam.intake.tables.sheets import MEMORY_MARK, MEMORY_SHEET
from kam.report import problems
from kam.report.problems import problem_workbook

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
    assert rows[0] == ["Name", "Revenue", "Zip", *REPAIR_COLUMNS[:2]]
    assert [row[:4] for row in rows[1:]] == [["Bay", "n/a", "00421", 3], ["", "7", "", 4]]


def test_every_cell_is_the_text_that_it_is_in_the_file() -> None:
    rows = table(("", "1.234", "1.234"), ("", "EUR 1.234", ""), ("Bay", "5,5", ""))
    assert [row[1:3] for row in sheet(rows)[1:]] == [["1.234", "1.234"], ["EUR 1.234", ""]]


def test_a_row_with_too_many_cells_is_there_with_those_that_have_no_column() -> None:
    one = replace(table(("Ash", "n/a", "1")), surplus=(Record(3, ["Bay", "5", "2", "x", "y"]),))
    head, ash, bay = sheet(one)
    assert head[3:] == [*REPAIR_COLUMNS]
    assert (ash[0], ash[5]) == ("Ash", "")
    assert bay == ["Bay", "5", "2", 3, bay[4], "x | y"]
    assert str(bay[4]).startswith("Row 3: we found 5 cells, and there are 3 columns.")


def test_what_the_workbook_remembers_stands_on_a_hidden_sheet_in_pieces(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(problems, "PIECE", 50)
    one = table(*((f"Ash {at}", "n/a", "x") for at in range(9)))
    data = problem_workbook(one, checked(one))
    book = python_calamine.CalamineWorkbook.from_filelike(BytesIO(data))
    hidden = [m.name for m in book.sheets_metadata if m.visible != SheetVisibleEnum.Visible]
    assert hidden == [MEMORY_SHEET]
    first, *pieces = (str(row[0]) for row in book.get_sheet_by_name(MEMORY_SHEET).to_python())
    assert first == MEMORY_MARK
    assert len(pieces) > 1
    assert "".join(pieces) == read_table("rows.xlsx", data).memory


def test_signs_that_no_workbook_holds_are_replaced() -> None:
    assert sheet(table(("Ash\uffff", "n/a", "\x01")))[1][0] == "Ash\ufffd"


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
