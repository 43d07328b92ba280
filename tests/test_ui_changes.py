"""Of `kam.ui.changes`: its title and who is open; the page is in tests/pages/test_changes.py."""

import pytest

from kam.ui import changes, state
from tests.apps import room
from tests.workshops import by_hand, made


@pytest.fixture(autouse=True)
def remembered(monkeypatch: pytest.MonkeyPatch) -> dict[str, object]:
    """What the tab remembers, without a browser."""
    kept: dict[str, object] = {}
    monkeypatch.setattr(state, "recall", kept.get)
    return kept


def test_the_title_is_the_question_until_somebody_is_scored() -> None:
    assert changes.title(room(made())) == "What would change it?"
    assert "5 points of one weight" in changes.title(room(by_hand())).replace("No class", "")


def test_the_most_fragile_customer_is_open_at_first() -> None:
    open_room = room(by_hand())
    assert changes.opened(open_room) == open_room.checks.fragile[0].customer


def test_the_customer_of_the_tab_is_open_while_it_is_on_the_agenda(
    remembered: dict[str, object],
) -> None:
    open_room = room(by_hand())
    last = open_room.checks.fragile[-1].customer
    remembered["customer"] = last
    assert changes.opened(open_room) == last
    remembered["customer"] = "gone"
    assert changes.opened(open_room) == open_room.checks.fragile[0].customer


def test_nobody_to_choose_from_is_no_choice() -> None:
    assert changes._choose_customer(room(made()), "A", ([], None), "a") is None


def test_every_section_and_view_has_a_name_of_its_own() -> None:
    names = (changes.AGENDA, changes.PAIR, *changes.SECTIONS)
    assert len(set(names)) == len(names)
