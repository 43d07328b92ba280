"""An order of the criteria becomes weights that keep it."""

from collections.abc import Callable, Sequence
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kam.errors import Refused
from kam.method.ranks import (
    first_to_last,
    mean_places,
    rank_order_centroid,
    rank_reciprocal,
    rank_sum,
)
from kam.method.values import Floats

Way = Callable[[Sequence[float]], Floats]

WAYS: tuple[Way, ...] = (rank_order_centroid, rank_sum, rank_reciprocal)
PLACES = st.lists(st.integers(1, 9), min_size=1, max_size=9)
POINTS = st.lists(st.integers(0, 100), min_size=1, max_size=9)

every_way = pytest.mark.parametrize("way", WAYS, ids=["centroid", "sum", "reciprocal"])


# --- the formulas ---------------------------------------------------------------------------------


def test_rank_order_centroid_of_three_by_hand() -> None:
    thirds = [1 + 1 / 2 + 1 / 3, 1 / 2 + 1 / 3, 1 / 3]
    assert rank_order_centroid([1, 2, 3]) == pytest.approx([third / 3 for third in thirds])


def test_rank_order_centroid_of_eight_as_in_the_method() -> None:
    assert rank_order_centroid(range(1, 9)).round(4).tolist() == [
        0.3397, 0.2147, 0.1522, 0.1106, 0.0793, 0.0543, 0.0335, 0.0156,
    ]  # fmt: skip


def test_rank_order_centroid_is_the_mean_of_all_weights_in_that_order() -> None:
    drawn = np.random.default_rng(1).dirichlet(np.ones(4), size=20_000)
    mean = np.sort(drawn, axis=1).mean(axis=0)
    assert rank_order_centroid([4, 3, 2, 1]) == pytest.approx(mean, abs=0.004)


def test_rank_sum_falls_in_equal_steps() -> None:
    steps = -np.diff(rank_sum([1, 2, 3, 4, 5]))
    assert steps == pytest.approx([1 / 15] * 4)


def test_rank_reciprocal_gives_the_second_half_and_the_third_a_third_of_the_first() -> None:
    first, second, third = rank_reciprocal([1, 2, 3])
    assert (first / second, first / third) == pytest.approx((2, 3))


def test_by_rank_sum_the_first_of_eight_counts_8_times_the_last_instead_of_21_7() -> None:
    order = range(1, 9)
    assert first_to_last(list(rank_sum(order))) == pytest.approx(8)
    assert first_to_last(list(rank_order_centroid(order))) == pytest.approx(21.7, abs=0.05)


def test_a_criterion_without_weight_is_infinitely_far_from_the_first() -> None:
    assert first_to_last([1.0, 0.0]) == float("inf")
    assert first_to_last([0.5, 0.5]) == 1


# --- what holds for every order -------------------------------------------------------------------


@every_way
@given(places=PLACES)
def test_weights_add_to_1_and_none_is_zero(way: Way, places: list[int]) -> None:
    weights = way(places)
    assert weights.sum() == pytest.approx(1)
    assert (weights > 0).all()


@every_way
@given(places=PLACES)
def test_weights_keep_the_order_and_its_ties(way: Way, places: list[int]) -> None:
    paired = sorted(zip(places, way(places), strict=True))
    for (ahead, more), (behind, less) in pairwise(paired):
        assert more == pytest.approx(less) if ahead == behind else more > less


@every_way
@given(places=PLACES, data=st.data())
def test_the_order_in_which_criteria_are_listed_changes_nothing(
    way: Way, places: list[int], data: st.DataObject
) -> None:
    shuffled = data.draw(st.permutations(range(len(places))))
    moved = way([places[row] for row in shuffled])
    assert moved == pytest.approx(way(places)[shuffled])


@every_way
@given(places=PLACES)
def test_gaps_between_places_say_nothing(way: Way, places: list[int]) -> None:
    assert way([10 * place**2 for place in places]) == pytest.approx(way(places))


@every_way
def test_ties_share_the_weights_of_the_places_that_they_fill(way: Way) -> None:
    strict = way([1, 2, 3, 4])
    tied = way([1, 2, 2, 3])
    shared = (strict[1] + strict[2]) / 2
    assert tied == pytest.approx([strict[0], shared, shared, strict[3]])


@every_way
@pytest.mark.parametrize("ranked", [[1, 2, 2, 4], [1, 2, 2, 3], [1, 2.5, 2.5, 4]])
def test_every_habit_of_numbering_ties_means_the_same(way: Way, ranked: list[float]) -> None:
    assert way(ranked) == pytest.approx(way([1, 3, 3, 9]))


@every_way
def test_all_level_means_all_alike(way: Way) -> None:
    assert way([1, 1, 1, 1]) == pytest.approx([0.25] * 4)


# --- what cannot be used --------------------------------------------------------------------------


@every_way
@pytest.mark.parametrize(
    ("places", "found"),
    [([1, float("nan")], "found none"), ([1, 0], "found 0"), ([1, float("inf")], "found inf")],
)
def test_a_criterion_without_a_place_is_named_and_what_to_do(
    way: Way, places: list[float], found: str
) -> None:
    with pytest.raises(Refused, match=f"{found} as the place of criterion 2. Give every criterion"):
        way(places)


@every_way
def test_no_criteria_have_no_order(way: Way) -> None:
    with pytest.raises(Refused, match=r"no order yet. Put at least one criterion"):
        way([])


# --- places from points ---------------------------------------------------------------------------


def test_places_of_points_with_a_tie_by_hand() -> None:
    assert mean_places([10, 40, 20, 20]).tolist() == [4, 1, 2.5, 2.5]


def test_noise_in_the_last_digit_does_not_break_a_tie() -> None:
    assert mean_places([0.1 + 0.2, 0.3, 0.4]).tolist() == [2.5, 2.5, 1]


@given(POINTS)
def test_places_add_up_to_all_places(points: list[int]) -> None:
    size = len(points)
    assert mean_places(points).sum() == size * (size + 1) / 2


@given(POINTS)
def test_more_points_are_an_earlier_place(points: list[int]) -> None:
    places = mean_places(points)
    for one, place in zip(points, places, strict=True):
        ahead = [other for other, of in zip(points, places, strict=True) if of < place]
        assert sorted(ahead) == sorted(other for other in points if other > one)


@given(POINTS)
def test_weights_from_the_places_of_weights_have_the_same_places(points: list[int]) -> None:
    places = mean_places(points)
    assert mean_places(rank_order_centroid(list(places))).tolist() == places.tolist()
