"""Whatever a ledger file is, the database gets a CSV, and records find their lines again."""

import gzip
from collections.abc import Callable
from pathlib import Path

import pytest

from kam.errors import Unreadable
from kam.intake.files import CUT_OFF
from kam.intake.lines import lines_at, opened, places_of
from tests.test_sheets import TABLE, workbook

CHOSEN = {"customer": "Kunde", "amount": "Betrag"}
TEXT = 'Kunde;Betrag\nMüller;1,5\n"A\nB";2\n\nC;3\n'


def test_a_utf8_file_is_read_where_it_is(tmp_path: Path) -> None:
    path = tmp_path / "ledger.csv"
    path.write_text(TEXT, encoding="utf-8")
    found = opened(path, CHOSEN, tmp_path / "copies")
    assert (found.csv.path, found.csv.compressed, found.csv.delimiter) == (path, False, ";")
    assert (found.csv.skip, found.csv.width) == (1, 2)
    assert found.csv.places == {"customer": 0, "amount": 1}
    assert found.sample.column("Kunde") == ("Müller", "A\nB", "C")


def test_a_gzipped_file_is_read_where_it_is(tmp_path: Path) -> None:
    path = tmp_path / "ledger.gz"
    path.write_bytes(gzip.compress(TEXT.encode()))
    found = opened(path, CHOSEN, tmp_path)
    assert (found.csv.path, found.csv.compressed) == (path, True)
    assert places_of(found, [0, 1, 2]) == (2, 3, 6)


@pytest.mark.parametrize("encoding", ["cp1252", "utf-16", "utf-8-sig"])
def test_another_encoding_is_copied_to_utf8(tmp_path: Path, encoding: str) -> None:
    found = opened(TEXT.encode(encoding), CHOSEN, tmp_path)
    assert found.sample.headers == ("Kunde", "Betrag")
    assert found.csv.path.read_bytes().decode("utf-8-sig") == TEXT


def test_a_workbook_is_copied_and_its_rows_are_found_again(tmp_path: Path) -> None:
    found = opened(workbook(TABLE), {"customer": "id"}, tmp_path)
    assert found.csv.path.read_text(encoding="utf-8") == "7,0042\n"
    assert places_of(found, [0]) == (4,)


def test_records_find_their_lines_behind_breaks_blanks_and_short_rows(tmp_path: Path) -> None:
    text = 'Kunde;Betrag\n"A\nB";1\n\nshort\nC;2\nD;3\n'
    found = opened(text.encode(), CHOSEN, tmp_path)
    assert places_of(found, [0, 1, 2]) == (2, 6, 7)


def test_titles_above_the_header_are_skipped_and_told(tmp_path: Path) -> None:
    found = opened(b"Journal 2025;\n;\nKunde;Betrag\nA;1\n", CHOSEN, tmp_path)
    assert found.csv.skip == 3
    assert found.sample.notes == ('Left out above the column names: "Journal 2025".',)


def test_a_file_that_may_be_cut_off_says_so(tmp_path: Path) -> None:
    assert opened(b"Kunde;Betrag\nA;1", CHOSEN, tmp_path).sample.notes == (CUT_OFF,)


def test_a_sample_that_ends_inside_a_character_is_still_utf8(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = "Kunde;Betrag\nA;1\nüber;2\n"
    monkeypatch.setattr("kam.intake.lines.SAMPLE_BYTES", text.index("ü") + 1)
    found = opened(text.encode(), CHOSEN, tmp_path)
    assert (found.csv.path.name, found.sample.rows) == ("ledger.csv", (("A", "1"),))


@pytest.mark.parametrize("pack", [bytes, gzip.compress])
def test_bytes_find_their_lines_also_in_a_packed_file(
    tmp_path: Path, pack: Callable[[bytes], bytes]
) -> None:
    found = opened(pack(TEXT.encode()), CHOSEN, tmp_path)
    places = [TEXT.encode().index(sign) for sign in (b"M", b'B"', b"C")]
    assert lines_at(found.csv, [0, *places]) == (1, 2, 4, 6)


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
