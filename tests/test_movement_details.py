"""Of `kam.method.movement_details`: what exactly a cause changed, named with then and now."""

import pytest

from kam.edits import (
    Edit,
    MoveLine,
    PutCriterion,
    PutMember,
    RemoveCriterion,
    ScoreCustomer,
    SetCapacity,
    SetPoints,
    VoteScores,
)
from kam.method.assessment import assess
from kam.method.causes import Cause
from kam.method.movement import movements
from kam.method.movement_details import Course, capacity_words, detail, lines_words
from kam.model import Axis, Capacity, Member, Workshop
from tests.workshops import A, S, after, by_hand, criterion, placed, places

HOURS = Capacity(people=4, hours_per_person=1500, hours_strategic=600, hours_core=300)


def course(*edits: Edit, customer: str = "ash", start: Workshop | None = None) -> Course:
    """One customer before and after some edits."""
    before = start or by_hand()
    then, now = assess(before), assess(after(before, *edits))
    one = next(one for one in movements(then, now) if one.customer == customer)
    return Course(then, now, one)


def said(cause: Cause, axis: Axis, *edits: Edit, upwards: bool = False) -> str:
    """What of a cause moved Ash on an axis."""
    return detail(course(*edits), cause, axis, upwards=upwards)


# --- levels ---------------------------------------------------------------------------------------


def test_a_level_is_told_then_and_now_with_its_unit() -> None:
    scored = ScoreCustomer(customer="ash", criterion="a", value=6.0)
    assert said(Cause.JUDGMENT, A, scored) == "Criterion a from 8 to 6 points"


def test_a_count_out_of_five_reads_as_people_say_it() -> None:
    counted = after(by_hand(), PutCriterion(criterion=criterion("s", S, unit="count of 5")))
    lower = course(ScoreCustomer(customer="ash", criterion="s", value=3.0), start=counted)
    assert detail(lower, Cause.JUDGMENT, S, upwards=False) == "Criterion s from 6 to 3 of 5"


def test_only_a_level_that_moved_it_that_way_is_named() -> None:
    """a falls by 2 with three times the weight of b, which rises by 4."""
    edits = (
        ScoreCustomer(customer="ash", criterion="a", value=6.0),
        ScoreCustomer(customer="ash", criterion="b", value=8.0),
    )
    assert said(Cause.JUDGMENT, A, *edits) == "Criterion a from 8 to 6 points"
    assert said(Cause.JUDGMENT, A, *edits, upwards=True) == "Criterion b from 4 to 8 points"
    assert said(Cause.JUDGMENT, S, *edits) == ""


def test_facts_and_judgment_name_their_own_levels() -> None:
    edits = (
        PutCriterion(criterion=criterion("b", A, column="spend")),
        ScoreCustomer(customer="ash", criterion="a", value=6.0),
        ScoreCustomer(customer="ash", criterion="b", value=3.0),
    )
    assert said(Cause.FACTS, A, *edits) == "Criterion b from 4 to 3 points"
    assert said(Cause.JUDGMENT, A, *edits) == "Criterion a from 8 to 6 points"


def test_a_difference_too_small_to_say_is_named_without_numbers() -> None:
    scored = ScoreCustomer(customer="ash", criterion="a", value=7.9999)
    assert said(Cause.JUDGMENT, A, scored) == "Criterion a"


def test_a_level_that_was_unknown_is_known_now_and_one_that_is_lost_is_not_any_more() -> None:
    """Without b, Ash stands at 8 for a alone; 4 on b pulls it down."""
    unknown = ScoreCustomer(customer="ash", criterion="b", value=None)
    learned = course(
        ScoreCustomer(customer="ash", criterion="b", value=4.0), start=after(by_hand(), unknown)
    )
    words = detail(learned, Cause.JUDGMENT, A, upwards=False)
    assert words == "Criterion b is known now: 4 points"
    assert said(Cause.JUDGMENT, A, unknown, upwards=True) == "Criterion b is not known any more"


