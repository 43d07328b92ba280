"""The view on what hours win: today, as proposed, and at best."""

from kam.edits import SetHoursPolicy
from kam.model import HoursPolicy
from kam.ui import best_hours
from kam.ui.resources import FRONTIER
from tests.apps import example, room_after, shown, stored
from tests.pages.resources_page import opened, two


def test_the_example_says_what_is_proposed_and_where_an_hour_wins_most() -> None:
    text = shown(opened(example(), FRONTIER))
    assert "The hours due would win EUR 4.6 m a year." in text
    assert "An hour wins most with Hallowmere Energy" in text
    assert "Not in the picture, as gain, chance or most hours are not known: 1 customer." in text


def test_without_the_most_hours_of_a_class_nobody_is_on_the_line() -> None:
    tab = opened(stored(*two(), SetHoursPolicy(policy=HoursPolicy())), FRONTIER)
    assert tab.title[0].value == best_hours.QUESTION
    assert "under Limits, the most hours of its class" in shown(tab)
    assert not tab.get("vega_lite_chart")


def test_unknown_hours_leave_the_title_a_question_and_the_line_drawn() -> None:
    tab = opened(stored(*two(hours=None)), FRONTIER)
    assert tab.title[0].value == best_hours.QUESTION
    assert len(tab.get("vega_lite_chart")) == 1
    assert "Not known: present hours of Bay." in shown(tab)


def test_the_title_says_what_is_won_and_what_could_be() -> None:
    # ash wins 100 x 80/900, bay all 100 in 60 hours; best: bay first, then 320 hours on ash
    assert best_hours.title(room_after(*two())) == "Hours win EUR 109 a year; EUR 136 is possible"
