"""A second table below the first one on the same sheet: its rows are no customers."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from kam.intake.figures import exact
from kam.intake.headers.content import is_filler
from kam.intake.lists.repairs import Problem
from kam.intake.tables.files import Table

# Rows above from which the columns of numbers are told; fewer than two tell nothing.
LOOKED_AT = 200
FEWEST_ABOVE = 2

# Lines of title that a second table may have between the empty line and its column names.
MOST_TITLES = 2

Row = Sequence[str]


def without_second_table(table: Table) -> tuple[Table, tuple[Problem, ...]]:
    """The table down to where a second one begins, and a problem for every row of that.

    A second one begins after an empty line, with texts in all columns that hold numbers above,
    and a number below one of them.
    """
    start = next(_starts(table), len(table.rows))
    rows, lines = table.rows[:start], table.line_numbers[:start]
    below = zip(table.line_numbers[start:], table.rows[start:], strict=True)
    problems = tuple(_problem(line, table.headers, row) for line, row in below)
    return replace(table, rows=rows, line_numbers=lines), problems


def _starts(table: Table) -> Iterator[int]:
    """The places at which a second table may begin."""
    lines = table.line_numbers
    for place in range(FEWEST_ABOVE, len(table.rows)):
        if lines[place] - lines[place - 1] > 1:
            names = _names_at(table.rows, place)
            if names and _are_names(table.rows, place, names):
                yield place


def _names_at(rows: Sequence[Row], place: int) -> int:
    """Where the column names may stand: behind lines of a title; 0 if nowhere."""
    near = range(place, min(place + MOST_TITLES + 1, len(rows) - 1))
    return next((at for at in near if sum(map(bool, rows[at])) > 1), 0)


def _are_names(rows: Sequence[Row], place: int, at: int) -> bool:
    """Whether a row holds column names of other columns than those above `place`."""
    names, below = rows[at], rows[at + 1]
    if any(map(_is_number, names)):
        return False
    if not any(name and _is_number(cell) for name, cell in zip(names, below, strict=True)):
        return False
    numeric = _numeric(rows[max(0, place - LOOKED_AT) : place])
    over = [names[column] for column in numeric if names[column]]
    return bool(over) and not any(map(is_filler, over))


def _numeric(rows: Sequence[Row]) -> list[int]:
    """The columns of which every filled cell is a number."""
    columns = [[cell for cell in column if cell] for column in zip(*rows, strict=True)]
    return [at for at, cells in enumerate(columns) if cells and all(map(_is_number, cells))]


def _is_number(cell: str) -> bool:
    return exact(cell, ".") is not None or exact(cell, ",") is not None


def _problem(line: int, headers: Row, row: Row) -> Problem:
    """That a row belongs to a second table."""
    at = next(place for place, cell in enumerate(row) if cell)
    message = (
        f'Row {line}, column {headers[at]}: we found "{row[at][:60]}" in what looks like a second '
        "table below the first. Save it as a file of its own, or remove the empty line and the "
        "column names above it if these rows are customers."
    )
    return Problem(line, headers[0], row[0], message, blocks=True, kind="second")
