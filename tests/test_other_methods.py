"""What other methods and the order alone would choose, as sentences and tables."""

from dataclasses import replace

import numpy as np
import pytest

from kam.edits import CastBallot, MoveLine, PutMember, SetPoints
from kam.method.assessment import assess
from kam.method.same_order import Slope, same_orders
from kam.method.second_opinion import Opinion, Way, second_opinions
from kam.model import Ballot, Member, WeighingWay, Workshop
from kam.report import other_methods
from tests.test_second_opinion import TWO, two_criteria
from tests.workshops import after, by_hand, placed


def opinions(ours: tuple[str, ...], *theirs: tuple[str, ...]) -> list[Opinion]:
    """One opinion a way, with these key accounts."""
    flat = np.zeros(3)
    pairs = zip(Way, theirs, strict=True)
    return [Opinion(way, flat, flat, ours, other, ()) for way, other in pairs]


ASH, BAY = ("ash",), ("bay",)
BOTH = ("ash", "bay")


@pytest.mark.parametrize(
    ("ours", "theirs", "told"),
    [
        (BOTH, (BOTH, BOTH[::-1], BOTH), "Three other methods choose the same 2 key accounts"),
        (ASH, (ASH, ASH, ASH), "Three other methods choose the same key account"),
        (ASH, (ASH, BAY, ASH), "1 of 3 other methods would choose other key accounts"),
        (BOTH, (ASH, BAY, ASH), "All 3 other methods would choose other key accounts"),
        ((), ((), (), ()), "Three other methods find no key account either"),
        ((), ((), ASH, ()), "1 of 3 other methods would choose other key accounts"),
    ],
)
def test_the_title_says_whether_other_methods_choose_the_same(
    ours: tuple[str, ...], theirs: tuple[tuple[str, ...], ...], told: str
) -> None:
    assert other_methods.methods_message(opinions(ours, *theirs)) == told


def test_the_result_that_counts_is_named_in_a_sentence() -> None:
    assert other_methods.RESULT.startswith("The weighted sum stays the result")


def test_a_customer_that_differs_shows_both_levels_of_both_axes() -> None:
    result = assess(two_criteria(TWO))
    opinion = second_opinions(result)[Way.TOPSIS]
    [light] = [one for one in opinion.differences if one.customer == "light"]
    told = other_methods.levels_words(result, opinion, light)
    assert told == "Attractiveness 5.4 → 4.9, strength 8.0 → 8.0"


def test_the_table_of_levels_begins_with_those_who_change_class() -> None:
    result = assess(two_criteria(TWO))
    frame = other_methods.levels(result, second_opinions(result)[Way.TOPSIS])
    assert list(frame.columns) == other_methods.LEVELS
    assert list(frame["Customer"]) == ["Light", "Heavy", "Even"]
    assert list(frame["Class now"]) == ["Key · core", "Low priority", "Key · core"]
    assert list(frame["Class otherwise"]) == ["Low priority", "Key · core", "Key · core"]
    assert frame["Attractiveness now"].tolist() == pytest.approx([5.4, 4.6, 6.0])
    assert frame["Attractiveness otherwise"].round(1).tolist() == [4.9, 5.1, 6.0]


def test_customers_without_a_place_are_not_in_the_table() -> None:
    result = assess(placed({"ash": (8.0, 6.0), "bay": (5.0, 5.0), "cob": (None, 9.0)}))
    frame = other_methods.levels(result, second_opinions(result)[Way.USUAL])
    assert sorted(frame["Customer"]) == ["Ash", "Bay"]
    assert not frame.isna().any(axis=None)


# --- weights --------------------------------------------------------------------------------------


def test_the_order_table_has_the_points_of_the_hand_worked_order() -> None:
    result = assess(by_hand())
    frame = other_methods.order_weights(result, same_orders(result))
    assert list(frame["Criterion"]) == ["Criterion a", "Criterion s", "Criterion b"]
    assert list(frame["Place"]) == [1, 2, 3]
    assert list(frame["Points now"]) == [50, 33, 17]
    assert list(frame["In steep steps"]) == [61, 28, 11]
    assert list(frame["In even steps"]) == [50, 33, 17]


def test_points_of_the_order_add_to_100_where_a_criterion_weighs_nothing() -> None:
    result = assess(after(by_hand(), SetPoints(points={"a": 30, "b": 0, "s": 20})))
    frame = other_methods.order_weights(result, same_orders(result))
    numbers = frame.drop(columns=["Criterion", "Place"])
    assert numbers.sum().tolist() == [100, 100, 100]
    assert len(frame) == 2


def test_the_same_key_accounts_by_the_order_are_told_with_their_number() -> None:
    result = assess(by_hand())
    assert len(result.workshop.customers) == 3
    orders = same_orders(result)
    steep = orders[Slope.STEEP]
    assert set(steep.theirs) == set(steep.ours) == {"ash"}
    assert other_methods.orders_message(orders) == (
        "The order of the criteria alone chooses the same key account"
    )


def told_of(steep: tuple[str, ...], even: tuple[str, ...]) -> str:
    """The message where Ash is key now, and these by the order alone."""
    orders = same_orders(assess(by_hand()))
    theirs = {Slope.STEEP: steep, Slope.EVEN: even}
    return other_methods.orders_message(
        {slope: replace(one, ours=ASH, theirs=theirs[slope]) for slope, one in orders.items()}
    )


def test_the_slope_that_chooses_others_is_named_unless_both_do() -> None:
    other = "would choose other key accounts"
    assert told_of(BOTH, ASH) == f"In steep steps, the order alone {other}"
    assert told_of(ASH, BAY) == f"In even steps, the order alone {other}"
    assert told_of((), BAY) == f"The order of the criteria alone {other}"


def test_nobody_key_by_the_order_either_is_told() -> None:
    orders = same_orders(assess(after(by_hand(), MoveLine(line="strength", value=9.5))))
    told = other_methods.orders_message(orders)
    assert told == "The order of the criteria alone finds no key account either"


# --- how members were asked -----------------------------------------------------------------------


def voted(*ways: WeighingWay, members: int = 4) -> Workshop:
    """The workshop worked out by hand, with a ballot a way."""
    people = [PutMember(member=Member(id=f"m{n}", name=f"Member {n}")) for n in range(members)]
    cast = [
        CastBallot(ballot=Ballot(member=f"m{n}", swings={"a": 100, "s": 50}, way=way))
        for n, way in enumerate(ways)
    ]
    return after(by_hand(), *people, *cast)


def test_the_ways_of_voting_are_counted_and_nobody_is_named() -> None:
    told = other_methods.ways_words(voted("swing", "order", "swing", "best_worst"))
    assert told == (
        "4 of 4 gave their weights: 2 by points for the way from worst to best, 1 by an order and "
        "1 by comparing with the first and the last."
    )
    assert "Member" not in told


def test_one_way_for_all_is_told_once() -> None:
    told = other_methods.ways_words(voted("pairs", "pairs", "pairs"))
    assert told == "3 of 4 gave their weights, all by comparing two at a time."


def test_the_ways_of_fewer_than_three_are_not_told() -> None:
    told = other_methods.ways_words(voted("order", "points"))
    assert told == "2 of 4 have voted; in which way is told once 3 have."


def test_without_a_vote_the_points_are_the_teams_or_all_alike() -> None:
    given = "Nobody has voted on the weights: the team gave the points."
    alike = "Nobody has voted on the weights: all count the same."
    assert other_methods.ways_words(by_hand()) == given
    assert other_methods.ways_words(placed({"ash": (8.0, 6.0)})) == alike
