"""Disagreement in the order of what it can change (screens.md 3.4 and 5.3, method.md 4.2 and 6.5).

One weight, or one score, goes from where it stands to the lowest and to the highest vote on it,
and every customer through the whole rule on the way: gates, coverage, the one order, capacity,
ties and the team's own decisions. One at a time only: two that move together may change more.

Nothing here names a member, and nothing is told of fewer than three votes (screens.md 3.3).
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

import numpy as np

from kam.errors import Refused
from kam.method.agreement import spread
from kam.method.assessment import ENOUGH_MEMBERS, Assessment
from kam.method.drawn_rule import Points, codes, outcome
from kam.method.ranks import ALIKE
from kam.method.robustness import KEY, blocks, drawn_classes, rule_of
from kam.method.selection import CLASSES, UNSCORED, Ints
from kam.method.stake import Moved, Stake, ordered, told
from kam.method.switching import reweighted
from kam.method.values import Floats, level
from kam.method.weights import member_swings, member_weights
from kam.model import Class

__all__ = ["Moved", "Stake", "ordered", "score_stakes", "told", "weight_stakes"]

WEIGHT_STEP = 0.001  # share of the weight: tried every 0.1 points of 100, as in `switching`
VALUE_STEP = 0.1  # value points: a class that lasts for less may be missed [D]
APART = 5.0  # value points from lowest to highest vote: two of the five steps, method.md 4.2
SCALE = 10.0  # value points from the worst to the best

Cell = tuple[int, int]  # row and column of a score in `Valued.table`


# --- weights --------------------------------------------------------------------------------------


def weight_stakes(result: Assessment) -> tuple[Stake, ...]:
    """What each criterion's weight decides between its lowest and its highest vote.

    The other weights keep their proportions to each other. Votes count as cast: what a member
    left out is no vote. A weight is tried every 0.1 points of 100; a weight at which an axis has
    no weight left gives no classes, and counts as no change.

    Returns:
        One stake a criterion, in the order of the criteria; none of one on which fewer than three
        members voted. Nothing at all while one of the axes has no weight.
    """
    members = [list(own.values()) for own in member_weights(result.workshop).values()]
    if len(members) < ENOUGH_MEMBERS or not _both_axes_count(result):
        return ()
    cast = ~np.isnan(np.array(list(member_swings(result.workshop).values())))
    return tuple(
        _weight_stake(result, place, votes[known])
        for place, (votes, known) in enumerate(zip(np.array(members).T, cast.T, strict=True))
        if known.sum() >= ENOUGH_MEMBERS
    )


def _weight_stake(result: Assessment, place: int, votes: Floats) -> Stake:
    """The stake of the weight at this place among the criteria; votes in shares, 0-1."""
    weights = np.array(list(result.weights.values()))
    can_be_scored = [list(result.weights).index(key) for key in result.valued.criteria]
    now, low, high = float(weights[place]), float(votes.min()), float(votes.max())

    def moved(end: float) -> tuple[Moved, ...]:
        shares = _way(now, end, WEIGHT_STEP)
        tried = reweighted(weights, place, np.array([now, *shares]))[:, can_be_scored]
        return _moved(result, drawn_classes(result, tried), shares)

    return Stake(
        criterion=list(result.weights)[place],
        customer=None,
        low=low,
        high=high,
        now=now,
        at_low=moved(low),
        at_high=moved(high),
        disputed=spread(100 * votes).talk,
        width=high - low,
    )


# --- scores ---------------------------------------------------------------------------------------


def score_stakes(
    result: Assessment, votes: Mapping[str, Mapping[str, Sequence[float]]]
) -> tuple[Stake, ...]:
    """What each voted score decides between its lowest and its highest vote, all else as it is.

    A score with votes that is not in the workshop yet stands at their mean, as it will (method.md
    4.2), for its own stake and for all others. Tried every 0.1 value points. Votes are disputed
    from two of the five steps apart; the middle half, by which a scale of ten is judged too
    (screens.md 3.4), would on five steps flag those who differ by one.

    Args:
        result: the workshop as it stands.
        votes: criterion -> customer -> the members' values, 0-10; who cannot judge is absent.

    Returns:
        By criterion and customer as in `votes`. None where fewer than three voted, or where the
        workshop has no such customer or no such criterion that can be scored. Nothing at all
        while one of the axes has no weight.

    Raises:
        Refused: a vote is not from 0 to 10.
    """
    cells = dict(_cells(result, votes))
    if not cells or not _both_axes_count(result):
        return ()
    settled = _with_means(result, cells)
    weights = np.array([[settled.weights[key] for key in settled.valued.criteria]])
    [(_, points)] = blocks(settled, weights, kind=np.float64)
    slopes = _slopes(settled, weights[0])
    return tuple(
        _score_stake(settled, points, (cell, float(slopes[cell])), cast)
        for cell, cast in cells.items()
    )


def _cells(
    result: Assessment, votes: Mapping[str, Mapping[str, Sequence[float]]]
) -> Iterator[tuple[Cell, Floats]]:
    """The cells of the table on which enough members voted, with their values."""
    columns = {key: place for place, key in enumerate(result.valued.criteria)}
    for criterion in (key for key in votes if key in columns):
        for customer in (key for key in votes[criterion] if key in result.row):
            cast = np.asarray(votes[criterion][customer], dtype=float)
            _check_votes(cast)
            if len(cast) >= ENOUGH_MEMBERS:
                yield (result.row[customer], columns[criterion]), cast


def _check_votes(cast: Floats) -> None:
    for value in cast:
        if not 0 <= value <= SCALE:
            raise Refused(
                f"A vote on a score cannot be counted: we found {value:g} on the scale from 0 to "
                "10. Leave out who cannot judge, and give the others a value on the scale."
            )


def _with_means(result: Assessment, cells: Mapping[Cell, Floats]) -> Assessment:
    """The workshop with every score that has votes and no level yet at the mean of its votes."""
    known = result.valued
    raw, table = known.raw.copy(), known.table.copy()
    for cell, cast in cells.items():
        if np.isnan(table[cell]):
            table[cell] = cast.mean()
            raw[cell] = level(table[cell], _anchors(result, cell))
    return replace(result, valued=replace(known, raw=raw, table=table))


def _slopes(result: Assessment, weights: Floats) -> Floats:
    """By how many points a customer's axis score rises with each value; (n, m), 0 where never."""
    slopes = np.zeros(result.valued.table.shape)
    for side in (result.valued.attractive, ~result.valued.attractive):
        counts = ~np.isnan(result.valued.table[:, side]) * weights[side]
        total = counts.sum(axis=1, keepdims=True)
        slopes[:, side] = np.divide(counts, total, out=np.zeros(counts.shape), where=total > 0)
    return slopes


