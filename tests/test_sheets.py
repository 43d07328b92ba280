"""Spreadsheets come back as texts, and hostile ones as a sentence."""

import json
import zipfile
from io import BytesIO
from pathlib import Path

import pytest

from kam.errors import Unreadable
from kam.intake.tables import sheets
from kam.intake.tables.files import read_table
from kam.intake.tables.opening import ENCRYPTED, NO_FORMATS, answer, opened
from kam.intake.tables.sheets import Wanted, is_spreadsheet, workbook_in

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
            archive.writestr(
                name.replace("__", "/").replace("_bin", ".bin").replace("_xml", ".xml"), content
            )
    return packed.getvalue()


TABLE = (
    f'<row r="3">{text_cell("A3", "id")}{text_cell("B3", "name")}</row>'
    f'<row r="4"><c r="A4"><v>7</v></c>{text_cell("B4", "0042")}</row>'
)


def wanted(name: str = "f.xlsx", sheet: str = "", most: int = 100) -> Wanted:
    return Wanted(name, sheet, most)


def test_merged_cells_come_back_with_the_rows_and_are_told_below_the_column_names() -> None:
    merged = TABLE + '</sheetData><mergeCells><mergeCell ref="B4:B5"/></mergeCells><sheetData>'
    data = workbook(merged)
    assert workbook_in(data, wanted()) == opened(data, wanted())
    assert workbook_in(data, wanted()).merged == ("B4:B5",)
    assert any("the others are read as empty: B4:B5." in one for one in read_table("f", data).notes)


def test_a_workbook_that_does_not_tell_its_formats_says_so(shared: Path) -> None:
    old = (shared / "data/messy/csvkit__old_xls.xls").read_bytes()
    assert NO_FORMATS in workbook_in(old, wanted("old.xls")).notes
    assert NO_FORMATS not in workbook_in(workbook(TABLE), wanted()).notes


def test_the_child_and_the_function_read_the_same() -> None:
    assert workbook_in(workbook(TABLE), wanted()) == opened(workbook(TABLE), wanted())


def test_a_refusal_in_the_child_arrives_as_its_sentence() -> None:
    with pytest.raises(Unreadable, match=r'We found no sheet "Two" in f.xlsx. .*"One"'):
        workbook_in(workbook(TABLE), wanted(sheet="Two"))
    assert "refused" in json.loads(answer(wanted(sheet="Two"), workbook(TABLE)))


def test_the_content_tells_a_spreadsheet_not_the_name() -> None:
    assert is_spreadsheet(workbook(TABLE))
    assert not is_spreadsheet(b"PKW,Preis\n1,2\n")


def test_a_cell_in_the_far_corner_ends_in_a_sentence_and_not_in_a_panic() -> None:
    far = f'<row r="1">{text_cell("A1", "x")}</row><row r="1048576">{text_cell("XFD1048576", "y")}'
    with pytest.raises(Unreadable, match="asks for more memory or time than we allow"):
        workbook_in(workbook(far + "</row>"), wanted("far.xlsx"))


def test_broken_xml_ends_in_a_sentence() -> None:
    with pytest.raises(Unreadable, match="the workbook is damaged"):
        workbook_in(workbook("<row><c></row>"), wanted("f.xlsx"))


def test_a_sheet_that_inflates_a_hundredfold_is_refused_before_it_is_read() -> None:
    inflated = workbook(f'<row r="1">{text_cell("A1", "x" * 3_000_000)}</row>')
    with pytest.raises(Unreadable, match="more memory or time"):
        workbook_in(inflated, wanted("bomb.xlsx"))


def test_macros_are_refused() -> None:
    with pytest.raises(Unreadable, match="it holds macros"):
        workbook_in(workbook(TABLE, xl__vbaProject_bin=b"x"), wanted("f.xlsm"))


def test_a_zip_archive_without_a_workbook_is_refused() -> None:
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("customers.csv", "a,b")
    with pytest.raises(Unreadable, match="a zip archive without a workbook"):
        workbook_in(packed.getvalue(), wanted("f.zip"))


def test_a_torn_zip_archive_is_refused() -> None:
    with pytest.raises(Unreadable, match="the file is damaged"):
        workbook_in(workbook(TABLE)[:200], wanted("f.xlsx"))


def test_a_password_is_named_as_the_reason() -> None:
    protected = sheets.OLE_MAGIC + b"\x00" * 40 + ENCRYPTED
    with pytest.raises(Unreadable, match="protected by a password"):
        workbook_in(protected, wanted("f.xlsx"))


def test_a_child_that_takes_too_long_is_ended_with_a_sentence(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sheets, "CHILD_WALL_SECONDS", 0.001)
    with pytest.raises(Unreadable, match="more memory or time"):
        workbook_in(workbook(TABLE), wanted("slow.xlsx"))
