"""What is checked before a customer is let go."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kam.edits import JudgeAsOne, PutCustomer
from kam.method.assessment import assess
from kam.method.exit_checks import (
    BEYOND_FIGURES,
    CONCENTRATED,
    MORE,
    NO_PARTNER,
    Check,
    Finding,
    concentration_check,
    contract_check,
    exit_checks,
    exit_gaps,
    group_check,
    money_check,
)
from kam.method.selection import Reason
from kam.model import Action, Customer, Economics, Favours, Outcome, Plan, Workshop
from kam.validated import changed
from tests.workshops import after, customer, made, placed, places

END = date(2027, 3, 2)
AGAINST, UNKNOWN, CLEAR = Finding


def with_economics(one: Customer, **economics: object) -> Customer:
    return changed(one, economics=Economics.model_validate(economics))


def earning(**figures: float) -> Check:
    """The check of money of a customer with these figures; `avoidable_...` are economics."""
    economics = {name: figures.pop(name) for name in list(figures) if name.startswith("avoidable")}
    return money_check(made(), with_economics(customer("ash", **figures), **economics))


# --- money ----------------------------------------------------------------------------------------


def test_more_contribution_lost_than_cost_ended_speaks_against_an_exit() -> None:
    # lost 20,000 x 10 % = 2,000; ends 1,000 x 30 % + 200 = 500
    found = earning(revenue=20_000, margin_pct=10, cost_to_serve=1_000, avoidable_pct=30,
                    avoidable_overhead=200)  # fmt: skip
    assert found == Check(
        AGAINST,
        "EUR 2,000 of contribution a year would go, and EUR 500 of cost would end: reprice, do "
        "not end the business.",
    )


@pytest.mark.parametrize("overhead", [1_000.0, 1_700.0])
def test_as_much_cost_ended_as_contribution_lost_is_clear(overhead: float) -> None:
    found = earning(revenue=20_000, margin_pct=10, cost_to_serve=2_000, avoidable_pct=50,
                    avoidable_overhead=overhead)  # fmt: skip
    assert found.finding is CLEAR
    assert found.words.endswith(f"EUR {1_000 + overhead:,.0f} of cost would end.")


def test_only_costs_that_end_count_not_all_that_serving_it_costs() -> None:
    """All of its cost to serve would pay for the exit; the avoidable half does not."""
    figures = {"revenue": 20_000.0, "margin_pct": 10.0, "cost_to_serve": 3_000.0}
    all_of_it = earning(**figures, avoidable_pct=100.0, avoidable_overhead=0.0)
    half_of_it = earning(**figures, avoidable_pct=50.0, avoidable_overhead=0.0)
    assert (all_of_it.finding, half_of_it.finding) == (CLEAR, AGAINST)


@pytest.mark.parametrize("figures", [{}, {"revenue": 9.0}, {"margin_pct": 9.0}])
def test_an_unknown_margin_is_said_as_unknown(figures: dict[str, float]) -> None:
    assert earning(**figures) == Check(
        UNKNOWN, "We do not know what it earns: find out its margin; only costs that end count."
    )


@pytest.mark.parametrize(
    ("figures", "asked"),
    [
        (
            {},
            (
                "its cost to serve, how much of its cost to serve would end "
                "and how much overhead would end"
            ),
        ),
        ({"cost_to_serve": 2_500.0, "avoidable_pct": 40.0}, "how much overhead would end"),
        (
            {"cost_to_serve": 2_500.0, "avoidable_overhead": 0.0},
            "how much of its cost to serve would end",
        ),
    ],
)
def test_unknown_costs_are_asked_for_by_name(figures: dict[str, float], asked: str) -> None:
    found = earning(revenue=20_000, margin_pct=10, **figures)
    assert found == Check(UNKNOWN, f"EUR 2,000 of contribution a year would go; find out {asked}.")


def test_who_earns_after_all_its_costs_is_not_let_go_even_where_nobody_knows_which_would_end() -> (
    None
):
    found = earning(revenue=20_000, margin_pct=10, cost_to_serve=500, avoidable_overhead=100)
    assert found == Check(
        AGAINST,
        "It still earns EUR 1,400 a year after all that serving it costs: reprice before you end "
        "anything.",
    )


@pytest.mark.parametrize("margin", [0.0, -12.0])
def test_who_earns_nothing_costs_nothing_to_lose(margin: float) -> None:
    assert earning(revenue=20_000, margin_pct=margin).finding is CLEAR


def test_money_that_it_advances_us_would_have_to_be_replaced() -> None:
    """Lost 2,000; ends 2,100; replacing 10,000 at 12 % costs 1,200."""
    found = earning(revenue=20_000, margin_pct=10, cost_to_serve=2_100, avoidable_pct=100,
                    avoidable_overhead=0, capital_employed=-10_000)  # fmt: skip
    assert found == Check(
        AGAINST,
        "EUR 2,000 of contribution a year would go, and EUR 2,100 of cost would end; to replace "
        "what it advances us would cost EUR 1,200: reprice, do not end the business.",
    )
    assert found.loss == "letting it go would cost EUR 1,100 a year"  # 2,000 - 2,100 + 1,200


def test_who_earns_less_than_its_capital_would_elsewhere_is_asked_about() -> None:
    """1,400 are left, and 10,000 at 12 % would earn 1,200, 12,000 would earn 1,440."""
    figures = {"revenue": 20_000.0, "margin_pct": 10.0, "cost_to_serve": 600.0}
    assert earning(**figures, capital_employed=10_000).finding is AGAINST
    assert earning(**figures, capital_employed=12_000).finding is UNKNOWN


AMOUNTS = st.integers(0, 10_000).map(float)


@given(AMOUNTS, st.integers(0, 100), AMOUNTS, st.integers(0, 100), AMOUNTS)
def test_the_verdict_on_money_is_the_sign_of_what_would_be_lost(
    revenue: float, margin: int, cost: float, share: int, overhead: float
) -> None:
    found = earning(revenue=revenue, margin_pct=margin, cost_to_serve=cost, avoidable_pct=share,
                    avoidable_overhead=overhead)  # fmt: skip
    lost, ends = revenue * margin / 100, cost * share / 100 + overhead
    assert (found.finding is AGAINST) == (lost > ends and lost > 0)


def test_freed_capital_earns_the_hurdle_and_may_pay_for_the_exit() -> None:
    # lost 2,000; ends 1,500; 10,000 of capital at 12 % earn 1,200
    figures = {"revenue": 20_000.0, "margin_pct": 10.0, "cost_to_serve": 1_500.0,
               "avoidable_pct": 100.0, "avoidable_overhead": 0.0}  # fmt: skip
    tied = earning(**figures, capital_employed=10_000.0)
    assert earning(**figures).finding is AGAINST
    assert tied == Check(
        CLEAR,
        "EUR 2,000 of contribution a year would go, and EUR 1,500 of cost would end; freed "
        "capital would earn EUR 1,200.",
    )


# --- the group ------------------------------------------------------------------------------------


def related(ash: str, **others: tuple[str, float]) -> Workshop:
    """Ash at the bottom with a parent; others each with a parent and a score on both axes."""
    people = {"ash": (ash, 1.0), **others}
    workshop = placed({key: (level, level) for key, (_, level) in people.items()})
    edits = [
        PutCustomer(customer=customer(key, parent=parent, favours_us=Favours.YES, revenue=9.0))
        for key, (parent, _) in people.items()
    ]
    return after(workshop, *edits)


@pytest.mark.parametrize(
    "workshop",
    [
        related("bay", bay=("", 9.0)),  # a subsidiary of a key account is up for exit
        related("Bay", bay=("", 9.0)),
        related("", bay=("ash", 9.0)),  # its daughter is key
        related("Holding", bay=("Holding", 9.0)),  # its sister is
    ],
)
def test_a_relative_of_a_key_account_is_not_let_go(workshop: Workshop) -> None:
    assert group_check(assess(workshop), "ash") == Check(
        AGAINST, "Bay, of the same group, is a key account: do not end the business."
    )


def test_many_relatives_that_are_key_are_named_and_counted() -> None:
    sisters = dict.fromkeys(("bay", "cob", "dew", "elm", "fir"), ("H", 9.0))
    found = group_check(assess(related("H", **sisters)), "ash").words
    assert found == (
        "Bay, Cob, Dew and 2 more, of the same group, are key accounts: do not end the business."
    )


def test_a_relative_that_waits_for_capacity_is_warned_of() -> None:
    """Ash's parent and a rival for the only place are both in the key zone."""
    workshop = after(related("bay", bay=("", 6.0), cob=("", 9.0)), places(1))
    result = assess(workshop)
    assert result.standings["bay"].reason is Reason.NO_CAPACITY
    assert group_check(result, "ash") == Check(
        UNKNOWN, "Bay, of the same group, may become key: decide on both together."
    )


