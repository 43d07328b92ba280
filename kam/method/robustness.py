"""In how many of 10,000 reasonable variations each customer keeps its class (method.md 6).

A variation draws the weights, and if asked the scores, and puts every customer through the whole
rule (`kam.method.drawn_rule`).
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kam.method.acceptability import central_weights
from kam.method.assessment import Assessment
from kam.method.drawn_rule import Points, Reals, Rule, codes, outcome, same_points
from kam.method.draws import (
    DATA_ERROR,
    SEED,
    Doubt,
    Known,
    around,
    concentration,
    doubt,
    drawn_scores,
)
from kam.method.scores import ENOUGH_KNOWN
from kam.method.selection import CLASSES
from kam.method.values import Flags, Floats
from kam.method.weights import member_weights

FIRM, LIKELY, OPEN = 0.90, 0.50, 0.10  # shares of the draws, method.md 6.2 [D]
KEY = tuple(place for place, klass in enumerate(CLASSES) if klass.is_key)
AT_ONCE = 250  # draws in a block at most: a byte can count them
ONE_THREAD = 1 << 18  # multiplications that a product makes before it wakes other threads


class Holds(StrEnum):
    """How firmly a customer is, or is not, a key account."""

    FIRM = "firm"
    LIKELY = "likely"
    OPEN = "open"
    FIRM_NO = "firm no"


# --- scores of the draws --------------------------------------------------------------------------


@dataclass(frozen=True)
class _Axis:
    """One axis of all draws.

    Attributes:
        shares: weights (draws, m), each row adding to 1; NaN where none counts.
        table: (n, m) values as points above the cut-off, 0 where unknown.
        holes: rows of the customers of which something is unknown.
        known: (holes, m), 1 where known.
    """

    shares: Reals
    table: Reals
    holes: NDArray[np.int64]
    known: Reals

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


def _axis(table: Floats, weights: Floats, cut_off: float, kind: type[Any]) -> _Axis:
    """One axis of all draws, in the precision `kind`."""
    with np.errstate(invalid="ignore"):
        shares = weights / weights.sum(axis=1, keepdims=True)
    unknown = np.isnan(table)
    holes = np.flatnonzero(unknown.any(axis=1))
    above = np.where(unknown, 0.0, table - cut_off)
    parts = (shares, above, ~unknown[holes])
    shares, above, known = (np.ascontiguousarray(part, dtype=kind) for part in parts)
    return _Axis(shares, above, holes, known)


def _axes(result: Assessment, weights: Floats, kind: type[Any]) -> tuple[_Axis, _Axis]:
    """Both axes of all draws."""
    lines, on_a = result.workshop.cut_offs, result.valued.attractive
    a, s = result.valued.by_axis
    return (
        _axis(a, weights[:, on_a], lines.attractiveness, kind),
        _axis(s, weights[:, ~on_a], lines.strength, kind),
    )


def blocks(
    result: Assessment, weights: Floats, could: Doubt | None = None, kind: type[Any] = np.float32
) -> Iterator[tuple[slice, Points]]:
    """The scores of all draws, a block at a time with its place among the draws.

    Args:
        result: the workshop as it stands.
        weights: (draws, m) by `result.valued.criteria`.
        could: what the scores could be; without it they are as they are, and an axis score is
            that of the known part, as everywhere.
        kind: the precision, `np.float32` or `np.float64`.
    """
    axes = _axes(result, weights, kind)
    drawn = None if could is None else _drawn(result, axes, could)
    step = _draws_at_once(axes)
    for start in range(0, len(weights), step):
        part = slice(start, start + step)
        (a, known_a), (s, known_s) = (axis.scores(part) for axis in axes)
        if drawn is not None:
            a, s = (np.where(np.isnan(x), x, d[part]) for x, d in zip((a, s), drawn, strict=True))
        yield part, Points(a, s, _enough(a, axes, (known_a, known_s)))


def _draws_at_once(axes: tuple[_Axis, _Axis]) -> int:
    """How many draws a block holds: within the cache, and multiplied without other threads."""
    largest = max(1, *(axis.table.size for axis in axes))
    return min(AT_ONCE, max(1, ONE_THREAD // largest))


def _enough(like: Reals, axes: tuple[_Axis, _Axis], known: tuple[Reals, Reals]) -> Flags | None:
    """Who is known well enough on both axes to be chosen."""
    if not any(len(axis.holes) for axis in axes):
        return None
    enough = np.ones(like.shape, dtype=bool)
    for axis, share in zip(axes, known, strict=True):
        enough[:, axis.holes] &= share >= ENOUGH_KNOWN - same_points(like)
    return enough


def _drawn(result: Assessment, axes: tuple[_Axis, _Axis], could: Doubt) -> tuple[Reals, Reals]:
    """Both axis scores of all draws of the values, as points above the cut-off; (draws, n)."""
    lines, on_a = result.workshop.cut_offs, result.valued.attractive
    cut_offs = (lines.attractiveness, lines.strength)
    found = []
    for axis, columns, cut_off in zip(axes, (on_a, ~on_a), cut_offs, strict=True):
        scores = np.empty((len(axis.table), len(axis.shares)), dtype=axis.shares.dtype)
        shares = np.ascontiguousarray(axis.shares.T)
        for row, points in enumerate(
            drawn_scores(could, shares, map(int, np.flatnonzero(columns)))
        ):
            scores[row] = points - cut_off
        found.append(np.ascontiguousarray(scores.T))
    return found[0], found[1]


# --- the answer -----------------------------------------------------------------------------------


@dataclass(frozen=True)
class Robustness:
    """How the draws went; rows follow `Assessment.valued.customers`.

    Attributes:
        shares: (n, 4) share of the draws in which a customer has each class, in the order of
            `CLASSES`; adds to less than 1 where a customer has no score in some.
        chosen: (draws, n) whether it is a key account; not where the team decided.
        weights: (draws, m) the drawn weights.
    """

    shares: Floats
    chosen: Flags
    weights: Floats

    @property
    def key(self) -> Floats:
        """Share of the draws in which each customer is a key account; 0-1."""
        return np.asarray(self.shares[:, :2].sum(axis=1))

    @cached_property
    def central(self) -> Floats:
        """What one would have to believe to choose it: (n, m), see `central_weights`."""
        return central_weights(self.chosen, self.weights)


def robustness(result: Assessment, weights: Floats, could: Doubt | None = None) -> Robustness:
    """In which share of the draws each customer has each class.

    Standard error `sqrt(p (1 - p) / draws)`, at most .005 with 10,000. Who is known by less than
    70 % on an axis stays out of the key zone in all draws, whatever is drawn for the unknown.

    Args:
        result: the workshop as it stands.
        weights: (draws, m) by `result.valued.criteria`, see `team_draws`.
        could: what the scores could be, see `score_doubt`; without it only weights are in doubt.
    """
    rule = rule_of(result)
    counts = np.zeros((4, len(result.valued.customers)))
    chosen = np.zeros((len(weights), counts.shape[1]), dtype=bool)
    for part, points in blocks(result, weights, could):
        found = outcome(points, rule)
        chosen[part] = found.key
        for place, flags in enumerate((found.top, found.key, found.attractive, found.scored)):
            counts[place] += np.add.reduce(flags.view(np.uint8), axis=0, dtype=np.uint8)
    shares = np.diff(counts, axis=0, prepend=0.0).T / len(weights)
    decided = np.flatnonzero(rule.facts.override >= 0)
    shares[decided] = np.eye(len(CLASSES))[rule.facts.override[decided]]
    return Robustness(shares, chosen, weights)


def rule_of(result: Assessment) -> Rule:
    """The rule by which a workshop chooses."""
    return Rule(result.facts, result.workshop.cut_offs, result.workshop.capacity)


def drawn_classes(result: Assessment, weights: Floats) -> NDArray[np.int64]:
    """The class of every customer under each of these weights, exactly as `select` gives it.

    Returns:
        (len(weights), n) places in `CLASSES`; -1 without scores.
    """
    rule = rule_of(result)
    rows = [codes(outcome(p, rule), rule) for _, p in blocks(result, weights, kind=np.float64)]
    return np.concatenate([np.empty((0, len(result.valued.customers)), dtype=np.int64), *rows])


def members_lists(result: Assessment) -> dict[str, Flags]:
    """Whom each member's own weights would make a key account, (n,) by member (method.md 6.1).

    The whole rule once a member, no draws: "7 of 8 would pick it".
    """
    members = member_weights(result.workshop)
    classes = drawn_classes(result, _by_row(members.values(), result.valued.criteria))
    return dict(zip(members, np.isin(classes, KEY), strict=True))


def _by_row(members: Iterable[Mapping[str, float]], criteria: Sequence[str]) -> Floats:
    """Each member's weights of these criteria, a row a member."""
    rows = [[own[key] for key in criteria] for own in members]
    return np.array(rows, dtype=float).reshape(len(rows), len(criteria))


