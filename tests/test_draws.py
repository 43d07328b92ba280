"""Draws follow their laws, repeat with their seed, and move only with what was moved."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kam.method.draws import (
    LEVELS,
    WITHOUT_MEMBERS,
    Known,
    anyhow,
    around,
    concentration,
    doubt,
    doubtful,
    drawn_scores,
    in_order,
)
from kam.method.values import Floats
from tests.workshops import PLAIN

CENTRE = np.array([0.4, 0.3, 0.2, 0.1])
SHARES = st.lists(st.integers(0, 50), min_size=1, max_size=8).filter(any)


def known(*raw: float, error: float | None = None, spread: float = 0.0) -> Known:
    """Levels that are their own values; `nan` is unknown."""
    return Known(np.array(raw), PLAIN, error, np.full(len(raw), spread))


# --- weights --------------------------------------------------------------------------------------


@given(SHARES, st.floats(10, 200))
def test_drawn_weights_are_weights_and_zero_stays_zero(shares: list[int], kappa: float) -> None:
    centre = np.array(shares) / sum(shares)
    drawn = around(centre, kappa, count=50)
    assert drawn.sum(axis=1) == pytest.approx(np.ones(50))
    assert ((drawn > 0) == (centre > 0)).all()


@pytest.mark.parametrize("kappa", [10.0, 40.0, 200.0])
def test_drawn_weights_have_the_mean_and_the_variance_of_the_dirichlet(kappa: float) -> None:
    drawn = around(CENTRE, kappa, count=100_000)
    assert drawn.mean(axis=0) == pytest.approx(CENTRE, abs=0.002)
    variance = CENTRE * (1 - CENTRE) / (kappa + 1)
    assert drawn.var(axis=0) == pytest.approx(variance, rel=0.02)


def test_drawn_weights_have_the_quantiles_of_the_dirichlet() -> None:
    """Each weight alone is a Beta; numpy's own draws are the reference."""
    theirs = np.random.default_rng(7).dirichlet(10 * CENTRE, 100_000)
    chances = [0.01, 0.1, 0.5, 0.9, 0.99]
    ours = np.quantile(around(CENTRE, 10.0, count=100_000), chances, axis=0)
    assert ours == pytest.approx(np.quantile(theirs, chances, axis=0), abs=0.005)


def test_the_same_seed_gives_the_same_draws_and_another_seed_others() -> None:
    assert (around(CENTRE, 40.0, seed=1) == around(CENTRE, 40.0, seed=1)).all()
    first, second = (around(CENTRE, 40.0, seed)[:, 0] for seed in (1, 2))
    assert abs(np.corrcoef(first, second)[0, 1]) < 0.05


def test_a_weight_moved_by_a_thousandth_moves_nearly_every_draw_by_next_to_nothing() -> None:
    moved = around(CENTRE + np.array([0.001, -0.001, 0, 0]), 40.0)
    shift = np.abs(moved - around(CENTRE, 40.0)).max(axis=1)
    assert np.mean(shift < 0.005) > 0.999


def test_one_more_criterion_of_no_weight_leaves_all_draws_as_they_are() -> None:
    longer = around(np.append(CENTRE, 0.0), 40.0)
    assert longer[:, :4] == pytest.approx(around(CENTRE, 40.0))


def test_the_concentration_of_drawn_members_is_recovered() -> None:
    found = [concentration(around(CENTRE, 40.0, seed, 200)) for seed in range(20)]
    assert np.mean(found) == pytest.approx(40, rel=0.05)


def test_members_who_all_say_the_same_hold_their_weights_as_closely_as_can_be() -> None:
    assert concentration(np.tile(CENTRE, (5, 1))) == 200


def test_members_who_contradict_each_other_are_not_followed_below_10() -> None:
    assert concentration(np.eye(4)) == 10


@pytest.mark.parametrize("members", [0, 1, 2])
def test_fewer_than_three_members_count_as_a_usual_spread(members: int) -> None:
    assert concentration(np.tile(CENTRE, (members, 1))) == WITHOUT_MEMBERS


def test_without_preferences_all_weights_are_alike_and_the_largest_is_as_theory_says() -> None:
    """On the simplex of three, the largest weight is 11/18 on average."""
    drawn = anyhow(3, count=100_000)
    assert drawn.mean(axis=0) == pytest.approx(np.full(3, 1 / 3), abs=0.003)
    assert drawn.max(axis=1).mean() == pytest.approx(11 / 18, abs=0.002)


@given(SHARES)
def test_order_only_draws_keep_the_order_of_the_team(shares: list[int]) -> None:
    centre = np.array(shares) / sum(shares)
    drawn = in_order(centre, count=30)
    for heavy, light in zip(*np.nonzero(centre[:, None] > centre + 1e-9), strict=True):
        assert (drawn[:, heavy] >= drawn[:, light]).all()
    assert drawn.sum(axis=1) == pytest.approx(np.ones(30))
    assert not drawn[:, centre == 0].any()


