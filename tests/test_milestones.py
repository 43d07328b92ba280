"""Of `kam.method.milestones`: met, missed, unsaid; plans that worked and plans that ended."""

from datetime import date, timedelta
from typing import Any, Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kam.edits import ClosePlan, Edit, MoveLine, RemovePlan, SavePlans, ScoreCustomer
from kam.method.assessment import assess
from kam.method.milestones import (
    FollowedUp,
    Met,
    Verdict,
    followed_up,
    has_moved_up,
    milestones,
)
from kam.method.movement import movements
from kam.model import Action, Class, Outcome, Plan, Workshop
from tests.workshops import TODAY, after, made, placed

DAY = timedelta(days=1)
Template = Literal["K1", "K2", "N1", "N2", "L1", "L2", "L3"]


def plan(template: Template, *actions: Action, customer: str = "ash", **more: Any) -> Plan:  # noqa: ANN401 - any field of a plan
    return Plan(customer=customer, template=template, actions=actions, **more)


def with_plan(strength: float, one: Plan) -> Workshop:
    """Ash, attractive and as strong as given, with a plan."""
    return after(placed({"ash": (6.0, strength)}), SavePlans(plans={"ash": one}))


def ended(what: Literal["promoted", "exited", "dropped"], reason: str = "") -> ClosePlan:
    outcome = Outcome(what=what, on=TODAY, by="Ines", reason=reason)
    return ClosePlan(customer="ash", outcome=outcome)


def followed(before: Workshop, *edits: Edit) -> list[FollowedUp]:
    """What became of plans after some edits."""
    then, now = assess(before), assess(after(before, *edits))
    return list(followed_up(then, now, movements(then, now)))


def stronger(value: float) -> ScoreCustomer:
    return ScoreCustomer(customer="ash", criterion="s", value=value)


# --- milestones -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("done", "due", "met"),
    [
        (True, TODAY - DAY, Met.MET),
        (True, TODAY + DAY, Met.MET),
        (False, TODAY + DAY, Met.MISSED),
        (False, None, Met.MISSED),
        (None, TODAY - DAY, Met.UNSAID),
        (None, TODAY, Met.AHEAD),
        (None, TODAY + DAY, Met.AHEAD),
        (None, None, Met.AHEAD),
    ],
)
def test_nothing_is_met_or_missed_until_somebody_says_so(
    done: bool | None,  # noqa: FBT001 - a parameter of the table above
    due: date | None,
    met: Met,
) -> None:
    workshop = with_plan(4.0, plan("N1", Action(text="Call", due=due, done=done)))
    assert [one.met for one in milestones(workshop, TODAY)] == [met]


def test_a_milestone_brings_owner_day_and_evidence() -> None:
    action = Action(text="Call", owner="Ines", due=TODAY, done=True, evidence="Minutes of 2 March")
    [found] = milestones(with_plan(4.0, plan("N1", action)), TODAY)
    assert (found.customer, found.text, found.owner, found.due, found.evidence) == (
        "ash",
        "Call",
        "Ines",
        TODAY,
        "Minutes of 2 March",
    )


@given(st.lists(st.none() | st.dates(date(2020, 1, 1), date(2030, 1, 1)), max_size=6))
def test_milestones_stand_by_day_and_those_without_come_last(days: list[date | None]) -> None:
    actions = tuple(Action(text=f"Step {n}", due=due) for n, due in enumerate(days))
    found = [one.due for one in milestones(with_plan(4.0, plan("N1", *actions)), TODAY)]
    known = sorted(day for day in days if day)
    assert found == [*known, *[None] * (len(days) - len(known))]


def test_a_workshop_without_plans_has_no_milestones() -> None:
    assert milestones(made(), TODAY) == ()


# --- plans ----------------------------------------------------------------------------------------


def test_a_plan_whose_customer_became_key_has_worked() -> None:
    [found] = followed(with_plan(4.0, plan("N1")), stronger(6.0))
    assert found.verdict is Verdict.WORKED
    assert found.words == ("Build up to key: Strategic, not yet key, now Key · core, +2.0 points.")


