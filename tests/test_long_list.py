"""Whom the team judges: a rule over the figures of all customers that came in."""

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kam.edits import ChooseLongList
from kam.method.long_list import (
    ABOUT,
    MOST_LETTERS,
    Moved,
    as_judged,
    by_conditions,
    chosen,
    lets_through,
    long_list,
    moved,
    opened,
    sensible_level,
    sentence,
    suggested,
    unknown,
)
from kam.method.pool import GROWTH, MARGIN, OWN_REVENUE, REVENUE, SPEND, Pool
from kam.model import Among, Before, Condition, Group, Level, LongList, Rule, Way
from tests.test_pool import known, pool_of, revenues

LEVELS = st.lists(st.none() | st.integers(-5, 20).map(float), min_size=1, max_size=12)


def by_revenue(way: Way, level: float) -> Level:
    return Level(measure=REVENUE, way=way, level=level)


def through(pool: Pool, condition: Condition) -> list[str]:
    return list(pool.named(lets_through(condition, pool)))


def names(pool: Pool, rule: Rule) -> list[str]:
    return list(pool.named(chosen(rule, pool)))


# --- one condition --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("way", "level", "inside"),
    [
        (Way.AT_LEAST, 5.0, ["c0", "c1"]),
        (Way.AT_MOST, 5.0, ["c1", "c2"]),
        (Way.TOP, 1.0, ["c0"]),
        (Way.TOP, 2.0, ["c0", "c1"]),
        (Way.TOP, 99.0, ["c0", "c1", "c2"]),
        # 9 of 15 is 60 %; 9 + 5 of 15 is 93 %
        (Way.FIRST, 60.0, ["c0"]),
        (Way.FIRST, 61.0, ["c0", "c1"]),
        (Way.FIRST, 100.0, ["c0", "c1", "c2"]),
    ],
)
def test_a_condition_by_hand(way: Way, level: float, inside: list[str]) -> None:
    assert through(revenues(9.0, 5.0, 1.0, None), by_revenue(way, level)) == inside


@pytest.mark.parametrize("way", Way)
@given(levels=LEVELS)
def test_an_unknown_figure_never_meets_a_condition_and_is_counted(
    way: Way, levels: list[float | None]
) -> None:
    pool = revenues(*levels)
    condition = by_revenue(way, 1.0)
    silent = np.array([level is None for level in levels])
    assert not lets_through(condition, pool)[silent].any()
    assert unknown(condition, pool) == silent.sum()


@given(levels=LEVELS, count=st.integers(1, 15))
def test_a_top_list_is_that_long_unless_customers_tie_or_are_too_few(
    levels: list[float | None], count: int
) -> None:
    pool = revenues(*levels)
    inside = lets_through(by_revenue(Way.TOP, count), pool)
    figures = pool.figures(REVENUE)
    known_ones = figures[np.isfinite(figures)]
    assert inside.sum() >= min(count, len(known_ones))
    if inside.any():
        border = figures[inside].min()
        assert (figures[inside] > border).sum() < count
        assert inside[figures == border].all()


@given(levels=LEVELS, percent=st.integers(1, 100))
def test_the_first_percent_hold_that_much_and_none_could_be_spared(
    levels: list[float | None], percent: int
) -> None:
    pool = revenues(*levels)
    inside = lets_through(by_revenue(Way.FIRST, percent), pool)
    figures = np.nan_to_num(pool.figures(REVENUE))
    total = figures[figures > 0].sum()
    assert figures[inside].sum() >= percent / 100 * total - 1e-6
    if inside.any():
        without_smallest = figures[inside & (figures > figures[inside].min())].sum()
        assert without_smallest < percent / 100 * total + 1e-6
    else:
        assert total == 0


def test_a_share_of_nothing_lets_nobody_through() -> None:
    assert through(revenues(0.0, -3.0), by_revenue(Way.FIRST, 80)) == []
    assert through(revenues(None), by_revenue(Way.TOP, 3)) == []


def test_customers_are_chosen_by_what_they_are() -> None:
    pool = pool_of(known("Ash", country="France"), known("Bay", country="Peru"), known("Cob"))
    assert through(pool, Among(attribute="country", one_of=("France",))) == ["ash"]
    assert through(pool, Among(attribute="country")) == []
    assert through(pool, Among(attribute="country", one_of=("",))) == []
    assert unknown(Among(attribute="country"), pool) == 1


