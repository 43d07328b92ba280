"""What each customer bought, added up from the cube of sums by customer, quarter and year.

Money stays exact; only ratios are floats.

Windows: the last twelve months are (end - 1 year, end], the twelve before (end - 2 years,
end - 1 year]; quarters are the three months to the end, the three before, and so on. Months back
from the last day of a month end on last days of months.
"""

from calendar import monthrange
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import NamedTuple

import duckdb
import numpy as np

from kam.intake.orders.entries import Cells, ask

# A ledger that begins this many days after a window does still covers it: a year may begin with
# holidays. Days.
LATE_BEGINNING = 7

# Quarters that volatility looks at, and fewer than which it says nothing: two years, one year.
QUARTERS, FEWEST_QUARTERS = 8, 4

# In the order of `Measures` behind the customer. Money as text: making decimals of it is quicker
# than taking decimals from the database.
MEASURES_SQL = """
WITH orders AS (
    SELECT customer, count(*) AS orders FROM (
        SELECT DISTINCT customer, order_key FROM entries WHERE counts AND day > $start
    ) GROUP BY customer
), sums AS (
    SELECT customer, any_value(name) AS name, sum(revenue) AS revenue,
        coalesce(sum(revenue) FILTER (quarter < 4), 0) AS now,
        coalesce(sum(revenue) FILTER (quarter BETWEEN 4 AND 7), 0) AS before,
        coalesce(sum(revenue) FILTER (quarter BETWEEN 12 AND 15), 0) AS long_before,
        coalesce(sum(revenue) FILTER (quarter = 0), 0) AS season,
        coalesce(sum(revenue) FILTER (quarter = 4), 0) AS season_before,
        coalesce(sum(cost) FILTER (quarter < 4), 0) AS cost,
        coalesce(sum(lines - costed) FILTER (quarter < 4), 0) AS costless,
        coalesce(sum(serving) FILTER (quarter < 4), 0) AS serving,
        coalesce(sum(lines - served) FILTER (quarter < 4), 0) AS unserved,
        coalesce(any_value(orders), 0) AS orders,
        coalesce(bit_count(bit_or(months) FILTER (quarter < 4)), 0) AS months,
        min(first) AS first, max(last) AS last, sum(lines)::BIGINT AS lines
    FROM cube LEFT JOIN orders USING (customer) GROUP BY customer
), margins AS (
    SELECT *, CASE WHEN $has_cost AND costless = 0 THEN now - cost END AS margin,
        sum(revenue) OVER () AS whole
    FROM sums
)
SELECT customer, coalesce(name, ''), revenue::VARCHAR, now::VARCHAR, before::VARCHAR,
    CASE WHEN before > 0 THEN 100 * (now - before)::DOUBLE / before::DOUBLE END,
    CASE WHEN $covers_four_years AND now > 0 AND long_before > 0
        THEN 100 * (cbrt(now::DOUBLE / long_before::DOUBLE) - 1) END,
    margin::VARCHAR,
    CASE WHEN now > 0 THEN 100 * margin::DOUBLE / now::DOUBLE END,
    CASE WHEN $has_serving AND unserved = 0 THEN serving::VARCHAR END,
    CASE WHEN $covers_year_before AND season_before > 0
        THEN 100 * (season - season_before)::DOUBLE / season_before::DOUBLE END,
    $end::DATE - last, orders, $end::DATE - first, months, first, last, lines,
    CASE WHEN whole > 0 THEN 100 * revenue::DOUBLE / whole::DOUBLE END
FROM margins ORDER BY customer
"""

QUARTERS_SQL = """
SELECT quarter, sum(revenue)::DOUBLE AS revenue, place
FROM cube JOIN (
    SELECT customer, row_number() OVER (ORDER BY customer) - 1 AS place
    FROM cube GROUP BY customer
) USING (customer)
WHERE quarter < $quarters GROUP BY place, quarter
"""


