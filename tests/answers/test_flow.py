"""Of `kam.ui.answers.flow`: one question after the other, and the end."""

from kam.edits import AskForTies, PutMember, RemoveCriterion
from kam.ui import rooms
from kam.ui.answers import flow
from tests.answers.opened import (
    INES,
    at,
    door,
    points,
    present,
    recalled,
    sat,
    seat,
    send,
    team,
    title,
)
from tests.apps import labels, shown, stored

VOTE = points(seat().workshop, "ines", {"a": 100.0, "s": 40.0})


def test_names_come_before_anything_that_shows_a_list_of_customers() -> None:
    keys = [question.key for question in flow.questions(seat(AskForTies(asked=True)))]
    assert keys == ["recall", "gut", "weights", "steps.s", "interests", "ties"]


def test_progress_and_secrecy_are_told_with_every_question() -> None:
    _, tab = at("weights")
    told = "3 of 5 · Nobody sees your answer alone: answers are shown without names, once three"
    assert told in shown(tab)


def test_after_the_last_question_people_look_up_and_may_change_their_answer() -> None:
    workshop, tab = at("", VOTE)
    for _ in range(3):
        tab.button(key="skip").click().run()
    assert title(tab) == "Sent. Please look up."
    assert "**Change my answer**" in shown(tab)
    tab.button(key="open_weights").click().run()
    tab.number_input(key="answer.swing.s").set_value(90).run()
    assert title(send(tab)) == "Sent. Please look up."
    assert present(workshop).ballots["ines"][0].swings == {"a": 100, "s": 90}


def test_what_was_skipped_is_listed_and_can_be_answered() -> None:
    _, tab = at("", VOTE)
    for _ in range(3):
        tab.button(key="skip").click().run()
    assert "**Not answered yet**" in shown(tab)
    assert title(tab.button(key="open_gut").click().run()).startswith("Which five")


def test_what_came_to_mind_cannot_be_changed_once_lists_were_seen() -> None:
    _, tab = at("", VOTE)
    for _ in range(3):
        tab.button(key="skip").click().run()
    assert "Names that come to mind" not in labels(tab)


def test_a_second_round_is_one_press_away_and_a_third_takes_a_deliberate_act() -> None:
    workshop, tab = at("", VOTE)
    for number in (2, 3):
        for _ in range(3):
            if "skip" in {button.key for button in tab.button}:
                tab.button(key="skip").click().run()
        assert ("Two rounds are usual" in shown(tab)) == (number == 3)
        assert f"Vote again (round {number})" in labels(tab)
        tab.button(key="vote_again").click().run()
        assert f"Round {number}. You start from your own last answer." in shown(tab)
        send(tab)
    assert [ballot.round for ballot in present(workshop).ballots["ines"]] == [1, 2, 3]


def test_somebody_elses_edit_in_between_refuses_nobodys_answer() -> None:
    workshop, tab = at("weights", AskForTies(asked=True))
    tab.number_input(key="answer.swing.a").set_value(100).run()
    tab.number_input(key="answer.swing.s").set_value(10).run()
    rooms.store().write(workshop, points(present(workshop), "bo", {"a": 1.0}))
    rooms.store().write(workshop, points(present(workshop), "ines", {"a": 1.0}))
    send(tab)
    assert not tab.error
    assert present(workshop).ballots["ines"][0].swings == {"a": 100, "s": 10}


def test_a_criterion_that_went_meanwhile_is_told_in_words_and_loses_nothing_else() -> None:
    workshop, tab = at("steps.s")
    tab.segmented_control(key="answer.step.ash").set_value(3).run()
    rooms.store().write(workshop, RemoveCriterion(criterion="s"))
    send(tab)
    assert "There is no criterion 's' in this workshop any more." in shown(tab)
    assert present(workshop).votes == {}


def test_a_workshop_with_nothing_to_answer_says_so() -> None:
    workshop = stored(PutMember(member=INES), recalled())
    tab = sat(workshop)
    assert title(tab) == "Sent. Please look up."
    assert not door(stored(*team())).error


def test_skipping_drops_what_was_entered_and_stores_nothing() -> None:
    workshop, tab = at("weights")
    tab.number_input(key="answer.swing.a").set_value(60).run()
    before = present(workshop)
    tab.button(key="skip").click().run()
    assert present(workshop) is before
    tab = tab.button(key="skip").click().run().button(key="skip").click().run()
    tab.button(key="skip").click().run()
    tab.button(key="open_weights").click().run()
    assert tab.number_input(key="answer.swing.a").value is None


def test_a_refresh_finds_what_was_sent_and_asks_what_is_left() -> None:
    workshop, tab = at("weights")
    tab.number_input(key="answer.swing.a").set_value(60).run()
    tab.checkbox(key="answer.out.s").set_value(True).run()
    send(tab)
    fresh = sat(workshop)
    assert title(fresh).startswith("Which five")
    assert title(fresh.button(key="skip").click().run()).startswith("Trust")


def test_sending_again_what_was_sent_changes_nothing() -> None:
    workshop, _ = at("", VOTE)
    before = present(workshop).ballots
    send(sat(workshop, "ines", "weights"))
    assert present(workshop).ballots == before


def test_the_one_filled_button_is_send_and_the_way_back_is_always_there() -> None:
    _, tab = at("weights")
    assert [one.key for one in tab.button if one.proto.type == "primary"] == ["send"]
    assert "Back to the workshop" in [link.label for link in tab.page_link]
