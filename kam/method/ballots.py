"""What a member says about the criteria to a ballot, whichever way the team asks (method.md 3).

Every way ends in raw points whose largest is 100, so that nothing else needs to know the way;
the answers themselves are kept beside them. Nothing here corrects an answer: what does not fit
is told, with the judgment to look at again.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from kam.errors import Refused
from kam.method import ahp
from kam.method import best_worst as ends
from kam.method.ranks import first_to_last, rank_order_centroid
from kam.method.values import Floats, in_unit, spoken
from kam.model import Ballot, Criterion, Pair, Said, WeighingWay, Workshop

FULL = 100.0  # points of the criterion that counts most, and points to distribute; by custom
ROUNDING = 0.05  # points by which distributed points may miss 100: thirds written as 33.33 [D]
STEEP = 20  # times the last that the first may count before we ask: 21.7 with eight, method.md 3.3
ENOUGH_TO_SHOW = 3  # ballots below which nobody's answer is shown to anybody, screens.md 3.2
USUAL_ROUNDS = 2  # estimate, talk, estimate; a third takes a deliberate act, screens.md 2


@dataclass(frozen=True)
class Asked:
    """Who is asked, in which round, about which criteria.

    Attributes:
        criteria: those that can be asked (`askable`), by id.
    """

    member: str
    round: int
    criteria: Mapping[str, Criterion]

    def name(self, criterion: str) -> str:
        """A criterion's name, or its id where it is not asked about."""
        known = self.criteria.get(criterion)
        return known.name if known else criterion


def askable(workshop: Workshop) -> dict[str, Criterion]:
    """The criteria whose weight can be asked: those with a worst and a best level."""
    return {key: one for key, one in workshop.criteria.items() if one.anchors is not None}


def not_askable(workshop: Workshop) -> list[str]:
    """A sentence for each criterion that cannot be asked, and what it takes."""
    return [
        f"“{one.name}” cannot be asked yet: it has no worst and best level. Give it five levels."
        for one in workshop.criteria.values()
        if one.anchors is None
    ]


def range_words(criterion: Criterion) -> str:
    """From the worst to the best level, with the unit: “from 0 to 70 % of their spend”."""
    if criterion.anchors is None:
        return ""
    worst, best = spoken(criterion.anchors[0]), spoken(criterion.anchors[-1])
    return f"from {in_unit(f'{worst} to {best}', criterion.unit)}"


def swing_ballot(asked: Asked, points: Mapping[str, float]) -> Ballot:
    """The ballot of points from 0 to 100 for the way from worst to best, as they were given.

    A criterion that is absent was not judged; 0 says that the way is worth nothing.

    Raises:
        Refused: nothing was judged, everything is 0, or a figure lies outside 0 to 100.
    """
    _check_points(asked, points)
    return _ballot(asked, "swing", points)


def points_ballot(asked: Asked, points: Mapping[str, float]) -> Ballot:
    """The ballot of 100 points distributed over the criteria, on the scale of all ballots.

    Raises:
        Refused: as in `swing_ballot`, or the points do not add to 100.
    """
    _check_points(asked, points)
    total = sum(points.values())
    if abs(total - FULL) > ROUNDING:
        more = "Take some away" if total > FULL else "Give the rest"
        raise Refused(f"There are 100 points to give; we found {total:g}. {more}, then send again.")
    return _ballot(asked, "points", _largest_100(points))


def order_ballot(
    asked: Asked,
    places: Mapping[str, float],
    weights: Callable[[Sequence[float]], Floats] = rank_order_centroid,
) -> Ballot:
    """The ballot that follows from an order, first place 1; equal places tie.

    Args:
        asked: who, and about what.
        places: by criterion; absent ones were not judged.
        weights: places to weights; `kam.method.ranks.rank_sum` where the centroid is too steep.

    Raises:
        Refused: nothing has a place.
    """
    judged = _judged(asked, places)
    found = weights([places[key] for key in judged])
    points = dict(zip(judged, found.tolist(), strict=True))
    order = {key: places[key] for key in judged}
    return _ballot(asked, "order", _largest_100(points), Said(order=order))


