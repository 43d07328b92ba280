"""Lists of customers for tests: typed, or read from a file."""

from collections.abc import Sequence
from pathlib import Path

from kam.intake.headers.matching import CUSTOMER_TARGETS, Target, match
from kam.intake.lists.checked import Checked
from kam.intake.lists.customers import check
from kam.intake.tables.files import Table, read_table

FACT = Target("fact", "A fact", "number")


TARGETS = (*CUSTOMER_TARGETS, FACT)


def table(headers: str, *rows: Sequence[str]) -> Table:
    lines = tuple(range(2, len(rows) + 2))
    return Table("c.csv", tuple(headers.split()), tuple(tuple(row) for row in rows), lines)


def checked(headers: str, *rows: Sequence[str]) -> Checked:
    """The check of a table whose headers are target keys."""
    names = headers.split()
    return check(table(headers, *rows), dict(zip(names, names, strict=True)), TARGETS)


def read_and_checked(path: Path) -> Checked:
    read = read_table(path.name, path.read_bytes())
    matches = match(read.headers, CUSTOMER_TARGETS).items()
    return check(read, {header: one.target for header, one in matches if one.target}, TARGETS)
