"""Each measure against figures worked out by hand, at the edges of its windows, and unknown."""

from datetime import date, timedelta
from decimal import Decimal
from statistics import mean, stdev

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kam.intake.orders.ledger import Ledger
from kam.intake.orders.measures import Measures, Span
from tests.ledgers import choices, ledger


def of(*lines: str, end: date | None = None) -> Ledger:
    text = "customer,date,amount,serving,order\n" + "".join(f"A,{line}\n" for line in lines)
    return ledger(text, choices(serving="serving", order="order", end=end))


def measures(*lines: str, end: date | None = None) -> Measures:
    return of(*lines, end=end).measures["A"]


@pytest.mark.parametrize(
    ("end", "months", "day"),
    [
        (date(2025, 6, 30), 12, date(2024, 6, 30)),
        (date(2024, 2, 29), 12, date(2023, 2, 28)),
        (date(2024, 2, 29), 48, date(2020, 2, 29)),
        (date(2025, 3, 31), 1, date(2025, 2, 28)),
        (date(2025, 1, 31), 3, date(2024, 10, 31)),
        (date(2025, 6, 29), 4, date(2025, 2, 28)),
        (date(2025, 6, 30), 3, date(2025, 3, 31)),
        (date(2025, 4, 30), 24, date(2023, 4, 30)),
        (date(2025, 2, 28), 12, date(2024, 2, 29)),
        (date(2025, 2, 28), 2, date(2024, 12, 31)),
        (date(2024, 2, 28), 12, date(2023, 2, 28)),
        (date(2024, 2, 28), 1, date(2024, 1, 28)),
    ],
)
def test_months_back_end_on_the_same_day_and_from_a_last_day_on_last_days(
    end: date, months: int, day: date
) -> None:
    assert Span(end, end).back(months) == day


