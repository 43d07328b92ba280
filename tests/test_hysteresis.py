"""Of `kam.method.hysteresis`: no flip-flop, and nothing changed by it."""

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kam.edits import ChooseLongList, JudgeGate, MoveLine, OverrideClass, PutGate
from kam.method.assessment import Assessment, assess
from kam.method.hysteresis import APART, MARGIN, reviews, stays_inside, watch_words, watched
from kam.model import Class, Favours, Gate, LongList, Mark
from tests.workshops import TODAY, after, placed, places

DISTANCES = st.lists(st.none() | st.floats(-5, 5), max_size=8)


def mark(days_ago: int, name: str = "") -> Mark:
    """A state that was named so many days ago."""
    return Mark(name=name or f"{days_ago} days ago", on=TODAY - timedelta(days=days_ago))


def names(marks: Sequence[Mark]) -> list[str]:
    return [one.name for one in marks]


def at(*strengths: float | None, favours: Favours = Favours.YES) -> list[Assessment]:
    """Ash at several reviews: attractive throughout, as strong as given."""
    return [assess(placed({"ash": (8.0, one)}, favours=favours)) for one in strengths]


# --- which states are reviews ---------------------------------------------------------------------


def test_states_that_were_named_within_weeks_are_one_review_the_last_of_them() -> None:
    marks = [mark(400), mark(390), mark(380), mark(100), mark(95)]
    assert names(reviews(marks, TODAY)) == ["380 days ago", "95 days ago"]


def test_what_was_named_in_this_round_is_not_an_earlier_review() -> None:
    assert names(reviews([mark(380), mark(20), mark(0)], TODAY)) == ["380 days ago"]


def test_without_marks_there_are_no_earlier_reviews() -> None:
    assert reviews([], TODAY) == ()


def test_of_two_states_of_one_day_the_later_is_the_review() -> None:
    first = Mark(name="morning", on=date(2025, 1, 1), revision=3)
    second = Mark(name="evening", on=date(2025, 1, 1), revision=9)
    assert names(reviews([second, first], TODAY)) == ["evening"]


@given(st.lists(st.integers(0, 2000), max_size=12))
def test_reviews_lie_apart_and_in_order_and_none_could_be_added_at_the_end(
    ages: list[int],
) -> None:
    found = reviews([mark(age, f"{age} {place}") for place, age in enumerate(ages)], TODAY)
    days = [one.on for one in found] + [TODAY]
    assert all(later - earlier >= APART for earlier, later in pairwise(days))
    old_enough = [age for age in ages if age >= APART.days]
    assert bool(found) == bool(old_enough)
    if found:
        assert found[-1].on == TODAY - timedelta(days=min(old_enough))


# --- in or out ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("distances", "inside"),
    [
        ([], None),
        ([None, None], None),
        ([0.0], True),
        ([-0.1], False),
        ([0.5, -0.1], True),  # a little below, for the first time
        ([0.5, -0.1, -0.1], False),  # two reviews below
        ([0.5, -0.1, 0.1, -0.1], True),  # back in between
        ([0.5, -0.25], False),  # a quarter below
        ([0.5, -3.0], False),
        ([-0.5, 0.1], False),  # a little above
        ([-0.5, 0.1, 0.2], False),  # however often
        ([-0.5, 0.25], True),  # a quarter above
        ([-0.5, 0.3, -0.1], True),
        ([0.5, -0.1, None, -0.1], False),  # unknown is no review between the two
        ([0.5, None], True),
        ([None, 0.1], True),  # the first that is known decides
    ],
)
def test_it_takes_a_quarter_of_a_point_or_two_reviews(
    distances: list[float | None],
    inside: bool | None,  # noqa: FBT001 - a parameter of the table above
) -> None:
    assert stays_inside(distances) is inside


@given(DISTANCES, st.floats(MARGIN, 5))
def test_who_stands_firmly_on_one_side_belongs_there(
    distances: list[float | None], by: float
) -> None:
    assert stays_inside([*distances, by]) is True
    assert stays_inside([*distances, -by, -by]) is False


@given(st.lists(st.floats(-0.24, 0.24), min_size=2, max_size=20))
def test_who_wobbles_within_the_margin_goes_out_at_most_once_and_never_back(
    distances: list[float],
) -> None:
    course = [stays_inside(distances[: n + 1]) for n in range(len(distances))]
    changes = [now for before, now in pairwise(course) if before is not now]
    assert changes in ([], [False])


@given(DISTANCES)
def test_unknown_reviews_change_nothing(distances: list[float | None]) -> None:
    known = [one for one in distances if one is not None]
    assert stays_inside(distances) is stays_inside(known)


# --- who is watched -------------------------------------------------------------------------------


def test_who_would_fall_by_little_stays_under_watch_with_its_class() -> None:
    [found] = watched(at(6.0, 4.9))
    assert (found.rule, found.steady) == (Class.STRATEGIC, Class.KEY_STRATEGIC)
    assert found.distance == pytest.approx(-0.1)
    assert found.words == (
        "would fall to Strategic, not yet key, but only by 0.1 points and for the first time: "
        "stays Key · strategic under watch."
    )


def test_who_would_rise_by_little_waits() -> None:
    [found] = watched(at(4.0, 5.1))
    assert (found.rule, found.steady) == (Class.KEY_STRATEGIC, Class.STRATEGIC)
    assert found.words == (
        "would rise to Key · strategic, but only by 0.1 points: stays Strategic, not yet key "
        "until it is 0.25 inside."
    )


