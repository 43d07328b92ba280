"""Present hours beside those due: who has too many, what moves, and the one headline figure."""

from dataclasses import replace
from math import inf, nan

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kam.method.resources import Fair, Share, fair_hours
from kam.method.shifts import (
    Service,
    Shift,
    follows_potential,
    follows_words,
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
    assert [one.more for one in found] == pytest.approx([150, 0, -150])


@pytest.mark.parametrize(
    ("hours", "service"),
    [(80, Service.FAIR), (79.9, Service.UNDER), (125, Service.FAIR), (125.1, Service.OVER)],
)
def test_the_bounds_themselves_are_about_right(hours: float, service: Service) -> None:
    rows = [Share("Alder", 1, 0, 100, hours)]
    [one] = served(rows, due(rows, 100))
    assert one.service is service


def test_hours_where_none_are_due_are_too_many() -> None:
    rows = [Share("Alder", 0, 0, 9, 5.0), Share("Birch", 0, 0, 9, 0.0), Share("Cedar", 1, 0, 9)]
    spent, unspent, unsaid = served(rows, due(rows, 9))
    assert (spent.service, spent.more) == (Service.OVER, -5)
    assert (unspent.service, unspent.more) == (Service.FAIR, 0)
    assert (unsaid.service, unsaid.more, unsaid.fair) == (None, None, 9)


def test_nobody_is_judged_on_an_unknown_potential() -> None:
    rows = [Share("Alder", None, 10, 90, 20.0), Share("Birch", 5, 10, 90, 20.0)]
    alder, birch = served(rows, due(rows, 100))
    assert (alder.service, alder.fair, alder.hours) == (None, None, 20)
    assert (birch.service, birch.fair) == (Service.UNDER, 80)


@pytest.mark.parametrize("worth", [None, 0.0])
def test_nobody_is_judged_while_nobody_has_a_potential(worth: float | None) -> None:
    rows = [replace(row, potential=worth) for row in three(450, 300, 250)]
    found = served(rows, due(rows))
    assert {(one.fair, one.more, one.service) for one in found} == {(None, None, None)}
    assert [one.hours for one in found] == [450, 300, 250]


def test_floors_that_do_not_fit_leave_nothing_to_compare() -> None:
    rows = [Share("Alder", 1, 200, 300, 100.0)]
    fair = due(rows, 100)
    assert (served(rows, fair), shifts(rows, fair)) == ((), ())
    assert misplaced_share(rows, fair) is None
    assert headline(rows, fair) == "There are too many accounts for the hours"


def test_hours_in_the_order_of_potential_follow_it() -> None:
    assert follows_potential(three(600, 300, 100)) == pytest.approx(1)
    assert follows_potential(three(100, 300, 600)) == pytest.approx(-1)
    assert follows_potential(three(None, 300, 100)) == pytest.approx(1)
    assert follows_potential(three(200, 200, 200)) is None


@pytest.mark.parametrize(
    ("correlation", "words"),
    [
        (1.0, "Our hours follow what can be won closely: 1.00"),
        (0.8, "Our hours follow what can be won closely: 0.80"),
        (0.79, "Our hours follow what can be won in part: 0.79"),
        (0.2, "Our hours follow what can be won only a little: 0.20"),
        (0.0, "Our hours follow what can be won not at all: 0.00"),
        (-0.3, "Our hours go where there is less to win: −0.30"),
    ],
)
def test_what_hours_follow_is_told_in_words(correlation: float, words: str) -> None:
    told = follows_words(correlation)
    assert told == f"{words}, where 1 is the same order and 0 is no connection."


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
    assert headline(rows, due(rows)) == "15 % of our account time sits in the wrong place"


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        (three(600, 300, 100), "All of our account time sits where it is due"),
        (three(599, 301, 100), "Less than 1 % of our account time sits in the wrong place"),
        (three(None, 300, nan), "Today’s hours are known of 1 of 3 customers"),
    ],
)
def test_the_headline_says_what_is_known(rows: list[Share], words: str) -> None:
    assert headline(rows, due(rows)) == words


def test_without_any_known_potential_there_is_no_headline_figure_and_no_move() -> None:
    """Nothing is known to be wrong: it was "97 % of our account time" while it counted as 0."""
    rows = [replace(row, potential=None) for row in three(450, 300, 250)]
    assert headline(rows, due(rows)) == "Gain is known of 0 of 3 customers"
    assert misplaced_share(rows, due(rows)) is None
    assert shifts(rows, due(rows)) == ()


def test_more_hours_spent_than_there_are_is_no_crowd_while_gains_are_not_known() -> None:
    rows = [replace(row, potential=None) for row in three(450, 300, 250)]
    assert headline(rows, due(rows, 900)) == "Gain is known of 0 of 3 customers"
    assert shifts(rows, due(rows, 900)) == ()


def test_with_nothing_to_win_anywhere_no_hour_sits_in_the_wrong_place() -> None:
    rows = [replace(row, potential=0.0) for row in three(450, 300, 250)]
    assert headline(rows, due(rows)) == "There is nothing to share the hours by yet"
    assert (misplaced_share(rows, due(rows)), shifts(rows, due(rows))) == (None, ())


def test_who_has_no_known_potential_is_in_no_move_and_in_no_sum() -> None:
    """Cedar keeps its 250: of the 750 others 500 and 250 are due; 50 of them move."""
    alder, birch, cedar = three(450, 300, 250)
    rows = [alder, birch, replace(cedar, potential=None)]
    [shift] = shifts(rows, due(rows))
    assert (shift.origin, shift.target) == ("Birch", "Alder")
    assert shift.hours == pytest.approx(50)
    assert misplaced_share(rows, due(rows)) == pytest.approx(50 / 750)
    assert headline(rows, due(rows)) == "7 % of hours are misplaced; gain is known of 2 of 3"


def test_without_fair_hours_the_headline_counts_whose_hours_are_known() -> None:
    assert headline(three(450, None, 250), None) == "Today’s hours are known of 2 of 3 customers"


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


def test_a_move_is_told_with_the_names_that_customers_are_called() -> None:
    told = shift_words(Shift("Cedar", "Alder", 66.66), str.upper)
    assert told == "Move 66.7 hours a year from CEDAR to ALDER."


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
    for row in rows if fair.scale is not None else ():
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
def test_nobody_of_unknown_potential_gives_or_takes_an_hour(
    case: tuple[list[Share], Fair],
) -> None:
    rows, fair = case
    unknown = {row.customer for row in rows if row.potential is None}
    moving = {who for shift in shifts(rows, fair) for who in (shift.origin, shift.target)}
    assert not unknown & moving


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
    settled = [replace(row, hours=fair.hours.get(row.customer, row.hours)) for row in rows]
    assert shifts(settled, fair) == ()
    judged = {one.service for one in served(settled, fair)}
    assert judged <= {Service.FAIR, None}
