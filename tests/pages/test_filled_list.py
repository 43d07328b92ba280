"""`kam.ui.filled_list`: a list of questions comes back filled in."""

import pytest
from streamlit.testing.v1 import AppTest

from kam.edits import PutQuestions
from kam.intake.lists.answers import Filled
from kam.method.questions import FAVOUR, NEEDS
from kam.model import Question
from kam.report.csv import csv
from kam.report.questions import question_list
from kam.ui import filled_list, split
from kam.validated import changed
from tests.apps import page, present, scored, shown, stored

ASKED = (
    Question(id="Q-1", customer="c0", text=FAVOUR, answer="Perhaps"),
    Question(id="Q-2", customer="c0", text=NEEDS),
)


def listed() -> str:
    return stored(*scored([("Ash", (9.0, 9.0))]), PutQuestions(questions=ASKED))


def brought(workshop: str, data: bytes) -> AppTest:
    """The split page's questions after a file was dropped on the box."""
    tab = page("split", workshop)
    tab = tab.segmented_control(key=split.VIEW).set_value(split.QUESTIONS).run()
    return tab.file_uploader(key="filled_0").upload("back.csv", data, "text/csv").run()


def filled_in(workshop: str, **answers: str) -> bytes:
    """The list that is taken along, with answers written into it."""
    known = present(workshop)
    for key, answer in answers.items():
        one = changed(known.questions[key.replace("_", "-")], answer=answer)
        known = changed(known, questions={**known.questions, one.id: one})
    return csv(question_list(known))


def answers(workshop: str) -> dict[str, str]:
    return {key: one.answer for key, one in present(workshop).questions.items()}


def test_answers_are_shown_first_and_written_down_as_one_step() -> None:
    workshop = listed()
    tab = brought(workshop, filled_in(workshop, Q_1="It would", Q_2="More stock"))
    assert "It brings 2 new answers; 1 of them in place of one given before." in shown(tab)
    assert answers(workshop) == {"Q-1": "Perhaps", "Q-2": ""}
    tab.button(key="write_answers").click().run()
    assert answers(workshop) == {"Q-1": "It would", "Q-2": "More stock"}
    assert tab.file_uploader(key="filled_1").value is None
    tab.button(key="undo").click().run()
    assert answers(workshop) == {"Q-1": "Perhaps", "Q-2": ""}


def test_a_list_that_brings_nothing_new_offers_nothing() -> None:
    workshop = listed()
    tab = brought(workshop, filled_in(workshop))
    assert "It brings no answer that is not written down already." in shown(tab)
    assert "write_answers" not in [button.key for button in tab.button]


def test_another_file_is_refused_in_words_and_changes_nothing() -> None:
    workshop = listed()
    tab = brought(workshop, b"Name,City\r\nAsh,Bonn\r\n")
    assert "We found no column “Number” in back.csv" in shown(tab)
    assert answers(workshop) == {"Q-1": "Perhaps", "Q-2": ""}


@pytest.mark.parametrize(
    ("filled", "told"),
    [
        (Filled({"a": "x"}), "It brings 1 new answer."),
        (
            Filled({"a": "x", "b": "y"}, replaced=("a", "b")),
            "It brings 2 new answers; 2 of them in place of others given before.",
        ),
    ],
)
def test_what_a_list_brings_is_counted(filled: Filled, told: str) -> None:
    assert filled_list.told(filled) == told
