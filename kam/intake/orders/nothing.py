"""Why no line of a ledger counts: what is missing in how many lines, with a cell to look at."""

from collections.abc import Mapping, Sequence
from datetime import date

import duckdb

from kam.intake.orders.coverage import day_words
from kam.intake.orders.entries import ask
from kam.intake.orders.fates import LEFT_OUT_SQL
from kam.intake.orders.loading import Loaded
from kam.intake.orders.remarks import REASONS

# Reasons that a cell explains -> the columns of which one is shown, if the ledger has it.
SHOWN_BY = {
    "date": ("date",),
    "future": ("date",),
    "amount": ("amount", "quantity", "unit_price"),
}


def why_nothing_counts(
    connection: duckdb.DuckDBPyConnection,
    files: Sequence[Loaded],
    columns: Mapping[str, str],
    limit: date,
) -> str:
    """A sentence on a ledger of which every line has been judged, and none counts.

    `columns` are our names and their headers; `limit` is the last day on which a line may be.
    """
    found = {row[0]: row[1] for row in ask(connection, LEFT_OUT_SQL)}
    found["shape"] = found.get("shape", 0) + sum(file.rejected.rows for file in files)
    told = [
        _told(kind, rows, limit) + _cells(kind, files, columns)
        for kind in REASONS
        if (rows := found.get(kind, 0))
    ]
    names = " and ".join(file.opened.name for file in files[:2])
    why = "; ".join(told) or "there are only empty lines"
    return f"No line of {names} counts: {why}. Check which column is which."


def _told(kind: str, rows: int, limit: date) -> str:
    words = f"1 line {REASONS[kind][0]}" if rows == 1 else f"{rows:,} lines {REASONS[kind][1]}"
    return words.format(limit=day_words(limit))


def _cells(kind: str, files: Sequence[Loaded], columns: Mapping[str, str]) -> str:
    """The first cells of the columns that explain a reason, to end a part of a sentence."""
    headers = [columns[key] for key in SHOWN_BY.get(kind, ()) if key in columns]
    first = ((_first_cell(files, header), header) for header in headers)
    shown = [f'"{cell}" in column {header}' for cell, header in first if cell]
    return f" ({', '.join(shown)})" if shown else ""


def _first_cell(files: Sequence[Loaded], header: str) -> str:
    """The first cell with any text in a column, as far as the beginnings of the files go."""
    samples = (file.opened.sample for file in files)
    texts = (text for sample in samples if header in sample.headers
             for text in sample.column(header))  # fmt: skip
    return next(filter(None, texts), "")
