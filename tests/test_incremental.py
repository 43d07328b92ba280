"""What a decision earns on what it ties up: each case of the method, in numbers and in words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kam.method.incremental import (
    Effect,
    Incremental,
    incremental_roce,
    incremental_words,
    needed,
    rate_beside,
    stated,
)
from kam.method.returns import Account, account_return

HURDLE = 0.12
AMOUNTS = st.floats(-1e9, 1e9)


def decision(gain: float, tied: float, one_off: float = 0) -> Incremental:
    """From profit 100 on capital 1,000, to that much more of both."""
    return incremental_roce(stated(100, 1_000), stated(100 + gain, 1_000 + tied), one_off)


@pytest.mark.parametrize(
    ("gain", "tied", "effect", "clears", "words"),
    [
        (60, 300, Effect.EARNS, True, "Earns 20.0 % a year on what it ties up, above 12 %."),
        (30, 300, Effect.EARNS, False, "Earns 10.0 % a year on what it ties up, below 12 %."),
        (36, 300, Effect.EARNS, True, "Earns 12.0 % a year on what it ties up, above 12 %."),
        (0, 300, Effect.COSTS, False, "Earns nothing more and frees no capital: do not do it."),
        (-30, 300, Effect.COSTS, False, "Earns nothing more and frees no capital: do not do it."),
        (-30, 0, Effect.COSTS, False, "Earns nothing more and frees no capital: do not do it."),
        (30, -300, Effect.FREES, True, "Frees cash and costs no profit: do it."),
        (0, -300, Effect.FREES, True, "Frees cash and costs no profit: do it."),
        (30, 0, Effect.FREE, True, "Earns more and ties up nothing: do it."),
        (-30, -300, Effect.RELEASES, True,
         "Gives up 10.0 % a year of the capital it frees, less than 12 %."),
        (-60, -300, Effect.RELEASES, False,
         "Gives up 20.0 % a year of the capital it frees, more than 12 %."),
        (0, 0, Effect.NOTHING, None, "Changes neither profit nor capital."),
    ],
)  # fmt: skip
def test_every_case_has_its_effect_its_verdict_and_its_words(
    gain: float, tied: float, effect: Effect, *, clears: bool | None, words: str
) -> None:
    found = decision(gain, tied)
    assert found.effect is effect
    assert found.clears(HURDLE) is clears
    assert incremental_words(found, HURDLE) == words


def test_the_one_off_investment_counts_as_tied_up() -> None:
    found = decision(gain=60, tied=100, one_off=200)
    assert (found.gain, found.tied) == (60, 300)
    assert found.rate == pytest.approx(0.2)


def test_a_one_off_investment_can_use_up_the_cash_that_is_freed() -> None:
    assert decision(gain=30, tied=-300, one_off=300).effect is Effect.FREE


def test_rates_are_only_where_they_mean_something() -> None:
    assert (decision(-30, -300).rate, decision(-30, -300).given_up) == (None, 0.1)
    assert (decision(30, -300).rate, decision(30, -300).given_up) == (None, None)
    assert (decision(-30, 300).rate, decision(-30, 300).given_up) == (-0.1, None)


def test_what_is_unknown_is_named_once_and_decides_nothing() -> None:
    today = account_return(Account("Alder", revenue=10))
    found = incremental_roce(today, stated(None, 900), None)
    assert (found.effect, found.rate, found.clears(HURDLE)) == (Effect.UNKNOWN, None, None)
    assert incremental_words(found, HURDLE) == (
        "Not known yet: operating profit, goods and rebates, cost to serve, "
        "avoidable overhead, capital employed and one-off investment."
    )


def test_an_account_is_compared_with_its_plan() -> None:
    today = Account(
        "Alder", revenue=1_000, cost_of_goods=700, cost_to_serve=100,
        avoidable_overhead=100, capital=500,
    )  # fmt: skip
    found = incremental_roce(account_return(today), stated(180, 800), 100)
    assert (found.gain, found.tied, found.rate) == (80, 400, 0.2)


@pytest.mark.parametrize(
    ("rate", "hurdle", "words"),
    [
        (0.123, 0.125, "Earns 12.3 % a year on what it ties up, below 12.5 %."),
        (0.1249, 0.125, "Earns 12.49 % a year on what it ties up, below 12.5 %."),
        (0.125, 0.125, "Earns 12.5 % a year on what it ties up, above 12.5 %."),
        (0.08, 0.07, "Earns 8.0 % a year on what it ties up, above 7 %."),
    ],
)
def test_a_hurdle_is_told_in_every_digit_and_no_rate_looks_like_it(
    rate: float, hurdle: float, words: str
) -> None:
    assert incremental_words(Incremental(1000 * rate, 1000), hurdle) == words


@given(rate=st.floats(0, 1), hurdle=st.floats(0.01, 1).map(lambda share: round(share, 3)))
def test_a_rate_and_the_hurdle_beside_it_read_alike_only_where_they_nearly_are(
    rate: float, hurdle: float
) -> None:
    told = float(rate_beside(rate, hurdle).rstrip(" %"))
    if told == float(needed(hurdle).rstrip(" %")):
        assert rate == pytest.approx(hurdle, abs=1e-6)


@given(gain=AMOUNTS, tied=AMOUNTS, hurdle=st.floats(0.01, 1))
def test_clearing_the_hurdle_is_gaining_more_than_the_capital_would_earn_elsewhere(
    gain: float, tied: float, hurdle: float
) -> None:
    """All cases are one rule: gain - hurdle x tied >= 0."""
    found = Incremental(gain, tied)
    margin = gain - hurdle * tied
    if abs(margin) > 1e-6 * (abs(gain) + abs(tied)):
        assert found.clears(hurdle) is (margin > 0)


@given(gain=AMOUNTS, tied=AMOUNTS)
def test_every_decision_has_words(gain: float, tied: float) -> None:
    assert incremental_words(Incremental(gain, tied), HURDLE).endswith(".")
