"""Of `kam.ui.rooms`: one store a process, one result a state."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from kam.edits import MoveLine, ScoreCustomer, SetPoints
from kam.history import History
from kam.method.assessment import Assessment
from kam.model import Workshop
from kam.ui import rooms
from tests.apps import own_home, present, scored, stored
from tests.workshops import after, by_hand, made


@pytest.fixture(autouse=True)
def _home(tmp_path: Path) -> Iterator[None]:
    with own_home(tmp_path):
        yield


def assessed(workshop: Workshop) -> Assessment:
    return rooms.assessed(History(workshop))


def test_the_workshops_are_kept_where_the_environment_says(tmp_path: Path) -> None:
    assert rooms.folder() == tmp_path


def test_without_a_word_from_the_environment_they_are_in_the_home_folder(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    with monkeypatch.context() as patch:
        patch.delenv("KEYROOM_HOME")
        patch.setenv("HOME", str(tmp_path / "somebody"))
        assert rooms.folder() == tmp_path / "somebody" / ".keyroom"


def test_everybody_in_the_process_has_the_same_store() -> None:
    assert rooms.store() is rooms.store()
    assert present(stored()).name == "A test"


def test_the_same_state_is_assessed_once() -> None:
    workshop = by_hand()
    assert assessed(workshop) is assessed(workshop)


def test_a_new_state_has_a_new_result() -> None:
    workshop = by_hand()
    before = assessed(workshop)
    moved = assessed(after(workshop, MoveLine(line="strength", value=3.0)))
    assert before.key_count == 1
    assert moved.key_count == 2


def test_a_moved_weight_keeps_the_values_of_the_state_before() -> None:
    workshop = by_hand()
    before = assessed(workshop)
    assert assessed(after(workshop, SetPoints(points={"a": 10}))).valued is before.valued


def test_a_new_score_gives_new_values() -> None:
    workshop = by_hand()
    before = assessed(workshop)
    scored = after(workshop, ScoreCustomer(customer="cob", criterion="b", value=10.0))
    assert assessed(scored).valued is not before.valued
    assert assessed(scored).standings["cob"].attractiveness[0] == pytest.approx(4.0)


def test_only_the_results_of_the_last_workshops_are_held_in_memory() -> None:
    for number in range(rooms.MOST_KEPT + 3):
        assessed(made().model_copy(update={"id": f"w{number}"}))
    assert len(rooms._latest) == rooms.MOST_KEPT
    assert "w0" not in rooms._latest
    assert f"w{rooms.MOST_KEPT + 2}" in rooms._latest


def test_a_workshop_that_is_looked_at_again_stays_in_memory() -> None:
    for number in range(rooms.MOST_KEPT):
        assessed(made().model_copy(update={"id": f"w{number}"}))
    assessed(made().model_copy(update={"id": "w0"}))  # another state of the oldest
    assessed(made().model_copy(update={"id": "new"}))
    assert "w0" in rooms._latest
    assert "w1" not in rooms._latest


def test_a_past_state_is_assessed_once_and_the_present_one_as_ever() -> None:
    workshop = stored(*scored([("Ash", (8.0, 8.0))]))
    history = rooms.store().history(workshop)
    rooms.store().write(workshop, MoveLine(line="strength", value=9.0))
    later = rooms.store().history(workshop)
    then = rooms.past(later, history.revision)
    assert then is rooms.past(later, history.revision)
    assert then.key_count == 1
    assert rooms.past(later, later.revision) is rooms.assessed(later)
    assert rooms.past(later, later.revision).key_count == 0


def test_only_so_many_past_states_are_held() -> None:
    workshop = stored(*(MoveLine(line="strength", value=n / 10) for n in range(40)))
    history = rooms.store().history(workshop)
    for revision in range(1, history.revision):
        rooms.past(history, revision)
    assert len(rooms._past) <= rooms.MOST_PAST