def test_a_plan_whose_customer_stays_where_it_was_has_not_worked_yet() -> None:
    [found] = followed(with_plan(4.0, plan("N1")), stronger(4.5))
    assert found.verdict is Verdict.NOT_YET
    assert found.words == "Build up to key: Strategic, not yet key as before, +0.5 points."


def test_for_a_low_priority_customer_one_step_up_is_enough() -> None:
    start = after(placed({"ash": (4.0, 4.0)}), SavePlans(plans={"ash": plan("L1")}))
    [found] = followed(start, ScoreCustomer(customer="ash", criterion="a", value=6.0))
    assert found.verdict is Verdict.WORKED
    assert "Low priority, now Strategic, not yet key" in found.words


def test_a_plan_that_was_replaced_because_it_worked_has_worked() -> None:
    start = with_plan(4.0, plan("N1", Action(text="Call", due=TODAY), start=TODAY))
    key = SavePlans(plans={"ash": plan("K2", start=TODAY + DAY)})
    [found] = followed(start, stronger(6.0), key)
    assert (found.template, found.verdict) == ("N1", Verdict.WORKED)
    now = after(start, stronger(6.0), key)
    assert [one.text for one in milestones(now, TODAY)] == ["Call"]


def test_a_plan_that_worked_is_told_though_the_next_one_was_given_up() -> None:
    start = after(placed({"ash": (4.0, 4.0)}), SavePlans(plans={"ash": plan("L1", start=TODAY)}))
    up = ScoreCustomer(customer="ash", criterion="a", value=6.0)
    built = SavePlans(plans={"ash": plan("N1", start=TODAY + DAY)})
    found = followed(start, up, built, ended("dropped"))
    assert [(one.template, one.verdict) for one in found] == [
        ("L1", Verdict.WORKED),
        ("N1", Verdict.ENDED),
    ]


def test_a_plan_to_become_key_has_not_worked_by_a_fall() -> None:
    [found] = followed(
        with_plan(4.0, plan("N1")), ScoreCustomer(customer="ash", criterion="a", value=2.0)
    )
    assert found.verdict is Verdict.NOT_YET
    assert "now Low priority" in found.words


@pytest.mark.parametrize("template", ["K1", "K2", "L2", "L3"])
def test_plans_that_were_not_to_move_anybody_up_are_not_followed(template: Template) -> None:
    assert followed(with_plan(4.0, plan(template)), stronger(6.0)) == []


def test_a_plan_that_only_the_later_state_has_is_not_followed_yet() -> None:
    start = placed({"ash": (6.0, 4.0)})
    assert followed(start, SavePlans(plans={"ash": plan("N1")}), stronger(6.0)) == []


def test_a_plan_that_was_withdrawn_since_is_still_followed() -> None:
    [found] = followed(with_plan(4.0, plan("N1")), RemovePlan(customer="ash"), stronger(6.0))
    assert found.verdict is Verdict.WORKED


def test_what_is_not_scored_in_one_state_is_told_in_words() -> None:
    [found] = followed(with_plan(4.0, plan("N1")), stronger(6.0).model_copy(update={"value": None}))
    assert found.verdict is Verdict.NOT_YET
    assert found.words == "Build up to key: Strategic, not yet key, not scored now."


@pytest.mark.parametrize(
    ("what", "verdict"),
    [("promoted", Verdict.WORKED), ("exited", Verdict.ENDED), ("dropped", Verdict.ENDED)],
)
def test_a_plan_that_ended_is_told_once_as_its_people_say(
    what: Literal["promoted", "exited", "dropped"], verdict: Verdict
) -> None:
    [found] = followed(with_plan(4.0, plan("N1")), ended(what, "Two new contracts"), stronger(6.0))
    assert found.verdict is verdict
    assert found.words == (
        f"Build up to key: {what} on {TODAY.isoformat()}, says Ines: Two new contracts."
    )


def test_a_plan_that_had_ended_before_is_not_told_again() -> None:
    over = after(with_plan(4.0, plan("N1")), ended("dropped"))
    assert followed(over, stronger(6.0)) == []


