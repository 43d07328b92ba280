"""Where hours due and the room that Split keeps differ: told by class, and only where they do."""

import pytest

from kam.edits import BringIn, PutCriterion, SetCapacity, SetHoursPolicy, SetPoints
from kam.method.account_figures import AccountFigures
from kam.method.assessment import assess
from kam.method.hours_limits import at_odds
from kam.model import Capacity, Class, Economics, HoursPolicy
from kam.validated import changed
from tests.workshops import A, S, criterion, customer, made, scores

CAPACITY = Capacity(people=1, hours_per_person=800, hours_strategic=600, hours_core=400)
CORE = Class.KEY_CORE
NO_LIMITS = HoursPolicy()
SAID = Economics(hours=200, gain=100, gain_probability_pct=100)


def told(
    capacity: Capacity = CAPACITY, policy: HoursPolicy = NO_LIMITS, economics: Economics = SAID
) -> tuple[str, ...]:
    """What is told of two core accounts to which the same hours are due."""
    people = {key: changed(customer(key), economics=economics) for key in ("ash", "bay")}
    workshop = made(
        PutCriterion(criterion=criterion("a", A)),
        PutCriterion(criterion=criterion("s", S)),
        SetPoints(points={"a": 1, "s": 1}),
        BringIn(origin="a test", customers=people),
        scores(("a", "s"), {"ash": (6, 8), "bay": (6, 7)}),
        SetCapacity(capacity=capacity),
        SetHoursPolicy(policy=policy),
    )
    found = AccountFigures(assess(workshop))
    assert {one.klass for one in found.result.standings.values()} == {CORE}
    return at_odds(found)


def test_hours_due_that_are_as_many_as_there_is_room_for_need_no_word() -> None:
    assert told() == ()


@pytest.mark.parametrize(("needed", "count"), [(319, 1), (320, 0), (400, 0)])
def test_up_to_a_fifth_less_is_no_difference(needed: float, count: int) -> None:
    assert len(told(economics=changed(SAID, hours_needed=needed))) == count


@pytest.mark.parametrize(("hours", "count"), [(1_000, 0), (1_001, 1)])
def test_up_to_a_quarter_more_is_no_difference(hours: float, count: int) -> None:
    assert len(told(changed(CAPACITY, hours_per_person=hours))) == count


def test_far_fewer_hours_due_than_there_is_room_for_are_told() -> None:
    [words] = told(economics=changed(SAID, hours_needed=300))
    assert words == (
        "Key · core: Split keeps room for 400 hours a year for each account; by what can be won "
        "300 are due to each on average."
    )


@pytest.mark.parametrize(
    ("policy", "limit"),
    [
        (HoursPolicy(caps={CORE: 399}), "at most 399"),
        (HoursPolicy(floors={CORE: 401}, caps={CORE: 900}), "at least 401"),
    ],
)
def test_room_beyond_the_limits_of_the_class_is_told_with_what_to_do(
    policy: HoursPolicy, limit: str
) -> None:
    [words] = told(policy=policy)
    assert words == (
        "Key · core: Split keeps room for 400 hours a year for each account, and the limits here "
        f"say {limit}. Change one of the two."
    )


@pytest.mark.parametrize("policy", [HoursPolicy(caps={CORE: 400}), HoursPolicy(floors={CORE: 400})])
def test_room_at_a_limit_is_within_it(policy: HoursPolicy) -> None:
    assert told(policy=policy) == ()


def test_gains_that_nobody_knows_say_nothing_about_the_room() -> None:
    assert told(economics=Economics(hours=10)) == ()


def test_places_have_no_hours_to_compare() -> None:
    places = changed(CAPACITY, mode="places", places=2)
    assert told(places, HoursPolicy(caps={CORE: 100})) == ()
