"""One customer's plan: its fields, its limits, and the draft beside what no longer fits."""

from datetime import date

import pytest
import streamlit as st

from kam.edits import OverrideClass, PutCustomer
from kam.method.exit_checks import Finding
from kam.model import Class, Plan
from kam.ui import rooms
from kam.ui.planning import editor
from kam.ui.planning.before_exit import MARKS
from kam.ui.planning.lines import Line
from tests.apps import page, present, scored, shown, stored
from tests.planning.opened import LONG_AGO, MOVED, PLAN, edited, labels_of, over, plan_of, planned
from tests.workshops import TODAY, customer

FAR = date(2099, 12, 31)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("sponsor", "Otto"),
        ("exit_trigger", "Let go"),
        ("terms", "List prices"),
        ("evidence", "An order of 50,000"),
    ],
)
def test_what_is_written_into_a_field_is_kept(name: str, value: str) -> None:
    workshop = planned(deadline=FAR)
    tab = edited(workshop)
    area = name != "sponsor"
    field = (tab.text_area if area else tab.text_input)(key=f"plan.c0.{name}")
    shown(field.set_value(value).run())
    assert getattr(plan_of(workshop), name) == value


def test_ceilings_of_hours_and_of_cost_are_kept_and_can_be_unknown_again() -> None:
    workshop = planned(deadline=FAR)
    tab = edited(workshop)
    tab.number_input(key="plan.c0.ceiling_hours").set_value(12.0).run()
    tab.number_input(key="plan.c0.ceiling_cost").set_value(None).run()
    assert (plan_of(workshop).ceiling_hours, plan_of(workshop).ceiling_cost) == (12.0, None)


def test_a_ceiling_below_zero_is_refused_in_words() -> None:
    workshop = planned(deadline=FAR)
    tab = edited(workshop).number_input(key="plan.c0.ceiling_hours").set_value(-1.0).run()
    assert "greater than or equal to 0" in shown(tab)
    assert plan_of(workshop).ceiling_hours is None


# --- a plan that no longer fits -------------------------------------------------------------------


def moved_up() -> str:
    """A workshop in which Ash has a plan for low priority and is strategic now."""
    workshop = planned(deadline=FAR)
    decided = OverrideClass(customer="c0", klass=Class.STRATEGIC, by="Otto", reason="A merger")
    rooms.store().write(workshop, decided)
    return workshop


def test_a_plan_that_no_longer_fits_stays_beside_the_new_draft() -> None:
    workshop = moved_up()
    text = shown(edited(workshop))
    assert "This plan was saved when the customer was in another class." in text
    assert "**As saved** · Serve at low cost" in text
    assert "**New draft** · Build up to key" in text
    assert plan_of(workshop).template == "L2"


def test_the_new_draft_is_taken_only_when_somebody_says_so_and_undo_brings_the_old_one_back() -> (
    None
):
    workshop = moved_up()
    tab = edited(workshop).button(key="take_draft").click().run()
    assert plan_of(workshop).template == "N1"
    [kept] = present(workshop).ended_plans
    assert kept.outcome
    assert (kept.template, kept.goal, kept.outcome.what) == ("L2", PLAN.goal, "replaced")
    assert "take_draft" not in labels_of(tab)
    shown(tab.button(key="undo").click().run())
    assert plan_of(workshop).goal == "Serve at low cost"
    assert present(workshop).ended_plans == ()


def test_a_plan_that_fits_has_nothing_beside_it() -> None:
    assert "take_draft" not in labels_of(edited(planned(deadline=FAR)))


def test_after_letting_go_the_managed_exit_is_open_as_the_next_plan() -> None:
    workshop = planned(deadline=FAR)
    rooms.store().write(workshop, over(PLAN))
    tab = edited(workshop)
    text = shown(tab)
    assert "**Let go** by Otto" in text
    assert "Draft of the next plan · Managed exit" in text
    assert "orange[Not saved] until you accept or change it" in text
    tab.button(key="accept_c0").click().run()
    now = present(workshop)
    assert (now.plans["c0"].template, now.plans["c0"].outcome) == ("L3", None)
    assert [plan.goal for plan in now.ended_plans] == [PLAN.goal]


def test_changing_the_draft_of_the_next_plan_leaves_the_ended_one_as_it_was() -> None:
    workshop = planned(deadline=FAR)
    rooms.store().write(workshop, over(PLAN, "dropped"))
    tab = edited(workshop)
    tab.text_input(key="plan.c0.owner").set_value("Joris")
    tab.text_input(key="plan.c0.sponsor").set_value("Elena")
    shown(tab.run())
    now = present(workshop)
    [ended] = now.ended_plans
    assert (ended.owner, ended.outcome is None) == ("Ines", False)
    following = now.plans["c0"]
    assert (following.owner, following.sponsor, following.outcome) == ("Joris", "Elena", None)


def test_an_action_is_added_to_the_next_plan_and_not_to_the_ended_one() -> None:
    workshop = planned(deadline=FAR)
    rooms.store().write(workshop, over(PLAN, "dropped"))
    shown(edited(workshop).button(key="add_action").click().run())
    now = present(workshop)
    assert now.plans["c0"].actions[-1].text == "What has to be done"
    assert now.ended_plans[0].actions == PLAN.actions


