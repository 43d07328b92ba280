"""What a long list leaves out, and what speaks against it."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kam.edits import FillScores
from kam.method.assessment import assess
from kam.method.left_out import (
    ONLY_BIGGEST,
    ONLY_FIGURE,
    growers_left_out,
    key_zone_outside,
    left_out,
    only_biggest,
    warnings,
)
from kam.method.long_list import chosen, long_list, opened
from kam.method.pool import GROWTH, MARGIN, REVENUE, Pool
from kam.model import Among, Before, Level, Rule, Way
from tests.test_pool import known, pool_of, revenues
from tests.workshops import placed


def top(measure: str, count: int) -> Rule:
    return Rule(conditions=(Level(measure=measure, way=Way.TOP, level=count),))


def grown(*growth: float | None) -> Pool:
    """Customers c0, c1 ... that bought 100 and so much more than in the year before."""
    return pool_of(
        *(
            known(
                f"C{n}",
                {"revenue_12m": 100.0}
                | ({} if more is None else {"revenue_prior_12m": 100.0 - more}),
            )
            for n, more in enumerate(growth)
        )
    )


# --- shares ---------------------------------------------------------------------------------------


def test_what_is_left_out_by_hand() -> None:
    """Ash stays. Revenue 40 of 100; growth 5 of 20, Cob's loss aside; margin 6 of 8."""
    pool = pool_of(
        known("Ash", {"revenue_12m": 60.0, "revenue_prior_12m": 45.0, "gross_margin": 2.0}),
        known("Bay", {"revenue_12m": 30.0, "revenue_prior_12m": 25.0, "gross_margin": 6.0}),
        known("Cob", {"revenue_12m": 10.0, "revenue_prior_12m": 90.0, "gross_margin": -5.0}),
        known("Dew"),
    )
    found = left_out(pool, pool.flags(["ash"]))
    assert found.customers == 3
    shares = (found.revenue, found.growth, found.margin)
    assert [share.part for share in shares] == pytest.approx([0.4, 0.25, 0.75])
    assert [share.amount for share in shares] == [40.0, 5.0, 6.0]
    assert found.revenue.known == found.growth.known == found.margin.known == 3


def test_a_share_of_nothing_known_is_unknown_and_not_zero() -> None:
    pool = pool_of(known("Ash"), known("Bay"))
    assert left_out(pool, pool.flags(["ash"])).revenue.part is None
    assert left_out(grown(-5.0, -7.0), np.array([True, False])).growth.part is None


def test_a_list_of_everybody_leaves_nothing_out() -> None:
    found = left_out(grown(5.0, 7.0), np.array([True, True]))
    assert (found.customers, found.revenue.part, found.growth.part) == (0, 0.0, 0.0)


@given(st.lists(st.tuples(st.none() | st.integers(-9, 9).map(float), st.booleans()), min_size=1))
def test_the_list_and_what_it_leaves_out_make_up_the_whole(
    rows: list[tuple[float | None, bool]],
) -> None:
    pool, chosen = revenues(*(level for level, _ in rows)), np.array([one for _, one in rows])
    out, inside = left_out(pool, chosen).revenue, left_out(pool, ~chosen).revenue
    if out.part is None or inside.part is None:
        assert out.part is inside.part
    else:
        assert 0 <= out.part <= 1
        assert out.part + inside.part == pytest.approx(1)


# --- warnings -------------------------------------------------------------------------------------


def test_a_rule_by_revenue_alone_is_told_whatever_its_words() -> None:
    pool = revenues(*(float(n) for n in range(40)))
    for measure in (REVENUE, "ledger.share_of_revenue_pct"):
        rule = top(measure, 20)
        assert ONLY_BIGGEST in warnings(pool, rule, chosen(rule, pool))


def test_the_rule_of_a_stored_list_is_told_to_be_by_revenue_alone_as_when_it_was_composed() -> None:
    pool = revenues(*(float(n) for n in range(40)))
    kept = long_list(top(REVENUE, 20), pool)
    again = opened(kept)
    assert warnings(pool, again, chosen(again, pool)) == (ONLY_BIGGEST,)


def in_countries(count: int) -> Pool:
    """Customers c0, c1 ... the biggest first, of which every third is German."""
    return pool_of(
        *(known(f"C{n}", revenue=1e4 - n, country="FR" if n % 3 else "DE") for n in range(count))
    )


def at_least(level: float, way: Way = Way.AT_LEAST) -> Level:
    return Level(measure=REVENUE, way=way, level=level)


DE = Among(attribute="country", one_of=("DE",))


