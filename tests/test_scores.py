"""Values and weights become two axis scores; the unknown widens them and is never zero."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kam.edits import PutCriterion, PutMember, VoteScores
from kam.method.scores import AxisScores, axis_scores, mean_value, value_of_step, valued
from kam.method.values import Floats
from kam.model import Member
from tests.workshops import A, S, after, by_hand, criterion, placed, x01

VALUE = st.just(float("nan")) | st.floats(0, 10)
WEIGHT = st.floats(0.01, 100)


@st.composite
def tables(draw: st.DrawFn) -> tuple[Floats, Floats]:
    """A table of values with holes, and weights of its columns."""
    rows, columns = draw(st.integers(1, 6)), draw(st.integers(1, 5))
    table = [[draw(VALUE) for _ in range(columns)] for _ in range(rows)]
    weights = [draw(WEIGHT) for _ in range(columns)]
    return np.array(table), np.array(weights)


def one(values: list[float], weights: list[float]) -> tuple[float, float, float, float]:
    """Estimate, low, high and coverage of a single customer."""
    scored = axis_scores(np.array([values]), np.array(weights))
    return (
        float(scored.estimate[0]),
        float(scored.low[0]),
        float(scored.high[0]),
        float(scored.coverage[0]),
    )


def as_columns(scored: AxisScores) -> Floats:
    """The four numbers side by side."""
    return np.array([scored.estimate, scored.low, scored.high, scored.coverage])


def test_a_score_is_the_weighted_mean_of_the_values() -> None:
    assert one([8, 4], [3, 1]) == (7, 7, 7, 1)


def test_a_hole_is_renormalised_and_spans_from_0_to_10() -> None:
    # known: 2 at weight 3 of 4; the hole is worth 0 to 10 at weight 1 of 4
    assert one([2, float("nan")], [3, 1]) == (2, 1.5, 4.0, 0.75)


def test_nothing_known_has_no_score_and_may_be_anything() -> None:
    estimate, low, high, coverage = one([float("nan")] * 2, [3, 1])
    assert np.isnan(estimate)
    assert (low, high, coverage) == (0, 10, 0)


def test_an_axis_without_weight_has_no_scores_at_all() -> None:
    scored = axis_scores(np.array([[5.0], [6.0]]), np.array([0.0]))
    assert np.isnan(scored.estimate).all()
    assert scored.coverage.tolist() == [0, 0]


def test_an_axis_without_criteria_has_no_scores_at_all() -> None:
    assert np.isnan(axis_scores(np.empty((2, 0)), np.empty(0)).estimate).tolist() == [True, True]


@given(tables())
def test_low_estimate_and_high_are_in_order_and_on_the_scale(given_: tuple[Floats, Floats]) -> None:
    scored = axis_scores(*given_)
    known = ~np.isnan(scored.estimate)
    low, estimate, high = scored.low[known], scored.estimate[known], scored.high[known]
    assert (low <= estimate + 1e-9).all()
    assert (estimate <= high + 1e-9).all()
    assert (scored.low >= -1e-9).all()
    assert (scored.high <= 10 + 1e-9).all()


@given(tables())
def test_the_estimate_is_the_mean_of_what_is_known_and_no_hole_counts_as_zero(
    given_: tuple[Floats, Floats],
) -> None:
    table, weights = given_
    for row, estimate in zip(table, axis_scores(table, weights).estimate, strict=True):
        known = ~np.isnan(row)
        if known.any():
            assert estimate == pytest.approx(np.average(row[known], weights=weights[known]))
        else:
            assert np.isnan(estimate)


@given(tables())
def test_coverage_is_the_known_share_of_the_weight(given_: tuple[Floats, Floats]) -> None:
    table, weights = given_
    share = ~np.isnan(table) @ weights / weights.sum()
    assert axis_scores(table, weights).coverage == pytest.approx(share)


@given(tables(), st.floats(0.01, 100))
def test_scaling_the_weights_changes_nothing(given_: tuple[Floats, Floats], factor: float) -> None:
    table, weights = given_
    before = as_columns(axis_scores(table, weights))
    assert as_columns(axis_scores(table, factor * weights)) == pytest.approx(
        before, abs=1e-9, nan_ok=True
    )


@given(tables())
def test_a_zero_weight_equals_deleting_the_criterion(given_: tuple[Floats, Floats]) -> None:
    table, weights = given_
    without = as_columns(axis_scores(table[:, 1:], weights[1:]))
    zeroed = weights.copy()
    zeroed[0] = 0
    kept = as_columns(axis_scores(table, zeroed))
    if table.shape[1] > 1:
        assert kept == pytest.approx(without, abs=1e-9, nan_ok=True)
    else:
        assert np.isnan(kept[0]).all()


@given(tables())
def test_another_customer_changes_nobody_elses_score(given_: tuple[Floats, Floats]) -> None:
    table, weights = given_
    everybody = as_columns(axis_scores(table, weights))
    fewer = as_columns(axis_scores(table[:-1], weights))
    assert fewer == pytest.approx(everybody[:, :-1], abs=1e-9, nan_ok=True)


@given(tables(), st.data())
def test_raising_a_value_never_lowers_a_score(
    given_: tuple[Floats, Floats], data: st.DataObject
) -> None:
    table, weights = given_
    column = data.draw(st.integers(0, table.shape[1] - 1))
    table[0, column] = data.draw(st.floats(0, 10))
    better = table.copy()
    better[0, column] = data.draw(st.floats(table[0, column], 10))
    before, now = as_columns(axis_scores(table, weights)), as_columns(axis_scores(better, weights))
    assert (now[:, 0] >= before[:, 0] - 1e-9).all()


@given(tables(), st.data())
def test_learning_an_unknown_never_leaves_the_interval(
    given_: tuple[Floats, Floats], data: st.DataObject
) -> None:
    table, weights = given_
    table[0, 0] = np.nan
    found = table.copy()
    found[0, 0] = data.draw(st.floats(0, 10))
    before, now = axis_scores(table, weights), axis_scores(found, weights)
    assert before.low[0] - 1e-9 <= now.low[0] <= now.high[0] <= before.high[0] + 1e-9


def test_values_follow_the_order_of_customers_and_criteria() -> None:
    table = valued(by_hand())
    assert table.customers == ("ash", "bay", "cob")
    assert table.criteria == ("a", "b", "s")
    assert table.attractive.tolist() == [True, True, False]
    assert table.table[:2].tolist() == [[8, 4, 6], [6, 2, 4]]


def test_an_unknown_score_is_a_hole_in_levels_and_values() -> None:
    table = valued(by_hand())
    assert np.isnan(table.raw[2, 1])
    assert np.isnan(table.table[2, 1])
    assert not table.clipped[2, 1]


def test_a_level_of_zero_is_known_and_worth_zero() -> None:
    assert valued(placed({"ash": (0, 5)})).table.tolist() == [[0, 5]]


def test_raw_levels_stay_as_people_gave_them_and_outliers_are_flagged() -> None:
    table = valued(placed({"ash": (12, 5)}))
    assert table.raw.tolist() == [[12, 5]]
    assert table.table.tolist() == [[10, 5]]
    assert table.clipped.tolist() == [[True, False]]


def test_incomplete_criteria_are_left_out() -> None:
    half_done = criterion("half", S).model_copy(update={"anchors": None})
    vague = criterion("vague", A, same_number=False)
    workshop = after(by_hand(), PutCriterion(criterion=half_done), PutCriterion(criterion=vague))
    assert valued(workshop).criteria == ("a", "b", "s")


def test_a_falling_criterion_is_valued_downwards() -> None:
    complaints = valued(x01()).table[:, 5]
    assert complaints[0] == pytest.approx(8.25)  # 1.2: three tenths from 1.5 (7.5) to 0.5 (10)
    assert np.isnan(complaints[5])


# --- votes ----------------------------------------------------------------------------------------


def test_without_an_agreed_score_the_mean_of_the_votes_counts() -> None:
    voted = after(
        placed({"ash": (None, 6)}),
        PutMember(member=Member(id="m", name="M")),
        PutMember(member=Member(id="n", name="N")),
        VoteScores(member="m", criterion="a", steps={"ash": 2}),
        VoteScores(member="n", criterion="a", steps={"ash": 5}),
    )
    # steps 2 and 5 are worth 2.5 and 10
    assert valued(voted).table[0, 0] == pytest.approx(6.25)


def test_an_agreed_score_comes_before_the_votes() -> None:
    voted = after(
        placed({"ash": (4, 6)}),
        PutMember(member=Member(id="m", name="M")),
        VoteScores(member="m", criterion="a", steps={"ash": 5}),
    )
    assert valued(voted).raw[0, 0] == 4


def test_the_five_steps_are_the_five_anchors() -> None:
    assert [value_of_step(step) for step in range(1, 6)] == [0, 2.5, 5, 7.5, 10]
    assert mean_value([1, 2, 2]) == pytest.approx(5 / 3)
