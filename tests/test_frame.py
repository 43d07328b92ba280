"""Of `kam.ui.frame`: the step bar, messages, and the one way to write."""

import logging
from collections.abc import Iterator
from pathlib import Path

import pytest
import streamlit as st

from kam.agenda import STEPS, Progress
from kam.edits import Edit, MarkRevision, PutCustomer, SetPoints
from kam.errors import Refused
from kam.ui import frame, rooms, state
from tests.apps import example, go, own_home, page, present, room, room_after, shown, stored
from tests.workshops import TODAY, by_hand, customer

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(autouse=True)
def _home(tmp_path: Path) -> Iterator[None]:
    with own_home(tmp_path):
        yield


def test_every_step_has_a_page_one_level_below_pages() -> None:
    assert list(frame.PAGES) == [step.slug for step in STEPS]
    for place in (frame.START, *frame.PAGES.values()):
        assert (ROOT / place).is_file()
        assert Path(place).parts[:-1] in {("pages", "steps"), ("pages", "views")}


def test_a_room_names_a_customer_safely_and_knows_its_own_address() -> None:
    open_room = room(by_hand())
    assert open_room.name("ash") == "Ash"
    assert open_room.address == {"w": "w"}


def test_the_present_state_is_newer_than_what_the_page_has_read() -> None:
    workshop = stored()
    history = rooms.store().history(workshop)
    open_room = frame.Room(history, rooms.assessed(history), TODAY)
    rooms.store().write(workshop, PutCustomer(customer=customer("ash")))
    assert open_room.workshop.customers == {}
    assert list(open_room.present.customers) == ["ash"]


@pytest.mark.parametrize(
    ("progress", "note"),
    [
        (Progress(STEPS[0], "done"), "Complete"),
        (Progress(STEPS[0], "open", 1, "No objective yet."), "No objective yet\\."),
        (Progress(STEPS[0], "open", 3, "No objective yet."), "No objective yet\\. (2 more)"),
    ],
)
def test_what_is_missing_in_a_step_is_its_tooltip(progress: Progress, note: str) -> None:
    assert frame._note(progress) == note


def test_the_bar_marks_the_step_that_is_open_and_how_far_the_others_are() -> None:
    tab = page("matrix", example())
    icons = {link.label: link.icon for link in tab.page_link if link.label}
    assert set(icons) == {step.title for step in STEPS} | {
        title for _, title in frame.VIEWS.values()
    }
    assert icons["Plans"] == ":material/error:"  # a plan is overdue in the example


def test_the_bar_says_which_workshop_is_open_and_that_it_is_the_example() -> None:
    assert "Example · " in shown(page("share", example()))
    assert "A test · " in shown(page("share", stored()))


def test_there_is_nothing_to_undo_in_a_new_workshop() -> None:
    tab = page("objectives", stored())
    assert tab.button(key="undo").disabled
    assert tab.button(key="redo").disabled
    assert tab.button(key="undo").help == "Nothing to undo"


def test_undo_names_its_step_and_redo_offers_it_again() -> None:
    workshop = stored(PutCustomer(customer=customer("ash")))
    tab = page("objectives", workshop)
    assert tab.button(key="undo").help == "Undo: added Ash"
    tab.button(key="undo").click().run()
    assert tab.button(key="redo").help == "Do again: added Ash"
    tab.button(key="redo").click().run()
    assert list(present(workshop).customers) == ["ash"]
    assert tab.button(key="redo").disabled


def test_undo_of_a_step_that_is_not_the_last_any_more_takes_nothing_back() -> None:
    workshop = stored(PutCustomer(customer=customer("ash")))
    tab = page("objectives", workshop)
    rooms.store().write(workshop, PutCustomer(customer=customer("bay")))
    tab.button(key="undo").click().run()
    assert "Somebody changed something after that step." in shown(tab)
    assert list(present(workshop).customers) == ["ash", "bay"]


