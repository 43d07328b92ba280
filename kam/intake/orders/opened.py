"""What is wanted of a ledger's files, and what stands ready for the database then."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from kam.intake.orders.progress import Progress
from kam.intake.orders.sources import File
from kam.intake.tables.files import LOOKED_AT, Reading, Table

# Beginning of a file from which delimiter and header are read. Bytes.
SAMPLE_BYTES = 262_144

# Rows kept as a sample of how cells are written.
SAMPLE_ROWS = LOOKED_AT * 20

# Share of the whole work that copying as UTF-8 takes, where there must be a copy. 0-1.
COPYING_SHARE = 0.3

Source = Path | bytes


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is looked for in the files.

    Attributes:
        chosen: our name of a column -> its header.
        only: header -> the texts with which a line counts.
        reading: what a person has said about how the files are read.
        whole: whether all lines are wanted, or only the first ones; then nothing is copied.
    """

    chosen: Mapping[str, str] = field(default_factory=dict)
    only: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    reading: Reading = field(default_factory=Reading)
    whole: bool = True


class Opened(NamedTuple):
    """A ledger that the database can read.

    `sample` holds its first rows; `sheet_lines` is the row of the sheet for each record, empty
    for a text file. `rows` is about how many rows it has, 0 if nobody can tell. `progress` may
    stop whoever looks for a line in it.
    """

    name: str
    file: File
    sample: Table
    sheet_lines: Sequence[int] = ()
    rows: int = 0
    progress: Progress = Progress()  # nobody's: it is never cancelled


class Work(NamedTuple):
    """What is wanted of the files, where copies are made, and whom to tell how far that is.

    `begin` and `end` are the shares of the whole work at which copying begins and ends.
    """

    wanted: Wanted
    folder: Path
    progress: Progress
    begin: float = 0.0
    end: float = COPYING_SHARE

    def of(self, at: int, in_all: int) -> "Work":
        """The part of the work that one of several files is, in a folder of its own."""
        own = self.folder / str(at)
        own.mkdir()
        begin, end = (COPYING_SHARE * place / in_all for place in (at, at + 1))
        return self._replace(folder=own, begin=begin, end=end)

    def copied(self, share: float) -> None:
        """Nothing comes back; this share of the file is copied."""
        self.progress.ahead(self.begin + (self.end - self.begin) * share)
