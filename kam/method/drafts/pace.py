"""A draft at another deadline: its steps keep their place between today and that day."""

from datetime import date, timedelta

from kam.model import Action, Plan
from kam.validated import changed

NOTICE = "Give notice"  # how the rung begins that keeps its distance from the end
NOTICE_DAYS = 90  # assumed while the contract's own notice is not known [D]


def within(plan: Plan, deadline: date, today: date) -> Plan:
    """The plan with another deadline and every open action in proportion; none after it.

    A milestone half of the way stays half of the way. Notice is given as long before the end as
    drafted, or today where that day has passed. What is done or missed keeps its day.

    Args:
        plan: a draft, or a plan.
        deadline: the new one.
        today: the day from which the plan runs.
    """
    days = [one.due for one in plan.actions if one.due is not None]
    before = plan.deadline or max(days, default=None)
    moved = plan.actions
    if before is not None:
        moved = tuple(_moved(one, (today, before), deadline) for one in moved)
    return changed(plan, deadline=deadline, actions=moved)


def _moved(action: Action, span: tuple[date, date], deadline: date) -> Action:
    today, before = span
    if action.due is None or action.done is not None:
        return action
    if action.text.startswith(NOTICE):
        due = max(today, deadline - (before - action.due))
    else:
        due = _in_proportion(action.due, span, deadline)
    return changed(action, due=min(due, deadline))


def _in_proportion(due: date, span: tuple[date, date], deadline: date) -> date:
    """The day at the same share of the way; a day that has passed stays."""
    today, before = span
    if due <= today or before <= today:
        return due
    days = (due - today).days * (deadline - today).days / (before - today).days
    return today + timedelta(days=round(days))
