"""Criteria and objectives refuse what cannot be, in words, and say what is missing."""

from typing import Any

import pytest
from hypothesis import given
from pydantic import ValidationError

from kam.model import (
    Axis,
    Criterion,
    Objective,
)
from tests.workshops import PLAIN, anchors, criterion

RISING = (0.0, 1.0, 2.0, 3.0, 4.0)


@given(anchors())
def test_anchors_that_run_one_way_are_taken_in_their_direction_only(
    levels: tuple[float, float, float, float, float],
) -> None:
    rising = levels[0] < levels[-1]
    right, wrong = ("+", "-") if rising else ("-", "+")
    given_: dict[str, Any] = {"id": "x", "name": "X", "axis": Axis.STRENGTH, "anchors": levels}
    assert Criterion.model_validate({**given_, "direction": right}).anchors == levels
    with pytest.raises(ValidationError, match="must run"):
        Criterion.model_validate({**given_, "direction": wrong})


def test_equal_steps_are_refused_and_the_message_lists_the_anchors() -> None:
    with pytest.raises(ValidationError, match="upwards without equal steps; we found 0, 1, 1, 2"):
        criterion("x", anchors=(0.0, 1.0, 1.0, 2.0, 3.0))


def test_an_empty_criterion_lacks_definition_unit_and_anchors() -> None:
    bare = Criterion(id="x", name="X", axis=Axis.STRENGTH)
    assert bare.gaps == ("a definition", "a unit", "five anchors")
    assert criterion("x").gaps == ()


def test_an_objective_says_what_it_lacks_and_a_baseline_of_zero_is_not_a_gap() -> None:
    assert Objective(id="o", name="O").gaps == ("a measure", "a baseline", "a target", "a year")
    whole = Objective(id="o", name="O", measure="m", baseline=0, target=0, year=2030)
    assert whole.gaps == ()


def test_a_criterion_keeps_its_anchors_as_given() -> None:
    assert criterion("x", anchors=RISING).anchors == RISING
    assert criterion("x").anchors == PLAIN
