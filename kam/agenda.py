"""The seven steps of a workshop, and how far each one is, computed from the data."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date
from typing import Literal

from kam import acceptance
from kam.method.assessment import Assessment
from kam.method.borderline import undecided
from kam.method.exit_checks import exit_gaps
from kam.method.plans import fits, is_due, is_ended, is_overdue, needs_plan, plan_gaps
from kam.method.questions import ask_first
from kam.method.selection import Reason
from kam.model import Axis, Class, Workshop

ENOUGH_CUSTOMERS = 5  # scored customers from which the matrix says something, screens.md 6.4

Status = Literal["done", "open", "problem"]


@dataclass(frozen=True)
class Step:
    """One step: its address, its name in the bar, and the question that its page asks."""

    slug: str
    title: str
    question: str


STEPS = (
    Step("objectives", "Objectives", "What should key accounts do for us?"),
    Step("criteria", "Criteria", "What makes a customer attractive? Where are we strong?"),
    Step("customers", "Customers", "How does each customer score?"),
    Step("matrix", "Matrix", "Who stands out?"),
    Step("split", "Split", "Which key accounts are strategic, and do we have the room?"),
    Step("plans", "Plans", "What do we do with those who are not key?"),
    Step("share", "Share", "What did we decide?"),
)


@dataclass(frozen=True)
class Progress:
    """How far a step is.

    Attributes:
        open: how many things are missing; 0 when done.
        note: what is missing, as a sentence; empty when nothing is.
    """

    step: Step
    status: Status
    open: int = 0
    note: str = ""


def agenda(assessment: Assessment, today: date, revision: int = 0) -> tuple[Progress, ...]:
    """The progress of all seven steps, in order, of a workshop at a revision."""
    before = [_JUDGES[step.slug](step, assessment, today) for step in STEPS[:-1]]
    return (*before, _share(STEPS[-1], assessment.workshop, revision))


def _progress(step: Step, missing: list[str], problems: list[str] | None = None) -> Progress:
    """A step with things missing is open; with something wrong, a problem."""
    if problems:
        return Progress(step, "problem", len(problems), problems[0])
    if missing:
        return Progress(step, "open", len(missing), missing[0])
    return Progress(step, "done")


def _objectives(step: Step, assessment: Assessment, _today: date) -> Progress:
    workshop = assessment.workshop
    missing = [
        f"“{objective.name}” lacks {', '.join(objective.gaps)}."
        for objective in workshop.objectives.values()
        if objective.gaps
    ]
    if not workshop.objectives:
        missing.append("No objective yet.")
    if not workshop.capacity.known:
        missing.append("How many key accounts we can serve is not known yet.")
    return _progress(step, missing)


def _criteria(step: Step, assessment: Assessment, _today: date) -> Progress:
    workshop = assessment.workshop
    missing = [
        f"“{criterion.name}” lacks {', '.join(lacking)}."
        for criterion in workshop.criteria.values()
        if (lacking := acceptance.gaps(criterion))
    ]
    missing += [
        f"No criterion asks about {_AXIS_WORDS[axis]} yet."
        for axis in Axis
        if not any(criterion.axis is axis for criterion in workshop.criteria.values())
    ]
    missing += orphans(workshop) + uncovered(workshop)
    return _progress(step, missing, list(assessment.obstacles) if workshop.criteria else None)


_AXIS_WORDS = {
    Axis.ATTRACTIVENESS: "how attractive a customer is",
    Axis.STRENGTH: "how strong we are",
}


def orphans(workshop: Workshop) -> list[str]:
    """A sentence for each criterion that no objective needs (decisions.md section 3)."""
    return [
        f"“{criterion.name}” serves no objective."
        for criterion in workshop.criteria.values()
        if workshop.objectives and not criterion.objectives
    ]


def uncovered(workshop: Workshop) -> list[str]:
    """A sentence for each objective that no criterion serves (decisions.md section 3)."""
    served = {key for criterion in workshop.criteria.values() for key in criterion.objectives}
    return [
        f"No criterion serves “{objective.name}”."
        for key, objective in workshop.objectives.items()
        if workshop.criteria and key not in served
    ]


def _customers(step: Step, assessment: Assessment, _today: date) -> Progress:
    if not assessment.workshop.customers:
        return _progress(step, ["No customers yet."])
    unknown = [
        f"{assessment.workshop.customers[key].name} is known too little."
        for key, standing in assessment.judged.items()
        if not standing.known
    ]
    return _progress(step, unknown)


def _matrix(step: Step, assessment: Assessment, _today: date) -> Progress:
    scored = assessment.scored_count
    if scored < ENOUGH_CUSTOMERS:
        return _progress(step, [f"{scored} of {ENOUGH_CUSTOMERS} customers are scored."])
    return _progress(step, [], list(assessment.obstacles))


def _split(step: Step, assessment: Assessment, _today: date) -> Progress:
    names = assessment.workshop.customers
    if not assessment.scored_count:
        return _progress(step, ["Nobody is scored yet."])
    ties = [
        f"{names[key].name} ties exactly where our capacity ends."
        for key, standing in assessment.standings.items()
        if standing.reason is Reason.TIED_AT_CAPACITY
    ]
    chosen = assessment.selection
    if chosen.available is not None and chosen.used > chosen.available + 1e-9:
        ties.append("The key accounts take more than there is.")
    asked = ask_first(assessment)
    missing = [f"Ask {names[key].name} before deciding." for key in asked]
    missing += [
        f"{names[key].name} is a borderline case that is not decided yet."
        for key in undecided(assessment)
        if key not in asked
    ]
    return _progress(step, missing, ties)


def _plans(step: Step, assessment: Assessment, today: date) -> Progress:
    workshop = assessment.workshop
    if not assessment.scored_count:
        return _progress(step, ["Nobody is scored yet."])
    late = [
        f"The plan for {workshop.customers[key].name} is overdue."
        for key, plan in workshop.plans.items()
        if is_overdue(plan, today)
    ]
    due = [key for key, plan in workshop.plans.items() if is_due(plan, today)]
    strange = [key for key in unfitting(assessment) if not is_overdue(workshop.plans[key], today)]
    missing = [f"{workshop.customers[key].name}: due today." for key in due]
    missing += [f"The plan for {workshop.customers[key].name} no longer fits." for key in strange]
    missing += _without_plan(assessment, today, {*strange, *due})
    return _progress(step, missing, late)


def unfitting(assessment: Assessment) -> list[str]:
    """Customers with a plan that runs and is none for the class that they have now, if any."""
    classes = {key: standing.klass for key, standing in assessment.standings.items()}
    return [
        key
        for key, plan in assessment.workshop.plans.items()
        if not is_ended(plan) and not (classes.get(key) and fits(plan, classes[key]))
    ]


def _without_plan(assessment: Assessment, today: date, strange: Collection[str]) -> list[str]:
    """A sentence for each customer that is not key and lacks a plan, or something in it."""
    workshop, found = assessment.workshop, []
    for key, standing in assessment.standings.items():
        if key in strange or standing.klass not in (Class.STRATEGIC, Class.LOW_PRIORITY):
            continue
        plan, name = workshop.plans.get(key), workshop.customers[key].name
        if plan is None:
            found.append(f"The plan for {name} is a draft.")
        elif needs_plan(plan, standing.klass):
            found.append(f"{name} needs its next plan.")
        elif not is_overdue(plan, today) and (
            lacking := (*plan_gaps(plan, today), *exit_gaps(assessment, plan))
        ):
            found.append(f"{name}: {lacking[0]}.")
    return found


def _share(step: Step, workshop: Workshop, revision: int) -> Progress:
    if not workshop.marks:
        return _progress(step, ["Nothing is agreed yet: an export says DRAFT."])
    if revision > workshop.marks[-1].revision + 1:
        return _progress(step, [f"Something has changed since “{workshop.marks[-1].name}”."])
    return _progress(step, [])


_JUDGES: dict[str, Callable[[Step, Assessment, date], Progress]] = {
    "objectives": _objectives,
    "criteria": _criteria,
    "customers": _customers,
    "matrix": _matrix,
    "split": _split,
    "plans": _plans,
}
