"""A file becomes a table of texts, exactly as it stands, or a sentence says why not."""

import csv
import gzip
from dataclasses import replace
from io import StringIO

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from kam.errors import Unreadable
from kam.intake.tables.files import CUT_OFF, Reading, Record, Table, from_text, read_table
from tests.test_sheets import TABLE, text_cell, workbook

CELL = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Zs", "Zl", "Zp", "Cf"))
)


def test_every_cell_stays_the_text_it_is() -> None:
    table = read_table("c.csv", b"id,name,revenue\n0042,NA,null\n1e5,None, 7 \n")
    assert table.headers == ("id", "name", "revenue")
    assert table.rows == (("0042", "NA", "null"), ("1e5", "None", "7"))
    assert table.column("id") == ("0042", "1e5")
    assert (table.encoding, table.delimiter, table.notes) == ("utf-8", ",", ())


@pytest.mark.parametrize(
    ("delimiter", "name"), [(",", ""), (";", "semicolon"), ("\t", "tab"), ("|", "vertical bar")]
)
def test_the_delimiter_is_found_and_told_unless_it_is_a_comma(delimiter: str, name: str) -> None:
    rows = [["id", "name", "share"], ["1", "Meier, Söhne; Co", "1,5"], ["2", "A|B", "2,5"]]
    text = StringIO()
    csv.writer(text, delimiter=delimiter).writerows(rows)
    table = read_table("c.csv", text.getvalue().encode())
    assert table.rows == tuple(tuple(row) for row in rows[1:])
    assert table.delimiter == delimiter
    told = [note for note in table.notes if "separated" in note]
    assert told == ([f"The columns are separated by a {name}."] if name else [])


@given(st.lists(st.tuples(CELL, CELL, CELL), min_size=1, max_size=8), st.sampled_from(",;\t|"))
def test_what_a_csv_writer_wrote_comes_back(
    rows: list[tuple[str, str, str]], delimiter: str
) -> None:
    filled = [row for row in rows if any(cell.strip() for cell in row)]
    text = StringIO()
    csv.writer(text, delimiter=delimiter).writerows([("first", "second", "third"), *rows])
    if filled:
        table = read_table("c.csv", text.getvalue().encode(), Reading(delimiter=delimiter))
        assert table.rows == tuple(tuple(cell.strip() for cell in row) for row in filled)
        assert table == replace(
            from_text("c.csv", text.getvalue(), Reading(delimiter=delimiter)), encoding="utf-8"
        )


def test_line_numbers_count_the_lines_of_the_file_not_its_records() -> None:
    data = b'\n\nid,name\n1,"Meier\nBerlin"\n\n2,Schulz\n'
    table = read_table("c.csv", data)
    assert table.rows == (("1", "Meier\nBerlin"), ("2", "Schulz"))
    assert table.line_numbers == (4, 7)


def test_a_title_above_the_header_is_left_out_and_told() -> None:
    data = b"Customers 2025,,\n\nid,name,city\n1,Meier,Bonn\n2,Schulz,Kiel\n"
    table = read_table("c.csv", data)
    assert table.headers == ("id", "name", "city")
    assert 'Left out above the column names: "Customers 2025".' in table.notes


def test_a_short_row_is_filled_up_and_told() -> None:
    table = read_table("c.csv", b"id,name,city\n1,Meier,Bonn\n2,Schulz\n")
    assert table.rows[1] == ("2", "Schulz", "")
    assert table.notes == ("Cells that are missing at the end are read as empty: line 3.",)


def test_a_column_without_a_name_is_numbered_and_told_but_an_unused_one_is_dropped() -> None:
    table = read_table("c.csv", b"id,,name,\n1,x,Meier,\n")
    assert table.headers == ("id", "Column 2", "name")
    assert table.notes == ("A column without a name is called Column 2.",)


def test_a_file_that_may_be_cut_off_says_so() -> None:
    assert CUT_OFF in read_table("c.csv", b"id,name\n1,Mei").notes


def test_a_gzipped_file_is_unpacked() -> None:
    assert read_table("c.csv.gz", gzip.compress(b"a,b\n1,2\n")).rows == (("1", "2"),)


