"""A Parquet file as a ledger: its columns, what they hold, and its first rows as texts."""

from pathlib import Path
from typing import NamedTuple

import duckdb

from kam.errors import Unreadable
from kam.intake.orders.cells import CellKind
from kam.intake.orders.entries import ask, connected
from kam.intake.orders.sources import ParquetFile, quoted
from kam.intake.tables.files import Table

# Types that DuckDB gives to columns, by how they begin.
DATES = ("DATE", "TIMESTAMP")
NUMBERS = ("DECIMAL", "DOUBLE", "FLOAT", "TINYINT", "SMALLINT", "INTEGER", "BIGINT", "HUGEINT",
           "UTINYINT", "USMALLINT", "UINTEGER", "UBIGINT", "UHUGEINT")  # fmt: skip
TEXT, BINARY, ZONED = "VARCHAR", "BLOB", "WITH TIME ZONE"


def is_parquet(head: bytes) -> bool:
    """Whether a file begins like a Parquet file."""
    return head.startswith(b"PAR1")


class Parquet(NamedTuple):
    """A Parquet file as the database reads it, its first rows as texts, and how many it has."""

    file: ParquetFile
    sample: Table
    rows: int


def parquet_in(name: str, path: Path, folder: Path, most_rows: int) -> Parquet:
    """The Parquet file at `path`; `most_rows` of it are the sample to choose columns from.

    Raises:
        Unreadable: the file is damaged, or it has no rows.
    """
    with connected([path], folder) as connection:
        try:
            described = ask(connection, f"DESCRIBE FROM read_parquet({quoted(str(path))})")
            columns = tuple(str(row[0]) for row in described)
            types = [str(row[1]) for row in described]
            file = ParquetFile(
                path,
                columns,
                tuple(map(_kind, types)),
                {},
                binary=frozenset(at for at, one in enumerate(types) if one == BINARY),
                zoned=frozenset(at for at, one in enumerate(types) if one.endswith(ZONED)),
            )
            cells = ", ".join(f"CAST(c{at} AS VARCHAR)" for at in range(len(columns)))
            rows = ask(connection, f"SELECT {cells} FROM {file.rows_sql} LIMIT {most_rows}")  # noqa: S608 -- our own names of columns
            count = ask(connection, f"SELECT count(*) FROM {file.rows_sql}")[0][0]  # noqa: S608 -- our own names of columns
        except duckdb.Error as error:
            message = f"We could not read {name}: the Parquet file is damaged. Export it again."
            raise Unreadable(message) from error
    if not rows:
        message = f"We found no rows below the column names in {name}. Export it with its rows."
        raise Unreadable(message)
    texts = tuple(tuple(cell or "" for cell in row) for row in rows)
    sample = Table(name, columns, texts, tuple(range(1, len(texts) + 1)), header_line=0)
    return Parquet(file, sample, int(count))


def _kind(sql_type: str) -> CellKind:
    if sql_type in {TEXT, BINARY}:
        return "text"
    if sql_type.endswith("]"):
        return "other"
    if sql_type.startswith(DATES):
        return "date"
    return "number" if sql_type.startswith(NUMBERS) else "other"
