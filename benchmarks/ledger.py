"""An order ledger's measures, against the bare DuckDB aggregation of the same file.

    python -m benchmarks.ledger                  10 million lines, CSV and Parquet, and other tools
    python -m benchmarks.ledger 100000000        by hand: one reading of 100 million lines

The bare query computes by customer what the measures need and nothing else: no line is judged,
no copy is looked for, orders are not counted over all customers, and the types are known
beforehand. Memory is the highest of a process that does only this.
"""

import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from itertools import pairwise
from pathlib import Path
from string import Template

import duckdb

from benchmarks.timing import Result, side_by_side
from kam.intake.orders import entries
from kam.intake.orders.ledger import read_ledger
from kam.model import LedgerChoices

LINES, CUSTOMERS, DAYS = 10_000_000, 20_000, 1_095
KINDS = ("csv", "parquet")

COLUMNS = {
    "customer": "customer",
    "date": "order_date",
    "amount": "amount",
    "cost": "cost",
    "order": "order_no",
}

_MADE = Template("""
COPY (
    SELECT
        'SO' || (i // 4) AS order_no,
        DATE '2023-01-01' + CAST(hash(i // 4) % $days AS INTEGER) AS order_date,
        'C' || lpad(CAST(hash(i // 4 + 1) % $customers AS VARCHAR), 5, '0') AS customer,
        'P' || hash(i + 3) % 500 AS product,
        CAST(hash(i * 13) % 100000 AS DECIMAL(18, 2)) / 100 AS amount,
        CAST(hash(i * 17) % 80000 AS DECIMAL(18, 2)) / 100 AS cost
    FROM range($lines) lines(i)
) TO '$path'
""")

_BARE = Template("""
SELECT customer, sum(amount), sum(cost), count(*), min(order_date), max(order_date),
    sum(amount) FILTER (order_date > DATE '2024-12-30'),
    sum(cost) FILTER (order_date > DATE '2024-12-30'),
    sum(amount) FILTER (order_date > DATE '2023-12-30' AND order_date <= DATE '2024-12-30'),
    sum(amount) FILTER (order_date > DATE '2021-12-30' AND order_date <= DATE '2022-12-30'),
    count(*) FILTER (cost IS NULL AND order_date > DATE '2024-12-30'),
    count(DISTINCT order_no) FILTER (order_date > DATE '2024-12-30'),
    bit_count(bit_or(1 << month(order_date)) FILTER (order_date > DATE '2024-12-30')),
    $years,
    $quarters
FROM $source GROUP BY customer
""")

_TYPES = (
    "columns = {'order_no': 'VARCHAR', 'order_date': 'DATE', 'customer': 'VARCHAR', "
    "'product': 'VARCHAR', 'amount': 'DECIMAL(18, 4)', 'cost': 'DECIMAL(18, 4)'}"
)

# The same by customer, as somebody would write it with another tool; floats instead of decimals.
_PANDAS = """
import sys, pandas as pd
path = sys.argv[1]
lines = pd.read_csv(path) if path.endswith(".csv") else pd.read_parquet(path)
lines["order_date"] = pd.to_datetime(lines["order_date"])
lines["amount"], lines["cost"] = lines["amount"].astype(float), lines["cost"].astype(float)
recent = lines[lines.order_date > "2024-12-30"]
before = lines[(lines.order_date > "2023-12-30") & (lines.order_date <= "2024-12-30")]
lines.groupby("customer").agg(revenue=("amount", "sum"), cost=("cost", "sum"),
    lines=("amount", "size"), first=("order_date", "min"), last=("order_date", "max"))
recent.groupby("customer").agg(revenue=("amount", "sum"), cost=("cost", "sum"),
    orders=("order_no", "nunique"))
before.groupby("customer").amount.sum()
lines.groupby(["customer", lines.order_date.dt.to_period("Q")]).amount.sum()
"""

_POLARS = """
import sys, polars as pl
from datetime import date
path = sys.argv[1]
lines = pl.scan_csv(path, try_parse_dates=True) if path.endswith(".csv") else pl.scan_parquet(path)
day, amount, cost = pl.col("order_date"), pl.col("amount"), pl.col("cost")
recent = day > date(2024, 12, 30)
before = (day > date(2023, 12, 30)) & (day <= date(2024, 12, 30))
quarters = [amount.filter((day.dt.year() == year) & (day.dt.quarter() == quarter)).sum()
            .alias(f"q{year}{quarter}") for year in (2024, 2025) for quarter in (1, 2, 3, 4)]
lines.group_by("customer").agg(amount.sum(), cost.sum().alias("c"), pl.len().alias("n"),
    day.min().alias("first"), day.max().alias("last"), amount.filter(recent).sum().alias("now"),
    cost.filter(recent).sum().alias("cnow"), amount.filter(before).sum().alias("then"),
    pl.col("order_no").filter(recent).n_unique().alias("orders"), *quarters,
).collect(engine="streaming")
"""


