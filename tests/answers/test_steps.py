"""Of `kam.ui.answers.steps`: one criterion across all customers, in five steps."""

from kam.edits import PutCriterion, VoteScores
from kam.ui.answers import steps
from tests.answers.opened import JUDGED, at, present, sat, seat, send
from tests.apps import shown
from tests.workshops import S, criterion


def test_only_complete_criteria_without_figures_are_judged() -> None:
    vague = PutCriterion(criterion=criterion("v", S, definition=""))
    assert [one.key for one in steps.questions(seat(vague))] == ["steps.s"]


def test_the_five_steps_are_told_in_words_with_the_unit() -> None:
    assert steps.step_words(JUDGED) == (
        "1 = 0 · 2 = 2.5 · 3 = 5 · 4 = 7.5 · 5 = 10 points of trust"
    )


def test_votes_are_stored_and_what_is_empty_is_not_judged() -> None:
    workshop, tab = at("steps.s")
    tab.segmented_control(key="answer.step.ash").set_value(4).run()
    tab.segmented_control(key="answer.step.cob").set_value(1).run()
    assert "2 of 3 customers judged" in shown(tab)
    send(tab)
    assert present(workshop).votes == {"s": {"ash": {"ines": 4}, "cob": {"ines": 1}}}


def test_a_vote_is_there_again_and_emptying_it_takes_it_back() -> None:
    workshop, _ = at(
        "",
        VoteScores(member="ines", criterion="s", steps={"ash": 4}),
        VoteScores(member="bo", criterion="s", steps={"ash": 2}),
    )
    tab = sat(workshop, "ines", "steps.s")
    assert tab.segmented_control(key="answer.step.ash").value == 4
    tab.segmented_control(key="answer.step.ash").set_value(None).run()
    send(tab)
    assert present(workshop).votes == {"s": {"ash": {"bo": 2}}}


def test_the_own_manager_is_told_that_the_vote_is_shown_apart() -> None:
    workshop, tab = at("steps.s")
    assert "You look after Bay Foods: your vote there is shown apart." in shown(tab)
    assert "You look after" not in shown(sat(workshop, "bo", "steps.s"))


def test_judging_nobody_stores_nothing_and_goes_on() -> None:
    workshop, tab = at("steps.s")
    before = present(workshop)
    send(tab)
    assert present(workshop) is before
    assert "Trust" not in tab.title[0].value
