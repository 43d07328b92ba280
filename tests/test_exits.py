"""Leaving customers: a portfolio worked by hand, and what reconciles for any exits."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kam.errors import Refused
from kam.method.concentration import Concentration, concentration
from kam.method.exit_case import STAYS
from kam.method.exits import Exit, Verdict, exit_order, exit_words, exits
from kam.method.returns import (
    GOODS,
    NOBODY,
    SELF_FINANCING,
    Account,
    Line,
    operating_profit,
)
from kam.method.values import spoken
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
    assert found.after.profit.lines[-1] == Line("Fir", -20)


def test_more_contribution_lost_than_is_saved_means_reprice() -> None:
    """Birch brings 200; leaving saves 130, and 1,000 of capital earn 60 at 6 %."""
    found = exits(known(), {"Birch"}, 0.06)
    assert found.gain.amount == -10
    assert found.verdict is Verdict.REPRICE
    assert exit_words(found, spoken) == ("1 exit: profit falls by 70, capital may earn 60")


def test_the_hurdle_can_turn_the_verdict() -> None:
    """At 7 % the gain is exactly nothing, and that is no reason to stay."""
    found = exits(known(), {"Birch"}, 0.07)
    assert (found.gain.amount, found.verdict) == (0, Verdict.EXIT)
    assert exit_words(found, spoken) == ("1 exit: profit falls by 70, capital may earn 70")


def test_what_a_customer_advances_has_to_be_replaced() -> None:
    """Cedar's capital is -400; at 10 % that is 40 a year."""
    found = exits(known(CEDAR), {"Cedar"}, HURDLE)
    assert exit_words(found, spoken) == ("1 exit: profit falls by 220, advances cost 40")


def test_exits_that_raise_profit_say_so_first() -> None:
    """Fir costs 130 and brings 20; its capital of 200 earns 20 at 10 %."""
    found = exits(known(FIR), {"Fir"}, HURDLE)
    assert exit_words(found, spoken) == ("1 exit: profit rises by 110, capital may earn 20")
    two = exits(known(FIR, replace(FIR, customer="Yew")), {"Fir", "Yew"}, HURDLE)
    assert exit_words(two, spoken).startswith("2 exits: profit rises by 220, ")


def test_an_exit_that_costs_what_it_brings_leaves_profit_as_it_is() -> None:
    even = replace(FIR, cost_of_goods=370, receivables=-50)
    assert exits(known(even), {"Fir"}, HURDLE).capital.amount == 0
    assert exit_words(exits(known(even), {"Fir"}, HURDLE), spoken) == (
        "1 exit: profit stays as it is"
    )


# --- what is unknown ------------------------------------------------------------------------------


def test_an_exit_with_unknown_figures_has_no_verdict_and_asks_for_them() -> None:
    elm = replace(ELM, stranded=None)
    found = exits((ALDER, elm, BIRCH), {"Elm"}, HURDLE)
    assert (found.gain.amount, found.verdict) == (None, None)
    assert found.missing == {"Elm": (GOODS, STAYS, "Stock")}
    assert exit_words(found, spoken) == ""
    assert (found.unknown, found.before.profit.amount) == (("Elm",), 250)
    assert (found.after.profit.amount, found.after.capital.amount) == (None, None)


def test_one_unknown_exit_leaves_the_figures_of_the_others() -> None:
    """Birch and Elm leave: only Birch counts, as if it left alone; Elm's revenue of 1,000 goes."""
    both, alone = (exits((ALDER, ELM, BIRCH), who, HURDLE) for who in ({"Elm", "Birch"}, {"Birch"}))
    for part in ("change", "on_capital", "capital", "stranded"):
        assert getattr(both, part).amount == getattr(alone, part).amount
    assert both.after.profit.amount == alone.after.profit.amount == 180
    assert both.after.revenue.amount == 1_000
    assert both.verdict is None
    assert exit_words(both, spoken) == "2 exits: profit falls by 70; 1 is not known"


