"""Spreadsheets come back as texts, and hostile ones as a sentence."""

import zipfile
from datetime import date, datetime, time, timedelta
from io import BytesIO

import pytest

from kam.errors import Unreadable
from kam.intake import sheets
from kam.intake.sheets import Cell, cell_text, is_spreadsheet, sheets_in, visible_sheets

CONTENT_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override '
    'PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.'
    'spreadsheetml.sheet.main+xml"/></Types>'
)
WORKBOOK = (
    '<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://'
    'schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="One" '
    'sheetId="1" r:id="r1"/><sheet name="Kept back" sheetId="2" state="hidden" r:id="r2"/>'
    "</sheets></workbook>"
)
ROOT_RELATION = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
    'relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>'
)
RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
    'relationships/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="r2" Type="http://'
    'schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" '
    'Target="worksheets/sheet2.xml"/></Relationships>'
)


def sheet_xml(cells: str) -> str:
    return (
        '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
        f"{cells}</sheetData></worksheet>"
    )


def text_cell(place: str, text: str) -> str:
    return f'<c r="{place}" t="inlineStr"><is><t>{text}</t></is></c>'


def workbook(cells: str, **more: bytes) -> bytes:
    """A workbook with one visible sheet of these cells, and a hidden one."""
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", CONTENT_TYPES)
        archive.writestr("_rels/.rels", ROOT_RELATION)
        archive.writestr("xl/workbook.xml", WORKBOOK)
        archive.writestr("xl/_rels/workbook.xml.rels", RELATIONS)
        archive.writestr("xl/worksheets/sheet1.xml", sheet_xml(cells))
        archive.writestr("xl/worksheets/sheet2.xml", sheet_xml(""))
        for name, content in more.items():
            archive.writestr(name.replace("__", "/").replace("_bin", ".bin"), content)
    return packed.getvalue()


TABLE = (
    f'<row r="3">{text_cell("A3", "id")}{text_cell("B3", "name")}</row>'
    f'<row r="4"><c r="A4"><v>7</v></c>{text_cell("B4", "0042")}</row>'
)


def test_the_visible_sheet_comes_back_from_its_first_used_row() -> None:
    (only,) = visible_sheets("f.xlsx", workbook(TABLE))
    assert only == sheets.Sheet("One", 3, [["id", "name"], ["7", "0042"]])


def test_the_child_and_the_function_read_the_same() -> None:
    assert visible_sheets("f.xlsx", workbook(TABLE)) == [
        sheets.Sheet(*sheet) for sheet in sheets_in(workbook(TABLE))
    ]


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (None, ""),
        (3.0, "3"),
        (0.1, "0.1"),
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


def test_the_content_tells_a_spreadsheet_not_the_name() -> None:
    assert is_spreadsheet(workbook(TABLE))
    assert not is_spreadsheet(b"PKW,Preis\n1,2\n")


def test_a_cell_in_the_far_corner_ends_in_a_sentence_and_not_in_a_panic() -> None:
    far = f'<row r="1">{text_cell("A1", "x")}</row><row r="1048576">{text_cell("XFD1048576", "y")}'
    with pytest.raises(Unreadable, match="asks for more memory or time than we allow"):
        visible_sheets("far.xlsx", workbook(far + "</row>"))


def test_broken_xml_ends_in_a_sentence() -> None:
    with pytest.raises(Unreadable, match="the workbook is damaged"):
        visible_sheets("f.xlsx", workbook("<row><c></row>"))


def test_a_sheet_that_inflates_a_hundredfold_is_refused_before_it_is_read() -> None:
    inflated = workbook(f'<row r="1">{text_cell("A1", "x" * 3_000_000)}</row>')
    with pytest.raises(Unreadable, match="more memory or time"):
        visible_sheets("bomb.xlsx", inflated)


def test_macros_are_refused() -> None:
    with pytest.raises(Unreadable, match="it holds macros"):
        visible_sheets("f.xlsm", workbook(TABLE, xl__vbaProject_bin=b"x"))


def test_a_zip_archive_without_a_workbook_is_refused() -> None:
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("customers.csv", "a,b")
    with pytest.raises(Unreadable, match="a zip archive without a workbook"):
        visible_sheets("f.zip", packed.getvalue())


def test_a_torn_zip_archive_is_refused() -> None:
    with pytest.raises(Unreadable, match="the file is damaged"):
        visible_sheets("f.xlsx", workbook(TABLE)[:200])


def test_a_password_is_named_as_the_reason() -> None:
    protected = sheets.OLE_MAGIC + b"\x00" * 40 + sheets.ENCRYPTED
    with pytest.raises(Unreadable, match="protected by a password"):
        visible_sheets("f.xlsx", protected)


def test_a_child_that_takes_too_long_is_ended_with_a_sentence(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sheets, "CHILD_WALL_SECONDS", 0.001)
    with pytest.raises(Unreadable, match="more memory or time"):
        visible_sheets("slow.xlsx", workbook(TABLE))
