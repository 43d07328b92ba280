"""Judgments in pairs become weights, and the one to ask again is found."""

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kam.errors import Refused
from kam.method.ahp import (
    ALONSO_LAMATA,
    MOST_CRITERIA,
    SAATY,
    Judgment,
    Light,
    circle_words,
    circles,
    consistency,
    group_judgments,
    matrix_of,
    principal,
    priorities,
    to_reconsider,
)
from kam.method.values import Floats

TIMES = st.sampled_from([1 / n for n in range(9, 1, -1)] + [float(n) for n in range(1, 10)])


def matrices(size: int) -> st.SearchStrategy[Floats]:
    """Any judgments over so many criteria."""
    pairs = size * (size - 1) // 2
    return st.lists(TIMES, min_size=pairs, max_size=pairs).map(matrix_of)


MATRICES = st.integers(2, 8).flatmap(matrices)
TEAMS = st.integers(2, 6).flatmap(lambda n: st.lists(matrices(n), min_size=1, max_size=5))
FITTING = st.lists(st.floats(1, 3), min_size=2, max_size=8)


def fitting(weights: list[float]) -> Floats:
    """The judgments of someone who never contradicts herself."""
    return np.divide.outer(weights, weights)


# --- weights --------------------------------------------------------------------------------------


def test_weights_of_three_by_hand() -> None:
    """Row products 6, 1 and 1/6."""
    roots = [6 ** (1 / 3), 1, 6 ** (-1 / 3)]
    assert priorities(matrix_of([2, 3, 2])) == pytest.approx([r / sum(roots) for r in roots])


def test_of_two_criteria_the_one_judgment_decides() -> None:
    assert priorities(matrix_of([4])) == pytest.approx([0.8, 0.2])


def test_a_single_criterion_has_all_the_weight() -> None:
    assert priorities([[1.0]]).tolist() == [1]
    assert consistency([[1.0]]).ratio is None


@given(MATRICES)
def test_weights_add_to_1_and_none_is_zero(matrix: Floats) -> None:
    weights = priorities(matrix)
    assert weights.sum() == pytest.approx(1)
    assert (weights > 0).all()


@given(FITTING)
def test_judgments_without_contradiction_give_back_the_weights_behind_them(
    behind: list[float],
) -> None:
    shares = np.array(behind) / sum(behind)
    matrix = fitting(behind)
    assert priorities(matrix) == pytest.approx(shares)
    assert principal(matrix)[1] == pytest.approx(shares)


@given(MATRICES, st.data())
def test_the_order_in_which_criteria_are_listed_changes_nothing(
    matrix: Floats, data: st.DataObject
) -> None:
    shuffled = data.draw(st.permutations(range(len(matrix))))
    moved = matrix[np.ix_(shuffled, shuffled)]
    assert priorities(moved) == pytest.approx(priorities(matrix)[shuffled])
    assert consistency(moved).index == pytest.approx(consistency(matrix).index, abs=1e-6)


@given(MATRICES)
def test_asking_how_much_less_instead_of_how_much_more_turns_the_weights_round(
    matrix: Floats,
) -> None:
    """The eigenvector does not have this property."""
    turned = 1 / priorities(matrix.T)
    assert priorities(matrix) == pytest.approx(turned / turned.sum())


@given(MATRICES, st.data())
def test_judging_a_criterion_higher_raises_its_weight(matrix: Floats, data: st.DataObject) -> None:
    row, column = data.draw(st.permutations(range(len(matrix))))[:2]
    higher = matrix.copy()
    higher[row, column] = min(9.0, 2 * matrix[row, column])
    higher[column, row] = 1 / higher[row, column]
    assert priorities(higher)[row] >= priorities(matrix)[row] - 1e-12


# --- consistency ----------------------------------------------------------------------------------


@given(FITTING)
def test_judgments_without_contradiction_have_index_0_and_nothing_to_reconsider(
    behind: list[float],
) -> None:
    found = consistency(fitting(behind))
    assert found.index == pytest.approx(0, abs=1e-9)
    assert found.light is Light.GREEN
    assert to_reconsider(fitting(behind)) is None
    assert circles(fitting(behind)) == []


