"""Which plans there are, in which order, and what the title says."""

from contextlib import suppress
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kam.edits import (
    ChangeProfile,
    ChooseLongList,
    Edit,
    JudgeAsOne,
    JudgeGate,
    MoveLine,
    OverrideClass,
    PutGate,
    RemoveCriterion,
    SavePlans,
    ScoreCustomer,
    SetPoints,
)
from kam.errors import Refused
from kam.model import Class, Gate, LongList, Profile
from kam.ui.frame import Room
from kam.ui.planning import lines
from tests.apps import room
from tests.planning.opened import LOW, PLAN, over, saved
from tests.workshops import TODAY, after, by_hand, full, made, placed

YESTERDAY = TODAY - timedelta(1)


def title(open_room: Room) -> str:
    return lines.title(lines.lines(open_room))


def order(open_room: Room) -> list[str]:
    return [line.customer for line in lines.lines(open_room)]


def test_everybody_with_a_class_has_a_line_and_key_accounts_come_last() -> None:
    found = lines.lines(room(placed(LOW)))
    assert {line.customer: line.klass for line in found} == {
        "ash": Class.LOW_PRIORITY,
        "bay": Class.STRATEGIC,
        "cob": Class.KEY_STRATEGIC,
    }
    assert found[-1].customer == "cob"
    assert not any(line.saved for line in found)
    assert {line.customer for line in lines.others(found)} == {"ash", "bay"}


def test_what_is_overdue_comes_first_then_what_no_longer_fits() -> None:
    assert order(saved(deadline=YESTERDAY))[0] == "ash"
    assert order(saved(template="N1"))[0] == "ash"
    assert order(saved())[0] == "bay"
    strange = PLAN.model_copy(update={"customer": "bay"})
    late = PLAN.model_copy(update={"deadline": YESTERDAY})
    both = after(placed(LOW), SavePlans(plans={"bay": strange, "ash": late}))
    assert order(room(both))[:2] == ["ash", "bay"]


def test_the_title_says_the_two_most_urgent_things() -> None:
    assert title(room(made())) == "What do we do with those who are not key?"
    assert title(room(placed(LOW))) == "2 drafts to accept; 1 key account without a plan"
    assert title(saved()) == "1 draft to accept; 1 key account without a plan"
    assert title(saved(deadline=YESTERDAY)) == "1 plan is overdue; 1 draft to accept"
    assert title(saved(deadline=TODAY)) == "1 plan is due today; 1 draft to accept"
    assert title(saved(template="N1")) == "1 plan no longer fits; 1 draft to accept"


def test_the_title_says_that_all_have_a_plan_only_when_all_have_one() -> None:
    lone = room(after(placed({"ash": LOW["ash"]}), SavePlans(plans={"ash": PLAN})))
    assert title(lone) == "1 customer, and all have a plan"
    keys = placed({"ash": (9.0, 9.0), "bay": (9.0, 9.0)})
    assert title(room(keys)) == "2 key accounts without a plan"
    one = after(keys, SavePlans(plans={"ash": PLAN.model_copy(update={"template": "K1"})}))
    assert title(room(one)) == "1 key account without a plan"


def test_drafts_that_can_be_accepted_at_once_are_those_of_who_is_not_key() -> None:
    assert set(lines.to_accept(lines.lines(room(placed(LOW))))) == {"ash", "bay"}
    assert set(lines.to_accept(lines.lines(saved()))) == {"bay"}


@pytest.mark.parametrize(("days", "late"), [(0, False), (-1, True), (1, False)])
def test_a_deadline_of_today_has_not_passed(days: int, late: bool) -> None:  # noqa: FBT001 - a value of the table
    [line] = [one for one in lines.lines(saved(deadline=TODAY + timedelta(days))) if one.saved]
    assert line.late == late


def test_a_deadline_of_today_is_urgent_all_the_same() -> None:
    [line] = [one for one in lines.lines(saved(deadline=TODAY)) if one.saved]
    assert (line.due, line.urgent, line.late) == (True, True, False)


# --- customers that the team does not judge -------------------------------------------------------

ONLY_BAY = ChooseLongList(long_list=LongList(customers=("bay",)))


def test_drafts_of_customers_outside_the_long_list_come_last_and_are_counted_apart() -> None:
    found = lines.lines(room(after(placed(LOW), ONLY_BAY)))
    assert (found[0].customer, found[0].listed) == ("bay", True)
    assert {line.customer for line in lines.of_judged(found)} == {"bay"}
    assert set(lines.to_accept(found)) == {"ash", "bay", "cob"}
    assert lines.title(found) == "1 draft of the judged to accept; 2 drafts outside the long list"


