"""Opening the two copies of the log, and putting right what differs between them.

The DuckDB file and the journal hold the same chain of links. Whatever one of them lost (a kill
between the two writes, a shortened write-ahead log, a damaged block) is taken from the other.
A damaged file is renamed and kept, never deleted. Acknowledged entries are in both copies, so
they are lost only if both are damaged at the same place.
"""

from dataclasses import dataclass
from pathlib import Path

import duckdb

from kam.errors import StoreInUse
from kam.store.chain import Link, is_whole, longest_chain
from kam.store.duck import Database, holder_of, in_use, wal_of
from kam.store.journal import Contents, Journal
from kam.store.place import prepared, quarantine

FILE = "keyroom.duckdb"
JOURNAL = "keyroom.journal"
_NOT_DAMAGE = (  # the machine's words for want of room or rights, as DuckDB passes them on
    "No space left",
    "Disk quota exceeded",
    "File too large",
    "Permission denied",
    "Read-only file system",
    "Too many open files",
    "Out of Memory",
)
BULK = 10_000  # links added in one transaction, to bound memory (about 10 MB)


@dataclass(frozen=True)
class Opened:
    """Both copies, open and equal.

    Attributes:
        links: the whole log.
        notices: what was repaired, one sentence each.
    """

    database: Database
    journal: Journal
    links: list[Link]
    notices: tuple[str, ...]


def opened(folder: Path, *, rebuild: bool = False) -> Opened:
    """Both copies in `folder`, verified and repaired; made where there is nothing.

    Args:
        folder: where they are.
        rebuild: set the DuckDB file aside and make a new one, because it can be read but not
            written (a damaged index shows only then).

    Raises:
        StoreInUse: another process has them open.
        StoreError: the folder cannot be used, or a newer Keyroom made the file.
        OSError, duckdb.Error: the disk is full or refuses to be written.
    """
    folder = prepared(folder)
    try:
        journal = Journal.open(folder / JOURNAL)
    except BlockingIOError as error:
        raise StoreInUse(in_use(holder_of(folder / FILE))) from error
    repair = _Repair(folder, journal)
    try:
        return repair.run(rebuild=rebuild)
    except BaseException:
        repair.close()
        raise


