"""What the lines of a ledger add up to over all customers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from kam.intake.orders.measures import Measures, Span, Windows, percent

# Customers of the first share that is told: "our ten largest".
TOP = 10


@dataclass(frozen=True, slots=True)
class Totals:
    """The kept lines together.

    Attributes:
        revenue: of all of them, money.
        cost, margin: None where any line has no cost.
        by_year: calendar year -> money.
        rows, customers: how many lines and customers.
        orders: different order numbers; lines without one are one order a customer and day.
        first, last: dates of the first and the last line.
        revenue_12m, revenue_prior_12m: of the last twelve months, and of the twelve before.
        windows: where those begin and end.
        top10_share_pct: revenue of the ten largest customers, % of all; None where the revenue
            of all is not above zero.
        hhi: Herfindahl-Hirschman index, the sum of the squared shares (in %) of the customers
            with revenue above zero in what they brought together: 10,000 is a single customer;
            None where nobody brought anything.
    """

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
    top10_share_pct: float | None
    hhi: float | None


class Rows(NamedTuple):
    """The lines that count: dates of the first and the last, how many, how many orders."""

    first: date
    last: date
    rows: int
    orders: int


def totals_of(
    rows: Rows,
    span: Span,
    measures: Mapping[str, Measures],
    by_year: Mapping[int, str],
) -> Totals:
    """The totals, without costs; `by_year` holds the revenue of calendar years in their order."""
    revenues = sorted((one.revenue for one in measures.values()), reverse=True)
    revenue = sum(revenues, Decimal(0))
    return Totals(
        revenue=revenue,
        cost=None,
        margin=None,
        by_year={year: Decimal(revenue) for year, revenue in by_year.items()},
        rows=rows.rows,
        customers=len(measures),
        orders=rows.orders,
        first=rows.first,
        last=rows.last,
        revenue_12m=sum((one.revenue_12m for one in measures.values()), Decimal(0)),
        revenue_prior_12m=sum((one.revenue_prior_12m for one in measures.values()), Decimal(0)),
        windows=span.windows,
        top10_share_pct=percent(sum(revenues[:TOP], Decimal(0)), revenue),
        hhi=_hhi([float(one) for one in revenues if one > 0]),
    )


def _hhi(revenues: Sequence[float]) -> float | None:
    """The sum of the squared shares in %, up to 10,000; None where nobody brought anything."""
    whole = sum(revenues)
    return sum((100 * one / whole) ** 2 for one in revenues) if whole else None
