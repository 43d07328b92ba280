"""Present hours beside those that are due: who has too many, and what moves (method.md 9)."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from kam.method.criteria_review import spearman
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
        fair: due, a year; `None` while its potential is unknown, or nobody has any.
        service: `None` while its hours now or those due are unknown.
    """

    customer: str
    hours: float | None
    fair: float | None
    service: Service | None

    @property
    def more(self) -> float | None:
        """Hours that it should have more, below 0 less; `None` unknown."""
        return None if self.hours is None or self.fair is None else self.fair - self.hours


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
    due = {} if fair.scale is None else {**fair.hours, **dict.fromkeys(fair.unknown)}
    return tuple(
        Served(row.customer, row.hours, due.get(row.customer), _service(row, due))
        for row in shares
        if fair.hours
    )


def _service(row: Share, hours: Mapping[str, float | None]) -> Service | None:
    due = hours.get(row.customer)
    if is_unknown(row.hours) or row.hours is None or due is None:
        return None
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
    the share is of what is spent. Customers without a known potential are in neither sum.

    Returns:
        `None` while somebody's present hours are unknown, where nobody has a potential, where the
        floors do not fit, or where there are no hours at all.
    """
    rows = tuple(shares)
    present = _present(rows, fair)
    if present is None:
        return None
    most = max(sum(present.values()), fair.capacity - fair.kept)
    return sum(shift.hours for shift in shifts(rows, fair)) / most if most > SAME else None


def shifts(shares: Iterable[Share], fair: Fair) -> tuple[Shift, ...]:
    """Where hours come from and where they go, the largest move first.

    Who has the most too many gives to who lacks the most; then the next. What all give is what
    all take. Who has no known potential neither gives nor takes. Empty while somebody's present
    hours are unknown, where nobody has a potential, or where the floors do not fit.
    """
    present = _present(tuple(shares), fair)
    if present is None:
        return ()
    too_many: dict[str | None, float] = {
        customer: now - fair.hours[customer] for customer, now in present.items()
    }
    too_many[None] = fair.capacity - fair.kept - sum(present.values()) - fair.unplaced
    found = _paired(_largest(too_many, 1), _largest(too_many, -1))
    return tuple(sorted(found, key=lambda shift: -shift.hours))


def _present(rows: tuple[Share, ...], fair: Fair) -> dict[str, float] | None:
    """Customer with a known potential -> hours now; `None` where nothing can be compared."""
    if hours_unknown(rows) or fair.scale is None:
        return None
    unknown = set(fair.unknown)
    known = (row for row in rows if row.customer not in unknown)
    return {row.customer: row.hours for row in known if row.hours is not None}


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


def headline(shares: Iterable[Share], fair: Fair | None) -> str:
    """The one figure as a message, or what is not known yet; no fair hours are unknown hours."""
    rows = tuple(shares)
    known, of = len(rows) - len(hours_unknown(rows)), len(rows)
    if fair is None or known < of:
        return f"Today’s hours are known of {known:,} of {of:,} customers"
    share = misplaced_share(rows, fair)
    some = f"Gain is known of {of - len(fair.unknown):,} of {of:,} customers"
    if fair.crowded:
        return "There are too many accounts for the hours"
    if share is None:
        return some if fair.unknown else "There is nothing to share the hours by yet"
    shown = f"{100 * share:.0f} %" if share >= 0.005 else "Less than 1 %"
    if fair.unknown:  # short: it has to stand beside the views of the page
        known = of - len(fair.unknown)
        return f"{shown} of hours are misplaced; gain is known of {known:,} of {of:,}"
    if share < SAME:
        return "All of our account time sits where it is due"
    return f"{shown} of our account time sits in the wrong place"


# Rank correlation from which on hours follow the gain so far, -1 to 1 [D]
_FOLLOWS = ((0.8, "closely"), (0.5, "in part"), (0.2, "only a little"), (-0.2, "not at all"))


def follows_words(correlation: float) -> str:
    """How closely hours follow what can be won, in a sentence."""
    how = next((words for least, words in _FOLLOWS if correlation >= least), None)
    told = f"follow what can be won {how}" if how else "go where there is less to win"
    shown = f"{correlation:.2f}".replace("-", "−")
    return f"Our hours {told}: {shown}, where 1 is the same order and 0 is no connection."


def shift_words(shift: Shift, called: Callable[[str], str] = str) -> str:
    """One move of hours as an instruction: "Move 200 hours a year from Alder to Birch"."""
    amount = f"{spoken(shift.hours)} hours a year"
    if shift.origin is None and shift.target is not None:
        return f"Spend {amount} more on {called(shift.target)}."
    if shift.target is None and shift.origin is not None:
        return f"Spend {amount} less on {called(shift.origin)}."
    return f"Move {amount} from {called(shift.origin or '')} to {called(shift.target or '')}."
