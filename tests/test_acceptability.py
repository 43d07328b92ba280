"""Places over many draws: every draw gives out each place once, ties share."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kam.method.acceptability import central_weights, rank_acceptability


def drawn(
    draws: int, customers: int, seed: int = 1
) -> np.ndarray[tuple[int, int], np.dtype[np.float64]]:
    """Random scores, a few of them equal."""
    return np.random.default_rng(seed).integers(-40, 40, (draws, customers)) / 4


def one_by_one(scores: np.ndarray[tuple[int, int], np.dtype[np.float64]]) -> list[list[float]]:
    """The same by counting, one draw and customer after the other."""
    found = np.zeros((scores.shape[1], scores.shape[1]))
    for row in scores:
        for who, score in enumerate(row):
            better, same = int((row > score).sum()), int((row == score).sum())
            found[who, better : better + same] += 1 / same
    return (found / len(scores)).tolist()  # type: ignore[no-any-return]


@given(st.integers(1, 30), st.integers(1, 9), st.integers(0, 99))
def test_places_are_those_that_counting_gives(draws: int, customers: int, seed: int) -> None:
    scores = drawn(draws, customers, seed)
    assert rank_acceptability(scores) == pytest.approx(np.array(one_by_one(scores)))


@pytest.mark.parametrize("customers", [1, 200, 2_500])
def test_rows_and_columns_add_to_1(customers: int) -> None:
    found = rank_acceptability(drawn(60, customers))
    assert found.sum(axis=0) == pytest.approx(np.ones(customers))
    assert found.sum(axis=1) == pytest.approx(np.ones(customers))


def test_who_is_better_everywhere_is_first_in_all_draws() -> None:
    scores = np.random.default_rng(1).uniform(0, 5, (500, 8))
    scores[:, 3] += 5
    assert rank_acceptability(scores)[3, 0] == 1


def test_all_alike_share_all_places_equally() -> None:
    assert rank_acceptability(np.full((7, 4), 5.0)) == pytest.approx(np.full((4, 4), 0.25))


def test_a_difference_of_a_ten_thousandth_decides_one_of_a_millionth_is_a_tie() -> None:
    assert rank_acceptability(np.array([[1.0, 1.0001]]))[1, 0] == 1
    assert rank_acceptability(np.array([[1.0, 1.000001]]))[1, 0] == 0.5


def test_both_ends_of_the_scale_find_their_place() -> None:
    assert rank_acceptability(np.array([[-10.0, 10.0, 0.0]])).argmax(axis=1).tolist() == [2, 0, 1]


def test_central_weights_are_means_over_the_draws_that_chose_a_customer() -> None:
    chosen = np.array([[True, False], [True, False], [False, False]])
    weights = np.array([[0.2, 0.8], [0.4, 0.6], [0.9, 0.1]])
    found = central_weights(chosen, weights)
    assert found[0] == pytest.approx([0.3, 0.7])
    assert np.isnan(found[1]).all()
