"""How far two groups lie apart: by hand, by all ways to mark, and against scipy."""

from itertools import combinations
from math import comb

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import mannwhitneyu

from kam.method.separation import (
    EXACT_UP_TO,
    FEWEST,
    LARGE,
    LUCK,
    MEDIUM,
    Separation,
    area,
    luck,
    separation,
)
from kam.method.values import Floats
from tests.workshops import LEVELS

GROUPS = st.tuples(
    st.lists(LEVELS | st.integers(0, 3).map(float), min_size=1, max_size=5).map(np.array),
    st.lists(LEVELS | st.integers(0, 3).map(float), min_size=1, max_size=6).map(np.array),
)


def by_all_ways(best: Floats, rest: Floats) -> float:
    """The share of all markings whose area is at least as far from one half, one by one."""
    figures = np.concatenate([best, rest])
    far = abs(area(best, rest) - 0.5) - 1e-9
    extreme = 0
    for chosen in combinations(range(len(figures)), len(best)):
        flags = np.isin(np.arange(len(figures)), chosen)
        extreme += abs(area(figures[flags], figures[~flags]) - 0.5) >= far
    return extreme / comb(len(figures), len(best))


# --- area -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("best", "rest", "expected"),
    [
        ([7, 8], [1, 2, 3], 1.0),
        ([1, 2], [7, 8, 9], 0.0),
        ([2, 4], [1, 3], 0.75),
        ([5, 5], [5, 5], 0.5),
        ([5, 9], [5, 1], 0.875),
    ],
)
def test_area_counts_pairs_and_half_of_the_ties(
    best: list[float], rest: list[float], expected: float
) -> None:
    assert area(np.array(best, dtype=float), np.array(rest, dtype=float)) == expected


def test_without_one_of_the_groups_there_is_no_area() -> None:
    assert np.isnan(area(np.array([]), np.array([1.0])))


@given(GROUPS)
def test_area_is_the_rank_statistic_of_mann_and_whitney(groups: tuple[Floats, Floats]) -> None:
    best, rest = groups
    statistic = float(mannwhitneyu(best, rest, method="asymptotic").statistic)
    assert area(best, rest) == pytest.approx(statistic / (len(best) * len(rest)))
    assert area(rest, best) == pytest.approx(1 - area(best, rest))


@given(GROUPS)
def test_only_the_order_of_the_figures_counts(groups: tuple[Floats, Floats]) -> None:
    best, rest = groups
    assert area(np.exp(best), np.exp(rest)) == area(best, rest)
    assert luck(np.exp(best), np.exp(rest)) == luck(best, rest)


# --- luck -----------------------------------------------------------------------------------------


def test_two_of_five_on_top_look_as_clear_in_two_of_ten_markings() -> None:
    assert luck(np.array([8.0, 9.0]), np.array([1.0, 2.0, 3.0])) == pytest.approx(0.2)


def test_where_everybody_ties_every_marking_is_as_clear() -> None:
    assert luck(np.full(3, 4.0), np.full(5, 4.0)) == 1.0


@given(GROUPS)
def test_luck_by_counting_sums_is_luck_by_all_ways(groups: tuple[Floats, Floats]) -> None:
    best, rest = groups
    assert luck(best, rest) == pytest.approx(by_all_ways(best, rest))


def test_luck_of_many_is_that_of_scipy() -> None:
    """Six of forty without ties, where scipy counts exactly as well."""
    figures = np.random.default_rng(3).permutation(40).astype(float)
    figures[:6] += 8.5
    expected = mannwhitneyu(figures[:6], figures[6:], method="exact").pvalue
    assert luck(figures[:6], figures[6:]) == pytest.approx(float(expected))


@pytest.mark.parametrize("marked", [3, 6, 20])
def test_beyond_a_room_luck_is_within_two_hundredths_of_exact(marked: int) -> None:
    """Whatever lies between a clear difference and none, just beyond where ways are counted."""
    count, generator = EXACT_UP_TO + 1, np.random.default_rng(marked)
    for shift in (0.0, 10.0, 20.0, 30.0):
        figures = generator.permutation(count) + np.arange(count) / 1000  # no ties
        best, rest = figures[:marked] + shift, figures[marked:]
        expected = float(mannwhitneyu(best, rest, method="exact").pvalue)
        assert luck(best, rest) == pytest.approx(expected, abs=0.011 if expected < 0.2 else 0.02)


