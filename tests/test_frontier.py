"""Potential won for hours spent: four customers by hand, and no split above the frontier."""

from itertools import pairwise
from math import nan

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kam.method.frontier import (
    Change,
    Demand,
    Piece,
    Point,
    change,
    change_words,
    frontier,
    picture,
    picture_words,
    pieces,
    stand,
)
from kam.method.resources import Share, fair_hours

ALDER = Demand("Alder", 600, 200)  # 3 for each hour
BIRCH = Demand("Birch", 500, 100)  # 5
CEDAR = Demand("Cedar", 100, 100)  # 1
FOUR = (ALDER, BIRCH, CEDAR, Demand("Elm", -50, 80))


@st.composite
def demands(draw: st.DrawFn) -> list[Demand]:
    """Up to ten customers, some of whom something is unknown, some without anything to win."""
    worth = st.one_of(st.none(), st.just(0.0), st.floats(-1e6, 1e6))
    needed = st.one_of(st.none(), st.just(0.0), st.floats(0.01, 2_000))
    count = draw(st.integers(1, 10))
    return [Demand(str(number), draw(worth), draw(needed)) for number in range(count)]


# --- by hand --------------------------------------------------------------------------------------


def test_hours_go_first_where_each_wins_the_most() -> None:
    found = frontier(FOUR)
    assert found.customers == ("Birch", "Alder", "Cedar")
    assert found.points == (Point(0, 0), Point(100, 500), Point(300, 1_100), Point(400, 1_200))


@pytest.mark.parametrize(
    ("hours", "won"), [(0, 0), (50, 250), (100, 500), (200, 800), (350, 1_150), (9_000, 1_200)]
)
def test_between_two_corners_the_frontier_is_straight_and_then_level(
    hours: float, won: float
) -> None:
    assert frontier(FOUR).won(hours) == won


def test_each_further_unit_costs_more_along_the_frontier() -> None:
    found = pieces(frontier(FOUR).points)
    assert found == (Piece(500, 100, 0.2), Piece(600, 200, 1 / 3), Piece(100, 100, 1))


def test_a_piece_that_wins_nothing_has_no_price() -> None:
    assert pieces([Point(0, 5), Point(10, 5)]) == (Piece(0, 10, None),)
    assert pieces([Point(0, 5)]) == ()


def test_what_needs_no_hours_is_won_from_the_start() -> None:
    found = frontier((Demand("Fir", 40, 0), BIRCH))
    assert found.points == (Point(0, 40), Point(100, 540))
    assert found.customers == ("Birch",)


@pytest.mark.parametrize(
    ("worth", "needed"), [(None, 10.0), (10.0, None), (nan, 10.0), (10.0, nan)]
)
def test_the_unknown_is_named_and_on_no_curve(worth: float | None, needed: float | None) -> None:
    unsaid = Demand("Fir", worth, needed)
    found = frontier((unsaid, BIRCH))
    assert found.unknown == ("Fir",)
    assert found.points == frontier((BIRCH,)).points
    assert stand((unsaid, BIRCH), {"Fir": 900, "Birch": 50}) == Point(50, 250)


def test_nobody_to_win_from_is_a_frontier_at_nothing() -> None:
    assert frontier(()).points == (Point(0, 0),)
    assert frontier(()).won(10) == 0


def test_hours_beyond_those_needed_win_nothing_more() -> None:
    assert stand((BIRCH,), {"Birch": 250}) == Point(250, 500)


@pytest.mark.parametrize("hours", [{}, {"Birch": None}, {"Birch": nan}])
def test_unknown_hours_leave_the_point_unknown(hours: dict[str, float | None]) -> None:
    assert stand((BIRCH,), hours) is None
    assert change((BIRCH,), hours, {"Birch": 9}) is None
    assert change((BIRCH,), {"Birch": 9}, hours) is None
    assert picture_words(picture((BIRCH,), hours, {"Birch": 9})) == ""


# --- two splits beside the best -------------------------------------------------------------------

