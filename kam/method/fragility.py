"""What could still change the outcome: the agenda of the meeting, the most fragile class first.

Names stand in the sentences as they are; who shows them makes them safe.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from kam.method.assessment import Assessment
from kam.method.criteria_review import counted
from kam.method.phrases import axis_row, cut_off, flip_words, settled_words
from kam.method.scores import AxisScores
from kam.method.selection import (
    CLASSES,
    SAME,
    UNSCORED,
    Reason,
    Selection,
    hours_each,
    select,
)
from kam.method.switching import Flip, Switch, flips
from kam.method.values import Floats, in_unit, level, spoken
from kam.model import Axis, Capacity, Class

MOST = 100  # customers that are looked into: more than any meeting can talk about [D]
PAST = 1e-6  # points beyond a line or a rival's place: on its other side, and shown as on it

_FIXED = (Reason.UNSCORED, Reason.OVERRIDE, Reason.GATE)


@dataclass(frozen=True)
class Nudge:
    """The smallest change of one score that changes a customer's class.

    Attributes:
        start: its level now, in the criterion's unit; likewise `end`.
        points: value points, negative downwards.
        becomes: the class on the other side.
    """

    criterion: str
    start: float
    end: float
    points: float
    becomes: Class


@dataclass(frozen=True)
class Fragile:
    """How little it takes to change one customer's class.

    Attributes:
        klass: its class as it stands; `None` while it is not scored.
        becomes: the class that the weight leads to; `None` where no single weight does it.
        switch: that weight.
        nudge: the smallest change of one score; `None` where no single score does it.
        words: both in sentences.
    """

    customer: str
    klass: Class | None
    becomes: Class | None
    switch: Switch | None
    nudge: Nudge | None
    words: str

    @property
    def distance(self) -> float:
        """How far the weight has to move, 0-1; infinite where no single weight is enough."""
        return float("inf") if self.switch is None else self.switch.distance

    @property
    def points(self) -> float:
        """Value points that the score has to move; infinite where no single score is enough."""
        return float("inf") if self.nudge is None else abs(self.nudge.points)


def fragility(result: Assessment, most: int = MOST) -> tuple[Fragile, ...]:
    """The nearest changes of class of the judged customers, the most fragile first.

    By how far one weight has to move; those whose class no single weight changes come last, by
    how far one score has to move. The whole rule, capacity included. Only the first `most`.

    Returns:
        Empty while nothing is scored.
    """
    if not result.scored_count:
        return ()
    found = [_fragile(result, flip) for flip in flips(result)[:most]]
    return tuple(sorted(found, key=lambda one: (one.distance, one.points)))


def _fragile(result: Assessment, flip: Flip) -> Fragile:
    standing = result.standings[flip.customer]
    nudge = None if standing.reason in _FIXED else smallest_change(result, flip.customer)
    words = _words(result, flip, nudge)
    return Fragile(flip.customer, flip.klass, flip.becomes, flip.switch, nudge, words)


def _words(result: Assessment, flip: Flip, nudge: Nudge | None) -> str:
    name, standing = result.workshop.customers[flip.customer].name, result.standings[flip.customer]
    if standing.reason in _FIXED:
        why = standing.why if standing.why.endswith(".") else f"{standing.why}."
        return f"{name}: {why} {settled_words(result, flip.customer)}"
    return f"{flip_words(result, flip, name)} {_or_not(result, flip, nudge)}"


def _or_not(result: Assessment, flip: Flip, nudge: Nudge | None) -> str:
    """The change of one score in words, or that there is none."""
    if nudge is not None:
        return nudge_words(result, nudge)
    return "Nor does any single score." if flip.switch is None else "No single score does it."


def nudge_words(result: Assessment, nudge: Nudge) -> str:
    """The change of one score: "With Margin at 9 instead of 6 % it becomes Key · core."."""
    criterion = result.workshop.criteria[nudge.criterion]
    start, end = spoken(nudge.start), spoken(nudge.end)
    at = f"at {in_unit(f'{end} instead of {start}', criterion.unit)}"
    if start == end:
        side = "above" if nudge.end > nudge.start else "below"
        at = f"slightly {side} {in_unit(start, criterion.unit)}"
    return f"With {criterion.name} {at} it becomes {nudge.becomes.label}."


# --- one score ------------------------------------------------------------------------------------


def smallest_change(result: Assessment, customer: str) -> Nudge | None:
    """The change of one known score, least in value points, that changes a customer's class.

    Every line of the matrix is tried, and the places in the queue at which capacity ends; each is
    put through the whole rule. Everybody else stays.
    """
    tries = sorted(_tries(result, customer), key=lambda found: abs(found[2]))
    now = result.selection.klass[result.row[customer]]
    for axis, column, gain in tries:
        after = _class_after(result, customer, axis, _share(result, customer, column) * gain)
        if after not in (now, UNSCORED):
            return _nudge(result, customer, column, (gain, CLASSES[after]))
    return None


def _tries(result: Assessment, customer: str) -> Iterator[tuple[Axis, int, float]]:
    """Axis, column and value points of every change that might do it."""
    row, standing = result.row[customer], result.standings[customer]
    for axis in Axis:
        now = axis_row(standing, axis)[0]
        shares = {column: _share(result, customer, column) for column in _known(result, row, axis)}
        for target in _targets(result, customer, axis):
            for column in sorted(shares, key=lambda one: -shares[one]):
                gain = (target - now) / shares[column]
                if 0 <= result.valued.table[row, column] + gain <= 10:
                    yield axis, column, gain
                    break


def _known(result: Assessment, row: int, axis: Axis) -> list[int]:
    """Columns of an axis that count and are known for one customer."""
    table, criteria = result.valued, result.workshop.criteria
    columns = [table.criteria.index(k) for k in counted(result) if criteria[k].axis is axis]
    return [column for column in columns if not np.isnan(table.table[row, column])]


def _share(result: Assessment, customer: str, column: int) -> float:
    """What a value point on a criterion adds to the axis score: its share of the known weight."""
    keys, criteria = result.valued.criteria, result.workshop.criteria
    known = _known(result, result.row[customer], criteria[keys[column]].axis)
    return result.weights[keys[column]] / sum(result.weights[keys[one]] for one in known)


def _targets(result: Assessment, customer: str, axis: Axis) -> Iterator[float]:
    """Axis scores on the other side of each line, and on both of where capacity ends."""
    lines, now = result.workshop.cut_offs, axis_row(result.standings[customer], axis)[0]
    marks = [cut_off(result, axis)]
    if axis is Axis.ATTRACTIVENESS:
        marks.append(lines.strategic)
    for mark in marks:
        yield mark - PAST if now >= mark - PAST else mark
    for place in _ends_of_room(result, customer):
        yield from (marks[0] + place - PAST, marks[0] + place + PAST)


def _ends_of_room(result: Assessment, customer: str) -> Iterator[float]:
    """Distances of those behind whom a customer no longer fits, as core and as strategic.

    It fits as long as what all before it take leaves enough for it; nothing while capacity is
    unknown.
    """
    queue, demand = unlimited(result)
    each, available = hours_each(result.workshop.capacity)
    if available is None:
        return
    others = queue.queue != result.row[customer]
    taken = np.cumsum(demand[others])
    for own in each[:2]:
        behind = queue.queue[others][taken + own > available + SAME]
        yield from queue.distance[behind[:1]].tolist()


def unlimited(result: Assessment) -> tuple[Selection, Floats]:
    """The selection as it would be with room for everybody, and what each in its queue takes."""
    lines, room = result.workshop.cut_offs, result.workshop.capacity
    free = select(result.attractiveness, result.strength, result.facts, lines, Capacity())
    return free, hours_each(room)[0][free.klass[free.queue]]


def _class_after(result: Assessment, customer: str, axis: Axis, points: float) -> int:
    """The class, a place in `CLASSES`, with so many points more on one axis."""
    row, on_a = result.row[customer], axis is Axis.ATTRACTIVENESS
    a = _moved(result.attractiveness, row, points if on_a else 0.0)
    s = _moved(result.strength, row, 0.0 if on_a else points)
    lines, room = result.workshop.cut_offs, result.workshop.capacity
    return int(select(a, s, result.facts, lines, room).klass[row])


def _moved(axis: AxisScores, row: int, points: float) -> AxisScores:
    estimate = axis.estimate.copy()
    estimate[row] += points
    return replace(axis, estimate=estimate)


def _nudge(result: Assessment, customer: str, column: int, found: tuple[float, Class]) -> Nudge:
    table, row, key = result.valued, result.row[customer], result.valued.criteria[column]
    gain, becomes = found
    anchors = result.workshop.criteria[key].anchors or ()
    end = float(level(table.table[row, column] + gain, anchors))
    return Nudge(key, float(table.raw[row, column]), end, gain, becomes)
