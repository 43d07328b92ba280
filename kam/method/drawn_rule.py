"""The whole rule of `kam.method.selection` for many draws at once.

Gates, coverage, the customer's own view, the one order, capacity, ties across the capacity line,
the strategic line, the team's own decisions and the long list. In double precision each draw has
the classes that `select` gives it; in single precision scores within 0.00001 points of each other
or of a line count as the same, which concerns fewer than one customer in 10,000 draws.
"""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kam.method.selection import SAME, UNSCORED, Facts, Ints, hours_each
from kam.method.values import Flags, Floats
from kam.model import Capacity, CutOffs

SAME_SINGLE = 1e-5  # points; a single-precision score is off by at most half of that

_NEXT_TO_NOTHING = 1e-30  # points
_STRATEGIC, _LOW = 2, 3  # places in `CLASSES`; the key classes come before
Reals = NDArray[Any]  # of single or double precision


@dataclass(frozen=True)
class Rule:
    """All that decides the class of a customer beside its scores."""

    facts: Facts
    lines: CutOffs
    room: Capacity

    @cached_property
    def may_enter(self) -> Flags:
        """Who may become key by its scores: judged, no gate failed, not unwilling, undecided."""
        facts = self.facts
        free = facts.listed & ~facts.gate_failed & (facts.override < 0)
        return np.asarray(free & (facts.favours >= 0))

    @cached_property
    def firm(self) -> Ints:
        """Rows of the key accounts by decision."""
        override = self.facts.override
        return np.flatnonzero((override >= 0) & (override < _STRATEGIC)).astype(np.int64)

    @cached_property
    def willing(self) -> Flags:
        """Who would favour us, and so may be strategic."""
        return np.asarray(self.may_enter & (self.facts.favours > 0))

    @cached_property
    def figures_only(self) -> Ints:
        """Rows of those that are not judged: attractiveness alone gives their class."""
        return np.flatnonzero(~self.facts.listed).astype(np.int64)

    @cached_property
    def barred(self) -> Flags:
        """Whom a failed gate makes low priority; one that is not judged has its figures only."""
        return np.asarray(self.facts.gate_failed & self.facts.listed)


@dataclass(frozen=True)
class Points:
    """Scores of a block of draws, (draws, n), as points above the cut-off of their axis.

    Attributes:
        a, s: attractiveness and strength; NaN where nothing that counts is known.
        enough: whether 70 % of both axes is known; `None` where all of everything is.
    """

    a: Reals
    s: Reals
    enough: Flags | None = None


@dataclass(frozen=True)
class Outcome:
    """Who is what in a block of draws, (draws, n) flags, each a part of the next.

    Attributes:
        top: key and strategic.
        key: a key account.
        attractive: key, or strategic but not yet key.
        scored: has a class at all.
    """

    top: Flags
    key: Flags
    attractive: Flags
    scored: Flags


def outcome(points: Points, rule: Rule) -> Outcome:
    """The class of every customer in every draw, before the team's own decisions are put in."""
    same = same_points(points.a)
    distance = np.minimum(points.a, points.s)
    entering = (distance >= -same) & rule.may_enter
    if points.enough is not None:
        entering &= points.enough
    line = rule.lines.strategic - rule.lines.attractiveness - same
    top = (points.a >= line) & entering & rule.willing
    key = entering & (distance >= _first_waiting(distance, entering, top, rule) + same)
    scored = ~np.isnan(distance)
    if len(rule.figures_only):
        scored[:, rule.figures_only] = ~np.isnan(points.a[:, rule.figures_only])
    attractive = (points.a >= -same) & scored & ~rule.barred
    return Outcome(top & key, key, attractive, scored)


def same_points(scores: Reals) -> Any:  # noqa: ANN401 - a scalar of the scores' own precision
    """Points within which two scores of this precision are the same."""
    return scores.dtype.type(SAME_SINGLE if scores.dtype == np.float32 else SAME)


def _first_waiting(distance: Reals, entering: Flags, top: Flags, rule: Rule) -> Reals:
    """The distance of the first customer that capacity leaves out, (draws, 1).

    All from there on wait, and so do those that tie with it. Sorting needs no index: whether a
    customer takes the hours of a strategic account is written into the last bit of its distance.

    Returns:
        Minus infinity in draws in which all fit, or capacity limits nothing.
    """
    each, available = hours_each(rule.room)
    nobody = np.full((len(distance), 1), -np.inf, dtype=distance.dtype)
    live = np.flatnonzero(entering.any(axis=0))
    if available is None or not len(live):
        return nobody
    queue = _queue(*(part.take(live, axis=1) for part in (distance, entering, top)))
    most = int((available + SAME) // each[:2].min()) + 2  # one more than can fit, and to spare
    front = np.ascontiguousarray(queue[:, :most].T)
    demand = each[1::-1].take(_bits(front) & 1)
    free = available - _held(rule, each)
    for row in range(1, len(demand)):  # running sums, in half the time of `cumsum`
        demand[row] += demand[row - 1]
    fits = demand <= free + SAME
    place = np.minimum(np.count_nonzero(fits, axis=0), len(front) - 1)
    first = np.take_along_axis(front, place[None], axis=0)
    left_out = ~fits[-1:] & (first < 0)
    return np.where(left_out.T, -first.T, nobody)


def _queue(distance: Reals, entering: Flags, top: Flags) -> Reals:
    """Negative distances in rising order, then 0 for each who does not enter; last bit: strategic.

    Written as products and bits: choosing element by element costs more than the sort. Who
    enters from exactly on the line has a distance next to nothing instead of 0.
    """
    queue: Reals = np.fmax(distance, distance.dtype.type(_NEXT_TO_NOTHING))
    queue *= entering
    bits = _bits(queue)
    bits &= ~1
    bits |= top
    np.negative(queue, out=queue)
    queue.sort(axis=1)
    return queue


def _bits(scores: Reals) -> NDArray[Any]:
    """The same memory as whole numbers of the same width."""
    bits: NDArray[Any] = scores.view(np.int32 if scores.dtype == np.float32 else np.int64)
    return bits


def _held(rule: Rule, each: Floats) -> float:
    """Hours (or places) that key accounts by decision take before all others."""
    return float(each[rule.facts.override[rule.firm]].sum())


def codes(found: Outcome, rule: Rule) -> NDArray[np.int64]:
    """Outcomes as places in `CLASSES`, the team's decisions among them; -1 without scores."""
    steps = np.add(found.scored, found.attractive, dtype=np.int64)
    by_rule = _LOW + 1 - (steps + found.key + found.top)
    by_rule[by_rule > _LOW] = UNSCORED
    return np.asarray(np.where(rule.facts.override >= 0, rule.facts.override, by_rule))
