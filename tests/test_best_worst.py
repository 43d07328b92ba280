"""Judgments against the first and the last criterion become weights that keep them so."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kam.errors import Refused
from kam.method.best_worst import (
    THRESHOLD_CRITERIA,
    THRESHOLDS,
    Comparisons,
    best_worst,
    fit,
    odd_words,
)
from kam.method.values import Floats

compared = Comparisons.compared


@st.composite
def comparisons(draw: st.DrawFn) -> Comparisons:
    """Anything that a member may say of two to eight criteria."""
    size, widest = draw(st.integers(2, 8)), draw(st.integers(1, 9))
    best, worst = draw(st.permutations(range(size)))[:2]
    judgment = st.lists(st.integers(1, widest), min_size=size, max_size=size)
    to_others, to_worst = draw(judgment), draw(judgment)
    to_others[best] = to_worst[worst] = 1
    to_others[worst] = to_worst[best] = widest
    return compared(best, worst, to_others, to_worst)


def gaps(judged: Comparisons, weights: Floats) -> Floats:
    """How far each judgment is missed."""
    from_best = weights[judged.best] - np.array(judged.best_to_others) * weights
    to_worst = weights - np.array(judged.others_to_worst) * weights[judged.worst]
    return np.asarray(np.abs(np.concatenate([from_best, to_worst])))


# --- weights --------------------------------------------------------------------------------------


def test_judgments_that_fit_give_back_the_weights_behind_them() -> None:
    judged = compared(0, 3, [1, 2, 4, 8], [8, 4, 2, 1])
    found = best_worst(judged)
    assert found.weights == pytest.approx([8 / 15, 4 / 15, 2 / 15, 1 / 15])
    assert found.gap == pytest.approx(0, abs=1e-9)
    assert fit(judged).ratio == 0


def test_of_two_criteria_the_one_judgment_decides() -> None:
    assert best_worst(compared(1, 0, [4, 1], [1, 4])).weights == pytest.approx([0.2, 0.8])


@pytest.mark.parametrize(
    "judged",
    [compared(0, 0, [1, 1, 1], [1, 1, 1]), compared(0, 2, [1, 1, 1], [1, 1, 1])],
    ids=["best is worst", "best counts as much as worst"],
)
def test_where_nothing_counts_more_all_weigh_alike(judged: Comparisons) -> None:
    assert best_worst(judged).weights.tolist() == [1 / 3] * 3
    assert best_worst(judged).gap == 0
    assert (fit(judged).ratio, fit(judged).acceptable, fit(judged).odd) == (0, None, None)


@given(comparisons())
def test_weights_add_to_1_and_none_is_negative(judged: Comparisons) -> None:
    weights = best_worst(judged).weights
    assert weights.sum() == pytest.approx(1)
    assert (weights >= 0).all()


@given(comparisons())
def test_what_was_named_first_is_first_and_what_was_named_last_is_last(
    judged: Comparisons,
) -> None:
    weights = best_worst(judged).weights
    assert weights[judged.best] >= weights.max() - 1e-9
    assert weights[judged.worst] <= weights.min() + 1e-9


def test_without_the_order_a_criterion_as_good_as_the_first_would_overtake_it() -> None:
    """The published linear model gives the second 0.42 and the first 0.31 here."""
    judged = compared(0, 3, [1, 1, 1, 5], [5, 5, 1, 1])
    weights = best_worst(judged).weights
    assert weights[0] == pytest.approx(weights[1])
    assert weights[0] > weights[2] > weights[3]
    published = np.array([2.75, 3.75, 1.75, 0.75]) / 9
    assert gaps(judged, published).max() <= best_worst(judged).gap
    assert published[1] > published[0]


@given(comparisons())
def test_the_gap_is_the_widest_that_the_weights_leave(judged: Comparisons) -> None:
    found = best_worst(judged)
    if not judged.all_alike:
        assert gaps(judged, found.weights).max() == pytest.approx(found.gap, abs=1e-7)


@given(comparisons(), st.integers(0, 10_000))
def test_no_other_weights_in_that_order_come_nearer(judged: Comparisons, seed: int) -> None:
    """Tried on 200 random ones with the same first and last."""
    found = best_worst(judged)
    size = len(found.weights)
    for other in np.random.default_rng(seed).dirichlet(np.ones(size), 200):
        tried = np.sort(other)
        place = [row for row in range(size) if row not in {judged.best, judged.worst}]
        weights = np.empty(size)
        weights[[judged.worst, *place, judged.best]] = tried
        assert gaps(judged, weights).max() >= found.gap - 1e-9


@given(comparisons(), st.data())
def test_the_order_in_which_criteria_are_listed_changes_nothing(
    judged: Comparisons, data: st.DataObject
) -> None:
    """So there is one answer: the program has no other to choose from."""
    shuffled = data.draw(st.permutations(range(len(judged.best_to_others))))
    moved = compared(
        shuffled.index(judged.best),
        shuffled.index(judged.worst),
        [judged.best_to_others[row] for row in shuffled],
        [judged.others_to_worst[row] for row in shuffled],
    )
    assert best_worst(moved).weights == pytest.approx(best_worst(judged).weights[shuffled])
    assert fit(moved).ratio == fit(judged).ratio


# --- consistency ----------------------------------------------------------------------------------


@given(comparisons())
def test_the_ratio_lies_between_0_and_1_and_the_odd_one_has_it(judged: Comparisons) -> None:
    found, direct = fit(judged), judged.best_to_worst
    assert 0 <= found.ratio <= 1
    if found.odd is None:
        assert found.ratio == 0
    else:
        over = judged.best_to_others[found.odd] * judged.others_to_worst[found.odd]
        assert found.ratio == abs(over - direct) / (direct**2 - direct)


@given(comparisons())
def test_judgments_fit_exactly_when_the_weights_leave_no_gap(judged: Comparisons) -> None:
    assert (fit(judged).ratio == 0) == (best_worst(judged).gap < 1e-9)


def test_above_the_threshold_the_odd_judgment_is_asked_again_and_told() -> None:
    judged = compared(0, 3, [1, 7, 2, 8], [8, 7, 4, 1])
    found = fit(judged)
    assert found.ratio == pytest.approx((49 - 8) / 56)
    assert (found.acceptable, found.odd, found.ask_again) == (0.2521, 1, True)
    assert odd_words(judged, 1, ["growth", "margin", "fit", "risk"]) == (
        "You said that growth counts 7 times as much as margin, and margin 7 times as much as "
        "risk: together 49 times. Directly you said 8 times. Compare margin with both again."
    )


def test_below_the_threshold_nothing_is_asked_again() -> None:
    found = fit(compared(0, 3, [1, 3, 3, 8], [8, 3, 4, 1]))
    assert 0 < found.ratio < (found.acceptable or 0)
    assert not found.ask_again


def test_on_the_narrowest_scale_nothing_but_a_perfect_fit_is_acceptable() -> None:
    """The table's threshold for a best that counts twice as much as the worst is 0."""
    perfect, off = compared(0, 2, [1, 2, 2], [2, 1, 1]), compared(0, 2, [1, 1, 2], [2, 1, 1])
    assert (fit(perfect).ratio, fit(perfect).ask_again) == (0, False)
    assert (fit(off).ratio, fit(off).ask_again) == (0.5, True)


