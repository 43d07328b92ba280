"""Spreadsheets as texts, read by a child process that may die without harm.

A spreadsheet of one kilobyte can ask for gigabytes, and the reader's answer to a broken one can
be a panic. So the file is opened in `python -m kam.intake.tables.opening` alone: bytes in, JSON
out, with a limit on memory, processor and clock. Only the sheet that is wanted comes back, so that
the server never holds more than a list of customers.
"""

import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from kam.errors import Unreadable
from kam.intake.tables.records import MOST_CELLS, Record

# How long a person waits for an answer of any kind. Seconds.
CHILD_WALL_SECONDS = 15

# The hidden sheet of our own workbook of rows to repair, and what its first cell says; below it
# stands one text in pieces.
MEMORY_SHEET = "Keyroom"
MEMORY_MARK = "What Keyroom needs to bring these rows back; please leave it as it is."

ZIP_MAGIC = b"PK\x03\x04"
OLE_MAGIC = b"\xd0\xcf\x11\xe0"


class Wanted(NamedTuple):
    """What the child is asked for: a sheet (the one with the most rows if empty), how many rows.

    `name` is the file's, for sentences; `cells` is how many cells are still a table.
    """

    name: str
    sheet: str
    most: int
    cells: int = MOST_CELLS


class Workbook(NamedTuple):
    """The visible sheets of a workbook, the one that was read, and its rows with any text.

    Attributes:
        sheets: names of all visible worksheets, in their order.
        filled: those of them that hold rows; only the read one where a sheet was asked for.
        sheet: the name of the one that was read.
        records: its rows with their numbers, all of the same width; at most as many as wanted.
        notes: sentences about cells that come back other than the sheet shows them.
        merged: places such as "C2:C4" of cells that are merged over several rows.
        memory: what the hidden sheet of our own workbook of rows to repair says; "" for any other.
    """

    sheets: list[str]
    filled: list[str]
    sheet: str
    records: list[Record]
    notes: list[str]
    merged: Sequence[str] = ()
    memory: str = ""


def is_spreadsheet(data: bytes) -> bool:
    """Whether the bytes begin like XLSX, ODS or XLS, whatever the file is called."""
    return data.startswith((ZIP_MAGIC, OLE_MAGIC))


def workbook_in(data: bytes, wanted: Wanted) -> Workbook:
    """The wanted visible worksheet of a spreadsheet; hidden ones and charts are left out.

    Raises:
        Unreadable: a password, a zip bomb, macros, no such sheet, a sheet wider than a list of
            customers, or a workbook that the reader cannot open.
    """
    try:
        child = subprocess.run(  # noqa: S603 - our own interpreter and module; the rest is data
            [sys.executable, "-m", "kam.intake.tables.opening", json.dumps(wanted)],
            input=data,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=CHILD_WALL_SECONDS,
            cwd=Path(__file__).resolve().parents[3],
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise too_much(wanted.name) from error
    if child.returncode != 0:
        raise too_much(wanted.name)
    answer = json.loads(child.stdout)
    if "refused" in answer:
        raise Unreadable(answer["refused"], asks=answer["asks"])
    records = [Record(row, cells) for row, cells in answer.pop("records")]
    merged = tuple(answer.pop("merged"))
    return Workbook(**answer, records=records, merged=merged)


def too_much(name: str) -> Unreadable:
    """The sentence for a workbook that its reader cannot or must not open."""
    return Unreadable(
        f"We could not read {name}: the workbook is damaged or asks for more memory or time than "
        "we allow. Copy the table into a new workbook, or save it as CSV UTF-8."
    )
