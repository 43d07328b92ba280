"""Step 6: drafts to accept, plans to edit, deadlines that pass, seen on other pages too."""

from datetime import date

import pytest

from kam.edits import SavePlans
from tests.apps import example, go, page, present, restart, scored, shown, stored
from tests.planning.opened import LONG_AGO, PLAN, edited


def test_nothing_can_be_planned_before_anybody_is_scored() -> None:
    assert "Score customers first" in shown(page("plans", stored()))


def test_all_drafts_are_accepted_as_one_step_that_undo_takes_back() -> None:
    workshop = stored(*scored([("Ash", (2.0, 2.0)), ("Bay", (8.0, 2.0))]))
    tab = page("plans", workshop)
    assert "2 drafts to accept" in shown(tab)
    assert tab.button(key="accept_all").label == "Accept 2 drafts and go on"
    tab.button(key="accept_all").click().run()
    shown(tab)
    assert set(present(workshop).plans) == {"c0", "c1"}
    assert [mark.name for mark in present(workshop).marks] == ["Plans agreed"]
    go(tab, "plans")
    assert "2 customers, and all have a plan" in shown(tab)
    tab.button(key="undo").click().run()
    tab.button(key="undo").click().run()
    assert present(workshop).plans == {}


def test_with_no_draft_left_the_button_agrees_the_plans_and_saves_none() -> None:
    workshop = stored(*scored([("Ash", (2.0, 2.0)), ("Cob", (9.0, 9.0))]))
    tab = page("plans", workshop)
    tab.button(key="accept_c0").click().run()
    assert "1 key account without a plan" in shown(tab)
    assert tab.button(key="next_step").label == "Agree the plans"
    tab.button(key="next_step").click().run()
    assert list(present(workshop).plans) == ["c0"]
    assert [mark.name for mark in present(workshop).marks] == ["Plans agreed"]


def test_nothing_is_agreed_where_there_is_nothing_to_plan() -> None:
    workshop = stored()
    tab = page("plans", workshop)
    assert tab.button(key="next_step").label == "Go to summary"
    tab.button(key="next_step").click().run()
    assert present(workshop).marks == ()


def test_one_draft_is_accepted_as_it_stands() -> None:
    workshop = stored(*scored([("Ash", (2.0, 2.0)), ("Bay", (3.0, 2.0))]))
    tab = page("plans", workshop).button(key="accept_c0").click().run()
    assert list(present(workshop).plans) == ["c0"]
    assert "accept_c0" not in [button.key for button in tab.button]
    assert "1 draft to accept" in shown(tab)


def test_the_first_change_turns_a_draft_into_a_plan_and_it_survives_refresh_and_restart() -> None:
    workshop = stored(*scored([("Ash", (2.0, 2.0))]))
    tab = edited(workshop, "c0")
    drafted = tab.text_area(key="plan.c0.goal").value
    tab.text_input(key="plan.c0.owner").set_value("Joris").run()
    plan = present(workshop).plans["c0"]
    assert (plan.owner, plan.goal) == ("Joris", drafted)
    restart()
    assert edited(workshop, "c0").text_input(key="plan.c0.owner").value == "Joris"
    assert " · Joris · by " in shown(page("plans", workshop))
    assert "1 plan is a draft" not in shown(go(tab, "share"))


def test_fields_that_change_together_are_all_kept() -> None:
    workshop = stored(*scored([("Ash", (2.0, 2.0))]))
    tab = edited(workshop, "c0")
    tab.text_input(key="plan.c0.owner").set_value("Joris")
    tab.text_area(key="plan.c0.goal").set_value("Grow")
    tab.number_input(key="plan.c0.ceiling_hours").set_value(12.0)
    shown(tab.run())
    plan = present(workshop).plans["c0"]
    assert (plan.owner, plan.goal, plan.ceiling_hours) == ("Joris", "Grow", 12.0)


def test_a_deadline_that_has_passed_is_told_at_the_top_and_in_the_row() -> None:
    workshop = stored(*scored([("Ash", (2.0, 2.0))]))
    tab = edited(workshop, "c0")
    tab.date_input(key="plan.c0.deadline").set_value(date(2020, 1, 1)).run()
    text = shown(tab)
    assert "1 plan is overdue" in text
    assert "overdue by " in text
    assert present(workshop).plans["c0"].deadline == date(2020, 1, 1)
    assert "Overdue: Ash." in shown(go(tab, "share"))


@pytest.mark.parametrize("deadline", [date(2001, 1, 1), date(2099, 12, 31)])
def test_a_deadline_far_away_is_shown_as_it_is(deadline: date) -> None:
    plan = PLAN.model_copy(update={"customer": "c0", "deadline": deadline})
    workshop = stored(*scored([("Ash", (2.0, 2.0))]), SavePlans(plans={"c0": plan}))
    tab = edited(workshop, "c0")
    shown(tab)
    assert tab.date_input(key="plan.c0.deadline").value == deadline
    assert present(workshop).plans["c0"].deadline == deadline


def test_a_plan_goes_back_to_its_draft() -> None:
    workshop = stored(*scored([("Ash", (2.0, 2.0))]))
    tab = edited(workshop, "c0")
    drafted = tab.text_area(key="plan.c0.goal").value
    tab.text_area(key="plan.c0.goal").set_value("Something else").run()
    tab.button(key="remove_plan").click().run()
    assert present(workshop).plans == {}
    assert tab.text_area(key="plan.c0.goal").value == drafted
    shown(tab)


def test_markup_in_a_plan_stays_text() -> None:
    plan = PLAN.model_copy(update={"customer": "c0", "goal": "![i](https://evil/p.png)",
                                   "owner": ":red[x]", "note": "<b>x</b>"})  # fmt: skip
    workshop = stored(*scored([("Ash", (2.0, 2.0))]), SavePlans(plans={"c0": plan}))
    tab = edited(workshop, "c0")
    shown(tab)
    raw = "\n".join(line.value for line in (*tab.markdown, *tab.caption))
    assert "](" not in raw
    assert ":red[" not in raw
    assert "<b>" not in raw


def test_the_example_says_what_is_overdue() -> None:
    assert "1 plan is overdue; 15 drafts to accept" in shown(page("plans", example()))


def test_a_plan_that_is_let_go_is_no_longer_late_on_the_share_page() -> None:
    plan = PLAN.model_copy(update={"customer": "c0", "deadline": LONG_AGO})
    workshop = stored(*scored([("Ash", (2.0, 2.0))]), SavePlans(plans={"c0": plan}))
    assert "Overdue: Ash." in shown(page("share", workshop))
    tab = page("plans", workshop).segmented_control(key="way.c0").set_value("Let go").run()
    tab.text_input(key="way_by.c0").set_value("Otto")
    tab.text_input(key="way_why.c0").set_value("No path")
    tab.button(key="decide").click().run()
    assert "Overdue" not in shown(go(tab, "share"))


def test_the_page_has_at_most_three_actions_in_its_head_and_one_filled_button() -> None:
    tab = page("plans", example())
    heads = [b.key for b in tab.button if b.key in ("accept_all", "bulk_open", "next_step")]
    assert heads == ["bulk_open", "accept_all"]
    assert [b.key for b in tab.button if b.proto.type == "primary"] == ["accept_all"]
