"""What is at stake where votes differ: who would change class, in what order, in what words.

`kam.method.stakes` finds it. Nothing here names a member.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from kam.method.assessment import Assessment
from kam.method.values import spoken
from kam.model import Class


@dataclass(frozen=True)
class Moved:
    """A customer whose class another weight or score would change.

    Attributes:
        before: its class as things stand; `None` while it has no scores.
        after: the first class on the way by which it enters or leaves key, else the first other.
        at: the weight or level at which it was first found to have it, in the unit of the stake.
    """

    customer: str
    before: Class | None
    after: Class
    at: float

    @property
    def key(self) -> bool:
        """Whether it enters or leaves the key accounts."""
        was_key = self.before is not None and self.before.is_key
        return was_key != self.after.is_key


@dataclass(frozen=True)
class Stake:
    """What the disagreement on one weight, or on one score, can change.

    A weight is a share of all weight, 0-1. A score is a raw level in the criterion's unit; where
    less is better, the lowest vote is the largest number.

    Attributes:
        customer: whose score; `None` where the criterion's own weight is meant.
        low, high: the lowest and the highest vote.
        now: as it stands; not always between the votes.
        at_low, at_high: who changes class anywhere on the way from now to that vote; those who
            enter or leave key first, then in the one order. Only customers that are judged.
        disputed: the votes lie so far apart that the team should talk, if it changes anything.
        width: how far they lie apart, as a share of the scale, 0-1.
    """

    criterion: str
    customer: str | None
    low: float
    high: float
    now: float
    at_low: tuple[Moved, ...]
    at_high: tuple[Moved, ...]
    disputed: bool
    width: float

    @property
    def moved(self) -> tuple[str, ...]:
        """Each customer that changes on either side, those that enter or leave key first."""
        both = sorted((*self.at_low, *self.at_high), key=lambda moved: not moved.key)
        return tuple(dict.fromkeys(moved.customer for moved in both))

    @property
    def changes(self) -> int:
        """How many customers change class on either side."""
        return len(self.moved)

    @property
    def key_changes(self) -> int:
        """How many of them enter or leave the key accounts."""
        return len({moved.customer for moved in (*self.at_low, *self.at_high) if moved.key})

    @property
    def talk(self) -> bool:
        """Whether the team should talk about it: the votes differ, and something changes."""
        return self.disputed and self.changes > 0


def ordered(stakes: Iterable[Stake]) -> tuple[tuple[Stake, ...], tuple[Stake, ...]]:
    """What to talk about, the greatest consequence first, and where votes differ for nothing.

    By customers that enter or leave key, then by all that change class, then by the width of the
    votes. Where the votes lie close together there is nothing to settle, so that is in neither,
    even if it changes a class: such a customer is too close to call, and told as that.
    """
    disputed = sorted(
        (stake for stake in stakes if stake.disputed),
        key=lambda stake: (-stake.key_changes, -stake.changes, -stake.width),
    )
    talk = tuple(stake for stake in disputed if stake.talk)
    return talk, tuple(stake for stake in disputed if not stake.talk)


def told(result: Assessment, stake: Stake) -> str:
    """What is at stake in one sentence for managers, people's own names and units among it."""
    subject = f"{_subject(result, stake)} (votes from {_votes(result, stake)})"
    if stake.changes:
        return f"{subject} decides over {_whom(result, stake)}."
    return f"{subject}: {'votes differ, but ' if stake.disputed else ''}nothing changes."


def _subject(result: Assessment, stake: Stake) -> str:
    """The criterion, and whose score on it is meant."""
    name = result.workshop.criteria[stake.criterion].name
    if stake.customer is None:
        return name
    return f"{name} of {result.workshop.customers[stake.customer].name}"


def _votes(result: Assessment, stake: Stake) -> str:
    """The lowest and the highest vote, with the unit."""
    if stake.customer is None:
        return f"{100 * stake.low:.0f} to {100 * stake.high:.0f} points"
    unit = result.workshop.criteria[stake.criterion].unit
    return f"{spoken(stake.low)} to {spoken(stake.high)} {unit}".rstrip()


def _whom(result: Assessment, stake: Stake) -> str:
    """The first of those that change, and how many more there are."""
    own = stake.customer in stake.moved
    first = "its own class" if own else result.workshop.customers[stake.moved[0]].name
    others = stake.changes - 1
    if not others:
        return first
    return f"{first} and {others} other{'s' if others > 1 else ''}"
