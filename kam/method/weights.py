"""Points and ballots to one weight vector (method.md 3)."""

from collections import Counter
from collections.abc import Mapping, Sequence

import numpy as np

from kam.errors import Refused
from kam.method.values import Floats
from kam.model import Workshop

ONE_CRITERION_DECIDES = 40  # points of 100, method.md 3.6
ENOUGH_VOTES = 3  # members whose votes may be shown, screens.md 3.2
HARDLY_COUNTS = 3  # points of 100, method.md 3.6
BALANCED = (40, 70)  # points of 100 on attractiveness, method.md 3.6 [D]


def swing(raw: Sequence[float]) -> Floats:
    """Weights of one ballot, `w_j = r_j / sum r` (Edwards & Barron 1994; method.md 3.1).

    Scaling all swings by the same factor changes nothing.

    Raises:
        Refused: every swing is zero, or one is negative.
    """
    swings = np.asarray(raw, dtype=float)
    if (swings < 0).any():
        raise Refused("Points cannot be negative. A criterion that counts for nothing gets 0.")
    if not swings.any():
        raise Refused("All points are zero. Give at least one criterion points.")
    return np.asarray(swings / swings.sum())


def group(ballots: Sequence[Sequence[float]]) -> Floats:
    """The mean of the members' normalised weights (method.md 3.2); one ballot a row.

    Arithmetic, because zeros are legal and a geometric mean would let one member delete a
    criterion.
    """
    return np.asarray(np.mean([swing(ballot) for ballot in ballots], axis=0))


def completed(ballots: Sequence[Sequence[float]]) -> Floats:
    """Every member's weights, one ballot a row, adding to 1; what was left out is filled in.

    A criterion that a member did not judge takes what the others gave it, on the scale on which
    each one's first is 100: never zero, and never above what that member put first.

    Args:
        ballots: raw points, not negative, any scale a ballot; NaN where not judged.

    Raises:
        Refused: there is no ballot, ballots differ in length, one gives no points at all or a
            figure that cannot be counted, or nobody judged a criterion.
    """
    table = _table(ballots)
    relative = table / np.nanmax(table, axis=1, keepdims=True)
    filled = np.where(np.isnan(relative), np.nanmean(relative, axis=0), relative)
    return np.asarray(filled / filled.sum(axis=1, keepdims=True))


def raw_points(ballots: Sequence[Sequence[float]]) -> Floats:
    """The ballots as (m, n) raw points; (0, 0) where nobody has voted."""
    sizes = sorted({len(ballot) for ballot in ballots})
    if len(sizes) > 1:
        raise Refused(
            "The votes cannot be put together: we found ballots over "
            f"{' and '.join(map(str, sizes))} criteria. Ask for ballots over the same criteria."
        )
    return np.asarray(ballots, dtype=float).reshape(len(ballots), sizes[0] if sizes else 0)


def points_of_100(weights: Sequence[float]) -> list[int]:
    """Whole points that add to 100, by largest remainder; for display only (method.md 3.2)."""
    shares = np.asarray(weights, dtype=float) * 100
    whole = np.floor(shares).astype(int)
    short = round(float(shares.sum())) - int(whole.sum())
    # the remainders are rounded first, so that noise in the last digit does not break a tie
    for index in np.argsort(-np.round(shares - whole, 9), kind="stable")[:short]:
        whole[index] += 1
    return [int(points) for points in whole]


def effective_number(weights: Sequence[float]) -> float:
    """How many equally weighted criteria would spread influence alike, `1 / sum w^2`."""
    return float(1 / np.square(np.asarray(weights, dtype=float)).sum())


def agreed_weights(workshop: Workshop) -> dict[str, float]:
    """Weight of every criterion, adding to 1: the agreed points, else the mean of the ballots.

    Ballots count as in `member_swings`. A criterion that has no points while others
    have counts as their average; when nobody has given any, all count the same. All of it is
    told on the page.

    Raises:
        Refused: every criterion has zero points.
    """
    criteria = list(workshop.criteria)
    if not criteria:
        return {}
    if workshop.points:
        return dict(zip(criteria, swing(_filled(workshop.points, criteria)), strict=True))
    ballots = member_weights(workshop)
    if ballots:
        means = np.mean([list(weights.values()) for weights in ballots.values()], axis=0)
        return dict(zip(criteria, (float(mean) for mean in means), strict=True))
    return dict.fromkeys(criteria, 1 / len(criteria))


def points_beside(workshop: Workshop, criterion: str, points: float) -> dict[str, float]:
    """The raw points to set so that one criterion changes and the others keep what they count.

    While the mean of the ballots counts, every criterion needs points of its own.
    """
    if workshop.points or not workshop.ballots:
        return {criterion: points}
    shares = {key: 100 * weight for key, weight in agreed_weights(workshop).items()}
    return {**shares, criterion: points}