@given(MATRICES)
def test_the_largest_eigenvalue_is_never_below_the_number_of_criteria(matrix: Floats) -> None:
    largest, weights = principal(matrix)
    assert largest >= len(matrix) - 1e-9
    assert matrix @ weights == pytest.approx(largest * weights)
    assert consistency(matrix).index >= 0


def test_two_criteria_cannot_contradict_each_other() -> None:
    found = consistency(matrix_of([9]))
    assert (found.ratio, found.index, found.light) == (None, 0, Light.GREEN)


def test_the_ratio_is_the_index_over_that_of_random_judgments() -> None:
    """Of three: the eigenvalue is 1 + g + 1/g with g the cube root of how far the circle is off."""
    off = (2 * 3 / 9) ** (1 / 3)
    index = (1 + off + 1 / off - 3) / 2
    found = consistency(matrix_of([2, 9, 3]))
    assert found.index == pytest.approx(index)
    assert found.ratio == pytest.approx(index / 0.5247)
    assert found.table == "Alonso & Lamata (2006)"


def test_the_table_is_named_beside_the_ratio_because_tables_differ() -> None:
    matrix = matrix_of([2, 9, 3])
    older = consistency(matrix, SAATY)
    assert older.table == "Saaty (1980)"
    assert consistency(matrix).ratio == pytest.approx((older.ratio or 0) * 0.58 / 0.5247)


@pytest.mark.parametrize("table", [ALONSO_LAMATA, SAATY], ids=lambda table: table.source)
def test_a_table_covers_every_number_of_criteria_and_rises(table: object) -> None:
    assert isinstance(table, type(SAATY))
    assert list(table.of) == list(range(3, MOST_CRITERIA + 1))
    assert list(table.of.values()) == sorted(table.of.values())


@pytest.mark.parametrize(("direct", "light"), [(5, Light.GREEN), (6, Light.AMBER), (9, Light.RED)])
def test_the_light_turns_amber_above_a_tenth_and_red_above_a_fifth(
    direct: float, light: Light
) -> None:
    """a over b and b over c 1.5 times, a over c directly more and more."""
    matrix = matrix_of([1.5, direct, 1.5])
    ratio = consistency(matrix).ratio or 0
    low, high = {Light.GREEN: (0, 0.1), Light.AMBER: (0.1, 0.2), Light.RED: (0.2, 9)}[light]
    assert low < ratio <= high
    assert consistency(matrix).light is light


# --- what to ask again ----------------------------------------------------------------------------


def test_the_judgment_to_reconsider_is_the_one_planted() -> None:
    matrix = fitting([8, 4, 2, 1])
    matrix[0, 3], matrix[3, 0] = 1 / 2, 2
    found = to_reconsider(matrix)
    assert found is not None
    assert (found.more, found.less, found.said) == (3, 0, 2)
    assert found.implied < 1


def test_the_judgment_to_reconsider_is_told_in_a_sentence() -> None:
    told = Judgment(more=0, less=1, said=9, implied=2.13).words(["growth", "margin"])
    assert told == (
        "You said that growth counts 9 times as much as margin. "
        "All your answers together say 2.1 times. Compare these two again."
    )


@given(MATRICES)
def test_what_to_reconsider_departs_as_far_as_any_judgment_does(matrix: Floats) -> None:
    weights = priorities(matrix)
    departures = [
        abs(np.log(matrix[j, k] * weights[k] / weights[j]))
        for j, k in combinations(range(len(weights)), 2)
    ]
    found = to_reconsider(matrix)
    widest = abs(np.log(found.said / found.implied)) if found else 0
    assert widest == pytest.approx(max(departures), abs=2e-6)
    assert found is None or found.said >= 1


def test_three_judgments_in_a_circle_are_found_and_told() -> None:
    matrix = matrix_of([2, 1 / 2, 1, 2, 1, 1])
    assert circles(matrix) == [(0, 1, 2)]
    assert circle_words((0, 1, 2), "ABCD") == (
        "Your comparisons run in a circle: A over B, B over C, but C over A."
    )


