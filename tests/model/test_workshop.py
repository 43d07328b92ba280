"""A workshop speaks only of what it holds."""

import pytest
from pydantic import ValidationError

from kam.model import (
    MAX_CRITERIA,
    MAX_CUSTOMERS,
    MAX_GATES,
    Plan,
    Score,
    Workshop,
)
from tests.workshops import criterion, full


def test_there_are_at_most_eight_criteria_and_three_gates() -> None:
    assert (MAX_CRITERIA, MAX_GATES, MAX_CUSTOMERS) == (8, 3, 20_000)


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


@pytest.mark.parametrize(
    ("place", "content"),
    [
        ("votes", {"ghost": {}}),
        ("forecasts", {"ghost": {}}),
        ("best_relationships", ["ghost"]),
        ("answers", {"interests": {"ghost": {}}}),
        ("answers", {"recalled": {"ghost": {}}}),
        ("answers", {"gut": {"of": {"ghost": []}}}),
        ("answers", {"ties": {"asked": True, "strongest": {"ghost": 1}}}),
    ],
)
def test_private_answers_speak_only_of_what_the_workshop_holds(place: str, content: object) -> None:
    with pytest.raises(ValidationError, match="'ghost', which the workshop does not hold"):
        Workshop.model_validate({"id": "w", "name": "W", place: content})


@pytest.mark.parametrize("place", ["votes", "forecasts"])
def test_votes_and_forecasts_of_unknown_customers_are_refused(place: str) -> None:
    told: object = {"a": {"ghost": {} if place == "votes" else 3}}
    with pytest.raises(ValidationError, match=f"{place} of 'a' name the unknown customer"):
        Workshop.model_validate(
            {"id": "w", "name": "W", "criteria": {"a": criterion("a")}, place: told}
        )
