"""What is wrong in the rows of a file, grouped by how it is repaired, and the repairs."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Literal

from kam.errors import Refused
from kam.intake.tables.files import Table

Kind = Literal[
    "number",  # a text where a number is expected
    "large",  # a number beyond what can be read
    "mark",  # a number with two readings in a column that mixes decimal marks
    "percent",  # a percentage among other numbers, or a number that may be a share
    "filler",  # a text that only says that nothing is known
    "currency",  # an amount in another currency than the rest of the column
    "answer",  # neither yes nor no
    "date",  # a text where a day is expected
    "outside",  # a number beyond the range that was agreed
    "long",  # more characters than a field holds
    "no_name",  # a row that names no customer
    "totals",  # a row that adds up the others
    "second",  # a row of a second table below the first
    "sum",  # a row that may add up the others
    "damaged",  # an id that a spreadsheet has changed
    "twice",  # a customer met before in the same file
    "deleted",  # a row that its own file marks as deleted
    "surplus",  # a row with more cells than there are columns
]

_TITLES: dict[Kind, str] = {
    "number": "{field} is not a number",
    "large": "{field} is larger than we can read",
    "mark": "{field} can be read in two ways",
    "percent": "{field} may be a percentage or not",
    "filler": "{field} says only that nothing is known",
    "currency": "{field} is in another currency than the other rows",
    "answer": "{field} is neither yes nor no",
    "date": "{field} is not a day that can be read",
    "outside": "{field} is outside its range",
    "long": "{field} is too long",
    "no_name": "There is no name",
    "totals": "It looks like a line of totals",
    "second": "It looks like a second table",
    "sum": "It may be a line of totals",
    "damaged": "{field} was changed by a spreadsheet",
    "twice": "The same customer twice",
    "deleted": "Marked as deleted in the file",
    "surplus": "There are more cells than columns",
}


@dataclass(frozen=True, slots=True)
class Problem:
    """Something to look at in one row.

    Attributes:
        line: where the row begins in the file.
        column: the header of the cell.
        found: what stands there.
        message: where, what was found, and what to do.
        blocks: whether the row stays out as it is.
        kind: what sort of problem it is.
        field: our name of the column.
        kept: whether the value comes in as it is, for somebody to look at.
    """

    line: int
    column: str
    found: str
    message: str
    blocks: bool = False
    kind: Kind = "number"
    field: str = ""
    kept: bool = False


@dataclass(frozen=True, slots=True)
class ProblemGroup:
    """Problems that are repaired in one go.

    Attributes:
        title: what they have in common, with their number: "“Revenue with us” is not a number (3
            rows)".
        problems: in the order of the file.
        blocks: whether their rows stay out.
        kept: whether their values come in as they are.
    """

    kind: Kind
    column: str
    title: str
    problems: tuple[Problem, ...]
    blocks: bool
    kept: bool = False


def grouped(problems: Iterable[Problem]) -> tuple[ProblemGroup, ...]:
    """The problems by kind and column; those that keep rows out come first, then the largest."""
    ordered = sorted(problems, key=lambda one: (one.kind, one.column, one.line))
    groups = [
        _group(tuple(group)) for _, group in groupby(ordered, lambda one: (one.kind, one.column))
    ]
    return tuple(sorted(groups, key=lambda group: (not group.blocks, -len(group.problems))))


def _group(problems: tuple[Problem, ...]) -> ProblemGroup:
    first, count = problems[0], len(problems)
    what = _TITLES[first.kind].format(field=f"“{first.field or first.column}”")
    title = f"{what} ({count:,} {'row' if count == 1 else 'rows'})"
    blocks = any(problem.blocks for problem in problems)
    kept = all(problem.kept for problem in problems)
    return ProblemGroup(first.kind, first.column, title, problems, blocks, kept)


@dataclass(frozen=True, slots=True)
class Repair:
    """One repair of one row, as a person chose it.

    What stands in several rows is repaired row by row: a text that is wrong in one of them may be
    right in another that came in.

    Attributes:
        kind: `fix` or `empty` the cell, or `skip` the row.
        line: where the row begins in the file.
        column: the header of the cell; "" for a row that is skipped.
        to: what is to stand there.
    """

    kind: Literal["fix", "empty", "skip"]
    line: int
    column: str = ""
    to: str = ""


def repaired(table: Table, repairs: Sequence[Repair]) -> Table:
    """A table with the repairs made, one after the other; the line numbers stay those of the file.

    A repair of a row that is not there any more changes nothing.

    Raises:
        Refused: a repair names a column that the table does not have.
    """
    places = {header: place for place, header in enumerate(table.headers)}
    rows = dict(zip(table.line_numbers, table.rows, strict=True))
    for repair in repairs:
        if repair.kind != "skip" and repair.column not in places:
            raise Refused(
                f'We cannot repair the column "{repair.column}": {table.name} has no such column. '
                "Choose the file again."
            )
        if repair.kind == "skip":
            rows.pop(repair.line, None)
        elif row := rows.get(repair.line):
            place, to = places[repair.column], repair.to.strip() if repair.kind == "fix" else ""
            rows[repair.line] = (*row[:place], to, *row[place + 1 :])
    return replace(table, rows=tuple(rows.values()), line_numbers=tuple(rows))
