"""What leaving one customer brings, worked by hand, and when it is worth it."""

from dataclasses import replace
from math import nan

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kam.method.exit_case import STAYS, exit_case
from kam.method.incremental import Incremental
from kam.method.returns import GOODS, Account, Line
from tests.test_returns import ALDER, CEDAR, ELM, FIR, accounts, cents

HURDLE = 0.1


def test_only_costs_that_would_end_are_saved() -> None:
    assert exit_case(ALDER, HURDLE).avoidable.lines == (
        Line("Cost to serve", 120),
        Line(STAYS, -20),
        Line("Avoidable overhead", 30),
    )
    assert exit_case(ALDER, HURDLE).avoidable.amount == 130


def test_the_gain_of_an_exit_opens_to_what_is_saved_and_what_is_lost() -> None:
    assert exit_case(FIR, HURDLE).gain.lines == (
        Line("Avoidable cost", 130),
        Line("Contribution", -20),
        Line("Earned on released capital", 20),
    )
    assert exit_case(FIR, HURDLE).change.amount == 110


def test_who_finances_us_takes_its_money_along() -> None:
    """Cedar's capital is -400: to leave it costs 40 a year at 10 %."""
    assert exit_case(CEDAR, HURDLE).on_capital.amount == -40
    assert exit_case(CEDAR, HURDLE).gain.amount == 130 - 40 - 350


def test_a_case_keeps_the_figures_of_its_account() -> None:
    case = exit_case(ALDER, HURDLE)
    assert (case.contribution.amount, case.profit.amount, case.capital.amount) == (350, 200, 200)
    assert (case.account, case.complete, case.missing) == (ALDER, True, ())


def test_what_is_unknown_is_named_and_has_no_gain() -> None:
    case = exit_case(ELM, HURDLE)
    assert (case.complete, case.gain.amount) == (False, None)
    assert case.missing == (GOODS, "Stock")


@pytest.mark.parametrize("stranded", [None, nan])
def test_costs_of_which_nobody_knows_how_many_stay_are_not_all_saved(
    stranded: float | None,
) -> None:
    case = exit_case(replace(ALDER, stranded=stranded), HURDLE)
    assert (case.avoidable.amount, case.gain.amount) == (None, None)
    assert case.complete
    assert case.missing == (STAYS,)


@given(some=accounts(), hurdle=st.floats(0, 1))
def test_the_gain_is_saved_and_earned_less_lost_to_the_cent(
    some: list[Account], hurdle: float
) -> None:
    for case in (exit_case(one, hurdle) for one in some):
        saved = cents(case.avoidable.amount) + cents(case.on_capital.amount)
        assert cents(case.gain.amount) == saved - cents(case.contribution.amount)


@given(some=accounts(), hurdle=st.floats(0.01, 1))
def test_an_exit_is_worth_it_exactly_where_it_clears_the_hurdle_as_a_decision(
    some: list[Account], hurdle: float
) -> None:
    """Leaving changes profit by what is saved less what is lost, and capital by what is freed."""
    for case in (exit_case(one, hurdle) for one in some):
        gained = (cents(case.avoidable.amount) - cents(case.contribution.amount)) / 100
        clears = Incremental(gained, -cents(case.capital.amount) / 100).clears(hurdle)
        gain = cents(case.gain.amount) / 100
        if abs(gain) > 0.01:
            assert clears is (gain > 0)
