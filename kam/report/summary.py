"""What was decided, in sentences: the one page that executives read."""

from dataclasses import dataclass
from datetime import date

from kam.agenda import unfitting
from kam.method.assessment import Assessment
from kam.method.borderline import undecided
from kam.method.plans import is_ended, is_overdue, needs_plan
from kam.method.questions import ask_first
from kam.model import Class, Workshop

MOST_NAMES = 12  # names in one sentence; more are counted


@dataclass(frozen=True)
class Summary:
    """The answer in the title, then what it rests on.

    Attributes:
        title: the decision as a sentence.
        state: who agreed what when, or DRAFT.
        decided: what was decided.
        could_change: what could change it.
        open: what is still to be done.
    """

    title: str
    state: str
    decided: tuple[str, ...]
    could_change: tuple[str, ...]
    open: tuple[str, ...]


def summary(assessment: Assessment, today: date, revision: int) -> Summary:
    """The one-page summary of a workshop as it stands at a revision."""
    workshop = assessment.workshop
    return Summary(
        title=_title(assessment),
        state=_state(workshop, revision),
        decided=tuple(_decided(assessment)),
        could_change=tuple(_could_change(assessment)),
        open=tuple(_open(assessment, today)),
    )


def _title(assessment: Assessment) -> str:
    count = assessment.key_count
    if not assessment.scored_count:
        return "Nothing is decided yet"
    accounts = "key account" if count == 1 else "key accounts"
    used, available = assessment.selection.used, assessment.selection.available
    room = ""
    if available is not None:
        unit = "places" if assessment.workshop.capacity.mode == "places" else "hours a year"
        room = f" with {used:,.0f} of {available:,.0f} {unit}"
    return f"We run {count} {accounts}{room}"


def _state(workshop: Workshop, revision: int) -> str:
    if not workshop.marks:
        return "DRAFT: nothing is agreed yet"
    last = workshop.marks[-1]
    by = f" by {last.by}" if last.by else ""
    since = "; changed since" if revision > last.revision + 1 else ""
    return f"{last.name}, {last.on.day} {last.on:%B %Y}{by}{since}"


def _decided(assessment: Assessment) -> list[str]:
    """One sentence a class, with names where they are few enough."""
    verbs = {
        Class.KEY_STRATEGIC: "get a joint plan and a sponsor",
        Class.KEY_CORE: "get an account plan and an owner",
        Class.STRATEGIC: "are built up step by step, with a ceiling on effort",
        Class.LOW_PRIORITY: "move up by a deadline, are served at low cost, or are let go",
    }
    found = []
    for klass, verb in verbs.items():
        names = _names(assessment, klass)
        if names:
            found.append(f"{klass.label} ({len(names):,}) {verb}: {_listed(names)}.")
    return found


def _listed(names: list[str]) -> str:
    """Names in one sentence; those that it has no room for are counted."""
    more = f" and {len(names) - MOST_NAMES:,} more" if len(names) > MOST_NAMES else ""
    return ", ".join(names[:MOST_NAMES]) + more


def _names(assessment: Assessment, klass: Class) -> list[str]:
    customers = assessment.workshop.customers
    return [
        customers[key].name
        for key, standing in assessment.standings.items()
        if standing.klass is klass
    ]


def _could_change(assessment: Assessment) -> list[str]:
    customers, standings = assessment.workshop.customers, assessment.standings
    close = [customers[key].name for key, s in standings.items() if s.close]
    gap = [customers[key].name for key, s in standings.items() if s.gap and not s.close]
    found = []
    if close:
        found.append(f"Too close to call: {_listed(close)}.")
    if gap:
        found.append(f"What we do not know could move: {_listed(gap)}.")
    found += [
        f"{customers[key].name} is {override.klass.label} by a decision of {override.by}: "
        f"{override.reason}"
        for key, override in assessment.workshop.overrides.items()
    ]
    if not found and assessment.scored_count:
        return ["No customer stands close to a line."]
    return found


def _open(assessment: Assessment, today: date) -> list[str]:
    workshop = assessment.workshop
    customers = workshop.customers
    asked = ask_first(assessment)
    asks = [customers[key].name for key in asked]
    late = [customers[key].name for key, plan in workshop.plans.items() if is_overdue(plan, today)]
    owners = sum(not (plan.owner or is_ended(plan)) for plan in workshop.plans.values())
    drafts = sum(
        standing.klass in (Class.STRATEGIC, Class.LOW_PRIORITY)
        and needs_plan(workshop.plans.get(key), standing.klass)
        for key, standing in assessment.standings.items()
    )
    found = []
    strange = [
        customers[key].name
        for key in unfitting(assessment)
        if not is_overdue(workshop.plans[key], today)
    ]
    if late:
        found.append(f"Overdue: {_listed(late)}.")
    if strange:
        found.append(f"Plans that no longer fit: {_listed(strange)}.")
    if asks:
        found.append(f"Ask before deciding: {_listed(asks)}.")
    cases = len(set(undecided(assessment)) - set(asked))
    if cases:
        verb = "case is" if cases == 1 else "cases are"
        found.append(f"{cases:,} borderline {verb} not decided.")
    if owners:
        found.append("1 plan has no owner." if owners == 1 else f"{owners:,} plans have no owner.")
    if drafts:
        found.append("1 plan is a draft." if drafts == 1 else f"{drafts:,} plans are drafts.")
    return found
