"""What is odd about the criteria and customers at hand, in sentences (method.md 4.5).

Nothing here is an error: every sentence tells what the rule does with such a case.
"""

from collections.abc import Iterator

import numpy as np

from kam.method.assessment import Assessment
from kam.method.criteria_review import ENOUGH_CUSTOMERS, NAMED
from kam.method.values import Flags, listing
from kam.model import Criterion, Customer

NARROW = 0.2  # share of a criterion's levels beyond its anchors: too narrow, method.md 4.5

# Criteria that speak of past business: 0 or unknown where there is none, method.md 4.5 (S01, S02,
# S04, S10). Known by their id in the catalogue, or by the column of their figures.
OF_PAST_BUSINESS = frozenset({"S01", "S02", "S04", "S10"})
COLUMNS_OF_PAST_BUSINESS = frozenset(
    {"share_of_wallet_pct", "share_change_pp", "otif_pct", "contract_months"}
)


def of_criteria(result: Assessment) -> tuple[str, ...]:
    """A sentence for each criterion whose five levels are too narrow for the customers."""
    return tuple(_too_narrow(result))


def of_customers(result: Assessment) -> tuple[str, ...]:
    """What is odd about the customers that the team judges, in the order in which it matters."""
    told = (_few(result), _beyond(result), _prospects(result))
    return tuple(sentence for sentence in told if sentence)


def is_prospect(customer: Customer) -> bool:
    """Whether it buys nothing from us yet; a revenue that is unknown is not none."""
    revenue = customer.profile.revenue
    return revenue is not None and revenue <= 0


def speaks_of_past_business(criterion: Criterion) -> bool:
    """Whether a customer without sales has 0 on it, or no level, by nature."""
    return criterion.id in OF_PAST_BUSINESS or criterion.column in COLUMNS_OF_PAST_BUSINESS


# --- levels beyond the anchors --------------------------------------------------------------------


def beyond(result: Assessment) -> Flags:
    """(n, m) whose level lies beyond a criterion's anchors, judged customers only."""
    return np.asarray(result.valued.clipped & result.facts.listed[:, None])


def _too_narrow(result: Assessment) -> Iterator[str]:
    known = ~np.isnan(result.valued.raw[result.facts.listed])
    for key, outside, count in zip(
        result.valued.criteria, beyond(result).sum(axis=0), known.sum(axis=0), strict=True
    ):
        if outside > NARROW * count:
            yield (
                f"The levels of {result.workshop.criteria[key].name} are too narrow: {outside:,} "
                f"of {count:,} customers lie beyond them. Widen its lowest or highest level, then "
                "weigh it again."
            )


def _beyond(result: Assessment) -> str:
    count = int(beyond(result).sum())
    if not count:
        return ""
    level, counts = ("level lies", "counts") if count == 1 else ("levels lie", "count")
    return (
        f"{count:,} {level} beyond what the criterion foresees and {counts} as 0 or 10: marked in "
        "the corner."
    )


# --- customers ------------------------------------------------------------------------------------


def _few(result: Assessment) -> str:
    """What so few scored customers cannot tell; nothing before the first and from eight on."""
    count = result.scored_count
    if not 0 < count < ENOUGH_CUSTOMERS:
        return ""
    only = "Only one customer is" if count == 1 else f"Only {count} customers are"
    return (
        f"{only} scored: places and distances hold, but orders, agreement, criteria that move "
        f"together and traps need {ENOUGH_CUSTOMERS}."
    )


def _prospects(result: Assessment) -> str:
    customers = result.workshop.customers
    names = [customers[key].name for key in result.judged if is_prospect(customers[key])]
    if not names:
        return ""
    rest = [f"{len(names) - NAMED:,} more"] if len(names) > NAMED else []
    told = listing([*names[:NAMED], *rest])
    buys = "buys" if len(names) == 1 else "buy"
    drawn = "drawn like all others, never planned to exit"
    return f"{told} {buys} nothing from us yet: {drawn}.{_unknown_by_nature(result)}"


def _unknown_by_nature(result: Assessment) -> str:
    criteria = result.workshop.criteria.values()
    names = [one.name for one in criteria if speaks_of_past_business(one)]
    return f" {listing(names)}: 0 or unknown there, by nature." if names else ""
