"""What is told beside each measure: the time that it covers, and for how much it is known."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from kam.intake.orders.measures import ALL_DATES, LAST_YEAR, MEASURES, Measures, Span

# How many months back a measure looks; what begins later does not cover it.
MONTHS_BACK = {
    "revenue_12m": 12,
    "revenue_prior_12m": 24,
    "growth_pct": 24,
    "cagr_3y_pct": 48,
    "gross_margin": 12,
    "margin_pct": 12,
    "cost_to_serve": 12,
    "volatility_pct": 24,
    "yoy_quarter_pct": 15,
    "orders_12m": 12,
    "active_months": 12,
}


# What would be taken for nothing, or compared with a part of a year, where a ledger is too short.
# Other measures that look back so far are unknown then already.
NEEDS_THE_YEAR_BEFORE = frozenset({"revenue_prior_12m", "growth_pct"})


def uncovered(span: Span) -> frozenset[str]:
    """The measures that nobody can know because the ledger does not cover their time.

    What nobody recorded is unknown, not nothing.
    """
    return frozenset() if span.covers(24) else NEEDS_THE_YEAR_BEFORE


def day_words(day: date) -> str:
    """A date as people say it: 27 December 2025."""
    return f"{day.day} {day:%B %Y}"


def periods(span: Span, first: date) -> dict[str, str]:
    """The time that each measure covers, in words, by its key; `first` is the first line's day."""
    end, before = day_words(span.end), day_words(span.back(12))
    year = f"12 months to {end}"
    found = {
        "revenue_prior_12m": f"12 months to {before}",
        "growth_pct": f"{year} against the 12 before",
        "cagr_3y_pct": f"{year} against those to {day_words(span.back(36))}",
        "volatility_pct": f"{span.quarters} quarters to {end}",
        "yoy_quarter_pct": f"3 months to {end} against those to {before}",
        "recency_days": f"up to {end}",
        "tenure_days": f"up to {end}",
    }
    whole = {ALL_DATES: f"{day_words(first)} to {end}", LAST_YEAR: year}
    return {one.key: found.get(one.key) or whole[one.period_words] for one in MEASURES}


class Costs(NamedTuple):
    """The revenue of the last twelve months, how much of it has a cost, and the columns given."""

    revenue: Decimal
    costed: Decimal
    columns: Collection[str]


def coverage(measures: Mapping[str, Measures], span: Span, costs: Costs) -> dict[str, str]:
    """For how much each measure is known, in words, by its key."""
    columns = dict(zip(Measures._fields, zip(*measures.values(), strict=True), strict=True))
    return {one.key: _coverage(one.key, columns[one.key], span, costs) for one in MEASURES}


def _coverage(key: str, known: Sequence[object], span: Span, costs: Costs) -> str:
    # `count(None)` asks every decimal whether it equals None: twenty times slower
    unknown = len(known) if key in uncovered(span) else len([one for one in known if one is None])
    told = [f"{len(known) - unknown:,} of {len(known):,} customers"]
    if key in {"gross_margin", "margin_pct"}:
        told.append(_cost_words(costs))
    if key == "cost_to_serve" and "serving" not in costs.columns:
        told.append("the ledger has no column of it")
    if not span.covers(MONTHS_BACK.get(key, 0)):
        told.append(f"the ledger begins only on {day_words(span.first)}")
    return "; ".join(told)


def _cost_words(costs: Costs) -> str:
    if "cost" not in costs.columns:
        return "the ledger has no column of costs"
    if costs.revenue <= 0:
        return "the last 12 months brought no revenue"
    # Rounded down, so that 100 % means every line.
    share = int(100 * costs.costed / costs.revenue)
    return f"cost is known for {share} % of the year's revenue"
