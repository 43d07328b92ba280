"""A year and the next on real input: AdventureWorks' ledger from its file to the second review.

What no file tells (cost to serve, capital, hours, gains) is assumed, and stated in `assumed`.
"""

import math
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from itertools import pairwise
from pathlib import Path

import pytest

from kam.edits import (
    BringIn,
    ClosePlan,
    FillScores,
    MarkRevision,
    SavePlans,
    SetCapacity,
    SetHoursPolicy,
)
from kam.intake.bring_in import from_ledger
from kam.intake.orders.ledger import Ledger, cents, read_ledger
from kam.method.account_figures import AccountFigures
from kam.method.assessment import Assessment, assess
from kam.method.causes import Cause
from kam.method.evidence import scores_from_figures
from kam.method.exits import Exit
from kam.method.movement import Movement, came, gone, movements
from kam.method.movement_words import told
from kam.method.plans import Bulk, bulk_plans, proposals
from kam.method.portfolio import classes, holdings
from kam.model import Capacity, Class, HoursPolicy, LedgerChoices, Outcome, Workshop
from kam.validated import changed
from tests.test_real_data import judged, reseller_list

FIRST, SECOND = date(2012, 11, 29), date(2013, 11, 29)  # the last day of each review's ledger
SERVED = 0.06  # of revenue: cost to serve, assumed
CAPITAL_DAYS = 45  # of revenue that we wait for our money, assumed
LEAVING = 10
COLUMNS = {
    "customer": "ResellerKey",
    "date": "OrderDate",
    "amount": "SalesAmount",
    "cost": "TotalProductCost",
    "order": "SalesOrderNumber",
}
POLICY = HoursPolicy(
    hurdle_pct=12, floors={Class.KEY_CORE: 100}, caps={Class.KEY_CORE: 400, Class.STRATEGIC: 60}
)


def assumed(workshop: Workshop) -> BringIn:
    """What the ledger does not tell of each customer with revenue.

    6 % of revenue is the cost to serve, half of it avoidable; 45 days of it are tied up; an hour
    is spent for 2,000 of it; a tenth of it could be won with a chance of one in two.
    """
    people = {}
    for key, one in workshop.customers.items():
        revenue = one.profile.revenue
        if revenue is None:
            continue
        profile = changed(
            one.profile,
            cost_to_serve=SERVED * revenue,
            capital_employed=CAPITAL_DAYS / 365 * revenue,
        )
        economics = changed(
            one.economics,
            hours=revenue / 2_000,
            gain=revenue / 10,
            gain_probability_pct=50,
            avoidable_pct=50,
            avoidable_overhead=0,
        )
        people[key] = changed(one, profile=profile, economics=economics)
    return BringIn(origin="stated assumptions", customers=people)


@dataclass(frozen=True)
class Years:
    """Both reviews, with the ledgers that they rest on."""

    ledgers: tuple[Ledger, Ledger]
    first: Assessment
    second: Assessment

    @cached_property
    def figures(self) -> AccountFigures:
        """Returns, exits and hours at the second review."""
        return AccountFigures(self.second)

    @cached_property
    def movements(self) -> tuple[Movement, ...]:
        """What became of every customer between the two."""
        return movements(self.first, self.second)

    @cached_property
    def leaving(self) -> tuple[str, ...]:
        """The ten low-priority customers with the least profit."""
        low = [key for key, one in self.second.standings.items() if one.klass is Class.LOW_PRIORITY]
        earned = {key: self.figures.returns[key].profit.amount for key in low}
        known = {key: amount for key, amount in earned.items() if amount is not None}
        return tuple(sorted(known, key=lambda key: known[key])[:LEAVING])

    @cached_property
    def exit(self) -> Exit:
        """What leaving those ten does."""
        return self.figures.exit(self.leaving)


def yearly(folder: Path, end: date) -> Ledger:
    """The ledger up to the last day of a review."""
    return read_ledger(folder / "ledger_lines.csv.gz", LedgerChoices(columns=COLUMNS, end=end))


def reviewed(workshop: Workshop, ledger: Ledger) -> Workshop:
    """The workshop with a year's figures, scored and with the assumptions."""
    workshop = from_ledger(workshop, ledger, "ledger_lines.csv.gz").edit.apply(workshop)
    workshop = assumed(workshop).apply(workshop)
    return FillScores(scores=scores_from_figures(workshop)).apply(workshop)