def test_today_is_the_same_whoever_leaves() -> None:
    """Oak's profit and capital are known, and not what would end: it stays in both sums."""
    oak = replace(BIRCH, customer="Oak", stranded=None)
    people = (ALDER, BIRCH, ELM, oak)
    for leaving in ((), ("Elm",), ("Oak", "Birch"), ("Elm", "Alder")):
        found = exits(people, leaving, HURDLE)
        today = (found.before.profit.amount, found.before.capital.amount)
        assert today == (300, 2_200)
    found = exits(people, ("Oak", "Birch"), HURDLE)
    goes, then = found.goes.amount, found.after.profit.amount
    assert (goes, then) == (70, 300 - 70)


def test_who_stays_with_unknown_figures_is_named_and_only_its_revenue_counts() -> None:
    found, without = (exits((*known(FIR), *more), {"Fir"}, HURDLE) for more in ((ELM,), ()))
    assert found.left_out == ("Elm",)
    assert found.before.returns == without.before.returns
    assert (found.before.revenue.amount, found.after.revenue.amount) == (4_500, 4_000)
    assert without.before.revenue.amount == 3_500


def test_who_stays_with_unknown_revenue_is_named() -> None:
    found = exits((*known(FIR), replace(ELM, revenue=None)), {"Fir"}, HURDLE)
    assert found.revenue_unknown == ("Elm",)
    assert found.before.revenue.amount == 3_500


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
    assert (found.verdict, exit_words(found, spoken), found.gain.amount) == (None, "", 0)
    assert found.concentration == found.concentration_after


def test_leaving_all_leaves_the_costs_that_stay() -> None:
    found = exits(known(), {"Alder", "Birch"}, HURDLE)
    assert (found.after.profit.amount, found.after.capital.amount) == (-40, 0)
    assert found.concentration_after is None
    assert (found.after.returns.rate, found.after.returns.reason) == (None, NOBODY)


def test_where_only_customers_stay_whose_figures_are_unknown_there_is_no_return() -> None:
    found = exits((ALDER, ELM), {"Alder"}, HURDLE)
    assert (found.after.returns.reason, found.after.profit.amount) == (NOBODY, -20)


def test_who_finances_itself_is_in_the_sums_and_in_no_rate() -> None:
    """Cedar's -400 of capital would make 450 on 800 of it."""
    found = exits(known(CEDAR, FIR), {"Fir"}, HURDLE)
    assert (found.after.profit.amount, found.after.capital.amount) == (430, 800)
    assert found.after.returns.rate == pytest.approx((250 - 20) / 1_200)
    assert found.after.returns.self_financing.lines == (Line("Cedar", 200),)
    assert exits((CEDAR, FIR), {"Fir"}, HURDLE).after.returns.reason == SELF_FINANCING


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
    assert [step.so_far.gain.amount for step in steps] == [170, 400, 240, 240]
    assert [step.so_far.unknown for step in steps] == [(), (), (), ("Elm",)]
    assert [step.so_far.before.profit.amount for step in steps] == [120, 120, 120, 120]


def test_who_can_go_earlier_goes_first_and_without_a_day_at_once() -> None:
    days = {"Fir": date(2028, 3, 31), "Birch": date(2027, 1, 1)}
    steps = exit_order(known(FIR), ["Alder", "Birch", "Fir"], 0.3, days)
    assert [step.customer for step in steps] == ["Alder", "Birch", "Fir"]
    assert [step.not_before for step in steps] == [None, days["Birch"], days["Fir"]]


def test_who_brings_no_revenue_goes_before_or_after_all_who_do() -> None:
    idle = replace(FIR, customer="Idle", revenue=0, cost_of_goods=0)
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
    assert cents(before.profit.amount) - cents(found.goes.amount) == cents(after.profit.amount)
    assert cents(found.goes.amount) == -cents(found.change.amount)


@given(case=leaving())
def test_the_gain_is_saved_and_earned_less_lost_to_the_cent(
    case: tuple[list[Account], Exit],
) -> None:
    found = case[1]
    saved = cents(found.avoidable.amount) - cents(found.contribution.amount)
    assert cents(found.change.amount) == saved
    assert cents(found.gain.amount) == saved + cents(found.on_capital.amount)


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
