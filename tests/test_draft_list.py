"""The long list as one browser tab composes it, before anything is stored."""

import pytest

from kam.edits import ChooseLongList, JudgeAsOne
from kam.errors import Refused
from kam.method.long_list import Moved
from kam.method.pool import REVENUE
from kam.model import Before, Level, LongList, Rule, Way
from kam.ui import draft_list, state
from kam.ui.draft_list import composed, composing, follow, keep, leave_out, put_in, replaced
from kam.validated import changed
from tests.apps import room
from tests.test_pool import known, workshop_of
from tests.workshops import after

TWO = workshop_of(
    known("Ash", {"revenue_12m": 9.0, "gross_margin": 1.0}),
    known("Bay", {"revenue_12m": 5.0, "gross_margin": 2.0}),
)
TOP = Level(measure=REVENUE, way=Way.TOP, level=1)


@pytest.fixture(autouse=True)
def _tab(monkeypatch: pytest.MonkeyPatch) -> None:
    """A tab of its own, which remembers without a browser."""
    kept: dict[str, object] = {}
    monkeypatch.setattr(state, "recall", kept.get)
    monkeypatch.setattr(state, "remember", kept.__setitem__)
    monkeypatch.setattr(draft_list, "_latest", {})


def test_a_tab_begins_with_the_suggested_rule() -> None:
    draft = composed(room(TWO))
    assert [one.level for one in draft.rule.conditions if isinstance(one, Level)] == [2, 2]
    assert draft.count == 2


def test_without_figures_it_begins_with_nobody() -> None:
    draft = composed(room(workshop_of(known("Ash"))))
    assert (draft.rule, draft.count) == (Rule(), 0)


def test_with_a_list_that_stands_it_begins_with_that_list() -> None:
    listed = after(TWO, ChooseLongList(long_list=LongList(customers=("bay",), rule="by hand")))
    draft = composed(room(listed))
    assert draft.rule.conditions == (Before(customers=("bay",), rule="by hand"),)
    assert draft.pool.named(draft.chosen) == ("bay",)


def test_with_a_rule_that_is_kept_it_begins_with_that_rule() -> None:
    rule = Rule(conditions=(TOP,))
    kept = LongList(customers=("ash",), rule="top 1", by=rule)
    draft = composed(room(after(TWO, ChooseLongList(long_list=kept))))
    assert draft.rule == rule
    assert (draft.same_rule, draft.same_customers) == (True, True)


def test_who_comes_and_goes_is_told_against_the_list_that_stands_or_everybody() -> None:
    kept = LongList(customers=("bay",), rule="top 1", by=Rule(conditions=(TOP,)))
    drifted = composed(room(after(TWO, ChooseLongList(long_list=kept))))
    assert drifted.moved == Moved(("ash",), ("bay",))
    assert (drifted.same_rule, drifted.same_customers) == (True, False)
    free = room(TWO)
    keep(free, Rule(conditions=(TOP,)))
    assert composed(free).moved == Moved((), ("bay",))
    assert not composed(free).same_rule


def test_a_rule_that_names_a_company_names_its_group_while_that_is_judged_as_one() -> None:
    kept = LongList(customers=("ash",), by=Rule(put_in=("ash",)))
    together = JudgeAsOne(group="hold", name="Holding", members=("ash",))
    draft = composed(room(after(TWO, ChooseLongList(long_list=kept), together)))
    assert draft.rule == Rule(put_in=("hold",))
    assert draft.same_customers


def test_what_was_composed_is_kept_for_this_tab_and_this_workshop() -> None:
    open_room = room(TWO)
    keep(open_room, Rule(conditions=(TOP,)))
    assert composed(open_room).pool.named(composed(open_room).chosen) == ("ash",)
    other = room(TWO.model_copy(update={"id": "other"}))
    assert composed(other).rule != Rule(conditions=(TOP,))


def test_once_its_rule_is_stored_a_tab_follows_the_list_that_stands() -> None:
    """Somebody else makes another rule then; when no list stands any more, its own comes back."""
    free, own = room(TWO), Rule(conditions=(TOP,))
    keep(free, own)
    follow(free, own)
    other = Rule(put_in=("bay",))
    later = after(TWO, ChooseLongList(long_list=LongList(customers=("bay",), by=other)))
    assert composed(room(later)).rule == other
    assert composed(free).rule == own


def test_the_pool_is_read_once_per_state_of_the_workshop() -> None:
    open_room = room(TWO)
    assert composed(open_room).pool is composed(open_room).pool
    assert composed(room(TWO)).pool.workshop is TWO
    grown = room(workshop_of(known("Cob", revenue=1.0)))
    assert composed(grown).pool.customers == ("cob",)


def test_only_a_few_pools_are_held_in_memory() -> None:
    for number in range(9):
        composed(room(TWO.model_copy(update={"id": f"w{number}"})))
    assert list(draft_list._latest) == ["w5", "w6", "w7", "w8"]


def test_a_widget_composes_a_rule_and_makes_no_edit() -> None:
    open_room = room(TWO)
    field = composing(composed(open_room), "x", "any", lambda new: Rule(needs=new))
    assert field.edit("all") is None
    assert composed(open_room).rule == Rule(needs="all")


def test_a_widget_that_means_nothing_leaves_the_rule_alone() -> None:
    open_room = room(TWO)
    keep(open_room, Rule(conditions=(TOP,)))
    composing(composed(open_room), "x", None, lambda _: None).edit(None)
    assert composed(open_room).rule == Rule(conditions=(TOP,))


def test_a_condition_is_replaced_or_removed_in_its_place() -> None:
    first, second = TOP, Before(customers=("ash",))
    rule = Rule(conditions=(first, second))
    other = Level(measure=REVENUE, way=Way.TOP, level=7)
    assert replaced(rule, 0, other).conditions == (other, second)
    assert replaced(rule, 1).conditions == (first,)


def test_who_is_put_in_is_not_left_out_any_more_and_the_other_way_round() -> None:
    rule = put_in(Rule(left_out=("ash", "bay")), ["ash", "ash"])
    assert (rule.put_in, rule.left_out) == (("ash",), ("bay",))
    rule = leave_out(rule, ["ash"])
    assert (rule.put_in, rule.left_out) == ((), ("ash",))


def test_a_rule_that_means_nothing_is_refused_in_words() -> None:
    with pytest.raises(Refused, match="needs"):
        composing(composed(room(TWO)), "x", "any", lambda new: changed(Rule(), needs=new)).edit(
            "some"
        )
