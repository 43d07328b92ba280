"""The log: written twice, and broken rather than wrong."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from kam.errors import StoreError
from kam.store.chain import is_whole
from kam.store.journal import Journal
from kam.store.log import Log, LogBroken, Place
from tests.test_chain import entries


@pytest.fixture
def log(tmp_path: Path) -> Iterator[Log]:
    opened = Log.open(tmp_path)
    yield opened
    opened.close()


def test_entries_are_chained_over_several_appends_and_reopening(tmp_path: Path) -> None:
    first, second, third = entries("a", "b", "c")
    log = Log.open(tmp_path)
    log.append([first])
    log.append([second])
    log.close()
    log = Log.open(tmp_path)
    log.append([third])
    links = log.links()
    log.close()
    assert is_whole(links)
    assert [link.entry for link in links] == [first, second, third]


def test_it_remembers_where_every_entry_stands(tmp_path: Path, log: Log) -> None:
    first, second = entries("a", "b")
    log.append([first, second.model_copy(update={"workshop": "v", "revision": 1})])
    expected = {"e1": Place("w", 1), "e2": Place("v", 1)}
    assert (log.places, list(log.workshops)) == (expected, ["w", "v"])
    log.close()
    again = Log.open(tmp_path)
    assert (again.places, list(again.workshops)) == (expected, ["w", "v"])
    again.close()


def test_a_journal_that_cannot_be_written_breaks_the_log_in_words(
    log: Log, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Journal, "append", full)
    with pytest.raises(LogBroken, match=r"could not be saved .*No space left.*try again"):
        log.append(entries("a"))
    assert log.places == {}


def test_a_closed_log_cannot_be_read_and_says_so(log: Log) -> None:
    log.close()
    with pytest.raises(LogBroken, match=r"cannot be read at the moment.*try again"):
        log.links()


def test_a_folder_that_refuses_files_is_told_in_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuses(_: Path) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Journal, "open", refuses)
    with pytest.raises(StoreError, match=r"could not open its files .*Permission denied"):
        Log.open(tmp_path)
