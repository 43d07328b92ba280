"""The SQL of the ledger: order lines read once into a typed table, then asked a few questions.

Every value arrives as text. Plain ISO dates and plain decimals are cast while the file is read;
only where that fails is the text kept, looked at, and the file read again with the layout it
really has. Money is DECIMAL from the file to the answer, so sums are exact: amounts keep four
decimals, quantity times price eight.

The connection lives in memory and can read the one file and nothing else: no network, no
extensions, no other path, no way to change that (`allowed_paths`, `enable_external_access`,
`lock_configuration`).
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from string import Template
from typing import Any, NamedTuple

import duckdb

from kam.errors import Unreadable
from kam.intake.figures import Decision, decision, sql_figure

# Room for about ten million lines; beyond it the database spills into its temporary folder.
MEMORY = "1GB"
THREADS = 2

# A line longer than this is no order line. Bytes.
LONGEST_LINE = 4_000_000

# Different texts that are looked at to settle a column's decimal mark.
TEXTS_LOOKED_AT = 20_000

# Rejected lines whose numbers are reported.
REPORTED_LINES = 20

# Earlier years in a ledger are typing errors or codes.
FIRST_YEAR = 1900

LOAD = Template("""
CREATE OR REPLACE TABLE lines AS
SELECT
    nullif(trim($customer), '') AS customer,
    nullif(trim($name), '') AS name,
    nullif(trim($order), '') AS order_number,
    nullif(trim($currency), '') AS currency,
    CASE WHEN nullif(trim($customer), '') IS NULL THEN trim($first) END AS first_cell,
    $day AS day,
    $amount AS amount,
    $cost AS cost,
    CASE WHEN $day IS NULL THEN nullif(trim($day_text), '') END AS day_text,
    $amount_texts,
    CASE WHEN $cost IS NULL THEN nullif(trim($cost_text), '') END AS cost_text,
    hash($cells) AS whole
FROM read_csv(
    $path, delim = $delimiter, header = false, skip = $skip, quote = '"', escape = '"',
    auto_detect = false, compression = $compression, columns = $columns, store_rejects = true,
    rejects_limit = 0, max_line_size = $longest
)
WHERE coalesce($cells) IS NOT NULL
""")

# The fate of a line; the order of the reasons decides for a line with several.
ENTRIES = Template("""
CREATE OR REPLACE VIEW entries AS
SELECT * REPLACE ($customer AS customer), rowid AS record, CASE
    WHEN customer IS NULL AND day IS NULL
        AND regexp_matches(lower(first_cell), '^(grand )?(total|sum|summe|gesamt)') THEN 'total'
    WHEN customer IS NULL THEN 'customer'
    WHEN day IS NULL THEN 'date'
    WHEN amount IS NULL THEN 'amount'
    WHEN day > DATE '$limit' THEN 'future'
    ELSE 'kept'
END AS fate
FROM lines
""")

MEASURE_SQL = """
SELECT
    customer,
    max(name),
    sum(amount),
    coalesce(sum(amount) FILTER (day > $start), 0),
    coalesce(sum(amount) FILTER (day > $before AND day <= $start), 0),
    sum(cost) FILTER (day > $start),
    count(*) FILTER (day > $start AND cost IS NULL),
    count(DISTINCT coalesce(order_number, day::VARCHAR)) FILTER (day > $start),
    min(day),
    max(day),
    count(*)
FROM entries
WHERE fate = 'kept'
GROUP BY customer
ORDER BY customer
"""

YEARS_SQL = """
SELECT year(day), sum(amount), sum(cost), count(*) FILTER (cost IS NULL), count(*)
FROM entries WHERE fate = 'kept' GROUP BY ALL ORDER BY ALL
"""

SPAN_SQL = """
SELECT
    min(day), max(day), count(DISTINCT customer),
    count(DISTINCT coalesce(order_number, day::VARCHAR))
FROM entries WHERE fate = 'kept'
"""

LEFT_OUT_SQL = """
SELECT fate, count(*), sum(amount) FROM entries WHERE fate <> 'kept' GROUP BY fate
"""

PLACES_SQL = """
SELECT record FROM entries WHERE fate = $fate ORDER BY record LIMIT $most
"""

NOTICED_SQL = """
SELECT
    count(*) FILTER (amount < 0), sum(amount) FILTER (amount < 0),
    count(*) FILTER (amount = 0),
    count(*) FILTER (cancels AND amount <= 0), sum(amount) FILTER (cancels AND amount <= 0),
    count(*) FILTER (cancels AND amount > 0),
    count(*) FILTER (cost IS NULL)
