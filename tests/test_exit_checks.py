"""What is checked before a customer is let go."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kam.edits import PutCustomer
from kam.method.assessment import assess
from kam.method.exit_checks import (
    BEYOND_FIGURES,
    CONCENTRATED,
    Check,
    Finding,
    concentration_check,
    contract_check,
    exit_checks,
    group_check,
    money_check,
)
from kam.model import Customer, Economics, Favours, Workshop
from kam.validated import changed
from tests.workshops import after, customer, made, placed

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


def test_relatives_that_are_not_key_are_clear_and_no_known_relative_is_unknown() -> None:
    assert group_check(assess(related("H", bay=("H", 2.0))), "ash").finding is CLEAR
    alone = group_check(assess(related("", bay=("H", 9.0))), "ash")
    assert alone.finding is UNKNOWN
    assert "ask whether one is" in alone.words


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


def selling(**revenue: float | None) -> Workshop:
    """Customers with so much revenue each."""
    return after(made(), *(
        PutCustomer(customer=customer(key, revenue=value)) for key, value in revenue.items()
    ))  # fmt: skip


def test_the_share_of_the_largest_that_remains_is_told_before_and_after() -> None:
    # Bay has 20 of 100 today, 20 of 90 without Ash
    found = concentration_check(selling(ash=10.0, bay=20.0, cob=18.0, dew=18.0, elm=17.0, fir=17.0),
                                "ash")  # fmt: skip
    assert found == Check(CLEAR, "Without it, Bay makes 22.2 % of our sales, 20.0 % today.")


@pytest.mark.parametrize(("others", "finding"), [(4, AGAINST), (5, CLEAR)])
def test_a_quarter_of_the_sales_with_one_customer_weighs(others: int, finding: Finding) -> None:
    equal = {f"c{n}": 10.0 for n in range(others)}
    assert CONCENTRATED == 0.25
    assert concentration_check(selling(ash=50.0, **equal), "ash").finding is finding


def test_unknown_sales_of_others_are_left_out_and_counted() -> None:
    found = concentration_check(selling(ash=10.0, bay=20.0, cob=None), "ash")
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
    found = concentration_check(selling(**revenue), "ash")
    assert found.finding is UNKNOWN
    assert found.words.endswith(f"{missing}.")


# --- together -------------------------------------------------------------------------------------


def test_what_speaks_against_an_exit_is_told_first_and_figures_never_tell_all() -> None:
    found = exit_checks(assess(related("bay", bay=("", 9.0))), "ash", END)
    order = [check.finding for check in found]
    assert order == sorted(order, key=list(Finding).index)
    assert order[0] is AGAINST
    assert BEYOND_FIGURES in found
    assert len(found) == 5
