"""Skeletons of the plans of key accounts."""

import pytest

from kam.edits import SetCapacity
from kam.method.drafts.key_accounts import ASK
from kam.method.plans import plan_gaps, still_open
from kam.model import Favours, Workshop
from tests.drafts.drafted import HOURS, IN_A_YEAR, actions, plan
from tests.workshops import TODAY, after, placed

STRATEGIC = {"ash": (9, 9)}
CORE = {"ash": (6, 6)}


def test_a_strategic_key_account_gets_a_joint_plan_with_a_goal_for_three_years() -> None:
    known = placed(STRATEGIC, available_spend=3e6, strategic_objectives="Halve its waste")
    drafted = plan(known)
    assert drafted.template == "K1"
    assert drafted.goal == (
        "Ash and we agree a joint plan for three years; it spends EUR 3,000,000 on "
        "what we sell in that time."
    )
    assert actions(drafted)[:2] == [
        ("Name a sponsor on both sides", 60),
        ("Write the joint plan with the customer: it wants to halve its waste", 90),
    ]
    assert drafted.deadline == IN_A_YEAR


def test_what_is_unknown_is_left_out_of_the_sentences() -> None:
    drafted = plan(placed(STRATEGIC))
    assert drafted.goal == "Ash and we agree a joint plan for three years."
    assert actions(drafted)[1] == ("Write the joint plan with the customer", 90)


def test_a_core_key_account_gets_a_plan_for_a_year_that_keeps_its_margin() -> None:
    drafted = plan(placed(CORE, margin_pct=18.0))
    assert drafted.template == "K2"
    assert drafted.goal == "Ash grows with us at a margin of 18 % or more."
    assert plan(placed(CORE)).goal == "Ash grows with us."
    ledgers = plan(placed(CORE, margin_pct=8.93181)).goal
    assert ledgers == "Ash grows with us at a margin of 8.93 % or more."
    assert plan(placed(CORE, margin_pct=-2.5)).goal.endswith("margin of −2.5 % or more.")
    assert "Choose three moves" in actions(drafted)[1][0]
    assert "attractiveness is 7 or more" in drafted.evidence


@pytest.mark.parametrize(("favours", "asked"), [(Favours.UNKNOWN, True), (Favours.YES, False)])
def test_who_has_not_been_asked_is_asked_first(favours: Favours, asked: bool) -> None:  # noqa: FBT001 - a value of the table
    first = actions(plan(placed(CORE, favours=favours)))[0]
    assert (first == (ASK, 30)) is asked


@pytest.mark.parametrize(("positions", "hours"), [(STRATEGIC, 400), (CORE, 160)])
def test_a_key_account_may_take_the_hours_of_its_class(
    positions: dict[str, tuple[float, float]], hours: float
) -> None:
    assert plan(after(placed(positions), SetCapacity(capacity=HOURS))).ceiling_hours == hours


@pytest.mark.parametrize("workshop", [placed(STRATEGIC), placed(CORE)])
def test_a_skeleton_lacks_people_and_nothing_else(workshop: Workshop) -> None:
    drafted = plan(workshop)
    sponsor = ("no sponsor yet",) if drafted.template == "K1" else ()
    assert plan_gaps(drafted, TODAY) == ("no owner yet",)
    assert still_open(drafted, TODAY) == sponsor