@dataclass(frozen=True, slots=True)
class Measure:
    """A measure that a criterion can use: its key in `Measures`, label, unit and period."""

    key: str
    label: str
    unit: str
    period_words: str


ALL_DATES = "all dates in the ledger"
LAST_YEAR = "the 12 months to the end"

MEASURES = (
    Measure("revenue", "Revenue", "money", ALL_DATES),
    Measure("revenue_12m", "Revenue in the last 12 months", "money", LAST_YEAR),
    Measure(
        "revenue_prior_12m", "Revenue in the 12 months before", "money", "the 12 months before"
    ),
    Measure("growth_pct", "Growth of revenue", "%", "the last 12 months against the 12 before"),
    Measure(
        "cagr_3y_pct", "Growth a year over three years", "% a year",
        "the last 12 months against the 12 that ended three years before",
    ),
    Measure("gross_margin", "Gross margin in the last 12 months", "money", LAST_YEAR),
    Measure("margin_pct", "Margin", "% of revenue", LAST_YEAR),
    Measure("cost_to_serve", "Cost to serve in the last 12 months", "money", LAST_YEAR),
    Measure(
        "volatility_pct", "Volatility of revenue by quarter", "% of the mean quarter",
        "up to eight quarters to the end",
    ),
    Measure(
        "yoy_quarter_pct", "Growth of the last quarter on the year before", "%",
        "the last 3 months against the same 3 a year before",
    ),
    Measure("recency_days", "Days since the last order", "days", "up to the end"),
    Measure("orders_12m", "Orders in the last 12 months", "orders", LAST_YEAR),
    Measure("tenure_days", "Days since the first order", "days", "up to the end"),
    Measure("active_months", "Months with orders, of the last 12", "months", LAST_YEAR),
    Measure("lines", "Order lines", "lines", ALL_DATES),
    Measure("share_of_revenue_pct", "Share of our revenue", "%", ALL_DATES),
)  # fmt: skip


class Measures(NamedTuple):
    """What one customer bought. Money is exact and in the ledger's currency, or the workshop's.

    Attributes:
        name: the one that most of its lines have; "" if it has none in the ledger.
        revenue: sum of all lines that count, money; may be negative.
        revenue_12m: of the last twelve months, money; 0 if nothing was bought.
        revenue_prior_12m: of the twelve months before, money.
        growth_pct: 100 x (last - before) / before, %; None where before is not above zero.
        cagr_3y_pct: 100 x ((last / then) ^ (1/3) - 1), % a year, where then are the twelve months
            that ended three years before the end; None where either is not above zero, or the
            ledger does not reach back four years.
        gross_margin: revenue minus cost of the last twelve months, money; None where a line of
            them has no cost.
        margin_pct: 100 x gross margin / revenue of the last twelve months, %; None where the
            margin is unknown or the revenue is not above zero.
        cost_to_serve: of the last twelve months, money; None where a line of them has none.
        volatility_pct: 100 x sample standard deviation / mean of the revenue of the last eight
            quarters, %, 0 or more; None where the mean is not above zero, or the ledger covers
            fewer than four quarters. Of five to seven it takes those.
        yoy_quarter_pct: 100 x (last - before) / before for the last three months and the same
            three a year before, %: seasons cancel out; None where before is not above zero, or
            the ledger does not cover it.
        recency_days: from the last line to the end, days, 0 or more.
        orders_12m: different order numbers of the last twelve months; days for lines without.
        tenure_days: from the first line to the end, days, 0 or more.
        active_months: calendar months with a line among the last twelve, 0 to 12.
        first_order: date of the first line that counts.
        last_order: date of the last line that counts.
        lines: lines that count.
        share_of_revenue_pct: 100 x revenue / revenue of all, %; None where that is not above zero.
    """

    name: str
    revenue: Decimal
    revenue_12m: Decimal
    revenue_prior_12m: Decimal
    growth_pct: float | None
    cagr_3y_pct: float | None
    gross_margin: Decimal | None
    margin_pct: float | None
    cost_to_serve: Decimal | None
    volatility_pct: float | None
    yoy_quarter_pct: float | None
    recency_days: int
    orders_12m: int
    tenure_days: int
    active_months: int
    first_order: date
    last_order: date
    lines: int
    share_of_revenue_pct: float | None