def results() -> list[Result]:
    """Ten million lines as CSV and as Parquet: all that the wizard shows, against one query.

    With a million the ratios are about 1.3 and 2.6: what 20,000 customers cost then weighs ten
    times more, and both take less than a second.
    """
    return [_result(kind, LINES) for kind in KINDS]


def _result(kind: str, lines: int) -> Result:
    with _made(lines, kind) as path:
        ours, floor = side_by_side(partial(_ours, path), partial(_bare, path), rounds=3)
    name = f"ledger of {lines:,} lines, {kind}: measures and every remark"
    return Result(name, "one bare DuckDB query", ours, floor, 1.3)


@contextmanager
def _made(lines: int, kind: str) -> Iterator[Path]:
    """A file with an invented ledger, for as long as it is needed."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"ledger.{kind}"
        # Made by another process: a process begins with the highest memory of its parent.
        subprocess.run(
            [sys.executable, "-m", "benchmarks.ledger", "--make", str(lines), str(path)], check=True
        )
        yield path


def _make(lines: int, path: Path) -> None:
    made = _MADE.substitute(lines=lines, customers=CUSTOMERS, days=DAYS, path=path)
    with duckdb.connect() as connection:
        connection.execute(made)


def _ours(path: Path) -> object:
    return read_ledger(path, LedgerChoices(columns=COLUMNS))


def _bare(path: Path) -> object:
    csv = f"read_csv('{path}', header = true, {_TYPES})"
    source = csv if path.suffix == ".csv" else f"read_parquet('{path}')"
    years = ", ".join(
        f"sum(amount) FILTER (year(order_date) = {year})" for year in (2023, 2024, 2025)
    )
    edges = [f"DATE '2025-12-30' - INTERVAL {3 * count} MONTH" for count in range(9)]
    quarters = ", ".join(
        f"sum(amount) FILTER (order_date > {begin} AND order_date <= {end})"
        for end, begin in pairwise(edges)
    )
    with duckdb.connect(config={"threads": entries.THREADS}) as connection:
        sql = _BARE.substitute(years=years, quarters=quarters, source=source)
        return connection.execute(sql).fetchall()


def _tools(path: Path) -> dict[str, list[str]]:
    """What is measured in a process of its own: its name and its command."""
    own = [sys.executable, "-m", "benchmarks.ledger"]
    polars = ["uv", "run", "-q", "--no-project", "--with", "polars", "python", "-c", _POLARS]
    return {
        "DuckDB, one bare query": [*own, "--bare", str(path)],
        "Keyroom, measures and every remark": [*own, "--ours", str(path)],
        "pandas": [sys.executable, "-c", _PANDAS, str(path)],
        "polars, streaming": [*polars, str(path)],
    }


def _child(command: Sequence[str]) -> tuple[float, float]:
    """Seconds, and megabytes at most, of a process that does one thing.

    Raises:
        OSError: there is no such program.
        ChildProcessError: it failed.
    """
    start = time.perf_counter()
    process = subprocess.Popen(command)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise ChildProcessError(process.returncode)
    return time.perf_counter() - start, usage.ru_maxrss / 1024


def _compare(kind: str, lines: int) -> None:
    """Print seconds and memory of every tool as a process of its own."""
    with _made(lines, kind) as path:
        print(f"{lines:,} lines, {kind}, {path.stat().st_size / 1e6:,.0f} MB")
        for name, command in _tools(path).items():
            try:
                seconds, memory = _child(command)
                print(f"  {name:40} {seconds:7.2f} s {memory:8,.0f} MB")
            except OSError:
                print(f"  {name:40} left out: it is not here, or it did not finish")


def _by_hand(lines: int) -> None:
    """Print time and memory of one reading, in a process that has 2 GB to stay under."""
    with _made(lines, "parquet") as path:
        start = time.perf_counter()
        _ours(path)
        seconds = time.perf_counter() - start
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{lines:,} lines, parquet: {seconds:.1f} s, {memory:,.0f} MB at most")


def main(arguments: Sequence[str]) -> None:
    """The comparison, one reading by hand, or what a process of its own does."""
    if arguments[:1] == ["--make"]:
        _make(int(arguments[1]), Path(arguments[2]))
    elif arguments[:1] == ["--ours"]:
        _ours(Path(arguments[1]))
    elif arguments[:1] == ["--bare"]:
        _bare(Path(arguments[1]))
    elif arguments:
        _by_hand(int(arguments[0]))
    else:
        for kind in KINDS:
            _compare(kind, LINES)
        for found in results():
            print(f"{found.name}: {found.ours / 1e3:.2f} s against {found.floor / 1e3:.2f} s "
                  f"of {found.against}, ratio {found.ratio:.2f}")  # fmt: skip


if __name__ == "__main__":
    main(sys.argv[1:])
