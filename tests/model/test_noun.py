"""A noun cannot be changed, and takes only what its fields can hold."""

import math

import pytest
from pydantic import ValidationError

from kam.model import (
    Customer,
    Score,
)
from tests.workshops import criterion


def test_a_noun_cannot_be_changed() -> None:
    with pytest.raises(ValidationError, match="frozen"):
        criterion("a").name = "Other"  # type: ignore[misc]


def test_an_unknown_field_is_refused() -> None:
    with pytest.raises(ValidationError, match="Extra inputs"):
        Customer.model_validate({"id": "x", "name": "X", "colour": "blue"})


@pytest.mark.parametrize("number", [math.nan, math.inf, -math.inf])
def test_a_score_is_a_number_that_can_be_counted(number: float) -> None:
    with pytest.raises(ValidationError, match="finite"):
        Score(value=number)


def test_blanks_around_a_name_do_not_count_and_a_blank_name_is_refused() -> None:
    assert Customer(id="x", name="  Ash ").name == "Ash"
    with pytest.raises(ValidationError, match="at least 1"):
        Customer(id="x", name="   ")