def steep_words(asked: Asked, places: Mapping[str, float]) -> str:
    """How far apart an order puts the first and the last, where that is more than many mean.

    Empty where it is not, and where nothing has a place yet.
    """
    judged = [key for key in asked.criteria if key in places]
    if not judged:
        return ""
    times = first_to_last(rank_order_centroid([places[key] for key in judged]).tolist())
    if times <= STEEP:
        return ""
    return (
        f"By this order the first counts {times:.0f} times as much as the last. "
        "If that looks wrong, take even steps."
    )


def pairs_ballot(asked: Asked, pairs: Sequence[Pair]) -> Ballot:
    """The ballot that follows from comparing every two criteria, by row geometric mean.

    Raises:
        Refused: two criteria were not compared, or nothing was; the message names the two.
    """
    judged, matrix = _compared(asked, pairs)
    points = dict(zip(judged, ahp.priorities(matrix).tolist(), strict=True))
    return _ballot(asked, "pairs", _largest_100(points), Said(pairs=tuple(pairs)))


def pairs_remarks(asked: Asked, pairs: Sequence[Pair]) -> tuple[str, ...]:
    """How well one's comparisons fit each other, and what to look at again; sentences.

    The figure is the consistency ratio (Saaty 1980), its table named beside it. Empty for fewer
    than three criteria, which cannot contradict each other.

    Raises:
        Refused: as in `pairs_ballot`.
    """
    judged, matrix = _compared(asked, pairs)
    names = [asked.name(key) for key in judged]
    found = ahp.consistency(matrix)
    if found.ratio is None:
        return ()
    told = [_fit_words(found.ratio, ahp.ASK_AGAIN, found.table)]
    odd = ahp.to_reconsider(matrix)
    if found.light is not ahp.Light.GREEN and odd is not None:
        told.append(odd.words(names))
    told += [ahp.circle_words(circle, names) for circle in ahp.circles(matrix)]
    return tuple(told)


def best_worst_ballot(asked: Asked, said: Said) -> Ballot:
    """The ballot that follows from comparing with the first and the last criterion only.

    Raises:
        Refused: first or last is not named, or a comparison with one of them is missing or does
            not hold together; the message names the criterion.
    """
    judged, comparisons = _against_ends(asked, said)
    weights = ends.best_worst(comparisons).weights.tolist()
    points = dict(zip(judged, weights, strict=True))
    return _ballot(asked, "best_worst", _largest_100(points), said)


def best_worst_remarks(asked: Asked, said: Said) -> tuple[str, ...]:
    """How well the comparisons with first and last fit, and what to look at again; sentences.

    Empty where nothing can contradict. The figure is the input-based consistency ratio (Liang,
    Brunelli & Rezaei 2020).

    Raises:
        Refused: as in `best_worst_ballot`.
    """
    judged, comparisons = _against_ends(asked, said)
    found = ends.fit(comparisons)
    if found.acceptable is None:
        return ()
    told = [_fit_words(found.ratio, found.acceptable, found.source)]
    if found.ask_again and found.odd is not None:
        told.append(ends.odd_words(comparisons, found.odd, [asked.name(key) for key in judged]))
    return tuple(told)


def latest_round(workshop: Workshop) -> int:
    """The highest round that anybody has voted in; 1 before the first vote."""
    return max((ballot.round for cast in workshop.ballots.values() for ballot in cast), default=1)


def last_ballot(workshop: Workshop, member: str) -> Ballot | None:
    """A member's own latest ballot: what counts, and where the next round starts from."""
    cast = workshop.ballots.get(member, ())
    return cast[-1] if cast else None


def may_be_shown(workshop: Workshop, round: int) -> bool:  # noqa: A002 - the word of the house
    """Whether so many have voted in a round that nobody can be told from what is shown."""
    voted = sum(any(b.round == round for b in cast) for cast in workshop.ballots.values())
    return voted >= ENOUGH_TO_SHOW


def stale(workshop: Workshop) -> dict[str, tuple[str, ...]]:
    """Member -> criteria whose levels have changed since that member's latest ballot.

    Points for other levels answer another question (range effect, method.md 3.1). Ballots that
    do not say for which levels they were given are passed over.
    """
    found = {
        member: tuple(key for key in cast[-1].swings if _moved(cast[-1], key, workshop))
        for member, cast in workshop.ballots.items()
        if cast
    }
    return {member: criteria for member, criteria in found.items() if criteria}


