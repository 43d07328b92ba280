"""Our workbook of rows to repair, brought back: what was repaired counts, the rest stays out.

A hidden sheet of it holds every row as it was, its problems, and what the whole file told of its
columns. So a row that nobody touched changes nothing, and a repaired cell is read as it would
have been among all the others of its column.
"""

import re
import zlib
from base64 import b64decode, b64encode
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Literal, NamedTuple

from pydantic import BaseModel, ConfigDict

from kam.errors import Unreadable
from kam.intake.headers.matching import REPAIR_COLUMNS, ROW_IN_FILE
from kam.intake.lists.checked import Checked
from kam.intake.lists.fields import Whole, Written
from kam.intake.lists.repairs import Kind, Problem
from kam.intake.tables.artefacts import without_artefact
from kam.intake.tables.files import Table

# Characters that a cell can show at most; Excel's own limit is 32,767.
LONGEST_CELL = 32_767

# What a workbook may remember, unpacked: a list of customers of 20 MB in which every row has a
# problem, with its sentence. Bytes; and lists and objects in it, which cost memory of their own.
MOST_BYTES = 40_000_000
MOST_CONTAINERS = 1_000_000

# Kinds of problems that rest on other rows of the file: they stand until the name, or the cell
# of the problem, is another one.
RESTS_ON_OTHERS: frozenset[Kind] = frozenset({"twice", "totals", "second"})

# Where a row is, at the beginning of a sentence on it.
_PLACE = re.compile(r"Row [0-9]+( \(row [0-9]+ of your file\))?")

# What a workbook does not keep as it was: kinds of white space, signs that XML does not know.
_UNKEPT = re.compile(r"_x[0-9A-Fa-f]{4}_|[\s\x00-\x1f\x7f-\x9f\ufffd\ufffe\uffff]+")


class _Row(BaseModel):
    """A row as it was written into the workbook, and its problems."""

    model_config = ConfigDict(frozen=True)

    cells: tuple[str, ...]
    problems: tuple[Problem, ...]


class Memory(BaseModel):
    """What the workbook knows of the file that its rows are from.

    Attributes:
        version: of this very layout.
        headers: the file's columns.
        goes_to: header -> target key.
        wholes: header -> what its whole column told.
        written: header -> how its numbers or days are written, as a person has said or not.
        rows: line in the file -> its row.
    """

    model_config = ConfigDict(frozen=True)

    version: Literal[1] = 1
    headers: tuple[str, ...]
    goes_to: dict[str, str]
    wholes: dict[str, Whole]
    written: dict[str, Written]
    rows: dict[int, _Row]


class Part(NamedTuple):
    """The rows of a table that are looked at, and what is known without looking.

    Attributes:
        table: those rows; of our workbook the ones that were repaired or added, with every
            untouched cell as it was in the file.
        problems: of rows that stay out as they are.
        notes: sentences on other lines that are left out.
        wholes: header -> what its whole column told in the file.
        written: header -> how its numbers or days are written, as a person has said.
        some: they are the repaired rows of a list, not the whole of it.
    """

    table: Table
    problems: tuple[Problem, ...]
    notes: tuple[str, ...] = ()
    wholes: Mapping[str, Whole] = {}
    written: Mapping[str, Written] = {}
    some: bool = False


def memory_of(table: Table, checked: Checked, problems: Mapping[int, Sequence[Problem]]) -> str:
    """What a workbook of rows with problems is to know of its file, packed as plain ASCII text.

    Args:
        table: the file, as far as it is repaired already.
        checked: its rows.
        problems: line -> what is to be repaired there; the lines of the workbook.
    """
    own = [place for place, header in enumerate(table.headers) if header not in REPAIR_COLUMNS]
    cells = {one.line: tuple(one.cells) for one in table.surplus}
    cells |= zip(table.line_numbers, table.rows, strict=True)
    known = Memory(
        headers=tuple(table.headers[place] for place in own),
        goes_to=dict(checked.goes_to),
        wholes=dict(checked.wholes),
        written={header: checked.written.get(header, Written()) for header in checked.wholes},
        rows={
            line: _Row(cells=tuple(cells[line][place] for place in own), problems=tuple(found))
            for line, found in problems.items()
        },
    )
    return b64encode(zlib.compress(known.model_dump_json().encode())).decode()


