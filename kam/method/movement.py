"""Who moved between two states of a workshop, and by how much each cause moved it, exactly.

The parts are the means over all orders in which the causes may change (`kam.method.shapley`), so
that they add up to the movement and owe nothing to an order.
"""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import product

import numpy as np

from kam.method.assessment import Assessment, Standing
from kam.method.causes import OF_CLASS, OF_DISTANCE, OF_SCORES, Cause, Pick
from kam.method.mixtures import Mixtures
from kam.method.selection import SAME
from kam.method.shapley import shapley
from kam.method.values import Floats
from kam.model import Axis, Class

NOISE = 1e-12  # points: a smaller part is what adding up floats leaves behind, and is 0

Table = Mapping[Cause, list[float]]  # what each cause added, by row of the mixtures


@dataclass(frozen=True)
class Change:
    """One number of one customer, in two states.

    Attributes:
        before: points; `None` where it is unknown.
        after: likewise.
        parts: what each cause added, points; a cause that is absent added exactly nothing.
            Empty where the number is unknown in one of the states.
    """

    before: float | None
    after: float | None
    parts: Mapping[Cause, float]

    @property
    def by(self) -> float | None:
        """By how much it moved, points; `None` where it is unknown in one of the states."""
        if self.before is None or self.after is None:
            return None
        return self.after - self.before


@dataclass(frozen=True)
class Movement:
    """What became of one customer that both states hold.

    Attributes:
        distance: points inside (>= 0) or outside the key zone.
        klass: its class before and after; `None` while nothing was scored.
        class_parts: each cause's share of the change of class, adding up to 1; a negative one
            worked against it. Empty where the class is the same or was not known.
    """

    customer: str
    attractiveness: Change
    strength: Change
    distance: Change
    klass: tuple[Class | None, Class | None]
    class_parts: Mapping[Cause, float]

    @property
    def changed_class(self) -> bool:
        """Whether it had a class before, and has another one now."""
        return None not in self.klass and self.klass[0] is not self.klass[1]

    @property
    def mains(self) -> tuple[Cause, ...]:
        """What did most for the change of class: one cause, or several that did the same.

        Empty where the class is the same.
        """
        most = max(self.class_parts.values(), default=0.0)
        return tuple(cause for cause, part in self.class_parts.items() if part > most - SAME)


def movements(before: Assessment, after: Assessment) -> tuple[Movement, ...]:
    """What became of every customer that both states hold, in the one order of the later one."""
    if not before.row.keys() & after.row.keys():
        return ()
    mixtures = Mixtures(before, after)
    tables = (
        _table(mixtures, OF_SCORES, partial(mixtures.score, Axis.ATTRACTIVENESS)),
        _table(mixtures, OF_SCORES, partial(mixtures.score, Axis.STRENGTH)),
        _table(mixtures, OF_DISTANCE, mixtures.distance),
    )
    classes = _table(mixtures, OF_CLASS, mixtures.has_new_class)
    return tuple(
        _movement((before.standings[key], now), tables, classes, mixtures.row[key])
        for key, now in after.standings.items()
        if key in before.row
    )


def came(before: Assessment, after: Assessment) -> tuple[str, ...]:
    """Customers that only the later state holds, in its one order."""
    return tuple(key for key in after.standings if key not in before.row)


def gone(before: Assessment, after: Assessment) -> tuple[str, ...]:
    """Customers that only the earlier state holds, in its one order."""
    return came(after, before)


def _table(mixtures: Mixtures, causes: Sequence[Cause], outcome: Callable[[Pick], Floats]) -> Table:
    """What each cause in which the states differ adds to an outcome of every customer."""
    some = [cause for cause in causes if cause in mixtures.changed]
    picks = (dict(zip(some, pick, strict=True)) for pick in product((0, 1), repeat=len(some)))
    worth = np.array([outcome(pick) for pick in picks])
    found = shapley(worth.reshape((2,) * len(some) + (-1,)))
    return dict(zip(some, found.tolist(), strict=True))


def _movement(
    ends: tuple[Standing, Standing], tables: Sequence[Table], classes: Table, row: int
) -> Movement:
    """What became of one customer, whose row in the mixtures is given."""
    then, now = ends
    movement = Movement(
        customer=now.customer,
        attractiveness=_change(then.attractiveness[0], now.attractiveness[0], tables[0], row),
        strength=_change(then.strength[0], now.strength[0], tables[1], row),
        distance=_change(then.distance, now.distance, tables[2], row),
        klass=(then.klass, now.klass),
        class_parts={},
    )
    if not movement.changed_class:
        return movement
    return replace(movement, class_parts=_parts(classes, row))


def _change(before: float | None, after: float | None, table: Table, row: int) -> Change:
    """One number of one customer with its parts."""
    before, after = (None if end is None or math.isnan(end) else end for end in (before, after))
    if before is None or after is None:
        return Change(before, after, {})
    if any(math.isnan(added[row]) for added in table.values()):
        return Change(before, after, {Cause.TOGETHER: after - before})
    return Change(before, after, _parts(table, row))


def _parts(table: Table, row: int) -> dict[Cause, float]:
    """One row of each cause's parts, without those that are nothing."""
    return {cause: of[row] for cause, of in table.items() if abs(of[row]) > NOISE}