def team_draws(result: Assessment, seed: int = SEED) -> Floats:
    """10,000 weight vectors around the team's, by `result.valued.criteria`; rows add to 1.

    As far apart as the members' own weights are (`draws.concentration`).
    """
    every = member_weights(result.workshop).values()
    members = _by_row(every, list(result.workshop.criteria))
    centre = np.array([result.weights[key] for key in result.valued.criteria])
    return around(centre / centre.sum(), concentration(members), seed)


def score_doubt(result: Assessment, spread: Floats | None = None) -> Doubt:
    """What every score could be: figures from a column within 10 %, the others as judgments.

    Args:
        result: the workshop as it stands.
        spread: (n, m) value points, the standard error of the scorers' mean; 0 where one scored.
    """
    table, criteria = result.valued, result.workshop.criteria
    wide = np.zeros(table.raw.shape) if spread is None else spread
    return doubt(
        [
            Known(
                table.raw[:, column],
                criteria[key].anchors or (),
                DATA_ERROR if criteria[key].column else None,
                wide[:, column],
            )
            for column, key in enumerate(table.criteria)
        ]
    )


def holds(share: float) -> Holds:
    """How firmly a customer is a key account that is one in this share of the draws."""
    if share >= FIRM:
        return Holds.FIRM
    if share >= LIKELY:
        return Holds.LIKELY
    return Holds.OPEN if share >= OPEN else Holds.FIRM_NO


def in_runs(share: float) -> str:
    """A share of the draws as a frequency; never 0 or 100: a draw cannot prove that much."""
    hundredths = round(100 * share)
    if hundredths >= 100:
        return "in practically all runs"
    if hundredths <= 0:
        return "in practically no run"
    return f"in {hundredths} of 100 runs"