NOW = {"Alder": 50, "Birch": 20, "Cedar": 100, "Elm": 130}
PROPOSED = {"Alder": 180, "Birch": 100, "Cedar": 20, "Elm": 0}


def test_both_splits_stand_beside_the_best_there_is() -> None:
    found = picture(FOUR, NOW, PROPOSED)
    assert found.present == Point(300, 350)
    assert found.proposed == Point(300, 1_060)
    assert found.frontier.won(300) == 1_100
    assert picture_words(found) == (
        "The hours that we spend win 350; the same hours could win 1,100. "
        "The proposed split wins 1,060."
    )


def test_without_a_proposal_only_the_best_is_told() -> None:
    told = picture_words(picture(FOUR, NOW, {}))
    assert told == "The hours that we spend win 350; the same hours could win 1,100."


def test_moving_hours_costs_what_is_given_up() -> None:
    found = change(FOUR, NOW, PROPOSED)
    assert found is not None
    assert found.won == {"Birch": 400, "Alder": 390}
    assert found.given_up == {"Cedar": 80}
    assert found.net == 710
    assert change_words(found, str.upper) == (
        "Moving the hours wins 790 with BIRCH and ALDER and gives up 80 with CEDAR."
    )


@pytest.mark.parametrize(
    ("found", "words"),
    [
        (Change({}, {}), "Moving the hours changes nothing that can be won."),
        (Change({"Alder": 5}, {}), "Moving the hours wins 5 with Alder and gives up nothing."),
        (Change({}, {"Alder": 5}), "Moving the hours wins nothing and gives up 5 with Alder."),
    ],
)
def test_a_change_says_what_it_wins_and_what_it_costs(found: Change, words: str) -> None:
    assert change_words(found) == words


# --- for any customers ----------------------------------------------------------------------------


@given(some=demands(), data=st.data())
def test_no_split_of_the_hours_is_above_the_frontier(
    some: list[Demand], data: st.DataObject
) -> None:
    hours = {one.customer: data.draw(st.floats(0, 3_000)) for one in some}
    point = stand(some, hours)
    assert point is not None
    assert point.won <= frontier(some).won(point.hours) * (1 + 1e-9) + 1e-9


@given(some=demands(), shared=st.floats(0, 5_000))
def test_hours_due_by_potential_are_never_above_the_frontier(
    some: list[Demand], shared: float
) -> None:
    fair = fair_hours([Share(d.customer, d.potential, 0, d.needed or 0) for d in some], shared)
    point = stand(some, dict(fair.hours))
    assert point is not None
    assert point.won <= frontier(some).won(point.hours) * (1 + 1e-9) + 1e-6


@given(some=demands(), hours=st.floats(0, 10_000))
def test_the_frontier_is_reached_by_spending_in_its_order(some: list[Demand], hours: float) -> None:
    found = frontier(some)
    spent, left = dict.fromkeys((one.customer for one in some), 0.0), hours
    for customer, (before, after) in zip(found.customers, pairwise(found.points), strict=True):
        spent[customer] = min(left, after.hours - before.hours)
        left -= spent[customer]
    point = stand(some, dict(spent))
    assert point is not None
    assert point.won == pytest.approx(found.won(hours), rel=1e-6, abs=1e-6)


@given(some=demands())
def test_the_frontier_rises_and_only_flattens(some: list[Demand]) -> None:
    prices = [piece.per_unit for piece in pieces(frontier(some).points) if piece.gain > 1e-3]
    known = [price for price in prices if price is not None]
    assert len(known) == len(prices)
    assert all(later >= earlier * (1 - 1e-6) for earlier, later in pairwise(known))


@given(some=demands(), data=st.data())
def test_a_change_is_the_difference_of_the_two_points(
    some: list[Demand], data: st.DataObject
) -> None:
    present, proposed = (
        {one.customer: data.draw(st.floats(0, 3_000)) for one in some} for _ in range(2)
    )
    found, before, after = (
        change(some, present, proposed), stand(some, present), stand(some, proposed)
    )  # fmt: skip
    assert found is not None
    assert before is not None
    assert after is not None
    assert found.net == pytest.approx(after.won - before.won, abs=1e-3)
