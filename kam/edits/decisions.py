"""Edits of the decision itself: lines, gates, confirmed and overridden classes."""

from typing import Annotated, Literal

from pydantic import StringConstraints

from kam.edits.edit import Change, held, without
from kam.errors import Refused
from kam.model import (
    MAX_GATES,
    Class,
    Confirmation,
    CutOffs,
    Gate,
    Id,
    Name,
    Override,
    Text,
    Value10,
    Workshop,
)
from kam.validated import changed

Line = Literal["strength", "attractiveness", "strategic"]
_LINE_WORDS = {
    "strength": "strength cut-off",
    "attractiveness": "attractiveness cut-off",
    "strategic": "strategic line",
}


class MoveLine(Change):
    """Move one of the three lines of the matrix."""

    kind: Literal["move_line"] = "move_line"
    line: Line
    value: Value10

    @property
    def subject(self) -> str:
        return f"line {self.line}"

    def apply(self, workshop: Workshop) -> Workshop:
        moved: CutOffs = changed(workshop.cut_offs, **{self.line: self.value})
        return changed(workshop, cut_offs=moved)

    def words(self, before: Workshop) -> str:
        old = getattr(before.cut_offs, self.line)
        return f"{_LINE_WORDS[self.line]} {old:g} → {self.value:g}"


class PutGate(Change):
    """Add a yes/no condition, or rename one."""

    kind: Literal["put_gate"] = "put_gate"
    gate: Gate

    @property
    def subject(self) -> str:
        return f"gate {self.gate.id}"

    def apply(self, workshop: Workshop) -> Workshop:
        gates = {**workshop.gates, self.gate.id: self.gate}
        if len(gates) > MAX_GATES:
            raise Refused(
                f"A workshop has at most {MAX_GATES} gates. Remove one first, or make the "
                "condition a criterion."
            )
        return changed(workshop, gates=gates)

    def words(self, before: Workshop) -> str:
        verb = "changed" if self.gate.id in before.gates else "added"
        return f"{verb} the gate “{self.gate.name}”"


class RemoveGate(Change):
    """Drop a gate; nobody fails it any more."""

    kind: Literal["remove_gate"] = "remove_gate"
    gate: Id

    @property
    def subject(self) -> str:
        return f"gate {self.gate}"

    def apply(self, workshop: Workshop) -> Workshop:
        held(workshop.gates, self.gate, "gate")
        failed = {
            customer: without(reasons, self.gate)
            for customer, reasons in workshop.failed_gates.items()
        }
        return changed(
            workshop,
            gates=without(workshop.gates, self.gate),
            failed_gates={customer: reasons for customer, reasons in failed.items() if reasons},
        )

    def words(self, before: Workshop) -> str:
        known = before.gates.get(self.gate)
        return f"removed the gate “{known.name if known else self.gate}”"


class JudgeGate(Change):
    """Say that a customer fails a gate (and why), or passes it after all."""

    kind: Literal["judge_gate"] = "judge_gate"
    customer: Id
    gate: Id
    fails: bool
    why: Text = ""

    @property
    def subject(self) -> str:
        return f"gate {self.gate} {self.customer}"

    def apply(self, workshop: Workshop) -> Workshop:
        held(workshop.customers, self.customer, "customer")
        held(workshop.gates, self.gate, "gate")
        reasons = without(workshop.failed_gates.get(self.customer, {}), self.gate)
        if self.fails:
            reasons[self.gate] = self.why
        failed = without(workshop.failed_gates, self.customer)
        if reasons:
            failed[self.customer] = reasons
        return changed(workshop, failed_gates=failed)

    def words(self, before: Workshop) -> str:
        customer = before.customers.get(self.customer)
        gate = before.gates.get(self.gate)
        verb = "fails" if self.fails else "passes"
        return (
            f"{customer.name if customer else self.customer} {verb} "
            f"“{gate.name if gate else self.gate}”"
        )


class ConfirmClass(Change):
    """Agree with the class that the rule gives a customer; a name and a reason are welcome."""

    kind: Literal["confirm_class"] = "confirm_class"
    customer: Id
    klass: Class
    by: Annotated[str, StringConstraints(max_length=200)] = ""
    reason: Annotated[str, StringConstraints(max_length=200)] = ""

    @property
    def subject(self) -> str:
        return f"override {self.customer}"

    def apply(self, workshop: Workshop) -> Workshop:
        known = held(workshop.customers, self.customer, "customer")
        if self.customer in workshop.overrides:
            raise Refused(
                f"The team has decided the class of {known.name} against the rule. Let the rule "
                "decide again before you confirm what it says."
            )
        confirmed = Confirmation(
            customer=self.customer, klass=self.klass, by=self.by, reason=self.reason
        )
        return changed(workshop, confirmed={**workshop.confirmed, self.customer: confirmed})

    def words(self, before: Workshop) -> str:
        known = before.customers.get(self.customer)
        by = f" by {self.by}" if self.by else ""
        return f"{known.name if known else self.customer}: {self.klass.label}, confirmed{by}"


class OverrideClass(Change):
    """Decide a customer's class against the rule, with a name and a reason.

    It stands in place of what the team confirmed before.
    """

    kind: Literal["override_class"] = "override_class"
    customer: Id
    klass: Class
    by: Name
    reason: Name

    @property
    def subject(self) -> str:
        return f"override {self.customer}"

    def apply(self, workshop: Workshop) -> Workshop:
        held(workshop.customers, self.customer, "customer")
        override = Override(
            customer=self.customer, klass=self.klass, by=self.by, reason=self.reason
        )
        return changed(
            workshop,
            overrides={**workshop.overrides, self.customer: override},
            confirmed=without(workshop.confirmed, self.customer),
        )

    def words(self, before: Workshop) -> str:
        known = before.customers.get(self.customer)
        return f"{known.name if known else self.customer}: {self.klass.label}, decided by {self.by}"


class WithdrawOverride(Change):
    """Let the rule decide a customer's class again."""

    kind: Literal["withdraw_override"] = "withdraw_override"
    customer: Id

    @property
    def subject(self) -> str:
        return f"override {self.customer}"

    def apply(self, workshop: Workshop) -> Workshop:
        held(workshop.overrides, self.customer, "override of")
        return changed(workshop, overrides=without(workshop.overrides, self.customer))

    def words(self, before: Workshop) -> str:
        known = before.customers.get(self.customer)
        return f"{known.name if known else self.customer}: the rule decides again"
