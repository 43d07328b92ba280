"""In how many of 10,000 reasonable variations each customer keeps its class (method.md 6).

A variation draws the weights, and if asked the scores, and puts every customer through the whole
rule (`kam.method.drawn_rule`).
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kam.method.acceptability import central_weights
from kam.method.assessment import Assessment
from kam.method.drawn_axes import Axis, axis_of_draws
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
from kam.method.selection import CLASSES, Ints
from kam.method.values import Flags, Floats
from kam.method.weights import member_weights

FIRM, LIKELY, OPEN = 0.90, 0.50, 0.10  # shares of the draws, method.md 6.2 [D]
KEY = tuple(place for place, klass in enumerate(CLASSES) if klass.is_key)
AT_ONCE = 65_535  # draws in a block at most: two bytes can count them
ONE_THREAD = 1 << 18  # multiplications that a product makes before it wakes other threads


class Holds(StrEnum):
    """How firmly a customer is, or is not, a key account."""

    FIRM = "firm"
    LIKELY = "likely"
    OPEN = "open"
    FIRM_NO = "firm no"


# --- scores of the draws --------------------------------------------------------------------------


_Axes = tuple[Axis, Axis]  # attractiveness and strength
_Drawn = tuple[Reals, Reals]  # (draws, n) on either


def _axes(result: Assessment, weights: Floats, kind: type[Any]) -> _Axes:
    """Both axes of all draws."""
    lines, on_a = result.workshop.cut_offs, result.valued.attractive
    a, s = result.valued.by_axis
    return (
        axis_of_draws(a, weights[:, on_a], lines.attractiveness, kind),
        axis_of_draws(s, weights[:, ~on_a], lines.strength, kind),
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
    return _blocks(axes, None if could is None else _drawn(result, axes, could))


def _blocks(axes: _Axes, drawn: _Drawn | None) -> Iterator[tuple[slice, Points]]:
    """The same from both axes, and the scores on them where these are drawn, too."""
    draws, step = len(axes[0].shares), _draws_at_once(axes)
    incomplete = any(axis.incomplete for axis in axes)
    for start in range(0, draws, step):
        part = slice(start, start + step)
        if drawn is not None and not incomplete:
            yield part, Points(drawn[0][part], drawn[1][part])
            continue
        (a, known_a), (s, known_s) = (axis.scores(part) for axis in axes)
        enough = _enough(a, axes, (known_a, known_s)) if incomplete else None
        if drawn is not None:
            a, s = (np.where(np.isnan(x), x, d[part]) for x, d in zip((a, s), drawn, strict=True))
        yield part, Points(a, s, enough)


def _draws_at_once(axes: _Axes) -> int:
    """How many draws a block holds: within the cache, and multiplied without other threads."""
    largest = max(1, *(axis.table.size for axis in axes))
    return min(AT_ONCE, max(1, ONE_THREAD // largest))


def _enough(like: Reals, axes: _Axes, known: tuple[Reals, Reals]) -> Flags:
    """Who is known well enough on both axes to be chosen."""
    enough = np.ones(like.shape, dtype=bool)
    for axis, share in zip(axes, known, strict=True):
        enough[:, axis.holes] &= share >= ENOUGH_KNOWN - same_points(like)
    return enough


def _drawn(
    result: Assessment, axes: _Axes, could: Doubt, rows: Ints | slice = slice(None)
) -> _Drawn:
    """Both axis scores of all draws of the values, as points above the cut-off."""
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
        found.append(np.ascontiguousarray(scores[rows].T))
    return found[0], found[1]


# --- the answer -----------------------------------------------------------------------------------


@dataclass(frozen=True)
class Robustness:
    """How the draws went; rows follow `Assessment.valued.customers`.

    Attributes:
        shares: (n, 4) share of the draws in which a customer has each class, in the order of
            `CLASSES`; adds to less than 1 where a customer has no score in some.
        entered: (draws, k) whether each of those who may enter the key zone is a key account.
        rows: of all customers, those k first.
        weights: (draws, m) the drawn weights.
    """

    shares: Floats
    entered: Flags
    rows: Ints
    weights: Floats

    @property
    def key(self) -> Floats:
        """Share of the draws in which each customer is a key account; 0-1."""
        return np.asarray(self.shares[:, :2].sum(axis=1))

    @cached_property
    def chosen(self) -> Flags:
        """(draws, n) whether each customer is a key account; not where the team decided."""
        chosen = np.zeros((len(self.weights), len(self.rows)), dtype=bool)
        chosen[:, self.rows[: self.entered.shape[1]]] = self.entered
        return chosen

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
    axes = _axes(result, weights, np.float32)
    reach = None if could else axes[0].within_reach & axes[1].within_reach
    rule = replace(rule_of(result), reach=reach)
    drawn = _drawn(result, axes, could, rule.rows) if could else None
    counts = np.zeros((4, len(rule.rows)))
    entered = np.zeros((len(weights), int(rule.may_enter.sum())), dtype=bool)
    for part, points in _blocks((axes[0].of(rule.rows), axes[1].of(rule.rows)), drawn):
        found = outcome(points, rule.entrants_first)
        entered[part] = found.key
        for place, flags in enumerate((found.top, found.key, found.attractive)):
            counts[place, : flags.shape[1]] += _times(flags)
        counts[3] += len(points.a) if found.unscored is None else _times(~found.unscored)
    return Robustness(_shares(counts, len(weights), rule), entered, rule.rows, weights)


def _times(flags: Flags) -> NDArray[np.uint16]:
    """In how many draws of a block each customer is so."""
    times: NDArray[np.uint16] = np.add.reduce(flags.view(np.uint8), axis=0, dtype=np.uint16)
    return times


def _shares(counts: Floats, draws: int, rule: Rule) -> Floats:
    """The share of the draws in each class, (n, 4), from how often who is at least what."""
    shares = np.empty((len(rule.rows), len(CLASSES)))
    shares[rule.rows] = np.diff(counts, axis=0, prepend=0.0).T / draws
    decided = np.flatnonzero(rule.facts.override >= 0)
    shares[decided] = np.eye(len(CLASSES))[rule.facts.override[decided]]
    return shares


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
