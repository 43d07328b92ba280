"""Every bar and every line is what the whole assessment gives once the edit is made."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from kam.edits import (
    CastBallot,
    ChooseLongList,
    Edit,
    JudgeGate,
    OverrideClass,
    PutCriterion,
    PutGate,
    PutMember,
    ScoreCustomer,
    SetPoints,
    VoteScores,
)
from kam.errors import Refused
from kam.method.assessment import Assessment, assess
from kam.method.switching import reweighted
from kam.method.tornado import MOST_LINES, Bar, Moves, reach, tornado, voted_levels, weight_lines
from kam.method.values import level
from kam.model import Axis, Ballot, Class, Favours, Gate, LongList, Member, Workshop
from tests.workshops import A, S, after, by_hand, criterion, placed, workshops, x01

EXACT = 1e-9
Swings = dict[str, float]


def voted(*ballots: Swings) -> list[Edit]:
    """A member for each ballot, and the ballot."""
    edits: list[Edit] = []
    for number, swings in enumerate(ballots):
        edits.append(PutMember(member=Member(id=f"m{number}", name=f"Member {number}")))
        edits.append(CastBallot(ballot=Ballot(member=f"m{number}", swings=swings)))
    return edits


@st.composite
def voters(draw: st.DrawFn) -> Workshop:
    """A random workshop in which nobody, some or many have voted."""
    workshop = draw(workshops())
    keys = list(workshop.criteria)
    points = st.lists(st.integers(1, 100).map(float), min_size=len(keys), max_size=len(keys))
    ballots = draw(st.lists(points, max_size=5))
    return after(workshop, *voted(*(dict(zip(keys, one, strict=True)) for one in ballots)))


def at_weight(workshop: Workshop, key: str, share: float) -> Assessment:
    """The result once one criterion has this share of the weight and the others the rest."""
    weights = np.array(list(assess(workshop).weights.values()))
    moved = reweighted(weights, list(workshop.criteria).index(key), share)
    points = dict(zip(workshop.criteria, (100 * moved).tolist(), strict=True))
    return assess(after(workshop, SetPoints(points=points)))


def score(result: Assessment, who: str, axis: Axis) -> float:
    scored = result.attractiveness if axis is A else result.strength
    return float(scored.estimate[result.row[who]])


def of_kind(bars: tuple[Bar, ...], moves: Moves) -> dict[str, Bar]:
    return {bar.criterion: bar for bar in bars if bar.moves is moves}


# --- the range of the votes -----------------------------------------------------------------------


def test_three_votes_give_the_range_from_the_lowest_to_the_highest() -> None:
    ballots: list[Swings] = [{"a": 100.0, "b": 60.0, "s": 40.0}, {"a": 50, "b": 0, "s": 50}]
    ballots.append({"a": 20, "b": 60, "s": 20})
    result = assess(after(by_hand(), *voted(*ballots)))
    assert reach(result, "a") == pytest.approx((0.2, 0.5))
    assert reach(result, "b") == pytest.approx((0.0, 0.6))


def test_fewer_than_three_votes_stay_private_and_a_quarter_of_the_weight_stands_in() -> None:
    result = assess(after(by_hand(), *voted({"a": 10, "s": 90}, {"a": 90, "s": 10})))
    assert reach(result, "a") == pytest.approx((0.375, 0.625))


def test_what_fewer_than_three_judged_stays_private_though_more_have_voted() -> None:
    """What the others left out is filled in from the one vote, whose place would be the range."""
    ballots: list[Swings] = [{"a": 100, "b": 10, "s": 100}, {"a": 100, "s": 100}, {"a": 9, "s": 9}]
    result = assess(after(by_hand(), *voted(*ballots)))
    now = result.weights["b"]
    assert reach(result, "b") == pytest.approx((0.75 * now, 1.25 * now))
    assert reach(result, "a") == pytest.approx((100 / 210, 100 / 210))


def test_a_criterion_that_cannot_be_scored_is_refused_with_what_it_lacks() -> None:
    half = PutCriterion(criterion=criterion("x", A).model_copy(update={"anchors": None}))
    result = assess(after(by_hand(), half))
    with pytest.raises(Refused, match=r"Criterion x cannot be moved.*five anchors"):
        reach(result, "x")
    with pytest.raises(Refused, match="Complete its definition"):
        weight_lines(result, "x")


def test_the_levels_that_members_gave_are_told_from_three_votes_on() -> None:
    """A step is an anchor: 1 stands for the lowest level, 5 for the highest."""
    steps = {"a": (1, 4, 5), "s": (3, 4)}
    votes = [
        VoteScores(member=f"m{number}", criterion=key, steps={"ash": step})
        for key, given_steps in steps.items()
        for number, step in enumerate(given_steps)
    ]
    ballots: list[Swings] = [{"a": 1, "b": 1, "s": 1}] * 3
    result = assess(after(by_hand(), *voted(*ballots), *votes))
    assert voted_levels(result, "ash") == {"a": (0.0, 7.5, 10.0)}
    assert voted_levels(result, "bay") == {}
    bar = of_kind(tornado(result, "ash", A, voted_levels(result, "ash")), Moves.SCORE)["a"]
    assert [bar.low, bar.high] == pytest.approx([1.0, 8.5])  # (0 + 4) / 4 and (30 + 4) / 4


# --- one customer ---------------------------------------------------------------------------------


@given(voters(), st.sampled_from(Axis))
def test_a_weight_bar_ends_where_the_edited_workshop_stands(workshop: Workshop, axis: Axis) -> None:
    result = assess(workshop)
    for who in workshop.customers:
        now = score(result, who, axis)
        for key, bar in of_kind(tornado(result, who, axis), Moves.WEIGHT).items():
            ends = [score(at_weight(workshop, key, at), who, axis) for at in reach(result, key)]
            expected = sorted(now if np.isnan(end) else end for end in ends)
            assert [bar.low, bar.high] == pytest.approx(expected, abs=EXACT)


@given(workshops(), st.sampled_from(Axis))
def test_a_score_bar_ends_where_the_edited_workshop_stands(workshop: Workshop, axis: Axis) -> None:
    result = assess(workshop)
    for who in workshop.customers:
        for key, bar in of_kind(tornado(result, who, axis), Moves.SCORE).items():
            value = result.valued.table[result.row[who], result.valued.criteria.index(key)]
            anchors = workshop.criteria[key].anchors or ()
            ends = []
            for moved in (max(value - 2.5, 0), min(value + 2.5, 10)):
                raw = float(level(moved, anchors))
                edit = ScoreCustomer(customer=who, criterion=key, value=raw)
                ends.append(score(assess(after(workshop, edit)), who, axis))
            assert [bar.low, bar.high] == pytest.approx(ends, abs=EXACT)


@given(workshops(most=3), st.lists(st.integers(-4, 14).map(float), min_size=1, max_size=4))
def test_with_votes_a_score_goes_to_the_worst_and_the_best_of_them(
    workshop: Workshop, given_levels: list[float]
) -> None:
    result = assess(workshop)
    who, key = next(iter(workshop.customers)), "a0"
    bars = of_kind(tornado(result, who, A, {key: given_levels}), Moves.SCORE)
    assume(bars)
    edits = [ScoreCustomer(customer=who, criterion=key, value=raw) for raw in given_levels]
    scores = [score(assess(after(workshop, edit)), who, A) for edit in edits]
    assert bars[key].low == pytest.approx(min(scores), abs=EXACT)
    assert bars[key].high == pytest.approx(max(scores), abs=EXACT)


@given(voters(), st.sampled_from(Axis))
def test_the_longest_bar_comes_first_and_only_the_axis_own_criteria_have_one(
    workshop: Workshop, axis: Axis
) -> None:
    result = assess(workshop)
    for who in workshop.customers:
        bars = tornado(result, who, axis)
        assert all(one.length >= two.length for one, two in pairwise(bars))
        assert {workshop.criteria[bar.criterion].axis for bar in bars} <= {axis}
        assert all(0 <= bar.low <= bar.high <= 10 for bar in bars)


@given(voters(), st.sampled_from(Axis))
def test_a_bar_crosses_where_an_end_lies_on_the_other_side_of_the_cut_off(
    workshop: Workshop, axis: Axis
) -> None:
    result = assess(workshop)
    for who in workshop.customers:
        for bar in tornado(result, who, axis):
            above = {s >= 5 - EXACT for s in (bar.low, score(result, who, axis), bar.high)}
            assert bar.crosses == (len(above) == 2)


def test_bars_by_hand() -> None:
    """Ash: 8 and 4 with weights 3 : 1 of the axis; s takes no part.

    a at 37.5 of 100 points leaves b 62.5 / 3: A = (37.5 x 8 + 20.83 x 4) / 58.33 = 6.571; at 62.5
    points b keeps 12.5: A = (62.5 x 8 + 12.5 x 4) / 75 = 7.333. One step of a is 2.5 x 3 / 4.
    """
    bars = tornado(assess(by_hand()), "ash", A)
    by_score, by_weight = (of_kind(bars, moves) for moves in (Moves.SCORE, Moves.WEIGHT))
    a, b = by_score["a"], by_score["b"]
    assert [a.low, a.high] == pytest.approx([5.125, 8.5])  # 8 + 2.5 is cut to 10
    assert [b.low, b.high] == pytest.approx([6.375, 7.625])
    assert (a.low_at, a.high_at) == ("5.5 points", "10 points")
    moved = by_weight["a"]
    assert [moved.low, moved.high] == pytest.approx([6.5714286, 7.3333333])
    assert (moved.low_at, moved.high_at) == ("38 points", "62 points")
    assert [bar.criterion for bar in bars] == ["a", "b", "a", "b"]
    assert not any(bar.crosses for bar in bars)


def test_a_weight_that_lowers_the_score_says_at_which_end() -> None:
    """More weight on b, where Ash has 4 only, pulls it down from 7."""
    bar = of_kind(tornado(assess(by_hand()), "ash", A), Moves.WEIGHT)["b"]
    assert (bar.low_at, bar.high_at) == ("21 points", "12 points")


def test_the_end_of_one_point_is_said_in_the_singular() -> None:
    result = assess(after(by_hand(), SetPoints(points={"a": 55, "b": 1, "s": 44})))
    bar = of_kind(tornado(result, "ash", A), Moves.WEIGHT)["b"]
    assert {bar.low_at, bar.high_at} == {"1 point"}


def test_a_falling_criterion_names_its_levels_the_right_way_round() -> None:
    """Fewer complaints are better: Cedar's 0.8 lies between the anchors 1.5 and 0.5."""
    bar = of_kind(tornado(assess(x01()), "Cedar", S), Moves.SCORE)["S3"]
    assert (bar.low_at, bar.high_at) == ("1.95 points", "0.5 points")


