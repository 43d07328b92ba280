"""Of `kam.ui.narrow`: numbers in words; the view is in tests/pages."""

import pytest

from kam.edits import ChooseLongList
from kam.method.left_out import left_out
from kam.method.long_list import chosen
from kam.method.pool import REVENUE, Pool
from kam.model import Level, LongList, Rule, Way
from kam.ui.draft_list import Draft
from kam.ui.narrow import _are, _frame, _shares, judging, nobody_chosen, percent, today
from tests.apps import room
from tests.test_pool import known, workshop_of
from tests.workshops import after


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
    frame = _frame(Draft(open_room, pool, rule, chosen(rule, pool)))
    assert list(frame["name"]) == ["Ash", "Bay"]
    assert list(frame["chosen"]) == [True, False]
    assert frame["revenue"].isna().tolist() == [False, True]


def drafted(rule: Rule, kept: LongList | None) -> Draft:
    """A rule over three customers of whom the first is the biggest, with a list that stands."""
    people = [known(name, revenue=9.0 - n) for n, name in enumerate(("Ash", "Bay", "Cob"))]
    workshop = after(workshop_of(*people), ChooseLongList(long_list=kept))
    open_room, pool = room(workshop), Pool(room(workshop).assessment.workshop)
    return Draft(open_room, pool, rule, chosen(rule, pool))


def top(count: int) -> Rule:
    return Rule(conditions=(Level(measure=REVENUE, way=Way.TOP, level=count),))


def test_a_rule_that_chooses_nobody_leaves_nobody_out_yet() -> None:
    none = drafted(Rule(), None)
    assert nobody_chosen(none) == (
        "Nobody is chosen yet. Add a condition, or put customers in by hand; until then "
        "everybody is judged."
    )
    strict = Rule(conditions=(Level(measure=REVENUE, way=Way.AT_LEAST, level=99),))
    assert nobody_chosen(drafted(strict, listed("ash"))) == (
        "These conditions choose nobody. Loosen them, or put customers in by hand; until then "
        "the list that stands holds."
    )


def listed(*keys: str, by: Rule | None = None) -> LongList:
    return LongList(customers=keys, by=by)


@pytest.mark.parametrize(
    ("keys", "count", "told"),
    [
        (("ash",), 2, "2: 1 more."),
        (("ash", "bay", "cob"), 1, "1: 2 fewer."),
        (("bay", "cob"), 1, "1: 1 more, 2 fewer."),
    ],
)
def test_what_the_same_rule_chooses_today_is_one_sentence(
    keys: tuple[str, ...], count: int, told: str
) -> None:
    draft = drafted(top(count), listed(*keys, by=top(count)))
    assert today(draft) == f"By today's figures the same rule chooses {told}"


def test_a_rule_that_chooses_nobody_any_more_says_so_and_offers_nothing() -> None:
    nobody = Rule(conditions=(Level(measure=REVENUE, way=Way.AT_LEAST, level=99),))
    draft = drafted(nobody, listed("ash", by=nobody))
    assert today(draft) == "By today's figures the same rule chooses nobody."
    assert judging(draft) == ("Judge these 0 customers", False)


@pytest.mark.parametrize(
    ("count", "kept", "button"),
    [
        (3, None, ("All 3 customers are judged", False)),
        (2, None, ("Judge these 2 customers", True)),
        (1, listed("ash", by=top(1)), ("This 1 customer is judged", False)),
        (2, listed("ash", "bay", by=top(2)), ("These 2 customers are judged", False)),
        (2, listed("ash", "cob", by=top(2)), ("Judge these 2 customers", True)),
        (2, listed("ash", "bay"), ("Keep this rule for these 2 customers", True)),
        (1, listed("ash", by=top(3)), ("Keep this rule for this 1 customer", True)),
        (3, listed("ash"), ("Judge these 3 customers", True)),
    ],
)
def test_the_button_offers_only_what_would_change_something(
    count: int, kept: LongList | None, button: tuple[str, bool]
) -> None:
    assert judging(drafted(top(count), kept)) == button