def test_a_workbook_is_read_with_the_rows_of_its_sheet() -> None:
    table = read_table("c.csv", workbook(TABLE))
    assert (table.headers, table.rows) == (("id", "name"), (("7", "0042"),))
    assert (table.sheet, table.sheets, table.line_numbers) == ("One", ("One",), (4,))


def test_a_sheet_that_is_not_there_is_named_with_those_that_are() -> None:
    with pytest.raises(Unreadable, match=r'We found no sheet "Two" in c.xlsx. .*"One"'):
        read_table("c.xlsx", workbook(TABLE), Reading(sheet="Two"))


def test_a_workbook_without_rows_is_refused() -> None:
    with pytest.raises(Unreadable, match="We found no rows below the column names"):
        read_table("c.xlsx", workbook(f'<row r="1">{text_cell("A1", "id")}</row>'))


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "the file is empty"),
        (b" \r\n\n", "the file is empty"),
        (b"id,name\n", "no rows below the column names in f.csv"),
        (b"id,name\n,\n", "no rows below the column names"),
        (b"id,name\n1,A,B,C\n", 'line 2 has more cells than the header; "C" has no column'),
        (b"17,Meier,2025-01-02\n18,Schulz,x\n", 'column names in the first row .* found "17". Say'),
        (b'id,name\n1,"open\n2,B\n', "the record that begins on line 2 has a quotation mark"),
        (b'id,name\n1,"a"b\n', "the record that begins on line 2 has a quotation mark"),
        (b"id,name\n1,a\x00b\n", "line 2 holds a NUL character"),
        (b"\x00" * 8 + b"DUCK" + b"\x00" * 40, "it is a DuckDB database"),
        (b"\x80\x04\x95\x10", "it is a Python pickle"),
        (b"%PDF-1.7\n", "it is a PDF"),
        (b"\x89PNG\r\n", "it is a picture"),
        (b"MZ\x90\x00", "it is a program"),
        (b"<html><table>", "it is a web page"),
        (b"\xef\xbb\xbf \n<!DOCTYPE html>", "it is a web page"),
        (b'<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>', "it is an XML file"),
        (b'[{"id": 1}]', "it is a JSON file"),
        (b"{\\rtf1", "it is a text document"),
        (b"PAR1\x15\x04", "it is a Parquet file. Choose it as an order ledger"),
        (b"SQLite format 3\x00", "it is an SQLite database"),
    ],
)
def test_what_cannot_be_read_for_certain_is_refused_in_words(data: bytes, words: str) -> None:
    with pytest.raises(Unreadable, match=words):
        read_table("f.csv", data)


def test_years_may_be_column_names() -> None:
    assert read_table("c.csv", b"name,2024,2025\nA,1,2\n").headers == ("name", "2024", "2025")


def test_more_rows_or_columns_than_a_customer_list_has_are_refused() -> None:
    with pytest.raises(Unreadable, match=r"at most 20,000 rows, and f.csv has more"):
        read_table("f.csv", b"id\n" + b"7\n" * 20_001)
    wide = ",".join(f"c{at}" for at in range(251))
    with pytest.raises(Unreadable, match=r"at most 250 columns, and f.csv has 251"):
        read_table("f.csv", f"{wide}\n{',' * 249}x,\n".encode())


def test_a_row_with_more_cells_than_columns_is_kept_apart_and_told() -> None:
    table = read_table("c.csv", b"id,name\n1,A\n2,B,C\n3,D,,\n")
    assert table.rows == (("1", "A"), ("3", "D"))
    assert table.surplus == (Record(3, ["2", "B", "C"]),)
    (note,) = table.notes
    assert note.startswith("Left out 1 of 3 rows that have more cells than the header: line 3. Put")


def test_comments_between_the_rows_are_left_out_and_told() -> None:
    table = read_table("c.csv", b"# made today\nid,name\n1,A\n# the end\n2,#B\n")
    assert (table.headers, table.rows) == (("id", "name"), (("1", "A"), ("2", "#B")))
    assert table.notes == ('Left out as a comment, because it begins with "#": lines 1, 4.',)


