"""The whole rule of `kam.method.selection` for many draws at once.

Gates, coverage, the customer's own view, the one order, capacity, ties across the capacity line,
the strategic line, the team's own decisions and the long list. In double precision each draw has
the classes that `select` gives it; in single precision scores within 0.00001 points of each other
or of a line count as the same, which gave another class once in 400,000 with customers anywhere.
"""

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kam.method.selection import SAME, UNSCORED, Facts, Ints, hours_each
from kam.method.values import Flags, Floats
from kam.model import Capacity, CutOffs

SAME_SINGLE = 1e-5  # points; a single-precision score is off by at most half of that

_NOWHERE = -100.0  # points; nobody is so far outside
_STRATEGIC, _LOW = 2, 3  # places in `CLASSES`; the key classes come before
Reals = NDArray[Any]  # of single or double precision


@dataclass(frozen=True)
class Rule:
    """All that decides the class of a customer beside its scores.

    Attributes:
        reach: who may reach the key zone by the scores at all; `None` leaves it open.
    """

    facts: Facts
    lines: CutOffs
    room: Capacity
    reach: Flags | None = None

    @cached_property
    def may_enter(self) -> Flags:
        """Who may become key by its scores: judged, no gate failed, not unwilling, undecided."""
        facts = self.facts
        free = facts.listed & ~facts.gate_failed & (facts.override < 0) & (facts.favours >= 0)
        return np.asarray(free if self.reach is None else free & self.reach)

    @cached_property
    def entrants(self) -> slice | Ints:
        """Rows of those who may enter; a slice, which copies nothing, where they come first."""
        count = int(self.may_enter.sum())
        return slice(0, count) if self.may_enter[:count].all() else _rows(self.may_enter)

    @cached_property
    def entrants_first(self) -> "Rule":
        """The same rule with the customers in the order of `rows`."""
        facts, rows = self.facts, self.rows
        reach = None if self.reach is None else self.reach[rows]
        ordered = Facts(
            facts.favours[rows], facts.gate_failed[rows], facts.override[rows], facts.listed[rows]
        )
        return replace(self, facts=ordered, reach=reach)

    @cached_property
    def rows(self) -> Ints:
        """All rows, those who may enter first."""
        return np.argsort(~self.may_enter, kind="stable").astype(np.int64)

    @cached_property
    def firm(self) -> Ints:
        """Rows of the key accounts by decision."""
        override = self.facts.override
        return _rows((override >= 0) & (override < _STRATEGIC))

    @cached_property
    def strategic_line(self) -> Floats:
        """From how many points above the cut-off each entrant is strategic; not the unwilling."""
        above = self.lines.strategic - self.lines.attractiveness
        return np.where(self.facts.favours[self.entrants] > 0, above, np.inf)

    @cached_property
    def attractive_line(self) -> Floats:
        """From how many points above the cut-off each customer is attractive.

        One whom a failed gate makes low priority never is; one that is not judged has its
        figures only.
        """
        return np.where(self.facts.gate_failed & self.facts.listed, np.inf, 0.0)

    @cached_property
    def figures_only(self) -> Ints:
        """Rows of those that are not judged: attractiveness alone gives their class."""
        return _rows(~self.facts.listed)


def _rows(flags: Flags) -> Ints:
    """The places of those that are so."""
    return np.flatnonzero(flags).astype(np.int64)


@dataclass(frozen=True)
class Points:
    """Scores of a block of draws, (draws, n), as points above the cut-off of their axis.

    Attributes:
        a, s: attractiveness and strength; NaN where nothing that counts is known.
        enough: whether 70 % of both axes is known; `None` where all of everything is, so that
            no score is NaN.
    """

    a: Reals
    s: Reals
    enough: Flags | None = None


@dataclass(frozen=True)
class Outcome:
    """Who is what in a block of draws, as flags.

    Attributes:
        top: key and strategic; (draws, k) in the order of `Rule.entrants`.
        key: a key account, so all of `top` too; (draws, k), the same.
        attractive: key, or strategic but not yet key; (draws, n).
        unscored: has no class at all; (draws, n), or `None` where everybody has one.
    """

    top: Flags
    key: Flags
    attractive: Flags
    unscored: Flags | None


def outcome(points: Points, rule: Rule) -> Outcome:
    """The class of every customer in every draw, before the team's own decisions are put in."""
    same = same_points(points.a)
    who = rule.entrants
    a = points.a[:, who]
    distance = np.minimum(a, points.s[:, who])
    if points.enough is not None:
        distance[~points.enough[:, who]] = _NOWHERE
    top = a >= (rule.strategic_line - same).astype(a.dtype)
    key = distance >= np.maximum(_first_waiting(distance, top, rule) + same, -same)
    top &= key
    attractive = points.a >= (rule.attractive_line - same).astype(a.dtype)
    if points.enough is None:
        return Outcome(top, key, attractive, None)
    unscored = _unscored(points, rule)
    attractive &= ~unscored
    return Outcome(top, key, attractive, unscored)


def _unscored(points: Points, rule: Rule) -> Flags:
    """Who has no class at all, (draws, n)."""
    unscored: Flags = np.isnan(np.minimum(points.a, points.s))
    if len(rule.figures_only):
        unscored[:, rule.figures_only] = np.isnan(points.a[:, rule.figures_only])
    return unscored


def same_points(scores: Reals) -> Any:  # noqa: ANN401 - a scalar of the scores' own precision
    """Points within which two scores of this precision are the same."""
    return scores.dtype.type(SAME_SINGLE if scores.dtype == np.float32 else SAME)


def _first_waiting(distance: Reals, top: Flags, rule: Rule) -> Reals:
    """The distance of the first customer that capacity leaves out, (draws, 1).

    All from there on wait, and so do those that tie with it. Sorting needs no index: whether a
    customer takes the hours of a strategic account is written into the last bit of its distance.

    Returns:
        Minus infinity in draws in which all fit, or capacity limits nothing.
    """
    each, available = hours_each(rule.room)
    if available is None or not distance.size:
        return np.full((len(distance), 1), -np.inf, dtype=distance.dtype)
    most = int((available + SAME) // each[:2].min()) + 2  # one more than can fit, and to spare
    front = np.ascontiguousarray(_queue(distance, top)[:, :most])
    strategic = np.cumsum(_bits(front) & 1, axis=1)
    as_core = np.arange(1, front.shape[1] + 1) * each[1]
    spare = available - _held(rule, each) + SAME - as_core
    waits = strategic * (each[0] - each[1]) > spare
    first = front[np.arange(len(front)), waits.argmax(axis=1)]
    left_out = waits[:, -1] & (first <= same_points(distance))
    return np.where(left_out, -first, -np.inf)[:, None]


def _queue(distance: Reals, top: Flags) -> Reals:
    """Negative distances in rising order, the last bit telling who is strategic; (draws, k)."""
    queue: Reals = np.negative(distance)
    bits = _bits(queue)
    bits &= ~1
    bits |= top
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
    by_rule = _LOW - found.attractive.astype(np.int64)
    by_rule[:, rule.entrants] -= np.add(found.key, found.top, dtype=np.int64)
    if found.unscored is not None:
        by_rule[found.unscored] = UNSCORED
    return np.asarray(np.where(rule.facts.override >= 0, rule.facts.override, by_rule))
