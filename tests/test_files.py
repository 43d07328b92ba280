"""A file becomes a table of texts, exactly as it stands, or a sentence says why not."""

import csv
import gzip
import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kam.errors import Unreadable
from kam.intake.files import CUT_OFF, Table, delimiter_of, listed_lines, read_table
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


@given(st.lists(st.tuples(CELL, CELL, CELL), min_size=1, max_size=8))
def test_what_a_csv_writer_wrote_comes_back(rows: list[tuple[str, str, str]]) -> None:
    filled = [row for row in rows if any(cell.strip() for cell in row)]
    text = StringIO()
    csv.writer(text).writerows([("first", "second", "third"), *rows])
    if filled:
        table = read_table("c.csv", text.getvalue().encode())
        assert table.rows == tuple(tuple(cell.strip() for cell in row) for row in filled)


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
        read_table("c.xlsx", workbook(TABLE), sheet="Two")


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
        (b"id,name\n1,A\n2,B,C\n", 'line 3 has more cells than the header; "C" has no column'),
        (b"id,name,ID\n1,A,2\n", 'more than once in f.csv: "id", "ID". Rename one'),
        (b"17,Meier,2025-01-02\n18,Schulz,x\n", 'column names in the first row .* found "17"'),
        (b'id,name\n1,"open\n2,B\n', "the record that begins on line 2 has a quotation mark"),
        (b'id,name\n1,"a"b\n', "the record that begins on line 2 has a quotation mark"),
        (b"id,name\n1,a\x00b\n", "line 2 holds a NUL character"),
        (b"\x00" * 8 + b"DUCK" + b"\x00" * 40, "it is a DuckDB database"),
        (b"\x80\x04\x95\x10", "it is a Python pickle"),
        (b"%PDF-1.7\n", "it is a PDF"),
        (b"\x89PNG\r\n", "it is a picture"),
        (b"MZ\x90\x00", "it is a program"),
        (b"<html><table>", "it is a web page"),
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


def test_a_single_column_needs_no_delimiter() -> None:
    assert delimiter_of("name\nMeier\nSchulz\n") == ""
    assert read_table("c.txt", b"name\nMeier\n").rows == (("Meier",),)


def test_many_lines_are_named_by_the_first_five() -> None:
    assert listed_lines([4]) == "line 4"
    assert listed_lines([4, 7]) == "lines 4, 7"
    assert listed_lines(list(range(1, 1008))) == "lines 1, 2, 3, 4, 5 and 1,002 more"


# Files that people use to break readers, all of them: name, and how many rows come out. None is
# a refusal in words. Where a reader could have guessed (no header, a row too long, a header
# twice), refusing is our answer.
REFUSED = {
    "duckdb__nul_in_cell.csv": "line 2 holds a NUL",
    "duckdb__nul_in_header.csv": "line 1 holds a NUL",
    "csvkit__nul_cell.csv": "line 2 holds a NUL",
    "dataloader__csvtext_BOM_UTF32LE.csv": "its encoding is damaged",
    "dataloader__csvtext_BOM_UTF32BE.csv": "its encoding is damaged",
    "duckdb__duplicate_header.csv": 'more than once .*"a"',
    "frictionless__duplicate_headers.csv": 'more than once .*"id"',
    "frictionless__everything_wrong.csv": 'more than once .*"name"',
    "frictionless__real_merged_multiheader.xlsx": "more than once",
    "frictionless__real_cyrillic_merged.xlsx": "more than once",
    "duckdb__quoted_newlines.csv": "line 7 has more cells",
    "duckdb__row_longer_than_header.csv": "line 2 has more cells",
    "duckdb__ragged_rows.csv": "line 3 has more cells",
    "duckdb__very_ragged.csv": "line 3 has more cells",
    "duckdb__extra_cells.csv": "line 4 has more cells",
    "duckdb__hash_comments.csv": "line 3 has more cells",
    "csvkit__ragged.csv": "line 2 has more cells",
    "frictionless__text_in_number_column.csv": "line 5 has more cells",
    "frictionless__short_and_long.csv": "line 3 has more cells",
    "duckdb__backslash_escape.csv": "line 3 has a quotation mark",
    "duckdb__backslash_in_quoted.csv": "line 3 has a quotation mark",
    "duckdb__unbalanced_quote.csv": "line 1 has a quotation mark",
    "csvkit__only_newline.csv": "the file is empty",
    "frictionless__zero_bytes.csv": "the file is empty",
    "calamine__errors.xlsx": "the file is empty",
    "polars__no_data.xlsx": "no rows",
    "frictionless__header_only.csv": "no rows",
    "frictionless__merged.xlsx": "no rows",
    "calamine__has_x000D_.xlsx": "no rows",
    "calamine__encoded_entities.xlsx": "no rows",
    "calamine__pass_protected.xlsx": "password",
    "csvkit__only_one_row.csv": "expected column names",
    "duckdb__all_header_names_blank.csv": "expected column names",
    "duckdb__unclosed_quote_semicolon.csv": "expected column names",
    "accounts_duplicate_headers.csv": 'more than once .*"Name"',
    "accounts_without_header.csv": "expected column names",
    "accounts_mixed_encoding.csv": "line 7 is written in UTF-8 and line 57 is not",
    "accounts_1MB_cell.csv": "line 5 has .* a cell of more than 131,072 characters",
    "html_table_named.xls": "a web page",
}

