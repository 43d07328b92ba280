"""The journal: lines that are on the disk before anybody is told."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from kam.store.journal import Journal
from tests.test_chain import chain


@pytest.fixture
def journal(tmp_path: Path) -> Iterator[Journal]:
    opened = Journal.open(tmp_path / "journal")
    yield opened
    opened.close()


def test_what_was_appended_is_read_back_in_order(journal: Journal) -> None:
    links = chain("Spring", "Sommer – größer", "夏")
    journal.append(links[:1])
    journal.append(links[1:])
    contents = journal.read()
    assert contents.links() == links
    assert contents.torn == 0


def test_an_empty_journal_holds_nothing(journal: Journal) -> None:
    assert journal.read().lines == ()


def test_an_unfinished_last_line_is_told_and_can_be_taken_off(journal: Journal) -> None:
    links = chain("a", "b")
    journal.append(links[:1])
    with journal.path.open("ab") as file:
        file.write(links[1].line.encode()[:50])
    contents = journal.read()
    assert contents.links() == links[:1]
    assert contents.torn == 50
    journal.cut(contents.torn)
    journal.append(links[1:])
    assert journal.read().links() == links


def test_a_journal_that_is_only_a_torn_line_holds_nothing(journal: Journal) -> None:
    journal.path.write_bytes(b'{"seq":1')
    contents = journal.read()
    assert (contents.lines, contents.torn) == ((), 8)


def test_a_damaged_line_is_left_out_and_the_others_are_kept(journal: Journal) -> None:
    links = chain("a", "b", "c")
    journal.append(links)
    lines = journal.path.read_bytes().split(b"\n")
    lines[1] = b"\xff\x00" + lines[1][2:]
    journal.path.write_bytes(b"\n".join(lines))
    contents = journal.read()
    assert len(contents.lines) == 3
    assert contents.links() == [links[0], links[2]]


def test_a_new_journal_can_be_read_by_its_owner_only(journal: Journal) -> None:
    assert journal.path.stat().st_mode & 0o777 == 0o600


def test_every_append_is_synced_before_it_returns(
    journal: Journal, monkeypatch: pytest.MonkeyPatch
) -> None:
    sizes: list[int] = []
    monkeypatch.setattr(os, "fsync", lambda fd: sizes.append(os.fstat(fd).st_size))
    links = chain("a", "b")
    journal.append(links[:1])
    journal.append(links[1:])
    assert sizes == [len(links[0].line) + 1, sum(len(link.line) + 1 for link in links)]


def test_a_write_that_the_disk_takes_in_pieces_is_finished(
    journal: Journal, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = os.write
    monkeypatch.setattr(os, "write", lambda fd, data: whole(fd, bytes(data)[:7]))
    links = chain("a", "b")
    journal.append(links)
    assert journal.read().links() == links


def test_another_process_cannot_open_it(journal: Journal) -> None:
    script = (
        "import sys; from pathlib import Path; from kam.store.journal import Journal\n"
        "try: Journal.open(Path(sys.argv[1]))\n"
        "except BlockingIOError: print('kept out')"
    )
    found = subprocess.run(
        [sys.executable, "-c", script, str(journal.path)],
        capture_output=True,
        text=True,
        check=True,
    )
    assert found.stdout.strip() == "kept out"


def test_closing_twice_does_nothing(journal: Journal) -> None:
    journal.close()
    journal.close()
    with pytest.raises(OSError, match="Bad file descriptor"):
        journal.append(chain("a"))
