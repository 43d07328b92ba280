"""Beside each measure stands the time that it covers, and for how much it is known."""

from datetime import date
from decimal import Decimal

from kam.intake.orders.coverage import periods
from kam.intake.orders.ledger import Ledger
from kam.intake.orders.measures import MEASURES, Span
from tests.ledgers import choices, ledger

HEADER = "customer,date,amount,cost,serving\n"


def told(*rows: str) -> Ledger:
    return ledger(HEADER + "".join(f"{row}\n" for row in rows), choices(cost="cost"))


def test_every_measure_tells_its_period_and_coverage() -> None:
    found = told("A,2024-12-31,5,1,")
    keys = {one.key for one in MEASURES}
    assert found.periods.keys() == found.coverage.keys() == keys
    assert all(found.periods.values())
    assert all(found.coverage.values())


def test_periods_are_dates() -> None:
    found = periods(Span(date(2020, 1, 3), date(2024, 12, 31)))
    assert found["revenue"] == "2020-01-03 to 2024-12-31"
    assert found["growth_pct"] == "2024-01-01 to 2024-12-31 against 2023-01-01 to 2023-12-31"
    assert found["cagr_3y_pct"] == "2024-01-01 to 2024-12-31 against 2021-01-01 to 2021-12-31"
    assert found["yoy_quarter_pct"] == "2024-10-01 to 2024-12-31 against 2023-10-01 to 2023-12-31"
    assert found["volatility_pct"] == "8 quarters to 2024-12-31"


def test_the_known_share_of_costs_is_rounded_down() -> None:
    found = told("A,2024-12-31,999,1,", "B,2024-12-31,1,,")
    assert found.coverage["margin_pct"] == (
        "1 of 2 customers; cost is known for 99 % of the revenue of the last 12 months; "
        "the ledger begins on 2024-12-31 and does not cover all of it"
    )


def test_a_column_that_the_ledger_lacks_is_told() -> None:
    found = ledger(HEADER + "A,2024-01-01,5,1,\nA,2024-12-31,5,1,\n")
    assert found.coverage["margin_pct"] == "0 of 1 customers; the ledger has no column of costs"
    assert found.coverage["cost_to_serve"] == "0 of 1 customers; the ledger has no column of it"
    assert found.measures["A"].gross_margin is None


def test_revenue_that_is_not_above_zero_has_no_share_of_costs() -> None:
    found = told("A,2024-01-01,5,1,", "A,2024-12-31,-5,1,")
    assert "the last 12 months brought no revenue" in found.coverage["gross_margin"]
    assert found.measures["A"].gross_margin == Decimal(-2)


def test_a_measure_that_reaches_back_further_than_the_ledger_says_so() -> None:
    found = told("A,2023-01-01,5,1,", "A,2024-12-31,5,1,").coverage
    words = "the ledger begins on 2023-01-01 and does not cover all of it"
    assert words in found["cagr_3y_pct"]
    assert words not in found["growth_pct"]
