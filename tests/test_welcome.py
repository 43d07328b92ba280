"""Of `kam.ui.welcome`: the cards of the start page; the page itself is in tests/pages."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from kam.edits import ArchiveWorkshop
from kam.store import Listed
from kam.ui import rooms, state, welcome
from tests.apps import own_home, present


@pytest.fixture(autouse=True)
def _home(tmp_path: Path) -> Iterator[None]:
    with own_home(tmp_path):
        yield


def one() -> Listed:
    """The line of a stored workshop."""
    rooms.store().create("A test")
    return rooms.store().workshops()[0]


def test_the_example_is_a_file_of_the_project() -> None:
    assert welcome.EXAMPLE.is_file()


def test_a_fresh_example_is_brought_in_once_and_found_again() -> None:
    first = welcome._example()
    assert present(first).example
    assert welcome._example() == first


def test_an_example_that_was_put_away_gives_way_to_a_fresh_one() -> None:
    first = welcome._example()
    rooms.store().write(first, ArchiveWorkshop())
    assert welcome._example() != first


def test_a_workshop_is_one_line_with_a_short_name_and_its_customers() -> None:
    changed_in_march = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
    listed = replace(one(), name="N" * 60, customers=1, changed=changed_in_march)
    name, customers, changed = welcome._line(listed).split(" · ")
    assert name == "N" * 39 + "…"
    assert customers == "1 customer"
    assert "Mar" in changed


def test_a_copy_that_cannot_be_made_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[str] = []
    monkeypatch.setattr(state, "tell", told.append)
    gone = replace(one(), id="gone")
    welcome._copy(gone)
    assert told
    assert "There is no workshop 'gone' here." in told[0]


def test_a_copy_of_a_long_name_still_has_a_name(monkeypatch: pytest.MonkeyPatch) -> None:
    workshop = rooms.store().create("x" * 200)
    [listed] = rooms.store().workshops()
    monkeypatch.setattr(state, "tell", pytest.fail)
    welcome._copy(listed)
    names = {row.name for row in rooms.store().workshops() if row.id != workshop}
    assert names == {"x" * 200}