@pytest.fixture(scope="module")
def years(shared: Path) -> Years:
    """Customers and ledger in, criteria, split, plans for all; a year later the same again."""
    folder = shared / "data" / "adventureworks_resellers"
    ledgers = yearly(folder, FIRST), yearly(folder, SECOND)
    start = reseller_list(folder, Workshop(id="w", name="Resellers", currency="USD"))
    start = from_ledger(start, ledgers[0], "ledger_lines.csv.gz").edit.apply(start)
    workshop = reviewed(judged(start), ledgers[0])
    room = Capacity(people=8, hours_per_person=1_200, hours_strategic=600, hours_core=300)
    workshop = SetCapacity(capacity=room).apply(workshop)
    workshop = SetHoursPolicy(policy=POLICY).apply(workshop)
    first = assess(workshop)
    workshop = SavePlans(plans=proposals(first, FIRST)).apply(workshop)
    workshop = MarkRevision(name="First review", on=FIRST, begins_review=True).apply(workshop)
    second = assess(reviewed(workshop, ledgers[1]))
    return Years(ledgers, first, second)


# --- the first review -----------------------------------------------------------------------------


def test_every_customer_with_a_class_has_a_draft_in_bulk(years: Years) -> None:
    keys = tuple(key for key, one in years.second.standings.items() if one.klass)
    plans = bulk_plans(years.second, SECOND, Bulk(customers=keys, owner="Ines"))
    assert set(plans) == set(keys)
    assert len(plans) == 635
    assert all(plan.goal and plan.deadline and plan.owner == "Ines" for plan in plans.values())
    assert all(plan.deadline > SECOND for plan in plans.values() if plan.deadline)


def test_who_never_ordered_is_not_scored_and_takes_nothing(years: Years) -> None:
    silent = classes(years.second)["Not scored yet"]
    assert len(silent) == 66
    assert not any(years.second.standings[key].hours for key in silent)


def test_fair_hours_add_up_to_capacity_and_keep_floors_and_caps(years: Years) -> None:
    fair = years.figures.fair
    assert fair is not None
    assert math.fsum([*fair.hours.values(), fair.unplaced]) == pytest.approx(8 * 1_200, abs=1e-6)
    for key, standing in years.second.standings.items():
        due = fair.hours[key]
        if standing.klass is Class.KEY_CORE:
            assert 100 - 1e-6 <= due <= 400 + 1e-6
        if standing.klass is Class.STRATEGIC:
            assert due <= 60 + 1e-6


# --- returns and exits ----------------------------------------------------------------------------


def test_the_return_of_a_class_is_the_ratio_of_its_members_sums(years: Years) -> None:
    for name, keys in classes(years.second).items():
        found = years.figures.of_classes[name]
        members = [years.figures.returns[key] for key in keys]
        if name == "Not scored yet":
            assert found.rate is None
            continue
        assert not found.left_out
        assert found.rate is not None
        profit = math.fsum(one.profit.amount or 0.0 for one in members)
        capital = math.fsum(one.capital.amount or 0.0 for one in members)
        assert found.rate == pytest.approx(profit / capital, rel=1e-4)
        rates = [one.rate for one in members if one.rate is not None]
        assert min(rates) <= found.rate <= max(rates)


def test_the_revenue_of_an_exit_reconciles_with_the_ledger_to_the_cent(years: Years) -> None:
    """Of all, of the ten, and of the rest; the ledger has four decimals, each line has its own."""
    sold = {key: one.revenue_12m for key, one in years.ledgers[1].measures.items()}
    found = years.exit
    assert len(found.leaving) == LEAVING
    for figure, keys in (
        (found.before.revenue, sold.keys()),
        (found.revenue, found.leaving),
        (found.after.revenue, sold.keys() - set(found.leaving)),
    ):
        lines = {line.name: exact(line.amount) for line in figure.lines}
        assert lines == {key: sold[key] for key in keys}
        assert abs(exact(figure.amount) - sum(lines.values())) <= Decimal("0.005") * len(lines)
    every = sum(exact(line.amount) for line in found.before.revenue.lines)
    assert cents(Decimal(every)) == cents(years.ledgers[1].totals.revenue_12m)
    left = exact(found.before.revenue.amount) - exact(found.revenue.amount)
    assert exact(found.after.revenue.amount) == left


def exact(amount: float | None) -> Decimal:
    """A figure that is known, as it is written."""
    assert amount is not None
    return Decimal(str(amount))