def test_beyond_the_table_no_threshold_is_made_up() -> None:
    found = fit(compared(0, 9, [1, *[3] * 8, 9], [9, *[1] * 8, 1]))
    assert found.ratio > 0
    assert found.acceptable is None
    assert not found.ask_again


def test_the_table_of_thresholds_is_whole_and_named() -> None:
    assert list(THRESHOLDS) == list(range(2, 10))
    assert {len(row) for row in THRESHOLDS.values()} == {len(THRESHOLD_CRITERIA)}
    assert all(list(row) == sorted(row) for row in THRESHOLDS.values())
    assert "Liang, Brunelli & Rezaei (2020)" in fit(compared(0, 1, [1, 3], [3, 1])).source


# --- what cannot be used --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("to_others", "to_worst", "told"),
    [
        ([1, 2, 4], [4, 2], r"we found 3 with the first criterion and 2 with the last"),
        ([1, 2.5, 4], [4, 2, 1], r"Criterion 2 against the first: we found 2\.5\. Choose a whole"),
        ([1, 2, 4], [4, 0, 1], r"Criterion 2 against the last: we found 0\."),
        ([1, 2, 10], [10, 2, 1], r"Criterion 3 against the first: we found 10\."),
        ([1, float("nan"), 4], [4, 2, 1], r"Criterion 2 against the first: we found nan"),
        ([2, 2, 4], [4, 2, 1], r"The first criterion against itself: we found 2\."),
        ([1, 2, 4], [4, 2, 3], r"The last criterion against itself: we found 3\."),
        ([1, 2, 4], [5, 2, 1], r"judged twice: we found 4 and 5\. Choose one"),
        ([1, 6, 4], [4, 2, 1], r"Lower the 6, or name criterion 2 the last one"),
        ([1, 2, 4], [4, 6, 1], r"Lower the 6, or name criterion 2 the first one"),
    ],
)
def test_what_does_not_hold_together_is_refused_with_its_place_and_the_way_out(
    to_others: list[float], to_worst: list[float], told: str
) -> None:
    with pytest.raises(Refused, match=told):
        compared(0, 2, to_others, to_worst)


def test_a_first_criterion_that_is_not_there_is_refused() -> None:
    with pytest.raises(Refused, match="Compare every criterion with both"):
        compared(3, 0, [1, 2, 4], [4, 2, 1])
