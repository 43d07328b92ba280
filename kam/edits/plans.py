"""Edits of plans: saved, moved once, ended, replaced."""

from calendar import monthrange
from collections.abc import Iterator, Mapping
from datetime import MAXYEAR, date
from typing import Literal

from kam.edits.edit import Change, held, without
from kam.errors import Refused
from kam.model import (
    Extension,
    Id,
    Name,
    Outcome,
    Plan,
    Text,
    Workshop,
)
from kam.validated import changed

LONGEST = 18  # months: the most that a deadline may be moved, and moving up may take, method.md 10


def months_after(day: date, count: int) -> date:
    """The same day so many months later; the last one of a month that has no such day.

    31 August and 18 months are the 28th or 29th of February. Beyond the year 9999: its last day.
    """
    years, month = divmod(day.month - 1 + count, 12)
    year = day.year + years
    if year > MAXYEAR:
        return date.max
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def latest_deadline(plan: Plan) -> date:
    """The last day to which the deadline of a plan may be moved: 18 months on.

    For moving up these count from the day it was drafted, where that is known.
    """
    first = plan.start if plan.template == "L1" else None
    return months_after(first or plan.deadline or date.max, LONGEST)


class SavePlans(Change):
    """Save the plans of one or more customers, each replacing that customer's earlier plan.

    A plan that has ended is kept beside its customer's next one; so is one that runs when another
    kind of plan takes its place. The deadline of one that runs comes earlier here; later only by
    `ExtendPlan`.
    """

    kind: Literal["save_plans"] = "save_plans"
    plans: dict[Id, Plan]
    note: Text = ""

    @property
    def subject(self) -> str:
        return "plan " + " ".join(sorted(self.plans)) if len(self.plans) < 20 else "plans"

    def apply(self, workshop: Workshop) -> Workshop:
        for key in self.plans:
            held(workshop.customers, key, "customer")
        for key, plan in self.plans.items():
            name = workshop.customers[key].name
            _refuse_too_much_time(name, plan)
            _refuse_a_later_deadline(name, plan, workshop.plans.get(key))
        kept = (*workshop.ended_plans, *_followed(workshop, self.plans))
        return changed(workshop, plans={**workshop.plans, **self.plans}, ended_plans=kept)

    def words(self, before: Workshop) -> str:
        count = sum(_replaces(plan, before.plans.get(key)) for key, plan in self.plans.items())
        if len(self.plans) > 1:
            replaced = f", {count:,} in place of another that ran" if count else ""
            return f"plans of {len(self.plans):,} customers{replaced}"
        known = before.customers.get(next(iter(self.plans), ""))
        replaced = ", in place of another that ran" if count else ""
        return f"plan of {known.name if known else 'nobody'}{replaced}"


def _followed(workshop: Workshop, plans: Mapping[str, Plan]) -> Iterator[Plan]:
    """The plans of customers that have a next one now: ended ones, and those that it replaces."""
    for key, plan in plans.items():
        known = workshop.plans.get(key)
        if known is None:
            continue
        if known.outcome is not None and known.outcome != plan.outcome:
            yield known
        day = plan.start or known.start  # a plan of before starts were kept has none
        if _replaces(plan, known) and day is not None:
            yield changed(known, outcome=Outcome(what="replaced", on=day, by="its next plan"))


def _replaces(plan: Plan, known: Plan | None) -> bool:
    """Whether a plan takes the place of one of another kind that runs."""
    return known is not None and known.outcome is None and known.template != plan.template


def _refuse_too_much_time(name: str, plan: Plan) -> None:
    """Raise `Refused` where a plan to move up would end more than 18 months after its start."""
    last = latest_deadline(plan)
    if plan.template == "L1" and plan.start and plan.deadline and plan.deadline > last:
        raise Refused(
            f"{name} has at most 18 months to move up, until {last.isoformat()}; we found "
            f"{plan.deadline.isoformat()}. Choose an earlier day."
        )


