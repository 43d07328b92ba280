"""Of `kam.method.shapley`: parts that add up, and owe nothing to an order."""

from collections.abc import Callable
from itertools import permutations, product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from kam.method.shapley import shapley
from kam.method.values import Floats

WORTH = st.integers(0, 4).flatmap(
    lambda k: arrays(float, (2,) * k + (3,), elements=st.floats(-100, 100))
)


def outcomes(causes: int, value: Callable[[tuple[int, ...]], float]) -> Floats:
    """The outcome of every set of causes, for one customer."""
    worth = np.empty((2,) * causes + (1,))
    for chosen in product((0, 1), repeat=causes):
        worth[chosen] = value(chosen)
    return worth


def by_orders(worth: Floats) -> Floats:
    """The parts by the definition: the mean over all orders of what each adds when it comes."""
    causes = worth.ndim - 1
    parts = np.zeros((causes, worth.shape[-1]))
    orders = list(permutations(range(causes)))
    for order in orders:
        chosen = [0] * causes
        for cause in order:
            before = worth[tuple(chosen)]
            chosen[cause] = 1
            parts[cause] += worth[tuple(chosen)] - before
    return parts / len(orders)


def test_the_glove_game_gives_two_thirds_to_the_only_left_glove() -> None:
    """One left glove, two right ones; a pair is worth 1: 2/3, 1/6, 1/6 (a classic worked case)."""
    worth = outcomes(3, lambda s: float(s[0] and (s[1] or s[2])))
    assert shapley(worth)[:, 0] == pytest.approx([2 / 3, 1 / 6, 1 / 6])


def test_an_airport_runway_is_shared_as_littlechild_and_owen_share_it() -> None:
    """Costs 8, 11, 13 of the longest needed: 8/3, 8/3 + 3/2, 8/3 + 3/2 + 2."""
    needs = (8.0, 11.0, 13.0)
    worth = outcomes(3, lambda s: max(need * here for need, here in zip(needs, s, strict=True)))
    assert shapley(worth)[:, 0] == pytest.approx([8 / 3, 8 / 3 + 3 / 2, 8 / 3 + 3 / 2 + 2])


@given(WORTH)
def test_the_parts_add_up_to_the_whole_change(worth: Floats) -> None:
    causes = worth.ndim - 1
    change = worth[(1,) * causes] - worth[(0,) * causes]
    assert np.allclose(shapley(worth).sum(axis=0), change, atol=1e-9)


@given(WORTH)
def test_the_parts_are_the_mean_over_all_orders(worth: Floats) -> None:
    assert np.allclose(shapley(worth), by_orders(worth), atol=1e-9)


@given(WORTH.filter(lambda worth: worth.ndim > 2))
def test_the_order_in_which_causes_are_named_changes_no_part(worth: Floats) -> None:
    turned = np.moveaxis(worth, 0, worth.ndim - 2)
    assert np.allclose(shapley(turned), np.roll(shapley(worth), -1, axis=0), atol=1e-9)


@given(WORTH)
def test_a_cause_that_changes_nothing_gets_exactly_nothing(worth: Floats) -> None:
    with_idle = np.stack([worth, worth])
    assert (shapley(with_idle)[0] == 0.0).all()


@given(arrays(float, (2, 2, 1), elements=st.floats(-100, 100)))
def test_two_causes_that_do_the_same_get_the_same_part(worth: Floats) -> None:
    alike = (worth + worth.swapaxes(0, 1)) / 2
    first, second = shapley(alike)
    assert first == pytest.approx(second)


def test_an_unknown_outcome_makes_its_own_column_unknown_and_no_other() -> None:
    worth = np.zeros((2, 2, 2))
    worth[1, 1] = 1.0
    worth[0, 1, 0] = np.nan
    parts = shapley(worth)
    assert np.isnan(parts[:, 0]).all()
    assert parts[:, 1].tolist() == [0.5, 0.5]


def test_nothing_has_no_parts() -> None:
    assert shapley(np.ones(4)).shape == (0, 4)
