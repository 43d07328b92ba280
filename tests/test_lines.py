"""Whatever a ledger file is, the database gets a CSV, and records find their lines again."""

import gzip
from collections.abc import Callable
from pathlib import Path

import pytest

from kam.errors import Unreadable
from kam.intake.orders.lines import (
    Opened,
    Wanted,
    Work,
    lines_at,
    opened,
    opened_all,
    places_of,
    sample,
)
from kam.intake.orders.progress import Progress
from kam.intake.orders.sources import CsvFile
from kam.intake.tables.files import CUT_OFF, Reading
from tests.test_sheets import TABLE, workbook

CHOSEN = Wanted({"customer": "Kunde", "amount": "Betrag"})
TEXT = 'Kunde;Betrag\nMüller;1,5\n"A\nB";2\n\nC;3\n'


def csv_of(found: Opened) -> CsvFile:
    assert isinstance(found.file, CsvFile)
    return found.file


def test_a_utf8_file_is_read_where_it_is(tmp_path: Path) -> None:
    path = tmp_path / "ledger.csv"
    path.write_text(TEXT, encoding="utf-8")
    found = opened(path, CHOSEN, tmp_path)
    assert (csv_of(found).path, csv_of(found).compressed, csv_of(found).delimiter) == (
        path,
        False,
        ";",
    )
    assert (csv_of(found).skip, csv_of(found).width) == (1, 2)
    assert csv_of(found).places == {"customer": 0, "amount": 1}
    assert found.sample.column("Kunde") == ("Müller", "A\nB", "C")


def test_a_gzipped_file_is_read_where_it_is(tmp_path: Path) -> None:
    path = tmp_path / "ledger.gz"
    path.write_bytes(gzip.compress(TEXT.encode()))
    found = opened(path, CHOSEN, tmp_path)
    assert (csv_of(found).path, csv_of(found).compressed) == (path, True)
    assert places_of(found, [0, 1, 2]) == (2, 3, 6)


@pytest.mark.parametrize("encoding", ["cp1252", "utf-16", "utf-8-sig"])
def test_another_encoding_is_copied_to_utf8(tmp_path: Path, encoding: str) -> None:
    found = opened(TEXT.encode(encoding), CHOSEN, tmp_path)
    assert found.sample.headers == ("Kunde", "Betrag")
    assert csv_of(found).path.read_bytes().decode("utf-8-sig") == TEXT


def test_a_workbook_is_copied_and_its_rows_are_found_again(tmp_path: Path) -> None:
    found = opened(workbook(TABLE), Wanted({"customer": "id"}), tmp_path)
    assert csv_of(found).path.read_text(encoding="utf-8") == "7,0042\n"
    assert places_of(found, [0]) == (4,)


def test_records_find_their_lines_behind_breaks_blanks_and_short_rows(tmp_path: Path) -> None:
    text = 'Kunde;Betrag\n"A\nB";1\n\nshort\nC;2\nD;3\n'
    found = opened(text.encode(), CHOSEN, tmp_path)
    assert places_of(found, [0, 1, 2]) == (2, 6, 7)


def test_titles_above_the_header_are_skipped_and_told(tmp_path: Path) -> None:
    found = opened(b"Journal 2025;\n;\nKunde;Betrag\nA;1\n", CHOSEN, tmp_path)
    assert csv_of(found).skip == 3
    assert found.sample.notes == ('Left out above the column names: "Journal 2025".',)


def test_a_file_that_may_be_cut_off_says_so(tmp_path: Path) -> None:
    assert opened(b"Kunde;Betrag\nA;1", CHOSEN, tmp_path).sample.notes == (CUT_OFF,)


