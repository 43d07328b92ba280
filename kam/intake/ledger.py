"""Order lines -> what each customer bought: revenue, growth, margin, orders, recency.

Nothing disappears silently. Lines that cannot count (no customer, no readable date or amount,
after the end) are left out and shown with their money; lines that count but deserve a look
(credit notes, cancellations, exact copies, several currencies) are shown as well. Sums are exact
decimals; only ratios are floats.

Windows: the last twelve months are (end - 1 year, end], the twelve before (end - 2 years,
end - 1 year]; the end is the last date in the ledger unless it is given.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

import duckdb

from kam.errors import Refused, Unreadable
from kam.intake import entries
from kam.intake.lines import opened
from kam.intake.loading import loaded
from kam.intake.matching import LEDGER_TARGETS, match
from kam.intake.remarks import LeftOut, Noticed, cents, left_out, noticed

__all__ = [
    "MEASURES",
    "Ledger",
    "LedgerColumns",
    "LeftOut",
    "Measure",
    "Measures",
    "Noticed",
    "Totals",
    "Windows",
    "cents",
    "read_ledger",
    "suggest_columns",
]


@dataclass(frozen=True, slots=True)
class LedgerColumns:
    """Which column of a ledger holds what, by its header.

    A line's money is `amount`, or `quantity` times `unit_price`.

    Raises:
        Refused: neither of the two ways to the money is given.
    """

    customer: str
    date: str
    amount: str | None = None
    quantity: str | None = None
    unit_price: str | None = None
    cost: str | None = None
    name: str | None = None
    order: str | None = None
    currency: str | None = None

    def __post_init__(self) -> None:
        if not self.amount and not (self.quantity and self.unit_price):
            message = (
                "We need to know what a line is worth. Choose the column with its amount, or the "
                "two with quantity and unit price."
            )
            raise Refused(message)

    def chosen(self) -> dict[str, str]:
        """Our name -> their header, without the columns that are not needed."""
        found = {one.name: getattr(self, one.name) for one in fields(self)}
        if self.amount:
            found |= {"quantity": None, "unit_price": None}
        return {key: header for key, header in found.items() if header}


@dataclass(frozen=True, slots=True)
class Measure:
    """A measure that a criterion can use: its key in `Measures`, label, unit and period."""

    key: str
    label: str
    unit: str
    period_words: str


MEASURES = (
    Measure("revenue", "Revenue", "money", "all dates in the ledger"),
    Measure("revenue_12m", "Revenue in the last 12 months", "money", "the 12 months to the end"),
    Measure(
        "revenue_prior_12m", "Revenue in the 12 months before", "money", "the 12 months before"
    ),
    Measure("growth_pct", "Growth of revenue", "%", "the last 12 months against the 12 before"),
    Measure("margin_pct", "Margin", "% of revenue", "the 12 months to the end"),
    Measure("recency_days", "Days since the last order", "days", "up to the end"),
    Measure("orders_12m", "Orders in the last 12 months", "orders", "the 12 months to the end"),
    Measure("lines", "Order lines", "lines", "all dates in the ledger"),
    Measure("share_of_revenue_pct", "Share of our revenue", "%", "all dates in the ledger"),
)


@dataclass(frozen=True, slots=True)
class Measures:
    """What one customer bought.

    Money is in the ledger's currency and exact. `growth_pct` is None where the twelve months
    before brought nothing; `margin_pct` where a line of the last twelve months has no cost, or
    where they brought nothing; `share_of_revenue_pct` where all customers together brought
    nothing. `orders_12m` counts order numbers, and for lines without one the days with lines.
    """

    name: str
    revenue: Decimal
    revenue_12m: Decimal
    revenue_prior_12m: Decimal
    growth_pct: float | None
    margin_pct: float | None
    recency_days: int
    orders_12m: int
    first_order: date
    last_order: date
    lines: int
    share_of_revenue_pct: float | None


class Windows(NamedTuple):
    """The last twelve months are (start, end], the twelve before (before, start]."""

    before: date
    start: date
    end: date


@dataclass(frozen=True, slots=True)
class Totals:
    """The kept lines together; cost and margin are None where any line has no cost."""

    revenue: Decimal
    cost: Decimal | None
    margin: Decimal | None
    by_year: Mapping[int, Decimal]
    rows: int
    customers: int
    orders: int
    first: date
    last: date
    revenue_12m: Decimal
    revenue_prior_12m: Decimal
    windows: Windows


@dataclass(frozen=True, slots=True)
class Ledger:
    """Measures by customer id, the totals they add up to, and everything worth telling."""

    measures: Mapping[str, Measures]
    totals: Totals
    left_out: tuple[LeftOut, ...]
    noticed: tuple[Noticed, ...]
    notes: tuple[str, ...]


class _Period(NamedTuple):
    """What the caller says about time: the end, or only a day after which nothing can be true."""

    end: date | None
    limit: date


def suggest_columns(headers: tuple[str, ...]) -> LedgerColumns | None:
    """Columns whose names say for certain what they hold; None if customer, date or money lack."""
    matches = match(headers, LEDGER_TARGETS).items()
    found = {one.target: header for header, one in matches if one.target and one.certain}
    priced = {"amount"} <= found.keys() or {"quantity", "unit_price"} <= found.keys()
    if "customer" not in found and "name" in found:
        found["customer"] = found["name"]
    if not priced or not {"customer", "date"} <= found.keys():
        return None
    return LedgerColumns(**found)


def read_ledger(
    source: Path | bytes,
    columns: LedgerColumns,
    *,
    end: date | None = None,
    today: date | None = None,
    day_first: bool | None = None,
) -> Ledger:
    """The measures of every customer in a ledger (CSV or TSV, also gzipped, or a workbook).

    Args:
        source: a file on this machine, or its bytes.
        columns: which column holds what.
        end: last day of the twelve months; later lines are left out. Default: the last date.
        today: no line can be later than this. Default: today (UTC).
        day_first: whether 01/02/2025 is in February; only needed where no date tells.

    Raises:
        Unreadable: not a ledger, a column is missing, dates with two readings, no line counts.
    """
    period = _Period(end, end or today or datetime.now(UTC).date())
    with TemporaryDirectory(prefix="kam-ledger-", ignore_cleanup_errors=True) as folder:
        ledger = opened(source, columns.chosen(), Path(folder))
        with entries.connected(ledger.csv.path, Path(folder)) as connection:
            notes = loaded(connection, ledger, columns.chosen(), day_first=day_first)
            if entries.judge(connection, period.limit):
                notes += ("Customer ids end in .0 throughout; they are shown without it.",)
            totals, measures = _measured(connection, ledger.name, period)
            out = left_out(connection, ledger, period.limit)
            seen = noticed(connection, costs=bool(columns.cost))
    return Ledger(measures, totals, out, seen, notes)


def _windows(end: date) -> Windows:
    return Windows(_year_before(_year_before(end)), _year_before(end), end)


def _year_before(day: date) -> date:
    """The same day a year earlier; 28 February for a leap day."""
    try:
        return day.replace(year=day.year - 1)
    except ValueError:
        return day.replace(year=day.year - 1, day=28)


def _measured(
    connection: duckdb.DuckDBPyConnection, name: str, period: _Period
) -> tuple[Totals, dict[str, Measures]]:
    first, last, customers, orders = entries.ask(connection, entries.SPAN_SQL)[0]
    if first is None:
        message = (
            f"No line of {name} counts: none has a customer, a readable date up to "
            f"{period.limit.isoformat()} and a readable amount. Check which column is which."
        )
        raise Unreadable(message)
    windows = _windows(period.end or last)
    rows = entries.ask(connection, entries.MEASURE_SQL, start=windows.start, before=windows.before)
    revenue = sum((row[2] for row in rows), Decimal(0))
    measures = {row[0]: _measures(row, revenue, windows.end) for row in rows}
    years = entries.ask(connection, entries.YEARS_SQL)
    cost = sum((row[2] for row in years), Decimal(0)) if not sum(row[3] for row in years) else None
    totals = Totals(
        revenue=revenue,
        cost=cost,
        margin=None if cost is None else revenue - cost,
        by_year={row[0]: row[1] for row in years},
        rows=sum(row[4] for row in years),
        customers=customers,
        orders=orders,
        first=first,
        last=last,
        revenue_12m=sum((row[3] for row in rows), Decimal(0)),
        revenue_prior_12m=sum((row[4] for row in rows), Decimal(0)),
        windows=windows,
    )
    return totals, measures


def _measures(row: entries.Cells, total: Decimal, end: date) -> Measures:
    _, name, revenue, now, before, cost, costless, orders, first, last, lines = row
    return Measures(
        name=name or "",
        revenue=revenue,
        revenue_12m=now,
        revenue_prior_12m=before,
        growth_pct=_percent(now - before, before),
        margin_pct=None if costless or cost is None else _percent(now - cost, now),
        recency_days=(end - last).days,
        orders_12m=orders,
        first_order=first,
        last_order=last,
        lines=lines,
        share_of_revenue_pct=_percent(revenue, total),
    )


def _percent(part: Decimal, whole: Decimal) -> float | None:
    """The part in % of a whole; None where the whole is not positive."""
    return float(100 * part / whole) if whole > 0 else None