# Our answer differs from the expected rows for a reason.
ROWS = {"preamble_and_total_row.csv": 3797, "invoices_title_total_text_numbers.xlsx": 3797}

FOLDERS = ("messy", "messy_ledgers")


def expectations(shared: Path) -> list[tuple[Path, dict[str, Any]]]:
    found = []
    for folder in FOLDERS:
        place = shared / "data" / folder
        listed = json.loads((place / "EXPECTED.json").read_text(encoding="utf-8"))
        found += [(place / one["file"], one) for one in listed["files"]]
    return found


def test_every_messy_file_comes_out_as_expected_or_is_refused_in_words(shared: Path) -> None:
    seen = [check_messy(path, expected) for path, expected in expectations(shared)]
    assert len(seen) >= 130
    assert seen.count("read") >= 70


def check_messy(path: Path, expected: dict[str, Any]) -> str:
    words = REFUSED.get(path.name)
    if words is None and expected.get("header_record", 1) == 0:
        words = "expected column names"
    if words:
        with pytest.raises(Unreadable, match=words):
            read_table(path.name, path.read_bytes())
        return "refused"
    table = read_table(path.name, path.read_bytes())
    rows = ROWS.get(path.name, expected.get("data_rows"))
    assert rows in (None, len(table.rows)), path.name
    for header, wanted in zip(table.headers, expected.get("header", []), strict=False):
        assert header == " ".join(wanted.split()) or header.startswith("Column "), path.name
    return "read"


@pytest.mark.parametrize("place", ["first_row", "last_row"])
def test_the_cells_of_messy_text_files_are_those_the_authors_see(shared: Path, place: str) -> None:
    compared = 0
    for path, expected in expectations(shared):
        if path.name in REFUSED or path.suffix not in {".csv", ".txt", ".gz"}:
            continue
        if "greek" in path.name or not expected.get("header_record") or place not in expected:
            continue
        table = read_table(path.name, path.read_bytes())
        cells = tuple(str(cell).strip() for cell in expected[place])
        row = table.rows[0 if place == "first_row" else -1]
        assert row == cells[: len(row)], path.name
        compared += 1
    assert compared >= 35


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


@given(st.binary(max_size=300))
def test_any_bytes_are_a_table_or_a_sentence(data: bytes) -> None:
    table, message = read_or_message(data)
    assert table.rows if table else "f.csv" in message


def read_or_message(data: bytes) -> tuple[Table | None, str]:
    try:
        return read_table("f.csv", data), ""
    except Unreadable as error:
        return None, str(error)
