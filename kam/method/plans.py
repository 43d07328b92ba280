"""Plans: drafts as sentences to edit or accept, what a plan lacks, and whether it still fits."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np

from kam.edits.plans import LONGEST, months_after
from kam.method.assessment import Assessment
from kam.method.drafts.brief import Brief, move_words
from kam.method.drafts.build_up import WAITING, build_up
from kam.method.drafts.key_accounts import key_account
from kam.method.drafts.low_priority import LADDER, low_cost, low_priority
from kam.method.drafts.pace import within
from kam.model import Class, Plan
from kam.validated import changed

__all__ = ["KIND_NAMES", "LADDER", "LOOK", "SPONSORED", "TEMPLATE_NAMES", "Bulk", "begun",
           "briefs", "bulk_plans", "draft", "fits", "is_ended", "is_overdue", "kind", "kind_name",
           "made_for", "move_words", "must_stop", "needs_plan", "overdue_words", "places_in_line",
           "plan_gaps", "proposal", "proposals", "still_open"]  # fmt: skip

TEMPLATE_NAMES = {
    "K1": "Key account, strategic",
    "K2": "Key account, core",
    "N1": "Build up to key",
    "N2": "First in line",
    "L1": "Move up by a deadline",
    "L2": "Serve at low cost",
    "L3": "Managed exit",
}
LOOK = "look"  # the kind of a plan that only finds out, and spends nothing before that
KIND_NAMES = {**TEMPLATE_NAMES, LOOK: "Find out whether to list it"}
FITTING = {
    Class.KEY_STRATEGIC: ("K1",),
    Class.KEY_CORE: ("K2",),
    Class.STRATEGIC: ("N1", "N2"),
    Class.LOW_PRIORITY: ("L1", "L2", "L3"),
}
SPONSORED = ("K1", "N1")  # effort is spent on them: an executive stands behind it
CAPPED = ("N1", "L2")  # not key, and served on: what they take has an end


# --- drafts ---------------------------------------------------------------------------------------


def draft(assessment: Assessment, customer: str, today: date) -> Plan | None:
    """A plan for one customer that is not key, drafted from its scores.

    Returns:
        `None` for key accounts, whose plans are written with the customer (`proposal` has their
        skeleton), and for customers that are not scored yet.
    """
    klass = assessment.standings[customer].klass
    return None if klass is None or klass.is_key else proposal(assessment, customer, today)


def proposal(assessment: Assessment, customer: str, today: date) -> Plan | None:
    """The draft of any customer, for a key account a skeleton; `None` for one that has no class."""
    return proposals(assessment, today, (customer,)).get(customer)


def proposals(
    assessment: Assessment, today: date, among: Collection[str] | None = None
) -> dict[str, Plan]:
    """Drafts and skeletons of all customers that have a class, in the one order.

    Args:
        assessment: the result.
        today: the day from which deadlines are counted.
        among: only for these customers; `None` for all.
    """
    keys = assessment.standings if among is None else among
    return {
        brief.customer.id: begun(_drafted(brief), today)
        for brief in briefs(assessment, today, keys)
    }


def begun(plan: Plan, today: date) -> Plan:
    """A draft with its start."""
    return changed(plan, start=today)


def briefs(assessment: Assessment, today: date, keys: Collection[str]) -> Iterator[Brief]:
    """What each draft is made from; none for customers without a class."""
    for key in keys:
        standing = assessment.standings[key]
        if standing.klass is not None:
            yield Brief(assessment, assessment.workshop.customers[key], standing, today)


def _drafted(brief: Brief) -> Plan:
    klass = brief.standing.klass
    if klass is not None and klass.is_key:
        return key_account(brief)
    return build_up(brief) if klass is Class.STRATEGIC else low_priority(brief)


def places_in_line(assessment: Assessment) -> Mapping[str, int]:
    """Customers that wait for capacity -> their place in line, from 1."""
    chosen, names = assessment.selection, assessment.valued.customers
    waiting = chosen.queue[np.isin(chosen.reason[chosen.queue], [int(one) for one in WAITING])]
    return {names[row]: place for place, row in enumerate(waiting.tolist(), start=1)}


# --- many at once ---------------------------------------------------------------------------------


@dataclass(frozen=True)
class Bulk:
    """The same plan for many customers at once.

    Attributes:
        customers: for whom; exceptions are not among them.
        low_cost: serve all of them at low cost, whatever their drafts say.
        owner: of plans and actions; "" keeps each customer's own.
        sponsor: of plans to build up a customer; "" keeps each customer's own.
        deadline: `None` keeps that of the draft.
        ceiling_cost: currency a year for each of them; `None` keeps that of the draft.
    """

    customers: tuple[str, ...]
    low_cost: bool = False
    owner: str = ""
    sponsor: str = ""
    deadline: date | None = None
    ceiling_cost: float | None = None


def bulk_plans(
    assessment: Assessment, today: date, bulk: Bulk, drafted: Mapping[str, Plan] | None = None
) -> dict[str, Plan]:
    """A plan for each customer of a bulk, ready to be saved as one step.

    Args:
        assessment: the result.
        today: the day from which deadlines are counted.
        bulk: for whom, and what the plans have in common.
        drafted: each customer's draft; `None` for the usual ones.
    """
    if bulk.low_cost:
        found = briefs(assessment, today, bulk.customers)
        plans = {brief.customer.id: begun(low_cost(brief), today) for brief in found}
    elif drafted is None:
        plans = proposals(assessment, today, bulk.customers)
    else:
        plans = {key: drafted[key] for key in bulk.customers if key in drafted}
    return {key: _with_terms(plan, bulk, today) for key, plan in plans.items()}


def _with_terms(plan: Plan, bulk: Bulk, today: date) -> Plan:
    """A plan with what the bulk says about owner, sponsor, deadline and ceiling."""
    new: dict[str, object] = {}
    if bulk.owner:
        new["owner"] = bulk.owner
        new["actions"] = tuple(changed(one, owner=bulk.owner) for one in plan.actions)
    if bulk.sponsor and plan.template in SPONSORED:
        new["sponsor"] = bulk.sponsor
    if bulk.ceiling_cost is not None:
        new["ceiling_cost"] = bulk.ceiling_cost
    found = changed(plan, **new) if new else plan
    return found if bulk.deadline is None else within(found, bulk.deadline, today)


# --- what a plan lacks ----------------------------------------------------------------------------


def plan_gaps(plan: Plan, today: date) -> tuple[str, ...]:
    """What a plan lacks, in words, most urgent first; empty when it is complete or has ended."""
    if is_ended(plan):
        return ()
    lacking = {
        overdue_words(plan, today): is_overdue(plan, today),
        "due today": is_due(plan, today),
        _after_words(plan): _after_deadline(plan) > 0,
        "no owner yet": not plan.owner,
        "no deadline yet": plan.deadline is None,
        "no goal yet": not plan.goal,
        "no action yet": not plan.actions,
        "no exit trigger yet": not plan.exit_trigger,
    }
    return tuple(words for words, missing in lacking.items() if missing)


def _after_deadline(plan: Plan) -> int:
    """How many open actions are due after the plan's deadline."""
    end = plan.deadline or date.max
    return sum(one.done is None and one.due is not None and one.due > end for one in plan.actions)


