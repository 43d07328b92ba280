"""Of `kam.ui.standout`: the message of the matrix page; the page is in tests/pages."""

import pytest

from kam.edits import PutCustomer, ScoreCustomer, SetPoints
from kam.ui import standout, state
from kam.ui.frame import Room
from kam.ui.words import plain
from tests.apps import room
from tests.workshops import after, by_hand, customer, made, placed, places

FIVE = {f"c{n}": (8.0, 8.0) for n in range(5)}


def test_the_title_counts_who_is_key_and_who_is_too_close() -> None:
    assert standout.title(room(made())) == "Who stands out?"
    assert standout.title(room(placed(FIVE))) == "5 of 5 customers are key"
    one = {**FIVE, **{f"c{n}": (2.0, 2.0) for n in range(1, 5)}}
    assert standout.title(room(placed(one))) == "1 of 5 customers is key"
    close = {**FIVE, "c0": (5.1, 8.0)}
    assert standout.title(room(placed(close))) == (
        "5 of 5 customers are key; 1 is too close to call"
    )


def test_a_handful_of_scored_customers_is_enough_or_all_of_fewer() -> None:
    assert standout.enough(room(by_hand()))
    assert not standout.enough(room(made()))
    lone = after(by_hand(), ScoreCustomer(customer="bay", criterion="s", value=None))
    assert not standout.enough(room(lone))


def test_the_room_that_is_left_is_told_in_hours_or_places_or_as_unknown() -> None:
    assert standout._room_left(room(placed(FIVE))) == (
        "5 key accounts; our capacity is not known yet."
    )
    assert standout._room_left(room(after(placed(FIVE), places(8)))) == (
        "5 key accounts: 5 of 8 places."
    )


def test_the_case_opens_only_for_a_customer_that_is_still_there() -> None:
    picked = {"tab:picked": "ash"}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(state, "recall", lambda name: picked[f"tab:{name}"])
        assert standout.picked(room(by_hand())) == "ash"
        assert standout.picked(room(made())) is None


def test_the_axes_of_a_tab_only_grow(monkeypatch: pytest.MonkeyPatch) -> None:
    kept: dict[str, object] = {}
    monkeypatch.setattr(state, "recall", kept.get)
    monkeypatch.setattr(state, "remember", kept.__setitem__)
    open_room = room(by_hand())
    assert standout._frozen_domain(open_room, (3.0, 4.0)) == (3.0, 4.0)
    assert standout._frozen_domain(open_room, (5.0, 1.0)) == (3.0, 1.0)
    assert standout._frozen_domain(open_room, (9.0, 9.0)) == (3.0, 1.0)


def test_a_slider_sets_the_points_of_its_own_criterion(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Room, "present", property(lambda self: self.workshop))
    assert standout._slid(room(by_hand()), "a")(40.0) == SetPoints(points={"a": 40.0})


def test_the_view_is_known_before_its_control_is_drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    held: dict[str, str] = {}
    monkeypatch.setattr(state, "widget", held.get)
    assert standout.chosen_view() == "Picture"
    held[standout.VIEW] = standout.SURE
    assert standout.chosen_view() == "How sure"


def test_a_size_is_named_in_the_workshops_currency() -> None:
    assert standout._size_label(room(made()))("revenue") == "Revenue, EUR m"


def test_a_customer_without_scores_does_not_hide_the_picture_of_the_others() -> None:
    grown = after(placed(FIVE), PutCustomer(customer=customer("new")))
    assert standout.enough(room(grown))
    assert standout.title(room(grown)) == "5 of 6 customers are key"


def test_a_hidden_name_is_told_with_where_it_can_be_read_on_every_page(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    told: list[str] = []
    monkeypatch.setattr("streamlit.caption", told.append)
    standout._below(room(by_hand()), 0)
    standout._below(room(by_hand()), 2)
    assert told == [plain("2 names hidden where it is crowded; point at a bubble to read it")]
