"""Lines that a report prints below its table: title, copyright, who made it and when."""

import re
from dataclasses import replace
from itertools import takewhile

from kam.intake.tables.files import Table

# A table narrower than this may well have rows with a single cell. Columns.
NARROWEST = 3

# How such lines begin, or what they say. Salesforce, Power BI, Dynamics, SAP, QuickBooks.
_SAYS = re.compile(
    r"copyright\b|©|\(c\) ?(19|20)\d\d|all rights reserved|confidential information|"
    r"do not distribute|^generated (by|on|at)\b|^report (generated|run|created)\b|"
    r"^(exported|printed|created|run) (by|on|at)\b|^applied filters|^filtered by\b|"
    r"^as of \d|^page \d+( of \d+)?$|^end of (report|list)|^erstellt (am|von)\b|^seite \d+|"
    r"^stand:? \d|^ende der liste|^vertraulich",
    re.IGNORECASE,
)


def without_footer(table: Table) -> tuple[Table, tuple[str, ...]]:
    """The table without the lines below its rows, and a sentence on each of them.

    Such lines fill only the first cell, and one of them says what footers say. They begin after
    the empty line above it, or with it where there is none.
    """
    alone = [bool(row[0]) and not any(row[1:]) for row in table.rows]
    start = len(alone) - sum(1 for _ in takewhile(bool, reversed(alone)))
    first = _first(table, start) if len(table.headers) >= NARROWEST else len(table.rows)
    notes = tuple(f'Left out below the rows: "{row[0][:60]}".' for row in table.rows[first:])
    lines = table.line_numbers[:first]
    return replace(table, rows=table.rows[:first], line_numbers=lines), notes


def _first(table: Table, start: int) -> int:
    """The place of the footer's first row, from `start` on; the number of rows without one."""
    places = range(start, len(table.rows))
    told = next((place for place in places if _SAYS.search(table.rows[place][0])), len(table.rows))
    gaps = [place for place in places if place <= told < len(table.rows) and _gap(table, place)]
    return gaps[0] if gaps else told


def _gap(table: Table, place: int) -> bool:
    """Whether an empty line stands above a row."""
    return place > 0 and table.line_numbers[place] - table.line_numbers[place - 1] > 1