FROM (
    SELECT *, regexp_matches(order_number, '^C[0-9]') AS cancels
    FROM entries WHERE fate <> 'total'
)
"""

DUPLICATES_SQL = """
SELECT sum(copies - 1), sum((copies - 1) * amount)
FROM (
    SELECT count(*) AS copies, any_value(amount) AS amount
    FROM entries GROUP BY whole HAVING copies > 1
)
"""

CURRENCIES_SQL = """
SELECT currency, count(*), sum(amount) FROM entries
WHERE currency IS NOT NULL GROUP BY currency ORDER BY count(*) DESC, currency
"""

Cells = tuple[Any, ...]


class CsvFile(NamedTuple):
    """A CSV file in UTF-8 that the database can read.

    `skip` is the number of lines above the first row, `width` the number of cells in a row,
    `places` maps our columns (customer, date, amount ...) to cell numbers from 0.
    """

    path: Path
    compressed: bool
    delimiter: str
    skip: int
    width: int
    places: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Layout:
    """How the cells of this ledger are written; the default is ISO dates and plain decimals."""

    slashes: str = ""
    figures: Mapping[str, Decision] = field(default_factory=dict)


@contextmanager
def connected(path: Path, folder: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """A database in memory that can read `path`, spill into `folder`, and do nothing else."""
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
        connection.execute(f"SET allowed_paths = [{quoted(str(path))}]")
        connection.execute("SET enable_external_access = false")
        connection.execute("SET lock_configuration = true")
        yield connection
    finally:
        connection.close()


def quoted(text: str) -> str:
    """The text as an SQL literal."""
    return "'" + text.replace("'", "''") + "'"


def load(connection: duckdb.DuckDBPyConnection, source: CsvFile, layout: Layout) -> None:
    """Nothing comes back; table `lines` holds the file's rows, typed as the layout says.

    Raises:
        Unreadable: the file is not a table of that width at all.
    """
    for rejects in ("reject_errors", "reject_scans"):
        connection.execute(f"DROP TABLE IF EXISTS {rejects}")
    try:
        connection.execute(LOAD.substitute(_expressions(source, layout)))
    except duckdb.Error as error:
        message = (
            f"We could not read {source.path.name}: it is not a table that we can follow from "
            "line to line. Export it again as CSV UTF-8."
        )
        raise Unreadable(message) from error


def _expressions(source: CsvFile, layout: Layout) -> dict[str, str | int]:
    cell = {key: f"c{place}" for key, place in source.places.items()}
    cells = [f"c{place}" for place in range(source.width)]
    amount, amount_texts = _amount(cell, layout)
    return {
        "customer": cell["customer"],
        "name": cell.get("name", "NULL"),
        "order": cell.get("order", "NULL"),
        "currency": cell.get("currency", "NULL"),
        "first": cells[0],
        "day": _day(cell["date"], layout.slashes),
        "day_text": cell["date"],
        "amount": amount,
        "amount_texts": amount_texts,
        "cost": _figure("cost", cell, layout),
        "cost_text": cell.get("cost", "NULL::VARCHAR"),
        "cells": ", ".join(cells),
        "path": quoted(str(source.path)),
        "delimiter": quoted(source.delimiter),
        "skip": source.skip,
        "compression": quoted("gzip" if source.compressed else "none"),
        "columns": "{" + ", ".join(f"{one}: 'VARCHAR'" for one in cells) + "}",
        "longest": LONGEST_LINE,
    }


def _amount(cell: Mapping[str, str], layout: Layout) -> tuple[str, str]:
    """The expression for a line's money, and those for the texts that could not be read."""
    keys = ["amount"] if "amount" in cell else ["quantity", "unit_price"]
    figures = {key: _figure(key, cell, layout) for key in keys}
    texts = ", ".join(
        f"CASE WHEN {figures[key]} IS NULL THEN nullif(trim({cell[key]}), '') END AS {key}_text"
        for key in keys
    )
    return " * ".join(figures.values()), texts


def _figure(key: str, cell: Mapping[str, str], layout: Layout) -> str:
    if key not in cell:
        return "NULL::DECIMAL(18, 4)"
    plain = f"TRY_CAST({cell[key]} AS DECIMAL(18, 4))"
    found = layout.figures.get(key)
    if found is None:
        return plain
    written = sql_figure(cell[key], found.mark)
    return f"coalesce({plain}, {written})" if found.mark == "." else written


