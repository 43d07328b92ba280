"""Agreement of two orders: a published case, and the definition pair by pair."""

from collections.abc import Sequence
from itertools import combinations
from math import isnan, sqrt

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kam.method.rank_agreement import tau_b

UNKNOWN = float("nan")
COLUMN = st.lists(st.integers(0, 5).map(float) | st.just(UNKNOWN), min_size=12, max_size=12)


def by_pairs(first: Sequence[float], second: Sequence[float]) -> float | None:
    """Tau-b as its definition says, pair by pair."""
    rows = [pair for pair in zip(first, second, strict=True) if not any(map(isnan, pair))]
    pairs = [(np.sign(a - c), np.sign(b - d)) for (a, b), (c, d) in combinations(rows, 2)]
    apart = [sum(bool(x) for x, _ in pairs), sum(bool(y) for _, y in pairs)]
    return sum(x * y for x, y in pairs) / sqrt(apart[0] * apart[1]) if all(apart) else None


def test_one_swap_among_five_leaves_eight_tenths() -> None:
    """Case c05 of Salabun and Urbaniak (2020)."""
    assert tau_b(np.arange(1.0, 6), np.array([1.0, 3, 2, 4, 5])) == pytest.approx(0.8)


@given(first=COLUMN, second=COLUMN)
def test_tau_b_is_what_its_definition_says(first: list[float], second: list[float]) -> None:
    found, expected = tau_b(np.array(first), np.array(second)), by_pairs(first, second)
    assert found == (expected if expected is None else pytest.approx(expected))


def test_tau_b_of_a_level_column_or_of_one_row_is_unknown() -> None:
    assert tau_b(np.array([1.0, 2.0]), np.array([3.0, 3.0])) is None
    assert tau_b(np.array([1.0, UNKNOWN]), np.array([3.0, 3.0])) is None