def test_an_unknown_score_has_a_bar_only_where_members_voted_on_it() -> None:
    result = assess(by_hand())
    assert "b" not in of_kind(tornado(result, "cob", A), Moves.SCORE)
    bar = of_kind(tornado(result, "cob", A, {"b": [8.0, 2.0, 4.0]}), Moves.SCORE)["b"]
    assert [bar.low, bar.high] == pytest.approx([2.0, 3.5])  # (6 + 2) / 4 and (6 + 8) / 4
    assert (bar.low_at, bar.high_at) == ("2 points", "8 points")


def test_a_customer_without_a_score_has_no_bars() -> None:
    assert tornado(assess(placed({"ash": (6, None)})), "ash", S) == ()


def test_an_axis_of_one_criterion_does_not_hang_on_its_weight() -> None:
    bar = of_kind(tornado(assess(placed({"ash": (6, 6)})), "ash", A), Moves.WEIGHT)["a"]
    assert (bar.low, bar.high, bar.length) == (6, 6, 0)


def test_a_criterion_with_all_the_weight_cannot_move() -> None:
    alone = assess(after(placed({"ash": (6, 6)}), SetPoints(points={"a": 10, "s": 0})))
    assert of_kind(tornado(alone, "ash", A), Moves.WEIGHT) == {}
    assert list(of_kind(tornado(alone, "ash", A), Moves.SCORE)) == ["a"]
    assert weight_lines(alone, "a") == ()


