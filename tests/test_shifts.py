"""Present hours beside those due: who has too many, what moves, and the one headline figure."""

from dataclasses import replace
from math import inf, nan

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kam.method.resources import Fair, Share, fair_hours, without
from kam.method.shifts import (
    Service,
    Shift,
    follows_potential,
    headline,
    misplaced_share,
    served,
    shift_words,
    shifts,
)


def three(*hours: float | None) -> list[Share]:
    """Alder, Birch and Cedar promise 60, 30 and 10: of 1,000 hours 600, 300 and 100 are due."""
    names, worth = ("Alder", "Birch", "Cedar"), (60.0, 30.0, 10.0)
    return [Share(*row) for row in zip(names, worth, [0.0] * 3, [inf] * 3, hours, strict=True)]


def due(rows: list[Share], hours: float = 1_000) -> Fair:
    return fair_hours(rows, hours)


# --- who has too many -----------------------------------------------------------------------------


def test_over_and_under_served_are_judged_against_the_hours_due() -> None:
    rows = three(450, 300, 250)
    found = served(rows, due(rows))
    assert [one.service for one in found] == [Service.UNDER, Service.FAIR, Service.OVER]
    assert [one.ratio for one in found] == pytest.approx([0.75, 1, 2.5])


@pytest.mark.parametrize(
    ("hours", "service"),
    [(80, Service.FAIR), (79.9, Service.UNDER), (125, Service.FAIR), (125.1, Service.OVER)],
)
def test_the_bounds_themselves_are_about_right(hours: float, service: Service) -> None:
    rows = [Share("Alder", 1, 0, 100, hours)]
    [one] = served(rows, due(rows, 100))
    assert one.service is service


def test_hours_where_none_are_due_are_too_many_and_have_no_ratio() -> None:
    rows = [Share("Alder", 0, 0, 9, 5.0), Share("Birch", 0, 0, 9, 0.0), Share("Cedar", 1, 0, 9)]
    spent, unspent, unsaid = served(rows, due(rows, 9))
    assert (spent.service, spent.ratio) == (Service.OVER, None)
    assert (unspent.service, unspent.ratio) == (Service.FAIR, None)
    assert (unsaid.service, unsaid.ratio, unsaid.fair) == (None, None, 9)


def test_nobody_is_judged_on_an_unknown_potential() -> None:
    rows = [Share("Alder", None, 10, 90, 80.0), Share("Birch", 5, 10, 90, 20.0)]
    assert [one.service for one in served(rows, due(rows, 100))] == [None, Service.UNDER]


def test_floors_that_do_not_fit_leave_nothing_to_compare() -> None:
    rows = [Share("Alder", 1, 200, 300, 100.0)]
    fair = due(rows, 100)
    assert (served(rows, fair), shifts(rows, fair)) == ((), ())
    assert misplaced_share(rows, fair) is None
    assert headline(rows, fair) == "There are no hours to compare yet."


def test_hours_in_the_order_of_potential_follow_it() -> None:
    assert follows_potential(three(600, 300, 100)) == pytest.approx(1)
    assert follows_potential(three(100, 300, 600)) == pytest.approx(-1)
    assert follows_potential(three(None, 300, 100)) == pytest.approx(1)
    assert follows_potential(three(200, 200, 200)) is None


# --- what moves -----------------------------------------------------------------------------------


def test_hours_go_from_who_has_most_too_many_to_who_lacks_most() -> None:
    rows = [
        Share("Alder", 50, 0, inf, 200.0),
        Share("Birch", 30, 0, inf, 150.0),
        Share("Cedar", 10, 0, inf, 400.0),
        Share("Elm", 10, 0, inf, 250.0),
    ]
    assert shifts(rows, due(rows)) == (
        Shift("Cedar", "Alder", 300),
        Shift("Elm", "Birch", 150),
    )
    assert misplaced_share(rows, due(rows)) == pytest.approx(0.45)


def test_the_headline_is_half_of_all_differences_over_the_hours() -> None:
    rows = three(450, 300, 250)
    assert misplaced_share(rows, due(rows)) == pytest.approx(0.15)
    assert headline(rows, due(rows)) == "15 % of our account time sits in the wrong place."


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        (three(600, 300, 100), "All of our account time sits where it is due."),
        (three(599, 301, 100), "Less than 1 % of our account time sits in the wrong place."),
        (
            three(None, 300, nan),
            (
                "Enter the present hours of ALDER and CEDAR "
                "to see how much time sits in the wrong place."
            ),
        ),
    ],
)
def test_the_headline_says_what_is_known(rows: list[Share], words: str) -> None:
    assert headline(rows, due(rows), str.upper) == words


def test_unknown_hours_are_not_taken_for_none() -> None:
    rows = three(600, None, 100)
    assert shifts(rows, due(rows)) == ()
    assert misplaced_share(rows, due(rows)) is None


