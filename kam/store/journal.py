"""The journal: the log a second time, as lines of JSON that are on the disk before we say saved.

DuckDB drops a damaged end of its write-ahead log in silence (measured on 2.0.0), so a second copy
with a hash in every line is what tells us, and what we repair from.
"""

import os
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from kam.store.chain import Link, parsed

if sys.platform != "win32":
    import fcntl

# Windows would write line ends of its own without O_BINARY.
_FLAGS = os.O_RDWR | os.O_CREAT | os.O_APPEND | getattr(os, "O_BINARY", 0)


@dataclass(frozen=True)
class Contents:
    """What a journal holds.

    Attributes:
        lines: the complete lines, in order.
        torn: bytes of an unfinished last line; nothing in it was ever confirmed.
    """

    lines: tuple[str, ...]
    torn: int

    def links(self) -> list[Link]:
        """The links of those lines that can be trusted, in order."""
        return [link for line in self.lines if (link := _trusted(line))]


def _trusted(line: str) -> Link | None:
    """The link in a line, `None` where the line does not fit its hash."""
    try:
        return parsed(line)
    except ValueError:
        return None


class Journal:
    """An open journal; while it is open no other process can open it."""

    def __init__(self, path: Path, descriptor: int) -> None:
        self.path = path
        self._descriptor = descriptor

    @classmethod
    def open(cls, path: Path) -> Self:
        """The journal at `path`, made empty (mode 0600) where there is none.

        Raises:
            BlockingIOError: another process has it open.
        """
        is_new = not path.exists()
        descriptor = os.open(path, _FLAGS, 0o600)
        try:
            _lock(descriptor)
        except BlockingIOError:
            os.close(descriptor)
            raise
        if is_new:
            sync_folder(path.parent)
        return cls(path, descriptor)

    def read(self) -> Contents:
        """Everything in the file."""
        whole, end, torn = self.path.read_bytes().rpartition(b"\n")
        if not end:
            return Contents((), len(torn))
        text = whole.decode(errors="surrogateescape")  # such a line cannot fit its hash
        return Contents(tuple(text.split("\n")), len(torn))

    def append(self, links: Iterable[Link]) -> None:
        """Add lines and wait until they are on the disk.

        Raises:
            OSError: they are not, or only in part; `read` then tells what is there.
        """
        rest = memoryview("".join(f"{link.line}\n" for link in links).encode())
        while rest:
            rest = rest[os.write(self._descriptor, rest) :]
        os.fsync(self._descriptor)

    def cut(self, torn: int) -> None:
        """Take the last `torn` bytes off: an unfinished line."""
        os.ftruncate(self._descriptor, os.fstat(self._descriptor).st_size - torn)
        os.fsync(self._descriptor)

    def close(self) -> None:
        """Let go of the file; closing twice does nothing."""
        if self._descriptor >= 0:
            os.close(self._descriptor)
            self._descriptor = -1


def _lock(descriptor: int) -> None:
    """Keep other processes out; on Windows DuckDB's own lock has to do."""
    if sys.platform != "win32":
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)


def sync_folder(folder: Path) -> None:
    """Wait until the folder's list of names is on the disk (POSIX; nothing to do on Windows)."""
    if sys.platform != "win32":
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
