"""What would have to change: the fewest criteria that carry a customer to a line."""

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kam.edits import PutCriterion, ScoreCustomer, SetPoints
from kam.method.assessment import Assessment, assess
from kam.method.paths import CREDIBLE_MOVES, WITHIN_A_YEAR, Bar, Move, halfway, path
from kam.method.values import level
from kam.model import Anchors, Axis, Workshop
from tests.workshops import PLAIN, A, S, after, anchors, by_hand, criterion, placed, workshops, x01


def controllable(workshop: Workshop, *keys: str) -> Workshop:
    """`workshop` in which exactly these criteria may be moved by us."""
    return after(
        workshop,
        *(
            PutCriterion(criterion=c.model_copy(update={"controllable": key in keys}))
            for key, c in workshop.criteria.items()
        ),
    )


def moved(workshop: Workshop, customer: str, moves: tuple[Move, ...]) -> Assessment:
    """The result once the moves have come true."""
    return assess(
        after(
            workshop,
            *(
                ScoreCustomer(customer=customer, criterion=move.criterion, value=move.end)
                for move in moves
            ),
        )
    )


def axis_score(result: Assessment, customer: str, axis: Axis) -> float:
    standing = result.standings[customer]
    return (standing.attractiveness if axis is A else standing.strength)[0]


def test_one_criterion_moves_by_the_gap_over_its_share_of_the_axis() -> None:
    """Birch of case x01 needs +1.875; share of wallet is 15/40 of the axis: +5 value points."""
    result = assess(controllable(x01(), "S1"))
    [move] = path(result, "Birch", Bar(S, 5.0)) or ()
    assert (move.criterion, move.start) == ("S1", 8)
    assert move.end == pytest.approx(41)


def test_another_single_criterion_would_do_as_well() -> None:
    result = assess(controllable(x01(), "S2"))
    [move] = path(result, "Birch", Bar(S, 5.0)) or ()
    assert (move.criterion, move.start) == ("S2", -0.8)
    assert move.end == pytest.approx(1.2)


def test_within_a_year_it_takes_both() -> None:
    bar = Bar(S, 5.0, step=WITHIN_A_YEAR, most=CREDIBLE_MOVES)
    assert path(assess(controllable(x01(), "S1")), "Birch", bar) is None
    moves = path(assess(controllable(x01(), "S1", "S2")), "Birch", bar) or ()
    assert {m.criterion: round(m.end, 6) for m in moves} == {"S1": 22, "S2": 0.2}


def test_a_line_that_is_reached_needs_no_move() -> None:
    assert path(assess(placed({"ash": (6, 6)})), "ash", Bar(S, 6.0)) == ()


def test_what_we_cannot_control_is_no_path() -> None:
    assert path(assess(placed({"ash": (6, 4)}, controllable=False)), "ash", Bar(S, 5.0)) is None


def test_what_is_not_known_is_no_path() -> None:
    assert path(assess(placed({"ash": (6, None)})), "ash", Bar(S, 5.0)) is None
    half = controllable(by_hand(), "b")
    assert path(assess(half), "cob", Bar(A, 2.1)) is None  # only b may move, and it is unknown


def test_a_criterion_without_weight_is_no_path() -> None:
    weightless = after(controllable(by_hand(), "b"), SetPoints(points={"b": 0}))
    assert path(assess(weightless), "bay", Bar(A, 6.5)) is None


def test_a_line_above_what_all_moves_reach_is_no_path() -> None:
    result = assess(controllable(by_hand(), "b"))  # b alone can add 8 / 4 = 2 points to Bay's 5
    assert path(result, "bay", Bar(A, 7.1)) is None
    [move] = path(result, "bay", Bar(A, 7.0)) or ()
    assert (move.criterion, move.start) == ("b", 2)
    assert move.end == pytest.approx(10)


def test_the_criterion_that_contributes_most_comes_first() -> None:
    result = assess(controllable(by_hand(), "a", "b"))
    moves = path(result, "bay", Bar(A, 8.5)) or ()  # a adds at most 3, b at most 2
    assert [move.criterion for move in moves] == ["a", "b"]
    assert [move.end for move in moves] == pytest.approx([6 + 4 * 0.7, 2 + 8 * 0.7])


def test_a_falling_criterion_moves_down() -> None:
    result = assess(controllable(x01(), "S3"))
    [move] = path(result, "Dogwood", Bar(S, 4.0)) or ()
    assert move.criterion == "S3"
    assert move.end < move.start == 4.0


