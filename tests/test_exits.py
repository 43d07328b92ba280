"""Leaving customers: a portfolio worked by hand, and what reconciles for any exits."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kam.errors import Refused
from kam.method.concentration import Concentration, concentration
from kam.method.exit_case import STAYS
from kam.method.exits import Exit, Verdict, exit_order, exits, verdict_words
from kam.method.returns import Account, Line, operating_profit
from tests.test_returns import ALDER, BIRCH, CEDAR, ELM, FIR, PORTFOLIO, accounts, cents

HURDLE = 0.1


def known(*more: Account) -> tuple[Account, ...]:
    """Alder (profit 200, capital 200), Birch (50, 1,000) and more."""
    return (ALDER, BIRCH, *more)


# --- one exit by hand -----------------------------------------------------------------------------


def test_an_exit_worked_by_hand() -> None:
    """Fir leaves: profit 250 - 130 = 120 becomes 120 - 20 + 130 = 230 on 1,400 - 200."""
    found = exits(known(FIR), {"Fir"}, HURDLE)
    assert found.leaving == ("Fir",)
    assert (found.revenue.amount, found.contribution.amount) == (500, 20)
    assert (found.avoidable.amount, found.stranded.amount) == (130, 20)
    assert (found.capital.amount, found.on_capital.amount, found.gain.amount) == (200, 20, 130)
    assert found.hours.amount == 70
    assert (found.before.profit.amount, found.after.profit.amount) == (120, 230)
    assert (found.before.capital.amount, found.after.capital.amount) == (1_400, 1_200)
    assert found.verdict is Verdict.EXIT


def test_the_rest_earns_less_on_its_capital_once_it_bears_what_stays() -> None:
    found = exits(known(FIR), {"Fir"}, HURDLE)
    assert found.rest.returns.rate == pytest.approx(250 / 1_200)
    assert found.after.returns.rate == pytest.approx(230 / 1_200)
    assert found.after.profit.lines[-1] == Line(STAYS, -20)


def test_more_contribution_lost_than_is_saved_means_reprice() -> None:
    """Birch brings 200; leaving saves 130, and 1,000 of capital earn 60 at 6 %."""
    found = exits(known(), {"Birch"}, 0.06)
    assert found.gain.amount == -10
    assert found.verdict is Verdict.REPRICE
    assert verdict_words(found, str.upper) == (
        "Do not exit BIRCH, reprice: 200 of contribution would go, 130 of cost would end, and "
        "the capital that is freed would earn 60 a year."
    )


def test_the_hurdle_can_turn_the_verdict() -> None:
    """At 7 % the gain is exactly nothing, and that is no reason to stay."""
    found = exits(known(), {"Birch"}, 0.07)
    assert (found.gain.amount, found.verdict) == (0, Verdict.EXIT)
    assert verdict_words(found) == (
        "Exit Birch: 200 of contribution would go, 130 of cost would end, and the capital that "
        "is freed would earn 70 a year."
    )


def test_what_a_customer_advances_has_to_be_replaced() -> None:
    """Cedar's capital is -400; at 10 % that is 40 a year."""
    found = exits(known(CEDAR), {"Cedar"}, HURDLE)
    assert verdict_words(found) == (
        "Do not exit Cedar, reprice: 350 of contribution would go, 130 of cost would end, and the "
        "money that they advance us would have to be replaced for 40 a year."
    )


# --- what is unknown ------------------------------------------------------------------------------


def test_an_exit_with_unknown_figures_has_no_verdict_and_asks_for_them() -> None:
    elm = replace(ELM, stranded=None)
    found = exits((ALDER, elm, BIRCH), {"Elm", "Birch"}, HURDLE)
    assert (found.gain.amount, found.verdict) == (None, None)
    assert found.missing == {"Elm": ("Discounts and rebates", STAYS, "Stock")}
    assert verdict_words(found, str.upper) == (
        "Find out first: discounts and rebates, costs that stay and stock of ELM."
    )
    assert found.after.profit.amount is None


def test_who_stays_with_unknown_figures_is_named_and_in_no_sum() -> None:
    found = exits((*known(FIR), ELM), {"Fir"}, HURDLE)
    assert found.left_out == ("Elm",)
    assert found.before == exits(known(FIR), {"Fir"}, HURDLE).before


def test_unknown_hours_are_not_counted_as_none() -> None:
    found = exits((replace(FIR, hours=None), ALDER), {"Fir", "Alder"}, HURDLE)
    assert (found.hours.amount, found.hours.unknown) == (None, ("Fir",))
    assert found.verdict is not None


def test_a_customer_without_figures_cannot_be_left() -> None:
    with pytest.raises(Refused, match="no figures of Oak: bring them in first"):
        exits(PORTFOLIO, {"Oak", "Alder"}, HURDLE)