def test_a_level_is_not_named_for_what_the_anchors_did() -> None:
    """On wider anchors 6 is worth less, but nobody changed the level."""
    wider = PutCriterion(criterion=criterion("s", S, (0.0, 3.0, 6.0, 9.0, 12.0)))
    assert said(Cause.JUDGMENT, S, wider) == ""


def test_a_level_by_votes_keeps_its_worth_on_new_anchors() -> None:
    voted = after(
        by_hand(),
        PutMember(member=Member(id="ines", name="Ines")),
        ScoreCustomer(customer="ash", criterion="s", value=None),
        VoteScores(member="ines", criterion="s", steps={"ash": 4}),
    )
    wider = PutCriterion(criterion=criterion("s", S, (0.0, 4.0, 8.0, 12.0, 16.0)))
    both = course(wider, start=voted)
    for cause in (Cause.JUDGMENT, Cause.ANCHORS):
        assert detail(both, cause, S, upwards=False) == ""
        assert detail(both, cause, S, upwards=True) == ""


# --- weights, criteria, anchors -------------------------------------------------------------------


def test_the_weight_that_did_most_is_named_with_points_then_and_now() -> None:
    points = SetPoints(points={"a": 10, "b": 30, "s": 20})
    assert said(Cause.WEIGHTS, A, points) == "weight of Criterion a from 50 to 17 points"
    assert said(Cause.WEIGHTS, A, points, upwards=True) == ""


def test_the_weight_that_was_changed_is_named_not_those_that_gave_way() -> None:
    """Ash is better on a than on b: with more points on a it rises, and b merely gives way."""
    more = SetPoints(points={"a": 90})
    told = said(Cause.WEIGHTS, A, more, upwards=True)
    assert told == "weight of Criterion a from 50 to 75 points"
    assert said(Cause.WEIGHTS, A, more) == ""


def test_points_that_new_criteria_share_are_told_as_more_or_less() -> None:
    edits = (
        PutCriterion(criterion=criterion("n", S)),
        SetPoints(points={"a": 10, "b": 30, "s": 20, "n": 40}),
    )
    assert said(Cause.WEIGHTS, A, *edits) == "Criterion a weighs less beside the others"


def test_a_criterion_that_came_is_new() -> None:
    edits = (
        PutCriterion(criterion=criterion("n", A)),
        ScoreCustomer(customer="ash", criterion="n", value=2.0),
    )
    assert said(Cause.CRITERIA, A, *edits) == "Criterion n is new"
    assert said(Cause.CRITERIA, S, *edits) == ""


def test_a_criterion_that_came_unknown_is_not_named() -> None:
    assert said(Cause.CRITERIA, A, PutCriterion(criterion=criterion("n", A))) == ""


def test_a_criterion_that_went_is_no_longer_asked() -> None:
    """Without b, on which it had 4, Ash rises."""
    gone = RemoveCriterion(criterion="b")
    assert said(Cause.CRITERIA, A, gone, upwards=True) == "Criterion b is no longer asked"


def test_a_criterion_on_the_other_axis_tells_which_one_it_counts_for_now() -> None:
    moved = PutCriterion(criterion=criterion("b", S))
    assert said(Cause.CRITERIA, A, moved, upwards=True) == "Criterion b now counts for strength"
    assert said(Cause.CRITERIA, S, moved) == "Criterion b now counts for strength"


def test_a_criterion_in_another_unit_says_so() -> None:
    """b was worth 4 and is worth 10 in the new unit, beside 8 on a."""
    edits = (
        PutCriterion(criterion=criterion("b", A, (0.0, 0.1, 0.2, 0.3, 0.4), unit="share")),
        ScoreCustomer(customer="ash", criterion="b", value=0.4),
    )
    found = said(Cause.CRITERIA, A, *edits, upwards=True)
    assert found == "Criterion b is measured in another unit"


@pytest.mark.parametrize(
    ("anchors", "words"),
    [
        (
            (0.0, 3.0, 6.0, 9.0, 12.0),
            "Criterion s: 0 to 10 means 0 to 12 instead of 0 to 10 points",
        ),
        ((0.0, 3.0, 6.0, 8.0, 10.0), "Criterion s: other steps between 0 and 10"),
    ],
)
def test_anchors_tell_what_0_and_10_mean(
    anchors: tuple[float, float, float, float, float], words: str
) -> None:
    moved = PutCriterion(criterion=criterion("s", S, anchors))
    assert said(Cause.ANCHORS, S, moved) == words
    assert said(Cause.ANCHORS, S, moved, upwards=True) == ""


