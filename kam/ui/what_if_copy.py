"""The private copy of one browser tab: moves on top of the workshop, which they leave untouched.

The copy holds edits, not a state: its workshop is their fold over the present one. What the room
changes meanwhile is therefore seen here at once, and a move that no longer fits is set aside.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from kam.edits import Edit, SetPoints, Together
from kam.errors import Refused, Stale
from kam.history import History
from kam.method.futures import points_without
from kam.model import Workshop
from kam.ui.words import short

MOST_UNDONE = 50  # moves that can be taken back, screens.md section 14
LONGEST_NAME = 200  # letters of a step's name (`kam.model.Name`)


@dataclass(frozen=True)
class Copy:
    """What one tab tries out.

    Attributes:
        edits: the moves, in order; at most one on each subject.
        revision: of the workshop when the copy began; `None` while there is no move.
        left_out: members whose weights do not count here.
        past: the copies before each move, the latest last; what undo goes back to.
    """

    edits: tuple[Edit, ...] = ()
    revision: int | None = None
    left_out: tuple[str, ...] = ()
    past: tuple["Copy", ...] = ()


@dataclass(frozen=True)
class Try:
    """A move as it fared.

    Attributes:
        wanted: what it does, in words.
        refused: why the workshop does not allow it; "" where it does.
    """

    edit: Edit
    wanted: str
    refused: str = ""


@dataclass(frozen=True)
class Folded:
    """A workshop with moves made on it.

    Attributes:
        taken: the moves that it allows.
        aside: the moves that it does not allow, or no longer.
    """

    workshop: Workshop
    taken: tuple[Try, ...]
    aside: tuple[Try, ...]


def folded(workshop: Workshop, edits: Iterable[Edit]) -> Folded:
    """`workshop` with every edit that it allows; the others are set aside in words."""
    taken: list[Try] = []
    aside: list[Try] = []
    for edit in edits:
        wanted = edit.words(workshop)
        try:
            workshop = edit.apply(workshop)
        except Refused as refused:
            aside.append(Try(edit, wanted, str(refused)))
        else:
            taken.append(Try(edit, wanted))
    return Folded(workshop, tuple(taken), tuple(aside))


def moved(base: Workshop, edits: Sequence[Edit], new: Edit) -> tuple[Edit, ...]:
    """`edits` with one more; earlier ones on the same subject give way to it.

    A move that leads back to where the workshop stands leaves no edit. Where the order matters
    (a line may not pass another), the new one also tries the place of the one that it replaces.

    Raises:
        Refused: the copy does not allow it; the message says why.
    """
    kept = tuple(old for old in edits if not _covers(new, old))
    place = next((n for n, old in enumerate(edits) if _covers(new, old)), len(kept))
    at_end, in_place = (*kept, new), (*kept[:place], new, *kept[place:])
    already = {id(one.edit) for one in folded(base, edits).aside}
    for way in (at_end, in_place):
        if {id(one.edit) for one in folded(base, way).aside} <= already:
            return way if _does_something(base, way, new) else kept
    raise Refused(folded(base, at_end).aside[-1].refused)


def _covers(new: Edit, old: Edit) -> bool:
    """Whether everything that an old edit says is said anew."""
    return things(old) <= things(new)


def things(edit: Edit) -> frozenset[str]:
    """Everything that an edit touches; points are told one criterion at a time."""
    if isinstance(edit, Together):
        return frozenset().union(*(things(one) for one in edit.edits))
    if isinstance(edit, SetPoints):
        return frozenset(f"points {key}" for key in edit.points)
    return frozenset(edit.subjects)


def _does_something(base: Workshop, edits: Sequence[Edit], new: Edit) -> bool:
    """Whether the copy would be another one without an edit."""
    without = folded(base, (edit for edit in edits if edit is not new)).workshop
    return not _same(without, folded(base, edits).workshop)


def _same(one: Workshop, other: Workshop) -> bool:
    """Whether two states are equal; what they share is not looked at twice."""
    pairs = ((getattr(one, name), getattr(other, name)) for name in Workshop.model_fields)
    return all(left is right or left == right for left, right in pairs)


def with_move(copy: Copy, base: Workshop, edit: Edit, revision: int) -> Copy:
    """The copy after one more move.

    Raises:
        Refused: the copy does not allow it.
    """
    return changed_to(copy, moved(base, copy.edits, edit), revision)


def changed_to(
    copy: Copy, edits: tuple[Edit, ...], revision: int, left_out: tuple[str, ...] | None = None
) -> Copy:
    """The copy with other edits, and the present one to go back to.

    Args:
        copy: as it is.
        edits: as they are to be.
        revision: of the workshop now; a copy that begins, begins here.
        left_out: members who do not count, where that changes.
    """
    began = revision if copy.revision is None else copy.revision
    return Copy(
        edits=edits,
        revision=began if edits else None,
        left_out=copy.left_out if left_out is None else left_out,
        past=(*copy.past, replace(copy, past=()))[-MOST_UNDONE:],
    )


def undone(copy: Copy) -> Copy:
    """The copy before the last move; an unmoved one stays as it is."""
    if not copy.past:
        return copy
    *earlier, last = copy.past
    return replace(last, past=tuple(earlier))


def collisions(history: History, copy: Copy) -> tuple[tuple[Edit, Stale], ...]:
    """The moves whose subject the room has changed since the copy began, with both values."""
    found: list[tuple[Edit, Stale]] = []
    if copy.revision is None:
        return ()
    for edit in copy.edits:
        try:
            history.refuse_stale(edit, copy.revision)
        except Stale as stale:
            found.append((edit, stale))
    return tuple(found)


def without_members(workshop: Workshop, members: Sequence[str]) -> Together:
    """The move that lets some members' weights not count, named so.

    Raises:
        Refused: nobody's weights would be left.
    """
    points = points_without(workshop, members)
    names = " and ".join(workshop.members[key].name for key in members)
    voted = sum(bool(cast) for key, cast in workshop.ballots.items() if key not in members)
    told = f"weights without {names}: the mean of the other {voted}"
    return Together(name=short(told, LONGEST_NAME), edits=(SetPoints(points=points),))


def as_one_step(taken: Sequence[Try]) -> Together:
    """The moves as one step, named for what they do."""
    name = f"what-if: {', '.join(one.wanted for one in taken)}"
    return Together(name=short(name, LONGEST_NAME), edits=tuple(single(one.edit for one in taken)))


def single(edits: Iterable[Edit]) -> Iterable[Edit]:
    """Edits one by one; a step made of several is taken apart."""
    for edit in edits:
        if isinstance(edit, Together):
            yield from single(edit.edits)
        else:
            yield edit
