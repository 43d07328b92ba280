"""Return on capital: a portfolio worked by hand, and what holds for any accounts."""

from dataclasses import fields, replace
from math import nan

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kam.method.returns import (
    GOODS,
    NOBODY,
    REST,
    SELF_FINANCING,
    Account,
    Figure,
    Line,
    account_return,
    by_class,
    capital_employed,
    contribution,
    contribution_per_hour,
    costs,
    finances_itself,
    less,
    operating_profit,
    parts_differ,
    per_customer,
    portfolio,
)

ALDER = Account(
    "Alder",
    revenue=1_000,
    cost_of_goods=650,
    cost_to_serve=120,
    stranded=20,
    avoidable_overhead=30,
    receivables=150,
    stock=80,
    assets=40,
    contract_assets=10,
    advances=20,
    payables=60,
    hours=70,
)  # contribution 350, profit 200, capital 200: 100 %
BIRCH = replace(ALDER, customer="Birch", revenue=2_000, cost_of_goods=1_800, receivables=950)
# contribution 200, profit 50, capital 1,000: 5 %
CEDAR = replace(ALDER, customer="Cedar", advances=620)  # profit 200, capital -400
ELM = replace(ALDER, customer="Elm", cost_of_goods=None, stock=None)
FIR = replace(ALDER, customer="Fir", revenue=500, cost_of_goods=480)
# contribution 20, avoidable 100 + 30, profit -130, capital 200: leaving it brings 130
PORTFOLIO = (ALDER, BIRCH, CEDAR, ELM)

AMOUNTS = st.floats(-1e9, 1e9)
MONEY = [field.name for field in fields(Account) if field.name not in {"customer", "capital"}]


@st.composite
def accounts(draw: st.DrawFn) -> list[Account]:
    """Up to eight accounts of which everything is known."""
    return [
        Account(str(number), **{name: draw(AMOUNTS) for name in MONEY})
        for number in range(draw(st.integers(1, 8)))
    ]


def cents(amount: float | None) -> int:
    """An amount that is known, in whole cents."""
    assert amount is not None
    return round(100 * amount)


# --- of a customer --------------------------------------------------------------------------------


def test_the_figures_of_a_customer_worked_by_hand() -> None:
    assert contribution(ALDER).amount == 350
    assert costs(ALDER).amount == -150
    assert operating_profit(ALDER).amount == 200
    assert capital_employed(ALDER).amount == 200
    assert account_return(ALDER).rate == 1
    assert contribution_per_hour(ALDER) == 5


def test_profit_opens_to_its_lines_with_their_signs() -> None:
    assert operating_profit(ALDER).lines == (
        Line("Revenue", 1_000),
        Line(GOODS, -650),
        Line("Cost to serve", -120),
        Line("Avoidable overhead", -30),
    )


def test_capital_opens_to_what_we_tie_up_and_what_others_finance() -> None:
    assert capital_employed(ALDER).lines == (
        Line("Receivables", 150),
        Line("Stock", 80),
        Line("Assets", 40),
        Line("Contract assets", 10),
        Line("Advances", -20),
        Line("Payables", -60),
    )


def test_a_stated_capital_counts_while_no_part_is_known() -> None:
    bare = Account("Fir", capital=500)
    assert capital_employed(bare).lines == (Line("Capital employed", 500),)
    assert capital_employed(Account("Fir")).unknown == ("Capital employed",)


def test_a_stated_capital_of_which_some_parts_are_known_opens_to_them_and_the_rest() -> None:
    found = capital_employed(Account("Fir", capital=500, stock=80, advances=30))
    assert found.lines == (Line("Stock", 80), Line("Advances", -30), Line(REST, 450))
    assert found.amount == 500


def test_some_parts_without_a_stated_capital_leave_it_unknown_and_name_the_others() -> None:
    found = capital_employed(Account("Fir", stock=80))
    assert found.amount is None
    assert found.unknown == ("Receivables", "Assets", "Contract assets", "Advances", "Payables")


