"""No flip-flop: who is too near the edge of the key zone to change class at this review."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from kam.method.assessment import Assessment, Standing
from kam.method.selection import SAME, Reason
from kam.model import Class, Mark

MARGIN = 0.25  # points beyond the cut-off that make a change firm, method.md 7 [D]
REVIEWS_BELOW = 2  # in a row below the cut-off, however little, that make a fall firm, method.md 7
APART = timedelta(days=45)  # half a quarter: named states nearer than this are one review [D]

BY_ZONE = frozenset(
    {
        # the reasons that follow from the zone; no margin softens a gate, a decision or capacity
        Reason.ABOVE_STRATEGIC_LINE,
        Reason.BELOW_STRATEGIC_LINE,
        Reason.NOT_YET_MUTUAL,
        Reason.STRENGTH_GAP,
        Reason.STRONG_BUT_LITTLE_TO_GAIN,
        Reason.NEITHER,
    }
)


@dataclass(frozen=True)
class Watched:
    """A customer that the plain rule moves across the edge of the key zone, but not firmly.

    Attributes:
        rule: its class by the plain rule, which stands until the team decides otherwise.
        steady: the class that it would keep.
        distance: points inside (>= 0) or outside the key zone now.
    """

    customer: str
    rule: Class
    steady: Class
    distance: float

    @property
    def words(self) -> str:
        """What the plain rule would do, and why to wait, as a sentence about the customer."""
        by = f"{abs(self.distance):.1f}" if abs(self.distance) >= 0.05 else "less than 0.1"
        if self.distance < 0:
            return (
                f"would fall to {self.rule.label}, but only by {by} points and for the first "
                f"time: stays {self.steady.label} under watch."
            )
        return (
            f"would rise to {self.rule.label}, but only by {by} points: stays "
            f"{self.steady.label} until it is {MARGIN:g} inside."
        )


def reviews(marks: Iterable[Mark], today: date) -> tuple[Mark, ...]:
    """The named states that count as earlier reviews, oldest first.

    A round of workshops names several states within weeks. Counted back from today, the latest
    that lies at least 45 days before the one after it stands for its round.
    """
    found: list[Mark] = []
    limit = today
    for mark in sorted(marks, key=lambda mark: (mark.on, mark.revision), reverse=True):
        if mark.on <= limit - APART:
            found.append(mark)
            limit = mark.on
    return tuple(reversed(found))


def stays_inside(distances: Sequence[float | None]) -> bool | None:
    """Whether a customer belongs in the key zone after a sequence of reviews, oldest first.

    The first known distance decides. Later it takes 0.25 points inside to come in; and 0.25
    points outside, or two reviews in a row outside, to go out (method.md 7).

    Args:
        distances: points inside (>= 0) or outside at each review; `None` where it was unknown,
            which is neither a review inside nor one outside.

    Returns:
        `None` while no distance is known.
    """
    known = [distance for distance in distances if distance is not None]
    if not known:
        return None
    inside = known[0] >= -SAME
    for before, now in pairwise(known):
        if not inside:
            inside = now >= MARGIN - SAME
        elif now <= -MARGIN + SAME or max(before, now) < -SAME:
            inside = False
    return inside


def watched(states: Sequence[Assessment]) -> tuple[Watched, ...]:
    """Customers that the plain rule moves across the edge although they do not stand there firmly.

    Nothing is changed by this: the rule's class stands, and the page shows where they differ.

    Args:
        states: the result at each review, oldest first; the last is the present one.
    """
    found = (_watched(states, standing) for standing in states[-1].judged.values())
    return tuple(one for one in found if one)


def watch_words(count: int) -> str:
    """How many are under watch and what that means, in a sentence; also when nobody is."""
    meaning = f"crossed the edge of the key zone by less than {MARGIN:g} points"
    if not count:
        return f"Nobody is under watch: nobody {meaning} since the last review."
    who = "1 customer is" if count == 1 else f"{count:,} customers are"
    return f"{who} under watch: {meaning}. The class follows the rule until you decide otherwise."


def _watched(states: Sequence[Assessment], now: Standing) -> Watched | None:
    """What is told of one customer; `None` where rule and margin agree, or others decide."""
    past = [state.standings[now.customer] for state in states if now.customer in state.row]
    distance, rule = now.distance, now.klass
    inside = stays_inside([one.distance for one in past])
    if distance is None or rule is None or now.reason not in BY_ZONE:
        return None
    if inside is None or inside is (distance >= -SAME):
        return None
    steady = next((s.klass for s in reversed(past) if s.klass and s.klass.is_key is inside), None)
    return Watched(now.customer, rule, steady, distance) if steady else None
