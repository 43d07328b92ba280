"""What follows a plan that has ended, and a class that must be decided first."""

from datetime import date, timedelta
from typing import Literal

import pytest

from kam.edits import ClosePlan, Edit, OverrideClass, RemovePlan, SavePlans
from kam.method.assessment import assess
from kam.method.next_plans import is_contradicted, last_plans, next_proposals, open_drafts
from kam.method.plans import proposals
from kam.model import Class, Outcome, Plan, Workshop
from tests.workshops import TODAY, after, full, placed

Template = Literal["K1", "K2", "N1", "N2", "L1", "L2", "L3"]
DAY = timedelta(days=1)
NEAR = {"ash": (3.0, 2.0)}  # of low priority, with a credible way up


def outcome(what: str, on: date = TODAY) -> Outcome:
    return Outcome.model_validate({"what": what, "on": on, "by": "Ines"})


def plan(template: str, what: str = "", on: date = TODAY, deadline: date | None = TODAY) -> Plan:
    """Ash's plan, whose deadline is today; ended where it says how."""
    ended = outcome(what, on) if what else None
    known = {"customer": "ash", "template": template, "deadline": deadline, "outcome": ended}
    return Plan.model_validate({**known, "start": TODAY - timedelta(days=365)})


def next_of(workshop: Workshop) -> Plan | None:
    """Ash's next plan."""
    result = assess(workshop)
    return next_proposals(result, workshop, proposals(result, TODAY), TODAY).get("ash")


def after_plans(place: tuple[float, float], *plans: Plan) -> Workshop:
    """Ash at a place of the matrix after these plans, the latest last."""
    *before, last = plans
    start = placed({"ash": place})
    return start.model_copy(update={"ended_plans": tuple(before), "plans": {"ash": last}})


def template_after(place: tuple[float, float], *plans: Plan) -> str | None:
    found = next_of(after_plans(place, *plans))
    return found.template if found else None


# --- the next plan --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("place", "template", "what", "then"),
    [
        ((3, 2), "L1", "exited", "L3"),
        ((1, 8), "L2", "exited", "L3"),
        ((6, 2), "L1", "promoted", "N1"),
        ((9, 9), "N1", "promoted", "K1"),
        ((6, 2), "N1", "exited", "N1"),
        ((6, 2), "L3", "exited", "N1"),
        ((1, 1), "L3", "exited", None),
        ((1, 1), "L3", "dropped", "L3"),
        ((3, 2), "L2", "dropped", "L1"),
    ],
)
def test_after_a_plan_comes_the_next_one(
    place: tuple[float, float], template: str, what: str, then: str | None
) -> None:
    workshop = after_plans(place, plan(template, what))
    found = next_of(workshop)
    assert (found.template if found else None) == then
    assert found is None or found.start == TODAY


def test_a_customer_without_a_class_has_no_next_plan_yet() -> None:
    over = full().model_copy(
        update={"plans": {"dew": Plan(customer="dew", template="L1", outcome=outcome("promoted"))}}
    )
    assert next_proposals(assess(over), over, {}, TODAY) == {}


# --- no second deadline ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("on", "then"), [(TODAY - DAY, "L1"), (TODAY, "L3"), (TODAY + timedelta(days=300), "L3")]
)
def test_moving_up_that_was_dropped_at_its_deadline_is_not_drafted_a_second_time(
    on: date, then: str
) -> None:
    assert template_after((3, 2), plan("L1", "dropped", on)) == then


def test_without_a_deadline_there_was_none_to_miss() -> None:
    assert template_after((3, 2), plan("L1", "dropped", deadline=None)) == "L1"


def test_no_plan_in_between_brings_a_second_deadline_back() -> None:
    missed = plan("L1", "dropped")
    assert template_after((3, 2), missed, plan("L3", "dropped")) == "L3"
    assert template_after((3, 2), plan("L1", "exited"), plan("L3", "dropped")) == "L3"
    assert template_after((3, 2), missed, plan("L2", "dropped"), plan("L2", "dropped")) == "L3"


