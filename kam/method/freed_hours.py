"""Where the hours go that become free once customers leave (method.md 9)."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from itertools import accumulate, pairwise
from math import inf

from kam.method.resources import TOLD, Share, fair_hours, is_unknown
from kam.method.values import listing

MOST_NAMED = 4  # customers in the sentence; more are counted


class Why(StrEnum):
    """Why somebody who stays takes no more of the hours."""

    MOST = "has the most hours that it may have"
    NOTHING = "has no likely gain"
    UNKNOWN = "has a likely gain that is not known"


PLURAL = {
    Why.MOST: "have the most hours that they may have",
    Why.NOTHING: "have no likely gain",
    Why.UNKNOWN: "have a likely gain that is not known",
}


@dataclass(frozen=True)
class Freed:
    """Hours that become free, and who gets them.

    Attributes:
        hours: that become free, a year; those given, `unplaced` and `relief` add up to them.
        to: customer -> hours a year on top of those it has now, the most first.
        unplaced: hours that nobody may take; `why` says it.
        unknown: customers that stay and get none, as nobody knows their present hours.
        relief: hours that nobody gets, as more are spent now than there are.
        why: why those who stay take no more -> how many of them; empty where all have a place.
    """

    hours: float
    to: Mapping[str, float]
    unplaced: float
    unknown: tuple[str, ...] = ()
    relief: float = 0.0
    why: Mapping[Why, int] = field(default_factory=dict)


def freed_hours(
    shares: Iterable[Share], leaving: Collection[str], there: float | None = None
) -> Freed | None:
    """The hours that become free, shared out fairly on top of what those who stay have now.

    Nobody who stays loses hours by it: the fair share is taken with the present hours as the
    least. Whoever has less than its class promises comes first, if the hours are enough for all
    of them. Where more hours are spent than there are, those beyond are given to nobody.

    Args:
        shares: of everybody, with present hours; unknown ones count as none spent.
        leaving: who goes.
        there: hours a year of our people; `None` where nobody has said.

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
    beyond = sum(present.values()) + free - (inf if there is None else there)
    relief = min(free, max(0.0, beyond))
    more = _more(known, present, free - relief)
    unplaced = max(0.0, free - relief - sum(more.values()))
    why = Counter(_why(row, more) for row in known) if unplaced else {}
    return Freed(free, more, unplaced, unknown, relief, why)


def _more(known: Sequence[Share], present: Mapping[str, float], free: float) -> dict[str, float]:
    """Customer -> hours that it gets on top of its present ones, the most first."""
    fair = fair_hours(_at_least(known, free), sum(present.values()) + free)
    more = {key: due - present[key] for key, due in fair.hours.items()}
    some = {key: hours for key, hours in more.items() if hours > TOLD / 1000}
    return dict(sorted(some.items(), key=lambda item: -item[1]))


def _why(row: Share, more: Mapping[str, float]) -> Why:
    """Why a customer takes no more than it gets."""
    if (row.hours or 0.0) + more.get(row.customer, 0.0) >= row.cap - TOLD / 1000:
        return Why.MOST
    return Why.UNKNOWN if is_unknown(row.potential) else Why.NOTHING


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


def in_whole_hours(freed: Freed) -> tuple[dict[str, int], int, int]:
    """The hours of each that gets some, those without a place, and those of relief, all whole.

    They add up to the rounded sum: what one is rounded by, the next one has.
    """
    parts = [*freed.to.values(), freed.unplaced, freed.relief]
    ends = [round(one) for one in accumulate(parts, initial=0.0)]
    whole = [after - before for before, after in pairwise(ends)]
    return dict(zip(freed.to, whole, strict=False)), whole[-2], whole[-1]


def freed_words(freed: Freed, called: Callable[[str], str] = str) -> str:
    """How many hours become free and who gets how many of them, in sentences that add up."""
    whole, unplaced, relief = in_whole_hours(freed)
    told = [f"{sum(whole.values()) + unplaced + relief:,} hours a year become free."]
    if relief:
        which = f"{relief:,} of them relieve" if whole or unplaced else "They only relieve"
        told.append(f"{which} our people, who spend more hours than there are.")
    named = [f"{called(key)} ({hours:,})" for key, hours in list(whole.items())[:MOST_NAMED]]
    others = list(whole.values())[MOST_NAMED:]
    more = [f"{len(others):,} more ({sum(others):,})"] if others else []
    if named:
        told.append(
            f"{f'{sum(whole.values()):,}' if relief else 'They'} are due to "
            f"{listing([*named, *more])}."
        )
    if unplaced:
        who = f"{unplaced:,} have" if named or relief else "They have"
        told.append(f"{who} no place: {_reasons(freed)}.")
    if freed.unknown:
        told.append(_without(freed.unknown, called))
    return " ".join(told)


def _reasons(freed: Freed) -> str:
    """Why nobody takes what is left."""
    found = [
        f"{count:,} {reason if count == 1 else PLURAL[reason]}"
        for reason in Why
        if (count := freed.why.get(reason, 0))
    ]
    return f"of those who stay, {listing(found)}" if found else "nobody stays who could take them"


def _without(unknown: Sequence[str], called: Callable[[str], str]) -> str:
    """Who gets none because nobody knows what it has."""
    if len(unknown) == 1:
        return f"{called(unknown[0])} gets none, as its present hours are not known."
    rest = len(unknown) - MOST_NAMED
    more = [f"{rest:,} more"] if rest > 0 else []
    names = listing([*map(called, unknown[:MOST_NAMED]), *more])
    return f"{names} get none, as their present hours are not known."