def test_a_sample_that_ends_inside_a_character_is_still_utf8(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = "Kunde;Betrag\nA;1\nüber;2\n"
    monkeypatch.setattr("kam.intake.orders.lines.SAMPLE_BYTES", text.index("ü") + 1)
    found = opened(text.encode(), CHOSEN, tmp_path)
    assert (csv_of(found).path.name, found.sample.rows) == ("ledger.csv", (("A", "1"),))


@pytest.mark.parametrize("pack", [bytes, gzip.compress])
def test_bytes_find_their_lines_also_in_a_packed_file(
    tmp_path: Path, pack: Callable[[bytes], bytes]
) -> None:
    found = opened(pack(TEXT.encode()), CHOSEN, tmp_path)
    places = [TEXT.encode().index(sign) for sign in (b"M", b'B"', b"C")]
    assert lines_at(csv_of(found), [0, *places]) == (1, 2, 4, 6)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "the file is empty"),
        (b"Kunde;Betrag\n", "We found no rows below the column names"),
        (b"Kunde;Umsatz\nA;1\n", 'no column "Betrag" in the ledger.*"Kunde", "Umsatz"'),
        (b"%PDF-1.7", "it is a PDF"),
        (gzip.compress(b"Kunde;Betrag\n" * 99, mtime=0)[:-9], "the gzip file is damaged"),
    ],
)
def test_what_is_no_ledger_is_refused_in_words(tmp_path: Path, data: bytes, words: str) -> None:
    with pytest.raises(Unreadable, match=words):
        opened(data, CHOSEN, tmp_path)


def test_a_file_that_is_gone_is_named(tmp_path: Path) -> None:
    with pytest.raises(Unreadable, match=r"We found no file orders\.csv"):
        opened(tmp_path / "orders.csv", CHOSEN, tmp_path)


def test_a_pattern_in_a_path_is_no_pattern(tmp_path: Path) -> None:
    path = tmp_path / "orders [2025]*.csv"
    path.write_text(TEXT, encoding="utf-8")
    found = opened(path, CHOSEN, tmp_path)
    assert found.name == path.name
    assert csv_of(found).path.read_text(encoding="utf-8") == TEXT
    assert "[" not in str(csv_of(found).path.relative_to(tmp_path))


def test_what_a_person_says_about_the_file_is_followed(tmp_path: Path) -> None:
    text = "A|1;x|5\nB|2;x|6\n"
    reading = Reading(encoding="cp1252", delimiter="|", header=0)
    columns = {"customer": "Column 1", "amount": "Column 3"}
    found = opened(text.encode("cp1252"), Wanted(columns, reading=reading), tmp_path)
    assert (csv_of(found).delimiter, csv_of(found).skip) == ("|", 0)
    assert found.sample.column("Column 3") == ("5", "6")


def test_the_line_with_the_column_names_can_be_pointed_at(tmp_path: Path) -> None:
    text = "Kunde;Betrag\nKunde;Betrag\nA;1\n"
    found = opened(text.encode(), Wanted(CHOSEN.chosen, reading=Reading(header=2)), tmp_path)
    assert found.sample.header_line == 2
    assert found.sample.rows == (("A", "1"),)


def test_the_sheet_can_be_chosen(tmp_path: Path) -> None:
    data = workbook(TABLE)
    name = opened(data, Wanted({"customer": "id"}), tmp_path).sample.sheets[0]
    assert sample(data, reading=Reading(sheet=name)).sheet == name
    with pytest.raises(Unreadable, match="no sheet"):
        sample(data, reading=Reading(sheet="Nowhere"))


def test_files_of_one_ledger_may_order_their_columns_differently(tmp_path: Path) -> None:
    found = opened_all(
        [b"Kunde;Betrag\nA;1\n", b"Betrag,Kunde\n2,B\n"], (), Work(CHOSEN, tmp_path, Progress())
    )
    assert [one.name for one in found] == ["file 1", "file 2"]
    assert [one.file.places for one in found] == [
        {"customer": 0, "amount": 1},
        {"customer": 1, "amount": 0},
    ]
    assert [one.file.order for one in found] == [(0, 1), (1, 0)]


def test_a_file_with_other_columns_is_refused_with_what_differs(tmp_path: Path) -> None:
    sources = [b"Kunde;Betrag\nA;1\n", b"Kunde;Umsatz\nA;1\n"]
    told = 'feb.csv does not have the columns of jan.csv: it lacks "Betrag" and adds "Umsatz"'
    with pytest.raises(Unreadable, match=told):
        opened_all(sources, ["jan.csv", "feb.csv"], Work(CHOSEN, tmp_path, Progress()))
