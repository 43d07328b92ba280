"""Cells tell what a column holds only where they can, and never for certain."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kam.intake.headers.content import guesses

COMPANIES = ["Meier GmbH", "Bay AG", "Cob Ltd", "Elm Inc.", "Oak"]
PEOPLE = ["Anna Weber", "Weber, Jan", "Anna Weber"] * 3


def guessed(*cells: str) -> set[str]:
    return {guess.target for guess in guesses({"Column 1": cells})}


def test_names_with_legal_forms_that_hardly_repeat_are_customers() -> None:
    assert guessed(*COMPANIES) == {"name"}


@pytest.mark.parametrize(
    "cells",
    [
        COMPANIES[:2],
        [*COMPANIES, *COMPANIES],
        ["Oak", "Ash", "Bay"],
        [f"{name}@x.example" for name in COMPANIES],
        [f"www.{name}" for name in COMPANIES],
        [],
    ],
    ids=["too few", "repeated", "no legal form", "e-mail", "web", "empty"],
)
def test_other_texts_are_not_taken_for_customers(cells: list[str]) -> None:
    assert guessed(*cells) == set()


def test_a_few_people_who_repeat_are_owners() -> None:
    assert guessed(*PEOPLE) == {"owner"}


@pytest.mark.parametrize(
    "cells",
    [
        ["Anna Weber", "Jan Meier", "Kim Lee"],
        ["Value Added Reseller", "Specialty Bike Shop"] * 5,
        ["Anna Weber"] * 9,
    ],
    ids=["each once", "kinds of shops", "one for all"],
)
def test_other_repeated_texts_are_not_taken_for_owners(cells: list[str]) -> None:
    assert "owner" not in guessed(*cells)


@pytest.mark.parametrize(
    "cells", [["Germany", "France", "Italy"], ["DE", "FR", "IT"], ["DEU", "FRA", "Österreich"]]
)
def test_countries_are_known_by_name_and_code(cells: list[str]) -> None:
    assert guessed(*cells) == {"country"}


def test_states_are_no_countries() -> None:
    assert guessed("CA", "NY", "TX", "WA") == set()


def test_a_single_column_of_answers_is_guessed_and_several_are_not() -> None:
    answers = ["yes", "no", "Yes"]
    assert {guess.target for guess in guesses({"a": answers})} == {"favours_us"}
    assert guesses({"a": answers, "b": answers}) == ()


@given(st.dictionaries(st.text(max_size=3), st.lists(st.text(max_size=6), max_size=9), max_size=4))
def test_every_guess_is_about_a_column_that_is_there(columns: dict[str, list[str]]) -> None:
    for guess in guesses(columns):
        assert guess.header in columns
        assert 0 < guess.sure <= 1
