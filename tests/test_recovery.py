"""Damage to either copy of the log: everything confirmed is there again after opening."""

import random
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import duckdb
import pytest

from kam.errors import StoreInUse
from kam.store.chain import Link, is_whole
from kam.store.duck import Database
from kam.store.recovery import FILE, JOURNAL, Opened, opened
from tests.test_chain import chain

OLD = 60  # links in the main file; the rest is in its write-ahead log only
LINKS = chain(*(f"Name {number}" for number in range(200)))

# Writes both copies, then dies without closing them, as a killed process does.
_WRITE_AND_DIE = """
import os, sys
from pathlib import Path
from kam.store.recovery import opened
from tests.test_recovery import LINKS, OLD
both = opened(Path(sys.argv[1]))
both.database.append(LINKS[:OLD])
both.database._connection.execute("CHECKPOINT")
both.database.append(LINKS[OLD:])
both.journal.append(LINKS)
os._exit(0)
"""


@pytest.fixture(scope="module")
def crashed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder as a killed process leaves it: a file, its write-ahead log, a journal."""
    folder = tmp_path_factory.mktemp("crashed")
    subprocess.run([sys.executable, "-c", _WRITE_AND_DIE, str(folder)], check=True)
    assert (folder / f"{FILE}.wal").stat().st_size > 1000
    return folder


@pytest.fixture
def folder(crashed: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(crashed, tmp_path / "copy"))


def read_and_closed(folder: Path) -> Opened:
    """What opening the folder finds, after checking that both copies are equal."""
    both = opened(folder)
    try:
        assert both.database.links() == both.links == both.journal.read().links()
        assert is_whole(both.links)
    finally:
        both.database.close()
        both.journal.close()
    return both


def kept(folder: Path) -> list[str]:
    """Names of what was set aside, less the time."""
    return sorted(path.name.split(".damaged-")[0] for path in folder.glob("*.damaged-*"))


def truncated(path: Path, chance: random.Random) -> None:
    data = path.read_bytes()
    path.write_bytes(data[: chance.randrange(1, len(data))])


def deleted(path: Path, chance: random.Random) -> None:  # noqa: ARG001 - same shape as the others
    path.unlink()


def flipped(path: Path, chance: random.Random) -> None:
    data = bytearray(path.read_bytes())
    for _ in range(3):
        data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
    path.write_bytes(data)


Damage = Callable[[Path, random.Random], None]


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("damage", [truncated, deleted, flipped])
@pytest.mark.parametrize("name", [FILE, f"{FILE}.wal", JOURNAL])
def test_one_damaged_file_loses_nothing(folder: Path, name: str, damage: Damage, seed: int) -> None:
    damage(folder / name, random.Random(seed))  # noqa: S311 - where the damage is, not a secret
    assert read_and_closed(folder).links == LINKS
    again = read_and_closed(folder)
    assert (again.links, again.notices) == (LINKS, ())


def test_nothing_is_repaired_or_told_where_nothing_is_wrong(folder: Path) -> None:
    both = read_and_closed(folder)
    assert (both.links, both.notices, kept(folder)) == (LINKS, (), [])


def test_a_missing_main_file_is_rebuilt_from_the_journal_and_told(folder: Path) -> None:
    (folder / FILE).unlink()
    (folder / f"{FILE}.wal").unlink()
    assert read_and_closed(folder).notices == (
        "The main file was missing. We took 200 saved changes from the journal.",
    )


def test_a_shortened_log_that_duckdb_accepts_in_silence_is_noticed(folder: Path) -> None:
    (folder / f"{FILE}.wal").unlink()
    assert read_and_closed(folder).notices == (
        "The main file lacked changes. We took 140 saved changes from the journal.",
    )


def test_an_unreadable_main_file_is_kept_beside_the_new_one(folder: Path) -> None:
    (folder / FILE).write_bytes(b"not a database" * 1000)
    both = read_and_closed(folder)
    assert FILE in kept(folder)
    assert "The main file could not be read" in both.notices[-2]
    assert "We took 200 saved changes from the journal." in both.notices[-1]


def test_a_missing_journal_is_written_anew_from_the_main_file(folder: Path) -> None:
    (folder / JOURNAL).unlink()
    assert read_and_closed(folder).notices == (
        "The journal lacked 200 saved changes; they are in it now.",
    )


def test_a_torn_last_line_is_completed_from_the_main_file(folder: Path) -> None:
    journal = folder / JOURNAL
    journal.write_bytes(journal.read_bytes()[:-20])
    both = read_and_closed(folder)
    assert both.notices == ("The journal lacked 1 saved change; they are in it now.",)
    assert kept(folder) == []


def test_a_damaged_journal_is_kept_and_told(folder: Path) -> None:
    journal = folder / JOURNAL
    journal.write_text(journal.read_text().replace("Name 77", "Name 78"))
    both = read_and_closed(folder)
    assert kept(folder) == [JOURNAL]
    assert "The journal was damaged" in both.notices[0]


def test_a_row_changed_behind_our_back_is_noticed_and_put_right(folder: Path) -> None:
    with duckdb.connect(folder / FILE) as connection:
        connection.execute("UPDATE log SET actor = 'Mallory' WHERE seq = 17")
    both = read_and_closed(folder)
    assert both.links == LINKS
    assert "did not agree with its own check sums" in both.notices[0]
    assert FILE in kept(folder)


def test_two_damaged_copies_complete_each_other(folder: Path) -> None:
    (folder / f"{FILE}.wal").unlink()  # 61 to 200 are in the journal only
    lines = (folder / JOURNAL).read_text().splitlines(keepends=True)
    (folder / JOURNAL).write_text("".join(["gone\n" * 10, *lines[10:]]))  # 1 to 10 in the file only
    assert read_and_closed(folder).links == LINKS


def test_what_both_copies_lost_ends_the_log_and_both_are_kept(folder: Path) -> None:
    (folder / f"{FILE}.wal").unlink()
    lines = (folder / JOURNAL).read_text().splitlines(keepends=True)
    (folder / JOURNAL).write_text("".join([*lines[:99], "gone\n", *lines[100:]]))
    both = read_and_closed(folder)
    assert both.links == LINKS[:99]
    assert kept(folder) == [JOURNAL]
    assert "The journal was damaged" in "".join(both.notices)


def test_damage_that_shows_only_when_writing_is_repaired_too(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / f"{FILE}.wal").unlink()
    append, failures = Database.append, [duckdb.IOException("Could not read enough bytes")]

    def fails_once(database: Database, links: Sequence[Link]) -> None:
        if failures:
            raise failures.pop()
        append(database, links)

    monkeypatch.setattr(Database, "append", fails_once)
    both = read_and_closed(folder)
    assert both.links == LINKS
    assert kept(folder) == [FILE]
    assert "could not be written (Could not read enough bytes)" in both.notices[0]


def test_a_main_file_that_is_not_trusted_is_set_aside_and_built_anew(folder: Path) -> None:
    both = opened(folder, rebuild=True)
    assert both.database.links() == LINKS
    both.database.close()
    both.journal.close()
    assert kept(folder) == [FILE]


def test_a_full_disk_is_not_taken_for_damage(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuses(_: Path) -> None:
        raise duckdb.IOException("IO Error: No space left on device")

    monkeypatch.setattr(Database, "open", refuses)
    with pytest.raises(duckdb.IOException, match="No space left"):
        opened(folder)
    assert kept(folder) == []


def test_a_second_process_is_told_the_number_of_the_first(tmp_path: Path) -> None:
    script = (
        "import sys; from pathlib import Path; from kam.store.recovery import opened\n"
        "both = opened(Path(sys.argv[1]))\n"
        "import os; print(os.getpid(), flush=True); sys.stdin.read()"
    )
    command = [sys.executable, "-c", script, str(tmp_path)]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as first:
        assert first.stdout is not None
        number = first.stdout.readline().strip()
        with pytest.raises(StoreInUse, match=f"as process {number}. Use that window, or stop it"):
            opened(tmp_path)


def test_a_new_folder_holds_an_empty_log_and_private_files(tmp_path: Path) -> None:
    both = read_and_closed(tmp_path / "new")
    empty: list[Link] = []
    assert (both.links, both.notices) == (empty, ())
    modes = {path.stat().st_mode & 0o777 for path in (tmp_path / "new").iterdir()}
    assert modes == {0o600}