def test_who_was_on_the_list_before_may_stay_and_who_has_gone_is_passed_over() -> None:
    before = Before(customers=("c1", "gone"), rule="top 1 by revenue")
    assert through(revenues(1.0, 2.0), before) == ["c1"]
    assert unknown(before, revenues(None)) == 0


# --- conditions together --------------------------------------------------------------------------


def test_any_or_all_conditions_must_hold() -> None:
    pool = revenues(9.0, 5.0, 1.0)
    conditions = (by_revenue(Way.AT_LEAST, 5), by_revenue(Way.AT_MOST, 5))
    assert names(pool, Rule(conditions=conditions, needs="any")) == ["c0", "c1", "c2"]
    assert names(pool, Rule(conditions=conditions, needs="all")) == ["c1"]


def test_the_hand_wins_over_every_condition() -> None:
    pool = revenues(9.0, 5.0, None)
    rule = Rule(conditions=(by_revenue(Way.TOP, 2),), put_in=("c2",), left_out=("c0",))
    assert names(pool, rule) == ["c1", "c2"]


def test_without_a_condition_only_the_hand_chooses() -> None:
    assert names(revenues(9.0, 5.0), Rule()) == []
    assert names(revenues(9.0, 5.0), Rule(needs="all", put_in=("c1",))) == ["c1"]


@given(levels=LEVELS, low=st.integers(-5, 20), top=st.integers(1, 12))
def test_all_choose_no_more_than_any(levels: list[float | None], low: int, top: int) -> None:
    pool = revenues(*levels)
    both = (by_revenue(Way.AT_LEAST, low), by_revenue(Way.TOP, top))
    strict = by_conditions(Rule(conditions=both, needs="all"), pool)
    wide = by_conditions(Rule(conditions=both, needs="any"), pool)
    for condition in both:
        assert not (strict & ~lets_through(condition, pool)).any()
        assert not (lets_through(condition, pool) & ~wide).any()


# --- in words -------------------------------------------------------------------------------------


def test_the_rule_is_one_sentence() -> None:
    pool = pool_of(known("Ash", revenue=9.0, country="Peru"), known("Bay", revenue=1.0))
    rule = Rule(
        conditions=(
            by_revenue(Way.TOP, 15),
            by_revenue(Way.AT_LEAST, 1_200_000),
            Among(attribute="country", one_of=("Peru", "Chile")),
        ),
        put_in=("bay",),
        left_out=("ash",),
    )
    assert sentence(rule, pool) == (
        "top 15 by revenue in 12 months or revenue in 12 months of at least EUR 1,200,000 or "
        "country is Peru or Chile; 1 put in by hand (Bay); 1 left out by hand (Ash)"
    )
    strict = Rule(conditions=(by_revenue(Way.AT_MOST, 5), by_revenue(Way.FIRST, 80)), needs="all")
    assert sentence(strict, pool) == (
        "revenue in 12 months of at most EUR 5 and "
        "the largest by revenue in 12 months that make up 80 % of it"
    )


def test_many_names_are_counted_and_a_long_earlier_rule_is_cut() -> None:
    pool = revenues(*[1.0] * 9)
    by_hand = Rule(put_in=pool.customers)
    assert sentence(by_hand, pool) == "9 put in by hand (C0, C1, C2, C3, C4, 4 more)"
    before = Rule(conditions=(Before(customers=("c0",), rule="x" * 900),))
    assert sentence(before, pool) == f"on the list before ({'x' * 300}…)"
    assert sentence(Rule(conditions=(Before(customers=()),)), pool) == "on the list before"
    assert sentence(Rule(conditions=(Among(attribute="owner"),)), pool) == "owner is not named yet"


def test_a_sentence_always_fits_into_the_list_that_keeps_it() -> None:
    pool = revenues(1.0)
    endless = Rule(conditions=(Among(attribute="owner", one_of=("y" * 3_900,) * 5),))
    kept = long_list(endless, pool)
    assert len(kept.rule) == MOST_LETTERS
    assert kept.rule.endswith("…")


