"""Every result has its sentence, with the figures that were worked out."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kam.edits import (
    CastBallot,
    ChooseLongList,
    PutCriterion,
    PutMember,
    ScoreCustomer,
    SetPoints,
)
from kam.method.assessment import assess
from kam.method.paths import Bar, path
from kam.method.phrases import (
    LEVELS,
    axis_row,
    cut_off,
    flip_words,
    interval_words,
    members_words,
    path_words,
    points_instead,
    runs_words,
    score_words,
    settled_words,
    unknown,
    weight_words,
    whole_points,
)
from kam.method.robustness import members_lists
from kam.method.switching import Flip, Switch, switching_weight
from kam.model import Axis, Ballot, Class, Favours, LongList, Member
from tests.cases.test_published import case
from tests.workshops import A, S, after, by_hand, criterion, full, placed, x01

# --- weights and scores ---------------------------------------------------------------------------


def test_a_weight_is_told_as_the_worth_of_the_whole_range() -> None:
    assert weight_words(assess(x01()), "A1") == (
        "Moving from 0 to 4 points on Profit potential counts 30 of 100 points."
    )


def test_the_weight_of_a_criterion_without_anchors_is_told_without_them() -> None:
    half = criterion("x", A).model_copy(update={"anchors": None})
    told = weight_words(assess(after(by_hand(), PutCriterion(criterion=half))), "x")
    assert told.startswith("Moving from the lowest to the highest level on Criterion x counts ")


def test_points_as_shown_add_to_a_hundred() -> None:
    thirds = assess(after(by_hand(), SetPoints(points={"a": 1, "b": 1, "s": 1})))
    assert whole_points(thirds) == {"a": 34, "b": 33, "s": 33}


@pytest.mark.parametrize(
    ("score", "words"),
    [
        (7.9, "7.9 of 10: nearly all the way to what you called excellent."),
        (9.96, "10.0 of 10: what you called excellent."),
        (5.0, "5.0 of 10: about what you called good enough."),
        (0.0, "0.0 of 10: near the lowest level that you named."),
        (float("nan"), "Not known yet."),
    ],
)
def test_a_score_is_told_in_the_words_of_the_anchors(score: float, words: str) -> None:
    assert score_words(score) == words


@given(st.floats(0, 10))
def test_the_words_of_a_score_follow_the_figure_that_is_shown(score: float) -> None:
    """A score that is shown as 5.5 is told like 5.5, whatever its further digits are."""
    told = score_words(score)
    shown = float(told.split()[0])
    assert shown == pytest.approx(score, abs=0.0501)
    assert told.endswith(f"{next(words for lowest, words in LEVELS if shown >= lowest)}.")


def test_better_scores_have_other_words_than_worse_ones() -> None:
    told = [score_words(score).split(": ")[1] for score in (1.0, 3, 5, 6, 8, 9.5)]
    assert len(set(told)) == len(LEVELS)


# --- what is not known ----------------------------------------------------------------------------


def test_an_interval_that_stays_on_one_side_is_told_so() -> None:
    assert interval_words(assess(x01()), "Elm", A) == (
        "We do not know Net margin; the score lies between 5.1 and 7.6. "
        "It stays attractive either way."
    )
    assert interval_words(assess(by_hand()), "cob", A) == (
        "We do not know Criterion b; the score lies between 1.5 and 4.0. "
        "It is not attractive either way."
    )


def test_an_interval_across_the_cut_off_is_told_to_decide() -> None:
    assert interval_words(assess(x01()), "Fir", S) == (
        "We do not know Complaints; the score lies between 4.1 and 6.6. "
        "That decides on which side of the cut-off (5) it stands."
    )


def test_the_words_of_strength_are_about_us() -> None:
    sure = after(x01(), ScoreCustomer(customer="Fir", criterion="S1", value=70))
    assert interval_words(assess(sure), "Fir", S).endswith("We stay well placed either way.")


def test_what_is_all_known_or_not_at_all_has_no_interval() -> None:
    assert interval_words(assess(x01()), "Alder", A) == ""
    assert interval_words(assess(placed({"ash": (6, None)})), "ash", S) == (
        "Nothing that counts is known of its strength: Criterion s."
    )


def test_a_criterion_without_weight_is_not_missed() -> None:
    weightless = assess(after(by_hand(), SetPoints(points={"b": 0})))
    assert unknown(assess(by_hand()), "cob") == ["Criterion b"]
    assert unknown(weightless, "cob") == []


def test_unknown_is_told_by_axis_or_of_both() -> None:
    result = assess(after(x01(), ScoreCustomer(customer="Fir", criterion="A1", value=None)))
    assert unknown(result, "Fir") == ["Profit potential", "Complaints"]
    assert unknown(result, "Fir", S) == ["Complaints"]


# --- members and variations -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("levels", "told"),
    [
        ((9, 1), "2 of 3 of you would pick it with your own weights."),
        ((9, 9), "All 3 of you would pick it with your own weights."),
        ((1, 1), "None of you would pick it with your own weights."),
    ],
)
def test_the_members_own_lists_are_counted(levels: tuple[float, float], told: str) -> None:
    """Two members look at criterion a alone, one at b."""
    workshop = after(
        by_hand(),
        ScoreCustomer(customer="ash", criterion="a", value=levels[0]),
        ScoreCustomer(customer="ash", criterion="b", value=levels[1]),
    )
    swings = [{"a": 50.0, "b": 0.0, "s": 50.0}] * 2 + [{"a": 0.0, "b": 50.0, "s": 50.0}]
    for number, own in enumerate(swings):
        member = Member(id=f"m{number}", name=f"Member {number}")
        ballot = CastBallot(ballot=Ballot(member=member.id, swings=own))
        workshop = after(workshop, PutMember(member=member), ballot)
    result = assess(workshop)
    assert members_words(result, "ash", members_lists(result)) == told


def test_two_votes_are_not_counted_out_loud() -> None:
    two = {"ines": np.array([True]), "otto": np.array([False])}
    assert members_words(assess(placed({"ash": (6, 6)})), "ash", two) == ""


def test_variations_are_told_as_runs_and_never_as_all_or_none() -> None:
    rest = "with other reasonable weights and scores it is key."
    assert runs_words(0.93) == f"In 93 of 100 runs {rest}"
    assert runs_words(1.0) == f"In practically all runs {rest}"
    assert runs_words(0.0) == f"In practically no run {rest}"


# --- what would have to change --------------------------------------------------------------------


def test_the_break_even_of_birch_is_told_in_plain_units() -> None:
    """Case x01: share of wallet from 8 to 41 alone, when nothing else may move."""
    only = [c.model_copy(update={"controllable": c.id == "S1"}) for c in x01().criteria.values()]
    result = assess(after(x01(), *(PutCriterion(criterion=c) for c in only)))
    moves = path(result, "Birch", Bar(S, 5.0)) or ()
    assert path_words(result, moves) == "Share of wallet from 8 to 41 points"


def test_several_moves_are_told_in_one_sentence() -> None:
    result = assess(x01())
    moves = path(result, "Birch", Bar(S, 5.0, step=2.5, most=2)) or ()
    assert path_words(result, moves) == (
        "Share of wallet from 8 to 22 points and Performance gap from −0.8 to 0.2 points"
    )


def test_x01_switching_weights_in_whole_points(shared: Path) -> None:
    """Alder against Cedar on the weighted total, as the published case gives them."""
    published = case(shared, "x01_kam_mini_end_to_end")["expected"]
    result = assess(x01())
    weights = np.array(list(result.weights.values()))
    rows = [result.valued.table[result.row[key]] for key in ("Alder", "Cedar")]
    told = {}
    for place, key in enumerate(result.valued.criteria):
        at = switching_weight(rows[0] - rows[1], weights, place)
        assert at == pytest.approx(published["switching_weight_Alder_vs_Cedar"][place], abs=1e-4)
        if at is not None:
            told[key] = points_instead(result, key, at)
    assert told == {
        "A1": "9 instead of 30 points",
        "A3": "49 instead of 15 points",
        "S1": "40 instead of 15 points",
        "S2": "56 instead of 15 points",
        "S3": "62 instead of 10 points",
    }


@pytest.mark.parametrize(
    ("at", "told"),
    [
        (0.503, "slightly more than its 50 points"),
        (0.497, "slightly less than its 50 points"),
        (0.512, "51 instead of 50 points"),
        (0.0, "0 instead of 50 points"),
    ],
)
def test_a_weight_that_hardly_moves_is_told_without_equal_figures(at: float, told: str) -> None:
    assert points_instead(assess(by_hand()), "a", at) == told


def test_rounding_never_turns_a_direction_round() -> None:
    """A third is shown as 34 points; 33.6 is more than it and would be shown as 34."""
    thirds = assess(after(by_hand(), SetPoints(points={"a": 1, "b": 1, "s": 1})))
    assert points_instead(thirds, "a", 0.336) == "slightly more than its 34 points"


def test_points_are_of_all_criteria_whether_they_can_be_scored_or_not() -> None:
    """x has 40 of 100 points but no anchors; a has 30 of the other 60, which is half.

    At two thirds of them a has twice what b and s have together, and x keeps 4 : 3 to those two:
    a : rest : x = 2 : 1 : 4 / 3, so 46 points of 100.
    """
    half = criterion("x", A).model_copy(update={"anchors": None})
    points = SetPoints(points={"a": 30, "b": 10, "s": 20, "x": 40})
    result = assess(after(by_hand(), PutCriterion(criterion=half), points))
    assert points_instead(result, "a", 2 / 3) == "46 instead of 30 points"
    assert points_instead(result, "a", 3 / 4) == "56 instead of 30 points"


def test_a_change_of_class_is_told_of_it_or_by_name() -> None:
    result = assess(by_hand())
    flip = Flip("ash", Class.KEY_CORE, Switch("a", 0.5, 0.099), Class.LOW_PRIORITY)
    tail = "becomes Low priority if Criterion a counts 10 instead of 50 points."
    assert flip_words(result, flip) == f"It {tail}"
    assert flip_words(result, flip, "Ash") == f"Ash {tail}"
    never = Flip("ash", Class.KEY_CORE, None, None)
    assert flip_words(result, never) == "No single weight changes its class."
    assert flip_words(result, never, "Ash") == "No single weight changes the class of Ash."


def test_what_settles_a_class_is_told_with_what_to_do() -> None:
    result = assess(full())
    assert settled_words(result, "ash") == ""
    assert "while the decision of the team stands" in settled_words(result, "bay")
    assert "while it fails the gate" in settled_words(result, "cob")
    assert settled_words(result, "dew").startswith("Score it first: Criterion a, Criterion b and")


def test_only_the_axis_of_which_nothing_is_known_has_to_be_scored_first() -> None:
    half = after(by_hand(), ScoreCustomer(customer="cob", criterion="s", value=None))
    assert settled_words(assess(half), "cob") == "Score it first: Criterion s."


def test_too_little_known_names_what_to_find_out() -> None:
    known_half = after(
        by_hand(),
        SetPoints(points={"a": 10, "b": 10, "s": 20}),
        ScoreCustomer(customer="cob", criterion="a", value=9),
    )
    assert settled_words(assess(known_half), "cob") == "Find out first: Criterion b."


def test_unwilling_and_unlisted_customers_are_told_what_comes_first() -> None:
    unwilling = assess(placed({"ash": (6, 6)}, favours=Favours.NO))
    assert settled_words(unwilling, "ash") == (
        "It can be key once it would favour us as a key supplier."
    )
    chosen = ChooseLongList(long_list=LongList(customers=("ash",)))
    listed = assess(after(by_hand(), chosen))
    assert settled_words(listed, "bay") == "Put it on the long list to have it judged."


def test_where_no_criterion_counts_that_comes_first() -> None:
    nothing = assess(after(by_hand(), SetPoints(points={"a": 0, "b": 0, "s": 0})))
    assert settled_words(nothing, "ash") == "Give a criterion on each axis points first."


# --- reading the result ---------------------------------------------------------------------------


@pytest.mark.parametrize("axis", Axis)
def test_a_standing_and_its_line_are_those_of_the_axis(axis: Axis) -> None:
    result = assess(by_hand())
    ash = axis_row(result.standings["ash"], axis)
    assert ash[0] == pytest.approx({A: 7.0, S: 6.0}[axis])
    assert ash[3] == 1
    assert cut_off(result, axis) == 5
