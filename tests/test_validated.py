"""A frozen noun is changed with validation, and what is wrong is said in words."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from kam.errors import Refused
from kam.model import Capacity, CutOffs, Noun, Profile, Workshop
from kam.validated import NINTH_CRITERION, changed, complaint
from tests.workshops import criterion, full


def complaint_of(kind: type[Noun], given_: dict[str, Any]) -> str:
    """The complaint about data that do not fit."""
    with pytest.raises(ValidationError) as caught:
        kind.model_validate(given_)
    return complaint(caught.value)


def test_a_change_replaces_the_field_and_leaves_the_original_alone() -> None:
    before = Profile(revenue=1)
    assert changed(before, revenue=2) == Profile(revenue=2)
    assert before.revenue == 1


def test_a_change_coerces_as_the_field_does() -> None:
    assert changed(Profile(), revenue="12.5").revenue == 12.5
    assert changed(Profile(), needs="  speed ").needs == "speed"


@given(st.floats(allow_nan=True, allow_infinity=True).filter(lambda value: not 0 <= value <= 10))
def test_a_value_outside_its_range_is_refused(value: float) -> None:
    with pytest.raises(Refused, match="strength"):
        changed(CutOffs(), strength=value)


def test_the_refusal_names_place_and_value() -> None:
    with pytest.raises(Refused, match=r"^people: .*greater than or equal to 0; we found “-3”\.$"):
        changed(Capacity(), people=-3)


def test_rules_between_fields_are_checked_too() -> None:
    with pytest.raises(Refused, match=r"^The strategic line \(4\) .* cut-off \(5\)\.$"):
        changed(CutOffs(), strategic=4)


def test_a_rule_broken_inside_a_field_reads_as_a_sentence() -> None:
    text = complaint_of(
        Workshop,
        {
            "id": "w",
            "name": "W",
            "criteria": {
                "x": {"id": "x", "name": "X", "axis": "strength", "anchors": [1, 2, 2, 3, 4]}
            },
        },
    )
    assert text == (
        "The five anchors of X must run upwards without equal steps; we found 1, 2, 2, 3, 4."
    )


def test_changing_one_part_of_a_workshop_shares_the_rest() -> None:
    before = full()
    renamed = changed(before, name="Second try")
    assert renamed.name == "Second try"
    assert renamed.scores is before.scores


def test_a_ninth_criterion_is_refused_with_its_reason() -> None:
    nine = {f"c{n}": criterion(f"c{n}") for n in range(9)}
    with pytest.raises(Refused) as caught:
        changed(full(), criteria=nine)
    assert str(caught.value) == NINTH_CRITERION
    assert "at most 8 criteria" in NINTH_CRITERION


def test_a_ninth_criterion_in_a_file_reads_the_same() -> None:
    nine = {f"c{n}": criterion(f"c{n}").model_dump() for n in range(9)}
    assert complaint_of(Workshop, {"id": "w", "name": "W", "criteria": nine}) == NINTH_CRITERION


def test_an_unknown_field_is_named_with_a_way_out() -> None:
    assert complaint_of(Profile, {"colour": "blue"}) == (
        "We do not know the field “colour”. Remove it and try again."
    )


def test_the_place_is_a_path_of_names() -> None:
    text = complaint_of(
        Workshop, {"id": "w", "name": "W", "members": {"m": {"id": "m", "name": ""}}}
    )
    assert text.startswith("members › m › name: ")


def test_a_long_value_is_cut() -> None:
    text = complaint_of(Capacity, {"people": "x" * 500})
    assert text.endswith(f"we found “{'x' * 57}…”.")


def test_a_value_that_stands_alone_has_a_name_too() -> None:
    with pytest.raises(ValidationError) as caught:
        TypeAdapter(int).validate_python("many")
    assert complaint(caught.value).startswith("The value: ")


def test_no_complaint_ends_in_a_link_or_an_exclamation() -> None:
    text = complaint_of(Capacity, {"people": "many"})
    assert "http" not in text
    assert "!" not in text
