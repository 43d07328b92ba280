"""What would have to change: the fewest criteria that carry a customer to a line."""

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kam.edits import PutCriterion, ScoreCustomer, SetPoints
from kam.method.assessment import Assessment, assess
from kam.method.paths import CREDIBLE_MOVES, WITHIN_A_YEAR, Bar, Move, path
from kam.method.values import level
from kam.model import Axis, Workshop
from tests.workshops import A, S, after, by_hand, criterion, placed, workshops, x01


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
            target = float(level(min(10, value + bar.step), c.anchors or ()))
            single = after(
                result.workshop, ScoreCustomer(customer=who, criterion=key, value=target)
            )
            gains.append(axis_score(assess(single), who, bar.axis) - start)
    return gains


def test_a_controllable_criterion_of_the_other_axis_does_not_help() -> None:
    workshop = after(
        placed({"ash": (6, 4)}, controllable=False),
        PutCriterion(criterion=criterion("a", A, controllable=True)),
    )
    assert path(assess(workshop), "ash", Bar(S, 5.0)) is None
