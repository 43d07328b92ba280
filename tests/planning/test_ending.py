"""How a plan ends or goes on: promoted, let go, dropped, or its deadline extended once."""

from datetime import date, timedelta

import pytest
from streamlit.testing.v1 import AppTest

from kam.edits import ClosePlan, ExtendPlan, PutCustomer, SavePlans
from kam.edits.plans import months_after
from kam.ui.planning import ending
from tests.apps import page, present, scored, shown, stored
from tests.planning.opened import LONG_AGO, MOVED, PLAN, labels_of, plan_of, planned
from tests.workshops import customer

BY, WHY, UNTIL = (ending.key_of(name, "c0") for name in (ending.BY, ending.WHY, ending.UNTIL))
TOMORROW = date.today() + timedelta(days=1)  # noqa: DTZ011 - the room's own day


def opened(workshop: str, way: str) -> AppTest:
    """The page after one of the ways was chosen in the plan."""
    return page("plans", workshop).segmented_control(key="way.c0").set_value(way).run()


def said(tab: AppTest, by: str = "Otto", why: str = "It grows") -> AppTest:
    """The page with name and reason written."""
    tab.text_input(key=BY).set_value(by)
    tab.text_input(key=WHY).set_value(why)
    return tab


@pytest.mark.parametrize("deadline", [LONG_AGO, TOMORROW, date(2099, 1, 1), None])
@pytest.mark.parametrize(
    ("way", "what"),
    [(ending.PROMOTED, "promoted"), (ending.LET_GO, "exited"), (ending.DROPPED, "dropped")],
)
def test_a_plan_ends_with_a_name_and_a_reason_before_and_after_its_deadline(
    way: str, what: str, deadline: date | None
) -> None:
    workshop = planned(deadline=deadline)
    tab = said(opened(workshop, way)).button(key="decide").click().run()
    outcome = plan_of(workshop).outcome
    assert outcome
    assert (outcome.what, outcome.by, outcome.reason) == (what, "Otto", "It grows")
    assert outcome.on == TOMORROW - timedelta(1)
    assert "overdue" not in shown(tab)


@pytest.mark.parametrize("way", ending.ENDS)
@pytest.mark.parametrize(("by", "why"), [("", "It grows"), ("Otto", "  ")])
def test_without_a_name_or_a_reason_nothing_ends(way: str, by: str, why: str) -> None:
    workshop = planned(deadline=LONG_AGO)
    tab = said(opened(workshop, way), by, why).button(key="decide").click().run()
    assert "A plan ends with a name and a reason" in shown(tab)
    assert plan_of(workshop).outcome is None


@pytest.mark.parametrize("deadline", [LONG_AGO, TOMORROW - timedelta(days=1)])
def test_a_deadline_is_extended_once_by_name_with_a_reason(deadline: date) -> None:
    workshop = planned(deadline=deadline)
    tab = said(opened(workshop, ending.EXTENDED))
    tab.date_input(key=UNTIL).set_value(TOMORROW)
    shown(tab.button(key="decide").click().run())
    moved = plan_of(workshop)
    assert moved.deadline == TOMORROW
    assert moved.extension
    assert (moved.extension.before, moved.extension.by) == (deadline, "Otto")
    assert "moved once by Otto" in shown(page("plans", workshop))


def test_an_extension_without_a_new_deadline_is_asked_for_one() -> None:
    workshop = planned(deadline=LONG_AGO)
    tab = said(opened(workshop, ending.EXTENDED)).button(key="decide").click().run()
    assert "a name, a reason and a new day" in shown(tab)
    assert plan_of(workshop).extension is None


def test_a_second_extension_is_refused_with_who_made_the_first() -> None:
    workshop = planned(deadline=LONG_AGO, extension=MOVED)
    tab = opened(workshop, ending.EXTENDED)
    assert "Otto moved this deadline before" in shown(tab)
    assert "A strike. There is no second time" in shown(tab)
    assert "decide" not in labels_of(tab)


def test_a_deadline_that_has_passed_cannot_be_moved_or_forgotten_in_silence() -> None:
    tab = page("plans", planned(deadline=LONG_AGO))
    assert tab.date_input(key="plan.c0.deadline").disabled
    assert "remove_plan" not in labels_of(tab)
    assert "accept_c0" not in labels_of(tab)
    assert "take_draft" not in labels_of(tab)


def test_a_name_that_is_too_long_is_refused_in_words() -> None:
    workshop = planned(deadline=LONG_AGO)
    tab = said(opened(workshop, ending.LET_GO), by="x" * 300).button(key="decide").click().run()
    assert "at most 200 characters" in shown(tab)
    assert present(workshop).plans["c0"].outcome is None


def test_undo_takes_an_ending_back() -> None:
    workshop = planned(deadline=LONG_AGO)
    tab = said(opened(workshop, ending.LET_GO)).button(key="decide").click().run()
    tab.button(key="undo").click().run()
    assert plan_of(workshop).outcome is None
    assert "1 plan is overdue" in shown(tab)


def test_the_new_deadline_may_lie_18_months_after_the_old_one_at_most() -> None:
    field = opened(planned(deadline=LONG_AGO), ending.EXTENDED).date_input(key=UNTIL)
    assert (field.min, field.max) == (TOMORROW - timedelta(1), months_after(LONG_AGO, 18))


