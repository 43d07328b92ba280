"""Potential won for hours spent: where we stand, what is proposed, and the best there is.

A customer's potential is won in proportion to the hours spent on it, up to the hours that it
takes to win all of it; hours beyond win nothing. The best keeps the rules that the hours due
keep: nobody gets less than its least hours, nobody more than its most.
"""

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import inf

from kam.method.resources import is_unknown
from kam.method.selection import SAME


@dataclass(frozen=True)
class Demand:
    """What can be won with a customer, what it takes, and what it may get.

    Attributes:
        potential: currency; `None` unknown, below 0 counts as nothing to win.
        needed: hours a year that win all of it; `None` unknown.
        floor: the least hours a year that it gets.
        cap: the most, from the least on.
    """

    customer: str
    potential: float | None
    needed: float | None
    floor: float = 0.0
    cap: float = inf


@dataclass(frozen=True)
class Point:
    """Hours a year that are spent, and the potential that they win."""

    hours: float
    won: float


@dataclass(frozen=True)
class Frontier:
    """The most that can be won with any number of hours.

    Attributes:
        points: corners; the first has everybody's least hours, the last wins all that can be won.
        customers: whom each piece between two corners is spent on, the best first.
        unknown: customers whose potential or hours are unknown; they are on no curve.
    """

    points: tuple[Point, ...]
    customers: tuple[str, ...]
    unknown: tuple[str, ...]

    def won(self, hours: float) -> float | None:
        """The most that can be won with these hours; `None` where the least hours do not fit."""
        if hours < self.points[0].hours - SAME:
            return None
        place = bisect_right(self.points, hours, key=lambda point: point.hours)
        if place in (0, len(self.points)):
            return self.points[max(place - 1, 0)].won
        before, after = self.points[place - 1], self.points[place]
        part = (hours - before.hours) / (after.hours - before.hours)
        return before.won + part * (after.won - before.won)

    def next_won(self, hours: float, more: float) -> float | None:
        """What so many hours more win at best; `None` where the least hours do not fit."""
        now, then = self.won(hours), self.won(hours + more)
        return None if now is None or then is None else then - now


@dataclass(frozen=True)
class Change:
    """What another split of the hours wins and gives up.

    Attributes:
        won: customer -> won more, the most first.
        given_up: customer -> won less, the most first, as amounts above 0.
    """

    won: Mapping[str, float]
    given_up: Mapping[str, float]


@dataclass(frozen=True)
class Picture:
    """Two splits of the hours beside the best there is, on one chart.

    Attributes:
        present: where we stand; `None` while somebody's hours are unknown. It need not keep the
            least and most hours, so it may win more than the best that does.
        proposed: the split that is proposed.
    """

    frontier: Frontier
    present: Point | None
    proposed: Point | None


def frontier(demands: Iterable[Demand]) -> Frontier:
    """The most that can be won with any number of hours: corners of a line that only flattens.

    Everybody has its least hours, whatever they win. Further hours go first where each wins the
    most, up to what wins all or to the most hours. As potential is won in proportion to hours, no
    other split of the same hours within these limits wins more.

    Source: the continuous knapsack, Dantzig (1957), Operations Research 5:266-277.
    """
    rows = tuple(demands)
    known = [row for row in rows if _on_curve(row)]
    costly = [row for row in known if _worth(row) > 0 and _further(row) > 0]
    best = sorted(costly, key=lambda row: -_worth(row) / _needed(row))
    points = [Point(sum(row.floor for row in known), sum(_won(row, row.floor) for row in known))]
    for row in best:
        won = _won(row, row.floor + _further(row)) - _won(row, row.floor)
        points.append(Point(points[-1].hours + _further(row), points[-1].won + won))
    return Frontier(
        tuple(points),
        tuple(row.customer for row in best),
        tuple(row.customer for row in rows if not _on_curve(row)),
    )


def stand(demands: Iterable[Demand], hours: Mapping[str, float | None]) -> Point | None:
    """What a split of the hours wins, over the customers whose potential and need are known.

    Returns:
        `None` while the hours of one of them are unknown.
    """
    rows = [row for row in demands if _on_curve(row)]
    spent = {row: hours.get(row.customer) for row in rows}
    known = {row: some for row, some in spent.items() if some is not None and not is_unknown(some)}
    if len(known) < len(rows):
        return None
    return Point(sum(known.values()), sum(_won(row, some) for row, some in known.items()))


def idle(demands: Iterable[Demand], hours: Mapping[str, float]) -> float:
    """Hours a year that win nothing: beyond those that win all, and beyond the least ones."""
    known = [row for row in demands if _on_curve(row)]
    return sum(
        max(0.0, hours.get(row.customer, 0.0) - max(_needed(row), row.floor)) for row in known
    )


def picture(
    demands: Iterable[Demand],
    present: Mapping[str, float | None],
    proposed: Mapping[str, float | None],
) -> Picture:
    """Two splits of the hours, customer -> hours a year, beside the best there is."""
    rows = tuple(demands)
    return Picture(frontier(rows), stand(rows, present), stand(rows, proposed))


def change(
    demands: Iterable[Demand],
    present: Mapping[str, float | None],
    proposed: Mapping[str, float | None],
) -> Change | None:
    """What it costs to move the hours, and what it wins; `None` while hours are unknown."""
    more: dict[str, float] = {}
    for row in demands:
        before, after = stand([row], present), stand([row], proposed)
        if before is None or after is None:
            return None
        more[row.customer] = after.won - before.won
    return Change(_largest(more, 1), _largest(more, -1))


def _largest(more: Mapping[str, float], sign: int) -> dict[str, float]:
    """Those that win (1) or give up (-1), and how much, the most first."""
    some = {customer: sign * won for customer, won in more.items() if sign * won > SAME}
    return dict(sorted(some.items(), key=lambda one: -one[1]))


def _on_curve(row: Demand) -> bool:
    """Whether potential and need are known."""
    return not is_unknown(row.potential) and not is_unknown(row.needed)


def _worth(row: Demand) -> float:
    """What can be won, where that is known; 0 for a customer that is on no curve."""
    return max(0.0, row.potential) if row.potential is not None and _on_curve(row) else 0.0


def _needed(row: Demand) -> float:
    """Hours a year that win all of it; 0 where none are needed."""
    return max(0.0, row.needed) if row.needed is not None and _on_curve(row) else 0.0


def _further(row: Demand) -> float:
    """Hours a year beyond the least that still win something and that it may get."""
    return max(0.0, min(_needed(row), row.cap) - row.floor)


def _won(row: Demand, hours: float) -> float:
    needed = _needed(row)
    return _worth(row) * (min(1.0, hours / needed) if needed > 0 else 1.0)
