"""Key accounts below the hurdle at two reviews in a row are talked about, and nobody else."""

import pytest

from kam.edits import SetHoursPolicy
from kam.method.assessment import Assessment, assess
from kam.method.tier_down import TierDown, tier_down
from kam.model import Economics
from kam.validated import changed
from tests.test_account_figures import PLANNED, POLICY, three
from tests.workshops import after

LOW = changed(PLANNED, gain=20)  # 10 % on 200, of which 20 % are needed
NOTHING = changed(PLANNED, gain=-5)
FREES = changed(PLANNED, gain=5, added_capital=-100, one_off=0)


def at(economics: Economics, hurdle: float = 20) -> Assessment:
    """A review at which ash, a key account, has these prospects."""
    policy = changed(POLICY, hurdle_pct=hurdle)
    return assess(after(three(ash=economics), SetHoursPolicy(policy=policy)))


def test_twice_below_the_hurdle_is_talked_about_with_both_reviews() -> None:
    [found] = tier_down([at(PLANNED), at(LOW, 12.5), at(LOW)])
    name = three().customers["ash"].name
    assert found == TierDown("ash", name, rates=(0.1, 0.1), hurdles=(0.125, 0.2))
    assert found.words == (
        f"More business with {name} earns 10.0 % on what it ties up (20 % needed), and earns "
        "10.0 % on what it ties up (12.5 % needed) at the review before: talk about a lower class."
    )


def test_what_earns_nothing_more_is_below_any_hurdle() -> None:
    [found] = tier_down([at(NOTHING), at(LOW)])
    assert "and earns nothing on what it ties up (20 % needed) at the review" in found.words


@pytest.mark.parametrize(
    "reviews",
    [
        [],
        [at(LOW)],
        [at(LOW), at(PLANNED)],
        [at(PLANNED), at(LOW)],
        [at(LOW), at(LOW), at(PLANNED)],
        [at(LOW), at(Economics())],
        [at(Economics()), at(LOW)],
        [at(FREES), at(LOW)],
        [at(LOW, hurdle=5), at(LOW)],
    ],
)
def test_once_below_or_unknown_is_no_reason(reviews: list[Assessment]) -> None:
    assert tier_down(reviews) == ()


def test_who_is_not_key_now_is_not_talked_about() -> None:
    bay = [assess(three(bay=LOW)), assess(three(bay=LOW))]
    assert tier_down(bay) == ()


def test_who_was_not_there_at_the_review_before_is_not_talked_about() -> None:
    before = three()
    gone = changed(before, customers={}, scores={})
    assert tier_down([assess(gone), at(LOW)]) == ()
