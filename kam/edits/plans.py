"""Edits of plans, of what is asked before deciding, and of how hours follow potential."""

from datetime import date, timedelta
from typing import Literal

from kam.edits.edit import Change, held, without
from kam.errors import Refused
from kam.model import (
    Economics,
    Extension,
    HoursPolicy,
    Id,
    Name,
    Outcome,
    Plan,
    Question,
    Text,
    Workshop,
)
from kam.validated import changed

LONGEST = timedelta(days=548)  # 18 months: the most that a deadline may lie ahead, method.md 10


class SavePlans(Change):
    """Save the plans of one or more customers, each replacing that customer's earlier plan."""

    kind: Literal["save_plans"] = "save_plans"
    plans: dict[Id, Plan]
    note: Text = ""

    @property
    def subject(self) -> str:
        return "plan " + " ".join(sorted(self.plans)) if len(self.plans) < 20 else "plans"

    def apply(self, workshop: Workshop) -> Workshop:
        for key in self.plans:
            held(workshop.customers, key, "customer")
        return changed(workshop, plans={**workshop.plans, **self.plans})

    def words(self, before: Workshop) -> str:
        if len(self.plans) > 1:
            return f"plans of {len(self.plans):,} customers"
        known = before.customers.get(next(iter(self.plans), ""))
        return f"plan of {known.name if known else 'nobody'}"


class RemovePlan(Change):
    """Withdraw a customer's plan; a draft takes its place."""

    kind: Literal["remove_plan"] = "remove_plan"
    customer: Id

    @property
    def subject(self) -> str:
        return f"plan {self.customer}"

    def apply(self, workshop: Workshop) -> Workshop:
        held(workshop.plans, self.customer, "plan of")
        return changed(workshop, plans=without(workshop.plans, self.customer))

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
        if not plan.deadline < self.until <= plan.deadline + LONGEST:
            raise Refused(
                f"The new deadline must lie after {plan.deadline.isoformat()} and at most 18 "
                f"months later; we found {self.until.isoformat()}."
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


class PutQuestions(Change):
    """Add questions to ask before deciding, or replace those with the same ids."""

    kind: Literal["put_questions"] = "put_questions"
    questions: tuple[Question, ...]

    @property
    def subject(self) -> str:
        return "questions " + " ".join(sorted(question.id for question in self.questions))

    def apply(self, workshop: Workshop) -> Workshop:
        for question in self.questions:
            held(workshop.customers, question.customer, "customer")
        new = {question.id: question for question in self.questions}
        return changed(workshop, questions={**workshop.questions, **new})

    def words(self, before: Workshop) -> str:  # noqa: ARG002
        count = len(self.questions)
        return f"{count} question{'s' * (count != 1)} to ask before deciding"


class AnswerQuestion(Change):
    """Write down what a customer said; an empty answer is open again."""

    kind: Literal["answer_question"] = "answer_question"
    question: Id
    answer: Text

    @property
    def subject(self) -> str:
        return f"question {self.question}"

    def apply(self, workshop: Workshop) -> Workshop:
        asked = held(workshop.questions, self.question, "question")
        answered = changed(asked, answer=self.answer)
        return changed(workshop, questions={**workshop.questions, self.question: answered})

    def words(self, before: Workshop) -> str:
        asked = before.questions.get(self.question)
        known = before.customers.get(asked.customer) if asked else None
        return f"answer of {known.name if known else self.question}"


class RemoveQuestion(Change):
    """Take back a question."""

    kind: Literal["remove_question"] = "remove_question"
    question: Id

    @property
    def subject(self) -> str:
        return f"question {self.question}"

    def apply(self, workshop: Workshop) -> Workshop:
        held(workshop.questions, self.question, "question")
        return changed(workshop, questions=without(workshop.questions, self.question))

    def words(self, before: Workshop) -> str:
        asked = before.questions.get(self.question)
        return f"removed the question “{asked.text if asked else self.question}”"


class ChangeEconomics(Change):
    """Replace what a customer takes and could bring."""

    kind: Literal["change_economics"] = "change_economics"
    customer: Id
    economics: Economics

    @property
    def subject(self) -> str:
        return f"economics {self.customer}"

    def apply(self, workshop: Workshop) -> Workshop:
        known = held(workshop.customers, self.customer, "customer")
        new = changed(known, economics=self.economics)
        return changed(workshop, customers={**workshop.customers, self.customer: new})

    def words(self, before: Workshop) -> str:
        known = before.customers.get(self.customer)
        return f"hours, gain and capital of {known.name if known else self.customer}"


class SetHoursPolicy(Change):
    """Say what capital must earn, and how many hours a customer of each class gets."""

    kind: Literal["set_hours_policy"] = "set_hours_policy"
    policy: HoursPolicy

    @property
    def subject(self) -> str:
        return "hours policy"

    def apply(self, workshop: Workshop) -> Workshop:
        for klass, floor in self.policy.floors.items():
            cap = self.policy.caps.get(klass)
            if cap is not None and cap < floor:
                raise Refused(
                    f"{klass.label}: the most hours ({cap:g}) are fewer than the fewest "
                    f"({floor:g}). Change one of them."
                )
        return changed(workshop, hours_policy=self.policy)

    def words(self, before: Workshop) -> str:
        old, new = before.hours_policy.hurdle_pct, self.policy.hurdle_pct
        return f"hurdle {old:g} → {new:g} %" if old != new else "hours by class"
