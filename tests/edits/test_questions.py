"""Questions hang on their customer, and an answer on its question."""

import pytest

from kam.edits import AnswerQuestion, PutQuestions, RemoveCustomers, RemoveQuestion
from kam.errors import Refused
from kam.model import Question, Workshop
from tests.workshops import after, full


def asked() -> Workshop:
    """One question to Ash, beside what the full workshop asks."""
    question = Question(id="q2", customer="ash", text="Why us?")
    return after(full(), PutQuestions(questions=(question,)))


def test_questions_go_with_their_customer() -> None:
    assert list(after(asked(), RemoveCustomers(customers=("bay",))).questions) == ["q2"]


def test_questions_to_nobody_are_refused() -> None:
    question = Question(id="q3", customer="nobody", text="Why us?")
    with pytest.raises(Refused, match="nobody"):
        PutQuestions(questions=(question,)).apply(full())


def test_an_answer_is_written_to_its_question_and_can_be_taken_back() -> None:
    answered = after(asked(), AnswerQuestion(question="q2", answer="Your engineers"))
    assert answered.questions["q2"].answer == "Your engineers"
    assert after(answered, AnswerQuestion(question="q2", answer="")) == asked()


def test_what_is_said_of_a_question_names_its_customer_or_its_words() -> None:
    assert AnswerQuestion(question="q2", answer="Yes").words(asked()) == "answer of Ash"
    assert RemoveQuestion(question="q2").words(asked()) == "removed the question “Why us?”"


def test_a_question_that_is_gone_is_neither_answered_nor_removed() -> None:
    gone = after(asked(), RemoveQuestion(question="q2"))
    assert "q2" not in gone.questions
    for edit in (AnswerQuestion(question="q2", answer="Yes"), RemoveQuestion(question="q2")):
        with pytest.raises(Refused):
            edit.apply(gone)
