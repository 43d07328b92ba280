"""Hours in line with potential: what is due to each customer, told by its key (method.md 9)."""

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import isfinite, isnan

import numpy as np

from kam.errors import Refused
from kam.method.selection import SAME
from kam.method.values import Floats, spoken

TOLD = 0.5  # hours a year from which they are worth a sentence [D]


@dataclass(frozen=True)
class Share:
    """What decides over a customer's hours, and what it has now.

    Attributes:
        potential: what can be won, currency; `None` unknown, up to 1e-9 counts as nothing to win.
        floor: the least hours a year that its class promises.
        cap: the most hours a year; infinite where nothing limits them.
        hours: what we spend on it now, hours a year; `None` unknown.
    """

    customer: str
    potential: float | None
    floor: float
    cap: float
    hours: float | None = None


@dataclass(frozen=True)
class Fair:
    """The hours that are due to each customer.

    Attributes:
        capacity: the hours a year that there are.
        hours: customer -> hours a year; empty where the least hours do not fit (`short` > 0).
            With `unplaced` they add up to the capacity.
        scale: hours for each unit of potential, before floors and caps; `None` where no customer
            has a potential, or nothing was shared out.
        unplaced: hours that no customer may take.
        short: hours that lack for the least hours of all, and for those that are kept.
        unknown: customers without a known potential; each keeps the hours that it has, or its
            least hours where those are not known either.
        kept: the hours that these customers keep, all together.
    """

    capacity: float
    hours: Mapping[str, float]
    scale: float | None
    unplaced: float
    short: float
    unknown: tuple[str, ...]
    kept: float = 0.0

    @property
    def crowded(self) -> bool:
        """Whether the least hours alone, without those that are kept, are more than there are."""
        return self.short > self.kept


def potential(
    chance: float | None, extra: Sequence[float | None], rate: float = 0.0
) -> float | None:
    """What can be won with a customer, currency: `max(0, chance x present value of the extra)`.

    Args:
        chance: that it can be won, 0-1; `None` unknown.
        extra: contribution beyond today's in year one, two, three, currency; `None` unknown.
        rate: discount rate, a share a year; the first year is discounted once.

    Returns:
        `None` while anything is unknown.

    Raises:
        Refused: the chance is not between 0 and 1.
    """
    if chance is None or not extra or None in extra:
        return None
    if not 0 <= chance <= 1:
        raise Refused(f"The chance to win cannot be {spoken(100 * chance)} %: give 0 to 100 %.")
    worth = (year / (1 + rate) ** n for n, year in enumerate(extra, 1) if year is not None)
    return max(0.0, chance * sum(worth))


def fair_hours(shares: Iterable[Share], hours: float) -> Fair:
    """The hours due to each customer: in proportion to potential, between its floor and its cap.

    `r = clip(t x potential, floor, cap)`, t such that all add up to the hours there are. The sum
    only bends where a customer leaves its floor or meets its cap, so t is exact: found between
    two such bends. Customers with nothing to win have their floor. Unknown is not nothing:
    who has no known potential keeps the hours that it has, and they are not shared out.

    Args:
        shares: one for each customer.
        hours: what there is to share out, a year.

    Raises:
        Refused: a customer stands twice, its floor is above its cap, or a number is none.

    Source: water-filling, method.md 9.
    """
    rows = _checked(tuple(shares), hours)
    least = np.array([_least(row) for row in rows], dtype=float)
    unknown = tuple(row.customer for row in rows if is_unknown(row.potential))
    kept = sum(_least(row) for row in rows if is_unknown(row.potential))
    short = float(least.sum()) - hours
    if short > SAME:
        return Fair(hours, {}, None, 0.0, short, unknown, kept)
    each, scale = _filled(rows, least, hours)
    unplaced = hours - float(each.sum())
    unplaced = unplaced if unplaced > SAME * max(1.0, hours) else 0.0
    given = {row.customer: float(due) for row, due in zip(rows, each, strict=True)}
    return Fair(hours, given, scale, unplaced, 0.0, unknown, kept)


