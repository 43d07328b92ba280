"""A deadline moves once, by name and for a reason, and no plan is lost."""

from calendar import monthrange
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kam.edits import (
    ClosePlan,
    ExtendPlan,
    RemoveCustomers,
    RemovePlan,
    SavePlans,
)
from kam.edits.plans import latest_deadline, months_after
from kam.errors import Refused
from kam.model import Outcome, Plan, Workshop
from tests.workshops import TODAY, after, full, placed

DAY = timedelta(days=1)
L1 = Plan(
    customer="ash",
    template="L1",
    goal="Moves up",
    start=TODAY,
    deadline=date(2027, 3, 2),
)


def _extend(until: date, customer: str = "bay") -> ExtendPlan:
    return ExtendPlan(customer=customer, until=until, by="Ines", reason="A new buyer")


def _saved(plan: Plan = L1) -> Workshop:
    """Ash and Bay; Ash has a plan."""
    low = placed({"ash": (2.0, 2.0), "bay": (2.0, 2.0)})
    return after(low, SavePlans(plans={"ash": plan}))


def _with(**changes: object) -> SavePlans:
    return SavePlans(plans={"ash": Plan.model_validate({**dict(L1), **changes})})


# --- months ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "count", "later"),
    [
        (date(2026, 8, 31), 18, date(2028, 2, 29)),
        (date(2025, 8, 31), 18, date(2027, 2, 28)),
        (date(2026, 8, 28), 18, date(2028, 2, 28)),
        (date(2028, 2, 29), 18, date(2029, 8, 29)),
        (date(2028, 2, 29), 12, date(2029, 2, 28)),
        (date(2026, 12, 31), 2, date(2027, 2, 28)),
        (date(2026, 12, 1), 1, date(2027, 1, 1)),
        (date(2026, 6, 30), 18, date(2027, 12, 30)),
        (date(2026, 6, 30), 0, date(2026, 6, 30)),
        (date(9998, 9, 1), 18, date.max),
    ],
)
def test_months_are_those_of_the_calendar(day: date, count: int, later: date) -> None:
    assert months_after(day, count) == later


@given(st.dates(date(1990, 1, 1), date(2100, 1, 1)), st.integers(0, 60))
def test_the_day_of_the_month_stays_or_is_the_last_one_there(day: date, count: int) -> None:
    later = months_after(day, count)
    assert (later.year - day.year) * 12 + later.month - day.month == count
    assert later.day == min(day.day, monthrange(later.year, later.month)[1])


# --- extending ------------------------------------------------------------------------------------


def test_a_deadline_is_not_moved_a_second_time() -> None:
    once = after(full(), _extend(TODAY + timedelta(days=30)))
    with pytest.raises(Refused, match="moved before, by Ines"):
        _extend(TODAY + timedelta(days=60)).apply(once)


@pytest.mark.parametrize("until", [TODAY, TODAY - DAY, months_after(TODAY, 18) + DAY])
def test_a_deadline_moves_ahead_and_by_eighteen_months_at_most(until: date) -> None:
    with pytest.raises(Refused, match="on 2027-09-02 at the latest: 18 months"):
        _extend(until).apply(full())


def test_the_last_day_of_eighteen_months_is_taken() -> None:
    moved = after(full(), _extend(months_after(TODAY, 18)))
    assert moved.plans["bay"].deadline == date(2027, 9, 2)


def test_moving_up_takes_eighteen_months_from_the_day_of_its_draft_and_not_from_its_deadline() -> (
    None
):
    assert latest_deadline(L1) == date(2027, 9, 2)
    assert after(_saved(), _extend(date(2027, 9, 2), "ash")).plans["ash"].extension
    with pytest.raises(Refused, match="on 2027-09-02 at the latest"):
        _extend(date(2027, 9, 3), "ash").apply(_saved())
    used_up = _saved(L1.model_copy(update={"deadline": date(2027, 9, 2)}))
    with pytest.raises(Refused, match="had its 18 months to move up"):
        _extend(date(2027, 9, 3), "ash").apply(used_up)


def test_a_plan_without_a_deadline_has_none_to_move() -> None:
    bare = after(full(), SavePlans(plans={"bay": Plan(customer="bay", template="L2")}))
    with pytest.raises(Refused, match="no deadline to move"):
        _extend(TODAY).apply(bare)


# --- saving ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("deadline", [date(2027, 3, 3), None])
def test_the_deadline_of_a_plan_that_runs_is_not_saved_away(deadline: date | None) -> None:
    with pytest.raises(Refused, match=r"The deadline of Ash is 2027-03-02.*choose “Extend once”"):
        _with(deadline=deadline).apply(_saved())


