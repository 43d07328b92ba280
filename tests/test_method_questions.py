"""`kam.method.questions`: what to ask whom, by when; nothing is asked twice."""

from datetime import date, timedelta

import pytest
from hypothesis import given

from kam.edits import (
    AnswerQuestion,
    ConfirmClass,
    FillScores,
    OverrideClass,
    PutCriterion,
    PutCustomer,
    PutQuestions,
)
from kam.method.assessment import assess
from kam.method.borderline import borderline, undecided
from kam.method.questions import (
    FAVOUR,
    MOST_CUSTOMERS,
    NEEDS,
    RIVALS,
    Turn,
    ask_first,
    asks_favour,
    by_owner,
    is_late,
    to_ask,
    turn,
)
from kam.model import Class, Favours, Question, Score, Workshop
from tests.workshops import (
    PLAIN,
    TODAY,
    S,
    after,
    criterion,
    customer,
    made,
    placed,
    places,
    workshops,
)

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
    assert "ash" in ask_first(assess(workshop))
    assert (RIVALS in asked(workshop, "ash")) is asks


def test_what_is_unknown_and_decides_is_asked_for_with_its_unit() -> None:
    workshop = after(
        placed({"ash": (9.0, 5.5)}, needs="Known"),
        PutCriterion(criterion=criterion("t", S, name="On time", unit="%")),
    )
    assert "On time: what is it today, in %?" in asked(workshop, "ash")


@pytest.mark.parametrize(
    ("unit", "question"),
    [
        ("count of 5", "Plans: how many of 5 is it today?"),
        ("count/year", "Plans: how many a year is it today?"),
        ("level 0-4", "Plans: how many of 4 is it today?"),
    ],
)
def test_a_question_after_a_figure_says_its_unit_as_people_do(unit: str, question: str) -> None:
    workshop = after(
        placed({"ash": (9.0, 5.5)}, needs="Known"),
        PutCriterion(criterion=criterion("t", S, name="Plans", unit=unit)),
    )
    assert question in asked(workshop, "ash")


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


FAR = {f"c{n}": (5.0 + n / 1_000, 9.0) for n in range(60, 0, -1)}


def put_and_answered(workshop: Workshop, answer: str = "Yes") -> Workshop:
    """A workshop where the next questions were put, and answered."""
    found = to_ask(assess(workshop), TODAY)
    answers = (AnswerQuestion(question=one.id, answer=answer) for one in found)
    return after(workshop, PutQuestions(questions=found), *answers)


def test_customers_nearest_to_the_key_zone_are_asked_first_and_at_most_forty_at_a_time() -> None:
    result = assess(placed(FAR))
    nearest = [f"c{n}" for n in range(1, len(FAR) + 1)]
    assert list(ask_first(result)) == nearest
    asked_now = dict.fromkeys(one.customer for one in to_ask(result, TODAY))
    assert list(asked_now) == nearest[:MOST_CUSTOMERS]


def test_once_forty_are_on_the_list_the_next_are_offered() -> None:
    workshop = placed(FAR)
    put = after(workshop, PutQuestions(questions=to_ask(assess(workshop), TODAY)))
    offered = {one.customer for one in to_ask(assess(put), TODAY)}
    assert offered == {f"c{n}" for n in range(MOST_CUSTOMERS + 1, len(FAR) + 1)}


def test_key_accounts_whose_view_is_unknown_come_before_those_nearer_to_the_zone() -> None:
    workshop = placed({**FAR, "key": (9.0, 9.0)})
    unknown = PutCustomer(customer=customer("key", favours_us=Favours.UNKNOWN))
    assert ask_first(assess(after(workshop, unknown)))[0] == "key"
    assert to_ask(assess(after(workshop, unknown)), TODAY)[0].customer == "key"


def test_the_two_where_the_capacity_ends_come_before_all_others() -> None:
    rows = {"key": (9.0, 9.0), "last": (7.5, 7.5), "first": (6.3, 6.3), "near": (5.1, 8.0)}
    workshop = after(placed(rows, favours=Favours.UNKNOWN), places(2))
    assert ask_first(assess(workshop)) == ("first", "last", "key", "near")


def test_those_that_tie_at_the_end_of_the_capacity_come_before_a_nearer_one() -> None:
    workshop = after(placed({"one": (8.0, 8.0), "two": (8.0, 8.0), "near": (4.9, 8.0)}), places(1))
    assert set(ask_first(assess(workshop))[:2]) == {"one", "two"}


def test_without_anybody_who_waits_nobody_stands_at_the_end_of_the_capacity() -> None:
    rows = {"key": (6.9, 9.0), "near": (4.9, 8.0)}
    assert ask_first(assess(after(placed(rows), places(9)))) == ("near", "key")


def test_nobody_is_asked_whose_class_the_team_has_confirmed_or_decided() -> None:
    workshop = placed({"ash": (9.0, 9.0), "bay": (8.0, 8.0)}, favours=Favours.UNKNOWN)
    assert set(ask_first(assess(workshop))) == {"ash", "bay"}
    agreed = ConfirmClass(customer="ash", klass=Class.KEY_CORE, by="Ines", reason="They grow")
    against = OverrideClass(customer="bay", klass=Class.LOW_PRIORITY, by="Ines", reason="No")
    settled = assess(after(workshop, agreed, against))
    assert ask_first(settled) == ()
    assert to_ask(settled, TODAY) == ()


def test_a_customer_is_to_be_asked_until_it_has_answered_everything() -> None:
    workshop = placed(NEAR)
    put = after(workshop, PutQuestions(questions=to_ask(assess(workshop), TODAY)))
    assert ask_first(assess(put)) == ("ash",)
    answered = assess(put_and_answered(workshop))
    assert ask_first(answered) == ()
    assert undecided(answered) == ("ash",)


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
    assert {one.customer for one in found} <= set(ask_first(result)) <= cases
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


def test_questions_of_one_day_stay_in_the_order_in_which_they_were_put() -> None:
    put = [question("b", customer="bay"), question("a"), question("c", customer="bay")]
    assert [one.id for one in by_owner(listed(*put))[""]] == ["b", "a", "c"]


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
