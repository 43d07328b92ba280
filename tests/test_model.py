"""The nouns refuse what cannot be, in words, and say what is missing."""

import math
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from kam.model import (
    MAX_CRITERIA,
    MAX_CUSTOMERS,
    MAX_GATES,
    Axis,
    Ballot,
    Capacity,
    Class,
    Criterion,
    Customer,
    CutOffs,
    Favours,
    Objective,
    Override,
    Plan,
    Profile,
    Score,
    Workshop,
)
from tests.workshops import PLAIN, anchors, criterion, full

RISING = (0.0, 1.0, 2.0, 3.0, 4.0)


def test_the_classes_bear_the_names_of_every_screen() -> None:
    assert [klass.label for klass in Class] == [
        "Key · strategic",
        "Key · core",
        "Strategic, not yet key",
        "Low priority",
    ]


def test_only_the_two_key_classes_are_key_accounts() -> None:
    assert [klass for klass in Class if klass.is_key] == [Class.KEY_STRATEGIC, Class.KEY_CORE]


def test_there_are_at_most_eight_criteria_and_three_gates() -> None:
    assert (MAX_CRITERIA, MAX_GATES, MAX_CUSTOMERS) == (8, 3, 20_000)


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


def test_a_profile_knows_nothing_until_told() -> None:
    empty = Profile()
    assert empty.favours_us is Favours.UNKNOWN
    assert {empty.revenue, empty.margin_pct, empty.cost_to_serve, empty.capital_employed} == {None}


def test_a_ballot_of_zeros_is_refused_in_words() -> None:
    with pytest.raises(ValidationError, match="every criterion is worth nothing"):
        Ballot(member="m", swings={"a": 0, "b": 0})
    assert Ballot(member="m", swings={"a": 0, "b": 1}).round == 1


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


@pytest.mark.parametrize(
    ("place", "content"),
    [
        ("scores", {"ghost": {}}),
        ("points", {"ghost": 3}),
        ("ballots", {"ghost": []}),
        ("failed_gates", {"ghost": {}}),
        (
            "overrides",
            {"ghost": {"customer": "ghost", "klass": "key_core", "by": "I", "reason": "r"}},
        ),
        ("plans", {"ghost": Plan(customer="ghost", template="L2").model_dump()}),
    ],
)
def test_a_workshop_that_speaks_of_what_it_does_not_hold_is_refused(
    place: str, content: dict[str, object]
) -> None:
    with pytest.raises(ValidationError, match="name 'ghost', which the workshop does not hold"):
        Workshop.model_validate({"id": "w", "name": "W", place: content})


def test_scores_of_unknown_customers_are_refused() -> None:
    with pytest.raises(ValidationError, match="scores of 'a' name the unknown customer 'ghost'"):
        Workshop(
            id="w",
            name="W",
            criteria={"a": criterion("a")},
            scores={"a": {"ghost": Score(value=1)}},
        )


def test_a_ninth_criterion_in_a_file_is_refused() -> None:
    nine = {f"c{n}": criterion(f"c{n}").model_dump() for n in range(9)}
    with pytest.raises(ValidationError, match="at most 8"):
        Workshop.model_validate({"id": "w", "name": "W", "criteria": nine})


def test_a_full_workshop_survives_the_way_through_json() -> None:
    workshop = full()
    assert Workshop.model_validate_json(workshop.model_dump_json()) == workshop


def test_a_criterion_keeps_its_anchors_as_given() -> None:
    assert criterion("x", anchors=RISING).anchors == RISING
    assert criterion("x").anchors == PLAIN
