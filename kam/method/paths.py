"""What would have to change for a customer to cross a line (method.md 5.2)."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, floor

import numpy as np

from kam.method.assessment import Assessment
from kam.method.values import ANCHOR_VALUES, is_counted, level, values
from kam.model import Axis, Criterion

WITHIN_A_YEAR = 2.5  # value points that comparable customers moved in 12 months, method.md 10 [D]
CREDIBLE_MOVES = 2  # criteria that can be moved at once within a year, method.md 10 [D]
SAME = 1e-9  # a raw level this close to a whole step is that step


@dataclass(frozen=True)
class Move:
    """One criterion's part of a path, in raw units: from its present level to a better one."""

    criterion: str
    start: float
    end: float


@dataclass(frozen=True)
class Bar:
    """A line on an axis that a path must reach, and how far single criteria may move.

    Attributes:
        line: the score to be reached, 0-10.
        step: the most value points that one criterion may gain, counted from below 0 where its
            level lies below the anchors; 10 is all that they span.
        most: the most criteria that may move.
    """

    axis: Axis
    line: float
    step: float = 10.0
    most: int = 3


def path(assessment: Assessment, customer: str, bar: Bar) -> tuple[Move, ...] | None:
    """The fewest controllable criteria that together carry a customer to a line.

    Break-even: an axis score rises by `w_j / W` for every value point on criterion j, W being
    the known weight of the axis. Criteria are taken by what they can contribute, so the number
    is the smallest possible; the change is shared between them in proportion to their room. What
    is counted moves in whole steps, to the first that is enough.

    Returns:
        Moves, largest contribution first; empty when the line is reached already; `None` when
        the controllable, scored criteria cannot reach it, or nothing is known on the axis.
    """
    row = assessment.row[customer]
    axis = assessment.attractiveness if bar.axis is Axis.ATTRACTIVENESS else assessment.strength
    need = bar.line - float(axis.estimate[row])
    if np.isnan(need):
        return None
    if need <= 1e-9:
        return ()
    columns = _movable(assessment, row, bar.axis)
    room = np.array([_room(assessment, row, column, bar.step) for column in columns])
    reach = _share(assessment, row, bar.axis, columns) * room
    best = np.argsort(-reach, kind="stable")[: bar.most]
    for count in range(1, len(best) + 1):
        chosen = best[:count]
        if reach[chosen].sum() >= need - 1e-9:
            part = need / float(reach[chosen].sum())
            return tuple(_move(assessment, row, columns[c], room[c] * part) for c in chosen)
    return None


def _movable(assessment: Assessment, row: int, axis: Axis) -> list[int]:
    """Columns of the axis that we can influence and know, for one customer."""
    table, criteria = assessment.valued, assessment.workshop.criteria
    return [
        column
        for column, key in enumerate(table.criteria)
        if criteria[key].axis is axis
        and criteria[key].controllable
        and assessment.weights[key] > 0
        and not np.isnan(table.table[row, column])
    ]


def _share(
    assessment: Assessment, row: int, axis: Axis, columns: Sequence[int]
) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    """Each column's share of the axis' weight that is known for one customer."""
    table = assessment.valued
    weights = np.array([assessment.weights[key] for key in table.criteria])
    on_axis = table.attractive == (axis is Axis.ATTRACTIVENESS)
    known = weights[on_axis & ~np.isnan(table.table[row])].sum()
    return np.asarray(weights[list(columns)] / known)


def _room(assessment: Assessment, row: int, column: int, step: float) -> float:
    """The value points that a level can gain when it moves by a step, at most up to 10.

    A level below the anchors has to come back to them first: that is part of the step.
    """
    table, anchors = assessment.valued, _anchors(assessment, column)
    start = float(table.table[row, column])
    most = start + min(10.0 - start, step - _below(float(table.raw[row, column]), anchors))
    if _is_counted(assessment, column):
        last = _whole(float(level(most, anchors)), higher=anchors[0] > anchors[-1])
        most = float(values(last, anchors))
    return max(0.0, most - start)


def _below(raw: float, anchors: Sequence[float]) -> float:
    """How many value points a level lies below the anchors; 0 inside them.

    The first stretch between two anchors goes on as a straight line [D]: without it, a level far
    below would be one step from the second anchor, like one at the first.
    """
    first, second = anchors[:2]
    return max(0.0, float(ANCHOR_VALUES[1]) * (first - raw) / (second - first))


def _move(assessment: Assessment, row: int, column: int, gain: float) -> Move:
    """A gain in value points as raw levels."""
    table, anchors = assessment.valued, _anchors(assessment, column)
    end = float(level(table.table[row, column] + gain, anchors))
    if _is_counted(assessment, column):
        end = _whole(end, higher=anchors[0] < anchors[-1])
    return Move(table.criteria[column], float(table.raw[row, column]), end)


def halfway(criterion: Criterion, move: Move) -> float | None:
    """The level in the middle of a move; of what is counted the next whole step.

    `None` where that step is the end of the move already.
    """
    middle = move.start + (move.end - move.start) / 2
    if is_counted(criterion.unit):
        middle = _whole(middle, higher=move.end > move.start)
    return None if middle == move.end else middle


def _whole(raw: float, *, higher: bool) -> float:
    """The next higher, or lower, whole step; the level itself where it is whole."""
    return float(ceil(raw - SAME) if higher else floor(raw + SAME))


def _anchors(assessment: Assessment, column: int) -> Sequence[float]:
    """The five anchors of a column: what can be scored has them."""
    return assessment.workshop.criteria[assessment.valued.criteria[column]].anchors or ()


def _is_counted(assessment: Assessment, column: int) -> bool:
    return is_counted(assessment.workshop.criteria[assessment.valued.criteria[column]].unit)
