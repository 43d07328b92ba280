"""Files that people use to break readers: each comes out as its authors expect, or in words.

EXPECTED.json beside the files says what each of them holds. Four differences hold everywhere and
are compared accordingly:

- A column name has single spaces and no invisible characters; one that is empty is "Column 3",
  the second "Name" is "Name (2)", and a nameless column without any cell at the end is dropped.
- A cell has no spaces around it. A row that is too short is filled up; one that is too long is
  left out and named by its line, because nobody can say which cell belongs to which column.
- A typed cell of a spreadsheet is the text that a person would type: 40, true, 1971-01-01 04:14:00.
- A file without column names is refused with an offer, and read when a person says that it has
  none. A row of empty column names is none.
"""

import csv
import json
from functools import partial
from io import StringIO
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from kam.errors import Unreadable
from kam.intake.figures import exact
from kam.intake.tables.encoding import LOST
from kam.intake.tables.files import CUT_OFF, Reading, Table, read_table
from kam.intake.tables.records import filled_width

# Files that we refuse, and the words that say why. Their outcome allows it: "error" or "either",
# except for the last, of which no row is left when the one that is too long is left out.
REFUSED = {
    "duckdb__nul_in_cell.csv": "line 2 holds a NUL",
    "duckdb__nul_in_header.csv": "line 1 holds a NUL",
    "csvkit__nul_cell.csv": "line 2 holds a NUL",
    "dataloader__csvtext_BOM_UTF32LE.csv": "its encoding is damaged",
    "dataloader__csvtext_BOM_UTF32BE.csv": "its encoding is damaged",
    "duckdb__not_utf8_garbage.csv": "line 3 holds only characters that an earlier program",
    "duckdb__backslash_in_quoted.csv": "line 3 has a quotation mark",
    "duckdb__unbalanced_quote.csv": "line 1 has a quotation mark",
    "csvkit__only_newline.csv": "the file is empty",
    "csvkit__only_one_row.csv": "expected column names",
    "frictionless__zero_bytes.csv": "the file is empty",
    "frictionless__header_only.csv": "no rows below the column names",
    "frictionless__merged.xlsx": "no rows below the column names",
    "polars__no_data.xlsx": "no rows below the column names",
    "calamine__errors.xlsx": 'sheet "Feuil1" holds only Excel errors',
    "calamine__pass_protected.xlsx": "protected by a password",
    "accounts_mixed_encoding.csv": "line 7 is written in UTF-8 and line 57 is not",
    "accounts_1MB_cell.csv": "line 5 has .* a cell of more than 131,072 characters",
    "html_table_named.xls": "it is a web page",
    "duckdb__row_longer_than_header.csv": 'line 2 has more cells than the header; "value"',
}

# What a person has to say, and the file cannot.
SAID = {"frictionless__greek_iso8859_7.csv": Reading(encoding="iso8859_7")}

# "either": not read as described, and nothing is lost or changed. Where column names are spread
# over several rows, ours are those of the first row that fills more than half of the width.
OTHERWISE = {"frictionless__real_merged_multiheader.xlsx"}

# Files whose warning is about numbers: column -> cells that must not become numbers.
NO_NUMBERS = {
    "duckdb__thousands_broken.csv": ("Column 1", ["300,0,00.40", "30,0,0.406"]),
    "frictionless__nan_and_inf.csv": ("number", ["NaN", "INF", "-INF"]),
    "frictionless__text_in_number_column.csv": ("id", ["i_should_be_a_number"]),
}

# "parse_and_warn" where the warning belongs to a later step: names that are nearly equal are
# asked when customers are compared, and a decimal mark when a column is read as numbers.
WARNED_LATER = {"accounts_whitespace_duplicates.csv", "frictionless__nan_and_inf.csv"}

# The ledgers of the second folder have their own tests; these are the files that are lists.
LISTS = ("accounts_", "html_table_named", "zip_named")


class Case(NamedTuple):
    """A file, what is expected of it, and how a person reads it."""

    path: Path
    expected: dict[str, Any]

    @property
    def headerless(self) -> bool:
        described = self.expected.get("header", [""])
        without = self.path.name == "accounts_without_header.csv"
        return self.expected.get("header_record", 1) == 0 or without or described == [""] * 3

    @property
    def reading(self) -> Reading:
        said = SAID.get(self.path.name, Reading())
        return Reading(header=0) if self.headerless else said

    def table(self) -> Table:
        return read_table(self.path.name, self.path.read_bytes(), self.reading)


