"""Workshops in which members have voted: three customers whose scores are known by hand."""

from collections.abc import Sequence

from kam.edits import CastBallot, Edit, PutMember, ScoreCustomer, VoteScores
from kam.model import Ballot, Member, Workshop
from tests.workshops import after, by_hand

NAMES = ("Ines", "Jonas", "Kira", "Leo", "Mona", "Nils")

# Weights of a, b and s: .5 0 .5, 0 .5 .5, .25 .25 .5. Ash is key by a (8) and not by b (4).
SPLIT = ((100.0, 0.0, 100.0), (0.0, 100.0, 100.0), (50.0, 50.0, 100.0))


def members(count: int) -> list[Edit]:
    """The first so many people, m0, m1 and so on."""
    return [PutMember(member=Member(id=f"m{n}", name=NAMES[n])) for n in range(count)]


def ballots(rows: Sequence[Sequence[float | None]], number: int = 1) -> list[Edit]:
    """One ballot each over a, b and s in a round; `None` was not judged."""
    return [
        CastBallot(
            ballot=Ballot(
                member=f"m{n}",
                round=number,
                swings={k: x for k, x in zip("abs", row, strict=True) if x is not None},
            )
        )
        for n, row in enumerate(rows)
    ]


def weighed(rows: Sequence[Sequence[float | None]] = SPLIT, invited: int = 0) -> Workshop:
    """The workshop worked out by hand, with these ballots and as many members, or more."""
    return after(by_hand(), *members(invited or len(rows)), *ballots(rows))


def votes(customer: str, criterion: str, *steps: int) -> list[Edit]:
    """A step of each member, m0 first, for one customer on one criterion."""
    return [
        VoteScores(member=f"m{n}", criterion=criterion, steps={customer: step})
        for n, step in enumerate(steps)
    ]


def forget(customer: str, criterion: str) -> Edit:
    """The agreed score gives way to the votes."""
    return ScoreCustomer(customer=customer, criterion=criterion, value=None)
