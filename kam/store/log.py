"""The log of all workshops: one chain, written twice before anybody is told that it is saved."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import duckdb

from kam.errors import StoreError
from kam.history import Entry
from kam.store.chain import Link, linked
from kam.store.recovery import Opened, opened


class LogBroken(StoreError):
    """The files refused to be read or written; open the log anew before going on."""


@dataclass(frozen=True)
class Place:
    """Where an entry stands."""

    workshop: str
    revision: int


class Log:
    """The open log. Any thread may read; one thread at a time may append.

    Attributes:
        places: entry id -> where it stands, for every entry of every workshop.
        workshops: ids of all workshops, in the order in which they were made.
        notices: what was repaired at opening, one sentence each.
    """

    def __init__(self, both: Opened) -> None:
        self._database = both.database
        self._journal = both.journal
        self._last = both.links[-1] if both.links else None
        self.notices = both.notices
        self.places: dict[str, Place] = {}
        self.workshops: dict[str, None] = {}
        self._remember(both.links)

    @classmethod
    def open(cls, folder: Path, *, rebuild: bool = False) -> "Log":
        """The log in `folder`, verified and repaired (see `kam.store.recovery`).

        Args:
            folder: where the files are.
            rebuild: make the DuckDB file anew from what both copies hold.

        Raises:
            StoreInUse: another process has it open.
            StoreError: the folder cannot be used, or the disk refuses.
        """
        try:
            return cls(opened(folder, rebuild=rebuild))
        except (OSError, duckdb.Error) as error:
            raise LogBroken(
                f"Keyroom could not open its files in {folder} ({_cause(error)}). "
                "Allow writing there, make room on the disk, or choose another folder, and try "
                "again."
            ) from error

    def links(self, workshop: str | None = None) -> list[Link]:
        """The stored links in order: all, or those of one workshop.

        Raises:
            LogBroken: they cannot be read now.
        """
        try:
            return self._database.links(workshop)
        except Exception as error:  # any failure to read has the same repair
            raise LogBroken(
                f"The workshops cannot be read at the moment ({_cause(error)}). "
                "Nothing that was saved is lost: try again."
            ) from error

    def append(self, entries: Iterable[Entry]) -> None:
        """Add entries; they are on the disk in both copies when it returns.

        Raises:
            LogBroken: it is unknown which of them are saved; open the log anew to find out.
        """
        links = list(linked(entries, after=self._last))
        try:
            self._database.append(links)
            self._journal.append(links)
        except Exception as error:  # whatever stops a save must stop its confirmation
            raise LogBroken(
                f"This change could not be saved ({_cause(error)}). Everything confirmed before "
                "is kept. Make room on the disk if it is full, and try again."
            ) from error
        self._last = links[-1]
        self._remember(links)

    def _remember(self, links: Iterable[Link]) -> None:
        for link in links:
            self.places[link.id] = Place(link.workshop, link.revision)
            self.workshops[link.workshop] = None

    def close(self) -> None:
        """Let go of both files; closing twice does nothing."""
        self._database.close()
        self._journal.close()


def _cause(error: Exception) -> str:
    """The first line of what the machine said."""
    return (str(error) or type(error).__name__).splitlines()[0][:160]
