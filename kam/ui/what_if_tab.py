"""The private copy as one browser tab has it: kept, moved, taken back, sent to the room."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from kam.edits import Edit, Together
from kam.errors import KeyroomError
from kam.method.assessment import Assessment
from kam.method.futures import result_beside
from kam.model import Workshop
from kam.ui import rooms, state
from kam.ui.frame import Room
from kam.ui.inputs import Field, ToEdit
from kam.ui.what_if_copy import (
    Copy,
    Folded,
    as_one_step,
    changed_to,
    folded,
    moved,
    undone,
    with_move,
    without_members,
)


@dataclass(frozen=True)
class Trial:
    """A folded copy with its result.

    Attributes:
        base: the state that the moves were made on.
    """

    base: Workshop
    folded: Folded
    result: Assessment


def present(workshop: str) -> Copy:
    """The copy that this tab has of a workshop; an empty one at first."""
    found: Copy = state.recall(_place(workshop), Copy())
    return found


def begin(workshop: str, edits: Sequence[Edit], revision: int) -> None:
    """Open a kept what-if in place of the moves, which one undo brings back."""
    fresh = changed_to(present(workshop), tuple(edits), revision, ())
    put(workshop, replace(fresh, revision=revision if edits else None))


def put(workshop: str, copy: Copy) -> None:
    """Keep a copy in this tab."""
    state.remember(_place(workshop), copy)


def _place(workshop: str) -> str:
    return f"what_if:{workshop}"


def try_out(workshop: str, edit: Edit) -> bool:
    """Make a move in the copy, as a field's way to write; whether the copy took it."""
    history = rooms.store().history(workshop)
    try:
        put(workshop, with_move(present(workshop), history.workshop, edit, history.revision))
    except KeyroomError as error:
        state.tell(str(error))
        return False
    return True


def copy_field(room: Room, key: str, value: object, edit: ToEdit) -> Field:
    """A field that moves the copy and not the workshop."""
    return Field(room.workshop.id, f"if.{key}", value, edit, try_out)


def leave_out(workshop: str, members: Sequence[str]) -> None:
    """Let the weights of some members not count in the copy; of nobody, to begin anew."""
    history, copy = rooms.store().history(workshop), present(workshop)
    others = tuple(edit for edit in copy.edits if not isinstance(edit, Together))
    edits: tuple[Edit, ...] = others
    if members:
        try:
            step = without_members(folded(history.workshop, others).workshop, members)
            edits = moved(history.workshop, others, step)
        except KeyroomError as error:
            state.tell(str(error))
            return
    put(workshop, changed_to(copy, edits, history.revision, tuple(members)))


def workshop_now(workshop: str) -> Workshop:
    """The copy's workshop as it is by now: what a field's edit must build on."""
    return folded(rooms.store().workshop(workshop), present(workshop).edits).workshop


def take_back(workshop: str) -> None:
    """Undo the last move."""
    put(workshop, undone(present(workshop)))


def drop(workshop: str, edits: Sequence[Edit]) -> None:
    """Take some moves out, whichever they were."""
    copy = present(workshop)
    left = tuple(old for old in copy.edits if old not in edits)
    left_out = () if any(isinstance(edit, Together) for edit in edits) else copy.left_out
    put(workshop, changed_to(copy, left, copy.revision or 0, left_out))


def keep_mine(workshop: str) -> None:
    """Go on from the present state of the room, with all moves as they are."""
    now = rooms.store().history(workshop).revision
    put(workshop, replace(present(workshop), revision=now))


def discard(workshop: str) -> None:
    """Forget every move; one undo brings them back."""
    copy = present(workshop)
    put(workshop, changed_to(copy, (), 0, ()))


def send(workshop: str) -> None:
    """Write the moves into the workshop as one step.

    A refusal, with both values where somebody changed the same thing, is left for the top of the
    page; the copy stays as it was.
    """
    copy = present(workshop)
    step = as_one_step(folded(rooms.store().workshop(workshop), copy.edits).taken)
    try:
        receipt = rooms.store().write(workshop, step, base=copy.revision)
    except KeyroomError as error:
        state.tell(str(error))
        return
    state.saw(workshop, receipt.revision)
    put(workshop, Copy())
    state.tell("The room has it now. Undo takes it back as one step.", "done")


def trial(room: Room, edits: Sequence[Edit], name: str) -> Trial:
    """The moves on top of what the room has now, with their result.

    Args:
        room: the open workshop.
        edits: the moves.
        name: under which this tab keeps it until a move or the room changes it.
    """
    place = f"tried:{room.workshop.id}:{name}"
    known: tuple[tuple[Edit, ...], Trial] | None = state.recall(place)
    if known and known[1].base is room.workshop and known[0] == tuple(edits):
        return known[1]
    made = folded(room.workshop, edits)
    result = result_beside(made.workshop, room.assessment)
    fresh = Trial(room.workshop, made, result)
    state.remember(place, (tuple(edits), fresh))
    return fresh