def test_a_message_is_shown_once() -> None:
    workshop = stored(PutCustomer(customer=customer("ash")))
    tab = page("objectives", workshop)
    rooms.store().write(workshop, PutCustomer(customer=customer("bay")))
    tab.button(key="undo").click().run()
    assert len(tab.error) == 1
    assert not tab.run().error


def test_agreeing_twice_in_a_row_names_the_state_once() -> None:
    workshop = stored(PutCustomer(customer=customer("ash")))
    tab = page("objectives", workshop).button(key="next_step").click().run()
    go(tab, "objectives").button(key="next_step").click().run()
    assert [mark.name for mark in present(workshop).marks] == ["Objectives agreed"]


def test_agreeing_again_after_a_change_counts_up() -> None:
    workshop = stored(PutCustomer(customer=customer("ash")))
    tab = page("objectives", workshop).button(key="next_step").click().run()
    rooms.store().write(workshop, PutCustomer(customer=customer("bay")))
    go(tab, "objectives").button(key="next_step").click().run()
    assert [mark.name for mark in present(workshop).marks] == [
        "Objectives agreed",
        "Objectives agreed (2)",
    ]


def test_a_state_bears_its_name_until_something_changes() -> None:
    named: list[Edit] = [
        PutCustomer(customer=customer("ash")),
        MarkRevision(name="First", on=TODAY),
    ]
    assert frame.name_of_state(room(by_hand())) is None
    assert frame.name_of_state(room_after(*named)) == "First"
    changed = room_after(*named, PutCustomer(customer=customer("bay")))
    assert frame.name_of_state(changed) is None


def test_an_agreement_bears_the_revision_that_it_is_about() -> None:
    workshop = stored(PutCustomer(customer=customer("ash")))
    revision = rooms.store().history(workshop).revision
    page("objectives", workshop).button(key="next_step").click().run()
    assert present(workshop).marks[-1].revision == revision
    last = rooms.store().history(workshop).entries[-1].edit
    assert isinstance(last, MarkRevision)


def test_a_step_without_an_agreement_only_goes_on() -> None:
    workshop = example()
    before = rooms.store().history(workshop).revision
    tab = page("customers", workshop).button(key="next_step").click().run()
    assert "customers are key" in shown(tab)
    assert rooms.store().history(workshop).revision == before


# --- errors ---------------------------------------------------------------------------------------


def test_a_known_error_is_shown_unchanged_and_an_unknown_one_as_a_number(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    told: list[str] = []
    monkeypatch.setattr(st, "error", told.append)
    with frame.explained():
        raise Refused("Row 14 has no name")
    assert told.pop() == "Row 14 has no name"
    with caplog.at_level(logging.ERROR), frame.explained():
        raise ValueError("inner working")
    assert "inner working" not in told[0]
    assert "inner working" in caplog.text


def test_markup_in_an_error_stays_text(monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[str] = []
    monkeypatch.setattr(st, "error", told.append)
    with frame.explained():
        raise Refused("We found ![i](https://evil.example/p.png)")
    assert "](" not in told[0]


def test_leaving_for_another_page_is_no_error() -> None:
    class Leaves(BaseException):
        """What Streamlit raises to go to another page."""

    with pytest.raises(Leaves), frame.explained():
        raise Leaves


def test_a_refused_edit_says_so_and_changes_nothing() -> None:
    workshop = stored()
    told: list[str] = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(state, "seen", lambda _workshop: None)
        patch.setattr(state, "tell", told.append)
        assert not frame.write(workshop, SetPoints(points={"no such": 1}))
    assert told[0].startswith("There is no criterion 'no such' in this workshop any more.")
    assert present(workshop).points == {}


def test_a_taken_edit_moves_on_what_the_tab_has_seen() -> None:
    workshop = stored()
    seen: dict[str, int] = {}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(state, "seen", seen.get)
        patch.setattr(state, "saw", seen.__setitem__)
        assert frame.write(workshop, PutCustomer(customer=customer("ash")))
    assert seen == {workshop: 2}
