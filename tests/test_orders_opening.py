"""Whatever a ledger's file is, the database gets one that it can read."""

import gzip
from pathlib import Path

import pytest

from kam.errors import Unreadable
from kam.intake.orders.opened import Opened, Wanted, Work
from kam.intake.orders.opening import opened_all, sample
from kam.intake.orders.places import places_of
from kam.intake.orders.progress import Progress
from kam.intake.orders.sources import CsvFile
from kam.intake.tables.files import Reading
from tests.ledgers import opened
from tests.test_sheets import TABLE, workbook

CHOSEN = Wanted({"customer": "Kunde", "amount": "Betrag"})
TEXT = 'Kunde;Betrag\nMüller;1,5\n"A\nB";2\n\nC;3\n'


def csv_of(found: Opened) -> CsvFile:
    assert isinstance(found.file, CsvFile)
    return found.file


def test_a_workbook_is_copied_and_its_rows_are_found_again(tmp_path: Path) -> None:
    found = opened(workbook(TABLE), Wanted({"customer": "id"}), tmp_path)
    assert csv_of(found).path.read_text(encoding="utf-8") == "7,0042\n"
    assert places_of(found, [0]) == (4,)


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


def test_a_file_without_a_column_in_use_is_refused_with_what_differs(tmp_path: Path) -> None:
    sources = [b"Kunde;Betrag\nA;1\n", b"Kunde;Umsatz\nA;1\n"]
    told = 'feb.csv does not have the columns of jan.csv: it lacks "Betrag" and adds "Umsatz"'
    with pytest.raises(Unreadable, match=told):
        opened_all(sources, ["jan.csv", "feb.csv"], Work(CHOSEN, tmp_path, Progress()))


def test_columns_that_nobody_uses_may_differ_and_are_told(tmp_path: Path) -> None:
    sources = [b"Kunde;Betrag;Region\nA;1;N\n", b"Verkauf;Betrag;Kunde\nMay;1;A\n"]
    first, other = opened_all(sources, ["jan.csv", "feb.csv"], Work(CHOSEN, tmp_path, Progress()))
    assert first.sample.notes == ()
    assert (first.file.order, other.file.order) == ((0, 1, 2), (2, 1, 0))
    [note] = other.sample.notes
    assert note == (
        'Compared with jan.csv it lacks "Region" and adds "Verkauf", which is not in use; no line '
        "is a copy of one there, because not every cell can be compared."
    )
