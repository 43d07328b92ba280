"""How far a weight would have to move before something changes (method.md 5.1).

One weight moves, the others keep their proportions to each other. Weights are shares of the
whole, 0-1; on screen they are points of 100. One weight at a time only: two that move together
may change more.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from kam.method.assessment import Assessment
from kam.method.robustness import blocks, drawn_classes
from kam.method.selection import CLASSES, UNSCORED, Ints
from kam.method.values import Flags, Floats
from kam.model import Class

STEPS = 1_000  # a weight is tried from 0 to 100 points in steps of 0.1
SAME_MARGIN = 1e-12  # points; margins this small are no margin


class Line(StrEnum):
    """The lines of the matrix that a customer may cross."""

    ATTRACTIVENESS = "attractiveness"
    STRENGTH = "strength"
    STRATEGIC = "strategic"


@dataclass(frozen=True)
class Switch:
    """The weight of a criterion at which a customer reaches a line, or a rival's place.

    Attributes:
        now: its weight as agreed, 0-1.
        at: the weight, 0-1, at which the margin is nothing; `None` where no weight does it.
    """

    criterion: str
    now: float
    at: float | None

    @property
    def distance(self) -> float:
        """How far the weight has to move, 0-1; infinite where no weight does it."""
        return float("inf") if self.at is None else abs(self.at - self.now)


@dataclass(frozen=True)
class Flip:
    """The nearest change of one customer's class.

    Attributes:
        klass: its class as it stands; `None` while nothing is scored.
        switch: the weight that changes it first; `None` where no single weight does.
        becomes: the class on the other side.
    """

    customer: str
    klass: Class | None
    switch: Switch | None
    becomes: Class | None

    @property
    def distance(self) -> float:
        """How far a weight has to move, 0-1; infinite where no single weight is enough."""
        return float("inf") if self.switch is None else self.switch.distance


def switching_weight(differences: Floats, weights: Floats, place: int) -> float | None:
    """The weight of one criterion at which a margin is nothing, 0-1; `None` where none is.

    `D(x) = x d_k + (1 - x) R` with `R = (D - w_k d_k) / (1 - w_k)`, nothing at
    `x = -R / (d_k - R)`. The same point as `(w_k - delta) / (1 - delta)` with the delta of
    Triantaphyllou & Sanchez (1997).

    Args:
        differences: (m,) value points by which one side is ahead on each criterion.
        weights: (m,) any scale.
        place: of the criterion that moves. A criterion that has all the weight cannot move.
    """
    share = weights / weights.sum()
    rest = 1 - share[place]
    if rest <= SAME_MARGIN:
        return None
    others = float(share @ differences - share[place] * differences[place]) / rest
    slope = float(differences[place]) - others
    if abs(slope) <= SAME_MARGIN:
        return None
    found = -others / slope
    return float(found) if 0 <= found <= 1 else None


def reweighted(weights: Floats, place: int, share: float | Floats) -> Floats:
    """Weights with one criterion at this share and the others in their proportions.

    Args:
        weights: (m,) adding to 1, not all on the criterion that moves.
        place: of the criterion that moves.
        share: 0-1, one or several.

    Returns:
        (m,), or a row for each share.
    """
    wanted = np.asarray(share, dtype=float)[..., None]
    moved = weights * (1 - wanted) / (1 - weights[place])
    moved[..., place] = wanted[..., 0]
    return np.asarray(moved)


def line_switches(result: Assessment, customer: str, line: Line) -> tuple[Switch, ...]:
    """The weight of every criterion of the line's axis at which a customer stands on the line.

    Its score is that of what is known, so a criterion that is unknown for it moves nothing. The
    nearest first, criteria that cannot do it last.
    """
    table = result.valued
    values = table.table[result.row[customer]]
    on_axis = ~table.attractive if line is Line.STRENGTH else table.attractive
    known = on_axis & ~np.isnan(values)
    weights = _weights(result)
    above = values - getattr(result.workshop.cut_offs, line.value)
    return _nearest_first(
        Switch(
            table.criteria[place],
            float(weights[place]),
            _of_all(weights, known, above, place) if known[place] else None,
        )
        for place in map(int, np.flatnonzero(on_axis))
    )


def _of_all(weights: Floats, known: Flags, above: Floats, place: int) -> float | None:
    """The switching weight among the known criteria of an axis, as a share of all weight."""
    among = weights * known
    if not among.sum() > 0:
        return None
    share = switching_weight(np.where(known, above, 0.0), among, place)
    if share is None or weights[place] >= 1:
        return None
    others = (among.sum() - weights[place]) / (1 - weights[place])
    whole = 1 - share + share * others
    return float(share * others / whole) if whole > 0 else None


def rival_switches(result: Assessment, customer: str, rival: str) -> tuple[Switch, ...]:
    """The weight of every criterion at which two customers change places in the one order.

    The order is that of the distance to the key zone, so a weight may do it on one side of its
    present place, on both or on none; the nearest is told. Exact to 1e-9.
    """
    rows = (result.row[customer], result.row[rival])
    weights = _weights(result)
    return _nearest_first(
        Switch(key, float(weights[place]), _meeting(result, weights, place, rows))
        for place, key in enumerate(result.valued.criteria)
    )


def _meeting(
    result: Assessment, weights: Floats, place: int, rows: tuple[int, int]
) -> float | None:
    """The share of one criterion nearest to its weight at which two distances are the same."""
    now = float(weights[place])
    if now >= 1:
        return None
    shares = np.union1d(np.linspace(0, 1, STEPS + 1), [now])
    for _ in range(4):  # each time a thousand steps within the step before
        margin = _margins(result, reweighted(weights, place, shares), rows)
        with np.errstate(invalid="ignore"):
            crossed = np.flatnonzero(margin[:-1] * margin[1:] <= 0)
        if not len(crossed):
            return None
        middle = (shares[crossed] + shares[crossed + 1]) / 2
        step = crossed[np.abs(middle - now).argmin()]
        shares = np.linspace(shares[step], shares[step + 1], STEPS + 1)
    return float(shares[STEPS // 2])


def _margins(result: Assessment, weights: Floats, rows: tuple[int, int]) -> Floats:
    """By how many points the first is further inside the key zone than the second, by draw."""
    distances = [
        np.minimum(points.a[:, rows], points.s[:, rows])
        for _, points in blocks(result, weights, kind=np.float64)
    ]
    first, second = np.concatenate(distances).T
    return np.asarray(first - second)


def flips(result: Assessment) -> tuple[Flip, ...]:
    """Every judged customer's nearest change of class, the most fragile first.

    The whole rule, capacity included: a customer may also be pushed out by another that comes
    in. Every weight is tried from 0 to 100 points in steps of 0.1, one at a time; a class that
    lasts for less than that may be missed.
    """
    weights = _weights(result)
    now = drawn_classes(result, weights[None])[0]
    best: dict[int, tuple[Switch, int]] = {}
    for place, key in enumerate(result.valued.criteria):
        if weights[place] >= 1:
            continue
        shares = _around(float(weights[place]))
        classes = drawn_classes(result, reweighted(weights, place, shares))
        for row, step in _first_changes(classes, now):
            switch = Switch(key, float(weights[place]), float(shares[step]))
            if row not in best or switch.distance < best[row][0].distance:
                best[row] = (switch, int(classes[step, row]))
    found = [_flip(result, row, int(now[row]), best.get(row)) for row in _judged(result)]
    return tuple(sorted(found, key=lambda flip: flip.distance))


def _around(now: float) -> Floats:
    """All shares that are tried, the nearest to the present one first."""
    shares = np.linspace(0, 1, STEPS + 1)
    return np.asarray(shares[np.argsort(np.abs(shares - now), kind="stable")])


def _first_changes(classes: Ints, now: Ints) -> Iterator[tuple[int, int]]:
    """Each customer whose class ever changes, with the first step at which it does.

    An axis without any weight leaves all without a class; that is no other class.
    """
    changed = (classes != now) & (classes != UNSCORED)
    for row in np.flatnonzero(changed.any(axis=0)):
        yield int(row), int(changed[:, row].argmax())


def _judged(result: Assessment) -> list[int]:
    """Rows of the judged customers, in the one order, those without scores last."""
    return [result.row[customer] for customer in result.judged]


def _flip(result: Assessment, row: int, now: int, nearest: tuple[Switch, int] | None) -> Flip:
    switch, after = nearest or (None, UNSCORED)
    return Flip(result.valued.customers[row], _class(now), switch, _class(after))


def _class(place: int) -> Class | None:
    return None if place == UNSCORED else CLASSES[place]


def _weights(result: Assessment) -> Floats:
    """The team's weights of the criteria that can be scored, adding to 1."""
    weights = np.array([result.weights[key] for key in result.valued.criteria])
    return np.asarray(weights / weights.sum())


def _nearest_first(switches: Iterable[Switch]) -> tuple[Switch, ...]:
    return tuple(sorted(switches, key=lambda switch: switch.distance))
