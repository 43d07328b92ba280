"""Hours, gain and capital of a customer, and the hours of a class."""

import pytest

from kam.edits import SetHoursPolicy
from kam.errors import Refused
from kam.model import Class, HoursPolicy
from tests.workshops import after, full


@pytest.mark.parametrize(
    ("before", "after_", "words"),
    [
        (None, 80, "cost of an hour unknown → 80"),
        (80, None, "cost of an hour 80 → unknown"),
        (80, 80, "hours by class"),
    ],
)
def test_a_new_cost_of_an_hour_is_told(
    before: float | None, after_: float | None, words: str
) -> None:
    known = after(full(), SetHoursPolicy(policy=HoursPolicy(cost_per_hour=before)))
    edit = SetHoursPolicy(policy=HoursPolicy(cost_per_hour=after_))
    assert edit.words(known) == words
    assert after(known, edit).hours_policy.cost_per_hour == after_


def test_a_cap_below_its_floor_is_refused() -> None:
    policy = HoursPolicy(floors={Class.KEY_CORE: 50}, caps={Class.KEY_CORE: 40})
    with pytest.raises(Refused, match="fewer than the fewest"):
        SetHoursPolicy(policy=policy).apply(full())
