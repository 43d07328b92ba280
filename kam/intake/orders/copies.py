"""Lines that repeat another line in every cell, in one file or across several."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Executor, Future, wait
from decimal import Decimal
from math import ceil
from string import Template
from typing import NamedTuple, TypeVar

import duckdb
import numpy as np
import numpy.typing as npt
import pyarrow as pa

from kam.intake.orders.entries import ADDS_UP, WANTED, ask

# Hashes that are sorted at a time: 8 bytes each, 160 MB. Lines.
SORTED_AT_A_TIME = 20_000_000

# Hashes that come out of the database at a time: as many as it keeps together itself. Lines.
FETCHED_AT_A_TIME = 122_880

HASHES = Template("SELECT $column FROM (SELECT $column FROM $lines) $kept")

# Of lines that are equal in every cell, all but the first: which line, and which one it repeats.
REPEATS = f"""
INSERT INTO repeats SELECT record, first FROM (
    SELECT rowid AS record,
        first_value(rowid) OVER equal_lines AS first,
        row_number() OVER equal_lines AS place
    FROM lines SEMI JOIN (SELECT unnest($doubled) AS whole) USING (whole)
    WHERE {WANTED} AND NOT {ADDS_UP}
    WINDOW equal_lines AS (PARTITION BY whole ORDER BY rowid)
) WHERE place > 1
"""  # noqa: S608 -- our own conditions

REPEATED = Template("""
SELECT $source AS source, $first AS first_source, count(*), sum(amount)
FROM repeats JOIN entries USING (record) WHERE $which GROUP BY ALL ORDER BY ALL
""")


Hashes = npt.NDArray[np.uint64]
Result = TypeVar("Result")


class Repeated(NamedTuple):
    """Lines of one file that stand before, in the same file or another: how many, their money."""

    source: int
    first_source: int
    rows: int
    amount: Decimal


# What is found in a column of hashes, part by part, while the database goes on with other queries.
Found = Sequence[Future[int]]
Doubled = Sequence[Future[list[int]]]


def doubled_lines(connection: duckdb.DuckDBPyConnection, aside: Executor) -> Doubled:
    """The hashes that several lines have in common, being looked for in `aside`.

    Lines are compared by a hash of 64 bits over all their cells. Sorting hashes costs a fraction
    of grouping them, and leaves few lines to look at.
    """
    return _each(aside, _doubled, _hashes(connection, "whole", "lines"))


def keep_repeats(connection: duckdb.DuckDBPyConnection, doubled: Doubled) -> None:
    """Nothing comes back; table `repeats` holds the lines that repeat an earlier one.

    Table `lines` loses the hashes, which are an eighth of its memory and of no more use.
    """
    connection.execute("CREATE OR REPLACE TABLE repeats (record BIGINT, first BIGINT)")
    hashes = [one for part in doubled for one in part.result()]
    if hashes:
        connection.execute(REPEATS, {"doubled": hashes})
    connection.execute("ALTER TABLE lines DROP COLUMN whole")


def different_orders(connection: duckdb.DuckDBPyConnection, aside: Executor) -> Found:
    """How many different orders the lines that count belong to, being counted in `aside`.

    The parts add up. Without an order number, each day of each customer is an order.
    """
    return _each(aside, _different, _hashes(connection, "order_key", "entries WHERE counts"))


def _hashes(connection: duckdb.DuckDBPyConnection, column: str, lines: str) -> Iterator[Hashes]:
    """The hashes in a column, in parts that fit into memory; equal ones are in one part."""
    rows = ask(connection, "SELECT count(*) FROM lines")[0][0]
    parts = ceil(rows / SORTED_AT_A_TIME) or 1
    for part in range(parts):
        kept = f"WHERE {column} % {parts}::UBIGINT = {part}::UBIGINT" if parts > 1 else ""
        sql = HASHES.substitute(column=column, lines=lines, kept=kept)
        yield _fetched(connection.sql(sql), rows)


def _fetched(answer: duckdb.DuckDBPyRelation, most: int) -> Hashes:
    """A column of at most `most` hashes, in half the time of fetching a whole Arrow table.

    Small batches use the same memory again; what `most` reserves too much is never touched.
    Memory comes from Arrow's pool: NumPy asks for huge pages, and the system may need a fifth of
    a second to find them.
    """
    found, filled = np.frombuffer(pa.allocate_buffer(8 * max(most, 1)), dtype=np.uint64), 0
    for batch in answer.to_arrow_reader(FETCHED_AT_A_TIME):
        found[filled : filled + len(batch)] = np.from_dlpack(batch.column(0))
        filled += len(batch)
    return found[:filled]


def _each(
    aside: Executor, work: Callable[[Hashes], Result], parts: Iterable[Hashes]
) -> list[Future[Result]]:
    """The work on every part, begun; one part is ready before the next but one is fetched."""
    begun: list[Future[Result]] = []
    for part in parts:
        wait(begun[:-1])
        begun.append(aside.submit(work, part))
    return begun


def _doubled(hashes: Hashes) -> list[int]:
    hashes.sort()
    found: list[int] = np.unique(hashes[1:][hashes[1:] == hashes[:-1]]).tolist()
    return found


def _different(hashes: Hashes) -> int:
    hashes.sort()
    return int(np.count_nonzero(hashes[1:] != hashes[:-1])) + min(len(hashes), 1)


def repeated(
    connection: duckdb.DuckDBPyConnection, firsts: Sequence[int], which: str
) -> tuple[Repeated, ...]:
    """The lines in `repeats`, by their file and the file in which they stand first.

    `firsts` are the places in table `lines` at which the files begin; `which` is a condition of
    ours on `entries`.
    """
    if not ask(connection, "SELECT 1 FROM repeats LIMIT 1"):
        return ()
    source, first = _file("record", firsts), _file("first", firsts)
    rows = ask(connection, REPEATED.substitute(source=source, first=first, which=which))
    return tuple(Repeated(one[0], one[1], one[2], one[3] or Decimal(0)) for one in rows)


def _file(record: str, firsts: Sequence[int]) -> str:
    """SQL for the number of the file in which a line stands."""
    later = reversed([*enumerate(firsts)][1:])
    whens = " ".join(f"WHEN {record} >= {first} THEN {number}" for number, first in later)
    return f"CASE {whens} ELSE 0 END" if whens else "0"


def where_words(found: Sequence[Repeated], names: Sequence[str]) -> str:
    """Which file's lines stand in which file before; empty for a ledger of one file."""
    if len(names) < 2:
        return ""
    told = [
        f"{one.rows:,} of {names[one.source]} "
        + (
            "twice in it"
            if one.source == one.first_source
            else f"also in {names[one.first_source]}"
        )
        for one in found
    ]
    more = f", and {len(told) - 5} more such pairs" if len(told) > 5 else ""
    return ": " + ", ".join(told[:5]) + more
