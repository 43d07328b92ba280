"""Forecasts and kept scenarios leave the workshop's result where it is."""

import pytest

from kam.edits import Forecast, KeepScenario
from kam.errors import Refused
from kam.method.assessment import assess
from kam.model import MAX_SCENARIOS, Scenario
from tests.workshops import after, full


def test_a_forecast_is_no_score() -> None:
    before = full()
    ahead = after(before, Forecast(criterion="a", customer="ash", level=10))
    assert assess(ahead).standings["ash"] == assess(before).standings["ash"]


def test_a_forecast_taken_back_leaves_nothing_behind() -> None:
    assert after(full(), Forecast(criterion="a", customer="bay", level=None)).forecasts == {}


def test_a_kept_scenario_replaces_the_one_of_its_id() -> None:
    kept = after(full(), KeepScenario(scenario=Scenario(id="lean", name="Leaner")))
    assert [one.name for one in kept.scenarios.values()] == ["Leaner"]


def test_one_scenario_too_many_is_refused() -> None:
    workshop = full()
    for number in range(MAX_SCENARIOS - 1):
        workshop = after(workshop, KeepScenario(scenario=Scenario(id=f"s{number}", name="S")))
    with pytest.raises(Refused, match="at most 12 scenarios"):
        KeepScenario(scenario=Scenario(id="more", name="More")).apply(workshop)
