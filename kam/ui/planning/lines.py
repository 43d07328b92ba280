"""Every customer's plan as a line: saved or drafted, what it lacks, and whether it still fits."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from kam.method.checks import same_input
from kam.method.exit_checks import NO_PARTNER, exit_gaps
from kam.method.next_plans import is_contradicted, last_plans, next_proposals
from kam.method.plans import (
    fits,
    is_ended,
    is_overdue,
    plan_gaps,
    proposals,
    still_open,
)
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
        klass: of the customer now; `None` while it has none.
        plan: the one that runs, else the draft of the first or next one; one that has ended where
            nothing follows it.
        saved: whether that plan is saved, and not a draft.
        gaps: what it lacks, most urgent first.
        wishes: what would make it better.
        late: its deadline has passed.
        fits: it is a plan for the class that its customer has.
        ended: the plan before the draft of the next one.
        against: it is a managed exit, and a check speaks against that.
        listed: the team judges its customer; others have a class by the scores that they have.
    """

    customer: str
    klass: Class | None
    plan: Plan
    saved: bool
    gaps: tuple[str, ...] = ()
    wishes: tuple[str, ...] = ()
    late: bool = False
    fits: bool = True
    ended: Plan | None = None
    against: bool = False
    listed: bool = True

    @property
    def urgency(self) -> tuple[bool, ...]:
        """Lowest first: overdue, not fitting, due today, a draft that is decided by itself.

        Then who is judged, who is not key, with gaps, drafts.
        """
        key = self.is_key
        alone = self.not_shown or (self.against and not self.saved)
        urgent = (not self.late, not self.unfitting, not self.due, not alone, not self.listed)
        return (*urgent, key, not self.gaps, self.saved, not self.wishes)

    @property
    def urgent(self) -> bool:
        """Whether something must be decided: the deadline is here, or the class has changed."""
        return self.late or self.due or self.unfitting

    @property
    def due(self) -> bool:
        """Whether its deadline is today."""
        return self.saved and DUE in self.gaps

    @property
    def is_key(self) -> bool:
        """Whether the customer is a key account now."""
        return self.klass is not None and self.klass.is_key

    @property
    def unfitting(self) -> bool:
        """Whether the class must be looked at: the plan is for another, or there is none now."""
        return not self.fits or (self.klass is None and not is_ended(self.plan))

    @property
    def not_shown(self) -> bool:
        """Whether a plan ended with a promotion, or an exit, that the class does not show."""
        return self.ended is not None and is_contradicted(self.ended, self.klass)


DUE = "due today"  # as `plan_gaps` says it


def lines(room: Room) -> list[Line]:
    """All plans, key accounts' too, the most urgent first; nobody's saved plan is missing."""
    plans, standings = room.workshop.plans, room.assessment.standings
    following = _following(room)
    found = []
    for key in [*standings, *(key for key in plans if key not in standings)]:
        line = following.get(key) or _of(room, key)
        if line is not None:
            found.append(line)
    return sorted(found, key=lambda line: line.urgency)


def _of(room: Room, key: str) -> Line | None:
    """The line of a customer whose plan runs, has ended for good, or is a draft."""
    saved = room.workshop.plans.get(key)
    if saved is None:
        return drafts(room).get(key)
    return _line(room, saved, saved=True)


def _following(room: Room) -> dict[str, Line]:
    """The lines of customers whose plan has ended, and who need a next one."""
    ended = last_plans(room.workshop)
    usual = {key: one.plan for key, one in drafts(room).items()} if ended else {}
    found = next_proposals(room.assessment, room.workshop, usual, room.today)
    return {
        key: _line(room, plan, saved=False, ended=ended[key][-1]) for key, plan in found.items()
    }


def class_of(room: Room, customer: str) -> Class | None:
    """A customer's class now; `None` where it has none, or is judged within a group."""
    standing = room.assessment.standings.get(customer)
    return standing.klass if standing else None