def test_in_a_single_column_a_number_sign_begins_a_value() -> None:
    assert read_table("c.csv", b"name\n#1 Stores\nMeier\n").rows == (("#1 Stores",), ("Meier",))


# --- what a person says --------------------------------------------------------------------------


def test_the_line_of_the_column_names_can_be_chosen() -> None:
    data = b"Region,North,\nid,2025-01-31,2025-02-28\n1,5,6\n"
    table = read_table("c.csv", data, Reading(header=2))
    assert (table.headers, table.header_line) == (("id", "2025-01-31", "2025-02-28"), 2)
    assert table.notes == ('Left out above the column names: "Region North".',)


def test_a_line_without_a_row_cannot_hold_the_column_names() -> None:
    with pytest.raises(
        Unreadable, match=r"no row that begins on line 9 of c.csv. .* lines: 1, 3\."
    ):
        read_table("c.csv", b"id,name\n\n1,A\n", Reading(header=9))


def test_a_file_without_column_names_is_read_when_a_person_says_so() -> None:
    table = read_table("c.csv", b"1,Meier\n2,Schulz,Bonn\n", Reading(header=0))
    assert table.headers == ("Column 1", "Column 2", "Column 3")
    assert table.rows == (("1", "Meier", ""), ("2", "Schulz", "Bonn"))
    assert (table.header_line, table.line_numbers) == (0, (1, 2))
    assert "The file has no column names; its columns are numbered." in table.notes


def test_the_row_of_a_sheet_with_the_column_names_can_be_chosen() -> None:
    table = read_table("c.xlsx", workbook(TABLE), Reading(header=3))
    assert (table.headers, table.header_line) == (("id", "name"), 3)
    with pytest.raises(Unreadable, match="no rows below the column names"):
        read_table("c.xlsx", workbook(TABLE), Reading(header=4))


def test_the_beginning_shows_the_rows_as_they_stand() -> None:
    data = b"Customers 2025\n\nid, name\n" + b"1,A\n" * 30
    table = read_table("c.csv", data)
    assert len(table.beginning) == 12
    assert table.beginning[:2] == (Record(1, ["Customers 2025"]), Record(3, ["id", " name"]))


def test_the_encoding_can_be_chosen() -> None:
    data = "id,name\n1,Λεωνιδας\n".encode("iso8859_7")
    table = read_table("c.csv", data, Reading(encoding="iso8859_7"))
    assert (table.rows, table.encoding, table.notes) == ((("1", "Λεωνιδας"),), "iso8859_7", ())


def test_the_delimiter_can_be_chosen_and_is_not_told_as_found() -> None:
    data = b"name;note,more\nMeier;a,b\nSchulz;c,d\n"
    assert read_table("c.csv", data).headers == ("name;note", "more")
    assert read_table("c.csv", data, Reading(delimiter="")).rows[0] == ("Meier;a,b",)
    table = read_table("c.csv", data, Reading(delimiter=";"))
    assert (table.headers, table.delimiter, table.notes) == (("name", "note,more"), ";", ())


def test_a_delimiter_that_we_do_not_know_is_refused_with_those_we_know() -> None:
    with pytest.raises(Unreadable, match=r'columns by "x"\. Choose one of: comma, semico'):
        read_table("c.csv", b"axb\n1x2\n", Reading(delimiter="x"))


# --- pasted text ---------------------------------------------------------------------------------


def test_cells_copied_from_a_spreadsheet_are_a_table() -> None:
    table = from_text("the pasted text", 'id\tname\n0042\t"Meier\nBonn"\n7\t5" pipes')
    assert table.rows == (("0042", "Meier\nBonn"), ("7", '5" pipes'))
    assert (table.delimiter, table.encoding) == ("\t", "")
    assert table.notes == ("The columns are separated by a tab.",)


def test_a_copied_cell_that_begins_with_a_quotation_mark_is_read_as_it_stands() -> None:
    table = from_text("the pasted text", 'id\tname\n1\t"Best" Ltd\n2\tMeier\n')
    assert table.rows == (("1", '"Best" Ltd'), ("2", "Meier"))
    assert "Quotation marks are read as they stand; none of them encloses a cell." in table.notes