def _filled(points: Mapping[str, float], criteria: Sequence[str]) -> list[float]:
    """Points in the order of the criteria, an absent one taken as the average of the given."""
    given = [points[key] for key in criteria if key in points]
    average = float(np.mean(given)) if given else 1.0
    return [points.get(key, average) for key in criteria]


def member_swings(workshop: Workshop) -> dict[str, Floats]:
    """Each member's raw points, (m,) by criterion; NaN where not judged.

    From the member's latest ballot of a round that counts: one in which three members have voted,
    or all where there are fewer. A new round moves nothing before that, since a picture that
    moved with its first vote would tell it.
    """
    counted = _counted_rounds(workshop)
    latest = {
        member: [ballot.swings for ballot in cast if ballot.round in counted][-1]
        for member, cast in workshop.ballots.items()
        if any(ballot.round in counted for ballot in cast)
    }
    rows = {
        member: np.array([swings.get(key, np.nan) for key in workshop.criteria])
        for member, swings in latest.items()
    }
    return {member: row for member, row in rows.items() if np.nansum(row) > 0}


def _counted_rounds(workshop: Workshop) -> set[int]:
    """The rounds in which enough members have voted."""
    voted = Counter(ballot.round for cast in workshop.ballots.values() for ballot in cast)
    needed = min(ENOUGH_VOTES, len(workshop.members))
    return {number for number, voters in voted.items() if voters >= needed}


def member_weights(workshop: Workshop) -> dict[str, dict[str, float]]:
    """Each member's own weights by criterion, adding to 1, from the latest ballot.

    What a member did not judge is filled in from the others (`completed`); a criterion that
    nobody judged counts for each as the average of those that were.
    """
    swings = member_swings(workshop)
    if not swings:
        return {}
    table = np.array(list(swings.values()))
    judged = ~np.isnan(table).all(axis=0)
    weights = np.full(table.shape, 1 / len(judged))
    weights[:, judged] = completed(table[:, judged].tolist()) * judged.mean()
    rows = (dict(zip(workshop.criteria, row, strict=True)) for row in weights.tolist())
    return dict(zip(swings, rows, strict=True))


def cast_weights(workshop: Workshop) -> dict[str, Floats]:
    """Criterion -> the weights, 0-1, of the members who judged it; {} where nobody has voted.

    What a member left out is no vote, although `member_weights` fills it in: beside one or two
    real votes the filled-in ones would let these be told.
    """
    weights = np.array([list(own.values()) for own in member_weights(workshop).values()])
    if not weights.size:
        return {}
    judged = ~np.isnan(np.array(list(member_swings(workshop).values())))
    columns = zip(weights.T, judged.T, strict=True)
    return {key: own[cast] for key, (own, cast) in zip(workshop.criteria, columns, strict=True)}


def weight_remarks(names: Sequence[str], weights: Sequence[float], attractive: float) -> list[str]:
    """What is odd about a set of weights, in words (method.md 3.6).

    Args:
        names: the criteria's names.
        weights: their weights, adding to 1.
        attractive: the attractiveness criteria's share of the weight, 0-1.
    """
    remarks = []
    for name, points in zip(names, np.asarray(weights) * 100, strict=True):
        if points > ONE_CRITERION_DECIDES:
            remarks.append(f"{name} counts {points:.0f} of 100 points: is it really one thing?")
        elif points <= 0:
            remarks.append(f"{name} has 0 points: it counts for nothing and is shown in grey.")
        elif points < HARDLY_COUNTS:
            remarks.append(f"{name} can hardly change anything; consider dropping it.")
    if attractive * 100 < BALANCED[0]:
        remarks.append("The selection leans on what we are already good at.")
    elif attractive * 100 > BALANCED[1]:
        remarks.append("The selection leans on wishes: our strength counts for little.")
    return remarks


def _table(ballots: Sequence[Sequence[float]]) -> Floats:
    """The ballots as (m, n) raw points, each of which can be counted."""
    table = raw_points(ballots)
    if not table.size:
        raise Refused("There are no weights yet: nobody has voted. Ask for at least one ballot.")
    for number, ballot in enumerate(table, start=1):
        _check_ballot(ballot, number)
    for number, votes in enumerate(table.T, start=1):
        if np.isnan(votes).all():
            raise Refused(f"Nobody has judged criterion {number}. Ask for it, or take it out.")
    return table


def _check_ballot(ballot: Floats, number: int) -> None:
    for place, points in enumerate(ballot, start=1):
        if points < 0 or np.isinf(points):
            raise Refused(
                f"Ballot {number}, criterion {place}: we found {points:g} points. A criterion that "
                "counts for nothing gets 0; the first is 100 by custom."
            )
    if not np.nansum(ballot) > 0:
        raise Refused(f"Ballot {number} gives no points. Give at least one criterion points.")
