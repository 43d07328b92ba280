"""Undo and redo speak of the list of edits; `tests.test_history` shows what they do to it."""

import pytest

from kam.edits import Redo, Undo
from kam.errors import Refused
from tests.workshops import by_hand


@pytest.mark.parametrize(
    ("edit", "message"),
    [
        (Undo(target="e1"), "By hand: undo changes the history, not a state. Use a history."),
        (Redo(target="e1"), "By hand: redo changes the history, not a state. Use a history."),
    ],
)
def test_applied_to_a_state_they_are_refused(edit: Undo | Redo, message: str) -> None:
    with pytest.raises(Refused) as caught:
        edit.apply(by_hand())
    assert str(caught.value) == message


def test_undo_and_redo_are_steps_on_the_same_list() -> None:
    assert Undo(target="e1").subject == Redo(target="e2").subject


def test_they_say_what_they_do_without_knowing_the_step() -> None:
    assert Undo(target="e1").words(by_hand()) == "undid the last step"
    assert Redo(target="e1").words(by_hand()) == "did the step again"