def test_relatives_by_another_spelling_of_the_group_are_relatives() -> None:
    workshop = related("Holding AG", bay=(" holding  ag", 9.0))
    assert group_check(assess(workshop), "ash").finding is AGAINST


def test_relatives_that_are_not_key_are_clear_and_no_known_relative_is_unknown() -> None:
    assert group_check(assess(related("H", bay=("H", 2.0))), "ash").finding is CLEAR
    alone = group_check(assess(related("", bay=("H", 9.0))), "ash")
    assert alone.finding is UNKNOWN
    assert "ask whether one is" in alone.words


def test_companies_judged_within_a_customer_go_with_it_and_are_no_unknown_group() -> None:
    apart = placed({"ash": (1, 1), "bay": (1, 1), "cob": (1, 1), "dew": (9, 9)})
    one = after(apart, JudgeAsOne(group="ash", name="Ash", members=("bay",)))
    two = after(apart, JudgeAsOne(group="ash", name="Ash", members=("bay", "cob")))
    assert group_check(assess(one), "ash") == Check(
        UNKNOWN, "Bay, judged as one with it, would go too: check it as well."
    )
    assert group_check(assess(two), "ash").words == (
        "Bay and Cob, judged as one with it, would go too: check them as well."
    )
    assert "no other company" in group_check(assess(two), "dew").words


