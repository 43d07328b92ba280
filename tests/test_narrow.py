"""Of `kam.ui.narrow`: numbers in words; the view is in tests/pages."""

import pytest

from kam.method.left_out import left_out
from kam.method.long_list import Level, Rule, Way
from kam.method.pool import REVENUE, Pool
from kam.ui.draft_list import Draft
from kam.ui.narrow import _are, _frame, _shares, percent
from tests.apps import room
from tests.test_pool import known, workshop_of


@pytest.mark.parametrize(
    ("part", "told"),
    [(0, "0 %"), (0.001, "under 1 %"), (0.314, "31 %"), (0.9951, "over 99 %"), (1, "100 %")],
)
def test_a_share_is_never_rounded_to_nothing_or_all(part: float, told: str) -> None:
    assert percent(part) == told


def test_few_customers_are_told_in_a_sentence() -> None:
    assert _are(1) == "is one customer"
    assert _are(9) == "are 9 customers"


def test_each_share_is_explained_in_one_sentence() -> None:
    workshop = workshop_of(known("Ash", revenue=1.0))
    pool = Pool(workshop)
    for _, _, about in _shares(left_out(pool, pool.flags([]))):
        assert about.count(".") == 1
        assert about.endswith(".")


def test_the_picture_has_a_row_for_every_customer_that_came_in() -> None:
    workshop = workshop_of(known("Ash", revenue=1.0), known("Bay"))
    open_room, rule = (
        room(workshop),
        Rule(conditions=(Level(measure=REVENUE, way=Way.TOP, level=1),)),
    )
    pool = Pool(open_room.assessment.workshop)
    frame = _frame(Draft(open_room, pool, rule, rule.chosen(pool)))
    assert list(frame["name"]) == ["Ash", "Bay"]
    assert list(frame["chosen"]) == [True, False]
    assert frame["revenue"].isna().tolist() == [False, True]