def test_beyond_a_room_ties_count_as_they_do_within_one() -> None:
    levels = np.tile(np.arange(4.0), 15)  # 60 customers, four levels
    within = luck(levels[levels < 2][:10], np.delete(levels, np.flatnonzero(levels < 2)[:10]))
    more = np.append(levels, 1.5)
    beyond = luck(levels[levels < 2][:10], np.delete(more, np.flatnonzero(levels < 2)[:10]))
    assert beyond == pytest.approx(within, abs=0.005)
    assert luck(np.full(40, 2.0), np.full(40, 2.0)) == 1.0


# --- the finding ----------------------------------------------------------------------------------


def test_the_unknown_are_left_out_and_not_counted() -> None:
    best = np.array([7.0, 8.0, 9.0, np.nan])
    found = separation(best, np.array([np.nan, 1.0, 2.0, 8.0]))
    assert (found.best, found.rest) == (3, 3)
    assert found.area == pytest.approx(7.5 / 9)
    assert found.delta == pytest.approx(2 * 7.5 / 9 - 1)


@pytest.mark.parametrize(("best", "rest"), [(FEWEST - 1, 30), (30, FEWEST - 1), (0, 0)])
def test_fewer_than_three_of_either_tell_nothing_and_say_so(best: int, rest: int) -> None:
    found = separation(np.full(best, 9.0), np.zeros(rest))
    assert found.area is found.chance is found.delta is None
    assert (found.rank, found.by_luck) == (0, 1.0)
    assert "at least 3 of each are needed to tell" in found.words
    assert f"known of {best} best relationships and {rest} others" in found.words


def test_three_of_six_cannot_be_clear_however_far_apart_they_lie() -> None:
    """They look like that in 2 of 20 markings; with several things compared it may be luck."""
    few = separation(np.array([97.0, 98.0, 99.0]), np.array([1.0, 2.0, 3.0]))
    assert few.chance == pytest.approx(0.1)
    compared = Separation(3, 3, few.area, few.chance, compared=4, label="Margin")
    assert not compared.clear
    assert compared.maybe
    assert compared.words == (
        "Margin: among 3 best relationships and 3 others, a best one is higher in all pairs. "
        "Marked at random, as many customers look this different in 10 of 100 cases, and 4 things "
        "were compared: it may be luck."
    )


def test_six_of_thirty_far_apart_are_clear_among_twenty_things() -> None:
    six = separation(np.arange(24.0, 30.0), np.arange(24.0))
    told = Separation(6, 24, six.area, six.chance, compared=20, label="Share of wallet")
    assert told.clear
    assert told.by_luck <= LUCK
    assert told.words.endswith("look this different in fewer than 1 of 100 cases.")


def test_a_small_difference_is_not_clear_however_rarely_luck_makes_it() -> None:
    assert not Separation(300, 900, 0.5 + MEDIUM / 2 - 0.01, 1e-6).clear
    assert Separation(300, 900, 0.5 + MEDIUM / 2 + 0.01, 1e-6).clear


@pytest.mark.parametrize(
    ("share", "chance", "rank", "word"),
    [
        (0.05, 0.001, 2, "lower"),
        (0.5 + LARGE / 2 + 0.01, 0.5, 1, "higher"),
        (0.6, 0.5, 0, "higher"),
    ],
)
def test_a_finding_says_its_side_and_how_much_it_says(
    share: float, chance: float, rank: int, word: str
) -> None:
    found = Separation(6, 20, share, chance, label="Orders")
    assert (found.rank, found.way) == (rank, word)
    assert f"a best one is {word} in" in found.words
    assert ("it does not set them apart" in found.words) == (rank == 0)


def test_nearly_all_pairs_are_not_called_all() -> None:
    assert "in 99 of 100 pairs" in Separation(20, 60, 0.9999, 0.001).words
