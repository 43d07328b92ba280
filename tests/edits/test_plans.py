"""A deadline moves once, by name and for a reason; questions and hours hang together."""

from datetime import date, timedelta

import pytest

from kam.edits import (
    ExtendPlan,
    PutQuestions,
    RemoveCustomers,
    SavePlans,
    SetHoursPolicy,
)
from kam.edits.plans import LONGEST
from kam.errors import Refused
from kam.model import Class, HoursPolicy, Plan, Question
from tests.workshops import TODAY, after, full


def _extend(until: date) -> ExtendPlan:
    return ExtendPlan(customer="bay", until=until, by="Ines", reason="A new buyer")


def test_a_deadline_is_not_moved_a_second_time() -> None:
    once = after(full(), _extend(TODAY + timedelta(days=30)))
    with pytest.raises(Refused, match="moved before, by Ines"):
        _extend(TODAY + timedelta(days=60)).apply(once)


@pytest.mark.parametrize("until", [TODAY, TODAY - timedelta(days=1), TODAY + LONGEST * 2])
def test_a_deadline_moves_ahead_and_by_eighteen_months_at_most(until: date) -> None:
    with pytest.raises(Refused, match="at most 18 months later"):
        _extend(until).apply(full())


def test_a_plan_without_a_deadline_has_none_to_move() -> None:
    bare = after(full(), SavePlans(plans={"bay": Plan(customer="bay", template="L2")}))
    with pytest.raises(Refused, match="no deadline to move"):
        _extend(TODAY).apply(bare)


def test_the_longest_way_is_eighteen_months_even_over_a_leap_day() -> None:
    assert date(2027, 9, 1) + LONGEST == date(2029, 3, 2)


def test_questions_go_with_their_customer() -> None:
    asked = after(
        full(), PutQuestions(questions=(Question(id="q2", customer="ash", text="Why us?"),))
    )
    assert list(after(asked, RemoveCustomers(customers=("bay",))).questions) == ["q2"]


def test_a_cap_below_its_floor_is_refused() -> None:
    policy = HoursPolicy(floors={Class.KEY_CORE: 50}, caps={Class.KEY_CORE: 40})
    with pytest.raises(Refused, match="fewer than the fewest"):
        SetHoursPolicy(policy=policy).apply(full())