def test_who_has_left_has_its_ended_plan_and_no_draft() -> None:
    workshop = planned(deadline=FAR, template="L3")
    rooms.store().write(workshop, over(PLAN))
    tab = edited(workshop)
    assert "**Let go** by Otto" in shown(tab)
    assert tab.text_area(key="plan.c0.goal").disabled
    assert not {"accept_c0", "remove_plan", "decide"} & labels_of(tab)


def test_only_a_draft_whose_class_is_settled_can_be_accepted(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    told: list[str] = []
    monkeypatch.setattr(st, "markdown", told.append)
    promoted = PLAN.model_copy(update={"template": "N1", "outcome": over(PLAN, "promoted").outcome})
    editor._draft(Line("ash", Class.STRATEGIC, PLAN, saved=False))
    editor._draft(Line("ash", Class.STRATEGIC, PLAN, saved=False, ended=promoted))
    assert told[0].endswith("until you accept or change it.")
    assert told[1].endswith("until you change it; its class is to decide on the page Split first.")


def test_a_draft_says_that_it_is_not_saved_and_a_plan_does_not() -> None:
    assert "Not saved" in shown(edited(stored(*scored([("Ash", (2.0, 2.0))]))))
    assert "Not saved" not in shown(edited(planned(deadline=FAR)))


# --- deadlines ------------------------------------------------------------------------------------


@pytest.mark.parametrize("start", [TODAY, None])
@pytest.mark.parametrize("day", [date(2099, 6, 2), None])
def test_a_saved_deadline_is_no_free_field(start: date | None, day: date | None) -> None:
    workshop = planned(deadline=date(2099, 6, 1), start=start)
    tab = edited(workshop)
    box = tab.date_input(key="plan.c0.deadline")
    assert box.max == date(2099, 6, 1)
    assert "Extend once" in box.help
    box.set_value(day).run()
    assert "choose “Extend once” in the plan" in shown(tab)
    assert plan_of(workshop).deadline == date(2099, 6, 1)


def test_the_deadline_of_a_draft_is_free() -> None:
    workshop = stored(*scored([("Ash", (2.0, 2.0))]))
    tab = edited(workshop)
    shown(tab.date_input(key="plan.c0.deadline").set_value(FAR).run())
    assert plan_of(workshop).deadline == FAR


@pytest.mark.parametrize(("start", "there"), [(date.today(), True), (TODAY, False)])  # noqa: DTZ011 - the room's own day
def test_only_a_plan_of_today_goes_back_to_its_draft(
    start: date,
    there: bool,  # noqa: FBT001 - a value of the table
) -> None:
    tab = edited(planned(deadline=FAR, start=start))
    assert ("remove_plan" in labels_of(tab)) == there


def test_a_deadline_that_was_moved_comes_earlier_but_never_later() -> None:
    workshop = planned(deadline=date(2099, 6, 1), extension=MOVED)
    tab = edited(workshop)
    tab.date_input(key="plan.c0.deadline").set_value(FAR).run()
    assert "It moves later once only, with a name and a reason" in shown(tab)
    assert plan_of(workshop).deadline == date(2099, 6, 1)
    shown(tab.date_input(key="plan.c0.deadline").set_value(date(2099, 5, 1)).run())
    assert plan_of(workshop).deadline == date(2099, 5, 1)


def test_a_deadline_that_was_moved_cannot_be_emptied_or_replaced_by_a_draft() -> None:
    workshop = planned(deadline=FAR, extension=MOVED)
    tab = edited(workshop)
    shown(tab.date_input(key="plan.c0.deadline").set_value(None).run())
    assert plan_of(workshop).deadline == FAR
    assert "remove_plan" not in labels_of(tab)


# --- before an exit -------------------------------------------------------------------------------


def test_before_an_exit_every_check_is_a_sentence() -> None:
    workshop = planned(deadline=FAR, template="L3")
    earning = customer("c0", revenue=20_000.0, margin_pct=10.0, cost_to_serve=500.0)
    rooms.store().write(workshop, PutCustomer(customer=earning))
    text = shown(edited(workshop))
    assert "It still earns EUR 1,500 a year" in text
    assert "read the contract" in text
    assert set(MARKS) == set(Finding)


def test_who_is_built_up_has_no_checks_of_an_exit() -> None:
    workshop = stored(*scored([("Ash", (8.0, 2.0))]))
    assert "read the contract" not in shown(edited(workshop))


def test_the_plan_of_a_key_account_is_a_skeleton_to_complete() -> None:
    workshop = stored(*scored([("Ash", (6.0, 9.0)), ("Bay", (2.0, 2.0))]))
    tab = edited(workshop, kind="Key accounts")
    tab.text_input(key="plan.c0.sponsor").set_value("Otto").run()
    plan: Plan = present(workshop).plans["c0"]
    assert (plan.template, plan.sponsor) == ("K2", "Otto")
    assert len(plan.actions) == 5


def test_an_overdue_plan_shows_its_form_and_nothing_else_once_a_way_is_chosen() -> None:
    workshop = planned(deadline=LONG_AGO)
    tab = page("plans", workshop)
    assert "plan.c0.goal" in {area.key for area in tab.text_area}
    tab.segmented_control(key="way.c0").set_value("Let go").run()
    assert "plan.c0.goal" not in {area.key for area in tab.text_area}
