"""Zones, the one order, capacity and classes (decisions.md 1-2, method.md 7)."""

from dataclasses import dataclass
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

from kam.method.scores import ENOUGH_KNOWN, AxisScores
from kam.method.values import Flags, Floats
from kam.model import Capacity, Class, CutOffs

SAME = 1e-9  # two scores this near are the same (method.md 4.5)
CLOSE = 0.25  # points from a line within which a class is too close to call [D]

Ints = NDArray[np.int64]


class Reason(IntEnum):
    """Why a customer has its class; the words are in `kam.method.assessment`."""

    UNSCORED = 0
    ABOVE_STRATEGIC_LINE = 1
    BELOW_STRATEGIC_LINE = 2
    NOT_YET_MUTUAL = 3
    STRENGTH_GAP = 4
    NO_CAPACITY = 5
    TIED_AT_CAPACITY = 6
    WOULD_NOT_FAVOUR = 7
    TOO_LITTLE_KNOWN = 8
    STRONG_BUT_LITTLE_TO_GAIN = 9
    NEITHER = 10
    GATE = 11
    OVERRIDE = 12
    UNLISTED_ATTRACTIVE = 13
    UNLISTED = 14


CLASSES = tuple(Class)
_KEY_STRATEGIC, _KEY_CORE, _STRATEGIC, _LOW = range(4)
UNSCORED = -1
_CLASS_OF = np.array(
    # by Reason: which class it leads to
    [UNSCORED, _KEY_STRATEGIC, _KEY_CORE, _KEY_CORE]
    + [_STRATEGIC] * 5
    + [_LOW] * 3
    + [UNSCORED, _STRATEGIC, _LOW],
)


@dataclass(frozen=True)
class Facts:
    """What the rule needs to know of every customer beside its scores; arrays of length n.

    Attributes:
        favours: 1 would favour us, 0 unknown, -1 would not.
        gate_failed: whether it fails a gate.
        override: index into `CLASSES`, or -1 where the rule decides.
        listed: whether the team judges it. Who is not on the long list is never key, and has
            its class from its figures on the attractiveness axis alone.
    """

    favours: Ints
    gate_failed: Flags
    override: Ints
    listed: Flags


@dataclass(frozen=True)
class Selection:
    """The outcome of the rule; arrays of length n.

    Attributes:
        klass: index into `CLASSES`, -1 for customers without scores.
        reason: a `Reason`.
        distance: points inside (>= 0) or outside the key zone; NaN without scores.
        order: row numbers of the scored customers on the long list, by distance, most inside
            the key zone first.
        hours: hours (or places) that each key account takes, 0 for the others.
        used: their sum.
        available: hours (or places) there are; `None` while capacity is unknown.
        queue: row numbers of those in the order in which capacity was offered.
    """

    klass: Ints
    reason: Ints
    distance: Floats
    order: Ints
    hours: Floats
    used: float
    available: float | None
    queue: Ints


def distances(attractiveness: Floats, strength: Floats, cut_offs: CutOffs) -> Floats:
    """`min(A - A_cut, S - S_cut)`: >= 0 exactly in the key zone, so order and zone agree."""
    return np.minimum(attractiveness - cut_offs.attractiveness, strength - cut_offs.strength)


def select(
    attractiveness: AxisScores, strength: AxisScores, facts: Facts, lines: CutOffs, room: Capacity
) -> Selection:
    """The class of every customer, and why.

    Gates, coverage and the customer's own view decide who may be key; customers in the key zone
    take capacity in the order of their distance; the first that does not fit and all after it
    wait. Customers that tie exactly across the capacity line all wait: the tool does not choose.
    Classes decided by the team stand, and take their capacity first.
    """
    a, s = attractiveness.estimate, strength.estimate
    distance = distances(a, s, lines)
    reason = _by_zone(a, s, distance, facts, lines)
    known = np.minimum(attractiveness.coverage, strength.coverage) >= ENOUGH_KNOWN - SAME
    in_zone = distance >= -SAME
    reason[in_zone & ~known] = Reason.TOO_LITTLE_KNOWN
    reason[in_zone & (facts.favours < 0)] = Reason.WOULD_NOT_FAVOUR
    reason[facts.gate_failed & ~np.isnan(distance)] = Reason.GATE
    order = _order(np.where(facts.listed, distance, np.nan), attractiveness, strength)
    reason[~facts.listed & (a >= lines.attractiveness - SAME)] = Reason.UNLISTED_ATTRACTIVE
    reason[~facts.listed & (a < lines.attractiveness - SAME)] = Reason.UNLISTED
    decided = facts.override >= 0
    klass = np.where(decided, facts.override, _CLASS_OF[reason])
    reason[decided] = Reason.OVERRIDE
    return _with_capacity(klass, reason, distance, order, room)


