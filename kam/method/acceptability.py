"""Which places and which weights go with which customer over many draws (SMAA-2; method.md 6.4)."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from kam.method.values import Flags, Floats

STEPS = 100_000  # a point, in steps within which two draws of a score are the same

_CELLS = 1 << 16  # draws x customers at once: they stay in the processor's cache
_SPARE_BITS = 32 - (20 * STEPS).bit_length()  # left for the customer in 32 bits


def rank_acceptability(scores: Floats) -> Floats:
    """The share of the draws in which each customer has each place, best first; (n, n).

    Row = customer, column = place; `b_i^r` of Lahdelma & Salminen (2001). Customers that tie in
    a draw, to 0.00001 points, share their places equally, so that rows and columns add to 1.

    Args:
        scores: (draws, n) points from -10 to 10, the more the better; finite.
    """
    draws, size = scores.shape
    counts = np.zeros(size * size)
    index_bits = max(1, (size - 1).bit_length())
    step = max(1, size, _CELLS // max(1, size))
    for start in range(0, draws, step):
        packed = _packed(scores[start : start + step], index_bits)
        packed.sort(axis=1)
        counts += _credits(packed, index_bits)
    return np.asarray(counts.reshape(size, size) / max(1, draws))


def _packed(scores: Floats, index_bits: int) -> NDArray[Any]:
    """Whole numbers that sort best first: the score in the high bits, the customer in the low."""
    kind = np.uint32 if index_bits <= _SPARE_BITS else np.uint64
    behind = np.rint((10.0 - scores) * STEPS).astype(kind)
    customer = np.arange(scores.shape[1], dtype=kind)
    return np.asarray((behind << np.asarray(index_bits, dtype=kind)) | customer)


def _credits(packed: NDArray[Any], index_bits: int) -> Floats:
    """What each customer gets of each place in these sorted draws, (n * n,)."""
    size = packed.shape[1]
    who = (packed & packed.dtype.type((1 << index_bits) - 1)).astype(np.int64)
    behind = packed >> packed.dtype.type(index_bits)
    tied = (behind[:, 1:] == behind[:, :-1]).any(axis=1)
    plain = who[~tied] * size + np.arange(size)
    alone = np.bincount(plain.ravel(), minlength=size * size)
    return alone.astype(float) + _shared(who[tied].ravel(), behind[tied], size)


def _shared(who: NDArray[np.int64], behind: NDArray[Any], size: int) -> Floats:
    """The same where some tie: each of a run of equals gets an equal part of each of its places."""
    starts = np.ones(behind.shape, dtype=bool)
    starts[:, 1:] = behind[:, 1:] != behind[:, :-1]
    first = np.flatnonzero(starts)
    length = np.diff(first, append=behind.size)
    run_first, run_length = np.repeat(first, length), np.repeat(length, length)
    ends = np.cumsum(run_length)
    within = np.arange(run_length.sum()) - np.repeat(ends - run_length, run_length)
    place = (np.repeat(run_first, run_length) + within) % size
    cell = np.repeat(who, run_length) * size + place
    part = np.repeat(1 / run_length, run_length)
    return np.asarray(np.bincount(cell, weights=part, minlength=size * size), dtype=float)


def central_weights(chosen: Flags, weights: Floats) -> Floats:
    """The mean of the drawn weights over the draws in which each customer was chosen (SMAA-2).

    Args:
        chosen: (draws, n).
        weights: (draws, m).

    Returns:
        (n, m); NaN for who is never chosen: there is nothing to believe (Lahdelma & Salminen
        2001).
    """
    times = chosen.sum(axis=0)[:, None]
    sums = chosen.T.astype(float) @ weights
    return np.where(times > 0, sums / np.maximum(times, 1), np.nan)