def test_who_was_attractive_in_between_may_move_up_again() -> None:
    assert template_after((3, 2), plan("L1", "dropped"), plan("N1", "dropped")) == "L1"


def test_back_to_the_draft_of_the_next_plan_is_the_next_plan_again() -> None:
    missed = after_plans((3, 2), plan("L1", "dropped"))
    following = next_of(missed)
    assert following
    saved = after(missed, SavePlans(plans={"ash": following}))
    again = after(saved, RemovePlan(customer="ash"))
    assert "ash" not in again.plans
    assert next_of(again) == following
    assert open_drafts(assess(again), again, TODAY)["ash"] == following


# --- plans in whose place came another ------------------------------------------------------------


def test_a_plan_that_was_replaced_does_not_undo_letting_go() -> None:
    gone = (plan("L2", "exited"), plan("L3", "replaced"))
    assert template_after((3, 2), *gone) == "L3"
    assert template_after((3, 2), plan("L1", "replaced")) == "L1"


def test_the_last_plans_are_those_of_customers_of_whom_none_runs() -> None:
    first, second = plan("L1", "exited"), plan("L3", "dropped")
    assert last_plans(after_plans((3, 2), first, second)) == {"ash": (first, second)}
    assert last_plans(after_plans((3, 2), first, plan("L3"))) == {}


# --- a class that contradicts the end -------------------------------------------------------------


@pytest.mark.parametrize(
    ("template", "what", "klass", "contradicted"),
    [
        ("N1", "promoted", Class.STRATEGIC, True),
        ("N1", "promoted", Class.KEY_CORE, False),
        ("L1", "promoted", Class.STRATEGIC, False),
        ("N1", "exited", Class.STRATEGIC, True),
        ("N2", "exited", Class.KEY_CORE, True),
        ("K1", "exited", Class.KEY_STRATEGIC, True),
        ("N1", "exited", Class.LOW_PRIORITY, False),
        ("L1", "exited", Class.LOW_PRIORITY, False),
        ("L3", "exited", Class.STRATEGIC, False),
        ("N1", "dropped", Class.STRATEGIC, False),
        ("N1", "exited", None, False),
    ],
)
def test_a_class_that_does_not_show_how_a_plan_ended_is_decided_first(
    template: Template,
    what: str,
    klass: Class | None,
    contradicted: bool,  # noqa: FBT001 - a value of the table
) -> None:
    assert is_contradicted(plan(template, what), klass) == contradicted
    assert not is_contradicted(plan(template), klass)


def test_nobody_is_built_up_again_who_was_let_go_until_its_class_is_decided() -> None:
    gone = after_plans((8, 2), plan("N1", "exited"))
    assert open_drafts(assess(gone), gone, TODAY) == {}
    low = OverrideClass(customer="ash", klass=Class.LOW_PRIORITY, by="Ines", reason="It left")
    decided = after(gone, low)
    assert open_drafts(assess(decided), decided, TODAY)["ash"].template == "L3"


# --- all drafts -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("edits", "templates"),
    [
        ((), {"ash": "L1", "bay": "N1", "cob": "K1"}),
        ((SavePlans(plans={"ash": plan("L1")}),), {"bay": "N1", "cob": "K1"}),
        (
            (
                SavePlans(plans={"ash": plan("L1", deadline=TODAY + DAY)}),
                ClosePlan(customer="ash", outcome=outcome("exited")),
            ),
            {"ash": "L3", "bay": "N1", "cob": "K1"},
        ),
    ],
)
def test_whoever_has_no_plan_that_runs_has_a_draft(
    edits: tuple[Edit, ...], templates: dict[str, str]
) -> None:
    workshop = after(placed({**NEAR, "bay": (8.0, 2.0), "cob": (9.0, 9.0)}), *edits)
    found = open_drafts(assess(workshop), workshop, TODAY)
    assert {key: one.template for key, one in found.items()} == templates
