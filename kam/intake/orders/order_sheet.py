"""A ledger in a workbook, made a CSV by a child process that may die without harm.

The command is `python -m kam.intake.orders.order_sheet`. The server gets the first rows alone; a
sheet of a million rows never stands in its memory.
"""

import csv
import json
import subprocess
import sys
from array import array
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, replace
from pathlib import Path
from time import monotonic
from typing import Any, NamedTuple

from kam.errors import Unreadable
from kam.intake.orders.progress import Progress
from kam.intake.tables.encoding import unpacked
from kam.intake.tables.files import LOOKED_AT, Reading, Record, Table, table_in
from kam.intake.tables.opening import UNZIPPED_BYTES, limit_this_process, opened
from kam.intake.tables.sheets import CHILD_WALL_SECONDS, Wanted, too_much

# Rows of a workbook; Excel holds no more.
SHEET_ROWS = 1_048_576

# Cells of a ledger's sheet. Ten columns of a million order lines; the child's own limit on memory
# comes sooner or later than that, the server's does not matter.
SHEET_CELLS = 12_000_000

# How often a child is asked whether it is done, and a person whether to stop it. Seconds.
EVERY = 0.2

LINE_NUMBERS = "I"  # type of the numbers in the second file: four bytes each


class Asked(NamedTuple):
    """What is wanted of a workbook.

    `sample` is how many rows come back as a table; the CSV and the numbers of its rows go into
    `folder`, or nowhere if that is empty: then only so many rows are looked at.
    """

    name: str
    reading: Reading
    sample: int
    folder: str = ""


class Sheet(NamedTuple):
    """The first rows of a sheet, how many it has, and its CSV with the row of each record."""

    sample: Table
    rows: int
    csv: Path
    lines: "array[int]"


def sheet_in(path: Path, asked: Asked, progress: Progress) -> Sheet:
    """The ledger that a workbook holds; the file is read by the child alone.

    Raises:
        Unreadable: as in `sheets.workbook_in`, or no table.
        Cancelled: a person has stopped it.
    """
    answer = json.loads(_told(path, asked, progress))
    if "refused" in answer:
        raise Unreadable(answer["refused"], asks=answer["asks"])
    lines: array[int] = array(LINE_NUMBERS)
    if asked.folder:
        lines.frombytes(_lines_file(asked.folder).read_bytes())
    return Sheet(_table(answer["table"]), answer["rows"], _csv_file(asked.folder), lines)


def _told(path: Path, asked: Asked, progress: Progress) -> bytes:
    """What the child says.

    Raises:
        Unreadable: it died, or took too long.
        Cancelled: a person has stopped it.
    """
    with path.open("rb") as source:
        child = subprocess.Popen(  # noqa: S603 - our own interpreter and module; the rest is data
            [sys.executable, "-m", "kam.intake.orders.order_sheet", _argument(asked)],
            stdin=source,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=Path(__file__).resolve().parents[3],
        )
    begun = monotonic()
    with child, _killed(child):
        while True:
            try:
                told = child.communicate(timeout=EVERY)[0]
            except subprocess.TimeoutExpired as error:
                progress.ahead(0.0)
                if monotonic() - begun > CHILD_WALL_SECONDS:
                    raise too_much(asked.name) from error
            else:
                break
    if child.returncode:
        raise too_much(asked.name)
    return told


@contextmanager
def _killed(child: subprocess.Popen[bytes]) -> Iterator[None]:
    """The time in which a child may work; what ends it early ends the child."""
    try:
        yield
    finally:
        child.kill()


def _argument(asked: Asked) -> str:
    return json.dumps([asked.name, asdict(asked.reading), asked.sample, asked.folder])


def _csv_file(folder: str) -> Path:
    return Path(folder) / "sheet.csv"


def _lines_file(folder: str) -> Path:
    return Path(folder) / "sheet.lines"


def _table(told: dict[str, Any]) -> Table:
    """The table that the child has told as JSON."""
    records = {key: tuple(Record(*one) for one in told[key]) for key in ("beginning", "surplus")}
    rows = tuple(tuple(row) for row in told["rows"])
    texts = {key: tuple(found) for key, found in told.items() if isinstance(found, list)}
    return Table(**{**told, **texts, **records, "rows": rows})


# --- in the child ---------------------------------------------------------------------------------


def answer(asked: Asked, data: bytes) -> str:
    """The first rows and how many there are, or the sentence that refuses the file, as JSON."""
    try:
        table = _read(asked, data)
    except Unreadable as error:
        return json.dumps({"refused": str(error), "asks": error.asks})
    if asked.folder:
        _write(table, asked.folder)
    some = slice(asked.sample)
    first = replace(
        table,
        rows=table.rows[some],
        line_numbers=table.line_numbers[some],
        surplus=table.surplus[some],
    )
    return json.dumps({"table": asdict(first), "rows": len(table.rows)})


def _read(asked: Asked, data: bytes) -> Table:
    most = SHEET_ROWS if asked.folder else asked.sample
    unzipped = unpacked(asked.name, data, UNZIPPED_BYTES)
    wanted = Wanted(asked.name, asked.reading.sheet or "", most + LOOKED_AT + 1, SHEET_CELLS)
    found = opened(unzipped, wanted)
    if not asked.folder:
        found = found._replace(records=found.records[:most])
    return table_in(asked.name, found, asked.reading.header, most)


def _write(table: Table, folder: str) -> None:
    with _csv_file(folder).open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows(table.rows)
    _lines_file(folder).write_bytes(array(LINE_NUMBERS, table.line_numbers).tobytes())


if __name__ == "__main__":
    limit_this_process()
    name, reading, sample, folder = json.loads(sys.argv[1])
    asked_for = Asked(name, Reading(**reading), sample, folder)
    sys.stdout.write(answer(asked_for, sys.stdin.buffer.read()))
