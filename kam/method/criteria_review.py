"""What speaks against a set of criteria, and what merging or dropping would change.

Method.md 3.6 (weights), 4.5 (no spread), 4.6 (double counting) and 8.8 (a set that looks back).
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations

import numpy as np
from numpy.typing import ArrayLike

from kam.method.assessment import Assessment, assess
from kam.method.ranks import ALIKE
from kam.method.values import Floats, listing
from kam.method.weights import BALANCED, ONE_CRITERION_DECIDES
from kam.model import Axis, Class, Criterion
from kam.validated import changed

SPREAD = 0.5  # value points from lowest to highest, below which nobody is separated, method.md 4.5
TOGETHER = 0.8  # rank correlation from which two criteria move together, method.md 4.6
ENOUGH_CUSTOMERS = 8  # known on both, fewer say nothing of a correlation, method.md 4.6
FAMILY_DECIDES = 40  # points of 100 that one family may hold, method.md 4.6
LOOKING_AHEAD = 40  # points of 100 on forward-looking criteria, at the least, method.md 8.8
NAMED = 5  # customers named in a sentence, the others are counted

SIZE = "size"
# Columns of the profile and of a ledger that measure a customer's size, whatever the criterion's
# family says (method.md 4.6: revenue, potential, wallet and margin in currency are one family).
SIZE_COLUMNS = frozenset(
    {
        "revenue",
        "own_revenue",
        "available_spend",
        "ledger.revenue",
        "ledger.revenue_12m",
        "ledger.revenue_prior_12m",
        "ledger.gross_margin",
        "ledger.share_of_revenue_pct",
    }
)


class Flaw(StrEnum):
    """What may be wrong with a set of criteria, in the order in which it is told."""

    ONE_DECIDES = "one criterion decides"
    FAMILY = "one thing is counted more than once"
    TOGETHER = "two criteria move together"
    NO_SPREAD = "a criterion separates nobody"
    BACKWARD = "the set looks back"
    BALANCE = "one axis carries nearly everything"


@dataclass(frozen=True)
class Move:
    """A customer whose class a remedy would change; `None` is unscored."""

    customer: str
    before: Class | None
    after: Class | None


@dataclass(frozen=True)
class Remark:
    """One thing that speaks against the criteria, and what its remedy would change.

    Attributes:
        criteria: ids of those that it is about.
        words: what was found, in a sentence.
        effect: what the remedy would change, in a sentence; "" while nobody is scored.
        moves: whose class it would change; `None` while nobody is scored, and where the remedy
            would leave an axis without criteria.
    """

    flaw: Flaw
    criteria: tuple[str, ...]
    words: str
    effect: str
    moves: tuple[Move, ...] | None


@dataclass(frozen=True)
class _Found:
    """A flaw, with the weights that would repair it; any scale."""

    flaw: Flaw
    criteria: tuple[str, ...]
    words: str
    remedy: str
    weights: Mapping[str, float]


def review(result: Assessment) -> tuple[Remark, ...]:
    """Every remark on the criteria in the order of `Flaw`; empty where nothing speaks against them.

    Only customers on the long list count, and only criteria with weight. Unknown scores are left
    out, never taken as 0. Criteria whose values run against each other are a real trade-off and
    no flaw. The definition decides whether two criteria are one thing: correlation is no proof.
    """
    return tuple(_remark(result, found) for flaw in Flaw for found in _FLAWS[flaw](result))


def spearman(first: ArrayLike, second: ArrayLike) -> float | None:
    """Rank correlation of two columns, -1 to 1; those that tie share the mean of their places.

    Pearson's correlation of the ranks, which is right with ties.

    Args:
        first: (n,) figures; NaN unknown.
        second: (n,) likewise. Only rows that are known in both count.

    Returns:
        `None` where fewer than two rows count, or a column is level.

    Source: Spearman (1904).
    """
    both = known_in_both(first, second)
    if both.shape[1] < 2:
        return None
    places = np.array([_places(column) for column in both])
    if not np.ptp(places, axis=1).all():
        return None
    return float(np.clip(np.corrcoef(places)[0, 1], -1.0, 1.0))


def known_in_both(first: ArrayLike, second: ArrayLike) -> Floats:
    """(2, k) the rows of two columns that are known in both."""
    both = np.array([first, second], dtype=float)
    return np.asarray(both[:, ~np.isnan(both).any(axis=0)])


def _places(figures: Floats) -> Floats:
    """(n,) places from 1 for the smallest; ties share the mean of theirs."""
    _, level, counts = np.unique(np.round(figures, ALIKE), return_inverse=True, return_counts=True)
    return np.asarray((np.cumsum(counts) - (counts - 1) / 2)[level])


def family(criterion: Criterion) -> str:
    """The family of a criterion; "size" where its column measures size, "" where it has none."""
    return SIZE if criterion.column in SIZE_COLUMNS else criterion.family.strip().casefold()


def reweighed(result: Assessment, weights: Mapping[str, float]) -> Assessment:
    """The same workshop under other weights, by the whole rule: gates, capacity, overrides.

    Args:
        result: the workshop as it stands.
        weights: by criterion, any scale; a criterion that is absent counts for nothing.

    Where an axis keeps no weight, nobody is scored, and only the team's own decisions are key.
    """
    whole = sum(weights.values()) or 1.0
    points = {key: 100 * weights.get(key, 0.0) / whole for key in result.workshop.criteria}
    return assess(changed(result.workshop, points=points), result.valued)


def without(weights: Mapping[str, float], dropped: Iterable[str]) -> dict[str, float]:
    """Weights with some criteria at 0; the rest keep their proportions."""
    gone = set(dropped)
    return {key: 0.0 if key in gone else weight for key, weight in weights.items()}


# --- what the remedy would change -----------------------------------------------------------------


def _remark(result: Assessment, found: _Found) -> Remark:
    moves = _moves(result, found.weights)
    effect = _effect(result, found.remedy, moves)
    return Remark(found.flaw, found.criteria, found.words, effect, moves)


def _moves(result: Assessment, weights: Mapping[str, float]) -> tuple[Move, ...] | None:
    """Whose class other weights would change, in the one order."""
    after = reweighed(result, weights)
    if not after.scored_count:
        return None
    return tuple(
        Move(key, standing.klass, after.judged[key].klass)
        for key, standing in result.judged.items()
        if standing.klass is not after.judged[key].klass
    )


def _effect(result: Assessment, remedy: str, moves: tuple[Move, ...] | None) -> str:
    if not result.scored_count:
        return ""
    if moves is None:
        return f"{remedy} would leave one of the two axes without a criterion."
    if not moves:
        return f"{remedy} would change nobody’s class."
    told = [_told(result, move) for move in moves[:NAMED]]
    if len(moves) > NAMED:
        told.append(f"{len(moves) - NAMED:,} more")
    return (
        f"{remedy} would change the class of {len(moves):,} of {len(result.judged):,} customers: "
        f"{listing(told)}."
    )


def _told(result: Assessment, move: Move) -> str:
    before, after = (one.label if one else "Not scored" for one in (move.before, move.after))
    return f"{result.workshop.customers[move.customer].name} ({before} → {after})"


# --- the flaws ------------------------------------------------------------------------------------


def _one_decides(result: Assessment) -> Iterator[_Found]:
    for key in counted(result):
        if (points := _points(result, [key])) > ONE_CRITERION_DECIDES:
            words = f"{_name(result, key)} counts {points:.0f} of 100 points: is it one thing?"
            yield _Found(Flaw.ONE_DECIDES, (key,), words, *_dropping(result, (key,), "it"))


def _families(result: Assessment) -> Iterator[_Found]:
    members: dict[str, list[str]] = {}
    for key in counted(result):
        members.setdefault(family(result.workshop.criteria[key]), []).append(key)
    for name, keys in members.items():
        points = _points(result, keys)
        if name and len(keys) > 1 and points > FAMILY_DECIDES:
            words = (
                f"{_names(result, keys)} all speak of {name}: it is counted {len(keys)} times, "
                f"with {points:.0f} of 100 points together."
            )
            yield _Found(Flaw.FAMILY, tuple(keys), words, *_merging(result, keys))


def _together(result: Assessment) -> Iterator[_Found]:
    for pair in combinations(counted(result), 2):
        columns = [judged_values(result, key) for key in pair]
        both = known_in_both(*columns).shape[1]
        found = spearman(*columns)
        if both >= ENOUGH_CUSTOMERS and found is not None and moves_with(found):
            words = (
                f"{_names(result, pair)} move together: a customer’s place on one is nearly its "
                f"place on the other ({found:.2f} of 1 over {both:,} customers). "
                f"Together they carry {_points(result, pair):.0f} of 100 points."
            )
            yield _Found(Flaw.TOGETHER, pair, words, *_merging(result, pair))


def _no_spread(result: Assessment) -> Iterator[_Found]:
    for key in counted(result):
        known = judged_values(result, key)
        known = known[~np.isnan(known)]
        if len(known) > 1 and np.ptp(known) < SPREAD:
            words = (
                f"{_name(result, key)} does not separate your customers: its "
                f"{_points(result, [key]):.0f} points go to all of them alike."
            )
            yield _Found(Flaw.NO_SPREAD, (key,), words, *_dropping(result, (key,), "it"))


def _backward(result: Assessment) -> Iterator[_Found]:
    criteria = result.workshop.criteria
    weighted = [key for key, weight in result.weights.items() if weight > 0]
    back = tuple(key for key in weighted if not criteria[key].forward_looking)
    ahead = _points(result, [key for key in weighted if key not in back])
    if weighted and ahead < LOOKING_AHEAD:
        words = (
            f"Criteria that look ahead carry {ahead:.0f} of 100 points, fewer than "
            f"{LOOKING_AHEAD}: the selection rewards what customers were."
        )
        yield _Found(Flaw.BACKWARD, back, words, *_dropping(result, back, "those that look back"))


def _balance(result: Assessment) -> Iterator[_Found]:
    criteria = result.workshop.criteria
    wished = [key for key in result.weights if criteria[key].axis is Axis.ATTRACTIVENESS]
    points = _points(result, wished)
    bound = min(max(points, BALANCED[0]), BALANCED[1])
    if not any(result.weights.values()) or bound == points:
        return
    lean = "wishes" if points > bound else "what we are already good at"
    words = (
        f"Attractiveness carries {points:.0f} of 100 points: the weighted total leans on {lean}."
    )
    remedy = f"Moving attractiveness to {bound:.0f} points"
    yield _Found(Flaw.BALANCE, tuple(wished), words, remedy, _balanced(result, wished, bound))


_FLAWS = {
    Flaw.ONE_DECIDES: _one_decides,
    Flaw.FAMILY: _families,
    Flaw.TOGETHER: _together,
    Flaw.NO_SPREAD: _no_spread,
    Flaw.BACKWARD: _backward,
    Flaw.BALANCE: _balance,
}


def moves_with(correlation: float) -> bool:
    """Whether two columns with this rank correlation move together."""
    return round(correlation, ALIKE) >= TOGETHER


# --- remedies: what they are called, and their weights --------------------------------------------


def _dropping(
    result: Assessment, keys: Iterable[str], what: str
) -> tuple[str, Mapping[str, float]]:
    return f"Dropping {what}", without(result.weights, keys)


def _merging(result: Assessment, keys: Sequence[str]) -> tuple[str, Mapping[str, float]]:
    """The heaviest alone keeps its weight (method.md 4.6 c); the first where they are alike."""
    heaviest = max(keys, key=lambda key: result.weights[key])
    others = [key for key in keys if key != heaviest]
    return f"Merging them into {_name(result, heaviest)}", without(result.weights, others)


def _balanced(result: Assessment, wished: Sequence[str], bound: float) -> Mapping[str, float]:
    """Weights with so many points on attractiveness, the proportions on each axis kept."""
    share = sum(result.weights[key] for key in wished)
    if not 0 < share < 1:
        return result.weights
    more, less = bound / 100 / share, (1 - bound / 100) / (1 - share)
    return {key: one * (more if key in wished else less) for key, one in result.weights.items()}


# --- reading the assessment -----------------------------------------------------------------------


def counted(result: Assessment) -> tuple[str, ...]:
    """Criteria that can be scored and carry weight."""
    return tuple(key for key in result.valued.criteria if result.weights[key] > 0)


def judged_values(result: Assessment, key: str) -> Floats:
    """(judged,) the values of one criterion, 0-10; NaN unknown."""
    column = result.valued.criteria.index(key)
    return np.asarray(result.valued.table[result.facts.listed, column])


def _points(result: Assessment, keys: Iterable[str]) -> float:
    """Points of 100 on some criteria, without the noise of the last digits."""
    return round(100 * sum(result.weights[key] for key in keys), ALIKE)


def _name(result: Assessment, key: str) -> str:
    return result.workshop.criteria[key].name


def _names(result: Assessment, keys: Iterable[str]) -> str:
    return listing([_name(result, key) for key in keys])