@pytest.mark.parametrize("days", [4, 500])
def test_a_deadline_of_long_ago_cannot_be_extended_into_the_future(days: int) -> None:
    today = TOMORROW - timedelta(days=1)
    tab = opened(planned(deadline=months_after(today, -18) - timedelta(days)), ending.EXTENDED)
    assert "There are 18 months at most, until" in shown(tab)
    assert "decide" not in labels_of(tab)


def test_words_for_one_customer_never_stand_in_the_form_of_another() -> None:
    late = {key: PLAN.model_copy(update={"customer": key, "deadline": LONG_AGO})
            for key in ("c0", "c1")}  # fmt: skip
    two = scored([("Ash", (2.0, 2.0)), ("Bay", (2.0, 2.0))])
    tab = said(opened(stored(*two, SavePlans(plans=late)), ending.LET_GO)).run()
    tab.button(key="open_c1").click().run()
    tab.segmented_control(key="way.c1").set_value(ending.LET_GO).run()
    assert {field.key: field.value for field in tab.text_input} == {
        ending.key_of(ending.BY, "c1"): "",
        ending.key_of(ending.WHY, "c1"): "",
    }


def test_a_deadline_that_has_not_come_is_extended_to_a_later_day_only() -> None:
    field = opened(planned(deadline=TOMORROW), ending.EXTENDED).date_input(key=UNTIL)
    assert field.min == TOMORROW + timedelta(days=1)


def test_a_plan_to_move_up_that_had_its_eighteen_months_is_not_extended() -> None:
    today = TOMORROW - timedelta(days=1)
    begun = months_after(LONG_AGO, -18)
    late = planned(template="L1", start=begun, deadline=months_after(begun, 18))
    text = shown(opened(late, ending.EXTENDED))
    assert "There are 18 months at most" in text
    soon = planned(template="L1", start=months_after(today, -3), deadline=TOMORROW)
    field = opened(soon, ending.EXTENDED).date_input(key=UNTIL)
    assert field.max == months_after(months_after(today, -3), 18)


def test_a_plan_without_a_deadline_is_given_one_and_not_extended() -> None:
    tab = opened(planned(deadline=None), ending.EXTENDED)
    assert "It has no deadline yet" in shown(tab)
    assert "decide" not in labels_of(tab)


@pytest.mark.parametrize(
    ("template", "told"),
    [("L1", "managed exit"), ("L2", "managed exit"), ("L3", "no plan follows"), ("N1", "Split")],
)
def test_what_follows_letting_go_is_said_before(template: str, told: str) -> None:
    assert told in ending._meaning(PLAN.model_copy(update={"template": template}), ending.LET_GO)


def test_the_highest_class_cannot_be_promoted() -> None:
    top = PLAN.model_copy(update={"customer": "c0", "template": "K1"})
    workshop = stored(*scored([("Ash", (9.0, 9.0))]), SavePlans(plans={"c0": top}))
    [ways] = [w for w in page("plans", workshop).segmented_control if w.key == "way.c0"]
    assert list(ways.options) == ["Let go", "Dropped", "Extend once"]


def test_an_edit_says_what_the_way_says() -> None:
    said_by = ("Otto", "It grows")
    assert isinstance(ending._edit(PLAN, ending.EXTENDED, said_by, TOMORROW), ExtendPlan)
    assert isinstance(ending._edit(PLAN, ending.LET_GO, said_by, TOMORROW), ClosePlan)


def test_how_a_plan_ended_is_told_where_it_is_opened() -> None:
    workshop = planned(deadline=LONG_AGO)
    tab = said(opened(workshop, ending.LET_GO), why="*No* path").button(key="decide").click().run()
    assert "**Let go** by Otto" in shown(tab)
    assert "*No* path" in shown(tab)
    assert "Draft of the next plan" in shown(tab)


def earning(template: str, place: tuple[float, float]) -> str:
    """A workshop in which Ash, with a plan, earns more than letting it go would save."""
    paying = customer("c0", revenue=20_000.0, margin_pct=10.0, cost_to_serve=500.0)
    plan = PLAN.model_copy(update={"customer": "c0", "template": template})
    return stored(
        *scored([("Ash", place)]), SavePlans(plans={"c0": plan}), PutCustomer(customer=paying)
    )


@pytest.mark.parametrize(
    ("template", "place"), [("L1", (2.0, 2.0)), ("L3", (2.0, 2.0)), ("N1", (8.0, 2.0))]
)
def test_what_speaks_against_letting_go_is_said_before_it_is_decided(
    template: str, place: tuple[float, float]
) -> None:
    tab = opened(earning(template, place), ending.LET_GO)
    assert "orange[●] It still earns EUR 1,500 a year" in shown(tab)
    tab.segmented_control(key="way.c0").set_value(ending.DROPPED).run()
    assert "orange[●]" not in shown(tab)


def test_an_exit_against_its_checks_is_not_accepted_with_the_other_drafts() -> None:
    workshop = earning("L2", (2.0, 2.0))
    tab = said(opened(workshop, ending.LET_GO)).button(key="decide").click().run()
    assert "1 exit that a check speaks against" in shown(tab)
    assert "accept_all" not in labels_of(tab)
    tab.button(key="accept_c0").click().run()
    assert plan_of(workshop).template == "L3"