def test_the_list_holds_the_chosen_customers_and_their_rule_and_the_workshop_takes_it() -> None:
    pool = revenues(9.0, 5.0, 1.0)
    rule = Rule(conditions=(by_revenue(Way.TOP, 2),))
    made = long_list(rule, pool)
    assert made == LongList(customers=("c0", "c1"), rule="top 2 by revenue in 12 months", by=rule)
    assert ChooseLongList(long_list=made).apply(pool.workshop).long_list == made


# --- a rule that is kept --------------------------------------------------------------------------

FAMILY = {"top": Group(id="top", members=("ann", "bea"))}
HOLDING = {"hold": Group(id="hold", members=("ann", "oak"), made=True)}


def test_a_list_is_opened_with_its_rule_and_without_one_with_itself() -> None:
    rule = Rule(conditions=(by_revenue(Way.TOP, 2),), left_out=("c1",))
    assert opened(LongList(customers=("c0",), rule="top 2", by=rule)) == rule
    assert opened(LongList(customers=("c0",), rule="top 2")) == Rule(
        conditions=(Before(customers=("c0",), rule="top 2"),)
    )


@given(before=LEVELS, after=LEVELS, top=st.integers(1, 12))
def test_a_kept_rule_chooses_the_same_of_the_same_figures_and_differences_are_told(
    before: list[float | None], after: list[float | None], top: int
) -> None:
    kept = long_list(Rule(conditions=(by_revenue(Way.TOP, top),)), revenues(*before))
    same, later = revenues(*before), revenues(*after)
    assert moved(kept, same, chosen(opened(kept), same)) == Moved((), ())
    now = chosen(opened(kept), later)
    differences = moved(kept, later, now)
    listed = set(kept.customers) & set(later.customers)
    assert listed - set(differences.fewer) | set(differences.more) == set(later.named(now))


def test_who_comes_and_who_goes_by_new_figures() -> None:
    kept = long_list(Rule(conditions=(by_revenue(Way.TOP, 2),)), revenues(9.0, 5.0, 1.0))
    later = revenues(9.0, 0.5, 1.0, 7.0)
    assert moved(kept, later, chosen(opened(kept), later)) == Moved(("c3",), ("c1",))


def test_a_group_is_put_in_by_any_of_its_companies() -> None:
    rule = Rule(conditions=(Before(customers=("ann", "elm")),), put_in=("bea", "oak", "top"))
    judged = as_judged(rule, FAMILY)
    assert judged.put_in == ("top", "oak")
    assert judged.conditions == (Before(customers=("top", "elm")),)
    assert as_judged(rule, {}) == rule


@pytest.mark.parametrize(
    ("by_hand", "left_out"),
    [
        (("ann", "elm"), ("elm",)),  # a part of the group
        (("ann", "oak", "elm"), ("elm", "hold")),
        (("hold", "elm"), ("hold", "elm")),
        (("hold", "ann", "oak", "elm"), ("hold", "elm")),
    ],
)
def test_a_group_made_for_its_companies_is_left_out_with_all_of_them(
    by_hand: tuple[str, ...], left_out: tuple[str, ...]
) -> None:
    assert as_judged(Rule(left_out=by_hand), HOLDING).left_out == left_out


def test_a_parent_is_left_out_by_its_own_name_and_not_where_a_company_is_put_in() -> None:
    assert as_judged(Rule(left_out=("ann", "bea")), FAMILY).left_out == ()
    assert as_judged(Rule(left_out=("top",)), FAMILY).left_out == ("top",)
    both = as_judged(Rule(put_in=("ann",), left_out=("top", "elm")), FAMILY)
    assert (both.put_in, both.left_out) == (("top",), ("elm",))


# --- a suggested rule -----------------------------------------------------------------------------


def varied(count: int) -> Pool:
    """Customers among whom no two measures agree on who is first."""
    return pool_of(
        *(
            known(
                f"C{n}",
                {
                    "revenue_12m": 1000.0 + n,
                    "revenue_prior_12m": 1000.0 + n - n * 7 % count,
                    "gross_margin": 1.0 + n * 11 % count,
                },
                own_revenue=1.0 + n * 13 % count,
            )
            for n in range(count)
        )
    )


def test_a_suggested_list_takes_as_many_of_each_measure_and_about_forty() -> None:
    pool = varied(500)
    rule = suggested(pool)
    assert rule is not None
    levels = [one for one in rule.conditions if isinstance(one, Level)]
    assert [one.measure for one in levels] == [REVENUE, GROWTH, MARGIN, OWN_REVENUE]
    assert len({one.level for one in levels}) == 1
    assert ABOUT - 4 < chosen(rule, pool).sum() <= ABOUT


