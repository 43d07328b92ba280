"""The SQL of the ledger: order lines read once into a typed table.

Plain ISO dates and plain decimals are cast while the file is read; what cannot be read keeps its
text in a map, `unread['date']`, so that `loading` can see how the file is really written. Money is
DECIMAL from the file to the answer, so sums are exact.

The connection lives in memory and can read the given files and nothing else: no network, no
extensions, no other path, no way to change that (`allowed_paths`, `enable_external_access`,
`lock_configuration`).
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from string import Template
from typing import Any, NamedTuple

import duckdb

from kam.errors import Unreadable
from kam.intake.lists.totals import TOTAL_PATTERN
from kam.intake.orders import cells
from kam.intake.orders.cells import Cell, Layout
from kam.intake.orders.sources import File, quoted

# Room for about twenty million lines; beyond it the database spills into its temporary folder.
MEMORY = "1GB"
THREADS = 2

# Rejected lines whose numbers are reported.
REPORTED_LINES = 20

Cells = tuple[Any, ...]

# What may be said of a line, each as SQL on table `lines`: that it is one of those asked for, that
# it adds up others, that its order number means a cancellation. All stand in one column, because
# every column more takes a tenth of a second for ten million lines.
WANTED, ADDS_UP, CANCELS = "(marks & 1) = 0", "(marks & 2) <> 0", "(marks & 4) <> 0"

# Whom a line belongs to is looked at once all are read; `belonging` marks what adds up others then,
# and what says that its customer is not known.
ADDS_UP_MARK, CANCELS_MARK, NOBODY_MARK = 2, 4, 8
NOBODY = f"(marks & {NOBODY_MARK}) <> 0"

LINES = Template("""
SELECT
    $customer AS customer,
    $order_key AS order_key,
    (CASE WHEN $wanted THEN 0 ELSE 1 END
        + CASE WHEN $customer IS NULL THEN
            CASE WHEN regexp_full_match(lower(strip_accents($first)), '$total')
            THEN 2 ELSE 0 END ELSE 0 END
        + CASE WHEN order_number < 'C:' AND order_number >= 'C0' THEN 4 ELSE 0 END
    )::UTINYINT AS marks,
    $day AS day,
    $amount AS amount,
    $optional
    hash($cells) AS whole
