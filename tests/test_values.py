"""Raw levels become values on a fixed scale, and come back."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kam import catalogue
from kam.method.values import (
    ANCHOR_VALUES,
    clipped,
    in_unit,
    is_counted,
    level,
    listing,
    spoken,
    values,
)
from kam.model import Anchors
from tests.workshops import anchors

COMPLAINTS = (8.0, 5.0, 3.0, 1.5, 0.5)  # fewer is better
GROWTH = (-5.0, 0.0, 4.0, 8.0, 15.0)
RAW = st.floats(-2000, 2000)


@pytest.mark.parametrize("scale", [COMPLAINTS, GROWTH])
def test_the_five_anchors_are_worth_0_to_10_in_equal_steps(scale: Anchors) -> None:
    assert values(scale, scale).tolist() == [0, 2.5, 5, 7.5, 10]


def test_between_two_anchors_the_value_is_linear() -> None:
    # 9 % lies one seventh of the way from 8 (7.5) to 15 (10)
    assert values(9.0, GROWTH) == pytest.approx(7.5 + 2.5 / 7)


def test_a_cost_criterion_is_linear_too_and_not_one_divided_by_x() -> None:
    halfway = values(np.array([8.0, 6.5, 5.0]), COMPLAINTS)
    assert halfway.tolist() == [0, 1.25, 2.5]


def test_levels_outside_the_anchors_are_cut_to_0_and_10() -> None:
    assert values([99.0, 0.1], COMPLAINTS).tolist() == [0, 10]


def test_levels_outside_the_anchors_are_flagged_whatever_the_direction() -> None:
    assert clipped([99.0, 8.0, 0.5, 0.1], COMPLAINTS).tolist() == [True, False, False, True]
    assert clipped([-6.0, -5.0, 15.0, 15.1], GROWTH).tolist() == [True, False, False, True]


def test_unknown_stays_unknown_and_is_not_flagged() -> None:
    assert np.isnan(values(np.nan, COMPLAINTS))
    assert not clipped(np.nan, COMPLAINTS)


def test_the_shape_is_kept() -> None:
    assert values(np.zeros((2, 3)), GROWTH).shape == (2, 3)


@given(anchors(), RAW)
def test_a_value_is_never_outside_0_to_10(scale: Anchors, raw: float) -> None:
    assert 0 <= values(raw, scale) <= 10


@given(anchors(), st.floats(0, 10))
def test_level_is_the_inverse_of_values_from_the_value(scale: Anchors, value: float) -> None:
    assert values(level(value, scale), scale) == pytest.approx(value, abs=1e-6)


@given(anchors(), st.floats(0, 1))
def test_level_is_the_inverse_of_values_from_the_level(scale: Anchors, share: float) -> None:
    raw = scale[0] + share * (scale[-1] - scale[0])
    assert level(values(raw, scale), scale) == pytest.approx(raw, abs=1e-6)


@given(anchors(), RAW, RAW)
def test_better_levels_are_never_worth_less(scale: Anchors, one: float, other: float) -> None:
    worse, better = sorted((one, other), reverse=scale[0] > scale[-1])
    assert values(better, scale) >= values(worse, scale)


@given(anchors(), RAW)
def test_measuring_the_opposite_changes_nothing(scale: Anchors, raw: float) -> None:
    """Minus the level on minus the anchors: the direction turns round, the value stays."""
    opposite = tuple(-anchor for anchor in scale)
    assert values(-raw, opposite) == pytest.approx(float(values(raw, scale)))


@given(anchors(), RAW)
def test_turning_the_anchors_round_alone_mirrors_the_value(scale: Anchors, raw: float) -> None:
    assert values(raw, scale[::-1]) == pytest.approx(10 - float(values(raw, scale)), abs=1e-9)


@given(anchors(), st.lists(RAW, min_size=1, max_size=5), RAW)
def test_a_value_does_not_depend_on_other_customers(
    scale: Anchors, raw: list[float], added: float
) -> None:
    alone, with_another = values(raw, scale), values([*raw, added], scale)
    assert alone.tolist() == with_another[:-1].tolist()


@given(anchors(), st.floats(0.001, 0.999))
def test_nothing_is_flagged_between_the_outer_anchors(scale: Anchors, share: float) -> None:
    raw = scale[0] + share * (scale[-1] - scale[0])
    assert not clipped(raw, scale)
    assert 0 < values(raw, scale) < 10


def test_the_anchor_values_are_those_of_the_method() -> None:
    assert ANCHOR_VALUES.tolist() == [0, 2.5, 5, 7.5, 10]


@pytest.mark.parametrize(
    ("raw", "words"),
    [(300_000, "300,000"), (8.932, "8.93"), (-0.25, "−0.25"), (4893.88, "4,894"), (0, "0")],
)
def test_a_level_is_said_with_the_digits_that_matter(raw: float, words: str) -> None:
    assert spoken(raw) == words


@pytest.mark.parametrize(
    ("said", "unit", "words"),
    [
        ("3", "%", "3 %"),
        ("1 to 3", "count of 5", "1 to 3 of 5"),
        ("2 to 4", "level 0-4", "2 to 4 of 4"),
        ("4", "count/year", "4 a year"),
        ("7", "count", "7"),
        ("7", "", "7"),
        ("7", "count of complaints", "7 count of complaints"),
        ("7", "counts", "7 counts"),
    ],
)
def test_a_level_is_said_in_its_unit_as_people_say_it(said: str, unit: str, words: str) -> None:
    assert in_unit(said, unit) == words


@pytest.mark.parametrize(
    ("unit", "counted"),
    [("count", True), ("count of 5", True), ("count/year", True), ("level 0-4", True),
     ("orders", True), ("days", True),
     ("", False), ("%", False), ("points", False), ("accounts", False), ("level", False)],
)  # fmt: skip
def test_only_counts_and_levels_come_in_whole_steps(unit: str, counted: bool) -> None:  # noqa: FBT001 - a value of the table
    assert is_counted(unit) is counted


@pytest.mark.parametrize("entry", catalogue.CRITERIA, ids=lambda entry: entry.id)
def test_no_unit_of_the_catalogue_reads_like_a_column(entry: catalogue.CatalogueCriterion) -> None:
    words = in_unit("3", entry.unit)
    assert words.startswith("3")
    assert "count" not in words
    assert "level" not in words


def test_names_stand_as_in_a_sentence() -> None:
    assert [listing(one) for one in (["A"], ["A", "B"], ["A", "B", "C"])] == [
        "A",
        "A and B",
        "A, B and C",
    ]