def test_a_country_beside_the_revenue_leaves_the_biggest_of_that_country() -> None:
    pool = in_countries(300)
    rule = Rule(conditions=(at_least(9_940), DE), needs="all")
    assert int(chosen(rule, pool).sum()) == 21
    assert warnings(pool, rule, chosen(rule, pool)) == (ONLY_BIGGEST,)


@pytest.mark.parametrize(
    "rule",
    [
        Rule(conditions=(at_least(9_990), DE)),  # any of the two
        Rule(conditions=(at_least(9_720, Way.AT_MOST), DE), needs="all"),  # the smallest
    ],
)
def test_revenue_as_the_only_figure_is_told_where_the_list_is_not_the_biggest(rule: Rule) -> None:
    pool = in_countries(300)
    assert warnings(pool, rule, chosen(rule, pool))[0] == ONLY_FIGURE


@pytest.mark.parametrize(
    "other",
    [Level(measure=GROWTH, way=Way.AT_LEAST, level=0), Before(customers=("c0",), rule="by hand")],
)
def test_another_figure_or_a_list_before_beside_the_revenue_is_not_told(
    other: Level | Before,
) -> None:
    rule = Rule(conditions=(at_least(9_940), other), needs="all")
    assert warnings(in_countries(300), rule, np.zeros(300, dtype=bool)) == ()


def test_another_rule_that_chooses_the_biggest_is_told_too() -> None:
    """Margin runs with revenue here, so the top by margin is the top by revenue."""
    pool = pool_of(*(known(f"C{n}", revenue=float(n), margin_pct=10.0) for n in range(60)))
    rule = top(MARGIN, 20)
    assert only_biggest(pool, rule, chosen(rule, pool))


def test_nine_in_ten_of_the_biggest_are_told_and_eight_are_not() -> None:
    pool = revenues(*(float(n) for n in range(40, 0, -1)))
    rule = Rule(conditions=(Among(attribute="owner"),))
    nine = pool.flags([*(f"c{n}" for n in range(9)), "c39"])
    eight = pool.flags([*(f"c{n}" for n in range(8)), "c38", "c39"])
    assert only_biggest(pool, rule, nine)
    assert not only_biggest(pool, rule, eight)


def test_a_list_of_most_customers_holds_the_biggest_as_a_matter_of_course() -> None:
    pool = revenues(*(float(n) for n in range(20)))
    rule = Rule(conditions=(Among(attribute="owner"),))
    assert not only_biggest(pool, rule, np.ones(20, dtype=bool))
    assert not only_biggest(pool, rule, np.zeros(20, dtype=bool))


@pytest.mark.parametrize(
    ("count", "told"),
    [
        (0, []),
        (14, ["these are 14. Widen the conditions."]),
        (15, []),
        (60, []),
        (61, ["these are 61. Narrow the conditions."]),
    ],
)
def test_a_list_fits_into_an_afternoon(count: int, told: list[str]) -> None:
    pool = revenues(*[None] * 130)
    found = warnings(pool, Rule(), pool.flags(pool.customers[:count]))
    first = "A room judges 15 to 60 customers in an afternoon; "
    assert [sentence.removeprefix(first) for sentence in found] == told


# --- whom one may want to put in ------------------------------------------------------------------


def test_who_is_in_the_key_zone_by_figures_alone_is_named_the_most_inside_first() -> None:
    result = assess(placed({"ash": (6.0, 6.0), "bay": (9.0, 9.0), "cob": (9.0, 2.0),
                            "dew": (8.0, 8.0), "elm": (5.0, 5.0), "fir": (9.0, None)}))  # fmt: skip
    pool = Pool(result.workshop)
    assert key_zone_outside(result, pool.flags(["dew"])) == ("bay", "ash", "elm")
    assert key_zone_outside(result, pool.flags(pool.customers)) == ()


def test_customers_without_scores_are_in_no_zone() -> None:
    workshop = FillScores(scores={}).apply(placed({"ash": (None, None)}))
    assert key_zone_outside(assess(workshop), np.array([False])) == ()


def test_of_the_ten_that_grew_most_those_left_out_are_named() -> None:
    pool = grown(*(float(n) for n in range(12)), None, -3.0)
    assert growers_left_out(pool, pool.flags([f"c{n}" for n in range(4, 12)])) == ("c3", "c2")
    assert growers_left_out(grown(-1.0, 0.0, None), np.zeros(3, dtype=bool)) == ()
    assert growers_left_out(pool, chosen(top(GROWTH, 10), pool)) == ()