Readable = list[tuple[Case, Table]]


def cases(shared: Path) -> list[Case]:
    found = []
    for folder in ("messy", "messy_ledgers"):
        place = shared / "data" / folder
        listed = json.loads((place / "EXPECTED.json").read_text(encoding="utf-8"))["files"]
        found += [
            Case(place / one["file"], one)
            for one in listed
            if folder == "messy" or one["file"].startswith(LISTS)
        ]
    return found


@pytest.fixture(scope="module")
def readable(shared: Path) -> Readable:
    """Every file that is not refused, and its table."""
    return [(case, case.table()) for case in cases(shared) if case.path.name not in REFUSED]


def test_every_file_of_the_collection_is_looked_at(shared: Path) -> None:
    names = {case.path.name for case in cases(shared)}
    assert len(names) == 115 + 9
    assert REFUSED.keys() | SAID.keys() | OTHERWISE | NO_NUMBERS.keys() | WARNED_LATER <= names


def test_what_is_refused_may_be_refused_and_says_why(shared: Path) -> None:
    allowed = {"error", "either"}
    for case in cases(shared):
        if case.path.name in REFUSED:
            with pytest.raises(Unreadable, match=REFUSED[case.path.name]):
                case.table()
            only_row_too_long = case.expected.get("ragged_count") == case.expected.get("data_rows")
            assert case.expected["expect"] in allowed or only_row_too_long, case.path.name


def test_every_file_that_must_be_refused_is_refused(shared: Path) -> None:
    """A workbook that calls itself CSV may be opened instead, and then says that it is one."""
    musts = {case.path.name for case in cases(shared) if case.expected["expect"] == "error"}
    assert musts - REFUSED.keys() == {"zip_named.csv"}
    opened = next(case for case in cases(shared) if case.path.name == "zip_named.csv").table()
    assert opened.notes[0] == "The file is an Excel or ODS workbook, whatever its name says."


def test_a_refusal_says_what_the_collection_wants_it_to_mention(shared: Path) -> None:
    for case in cases(shared):
        words = case.expected.get("error_should_mention")
        if words:
            with pytest.raises(Unreadable, match=words.replace(" or ", "|")):
                case.table()


def test_a_file_without_column_names_is_refused_until_a_person_says_so(shared: Path) -> None:
    refused = 0
    for case in cases(shared):
        if case.headerless and case.path.name not in REFUSED:
            try:
                taken = read_table(case.path.name, case.path.read_bytes())
            except Unreadable as error:
                refused += any(words in str(error) for words in ("there are none", "no rows"))
            else:
                assert not any(" are numbered" in note for note in taken.notes)
    assert refused >= 17


def test_column_names_are_those_of_the_file(readable: Readable) -> None:
    compared = 0
    for case, table in readable:
        wanted = case.expected.get("header")
        if wanted and not case.headerless and case.path.name not in OTHERWISE:
            names = [" ".join(name.split()) for name in wanted]
            del names[len(table.headers) :]
            expected = [as_called(names, at) for at in range(len(names))]
            assert list(table.headers) == expected, case.path.name
            compared += 1
    assert compared >= 75


def as_called(names: list[str], at: int) -> str:
    before = names[:at].count(names[at])
    if not names[at]:
        return f"Column {at + 1}"
    return f"{names[at]} ({before + 1})" if before else names[at]


def test_dropped_columns_are_nameless_and_empty(readable: Readable) -> None:
    for case, table in readable:
        wanted = case.expected.get("header", [])
        assert not any(wanted[len(table.headers) :]) or case.headerless, case.path.name


def test_every_row_comes_in_or_is_named_by_its_line(readable: Readable) -> None:
    compared = 0
    for case, table in readable:
        rows = case.expected.get("data_rows")
        if rows is not None and case.path.name not in OTHERWISE | {"zip_named.csv"}:
            assert len(table.rows) + len(table.surplus) == rows, case.path.name
            told = " ".join(table.notes)
            assert bool(table.surplus) == (f"Left out {len(table.surplus)} of" in told)
            compared += 1
    assert compared >= 95


@pytest.mark.parametrize(("place", "at"), [("first_row", 0), ("last_row", -1)])
def test_the_cells_are_those_that_the_authors_see(readable: Readable, place: str, at: int) -> None:
    compared = 0
    for case, table in readable:
        if place in case.expected and case.path.name not in OTHERWISE:
            wanted = [seen(cell) for cell in case.expected[place]]
            compare(case, table, wanted, at)
            compared += 1
    assert compared >= 90