FROM (SELECT *, $order AS order_number $hashed FROM $rows)
WHERE $anything
""")

# Columns with dates and figures, whose unread texts are kept.
READ_COLUMNS = ("date", "amount", "quantity", "unit_price", "cost", "serving")


@contextmanager
def connected(paths: Sequence[Path], folder: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """A database in memory that can read `paths`, spill into `folder`, and do nothing else."""
    connection = duckdb.connect(
        config={
            "threads": THREADS,
            "memory_limit": MEMORY,
            "temp_directory": str(folder / "spill"),
            "autoinstall_known_extensions": False,
            "autoload_known_extensions": False,
            "allow_community_extensions": False,
        }
    )
    try:
        allowed = ", ".join(quoted(str(path)) for path in paths)
        connection.execute("SET enable_progress_bar = true")
        connection.execute("SET enable_progress_bar_print = false")
        connection.execute(f"SET allowed_paths = [{allowed}]")
        connection.execute("SET enable_external_access = false")
        connection.execute("SET lock_configuration = true")
        yield connection
    finally:
        connection.close()


def ask(connection: duckdb.DuckDBPyConnection, sql: str, **given: object) -> list[Cells]:
    """All rows of the answer."""
    return connection.execute(sql, given or None).fetchall()


@dataclass(frozen=True, slots=True)
class Load:
    """What `load` takes in: the file's number from 0, and its layout.

    `texts` are our names of the columns of which texts are kept that cannot be read.
    """

    source: int
    layout: Layout
    texts: Collection[str] = READ_COLUMNS


def load(connection: duckdb.DuckDBPyConnection, file: File, asked: Load) -> None:
    """Nothing comes back; table `lines` holds the file's rows, typed as the layout says.

    The first file (number 0) begins the table, others are added below.

    Raises:
        Unreadable: the file is not a table of that width at all.
    """
    for rejects in ("reject_errors", "reject_scans"):
        connection.execute(f"DROP TABLE IF EXISTS {rejects}")
    begin = "INSERT INTO lines" if asked.source else "CREATE OR REPLACE TABLE lines AS"
    with following(file):
        connection.execute(begin + LINES.substitute(_expressions(file, asked)))


@contextmanager
def following(file: File) -> Iterator[None]:
    """The time in which the database reads a file from line to line.

    Raises:
        Unreadable: it cannot follow the file.
    """
    try:
        yield
    except duckdb.InterruptException:
        raise
    except duckdb.Error as error:
        message = (
            f"We could not read {file.path.name}: it is not a table that we can follow from "
            "line to line. Export it again as CSV UTF-8."
        )
        raise Unreadable(message) from error


def _expressions(file: File, asked: Load) -> dict[str, str | int]:
    """What stands for each name in `LINES`."""
    every = [Cell(f"c{place}", kind) for place, kind in enumerate(file.kinds)]
    known = {key: every[place] for key, place in file.places.items()}
    columns = [every[place].column for place in file.order or range(file.width)]
    day = cells.day(known["date"], asked.layout.slashes)
    return {
        "customer": known["customer"].text,
        **_order(known.get("order"), f"hash({known['customer'].text}, {day})", columns),
        "first": every[0].text,
        "total": TOTAL_PATTERN,
        "wanted": _wanted(file, every),
        "day": day,
        "amount": cells.amount(known, asked.layout),
        "optional": "".join(f"{sql}, " for sql in _optional(known, asked)),
        "rows": file.rows_sql,
        "anything": " OR ".join(f"{column} IS NOT NULL" for column in columns),
    }


def _order(order: Cell | None, by_day: str, columns: Sequence[str]) -> dict[str, str]:
    """What stands for the names in `LINES` that have to do with order numbers and with hashes.

    A number that is text is hashed once, for the order and for the whole line; only one that
    differs from its text in the file, or is missing, is hashed again. `by_day` stands for a line
    without: what a customer buys on one day is one order.
    """
    key = f"CASE WHEN order_number IS NULL THEN {by_day} ELSE hash(order_number) END"
    number = order.varied_text if order else "NULL::VARCHAR"
    if order is None or order.kind != "text":
        return {"order": number, "hashed": "", "order_key": key, "cells": ", ".join(columns)}
    once = [column if column != order.column else "order_hash" for column in columns]
    return {
        "order": number,
        "hashed": f", hash({order.column}) AS order_hash",
        "order_key": f"CASE WHEN order_number = {order.column} THEN order_hash ELSE {key} END",
        "cells": ", ".join(once),
    }


def _optional(known: Mapping[str, Cell], asked: Load) -> Iterator[str]:
    """SQL for the columns that only some ledgers have, and for texts that cannot be read."""
    if "name" in known:
        yield f"{known['name'].text} AS name"
    if "currency" in known or asked.layout.named:
        yield f"{cells.currency(known, asked.layout)} AS currency"
    for key in ("cost", "serving"):
        if key in known:
            yield f"{cells.figure(key, known, asked.layout)} AS {key}"
    unread = {
        key: cells.unread(key, known, asked.layout)
        for key in READ_COLUMNS
        if key in known and key in asked.texts
    }
    if unread:
        yield _unread(unread)


def _unread(texts: Mapping[str, str]) -> str:
    """SQL for a map of the texts that cannot be read; NULL in nearly all lines, so it is small."""
    told = ", ".join(f"'{key}': {text}" for key, text in texts.items())
    any_text = f"coalesce({', '.join(texts.values())})"
    return f"CASE WHEN {any_text} IS NOT NULL THEN MAP {{{told}}} END AS unread"


def _wanted(file: File, every: Sequence[Cell]) -> str:
    """SQL for whether a line is one of those that were asked for."""
    listed = {
        place: ", ".join(quoted(text.strip()) for text in texts)
        for place, texts in file.only.items()
    }
    tests = (f"coalesce({every[place].text}, '') IN ({texts})" for place, texts in listed.items())
    return " AND ".join(tests) or "true"


class Rejected(NamedTuple):
    """Lines that are no rows of this table: how many, and where the first of them begin.

    Places are bytes from the beginning of the unpacked file; `undecodable` are those among them
    that are not UTF-8. `countable` is whether records can be counted in the file: not behind a
    stray quote.
    """

    rows: int = 0
    places: tuple[int, ...] = ()
    undecodable: tuple[int, ...] = ()
    countable: bool = True


def rejected(connection: duckdb.DuckDBPyConnection) -> Rejected:
    """What the reader could not take in since the last `load` of a CSV file."""
    # A place may lie on blank lines before the record, which csv_line begins with.
    errors = ask(
        connection,
        """
        SELECT
            line_byte_position - 1
                + length(csv_line) - length(ltrim(csv_line, chr(10) || chr(13))) AS place,
            string_agg(error_type::VARCHAR, ',')
        FROM reject_errors GROUP BY place ORDER BY place
        """,
    )
    places = tuple(int(row[0]) for row in errors[:REPORTED_LINES])
    undecodable = tuple(int(row[0]) for row in errors if "INVALID ENCODING" in str(row[1]))
    countable = not any("UNQUOTED VALUE" in str(row[1]) for row in errors)
    return Rejected(len(errors), places, undecodable[:REPORTED_LINES], countable)
