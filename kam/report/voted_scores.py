"""What members voted on scores, and what it can change; nobody's name is in it.

Fewer than three votes on a score are never shown (screens.md 3.2 and 3.3).
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace

import numpy as np

from kam.method.assessment import Assessment
from kam.method.ballots import ENOUGH_TO_SHOW
from kam.method.score_agreement import score_agreement
from kam.method.scores import mean_value, value_of_step
from kam.method.stakes import APART, Stake, score_stakes
from kam.method.values import Floats, in_unit, level, spoken
from kam.model import Score, Workshop
from kam.report.voting import move_words

TOGETHER = 1  # steps of five that votes may lie apart to be accepted in bulk (screens.md 3.4)
TOLD = 2  # customers that change, named in one row; the others are counted


@dataclass(frozen=True)
class VotedScore:
    """A score on which at least three members voted.

    Attributes:
        customer, criterion: whose score, and on what; ids.
        steps: the votes, 1 to 5, in ascending order; that of the customer's own account manager
            is not among them.
        own: the own account manager's vote; `None` where that one did not vote, or is no member.
        agreed: the level that the team agreed on; `None` while the mean of the votes counts.
        stake: what its votes can change; `None` where they lie too close together to be disputed.
    """

    customer: str
    criterion: str
    steps: tuple[int, ...]
    own: int | None
    agreed: float | None
    stake: Stake | None = None

    @property
    def cast(self) -> tuple[int, ...]:
        """All votes, in ascending order."""
        return tuple(sorted((*self.steps, *([] if self.own is None else [self.own]))))

    @property
    def span(self) -> str:
        """The lowest and the highest vote, in steps."""
        low, high = self.cast[0], self.cast[-1]
        return f"votes {low}–{high}" if low < high else f"all votes {low}"

    @property
    def acceptable(self) -> bool:
        """Whether its mean may be accepted in bulk: not agreed yet, and within one step."""
        return self.agreed is None and self.cast[-1] - self.cast[0] <= TOGETHER


def voted_scores(result: Assessment) -> tuple[VotedScore, ...]:
    """Every score of a judged customer on which at least three members voted.

    What a score can change is asked only where its votes are disputed: it costs about a
    millisecond each, and most votes lie close together.
    """
    workshop = result.workshop
    found = [
        _voted(workshop, criterion, customer)
        for criterion, of in workshop.votes.items()
        for customer, cast in of.items()
        if customer in result.judged
        and criterion in result.valued.criteria
        and len(cast) >= ENOUGH_TO_SHOW
    ]
    stakes = _stakes(result, found)
    return tuple(replace(one, stake=stakes.get((one.criterion, one.customer))) for one in found)


def disputed(workshop: Workshop) -> frozenset[tuple[str, str]]:
    """Criterion and customer of each score whose votes lie apart; of at least three votes."""
    return frozenset(
        (criterion, customer)
        for criterion, of in workshop.votes.items()
        for customer, cast in of.items()
        if len(cast) >= ENOUGH_TO_SHOW and _apart(cast.values())
    )


def _apart(steps: Collection[int]) -> bool:
    """Whether votes lie so far apart that the score is disputed."""
    return value_of_step(max(steps)) - value_of_step(min(steps)) >= APART


def _voted(workshop: Workshop, criterion: str, customer: str) -> VotedScore:
    cast = workshop.votes[criterion][customer]
    manager = _own_manager(workshop, customer)
    score = workshop.scores.get(criterion, {}).get(customer)
    return VotedScore(
        customer,
        criterion,
        steps=tuple(sorted(step for member, step in cast.items() if member != manager)),
        own=cast.get(manager) if manager else None,
        agreed=score.value if score else None,
    )


def _stakes(result: Assessment, found: Iterable[VotedScore]) -> dict[tuple[str, str | None], Stake]:
    """What each disputed score can change, by criterion and customer."""
    votes: dict[str, dict[str, list[float]]] = {}
    for one in found:
        if _apart(one.cast):
            values = [value_of_step(step) for step in one.cast]
            votes.setdefault(one.criterion, {})[one.customer] = values
    return {(stake.criterion, stake.customer): stake for stake in score_stakes(result, votes)}


def _own_manager(workshop: Workshop, customer: str) -> str | None:
    """The member who looks after a customer, found by name; `None` if it is no member."""
    owner = workshop.customers[customer].profile.owner.strip().casefold()
    names = {one.name.strip().casefold(): key for key, one in workshop.members.items()}
    return names.get(owner) if owner else None


def consequence(result: Assessment, score: VotedScore) -> str:
    """Who would change class, in words: two of them, and how many more there are."""
    moves = (*score.stake.at_low, *score.stake.at_high) if score.stake else ()
    moved = sorted(moves, key=lambda one: not one.key)
    first = list({one.customer: one for one in reversed(moved)}.values())[::-1]
    if not first:
        return "nothing changes"
    told = "; ".join(move_words(result, one) for one in first[:TOLD])
    return told + (f"; {len(first) - TOLD} more" if len(first) > TOLD else "")


def agreed_words(workshop: Workshop, score: VotedScore) -> str:
    """At which level the team agreed; "" while it did not."""
    if score.agreed is None:
        return ""
    unit = workshop.criteria[score.criterion].unit
    return f"agreed at {in_unit(spoken(score.agreed), unit)}"


def accepted(workshop: Workshop, found: Iterable[VotedScore]) -> dict[str, dict[str, Score]]:
    """Criterion -> customer -> the level that the mean of the votes stands for, with a note."""
    scores: dict[str, dict[str, Score]] = {}
    for one in found:
        anchors = workshop.criteria[one.criterion].anchors or ()
        mean = float(level(mean_value(one.cast), anchors))
        note = f"{one.span}, agreed at their mean"
        scores.setdefault(one.criterion, {})[one.customer] = Score(value=mean, note=note)
    return scores


def agreement_words(workshop: Workshop, criterion: str) -> str:
    """How far those who voted on a criterion agree; "" while they are fewer than three."""
    table = _vote_table(workshop.votes.get(criterion, {}))
    if table.shape[1] < ENOUGH_TO_SHOW:
        return ""
    told = score_agreement(table).words
    return f"{workshop.criteria[criterion].name}: {told[:1].lower()}{told[1:]}"


def _vote_table(votes: Mapping[str, Mapping[str, int]]) -> Floats:
    """(customers, members) values 0-10; NaN where a member did not vote."""
    members = sorted({member for cast in votes.values() for member in cast})
    rows = [
        [value_of_step(cast[member]) if member in cast else np.nan for member in members]
        for cast in votes.values()
    ]
    return np.array(rows, dtype=float).reshape(len(votes), len(members))
