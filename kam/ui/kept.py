"""What was found about a result, kept while the same result is shown."""

from collections.abc import Callable
from typing import Generic, TypeVar

from kam.method.assessment import Assessment
from kam.ui.frame import Room

T = TypeVar("T")

MOST_KEPT = 4  # workshops at a time; each holds a few hundred small values


class Kept(Generic[T]):
    """A finding of a room's result; computed once per result, whoever asks."""

    def __init__(self, find: Callable[[Assessment], T]) -> None:
        """`find` leads from a result to the finding."""
        self._find = find
        self._latest: dict[str, tuple[Assessment, T]] = {}

    def __call__(self, room: Room) -> T:
        """The finding for the result that the room shows."""
        kept = self._latest.pop(room.workshop.id, None)
        if kept is None or kept[0] is not room.assessment:
            kept = (room.assessment, self._find(room.assessment))
        self._latest[room.workshop.id] = kept
        while len(self._latest) > MOST_KEPT:
            self._latest.pop(next(iter(self._latest)), None)
        return kept[1]