def test_pasted_csv_is_read_like_a_file() -> None:
    pasted = from_text("c.csv", "\ufeffid,name\n1,A\n")
    assert pasted == replace(read_table("c.csv", b"id,name\n1,A\n"), encoding="")


def test_nothing_pasted_is_said_in_words() -> None:
    with pytest.raises(Unreadable, match=r"We found nothing in the pasted text\. Copy the cells"):
        from_text("the pasted text", " \n\t\n")


def test_a_text_longer_than_a_list_of_customers_is_refused_before_it_is_read() -> None:
    long = "id,name\n" + "1,Meier\n" * 2_600_000
    words = r"at most 20 MB, and l.csv has 21 MB\. Leave out"
    with pytest.raises(Unreadable, match=words):
        from_text("l.csv", long)
    with pytest.raises(Unreadable, match=words):
        read_table("l.csv", long.encode())


def test_a_workbook_with_another_name_says_what_it_is() -> None:
    told = "The file is an Excel or ODS workbook, whatever its name says."
    assert told in read_table("c.csv", workbook(TABLE)).notes
    assert told in read_table("c.TXT", workbook(TABLE)).notes
    assert told not in read_table("c.XLSX", workbook(TABLE)).notes
    assert told not in read_table("the ledger", workbook(TABLE)).notes


def test_what_the_sheet_hides_is_told() -> None:
    broken = '<row r="5"><c r="A5" t="e"><v>#N/A</v></c><c r="B5"><v>1</v></c></row>'
    assert "Cells with an Excel error such as #N/A are read as empty: A5." in (
        read_table("c.xlsx", workbook(TABLE + broken)).notes
    )


# --- any bytes at all ----------------------------------------------------------------------------


DAMAGE = st.sampled_from([b'"', b",", b";", b"\n", b"\r", b"\xff", b"\x00", b"\xe4", b"", b"|"])


@given(st.integers(0, 60), DAMAGE, st.integers(0, 60), DAMAGE)
def test_a_damaged_file_is_a_table_or_a_sentence(
    first: int, one: bytes, second: int, other: bytes
) -> None:
    data = 'id,name,city\n1,"Meier; Söhne",Köln\n2,Schulz,Bonn\n3,X,Y\n'.encode()
    data = data[:first] + one + data[first + 1 :]
    data = data[:second] + other + data[second + 1 :]
    table, message = read_or_message(data)
    if table:
        assert all(len(row) == len(table.headers) for row in table.rows)
        assert len(table.rows) == len(table.line_numbers)
    else:
        assert "f.csv" in message


@settings(deadline=None)  # bytes that begin like a workbook start a child
@given(st.binary(max_size=300))
def test_any_bytes_are_a_table_of_texts_that_stand_in_them_or_a_sentence(data: bytes) -> None:
    table, message = read_or_message(data)
    assert table.rows if table else "f.csv" in message
    if table and table.encoding:
        assert all(stands_in(data.decode(table.encoding), c) for row in table.rows for c in row)


LETTERS = st.sampled_from([",", ";", "\t", "|", '"', "\n", "\r", " ", "a", "é", "\ufeff", "#", "0"])


@given(st.lists(LETTERS, max_size=60).map("".join), st.sampled_from(["utf-8", "cp1252", "utf-16"]))
@example(',\n;""', "utf-8")  # two quotation marks that are not in quotes
def test_any_text_is_a_table_of_texts_that_stand_in_it_or_a_sentence(
    text: str, encoding: str
) -> None:
    data = text.encode(encoding, "ignore")
    table, message = read_or_message(data)
    assert table.rows if table else "f.csv" in message
    if table:
        assert all(stands_in(data.decode(table.encoding), c) for row in table.rows for c in row)
        assert len({*map(str.casefold, table.headers)}) == len(table.headers)


def stands_in(text: str, cell: str) -> bool:
    """Whether a cell is a part of a text, as it stands or with doubled quotation marks undone."""
    return cell in text or cell in text.replace('""', '"')


def read_or_message(data: bytes) -> tuple[Table | None, str]:
    try:
        return read_table("f.csv", data), ""
    except Unreadable as error:
        return None, str(error)
