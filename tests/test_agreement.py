"""How far the team agrees on its criteria, and weights that no unanimous member would miss."""

import math
from itertools import combinations

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from kam.errors import Refused
from kam.method.agreement import (
    OrderAgreement,
    argument,
    concordance,
    group_weights,
    order_agreement,
    spreads,
)
from kam.method.ahp import matrix_of, priorities
from kam.method.best_worst import Comparisons, best_worst
from kam.method.ranks import rank_order_centroid
from kam.method.weights import group, points_of_100, swing

LEFT_OUT = math.nan
Ballots = list[list[float]]


def teams(points: st.SearchStrategy[float], criteria: int = 2) -> st.SearchStrategy[Ballots]:
    """Up to seven ballots over up to eight criteria."""
    return st.integers(criteria, 8).flatmap(
        lambda size: st.lists(
            st.lists(points, min_size=size, max_size=size), min_size=1, max_size=7
        )
    )


WHOLE = teams(st.integers(1, 100).map(float))
HOLES = teams(st.one_of(st.integers(0, 100).map(float), st.just(LEFT_OUT))).filter(
    lambda ballots: (
        all(np.nansum(ballot) > 0 for ballot in ballots) and not np.isnan(ballots).all(axis=0).any()
    )
)
ORDERS = st.integers(3, 7).flatmap(
    lambda size: st.lists(st.permutations(range(size)), min_size=2, max_size=6)
)


def spearman(one: list[int], other: list[int]) -> float:
    """By the sum of squared differences: for orders without ties."""
    size = len(one)
    squares = sum((a - b) ** 2 for a, b in zip(one, other, strict=True))
    return 1 - 6 * squares / (size**3 - size)


# --- the group's weights --------------------------------------------------------------------------


@given(WHOLE)
def test_of_whole_ballots_it_is_the_mean_of_the_members_weights(ballots: Ballots) -> None:
    assert group_weights(ballots) == pytest.approx(group(ballots))


@given(HOLES)
def test_weights_of_the_group_add_to_1(ballots: Ballots) -> None:
    assert group_weights(ballots).sum() == pytest.approx(1)
    assert (group_weights(ballots) >= 0).all()


@given(HOLES, st.floats(0.01, 100))
def test_every_ballot_has_equal_say_whatever_its_scale(ballots: Ballots, factor: float) -> None:
    louder = [[factor * points for points in ballots[0]], *ballots[1:]]
    assert group_weights(louder) == pytest.approx(group_weights(ballots))


@given(HOLES, st.data())
def test_neither_order_of_members_nor_of_criteria_changes_the_weights(
    ballots: Ballots, data: st.DataObject
) -> None:
    members = data.draw(st.permutations(range(len(ballots))))
    columns = data.draw(st.permutations(range(len(ballots[0]))))
    moved = [[ballots[member][column] for column in columns] for member in members]
    assert group_weights(moved) == pytest.approx(group_weights(ballots)[columns])


@given(HOLES, st.data())
def test_what_all_put_first_comes_first_even_where_some_left_criteria_out(
    ballots: Ballots, data: st.DataObject
) -> None:
    first = data.draw(st.integers(0, len(ballots[0]) - 1))
    agreed = [
        [*ballot[:first], max(np.nanmax(ballot), 1), *ballot[first + 1 :]] for ballot in ballots
    ]
    weights = group_weights(agreed)
    others = np.delete(weights, first)
    assert weights[first] >= others.max() - 1e-12
    if weights[first] > others.max() + 1e-9:
        points = points_of_100(list(weights))
        assert points[first] == max(points)


def test_what_was_left_out_does_not_count_as_zero() -> None:
    left_out, zero = group_weights([[60, 40], [60, LEFT_OUT]]), group_weights([[60, 40], [60, 0]])
    assert left_out == pytest.approx([0.6, 0.4])
    assert zero == pytest.approx([0.8, 0.2])


def test_whichever_way_members_take_what_all_put_first_comes_first() -> None:
    """One by order, one in pairs, one from best and worst, one by swings."""
    ballots = [
        rank_order_centroid([2, 1, 3]),
        priorities(matrix_of([1 / 2, 3, 4])),
        best_worst(Comparisons.compared(1, 2, [2, 1, 8], [5, 8, 1])).weights,
        swing([90, 100, 95]),
    ]
    weights = group_weights([list(ballot) for ballot in ballots])
    assert np.argmax(weights) == 1
    assert weights.sum() == pytest.approx(1)


