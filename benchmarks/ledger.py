"""An order ledger's measures, against the bare DuckDB aggregation of the same file."""

import tempfile
from pathlib import Path

import duckdb

from benchmarks.timing import Result, side_by_side
from kam.intake.ledger import LedgerColumns, read_ledger

_MADE = """
COPY (
    SELECT
        'SO' || (i // 5) AS order_no,
        DATE '2023-01-01' + CAST(hash(i) % 1000 AS INTEGER) AS order_date,
        'C' || lpad(CAST(hash(i * 7) % 20000 AS VARCHAR), 5, '0') AS customer,
        CAST(hash(i * 13) % 100000 AS DECIMAL(18, 2)) / 100 AS amount,
        CAST(hash(i * 17) % 80000 AS DECIMAL(18, 2)) / 100 AS cost
    FROM range(1000000) lines(i)
) TO '{path}' (HEADER)
"""

_BARE = """
SELECT customer, sum(amount), sum(cost), count(*), max(order_date), count(DISTINCT order_no),
       sum(amount) FILTER (order_date > DATE '2024-09-26'),
       sum(amount) FILTER (order_date <= DATE '2024-09-26'
                           AND order_date > DATE '2023-09-26')
FROM read_csv('{path}', header = true, columns = {{
    'order_no': 'VARCHAR', 'order_date': 'DATE', 'customer': 'VARCHAR',
    'amount': 'DECIMAL(18, 4)', 'cost': 'DECIMAL(18, 4)'}})
GROUP BY customer
"""


def results() -> list[Result]:
    """A million lines as CSV: everything that the wizard shows, against one query."""
    columns = LedgerColumns("customer", "order_date", "amount", cost="cost", order="order_no")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "ledger.csv"
        with duckdb.connect() as connection:
            connection.execute(_MADE.format(path=path))

        def bare() -> object:
            with duckdb.connect() as connection:
                connection.execute("SET threads = 2")
                return connection.execute(_BARE.format(path=path)).fetchall()

        ours, floor = side_by_side(lambda: read_ledger(path, columns), bare, rounds=3)
    return [Result("ledger of 1,000,000 lines, CSV: measures and every remark",
                   "one bare DuckDB query", ours, floor, 1.3)]  # fmt: skip
