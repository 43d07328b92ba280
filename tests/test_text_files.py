"""A text is read where it is, or copied as UTF-8; its beginning tells how it is written."""

import gzip
from pathlib import Path

import pytest

from kam.intake.orders.opened import Opened, Wanted
from kam.intake.orders.places import places_of
from kam.intake.orders.sources import CsvFile
from kam.intake.orders.text_files import unwrapped_in
from kam.intake.tables.files import CUT_OFF, Reading
from tests.ledgers import opened

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
    monkeypatch.setattr("kam.intake.orders.opening.SAMPLE_BYTES", text.index("ü") + 1)
    found = opened(text.encode(), CHOSEN, tmp_path)
    assert (csv_of(found).path.name, found.sample.rows) == ("ledger.csv", (("A", "1"),))


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


def test_texts_kept_as_formulas_are_unwrapped_in_the_cells_that_hold_them(tmp_path: Path) -> None:
    found = opened(b'Kunde;Betrag\n="007";5\n8;6\n', CHOSEN, tmp_path)
    assert found.sample.rows == (("007", "5"), ("8", "6"))
    assert csv_of(found).wrapped == {0}
    assert found.sample.notes == ('Cells such as ="00123" are read as the text in them: Kunde.',)


def test_a_file_without_formulas_stays_the_same(tmp_path: Path) -> None:
    found = opened(TEXT.encode(), CHOSEN, tmp_path)
    assert unwrapped_in(found, frozenset()) is found