def test_less_than_a_tenth_is_not_told_as_nothing() -> None:
    [found] = watched(at(6.0, 4.99))
    assert "only by less than 0.1 points" in found.words


@pytest.mark.parametrize("strengths", [(6.0, 4.5), (6.0, 4.9, 4.9), (4.0, 5.5), (6.0, 6.1), (4.9,)])
def test_who_moved_firmly_or_not_at_all_is_not_watched(strengths: tuple[float, ...]) -> None:
    assert watched(at(*strengths)) == ()


def test_the_rule_itself_is_left_alone() -> None:
    states = at(6.0, 4.9)
    watched(states)
    assert states[-1].standings["ash"].klass is Class.STRATEGIC


def test_the_class_that_it_keeps_is_the_last_that_it_had_on_that_side() -> None:
    """Above the strategic line first, below it later, then a little outside."""
    course = [(8.0, 6.0), (6.0, 6.0), (6.0, 4.9)]
    states = [assess(placed({"ash": one})) for one in course]
    assert [one.steady for one in watched(states)] == [Class.KEY_CORE]


def test_a_moved_line_counts_as_it_stood_at_each_review() -> None:
    start = placed({"ash": (8.0, 5.1)})
    raised = after(start, MoveLine(line="strength", value=5.2))
    [found] = watched([assess(start), assess(raised)])
    assert found.steady is Class.KEY_STRATEGIC


WAITS_OUTSIDE = (
    "would stand in the key zone, but only by 0.2 points: waits outside until it is 0.25 inside."
)
STAYS_UNDER_WATCH = (
    "would leave the key zone, but only by 0.1 points and for the first time: stays in it under "
    "watch."
)


@pytest.mark.parametrize(
    ("before", "now", "words"),
    [
        (4.4, 5.2, WAITS_OUTSIDE),
        (5.0, 4.9, STAYS_UNDER_WATCH),
    ],
)
def test_who_waits_for_capacity_and_crosses_a_line_by_little_keeps_its_side(
    before: float, now: float, words: str
) -> None:
    states = [assess(after(placed({"ash": (8.0, one)}), places(0))) for one in (before, now)]
    [found] = watched(states)
    assert found.rule is found.steady is Class.STRATEGIC
    assert found.words == words


def test_who_was_little_inside_once_and_is_outside_again_is_on_its_firm_side() -> None:
    assert watched(at(4.5, 5.02, 4.9)) == ()


def test_who_is_key_on_neither_side_is_told_of_the_zone_and_not_of_a_rise() -> None:
    states = [assess(after(placed({"ash": one}), places(0))) for one in ((4.4, 8.0), (5.2, 8.0))]
    [found] = watched(states)
    assert (found.rule, found.steady) == (Class.STRATEGIC, Class.LOW_PRIORITY)
    assert found.words.startswith("would stand in the key zone, but only by 0.2 points: waits")


def test_a_class_that_a_gate_gave_is_none_to_go_back_to() -> None:
    gate = (
        PutGate(gate=Gate(id="g", name="Credit")),
        JudgeGate(customer="ash", gate="g", fails=True),
    )
    earlier = assess(after(placed({"ash": (8.0, 6.0)}), *gate))
    [found] = watched([earlier, *at(4.9)])
    assert found.steady is found.rule is Class.STRATEGIC
    assert found.words.startswith("would leave the key zone")


def test_what_a_gate_or_a_decision_did_is_not_softened() -> None:
    near = placed({"ash": (8.0, 5.1)})
    gate = (
        PutGate(gate=Gate(id="g", name="Credit")),
        JudgeGate(customer="ash", gate="g", fails=True),
    )
    firm = OverrideClass(customer="ash", klass=Class.KEY_CORE, by="Ines", reason="We promised")
    earlier = assess(placed({"ash": (8.0, 4.0)}))
    for edits in (gate, (firm,)):
        assert watched([earlier, assess(after(near, *edits))]) == ()


def test_who_is_not_judged_or_was_never_scored_is_not_watched() -> None:
    listed = ChooseLongList(long_list=LongList(customers=("bay",)))
    states = at(6.0, 4.9)
    unlisted = assess(after(placed({"ash": (8.0, 4.9), "bay": (1.0, 1.0)}), listed))
    assert watched([states[0], unlisted]) == ()
    assert watched(at(None, None)) == ()
    assert watched(at(6.0, None)) == ()


def test_who_is_new_at_this_review_is_not_watched() -> None:
    earlier = assess(placed({"bay": (8.0, 8.0)}))
    assert watched([earlier, *at(5.1)]) == ()


@pytest.mark.parametrize(
    ("count", "words"),
    [
        (
            0,
            "Nobody is under watch: where the place on the matrix decides, everybody stands on",
        ),
        (1, "1 customer is under watch: less than 0.25 points across"),
        (12, "12 customers are under watch: less than 0.25 points across"),
    ],
)
def test_how_many_are_under_watch_is_told_also_when_nobody_is(count: int, words: str) -> None:
    assert watch_words(count).startswith(words)


def test_it_is_said_that_the_class_follows_the_rule_meanwhile() -> None:
    assert watch_words(2).endswith("The class follows the rule until you decide otherwise.")