def test_a_second_change_is_named_only_where_it_did_half_as_much() -> None:
    """Three quarters of the weight on a: the same step there does three times as much."""
    wide = (0.0, 3.0, 6.0, 9.0, 12.0)
    edits = [PutCriterion(criterion=criterion(key, A, wide)) for key in ("a", "b")]
    assert said(Cause.ANCHORS, A, *edits).count("0 to 10 means") == 1
    level = SetPoints(points={"a": 20, "b": 20, "s": 20})
    start = after(by_hand(), level, ScoreCustomer(customer="ash", criterion="b", value=6.0))
    both = course(*edits, start=start)
    assert detail(both, Cause.ANCHORS, A, upwards=False).count("0 to 10 means") == 2


# --- lines and capacity ---------------------------------------------------------------------------


def test_lines_that_stand_as_they_stood_are_not_named() -> None:
    state = assess(by_hand())
    assert lines_words(state, state) == ""
    moved = assess(after(by_hand(), MoveLine(line="strength", value=4.5)))
    assert lines_words(state, moved) == "strength cut-off from 5 to 4.5"


def room(before: Capacity, later: Capacity) -> str:
    """What is told of two capacities."""
    then, now = (assess(after(by_hand(), SetCapacity(capacity=one))) for one in (before, later))
    return capacity_words(then, now)


@pytest.mark.parametrize(
    ("later", "words"),
    [
        ({}, ""),
        ({"people": 3}, "from 6,000 to 4,500 hours a year"),
        ({"hours_core": 400}, "a core account takes 400 instead of 300 hours a year"),
        ({"people": None}, "from 6,000 hours a year to no limit"),
        ({"mode": "places", "places": 8}, "counted in places instead of hours"),
    ],
)
def test_capacity_is_told_then_and_now(later: dict[str, object], words: str) -> None:
    assert room(HOURS, HOURS.model_copy(update=later)) == words


def test_places_are_told_as_places() -> None:
    assert room(Capacity(mode="places", places=9), Capacity(mode="places", places=8)) == (
        "from 9 to 8 places"
    )


def test_key_accounts_that_came_or_went_are_named_and_others_are_not() -> None:
    one = placed({"ash": (8.0, 7.0)})
    both = placed({"ash": (8.0, 7.0), "bay": (9.0, 9.0), "cob": (1.0, 1.0)})
    then, now = (assess(after(state, places(3))) for state in (one, both))
    assert capacity_words(then, now) == "Bay is new"
    assert capacity_words(now, then) == "Bay is gone"


def test_many_that_came_are_counted() -> None:
    many = dict.fromkeys(("bay", "cob", "dew"), (9.0, 9.0))
    then = assess(after(placed({"ash": (8.0, 7.0)}), places(9)))
    now = assess(after(placed({"ash": (8.0, 7.0), **many}), places(9)))
    assert capacity_words(then, now) == "3 key accounts are new"


def test_a_decision_has_its_reason_and_no_detail() -> None:
    assert said(Cause.DECISIONS, A) == ""


# --- which axis -----------------------------------------------------------------------------------


def test_the_axis_that_holds_it_is_looked_at_first_and_the_other_where_nothing_moved_there() -> (
    None
):
    """Ash has 7 and 6 with both lines at 5: strength holds it."""
    weaker = course(
        ScoreCustomer(customer="ash", criterion="s", value=5.5),
        ScoreCustomer(customer="ash", criterion="a", value=7.6),
    )
    assert weaker.holding is S
    assert weaker.axis_of(Cause.JUDGMENT, upwards=False) is S
    only_a = course(ScoreCustomer(customer="ash", criterion="a", value=7.6))
    assert only_a.axis_of(Cause.JUDGMENT, upwards=False) is A
