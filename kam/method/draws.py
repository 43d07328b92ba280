"""Seeded draws of weights and scores: what else a team could reasonably have said.

The same seed always gives the same draws. The random numbers behind them are drawn once and
reused, so that a share of the draws moves only because a weight, a score or a line was moved.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

from kam.method.values import Floats, values
from kam.model import MAX_CRITERIA

DRAWS = 10_000  # standard error of a share at most .005 (method.md 6.2 asks for at most .007)
SEED = 20_260_302  # any number; fixed, so that a protocol can be checked
ENOUGH_MEMBERS = 3  # fewer members' spread says too little, method.md 6.2
CONCENTRATION = (10.0, 200.0)  # a Dirichlet's kappa is kept between these, method.md 6.2 [D]
WITHOUT_MEMBERS = 50.0  # kappa with fewer than three members, method.md 6.2 [D]
LEAST_DOUBT = 0.7  # value points: a judged mean is not known better, method.md 6.2 [D]
DATA_ERROR = 0.10  # share of the level by which a figure may be wrong, method.md 6.2 [D]
LEVELS = 512  # equally likely values that stand for a doubtful score; a step of 0.2 %

_PROPOSALS = 4  # at worst 1 in 20 is rejected, so fewer than 1 in 100,000 needs a fifth
_POOL = 1 << 18  # random levels a criterion; a customer reads its draws from its own place on
_APART = 5_003  # places between two customers; prime, so that they meet late

Singles = NDArray[np.float32]
_Levels = NDArray[np.uint16]


# --- weights --------------------------------------------------------------------------------------


def concentration(members: Floats) -> float:
    """How closely the members agree, as the kappa of `Dirichlet(kappa w)`; 10-200.

    Moments: `kappa = (1 - sum w^2) / sum s^2 - 1`, w the mean of the members' weights and s^2
    their sample variances, criterion by criterion; summing over the criteria keeps a criterion
    on which all agree by chance from deciding (Minka 2000, method.md 6.2).

    Args:
        members: weights (h members, m criteria), each row adding to 1.

    Returns:
        50 with fewer than three members; 200 where all say the same.
    """
    if len(members) < ENOUGH_MEMBERS:
        return WITHOUT_MEMBERS
    spread = float(members.var(axis=0, ddof=1).sum())
    if not spread > 0:
        return CONCENTRATION[1]
    centre = members.mean(axis=0)
    return float(np.clip((1 - np.square(centre).sum()) / spread - 1, *CONCENTRATION))


def around(centre: Floats, kappa: float, seed: int = SEED, count: int = DRAWS) -> Floats:
    """Weights drawn around the team's, `Dirichlet(kappa w)`; (count, m), rows add to 1.

    The mean is `w`, the variance `w (1 - w) / (kappa + 1)`. A weight of zero stays zero. Moving
    a weight a little moves every draw a little.

    Args:
        centre: the team's weights (m,), at most eight, adding to 1.
        kappa: how closely they hold, see `concentration`.
        seed: of the random numbers, the same whatever the weights.
        count: how many draws.
    """
    drawn = np.zeros((count, len(centre)))
    counted = centre > 0
    drawn[:, counted] = _gammas(kappa * centre, seed, count)[:, counted]
    return np.asarray(drawn / drawn.sum(axis=1, keepdims=True))


def anyhow(criteria: int, seed: int = SEED, count: int = DRAWS) -> Floats:
    """Weights without any preference: uniform on the simplex, `Dirichlet(1, ..., 1)`.

    What extreme tastes would do, not what this team thinks (Lahdelma & Salminen 2001).
    """
    return around(np.full(criteria, 1 / criteria), float(criteria), seed, count)


def in_order(centre: Floats, seed: int = SEED, count: int = DRAWS) -> Floats:
    """Weights uniform over all that keep the team's order of criteria; (count, m).

    A uniform draw is sorted and its parts go to the criteria in their order; the mean is the
    rank-order centroid (Barron & Barrett 1996, method.md 6.3). Criteria that weigh the same may
    come in any order among themselves; a weight of zero stays zero.
    """
    counted = np.flatnonzero(centre > 0)
    falling = -np.sort(-anyhow(len(counted), seed, count), axis=1)
    random = np.random.default_rng([seed, 1])
    drawn = np.zeros((count, len(centre)))
    place = 0
    for level in -np.unique(-np.round(centre[counted], 9)):
        same = counted[np.abs(centre[counted] - level) < 1e-9]
        parts = falling[:, place : place + len(same)]
        drawn[:, same] = random.permuted(parts, axis=1) if len(same) > 1 else parts
        place += len(same)
    return drawn


def _gammas(shapes: Floats, seed: int, count: int) -> Floats:
    """Gamma draws (count, m) of these shapes, smooth in the shape; 0 where a shape is 0.

    Squeeze by a cube of a normal (Marsaglia & Tsang 2000), with the same normals and uniforms
    whatever the shape, so that a draw jumps only where a proposal is newly rejected. One in
    100,000 is taken without a fifth proposal. Shape a is drawn as shape a + 1 times `u^(1/a)`.
    """
    normals, tests, boosts = _randomness(seed, count)
    size = len(shapes)
    d = shapes + 1 - 1 / 3
    scale = 1 / np.sqrt(9 * d)
    drawn = np.zeros((count, size))
    waiting = np.ones((count, size), dtype=bool)
    for normal, test in zip(normals[..., :size], tests[..., :size], strict=True):
        cube = np.maximum(1 + scale * normal, 1e-12) ** 3
        drawn = np.where(waiting, d * cube, drawn)
        waiting &= test >= 0.5 * normal**2 + d * (1 - cube + np.log(cube))
        if not waiting.any():
            break
    with np.errstate(divide="ignore"):
        return np.asarray(drawn * np.exp(boosts[:, :size] / shapes))


@lru_cache(maxsize=4)
def _randomness(seed: int, count: int) -> tuple[Floats, Floats, Floats]:
    """Normals, logarithms of uniforms by proposal, and logarithms of the boosts.

    A column for each of the eight possible criteria, so that one more leaves the others alone.
    """
    random = np.random.default_rng(seed)
    shape = (_PROPOSALS, count, MAX_CRITERIA)
    normals = random.standard_normal(shape)
    tests = -random.standard_exponential(shape)
    return normals, tests, -random.standard_exponential(shape[1:])


# --- scores ---------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Doubt:
    """What every score could be instead, as 512 equally likely values of rising size.

    Attributes:
        values: (n customers, m criteria, 512) on the 0-10 scale; nowhere NaN.
    """

    values: Singles


@dataclass(frozen=True)
class Known:
    """What is known of one criterion's levels.

    Attributes:
        raw: (n,) levels in the criterion's unit; NaN unknown.
        anchors: the five levels worth 0, 2.5, 5, 7.5 and 10.
        error: share of the level by which a figure may be wrong, 0-1; `None` where the levels
            are judged by people.
        spread: (n,) value points: the standard error of the scorers' mean; 0 where one scored.
    """

    raw: Floats
    anchors: Sequence[float]
    error: float | None
    spread: Floats


def doubt(criteria: Sequence[Known]) -> Doubt:
    """What the scores on all criteria could be, in the order of the criteria."""
    return Doubt(np.stack([doubtful(known) for known in criteria], axis=1))


def doubtful(known: Known) -> Singles:
    """What each customer's value could be: (n, 512) equally likely values, 0-10 (method.md 6.2).

    A figure: every level within its error is as likely, through the anchors. A judged level:
    normal around the value, with the scorers' standard error but at least 0.7 points, cut to
    0-10. Unknown: anything from 0 to 10 is as likely, never the average of the others.
    """
    chance = (np.arange(LEVELS) + 0.5) / LEVELS
    raw = known.raw[:, None]
    if known.error is None:
        deviation = np.maximum(known.spread, LEAST_DOUBT)[:, None]
        could = np.clip(values(raw, known.anchors) + deviation * _normals(chance), 0.0, 10.0)
    else:
        could = values(raw + known.error * np.abs(raw) * (2 * chance - 1), known.anchors)
    return np.where(np.isnan(raw), 10.0 * chance, np.sort(could, axis=1)).astype(np.float32)


def _normals(chance: Floats) -> Floats:
    """The levels below which a standard normal stays with these chances."""
    return np.array([NormalDist().inv_cdf(float(one)) for one in chance])


def drawn_scores(
    could: Doubt, weights: Singles, columns: Iterable[int], seed: int = SEED
) -> Iterator[Singles]:
    """One customer after the other: its axis score (count,) in every draw of weights and values.

    Weighted sum `sum w v`, each draw with its own weights and its own value of every score.

    Args:
        could: what every score could be.
        weights: (m, count) of the axis' criteria, the columns adding to 1.
        columns: the place of each of these criteria in `could`.
        seed: of the random numbers, the same whatever the weights and the scores.
    """
    count = weights.shape[1]
    pool = _level_pool(seed)
    places = list(columns)
    for row, cells in enumerate(could.values):
        start = row * _APART % (_POOL - count)
        total = np.zeros(count, dtype=np.float32)
        for share, column in zip(weights, places, strict=True):
            level = pool[column, start : start + count].astype(np.intp)
            total += share * cells[column].take(level)
        yield total


@lru_cache(maxsize=2)
def _level_pool(seed: int) -> _Levels:
    """Random levels 0-511, a row for each of the eight possible criteria."""
    random = np.random.default_rng([seed, 2])
    return random.integers(0, LEVELS, (MAX_CRITERIA, _POOL), dtype=np.uint16)
