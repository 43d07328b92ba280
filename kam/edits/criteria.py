"""Edits of criteria, their points and the members' ballots."""

from typing import Literal

from kam.edits.edit import Change, held, plain, without
from kam.errors import Refused
from kam.model import MAX_CRITERIA, Ballot, Criterion, Id, Points, Workshop
from kam.validated import NINTH_CRITERION, changed


class PutCriterion(Change):
    """Add a criterion, or replace the one with the same id.

    Changing unit, direction or anchors keeps the raw scores: they are facts, the anchors say
    what they are worth.
    """

    kind: Literal["put_criterion"] = "put_criterion"
    criterion: Criterion

    @property
    def subject(self) -> str:
        return f"criterion {self.criterion.id}"

    def apply(self, workshop: Workshop) -> Workshop:
        new = self.criterion.id not in workshop.criteria
        if new and len(workshop.criteria) >= MAX_CRITERIA:
            raise Refused(NINTH_CRITERION)
        return changed(workshop, criteria={**workshop.criteria, self.criterion.id: self.criterion})

    def words(self, before: Workshop) -> str:
        verb = "changed" if self.criterion.id in before.criteria else "added"
        return f"{verb} the criterion “{self.criterion.name}”"


class RemoveCriterion(Change):
    """Drop a criterion with its scores and points; ballots forget it."""

    kind: Literal["remove_criterion"] = "remove_criterion"
    criterion: Id

    @property
    def subject(self) -> str:
        return f"criterion {self.criterion}"

    def apply(self, workshop: Workshop) -> Workshop:
        held(workshop.criteria, self.criterion, "criterion")
        return changed(
            workshop,
            criteria=without(workshop.criteria, self.criterion),
            scores=without(workshop.scores, self.criterion),
            points=without(workshop.points, self.criterion),
            ballots={
                member: tuple(
                    shorter for ballot in cast if (shorter := _less(ballot, self.criterion))
                )
                for member, cast in workshop.ballots.items()
            },
            votes=without(workshop.votes, self.criterion),
            forecasts=without(workshop.forecasts, self.criterion),
        )

    def words(self, before: Workshop) -> str:
        known = before.criteria.get(self.criterion)
        return f"removed the criterion “{known.name if known else self.criterion}”"


def _less(ballot: Ballot, criterion: str) -> Ballot | None:
    """`ballot` without one criterion; `None` when nothing of worth is left.

    What was said of an order or of pairs went with the criterion: the points stay.
    """
    left = without(ballot.swings, criterion)
    anchors = without(ballot.anchors, criterion)
    return changed(ballot, swings=left, said=None, anchors=anchors) if any(left.values()) else None


class SetPoints(Change):
    """Give criteria raw points; what counts is each one's share of all points."""

    kind: Literal["set_points"] = "set_points"
    points: dict[Id, Points]

    @property
    def subject(self) -> str:
        return "points " + " ".join(sorted(self.points))

    @property
    def subjects(self) -> frozenset[str]:
        return frozenset(f"points {key}" for key in self.points)

    def apply(self, workshop: Workshop) -> Workshop:
        for key in self.points:
            held(workshop.criteria, key, "criterion")
        return changed(workshop, points={**workshop.points, **self.points})

    def words(self, before: Workshop) -> str:
        if len(self.points) != 1:
            return f"points of {len(self.points)} criteria"
        [(key, new)] = self.points.items()
        known = before.criteria.get(key)
        old = plain(before.points.get(key))
        return f"points of {known.name if known else key}: {old} → {plain(new)}"


class CountVotes(Change):
    """Drop the agreed points: the mean of the members' ballots counts again."""

    kind: Literal["count_votes"] = "count_votes"

    @property
    def subject(self) -> str:
        return "points"

    def apply(self, workshop: Workshop) -> Workshop:
        if not workshop.ballots:
            raise Refused("There are no votes to count yet. Ask for at least one ballot.")
        return changed(workshop, points={})

    def words(self, before: Workshop) -> str:  # noqa: ARG002
        return "the mean of the votes counts"


class CastBallot(Change):
    """A member's weights of one round; the member's own earlier ballot of that round gives way."""

    kind: Literal["cast_ballot"] = "cast_ballot"
    ballot: Ballot

    @property
    def subject(self) -> str:
        return f"ballot {self.ballot.member} {self.ballot.round}"

    def apply(self, workshop: Workshop) -> Workshop:
        held(workshop.members, self.ballot.member, "member")
        for key in self.ballot.swings:
            held(workshop.criteria, key, "criterion")
        others = tuple(
            cast
            for cast in workshop.ballots.get(self.ballot.member, ())
            if cast.round != self.ballot.round
        )
        cast = tuple(sorted((*others, self.ballot), key=lambda ballot: ballot.round))
        return changed(workshop, ballots={**workshop.ballots, self.ballot.member: cast})

    def words(self, before: Workshop) -> str:  # noqa: ARG002 - a ballot is private
        return f"a ballot of round {self.ballot.round}"