def _after_words(plan: Plan) -> str:
    count = _after_deadline(plan)
    return f"{count} action{'s' * (count != 1)} after the deadline"


def still_open(plan: Plan, today: date) -> tuple[str, ...]:
    """What makes a plan better and may still be missing when it is saved, in words.

    A sponsor where effort is spent on building up or keeping a key account, a ceiling where a
    customer is not key, evidence where one may be promoted, and milestones that have passed.
    """
    if is_ended(plan):
        return ()
    built_up = plan.template in SPONSORED and plan.ceiling_cost != 0
    capped = plan.template in CAPPED
    late = sum(one.done is None and one.due is not None and one.due < today for one in plan.actions)
    lacking = {
        f"{late} milestone{'s' * (late != 1)} to mark as met or missed": late > 0,
        "no sponsor yet": built_up and not plan.sponsor,
        "no ceiling yet": capped and plan.ceiling_hours is None and plan.ceiling_cost is None,
        "nothing that must be shown yet": plan.template == "N1" and not plan.evidence,
        "more than 18 months to move up": plan.template == "L1" and _too_late(plan, today),
        STOP: must_stop(plan),
    }
    return tuple(words for words, missing in lacking.items() if missing)


STOP = "two milestones missed: stop, or decide otherwise"


def kind(plan: Plan) -> str:
    """The kind of a plan: its template, or `LOOK` for a customer that nobody has judged yet."""
    looks = plan.template == "N1" and plan.ceiling_cost == 0 and plan.ceiling_hours is None
    return LOOK if looks else plan.template


def kind_name(plan: Plan) -> str:
    """The kind of a plan in words."""
    return KIND_NAMES[kind(plan)]


def must_stop(plan: Plan) -> bool:
    """Whether a running plan to build up a customer has missed two milestones (method.md 10)."""
    missed = sum(one.done is False for one in plan.actions)
    return plan.template == "N1" and not is_ended(plan) and missed >= 2


def _too_late(plan: Plan, today: date) -> bool:
    last = months_after(plan.start or today, LONGEST)
    return plan.deadline is not None and plan.deadline > last


def is_ended(plan: Plan) -> bool:
    """Whether the plan has ended: promoted, let go, dropped, or replaced by another."""
    return plan.outcome is not None


def is_overdue(plan: Plan, today: date) -> bool:
    """Whether a running plan's deadline has passed: promote, exit, or extend once with a reason."""
    return not is_ended(plan) and plan.deadline is not None and plan.deadline < today


def is_due(plan: Plan, today: date) -> bool:
    """Whether a running plan's deadline is today."""
    return not is_ended(plan) and plan.deadline == today


def overdue_words(plan: Plan, today: date) -> str:
    """How long a plan is overdue."""
    if plan.deadline is None or not is_overdue(plan, today):
        return "not overdue"
    days = (today - plan.deadline).days
    return f"overdue by {days} day{'s' if days != 1 else ''}"


def needs_plan(plan: Plan | None, klass: Class | None) -> bool:
    """Whether a customer needs a plan: it has none, or its last one has ended.

    Who has left, at the end of a managed exit, needs none.
    """
    if plan is None or plan.outcome is None:
        return plan is None
    left = plan.template == "L3" and plan.outcome.what == "exited"
    return not (left and klass is Class.LOW_PRIORITY)


def made_for(plan: Plan) -> Class:
    """The class for which a plan was made."""
    return next(klass for klass, templates in FITTING.items() if plan.template in templates)


def fits(plan: Plan, klass: Class | None) -> bool:
    """Whether a plan is one for customers of a class; a saved plan stays when the class changes.

    A customer without a class keeps the plan that it had.
    """
    return klass is None or plan.template in FITTING[klass]
