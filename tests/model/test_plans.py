"""What a plan, a question and the hours by class can hold."""

import pytest
from pydantic import ValidationError

from kam.model import CapacityBasis, Economics, HoursPolicy, Plan, Question, Relationships, Workshop
from tests.workshops import TODAY


def test_a_milestone_is_open_until_it_is_said_to_be_met_or_missed() -> None:
    plan = Plan.model_validate({"customer": "c", "template": "N1", "actions": [{"text": "Call"}]})
    assert plan.actions[0].done is None


def test_how_a_plan_ended_needs_a_name() -> None:
    with pytest.raises(ValidationError, match="by"):
        Plan.model_validate(
            {"customer": "c", "template": "L3", "outcome": {"what": "exited", "on": TODAY}}
        )


def test_nothing_is_known_of_what_a_customer_takes_until_told() -> None:
    assert set(Economics().model_dump().values()) == {None}


@pytest.mark.parametrize("hurdle", [-1, 101])
def test_a_hurdle_is_a_share(hurdle: float) -> None:
    with pytest.raises(ValidationError, match="hurdle_pct"):
        HoursPolicy(hurdle_pct=hurdle)


def test_a_question_about_nobody_is_refused() -> None:
    asked = {"q": Question(id="q", customer="ghost", text="Why?").model_dump()}
    with pytest.raises(ValidationError, match="questions name the unknown customer 'ghost'"):
        Workshop.model_validate({"id": "w", "name": "W", "questions": asked})


def test_relationships_add_up_over_the_year() -> None:
    assert Relationships(people=4, hours_a_month=5).hours == 240
    one = Relationships(people=1, hours_a_month=1)
    assert (
        CapacityBasis(people=2, share_of_time_pct=50, strategic=one, core=one).hours_a_year == 1600
    )