# --- all near the line ----------------------------------------------------------------------------


@given(voters(), st.data())
def test_every_point_of_a_line_is_what_the_edited_workshop_gives(
    workshop: Workshop, data: st.DataObject
) -> None:
    key = data.draw(st.sampled_from(list(workshop.criteria)))
    points = data.draw(st.integers(0, 60))
    lines = weight_lines(assess(workshop), key)
    moved = at_weight(workshop, key, points / 100)
    for line in lines:
        expected = moved.selection.distance[moved.row[line.customer]]
        assert line.distances[points] == pytest.approx(expected, abs=EXACT, nan_ok=True)
        now = assess(workshop).standings[line.customer].distance
        assert line.now == pytest.approx(now, abs=EXACT)


@given(voters(), st.data())
def test_a_line_crosses_where_the_votes_lie_on_both_sides(
    workshop: Workshop, data: st.DataObject
) -> None:
    """Checked at the ends of the votes; between them a line may cross and come back."""
    key = data.draw(st.sampled_from(list(workshop.criteria)))
    result = assess(workshop)
    ends = [at_weight(workshop, key, share) for share in reach(result, key)]
    for line in weight_lines(result, key):
        distances = [end.selection.distance[end.row[line.customer]] for end in ends]
        if min(distances) < -1e-6 and max(distances) > 1e-6:
            assert line.crosses