class _Repair:
    """One start: what is open so far and what was found."""

    def __init__(self, folder: Path, journal: Journal) -> None:
        self.folder = folder
        self.journal = journal
        self.database: Database | None = None
        self.was_missing = not (folder / FILE).exists()
        self.notices: list[str] = []

    def run(self, *, rebuild: bool) -> Opened:
        """Both copies, made equal."""
        written = self.journal.read()
        database, stored = self._readable()
        if not rebuild and _agree(written, stored):
            return Opened(database, self.journal, stored, tuple(self.notices))
        chain = longest_chain([*(link for link in stored if link.is_genuine), *written.links()])
        self._complete_journal(written, chain)  # first: one copy is whole at every moment
        if rebuild:
            database = self._rebuilt(chain, "refused to be written")
        else:
            database = self._filled(database, stored, chain)
        return Opened(database, self.journal, chain, tuple(self.notices))

    def _readable(self) -> tuple[Database, list[Link]]:
        """The DuckDB file and its links: as it is, else without its log, else a new one."""
        try:
            return self._read()
        except duckdb.Error as error:
            _raise_if_healthy(error)
            if wal := self._set_aside(wal_of(self.folder / FILE)):
                self._tell_unreadable("The end of the main file", error, wal)
        try:
            return self._read()
        except duckdb.Error as error:
            _raise_if_healthy(error)
            if kept := self._set_aside(self.folder / FILE):
                self._tell_unreadable("The main file", error, kept)
        return self._read()

    def _read(self) -> tuple[Database, list[Link]]:
        self.database = Database.open(self.folder / FILE)
        return self.database, self.database.links()

    def _set_aside(self, path: Path) -> Path | None:
        """Where the file at `path` was put, after letting go of the database."""
        self._close_database()
        return quarantine(path)

    def _tell_unreadable(self, what: str, error: duckdb.Error, kept: Path) -> None:
        self.notices.append(
            f"{what} could not be read ({_cause(error)}). It is kept as {kept.name}."
        )

    def _filled(self, database: Database, stored: list[Link], chain: list[Link]) -> Database:
        """The DuckDB file with the whole chain in it."""
        if stored != chain[: len(stored)]:
            return self._rebuilt(chain, "did not agree with its own check sums")
        missing = chain[len(stored) :]
        try:
            _add(database, missing)
        except duckdb.Error as error:
            _raise_if_healthy(error)
            return self._rebuilt(chain, f"could not be written ({_cause(error)})")
        if missing:
            lost = (
                "The main file was missing" if self.was_missing else "The main file lacked changes"
            )
            self.notices.append(f"{lost}. We took {_changes(len(missing))} from the journal.")
        return database

    def _rebuilt(self, chain: list[Link], why: str) -> Database:
        """A new DuckDB file in place of one that cannot be trusted."""
        kept = self._set_aside(self.folder / FILE)
        self._set_aside(wal_of(self.folder / FILE))
        self.notices.append(
            f"The main file {why}. It is kept as {kept.name if kept else FILE}, and a new one "
            f"holds {_changes(len(chain))}."
        )
        database = self.database = Database.open(self.folder / FILE)
        _add(database, chain)
        return database

    def _complete_journal(self, written: Contents, chain: list[Link]) -> None:
        """Make the journal hold the whole chain."""
        if written.torn:
            self.journal.cut(written.torn)
        lines = [link.line for link in chain]
        if list(written.lines) != lines[: len(written.lines)]:
            self._renew_journal(chain)
        elif missing := chain[len(written.lines) :]:
            self.journal.append(missing)
            self.notices.append(f"The journal lacked {_changes(len(missing))}; they are in it now.")

    def _renew_journal(self, chain: list[Link]) -> None:
        """A whole journal in place of a damaged one."""
        place = self.folder / JOURNAL
        draft = place.with_name(f"{JOURNAL}.part")
        draft.unlink(missing_ok=True)
        fresh = Journal.open(draft)
        fresh.append(chain)
        fresh.close()
        self.journal.close()
        kept = quarantine(place)
        draft.rename(place)
        self.journal = Journal.open(place)
        self.notices.append(
            f"The journal was damaged. What could be read was used; it is kept as "
            f"{kept.name if kept else JOURNAL}."
        )

    def _close_database(self) -> None:
        if self.database:
            self.database.close()
            self.database = None

    def close(self) -> None:
        """Let go of both copies."""
        self._close_database()
        self.journal.close()


def _agree(written: Contents, stored: list[Link]) -> bool:
    """Whether both copies hold the same whole chain: the case of almost every start."""
    lines = (link.line for link in stored)
    return (
        not written.torn
        and len(stored) == len(written.lines)
        and is_whole(stored)
        and all(line == other for line, other in zip(lines, written.lines, strict=True))
    )


def is_damage(error: BaseException | None) -> bool:
    """Whether DuckDB refused because of the file itself, not for want of room or rights."""
    reasons = str(error)
    return isinstance(error, duckdb.Error) and not any(why in reasons for why in _NOT_DAMAGE)


def _raise_if_healthy(error: duckdb.Error) -> None:
    """Raise what the machine refused for reasons that are not damage of the file."""
    if not is_damage(error):
        raise error


def _add(database: Database, links: list[Link]) -> None:
    """Append links in transactions of bounded size."""
    for start in range(0, len(links), BULK):
        database.append(links[start : start + BULK])


def _cause(error: duckdb.Error) -> str:
    """The first line of what DuckDB said."""
    return str(error).splitlines()[0][:120]


def _changes(count: int) -> str:
    return "1 saved change" if count == 1 else f"{count:,} saved changes"
