"""Potential won for hours spent: where we stand, what is proposed, and the best there is.

A customer's potential is won in proportion to the hours spent on it, up to the hours that it
takes to win all of it; hours beyond win nothing.
"""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from kam.method.criteria_review import listing
from kam.method.resources import is_unknown
from kam.method.selection import SAME
from kam.method.values import spoken


@dataclass(frozen=True)
class Demand:
    """What can be won with a customer, and what it takes.

    Attributes:
        potential: currency; `None` unknown, below 0 counts as nothing to win.
        needed: hours a year that win all of it; `None` unknown.
    """

    customer: str
    potential: float | None
    needed: float | None


@dataclass(frozen=True)
class Point:
    """Hours a year that are spent, and the potential that they win."""

    hours: float
    won: float


@dataclass(frozen=True)
class Piece:
    """A stretch between two points.

    Attributes:
        gain: won more.
        cost: spent more.
        per_unit: cost for each unit gained; `None` where nothing is gained.
    """

    gain: float
    cost: float
    per_unit: float | None


@dataclass(frozen=True)
class Frontier:
    """The most that can be won with any number of hours.

    Attributes:
        points: corners, from no hours on; the last wins all there is.
        customers: whom each piece between two corners is spent on, the best first.
        unknown: customers whose potential or hours are unknown; they are on no curve.
    """

    points: tuple[Point, ...]
    customers: tuple[str, ...]
    unknown: tuple[str, ...]

    def won(self, hours: float) -> float:
        """The most that can be won with these hours."""
        place = bisect_right(self.points, hours, key=lambda point: point.hours)
        if place == len(self.points):
            return self.points[-1].won
        before, after = self.points[place - 1], self.points[place]
        part = (hours - before.hours) / (after.hours - before.hours)
        return before.won + part * (after.won - before.won)


@dataclass(frozen=True)
class Change:
    """What another split of the hours wins and gives up.

    Attributes:
        won: customer -> won more, the most first.
        given_up: customer -> won less, the most first, as amounts above 0.
    """

    won: Mapping[str, float]
    given_up: Mapping[str, float]

    @property
    def net(self) -> float:
        """Won more in all; below 0 where more is given up."""
        return sum(self.won.values()) - sum(self.given_up.values())


@dataclass(frozen=True)
class Picture:
    """Two splits of the hours beside the best there is, on one chart.

    Attributes:
        present: where we stand; `None` while somebody's hours are unknown.
        proposed: the split that is proposed.
    """

    frontier: Frontier
    present: Point | None
    proposed: Point | None


def frontier(demands: Iterable[Demand]) -> Frontier:
    """The most that can be won with any number of hours: corners of a line that only flattens.

    Hours go first where each wins the most. As potential is won in proportion to hours, no split
    of the same hours wins more. Potential that needs no hours is won from the start.

    Source: the continuous knapsack, Dantzig (1957), Operations Research 5:266-277.
    """
    rows = tuple(demands)
    promising = [row for row in rows if _worth(row) > 0]
    costly = [row for row in promising if _needed(row) > 0]
    best = sorted(costly, key=lambda row: -_worth(row) / _needed(row))
    points = [Point(0.0, sum(_worth(row) for row in promising if not _needed(row)))]
    for row in best:
        points.append(Point(points[-1].hours + _needed(row), points[-1].won + _worth(row)))
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


def pieces(points: Sequence[Point]) -> tuple[Piece, ...]:
    """What each further unit costs between one point and the next.

    Source: cost of an extra benefit point, Goodwin & Wright (2004), p. 46.
    """
    return tuple(
        _piece(after.won - before.won, after.hours - before.hours)
        for before, after in pairwise(points)
    )


def _piece(gain: float, cost: float) -> Piece:
    return Piece(gain, cost, cost / gain if gain > 0 else None)


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


def _won(row: Demand, hours: float) -> float:
    needed = _needed(row)
    return _worth(row) * (min(1.0, hours / needed) if needed > 0 else 1.0)


# --- in words -------------------------------------------------------------------------------------


def picture_words(found: Picture) -> str:
    """Where we stand beside the best there is, in a sentence; empty while that is unknown."""
    if found.present is None:
        return ""
    now, best = found.present.won, found.frontier.won(found.present.hours)
    told = f"The hours that we spend win {spoken(now)}; the same hours could win {spoken(best)}"
    if found.proposed is None:
        return f"{told}."
    return f"{told}. The proposed split wins {spoken(found.proposed.won)}."


def change_words(found: Change, called: Callable[[str], str] = str) -> str:
    """What it costs to move the hours, and what it wins, in a sentence."""
    won, given_up = (_amounts(part, called) for part in (found.won, found.given_up))
    if not won and not given_up:
        return "Moving the hours changes nothing that can be won."
    if not given_up:
        return f"Moving the hours wins {won} and gives up nothing."
    return f"Moving the hours wins {won or 'nothing'} and gives up {given_up}."


def _amounts(part: Mapping[str, float], called: Callable[[str], str]) -> str:
    """The sum, and whom it is with; empty for nobody."""
    if not part:
        return ""
    return f"{spoken(sum(part.values()))} with {listing([called(customer) for customer in part])}"