@given(voters())
def test_who_crosses_comes_first_then_the_nearest(workshop: Workshop) -> None:
    lines = weight_lines(assess(workshop), "a0")
    assert list(lines) == sorted(lines, key=lambda line: (not line.crosses, abs(line.now)))


def test_a_line_by_hand() -> None:
    """Ash stands on the cut-off when a counts 10 points, b and s keeping 1 : 2."""
    lines = {line.customer: line for line in weight_lines(assess(by_hand()), "a")}
    ash = lines["ash"]
    assert len(ash.distances) == 61
    assert ash.now == pytest.approx(1.0)
    assert ash.distances[10] == pytest.approx(0.0)
    assert ash.distances[9] < 0
    assert not ash.crosses  # from 37.5 to 62.5 points it stays inside


def test_votes_down_to_nothing_let_a_customer_cross() -> None:
    ballots: list[Swings] = [{"a": 5, "b": 55, "s": 40}, {"a": 50, "b": 10, "s": 40}]
    ballots.append({"a": 60, "b": 0, "s": 40})
    lines = weight_lines(assess(after(by_hand(), *voted(*ballots))), "a")
    assert (lines[0].customer, lines[0].crosses) == ("ash", True)


def test_at_most_twelve_lines_are_drawn_the_nearest_of_all() -> None:
    people = {f"c{n:02}": (5 + n / 10, 9.0) for n in range(20)}
    lines = weight_lines(assess(placed(people)), "a")
    assert [line.customer for line in lines] == [f"c{n:02}" for n in range(MOST_LINES)]


def test_who_cannot_become_key_by_its_scores_has_no_line() -> None:
    names = ("ash", "bay", "cob", "dew", "elm")
    workshop = after(
        placed(dict.fromkeys(names, (6.0, 6.0))),
        PutGate(gate=Gate(id="g", name="Sound credit")),
        JudgeGate(customer="ash", gate="g", fails=True, why="Insolvent"),
        OverrideClass(customer="bay", klass=Class.KEY_CORE, by="Ines", reason="We promised"),
        ScoreCustomer(customer="cob", criterion="s", value=None),
        ChooseLongList(long_list=LongList(customers=names[:4])),
    )
    assert [line.customer for line in weight_lines(assess(workshop), "a")] == ["dew"]
    unwilling = placed({"ash": (6, 6)}, favours=Favours.NO)
    assert weight_lines(assess(unwilling), "a") == ()


def test_who_is_known_too_little_has_no_line() -> None:
    result = assess(after(by_hand(), SetPoints(points={"a": 10, "b": 30, "s": 20})))
    assert {line.customer for line in weight_lines(result, "a")} == {"ash", "bay"}


def test_without_any_score_there_are_no_lines() -> None:
    assert weight_lines(assess(placed({"ash": (None, None)})), "a") == ()