@pytest.mark.parametrize(
    ("ballots", "told"),
    [
        ([], "nobody has voted. Ask for at least one"),
        ([[]], "nobody has voted"),
        ([[1, 2], [1, 2, 3]], "ballots over 2 and 3 criteria"),
        ([[1, 2], [3, -1]], "Ballot 2, criterion 2: we found -1 points"),
        ([[1, math.inf]], "Ballot 1, criterion 2: we found inf points"),
        ([[1, 2], [0, 0]], "Ballot 2 gives no points"),
        ([[1, 2], [LEFT_OUT, LEFT_OUT]], "Ballot 2 gives no points"),
        ([[1, LEFT_OUT], [3, LEFT_OUT]], "Nobody has judged criterion 2"),
    ],
)
def test_ballots_that_cannot_be_counted_are_refused_with_their_place(
    ballots: Ballots, told: str
) -> None:
    with pytest.raises(Refused, match=told):
        group_weights(ballots)


# --- on the order ---------------------------------------------------------------------------------


@given(ORDERS)
def test_without_ties_it_is_the_mean_of_spearmans_correlation_over_all_pairs(
    orders: list[list[int]],
) -> None:
    pairs = [spearman(one, other) for one, other in combinations(orders, 2)]
    ballots = [[float(place) for place in order] for order in orders]
    found = order_agreement(ballots)
    assert found.correlation == pytest.approx(sum(pairs) / len(pairs))


@given(ORDERS)
def test_of_two_members_concordance_is_half_of_the_correlation_plus_1(
    orders: list[list[int]],
) -> None:
    assert concordance(orders[:2]) == pytest.approx((spearman(*orders[:2]) + 1) / 2)


@given(teams(st.integers(0, 4).map(float), criteria=3))
def test_it_never_leaves_its_range_whatever_ties(ballots: Ballots) -> None:
    found = order_agreement(ballots)
    differ = sum(len(set(ballot)) > 1 for ballot in ballots)
    assert found.ballots == differ
    assert (found.correlation is None) == (differ < 2)
    if found.correlation is not None and found.concordance is not None:
        assert -1 / (differ - 1) - 1e-9 <= found.correlation <= 1 + 1e-9
        assert -1e-9 <= found.concordance <= 1 + 1e-9


@given(teams(st.integers(0, 100).map(float), criteria=3), st.data())
def test_only_the_order_of_points_counts(ballots: Ballots, data: st.DataObject) -> None:
    columns = data.draw(st.permutations(range(len(ballots[0]))))
    bent = [[(ballot[column] / 10) ** 3 for column in columns] for ballot in ballots]
    ours, theirs = order_agreement(ballots).correlation, order_agreement(bent).correlation
    assert ours == pytest.approx(theirs)


def test_members_who_all_agree_have_1_even_with_ties() -> None:
    found = order_agreement([[50, 30, 30, 10], [100, 20, 20, 0]])
    assert (found.correlation, found.concordance) == pytest.approx((1, 1))


def test_random_members_agree_by_0_while_concordance_says_a_third() -> None:
    """Why the mean correlation is shown: three random members have W = 1/3."""
    random = np.random.default_rng(3)
    found = [order_agreement(random.random((3, 8)).tolist()) for _ in range(400)]
    assert np.mean([one.correlation or 0 for one in found]) == pytest.approx(0, abs=0.03)
    assert np.mean([one.concordance or 0 for one in found]) == pytest.approx(1 / 3, abs=0.02)


def test_who_puts_all_level_says_no_order_and_is_left_out() -> None:
    with_one = order_agreement([[3, 2, 1], [3, 1, 2], [5, 5, 5]])
    without = order_agreement([[3, 2, 1], [3, 1, 2]])
    assert with_one == without
    assert with_one.ballots == 2


def test_criteria_that_a_member_did_not_judge_are_left_out() -> None:
    found = order_agreement([[4, 3, 2, 1], [4, LEFT_OUT, 1, 2]])
    assert found.criteria == 3
    assert found.correlation == pytest.approx(0.5)


