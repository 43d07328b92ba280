"""The DuckDB file: one append-only table, and nothing else allowed."""

import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from kam.errors import StoreError
from kam.store.duck import Database, holder_in, holder_of, in_use, wal_of
from tests.test_chain import chain, entries


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    opened = Database.open(tmp_path / "file.duckdb")
    yield opened
    opened.close()


def test_links_come_back_as_they_went_in(database: Database) -> None:
    links = chain("Spring", "Größe “x”", "a\x00b", "夏 🙂")
    database.append(links[:2])
    database.append(links[2:])
    assert database.links() == links
    assert database.links("w") == links
    assert database.links("another") == []


def test_they_are_there_after_closing_and_opening(tmp_path: Path) -> None:
    links = chain("a", "b")
    first = Database.open(tmp_path / "file.duckdb")
    first.append(links)
    first.close()
    second = Database.open(tmp_path / "file.duckdb")
    assert second.links() == links
    second.close()


def test_a_transaction_that_fails_adds_nothing_and_the_next_one_works(database: Database) -> None:
    first, second, third = chain("a", "b", "c")
    database.append([first])
    with pytest.raises(duckdb.ConstraintException):
        database.append([second, first])
    database.append([second, third])
    assert database.links() == [first, second, third]


def test_one_id_cannot_be_stored_twice(database: Database) -> None:
    first, second = chain("a", "b")
    database.append([first])
    with pytest.raises(duckdb.ConstraintException):
        database.append([second._replace(id=first.id)])


def test_the_file_and_its_log_can_be_read_by_their_owner_only(database: Database) -> None:
    database.append(chain("a"))
    modes = [path.stat().st_mode & 0o777 for path in (database.path, wal_of(database.path))]
    assert modes == [0o600, 0o600]


@pytest.mark.parametrize(
    "attack",
    [
        "COPY log TO 'out.csv'",
        "SELECT * FROM read_text('/etc/hostname')",
        "ATTACH 'other.duckdb'",
        "INSTALL httpfs",
        "LOAD httpfs",
        "SET enable_external_access = true",
        "SET threads = 1",
        "EXPORT DATABASE 'out'",
    ],
)
def test_nothing_outside_the_file_can_be_reached(database: Database, attack: str) -> None:
    with pytest.raises(duckdb.Error):
        database._connection.execute(attack)


def test_a_python_variable_is_not_a_table(database: Database) -> None:
    rows = [1, 2, 3]
    with pytest.raises(duckdb.CatalogException):
        database._connection.execute("FROM rows")
    assert rows == [1, 2, 3]


def test_a_file_of_a_newer_version_is_refused_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "file.duckdb"
    Database.open(path).close()
    with duckdb.connect(path) as connection:
        connection.execute("UPDATE schema SET version = 99")
    with pytest.raises(StoreError, match=r"newer Keyroom \(its format is 99.*Update Keyroom"):
        Database.open(path)


def test_readers_in_many_threads_get_their_own_rows(database: Database) -> None:
    every = chain(*(f"n{number}" for number in range(40)))
    database.append([link._replace(workshop=f"w{link.seq % 8}") for link in every])
    wrong: list[str] = []

    def look(workshop: str) -> None:
        for _ in range(20):
            found = {link.workshop for link in database.links(workshop)}
            wrong.extend(found - {workshop})

    threads = [threading.Thread(target=look, args=(f"w{number}",)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []


def test_the_holder_of_the_lock_is_named(database: Database) -> None:
    script = (
        "import sys; from pathlib import Path; from kam.store.duck import Database\n"
        "from kam.errors import StoreInUse\n"
        "try: Database.open(Path(sys.argv[1]))\n"
        "except StoreInUse as error: print(error)"
    )
    found = subprocess.run(
        [sys.executable, "-c", script, str(database.path)],
        capture_output=True,
        text=True,
        check=True,
    )
    number = subprocess.run(
        [sys.executable, "-c", "import os; print(os.getppid())"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout.strip()
    assert found.stdout.strip() == in_use(int(number))
    assert f"process {number}. Use that window, or stop it first." in found.stdout


def test_a_message_without_a_process_number_names_another_process() -> None:
    assert holder_in("Could not set lock") is None
    assert in_use(None).startswith("Keyroom is already running on this machine as another process")


def test_nobody_holds_a_file_that_is_not_there(tmp_path: Path) -> None:
    assert holder_of(tmp_path / "absent.duckdb") is None


def test_a_file_that_is_no_database_is_an_error_of_duckdb(tmp_path: Path) -> None:
    (tmp_path / "file.duckdb").write_text("hello " * 1000)
    with pytest.raises(duckdb.Error):
        Database.open(tmp_path / "file.duckdb")


def test_ten_thousand_links_go_in_at_once(database: Database) -> None:
    [one] = entries("a")
    first = chain("a")[0]
    many = [first._replace(seq=seq, id=f"{one.id}-{seq}") for seq in range(1, 10_001)]
    database.append(many)
    assert len(database.links()) == 10_000