def test_an_exit_that_was_carried_out_is_among_those_that_ended() -> None:
    [found] = followed(with_plan(4.0, plan("L3")), ended("exited"))
    assert found.words == f"Managed exit: exited on {TODAY.isoformat()}, says Ines."


def test_plans_that_worked_come_first_and_those_that_did_not_last() -> None:
    start = after(
        placed({"ash": (6.0, 4.0), "bay": (6.0, 4.0), "cob": (6.0, 4.0)}),
        SavePlans(plans={key: plan("N1", customer=key) for key in ("ash", "bay", "cob")}),
    )
    outcome = Outcome(what="dropped", on=TODAY, by="Ines")
    found = followed(
        start,
        ScoreCustomer(customer="cob", criterion="s", value=7.0),
        ClosePlan(customer="bay", outcome=outcome),
    )
    assert [(one.customer, one.verdict) for one in found] == [
        ("cob", Verdict.WORKED),
        ("bay", Verdict.ENDED),
        ("ash", Verdict.NOT_YET),
    ]


# --- plans that a next one followed ---------------------------------------------------------------


def followed_by_a_next_one() -> Workshop:
    """Ash's plan to move up was met and has ended; the next one runs."""
    first = plan("L1", Action(text="Agree", due=TODAY - DAY, done=True), owner="Ines")
    start = after(placed({"ash": (4.0, 4.0)}), SavePlans(plans={"ash": first}))
    following = plan("N1", Action(text="Visit", due=TODAY + DAY))
    return after(start, ended("promoted"), SavePlans(plans={"ash": following}))


def test_milestones_of_an_ended_plan_stay_when_the_next_one_begins() -> None:
    found = milestones(followed_by_a_next_one(), TODAY)
    assert [(one.text, one.met) for one in found] == [("Agree", Met.MET), ("Visit", Met.AHEAD)]


def test_a_plan_that_ended_is_followed_up_though_the_next_one_runs() -> None:
    now = followed_by_a_next_one()
    before = after(placed({"ash": (4.0, 4.0)}), SavePlans(plans={"ash": plan("L1")}))
    then, today = assess(before), assess(now)
    found = followed_up(then, today, movements(then, today))
    assert [(one.template, one.verdict) for one in found] == [("L1", Verdict.WORKED)]


def test_a_plan_that_had_ended_before_is_not_told_again_when_the_next_one_begins() -> None:
    over = after(with_plan(4.0, plan("N1")), ended("dropped"))
    assert followed(over, SavePlans(plans={"ash": plan("N2")})) == []


def test_two_plans_of_one_customer_that_ended_are_both_told() -> None:
    last = ClosePlan(customer="ash", outcome=Outcome(what="dropped", on=TODAY, by="Otto"))
    found = followed(
        with_plan(4.0, plan("N2")), ended("dropped"), SavePlans(plans={"ash": plan("N1")}), last
    )
    assert [one.template for one in found] == ["N2", "N1"]


@pytest.mark.parametrize(
    ("template", "then", "now", "up"),
    [
        ("L1", Class.LOW_PRIORITY, Class.STRATEGIC, True),
        ("L1", Class.LOW_PRIORITY, Class.KEY_CORE, True),
        ("L1", Class.LOW_PRIORITY, Class.LOW_PRIORITY, False),
        ("N1", Class.STRATEGIC, Class.KEY_CORE, True),
        ("N1", Class.STRATEGIC, Class.STRATEGIC, False),
        ("N2", Class.STRATEGIC, Class.LOW_PRIORITY, False),
        ("K2", Class.KEY_CORE, Class.KEY_STRATEGIC, True),
        ("K2", Class.KEY_CORE, Class.KEY_CORE, False),
    ],
)
def test_what_a_plan_was_to_reach_depends_on_its_kind(
    template: Template,
    then: Class,
    now: Class,
    up: bool,  # noqa: FBT001 - a value of the table
) -> None:
    assert has_moved_up(plan(template), then, now) == up


def test_a_moved_line_can_make_a_plan_work_too() -> None:
    [found] = followed(with_plan(4.0, plan("N1")), MoveLine(line="strength", value=3.0))
    assert found.verdict is Verdict.WORKED