def _refuse_a_later_deadline(name: str, plan: Plan, known: Plan | None) -> None:
    """Raise `Refused` where a plan would move the deadline of the running one that it replaces.

    One whose start is not known was saved before deadlines were held; its log goes on opening.
    """
    if known is None or known.outcome or known.deadline is None or known.start is None:
        return
    if known.template == plan.template and (plan.deadline or date.max) > known.deadline:
        raise Refused(no_later(name, known.deadline))


def no_later(name: str, deadline: date) -> str:
    """Why the deadline of a plan that runs does not simply move, and what moves it."""
    return (
        f"The deadline of {name} is {deadline.isoformat()}. It moves later once only, with a name "
        "and a reason: choose “Extend once” in the plan."
    )


class RemovePlan(Change):
    """Withdraw a customer's plan; a draft takes its place. One that has ended is kept as ended."""

    kind: Literal["remove_plan"] = "remove_plan"
    customer: Id

    @property
    def subject(self) -> str:
        return f"plan {self.customer}"

    def apply(self, workshop: Workshop) -> Workshop:
        plan = held(workshop.plans, self.customer, "plan of")
        ended = (plan,) if plan.outcome else ()
        return changed(
            workshop,
            plans=without(workshop.plans, self.customer),
            ended_plans=(*workshop.ended_plans, *ended),
        )

    def words(self, before: Workshop) -> str:
        known = before.customers.get(self.customer)
        return f"removed the plan of {known.name if known else self.customer}"


class ExtendPlan(Change):
    """Move a plan's deadline, once, by name and for a reason."""

    kind: Literal["extend_plan"] = "extend_plan"
    customer: Id
    until: date
    by: Name
    reason: Name

    @property
    def subject(self) -> str:
        return f"plan {self.customer}"

    def apply(self, workshop: Workshop) -> Workshop:
        plan = held(workshop.plans, self.customer, "plan of")
        name = workshop.customers[self.customer].name
        if plan.deadline is None:
            raise Refused(f"The plan for {name} has no deadline to move. Give it one first.")
        if plan.extension is not None:
            raise Refused(
                f"The deadline of {name} has been moved before, by {plan.extension.by}. There is "
                "no second time: promote the customer, or let it go."
            )
        last = latest_deadline(plan)
        if last <= plan.deadline:
            raise Refused(
                f"{name} has had its 18 months to move up, until {plan.deadline.isoformat()}. "
                "There is no further deadline: promote the customer, or let it go."
            )
        if not plan.deadline < self.until <= last:
            raise Refused(
                f"The new deadline must lie after {plan.deadline.isoformat()}, and on "
                f"{last.isoformat()} at the latest: 18 months; we found {self.until.isoformat()}."
            )
        moved = Extension(before=plan.deadline, by=self.by, reason=self.reason)
        longer = changed(plan, deadline=self.until, extension=moved)
        return changed(workshop, plans={**workshop.plans, self.customer: longer})

    def words(self, before: Workshop) -> str:
        known = before.customers.get(self.customer)
        return (
            f"{known.name if known else self.customer}: deadline moved to "
            f"{self.until.isoformat()} by {self.by}, {self.reason}"
        )


class ClosePlan(Change):
    """Say how a plan ended."""

    kind: Literal["close_plan"] = "close_plan"
    customer: Id
    outcome: Outcome

    @property
    def subject(self) -> str:
        return f"plan {self.customer}"

    def apply(self, workshop: Workshop) -> Workshop:
        plan = held(workshop.plans, self.customer, "plan of")
        closed = changed(plan, outcome=self.outcome)
        return changed(workshop, plans={**workshop.plans, self.customer: closed})

    def words(self, before: Workshop) -> str:
        known = before.customers.get(self.customer)
        name = known.name if known else self.customer
        return f"{name}: the plan ended, {self.outcome.what}, says {self.outcome.by}"