@pytest.mark.parametrize("month", range(1, 13))
@pytest.mark.parametrize("year", [2024, 2025])
def test_the_same_bill_on_every_last_day_neither_varies_nor_grows(year: int, month: int) -> None:
    days = [date(year + at // 12, at % 12 + 1, 1) for at in range(month - 36, month + 1)]
    bills = [f"{day - timedelta(days=1)},100,," for day in days]
    found = measures(*bills)
    assert found.last_order == days[-1] - timedelta(days=1)
    assert found.revenue_12m == found.revenue_prior_12m == 1200
    assert found.orders_12m == 12
    assert (found.volatility_pct, found.growth_pct, found.yoy_quarter_pct) == (0, 0, 0)
    assert found.active_months == 12


def test_a_ledger_covers_a_window_that_begins_with_a_week_of_holidays() -> None:
    end = date(2024, 12, 31)
    assert Span(date(2024, 1, 8), end).covers(12)
    assert not Span(date(2024, 1, 9), end).covers(12)
    assert Span(date(2023, 1, 2), end).quarters == 8
    assert Span(date(2024, 1, 2), end).quarters == 4
    assert Span(date(2024, 2, 2), end).quarters == 3


def test_growth_over_three_years_is_a_yearly_rate() -> None:
    found = measures("2021-01-01,100,,", "2024-12-31,172.80,,")
    assert found.cagr_3y_pct == pytest.approx(20)


def test_growth_over_three_years_is_unknown_without_four_years_or_without_revenue_then() -> None:
    assert measures("2021-01-11,100,,", "2024-12-31,172.80,,").cagr_3y_pct is None
    assert measures("2021-01-01,-5,,", "2024-12-31,172.80,,").cagr_3y_pct is None
    assert measures("2021-01-01,5,,", "2023-12-31,7,,", end=date(2024, 12, 31)).cagr_3y_pct is None


def test_the_last_quarter_is_compared_with_the_same_quarter_a_year_before() -> None:
    lines = ("2023-10-01,100,,", "2023-12-31,100,,", "2024-06-01,999,,", "2024-10-01,30,,")
    assert measures("2023-09-30,7,,", *lines, "2024-12-31,120,,").yoy_quarter_pct == -25.0


def test_the_last_quarter_has_no_growth_where_the_ledger_begins_later() -> None:
    assert measures("2023-10-20,100,,", "2024-12-31,120,,").yoy_quarter_pct is None
    assert measures("2023-09-30,100,,", "2024-12-31,120,,").yoy_quarter_pct is None


def test_volatility_is_the_spread_of_full_quarters_in_percent_of_their_mean() -> None:
    found = measures("2024-01-01,10,,", "2024-04-01,30,,", "2024-12-31,40,,")
    quarters = [10, 30, 0, 40]
    assert found.volatility_pct == pytest.approx(100 * stdev(quarters) / mean(quarters))


def test_the_same_revenue_in_every_quarter_has_no_volatility() -> None:
    months = [f"2024-{month:02}-01,10,," for month in range(1, 13)]
    assert measures(*months, end=date(2024, 12, 31)).volatility_pct == 0


def test_volatility_is_unknown_below_four_quarters_and_without_revenue() -> None:
    assert measures("2024-04-01,30,,", "2024-12-31,40,,").volatility_pct is None
    assert measures("2024-01-01,30,,", "2024-12-31,-40,,").volatility_pct is None


def test_cost_to_serve_is_summed_where_every_line_of_the_year_has_it() -> None:
    lines = ("2023-12-31,1,,", "2024-01-01,1,2,", "2024-12-31,1,0.5,")
    assert measures(*lines).cost_to_serve == Decimal("2.5")
    found = of("2024-01-01,1,2,", "2024-12-31,1,,")
    assert found.measures["A"].cost_to_serve is None
    assert [one.sentence for one in found.noticed] == [
        "1 line without a readable cost to serve; customers with such a line have none."
    ]


def test_a_customer_that_bought_nothing_this_year_cost_nothing_this_year() -> None:
    text = "customer,date,amount,serving\nA,2022-01-01,5,1\nB,2024-12-31,5,1\n"
    found = ledger(text, choices(serving="serving")).measures["A"]
    zero = Decimal(0)
    assert (found.revenue_12m, found.cost_to_serve, found.gross_margin) == (zero, zero, None)
    assert (found.active_months, found.orders_12m, found.growth_pct) == (0, 0, None)


def test_active_months_are_calendar_months_and_the_end_s_month_counts_once() -> None:
    lines = ("2023-12-16,1,,", "2024-03-01,1,,", "2024-03-31,1,,", "2024-12-01,1,,")
    assert measures(*lines, end=date(2024, 12, 15)).active_months == 2


def test_tenure_and_recency_count_days_to_the_end() -> None:
    found = measures("2024-01-01,1,,", "2024-12-01,1,,", end=date(2024, 12, 31))
    assert (found.tenure_days, found.recency_days) == (365, 30)


def test_without_order_numbers_each_day_of_each_customer_is_an_order() -> None:
    text = "customer,date,amount\nA,2024-12-31,1\nA,2024-12-31,2\nB,2024-12-31,1\nC,2024-12-31,1\n"
    found = ledger(text)
    assert [one.orders_12m for one in found.measures.values()] == [1, 1, 1]
    assert found.totals.orders == 3


def test_a_day_without_a_number_is_no_order_that_has_it_as_a_number() -> None:
    text = (
        "customer,date,amount,order\nA,2024-12-31,1,2024-12-31\nA,2024-12-31,1,\nB,2024-12-31,1,\n"
    )
    found = ledger(text, choices(order="order"))
    assert [one.orders_12m for one in found.measures.values()] == [2, 1]
    assert found.totals.orders == 3


def test_lines_without_a_customer_have_one_order_a_day() -> None:
    text = "customer,date,amount\n,2024-12-31,1\n,2024-12-31,1\n,2024-12-30,1\nA,2024-12-30,1\n"
    found = ledger(text, choices(blank_customers="one_customer"))
    assert found.measures["(blank)"].orders_12m == 2
    assert found.totals.orders == 3


def test_an_order_counts_once_for_each_customer() -> None:
    text = "customer,date,amount,order\n" + "".join(
        f"{who},2024-12-{day},1,7\n" for who in "AB" for day in (30, 31)
    )
    found = ledger(text, choices(order="order"))
    assert [one.orders_12m for one in found.measures.values()] == [1, 1]
    assert found.totals.orders == 1


def test_concentration_of_one_customer_is_complete() -> None:
    found = of("2024-12-31,5,,").totals
    assert (found.top10_share_pct, found.hhi) == (100.0, 10_000.0)


def test_concentration_is_the_sum_of_squared_shares_above_zero() -> None:
    text = "customer,date,amount\nA,2024-12-31,30\nB,2024-12-31,10\nC,2024-12-31,-10\n"
    found = ledger(text).totals
    assert found.hhi == pytest.approx(75**2 + 25**2)
    assert found.top10_share_pct == 100.0
    nothing = ledger("customer,date,amount\nA,2024-12-31,-5\n").totals
    assert (nothing.hhi, nothing.top10_share_pct) == (None, None)


DAYS = st.dates(date(2020, 6, 1), date(2024, 12, 31))


@settings(max_examples=8, deadline=None)
@given(st.lists(st.tuples(DAYS, st.integers(-50, 500)), min_size=1, max_size=40), DAYS)
def test_windows_add_up_whatever_the_end(lines: list[tuple[date, int]], end: date) -> None:
    kept = [(day, money) for day, money in lines if day <= end]
    if not kept:
        return
    found = measures(*[f"{day},{money},," for day, money in lines], end=end)
    span = Span(min(day for day, _ in kept), end)

    def between(begin: int, finish: int) -> int:
        return sum(m for day, m in kept if span.back(begin) < day <= span.back(finish))

    assert found.revenue == sum(money for _, money in kept)
    assert found.revenue_12m == between(12, 0)
    assert found.revenue_prior_12m == between(24, 12)
    recent = [day for day, _ in kept if day > span.back(12)]
    assert found.active_months == len({day.month for day in recent})
    assert found.orders_12m == len(set(recent))
    assert found.recency_days == (end - max(day for day, _ in kept)) / timedelta(days=1)


@settings(max_examples=8, deadline=None)
@given(before=st.integers(1, 10**15), now=st.integers(1, 10**15))
def test_ratios_are_those_of_the_exact_amounts_and_money_stays_exact(before: int, now: int) -> None:
    then, last = Decimal(before).scaleb(-4), Decimal(now).scaleb(-4)
    found = measures(f"2024-01-01,{then:f},,", f"2025-01-01,{last:f},,")
    assert (found.revenue_prior_12m, found.revenue_12m) == (then, last)
    assert found.growth_pct == pytest.approx(float(100 * (last - then) / then), rel=1e-14)
