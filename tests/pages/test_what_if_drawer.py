"""Of `kam.ui.what_if_drawer`: weights, lines and room, moved in the copy only."""

import pytest

from kam.edits import CastBallot, MoveLine, PutMember, SetCapacity, SetPoints, Together
from kam.model import Ballot, Capacity, Member
from kam.ui import what_if_drawer
from tests.apps import example, present, scored, shown, stored
from tests.pages.trying import copy_of, moves, opened, shown_section
from tests.workshops import places

FIVE = [(f"Customer {n}", (8.0, 8.0)) for n in range(5)]


def voting() -> str:
    """A workshop of two criteria without agreed points, and five members' weights."""
    even, steep = (100, 100), (100, 25)
    swings = {"ines": steep, "otto": even, "pia": even, "sven": steep, "tea": steep}
    people = [PutMember(member=Member(id=key, name=key.capitalize())) for key in swings]
    cast = [
        CastBallot(ballot=Ballot(member=key, swings={"a": a, "s": s}))
        for key, (a, s) in swings.items()
    ]
    return stored(*scored(FIVE), *people, *cast)


def test_every_section_of_the_drawer_opens_on_the_example() -> None:
    tab = opened(example())
    for section in what_if_drawer.SECTIONS:
        shown(shown_section(tab, section))
        assert not tab.error


def test_a_slider_leaves_one_move_however_often_it_is_moved() -> None:
    workshop = example()
    tab = opened(workshop)
    for value in (30.0, 60.0, 90.0):
        tab.slider(key="if.points.A13").set_value(value).run()
    assert moves(tab, workshop) == (SetPoints(points={"A13": 90.0}),)
    assert tab.slider(key="if.points.A13").value == 90.0
    assert present(workshop).points["A13"] == 7.0


def test_a_slider_moved_back_leaves_no_move() -> None:
    workshop = example()
    tab = opened(workshop)
    tab.slider(key="if.points.A13").set_value(90.0).run()
    tab.slider(key="if.points.A13").set_value(7.0).run()
    assert moves(tab, workshop) == ()


def test_two_sliders_moved_in_one_run_are_both_kept() -> None:
    workshop = example()
    tab = opened(workshop)
    tab.slider(key="if.points.A13").set_value(90.0)
    tab.slider(key="if.points.S01").set_value(50.0)
    tab.run()
    assert len(moves(tab, workshop)) == 2


def test_the_first_slider_of_a_team_without_points_keeps_the_other_weights() -> None:
    """Points for one criterion alone would let all the others count the same as it."""
    workshop = voting()
    tab = opened(workshop)
    assert tab.slider(key="if.points.a").value == 68.0
    tab.slider(key="if.points.a").set_value(80.0).run()
    [move] = moves(tab, workshop)
    assert isinstance(move, SetPoints)
    assert move.points == pytest.approx({"a": 80.0, "s": 32.0})


def test_members_left_out_are_one_move_that_says_whose_weights_count() -> None:
    workshop = voting()
    tab = opened(workshop)
    tab.multiselect(key="if.members").set_value(["otto", "pia"]).run()
    [move] = moves(tab, workshop)
    assert isinstance(move, Together)
    assert move.name == "weights without Otto and Pia: the mean of the other 3"
    assert tab.slider(key="if.points.a").value == 80.0
    assert tab.multiselect(key="if.members").value == ["otto", "pia"]
    assert "Weights without Otto and Pia" in shown(tab)


def test_letting_everybody_count_again_takes_the_move_away() -> None:
    workshop = voting()
    tab = opened(workshop)
    tab.multiselect(key="if.members").set_value(["otto"]).run()
    tab.multiselect(key="if.members").set_value([]).run()
    assert moves(tab, workshop) == ()
    tab.button(key="take_back").click().run()
    assert tab.multiselect(key="if.members").value == ["otto"]


def test_taking_the_move_out_lets_everybody_count_again() -> None:
    workshop = voting()
    tab = opened(workshop)
    tab.multiselect(key="if.members").set_value(["otto"]).run()
    tab.button(key="take_out_0").click().run()
    assert copy_of(tab, workshop).left_out == ()
    assert tab.multiselect(key="if.members").value == []


def test_leaving_everybody_out_is_told_and_changes_nothing() -> None:
    workshop = voting()
    tab = opened(workshop)
    tab.multiselect(key="if.members").set_value(["ines", "otto", "pia"]).run()
    assert "Leave at least 3 members' weights in" in shown(tab)
    assert moves(tab, workshop) == ()
    assert tab.multiselect(key="if.members").value == []


def test_nobody_can_be_left_out_where_fewer_than_two_gave_weights() -> None:
    tab = opened(stored(*scored(FIVE)))
    assert not tab.multiselect


def test_a_line_moves_and_an_emptied_one_stays() -> None:
    workshop = example()
    tab = opened(workshop, "Lines")
    tab.number_input(key="if.line.attractiveness").set_value(6.0).run()
    tab.number_input(key="if.line.attractiveness").set_value(None).run()
    assert moves(tab, workshop) == (MoveLine(line="attractiveness", value=6.0),)


def test_hours_move_together_as_one_capacity() -> None:
    workshop = example()
    tab = opened(workshop, "Lines")
    tab.number_input(key="if.capacity.people").set_value(6.0)
    tab.number_input(key="if.capacity.hours_core").set_value(400.0)
    tab.run()
    [move] = moves(tab, workshop)
    assert isinstance(move, SetCapacity)
    assert (move.capacity.people, move.capacity.hours_core) == (6.0, 400.0)
    assert "of 7,750 hours → " in shown(tab)


def test_places_move_where_places_are_counted() -> None:
    workshop = stored(*scored(FIVE), places(4))
    tab = opened(workshop, "Lines")
    tab.number_input(key="if.capacity.places").set_value(2).run()
    assert moves(tab, workshop) == (SetCapacity(capacity=Capacity(mode="places", places=2)),)
