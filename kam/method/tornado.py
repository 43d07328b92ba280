"""What one weight or one score can do: to one customer, and to all near the line (method.md 5.3).

One thing moves at a time; two that move together may do more. A weight that moves leaves the
others their proportions to each other. Weights are shares of the whole, 0-1, among the criteria
that can be scored; on screen they are points of 100.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from kam.errors import Refused
from kam.method.assessment import ENOUGH_MEMBERS, Assessment
from kam.method.robustness import blocks, rule_of
from kam.method.scores import ENOUGH_KNOWN, axis_scores
from kam.method.selection import SAME, Ints
from kam.method.switching import reweighted
from kam.method.values import Flags, Floats, in_unit, level, spoken, values
from kam.method.weights import member_swings, member_weights
from kam.model import Axis

A_QUARTER = 0.25  # of itself: how far a weight moves where too few voted, method.md 5.3
ONE_STEP = 2.5  # value points: from one anchor to the next, method.md 5.3
MOST_LINES = 12  # lines that can be told apart in one picture, screens.md 5.3
MOST_POINTS = 60  # points of 100: the heaviest weight that is drawn, screens.md 5.3


class Moves(StrEnum):
    """What moves."""

    WEIGHT = "weight"
    SCORE = "score"


@dataclass(frozen=True)
class Bar:
    """How far one weight or one score carries a customer's score on an axis.

    Attributes:
        low: the lower score of the two ends, 0-10.
        high: the higher one.
        low_at: where the lower one is reached, in words: "9 points", "25 %".
        high_at: likewise the higher one.
        crosses: the customer, as it stands or at an end, is on both sides of the cut-off.
    """

    criterion: str
    moves: Moves
    low: float
    high: float
    low_at: str
    high_at: str
    crosses: bool

    @property
    def length(self) -> float:
        """Points between the ends."""
        return self.high - self.low


@dataclass(frozen=True)
class Line:
    """One customer's distance to the key zone while one weight moves.

    Attributes:
        now: points inside (>= 0) or outside the key zone, as it stands.
        distances: likewise at 0, 1, ... 60 points; NaN where an axis is left without weight.
        crosses: it is inside at some weight that members want, and outside at another.
    """

    customer: str
    now: float
    distances: tuple[float, ...]
    crosses: bool


def reach(result: Assessment, criterion: str) -> tuple[float, float]:
    """The lowest and the highest weight that members give a criterion, 0-1.

    A quarter less and a quarter more than the team's weight where fewer than three judged it.

    Raises:
        Refused: the criterion is not complete, so it cannot be scored and carries no weight.
    """
    place = _place(result, criterion)
    wanted = list(_wanted(result, criterion))
    if len(wanted) < ENOUGH_MEMBERS:
        now = float(_weights(result)[place])
        return now * (1 - A_QUARTER), min(1.0, now * (1 + A_QUARTER))
    return min(wanted), max(wanted)


def _wanted(result: Assessment, criterion: str) -> Iterator[float]:
    """The weight, 0-1 among those that can be scored, of each member who judged a criterion."""
    judged = member_swings(result.workshop)
    place = list(result.workshop.criteria).index(criterion)
    for member, own in member_weights(result.workshop).items():
        total = sum(own[key] for key in result.valued.criteria)
        if total > 0 and not np.isnan(judged[member][place]):
            yield own[criterion] / total


def _weights(result: Assessment) -> Floats:
    """The team's weights of the criteria that can be scored, adding to 1; none are all 0."""
    weights = np.array([result.weights[key] for key in result.valued.criteria])
    return np.asarray(weights / (weights.sum() or 1.0))


def _place(result: Assessment, criterion: str) -> int:
    if criterion in result.valued.criteria:
        return result.valued.criteria.index(criterion)
    known = result.workshop.criteria.get(criterion)
    raise Refused(
        f"The weight of {known.name if known else criterion} cannot be moved: it cannot be scored "
        "yet. Complete its definition, unit and five anchors first."
    )


def voted_levels(result: Assessment, customer: str) -> dict[str, tuple[float, ...]]:
    """By criterion, the raw levels that members gave a customer; only where three have voted."""
    criteria = result.workshop.criteria
    cast = {key: of.get(customer, {}).values() for key, of in result.workshop.votes.items()}
    return {
        key: tuple((criteria[key].anchors or ())[step - 1] for step in steps)
        for key, steps in cast.items()
        if key in result.valued.criteria and len(steps) >= ENOUGH_MEMBERS
    }


# --- one customer ---------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Case:
    """One customer on one axis.

    Attributes:
        places: of the axis' criteria among all that can be scored.
        weights: of all criteria, (m,).
        levels: the customer's values on all criteria, (m,); NaN unknown.
        line: the axis' cut-off.
    """

    result: Assessment
    places: Ints
    weights: Floats
    levels: Floats
    line: float

    def score(self, weights: Floats, levels: Floats) -> float:
        """The axis score with these weights and values; NaN where nothing that counts is known."""
        table = levels[self.places][None]
        return float(axis_scores(table, weights[self.places]).estimate[0])

    @property
    def now(self) -> float:
        """The axis score as it stands."""
        return self.score(self.weights, self.levels)


