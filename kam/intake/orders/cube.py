"""Sums of the lines that count, by customer, quarter back from the end and calendar year.

One pass over the lines makes this small cube. Every measure is a sum over cells of it.
"""

from collections.abc import Collection
from string import Template

import duckdb

from kam.intake.orders.measures import Span

# Quarters that the cube tells apart: four years. Earlier lines share the last place.
CUBE_QUARTERS = 16

CALENDAR = """
CREATE OR REPLACE TABLE calendar AS
WITH days AS (
        SELECT unnest(generate_series($first::DATE, $end::DATE, INTERVAL 1 DAY))::DATE AS day
    ),
    edges AS (SELECT unnest($edges) AS edge)
SELECT day, (count(*) - 1)::UTINYINT AS quarter, year(day)::SMALLINT AS year,
    (1 << month(day))::USMALLINT AS month,
    dense_rank() OVER (ORDER BY year, quarter)::USMALLINT AS period
FROM days JOIN edges ON edge >= day GROUP BY day
"""

# Lines are grouped by one number for quarter and year, in half the time that two would take.
CUBE = Template("""
CREATE OR REPLACE TABLE cube AS
WITH sums AS (
    SELECT customer, period, $names, sum(amount) AS revenue, $cost, $serving,
        count(*) AS lines, min(day) AS first, max(day) AS last, bit_or(month) AS months
    FROM entries JOIN calendar USING (day)
    WHERE counts GROUP BY customer, period
)
SELECT sums.*, quarter, year
FROM sums JOIN (SELECT DISTINCT period, quarter, year FROM calendar) USING (period)
""")

# Any name, and whether there are several: hashes are compared in a fraction of the time of texts.
NAMES = "any_value(name) AS name, min(hash(name)) AS least, max(hash(name)) AS most"
NO_NAMES = "NULL::VARCHAR AS name, 0::UBIGINT AS least, 0::UBIGINT AS most"

# Sums that only some ledgers need, and what stands for them in the others, without the work.
COST_SUMS = """
    sum(cost) AS cost, count(cost) AS costed,
    sum(amount) - coalesce(sum(amount) FILTER (cost IS NULL), 0) AS costed_revenue
"""
NO_COST_SUMS = """
    0::DECIMAL(38, 4) AS cost, 0 AS costed, 0::DECIMAL(38, 4) AS costed_revenue
"""
SERVING_SUMS = "sum(serving) AS serving, count(serving) AS served"
NO_SERVING_SUMS = "0::DECIMAL(38, 4) AS serving, 0 AS served"


def build_cube(connection: duckdb.DuckDBPyConnection, span: Span, columns: Collection[str]) -> None:
    """Nothing comes back; table `cube` holds sums by customer, quarter and year.

    `columns` are our names of the columns that the ledger has; nothing else is summed.
    """
    edges = [span.back(3 * count) for count in range(CUBE_QUARTERS + 1)]
    connection.execute(CALENDAR, {"first": span.first, "end": span.end, "edges": edges})
    names = NAMES if "name" in columns else NO_NAMES
    cost = COST_SUMS if "cost" in columns else NO_COST_SUMS
    serving = SERVING_SUMS if "serving" in columns else NO_SERVING_SUMS
    connection.execute(CUBE.substitute(names=names, cost=cost, serving=serving))
