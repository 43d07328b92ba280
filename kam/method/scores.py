"""Values and weights to two axis scores, with what is not known (method.md 4.3, 4.4)."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from kam import acceptance
from kam.method.values import Flags, Floats, clipped, level, values
from kam.model import Axis, Criterion, Workshop

STEP = 2.5  # value points from one anchor to the next
ENOUGH_KNOWN = 0.7  # share of an axis' weight that must be known to select a customer [D]


@dataclass(frozen=True)
class AxisScores:
    """One axis of every customer; arrays of length n, on the 0-10 scale.

    Attributes:
        estimate: weighted mean of the known values; NaN where nothing is known.
        low: the score if every unknown were worth 0.
        high: the score if every unknown were worth 10.
        coverage: known share of the axis' weight, 0-1.
    """

    estimate: Floats
    low: Floats
    high: Floats
    coverage: Floats


def axis_scores(table: Floats, weights: Floats) -> AxisScores:
    """The score of every customer on one axis.

    Estimate: `sum w v / sum w` over the known values, so the unknown is taken to look like the
    rest of that customer; never 0, never the average of the others. Low and high put 0 and 10
    in the holes and divide by the whole weight. Fishburn's additive value model.

    Args:
        table: values (n customers, m criteria of this axis), 0-10, NaN where unknown.
        weights: (m,), not negative, any scale; a zero weight equals deleting the criterion.

    Returns:
        NaN estimates and zero coverage throughout when no criterion of the axis has weight.
    """
    total = float(weights.sum())
    if not total > 0:
        nothing = np.full(len(table), np.nan)
        return AxisScores(nothing, nothing, nothing, np.zeros(len(table)))
    share = weights / total
    whole = table @ share
    if not np.isnan(whole.sum()):  # one look at the sums tells, without one at the table
        np.minimum(whole, 10.0, out=whole)
        return AxisScores(whole, whole, whole, np.broadcast_to(1.0, len(table)))
    unknown = np.isnan(table)
    low = np.where(unknown, 0.0, table) @ share
    missing = unknown.astype(float) @ share
    coverage = 1.0 - missing
    with np.errstate(invalid="ignore", divide="ignore"):
        estimate = np.where(coverage > 1e-12, low / coverage, np.nan)
    return AxisScores(np.minimum(estimate, 10.0), low, low + 10.0 * missing, coverage)


@dataclass(frozen=True)
class Valued:
    """Every customer's value on every criterion that may be scored.

    Attributes:
        customers: ids, one a row.
        criteria: ids of complete criteria, one a column.
        raw: (n, m) levels in the criteria's units; NaN unknown.
        table: (n, m) values 0-10; NaN unknown.
        clipped: (n, m) whether the level lies outside the anchors.
        attractive: (m,) whether the criterion is on the attractiveness axis.
    """

    customers: tuple[str, ...]
    criteria: tuple[str, ...]
    raw: Floats
    table: Floats
    clipped: Flags
    attractive: Flags

    @cached_property
    def by_axis(self) -> tuple[Floats, Floats]:
        """The values on the criteria of attractiveness, and on those of strength."""
        return (
            np.ascontiguousarray(self.table[:, self.attractive]),
            np.ascontiguousarray(self.table[:, ~self.attractive]),
        )


def valued(workshop: Workshop) -> Valued:
    """The values of all customers on all complete criteria; incomplete criteria are left out."""
    complete = {
        key: criterion
        for key, criterion in workshop.criteria.items()
        if criterion.anchors is not None and not acceptance.gaps(criterion)
    }
    customers = tuple(workshop.customers)
    raw = np.full((len(customers), len(complete)), np.nan)
    table, outside = raw.copy(), np.zeros(raw.shape, dtype=bool)
    place = {customer: row for row, customer in enumerate(customers)}
    for column, criterion in enumerate(complete.values()):
        anchors = criterion.anchors or ()
        levels = raw_levels(workshop, criterion)
        rows = [place[customer] for customer in levels]
        raw[rows, column] = list(levels.values())
        table[:, column] = values(raw[:, column], anchors)
        outside[:, column] = clipped(raw[:, column], anchors)
    attractive = np.array([c.axis is Axis.ATTRACTIVENESS for c in complete.values()], dtype=bool)
    return Valued(customers, tuple(complete), raw, table, outside, attractive)


def raw_levels(workshop: Workshop, criterion: Criterion) -> dict[str, float]:
    """Raw level by customer: the agreed score, else what the mean of the votes stands for."""
    cast = workshop.votes.get(criterion.id, {}) if criterion.anchors else {}
    anchors = criterion.anchors or ()
    voted = {key: float(level(mean_value(of.values()), anchors)) for key, of in cast.items()}
    scored = workshop.scores.get(criterion.id, {})
    return {**voted, **{customer: score.value for customer, score in scored.items()}}


def value_of_step(step: float) -> float:
    """The value, 0-10, of a step from 1 to 5: `2.5 (s - 1)` (method.md 4.2)."""
    return STEP * (step - 1)


def mean_value(steps: Iterable[float]) -> float:
    """The value of a judged score: the mean of its votes' values, 0-10."""
    return float(np.mean([value_of_step(step) for step in steps]))
