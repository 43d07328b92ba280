"""Of `kam.ui.conditions`: what a row's widgets mean; the rows themselves are in tests/pages."""

import pytest

from kam.errors import Refused
from kam.method.pool import GROWTH, REVENUE
from kam.model import Level, Way
from kam.ui.conditions import _level_label, _limits, at_level, compared
from tests.test_pool import known, pool_of

POOL = pool_of(
    known("Ash", {"revenue_12m": 900.0, "revenue_prior_12m": 100.0, "recency_days": 4.0}),
    known("Bay", {"revenue_12m": 300.0, "revenue_prior_12m": 290.0, "recency_days": 40.0}),
    known("Cob", {"revenue_12m": 100.0, "revenue_prior_12m": 70.0, "recency_days": 400.0}),
)


def level(way: Way, at: float, measure: str = REVENUE) -> Level:
    return Level(measure=measure, way=way, level=at)


def test_another_comparison_begins_with_a_level_that_fits_it() -> None:
    top = level(Way.TOP, 12)
    assert compared(POOL, top, Way.AT_LEAST) == level(Way.AT_LEAST, 300)
    assert compared(POOL, top, Way.FIRST) == level(Way.FIRST, 80)
    assert compared(POOL, level(Way.AT_MOST, 5e6), Way.TOP) == level(Way.TOP, 10)


def test_another_figure_keeps_a_count_or_a_share_and_nothing_else() -> None:
    assert compared(POOL, level(Way.TOP, 12), GROWTH) == level(Way.TOP, 12, GROWTH)
    assert compared(POOL, level(Way.FIRST, 55), GROWTH) == level(Way.FIRST, 55, GROWTH)
    days = compared(POOL, level(Way.AT_LEAST, 5e6), "ledger.recency_days")
    assert days == level(Way.AT_LEAST, 40, "ledger.recency_days")


def test_an_emptied_level_keeps_the_old_one() -> None:
    assert at_level(level(Way.TOP, 12), None) == level(Way.TOP, 12)
    assert at_level(level(Way.TOP, 12), 15.0) == level(Way.TOP, 15)


def test_a_level_that_means_nothing_is_refused_in_words() -> None:
    with pytest.raises(Refused, match="A top list has a whole number of customers"):
        at_level(level(Way.TOP, 12), 2.5)


def test_the_number_box_says_what_its_number_is() -> None:
    assert _level_label(POOL, level(Way.TOP, 1)) == "How many customers"
    assert _level_label(POOL, level(Way.FIRST, 1)) == "% of the total"
    assert _level_label(POOL, level(Way.AT_LEAST, 1)) == "Level\\, EUR"
    assert _level_label(POOL, level(Way.AT_LEAST, 1, "gone")) == "Level"


@pytest.mark.parametrize(
    ("condition", "digits"),
    [
        (level(Way.TOP, 12), "%.0f"),
        (level(Way.AT_LEAST, 1_200_000), "%.0f"),
        (level(Way.AT_LEAST, 12.5), "%g"),
    ],
)
def test_levels_have_as_many_digits_as_a_manager_would_say(condition: Level, digits: str) -> None:
    assert _limits(condition)["format"] == digits
