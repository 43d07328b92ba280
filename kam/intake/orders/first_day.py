"""How the dates of a ledger are read, shown by its first rows and by the reader that counts."""

import csv
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

import duckdb

from kam.errors import Unreadable
from kam.intake.orders import cells
from kam.intake.orders.cells import Cell
from kam.intake.orders.entries import ask, connected
from kam.intake.orders.layouts import Asked, layouts
from kam.intake.orders.marks import Scan, shown
from kam.intake.orders.opened import Opened
from kam.intake.orders.sources import CsvFile
from kam.intake.tables.files import Table
from kam.model import LedgerChoices

# Cells that are looked at.
LOOKED_AT = 400

# Different columns whose answers are kept: what two people look at in a few tabs.
KEPT = 32

DATE = "date"


class DayRead(NamedTuple):
    """A cell of the column of dates, and the day that it is.

    `day` is `None` where that is open: the cell has two readings, and is `either` then, or no cell
    can be read.
    """

    cell: str
    day: date | None
    either: bool = False


def first_day(first: Table, choices: LedgerChoices) -> DayRead | None:
    """How the first date is read that can be, as a person has said or the first rows tell.

    None where no column of dates is chosen, or the chosen one is empty.
    """
    header = choices.columns.get(DATE, "")
    texts = first.column(header) if header in first.headers else ()
    filled = tuple(text for text in texts if text)[:LOOKED_AT]
    order = LedgerChoices(day_first=choices.day_first, year_first=choices.year_first)
    return _read(filled, order.model_dump_json()) if filled else None


@lru_cache(KEPT)
def _read(texts: tuple[str, ...], said: str) -> DayRead:
    """How these cells are read; `said` are choices as JSON, because they are no key."""
    choices = LedgerChoices.model_validate_json(said)
    with _column(texts) as (connection, file):
        found = shown(connection, file, Scan([DATE], datetime.now(UTC).date()))
        one = Opened("the ledger", file, Table("", (DATE,), (), ()))
        try:
            (layout,) = layouts(Asked([one], [found], {DATE: DATE}, choices))
        except Unreadable:
            return DayRead(found.dates.day or found.dates.year or texts[0], None, either=True)
        day = cells.day(Cell("c0"), layout.slashes)
        rows = ask(connection, f"SELECT c0, {day} AS day FROM {file.rows_sql}")  # noqa: S608 -- our own SQL
    return next((DayRead(*row) for row in rows if row[1]), DayRead(texts[0], None))


@contextmanager
def _column(texts: Sequence[str]) -> Iterator[tuple[duckdb.DuckDBPyConnection, CsvFile]]:
    """A database that can read these cells as the file of a ledger with a single column."""
    with TemporaryDirectory(prefix="kam-days-", ignore_cleanup_errors=True) as folder:
        path = Path(folder) / "days.csv"
        with path.open("w", encoding="utf-8", newline="") as stream:
            csv.writer(stream).writerows([text] for text in texts)
        with connected([path], Path(folder)) as connection:
            yield connection, CsvFile(path, False, ",", 0, 1, {DATE: 0})  # noqa: FBT003 -- plain, not packed
