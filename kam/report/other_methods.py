"""What other methods and other weights would choose, as sentences and tables show it."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

import pandas as pd

from kam.method.assessment import Assessment
from kam.method.ballots import ENOUGH_TO_SHOW
from kam.method.same_order import SameOrder, Slope, places
from kam.method.second_opinion import Difference, Opinion
from kam.method.values import listing
from kam.method.weights import points_of_100
from kam.model import WeighingWay, Workshop

RESULT = (
    "The weighted sum stays the result, because everybody can follow it. Other methods show only "
    "where it deserves a second look."
)
_SPOKEN = {2: "Two", 3: "Three"}
_BY: Mapping[WeighingWay, str] = {
    "swing": "points for the way from worst to best",
    "points": "100 points to distribute",
    "order": "an order",
    "pairs": "comparing two at a time",
    "best_worst": "comparing with the first and the last",
}


# --- methods --------------------------------------------------------------------------------------


def methods_message(opinions: Iterable[Opinion]) -> str:
    """Whether the other methods choose the same key accounts."""
    every = list(opinions)
    other = sum(_differs(one.ours, one.theirs) for one in every)
    if other:
        which = "All" if other == len(every) else f"{other} of"
        return f"{which} {len(every)} other methods would choose other key accounts"
    count = len(every[0].ours)
    many = f"{_SPOKEN.get(len(every), len(every))} other methods"
    if not count:
        return f"{many} find no key account either"
    return f"{many} choose the same {_key_accounts(count)}"


def _differs(ours: Sequence[str], theirs: Sequence[str]) -> bool:
    return set(ours) != set(theirs)


def _key_accounts(count: int) -> str:
    return f"{count:,} key accounts" if count > 1 else "key account"


def levels_words(result: Assessment, opinion: Opinion, found: Difference) -> str:
    """A customer's two levels on each axis: now and by the other method."""
    row = result.row[found.customer]
    told = (
        ("Attractiveness", result.attractiveness.estimate[row], opinion.attractiveness[row]),
        ("strength", result.strength.estimate[row], opinion.strength[row]),
    )
    return ", ".join(f"{axis} {now:.1f} → {other:.1f}" for axis, now, other in told)


def levels(result: Assessment, opinion: Opinion) -> pd.DataFrame:
    """One row a scored customer, who changes class first: both classes, both levels an axis.

    Columns: Customer, Class now, Class otherwise, then Attractiveness and Strength now and
    otherwise (0-10). Within both parts in the one order.
    """
    other = {one.customer: one.other for one in opinion.differences}
    scored = [key for key, one in result.judged.items() if one.distance is not None]
    rows = [
        _levels_row(result, opinion, key, other[key].label if key in other else None)
        for key in (*other, *(key for key in scored if key not in other))
    ]
    return pd.DataFrame(rows, columns=LEVELS)


LEVELS = ["Customer", "Class now", "Class otherwise", "Attractiveness now",
          "Attractiveness otherwise", "Strength now", "Strength otherwise"]  # fmt: skip


def _levels_row(
    result: Assessment, opinion: Opinion, customer: str, other: str | None
) -> list[object]:
    row, klass = result.row[customer], result.standings[customer].klass
    now = klass.label if klass else "Not scored"
    return [
        result.workshop.customers[customer].name,
        now,
        other or now,
        result.attractiveness.estimate[row],
        opinion.attractiveness[row],
        result.strength.estimate[row],
        opinion.strength[row],
    ]


# --- weights --------------------------------------------------------------------------------------


def orders_message(orders: Mapping[Slope, SameOrder]) -> str:
    """Whether the order of the criteria alone chooses the same key accounts."""
    other = [slope for slope, one in orders.items() if _differs(one.ours, one.theirs)]
    if len(other) == len(orders):
        return "The order of the criteria alone would choose other key accounts"
    if other:
        return f"In {other[0].value} steps, the order alone would choose other key accounts"
    count = len(next(iter(orders.values())).ours)
    if not count:
        return "The order of the criteria alone finds no key account either"
    return f"The order of the criteria alone chooses the same {_key_accounts(count)}"


def order_weights(result: Assessment, orders: Mapping[Slope, SameOrder]) -> pd.DataFrame:
    """One row a criterion that counts, the heaviest first: its place and points of 100.

    Columns: Criterion, Place (ties share the mean), Points now, then a column a slope; points are
    whole and add to 100 in each.
    """
    order = places(result)
    keys = sorted(order, key=lambda key: order[key])
    columns = {
        "Criterion": [result.workshop.criteria[key].name for key in keys],
        "Place": [order[key] for key in keys],
        "Points now": _points(result.weights, keys),
    }
    columns |= {slope.column: _points(one.weights, keys) for slope, one in orders.items()}
    return pd.DataFrame(columns)


def _points(weights: Mapping[str, float], keys: Sequence[str]) -> list[int]:
    whole = sum(weights[key] for key in keys)
    return points_of_100([weights[key] / whole for key in keys])


def ways_words(workshop: Workshop) -> str:
    """In which ways the members found the weights, by number and never by name.

    What fewer than three members said is not told.
    """
    latest = [cast[-1] for cast in workshop.ballots.values() if cast]
    if not latest:
        given = "the team gave the points" if workshop.points else "all count the same"
        return f"Nobody has voted on the weights: {given}."
    if len(latest) < ENOUGH_TO_SHOW:
        return (
            f"{len(latest)} of {len(workshop.members)} have voted; in which way is told once "
            f"{ENOUGH_TO_SHOW} have."
        )
    counts = Counter(ballot.way for ballot in latest)
    if len(counts) == 1:
        only = _BY[latest[0].way]
        return f"{len(latest)} of {len(workshop.members)} gave their weights, all by {only}."
    each = [f"{counts[way]} by {words}" for way, words in _BY.items() if counts[way]]
    return f"{len(latest)} of {len(workshop.members)} gave their weights: {listing(each)}."
