"""How far two orders agree, pair by pair."""

from math import comb, sqrt

import numpy as np

from kam.method.criteria_review import known_in_both
from kam.method.ranks import ALIKE
from kam.method.selection import Ints
from kam.method.values import Floats


def tau_b(first: Floats, second: Floats) -> float | None:
    """Kendall's tau-b of two columns, -1 to 1: agreeing less opposing pairs, ties taken out.

    `(P - Q) / sqrt((P + Q + X)(P + Q + Y))`, X and Y the pairs that tie on one column only.

    Args:
        first: (n,) figures; NaN unknown.
        second: (n,) likewise. Only rows that are known in both count.

    Returns:
        `None` where fewer than two rows count, or a column is level.

    Source: Kendall (1948); counted by sorting as in Knight (1966), JASA 61:436.
    """
    x, y = (_levels(column) for column in known_in_both(first, second))
    pairs = comb(len(x), 2)
    apart, apart_too = pairs - _tied_pairs(x), pairs - _tied_pairs(y)
    if not apart or not apart_too:
        return None
    tied_on_both = _tied_pairs(x * len(x) + y)
    unequal = apart + apart_too - pairs + tied_on_both
    opposing = _inversions(y[np.lexsort([y, x])])
    return float((unequal - 2 * opposing) / sqrt(apart * apart_too))


def _levels(figures: Floats) -> Ints:
    """(n,) the level of each figure, 0 for the smallest; those that tie have the same."""
    return np.unique(np.round(figures, ALIKE), return_inverse=True)[1].astype(np.int64)


def _tied_pairs(levels: Ints) -> int:
    """How many pairs share a level."""
    counts = np.unique(levels, return_counts=True)[1]
    return int((counts * (counts - 1) // 2).sum())


def _inversions(levels: Ints) -> int:
    """How many pairs stand the wrong way round, the larger first.

    Two levels differ first in one binary digit, and are alike in those above it: for every digit
    the zeros are counted that stand behind a one.
    """
    found = 0
    for digit in range(int(levels.max(initial=0)).bit_length()):
        ordered = levels[np.argsort(levels >> (digit + 1), kind="stable")]
        above, ones = ordered >> (digit + 1), (ordered >> digit) & 1
        before = np.cumsum(ones) - ones
        before -= before[np.searchsorted(above, above)]
        found += int(before[ones == 0].sum())
    return found
