"""What follows a plan that has ended: the next draft, or a class that must be decided first."""

from collections.abc import Mapping, Sequence
from datetime import date

from kam.method.assessment import Assessment
from kam.method.drafts.brief import Brief
from kam.method.drafts.low_priority import managed_exit, past_its_deadline
from kam.method.milestones import has_moved_up
from kam.method.plans import begun, briefs, is_ended, made_for, proposals
from kam.model import Class, Plan, Workshop

SERVED_ON = ("L2", "L3")  # plans of low priority that set no deadline to move up


def last_plans(workshop: Workshop) -> dict[str, tuple[Plan, ...]]:
    """The plans that have ended, the latest last, of each customer of whom none runs."""
    found: dict[str, tuple[Plan, ...]] = {}
    for plan in (*workshop.ended_plans, *workshop.plans.values()):
        found[plan.customer] = (*found.get(plan.customer, ()), plan)
    return {key: plans for key, plans in found.items() if is_ended(plans[-1])}


def next_proposals(
    assessment: Assessment, workshop: Workshop, drafted: Mapping[str, Plan], today: date
) -> dict[str, Plan]:
    """The next plan of customers whose plan has ended.

    It is the usual draft; after "let go" the managed exit by steps; after that nothing, while the
    customer is of low priority. Who had its time to move up gets no second deadline.

    Args:
        assessment: the result.
        workshop: its state as it is stored, with the plans that were saved.
        drafted: the usual drafts (`proposals`), by customer.
        today: the day from which deadlines are counted.
    """
    ended = last_plans(workshop)
    usual = {key: drafted[key] for key in ended if key in drafted}
    low = [key for key in ended if _is_low(assessment, key)]
    for brief in briefs(assessment, today, low):
        key = brief.customer.id
        found = _next(brief, ended[key])
        if found is not None:
            usual[key] = begun(found, today)
        elif _was_let_go(ended[key]):
            usual.pop(key, None)
    return usual


def open_drafts(assessment: Assessment, workshop: Workshop, today: date) -> dict[str, Plan]:
    """The drafts of all customers of whom no plan runs: the first one, or the next.

    Without those of customers whose class contradicts how their plan ended.
    """
    plans, standings = workshop.plans, assessment.standings
    missing = [key for key in standings if key not in plans or is_ended(plans[key])]
    drafted = proposals(assessment, today, missing)
    first = {key: plan for key, plan in drafted.items() if key not in plans}
    found = {**first, **next_proposals(assessment, workshop, drafted, today)}
    return {
        key: plan
        for key, plan in found.items()
        if key not in plans or not is_contradicted(plans[key], standings[key].klass)
    }


def is_contradicted(ended: Plan, klass: Class | None) -> bool:
    """Whether a class does not show how a plan ended; it is decided before the next plan.

    Promoted, and it has not moved up; or let go, and still attractive: a new plan to build it up
    would take the decision back in silence.
    """
    if ended.outcome is None or klass is None:
        return False
    if ended.outcome.what == "promoted":
        return not has_moved_up(ended, made_for(ended), klass)
    attractive = Class.LOW_PRIORITY not in (klass, made_for(ended))
    return ended.outcome.what == "exited" and attractive


# --- of low priority ------------------------------------------------------------------------------


def _is_low(assessment: Assessment, customer: str) -> bool:
    standing = assessment.standings.get(customer)
    return standing is not None and standing.klass is Class.LOW_PRIORITY


def _next(brief: Brief, ended: Sequence[Plan]) -> Plan | None:
    """The next plan where it is not the usual one."""
    if _was_let_go(ended):
        return None if _decided(ended)[-1].template == "L3" else managed_exit(brief)
    return past_its_deadline(brief) if _had_its_time(ended) else None


def _decided(ended: Sequence[Plan]) -> list[Plan]:
    """The plans that somebody ended; a plan in whose place came another tells nothing."""
    return [plan for plan in ended if plan.outcome and plan.outcome.what != "replaced"]


def _was_let_go(ended: Sequence[Plan]) -> bool:
    """Whether the last word on the customer was to let it go."""
    last = _decided(ended)[-1:]
    return any(plan.outcome is not None and plan.outcome.what == "exited" for plan in last)


def _had_its_time(ended: Sequence[Plan]) -> bool:
    """Whether the last plan to move up was given up at its deadline, or after it (method.md 10)."""
    tried = [plan for plan in ended if plan.template not in SERVED_ON][-1:]
    return any(
        plan.template == "L1"
        and plan.outcome is not None
        and plan.outcome.what in ("dropped", "exited")
        and plan.deadline is not None
        and plan.outcome.on >= plan.deadline
        for plan in tried
    )