class Windows(NamedTuple):
    """The last twelve months are (start, end], the twelve before (before, start]."""

    before: date
    start: date
    end: date


class Span(NamedTuple):
    """The time that the records cover: where they begin, and the end of the last twelve months."""

    first: date
    end: date

    @property
    def windows(self) -> Windows:
        """The last two times twelve months."""
        return Windows(self.back(24), self.back(12), self.end)

    def back(self, months: int) -> date:
        """The same day some months before the end, or the last one of a shorter month.

        An end on the last day of its month goes back to last days, so that bills of the last day
        of every month lie one in each.
        """
        year, month = divmod(self.end.year * 12 + self.end.month - 1 - months, 12)
        last = monthrange(year, month + 1)[1]
        ends_month = self.end.day == monthrange(self.end.year, self.end.month)[1]
        return date(year, month + 1, last if ends_month else min(self.end.day, last))

    def covers(self, months: int) -> bool:
        """Whether the ledger reaches this many months back from the end."""
        return self.first <= self.back(months) + timedelta(days=1 + LATE_BEGINNING)

    @property
    def quarters(self) -> int:
        """How many of the last eight quarters the ledger covers."""
        return sum(self.covers(3 * count) for count in range(1, QUARTERS + 1))


def measured(
    connection: duckdb.DuckDBPyConnection, span: Span, columns: Collection[str]
) -> dict[str, Measures]:
    """The measures of every customer, by id in the order of texts.

    `columns` are our names of the columns that the ledger has: without one of costs no margin is
    known, not even of customers that bought nothing.
    """
    told = {
        "start": span.windows.start,
        "end": span.end,
        "has_cost": "cost" in columns,
        "has_serving": "serving" in columns,
        "covers_year_before": span.covers(15),
        "covers_four_years": span.covers(48),
    }
    rows = ask(connection, MEASURES_SQL, **told)
    volatility = _volatility(connection, len(rows), span.quarters)
    return {
        row[0]: _measures(row, unsteady) for row, unsteady in zip(rows, volatility, strict=True)
    }


def _measures(row: Cells, volatility: float | None) -> Measures:
    """The measures of one customer, from a row of `MEASURES_SQL`."""
    name, revenue, now, before, growth, yearly, margin, margin_pct, serving = row[1:10]
    return Measures(
        name,
        Decimal(revenue),
        Decimal(now),
        Decimal(before),
        growth,
        yearly,
        None if margin is None else Decimal(margin),
        margin_pct,
        None if serving is None else Decimal(serving),
        volatility,
        *row[10:],
    )


def _volatility(
    connection: duckdb.DuckDBPyConnection, customers: int, quarters: int
) -> Sequence[float | None]:
    """The coefficient of variation of each customer's last `quarters` quarters, %."""
    if quarters < FEWEST_QUARTERS:
        return [None] * customers
    table = np.zeros((customers, quarters))
    found = connection.execute(QUARTERS_SQL, {"quarters": quarters}).fetchnumpy()
    table[found["place"], found["quarter"]] = found["revenue"]
    means = table.mean(axis=1)
    spread = table.std(axis=1, ddof=1)
    return [
        100 * float(one) / float(mean) if mean > 0 else None
        for one, mean in zip(spread, means, strict=True)
    ]


def percent(part: Decimal, whole: Decimal) -> float | None:
    """The part in % of a whole; None where the whole is not positive."""
    return float(100 * part / whole) if whole > 0 else None
