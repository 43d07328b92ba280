"""What a long list leaves out, and what speaks against it."""

from dataclasses import dataclass

import numpy as np

from kam.method.assessment import Assessment
from kam.method.groups import LEDGER
from kam.method.pool import GROWTH, MARGIN, REVENUE, Pool, largest_first
from kam.method.selection import SAME
from kam.method.values import Flags, Floats
from kam.model import Before, Level, Rule, Way

FEWEST, MOST = 15, 60  # customers that a room judges in an afternoon [D]
SAME_AS_BIGGEST = 0.9  # share of the list that is the top by revenue, from which it is told [D]
TELLING = 0.5  # share of all customers up to which that overlap is no matter of course [D]
TOP_GROWERS = 10  # of the customers that grew most in money, those left out are told [D]

# Measures that say how big a customer is to us already, and nothing else.
BIGNESS = {REVENUE, f"{LEDGER}revenue", f"{LEDGER}revenue_prior_12m",
           f"{LEDGER}share_of_revenue_pct"}  # fmt: skip

ONLY_BIGGEST = (
    "This is a list of the biggest, not of the most promising: "
    "add growth, margin or their own size."
)
ONLY_FIGURE = (
    "Revenue is the only figure of this rule: add growth, margin or the customers' own size."
)
ROOM = f"A room judges {FEWEST} to {MOST} customers in an afternoon"


@dataclass(frozen=True)
class Share:
    """How much of a total is left out. Only positive figures count, so that it is a share.

    Attributes:
        part: 0-1; `None` where no positive figure is known.
        amount: what is left out, in the figure's unit.
        known: how many customers have the figure.
    """

    part: float | None
    amount: float
    known: int


@dataclass(frozen=True)
class LeftOut:
    """What is not on the list: customers, revenue, growth and gross margin, each in 12 months.

    Growth is the sum of what customers bought more than in the 12 months before; who bought less
    takes nothing away from it.
    """

    customers: int
    revenue: Share
    growth: Share
    margin: Share


def left_out(pool: Pool, chosen: Flags) -> LeftOut:
    """What the list of the chosen customers, (n,) flags, does not hold."""
    return LeftOut(
        customers=int((~chosen).sum()),
        revenue=_share(pool.figures(REVENUE), chosen),
        growth=_share(pool.figures(GROWTH), chosen),
        margin=_share(pool.figures(MARGIN), chosen),
    )


def _share(figures: Floats, chosen: Flags) -> Share:
    counted = np.where(figures > 0, figures, 0.0)
    total, amount = float(counted.sum()), float(counted[~chosen].sum())
    known = int(np.isfinite(figures).sum())
    return Share(amount / total if total > 0 else None, amount, known)


def only_biggest(pool: Pool, rule: Rule, chosen: Flags) -> bool:
    """Whether the list is one of the biggest alone: by its rule, or by whom it chooses.

    A country or an owner that must hold beside the revenue leaves the biggest of that country.
    """
    levels = [one for one in rule.conditions if isinstance(one, Level)]
    must = rule.needs == "all" or len(levels) == len(rule.conditions)
    biggest = must and all(one.way is not Way.AT_MOST for one in levels)
    return (by_revenue_alone(rule) and biggest) or _overlap(pool, chosen) >= SAME_AS_BIGGEST


def by_revenue_alone(rule: Rule) -> bool:
    """Whether every figure that the rule looks at says how big a customer is to us already.

    Not so of a list before, which may have looked at others.
    """
    figures = [one.measure for one in rule.conditions if isinstance(one, Level)]
    before = any(isinstance(one, Before) for one in rule.conditions)
    return bool(figures) and not before and BIGNESS.issuperset(figures)


def _overlap(pool: Pool, chosen: Flags) -> float:
    """Share of the list that is also in the top by revenue of its length; 0 where that is no news.

    A list of most customers holds most of the biggest, whatever its rule.
    """
    count = int(chosen.sum())
    if not 0 < count <= TELLING * len(chosen):
        return 0.0
    biggest = largest_first(pool.figures(REVENUE))[:count]
    return float(chosen[biggest].sum()) / count


def warnings(pool: Pool, rule: Rule, chosen: Flags) -> tuple[str, ...]:
    """What speaks against the list, in sentences; empty where nothing does."""
    told = [ONLY_FIGURE] if by_revenue_alone(rule) else []
    if only_biggest(pool, rule, chosen):
        told = [ONLY_BIGGEST]
    count = int(chosen.sum())
    if count > MOST:
        told.append(f"{ROOM}; these are {count:,}. Narrow the conditions.")
    elif 0 < count < FEWEST:
        told.append(f"{ROOM}; these are {count}. Widen the conditions.")
    return tuple(told)


def key_zone_outside(result: Assessment, chosen: Flags) -> tuple[str, ...]:
    """Customers that are not chosen though their scores put them into the key zone.

    The most inside first. Flags follow `result.valued.customers`, as those of the pool do.
    """
    distance = np.where(chosen, np.nan, result.selection.distance)
    ranked = largest_first(distance)
    inside = ranked[distance[ranked] >= -SAME]
    return tuple(result.valued.customers[row] for row in inside)


def growers_left_out(pool: Pool, chosen: Flags) -> tuple[str, ...]:
    """Those of the ten customers that grew most in money that are not chosen; the most first."""
    growth = pool.figures(GROWTH)
    ranked = largest_first(growth)[:TOP_GROWERS]
    return tuple(pool.customers[row] for row in ranked if growth[row] > 0 and not chosen[row])
