"""Beside each measure stands the time that it covers, and for how much it is known."""

from datetime import date
from decimal import Decimal

from kam.intake.orders.coverage import day_words, periods, uncovered
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


def test_a_date_is_told_as_people_say_it() -> None:
    assert day_words(date(2025, 2, 3)) == "3 February 2025"


def test_periods_are_months_up_to_a_date() -> None:
    first = date(2020, 1, 3)
    found = periods(Span(first, date(2024, 12, 31)), first)
    assert found["revenue"] == "3 January 2020 to 31 December 2024"
    assert found["revenue_12m"] == "12 months to 31 December 2024"
    assert found["revenue_prior_12m"] == "12 months to 31 December 2023"
    assert found["growth_pct"] == "12 months to 31 December 2024 against the 12 before"
    assert found["cagr_3y_pct"] == "12 months to 31 December 2024 against those to 31 December 2021"
    assert (
        found["yoy_quarter_pct"] == "3 months to 31 December 2024 against those to 31 December 2023"
    )
    assert found["volatility_pct"] == "8 quarters to 31 December 2024"


def test_all_dates_are_those_of_all_lines_also_of_some_before_the_records_begin() -> None:
    found = periods(Span(date(2024, 1, 1), date(2024, 12, 31)), date(1900, 1, 1))
    assert found["lines"] == "1 January 1900 to 31 December 2024"


def test_the_known_share_of_costs_is_rounded_down() -> None:
    found = told("A,2024-12-31,999,1,", "B,2024-12-31,1,,")
    assert found.coverage["margin_pct"] == (
        "1 of 2 customers; cost is known for 99 % of the year's revenue; "
        "the ledger begins only on 31 December 2024"
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
    words = "the ledger begins only on 1 January 2023"
    assert words in found["cagr_3y_pct"]
    assert words not in found["growth_pct"]


def test_measures_of_a_year_before_that_is_not_covered_are_known_of_nobody() -> None:
    months = [f"{at // 12}-{at % 12 + 1:02}-01,5,1," for at in range(2023 * 12 + 10, 2025 * 12)]
    found = told(*[f"A,{line}" for line in months])
    assert found.uncovered == {"revenue_prior_12m", "growth_pct"}
    for key in found.uncovered:
        assert found.coverage[key] == (
            "0 of 1 customers; the ledger begins only on 1 November 2023"
        )
    assert found.coverage["revenue_12m"] == "1 of 1 customers"


def test_what_is_not_covered_depends_on_where_the_records_begin() -> None:
    end = date(2024, 12, 31)
    assert uncovered(Span(date(2023, 1, 8), end)) == frozenset()
    assert uncovered(Span(date(2023, 1, 9), end)) == {"revenue_prior_12m", "growth_pct"}
