"""The same values and weights by two other methods: who would change class, and why (6.6).

A check, never the headline. TOPSIS looks at how near a customer is to the best that can be,
PROMETHEE II at how many customers it beats. Both are put on the 0-10 scale of the weighted sum,
by the even customer that would stand as well, so that the same lines and the same rule apply.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

import numpy as np

from kam.method.assessment import Assessment
from kam.method.scores import AxisScores
from kam.method.selection import CLASSES, SAME, Selection, select
from kam.method.stay_key import overlap_words
from kam.method.topsis_promethee import Preference, closeness, even_levels, net_shares
from kam.method.values import Floats
from kam.model import Axis, Class

DECIMALS = 9  # of a value; what differs by less is the same (method.md 4.5)
IN_THE_QUEUE = "It crosses no line; what capacity is left when its turn comes changes."
FEWEST = 2  # customers that PROMETHEE II needs, having nobody to compare with otherwise


class Way(StrEnum):
    """A method beside the weighted sum."""

    TOPSIS = "topsis"
    USUAL = "usual"
    LINEAR = "linear"

    @property
    def label(self) -> str:
        """What it is called."""
        return _LABELS[self]

    @property
    def about(self) -> str:
        """What it looks at, as the end of a sentence that begins with "when"."""
        return _ABOUT[self]


_LABELS = {
    Way.TOPSIS: "Nearness to the best (TOPSIS)",
    Way.USUAL: "Customers beaten, any difference counts (PROMETHEE II)",
    Way.LINEAR: "Customers beaten, small differences count less (PROMETHEE II)",
}
_ABOUT = {
    Way.TOPSIS: "nearness to a customer with 10 everywhere counts",
    Way.USUAL: "it counts how many customers each one beats, by however little",
    Way.LINEAR: "it counts how many customers each one beats, and small leads count less",
}


PREFERENCES = {
    Way.USUAL: Preference(),
    Way.LINEAR: Preference(indifferent=0.5, strict=2.5),  # value points, method.md 6.6
}


# --- the opinion ----------------------------------------------------------------------------------


@dataclass(frozen=True)
class Difference:
    """A customer whose class differs by another method.

    Attributes:
        klass: by the weighted sum; `other`: by the other method.
        why: which line it crosses and what moves it, in sentences.
    """

    customer: str
    klass: Class
    other: Class
    why: str

    @property
    def matters(self) -> bool:
        """Whether it is a key account by one method only."""
        return self.klass.is_key != self.other.is_key


@dataclass(frozen=True)
class Opinion:
    """What another method says of the customers that the team judges.

    Attributes:
        attractiveness: (n,) levels 0-10; NaN without scores and off the long list; rows follow
            `Assessment.valued`. Likewise `strength`.
        ours: ids of the key accounts by the weighted sum, in the one order; `theirs` by the
            other method.
        differences: those between key and not key first, then in the one order.
    """

    way: Way
    attractiveness: Floats
    strength: Floats
    ours: tuple[str, ...]
    theirs: tuple[str, ...]
    differences: tuple[Difference, ...]

    @property
    def shared(self) -> int:
        """How many key accounts are key by both."""
        return len(set(self.ours) & set(self.theirs))

    def words(self, names: Mapping[str, str]) -> str:
        """The overlap in a sentence, with the names of those who are key by one method only."""
        return overlap_words(self.ours, self.theirs, self.way.about, names)


def second_opinions(result: Assessment) -> dict[Way, Opinion]:
    """What every method says that has enough to say it: PROMETHEE II needs two scored customers."""
    ways = Way if result.scored_count >= FEWEST else (Way.TOPSIS,)
    return {way: second_opinion(result, way) for way in ways}


def second_opinion(result: Assessment, way: Way) -> Opinion:
    """What one method says: the whole rule, gates, capacity and decisions included, on its levels.

    Only customers on the long list are compared, with each other.
    """
    sides = {axis: _side(result, way, axis) for axis in Axis}
    a, s = sides[Axis.ATTRACTIVENESS].scores, sides[Axis.STRENGTH].scores
    lines, room = result.workshop.cut_offs, result.workshop.capacity
    chosen = select(a, s, result.facts, lines, room)
    moved = chosen.klass != result.selection.klass
    differences = [
        _difference(result, sides, chosen, result.row[key])
        for key in result.judged
        if moved[result.row[key]]
    ]
    return Opinion(
        way=way,
        attractiveness=a.estimate,
        strength=s.estimate,
        ours=_key_accounts(result, result.selection),
        theirs=_key_accounts(result, chosen),
        differences=tuple(sorted(differences, key=lambda one: not one.matters)),
    )


def _key_accounts(result: Assessment, chosen: Selection) -> tuple[str, ...]:
    rows = ((key, chosen.klass[result.row[key]]) for key in result.judged)
    return tuple(key for key, klass in rows if klass >= 0 and CLASSES[klass].is_key)


@dataclass(frozen=True)
class _Side:
    """One axis as another method sees it.

    Attributes:
        criteria: ids, one a column of `table`.
        table: (n, m) values of the judged customers; NaN unknown, or not judged.
        weights: (m,).
        sums: (n,) weighted sums.
        scores: with the method's levels as estimates.
    """

    way: Way
    criteria: tuple[str, ...]
    table: Floats
    weights: Floats
    sums: Floats
    scores: AxisScores


def _side(result: Assessment, way: Way, axis: Axis) -> _Side:
    valued = result.valued
    columns = np.flatnonzero(valued.attractive == (axis is Axis.ATTRACTIVENESS))
    criteria = tuple(valued.criteria[column] for column in columns)
    weights = np.array([result.weights[key] for key in criteria], dtype=float)
    table = np.round(valued.table[:, columns], DECIMALS)
    table[~result.facts.listed] = np.nan
    scores = result.attractiveness if axis is Axis.ATTRACTIVENESS else result.strength
    sums = np.where(result.facts.listed, scores.estimate, np.nan)
    levels = _levels(table, weights, sums, way)
    return _Side(way, criteria, table, weights, sums, replace(scores, estimate=levels))


def _levels(table: Floats, weights: Floats, sums: Floats, way: Way) -> Floats:
    """(n,) the method's levels, 0-10; NaN where the weighted sum is unknown."""
    if not weights.sum() > 0:
        return np.full(len(table), np.nan)
    if way is Way.TOPSIS:
        return 10 * closeness(table, weights)
    return even_levels(table, weights, PREFERENCES[way], sums)


