"""Drafts at another deadline: in proportion, and nothing after it."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kam.method.drafts.pace import NOTICE_DAYS, within
from kam.model import Action, Plan
from kam.validated import changed
from tests.drafts.drafted import actions, plan
from tests.workshops import TODAY, placed

N1 = plan(placed({"ash": (6, 3)}))
L3 = plan(placed({"ash": (1, 1)}))


def days(of: Plan) -> list[int]:
    """After how many days each action is due."""
    return [day for _, day in actions(of)]


def test_milestones_keep_their_share_of_a_shorter_way() -> None:
    half = within(N1, TODAY + timedelta(days=183), TODAY)
    assert days(N1) == [90, 180, 365]
    assert days(half) == [45, 90, 183]
    assert half.deadline == TODAY + timedelta(days=183)


def test_milestones_keep_their_share_of_a_longer_way() -> None:
    assert days(within(N1, TODAY + timedelta(days=730), TODAY)) == [180, 360, 730]


def test_rungs_keep_their_share_and_notice_its_days_before_the_end() -> None:
    assert days(L3) == [60, 120, 180, 270, 275, 365]
    longer = within(L3, TODAY + timedelta(days=730), TODAY)
    assert days(longer) == [120, 240, 360, 540, 730 - NOTICE_DAYS, 730]


def test_notice_that_can_no_longer_be_given_in_time_is_given_today() -> None:
    soon = within(L3, TODAY + timedelta(days=30), TODAY)
    assert soon.actions[-2].due == TODAY
    assert soon.actions[-1].due == TODAY + timedelta(days=30)


@pytest.mark.parametrize("deadline", [TODAY, date(2025, 1, 1)])
def test_at_a_deadline_of_today_or_before_nothing_is_due_after_it(deadline: date) -> None:
    assert {one.due for one in within(N1, deadline, TODAY).actions} == {deadline}


def test_a_leap_day_is_a_deadline_like_any_other() -> None:
    start, leap = date(2027, 3, 1), date(2028, 2, 29)
    drafted = within(plan(placed({"ash": (6, 3)}), today=start), leap, start)
    assert drafted.deadline == drafted.actions[-1].due == leap
    assert within(drafted, leap, start) == drafted
    assert within(drafted, date(2028, 2, 28), start).actions[-1].due == date(2028, 2, 28)


def test_what_is_done_or_has_passed_or_has_no_day_keeps_it() -> None:
    passed, done = date(2026, 2, 1), Action(text="Met", due=date(2026, 5, 1), done=True)
    kept = changed(N1, actions=(Action(text="Late", due=passed), done, Action(text="Some day")))
    moved = within(kept, date(2026, 4, 1), TODAY)
    assert [one.due for one in moved.actions] == [passed, date(2026, 5, 1), None]


def test_a_plan_without_a_deadline_is_as_long_as_its_last_action() -> None:
    open_ended = changed(N1, deadline=None)
    assert days(within(open_ended, TODAY + timedelta(days=730), TODAY)) == [180, 360, 730]


@given(st.integers(0, 2_000), st.sampled_from([N1, L3]))
def test_no_action_is_due_after_the_deadline_and_their_order_stays(to: int, of: Plan) -> None:
    moved = within(of, TODAY + timedelta(days=to), TODAY)
    assert moved.deadline is not None
    assert all(0 <= day <= to for day in days(moved))
    without_notice = [day for text, day in actions(moved) if not text.startswith("Give notice")]
    assert without_notice == sorted(without_notice)
    assert without_notice[-1] == to
