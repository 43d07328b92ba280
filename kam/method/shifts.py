"""Present hours beside those that are due: who has too many, and what moves (method.md 9)."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from kam.method.criteria_review import listing, spearman
from kam.method.resources import Fair, Share, is_unknown
from kam.method.selection import SAME
from kam.method.values import spoken

OVER_SERVED = 1.25  # present hours over those that are due, above which it is, method.md 9
UNDER_SERVED = 0.80  # likewise, below which it is, method.md 9


class Service(StrEnum):
    """How a customer's hours compare with those that are due to it."""

    OVER = "over-served"
    FAIR = "about right"
    UNDER = "under-served"


@dataclass(frozen=True)
class Served:
    """A customer's hours beside those that are due to it.

    Attributes:
        hours: now, a year; `None` unknown.
        fair: due, a year.
        service: `None` while its hours or its potential are unknown.
    """

    customer: str
    hours: float | None
    fair: float
    service: Service | None

    @property
    def ratio(self) -> float | None:
        """Hours now over hours due; `None` where they are unknown or none are due."""
        return None if self.hours is None or self.fair <= SAME else self.hours / self.fair


@dataclass(frozen=True)
class Shift:
    """Hours a year that go from one customer to another.

    Attributes:
        origin: `None` where they come from hours that nobody has now.
        target: `None` where nobody takes them.
    """

    origin: str | None
    target: str | None
    hours: float


def served(shares: Iterable[Share], fair: Fair) -> tuple[Served, ...]:
    """Each customer's hours beside those due to it, as they came; empty where floors do not fit."""
    return tuple(
        Served(row.customer, row.hours, fair.hours[row.customer], _service(row, fair))
        for row in shares
        if fair.hours
    )


def _service(row: Share, fair: Fair) -> Service | None:
    if is_unknown(row.hours) or row.hours is None or row.customer in fair.unknown:
        return None
    due = fair.hours[row.customer]
    if row.hours > OVER_SERVED * due + SAME:
        return Service.OVER
    return Service.UNDER if row.hours < UNDER_SERVED * due - SAME else Service.FAIR


def follows_potential(shares: Iterable[Share]) -> float | None:
    """Spearman's rank correlation of hours now and potential, -1 to 1.

    `None` where fewer than two customers have both, or one of the two is level.
    """
    rows = tuple(shares)
    now = [np.nan if row.hours is None else row.hours for row in rows]
    worth = [np.nan if row.potential is None else row.potential for row in rows]
    return spearman(now, worth)


def hours_unknown(shares: Iterable[Share]) -> tuple[str, ...]:
    """Customers whose present hours nobody has entered."""
    return tuple(row.customer for row in shares if is_unknown(row.hours))


def misplaced_share(shares: Iterable[Share], fair: Fair) -> float | None:
    """How much of our account time sits in the wrong place, 0-1: what moves over what there is.

    `0.5 x sum |now - due| / hours` where as many hours are spent as there are. Hours that nobody
    has, now or when all is due, count as one customer more; where more is spent than there is,
    the share is of what is spent.

    Returns:
        `None` while somebody's present hours are unknown, where the floors do not fit, or where
        there are no hours at all.
    """
    rows = tuple(shares)
    present = _present(rows)
    if present is None or fair.short or not max(sum(present.values()), fair.capacity):
        return None
    moved = sum(shift.hours for shift in shifts(rows, fair))
    return moved / max(sum(present.values()), fair.capacity)


def shifts(shares: Iterable[Share], fair: Fair) -> tuple[Shift, ...]:
    """Where hours come from and where they go, the largest move first.

    Who has the most too many gives to who lacks the most; then the next. What all give is what
    all take. Empty while somebody's present hours are unknown, or where the floors do not fit.
    """
    present = _present(tuple(shares))
    if present is None or fair.short:
        return ()
    too_many: dict[str | None, float] = {
        customer: now - fair.hours[customer] for customer, now in present.items()
    }
    too_many[None] = fair.capacity - sum(present.values()) - fair.unplaced
    found = _paired(_largest(too_many, 1), _largest(too_many, -1))
    return tuple(sorted(found, key=lambda shift: -shift.hours))


def _present(rows: tuple[Share, ...]) -> dict[str, float] | None:
    """Customer -> hours now; `None` while one is unknown."""
    if hours_unknown(rows):
        return None
    return {row.customer: row.hours for row in rows if row.hours is not None}


def _largest(too_many: Mapping[str | None, float], sign: int) -> list[tuple[str | None, float]]:
    """Those with too many hours (1) or too few (-1), and how many, the most last."""
    some = [(who, sign * hours) for who, hours in too_many.items() if sign * hours > SAME]
    return sorted(some, key=lambda one: one[1])


def _paired(
    giving: list[tuple[str | None, float]], taking: list[tuple[str | None, float]]
) -> list[Shift]:
    """Moves from the ends of both lists, until one of them is empty."""
    found: list[Shift] = []
    while giving and taking:
        (origin, has), (target, lacks) = giving.pop(), taking.pop()
        found.append(Shift(origin, target, min(has, lacks)))
        if has - lacks > SAME:
            giving.append((origin, has - lacks))
        elif lacks - has > SAME:
            taking.append((target, lacks - has))
    return found


# --- in words -------------------------------------------------------------------------------------


def headline(shares: Iterable[Share], fair: Fair, called: Callable[[str], str] = str) -> str:
    """The one figure as a sentence, or what it takes to know it."""
    rows = tuple(shares)
    share, missing = misplaced_share(rows, fair), hours_unknown(rows)
    if missing:
        names = listing([called(customer) for customer in missing])
        return f"Enter the present hours of {names} to see how much time sits in the wrong place."
    if share is None:
        return "There are no hours to compare yet."
    if share < SAME:
        return "All of our account time sits where it is due."
    shown = f"{100 * share:.0f} %" if share >= 0.005 else "Less than 1 %"
    return f"{shown} of our account time sits in the wrong place."


def shift_words(shift: Shift, called: Callable[[str], str] = str) -> str:
    """One move of hours as an instruction: "Move 200 hours a year from Alder to Birch"."""
    amount = f"{spoken(shift.hours)} hours a year"
    if shift.origin is None and shift.target is not None:
        return f"Spend {amount} more on {called(shift.target)}."
    if shift.target is None and shift.origin is not None:
        return f"Spend {amount} less on {called(shift.origin)}."
    return f"Move {amount} from {called(shift.origin or '')} to {called(shift.target or '')}."
