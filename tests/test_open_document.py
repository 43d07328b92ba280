"""What an ODS sheet shows beside its numbers is found in its XML."""

import zipfile
from io import BytesIO

import pytest

from kam.intake.tables.files import read_table
from kam.intake.tables.open_document import unseen_in_ods
from kam.intake.tables.unseen import Unseen

OFFICE = "urn:oasis:names:tc:opendocument:xmlns"


def cell(text: str, kind: str = "string", more: str = "") -> str:
    return (
        f'<table:table-cell office:value-type="{kind}" {more}><text:p>{text}</text:p>'
        "</table:table-cell>"
    )


def number(text: str, value: str, kind: str = "float", more: str = "") -> str:
    return cell(text, kind, f'office:value="{value}" {more}')


def content(*rows: str, sheet: str = "One") -> bytes:
    body = "".join(f"<table:table-row>{row}</table:table-row>" for row in rows)
    names = "".join(f' xmlns:{one}="{OFFICE}:{one}:1.0"' for one in ("office", "table", "text"))
    return (
        f"<office:document-content{names}><office:body><office:spreadsheet>"
        f'<table:table table:name="{sheet}">{body}</table:table></office:spreadsheet>'
        "</office:body></office:document-content>"
    ).encode()


def found(*rows: str) -> Unseen:
    return unseen_in_ods(content(*rows), "One")


def test_percentages_and_currencies_are_shown_with_their_sign() -> None:
    row = number("25%", "0.25", "percentage") + number(
        "$5.00", "5", "currency", 'office:currency="USD"'
    )
    assert found(row).shown == {"A1": "25 %", "B1": "USD 5"}


@pytest.mark.parametrize(
    ("text", "value", "shown"),
    [
        ("00042", "42", {"A1": "00042"}),
        ("C-0042", "42", {"A1": "C-0042"}),
        ("123-456", "123456", {"A1": "123-456"}),
        ("42", "42", {}),
        ("1,234", "1234", {}),
        ("42.00", "42", {}),
        ("-42", "-42", {}),
        ("EUR 42", "42", {}),
        ("0042", "43", {}),
    ],
)
def test_a_number_of_a_fixed_length_is_shown_as_it_stands(
    text: str, value: str, shown: dict[str, str]
) -> None:
    assert found(number(text, value)).shown == shown


def test_places_count_repeated_rows_and_cells_and_covered_ones() -> None:
    empty = '<table:table-cell table:number-columns-repeated="2"/><table:covered-table-cell/>'
    twice = number("5%", "0.05", "percentage", 'table:number-columns-repeated="2"')
    first = '</table:table-row><table:table-row table:number-rows-repeated="3">'
    assert found(f"{cell('x')}{first}{cell('y')}", empty + twice).shown == {
        "D5": "5 %",
        "E5": "5 %",
    }


def test_a_column_beyond_z_has_two_letters() -> None:
    far = '<table:table-cell table:number-columns-repeated="26"/>'
    assert found(far + number("5%", "0.05", "percentage")).shown == {"AA1": "5 %"}


def test_a_comment_is_not_what_the_cell_shows() -> None:
    note = "<office:annotation><text:p>00042</text:p></office:annotation>"
    with_note = number("42", "42").replace("<text:p>", f"{note}<text:p>", 1)
    assert found(with_note).shown == {}


def test_cells_merged_over_several_rows_are_found_and_those_of_one_row_are_not() -> None:
    tall = cell("DE", more='table:number-rows-spanned="3" table:number-columns-spanned="1"')
    wide = cell("Title", more='table:number-rows-spanned="1" table:number-columns-spanned="2"')
    assert found(wide, cell("x") + tall).merged == ("B2:B4",)


def test_another_sheet_is_not_looked_at() -> None:
    other = content(number("00042", "42"), sheet="Other &amp; more")
    assert unseen_in_ods(other, "One") == Unseen([], [], {})
    assert unseen_in_ods(other, "Other & more").shown == {"A1": "00042"}


def test_an_ods_list_comes_in_as_it_is_shown() -> None:
    head = cell("Id") + cell("Name") + cell("Margin")
    body = number("00042", "42") + cell("Ash") + number("25%", "0.25", "percentage")
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", content(head, body))
        archive.writestr(
            "META-INF/manifest.xml", f'<manifest:manifest xmlns:manifest="{OFFICE}:manifest:1.0"/>'
        )
    assert read_table("c.ods", packed.getvalue()).rows == (("00042", "Ash", "25 %"),)
