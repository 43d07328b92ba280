"""Actions and milestones: added, changed, met or missed, taken out."""

from datetime import date

import pytest

from kam.errors import Refused
from kam.model import Action
from kam.ui.planning import milestones
from tests.apps import shown
from tests.planning.opened import LONG_AGO, PLAN, edited, plan_of, planned

FAR = date(2099, 12, 31)


def test_one_field_of_one_action_is_changed_and_the_others_stay() -> None:
    new = milestones.with_action(PLAN, 1, "owner", "Joris")
    assert [action.owner for action in new.actions] == ["Ines", "Joris"]
    assert PLAN.actions[1].owner == ""
    dated = milestones.with_action(PLAN, 0, "due", date(2028, 2, 29))
    assert dated.actions[0].due == date(2028, 2, 29)


@pytest.mark.parametrize("text", ["", "   ", None])
def test_an_action_without_text_is_taken_out(text: str | None) -> None:
    left = milestones.with_action(PLAN, 0, "text", text).actions
    assert [action.text for action in left] == ["Write"]


def test_an_action_that_is_too_long_is_refused_in_words() -> None:
    with pytest.raises(Refused, match="at most 200 characters"):
        milestones.with_action(PLAN, 0, "text", "x" * 201)


def test_actions_are_added_changed_and_taken_out() -> None:
    workshop = planned(deadline=FAR)
    tab = edited(workshop)
    tab.button(key="add_action").click().run()
    assert plan_of(workshop).actions[2].text == "What has to be done"
    tab.text_input(key="plan.c0.2.text").set_value("Call them").run()
    tab.text_input(key="plan.c0.2.owner").set_value("Ines").run()
    tab.date_input(key="plan.c0.2.due").set_value(date(2027, 1, 1)).run()
    assert plan_of(workshop).actions[2] == Action(
        text="Call them", owner="Ines", due=date(2027, 1, 1)
    )
    tab.text_input(key="plan.c0.2.text").set_value("").run()
    assert len(plan_of(workshop).actions) == 2
    shown(tab)


@pytest.mark.parametrize(("word", "done"), milestones.DONE.items())
def test_a_milestone_is_met_missed_or_open_and_shows_why(word: str, done: bool | None) -> None:  # noqa: FBT001 - a value of the table
    workshop = planned(deadline=FAR, actions=(Action(text="Call", done=not done),))
    tab = edited(workshop)
    tab.selectbox(key="plan.c0.0.done").set_value(word)
    tab.text_input(key="plan.c0.0.evidence").set_value("A letter")
    shown(tab.run())
    [action] = plan_of(workshop).actions
    assert (action.done, action.evidence) == (done, "A letter")
    assert tab.selectbox(key="plan.c0.0.done").value == word


def test_two_missed_milestones_of_a_build_up_call_for_a_stop() -> None:
    late = tuple(Action(text=text, due=LONG_AGO) for text in ("Call", "Write"))
    workshop = planned(deadline=FAR, template="N1", actions=late)
    tab = edited(workshop)
    assert "2 milestones to mark as met or missed" in shown(tab)
    tab.selectbox(key="plan.c0.0.done").set_value("missed").run()
    tab.selectbox(key="plan.c0.1.done").set_value("missed").run()
    assert "two milestones missed" in shown(tab)
    tab.selectbox(key="plan.c0.1.done").set_value("met").run()
    assert "two milestones missed" not in shown(tab)
