"""Who does what by when: one row an action, and one a deadline, over all plans."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

import pandas as pd

from kam.method.assessment import Assessment
from kam.method.next_plans import open_drafts
from kam.method.plans import KIND_NAMES, is_ended, is_overdue, kind, kind_name
from kam.model import Action, Plan, Workshop

DEADLINE = "Deadline"
COLUMNS = ["Owner", "By", "What", "Customer", "Plan", "Class", "State", "Shown by", "Plan is",
           "Sponsor"]  # fmt: skip
OUTCOMES = {
    "promoted": "promoted",
    "exited": "let go",
    "dropped": "dropped",
    "replaced": "replaced",
}


@dataclass(frozen=True)
class _Facts:
    """What the rows of a plan need to know beside it."""

    assessment: Assessment
    workshop: Workshop
    today: date


def actions(assessment: Assessment, workshop: Workshop, today: date) -> pd.DataFrame:
    """One row an action or deadline of every plan, saved or drafted: `COLUMNS`; earliest first.

    Args:
        assessment: the result.
        workshop: its state as it is stored, with the plans that were saved.
        today: the day from which drafts count, and on which things are late.
    """
    facts = _Facts(assessment, workshop, today)
    saved = _rows(facts, _every_plan(workshop), "saved")
    drafted = open_drafts(assessment, workshop, today)
    return _ordered([*saved, *_rows(facts, drafted.values(), "draft")])


def agreed(assessment: Assessment, workshop: Workshop, today: date) -> pd.DataFrame:
    """The same of the saved plans alone: what was agreed with whom, for the decision record."""
    facts = _Facts(assessment, workshop, today)
    return _ordered(list(_rows(facts, _every_plan(workshop), "saved"))).drop(columns="Plan is")


def _every_plan(workshop: Workshop) -> list[Plan]:
    """All plans that were saved: those that a next one followed, then each customer's latest."""
    return [*workshop.ended_plans, *workshop.plans.values()]


def _rows(facts: _Facts, plans: Iterable[Plan], kind: str) -> Iterator[list[object]]:
    """The rows of some plans: their actions, then their deadlines."""
    for plan in plans:
        standing = facts.assessment.standings.get(plan.customer)
        about = [
            facts.workshop.customers[plan.customer].name,
            kind_name(plan),
            standing.klass.label if standing and standing.klass else "",
        ]
        for action in plan.actions:
            owner, state = action.owner or plan.owner, _state(action, plan, facts.today)
            told = [owner, action.due, action.text, *about, state, action.evidence]
            yield [*told, kind, plan.sponsor]
        end = _end(plan, facts.today)
        yield [plan.owner, plan.deadline, DEADLINE, *about, end, plan.evidence, kind, plan.sponsor]


def _ordered(rows: list[list[object]]) -> pd.DataFrame:
    """Rows as a frame, earliest first; those without a day at the end."""
    frame = pd.DataFrame(rows, columns=COLUMNS)
    return frame.sort_values("By", kind="stable", na_position="last", ignore_index=True)


def _state(action: Action, plan: Plan, today: date) -> str:
    """Whether an action was met, in a word."""
    if action.done is not None:
        return "met" if action.done else "missed"
    if is_ended(plan):
        return "dropped"
    return "late" if action.due is not None and action.due < today else "open"


def _end(plan: Plan, today: date) -> str:
    """How a plan stands at its deadline, in a word."""
    if plan.outcome is not None:
        return OUTCOMES[plan.outcome.what]
    return "overdue" if is_overdue(plan, today) else "open"


def plan_sentences(workshop: Workshop) -> tuple[str, ...]:
    """A sentence for each kind of plan that was saved: how many run, and which ends next."""
    every = _every_plan(workshop)
    running = [plan for plan in every if not is_ended(plan)]
    kinds = {name: [p for p in running if kind(p) == name] for name in KIND_NAMES}
    ended = len(every) - len(running)
    told = [_kind(workshop, name, plans) for name, plans in kinds.items() if plans]
    if ended:
        told.append("1 plan has ended." if ended == 1 else f"{ended:,} plans have ended.")
    return tuple(told)


def _kind(workshop: Workshop, name: str, plans: list[Plan]) -> str:
    count = f"{KIND_NAMES[name]} ({len(plans):,})"
    dated = [(plan.deadline, plan) for plan in plans if plan.deadline is not None]
    if not dated:
        return f"{count}: no deadline yet."
    day, first = min(dated, key=lambda pair: pair[0])
    owner = first.owner or "no owner yet"
    name = workshop.customers[first.customer].name
    return f"{count}: {name} first, {day.day} {day:%B %Y}, {owner}."