# --- why ------------------------------------------------------------------------------------------


def _difference(
    result: Assessment, sides: Mapping[Axis, _Side], chosen: Selection, row: int
) -> Difference:
    told = [
        _crossing(result, axis, side, row)
        for axis, side in sides.items()
        if _crossed(result, axis, side, row)
    ]
    key = result.valued.customers[row]
    ours, theirs = CLASSES[result.selection.klass[row]], CLASSES[chosen.klass[row]]
    return Difference(key, ours, theirs, " ".join(told) or IN_THE_QUEUE)


def _lines(result: Assessment, axis: Axis, row: int) -> tuple[float, ...]:
    """The lines of an axis that can change a customer's class."""
    lines = result.workshop.cut_offs
    if axis is Axis.STRENGTH:
        return (lines.strength,)
    may_be_strategic = result.facts.favours[row] > 0
    return (lines.attractiveness, lines.strategic) if may_be_strategic else (lines.attractiveness,)


def _crossed(result: Assessment, axis: Axis, side: _Side, row: int) -> tuple[float, ...]:
    """The lines that lie between the weighted sum and the method's level of a customer."""
    before, now = side.sums[row] + SAME, side.scores.estimate[row] + SAME
    return tuple(line for line in _lines(result, axis, row) if (before >= line) != (now >= line))


def _crossing(result: Assessment, axis: Axis, side: _Side, row: int) -> str:
    """Which line a customer crosses on an axis, and the criterion that moves it most."""
    before, now = side.sums[row], side.scores.estimate[row]
    line, *_ = _crossed(result, axis, side, row)
    to = "reach" if now > before else "fall below"
    column = _mover(side, row)
    name = result.workshop.criteria[side.criteria[column]].name
    return (
        f"{axis.value.capitalize()} would be {now:.1f} instead of {before:.1f} and {to} the line "
        f"at {line:g}. {_REASON[side.way](side, row, column, name)}"
    )


def _mover(side: _Side, row: int) -> int:
    """The column that moves a customer most from its weighted sum to the method's level."""
    parts = _topsis_parts(side, row) if side.way is Way.TOPSIS else _flow_parts(side, row)
    up = side.scores.estimate[row] > side.sums[row]
    return int(np.nanargmax(parts) if up else np.nanargmin(parts))


def _topsis_parts(side: _Side, row: int) -> Floats:
    """(m,) what each criterion adds to the lead over an even customer with the same weighted sum.

    With e the weighted sum, `10 C > e` exactly when `sum w^2 (v - e) ((10 - e) v + e (10 - v))`
    is positive: `(10 - e)^2 D-^2 > e^2 D+^2`, factorised.
    """
    value, even = side.table[row], side.sums[row]
    bend = (10 - even) * value + even * (10 - value)
    return np.asarray(np.square(side.weights) * (value - even) * bend)


def _flow_parts(side: _Side, row: int) -> Floats:
    """(m,) the same for PROMETHEE II: the weighted difference of the flows, criterion by one."""
    even = np.round(side.sums[row], DECIMALS)
    parts = np.full(len(side.weights), np.nan)
    for column in np.flatnonzero(~np.isnan(side.table[row]) & (side.weights > 0)):
        levels = np.array([side.table[row, column], even])
        own, level = net_shares(side.table[:, column], levels, PREFERENCES[side.way])
        parts[column] = side.weights[column] * (own - level)
    return parts


def _by_distance(side: _Side, row: int, column: int, name: str) -> str:
    does = "lifts it" if side.table[row, column] > side.sums[row] else "holds it back"
    share = 100 * side.weights[column] / side.weights.sum()
    return (
        f"{name} ({side.table[row, column]:.1f}, {share:.0f} of 100 points of the axis) {does} "
        "most: distances are squared, so the heaviest criteria count more than their points."
    )


def _by_wins(side: _Side, row: int, column: int, name: str) -> str:
    value, others = side.table[row, column], side.table[:, column]
    known = int((~np.isnan(others)).sum()) - 1
    gap = PREFERENCES[side.way].indifferent
    up = side.scores.estimate[row] > side.sums[row]
    beaten = int(((others < value - gap) if up else (others > value + gap)).sum())
    where = "ahead of" if up else "behind"
    rest = (
        "how far its other values fall short counts less here."
        if up
        else "how far its other values lead counts less here."
    )
    return f"It is {where} {beaten} of {known} customers on {name} ({value:.1f}); {rest}"


_REASON = {Way.TOPSIS: _by_distance, Way.USUAL: _by_wins, Way.LINEAR: _by_wins}
