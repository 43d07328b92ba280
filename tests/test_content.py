"""Cells tell what a column holds only where they can, and never for certain."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kam.intake.headers import content
from kam.intake.headers.content import guesses
from kam.intake.headers.matching import CUSTOMER_TARGETS, match

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


# --- figures where words are expected -------------------------------------------------------------


def test_growth_in_figures_has_no_field_and_in_words_it_is_certain() -> None:
    figures = {"Growth": ["3.5", "12 %", "-4", ""], "Customer": ["Ash", "Bay", "Elm", "Fir"]}
    assert match(["Growth", "Customer"], CUSTOMER_TARGETS, figures)["Growth"].target is None
    spoken = {"Growth": ["high", "12 % a year", "low", ""]}
    assert match(["Growth"], CUSTOMER_TARGETS, spoken)["Growth"].certain


def test_codes_of_an_industry_stay_certain() -> None:
    assert match(["Industry Code"], CUSTOMER_TARGETS, {"Industry Code": ["3711", "20"]})[
        "Industry Code"
    ].certain


def test_an_empty_column_holds_no_figures() -> None:
    assert not content.are_figures("Growth", ["", ""])
    assert content.are_figures("Growth", ["1", "2,5", ""])
    assert content.are_figures("Potenzial", ["7.026,34 €", "-", "n/a", "1.000,00 €"])


# --- the columns of a ledger ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cells", "target"),
    [
        (["2025-01-31", "2025-02-01", "01.03.2025"], "date"),
        (["20250131", "20250201", "20250301"], "date"),
        (["1/31/25", "2/1/25", "3/1/25"], "date"),
        (["1.234,50", "7,00", "-3,20 €"], "amount"),
        (["EUR", "USD", "EUR"], "currency"),
    ],
)
def test_days_amounts_and_currencies_are_told_by_their_cells(cells: list[str], target: str) -> None:
    assert target in guessed(*cells)


@pytest.mark.parametrize(
    "cells",
    [
        ["12", "500", "7"],  # whole figures may be anything
        ["2025-99", "soon", "1.2.3.4"],
        ["12345678", "87654321", "11112222"],
        ["EUR", "USD", "Berlin"],
    ],
)
def test_what_is_no_day_amount_or_currency_is_not_guessed(cells: list[str]) -> None:
    assert not guessed(*cells) & {"date", "amount", "currency"}