def _score_stake(
    result: Assessment, points: Points, moving: tuple[Cell, float], cast: Floats
) -> Stake:
    """The stake of one score.

    Args:
        result: the workshop with every voted score known.
        points: its axis scores, one draw.
        moving: the cell, and the rise of the axis score with each point of value.
        cast: the values that members gave, 0-10.
    """
    cell, _ = moving
    low, high = float(cast.min()), float(cast.max())

    def raw(values: Sequence[float]) -> list[float]:
        return [float(one) for one in level(values, _anchors(result, cell))]

    def moved(end: float) -> tuple[Moved, ...]:
        steps = _way(float(result.valued.table[cell]), end, VALUE_STEP)
        return _moved(result, _classes(result, points, moving, steps), raw(steps))

    lowest, highest = raw([low, high])
    return Stake(
        criterion=result.valued.criteria[cell[1]],
        customer=result.valued.customers[cell[0]],
        low=lowest,
        high=highest,
        now=float(result.valued.raw[cell]),
        at_low=moved(low),
        at_high=moved(high),
        disputed=round(high - low, ALIKE) >= APART,
        width=(high - low) / SCALE,
    )


def _classes(
    result: Assessment, points: Points, moving: tuple[Cell, float], steps: Sequence[float]
) -> Ints:
    """The classes as they stand, then with one score at each of these values; (1 + steps, n)."""
    (row, column), slope = moving
    values = np.array([result.valued.table[row, column], *steps])
    a, s = (np.repeat(axis, len(values), axis=0) for axis in (points.a, points.s))
    enough = None if points.enough is None else np.repeat(points.enough, len(values), axis=0)
    axis = a if result.valued.attractive[column] else s
    axis[:, row] += slope * (values - values[0])
    rule = rule_of(result)
    return codes(outcome(Points(a, s, enough), rule), rule)


def _anchors(result: Assessment, cell: Cell) -> Sequence[float]:
    return result.workshop.criteria[result.valued.criteria[cell[1]]].anchors or ()


# --- both -----------------------------------------------------------------------------------------


def _way(now: float, end: float, step: float) -> list[float]:
    """Even steps from now, itself left out, to the end, at most `step` apart; none where alike."""
    count = int(np.ceil(round(abs(end - now) / step, ALIKE)))
    ways: list[float] = np.linspace(now, end, count + 1)[1:].tolist()
    return ways


def _moved(result: Assessment, classes: Ints, at: Sequence[float]) -> tuple[Moved, ...]:
    """Who has another class somewhere on the way.

    Args:
        result: the workshop as it stands.
        classes: (1 + steps, n) as they stand, then step by step; without a class is no other.
        at: the weight or level of each step.
    """
    now, later = classes[0], classes[1:]
    other = (later != now) & (later != UNSCORED)
    rows = {int(row) for row in np.flatnonzero(other.any(axis=0))}
    found = (
        _first(customer, classes[:, result.row[customer]], at)
        for customer in (result.judged if rows else ())
        if result.row[customer] in rows
    )
    return tuple(sorted(found, key=lambda moved: not moved.key))


def _first(customer: str, own: Ints, at: Sequence[float]) -> Moved:
    """The first step by which a customer enters or leaves key, else the first with another class.

    Args:
        customer: one that has another class somewhere on the way.
        own: (1 + steps,) its class as it stands, then step by step.
        at: the weight or level of each step.
    """
    now, later = int(own[0]), own[1:]
    other = (later != now) & (later != UNSCORED)
    crosses = other & (np.isin(later, KEY) != (now in KEY))
    step = int((crosses if crosses.any() else other).argmax())
    return Moved(customer, _class(now), CLASSES[later[step]], at[step])


def _both_axes_count(result: Assessment) -> bool:
    """Whether each axis has weight on something that can be scored; without, there is no class."""
    weights = np.array([result.weights[key] for key in result.valued.criteria])
    attractive = result.valued.attractive
    return bool(weights[attractive].any() and weights[~attractive].any())


def _class(place: int) -> Class | None:
    return None if place == UNSCORED else CLASSES[place]
