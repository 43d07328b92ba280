"""What the example says of hours, gain and capital: complete, and with the odd cases in it."""

import pytest

from data.example_economics import OVERHEAD_PCT, POLICY, added_capital, chance, economics, hours
from data.example_figures import ROWS, Row
from kam.history import History
from kam.method.account_figures import COLLECTED, AccountFigures, increment
from kam.method.assessment import Assessment
from kam.method.exit_checks import Finding, exit_checks
from kam.method.incremental import Effect
from kam.method.returns import SELF_FINANCING
from kam.method.shifts import Service
from kam.model import Class, Workshop
from kam.validated import changed
from tests.workshops import TODAY


@pytest.fixture(scope="module")
def figures(result: Assessment) -> AccountFigures:
    return AccountFigures(result)


def row(key: str) -> Row:
    return next(one for one in ROWS if one.id == key)


def test_the_hours_of_all_40_are_known_and_fit_into_what_our_people_have(
    figures: AccountFigures,
) -> None:
    spent = [share.hours for share in figures.shares]
    assert len(spent) == 40
    assert None not in spent
    assert 0.9 * 7_750 < sum(one or 0 for one in spent) <= 7_750


def test_nobody_had_asked_for_hours_in_the_years_before(history: History) -> None:
    of_2024: Workshop = history.at(history.workshop.marks[0].revision)
    assert all(one.economics.hours is None for one in of_2024.customers.values())


def test_little_is_unknown_and_it_is_told(figures: AccountFigures) -> None:
    assert figures.missing([name for name, _ in COLLECTED]) == {
        "likely gain": ("pellas-robotics",),
        "cost to serve": ("clearwell-utilities", "rivermark-bank"),
    }


def test_key_accounts_have_too_few_hours_and_the_loud_ones_too_many(
    figures: AccountFigures, result: Assessment
) -> None:
    service = {one.customer: one.service for one in figures.served}
    key = [key for key, one in result.standings.items() if one.klass and one.klass.is_key]
    assert {service[one] for one in key} == {Service.UNDER}
    assert service["orrin-steel"] is service["merrowby-airports"] is Service.OVER


def test_one_finances_itself_and_one_has_nothing_to_win(figures: AccountFigures) -> None:
    reasons = [found.reason for found in figures.returns.values()]
    assert reasons.count(SELF_FINANCING) == 1
    customers = figures.result.workshop.customers
    assert [key for key, one in customers.items() if one.economics.gain == 0] == ["dunmarrow-paper"]


def test_three_are_bound_by_a_contract_and_it_speaks_against_an_exit(result: Assessment) -> None:
    customers = result.workshop.customers
    bound = [key for key, one in customers.items() if one.economics.contract_until]
    assert bound == ["hevlin-systems", "larkfield-homes", "merrowby-airports"]
    checks = exit_checks(result, "larkfield-homes", TODAY)
    assert any("bound until" in one.words and one.finding is Finding.AGAINST for one in checks)


def test_key_accounts_earn_what_the_objective_begins_with(
    figures: AccountFigures, result: Assessment
) -> None:
    key = [key for key, one in result.standings.items() if one.klass and one.klass.is_key]
    earned = [figures.returns[one] for one in key]
    profit = sum(one.profit.amount or 0 for one in earned)
    capital = sum(one.capital.amount or 0 for one in earned)
    assert round(100 * profit / capital) == result.workshop.objectives["O2"].baseline


def test_the_limits_of_the_classes_leave_hours_to_share_out(figures: AccountFigures) -> None:
    assert figures.fair is not None
    assert figures.fair.short == 0
    assert figures.result.workshop.hours_policy == POLICY
    assert set(POLICY.floors) == set(POLICY.caps) == set(Class)


def test_more_business_is_worth_it_with_some_and_not_with_others(figures: AccountFigures) -> None:
    found = [economics(one) for one in ROWS]
    assert any(one.one_off for one in found)
    assert {Effect.EARNS, Effect.NOTHING, Effect.UNKNOWN} <= {
        figures_effect(figures, one.id) for one in ROWS
    }


def figures_effect(figures: AccountFigures, key: str) -> Effect:
    return increment(figures.result.workshop.customers[key].economics).effect


# --- the rules behind the figures -----------------------------------------------------------------


def test_hours_follow_sales_and_noise() -> None:
    quiet = changed(row("orrin-steel"), demand=0)
    assert hours(row("orrin-steel")) > hours(quiet) > hours(changed(quiet, revenue=1000))
    assert hours(quiet) % 10 == 0


def test_a_gain_is_the_likelier_the_closer_we_work_together() -> None:
    one = row("lunden-grid")
    assert chance(changed(one, joint=5)) > chance(one) > chance(changed(one, met=0))
    assert all(0 <= chance(some) <= 100 for some in ROWS)


def test_a_gain_ties_up_as_much_for_a_unit_of_revenue_as_today() -> None:
    one = changed(row("hevlin-systems"), revenue=1000, capital=200, net=20)
    gain = (one.potential or 0) * 21_000 / 100
    assert added_capital(one) == pytest.approx(1_000 * gain / 0.2 * 0.2)


def test_an_unknown_potential_leaves_the_gain_unknown() -> None:
    found = economics(row("pellas-robotics"))
    assert (found.gain, found.added_capital) == (None, None)


def test_overhead_is_a_part_of_revenue() -> None:
    one = row("corvane-pharma")
    assert economics(one).avoidable_overhead == one.revenue * 1_000 * OVERHEAD_PCT / 100
