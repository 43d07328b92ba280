"""What would have to change for a customer to cross a line (method.md 5.2)."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from kam.method.assessment import Assessment
from kam.method.values import level
from kam.model import Axis

WITHIN_A_YEAR = 2.5  # value points that comparable customers moved in 12 months, method.md 10 [D]
CREDIBLE_MOVES = 2  # criteria that can be moved at once within a year, method.md 10 [D]


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
        step: the most value points that one criterion may gain.
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
    is the smallest possible; the change is shared between them in proportion to their room.

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
    room = np.minimum(10.0 - assessment.valued.table[row, columns], bar.step)
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


def _move(assessment: Assessment, row: int, column: int, gain: float) -> Move:
    """A gain in value points as raw levels."""
    table = assessment.valued
    key = table.criteria[column]
    anchors = assessment.workshop.criteria[key].anchors or ()
    end = float(level(table.table[row, column] + gain, anchors))
    return Move(key, float(table.raw[row, column]), end)
