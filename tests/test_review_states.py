"""Of `kam.ui.review_states`: which states can be compared, and what is found between them."""

from datetime import date, timedelta

import pytest

from kam.edits import Edit, MarkRevision, MoveLine, ScoreCustomer
from kam.model import Class
from kam.ui import review_states
from kam.ui.frame import Room
from kam.ui.review_states import NOW, State, all_reviews, compare, course, result, states
from tests.apps import room_after, scored
from tests.workshops import TODAY

PEOPLE = scored([("Ash", (8.0, 8.0))])


def mark(name: str, days_ago: int, revision: int = 0) -> MarkRevision:
    return MarkRevision(name=name, on=TODAY - timedelta(days=days_ago), revision=revision)


def strength(value: float) -> ScoreCustomer:
    return ScoreCustomer(customer="c0", criterion="s", value=value)


def reviewed(*more: Edit) -> Room:
    """A room with two past years: Ash strong, then weak; and now as some edits leave it."""
    return room_after(*PEOPLE, mark("First", 730), strength(4.0), mark("Second", 365), *more)


def test_every_named_state_and_the_present_one_can_be_compared_oldest_first() -> None:
    found = states(reviewed())
    assert [one.name for one in found] == ["First", "Second", NOW]
    assert [one.revision for one in found] == [len(PEOPLE), len(PEOPLE) + 2, len(PEOPLE) + 3]
    assert [one.is_present for one in found] == [False, False, True]
    assert found[-1].on == TODAY


def test_without_a_named_state_there_is_only_the_present_one() -> None:
    assert [one.name for one in states(room_after(*PEOPLE))] == [NOW]


def test_two_names_of_one_state_are_one_state() -> None:
    room = room_after(*PEOPLE, mark("Once", 9, len(PEOPLE)), mark("Twice", 8, len(PEOPLE)))
    assert [one.name for one in states(room)] == ["Twice", NOW]


def test_a_name_for_a_state_that_is_not_there_is_left_out() -> None:
    room = room_after(*PEOPLE, mark("From another log", 9, 4000))
    assert [one.name for one in states(room)] == [NOW]


def test_each_state_has_its_own_result() -> None:
    room = reviewed(strength(9.0))
    found = [result(room, one).standings["c0"].klass for one in states(room)]
    assert found == [Class.KEY_CORE, Class.STRATEGIC, Class.KEY_CORE]


def test_the_present_result_is_the_rooms_own() -> None:
    room = reviewed()
    assert result(room, states(room)[-1]).standings == room.assessment.standings


def test_reviews_leave_out_what_was_named_within_weeks_and_end_with_the_state_asked_for() -> None:
    room = reviewed(mark("Last week", 7), strength(5.0))
    first, second, _, now = states(room)
    assert [one.name for one in all_reviews(room, now)] == ["First", "Second", NOW]
    assert all_reviews(room, second) == [first, second]
    assert all_reviews(room, first) == [first]


def test_a_comparison_tells_what_moved_between_its_two_states() -> None:
    room = reviewed(strength(9.0))
    first, second, now = states(room)
    assert [one.distance.by for one in compare(room, first, second).movements] == [-4.0]
    assert [one.distance.by for one in compare(room, second, now).movements] == [4.0]
    assert [one.distance.by for one in compare(room, first, now).movements] == [0.0]


def test_the_same_comparison_is_made_once_and_anew_when_the_present_changes() -> None:
    room = reviewed()
    first, _, now = states(room)
    once = compare(room, first, now)
    assert compare(room, first, now) is once
    later = reviewed(MoveLine(line="strength", value=3.0))
    moved = compare(later, first, states(later)[-1])
    assert moved is not once
    assert moved.movements[0].klass == (Class.KEY_CORE, Class.KEY_CORE)


def test_only_so_many_comparisons_are_held() -> None:
    marks = [mark(f"Mark {n}", 1000 - n) for n in range(40)]
    room = room_after(*PEOPLE, *marks)
    *past, now = states(room)
    for one in past:
        compare(room, one, now)
    assert len(review_states._kept) <= review_states.MOST_KEPT


@pytest.mark.parametrize(
    ("present", "words"),
    [(True, "since Autumn 2025"), (False, "from Autumn 2025 to Spring 2026")],
)
def test_the_time_between_is_told_in_words(present: bool, words: str) -> None:  # noqa: FBT001 - a parameter of the table above
    room = reviewed()
    first, _, now = states(room)
    named = State("Autumn 2025", date(2025, 11, 4), first.revision)
    later = State("Spring 2026", date(2026, 3, 1), now.revision, is_present=present)
    assert compare(room, named, later).when == words


def test_a_long_name_is_cut_in_the_title() -> None:
    room = reviewed()
    first, _, now = states(room)
    long = State("The selection that we agreed on after three rounds", TODAY, first.revision)
    compared = compare(room_after(*PEOPLE, mark("x", 9)), long, now)
    assert compared.when.endswith("…")
    assert len(compared.when) < 40


# --- what the present state is measured against ---------------------------------------------------


def begun(name: str = "Autumn round") -> MarkRevision:
    """The present state, named today to begin the next review."""
    return MarkRevision(name=name, on=TODAY, begins_review=True)


def against(room: Room) -> str:
    """What a fresh tab compares the present state with."""
    return review_states._default(room, states(room)).name


def test_a_review_that_began_is_what_later_figures_are_measured_against() -> None:
    at = len(PEOPLE) + 3
    started = reviewed(begun().model_copy(update={"revision": at}), strength(9.0))
    assert against(started) == "Autumn round"


def test_as_long_as_nothing_was_changed_the_last_review_stays_the_measure() -> None:
    at = len(PEOPLE) + 3
    assert against(reviewed(begun().model_copy(update={"revision": at}))) == "Second"


def test_an_agreement_within_the_round_is_not_its_beginning() -> None:
    at = len(PEOPLE) + 3
    room = reviewed(
        begun().model_copy(update={"revision": at}),
        strength(9.0),
        mark("Matrix agreed", 0, at + 2),
        strength(8.0),
    )
    assert against(room) == "Autumn round"
    assert against(reviewed(mark("Matrix agreed", 0, at), strength(9.0))) == "Second"


def test_the_beginning_of_a_review_stands_in_a_customers_course() -> None:
    at = len(PEOPLE) + 3
    room = reviewed(begun().model_copy(update={"revision": at}), strength(9.0))
    every = states(room)
    now = compare(room, every[2], every[-1])
    assert [one.name for one in course(room, now)] == ["First", "Second", "Autumn round", NOW]
    older = compare(room, every[1], every[-1])
    assert [one.name for one in course(room, older)] == ["First", "Second", NOW]