def _day(cell: str, slashes: str) -> str:
    """The date in a cell: ISO, or also 20131129, Excel's day number, and one order of slashes."""
    iso = f"TRY_CAST({cell} AS DATE)"
    iso = f"CASE WHEN year({iso}) BETWEEN {FIRST_YEAR} AND 9998 THEN {iso} END"
    if not slashes:
        return iso
    return f"coalesce({iso}, {_compact(cell)}, {_serial(cell)}, {slashed(cell, slashes)})"


def _compact(cell: str) -> str:
    return f"TRY_STRPTIME(nullif(regexp_extract({cell}, '^\\d{{8}}$'), ''), '%Y%m%d')::DATE"


def _serial(cell: str) -> str:
    """Excel counts days from 1899-12-30; five digits reach from 1927 to 2173."""
    return (
        f"DATE '1899-12-30' + TRY_CAST(regexp_extract({cell}, '^(\\d{{5}})(\\.\\d+)?$', 1) AS INT)"
    )


def slashed(cell: str, order: str) -> str:
    """The SQL date in a cell such as 29.12.2010, 12/29/10 or 29-12-2010 08:26.

    `order` is "day" or "month": which of the two comes first. A dotted date begins with the day.
    """
    pattern = r"^\s*(\d{1,2}[./-]\d{1,2}[./-](\d{4}|\d{2}))([T ,].*)?$"
    head = f"regexp_extract({cell}, '{pattern}', 1)"
    plain = f"translate({head}, './', '--')"
    day = f"TRY_STRPTIME({plain}, ['%d-%m-%y', '%d-%m-%Y'])::DATE"
    month = f"TRY_STRPTIME({plain}, ['%m-%d-%y', '%m-%d-%Y'])::DATE"
    return day if order == "day" else f"CASE WHEN contains({head}, '.') THEN {day} ELSE {month} END"


def ask(connection: duckdb.DuckDBPyConnection, sql: str, **given: date | str | int) -> list[Cells]:
    """All rows of the answer."""
    return connection.execute(sql, given or None).fetchall()


def slash_orders(connection: duckdb.DuckDBPyConnection) -> tuple[int, int, int]:
    """Of the dates that are not ISO: readable only day first, only month first, and either way."""
    day, month = slashed("day_text", "day"), slashed("day_text", "month")
    counts = ask(
        connection,
        Template("""
        SELECT
            count(*) FILTER ($day IS NOT NULL AND $month IS NULL),
            count(*) FILTER ($month IS NOT NULL AND $day IS NULL),
            count(*) FILTER ($day <> $month)
        FROM lines WHERE day_text IS NOT NULL
        """).substitute(day=day, month=month),
    )
    only_day, only_month, either = counts[0]
    return int(only_day), int(only_month), int(either)


def written_figures(connection: duckdb.DuckDBPyConnection, key: str, name: str) -> Decision | None:
    """What a money column that is not plain says about its decimal mark; None if it is plain."""
    sql = Template("""
    SELECT $text FROM lines WHERE $text IS NOT NULL
    GROUP BY $text ORDER BY min(rowid) LIMIT $most
    """).substitute(text=f"{key}_text", most=TEXTS_LOOKED_AT)
    texts = [str(row[0]) for row in ask(connection, sql)]
    return decision(name, texts) if texts else None


def judge(connection: duckdb.DuckDBPyConnection, limit: date) -> bool:
    """Whether ids lost a ".0" that all of them had; view `entries` knows every line's fate then.

    Lines later than `limit` are left out.
    """
    other = "SELECT 1 FROM lines WHERE NOT regexp_full_match(customer, '[0-9]+\\.0') LIMIT 1"
    any_id = "SELECT 1 FROM lines WHERE customer IS NOT NULL LIMIT 1"
    whole_ids = not ask(connection, other) and bool(ask(connection, any_id))
    customer = "left(customer, -2)" if whole_ids else "customer"
    connection.execute(ENTRIES.substitute(customer=customer, limit=limit.isoformat()))
    return whole_ids


class Rejected(NamedTuple):
    """Lines that are no rows of this table: how many, and where the first of them begin.

    Places are bytes from the beginning of the unpacked file; `undecodable` are those among them
    that are not UTF-8. `countable` is whether records can be counted in the file: not behind a
    stray quote.
    """

    rows: int
    places: tuple[int, ...]
    undecodable: tuple[int, ...]
    countable: bool


def rejected(connection: duckdb.DuckDBPyConnection) -> Rejected:
    """What the reader could not take in since the last `load`."""
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
