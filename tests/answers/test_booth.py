"""Of `kam.ui.answers.booth`: who answers, and what stays in the tab until it is sent."""

from kam.edits import BringIn, ChooseLongList, FillScores, JudgeAsOne
from kam.model import LongList, Score
from kam.ui.answers.booth import ON_SCREEN
from tests.answers.opened import NAMES, at, door, points, present, recalled, sat, seat, team, title
from tests.apps import shown, stored
from tests.test_pool import known


def test_customers_stand_in_the_order_of_the_alphabet_whatever_they_are_worth() -> None:
    best_last = FillScores(scores={"a": {"cob": Score(value=9), "ash": Score(value=1)}})
    assert list(seat(best_last).customers) == list(seat().customers) == ["ash", "bay", "cob"]


def test_only_customers_that_the_team_judges_are_asked_about() -> None:
    short = ChooseLongList(long_list=LongList(customers=("ash", "cob")))
    assert list(seat(short).customers) == ["ash", "cob"]
    group = JudgeAsOne(group="ash", name="Ash", members=("bay",))
    assert list(seat(group).customers) == ["ash", "cob"]
    member = ChooseLongList(long_list=LongList(customers=("bay", "cob")))
    assert list(seat(member, group).customers) == ["ash", "cob"]


def test_somebody_else_finds_nothing_of_what_was_entered_before() -> None:
    workshop, tab = at("weights")
    tab.number_input(key="answer.swing.a").set_value(85.0).run()
    tab.button(key="stand_up").click().run()
    assert title(tab) == "Who answers?"
    assert "tab:answer" not in str(tab.session_state)
    assert sat(workshop, "ines", "weights").number_input(key="answer.swing.a").value is None


def test_nothing_is_stored_before_it_is_sent() -> None:
    workshop, tab = at("weights")
    tab.number_input(key="answer.swing.a").set_value(85.0).run()
    assert tab.number_input(key="answer.swing.a").value == 85.0
    assert present(workshop).ballots == {}


def test_a_member_who_was_removed_elsewhere_is_asked_who_it_is_again() -> None:
    tab = door(stored(*team()))
    tab.session_state["tab:answer:x:member"] = "nobody"
    assert title(tab.run()) == "Who answers?"


def test_a_long_list_is_shown_in_parts_and_answers_of_all_parts_are_kept() -> None:
    many = {f"n{n:02}": known(f"N{n:02}", {}) for n in range(ON_SCREEN + 5)}
    people = {key: one.model_copy(update={"id": key}) for key, one in many.items()}
    _, tab = at("steps.s", BringIn(origin="more", customers=people))
    total = len(NAMES) + len(people)
    tab.segmented_control(key="answer.step.ash").set_value(4).run()
    tab.segmented_control(key="answer.part").set_value(f"21–{total}").run()
    shown(tab)
    tab.segmented_control(key="answer.step.n24").set_value(2).run()
    assert f"2 of {total} customers judged" in shown(tab)


def test_the_round_is_the_highest_that_anybody_voted_in() -> None:
    base = seat().workshop
    workshop = stored(*team(recalled(), points(base, "bo", {"a": 100.0}, 2)))
    assert "Round 2." in shown(sat(workshop, "ines", "weights"))
