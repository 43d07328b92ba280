"""Of `kam.ui.answers.first_last`: each criterion against the first and the last."""

import pytest
from streamlit.testing.v1 import AppTest

from kam.edits import PutCriterion
from kam.errors import Refused
from kam.model import Said
from kam.ui.answers import first_last
from tests.answers.opened import at, present, sat, seat, send
from tests.apps import shown
from tests.workshops import criterion

THIRD = PutCriterion(criterion=criterion("x", name="Reach"))


def compared(middle_over_last: int) -> tuple[str, AppTest]:
    """Growth first, reach last, trust in between."""
    workshop, tab = at("weights", THIRD)
    tab.segmented_control(key="answer.way").set_value("best_worst").run()
    tab.selectbox(key="answer.best").set_value("a").run()
    tab.selectbox(key="answer.worst").set_value("x").run()
    for name, times in (("over.s", 2), ("over.x", 4), ("under.s", middle_over_last)):
        tab.number_input(key=f"answer.{name}").set_value(times).run()
    return workshop, tab


def test_nothing_is_compared_before_first_and_last_are_named() -> None:
    _, tab = at("weights", THIRD)
    tab.segmented_control(key="answer.way").set_value("best_worst").run()
    assert "Say first which criterion counts most, and which counts least." in shown(tab)
    assert not tab.number_input


def test_comparisons_that_fit_are_stored_with_their_own_proportions() -> None:
    workshop, tab = compared(2)
    assert "Your comparisons fit each other: 0.00" in shown(tab)
    send(tab)
    [ballot] = present(workshop).ballots["ines"]
    assert ballot.swings == pytest.approx({"a": 100, "s": 50, "x": 25}, rel=1e-6)
    assert ballot.said == Said(
        best="a", worst="x", best_to_others={"s": 2, "x": 4}, others_to_worst={"s": 2}
    )


def test_an_odd_judgment_is_told_and_not_corrected() -> None:
    workshop, tab = compared(4)
    text = shown(tab)
    assert "do not fit each other yet" in text
    assert "Compare Trust with both again." in text
    send(tab)
    said = present(workshop).ballots["ines"][0].said
    assert said is not None
    assert said.others_to_worst == {"s": 4}


def test_what_cannot_be_is_told_and_cannot_be_sent() -> None:
    _, tab = compared(9)
    assert "9 times, but from first to last it is 4 times" in shown(tab)
    assert tab.button(key="send").disabled


def test_a_second_vote_starts_from_the_answers_of_the_first() -> None:
    workshop, tab = compared(2)
    send(tab)
    again = sat(workshop, "ines", "weights")
    assert [box.value for box in again.selectbox] == ["a", "x"]
    assert again.number_input(key="answer.over.x").value == 4


def test_the_first_criterion_that_cannot_be_judged_has_to_be_named_anew() -> None:
    _, tab = compared(2)
    tab.multiselect(key="answer.left_out").set_value(["a"]).run()
    assert tab.selectbox(key="answer.best").value is None
    assert tab.button(key="send").disabled


def test_without_an_answer_the_ballot_is_refused_with_what_to_say_first() -> None:
    with pytest.raises(Refused, match="Say first which criterion counts most"):
        first_last.ballot(seat(THIRD))


def test_one_criterion_cannot_be_both_first_and_last_of_three() -> None:
    _, tab = at("weights", THIRD)
    tab.segmented_control(key="answer.way").set_value("best_worst").run()
    tab.selectbox(key="answer.best").set_value("a").run()
    tab.selectbox(key="answer.worst").set_value("a").run()
    assert "“Growth” cannot matter both most and least." in shown(tab)
    assert not tab.number_input
    assert tab.button(key="send").disabled


def test_a_criterion_that_was_not_compared_is_open_not_left_out() -> None:
    _, tab = at("weights", THIRD)
    tab.segmented_control(key="answer.way").set_value("best_worst").run()
    tab.selectbox(key="answer.best").set_value("a").run()
    tab.selectbox(key="answer.worst").set_value("x").run()
    tab.number_input(key="answer.over.x").set_value(4).run()
    assert "“Trust” is open: give a number from 1, the same, to 9." in shown(tab)
    assert tab.button(key="send").disabled