@pytest.mark.parametrize(
    "ballots",
    [[], [[3, 2, 1]], [[3, 2], [2, 3]], [[5, 5, 5], [1, 2, 3]], [[1, 2, LEFT_OUT], [3, 2, 1]]],
    ids=["no ballot", "one", "two criteria", "one that differs", "two judged by all"],
)
def test_where_it_cannot_be_told_it_says_what_it_takes(ballots: Ballots) -> None:
    found = order_agreement(ballots)
    assert (found.correlation, found.concordance) == (None, None)
    assert "cannot be told" in found.words
    assert "takes 2 that put something first, and 3 criteria" in found.words


@pytest.mark.parametrize(
    ("correlation", "words"),
    [
        (-0.3, "You do not agree on what matters."),
        (0.19, "You do not agree on what matters."),
        (0.2, "You agree weakly on what matters."),
        (0.4, "You agree moderately on what matters."),
        (0.6, "You agree strongly on what matters."),
        (0.8, "You agree strongly on what matters."),
        (0.81, "You agree very strongly on what matters."),
    ],
)
def test_the_degree_has_its_words(correlation: float, words: str) -> None:
    assert OrderAgreement(correlation, 0.5, 3, 5).words == words


# --- on amounts -----------------------------------------------------------------------------------


def test_spread_of_three_votes_by_hand() -> None:
    growth, margin = spreads([[30, 70], [40, 60], [80, 20]])
    assert (growth.votes, growth.low, growth.high) == pytest.approx((3, 30, 80))
    assert growth.mean == pytest.approx(50)
    assert growth.middle == pytest.approx((35, 60))
    assert growth.deviation == pytest.approx(math.sqrt((400 + 100 + 900) / 2))
    assert growth.variation == pytest.approx(math.sqrt(700) / 50)
    assert margin.deviation == pytest.approx(growth.deviation)


def test_wide_votes_are_to_be_talked_about_and_narrow_ones_are_not() -> None:
    wide, _, narrow = spreads([[27, 13, 60], [5, 35, 60]])
    assert wide.words == "Talk about this: votes from 5 to 27"
    assert narrow.words == "votes from 60 to 60"


@pytest.mark.parametrize(("high", "talk"), [(34.9, False), (35, True)])
def test_fifteen_points_from_end_to_end_are_wide(*, high: float, talk: bool) -> None:
    """Four in the middle keep the deviation below 8 points."""
    votes: Ballots = [[20, 80], *[[27.0, 73.0]] * 4, [high, 100 - high]]
    [first, _] = spreads(votes)
    assert (first.deviation or 9) < 8
    assert first.talk is talk


def test_two_votes_twelve_points_apart_deviate_by_more_than_8() -> None:
    [first, _] = spreads([[20, 80], [32, 68]])
    assert first.high - first.low < 15
    assert first.talk


def test_one_vote_has_no_deviation_and_is_nothing_to_talk_about() -> None:
    [first, _] = spreads([[20, 80]])
    assert (first.deviation, first.variation, first.talk) == (None, None, False)


def test_of_a_small_mean_no_variation_is_told() -> None:
    small, large = spreads([[1, 99], [7, 93]])
    assert small.variation is None
    assert large.variation == pytest.approx((large.deviation or 0) / 96)


def test_the_spread_is_of_those_who_judged() -> None:
    """The one who left it out would have got half of his first."""
    _, second, _ = spreads([[50, 50, 0], [100, 0, 0], [100, LEFT_OUT, 0]])
    assert (second.votes, second.low, second.high) == pytest.approx((2, 0, 50))
    assert second.mean == pytest.approx(25)


@given(HOLES)
def test_the_middle_half_and_the_mean_lie_within_the_votes(ballots: Ballots) -> None:
    for spread in spreads(ballots):
        low, high = spread.low - 1e-9, spread.high + 1e-9
        assert low <= spread.middle[0] <= spread.middle[1] <= high
        assert low <= spread.mean <= high
        assert -1e-9 <= low + 1e-9 <= 100 + 1e-9


@given(WHOLE)
def test_of_a_team_that_votes_alike_nothing_is_to_be_talked_about(ballots: Ballots) -> None:
    assume(len(ballots) > 1)
    alike = spreads([ballots[0]] * len(ballots))
    assert not any(spread.talk for spread in alike)
    assert argument(alike, [str(n) for n in range(len(alike))]) == ""


def test_the_argument_is_about_the_widest_votes() -> None:
    found = spreads([[5, 45, 50], [30, 30, 40]])
    assert argument(found, ["growth", "margin", "fit"]) == (
        "The argument is about growth (5 to 30 points)."
    )
