"""`kam.report.questions`: the list as a frame, as CSV, and as a workbook read back."""

import csv as reader
import io
from datetime import date
from zipfile import ZipFile

import pytest
from python_calamine import CalamineWorkbook

from kam.edits import PutQuestions
from kam.model import Customer, Question, Workshop
from kam.report.csv import csv
from kam.report.questions import SHEET, WIDTHS, question_list, question_workbook
from tests.workshops import TODAY, after, placed

TITLES = list(WIDTHS)
FORMULA = '=HYPERLINK("https://evil.example","x")'


def listed(*questions: Question) -> Workshop:
    return after(placed({"ash": (5.1, 9.0)}), PutQuestions(questions=questions))


def one(key: str = "Q-1", **more: object) -> Question:
    fields = {"id": key, "customer": "ash", "text": "What do you need?", "owner": "Ines"}
    return Question.model_validate({**fields, "due": TODAY, **more})


def cells(data: bytes) -> list[list[object]]:
    """What a spreadsheet program finds in the workbook."""
    book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    return [list(row) for row in book.get_sheet_by_name(SHEET).to_python()]


def sheet_xml(data: bytes) -> str:
    """The sheet as it stands in the file."""
    with ZipFile(io.BytesIO(data)) as parts:
        return parts.read("xl/worksheets/sheet1.xml").decode()


def test_a_row_says_who_asks_whom_what_by_when_and_has_room_for_the_answer() -> None:
    frame = question_list(listed(one()))
    assert frame.columns.tolist() == TITLES
    assert frame.values.tolist() == [["Ines", "Ash", "What do you need?", TODAY, "", "Q-1"]]


def test_rows_are_grouped_by_owner_and_what_nobody_asks_comes_first() -> None:
    frame = question_list(
        listed(one("1", owner="Zoe"), one("2", owner="Ines"), one("3", owner=""), one("4"))
    )
    assert frame["Number"].tolist() == ["3", "2", "4", "1"]


def test_an_empty_list_keeps_its_columns() -> None:
    frame = question_list(listed())
    assert frame.empty
    assert frame.columns.tolist() == TITLES
    assert cells(question_workbook(listed())) == [TITLES]


def test_the_workbook_holds_the_same_as_the_frame_with_days_as_days() -> None:
    title, row = cells(question_workbook(listed(one(answer="Shorter delivery"))))
    assert title == TITLES
    assert row == ["Ines", "Ash", "What do you need?", TODAY, "Shorter delivery", "Q-1"]
    assert isinstance(row[3], date)


def test_a_question_without_a_day_leaves_the_cell_empty() -> None:
    _, row = cells(question_workbook(listed(one(due=None))))
    assert row[3] == ""
    assert question_list(listed(one(due=None)))["By"].tolist() == [None]


@pytest.mark.parametrize("text", [FORMULA, "+1", "-1", "@a", "1", "https://evil.example"])
def test_nothing_in_the_workbook_becomes_a_formula_a_number_or_a_link(text: str) -> None:
    data = question_workbook(listed(one(answer=text, owner=text)))
    _, row = cells(data)
    assert (row[0], row[4]) == (text, text)
    assert "<f>" not in sheet_xml(data)
    assert "<hyperlink" not in sheet_xml(data)


def test_nothing_in_the_csv_starts_a_formula() -> None:
    data = csv(question_list(listed(one(answer=FORMULA))))
    _, row = reader.reader(io.StringIO(data.decode("utf-8-sig"), newline=""))
    assert row[4] == f"'{FORMULA}"
    assert row[3] == TODAY.isoformat()


def test_names_in_any_script_survive_both_files() -> None:
    workshop = listed(one(owner="Zoë Żółw"))
    renamed = workshop.model_copy(
        update={"customers": {"ash": Customer(id="ash", name="株式会社 Søn")}}
    )
    assert cells(question_workbook(renamed))[1][:2] == ["Zoë Żółw", "株式会社 Søn"]
    assert "株式会社 Søn" in csv(question_list(renamed)).decode("utf-8-sig")


def test_the_longest_answer_fits_its_cell() -> None:
    _, row = cells(question_workbook(listed(one(answer="x" * 4_000))))
    assert row[4] == "x" * 4_000
