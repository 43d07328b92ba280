"""The order of the criteria alone: weights worked out by hand, and what they would choose."""

import pytest
from hypothesis import given

from kam.edits import ChooseLongList, OverrideClass, SetPoints
from kam.method.assessment import assess
from kam.method.same_order import Slope, places, same_orders
from kam.model import Class, LongList, Workshop
from tests.workshops import after, by_hand, made, scores, workshops

# by_hand has 30, 10 and 20 points on a, b and s: places 1, 3 and 2.
#   steep   11/18 2/18 5/18 (centroid of three): A of Bay (6, 2) = (11 x 6 + 2 x 2) / 13 = 5.4
#   even    3/6 1/6 2/6: a to b 3 : 1 as now: A of Bay 5.0
CENTROID = {"a": 11 / 18, "b": 2 / 18, "s": 5 / 18}
RANK_SUM = {"a": 3 / 6, "b": 1 / 6, "s": 2 / 6}


def tipped(slope_points: dict[str, float]) -> Workshop:
    """The workshop worked out by hand with Bay strong, so that attractiveness alone decides."""
    lifted = scores(("a", "b", "s"), {"bay": (5.4, 3.6, 8.0)})
    return after(by_hand(), lifted, SetPoints(points=slope_points))


def test_the_heaviest_criterion_has_the_first_place() -> None:
    assert places(assess(by_hand())) == {"a": 1.0, "b": 3.0, "s": 2.0}


def test_criteria_with_the_same_points_share_a_place() -> None:
    result = assess(after(by_hand(), SetPoints(points={"a": 20, "b": 20, "s": 30})))
    assert places(result) == {"a": 2.5, "b": 2.5, "s": 1.0}


def test_steep_steps_are_the_centroid_and_even_steps_the_rank_sum() -> None:
    orders = same_orders(assess(by_hand()))
    assert orders[Slope.STEEP].weights == pytest.approx(CENTROID)
    assert orders[Slope.EVEN].weights == pytest.approx(RANK_SUM)


def test_the_whole_rule_runs_on_the_weights_of_the_order() -> None:
    steep = same_orders(assess(by_hand()))[Slope.STEEP]
    row = steep.result.row["bay"]
    assert steep.result.attractiveness.estimate[row] == pytest.approx((11 * 6 + 2 * 2) / 13)


def test_who_is_key_by_the_order_alone_is_named() -> None:
    """a and b weigh nearly alike: A of Bay is 4.5 now, (11 x 5.4 + 2 x 3.6) / 13 = 5.1 steeply."""
    result = assess(tipped({"a": 20, "b": 19, "s": 19.5}))
    steep = same_orders(result)[Slope.STEEP]
    assert ("bay" in steep.ours, "bay" in steep.theirs) == (False, True)
    [moved] = [one for one in steep.turned if one.customer == "bay"]
    assert (moved.before, moved.after) == (Class.LOW_PRIORITY, Class.KEY_CORE)
    told = steep.words({key: key.capitalize() for key in result.valued.customers})
    assert told.endswith("Key as well: Bay.")
    assert "the first counts 5.5 times as much as the last" in told  # 11/18 against 2/18


def test_even_steps_say_how_flat_they_are() -> None:
    even = same_orders(assess(by_hand()))[Slope.EVEN]
    assert "fall in even steps, so that the first counts 3 times as much as the last" in even.about


def test_a_criterion_without_weight_has_no_place_and_gets_none() -> None:
    result = assess(after(by_hand(), SetPoints(points={"a": 30, "b": 0, "s": 20})))
    orders = same_orders(result)
    assert places(result) == {"a": 1.0, "s": 2.0}
    assert set(orders[Slope.STEEP].weights) == {"a", "s"}
    assert orders[Slope.STEEP].result.weights["b"] == 0


def test_while_nothing_counts_there_is_no_order() -> None:
    assert same_orders(assess(made())) == {}
    nothing = SetPoints(points={"a": 0, "b": 0, "s": 0})
    assert same_orders(assess(after(by_hand(), nothing))) == {}


def test_what_the_team_decided_stands_by_the_order_too() -> None:
    decided = OverrideClass(customer="ash", klass=Class.LOW_PRIORITY, by="Ines", reason="It leaves")
    orders = same_orders(assess(after(by_hand(), decided)))
    assert all("ash" not in one.theirs for one in orders.values())


def test_only_the_long_list_is_told_of() -> None:
    workshop = tipped({"a": 20, "b": 19, "s": 19.5})
    listed = ChooseLongList(long_list=LongList(customers=("ash", "cob"), rule="by hand"))
    orders = same_orders(assess(after(workshop, listed)))
    assert all(one.customer != "bay" for order in orders.values() for one in order.turned)


@given(workshops())
def test_the_order_of_the_weights_is_kept_and_they_add_to_1(workshop: Workshop) -> None:
    result = assess(workshop)
    for one in same_orders(result).values():
        assert sum(one.weights.values()) == pytest.approx(1)
        for first, weight in one.weights.items():
            for second, other in one.weights.items():
                if result.weights[first] > result.weights[second] + 1e-9:
                    assert weight > other


@given(workshops())
def test_nobody_turns_where_the_class_is_the_same(workshop: Workshop) -> None:
    for one in same_orders(assess(workshop)).values():
        assert all(move.before is not move.after for move in one.turned)
        keys = {move.customer for move in one.turned if move.enters_or_leaves}
        assert keys == set(one.ours) ^ set(one.theirs)
