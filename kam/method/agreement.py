"""How far the team agrees on the criteria, and the weights of the whole (method.md 6.5, 3.2).

Nothing here names a member. There are no p-values: of a census of colleagues they answer no
question the team has.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from kam.method.ranks import ALIKE, mean_places
from kam.method.values import Flags, Floats
from kam.method.weights import completed, group, raw_points

FEWEST_BALLOTS = 2
FEWEST_CRITERIA = 3  # of two, the order is the same or the opposite: no degree to speak of

APART = 8  # points of 100, standard deviation of the votes: talk about it (method.md 6.5 [D])
WIDE = 15  # points of 100 from the lowest to the highest vote: talk about it (screens.md 3.4)
ENOUGH_FOR_VARIATION = 5  # points of 100; below, the coefficient explodes (method.md 6.5 [D])

NO_AGREEMENT, WEAK, MODERATE, STRONG = 0.2, 0.4, 0.6, 0.8  # mean correlation (method.md 6.5 [D])


@dataclass(frozen=True)
class OrderAgreement:
    """How far the members agree on the order of the criteria.

    Attributes:
        correlation: mean pairwise rank correlation, -1/(m-1) to 1, 0 by chance; None where it
            cannot be told.
        concordance: Kendall's W behind it, 0-1; 1/m by chance, so it is not for the screen.
        ballots: how many counted; one that puts all criteria level says no order and does not.
        criteria: how many counted; those that a member did not judge do not.
    """

    correlation: float | None
    concordance: float | None
    ballots: int
    criteria: int

    @property
    def words(self) -> str:
        """The degree in a sentence, or what it takes to tell it."""
        if self.correlation is None:
            return (
                f"How far you agree on the order cannot be told from {self.ballots} ballots over "
                f"{self.criteria} criteria: it takes {FEWEST_BALLOTS} that put something first, "
                f"and {FEWEST_CRITERIA} criteria that everybody judged."
            )
        if self.correlation < NO_AGREEMENT:
            return "You do not agree on what matters."
        return f"You agree {_degree(self.correlation)} on what matters."


@dataclass(frozen=True)
class Spread:
    """How far the votes on one criterion's weight lie apart; all in points of 100.

    Attributes:
        votes: how many judged it; the rest is of these.
        mean: their mean.
        low: the lowest vote.
        high: the highest.
        middle: the ends of the middle half.
        deviation: sample standard deviation; None of fewer than two votes.
    """

    votes: int
    mean: float
    low: float
    high: float
    middle: tuple[float, float]
    deviation: float | None

    @property
    def variation(self) -> float | None:
        """The deviation as a share of the mean, from 0 up; None where the mean is below 5 points.

        Of small means it explodes and says nothing.
        """
        if self.deviation is None or self.mean < ENOUGH_FOR_VARIATION:
            return None
        return self.deviation / self.mean

    @property
    def talk(self) -> bool:
        """Whether the votes lie so far apart that the team should talk about it."""
        apart = round(self.deviation or 0.0, ALIKE)
        return round(self.high - self.low, ALIKE) >= WIDE or apart > APART

    @property
    def words(self) -> str:
        """The range in the words of the screen."""
        votes = f"votes from {self.low:.0f} to {self.high:.0f}"
        return f"Talk about this: {votes}" if self.talk else votes


def group_weights(ballots: Sequence[Sequence[float]]) -> Floats:
    """The group's weights, `w_j = mean_h w_jh`, adding to 1; equal say for every member.

    What every member puts first, nobody may outweigh in the mean: each completed ballot has it
    first. Members' weights from ranks, pairs or best and worst are ballots too; for pairs
    `ahp.group_judgments` is the group's own way. Ballots and errors as in `completed`.
    """
    return group([list(weights) for weights in completed(ballots)])


def concordance(ballots: ArrayLike) -> float:
    """Kendall's W with correction for ties, 0 (the orders cancel out) to 1 (one order).

    `W = 12 S / (m^2 (n^3 - n) - m sum T)`, S the squared deviations of the rank sums from their
    mean, `T = sum (t^3 - t)` over each member's groups of t equal points. Chance gives 1/m, and
    it does not see how large a difference is.

    Args:
        ballots: (m, n) points, all known. A row must put something before something else:
            `order_agreement` leaves the others out. NaN where no row does.

    Source: Kendall (1948).
    """
    places = np.array([mean_places(ballot) for ballot in np.asarray(ballots, dtype=float)])
    members, size = places.shape
    sums = places.sum(axis=0)
    squares = float(np.square(sums - sums.mean()).sum())
    ties = sum(float((count**3 - count).sum()) for count in map(_tied, places))
    most = members**2 * (size**3 - size) - members * ties
    return 12 * squares / most if most > 0 else float("nan")


def order_agreement(ballots: Sequence[Sequence[float]]) -> OrderAgreement:
    """How far the members agree on the order: `rbar = (m W - 1) / (m - 1)`.

    The mean over all pairs of members of Spearman's rank correlation, exactly so when nobody
    ties. Criteria that a member did not judge are left out, then members who put all level.

    Args:
        ballots: raw points or weights, one member a row; NaN where not judged.

    Raises:
        Refused: ballots differ in length.
    """
    table = raw_points(ballots)
    judged = table[:, ~np.isnan(table).any(axis=0)]
    judged = judged[_differ(judged)]
    members, criteria = judged.shape
    if members < FEWEST_BALLOTS or criteria < FEWEST_CRITERIA:
        return OrderAgreement(None, None, members, criteria)
    found = concordance(judged)
    return OrderAgreement((members * found - 1) / (members - 1), found, members, criteria)


def spreads(ballots: Sequence[Sequence[float]]) -> list[Spread]:
    """For each criterion how far the votes lie apart; ballots and errors as in `completed`."""
    points = 100 * completed(ballots)
    cast = ~np.isnan(raw_points(ballots))
    return [spread(votes[known]) for votes, known in zip(points.T, cast.T, strict=True)]


def spread(votes: Floats) -> Spread:
    """How far these votes lie apart, at least one of them; in points of 100."""
    lower, upper = np.percentile(votes, [25, 75])
    return Spread(
        votes=len(votes),
        mean=float(votes.mean()),
        low=float(votes.min()),
        high=float(votes.max()),
        middle=(float(lower), float(upper)),
        deviation=float(votes.std(ddof=1)) if len(votes) > 1 else None,
    )


def argument(criteria: Sequence[Spread], names: Sequence[str]) -> str:
    """The sentence that says what the argument is about: the criterion with the widest votes.

    Empty where no votes lie far enough apart to talk about.
    """
    disputed = [pair for pair in zip(criteria, names, strict=True) if pair[0].talk]
    if not disputed:
        return ""
    widest, name = max(disputed, key=lambda pair: pair[0].high - pair[0].low)
    return f"The argument is about {name} ({widest.low:.0f} to {widest.high:.0f} points)."


def _degree(correlation: float) -> str:
    """The adverb for a correlation that is at least weak."""
    if correlation < WEAK:
        return "weakly"
    if correlation < MODERATE:
        return "moderately"
    return "strongly" if correlation <= STRONG else "very strongly"


def _differ(table: Floats) -> Flags:
    """(m,) whether a ballot puts anything before anything else."""
    return np.array([len(np.unique(mean_places(row))) > 1 for row in table], dtype=bool)


def _tied(places: Floats) -> Floats:
    """How many share each place of a ballot."""
    return np.unique(places, return_counts=True)[1].astype(float)