# --- all and nobody -------------------------------------------------------------------------------


def test_leaving_nobody_changes_nothing() -> None:
    found = exits(known(), set(), HURDLE)
    assert found.before.profit.amount == found.after.profit.amount == 250
    assert (found.verdict, verdict_words(found), found.gain.amount) == (None, "", 0)
    assert found.concentration == found.concentration_after


def test_leaving_all_leaves_the_costs_that_stay() -> None:
    found = exits(known(), {"Alder", "Birch"}, HURDLE)
    assert (found.after.profit.amount, found.after.capital.amount) == (-40, 0)
    assert found.concentration_after is None
    assert found.after.returns.rate is None


# --- concentration --------------------------------------------------------------------------------


def test_an_exit_shows_concentration_before_and_after() -> None:
    found = exits(known(), {"Alder"}, HURDLE)
    assert found.concentration == concentration(known())
    assert found.concentration_after == Concentration("Birch", 1, 1)


# --- the order ------------------------------------------------------------------------------------


def test_who_brings_most_for_each_unit_of_revenue_given_up_goes_first() -> None:
    """At 30 %: Fir 170 on 500, Birch 130 + 300 - 200 = 230 on 2,000, Alder -160 on 1,000."""
    steps = exit_order((*known(FIR), ELM), ["Alder", "Elm", "Birch", "Fir"], 0.3)
    assert [step.customer for step in steps] == ["Fir", "Birch", "Alder", "Elm"]
    assert [step.alone.gain.amount for step in steps] == [170, 230, -160, None]
    assert [step.so_far.gain.amount for step in steps] == [170, 400, 240, None]
    assert [step.so_far.before.profit.amount for step in steps] == [120, 120, 120, None]


def test_who_brings_no_revenue_goes_before_or_after_all_who_do() -> None:
    idle = replace(FIR, customer="Idle", revenue=0, cost_of_goods=0, discounts=0)
    dear = replace(idle, customer="Dear", cost_of_goods=900)
    paid = replace(idle, customer="Paid", cost_of_goods=-900)
    even = replace(idle, customer="Even", cost_of_goods=-150)
    everybody = (*known(FIR), idle, dear, paid, even)
    names = [one.customer for one in everybody]
    found = [step.customer for step in exit_order(everybody, names, HURDLE)]
    assert found == ["Dear", "Idle", "Fir", "Birch", "Even", "Alder", "Paid"]


# --- for any exits --------------------------------------------------------------------------------


@st.composite
def leaving(draw: st.DrawFn) -> tuple[list[Account], Exit]:
    """Any accounts, and what leaving some of them does."""
    some = draw(accounts())
    chosen = draw(st.sets(st.sampled_from([one.customer for one in some])))
    return some, exits(some, chosen, HURDLE)


@given(case=leaving())
def test_before_less_what_leaves_is_what_is_left_to_the_cent(
    case: tuple[list[Account], Exit],
) -> None:
    found = case[1]
    before, after = found.before, found.after
    assert cents(before.revenue.amount) - cents(found.revenue.amount) == cents(after.revenue.amount)
    assert cents(before.capital.amount) - cents(found.capital.amount) == cents(after.capital.amount)
    lost = cents(found.contribution.amount) - cents(found.avoidable.amount)
    assert cents(before.profit.amount) - lost == cents(after.profit.amount)


@given(case=leaving())
def test_the_gain_is_saved_and_earned_less_lost_to_the_cent(
    case: tuple[list[Account], Exit],
) -> None:
    found = case[1]
    saved = cents(found.avoidable.amount) + cents(found.on_capital.amount)
    assert cents(found.gain.amount) == saved - cents(found.contribution.amount)


@given(case=leaving())
def test_all_costs_of_who_leaves_either_end_or_stay(case: tuple[list[Account], Exit]) -> None:
    some, found = case
    going = [one for one in some if one.customer in found.leaving]
    profit = sum(cents(operating_profit(one).amount) for one in going)
    costs = cents(found.avoidable.amount) + cents(found.stranded.amount)
    assert cents(found.contribution.amount) - costs == profit


@given(case=leaving())
def test_everybody_is_either_gone_or_left(case: tuple[list[Account], Exit]) -> None:
    some, found = case
    left = [line.name for line in found.rest.profit.lines]
    assert sorted([*found.leaving, *left]) == sorted(one.customer for one in some)


@given(some=accounts(), data=st.data())
def test_the_last_step_is_the_whole_exit(some: list[Account], data: st.DataObject) -> None:
    chosen = data.draw(st.sets(st.sampled_from([one.customer for one in some]), min_size=1))
    steps = exit_order(some, chosen, HURDLE)
    assert {step.customer for step in steps} == chosen
    assert steps[-1].so_far == exits(some, chosen, HURDLE)
