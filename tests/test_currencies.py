"""Several currencies are refused until each has a rate; then money is converted exactly."""

from decimal import Decimal

import pytest

from kam.intake.orders.currencies import RatesNeeded, Share, rates_for
from kam.intake.orders.ledger import Ledger
from tests.ledgers import choices, ledger


def mixed(*rows: str, **more: object) -> Ledger:
    text = "\n".join(["customer,date,amount,cost,currency", *rows, ""])
    return ledger(text, choices(cost="cost", currency="currency", **more))


EUR, USD = "A,2025-01-01,5.00,1.00,EUR", "A,2025-01-02,10.00,2.00,usd "


def test_several_currencies_are_refused_with_their_lines_and_money() -> None:
    with pytest.raises(
        RatesNeeded, match=r"EUR \(2 lines, 10\.00\), USD \(1 lines, 10\.00\)"
    ) as told:
        mixed(EUR, EUR, USD)
    assert told.value.lacking == ("EUR", "USD")


def test_every_currency_needs_a_rate() -> None:
    with pytest.raises(RatesNeeded, match="workshop's currency: EUR") as told:
        mixed(EUR, USD, rates={"USD": 0.9})
    assert told.value.lacking == ("EUR",)


def test_money_and_cost_are_converted_at_their_rates_and_told() -> None:
    found = mixed(EUR, USD, rates={"EUR": 1, "usd": 0.9137})
    assert found.totals.revenue == Decimal("14.137")
    assert found.totals.cost == Decimal("2.8274")
    assert found.notes == (
        "Amounts are converted: 1 lines in EUR (5.00) at 1.0, 1 lines in USD (10.00) at 0.9137.",
    )
    assert found.currencies == (
        Share("EUR", 1, Decimal("5.0000")),
        Share("USD", 1, Decimal("10.0000")),
    )


def test_one_currency_needs_no_rate_and_one_with_a_rate_is_converted() -> None:
    assert mixed(USD).totals.revenue == 10
    assert mixed(USD, rates={"EUR": 1}).totals.revenue == 10
    assert mixed(USD, rates={"USD": 0.5}).totals.revenue == 5


def test_only_the_lines_that_count_need_a_rate() -> None:
    assert mixed(EUR, ",2025-01-02,10.00,2.00,USD").totals.revenue == 5
    assert mixed(EUR, USD, only={"currency": ("EUR",)}).totals.revenue == 5


def test_a_line_without_a_currency_cannot_be_converted() -> None:
    found = mixed(EUR, USD, "A,2025-01-03,7.00,1.00,", rates={"EUR": 1, "USD": 2})
    (only,) = found.left_out
    assert (only.kind, only.rows) == ("currency", 1)
    assert found.totals.revenue == 25


def test_a_weak_currency_keeps_its_rate() -> None:
    assert rates_for([Share("IDR", 1, Decimal(1))], {"IDR": 0.0000568}) == {
        "IDR": Decimal("0.0000568")
    }
    found = mixed(EUR, "A,2025-01-01,1000000,0,IDR", rates={"EUR": 1, "IDR": 0.0000568})
    assert found.totals.revenue == Decimal("61.8")


def test_a_ledger_without_a_column_of_currencies_has_none() -> None:
    assert ledger("customer,date,amount\nA,2025-01-01,5\n").currencies == ()
