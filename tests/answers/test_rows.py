"""Of `kam.ui.answers.rows`: points and places, criterion by criterion."""

import pytest

from kam.edits import PutCriterion
from kam.errors import Refused
from kam.method.ranks import rank_sum
from kam.model import WeighingWay
from kam.ui.answers import rows
from tests.answers.opened import at, points, present, sat, seat, send
from tests.apps import shown
from tests.workshops import criterion


def answered(way: WeighingWay, numbers: dict[str, float]) -> dict[str, float]:
    """The points that a member's numbers end in."""
    workshop, tab = at("weights")
    tab.segmented_control(key="answer.way").set_value(way).run()
    for key, number in numbers.items():
        tab.number_input(key=f"answer.{way}.{key}").set_value(number).run()
    send(tab)
    [ballot] = present(workshop).ballots["ines"]
    assert ballot.way == way
    return ballot.swings


def test_every_criterion_shows_its_worst_and_best_level_with_the_unit() -> None:
    _, tab = at("weights")
    text = shown(tab)
    assert "**Growth**  \n:gray[from 0 to 10 % a year]" in text
    assert "**Trust**  \n:gray[from 0 to 10 points of trust]" in text


def test_points_from_worst_to_best_are_stored_as_given() -> None:
    assert answered("swing", {"a": 100, "s": 35}) == {"a": 100, "s": 35}


def test_distributed_points_are_stored_with_the_largest_at_100() -> None:
    assert answered("points", {"a": 80, "s": 20}) == {"a": 100, "s": 25}


def test_places_are_stored_as_the_points_that_follow() -> None:
    assert answered("order", {"a": 2, "s": 1}) == pytest.approx({"a": 100 / 3, "s": 100})


def test_a_number_or_the_tick_is_needed_for_each_before_it_can_be_sent() -> None:
    workshop, tab = at("weights")
    tab.number_input(key="answer.swing.a").set_value(60).run()
    assert "“Trust” is open: give a number, or tick “I cannot judge this”." in shown(tab)
    assert tab.button(key="send").disabled
    tab.checkbox(key="answer.out.s").set_value(True).run()
    assert tab.number_input(key="answer.swing.s").disabled
    send(tab)
    assert present(workshop).ballots["ines"][0].swings == {"a": 60}
    again = sat(workshop, "ines", "weights")
    assert again.checkbox(key="answer.out.s").value


def test_points_given_so_far_are_counted_and_100_are_needed() -> None:
    _, tab = at("weights")
    tab.segmented_control(key="answer.way").set_value("points").run()
    tab.number_input(key="answer.points.a").set_value(70).run()
    tab.number_input(key="answer.points.s").set_value(20).run()
    assert "**90 of 100 points given**" in shown(tab)
    assert tab.button(key="send").disabled


def test_even_steps_are_offered_where_the_first_counts_too_much_and_taken_if_wanted() -> None:
    more = [PutCriterion(criterion=criterion(f"x{n}")) for n in range(6)]
    workshop, tab = at("weights", *more)
    tab.segmented_control(key="answer.way").set_value("order").run()
    for place, key in enumerate(present(workshop).criteria, start=1):
        tab.number_input(key=f"answer.order.{key}").set_value(place).run()
    assert "the first counts 22 times as much as the last" in shown(tab)
    tab.checkbox(key="answer.even").set_value(True).run()
    send(tab)
    swings = list(present(workshop).ballots["ines"][0].swings.values())
    shares = rank_sum(range(1, 9))
    assert swings == pytest.approx(list(100 * shares / shares.max()))


def test_a_second_vote_starts_from_ones_own_last_answer_in_any_way_of_asking() -> None:
    workshop, _ = at("", points(seat().workshop, "ines", {"a": 100.0, "s": 25.0}))
    tab = sat(workshop, "ines", "weights")
    assert [box.value for box in tab.number_input] == [100, 25]
    tab.segmented_control(key="answer.way").set_value("points").run()
    assert [box.value for box in tab.number_input] == [80, 20]


def test_what_is_open_is_refused_by_name() -> None:
    with pytest.raises(Refused, match="“Growth” is open: give a number"):
        rows.ballot(seat(), "swing")


def test_every_way_of_asking_speaks_of_worst_and_best_levels() -> None:
    for way in rows.WAYS.values():
        assert "worst" in way.asks
        assert "best" in way.asks


def test_emptying_a_number_opens_the_question_again() -> None:
    _, tab = at("weights")
    tab.number_input(key="answer.swing.a").set_value(60).run()
    tab.number_input(key="answer.swing.s").set_value(60).run()
    assert not tab.button(key="send").disabled
    tab.number_input(key="answer.swing.s").set_value(None).run()
    assert tab.button(key="send").disabled


def test_points_that_are_all_zero_cannot_be_sent() -> None:
    _, tab = at("weights")
    tab.number_input(key="answer.swing.a").set_value(0).run()
    tab.number_input(key="answer.swing.s").set_value(0).run()
    assert "All points are 0. Give at least one criterion points." in shown(tab)
    assert tab.button(key="send").disabled