def compare(case: Case, table: Table, wanted: list[str], at: int) -> None:
    """The row is the wanted one, or the wanted one has too many cells and is kept apart."""
    width = len(table.headers)
    if filled_width(wanted) > width:
        assert [cell.strip() for cell in table.surplus[at].cells] == wanted, case.path.name
        return
    row = [shortened(cell) for cell in table.rows[at]]
    assert row == (wanted + [""] * width)[:width], case.path.name


def seen(cell: object) -> str:
    """An expected cell as our text: JSON keeps types, and writes T between date and time."""
    if isinstance(cell, bool):
        return str(cell).lower()
    text = str(cell).strip()
    return text.replace("T", " ") if text == "1971-01-01T04:14:00" else text


def shortened(cell: str) -> str:
    """Cells of more than 1,000 characters are cut in EXPECTED.json, with their length."""
    return f"{cell[:80]}… ({len(cell)} chars)" if len(cell) > 1000 else cell


def test_a_file_to_be_warned_of_has_a_note_about_it(readable: Readable) -> None:
    for case, table in readable:
        if case.expected["expect"] == "parse_and_warn" and case.path.name not in WARNED_LATER:
            notes = [note for note in table.notes if note != CUT_OFF]
            dropped = case.path.name == "duckdb__header_longer_than_row.csv"  # nothing is missing
            assert notes or dropped, case.path.name


def test_encodings_and_delimiters_are_those_of_the_collection(readable: Readable) -> None:
    ours = {"utf-8-sig": "utf-8-sig", "latin-1": "cp1252", "iso-8859-7": "iso8859_7"}
    for case, table in readable:
        if table.encoding and "encoding" in case.expected:
            wanted = case.expected["encoding"]
            assert table.encoding == ours.get(wanted, wanted), case.path.name
        if len(table.headers) > 1 and "delimiter" in case.expected and table.delimiter:
            wanted = case.expected["delimiter"].replace("TAB", "\t")
            assert table.delimiter == wanted, case.path.name


def test_words_that_look_like_numbers_do_not_become_numbers(readable: Readable) -> None:
    for case, table in readable:
        column, words = NO_NUMBERS.get(case.path.name, ("", []))
        for word in words:
            cells = table.column(column)
            assert word in cells, case.path.name
            assert exact(word, ".") is None
            assert exact(word, ",") is None


def test_a_character_that_an_earlier_program_lost_is_always_told(readable: Readable) -> None:
    damaged = [
        (case, table)
        for case, table in readable
        if any(LOST in cell for row in table.rows for cell in row)
    ]
    assert [case.path.name for case, _ in damaged] == ["csv-spectrum__location_coordinates.csv"]
    assert any("already lost" in note for _, table in damaged for note in table.notes)


def test_the_csv_spectrum_comes_out_cell_by_cell_as_its_authors_say(shared: Path) -> None:
    answers = sorted((shared / "data/messy/csv-spectrum__expected").glob("*.json"))
    different = []
    for answer in answers:
        path = shared / f"data/messy/csv-spectrum__{answer.stem}.csv"
        table = read_table(path.name, path.read_bytes())
        ours = [dict(zip(table.headers, row, strict=True)) for row in table.rows]
        theirs = json.loads(answer.read_text("utf-8").replace("\\r\\n", "\\n"))
        different += [] if ours == theirs else [answer.stem]
    assert len(answers) == 12
    # Their JSON has another phone number and undamaged degree signs, and a carriage return that
    # their CSV of the same name has lost; the CSV counts.
    assert different == ["location_coordinates"]


def test_every_cell_of_every_text_file_is_the_one_that_the_csv_module_reads(
    readable: Readable,
) -> None:
    compared = 0
    for case, table in readable:
        plain = table.encoding and case.path.suffix in {".csv", ".txt"}
        if plain and "escapechar" not in case.expected and not table.surplus:
            text = case.path.read_bytes().decode(table.encoding)
            reader = csv.reader(StringIO(text, newline=""), delimiter=table.delimiter or "\x1f")
            records = [tuple(cell.strip() for cell in record) for record in reader]
            theirs = {record for record in records if any(record)}
            fit = partial(fitted, width=len(table.headers))
            assert {*table.rows} <= {fit(record) for record in theirs}, case.path.name
            compared += 1
    assert compared >= 70


def fitted(record: tuple[str, ...], width: int) -> tuple[str, ...]:
    return (record + ("",) * width)[:width]
