"""Lines, capacity and overrides say what they lack, and refuse what cannot be."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from kam.model import (
    Capacity,
    Class,
    CutOffs,
    Override,
)


def test_the_classes_bear_the_names_of_every_screen() -> None:
    assert [klass.label for klass in Class] == [
        "Key · strategic",
        "Key · core",
        "Strategic, not yet key",
        "Low priority",
    ]


def test_only_the_two_key_classes_are_key_accounts() -> None:
    assert [klass for klass in Class if klass.is_key] == [Class.KEY_STRATEGIC, Class.KEY_CORE]


@given(st.floats(0, 10), st.floats(0, 10))
def test_the_strategic_line_never_lies_below_the_attractiveness_cut_off(
    strategic: float, attractiveness: float
) -> None:
    if strategic >= attractiveness:
        lines = CutOffs(strategic=strategic, attractiveness=attractiveness)
        assert lines.strategic >= lines.attractiveness
    else:
        with pytest.raises(ValidationError, match="cannot be below the attractiveness cut-off"):
            CutOffs(strategic=strategic, attractiveness=attractiveness)


def test_the_lines_start_at_5_5_and_7() -> None:
    lines = CutOffs()
    assert (lines.strength, lines.attractiveness, lines.strategic) == (5, 5, 7)


def test_capacity_in_hours_is_people_times_hours() -> None:
    assert Capacity(people=2.5, hours_per_person=1600).hours == 4000


@pytest.mark.parametrize(
    ("capacity", "known"),
    [
        (Capacity(), False),
        (Capacity(people=2, hours_per_person=1600), False),
        (Capacity(people=2, hours_strategic=400, hours_core=100), False),
        (Capacity(people=2, hours_per_person=9, hours_strategic=4, hours_core=1), True),
        (Capacity(people=0, hours_per_person=9, hours_strategic=4, hours_core=1), True),
        (Capacity(mode="places"), False),
        (Capacity(mode="places", places=0), True),
    ],
)
def test_capacity_is_known_when_nothing_it_needs_is_missing(
    capacity: Capacity, *, known: bool
) -> None:
    assert capacity.known is known


def test_no_capacity_is_not_unknown_capacity() -> None:
    assert Capacity(people=0, hours_per_person=1600).hours == 0
    assert Capacity(people=0).hours is None


def test_an_override_needs_a_name_and_a_reason() -> None:
    with pytest.raises(ValidationError, match="by"):
        Override(customer="c", klass=Class.KEY_CORE, by=" ", reason="because")
    with pytest.raises(ValidationError, match="reason"):
        Override(customer="c", klass=Class.KEY_CORE, by="Ines", reason="")
