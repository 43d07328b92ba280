"""One axis of the matrix for many draws of the weights at once (method.md 4.3, 6.2)."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from kam.method.drawn_rule import Reals, same_points
from kam.method.selection import Ints
from kam.method.values import Flags, Floats

ROUNDING = 1e-3  # points; far more than single precision loses on eight criteria


@dataclass(frozen=True)
class Axis:
    """One axis of all draws.

    Attributes:
        shares: weights (draws, m), each row adding to 1; NaN where none counts.
        table: (n, m) values as points above the cut-off, 0 where unknown.
        holes: rows of the customers of which something is unknown.
        known: (holes, m), 1 where known.
    """

    shares: Reals
    table: Reals
    holes: Ints
    known: Reals

    @cached_property
    def incomplete(self) -> bool:
        """Whether something is unknown, or in some draw nothing counts."""
        return bool(len(self.holes)) or bool(np.isnan(self.shares.sum()))

    @cached_property
    def within_reach(self) -> Flags:
        """Who gets to the cut-off in some draw, and perhaps a few others; (n,).

        Each criterion by itself with its highest or its lowest weight: nobody is higher than
        that. Of whom something is unknown nothing is said.
        """
        shares = np.ascontiguousarray(self.shares.T)
        most, least = shares.max(axis=1, initial=0), shares.min(axis=1, initial=1)
        highest = np.maximum(self.table, 0) @ most + np.minimum(self.table, 0) @ least
        reach = ~(highest < -same_points(highest) - ROUNDING)  # NaN stays within
        reach[self.holes] = True
        return np.asarray(reach)

    def of(self, rows: Ints) -> "Axis":
        """The same with the customers in this order."""
        return Axis(self.shares, self.table[rows], np.argsort(rows)[self.holes], self.known)

    def scores(self, part: slice) -> tuple[Reals, Reals]:
        """Points above the cut-off (draws, n), and the known share of those with holes."""
        shares = self.shares[part]
        points = shares @ self.table.T
        known = shares @ self.known.T
        if len(self.holes):
            points[:, self.holes] /= _or_nan(known)
        return points, known


def _or_nan(known: Reals) -> Reals:
    """NaN where nothing is known."""
    return np.where(known > 1e-12, known, np.nan).astype(known.dtype)


def axis_of_draws(table: Floats, weights: Floats, cut_off: float, kind: type[Any]) -> Axis:
    """One axis of all draws.

    Args:
        table: values (n, m criteria of this axis), 0-10, NaN where unknown.
        weights: (draws, m), not negative, any scale.
        cut_off: where the axis is cut, 0-10.
        kind: the precision, `np.float32` or `np.float64`.
    """
    if not table.shape[1]:  # no criterion: as one that never counts
        table, weights = np.zeros((len(table), 1)), np.zeros((len(weights), 1))
    with np.errstate(invalid="ignore"):
        shares = weights / weights.sum(axis=1, keepdims=True)
    unknown = np.isnan(table)
    holes = np.flatnonzero(unknown.any(axis=1)).astype(np.int64)
    above = np.where(unknown, 0.0, table - cut_off)
    parts = (shares, above, ~unknown[holes])
    shares, above, known = (np.ascontiguousarray(part, dtype=kind) for part in parts)
    return Axis(shares, above, holes, known)