def test_before_less_what_goes_is_what_is_left_after_an_exit(years: Years) -> None:
    found = years.exit
    before, gone_with_it = exact(found.before.profit.amount), exact(found.goes.amount)
    assert exact(found.after.profit.amount) == before - gone_with_it
    assert exact(found.after.capital.amount) == exact(found.before.capital.amount) - exact(
        found.capital.amount
    )
    assert exact(found.change.amount) == exact(found.avoidable.amount) - exact(
        found.contribution.amount
    )


def test_the_margin_of_the_ten_is_the_ledgers(years: Years) -> None:
    measures = years.ledgers[1].measures
    for line in years.exit.contribution.lines:
        assert line.amount == pytest.approx(float(measures[line.name].gross_margin or 0), abs=0.011)


# --- the frontier and the whole -------------------------------------------------------------------


def test_no_split_of_the_hours_wins_more_than_the_frontier(years: Years) -> None:
    found = years.figures.frontier
    assert found.proposed is not None
    best = found.frontier.won(found.proposed.hours)
    assert best is not None
    assert 0 < found.proposed.won <= best
    pairs = pairwise(found.frontier.points)
    slopes = [(b.won - a.won) / (b.hours - a.hours) for a, b in pairs if b.hours > a.hours]
    assert all(later <= first + 1e-9 for first, later in pairwise(slopes))


def test_what_the_portfolio_holds_is_the_ledgers_and_the_assumptions(years: Years) -> None:
    revenue, potential, capital, hours = holdings(years.second)
    year = float(years.ledgers[1].totals.revenue_12m)
    assert (revenue.known, revenue.of) == (635, 701)
    assert revenue.total == pytest.approx(year, abs=0.005)
    assert potential.total == pytest.approx(year / 20, abs=0.01)
    cents = 0.005 * capital.known  # each customer's capital is in whole cents
    assert capital.total == pytest.approx(year * CAPITAL_DAYS / 365, abs=cents)
    assert hours.total == pytest.approx(year / 2_000, abs=0.01)
    shares = [revenue.share(keys) or 0.0 for keys in classes(years.second).values()]
    assert math.fsum(shares) == pytest.approx(1.0)
    assert revenue.top is not None
    assert revenue.hhi is not None
    assert 1 / 635 <= revenue.hhi <= revenue.top < 0.05  # no reseller is large


# --- the second review ----------------------------------------------------------------------------


def test_a_year_less_of_the_ledger_is_the_earlier_state(years: Years) -> None:
    earlier, later = years.ledgers
    both = [one.totals for one in (earlier, later)]
    assert both[1].revenue_prior_12m == both[0].revenue_12m
    assert came(years.first, years.second) == gone(years.first, years.second) == ()


def test_every_movement_of_the_year_adds_up_and_only_facts_moved(years: Years) -> None:
    assert len(years.movements) == 701
    changed_class = [one for one in years.movements if one.changed_class]
    assert len(changed_class) > 100
    for one in years.movements:
        for change in (one.attractiveness, one.strength, one.distance):
            assert change.parts.keys() <= {Cause.FACTS}
            if change.by is not None:
                assert math.fsum(change.parts.values()) == pytest.approx(change.by, abs=1e-9)
    for one in changed_class:
        assert one.class_parts == {Cause.FACTS: pytest.approx(1.0)}


def test_every_movement_is_told_with_what_moved_it(years: Years) -> None:
    for one in years.movements:
        words = told(years.first, years.second, one)
        assert words.endswith(".")
        if one.changed_class:
            assert "by facts (" in words


def test_no_plan_is_lost_when_customers_change_class(years: Years) -> None:
    """Ten plans end and have a next one; all others stay as they were, whatever their class."""
    first = proposals(years.first, FIRST)
    workshop = years.second.workshop
    assert set(workshop.plans) == set(first)
    ending = [one.customer for one in years.movements if one.changed_class][:LEAVING]
    outcome = Outcome(what="dropped", on=SECOND, by="Ines", reason="Its class is another one now")
    for key in ending:
        workshop = ClosePlan(customer=key, outcome=outcome).apply(workshop)
    following = proposals(years.second, SECOND, ending)
    workshop = SavePlans(plans=following).apply(workshop)
    assert {plan.customer for plan in workshop.ended_plans} == set(ending)
    for key, plan in first.items():
        kept = [*workshop.ended_plans, workshop.plans[key]]
        assert any(one.customer == key and one.goal == plan.goal for one in kept)
    assert workshop.plans.keys() == first.keys()