def tornado(
    result: Assessment,
    customer: str,
    axis: Axis,
    votes: Mapping[str, Sequence[float]] | None = None,
) -> tuple[Bar, ...]:
    """How far each weight, and each score, carries one customer's score; the longest bar first.

    A weight goes to the members' lowest and highest vote (`reach`); the score stays as it is at
    an end that leaves the axis without any known weight. A score goes one step (2.5 value
    points) down and up, at most to the ends of the scale. One thing at a time.

    Args:
        result: the workshop as it stands.
        customer: whose score.
        axis: on which axis; a weight of the other axis moves nothing here and has no bar.
        votes: by criterion raw levels that this customer may have (`voted_levels`); where there
            are some, its score goes to the worst and the best. An unknown one has a bar only then.

    Returns:
        Empty when the customer has no score on the axis.
    """
    case = _case(result, customer, axis)
    if np.isnan(case.now):
        return ()
    bars = [*_weight_bars(case), *_score_bars(case, votes or {})]
    return tuple(sorted(bars, key=lambda bar: -bar.length))


def _case(result: Assessment, customer: str, axis: Axis) -> _Case:
    lines, attractive = result.workshop.cut_offs, axis is Axis.ATTRACTIVENESS
    return _Case(
        result,
        np.flatnonzero(result.valued.attractive == attractive),
        _weights(result),
        result.valued.table[result.row[customer]],
        lines.attractiveness if attractive else lines.strength,
    )


def _weight_bars(case: _Case) -> Iterator[Bar]:
    for place in map(int, case.places):
        if case.weights[place] >= 1:
            continue  # nothing is left that could take the rest
        criterion = case.result.valued.criteria[place]
        ends = []
        for share in reach(case.result, criterion):
            score = case.score(reweighted(case.weights, place, share), case.levels)
            ends.append((case.now if np.isnan(score) else score, _points(share)))
        yield _bar(case, place, Moves.WEIGHT, ends)


def _score_bars(case: _Case, votes: Mapping[str, Sequence[float]]) -> Iterator[Bar]:
    for place in map(int, case.places):
        ends = []
        for raw, value in _ends(case, place, votes):
            moved = case.levels.copy()
            moved[place] = value
            ends.append((case.score(case.weights, moved), _level(case, place, raw)))
        if ends:
            yield _bar(case, place, Moves.SCORE, ends)


def _ends(
    case: _Case, place: int, votes: Mapping[str, Sequence[float]]
) -> list[tuple[float, float]]:
    """Raw level and value of the worst and the best that a score may be; empty when unknown."""
    key, now = case.result.valued.criteria[place], float(case.levels[place])
    anchors = case.result.workshop.criteria[key].anchors or ()
    if given := votes.get(key):
        rated = sorted(zip(values(given, anchors).tolist(), given, strict=True))
        return [(raw, value) for value, raw in (rated[0], rated[-1])]
    if np.isnan(now):
        return []
    ends = (max(now - ONE_STEP, 0.0), min(now + ONE_STEP, 10.0))
    return [(float(level(value, anchors)), value) for value in ends]


def _bar(case: _Case, place: int, moves: Moves, ends: list[tuple[float, str]]) -> Bar:
    (low, low_at), (high, high_at) = sorted(ends, key=lambda end: end[0])
    reached = [score >= case.line - SAME for score in (low, case.now, high)]
    criterion = case.result.valued.criteria[place]
    return Bar(criterion, moves, low, high, low_at, high_at, any(reached) and not all(reached))


def _points(share: float) -> str:
    points = f"{100 * share:.0f}"
    return f"{points} point" if points == "1" else f"{points} points"


def _level(case: _Case, place: int, raw: float) -> str:
    criterion = case.result.workshop.criteria[case.result.valued.criteria[place]]
    return in_unit(spoken(raw), criterion.unit)


# --- all near the line ----------------------------------------------------------------------------


def weight_lines(result: Assessment, criterion: str) -> tuple[Line, ...]:
    """The distances to the key zone of at most 12 customers while one weight goes to 60 points.

    Those that cross the border of the key zone within the votes (`reach`) come first, then the
    nearest to it. Only who may become key by its scores: judged, known well enough, no gate
    failed, not unwilling, not decided by the team. Capacity plays no part.

    Returns:
        Empty while nothing is scored, or when the criterion has all the weight.

    Raises:
        Refused: the criterion is not complete, so it cannot be scored and carries no weight.
    """
    weights, place = _weights(result), _place(result, criterion)
    now = float(weights[place])
    if not result.scored_count or now >= 1:
        return ()
    low, high = reach(result, criterion)
    steps = np.arange(MOST_POINTS + 1) / 100
    tried = np.concatenate([[now, low, high], steps])
    distances = _distances(result, reweighted(weights, place, tried))
    crosses = _crosses(distances[(tried >= low - SAME) & (tried <= high + SAME)])
    known = np.minimum(result.attractiveness.coverage, result.strength.coverage)
    rows = np.flatnonzero(rule_of(result).may_enter & (known >= ENOUGH_KNOWN - SAME))
    return tuple(
        Line(
            result.valued.customers[row],
            float(distances[0, row]),
            tuple(distances[3:, row].tolist()),
            bool(crosses[row]),
        )
        for row in _nearest(rows, crosses, distances[0])
    )


def _distances(result: Assessment, weights: Floats) -> Floats:
    """Distance of every customer to the key zone under each of these weights; (draws, n)."""
    every = blocks(result, weights, kind=np.float64)
    return np.concatenate([np.minimum(points.a, points.s) for _, points in every])


def _crosses(distances: Floats) -> Flags:
    """(n,) who is inside the key zone in one row and outside in another."""
    inside, outside = distances >= -SAME, distances < -SAME  # NaN is neither
    return np.asarray(inside.any(axis=0) & outside.any(axis=0))


def _nearest(rows: Ints, crosses: Flags, now: Floats) -> Iterable[int]:
    """The first 12 of these rows: who crosses before the others, the nearest first."""
    order = np.lexsort([np.abs(now[rows]), ~crosses[rows]])
    return [int(row) for row in rows[order][:MOST_LINES]]
