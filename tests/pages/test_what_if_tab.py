"""Of `kam.ui.what_if_tab`: the copy as a tab has it, with a plain dictionary for its memory."""

from typing import Any

import pytest

from kam.edits import MoveLine, SetPoints
from kam.ui import rooms, state, what_if_tab
from kam.ui.what_if_copy import Copy
from tests.apps import present, room, room_after, scored, stored
from tests.workshops import placed

LINE = MoveLine(line="strength", value=7.0)
FIVE = [(f"Customer {n}", (8.0, 8.0)) for n in range(5)]


@pytest.fixture(autouse=True)
def memory(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """What the tab remembers."""
    kept: dict[str, Any] = {}
    monkeypatch.setattr(state, "recall", lambda name, default=None: kept.get(name, default))
    monkeypatch.setattr(state, "remember", kept.__setitem__)
    return kept


def test_a_tab_without_a_copy_has_an_empty_one() -> None:
    assert what_if_tab.present("w") == Copy()


def test_a_move_goes_into_the_copy_and_not_into_the_store() -> None:
    workshop = stored(*scored(FIVE))
    before = rooms.store().history(workshop).revision
    assert what_if_tab.try_out(workshop, LINE)
    assert what_if_tab.present(workshop).edits == (LINE,)
    assert what_if_tab.present(workshop).revision == before
    assert rooms.store().history(workshop).revision == before
    assert what_if_tab.workshop_now(workshop).cut_offs.strength == 7.0


def test_a_refused_move_is_told_and_the_copy_stays(memory: dict[str, Any]) -> None:
    workshop = stored(*scored(FIVE))
    assert not what_if_tab.try_out(workshop, SetPoints(points={"zz": 1.0}))
    assert memory["message"][0] == "error"
    assert "no criterion 'zz'" in memory["message"][1]
    assert what_if_tab.present(workshop) == Copy()


def test_copies_of_two_workshops_are_apart() -> None:
    one, two = stored(*scored(FIVE)), stored(*scored(FIVE))
    what_if_tab.try_out(one, LINE)
    assert what_if_tab.present(two) == Copy()


def test_sending_empties_the_copy_and_says_so(memory: dict[str, Any]) -> None:
    workshop = stored(*scored(FIVE))
    what_if_tab.try_out(workshop, LINE)
    what_if_tab.send(workshop)
    assert memory["message"] == ("done", "The room has it now. Undo takes it back as one step.")
    assert what_if_tab.present(workshop) == Copy()
    assert present(workshop).cut_offs.strength == 7.0
    assert state.seen(workshop) == rooms.store().history(workshop).revision


def test_discarding_can_be_taken_back() -> None:
    workshop = stored(*scored(FIVE))
    what_if_tab.try_out(workshop, LINE)
    what_if_tab.discard(workshop)
    assert what_if_tab.present(workshop).edits == ()
    what_if_tab.take_back(workshop)
    assert what_if_tab.present(workshop).edits == (LINE,)


def test_a_result_is_kept_until_a_move_or_the_room_changes_it() -> None:
    open_room = room(placed({"ash": (8.0, 8.0)}))
    first = what_if_tab.trial(open_room, (LINE,), "copy")
    assert what_if_tab.trial(open_room, (LINE,), "copy") is first
    assert what_if_tab.trial(open_room, (), "copy") is not first
    again = what_if_tab.trial(open_room, (LINE,), "copy")
    moved_room = room_after(*scored(FIVE))
    assert what_if_tab.trial(moved_room, (LINE,), "copy").result is not again.result


def test_copy_and_scenarios_are_kept_beside_each_other() -> None:
    open_room = room(placed({"ash": (8.0, 8.0)}))
    copy = what_if_tab.trial(open_room, (LINE,), "copy")
    what_if_tab.trial(open_room, (), "kept:x")
    assert what_if_tab.trial(open_room, (LINE,), "copy") is copy


def test_a_trial_leaves_the_room_as_it_was() -> None:
    open_room = room(placed({"ash": (8.0, 6.0)}))
    tried = what_if_tab.trial(open_room, (LINE,), "copy")
    assert tried.result.key_count == 0
    assert open_room.assessment.key_count == 1
    assert tried.base is open_room.workshop
    assert tried.result.valued is open_room.assessment.valued


def test_a_field_of_the_copy_writes_into_the_copy() -> None:
    workshop = stored(*scored(FIVE))
    open_room = room(present(workshop))
    field = what_if_tab.copy_field(open_room, "line", 5.0, lambda _new: LINE)
    assert field.write is what_if_tab.try_out
    assert field.key == "if.line"