def test_a_circle_the_other_way_round_starts_with_its_lowest_row_too() -> None:
    assert circles(matrix_of([1 / 2, 2, 1 / 2])) == [(0, 2, 1)]


def test_the_same_belongs_to_no_circle() -> None:
    assert circles(matrix_of([2, 1, 2])) == []


# --- a group --------------------------------------------------------------------------------------


@given(TEAMS)
def test_weights_of_a_group_are_its_members_weights_multiplied(team: list[Floats]) -> None:
    product = np.exp(np.mean([np.log(priorities(matrix)) for matrix in team], axis=0))
    assert priorities(group_judgments(team)) == pytest.approx(product / product.sum())


@given(TEAMS)
def test_what_every_member_puts_first_the_group_puts_first(team: list[Floats]) -> None:
    weights = np.array([priorities(matrix) for matrix in team])
    group = priorities(group_judgments(team))
    for column in range(weights.shape[1]):
        if (weights[:, column] >= weights.max(axis=1) - 1e-12).all():
            assert group[column] >= group.max() - 1e-9


def test_the_eigenvector_puts_first_what_no_member_puts_first_and_ours_does_not() -> None:
    """Two members, both well below a ratio of .10; found by search."""
    team = [
        matrix_of([1, 2, 1 / 2, 1, 3, 2, 1, 1 / 3, 1 / 3, 1 / 2]),
        matrix_of([1 / 2, 2, 3, 1, 3, 3, 1, 1, 1 / 3, 1 / 5]),
    ]
    group = group_judgments(team)
    for matrix in team:
        weights = principal(matrix)[1]
        assert (consistency(matrix).ratio or 0) < 0.05
        assert weights[1] >= weights.max() - 1e-9
    assert np.argmax(principal(group)[1]) == 4
    assert np.argmax(priorities(group)) == 1


@given(MATRICES)
def test_a_group_of_one_is_that_one(matrix: Floats) -> None:
    assert group_judgments([matrix, matrix]) == pytest.approx(matrix)


# --- what cannot be used --------------------------------------------------------------------------


@pytest.mark.parametrize("count", [0, 2, 4, 36])
def test_an_incomplete_set_of_judgments_is_refused_with_how_many_it_takes(count: int) -> None:
    with pytest.raises(Refused, match=f"we found {count}. Three criteria take 3, four 6"):
        matrix_of([1.0] * count)


@pytest.mark.parametrize("times", [0, -3, 12, 0.1, float("nan")])
def test_a_judgment_off_the_scale_is_refused_with_its_place(times: float) -> None:
    with pytest.raises(Refused, match=r"Row 1, column 3: we found .* from 1/9 to 9 times"):
        matrix_of([1, times, 1])


def test_judgments_that_are_not_reciprocal_are_refused_with_both_places() -> None:
    with pytest.raises(Refused, match=r"Row 1, column 2 and row 2, column 1 .* 3 and 0.5"):
        priorities([[1, 3], [0.5, 1]])


@pytest.mark.parametrize("matrix", [[], [[1, 2]], [[1, 2], [0.5]]])
def test_a_matrix_that_is_not_square_is_refused(matrix: list[list[float]]) -> None:
    with pytest.raises(Refused, match="Compare every criterion with every other"):
        priorities(matrix)


def test_nine_criteria_are_refused() -> None:
    with pytest.raises(Refused, match=r"At most 8 criteria .* we found 9"):
        priorities(np.ones((9, 9)))


@pytest.mark.parametrize(
    ("team", "found"), [([], "found none"), ([np.ones((2, 2)), np.ones((3, 3))], "found 2 and 3")]
)
def test_members_must_compare_the_same_criteria(team: list[Floats], found: str) -> None:
    with pytest.raises(Refused, match=f"{found}. Ask those again"):
        group_judgments(team)


def test_a_third_written_with_eight_digits_is_a_third() -> None:
    assert priorities([[1, 3], [0.33333333, 1]]) == pytest.approx([0.75, 0.25])
