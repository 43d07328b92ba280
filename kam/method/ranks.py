"""An order of the criteria to weights: centroid, rank sum, rank reciprocal (method.md 3.3).

For a team that agrees on the order of its criteria and on nothing else. The three ways differ in
how steep they are: with eight criteria the first counts 21.7 times as much as the last by the
centroid, and 8 times by rank sum and by rank reciprocal.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray

from kam.errors import Refused
from kam.method.values import Floats

Ints = NDArray[np.int64]

ALIKE = 9  # decimals beyond which two points differ by noise only (method.md 4.5)


def rank_order_centroid(places: Sequence[float]) -> Floats:
    """Weights by the centroid, `w_(r) = (1/n) sum_{k=r..n} 1/k`; they add to 1, none is zero.

    The exact mean of all weight vectors that have this order, each equally likely; steep.

    Args:
        places: each criterion's place, 1 for the most important. Only the order counts. Those
            that share a place share the mean of the weights of the places they fill.

    Raises:
        Refused: there is no criterion, or one has no place or a place below 1.

    Source: Edwards & Barron (1994), OBHDP 60:306; Barron & Barrett (1996), Management Science 42.
    """
    per_place = 1 / np.arange(1, len(places) + 1)
    return _weights(places, np.cumsum(per_place[::-1])[::-1])


def rank_sum(places: Sequence[float]) -> Floats:
    """Weights by rank sum, `w_(r) = 2 (n + 1 - r) / (n (n + 1))`; they add to 1, none is zero.

    Equal steps from place to place: the flattest at the top. Places, ties and errors as in
    `rank_order_centroid`.

    Source: Stillwell, Seaver & Edwards (1981), OBHP 28:62.
    """
    return _weights(places, np.arange(len(places), 0, -1.0))


def rank_reciprocal(places: Sequence[float]) -> Floats:
    """Weights by rank reciprocal, `w_(r) = (1/r) / sum_k 1/k`; they add to 1, none is zero.

    The second counts half as much as the first, however many follow. Places, ties and errors as
    in `rank_order_centroid`.

    Source: Stillwell, Seaver & Edwards (1981), OBHP 28:62.
    """
    return _weights(places, 1 / np.arange(1, len(places) + 1))


def first_to_last(weights: Sequence[float]) -> float:
    """How many times as much the heaviest criterion counts as the lightest, from 1 upwards.

    To be shown beside weights from an order: a team that did not mean 21.7 takes rank sum.
    Infinite where a criterion weighs nothing.
    """
    lightest = min(weights)
    return max(weights) / lightest if lightest > 0 else float("inf")


def mean_places(points: ArrayLike) -> Floats:
    """The place of each, 1 for the most points; those that tie share the mean of their places.

    Args:
        points: (n,), all known. What differs by less than a billionth ties.
    """
    ahead, level = _standing(-np.round(np.asarray(points, dtype=float), ALIKE))
    return np.asarray(ahead + (level + 1) / 2)


def _weights(places: Sequence[float], heights: Floats) -> Floats:
    """The share of each in `heights`, which run from first to last place; ties share evenly."""
    ahead, level = _standing(_checked(places))
    heights_before = np.concatenate([[0.0], np.cumsum(heights)])
    filled = heights_before[ahead + level] - heights_before[ahead]
    return np.asarray(filled / level / heights.sum())


def _standing(places: Floats) -> tuple[Ints, Ints]:
    """For each, how many stand before it and how many stand level with it, itself included."""
    ahead = (places[None, :] < places[:, None]).sum(axis=1)
    level = (places[None, :] == places[:, None]).sum(axis=1)
    return ahead, level


def _checked(places: Sequence[float]) -> Floats:
    """The places as numbers, all of them known and from 1 upwards."""
    if not len(places):
        raise Refused("There is no order yet. Put at least one criterion in its place.")
    for number, place in enumerate(places, start=1):
        if not 1 <= place < float("inf"):
            found = "none" if np.isnan(place) else f"{place:g}"
            raise Refused(
                f"The order cannot be used: we found {found} as the place of criterion {number}. "
                "Give every criterion a place, 1 for the most important; two may share one."
            )
    return np.asarray(places, dtype=float)
