"""What a workshop becomes under other assumptions: who changes class, and year three.

Nothing here changes a workshop: one state, or one result, is read beside another.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from kam.errors import Refused
from kam.method.assessment import Assessment, Standing, assess
from kam.method.weights import ENOUGH_VOTES, member_weights
from kam.model import Class, Score, Workshop
from kam.validated import changed

# What a customer's values rest on; where all of it is the same, the values are.
VALUES_REST_ON = ("customers", "groups", "criteria", "scores", "votes")

Position = tuple[float, float]  # strength and attractiveness, 0-10


@dataclass(frozen=True)
class Move:
    """A customer that has another class in one result than in another; `None` is not scored.

    Attributes:
        before: its class in the first result.
        after: its class in the second.
    """

    customer: str
    before: Class | None
    after: Class | None

    @property
    def enters_or_leaves(self) -> bool:
        """Whether it becomes a key account, or is one no longer."""
        return is_key(self.before) is not is_key(self.after)


@dataclass(frozen=True)
class Arrow:
    """A customer's way from today to year three.

    Attributes:
        today: strength and attractiveness now, 0-10.
        then: the same in three years.
    """

    customer: str
    today: Position
    then: Position


def is_key(klass: Class | None) -> bool:
    """Whether a class is one of the two of key accounts; who is not scored is none."""
    return klass is not None and klass.is_key


def result_beside(workshop: Workshop, known: Assessment) -> Assessment:
    """The result of `workshop`, with the values of `known` where they rest on the same things.

    Args:
        workshop: a state.
        known: the result of a state that shares with it what was not changed.
    """
    before = known.workshop
    same = all(getattr(workshop, name) is getattr(before, name) for name in VALUES_REST_ON)
    return assess(workshop, known.valued if same else None)


def in_three_years(workshop: Workshop) -> Workshop:
    """The workshop with forecast levels in place of scores; what has no forecast stays as today."""
    if not workshop.forecasts:
        return workshop
    expected = {
        criterion: {
            **workshop.scores.get(criterion, {}),
            **{customer: Score(value=level) for customer, level in levels.items()},
        }
        for criterion, levels in workshop.forecasts.items()
    }
    # Every part is a validated noun; validating the mapping anew would copy all other scores.
    return workshop.model_copy(update={"scores": {**workshop.scores, **expected}})


def arrows(today: Assessment, then: Assessment) -> tuple[Arrow, ...]:
    """Today to year three of every customer with a forecast, in today's order.

    Left out are customers that have no place on one of the two matrices: not scored on an axis,
    or not on the long list.

    Args:
        today: the result as it stands.
        then: the result of `in_three_years` of the same workshop.
    """
    expected = {key for levels in today.workshop.forecasts.values() for key in levels}
    return tuple(
        Arrow(key, position(standing), position(then.standings[key]))
        for key, standing in today.judged.items()
        if key in expected
        if standing.distance is not None and then.standings[key].distance is not None
    )


def position(standing: Standing) -> Position:
    """Strength and attractiveness of a standing, 0-10; NaN where nothing is known."""
    return (standing.strength[0], standing.attractiveness[0])


def moves(before: Assessment, after: Assessment) -> tuple[Move, ...]:
    """Who has another class in `after` than in `before`.

    First those who become or cease to be key accounts; within both parts in the order of `after`.
    Customers that only one of the two holds are left out.
    """
    found = [
        Move(key, before.standings[key].klass, standing.klass)
        for key, standing in after.standings.items()
        if key in before.standings and before.standings[key].klass is not standing.klass
    ]
    return tuple(sorted(found, key=lambda move: not move.enters_or_leaves))


def differing(results: Sequence[Assessment]) -> Mapping[str, tuple[Class | None, ...]]:
    """Customer -> class in each result, only where they are not all the same.

    In the order of the first result; a customer that a result does not hold has no class there.
    """
    if not results:
        return {}
    rows = {
        key: tuple(
            result.standings[key].klass if key in result.standings else None for result in results
        )
        for key in results[0].standings
    }
    return {key: classes for key, classes in rows.items() if len(set(classes)) > 1}


def key_share(result: Assessment) -> float | None:
    """The key accounts' share of all revenue that is known, 0-1: how much hangs on them.

    Only positive revenue counts, so that it is a share.

    Returns:
        `None` where no positive revenue is known.
    """
    known = {
        key: revenue
        for key, customer in result.workshop.customers.items()
        if (revenue := customer.profile.revenue) is not None and revenue > 0
    }
    total = sum(known.values())
    if not total:
        return None
    return sum(known[key] for key in known if is_key(result.standings[key].klass)) / total


def points_without(workshop: Workshop, members: Collection[str]) -> dict[str, float]:
    """Points of 100 by criterion if some members' weights did not count: the mean of the others'.

    Points that the team has agreed on do not enter.

    Raises:
        Refused: fewer than three members' weights would be left of a team that has more: the
            mean would tell what they said (screens.md 3.2).
    """
    others = {key: cast for key, cast in workshop.ballots.items() if key not in members and cast}
    needed = max(1, min(ENOUGH_VOTES, len(workshop.members)))
    if len(others) < needed:
        raise Refused(
            f"The weights of {len(others)} would be left to count, and their mean would tell what "
            f"they said. Leave at least {needed} members' weights in."
        )
    rows = member_weights(changed(workshop, ballots=others)).values()
    means = np.mean([list(weights.values()) for weights in rows], axis=0)
    return {key: 100 * float(mean) for key, mean in zip(workshop.criteria, means, strict=True)}