LINES = st.integers(0, 40).map(lambda n: n / 4)
BARS = st.builds(
    Bar, st.sampled_from(Axis), LINES, st.sampled_from([2.5, 5.0, 10.0]), st.integers(1, 3)
)


@st.composite
def questions(draw: st.DrawFn) -> tuple[Workshop, str, Bar]:
    """A workshop in which some criteria may be moved, one of its customers, and a line."""
    workshop = draw(workshops(most=3))
    keys = draw(st.lists(st.sampled_from(sorted(workshop.criteria)), unique=True))
    who = draw(st.sampled_from(sorted(workshop.customers)))
    return controllable(workshop, *keys), who, draw(BARS)


@given(questions())
def test_when_the_moves_come_true_the_score_is_on_the_line(
    question: tuple[Workshop, str, Bar],
) -> None:
    workshop, who, bar = question
    moves = path(assess(workshop), who, bar)
    if moves:
        score = axis_score(moved(workshop, who, moves), who, bar.axis)
        assert score == pytest.approx(bar.line, abs=1e-6)
    elif moves == ():
        assert axis_score(assess(workshop), who, bar.axis) >= bar.line - 1e-6


@given(questions())
def test_moves_keep_to_what_they_may(question: tuple[Workshop, str, Bar]) -> None:
    workshop, who, bar = question
    result = assess(workshop)
    moves = path(result, who, bar) or ()
    after_moves = moved(workshop, who, moves)
    row = result.valued.customers.index(who)
    assert len(moves) <= bar.most
    for move in moves:
        column = result.valued.criteria.index(move.criterion)
        gain = after_moves.valued.table[row, column] - result.valued.table[row, column]
        assert workshop.criteria[move.criterion].controllable
        assert workshop.criteria[move.criterion].axis is bar.axis
        assert move.start == result.valued.raw[row, column]
        assert -1e-9 <= gain <= bar.step + 1e-6


@given(questions())
def test_no_smaller_set_of_criteria_reaches_the_line(question: tuple[Workshop, str, Bar]) -> None:
    """Every set is tried: its criteria gain as much as they may, the others nothing."""
    workshop, who, bar = question
    result = assess(workshop)
    moves = path(result, who, bar)
    start = axis_score(result, who, bar.axis)
    if np.isnan(start) or moves == ():
        return
    gains = _best_gains(result, who, bar)
    enough = [
        size
        for size in range(1, bar.most + 1)
        for chosen in combinations(gains, min(size, len(gains)))
        if start + sum(chosen) >= bar.line + 1e-9
    ]
    if moves is None:
        assert not enough
    elif enough:
        assert len(moves) <= min(enough)


def _best_gains(result: Assessment, who: str, bar: Bar) -> list[float]:
    """What each movable criterion adds to the axis score when it moves as far as it may."""
    row = result.valued.customers.index(who)
    start = axis_score(result, who, bar.axis)
    gains = []
    for column, key in enumerate(result.valued.criteria):
        c = result.workshop.criteria[key]
        value = result.valued.table[row, column]
        if c.axis is bar.axis and c.controllable and not np.isnan(value):
            worst, next_one = (c.anchors or PLAIN)[:2]
            below = max(0.0, 2.5 * (worst - result.valued.raw[row, column]) / (next_one - worst))
            target = float(level(min(10, value + max(0.0, bar.step - below)), c.anchors or ()))
            single = after(
                result.workshop, ScoreCustomer(customer=who, criterion=key, value=target)
            )
            gains.append(axis_score(assess(single), who, bar.axis) - start)
    return gains


# --- below the anchors, and in whole steps --------------------------------------------------------

MARGIN = (-5.0, 0.0, 5.0, 10.0, 15.0)


def one_measure(unit: str, levels: Anchors, at: float) -> Assessment:
    """Ash with one strength criterion that may be moved, at a level."""
    measure = criterion("s", S, levels, unit=unit, controllable=True)
    return assess(
        after(
            placed({"ash": (6, None)}),
            PutCriterion(criterion=measure),
            ScoreCustomer(customer="ash", criterion="s", value=at),
        )
    )


