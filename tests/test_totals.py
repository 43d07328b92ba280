"""What all customers bought together, and how much of it the largest brought."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kam.intake.orders.totals import TOP, Totals
from tests.ledgers import choices, ledger


def totals(*amounts: int) -> Totals:
    """Of a ledger in which each customer bought once, for this amount."""
    lines = "".join(f"C{at:02},2025-01-01,{amount}\n" for at, amount in enumerate(amounts))
    return ledger("customer,date,amount\n" + lines).totals


def test_lines_customers_orders_and_days_are_counted() -> None:
    text = "customer,date,amount,order\nA,2023-05-01,5,1\nA,2025-01-01,6,2\nB,2025-01-01,7,2\n"
    found = ledger(text, choices(order="order")).totals
    assert (found.rows, found.customers, found.orders) == (3, 2, 2)
    assert (found.first, found.last) == (date(2023, 5, 1), date(2025, 1, 1))
    assert (found.revenue_12m, found.revenue_prior_12m) == (Decimal(13), Decimal(5))


def test_years_stand_in_their_order_and_add_up_to_the_revenue() -> None:
    text = "customer,date,amount\nA,2025-01-01,6\nA,2023-05-01,5\nB,2024-01-01,7.5\n"
    found = ledger(text).totals
    assert list(found.by_year.items()) == [(2023, 5), (2024, Decimal("7.5")), (2025, 6)]
    assert sum(found.by_year.values()) == found.revenue


def test_costs_are_added_only_if_every_line_has_one() -> None:
    known = ledger("customer,date,amount,c\nA,2025-01-01,5,2\nB,2020-01-01,5,1\n",
                   choices(cost="c")).totals  # fmt: skip
    assert (known.cost, known.margin) == (Decimal(3), Decimal(7))
    assert (totals(5).cost, totals(5).margin) == (None, None)


def test_the_share_of_the_ten_largest_leaves_out_the_eleventh() -> None:
    assert totals(*[9] * TOP, 10).top10_share_pct == pytest.approx(91)
    assert totals(5, -5).top10_share_pct is None


def test_a_single_customer_is_full_concentration_and_losses_have_no_share() -> None:
    assert totals(7).hhi == 10_000
    assert totals(7, -3).hhi == 10_000
    assert totals(-3).hhi is None


@settings(max_examples=15, deadline=None)
@given(st.integers(1, 12))
def test_equal_customers_share_the_concentration(count: int) -> None:
    assert totals(*[3] * count).hhi == pytest.approx(10_000 / count)
