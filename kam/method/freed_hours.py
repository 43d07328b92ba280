"""Where the hours go that become free once customers leave (method.md 9)."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, pairwise

from kam.method.resources import TOLD, Share, fair_hours, is_unknown
from kam.method.values import listing

MOST_NAMED = 4  # customers in the sentence; more are counted


@dataclass(frozen=True)
class Freed:
    """Hours that become free, and who gets them.

    Attributes:
        hours: that become free, a year; those given and `unplaced` add up to them.
        to: customer -> hours a year on top of those it has now, the most first.
        unplaced: hours that nobody may take: each has the most of its class, or no potential.
        unknown: customers that stay and get none, as nobody knows their present hours.
    """

    hours: float
    to: Mapping[str, float]
    unplaced: float
    unknown: tuple[str, ...] = ()


def freed_hours(shares: Iterable[Share], leaving: Collection[str]) -> Freed | None:
    """The hours that become free, shared out fairly on top of what those who stay have now.

    Nobody who stays loses hours by it: the fair share is taken with the present hours as the
    least. Whoever has less than its class promises comes first, if the hours are enough for all
    of them.

    Args:
        shares: of everybody, with present hours.
        leaving: who goes.

    Returns:
        `None` while the present hours of one that leaves are unknown, and where nobody leaves.
    """
    rows = list(shares)
    free = _spent([row for row in rows if row.customer in leaving])
    if free is None:
        return None
    staying = [row for row in rows if row.customer not in leaving]
    known = [row for row in staying if not is_unknown(row.hours)]
    unknown = tuple(row.customer for row in staying if is_unknown(row.hours))
    present = {row.customer: row.hours or 0.0 for row in known}
    fair = fair_hours(_at_least(known, free), sum(present.values()) + free)
    more = {key: due - present[key] for key, due in fair.hours.items()}
    some = {key: hours for key, hours in more.items() if hours > TOLD / 1000}
    order = dict(sorted(some.items(), key=lambda item: -item[1]))
    return Freed(free, order, max(0.0, free - sum(order.values())), unknown)


def _spent(going: Sequence[Share]) -> float | None:
    """The hours of all of them; `None` of nobody, or while one is unknown."""
    hours = [row.hours for row in going if row.hours is not None and not is_unknown(row.hours)]
    return sum(hours) if going and len(hours) == len(going) else None


def _at_least(known: Sequence[Share], free: float) -> list[Share]:
    """The shares with their present hours as the least, or what the class promises if it fits."""
    lacking = sum(max(0.0, row.floor - (row.hours or 0.0)) for row in known)
    promised = lacking <= free
    found = []
    for row in known:
        least = max(row.hours or 0.0, row.floor if promised else 0.0)
        found.append(replace(row, hours=least, floor=least, cap=max(row.cap, least)))
    return found


def in_whole_hours(freed: Freed) -> tuple[dict[str, int], int]:
    """The hours of each that gets some and those without a place, in whole hours.

    They add up to the rounded sum: what one is rounded by, the next one has.
    """
    ends = [round(one) for one in accumulate([*freed.to.values(), freed.unplaced], initial=0.0)]
    whole = [after - before for before, after in pairwise(ends)]
    return dict(zip(freed.to, whole, strict=False)), whole[-1]


def freed_words(freed: Freed, called: Callable[[str], str] = str) -> str:
    """How many hours become free and who gets how many of them, in sentences that add up."""
    whole, unplaced = in_whole_hours(freed)
    told = [f"{sum(whole.values()) + unplaced:,} hours a year become free."]
    named = [f"{called(key)} ({hours:,})" for key, hours in list(whole.items())[:MOST_NAMED]]
    others = list(whole.values())[MOST_NAMED:]
    more = [f"{len(others):,} more ({sum(others):,})"] if others else []
    if named:
        told.append(f"They are due to {listing([*named, *more])}.")
    if unplaced:
        who = f"{unplaced:,} have" if named else "They have"
        told.append(
            f"{who} no place: whoever stays has the most hours of its class, or no known potential."
        )
    return " ".join(told)
