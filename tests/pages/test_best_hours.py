"""The view on what hours win: today, as proposed, and at best."""

from kam.edits import ChangeEconomics, SetCapacity, SetHoursPolicy
from kam.method.frontier import Frontier, Point
from kam.model import Capacity, Economics
from kam.ui import best_hours
from kam.ui.resources import FRONTIER
from kam.validated import changed
from tests.apps import example, room_after, shown, stored
from tests.pages.resources_page import POLICY, opened, two

COSTLY = SetHoursPolicy(policy=changed(POLICY, cost_per_hour=2))


def test_the_example_says_what_is_proposed_and_why_it_wins_less_than_the_line() -> None:
    text = shown(opened(example(), FRONTIER))
    assert "The hours due would win EUR 3.8 m a year, EUR 269 k less than the line" in text
    assert "up to those that it takes: 500 a year as for a key core account" in text
    assert "136 of them lie beyond those that win a gain." in text
    assert "EUR 19.8 k a year after 7,690 hours, as due" in text
    assert "Not known: likely gain of Pellas Robotics." in text


def test_no_customer_is_said_to_win_most_that_has_too_many_hours_elsewhere() -> None:
    assert "An hour wins most with" not in shown(opened(example(), FRONTIER))


def test_without_the_hours_of_a_core_account_the_way_to_them_is_shown() -> None:
    bare = SetCapacity(capacity=Capacity(people=1, hours_per_person=500))
    tab = opened(stored(*two(), bare), FRONTIER)
    assert tab.title[0].value == best_hours.QUESTION
    assert "or those of a key core account for all" in shown(tab)
    links = [link.proto.label for link in tab.get("page_link")]
    assert "Say how many hours a key core account takes" in links
    assert not tab.get("vega_lite_chart")


def test_without_any_gain_only_gains_are_asked_for() -> None:
    unsaid = [ChangeEconomics(customer=key, economics=Economics(hours=9)) for key in ("c0", "c1")]
    tab = opened(stored(*two(), *unsaid), FRONTIER)
    assert "Say what could be won with each customer" in shown(tab)
    assert "those of a key core account for all" not in shown(tab)
    assert tab.title[0].value == best_hours.QUESTION


def test_who_is_not_in_the_picture_is_counted() -> None:
    bare = SetCapacity(capacity=Capacity(people=1, hours_per_person=500))
    text = shown(opened(stored(*two(hours_needed=60), bare), FRONTIER))
    assert "Not in the picture, as nobody knows how many hours their gain takes: 1 customer" in text


def test_unknown_hours_leave_the_title_a_question_and_the_line_drawn() -> None:
    tab = opened(stored(*two(hours=None)), FRONTIER)
    assert tab.title[0].value == best_hours.QUESTION
    assert len(tab.get("vega_lite_chart")) == 1
    assert "Not known: present hours of Bay." in shown(tab)


def test_the_title_says_what_is_won_and_what_could_be_within_the_limits() -> None:
    # today: 100 x 80/200 and 100 x 1; at best 200 hours on ash and 60 on bay, its most
    title = best_hours.title(room_after(*two()))
    assert title == "Hours win EUR 140 a year; EUR 130 is possible within the limits"
    # 100 hours on bay: 100 x 80/200 and 100 x 100/200; at best 60 of 200 hours on bay
    fewer = best_hours.title(room_after(*two(hours=100)))
    assert fewer == "Hours win EUR 90 a year; EUR 130 is possible"


def test_hours_that_its_gain_takes_are_typed_in_the_profile_and_count() -> None:
    # bay takes 60 hours: all of its 100 is won within its most
    title = best_hours.title(room_after(*two(hours_needed=60)))
    assert title == "Hours win EUR 140 a year; EUR 200 is possible"


def test_what_the_next_hours_win_stands_beside_what_they_cost() -> None:
    room = room_after(*two(), COSTLY)
    line = Frontier((Point(100, 50), Point(200, 250), Point(600, 450)), (), ())
    assert best_hours._next(room, line, Point(300, 280)) == (
        "The next 100 hours win at best EUR 200 a year after 100 hours; EUR 50 a year after 300 "
        "hours, as due; EUR 50 a year after 450 hours. They cost EUR 200."
    )
    assert best_hours._next(room, line, Point(700, 450)).count("after") == 1
    assert best_hours._next(room, Frontier((Point(9, 1),), (), ()), None) == ""


def test_a_proposal_on_the_line_needs_no_reason() -> None:
    assert best_hours._proposal(room_after(*two()), Point(500, 130)).endswith(
        "as much as the line."
    )
