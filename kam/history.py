"""A workshop's history: its entries, and the state that is their fold."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from kam.edits import Edit, MarkRevision, Redo, Undo
from kam.errors import Refused, Stale
from kam.model import Id, Mark, Noun, Workshop


class Entry(Noun):
    """One line of the log: an edit with who, when, and a place in the order.

    Attributes:
        id: chosen by the sender, so that a retry is recognised.
        revision: 1, 2, 3 ... within the workshop.
        when: UTC.
    """

    id: Id
    workshop: Id
    revision: int
    when: datetime
    actor: str = ""
    edit: Edit


@dataclass(frozen=True)
class Step:
    """An entry that counts, with what it did in words."""

    entry: Entry
    words: str


@dataclass(frozen=True)
class History:
    """The entries of one workshop, which of them count, and the workshop that they make.

    Attributes:
        entries: every entry, in order.
        done: steps that count, in order; undo takes the last one off.
        undone: steps taken back, last one last; a new edit forgets them.
        named: the states that were there when somebody named one, by revision: a review opens
            them without folding the log again.
    """

    workshop: Workshop
    entries: tuple[Entry, ...] = ()
    done: tuple[Step, ...] = ()
    undone: tuple[Step, ...] = ()
    named: Mapping[int, Workshop] = field(default_factory=dict, repr=False, compare=False)

    @property
    def revision(self) -> int:
        """The number of entries: 0 for a workshop that has none."""
        return len(self.entries)

    def add(self, entry: Entry) -> "History":
        """This history with one more entry.

        Raises:
            Refused: the edit is not allowed, or there is nothing to undo or redo.
        """
        if isinstance(entry.edit, Undo):
            after = self._undo(entry.edit)
        elif isinstance(entry.edit, Redo):
            after = self._redo(entry.edit)
        else:
            state = entry.edit.apply(self.workshop)
            step = Step(entry, entry.edit.words(self.workshop))
            after = replace(self, workshop=state, done=(*self.done, step), undone=())
        if isinstance(entry.edit, MarkRevision):
            after = replace(after, named={**self.named, self.revision: self.workshop})
        return replace(after, entries=(*self.entries, entry))

    def _undo(self, edit: Undo) -> "History":
        if len(self.done) < 2:  # the first entry makes the workshop
            raise Refused("There is nothing to undo.")
        *kept, last = self.done
        if last.entry.id != edit.target:
            raise Stale("Somebody changed something after that step. Look at it, then undo again.")
        return replace(
            self,
            workshop=fold(self.workshop.id, (step.entry for step in kept)),
            done=tuple(kept),
            undone=(*self.undone, last),
        )

    def _redo(self, edit: Redo) -> "History":
        if not self.undone or self.undone[-1].entry.id != edit.target:
            raise Refused("There is nothing to do again.")
        *rest, last = self.undone
        state = last.entry.edit.apply(self.workshop)
        return replace(self, workshop=state, done=(*self.done, last), undone=tuple(rest))

    def refuse_stale(self, edit: Edit, base: int) -> None:
        """Raise `Stale` if the edit's subject changed after revision `base`, also by an undo."""
        for place, entry in enumerate(self.entries[base:], start=base):
            if edit.subjects & self._touched(entry):
                theirs = self.record()[place][1]
                ours = edit.words(self.workshop)
                raise Stale(
                    f"Somebody changed this first ({theirs}). You wanted: {ours}. "
                    "Look at the present state and decide again.",
                    theirs=theirs,
                    ours=ours,
                )

    def _touched(self, entry: Entry) -> frozenset[str]:
        """The subjects that an entry changed; undo and redo change what their target changed."""
        edit = entry.edit
        if not isinstance(edit, Undo | Redo):
            return edit.subjects
        undone = (one.edit.subjects for one in self.entries if one.id == edit.target)
        return edit.subjects.union(*undone)

    def words(self, edit: Edit) -> str:
        """What an edit does to this history, in words; undo and redo name the step."""
        if isinstance(edit, Undo) and self.last:
            return f"undid: {self.last.words}"
        if isinstance(edit, Redo) and self.next:
            return f"did again: {self.next.words}"
        return edit.words(self.workshop)

    @property
    def last(self) -> Step | None:
        """The step that undo would take back; never the first, which makes the workshop."""
        return self.done[-1] if len(self.done) > 1 else None

    @property
    def next(self) -> Step | None:
        """The step that redo would bring back."""
        return self.undone[-1] if self.undone else None

    def at(self, revision: int) -> Workshop:
        """The workshop as it was after the entry with that revision."""
        if revision in self.named:
            return self.named[revision]
        return read(self.workshop.id, self.entries[:revision]).workshop

    def revision_of(self, mark: Mark) -> int:
        """The revision of the state that a mark names; where it does not say, the one before it."""
        if mark.revision:
            return mark.revision
        for step in self.done:
            edit = step.entry.edit
            if isinstance(edit, MarkRevision) and edit.name == mark.name:
                return step.entry.revision - 1
        return self.revision

    def record(self) -> list[tuple[Entry, str]]:
        """Every entry with what it did in words, oldest first: the decision record."""
        lines: list[tuple[Entry, str]] = []
        history = blank(self.workshop.id)
        for entry in self.entries:
            lines.append((entry, history.words(entry.edit)))
            history = history.add(entry)
        return lines


def blank(workshop: str) -> History:
    """The history of a workshop that has no entries yet."""
    return History(Workshop(id=workshop, name="New workshop"))


def read(workshop: str, entries: Iterable[Entry]) -> History:
    """The history that a list of entries makes."""
    history = blank(workshop)
    for entry in entries:
        history = history.add(entry)
    return history


def fold(workshop: str, entries: Iterable[Entry]) -> Workshop:
    """The workshop that entries without undo and redo make."""
    state = Workshop(id=workshop, name="New workshop")
    for entry in entries:
        state = entry.edit.apply(state)
    return state
