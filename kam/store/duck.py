"""The DuckDB file: one append-only table, opened with everything shut that we do not use."""

import contextlib
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Self

import duckdb

from kam.errors import StoreError, StoreInUse
from kam.store.chain import Link

SCHEMA = 1  # of the tables below; a newer one is refused, never guessed at

_CONFIG: dict[str, str | bool | int | float | list[str]] = {
    "autoinstall_known_extensions": "false",  # nothing is fetched at run time
    "autoload_known_extensions": "false",
    "allow_community_extensions": "false",
    "allow_persistent_secrets": "false",
    "python_enable_replacements": "false",  # a table name never finds a Python variable
    "memory_limit": "1GB",  # reliability.md section 5
    "threads": "2",
    "max_temp_directory_size": "200MB",
    "storage_compatibility_version": "v1.5.0",  # DuckDB 1.5 can read it: a way back from 2.0
}

_TABLES = f"""
    CREATE TABLE IF NOT EXISTS schema (version INTEGER);
    INSERT INTO schema SELECT {SCHEMA} WHERE NOT EXISTS (FROM schema);
    CREATE TABLE IF NOT EXISTS log (
        seq BIGINT, id VARCHAR UNIQUE, workshop VARCHAR, revision INTEGER,
        ts VARCHAR, actor VARCHAR, kind VARCHAR, edit VARCHAR, prev VARCHAR, hash VARCHAR
    );
"""
_ADD = f"INSERT INTO log SELECT {', '.join(['unnest(?)'] * len(Link._fields))}"
_FIELDS = ", ".join(Link._fields)


class Database:
    """The open file. Any thread may read; one thread at a time may append."""

    def __init__(self, path: Path, connection: duckdb.DuckDBPyConnection) -> None:
        self.path = path
        self._connection = connection

    @classmethod
    def open(cls, path: Path) -> Self:
        """The file at `path`, made where there is none.

        Raises:
            StoreInUse: another process has it open.
            StoreError: a newer Keyroom made it.
            duckdb.Error: it is damaged; some damage shows only in `links`.
        """
        database = cls(path, _connected(path))
        try:
            database._prepare()
        except BaseException:
            database.close()
            raise
        return database

    def _prepare(self) -> None:
        """Shut what we do not use, make the tables, and refuse a newer file."""
        self._connection.execute("SET enable_external_access = false")
        self._connection.execute("SET lock_configuration = true")  # last: it locks the others
        self._connection.execute(_TABLES)
        [(version,)] = self._connection.execute("SELECT max(version) FROM schema").fetchall()
        if version > SCHEMA:
            raise StoreError(
                f"{self.path.name} was made by a newer Keyroom (its format is {version}, this "
                f"one knows {SCHEMA}). Update Keyroom; nothing was changed."
            )
        self._keep_private()

    def links(self, workshop: str | None = None) -> list[Link]:
        """The stored links in order: all, or those of one workshop.

        Raises:
            duckdb.Error: the file is damaged, or closed.
        """
        where = "" if workshop is None else "WHERE workshop = ?"
        query = f"SELECT {_FIELDS} FROM log {where} ORDER BY seq"  # noqa: S608 - our own names
        with self._connection.cursor() as cursor:
            cursor.execute(query, [] if workshop is None else [workshop])
            return [Link._make(row) for row in cursor.fetchall()]

    def append(self, links: Sequence[Link]) -> None:
        """Add links in one transaction; they are on the disk when it returns.

        Raises:
            duckdb.Error: none of them was added, or (when the commit itself failed) it is unknown.
        """
        columns = [list(column) for column in zip(*links, strict=True)]
        with self._connection.cursor() as cursor:
            cursor.begin()
            try:
                cursor.execute(_ADD, columns)
                cursor.commit()
            except duckdb.Error:
                with contextlib.suppress(duckdb.Error):
                    cursor.rollback()
                raise
        self._keep_private()

    def _keep_private(self) -> None:
        """Nobody but the owner may read the file and its log, which DuckDB makes anew at times."""
        for path in (self.path, wal_of(self.path)):
            with contextlib.suppress(FileNotFoundError):
                path.chmod(0o600)

    def close(self) -> None:
        """Let go of the file; what is in the write-ahead log moves into it if there is room."""
        with contextlib.suppress(duckdb.Error):
            self._connection.close()


def _connected(path: Path) -> duckdb.DuckDBPyConnection:
    """A connection to `path`; a lock held elsewhere becomes `StoreInUse`."""
    try:
        return duckdb.connect(path, config=_CONFIG)
    except duckdb.IOException as error:
        if "lock" in str(error) and (holder := holder_in(str(error))):
            raise StoreInUse(in_use(holder)) from error
        raise


def holder_in(message: str) -> int | None:
    """The number of the process that DuckDB's message names as the holder of a lock."""
    found = re.search(r"\(PID (\d+)\)", message)
    return int(found[1]) if found else None


def in_use(holder: int | None) -> str:
    """What a person is told when the file is open elsewhere."""
    process = f"process {holder}" if holder else "another process"
    return (
        f"Keyroom is already running on this machine as {process}. "
        "Use that window, or stop it first."
    )


def holder_of(path: Path) -> int | None:
    """The process that has the file open; `None` when there is none or it cannot be told."""
    if not path.exists():
        return None
    try:
        duckdb.connect(path, read_only=True).close()
    except duckdb.Error as error:
        return holder_in(str(error))
    return None


def wal_of(path: Path) -> Path:
    """DuckDB's write-ahead log beside the file."""
    return path.with_name(f"{path.name}.wal")