def test_it_comes_earlier_and_everything_else_changes_freely() -> None:
    sooner = after(_saved(), _with(deadline=date(2026, 12, 31), owner="Otto"))
    assert (sooner.plans["ash"].deadline, sooner.plans["ash"].owner) == (date(2026, 12, 31), "Otto")


def test_after_an_extension_it_is_held_at_the_new_day() -> None:
    moved = after(_saved(), _extend(date(2027, 6, 1), "ash"))
    longer = moved.plans["ash"].model_copy(update={"deadline": date(2027, 6, 2)})
    with pytest.raises(Refused, match="2027-06-01"):
        SavePlans(plans={"ash": longer}).apply(moved)


def test_many_plans_are_saved_whole_or_not_at_all() -> None:
    late = L1.model_copy(update={"deadline": date(2027, 3, 3)})
    both = SavePlans(plans={"bay": L1.model_copy(update={"customer": "bay"}), "ash": late})
    with pytest.raises(Refused, match="Ash"):
        both.apply(_saved())


def test_another_kind_of_plan_has_a_deadline_of_its_own() -> None:
    other = after(_saved(), _with(template="L2", deadline=date(2029, 1, 1)))
    assert other.plans["ash"].template == "L2"


def test_a_plan_to_move_up_that_takes_more_than_eighteen_months_is_refused() -> None:
    low = placed({"ash": (2.0, 2.0)})
    assert after(low, _with(deadline=date(2027, 9, 2))).plans
    with pytest.raises(Refused, match="at most 18 months to move up, until 2027-09-02"):
        _with(deadline=date(2027, 9, 3)).apply(low)


def test_plans_of_before_starts_were_kept_go_on_opening_from_their_log() -> None:
    old = _saved(L1.model_copy(update={"start": None}))
    assert after(old, _with(start=None, deadline=date(2030, 1, 1))).plans


# --- what has ended -------------------------------------------------------------------------------


def _over() -> Workshop:
    gone = Outcome(what="exited", on=TODAY, by="Ines", reason="No path")
    return after(_saved(), ClosePlan(customer="ash", outcome=gone))


def test_an_ended_plan_is_kept_when_the_next_one_is_saved() -> None:
    first = _over().plans["ash"]
    second = after(_over(), _with(template="L3", deadline=date(2027, 9, 1)))
    assert second.plans["ash"].template == "L3"
    assert second.ended_plans == (first,)
    third = after(second, _with(template="L3", goal="Sooner", deadline=date(2027, 8, 1)))
    assert third.ended_plans == (first,)


def test_a_plan_that_runs_is_kept_as_replaced_when_another_kind_takes_its_place() -> None:
    later = _with(template="N1", start=date(2026, 9, 1))
    [kept] = after(_saved(), later).ended_plans
    assert kept.outcome == Outcome(what="replaced", on=date(2026, 9, 1), by="its next plan")
    assert kept.model_copy(update={"outcome": None}) == L1
    assert after(_saved(), _with(goal="Sooner")).ended_plans == ()


def test_the_day_of_the_next_plan_is_not_known_in_plans_of_before_starts_were_kept() -> None:
    [kept] = after(_saved(), _with(template="N1", start=None)).ended_plans
    assert kept.outcome
    assert kept.outcome.on == L1.start
    old = _saved(L1.model_copy(update={"start": None}))
    assert after(old, _with(template="N1", start=None)).ended_plans == ()


@pytest.mark.parametrize(
    ("edit", "words"),
    [
        (_with(template="N1"), "plan of Ash, in place of another that ran"),
        (_with(goal="Sooner"), "plan of Ash"),
        (
            SavePlans(
                plans={"ash": Plan(customer="ash", template="N1"),
                       "bay": Plan(customer="bay", template="L2")}
            ),
            "plans of 2 customers, 1 in place of another that ran",
        ),
    ],
)  # fmt: skip
def test_the_log_says_that_a_plan_that_ran_was_replaced(edit: SavePlans, words: str) -> None:
    assert edit.words(_saved()) == words


def test_an_ended_plan_is_kept_when_it_is_removed_too() -> None:
    assert after(_over(), RemovePlan(customer="ash")).ended_plans == (_over().plans["ash"],)
    assert after(_saved(), RemovePlan(customer="ash")).ended_plans == ()


def test_ended_plans_go_with_their_customer() -> None:
    second = after(_over(), _with(template="L3"))
    assert after(second, RemoveCustomers(customers=("bay",))).ended_plans
    assert after(second, RemoveCustomers(customers=("ash",))).ended_plans == ()


# --- questions and hours --------------------------------------------------------------------------