@pytest.mark.parametrize(
    ("levels", "at", "line", "reached"),
    [
        (MARGIN, -5.0, 2.5, True),
        (MARGIN, -5.1, 2.5, False),  # 0.05 points below 0: a step of 2.5 ends at 2.45
        (MARGIN, -7.0, 1.5, True),
        (MARGIN, -7.0, 1.6, False),
        (MARGIN, -60.0, 0.1, False),
        (MARGIN[::-1], 17.0, 1.5, True),
        (MARGIN[::-1], 17.0, 1.6, False),
        (MARGIN, -3.0, 3.5, True),
    ],
)
def test_the_way_back_to_the_worst_anchor_is_part_of_a_step(
    levels: Anchors,
    at: float,
    line: float,
    reached: bool,  # noqa: FBT001 - a value of the table
) -> None:
    found = path(one_measure("%", levels, at), "ash", Bar(S, line, step=WITHIN_A_YEAR))
    assert (found is not None) is reached
    assert found is None or found[0].start == at


def test_further_below_the_anchors_than_they_span_there_is_no_way_at_all() -> None:
    assert path(one_measure("%", MARGIN, -26), "ash", Bar(S, 0.1)) is None
    assert path(one_measure("%", MARGIN, -24), "ash", Bar(S, 0.1)) is not None


@pytest.mark.parametrize(
    ("levels", "at", "line", "end"),
    [
        ((1.0, 2.0, 3.0, 4.0, 5.0), 1.0, 5.25, 4.0),
        ((1.0, 2.0, 3.0, 4.0, 5.0), 1.0, 5.0, 3.0),  # there exactly
        ((1.0, 2.0, 3.0, 4.0, 5.0), 1.667, 3.0, 3.0),  # the mean of votes to a whole step
        ((8.0, 6.0, 4.0, 2.0, 0.0), 8.0, 3.0, 5.0),  # fewer is better: 5.6 is not enough
        ((0.0, 1.0, 2.0, 4.0, 8.0), 0.0, 7.6, 5.0),
    ],
)
def test_what_is_counted_moves_to_the_first_whole_step_that_is_enough(
    levels: Anchors, at: float, line: float, end: float
) -> None:
    result = one_measure("count of 8", levels, at)
    moves = path(result, "ash", Bar(S, line))
    assert moves == (Move("s", at, end),)
    assert axis_score(moved(result.workshop, "ash", moves), "ash", S) >= line - 1e-9
    [exact] = path(one_measure("%", levels, at), "ash", Bar(S, line)) or ()
    assert abs(exact.end - end) < 1


def test_a_whole_step_further_than_a_year_allows_is_no_path() -> None:
    """From 1.5 of 5 a year reaches 2.5; 2 of 5 is worth 2.5, and 3 of 5 is too far."""
    result = one_measure("count of 5", (1.0, 2.0, 3.0, 4.0, 5.0), 1.5)
    assert path(result, "ash", Bar(S, 2.5, step=WITHIN_A_YEAR)) == (Move("s", 1.5, 2.0),)
    assert path(result, "ash", Bar(S, 2.6, step=WITHIN_A_YEAR)) is None
    assert path(one_measure("%", (1.0, 2.0, 3.0, 4.0, 5.0), 1.5), "ash",
                Bar(S, 2.6, step=WITHIN_A_YEAR)) is not None  # fmt: skip


@given(anchors(), st.integers(-3, 12), LINES, st.sampled_from([2.5, 10.0]))
def test_a_counted_move_ends_on_a_whole_step_that_reaches_the_line(
    levels: Anchors, at: int, line: float, step: float
) -> None:
    result = one_measure("count", levels, at)
    moves = path(result, "ash", Bar(S, line, step))
    if moves:
        [move] = moves
        assert move.end == round(move.end)
        after_move = axis_score(moved(result.workshop, "ash", moves), "ash", S)
        assert after_move >= line - 1e-6
        assert after_move - axis_score(result, "ash", S) <= step + 1e-6


@pytest.mark.parametrize(
    ("unit", "move", "half"),
    [
        ("%", Move("s", 1, 4), 2.5),
        ("count of 5", Move("s", 1, 4), 3.0),
        ("count of 5", Move("s", 4, 1), 2.0),
        ("count of 5", Move("s", 1, 3), 2.0),
        ("count of 5", Move("s", 1, 2), None),
        ("count of 5", Move("s", 1.5, 3), None),
    ],
)
def test_the_middle_of_a_move_is_a_step_before_its_end(
    unit: str, move: Move, half: float | None
) -> None:
    assert halfway(criterion("s", unit=unit), move) == half


def test_a_controllable_criterion_of_the_other_axis_does_not_help() -> None:
    workshop = after(
        placed({"ash": (6, 4)}, controllable=False),
        PutCriterion(criterion=criterion("a", A, controllable=True)),
    )
    assert path(assess(workshop), "ash", Bar(S, 5.0)) is None
