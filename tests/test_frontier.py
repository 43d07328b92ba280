"""Potential won for hours spent: four customers by hand, and the best of a linear program."""

from itertools import pairwise
from math import inf, nan

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import linprog

from kam.method.frontier import Demand, Frontier, Point, change, frontier, idle, picture, stand
from kam.method.resources import Share, fair_hours

ALDER = Demand("Alder", 600, 200)  # 3 for each hour
BIRCH = Demand("Birch", 500, 100)  # 5
CEDAR = Demand("Cedar", 100, 100)  # 1
FOUR = (ALDER, BIRCH, CEDAR, Demand("Elm", -50, 80))


@st.composite
def demands(draw: st.DrawFn, least: float = 0.0) -> list[Demand]:
    """Up to ten customers, some of whom something is unknown, some without anything to win.

    From 0 on: some need no hours. From `least` on: all need as many hours or more.
    """
    worth = st.one_of(st.none(), st.just(0.0), st.floats(-1e6, 1e6))
    needed = st.one_of(st.none(), st.just(least), st.floats(max(least, 0.01), 2_000))
    found = []
    for number in range(draw(st.integers(1, 10))):
        floor = draw(st.one_of(st.just(0.0), st.floats(0, 500)))
        cap = draw(st.one_of(st.just(inf), st.floats(floor, 2_000), st.just(floor)))
        found.append(Demand(str(number), draw(worth), draw(needed), floor, cap))
    return found


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


def test_the_next_hours_win_less_the_further_along_the_frontier() -> None:
    found = frontier(FOUR)
    assert [found.next_won(hours, 100) for hours in (0, 100, 300, 400)] == [500, 300, 100, 0]
    assert found.next_won(250, 100) == 50 * 3 + 50 * 1


# Dogwood promises most for an hour, but has at most 40; Cedar has 30 whatever it wins.
LIMITED = (
    Demand("Alder", 600, 200, floor=50, cap=120),
    Demand("Cedar", 100, 100, floor=30, cap=90),
    Demand("Dogwood", 400, 100, cap=40),
    Demand("Elm", 0, 80, floor=20, cap=80),
)


def test_the_frontier_begins_with_the_least_hours_and_ends_at_the_most() -> None:
    found = frontier(LIMITED)
    assert found.customers == ("Dogwood", "Alder", "Cedar")
    assert found.points == (Point(100, 180), Point(140, 340), Point(210, 550), Point(270, 610))


def test_fewer_hours_than_the_least_ones_win_nothing_that_is_known() -> None:
    found = frontier(LIMITED)
    assert (found.won(99), found.next_won(99, 10)) == (None, None)
    assert (found.won(100), found.won(120)) == (180, 260)


def test_a_least_above_what_wins_all_takes_hours_and_wins_no_more() -> None:
    assert frontier([Demand("Fir", 100, 50, floor=80, cap=90)]).points == (Point(80, 100),)


def test_hours_beyond_what_wins_all_and_beyond_the_least_are_idle() -> None:
    promised = Demand("Fir", 100, 50, floor=80, cap=90)
    unsaid = Demand("Gorse", None, 10)
    assert idle([BIRCH, promised, unsaid], {"Birch": 130, "Fir": 85, "Gorse": 99}) == 30 + 5
    assert idle([BIRCH, promised], {"Birch": 100, "Fir": 80}) == 0
    assert idle([BIRCH], {}) == 0


def test_a_lower_cap_never_makes_a_customer_look_better() -> None:
    """Need was the cap of the class: core customers then won all with fewer hours."""
    rivals = [Demand("Birch", 500, 400, cap=400)]
    wide, narrow = (
        frontier([Demand("Alder", 600, 400, cap=cap), *rivals]) for cap in (400.0, 100.0)
    )
    assert wide.customers == narrow.customers
    assert all((narrow.won(hours) or 0) <= (wide.won(hours) or 0) for hours in range(0, 900, 50))


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
    assert picture((BIRCH,), hours, {"Birch": 9}).present is None


# --- two splits beside the best -------------------------------------------------------------------

NOW = {"Alder": 50, "Birch": 20, "Cedar": 100, "Elm": 130}
PROPOSED = {"Alder": 180, "Birch": 100, "Cedar": 20, "Elm": 0}