def test_the_mean_of_order_only_draws_is_the_rank_order_centroid() -> None:
    centroid = [(1 + 1 / 2 + 1 / 3 + 1 / 4) / 4, (1 / 2 + 1 / 3 + 1 / 4) / 4, 7 / 48, 1 / 16]
    assert in_order(CENTRE, count=100_000).mean(axis=0) == pytest.approx(centroid, abs=0.002)


def test_criteria_that_weigh_the_same_share_their_places() -> None:
    drawn = in_order(np.array([0.5, 0.25, 0.25]), count=100_000)
    assert np.mean(drawn[:, 1] > drawn[:, 2]) == pytest.approx(0.5, abs=0.01)
    assert drawn.mean(axis=0) == pytest.approx([11 / 18, 7 / 36, 7 / 36], abs=0.003)


# --- scores ---------------------------------------------------------------------------------------


def test_the_unknown_could_be_anything_from_0_to_10() -> None:
    [could] = doubtful(known(float("nan")))
    assert np.diff(could) == pytest.approx(np.full(LEVELS - 1, 10 / LEVELS), rel=1e-3)
    assert could.mean() == pytest.approx(5)


def test_a_figure_lies_within_its_error_and_every_level_is_as_likely() -> None:
    [could] = doubtful(known(5.0, error=0.1))
    assert (could[0], could[-1]) == pytest.approx((4.5, 5.5), abs=0.002)
    assert could.var() == pytest.approx(1 / 12, rel=0.001)


def test_a_negative_figure_is_wrong_by_a_share_of_its_size() -> None:
    falling = Known(np.array([-4.0]), (0.0, -2.5, -5.0, -7.5, -10.0), 0.5, np.zeros(1))
    [could] = doubtful(falling)
    assert (could[0], could[-1]) == pytest.approx((2.0, 6.0), abs=0.01)


def test_a_figure_goes_through_the_anchors_also_where_they_bend() -> None:
    bent = Known(np.array([4.0]), (0.0, 1.0, 4.0, 5.0, 20.0), 0.25, np.zeros(1))
    [could] = doubtful(bent)
    assert (could[0], could[-1]) == pytest.approx((5 - 2.5 / 3, 7.5), abs=0.01)


def test_a_judgment_is_doubted_by_at_least_0_7_points() -> None:
    could = doubtful(known(5.0, 5.0, spread=0.0))
    wide = doubtful(known(5.0, spread=1.5))
    assert could.std(axis=1) == pytest.approx([0.7, 0.7], rel=0.01)
    assert wide.std() == pytest.approx(1.5, rel=0.01)


@given(st.lists(st.floats(-5, 15) | st.just(float("nan")), min_size=1, max_size=5),
       st.none() | st.floats(0, 1), st.floats(0, 5))  # fmt: skip
def test_what_a_score_could_be_rises_and_stays_on_the_scale(
    raw: list[float], error: float | None, spread: float
) -> None:
    could = doubtful(known(*raw, error=error, spread=spread))
    assert could.shape == (len(raw), LEVELS)
    assert (np.diff(could, axis=1) >= 0).all()
    assert could.min() >= 0
    assert could.max() <= 10


def scores_of(weights: list[float], *criteria: Known, count: int = 20_000) -> list[Floats]:
    """The drawn axis scores of every customer with the same weights in every draw."""
    shares = np.tile(np.array(weights, dtype=np.float32)[:, None], (1, count))
    could = doubt(criteria)
    return [row.astype(float) for row in drawn_scores(could, shares, range(len(criteria)))]


def test_drawn_scores_have_the_mean_and_variance_of_the_weighted_sum() -> None:
    """Cells are independent: 0.75^2 x 0.7^2 + 0.25^2 x 100/12."""
    [drawn] = scores_of([0.75, 0.25], known(5.0), known(float("nan")))
    assert drawn.mean() == pytest.approx(5, abs=0.03)
    assert drawn.var() == pytest.approx(0.75**2 * 0.49 + 0.25**2 * 100 / 12, rel=0.03)


def test_two_customers_are_in_doubt_independently_of_each_other() -> None:
    first, second = scores_of([1.0], known(float("nan"), float("nan")))
    assert abs(np.corrcoef(first, second)[0, 1]) < 0.03


def test_scores_are_drawn_from_the_same_numbers_every_time() -> None:
    once, again = (scores_of([1.0], known(3.0))[0] for _ in range(2))
    moved = scores_of([1.0], known(3.5))[0]
    assert (once == again).all()
    assert moved - once == pytest.approx(np.full(len(once), 0.5), abs=1e-5)
