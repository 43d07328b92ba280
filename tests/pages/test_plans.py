"""Step 6 and `kam.ui.plans`: drafts to accept, plans to edit, deadlines that pass."""

from datetime import date, timedelta

import pytest
from streamlit.testing.v1 import AppTest

from kam.edits import SavePlans
from kam.errors import Refused
from kam.model import Action, Class, Plan
from kam.ui import plans
from kam.ui.frame import Room
from tests.apps import example, go, page, present, restart, room, scored, shown, stored
from tests.workshops import TODAY, after, by_hand, full, made, placed

LOW = {"ash": (2.0, 2.0), "bay": (8.0, 2.0), "cob": (9.0, 9.0)}
PLAN = Plan(
    customer="ash",
    template="L2",
    goal="Serve at low cost",
    owner="Ines",
    deadline=TODAY + timedelta(90),
    actions=(Action(text="Call", owner="Ines"), Action(text="Write")),
)


def saved(**changes: object) -> Room:
    """What the page reads when Ash has a plan with these changes."""
    plan = PLAN.model_copy(update=changes)
    return room(after(placed(LOW), SavePlans(plans={"ash": plan})))


def edited(workshop: str, customer: str) -> AppTest:
    """The page with one customer's plan open."""
    return page("plans", workshop).selectbox(key="customer_choice").set_value(customer).run()


# --- which plans, in which order ------------------------------------------------------------------


def test_everybody_who_is_not_key_has_a_line_and_key_accounts_have_none() -> None:
    found = {line.customer: line for line in plans.lines(room(placed(LOW)))}
    assert set(found) == {"ash", "bay"}
    assert (found["ash"].klass, found["bay"].klass) == (Class.LOW_PRIORITY, Class.STRATEGIC)
    assert not any(line.saved for line in found.values())


def test_what_is_overdue_comes_first() -> None:
    late = saved(deadline=TODAY - timedelta(1))
    assert [line.customer for line in plans.lines(late)] == ["ash", "bay"]
    assert next(line.customer for line in plans.lines(saved())) == "bay"


def test_the_title_counts_what_is_to_do() -> None:
    def title(open_room: Room) -> str:
        return plans.title(open_room, plans.lines(open_room))

    assert title(room(made())) == "What do we do with those who are not key?"
    assert title(room(placed(LOW))) == "2 customers need a plan; 2 drafts to accept"
    assert title(saved()) == "2 customers need a plan; 1 draft to accept"
    assert title(saved(deadline=TODAY - timedelta(1))) == "2 customers need a plan; 1 is overdue"
    lone = room(after(placed({"ash": LOW["ash"]}), SavePlans(plans={"ash": PLAN})))
    assert title(lone) == "1 customer needs a plan; all have one"


# --- actions --------------------------------------------------------------------------------------


def test_one_field_of_one_action_is_changed_and_the_others_stay() -> None:
    new = plans.with_action(PLAN, 1, "owner", "Joris")
    assert [action.owner for action in new.actions] == ["Ines", "Joris"]
    assert PLAN.actions[1].owner == ""
    dated = plans.with_action(PLAN, 0, "due", date(2026, 5, 1))
    assert dated.actions[0].due == date(2026, 5, 1)


@pytest.mark.parametrize("text", ["", "   ", None])
def test_an_action_without_text_is_taken_out(text: str | None) -> None:
    assert [a.text for a in plans.with_action(PLAN, 0, "text", text).actions] == ["Write"]


def test_an_action_that_is_too_long_is_refused_in_words() -> None:
    with pytest.raises(Refused, match="at most 200 characters"):
        plans.with_action(PLAN, 0, "text", "x" * 201)


# --- the page -------------------------------------------------------------------------------------


def test_nothing_can_be_planned_before_anybody_is_scored() -> None:
    assert "Score customers first" in shown(page("plans", stored()))


def test_all_drafts_are_accepted_as_one_step_that_undo_takes_back() -> None:
    workshop = stored(*scored([("Ash", (2.0, 2.0)), ("Bay", (8.0, 2.0))]))
    tab = page("plans", workshop)
    assert "2 customers need a plan; 2 drafts to accept" in shown(tab)
    tab.button(key="accept_all").click().run()
    assert set(present(workshop).plans) == {"c0", "c1"}
    assert "all have one" in shown(tab)
    tab.button(key="undo").click().run()
    assert present(workshop).plans == {}


def test_one_draft_is_accepted_as_it_stands() -> None:
    workshop = stored(*scored([("Ash", (2.0, 2.0)), ("Bay", (8.0, 2.0))]))
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
    assert "Joris reviews" in shown(page("plans", workshop))
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
    assert "1 is overdue" in text
    assert "overdue by " in text
    assert present(workshop).plans["c0"].deadline == date(2020, 1, 1)


@pytest.mark.parametrize("deadline", [date(2001, 1, 1), date(2099, 12, 31)])
def test_a_deadline_far_away_is_shown_as_it_is(deadline: date) -> None:
    plan = PLAN.model_copy(update={"customer": "c0", "deadline": deadline})
    workshop = stored(*scored([("Ash", (2.0, 2.0))]), SavePlans(plans={"c0": plan}))
    tab = edited(workshop, "c0")
    shown(tab)
    assert tab.date_input(key="plan.c0.deadline").value == deadline
    assert present(workshop).plans["c0"].deadline == deadline


def test_actions_are_added_changed_and_taken_out() -> None:
    workshop = stored(*scored([("Ash", (2.0, 2.0))]))
    tab = edited(workshop, "c0")
    tab.button(key="add_action").click().run()
    last = len(present(workshop).plans["c0"].actions) - 1
    assert present(workshop).plans["c0"].actions[last].text == "What has to be done"
    tab.text_input(key=f"plan.c0.{last}.text").set_value("Call them").run()
    tab.text_input(key=f"plan.c0.{last}.owner").set_value("Ines").run()
    tab.date_input(key=f"plan.c0.{last}.due").set_value(date(2027, 1, 1)).run()
    assert present(workshop).plans["c0"].actions[last] == Action(
        text="Call them", owner="Ines", due=date(2027, 1, 1)
    )
    tab.text_input(key=f"plan.c0.{last}.text").set_value("").run()
    assert len(present(workshop).plans["c0"].actions) == last
    shown(tab)


def test_a_plan_goes_back_to_its_draft() -> None:
    workshop = stored(*scored([("Ash", (2.0, 2.0))]))
    tab = edited(workshop, "c0")
    drafted = tab.text_area(key="plan.c0.goal").value
    tab.text_area(key="plan.c0.goal").set_value("Something else").run()
    tab.button(key="remove_plan").click().run()
    assert present(workshop).plans == {}
    assert tab.text_area(key="plan.c0.goal").value == drafted
    shown(tab)


def test_a_key_accounts_plan_is_written_with_the_customer() -> None:
    workshop = stored(*scored([("Ash", (6.0, 9.0)), ("Bay", (2.0, 2.0))]))
    assert "A key account's plan is written with the customer." in shown(edited(workshop, "c0"))


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
    assert "32 customers need a plan; 1 is overdue" in shown(page("plans", example()))


def test_plans_of_a_full_workshop_are_saved_ones_and_drafts() -> None:
    states = {line.customer: line.saved for line in plans.lines(room(full()))}
    assert not states["cob"]
    assert plans.lines(room(by_hand()))