def _least(row: Share) -> float:
    """The hours below which a customer cannot fall; unknown potential keeps what there is."""
    if not is_unknown(row.potential) or row.hours is None or is_unknown(row.hours):
        return row.floor
    return row.hours


def _checked(rows: tuple[Share, ...], hours: float) -> tuple[Share, ...]:
    """The shares, if hours can be shared out among them."""
    if not (isfinite(hours) and hours >= 0):
        raise Refused(f"{spoken(hours)} hours cannot be shared out: give a number from 0 on.")
    if len({row.customer for row in rows}) < len(rows):
        raise Refused("A customer stands twice among those that share the hours: keep one of them.")
    for row in rows:
        limits = f"at least {spoken(row.floor)} and at most {spoken(row.cap)} hours"
        if not (0 <= row.floor <= row.cap and isfinite(row.floor)):
            raise Refused(f"{row.customer} has {limits}: give a least from 0 on, up to the most.")
        if row.potential is not None and row.potential in (np.inf, -np.inf):
            raise Refused(f"The potential of {row.customer} has no end: give an amount.")
    return rows


def _filled(rows: tuple[Share, ...], least: Floats, hours: float) -> tuple[Floats, float | None]:
    """(n,) hours of each customer, and the scale; floors are known to fit."""
    each = least.copy()
    worth = np.array(
        [np.nan if row.potential is None else row.potential for row in rows], dtype=float
    )
    some = worth > SAME
    if not some.any():
        return each, None
    most = np.array([row.cap for row in rows], dtype=float)[some]
    rest = hours - float(least[~some].sum())
    scale = _scale(worth[some], least[some], most, rest)
    each[some] = np.clip(scale * worth[some], least[some], most)
    return each, scale


def _scale(worth: Floats, least: Floats, most: Floats, hours: float) -> float:
    """The t at which `clip(t x worth, least, most)` adds up to the hours, or all are at most."""
    starts, ends = least / worth, most / worth
    bends = np.unique(np.concatenate([[0.0], starts, ends]))
    bends = bends[np.isfinite(bends)]
    place = bisect_left(bends, hours, key=lambda t: np.clip(t * worth, least, most).sum())
    before = bends[max(place - 1, 0)]
    rising = (starts <= before) & (ends > before)
    if place == 0 or not rising.any():
        return float(before)
    level = np.where(ends <= before, most, least)[~rising].sum()
    return float((hours - level) / worth[rising].sum())


def is_unknown(figure: float | None) -> bool:
    """Whether nobody has said a figure."""
    return figure is None or isnan(figure)


def fair_words(fair: Fair) -> tuple[str, ...]:
    """What has to be known of the fair hours, in sentences; empty where they need no comment."""
    if fair.short:
        return (_too_many(fair),)
    told = []
    if fair.scale is None and fair.hours:
        none = "No gain is known" if fair.unknown else "There is no gain"
        told.append(f"{none} to share the hours by, so no hours are due. Estimate what can be won.")
    elif fair.unknown:
        count = len(fair.unknown)
        whose = "1 customer whose gain is" if count == 1 else f"{count:,} customers whose gain is"
        told.append(f"The {spoken(fair.kept)} hours of {whose} not known stay where they are.")
    if fair.scale is not None and fair.unplaced >= TOLD:
        told.append(
            f"{spoken(fair.unplaced)} hours have no place: whoever has something to win has the "
            "most that it may have. Raise the most hours, or use them elsewhere."
        )
    return tuple(told)


def _too_many(fair: Fair) -> str:
    needed, there = spoken(fair.capacity + fair.short), spoken(fair.capacity)
    more = f"keep fewer accounts, promise less, or find {spoken(fair.short)} hours more."
    if not fair.unknown:
        return (
            "There are too many accounts for the hours: their least hours add up to "
            f"{needed}, and there are {there}. {more.capitalize()}"
        )
    return (
        "The hours of customers whose gain is not known, and the least hours of the others, add "
        f"up to {needed}, and there are {there}. Estimate what can be won, {more}"
    )
