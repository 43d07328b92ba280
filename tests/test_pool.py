"""Every customer that came in, with each of its figures as a column."""

from collections.abc import Mapping

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kam.edits import BringIn, JudgeAsOne
from kam.method.groups import joined
from kam.method.pool import (
    GROWTH,
    MARGIN,
    OWN_REVENUE,
    REVENUE,
    SPEND,
    Measure,
    Pool,
    from_ledger,
    largest_first,
)
from kam.model import Customer, FactKind, Profile, Workshop
from tests.workshops import after, customer, made

Facts = Mapping[str, float]

KINDS = {
    "ledger.revenue_12m": FactKind(key="ledger.revenue_12m", label="Revenue", unit="EUR"),
    "ledger.recency_days": FactKind(
        key="ledger.recency_days", label="Days since the last order", unit="days", origin="o.csv"
    ),
    "Seats": FactKind(key="Seats", label="Seats"),
}


def known(name: str, facts: Facts | None = None, **profile: object) -> Customer:
    """A customer with these ledger facts and profile fields."""
    found = {f"ledger.{key}": value for key, value in (facts or {}).items()}
    return Customer(id=name.lower(), name=name, facts=found, profile=Profile(**profile))


def workshop_of(*customers: Customer) -> Workshop:
    """A workshop to which these came in."""
    people = {one.id: one for one in customers}
    return made(BringIn(origin="a test", customers=people, fact_kinds=KINDS))


def pool_of(*customers: Customer) -> Pool:
    """The pool of these customers."""
    return Pool(workshop_of(*customers))


def revenues(*levels: float | None) -> Pool:
    """Customers c0, c1 ... whose revenue alone may be known."""
    return pool_of(*(known(f"C{n}", revenue=level) for n, level in enumerate(levels)))


def test_revenue_is_that_of_the_profile_and_the_ledgers_where_it_has_none() -> None:
    """A list that came in after the ledger says 99, and so does the profile on screen."""
    both = known("Ash", {"revenue_12m": 12.0}, revenue=99.0)
    ledger = known("Cob", {"revenue_12m": 5.0})
    assert list(pool_of(both, known("Bay", revenue=7.0), ledger).figures(REVENUE)) == [99, 7, 5]


def test_revenue_is_the_ledgers_while_the_profile_says_the_same() -> None:
    assert from_ledger(known("Ash", {"revenue_12m": 0.1 + 0.2}, revenue=0.3))
    assert from_ledger(known("Ash", {"revenue_12m": 12.0}))
    assert not from_ledger(known("Ash", {"revenue_12m": 12.0}, revenue=99.0))
    assert not from_ledger(known("Ash", revenue=99.0))


def test_a_group_of_which_a_company_is_in_no_ledger_has_the_revenue_and_margin_of_both() -> None:
    """Ash: ledger, 540 with 100 earned. Bay: a list, 569 at 10 %."""
    counted = {"revenue_12m": 540.0, "gross_margin": 100.0}
    ash = known("Ash", counted, revenue=540.0, margin_pct=100 / 5.4)
    together = JudgeAsOne(group="ash", name="Ash", members=("bay",))
    workshop = workshop_of(ash, known("Bay", revenue=569.0, margin_pct=10.0))
    pool = Pool(joined(together.apply(workshop)))
    assert pool.figures(REVENUE) == pytest.approx([1109.0])
    assert pool.workshop.customers["ash"].profile.revenue == 1109.0
    assert pool.figures(MARGIN) == pytest.approx([156.9])
    silent = joined(together.apply(workshop_of(ash, known("Bay", revenue=569.0))))
    assert np.isnan(Pool(silent).figures(MARGIN)).all()


def test_unknown_is_not_a_number_and_never_zero() -> None:
    figures = revenues(0.0, None).figures(REVENUE)
    assert figures[0] == 0
    assert np.isnan(figures[1])