def stale_words(workshop: Workshop, member: str) -> str:
    """To a member: which of the own points answer another question by now; empty if none do."""
    moved = stale(workshop).get(member, ())
    if not moved:
        return ""
    names = " and ".join(f"“{workshop.criteria[key].name}”" for key in moved)
    them = "it" if len(moved) == 1 else "them"
    return f"The levels of {names} have changed since you answered. Look at {them} again."


def _moved(ballot: Ballot, criterion: str, workshop: Workshop) -> bool:
    then, now = ballot.anchors.get(criterion), workshop.criteria.get(criterion)
    return then is not None and now is not None and now.anchors != then


def _ballot(
    asked: Asked, way: WeighingWay, points: Mapping[str, float], said: Said | None = None
) -> Ballot:
    """The points as a ballot, with the levels of all that was asked.

    What has levels but no points is what the member could not judge.
    """
    anchors = {key: one.anchors for key, one in asked.criteria.items()}
    return Ballot(
        member=asked.member,
        round=asked.round,
        swings=dict(points),
        way=way,
        said=said,
        anchors={key: levels for key, levels in anchors.items() if levels is not None},
    )


def _largest_100(points: Mapping[str, float]) -> dict[str, float]:
    largest = max(points.values())
    return {key: FULL * one / largest for key, one in points.items()}


def _judged(asked: Asked, given: Collection[str]) -> list[str]:
    """The criteria that were judged, in the order in which they stand; at least one."""
    if strangers := sorted(set(given) - asked.criteria.keys()):
        raise Refused(
            f"We cannot ask about {strangers[0]!r}: it has no levels, or is not a criterion any "
            "more. Reload the page to see the present criteria."
        )
    judged = [key for key in asked.criteria if key in given]
    if not judged:
        raise Refused("There is no answer yet. Judge at least one criterion.")
    return judged


def _check_points(asked: Asked, points: Mapping[str, float]) -> None:
    for key in _judged(asked, points):
        if not 0 <= points[key] <= FULL:
            raise Refused(
                f"{asked.name(key)}: we found {points[key]:g} points. Give from 0 to 100."
            )
    if not any(points.values()):
        raise Refused("All points are 0. Give at least one criterion points.")


def _compared(asked: Asked, pairs: Sequence[Pair]) -> tuple[list[str], Floats]:
    """The criteria that were compared, and the matrix of judgments over them."""
    judged = _judged(asked, {key for pair in pairs for key in (pair.more, pair.less)})
    times = {(pair.more, pair.less): pair.times for pair in pairs}
    times |= {(pair.less, pair.more): 1 / pair.times for pair in pairs}
    wanted = list(combinations(judged, 2))
    for one, other in wanted:
        if (one, other) not in times:
            raise Refused(
                f"{asked.name(one)} and {asked.name(other)} are not compared yet. Compare every "
                "two criteria, or leave out what you cannot judge."
            )
    return judged, ahp.matrix_of([times[pair] for pair in wanted])


def _against_ends(asked: Asked, said: Said) -> tuple[list[str], ends.Comparisons]:
    """The criteria that were compared with first and last, and the judgments, checked."""
    named = {key for key in (said.best, said.worst) if key is not None}
    if said.best is None or said.worst is None:
        raise Refused("Say first which criterion counts most, and which counts least.")
    judged = _judged(asked, named | said.best_to_others.keys() | said.others_to_worst.keys())
    to_others = {**said.best_to_others, said.best: 1.0}
    to_worst = {**said.others_to_worst, said.worst: 1.0}
    if said.worst in to_others:
        to_worst.setdefault(said.best, to_others[said.worst])
    for key in judged:
        if key not in to_others or key not in to_worst:
            raise Refused(f"{asked.name(key)} is not compared with both the first and the last.")
    best, worst = judged.index(said.best), judged.index(said.worst)
    return judged, ends.Comparisons.compared(
        best, worst, [to_others[key] for key in judged], [to_worst[key] for key in judged]
    )


def _fit_words(ratio: float, good: float, source: str) -> str:
    """How well comparisons fit, with the figure, what is good, and by whom."""
    how = "fit each other" if ratio <= good else "do not fit each other yet"
    return f"Your comparisons {how}: {ratio:.2f}, where up to {good:.2f} is good ({source})."
