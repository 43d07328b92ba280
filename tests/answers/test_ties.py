"""Of `kam.ui.answers.ties`: only if asked for, only the strongest kept, without a name."""

from kam.edits import AnswerTies, AskForTies
from kam.ui.answers import ties
from tests.answers.opened import at, present, sat, seat, send, title
from tests.apps import shown

ASKED = AskForTies(asked=True)


def test_ties_are_not_asked_unless_somebody_turned_it_on() -> None:
    assert ties.question(seat()) is None
    assert ties.question(seat(ASKED)) is not None


def test_only_the_strongest_tie_is_kept_and_the_page_says_so() -> None:
    workshop, tab = at("ties", ASKED, AnswerTies(ties={"ash": 2, "bay": 3}))
    assert "Only the strongest tie to each customer is kept, without a name" in shown(tab)
    tab.segmented_control(key="answer.step.ash").set_value(3).run()
    tab.segmented_control(key="answer.step.bay").set_value(0).run()
    send(tab)
    kept = present(workshop).answers.ties
    assert kept.strongest == {"ash": 3, "bay": 3}
    assert kept.answers == 2


def test_what_others_answered_is_not_on_the_screen() -> None:
    _, tab = at("ties", ASKED, AnswerTies(ties={"ash": 2}))
    assert tab.segmented_control(key="answer.step.ash").value is None


def test_nobody_answers_twice_from_one_screen() -> None:
    workshop, tab = at("ties", ASKED)
    tab.segmented_control(key="answer.step.ash").set_value(1).run()
    send(tab)
    tab.button(key="stand_up").click().run()
    tab.button(key="sit_ines").click().run()
    for _ in range(4):
        assert "How close" not in title(tab)
        tab.button(key="skip").click().run()
    assert title(tab) == "Sent. Please look up."
    assert "open_ties" not in {button.key for button in tab.button}
    assert "How close" in title(sat(workshop, "bo", "ties"))
