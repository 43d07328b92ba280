"""Undo and redo: edits of the list of edits, resolved by `kam.history`."""

from typing import Literal

from kam.edits.edit import Change
from kam.errors import Refused
from kam.model import Id, Workshop


class Undo(Change):
    """Take back the last edit that still counts; `target` is its id."""

    kind: Literal["undo"] = "undo"
    target: Id

    @property
    def subject(self) -> str:
        return "undo"

    def apply(self, workshop: Workshop) -> Workshop:
        raise Refused(f"{workshop.name}: undo changes the history, not a state. Use a history.")

    def words(self, before: Workshop) -> str:  # noqa: ARG002 - the history knows what it undoes
        return "undid the last step"


class Redo(Change):
    """Bring back the edit that was taken back last; `target` is its id."""

    kind: Literal["redo"] = "redo"
    target: Id

    @property
    def subject(self) -> str:
        return "undo"

    def apply(self, workshop: Workshop) -> Workshop:
        raise Refused(f"{workshop.name}: redo changes the history, not a state. Use a history.")

    def words(self, before: Workshop) -> str:  # noqa: ARG002
        return "did the step again"