def test_who_is_without_a_class_is_counted_and_all_is_not_said_of_the_rest() -> None:
    open_room = room(placed({"ash": LOW["ash"], "bay": (None, None), "cob": (None, 3.0)}))
    every = lines.lines(open_room)
    assert lines.unclassed(open_room, every) == 2
    planned = room(after(open_room.workshop, SavePlans(plans={"ash": PLAN})))
    every = lines.lines(planned)
    told = lines.title(every, lines.unclassed(planned, every))
    assert told == "1 customer has a plan; 2 have no class yet"
    assert lines.title(every) == "1 customer, and all have a plan"


# --- plans that have ended ------------------------------------------------------------------------


def after_the_end(what: str, **changes: object) -> lines.Line:
    """Ash's line once its plan has ended."""
    open_room = room(after(saved(**changes).workshop, over(PLAN, what, "ash")))
    [line] = [one for one in lines.lines(open_room) if one.customer == "ash"]
    return line


def test_whose_plan_has_ended_needs_the_next_one_and_its_draft_is_to_accept() -> None:
    line = after_the_end("dropped")
    assert line.ended
    assert (line.saved, line.late, line.ended.goal) == (False, False, PLAN.goal)
    assert line.plan.outcome is None
    assert lines.to_accept([line]) == {"ash": line.plan}


def test_after_letting_go_comes_the_managed_exit_and_after_that_no_plan() -> None:
    assert after_the_end("exited").plan.template == "L3"
    gone = after_the_end("exited", template="L3")
    assert (gone.saved, gone.plan.outcome is None, gone.ended) == (True, False, None)
    assert not gone.urgent
    assert lines.to_accept([gone]) == {}


def test_a_promotion_that_the_class_does_not_show_is_decided_first() -> None:
    line = after_the_end("promoted", template="L1")
    assert line.not_shown
    assert lines.to_accept([line]) == {}
    assert lines.title([line]) == "1 class to decide on the page Split"


def test_who_is_attractive_and_was_let_go_is_not_built_up_again_by_one_tap() -> None:
    built = PLAN.model_copy(update={"customer": "bay", "template": "N1"})
    gone = after(placed(LOW), SavePlans(plans={"bay": built}), over(built, "exited", "bay"))
    [line] = [one for one in lines.lines(room(gone)) if one.customer == "bay"]
    assert (line.not_shown, line.saved) == (True, False)
    assert lines.to_accept([line]) == {}
    low = OverrideClass(customer="bay", klass=Class.LOW_PRIORITY, by="Ines", reason="It left")
    [line] = [one for one in lines.lines(room(after(gone, low))) if one.customer == "bay"]
    assert (line.not_shown, line.plan.template) == (False, "L3")
    assert lines.to_accept([line]) == {"bay": line.plan}


def let_go(**profile: float) -> lines.Line:
    """Ash's line after it was let go, with what it earns."""
    low = after(
        saved().workshop, ChangeProfile(customer="ash", profile=Profile.model_validate(profile))
    )
    open_room = room(after(low, over(PLAN, "exited", "ash")))
    return next(one for one in lines.lines(open_room) if one.customer == "ash")


def test_an_exit_that_a_check_speaks_against_is_accepted_by_itself_if_at_all() -> None:
    paying = let_go(revenue=20_000.0, margin_pct=10.0, cost_to_serve=500.0)
    assert (paying.plan.template, paying.against) == ("L3", True)
    assert lines.to_accept([paying]) == {}
    assert lines.title([paying]) == "1 exit that a check speaks against"
    losing = let_go(revenue=20_000.0, margin_pct=-10.0)
    assert (losing.plan.template, losing.against) == ("L3", False)
    assert lines.to_accept([losing]) == {"ash": losing.plan}
    assert paying.urgency < losing.urgency


def test_who_missed_the_deadline_to_move_up_is_drafted_without_a_second_one() -> None:
    near = placed({"ash": (3.0, 2.0)})
    missed = PLAN.model_copy(update={"template": "L1", "deadline": TODAY})
    open_room = room(after(near, SavePlans(plans={"ash": missed}), over(missed, "dropped", "ash")))
    [line] = lines.lines(open_room)
    assert lines.drafts(open_room)["ash"].plan.template == "L1"
    assert (line.plan.template, lines.to_accept([line])["ash"].template) == ("L3", "L3")


def test_who_moved_up_from_low_priority_has_got_there_without_being_key() -> None:
    low = saved(template="L1", deadline=TODAY + timedelta(200)).workshop
    up = after(low, ScoreCustomer(customer="ash", criterion="a", value=8.0))
    [line] = [
        one
        for one in lines.lines(room(after(up, over(PLAN, "promoted", "ash"))))
        if one.customer == "ash"
    ]
    assert (line.klass, line.not_shown, line.plan.template) == (Class.STRATEGIC, False, "N1")
    assert "ash" in lines.to_accept([line])


# --- no plan is lost ------------------------------------------------------------------------------