def test_both_splits_stand_beside_the_best_there_is() -> None:
    found = picture(FOUR, NOW, PROPOSED)
    assert found.present == Point(300, 350)
    assert found.proposed == Point(300, 1_060)
    assert found.frontier.won(300) == 1_100
    assert picture(FOUR, NOW, {}).proposed is None


def test_todays_hours_beyond_the_limits_may_win_more_than_the_best_within_them() -> None:
    found = picture(LIMITED, {"Alder": 200, "Cedar": 0, "Dogwood": 0, "Elm": 0}, {})
    assert found.present == Point(200, 600)
    assert found.frontier.won(200) == 520


def test_moving_hours_costs_what_is_given_up() -> None:
    found = change(FOUR, NOW, PROPOSED)
    assert found is not None
    assert found.won == {"Birch": 400, "Alder": 390}
    assert found.given_up == {"Cedar": 80}


# --- for any customers ----------------------------------------------------------------------------


def at_best(found: Frontier, hours: float) -> float:
    """What the frontier wins with hours that hold the least ones."""
    won = found.won(hours)
    assert won is not None
    return won


def program(some: list[Demand], hours: float) -> float:
    """The most that any split of the hours within the limits wins, by a linear program."""
    rows = [row for row in some if row.potential is not None and row.needed is not None]
    slopes = [-max(0.0, row.potential or 0) / (row.needed or 1) for row in rows]
    count = len(rows)
    # an hour that wins (first half) is an hour that is spent (second half)
    pairs = np.hstack([np.eye(count), -np.eye(count)])
    spent = np.hstack([np.zeros(count), np.ones(count)])[None, :]
    found = linprog(
        [*slopes, *[0.0] * count],
        A_ub=np.vstack([pairs, spent]),
        b_ub=[*[0.0] * count, hours],
        bounds=[*((0, row.needed) for row in rows), *((row.floor, row.cap) for row in rows)],
    )
    assert found.success
    return -float(found.fun)


@given(some=demands(least=1.0), more=st.floats(0, 5_000))
def test_the_frontier_is_the_optimum_of_a_linear_program(some: list[Demand], more: float) -> None:
    found = frontier(some)
    hours = found.points[0].hours + more
    if len(found.unknown) < len(some):
        assert at_best(found, hours) == pytest.approx(program(some, hours), rel=1e-6, abs=1e-3)


@given(some=demands(), data=st.data())
def test_no_split_of_the_hours_within_the_limits_is_above_the_frontier(
    some: list[Demand], data: st.DataObject
) -> None:
    hours = {
        one.customer: data.draw(st.floats(one.floor, min(one.cap, one.floor + 3_000)))
        for one in some
    }
    point = stand(some, hours)
    assert point is not None
    assert point.won <= at_best(frontier(some), point.hours) * (1 + 1e-9) + 1e-6


@given(some=demands(), shared=st.floats(0, 5_000))
def test_hours_due_by_potential_are_never_above_the_frontier(
    some: list[Demand], shared: float
) -> None:
    rows = [Share(d.customer, d.potential, d.floor, d.cap) for d in some]
    fair = fair_hours(rows, shared + sum(d.floor for d in some))
    point = stand(some, dict(fair.hours))
    assert point is not None
    assert point.won <= at_best(frontier(some), point.hours) * (1 + 1e-9) + 1e-6


@given(some=demands(), more=st.floats(0, 10_000))
def test_the_frontier_is_reached_by_spending_in_its_order(some: list[Demand], more: float) -> None:
    found = frontier(some)
    spent, left = {one.customer: one.floor for one in some}, more
    for customer, (before, after) in zip(found.customers, pairwise(found.points), strict=True):
        further = min(left, after.hours - before.hours)
        spent[customer] += further
        left -= further
    point = stand(some, dict(spent))
    assert point is not None
    best = at_best(found, found.points[0].hours + more)
    assert point.won == pytest.approx(best, rel=1e-6, abs=1e-6)


@given(some=demands(least=1.0), hours=st.lists(st.floats(0, 9_000), min_size=2, max_size=2))
def test_the_frontier_rises_and_only_flattens(some: list[Demand], hours: list[float]) -> None:
    found = frontier(some)
    start = found.points[0].hours
    early, late = (found.next_won(start + more, 100) for more in sorted(hours))
    assert early is not None
    assert late is not None
    assert early >= late - 1e-3 >= -2e-3


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
    net = sum(found.won.values()) - sum(found.given_up.values())
    assert net == pytest.approx(after.won - before.won, abs=1e-3)
