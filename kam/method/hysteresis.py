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
        # the place on the matrix decides, or how much room the zone has; no margin softens a gate,
        # a decision, a "no" of the customer, or that too little is known
        Reason.ABOVE_STRATEGIC_LINE,
        Reason.BELOW_STRATEGIC_LINE,
        Reason.NOT_YET_MUTUAL,
        Reason.STRENGTH_GAP,
        Reason.NO_CAPACITY,
        Reason.TIED_AT_CAPACITY,
        Reason.STRONG_BUT_LITTLE_TO_GAIN,
        Reason.NEITHER,
    }
)


@dataclass(frozen=True)
class Watched:
    """A customer that stands across the edge of the key zone from its firm side.

    Attributes:
        rule: its class by the plain rule, which stands until the team decides otherwise.
        steady: the class that it had on the other side; the same as the rule's where it waits, or
            waited, for capacity.
        distance: points inside (>= 0) or outside the key zone now.
    """

    customer: str
    rule: Class
    steady: Class
    distance: float

    @property
    def words(self) -> str:
        """What the plain rule would do, and why to wait, as a sentence about the customer."""
        if not self.rule.is_key and not self.steady.is_key:
            return self._waiting
        if self.distance < 0:
            return (
                f"would fall to {self.rule.label}, but only by {self._by} points and for the "
                f"first time: stays {self.steady.label} under watch."
            )
        return (
            f"would rise to {self.rule.label}, but only by {self._by} points: stays "
            f"{self.steady.label} until it is {MARGIN:g} inside."
        )

    @property
    def _waiting(self) -> str:
        """The same of one that is key on neither side, since our capacity ends before it."""
        if self.distance < 0:
            return (
                f"would leave the key zone, but only by {self._by} points and for the first time: "
                "stays in it under watch."
            )
        return (
            f"would stand in the key zone, but only by {self._by} points: waits outside until it "
            f"is {MARGIN:g} inside."
        )

    @property
    def _by(self) -> str:
        return f"{abs(self.distance):.1f}" if abs(self.distance) >= 0.05 else "less than 0.1"


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
    """Customers that stand across the edge of the key zone from their firm side (`stays_inside`).

    Nothing is changed by this: the rule's class stands, and the page shows where they differ.

    Args:
        states: the result at each review, oldest first; the last is the present one.
    """
    found = (_watched(states, standing) for standing in states[-1].judged.values())
    return tuple(one for one in found if one)


def watch_words(count: int) -> str:
    """How many are under watch and what that means, in a sentence; also when nobody is."""
    if not count:
        return (
            "Nobody is under watch: where the place on the matrix decides, everybody stands on "
            f"its firm side of the key zone's edge. It takes {MARGIN:g} points to come in, and "
            f"{MARGIN:g} points or two reviews in a row to go out."
        )
    who = "1 customer is" if count == 1 else f"{count:,} customers are"
    return (
        f"{who} under watch: less than {MARGIN:g} points across the edge of the key zone from its "
        "firm side. The class follows the rule until you decide otherwise."
    )


def _watched(states: Sequence[Assessment], now: Standing) -> Watched | None:
    """What is told of one customer; `None` where rule and margin agree, or others decide."""
    past = [state.standings[now.customer] for state in states if now.customer in state.row]
    distance, rule = now.distance, now.klass
    inside = stays_inside([one.distance for one in past])
    if distance is None or rule is None or now.reason not in BY_ZONE:
        return None
    if inside is None or inside is (distance >= -SAME):
        return None
    return Watched(now.customer, rule, _steady(past, rule, inside=inside), distance)


def _steady(past: Sequence[Standing], rule: Class, *, inside: bool) -> Class:
    """The class of the last review on a side of the edge; the rule's where none was by place."""
    return next(
        (
            one.klass
            for one in reversed(past)
            if one.klass
            and one.reason in BY_ZONE
            and one.distance is not None
            and (one.distance >= -SAME) is inside
        ),
        rule,
    )