def test_a_key_account_in_the_group_comes_before_who_is_judged_within() -> None:
    workshop = after(
        related("H", bay=("", 1.0), cob=("H", 9.0)),
        JudgeAsOne(group="ash", name="Ash", members=("bay",)),
    )
    assert group_check(assess(workshop), "ash").finding is AGAINST


# --- contract and concentration -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("until", "finding"),
    [(None, UNKNOWN), (END, CLEAR), (date(2027, 3, 3), AGAINST), (date(2024, 2, 29), CLEAR)],
)
def test_a_contract_that_runs_beyond_the_end_speaks_against_it(
    until: date | None, finding: Finding
) -> None:
    found = contract_check(with_economics(customer("ash"), contract_until=until), END)
    assert found.finding is finding
    assert until is None or f"{until.day} {until:%B %Y}" in found.words
    # of a contract that ended years ago it would not be true
    assert ("are bound until" in found.words) == (finding is AGAINST)


def selling(**revenue: float | None) -> Workshop:
    """Customers with so much revenue each."""
    return after(made(), *(
        PutCustomer(customer=customer(key, revenue=value)) for key, value in revenue.items()
    ))  # fmt: skip


def hanging(workshop: Workshop, *leaving: str) -> Check:
    """The check of concentration when these customers leave."""
    return concentration_check(assess(workshop), leaving)


def test_the_share_of_the_largest_that_remains_is_told_before_and_after() -> None:
    # Bay has 20 of 100 today, 20 of 90 without Ash
    workshop = selling(ash=10.0, bay=20.0, cob=18.0, dew=18.0, elm=17.0, fir=17.0)
    assert hanging(workshop, "ash") == Check(
        CLEAR, "Without it, Bay makes 22.2 % of our sales, 20.0 % today."
    )


@pytest.mark.parametrize(("others", "finding"), [(4, AGAINST), (5, CLEAR)])
def test_a_quarter_of_the_sales_with_one_customer_weighs(others: int, finding: Finding) -> None:
    equal = {f"c{n}": 10.0 for n in range(others)}
    assert CONCENTRATED == 0.25
    assert hanging(selling(ash=50.0, **equal), "ash").finding is finding


@pytest.mark.parametrize(
    ("gone", "finding"),
    [
        (0.01, CLEAR),  # Bay has 60.0 % with it and without it
        (1.6, CLEAR),  # 60 of 98.4 is 61.0 %: less than a point more
        (1.7, AGAINST),  # 60 of 98.3 is 61.04 %
    ],
)
def test_an_exit_that_adds_next_to_nothing_is_not_blamed_for_what_was_there(
    gone: float, finding: Finding
) -> None:
    found = hanging(selling(ash=gone, bay=60.0, cob=40.0 - gone), "ash")
    assert found.finding is finding
    assert found.words.startswith("Without it, Bay makes 6")


def test_the_companies_of_a_group_are_one_customer() -> None:
    """Bay and Cob have 17 of 77 today, and 17 of 67 without Ash."""
    people = {f"c{n}": 10.0 for n in range(5)}
    workshop = selling(ash=10.0, bay=9.0, cob=8.0, **people)
    assert hanging(workshop, "ash").words.startswith("Without it, C0 makes 14.9 %")
    groups = [
        PutCustomer(customer=customer(key, revenue=revenue, parent="Holding AG"))
        for key, revenue in (("bay", 9.0), ("cob", 8.0))
    ]
    assert hanging(after(workshop, *groups), "ash") == Check(
        AGAINST,
        "Without it, the group of Bay makes 25.4 % of our sales, 22.1 % today: we would hang on "
        "few customers.",
    )