def test_growth_is_money_and_needs_both_years() -> None:
    grown = known("Ash", {"revenue_12m": 12.0, "revenue_prior_12m": 5.0})
    new = known("Bay", {"revenue_12m": 12.0, "revenue_prior_12m": 0.0})
    half = known("Cob", {"revenue_12m": 12.0})
    figures = pool_of(grown, new, half).figures(GROWTH)
    assert list(figures[:2]) == [7.0, 12.0]
    assert np.isnan(figures[2])


def test_margin_is_money_from_the_ledger_else_revenue_times_margin() -> None:
    counted = {"revenue_12m": 10.0, "gross_margin": 3.0}
    ledger = known("Ash", counted, revenue=10.0, margin_pct=90.0)
    profile = known("Bay", revenue=10.0, margin_pct=25.0)
    half = known("Cob", margin_pct=25.0)
    figures = pool_of(ledger, profile, half).figures(MARGIN)
    assert list(figures[:2]) == [3.0, 2.5]
    assert np.isnan(figures[2])


def test_size_is_the_customers_own() -> None:
    pool = pool_of(known("Ash", own_revenue=8.0, available_spend=2.0))
    assert pool.figures(OWN_REVENUE)[0] == 8.0
    assert pool.figures(SPEND)[0] == 2.0


def test_only_measures_that_somebody_has_are_offered_and_none_twice() -> None:
    pool = pool_of(known("Ash", {"revenue_12m": 1.0, "recency_days": 30.0}), customer("bay"))
    assert list(pool.measures) == [REVENUE, "ledger.recency_days"]
    assert pool.measures["ledger.recency_days"].label == "Days since the last order"
    assert pool.measures["ledger.recency_days"].about == "From o.csv."


def test_a_measure_that_went_is_named_by_its_key_and_nobody_has_it() -> None:
    pool = pool_of(known("Ash", {"revenue_12m": 1.0}))
    assert pool.measure("Seats").label == "Seats"
    assert np.isnan(pool.figures("Seats")).all()


@pytest.mark.parametrize(
    ("measure", "level", "told"),
    [
        (Measure("Revenue", "EUR", ""), 1_200_000.0, "EUR 1,200,000"),
        (Measure("Days", "days", ""), 30.0, "30 days"),
        (Measure("Seats", "", ""), -4.5, "−4.5"),
        (Measure("Joint planning", "count of 5", ""), 3.0, "3 of 5"),
    ],
)
def test_a_level_is_told_with_its_unit(measure: Measure, level: float, told: str) -> None:
    assert measure.level(level) == told


def test_a_label_inside_a_sentence_begins_small_unless_it_is_an_abbreviation() -> None:
    assert Measure("Gross margin", "", "").within == "gross margin"
    assert Measure("NPS", "", "").within == "NPS"


def test_texts_and_flags_follow_the_order_in_which_customers_came_in() -> None:
    pool = pool_of(known("Ash", owner="Ines"), known("Bay"), known("Cob", owner="Joris"))
    assert pool.texts("owner") == ("Ines", "", "Joris")
    flags = pool.flags(["cob", "gone"])
    assert list(flags) == [False, False, True]
    assert pool.named(flags) == ("cob",)


def test_a_group_is_one_customer_of_the_pool_with_the_figures_of_all() -> None:
    alone = workshop_of(known("Ash", revenue=1.0), known("Bay", revenue=2.0), known("Cob"))
    grouped = after(alone, JudgeAsOne(group="ash", name="Ash", members=("bay",)))
    pool = Pool(joined(grouped))
    assert pool.customers == ("ash", "cob")
    assert pool.figures(REVENUE)[0] == 3.0


def test_a_column_is_read_once() -> None:
    pool = revenues(1.0, 2.0)
    assert pool.figures(REVENUE) is pool.figures(REVENUE)


@given(st.lists(st.none() | st.integers(-9, 9).map(float), max_size=12))
def test_the_largest_come_first_and_the_unknown_not_at_all(levels: list[float | None]) -> None:
    figures = np.array([np.nan if level is None else level for level in levels], dtype=float)
    rows = largest_first(figures)
    assert sorted(rows) == [n for n, level in enumerate(levels) if level is not None]
    ranked = [(-figures[row], row) for row in rows]
    assert ranked == sorted(ranked)