@pytest.mark.parametrize(("stated", "more"), [(None, None), (200, None), (150, 50), (250, -50)])
def test_all_parts_count_and_differ_from_a_stated_capital_in_words(
    stated: float | None, more: float | None
) -> None:
    both = replace(ALDER, capital=stated)
    assert capital_employed(both).amount == 200
    assert parts_differ(both) == more


def test_a_part_that_is_unknown_contradicts_nothing() -> None:
    assert parts_differ(replace(ALDER, capital=999, stock=None)) is None


@pytest.mark.parametrize("advances", [220, 620])
def test_capital_of_nothing_or_less_is_self_financing(advances: float) -> None:
    found = account_return(replace(ALDER, advances=advances))
    assert (found.rate, found.reason) == (None, SELF_FINANCING)


def test_a_loss_on_capital_is_a_rate_below_zero() -> None:
    found = account_return(replace(ALDER, cost_of_goods=950))
    assert (found.rate, found.reason) == (-0.5, "")


def test_what_is_unknown_is_named_and_never_zero() -> None:
    found = account_return(ELM)
    assert found.rate is None
    assert found.reason == "unknown: goods and rebates and stock"
    assert found.profit.amount is None
    assert account_return(replace(ELM, cost_of_goods=nan, stock=nan)).reason == found.reason


@pytest.mark.parametrize("name", [n for n in MONEY if n not in {"hours", "stranded"}])
def test_every_figure_is_needed_for_a_rate(name: str) -> None:
    unknown = Account("Alder", **{key: getattr(ALDER, key) for key in MONEY if key != name})
    assert account_return(unknown).rate is None


@pytest.mark.parametrize("hours", [None, 0, nan])
def test_there_is_no_contribution_for_hours_that_nobody_spends_or_knows(
    hours: float | None,
) -> None:
    assert contribution_per_hour(replace(ALDER, hours=hours)) is None


def test_contribution_per_hour_needs_the_contribution() -> None:
    assert contribution_per_hour(ELM) is None


# --- of several -----------------------------------------------------------------------------------


def test_a_portfolio_is_the_ratio_of_the_sums_and_names_who_is_in_neither() -> None:
    """Profit 200 + 50 on capital 200 + 1,000; Cedar finances itself, Elm is unknown."""
    found = portfolio(PORTFOLIO)
    assert (found.profit.amount, found.capital.amount) == (250, 1_200)
    assert found.rate == pytest.approx(250 / 1_200)
    assert found.self_financing.lines == (Line("Cedar", 200),)
    assert found.left_out == ("Elm",)
    assert found.profit.lines == (Line("Alder", 200), Line("Birch", 50))


def test_negative_capital_does_not_blow_up_the_rate_of_the_others() -> None:
    """Capital -400 and 401, profit 200 each, would be 400 on 1: 40,000 %."""
    oak = replace(ALDER, customer="Oak", receivables=351)
    found = portfolio([CEDAR, oak])
    assert found.rate == pytest.approx(200 / 401)
    assert found.self_financing.lines == (Line("Cedar", 200),)


def test_a_portfolio_is_not_the_mean_of_its_rates() -> None:
    """100 % and 5 % are 250 on 1,200 together: 21 %, not 52.5 %."""
    assert portfolio([ALDER, BIRCH]).rate == pytest.approx(250 / 1_200)


def test_a_portfolio_that_others_finance_is_told_as_that() -> None:
    found = portfolio([CEDAR, replace(CEDAR, customer="Oak")])
    assert (found.rate, found.reason) == (None, SELF_FINANCING)
    assert found.self_financing.amount == 400


def test_a_portfolio_of_unknown_figures_has_none() -> None:
    found = portfolio([ELM])
    assert (found.rate, found.reason, found.left_out) == (None, NOBODY, ("Elm",))


def test_each_class_has_the_return_of_its_own_customers() -> None:
    classes = {"Alder": "core", "Birch": "low", "Cedar": "low", "Elm": "core"}
    found = by_class(PORTFOLIO, classes)
    assert list(found) == ["core", "low"]
    assert (found["core"].rate, found["core"].left_out) == (1, ("Elm",))
    assert (found["low"].rate, found["low"].self_financing.amount) == (0.05, 200)