def test_exits_are_checked_together_as_well_as_one_by_one() -> None:
    workshop = selling(ash=10.0, bay=10.0, **{f"c{n}": 10.0 for n in range(4)})
    assert hanging(workshop, "ash").finding is CLEAR
    assert hanging(workshop, "bay").finding is CLEAR
    both = hanging(workshop, "ash", "bay")
    assert both.finding is AGAINST
    assert both.words.startswith("Without them, C0 makes 25.0 % of our sales, 16.7 % today")


def test_unknown_sales_of_others_are_left_out_and_counted() -> None:
    found = hanging(selling(ash=10.0, bay=20.0, cob=None), "ash")
    assert "(1 with unknown sales left out)" in found.words


@pytest.mark.parametrize(
    ("revenue", "missing"),
    [
        ({"ash": None, "bay": 5.0}, "its sales are not known"),
        ({"ash": 5.0, "bay": None}, "the sales of the others are not known"),
        ({"ash": 5.0}, "the sales of the others are not known"),
    ],
)
def test_without_sales_to_compare_the_rest_is_open(
    revenue: dict[str, float | None], missing: str
) -> None:
    found = hanging(selling(**revenue), "ash")
    assert found.finding is UNKNOWN
    assert found.words.endswith(f"{missing}.")


def test_who_buys_nothing_changes_nothing_by_leaving() -> None:
    found = hanging(selling(ash=0.0, bay=5.0, cob=5.0), "ash")
    assert found == Check(CLEAR, "Without it, Bay makes 50.0 % of our sales, 50.0 % today.")


AMOUNT = st.integers(1, 1_000).map(float)


@given(st.lists(AMOUNT, min_size=2, max_size=6), st.data())
def test_nothing_weighs_that_carries_nobody_over_the_mark_and_adds_no_point(
    amounts: list[float], data: st.DataObject
) -> None:
    keys = [f"c{n}" for n in range(len(amounts))]
    leaving = data.draw(st.sets(st.sampled_from(keys), min_size=1, max_size=len(keys) - 1))
    found = hanging(selling(**dict(zip(keys, amounts, strict=True))), *leaving)
    rest = [amount for key, amount in zip(keys, amounts, strict=True) if key not in leaving]
    then, now = max(rest) / sum(rest), max(rest) / sum(amounts)
    over, more = now < CONCENTRATED <= then, then >= CONCENTRATED and then - now >= MORE - 1e-9
    assert (found.finding is AGAINST) == (over or more)


# --- a plan that is running -----------------------------------------------------------------------


EXIT = Plan(customer="ash", template="L3", deadline=END)


def test_a_saved_exit_says_when_a_company_of_its_group_has_become_key() -> None:
    low, key = related("bay", bay=("", 2.0)), related("bay", bay=("", 9.0))
    assert exit_gaps(assess(low), EXIT) == ()
    assert exit_gaps(assess(key), EXIT) == ("Bay, of the same group, is a key account",)


def test_a_saved_exit_says_when_it_pays_again_and_when_a_contract_has_been_prolonged() -> None:
    paying = with_economics(
        customer("ash", revenue=1_000, margin_pct=30, cost_to_serve=50),
        contract_until=date(2027, 3, 3),
    )
    pays, bound = exit_gaps(assess(made(PutCustomer(customer=paying))), EXIT)
    assert pays == "It still earns EUR 250 a year after all that serving it costs"
    assert bound == "We are bound until 3 March 2027, after the planned end"


def test_a_rung_without_a_partner_is_a_gap_until_one_is_named() -> None:
    result = assess(related("", bay=("", 2.0)))
    rung = Action(text=f"Offer a hand-over to a partner ({NO_PARTNER})")
    assert exit_gaps(result, changed(EXIT, actions=(rung,))) == (NO_PARTNER,)
    named = changed(rung, text="Offer a hand-over to Dew Trading")
    assert exit_gaps(result, changed(EXIT, actions=(named,))) == ()


def test_other_plans_ended_exits_and_who_is_gone_have_no_gaps_of_an_exit() -> None:
    result = assess(related("bay", bay=("", 9.0)))
    ended = Outcome(what="exited", on=END, by="Ines")
    for plan in (
        changed(EXIT, template="L2"),
        changed(EXIT, outcome=ended),
        changed(EXIT, customer="gone"),
    ):
        assert exit_gaps(result, plan) == ()


# --- together -------------------------------------------------------------------------------------


def test_what_speaks_against_an_exit_is_told_first_and_figures_never_tell_all() -> None:
    found = exit_checks(assess(related("bay", bay=("", 9.0))), "ash", END)
    order = [check.finding for check in found]
    assert order == sorted(order, key=list(Finding).index)
    assert order[0] is AGAINST
    assert BEYOND_FIGURES in found
    assert len(found) == 5
