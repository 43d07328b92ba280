"""What a sheet shows and its reader keeps quiet about is found in its XML."""

import zipfile
from io import BytesIO

import pytest

from kam.intake.tables.unseen import Unseen, unseen
from tests.test_sheets import text_cell, workbook

STYLES = (
    '<styleSheet><numFmts count="2"><numFmt numFmtId="164" formatCode="00000"/>'
    '<numFmt numFmtId="165" formatCode="0.00"/></numFmts><cellStyleXfs><xf numFmtId="164"/>'
    '</cellStyleXfs><cellXfs count="3"><xf numFmtId="0"/><xf numFmtId="164"/><xf numFmtId="165"/>'
    "</cellXfs></styleSheet>"
)


def found(cells: str, sheet: str = "One", styles: str = "") -> Unseen:
    more = {"xl__styles_xml": styles.encode()} if styles else {}
    data = workbook(f'<row r="1">{cells}</row>', **more)
    with zipfile.ZipFile(BytesIO(data)) as archive:
        return unseen(archive, sheet)


def test_an_error_is_found_with_or_without_its_formula() -> None:
    cells = '<c r="A1" t="e"><f>1/0</f><v>#DIV/0!</v></c><c r="B1" t="e"><v>#N/A</v></c>'
    assert found(cells) == Unseen(["A1", "B1"], [], {})


def test_an_empty_cell_before_an_error_is_not_taken_for_it() -> None:
    assert found('<c r="A1" s="1"/><c r="B1" t="e"><v>#N/A</v></c>').errors == ["B1"]


def test_names_with_a_prefix_are_understood() -> None:
    cells = '<x:c r="A1" t="e"><x:v>#N/A</x:v></x:c><x:c r="B1"><x:f>A1</x:f></x:c>'
    assert found(cells) == Unseen(["A1"], ["B1"], {})


@pytest.mark.parametrize(
    ("cell", "places"),
    [
        ('<c r="A1"><f>B1*2</f></c>', ["A1"]),
        ('<c r="A1" t="str"><f t="shared" si="0"/></c>', ["A1"]),
        ('<c r="A1"><f>B1*2</f><v>7</v></c>', []),
        ('<c r="A1"><v>7</v></c>', []),
        (text_cell("A1", "x"), []),
    ],
)
def test_a_formula_without_a_stored_result_is_found(cell: str, places: list[str]) -> None:
    assert found(cell).uncomputed == places


@pytest.mark.parametrize(
    ("cell", "shown"),
    [
        ('<c r="A1" s="1"><v>42</v></c>', {"A1": "00042"}),
        ('<c r="A1" s="1"><v>123456</v></c>', {}),
        ('<c r="A1" s="1"><v>4.5</v></c>', {}),
        ('<c r="A1" s="1" t="s"><v>0</v></c>', {}),
        ('<c r="A1" s="2"><v>42</v></c>', {}),
        ('<c r="A1"><v>42</v></c>', {}),
    ],
)
def test_a_whole_number_in_a_format_of_zeros_is_shown_with_them(
    cell: str, shown: dict[str, str]
) -> None:
    assert found(cell, styles=STYLES).shown == shown


TELLING = (
    '<styleSheet><numFmts><numFmt numFmtId="164" formatCode="&quot;C-&quot;0000"/>'
    '<numFmt numFmtId="165" formatCode="#,##0.00 [$€-407]"/></numFmts><cellXfs><xf numFmtId="0"/>'
    '<xf numFmtId="9"/><xf numFmtId="10"/><xf numFmtId="164"/><xf numFmtId="165"/></cellXfs>'
    "</styleSheet>"
)


@pytest.mark.parametrize(
    ("cell", "shown"),
    [
        ('<c r="A1" s="1"><v>0.25</v></c>', {"A1": "25 %"}),
        ('<c r="A1" s="2"><v>-0.1</v></c>', {"A1": "-10 %"}),
        ('<c r="A1" s="2"><f>B1/C1</f><v>0.1</v></c>', {"A1": "10 %"}),
        ('<c r="A1" s="3"><v>42</v></c>', {"A1": "C-0042"}),
        ('<c r="A1" s="4"><v>5</v></c>', {"A1": "€ 5"}),
        ('<c r="A1" s="0"><v>0.25</v></c>', {}),
        ('<c r="A1" s="1" t="str"><v>0.25</v></c>', {}),
    ],
)
def test_what_a_format_adds_to_a_number_is_shown(cell: str, shown: dict[str, str]) -> None:
    assert found(cell, styles=TELLING).shown == shown


def test_cells_merged_over_several_rows_are_found() -> None:
    data = workbook(
        f'<row r="1">{text_cell("A1", "x")}</row></sheetData><mergeCells count="2">'
        '<mergeCell ref="A1:C1"/><mergeCell ref="B2:B4"/></mergeCells><sheetData>'
    )
    with zipfile.ZipFile(BytesIO(data)) as archive:
        assert unseen(archive, "One").merged == ("B2:B4",)


def test_a_number_of_more_digits_than_the_reader_keeps_stays_itself() -> None:
    cells = '<c r="A1"><v>12345678901234567890</v></c><c r="B1"><v>123456789012345</v></c>'
    assert found(cells).shown == {"A1": "12345678901234567890"}


def test_another_sheet_is_not_looked_at() -> None:
    error = '<c r="A1" t="e"><v>#N/A</v></c>'
    assert found(error, sheet="Kept back") == found(error, sheet="Nowhere") == Unseen([], [], {})


def test_an_archive_of_another_kind_hides_nothing() -> None:
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("content.xml", "<office/>")
        assert unseen(archive, "One") == Unseen([], [], {})