def remembered(table: Table) -> Memory | None:
    """What our workbook knows of its file; `None` for any other table.

    Raises:
        Unreadable: it is ours, and has lost what it knew.
    """
    if not table.memory and not set(REPAIR_COLUMNS[:2]) <= set(table.headers):
        return None
    if table.memory and ROW_IN_FILE in table.headers:
        try:
            return Memory.model_validate_json(_unpacked(table.memory))
        except (ValueError, zlib.error):  # a ValidationError is a ValueError, too
            pass
    raise Unreadable(
        f"We could not tell what was repaired in {table.name}: it has lost the hidden sheet or the "
        f'column "{ROW_IN_FILE}" with which our workbook knows its rows. Repair the rows in the '
        "workbook as it was downloaded and save it as XLSX, or bring in the file itself."
    )


def _unpacked(memory: str) -> bytes:
    """The JSON in what a workbook remembers.

    Raises:
        ValueError, zlib.error: it is none, or more than any list of customers needs.
    """
    unpacking = zlib.decompressobj()
    text = unpacking.decompress(b64decode(memory, validate=True), MOST_BYTES)
    if unpacking.unconsumed_tail or text.count(b"[") + text.count(b"{") > MOST_CONTAINERS:
        raise ValueError
    return text


def brought_back(table: Table) -> Part | None:
    """What was repaired in our workbook; `None` for any other table.

    Raises:
        Unreadable: it is ours, and has lost what it knew.
    """
    memory = remembered(table)
    if memory is None:
        return None
    numbers = table.column(ROW_IN_FILE)
    rows: dict[int, tuple[str, ...]] = {}
    problems: list[Problem] = []
    for line, number, cells in zip(table.line_numbers, numbers, table.rows, strict=True):
        before = memory.rows.get(int(number)) if number.isdecimal() else None
        restored = _restored(table, cells, memory, before)
        stays_out = _stays_out(dict(zip(table.headers, restored, strict=True)), memory, before)
        problems += [_moved(one, line, number) for one in stays_out]
        if not stays_out:
            rows[line] = restored
    kept = replace(table, rows=tuple(rows.values()), line_numbers=tuple(rows))
    left = len(table.rows) - len(rows)
    notes = (_left_as_is(left),) if left else ()
    return Part(kept, tuple(problems), notes, memory.wholes, memory.written, some=True)


def _left_as_is(rows: int) -> str:
    """A sentence on rows that stay out."""
    if rows == 1:
        return "1 row is as it was in your file, and changes nothing until it is repaired."
    return f"{rows:,} rows are as they were in your file, and change nothing until repaired."


def _restored(
    table: Table, cells: Sequence[str], memory: Memory, before: _Row | None
) -> tuple[str, ...]:
    """The cells of a row, each as it was in the file where nobody has touched it."""
    was = dict(zip(memory.headers, before.cells, strict=False)) if before else {}
    return tuple(
        was[header] if header in was and _is_untouched(was[header], cell) else cell
        for header, cell in zip(table.headers, cells, strict=True)
    )


def _stays_out(now: Mapping[str, str], memory: Memory, before: _Row | None) -> list[Problem]:
    """The problems with which a row stays out: all of an untouched one, or those that stand."""
    if before is None:
        return []
    was = dict(zip(memory.headers, before.cells, strict=False))
    touched = {header for header, cell in was.items() if now.get(header, cell) != cell}
    if not touched:
        return list(before.problems)
    naming = {header for header, key in memory.goes_to.items() if key in {"id", "name"}}
    return [
        one
        for one in before.problems
        if one.kind in RESTS_ON_OTHERS and not touched & {one.column, *naming}
    ]


def _moved(problem: Problem, line: int, number: str) -> Problem:
    """A problem at the row of the workbook, which keeps the row out."""
    place = f"Row {line} (row {number} of your file)"
    message = _PLACE.sub(place, problem.message, count=1)
    return replace(problem, line=line, message=message, blocks=True)


def _is_untouched(was: str, now: str) -> bool:
    """Whether a cell is as it was, as far as a workbook can tell."""
    return was == now or _seen(was) == _seen(now)


def _seen(text: str) -> str:
    """A text as far as every workbook keeps it."""
    kept = " ".join(_UNKEPT.sub(" ", text[:LONGEST_CELL]).split())
    return without_artefact(kept)
