"""Every customer's plan as a line: saved or drafted, what it lacks, and whether it still fits."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from kam.method.checks import same_input
from kam.method.plans import fits, is_ended, is_overdue, plan_gaps, proposals, still_open
from kam.model import Class, Plan, Workshop
from kam.ui import words
from kam.ui.frame import Room

MOST_KEPT = 4  # workshops whose drafts are held in memory; a large one takes seconds to draft
QUESTION = "What do we do with those who are not key?"

_latest: dict[str, tuple[Workshop, date, Mapping[str, "Line"]]] = {}


@dataclass(frozen=True)
class Line:
    """One customer's plan as a row.

    Attributes:
        gaps: what it lacks, most urgent first.
        wishes: what would make it better.
        late: its deadline has passed.
        fits: it is a plan for the class that its customer has.
    """

    customer: str
    klass: Class
    plan: Plan
    saved: bool
    gaps: tuple[str, ...]
    wishes: tuple[str, ...]
    late: bool
    fits: bool

    @property
    def urgency(self) -> tuple[bool, ...]:
        """Lowest first: overdue, no longer fitting; then who is not key, with gaps, drafts."""
        key = self.klass.is_key
        return (not self.late, self.fits, key, not self.gaps, self.saved, not self.wishes)

    @property
    def urgent(self) -> bool:
        """Whether something must be decided: the deadline has passed, or the class has changed."""
        return self.late or not self.fits


def lines(room: Room) -> list[Line]:
    """All plans, key accounts' too, the most urgent first."""
    drafted, saved = drafts(room), room.workshop.plans
    found = []
    for key, standing in room.assessment.standings.items():
        if key in saved and standing.klass is not None:
            found.append(_line(saved[key], standing.klass, room.today, saved=True))
        elif key in drafted:
            found.append(drafted[key])
    return sorted(found, key=lambda line: line.urgency)


def drafts(room: Room) -> Mapping[str, Line]:
    """The drafts of all customers; made anew only when something that they rest on has changed."""
    now = room.workshop
    kept = _latest.pop(now.id, None)
    if kept is None or kept[1] != room.today or not _same(kept[0], now):
        kept = (now, room.today, _drafts(room))
    _latest[now.id] = kept
    while len(_latest) > MOST_KEPT:
        _latest.pop(next(iter(_latest)), None)
    return kept[2]


def _same(before: Workshop, now: Workshop) -> bool:
    return before is now or (same_input(before, now) and before.currency == now.currency)


def _drafts(room: Room) -> dict[str, Line]:
    standings = room.assessment.standings
    return {
        key: _line(plan, klass, room.today, saved=False)
        for key, plan in proposals(room.assessment, room.today).items()
        if (klass := standings[key].klass) is not None
    }


def _line(plan: Plan, klass: Class, today: date, *, saved: bool) -> Line:
    return Line(
        plan.customer,
        klass,
        plan,
        saved,
        plan_gaps(plan, today),
        still_open(plan, today),
        is_overdue(plan, today),
        is_ended(plan) or fits(plan, klass),
    )


def others(every: list[Line]) -> list[Line]:
    """Those that are not key."""
    return [line for line in every if not line.klass.is_key]


def to_accept(every: list[Line]) -> dict[str, Plan]:
    """The drafts that can be accepted at once: a key account's is completed with the customer."""
    return {line.customer: line.plan for line in others(every) if not line.saved}


def title(room: Room, every: list[Line]) -> str:
    """The message of the page."""
    if not room.assessment.scored_count:
        return QUESTION
    count = len(others(every))
    told = f"{words.count(count, 'customer')} {'needs' if count == 1 else 'need'} a plan"
    late = sum(line.late for line in every)
    strange = sum(not line.fits for line in every)
    if late:
        return f"{told}; {late:,} {'is' if late == 1 else 'are'} overdue"
    if strange:
        return f"{told}; {strange:,} no longer {'fits' if strange == 1 else 'fit'}"
    drafted = len(to_accept(every))
    return (
        f"{told}; {words.count(drafted, 'draft')} to accept" if drafted else f"{told}; all have one"
    )
