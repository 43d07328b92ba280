"""Overlap of two lists against luck: every draw counted, and by formula."""

from itertools import combinations
from math import comb

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kam.method.overlap import Overlap

SIZES = st.integers(1, 12).flatmap(
    lambda n: st.tuples(st.just(n), st.integers(0, n), st.integers(0, n))
)


@given(sizes=SIZES, data=st.data())
def test_luck_is_the_share_of_all_draws_with_as_many_or_more(
    sizes: tuple[int, int, int], data: st.DataObject
) -> None:
    counted, key, top = sizes
    fewest, most = max(0, key + top - counted), min(key, top)
    both = data.draw(st.integers(fewest, most))
    draws = combinations(range(counted), top)
    hits = sum(sum(one < key for one in draw) >= both for draw in draws)
    expected = hits / comb(counted, top)
    assert Overlap(counted, key, top, both).luck == pytest.approx(expected)


def test_luck_of_many_customers_is_a_probability() -> None:
    assert Overlap(2_000, 500, 500, 125).luck == pytest.approx(0.52, abs=0.02)
    assert Overlap(2_000, 500, 500, 500).luck < 1e-300


@given(counted=st.integers(2, 500), data=st.data())
def test_a_list_overlaps_with_itself_fully(counted: int, data: st.DataObject) -> None:
    key = data.draw(st.integers(1, counted - 1))
    assert Overlap(counted, key, key, key).adjusted == pytest.approx(1)


@given(m=st.integers(2, 20), n=st.integers(2, 20), data=st.data())
def test_the_overlap_by_lot_is_zero_beyond_chance(m: int, n: int, data: st.DataObject) -> None:
    """Of m x n customers m x i are key and n x j on top: by lot, i x j are both."""
    i, j = data.draw(st.integers(1, n - 1)), data.draw(st.integers(1, m - 1))
    assert Overlap(m * n, m * i, n * j, i * j).adjusted == pytest.approx(0)


def test_the_published_overlap_is_a_third_beyond_chance() -> None:
    """Case x01: the first three of six by total against the first three by revenue, two in both."""
    published = Overlap(counted=6, key=3, top=3, both=2)
    assert published.expected == 1.5
    assert published.adjusted == pytest.approx(1 / 3)


def test_lists_of_everybody_or_nobody_tell_nothing() -> None:
    assert Overlap(counted=0, key=0, top=0, both=0).expected == 0
    assert not Overlap(counted=5, key=5, top=2, both=2).tells
    assert Overlap(counted=5, key=2, top=0, both=0).adjusted is None
