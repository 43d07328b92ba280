"""How far a few marked customers lie apart from the others on a figure, and what luck would do."""

from dataclasses import dataclass
from math import erfc, sqrt

import numpy as np
from numpy.typing import NDArray

from kam.method.values import Floats

Ints = NDArray[np.int64]

FEWEST = 3  # marked, and others, with a known figure; fewer tell nothing [D]
EXACT_UP_TO = 60  # customers of which all ways to mark as many are counted: a room judges no more
SMALL, MEDIUM, LARGE = 0.147, 0.33, 0.474  # Cliff's delta, Romano et al. (2006)
LUCK = 0.10  # chance up to which a difference is called clear, after all that was compared [D]


def area(best: Floats, rest: Floats) -> float:
    """Share of the pairs in which the best one is higher, ties half, 0-1; the area under the curve.

    `AUC = (sum of the best ones' ranks - k (k + 1) / 2) / (k (n - k))`. 0.5 where neither group is
    higher; NaN where one is empty. Depends on the order of the figures only, so a giant counts
    as much as anybody. Cliff's delta is `2 AUC - 1`.

    Args:
        best: (k,), all known.
        rest: (n - k,), all known.

    Source: Mann & Whitney (1947); Cliff (1993), Psychological Bulletin 114:494.
    """
    if not len(best) or not len(rest):
        return float("nan")
    marked = len(best)
    ranks = _doubled_ranks(np.concatenate([best, rest]))[:marked].sum() / 2
    return float((ranks - marked * (marked + 1) / 2) / (marked * len(rest)))


def luck(best: Floats, rest: Floats) -> float:
    """Share of all ways to mark as many customers that separate them at least as clearly, 0-1.

    A permutation test, two-sided, of the rank sum with ties at their mean rank: exact up to 60
    customers, by counting; beyond, by the normal distribution: at most 0.02 off, 0.011 below a
    chance of 0.2. With k of n marked it cannot fall below 1 in `n! / (k! (n - k)!)`: few cases
    stay uncertain, however clear they look.

    Args:
        best: (k,), all known; not empty.
        rest: (n - k,), all known; not empty.

    Source: Fisher (1935); the count: Streitberg & Roehmel (1986).
    """
    doubled = _doubled_ranks(np.concatenate([best, rest]))
    count, marked = len(doubled), len(best)
    middle = marked * (count + 1)
    far = abs(int(doubled[:marked].sum()) - middle)
    if count > EXACT_UP_TO:
        return _by_the_bell(doubled, marked, far)
    ways = _ways(doubled, marked)
    extreme = np.abs(np.arange(len(ways)) - middle) >= far
    return float(ways[extreme].sum() / ways.sum())


def _doubled_ranks(figures: Floats) -> Ints:
    """Twice the rank of each, from 2; ties share their mean rank, so that all are whole."""
    ordered = np.sort(figures)
    first = np.searchsorted(ordered, figures, side="left")
    last = np.searchsorted(ordered, figures, side="right")
    return np.asarray(first + last + 1, dtype=np.int64)


def _ways(doubled: Ints, marked: int) -> Floats:
    """(sum + 1,) in how many ways `marked` of the ranks add up to 0, 1, 2, ..."""
    ways = np.zeros((marked + 1, int(np.sort(doubled)[-marked:].sum()) + 1))
    ways[0, 0] = 1
    for rank in doubled:
        for taken in range(marked, 0, -1):
            ways[taken, rank:] += ways[taken - 1, :-rank]
    return np.asarray(ways[marked])


def _by_the_bell(doubled: Ints, marked: int, far: int) -> float:
    """The same share by the normal distribution, ties and the step of the sum counted in."""
    count = len(doubled)
    variance = marked * (count - marked) / count * float(doubled.var(ddof=1))
    return erfc(max(far - 1, 0) / sqrt(2 * variance)) if variance > 0 else 1.0


# --- the finding ----------------------------------------------------------------------------------


@dataclass(frozen=True)
class Separation:
    """How the best relationships differ from the others on one criterion or figure.

    Attributes:
        best: how many best relationships have it; `rest` how many others.
        area: share of the pairs in which the best one is higher, 0-1; None below three of each.
        chance: share of random markings that look as clear, 0-1; None likewise.
        compared: on how many criteria and figures the groups were compared.
        key: id of the criterion, or key of the figure (`kam.method.pool`).
        label: its name.
    """

    best: int
    rest: int
    area: float | None = None
    chance: float | None = None
    compared: int = 1
    key: str = ""
    label: str = ""

    @property
    def delta(self) -> float | None:
        """Cliff's delta, -1 to 1: above 0 where the best ones are higher."""
        return None if self.area is None else 2 * self.area - 1

    @property
    def by_luck(self) -> float:
        """An upper bound of the chance that anything compared looks this clear, 0-1 (Bonferroni).

        1 where nothing could be told.
        """
        return 1.0 if self.chance is None else min(1.0, self.chance * self.compared)

    @property
    def clear(self) -> bool:
        """Whether it separates them by more than luck: at least a medium effect, rarely by luck."""
        return self.delta is not None and abs(self.delta) >= MEDIUM and self.by_luck <= LUCK

    @property
    def maybe(self) -> bool:
        """Whether it may separate them: a large effect on too few customers to exclude luck."""
        return not self.clear and self.delta is not None and abs(self.delta) >= LARGE

    @property
    def rank(self) -> int:
        """How much it says: 2 clear, 1 may be luck, 0 nothing."""
        return 2 if self.clear else int(self.maybe)

    @property
    def way(self) -> str:
        """On which side the best ones lie."""
        return "lower" if self.area is not None and self.area < 0.5 else "higher"

    @property
    def words(self) -> str:
        """The finding, the number of cases and what luck would do, in sentences."""
        cases = f"{self.best} best relationships and {self.rest} others"
        if self.area is None or self.chance is None:
            return f"{self.label}: known of {cases}; at least {FEWEST} of each are needed to tell."
        share = max(self.area, 1 - self.area)
        return (
            f"{self.label}: among {cases}, a best one is {self.way} in {_of_100(share)} pairs. "
            f"Marked at random, as many customers look this different in {_of_100(self.chance)} "
            f"cases{self._verdict}"
        )

    @property
    def _verdict(self) -> str:
        if self.clear:
            return "."
        if self.maybe:
            return f", and {self.compared} things were compared: it may be luck."
        return ": it does not set them apart."


def separation(best: Floats, rest: Floats) -> Separation:
    """How far two groups lie apart on one figure, and how often luck would look as clear.

    Args:
        best: (k,), NaN unknown: left out and not counted.
        rest: likewise.
    """
    best, rest = best[~np.isnan(best)], rest[~np.isnan(rest)]
    if min(len(best), len(rest)) < FEWEST:
        return Separation(len(best), len(rest))
    return Separation(len(best), len(rest), area(best, rest), luck(best, rest))


def _of_100(share: float) -> str:
    """A share as a frequency; never 0 or 100 of 100 unless it is exactly that."""
    if share >= 1:
        return "all"
    if share < 0.01:
        return "fewer than 1 of 100"
    return f"{min(round(100 * share), 99)} of 100"