def _by_zone(a: Floats, s: Floats, distance: Floats, facts: Facts, lines: CutOffs) -> Ints:
    """The reason that the zone alone gives, before gates and capacity."""
    attractive, strong = a >= lines.attractiveness - SAME, s >= lines.strength - SAME
    above = a >= lines.strategic - SAME
    cases = [
        (np.isnan(distance), Reason.UNSCORED),
        (attractive & strong & above & (facts.favours > 0), Reason.ABOVE_STRATEGIC_LINE),
        (attractive & strong & above, Reason.NOT_YET_MUTUAL),
        (attractive & strong, Reason.BELOW_STRATEGIC_LINE),
        (attractive, Reason.STRENGTH_GAP),
        (strong, Reason.STRONG_BUT_LITTLE_TO_GAIN),
    ]
    conditions, reasons = zip(*cases, strict=True)
    return np.select(conditions, [int(r) for r in reasons], int(Reason.NEITHER)).astype(np.int64)


def _order(distance: Floats, attractiveness: AxisScores, strength: AxisScores) -> Ints:
    """Rows of the scored customers by distance; ties by A, then S, then narrower interval."""
    scored = np.flatnonzero(~np.isnan(distance))
    outside = np.round(-distance[scored], 9)
    order = np.argsort(outside, kind="stable")
    same = np.diff(outside[order]) == 0
    if same.any():  # only those that tie are looked at again
        tied = np.concatenate([same, [False]]) | np.concatenate([[False], same])
        some = order[tied]
        width = attractiveness.high - attractiveness.low + strength.high - strength.low
        keys = (width, -strength.estimate, -attractiveness.estimate)
        finer = [np.round(key[scored[some]], 9) for key in keys]
        order[tied] = some[np.lexsort([*finer, outside[some]])]
    return scored[order].astype(np.int64)


def _with_capacity(
    klass: Ints, reason: Ints, distance: Floats, order: Ints, room: Capacity
) -> Selection:
    """Offer capacity in order and let those wait that do not fit."""
    decided_on = np.flatnonzero(reason == Reason.OVERRIDE)
    rows = np.concatenate([order, np.setdiff1d(decided_on, order)])  # unscored or not listed, too
    rows = rows[(klass[rows] == _KEY_STRATEGIC) | (klass[rows] == _KEY_CORE)]
    decided = reason[rows] == Reason.OVERRIDE
    queue = np.concatenate([rows[decided], rows[~decided]]).astype(np.int64)
    firm = reason[queue] == Reason.OVERRIDE
    each, available = hours_each(room)
    waiting, tied = _waiting(queue, firm, distance, each[klass[queue]], available)
    klass[waiting], reason[waiting] = _STRATEGIC, Reason.NO_CAPACITY
    klass[tied], reason[tied] = _STRATEGIC, Reason.TIED_AT_CAPACITY
    is_key = (klass == _KEY_STRATEGIC) | (klass == _KEY_CORE)
    hours = np.where(is_key, each[klass], 0.0)
    return Selection(klass, reason, distance, order, hours, float(hours.sum()), available, queue)


def hours_each(room: Capacity) -> tuple[Floats, float | None]:
    """What a customer of each class takes, and what there is; `None` when unknown."""
    if room.mode == "places":
        available = None if room.places is None else float(room.places)
        return np.array([1.0, 1.0, 0.0, 0.0]), available
    each = np.array([room.hours_strategic or 0.0, room.hours_core or 0.0, 0.0, 0.0])
    return each, room.hours if room.known else None


def _waiting(
    queue: Ints, firm: Flags, distance: Floats, demand: Floats, available: float | None
) -> tuple[Ints, Ints]:
    """Rows of the queue that do not fit, and rows that tie exactly across the capacity line.

    Args:
        queue: rows in the order in which capacity is offered.
        firm: whether the team decided, so that it stays whatever the capacity.
        distance: of all customers, by row.
        demand: hours (or places) by place in the queue.
        available: hours (or places) there are; `None` limits nothing.
    """
    nobody = np.array([], dtype=np.int64)
    if available is None:
        return nobody, nobody
    fits = np.cumsum(demand) <= available + SAME
    waiting, fitting = queue[~fits & ~firm], queue[fits & ~firm]
    if not len(waiting):
        return nobody, nobody
    level = distance[waiting[0]]
    tied = fitting[np.abs(distance[fitting] - level) < SAME]
    if len(tied):
        tied = np.concatenate([tied, waiting[np.abs(distance[waiting] - level) < SAME]])
    return waiting, tied


def too_close(a: Floats, s: Floats, facts: Facts, lines: CutOffs) -> Flags:
    """Which customers stand within 0.25 points of a line whose crossing would change their class.

    The border of the key zone matters to all who may enter it, the attractiveness cut-off to
    those who may not or who stand left of it, the strategic line to those in the zone who would
    favour us.
    """
    distance = distances(a, s, lines)
    never_key = (s < lines.strength - SAME) | (facts.favours < 0)
    near_key = (facts.favours >= 0) & (np.abs(distance) < CLOSE)
    near_attractive = never_key & (np.abs(a - lines.attractiveness) < CLOSE)
    in_zone = (facts.favours > 0) & (distance >= -SAME)
    near_strategic = in_zone & (np.abs(a - lines.strategic) < CLOSE)
    return np.asarray((near_key | near_attractive | near_strategic) & ~facts.gate_failed)
