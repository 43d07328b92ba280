"""How far scorers agree on a judged criterion."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as nps

from kam.method.score_agreement import ScoreAgreement, score_agreement
from kam.method.values import Floats

UNKNOWN = float("nan")
SHROUT_FLEISS = np.array(  # six subjects, four judges (Psychological Bulletin 86:420)
    [[9, 2, 5, 8], [6, 1, 3, 2], [8, 4, 6, 8], [7, 1, 2, 6], [10, 5, 6, 9], [6, 2, 4, 7]],
    dtype=float,
)
TABLES = nps.arrays(
    float,
    st.tuples(st.integers(5, 12), st.integers(2, 5)),
    elements=st.integers(0, 10).map(float),
).filter(lambda table: bool(np.ptp(table)))


def told(found: ScoreAgreement) -> tuple[float, float, float]:
    """The three figures, which are there."""
    assert found.single is not None
    assert found.of_mean is not None
    assert found.gap is not None
    return found.single, found.of_mean, found.gap


def test_the_classic_data_give_29_and_62_hundredths() -> None:
    single, of_mean, _ = told(score_agreement(SHROUT_FLEISS))
    assert (single, of_mean) == pytest.approx((0.29, 0.62), abs=0.005)


def test_a_harsh_scorer_counts_against_agreement() -> None:
    """Each judge's own mean taken away, it would be consistency: .71."""
    levelled = SHROUT_FLEISS - SHROUT_FLEISS.mean(axis=0)
    assert told(score_agreement(levelled))[0] > 0.7
    assert told(score_agreement(SHROUT_FLEISS))[0] < 0.3


def test_the_gap_is_the_mean_difference_of_two_scorers() -> None:
    scores = [[1, 1], [2, 4], [5, 5], [9, 8], [3, 3]]
    assert told(score_agreement(scores))[2] == pytest.approx(3 / 5)


def test_scorers_who_say_the_same_agree_entirely() -> None:
    found = score_agreement([[level] * 3 for level in (1, 4, 6, 8, 9)])
    assert told(found) == pytest.approx((1, 1, 0))
    assert found.words == (
        "Agreement on these scores is excellent and two scorers of the same customer differ by "
        "0.0 points on average."
    )


def test_customers_alike_have_low_reliability_and_a_small_gap_beside_it() -> None:
    found = score_agreement([[7, 7], [7, 8], [8, 7], [7, 7], [8, 8]])
    _, of_mean, gap = told(found)
    assert of_mean < 0.5
    assert gap == pytest.approx(0.4)


def test_below_zero_is_shown_as_zero_with_a_note() -> None:
    found = score_agreement([[0, 10], [10, 0], [1, 9], [9, 1], [5, 5]])
    assert told(found) == pytest.approx((0, 0, 7.2))
    assert found.below_zero
    assert "poor, no better than chance, and" in found.words


@given(TABLES)
def test_both_lie_between_0_and_1_and_the_mean_is_never_less_reliable(table: Floats) -> None:
    single, of_mean, gap = told(score_agreement(table))
    assert 0 <= single <= of_mean + 1e-12
    assert of_mean <= 1 + 1e-12
    assert 0 <= gap <= 10


@given(TABLES)
def test_the_mean_follows_from_one_scorer_by_spearman_and_brown(table: Floats) -> None:
    single, of_mean, _ = told(score_agreement(table))
    scorers = table.shape[1]
    assert of_mean == pytest.approx(scorers * single / (1 + (scorers - 1) * single))


@given(TABLES, st.floats(0.1, 10), st.floats(-100, 100), st.data())
def test_scale_and_the_order_of_customers_and_scorers_change_nothing(
    table: Floats, factor: float, shift: float, data: st.DataObject
) -> None:
    rows = data.draw(st.permutations(range(table.shape[0])))
    columns = data.draw(st.permutations(range(table.shape[1])))
    moved = factor * table[np.ix_(rows, columns)] + shift
    ours, theirs = told(score_agreement(table)), told(score_agreement(moved))
    assert theirs[:2] == pytest.approx(ours[:2], abs=1e-6)
    assert theirs[2] == pytest.approx(factor * ours[2], abs=1e-6)


def test_only_customers_that_every_scorer_scored_count() -> None:
    holes = np.vstack([SHROUT_FLEISS, [[5, UNKNOWN, 5, 5]]])
    assert score_agreement(holes) == score_agreement(SHROUT_FLEISS)


def test_a_scorer_without_any_score_takes_nobody_else_out() -> None:
    idle = np.column_stack([SHROUT_FLEISS, np.full(6, UNKNOWN)])
    assert score_agreement(idle) == score_agreement(SHROUT_FLEISS)


@pytest.mark.parametrize(
    "scores",
    [SHROUT_FLEISS[:4], SHROUT_FLEISS[:, :1], np.full((6, 2), 7.0), np.full((6, 2), UNKNOWN)],
    ids=["four customers", "one scorer", "all alike", "nothing scored"],
)
def test_where_it_cannot_be_told_it_says_what_it_takes(scores: Floats) -> None:
    found = score_agreement(scores)
    assert (found.single, found.of_mean, found.gap) == (None, None, None)
    assert "cannot be told" in found.words
    assert "takes 2 who scored the same 5, and customers that differ" in found.words


@pytest.mark.parametrize(
    ("of_mean", "degree"),
    [(0.49, "poor"), (0.5, "moderate"), (0.75, "good"), (0.9, "good"), (0.91, "excellent")],
)
def test_the_degree_has_its_words(of_mean: float, degree: str) -> None:
    found = ScoreAgreement(6, 3, single=0.4, of_mean=of_mean, gap=1.25)
    assert found.words.startswith(f"Agreement on these scores is {degree} and two scorers")
