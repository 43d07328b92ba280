"""One axis of many draws has the scores of one draw after the other, and rules out few too many."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from kam.method.drawn_axes import Axis, axis_of_draws
from kam.method.scores import axis_scores
from kam.method.values import Floats

NAN = float("nan")
CUT_OFF = 5.0
EVERY_DRAW = slice(None)


@st.composite
def axes(draw: st.DrawFn, *, holes: bool = True) -> tuple[Floats, Floats]:
    """Values of up to six customers on up to four criteria, and up to five draws of weights."""
    people, criteria, draws = (draw(st.integers(1, most)) for most in (6, 4, 5))
    value = st.floats(0, 10) | st.just(NAN) if holes else st.floats(0, 10)
    table = draw(arrays.arrays(float, (people, criteria), elements=value))
    weights = draw(arrays.arrays(float, (draws, criteria), elements=st.floats(0.01, 1)))
    return table, weights


def doubles(table: Floats, weights: Floats) -> Axis:
    return axis_of_draws(table, weights, CUT_OFF, np.float64)


@given(axes())
def test_scores_are_those_of_one_draw_after_the_other(drawn: tuple[Floats, Floats]) -> None:
    table, weights = drawn
    points, known = doubles(table, weights).scores(EVERY_DRAW)
    holes = np.isnan(table).any(axis=1)
    for own, row, share in zip(weights, points, known, strict=True):
        one = axis_scores(table, own)
        assert row + CUT_OFF == pytest.approx(one.estimate, abs=1e-9, nan_ok=True)
        assert share == pytest.approx(one.coverage[holes], abs=1e-9)


@given(axes())
def test_nobody_out_of_reach_gets_to_the_cut_off(drawn: tuple[Floats, Floats]) -> None:
    axis = doubles(*drawn)
    points, _ = axis.scores(EVERY_DRAW)
    assert not (points[:, ~axis.within_reach] >= 0).any()


@given(axes(holes=False))
def test_one_draw_alone_leaves_nothing_open_between_reach_and_score(
    drawn: tuple[Floats, Floats],
) -> None:
    """But for the thousandth of a point that is left for rounding."""
    table, weights = drawn
    axis = doubles(table, weights[:1])
    points, _ = axis.scores(EVERY_DRAW)
    assert axis.within_reach.tolist() == (points[0] >= -0.001 - 1e-9).tolist()


def test_a_customer_below_the_cut_off_on_everything_is_out_of_reach() -> None:
    axis = doubles(np.array([[4.0, 4.9], [4.0, 5.1], [0.0, NAN]]), np.array([[0.1, 0.9]]))
    assert axis.within_reach.tolist() == [False, False, True]


def test_without_draws_nobody_gets_anywhere() -> None:
    axis = doubles(np.array([[9.0, 1.0]]), np.empty((0, 2)))
    assert axis.within_reach.tolist() == [False]
    assert axis.scores(EVERY_DRAW)[0].shape == (0, 1)


@given(axes(), st.integers(0, 1000))
def test_another_order_of_the_customers_moves_their_columns_and_nothing_else(
    drawn: tuple[Floats, Floats], seed: int
) -> None:
    axis = doubles(*drawn)
    rows = np.random.default_rng(seed).permutation(len(axis.table))
    moved = axis.of(rows)
    assert np.allclose(
        moved.scores(EVERY_DRAW)[0], axis.scores(EVERY_DRAW)[0][:, rows], equal_nan=True
    )
    assert moved.within_reach.tolist() == axis.within_reach[rows].tolist()


@pytest.mark.parametrize(
    ("value", "weight", "incomplete"), [(5.0, 1.0, False), (NAN, 1.0, True), (5.0, 0.0, True)]
)
def test_an_axis_is_incomplete_where_something_is_unknown_or_nothing_counts(
    value: float, weight: float, *, incomplete: bool
) -> None:
    assert doubles(np.array([[value]]), np.array([[weight]])).incomplete is incomplete
