"""`kam.method.questions`: what to ask whom, by when; nothing is asked twice."""

from datetime import date, timedelta

import pytest
from hypothesis import given

from kam.edits import AnswerQuestion, FillScores, PutCriterion, PutCustomer, PutQuestions
from kam.method.assessment import assess
from kam.method.borderline import borderline
from kam.method.questions import (
    FAVOUR,
    MOST_CUSTOMERS,
    NEEDS,
    RIVALS,
    Turn,
    asked_customers,
    asks_favour,
    by_owner,
    is_late,
    to_ask,
    turn,
)
from kam.model import Favours, Question, Score, Workshop
from tests.workshops import PLAIN, TODAY, S, after, criterion, customer, made, placed, workshops

NEAR = {"ash": (5.1, 9.0), "bay": (9.0, 9.0)}


def asked(workshop: Workshop, customer: str) -> list[str]:
    return [one.text for one in to_ask(assess(workshop), TODAY) if one.customer == customer]


def question(key: str, **more: object) -> Question:
    return Question.model_validate({"id": key, "customer": "ash", "text": f"Ask {key}?", **more})


def listed(*questions: Question) -> Workshop:
    return after(placed(NEAR), PutQuestions(questions=questions))


# --- what is asked --------------------------------------------------------------------------------


def test_only_borderline_customers_are_asked() -> None:
    found = to_ask(assess(placed(NEAR)), TODAY)
    assert {one.customer for one in found} == {"ash"}


def test_nobody_is_asked_before_anything_is_scored() -> None:
    assert to_ask(assess(made()), TODAY) == ()


def test_its_view_of_us_is_asked_only_while_it_is_unknown() -> None:
    assert asked(placed(NEAR, favours=Favours.UNKNOWN), "ash") == [FAVOUR, RIVALS, NEEDS]
    assert asked(placed(NEAR, favours=Favours.YES), "ash") == [RIVALS, NEEDS]


def test_its_needs_are_asked_only_while_nobody_wrote_them_down() -> None:
    assert NEEDS not in asked(placed(NEAR, needs="Shorter delivery times"), "ash")


@pytest.mark.parametrize(("level", "asks"), [(None, True), (4.9, True), (5.0, False), (9.0, False)])
@pytest.mark.parametrize("by", ["id", "column"])
def test_its_best_supplier_is_asked_about_unless_we_are_on_a_par(
    level: float | None, by: str, *, asks: bool
) -> None:
    key = "S03" if by == "id" else "gap"
    rival = criterion(key, S, PLAIN, column="" if by == "id" else "perf_gap_pts")
    scores = {} if level is None else {"ash": Score(value=level)}
    workshop = after(placed(NEAR), PutCriterion(criterion=rival), FillScores(scores={key: scores}))
    assert "ash" in asked_customers(assess(workshop))
    assert (RIVALS in asked(workshop, "ash")) is asks


def test_what_is_unknown_and_decides_is_asked_for_with_its_unit() -> None:
    workshop = after(
        placed({"ash": (9.0, 5.5)}, needs="Known"),
        PutCriterion(criterion=criterion("t", S, name="On time", unit="%")),
    )
    assert "On time: what is it today, in %?" in asked(workshop, "ash")


def test_what_is_unknown_and_does_not_decide_is_not_asked_for() -> None:
    workshop = after(
        placed({"ash": (9.0, 9.0), "bay": (9.0, 9.0)}, favours=Favours.UNKNOWN),
        *(PutCriterion(criterion=criterion(key, S)) for key in "tuv"),
        FillScores(
            scores={
                key: {one: Score(value=9.0) for one in ("ash", "bay")[: 2 - (key == "v")]}
                for key in "tuv"
            }
        ),
    )
    result = assess(workshop)
    assert result.standings["bay"].known
    assert not result.standings["bay"].gap
    assert not [text for text in asked(workshop, "bay") if "what is it today" in text]


def test_a_question_always_fits_however_long_a_criterion_is_called() -> None:
    workshop = after(
        placed({"ash": (9.0, 5.5)}),
        PutCriterion(criterion=criterion("t", S, name="x" * 200, unit="y" * 300)),
    )
    [long] = [text for text in asked(workshop, "ash") if text.startswith("xx")]
    assert len(long) == 200
    assert long.endswith("…")