@given(st.integers(2, 90))
def test_a_suggested_list_is_never_longer_than_meant_nor_empty(count: int) -> None:
    pool = varied(count)
    rule = suggested(pool)
    assert rule is not None
    assert 1 <= chosen(rule, pool).sum() <= ABOUT


def test_nothing_is_suggested_where_revenue_is_all_that_is_known() -> None:
    assert suggested(revenues(9.0, 5.0)) is None
    assert suggested(pool_of()) is None


def test_a_measure_in_size_classes_is_not_suggested_since_it_has_no_top() -> None:
    classes = [known(f"C{n}", revenue=float(n), own_revenue=3e6) for n in range(50)]
    assert suggested(pool_of(*classes)) is None


def test_the_better_known_of_spend_and_own_revenue_stands_for_size() -> None:
    pool = pool_of(
        known("Ash", revenue=9.0, own_revenue=1.0),
        known("Bay", revenue=5.0, available_spend=1.0),
        known("Cob", revenue=1.0, available_spend=2.0),
    )
    rule = suggested(pool)
    assert rule is not None
    assert SPEND in {one.measure for one in rule.conditions if isinstance(one, Level)}


def test_shrinking_customers_are_not_suggested_for_their_growth() -> None:
    shrunk = [
        known(f"C{n}", {"revenue_12m": float(n), "revenue_prior_12m": 99.0}, own_revenue=n + 1.0)
        for n in range(5)
    ]
    rule = suggested(pool_of(*shrunk))
    assert rule is not None
    assert GROWTH not in {one.measure for one in rule.conditions if isinstance(one, Level)}


@pytest.mark.parametrize(
    ("way", "level"), [(Way.TOP, 10), (Way.FIRST, 80), (Way.AT_LEAST, 120), (Way.AT_MOST, 120)]
)
def test_a_condition_begins_with_a_level_that_makes_sense(way: Way, level: float) -> None:
    pool = revenues(1.0, 123.4, 900.0, None)
    assert sensible_level(pool, REVENUE, way) == level
    assert through(pool, by_revenue(way, level))


def test_a_level_of_nothing_known_begins_at_zero() -> None:
    assert sensible_level(revenues(None), REVENUE, Way.AT_LEAST) == 0


# --- a published ledger ---------------------------------------------------------------------------


@pytest.fixture(scope="module")
def resellers(shared: Path) -> tuple[Pool, list[str]]:
    """AdventureWorks' 635 resellers that ordered, and the ten largest as its owner states them."""
    folder = shared / "data" / "adventureworks_resellers"
    lines = pd.read_csv(folder / "ledger_lines.csv.gz", parse_dates=["OrderDate"])
    age = lines["OrderDate"].max() - lines["OrderDate"]
    year = pd.cut(age.dt.days, [-1, 364, 729], labels=["revenue_12m", "revenue_prior_12m"])
    sums = lines.pivot_table("SalesAmount", "ResellerKey", year, "sum", observed=False)
    sums["revenue"] = lines.groupby("ResellerKey")["SalesAmount"].sum()
    rows = sums.fillna(0.0).rename(columns=str).iterrows()
    people = [known(str(key), {str(name): row[name] for name in row.index}) for key, row in rows]
    stated = json.loads((folder / "TRUTH.json").read_text("utf-8"))["ledger"]["top10"]
    return pool_of(*people), [entry["customer_id"] for entry in stated]


def test_the_top_ten_of_a_published_ledger_are_those_that_are_stated(
    resellers: tuple[Pool, list[str]],
) -> None:
    pool, stated = resellers
    rule = Level(measure="ledger.revenue", way=Way.TOP, level=10)
    assert len(pool.customers) == 635
    assert sorted(through(pool, rule)) == sorted(stated)


def test_a_list_suggested_for_a_published_ledger_is_not_by_revenue_alone(
    resellers: tuple[Pool, list[str]],
) -> None:
    pool, _ = resellers
    rule = suggested(pool)
    assert rule is not None
    listed = chosen(rule, pool)
    assert 30 <= listed.sum() <= ABOUT
    biggest = lets_through(by_revenue(Way.TOP, int(listed.sum())), pool)
    assert (listed & ~biggest).any()
