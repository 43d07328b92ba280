"""Edits of what customers take and could bring, and of how hours follow potential."""

from typing import Literal

from kam.edits.edit import Change, held
from kam.errors import Refused
from kam.model import Economics, HoursPolicy, Id, Workshop
from kam.validated import changed


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
        old, new = before.hours_policy, self.policy
        if old.hurdle_pct != new.hurdle_pct:
            return f"hurdle {old.hurdle_pct:g} → {new.hurdle_pct:g} %"
        if old.cost_per_hour != new.cost_per_hour:
            return f"cost of an hour {_cost(old)} → {_cost(new)}"
        return "hours by class"


def _cost(policy: HoursPolicy) -> str:
    """What an hour costs, in words."""
    return "unknown" if policy.cost_per_hour is None else f"{policy.cost_per_hour:g}"
