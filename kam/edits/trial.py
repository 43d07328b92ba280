"""Edits of what might be: forecasts, and what-ifs that are kept."""

from typing import Literal

from kam.edits.edit import Change, held, plain, without
from kam.errors import Refused
from kam.model import MAX_SCENARIOS, Id, Scenario, Workshop
from kam.validated import changed


class Forecast(Change):
    """Say where a customer will stand on a criterion in three years; `None` is as today."""

    kind: Literal["forecast"] = "forecast"
    criterion: Id
    customer: Id
    level: float | None

    @property
    def subject(self) -> str:
        return f"forecast {self.criterion} {self.customer}"

    def apply(self, workshop: Workshop) -> Workshop:
        held(workshop.criteria, self.criterion, "criterion")
        held(workshop.customers, self.customer, "customer")
        of = without(workshop.forecasts.get(self.criterion, {}), self.customer)
        if self.level is not None:
            of[self.customer] = self.level
        others = without(workshop.forecasts, self.criterion)
        return changed(workshop, forecasts={**others, self.criterion: of} if of else others)

    def words(self, before: Workshop) -> str:
        criterion, customer = (
            before.criteria.get(self.criterion),
            before.customers.get(self.customer),
        )
        level = "as today" if self.level is None else plain(self.level)
        return (
            f"{customer.name if customer else self.customer} in three years: "
            f"{criterion.name if criterion else self.criterion} {level}"
        )


class KeepScenario(Change):
    """Keep a what-if under its name; the workshop itself does not move."""

    kind: Literal["keep_scenario"] = "keep_scenario"
    scenario: Scenario

    @property
    def subject(self) -> str:
        return f"scenario {self.scenario.id}"

    def apply(self, workshop: Workshop) -> Workshop:
        scenarios = {**workshop.scenarios, self.scenario.id: self.scenario}
        if len(scenarios) > MAX_SCENARIOS:
            raise Refused(
                f"A workshop keeps at most {MAX_SCENARIOS} scenarios. Drop one that you no longer "
                "need."
            )
        return changed(workshop, scenarios=scenarios)

    def words(self, before: Workshop) -> str:  # noqa: ARG002
        return f"kept the scenario “{self.scenario.name}”"


class DropScenario(Change):
    """Drop a kept what-if."""

    kind: Literal["drop_scenario"] = "drop_scenario"
    scenario: Id

    @property
    def subject(self) -> str:
        return f"scenario {self.scenario}"

    def apply(self, workshop: Workshop) -> Workshop:
        held(workshop.scenarios, self.scenario, "scenario")
        return changed(workshop, scenarios=without(workshop.scenarios, self.scenario))

    def words(self, before: Workshop) -> str:
        known = before.scenarios.get(self.scenario)
        return f"dropped the scenario “{known.name if known else self.scenario}”"