# --- who, and by when -----------------------------------------------------------------------------


def test_the_owner_asks_within_thirty_days() -> None:
    found = to_ask(assess(placed(NEAR, owner="Ines")), TODAY)
    assert {one.owner for one in found} == {"Ines"}
    assert {one.due for one in found} == {date(2026, 4, 1)}


def test_customers_nearest_to_the_key_zone_are_asked_first_and_at_most_forty() -> None:
    rows = {f"c{n}": (5.0 + n / 1_000, 9.0) for n in range(60, 0, -1)}
    found = asked_customers(assess(placed(rows)))
    assert found == [f"c{n}" for n in range(1, MOST_CUSTOMERS + 1)]


def test_what_is_on_the_list_is_not_asked_again_whether_or_not_it_was_answered() -> None:
    workshop = placed(NEAR, favours=Favours.UNKNOWN)
    first = to_ask(assess(workshop), TODAY)
    put = after(workshop, PutQuestions(questions=first))
    assert to_ask(assess(put), TODAY) == ()
    answered = after(put, AnswerQuestion(question=first[0].id, answer="Yes"))
    assert to_ask(assess(answered), TODAY) == ()


def test_new_questions_never_take_the_place_of_old_ones() -> None:
    old = [question("Q-1"), question("Q-7"), question("Q-x"), question("own")]
    new = to_ask(assess(listed(*old)), TODAY)
    assert [one.id for one in new] == ["Q-8", "Q-9"]


@given(workshops())
def test_every_question_is_for_a_borderline_case_and_can_be_put(workshop: Workshop) -> None:
    result = assess(workshop)
    found = to_ask(result, TODAY)
    cases = {case.customer for case in borderline(result)}
    assert {one.customer for one in found} <= cases
    assert len({(one.customer, one.text) for one in found}) == len(found)
    after(workshop, PutQuestions(questions=found))


# --- the list -------------------------------------------------------------------------------------


def test_only_the_question_after_its_view_of_us_settles_that() -> None:
    assert asks_favour(question("q", text=FAVOUR))
    assert not asks_favour(question("q", text=NEEDS))


def test_the_list_is_by_owner_with_what_nobody_asks_first() -> None:
    found = by_owner(listed(question("a", owner="Zoe"), question("b"), question("c", owner="Ines")))
    assert {owner: [one.id for one in every] for owner, every in found.items()} == {
        "": ["b"],
        "Ines": ["c"],
        "Zoe": ["a"],
    }
    assert list(found) == ["", "Ines", "Zoe"]


def test_open_questions_come_before_answered_ones_and_the_nearest_day_first() -> None:
    found = by_owner(
        listed(
            question("answered", answer="Yes", due=TODAY),
            question("some day"),
            question("later", due=TODAY + timedelta(days=9)),
            question("soon", due=TODAY),
        )
    )
    assert [one.id for one in found[""]] == ["soon", "later", "some day", "answered"]


def test_a_question_is_late_after_its_day_and_never_once_answered() -> None:
    yesterday = TODAY - timedelta(days=1)
    assert is_late(question("q", due=yesterday), TODAY)
    assert not is_late(question("q", due=TODAY), TODAY)
    assert not is_late(question("q"), TODAY)
    assert not is_late(question("q", due=yesterday, answer="Yes"), TODAY)


def test_the_turn_counts_asked_answered_and_late() -> None:
    late = TODAY - timedelta(days=1)
    workshop = listed(question("a", due=late), question("b", answer="Yes"), question("c"))
    assert turn(workshop, TODAY) == Turn(asked=3, answered=1, late=1)


def test_an_owner_of_a_customer_that_changed_owns_only_new_questions() -> None:
    workshop = listed(question("a", owner="Ines"))
    moved = after(workshop, PutCustomer(customer=customer("ash", owner="Zoe")))
    assert moved.questions["a"].owner == "Ines"
    assert {one.owner for one in to_ask(assess(moved), TODAY)} == {"Zoe"}