def test_no_hours_at_all_have_no_headline() -> None:
    rows = three(0, 0, 0)
    assert misplaced_share(rows, due(rows, 0)) is None


def test_hours_that_nobody_has_now_go_where_they_are_due() -> None:
    rows = three(600, 300, 0)
    [shift] = shifts(rows, due(rows))
    assert (shift.origin, shift.target) == (None, "Cedar")
    assert shift.hours == pytest.approx(100)
    assert shift_words(shift) == "Spend 100 hours a year more on Cedar."
    assert misplaced_share(rows, due(rows)) == pytest.approx(0.1)


def test_hours_beyond_what_there_is_end() -> None:
    """1,000 hours are there, 2,000 are spent: the share is of those that are spent."""
    rows = three(600, 300, 1_100)
    [shift] = shifts(rows, due(rows))
    assert (shift.origin, shift.target) == ("Cedar", None)
    assert shift.hours == pytest.approx(1_000)
    assert shift_words(shift) == "Spend 1,000 hours a year less on Cedar."
    assert misplaced_share(rows, due(rows)) == pytest.approx(0.5)


def test_hours_without_a_place_are_taken_from_who_has_them() -> None:
    rows = [Share("Alder", 1, 0, 60, 60.0), Share("Birch", 0, 10, 90, 40.0)]
    assert shifts(rows, due(rows, 100)) == (Shift("Birch", None, 30),)


def test_the_hours_of_who_leaves_go_to_the_others() -> None:
    rows = three(600, 300, 100)
    leaving = without(rows, {"Cedar"})
    found = shifts(leaving, due(list(leaving)))
    assert {shift.origin for shift in found} == {"Cedar"}
    assert {shift.target: shift.hours for shift in found} == pytest.approx(
        {"Alder": 200 / 3, "Birch": 100 / 3}
    )
    assert shift_words(found[0], str.upper) == "Move 66.7 hours a year from CEDAR to ALDER."


# --- for any customers ----------------------------------------------------------------------------


@st.composite
def spent(draw: st.DrawFn) -> tuple[list[Share], Fair]:
    """Customers with present hours, and the hours due to them out of any capacity."""
    rows = []
    for number in range(draw(st.integers(1, 10))):
        floor = draw(st.floats(0, 100))
        cap = draw(st.one_of(st.floats(floor, 500), st.just(inf)))
        worth = draw(st.one_of(st.none(), st.floats(0, 1e6)))
        rows.append(Share(str(number), worth, floor, cap, draw(st.floats(0, 500))))
    hours = sum(row.floor for row in rows) + draw(st.floats(0, 3_000))
    return rows, fair_hours(rows, hours)


def now(row: Share) -> float:
    assert row.hours is not None
    return row.hours


@given(case=spent())
def test_the_moves_lead_exactly_from_what_is_to_what_is_due(
    case: tuple[list[Share], Fair],
) -> None:
    rows, fair = case
    found = shifts(rows, fair)
    for row in rows:
        gained = sum(shift.hours for shift in found if shift.target == row.customer)
        lost = sum(shift.hours for shift in found if shift.origin == row.customer)
        assert now(row) + gained - lost == pytest.approx(fair.hours[row.customer], abs=1e-6)
        assert min(gained, lost) == 0


@given(case=spent())
def test_there_are_fewer_moves_than_places_and_the_largest_is_first(
    case: tuple[list[Share], Fair],
) -> None:
    rows, fair = case
    hours = [shift.hours for shift in shifts(rows, fair)]
    assert len(hours) <= len(rows)
    assert hours == sorted(hours, reverse=True)


@given(case=spent())
def test_the_misplaced_share_is_a_share(case: tuple[list[Share], Fair]) -> None:
    share = misplaced_share(*case)
    assert share is None or 0 <= share <= 1 + 1e-9


@given(case=spent())
def test_it_is_the_published_formula_where_as_much_is_spent_as_is_due(
    case: tuple[list[Share], Fair],
) -> None:
    rows, _ = case
    total = sum(now(row) for row in rows)
    rows = [replace(row, floor=0.0, cap=inf, potential=1.0 + now(row) % 7) for row in rows]
    fair = fair_hours(rows, total)
    differences = np.array([now(row) - fair.hours[row.customer] for row in rows])
    if total > 1e-3:
        published = 0.5 * np.abs(differences).sum() / total
        assert misplaced_share(rows, fair) == pytest.approx(published, abs=1e-6)


@given(case=spent())
def test_once_all_is_moved_nothing_sits_in_the_wrong_place(
    case: tuple[list[Share], Fair],
) -> None:
    rows, fair = case
    settled = [replace(row, hours=fair.hours[row.customer]) for row in rows]
    assert shifts(settled, fair) == ()
    judged = {one.service for one in served(settled, fair)}
    assert judged <= {Service.FAIR, None}
