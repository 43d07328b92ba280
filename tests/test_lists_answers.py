"""`kam.intake.lists.answers`: what a filled-in list of questions says, and what it leaves out."""

import pytest

from kam.edits import PutQuestions
from kam.errors import Unreadable
from kam.intake.lists.answers import LONGEST, filled_in
from kam.intake.tables.files import Table, from_text, read_table
from kam.model import Question, Workshop
from kam.report.csv import csv
from kam.report.questions import question_list, question_workbook
from kam.validated import changed
from tests.workshops import after, placed


def asked(**answers: str) -> dict[str, Question]:
    """Questions that were put to one customer, with what is written down of its answers."""
    return {
        key: Question(id=key, customer="ash", text="What do you need?", answer=answer)
        for key, answer in answers.items()
    }


def workshop(**answers: str) -> Workshop:
    questions = tuple(asked(**answers).values())
    return after(placed({"ash": (5.1, 9.0)}), PutQuestions(questions=questions))


def table(*rows: str, titles: str = "Number;Answer") -> Table:
    return from_text("list.csv", "\n".join((titles, *rows)) + "\n")


def test_an_answer_goes_to_the_question_of_its_number() -> None:
    filled = filled_in(table("Q2;More stock", "Q1;Yes"), asked(Q1="", Q2=""))
    assert filled.answers == {"Q1": "Yes", "Q2": "More stock"}
    assert filled.replaced == ()
    assert filled.notes == ()


def test_an_empty_cell_and_what_is_written_down_already_change_nothing() -> None:
    filled = filled_in(table("Q1;", "Q2;No"), asked(Q1="Yes", Q2="No"))
    assert filled.answers == {}


def test_an_answer_in_place_of_another_is_named() -> None:
    filled = filled_in(table("Q1;No", "Q2;Soon"), asked(Q1="Yes", Q2=""))
    assert filled.replaced == ("Q1",)


def test_an_answer_to_nothing_that_is_asked_is_told_with_its_line() -> None:
    filled = filled_in(table("Q1;Yes", "Q9;Perhaps", "Q8;"), asked(Q1=""))
    assert filled.answers == {"Q1": "Yes"}
    [told] = filled.notes
    assert told == "Left out, because the question is not on our list (any more): line 3."


def test_two_answers_to_one_question_are_refused_with_the_place() -> None:
    with pytest.raises(Unreadable, match="line 3 answers Q1 otherwise than a line above"):
        filled_in(table("Q1;Yes", "Q1;No"), asked(Q1=""))


def test_the_same_answer_twice_is_one_answer() -> None:
    assert filled_in(table("Q1;Yes", "Q1;Yes"), asked(Q1="")).answers == {"Q1": "Yes"}


def test_an_answer_that_is_too_long_is_refused_not_cut() -> None:
    with pytest.raises(Unreadable, match=r"line 2 has 4,001 characters"):
        filled_in(table("Q1;" + "x" * (LONGEST + 1)), asked(Q1=""))


@pytest.mark.parametrize("titles", ["Number;Reply", "No.;Answer"])
def test_a_list_without_our_columns_is_refused_with_what_to_do(titles: str) -> None:
    with pytest.raises(Unreadable, match=r"We found no column “\w+” in list\.csv"):
        filled_in(table("Q1;Yes", titles=titles), asked(Q1=""))


def test_other_columns_another_order_and_other_capitals_do_no_harm() -> None:
    found = table("Yes;Kim;Q1", titles="ANSWER;Seen by;number")
    assert filled_in(found, asked(Q1="")).answers == {"Q1": "Yes"}


TYPED = ["Yes; two plants", "=2+2 of them", "'quoted'", "-5 %", "007", "Grüße, 供应"]


@pytest.mark.parametrize("typed", TYPED)
def test_what_was_taken_along_comes_back_unchanged(typed: str) -> None:
    """Whether as CSV or as a workbook: an answer goes out, comes back, and is no new one."""
    known = workshop(Q1=typed, Q2="")
    for name, data in (
        ("list.csv", csv(question_list(known))),
        ("list.xlsx", question_workbook(known)),
    ):
        back = read_table(name, data)
        assert filled_in(back, known.questions).answers == {}
        emptied = {"Q1": changed(known.questions["Q1"], answer="")}
        assert filled_in(back, emptied).answers == {"Q1": typed}