def reclassifying() -> st.SearchStrategy[Edit]:
    """Edits that change, or take away, the class of Ash, Bay or Cob."""
    who = st.sampled_from(["ash", "bay", "cob"])
    levels = st.none() | st.integers(0, 10).map(float)
    rest = {key: tuple(k for k in LOW if k != key) for key in LOW}
    lists = st.none() | who.map(lambda key: LongList(customers=rest[key], rule="by hand"))
    return st.one_of(
        st.builds(ScoreCustomer, customer=who, criterion=st.sampled_from(["a", "s"]), value=levels),
        st.builds(MoveLine, line=st.just("attractiveness"), value=levels.map(lambda x: x or 0.0)),
        st.builds(MoveLine, line=st.just("strength"), value=levels.map(lambda x: x or 0.0)),
        st.builds(ChooseLongList, long_list=lists),
        st.builds(JudgeGate, customer=who, gate=st.just("g"), fails=st.booleans()),
        st.builds(
            OverrideClass,
            customer=who,
            klass=st.sampled_from(list(Class)),
            by=st.just("Ines"),
            reason=st.just("We promised"),
        ),
        st.builds(
            JudgeAsOne,
            group=st.just("dew"),
            name=st.just("Dew"),
            members=who.map(lambda key: (key,)),
        ),
        st.just(RemoveCriterion(criterion="a")),
        st.just(RemoveCriterion(criterion="s")),
    )


@given(
    st.lists(reclassifying(), max_size=5),
    st.lists(st.sampled_from(["ash", "bay", "cob"]), unique=True),
)
def test_every_saved_plan_has_a_row_after_whatever_changes_classes(
    edits: list[Edit], finished: list[str]
) -> None:
    start = after(placed(LOW), PutGate(gate=Gate(id="g", name="Sound credit")))
    every = {key: PLAN.model_copy(update={"customer": key}) for key in LOW}
    now = after(start, SavePlans(plans=every), *(over(PLAN, "dropped", key) for key in finished))
    for edit in edits:
        with suppress(Refused):
            now = after(now, edit)
    open_room = room(now)
    found = {line.customer: line for line in lines.lines(open_room)}
    assert set(now.plans) == set(LOW)
    assert set(found) >= set(LOW)
    for key, line in found.items():
        plan = now.plans.get(key)
        if plan is not None:
            assert plan in (line.plan, line.ended)
            assert lines.why(open_room, key)
    assert sum(line.late for line in found.values()) == 0
    tomorrow = replace(open_room, today=TODAY + timedelta(days=91))
    running = [key for key in LOW if key not in finished]
    assert {line.customer for line in lines.lines(tomorrow) if line.late} == set(running)


@pytest.mark.parametrize(
    ("edit", "told"),
    [
        (RemoveCriterion(criterion="a"), "Not scored"),
        (JudgeAsOne(group="dew", name="Dew Holding", members=("ash",)), "within Dew Holding"),
    ],
)
def test_who_has_no_class_keeps_its_row_with_the_reason_in_words(edit: Edit, told: str) -> None:
    changed = room(after(saved(deadline=YESTERDAY).workshop, edit))
    [line] = [one for one in lines.lines(changed) if one.customer == "ash"]
    assert (line.klass, line.plan.goal, line.late, line.urgent) == (None, PLAN.goal, True, True)
    assert told in lines.why(changed, "ash")
    assert "1 plan is overdue" in title(changed)


def test_a_saved_plan_stays_when_the_class_changes() -> None:
    before = saved()
    down = room(after(before.workshop, MoveLine(line="attractiveness", value=1.0)))
    [line] = [one for one in lines.lines(down) if one.customer == "ash"]
    assert (line.plan, line.saved, line.klass) == (PLAN, True, Class.STRATEGIC)
    assert not line.fits
    assert lines.drafts(down)["ash"].plan.template == "N1"


def test_drafts_are_kept_while_plans_are_edited_and_made_anew_when_scores_may_change_them() -> None:
    start = placed(LOW).model_copy(update={"id": "kept"})
    first = lines.drafts(room(start))
    planned = after(start, SavePlans(plans={"ash": PLAN}))
    assert lines.drafts(room(planned)) is first
    weighed = after(planned, SetPoints(points={"a": 3, "s": 1}))
    assert lines.drafts(room(weighed)) is not first
    owned = after(weighed, ChangeProfile(customer="ash", profile=Profile(owner="Otto")))
    assert lines.drafts(room(owned))["ash"].plan.owner == "Otto"


def test_drafts_of_many_workshops_are_not_all_kept() -> None:
    for number in range(lines.MOST_KEPT + 3):
        lines.drafts(room(placed(LOW).model_copy(update={"id": f"w{number}"})))
    assert len(lines._latest) == lines.MOST_KEPT


def test_plans_of_a_full_workshop_are_saved_ones_and_drafts() -> None:
    states = {line.customer: line.saved for line in lines.lines(room(full()))}
    assert states["bay"]
    assert not states["cob"]
    assert "dew" not in states
    assert len(lines.lines(room(by_hand()))) == 3