def test_a_single_class_is_the_portfolio() -> None:
    classes = dict.fromkeys(("Alder", "Birch", "Cedar", "Elm"), "core")
    assert by_class(PORTFOLIO, classes) == {"core": portfolio(PORTFOLIO)}


@given(pairs=st.lists(st.tuples(AMOUNTS, AMOUNTS), min_size=1, max_size=8))
def test_the_return_of_a_class_lies_between_those_of_its_members(
    pairs: list[tuple[float, float]],
) -> None:
    """Whatever capital its members tie up, be it below 0."""
    nothing = Account("", 0, 0, 0, 0, 0)
    some = [
        replace(nothing, customer=str(number), revenue=profit, capital=capital)
        for number, (profit, capital) in enumerate(pairs)
    ]
    rates = [found.rate for found in map(account_return, some) if found.rate is not None]
    together = portfolio(some)
    assert len(rates) + len(together.self_financing.lines) == len(some)
    if not rates:
        assert together.reason == SELF_FINANCING
        return
    assert together.rate is not None
    slack = 1e-9 * max(map(abs, rates))
    assert min(rates) - slack <= together.rate <= max(rates) + slack


@pytest.mark.parametrize(
    ("capital", "itself"), [(0, True), (0.004, True), (-5, True), (0.01, False), (None, False)]
)
def test_who_ties_up_less_than_a_cent_finances_itself(
    capital: float | None, *, itself: bool
) -> None:
    assert finances_itself(capital) is itself


@given(some=accounts(), data=st.data())
def test_classes_add_up_to_the_portfolio_to_the_cent(
    some: list[Account], data: st.DataObject
) -> None:
    classes = {one.customer: data.draw(st.sampled_from("abc")) for one in some}
    parts, whole = by_class(some, classes).values(), portfolio(some)
    assert sum(cents(part.profit.amount) for part in parts) == cents(whole.profit.amount)
    assert sum(cents(part.capital.amount) for part in parts) == cents(whole.capital.amount)
    apart = sum(cents(part.self_financing.amount) for part in parts)
    assert apart == cents(whole.self_financing.amount)
    everybody = sum(cents(operating_profit(one).amount) for one in some)
    assert cents(whole.profit.amount) + apart == everybody


@given(some=accounts())
def test_the_lines_that_are_shown_add_up_to_the_sum_that_is_shown(some: list[Account]) -> None:
    for one in some:
        for figure in (operating_profit(one), capital_employed(one)):
            shown = [cents(line.amount) for line in figure.lines]
            assert sum(shown) == cents(figure.amount)


@given(some=accounts())
def test_nobody_is_lost_between_the_sums_and_the_left_out(some: list[Account]) -> None:
    gaps = [replace(one, stock=None) if n % 2 else one for n, one in enumerate(some)]
    found = portfolio(gaps)
    summed = [line.name for line in (*found.profit.lines, *found.self_financing.lines)]
    assert sorted(summed + list(found.left_out)) == sorted(one.customer for one in some)
    assert found.profit.unknown == ()


# --- lines ----------------------------------------------------------------------------------------


def test_a_figure_without_lines_is_nothing() -> None:
    assert Figure(()).amount == 0


def test_lines_are_rounded_before_they_are_summed() -> None:
    """Three times 0.004 is shown as 0.00 each, so their sum is 0.00."""
    assert Figure((Line("a", 0.004),) * 3).amount == 0


def test_what_is_taken_away_stays_unknown() -> None:
    assert less("Advances", None) == Line("Advances", None)
    assert less("Advances", 5) == Line("Advances", -5)


def test_a_figure_of_several_customers_keeps_the_unknown_ones() -> None:
    found = per_customer([ALDER, ELM], contribution)
    assert found.lines == (Line("Alder", 350), Line("Elm", None))
    assert (found.amount, found.unknown) == (None, ("Elm",))
