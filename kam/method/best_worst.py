"""Judgments against the first and the last criterion to weights (method.md 3.5, best-worst).

A member names the criterion that counts most and the one that counts least, then says of each
criterion how many times as much the first counts, and how many times as much it counts as the
last: 2n - 3 judgments in whole numbers from 1 to 9, 13 for eight criteria.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np

from kam.errors import Refused
from kam.method.values import Floats

MOST_TIMES = 9  # Rezaei's scale ends here: "extremely more important"

THRESHOLD_SOURCE = "Liang, Brunelli & Rezaei (2020), table 3"
THRESHOLD_CRITERIA = range(3, 10)
# first against last, in times -> the largest acceptable ratio for 3 to 9 criteria, found there by
# simulation (Omega 96:102175)
THRESHOLDS = {
    2: (0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0),
    3: (0.1667, 0.1667, 0.1667, 0.1667, 0.1667, 0.1667, 0.1667),
    4: (0.1121, 0.1529, 0.1898, 0.2206, 0.2527, 0.2577, 0.2683),
    5: (0.1354, 0.1994, 0.2306, 0.2546, 0.2716, 0.2844, 0.2960),
    6: (0.1330, 0.1990, 0.2643, 0.3044, 0.3144, 0.3221, 0.3262),
    7: (0.1294, 0.2457, 0.2819, 0.3029, 0.3144, 0.3251, 0.3403),
    8: (0.1309, 0.2521, 0.2958, 0.3154, 0.3408, 0.3620, 0.3657),
    9: (0.1359, 0.2681, 0.3062, 0.3337, 0.3517, 0.3620, 0.3662),
}


@dataclass(frozen=True)
class Comparisons:
    """One member's judgments; made by `compared`, which refuses what does not hold together.

    Attributes:
        best: row of the criterion that counts most.
        worst: row of the one that counts least.
        best_to_others: how many times as much the best counts as each, 1-9; 1 for itself.
        others_to_worst: how many times as much each counts as the worst, 1-9; 1 for itself.
    """

    best: int
    worst: int
    best_to_others: tuple[int, ...]
    others_to_worst: tuple[int, ...]

    @property
    def best_to_worst(self) -> int:
        """How many times as much the best counts as the worst, 1-9: the widest judgment."""
        return self.best_to_others[self.worst]

    @property
    def all_alike(self) -> bool:
        """Whether nothing counts more than anything else."""
        return self.best == self.worst or self.best_to_worst == 1

    @classmethod
    def compared(
        cls, best: int, worst: int, to_others: Sequence[float], to_worst: Sequence[float]
    ) -> Self:
        """The judgments, checked.

        Raises:
            Refused: a judgment is missing, not a whole number from 1 to 9, or says of a criterion
                that it is ahead of the best or behind the worst.
        """
        size = len(to_others)
        if len(to_worst) != size or not {best, worst} <= set(range(size)):
            raise Refused(
                f"The comparisons are not complete: we found {size} with the first criterion and "
                f"{len(to_worst)} with the last. Compare every criterion with both."
            )
        _check_scale(to_others, "the first")
        _check_scale(to_worst, "the last")
        _check_ends(to_others[best], to_worst[worst])
        _check_same(to_others[worst], to_worst[best])
        _check_between(to_others, to_others[worst], "the first criterion is ahead of", "last")
        _check_between(to_worst, to_others[worst], "the last criterion is behind", "first")
        return cls(best, worst, tuple(map(int, to_others)), tuple(map(int, to_worst)))


@dataclass(frozen=True)
class Weighed:
    """Weights from best and worst.

    Attributes:
        weights: (n,), adding to 1.
        gap: the linear model's x, 0-1: how far a weight lies from what was said, at most, as a
            share of all weight. It is no consistency ratio and is not divided by an index.
    """

    weights: Floats
    gap: float


@dataclass(frozen=True)
class Fit:
    """How well one member's judgments fit each other, before any weight is computed.

    Attributes:
        ratio: 0 (they fit) to 1.
        acceptable: the largest ratio to be relied on; None where nothing can contradict, or
            beyond nine criteria.
        odd: row of the criterion whose two judgments fit worst; None where all fit.
        source: whose table of thresholds it is, to be named beside the ratio.
    """

    ratio: float
    acceptable: float | None
    odd: int | None
    source: str = THRESHOLD_SOURCE

    @property
    def ask_again(self) -> bool:
        """Whether the odd judgment should be asked again; nothing is corrected by itself."""
        return self.acceptable is not None and self.ratio > self.acceptable


def best_worst(judged: Comparisons) -> Weighed:
    """The weights of the linear model: least x with every judgment met within x.

    `|w_B - a_Bj w_j| <= x`, `|w_j - a_jW w_W| <= x`, `sum w = 1`, and `w_j <= w_B`. The last is
    ours: without it a criterion said to count as much as the best can come out above it when
    judgments contradict each other. That none falls below the worst needs no such line.

    There is one answer only: for given w_B and w_W each w_j / x is at its upper bound, and every
    border rises in both, so no two points can be equally good.

    Equal weights where best and worst are the same or count alike.

    Source: Rezaei (2016), Omega 64:126. A small linear program, solved by HiGHS.
    """
    size = len(judged.best_to_others)
    if judged.all_alike:
        return Weighed(np.full(size, 1 / size), 0.0)
    from scipy.optimize import linprog  # noqa: PLC0415 - it takes a second to load

    within = _within(judged)
    solved = linprog(
        c=[0.0] * size + [1.0],
        A_ub=within,
        b_ub=np.zeros(len(within)),
        A_eq=[[1.0] * size + [0.0]],
        b_eq=[1.0],
    )
    weights = np.maximum(solved.x[:size], 0.0)
    return Weighed(weights / weights.sum(), max(float(solved.x[size]), 0.0))


def fit(judged: Comparisons) -> Fit:
    """How well the judgments fit: `max_j |a_Bj a_jW - a_BW| / (a_BW^2 - a_BW)`, 0 to 1.

    Going from best to worst over any criterion should be as far as going directly. 0 where the
    best counts as much as the worst. Acceptable up to the threshold for so many criteria and so
    wide a scale; of several equally odd judgments the first.

    Source: Liang, Brunelli & Rezaei (2020), Omega 96:102175.
    """
    direct = judged.best_to_worst
    if judged.all_alike:
        return Fit(0.0, None, None)
    over = np.multiply(judged.best_to_others, judged.others_to_worst)
    ratios = np.abs(over - direct) / (direct**2 - direct)
    odd = int(np.argmax(ratios)) if ratios.any() else None
    size = len(ratios)
    acceptable = THRESHOLDS[direct][size - 3] if size in THRESHOLD_CRITERIA else None
    return Fit(float(ratios.max()), acceptable, odd)


def odd_words(judged: Comparisons, row: int, names: Sequence[str]) -> str:
    """The two judgments of a criterion beside the direct one, in a sentence that blames nobody."""
    first, last = names[judged.best], names[judged.worst]
    ahead, behind = judged.best_to_others[row], judged.others_to_worst[row]
    return (
        f"You said that {first} counts {ahead} times as much as {names[row]}, and {names[row]} "
        f"{behind} times as much as {last}: together {ahead * behind} times. Directly you said "
        f"{judged.best_to_worst} times. Compare {names[row]} with both again."
    )


def _within(judged: Comparisons) -> Floats:
    """The linear program's rows over (w_1 .. w_n, x), each to be at most 0."""
    unit = np.eye(len(judged.best_to_others))
    best, worst = unit[judged.best], unit[judged.worst]
    from_best = best - np.array(judged.best_to_others)[:, None] * unit
    to_worst = unit - np.array(judged.others_to_worst)[:, None] * worst
    apart = np.vstack([from_best, -from_best, to_worst, -to_worst])
    ordered = unit - best
    return np.vstack(
        [np.c_[apart, np.full(len(apart), -1.0)], np.c_[ordered, np.zeros(len(ordered))]]
    )


def _check_scale(judgments: Sequence[float], which: str) -> None:
    for number, times in enumerate(judgments, start=1):
        if times not in range(1, MOST_TIMES + 1):
            raise Refused(
                f"Criterion {number} against {which}: we found {times:g}. Choose a whole number "
                f"from 1, the same, to {MOST_TIMES}."
            )


def _check_ends(best: float, worst: float) -> None:
    for which, times in (("first", best), ("last", worst)):
        if times != 1:
            raise Refused(
                f"The {which} criterion against itself: we found {times:g}. It counts as much as "
                "itself; enter 1."
            )


def _check_same(one: float, other: float) -> None:
    if one != other:
        raise Refused(
            f"The first criterion against the last was judged twice: we found {one:g} and "
            f"{other:g}. Choose one of them."
        )


def _check_between(judgments: Sequence[float], widest: float, ahead: str, end: str) -> None:
    for number, times in enumerate(judgments, start=1):
        if times > widest:
            raise Refused(
                f"You said that {ahead} criterion {number} by {times:g} times, but from first to "
                f"last it is {widest:g} times. Lower the {times:g}, or name criterion {number} "
                f"the {end} one."
            )
