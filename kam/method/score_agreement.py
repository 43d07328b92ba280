"""How far scorers agree on a judged criterion (method.md 6.5)."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from kam.method.values import Floats

FEWEST_CUSTOMERS = 5  # scored by everybody (method.md 6.5)
FEWEST_SCORERS = 2

POOR, FAIR, GOOD = 0.5, 0.75, 0.9  # intraclass correlation (Koo & Li 2016)


@dataclass(frozen=True)
class ScoreAgreement:
    """How far the scorers of a judged criterion agree: intraclass correlation for agreement.

    Attributes:
        customers: how many counted: scored by every scorer.
        scorers: how many counted: who scored at least one customer.
        single: reliability of one scorer, ICC(A,1), 0-1; None where it cannot be told.
        of_mean: reliability of the scorers' mean, ICC(A,k), 0-1: the one that counts, because
            means are used; None likewise.
        below_zero: whether both were negative and are shown as 0: scorers differ on a customer
            more than customers differ.
        gap: mean difference between two scorers of the same customer, in points of the scale;
            None likewise. To be read beside: if customers are truly alike, the reliability is
            low even with perfect scorers.
    """

    customers: int
    scorers: int
    single: float | None = None
    of_mean: float | None = None
    below_zero: bool = False
    gap: float | None = None

    @property
    def words(self) -> str:
        """The degree and the gap in a sentence, or what it takes to tell them."""
        if self.of_mean is None or self.gap is None:
            return (
                f"How far the scorers agree cannot be told from {self.scorers} scorers of "
                f"{self.customers} customers: it takes {FEWEST_SCORERS} who scored the same "
                f"{FEWEST_CUSTOMERS}, and customers that differ."
            )
        degree = "poor" if self.of_mean < POOR else _quality(self.of_mean)
        note = ", no better than chance," if self.below_zero else ""
        return (
            f"Agreement on these scores is {degree}{note} and two scorers of the same customer "
            f"differ by {self.gap:.1f} points on average."
        )


def score_agreement(scores: ArrayLike) -> ScoreAgreement:
    """How far scorers agree on one judged criterion: two-way random, absolute agreement.

    `ICC(A,1) = (MSR - MSE) / (MSR + (k-1) MSE + k (MSC - MSE)/n)` and
    `ICC(A,k) = (MSR - MSE) / (MSR + (MSC - MSE)/n)`, from the mean squares of customers (R),
    scorers (C) and the rest (E). For agreement, not consistency: a scorer who is harsh throughout
    counts against it (.29 against .71 on Shrout & Fleiss's data).

    Args:
        scores: (n customers, k scorers), any scale; NaN where not scored. Only customers that
            every scorer scored count; a scorer without any score is left out first.

    Source: Shrout & Fleiss (1979); McGraw & Wong (1996); words of Koo & Li (2016).
    """
    table = np.asarray(scores, dtype=float)
    table = table[:, ~np.isnan(table).all(axis=0)]
    table = table[~np.isnan(table).any(axis=1)]
    customers, scorers = table.shape
    if customers < FEWEST_CUSTOMERS or scorers < FEWEST_SCORERS or not np.ptp(table):
        return ScoreAgreement(customers, scorers)
    rows, columns, rest = _mean_squares(table)
    bias = (columns - rest) / customers
    above = max(rows - rest, 0.0)
    return ScoreAgreement(
        customers,
        scorers,
        single=above / (rows + (scorers - 1) * rest + scorers * bias),
        of_mean=above / (rows + bias) if above else 0.0,
        below_zero=rows < rest,
        gap=_gap(table),
    )


def _quality(reliability: float) -> str:
    """The adjective for a reliability that is not poor."""
    if reliability < FAIR:
        return "moderate"
    return "good" if reliability <= GOOD else "excellent"


def _mean_squares(table: Floats) -> tuple[float, float, float]:
    """Mean squares of rows, of columns and of what neither explains."""
    rows, columns = table.shape
    mean = table.mean()
    by_row = table.mean(axis=1, keepdims=True) - mean
    by_column = table.mean(axis=0, keepdims=True) - mean
    rest = table - mean - by_row - by_column
    return (
        columns * float(np.square(by_row).sum()) / (rows - 1),
        rows * float(np.square(by_column).sum()) / (columns - 1),
        float(np.square(rest).sum()) / ((rows - 1) * (columns - 1)),
    )


def _gap(table: Floats) -> float:
    """Mean absolute difference between two scorers of the same row, over all pairs of them."""
    first, second = np.triu_indices(table.shape[1], k=1)
    return float(np.abs(table[:, first] - table[:, second]).mean())