def why(room: Room, customer: str) -> str:
    """Why a customer has its class, or has none, in a sentence."""
    standing = room.assessment.standings.get(customer)
    if standing is not None:
        return standing.why
    group = room.workshop.within_groups.get(customer)
    if group is None:
        return "It is not judged now."
    return f"It is judged within {room.workshop.customers[group].name}."


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
    return {
        key: _line(room, plan, saved=False)
        for key, plan in proposals(room.assessment, room.today).items()
    }


def _line(room: Room, plan: Plan, *, saved: bool, ended: Plan | None = None) -> Line:
    klass, today = class_of(room, plan.customer), room.today
    standing = room.assessment.standings.get(plan.customer)
    exits = exit_gaps(room.assessment, plan)
    return Line(
        plan.customer,
        klass,
        plan,
        saved,
        (*plan_gaps(plan, today), *exits),
        still_open(plan, today),
        is_overdue(plan, today),
        is_ended(plan) or fits(plan, klass),
        ended,
        any(gap != NO_PARTNER for gap in exits),
        standing is None or standing.listed,
    )


def others(every: list[Line]) -> list[Line]:
    """Those that are not key and have a class."""
    return [line for line in every if line.klass is not None and not line.klass.is_key]


def to_accept(every: list[Line]) -> dict[str, Plan]:
    """The drafts that can be accepted at once.

    Not a key account's, which is completed with the customer; nor one of a customer that was
    promoted or let go while its class does not show it: that is decided first; nor an exit that a
    check speaks against: that is accepted by itself, if at all.
    """
    ready = [line for line in others(every) if not (line.saved or line.not_shown or line.against)]
    return {line.customer: line.plan for line in ready}


def of_judged(every: list[Line]) -> list[Line]:
    """Those of customers that the team judges."""
    return [line for line in every if line.listed]


def unclassed(room: Room, every: list[Line]) -> int:
    """How many customers have no class, and so no line."""
    return len(room.assessment.standings.keys() - {line.customer for line in every})


def title(every: list[Line], unclassed: int = 0) -> str:
    """The message of the page: the two most urgent things, or who has a plan.

    Args:
        every: the plans.
        unclassed: customers that have no class yet, and so none.
    """
    if not every:
        return QUESTION
    told = _to_do(every)
    if not told and unclassed:
        have = f"{words.count(len(every), 'customer has', 'customers have')} a plan"
        return f"{have}; {unclassed:,} {'has' if unclassed == 1 else 'have'} no class yet"
    if not told:
        return f"{words.count(len(every), 'customer')}, and all have a plan"
    return "; ".join(told[:2])


def _to_do(every: list[Line]) -> list[str]:
    """What is to do, the most urgent first."""
    late = sum(line.late for line in every)
    due = sum(line.due for line in every)
    strange = sum(not (line.fits or line.late) for line in every)
    lost = sum(line.unfitting and line.fits and not line.late for line in every)
    drafted = len(to_accept(of_judged(every)))
    outside = len(to_accept(every)) - drafted
    key = sum(line.is_key and not line.saved for line in every)
    stuck = sum(line.not_shown for line in every)
    risky = sum(line.against and not line.saved for line in every)
    whose = " of the judged" if outside else ""
    found = {
        f"{words.count(late, 'plan is', 'plans are')} overdue": late,
        f"{words.count(due, 'plan is', 'plans are')} due today": due,
        f"{words.count(strange, 'plan no longer fits', 'plans no longer fit')}": strange,
        f"{words.count(lost, 'plan of a customer', 'plans of customers')} without a class": lost,
        f"{words.count(drafted, 'draft')}{whose} to accept": drafted,
        f"{words.count(stuck, 'class', 'classes')} to decide on the page Split": stuck,
        f"{words.count(risky, 'exit')} that a check speaks against": risky,
        f"{words.count(key, 'key account')} without a plan": key,
        f"{words.count(outside, 'draft')} outside the long list": outside,
    }
    return [told for told, count in found.items() if count]
