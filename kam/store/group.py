"""Commands that are saved together: each is taken whole or refused alone, in order of arrival."""

import secrets
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import Future
from dataclasses import dataclass, field
from datetime import UTC, datetime

from pydantic import ValidationError

from kam.edits import ANY_EDIT, CastBallot, Change, Edit, Redo, Undo
from kam.errors import Refused
from kam.history import Entry, History, blank
from kam.store.log import Place
from kam.validated import complaint

# A ballot belongs to its member, whose last word counts; undo and redo check their own target.
_UNCHECKED = (CastBallot, Undo, Redo)


def new_id() -> str:
    """An id that nobody else will choose: 128 random bits, hexadecimal."""
    return secrets.token_hex(16)


def now() -> datetime:
    """This moment in UTC."""
    return datetime.now(UTC)


@dataclass(frozen=True)
class Draft:
    """An edit that somebody wants saved.

    Attributes:
        actor: who; "" for unknown.
        base: the revision it was made against; `None` when it may not collide.
        id: the same for every retry.
        when: UTC.
    """

    edit: Edit
    actor: str = ""
    base: int | None = None
    id: str = field(default_factory=new_id)
    when: datetime = field(default_factory=now)


def renewed(drafts: Iterable[Draft]) -> tuple[Draft, ...]:
    """The same edits, actors and times under new ids, undo and redo aimed at these."""
    aims: dict[str, str] = {}
    again: list[Draft] = []
    for draft in drafts:
        aims[draft.id] = new_id()
        edit = draft.edit
        if isinstance(edit, Undo | Redo):
            edit = edit.model_copy(update={"target": aims.get(edit.target, edit.target)})
        again.append(Draft(edit, draft.actor, None, aims[draft.id], draft.when))
    return tuple(again)


@dataclass(frozen=True)
class Receipt:
    """What the sender gets once a change is on the disk.

    Attributes:
        revision: of the workshop, with the change in it.
        duplicate: the change had been saved before under the same id, and not again now.
    """

    revision: int
    duplicate: bool = False


@dataclass(frozen=True)
class Command:
    """Drafts for one workshop that are saved together or not at all.

    Attributes:
        is_new: the workshop begins with this command.
        answer: where the receipt or the error goes.
    """

    workshop: str
    drafts: tuple[Draft, ...]
    is_new: bool = False
    answer: "Future[Receipt]" = field(default_factory=Future)


class Group:
    """What a group of commands adds, worked out before anything is saved.

    Attributes:
        entries: to be saved, in order.
        histories: workshop -> its history with these entries.
    """

    def __init__(self, places: Mapping[str, Place], history: Callable[[str], History]) -> None:
        self._saved = places
        self._taken: dict[str, Place] = {}
        self._history = history
        self.entries: list[Entry] = []
        self.histories: dict[str, History] = {}

    def take(self, command: Command) -> Receipt:
        """The receipt of a command, valid once the group is saved.

        Raises:
            Refused: the workshop does not allow it; the group is as before.
            StoreError: there is no such workshop.
        """
        if known := self._known(command):
            return Receipt(known.revision, duplicate=True)
        before = self._before(command)
        after = before
        for draft in command.drafts:
            entry = _entry(draft, command.workshop, after.revision + 1)
            if draft.base is not None and not isinstance(entry.edit, _UNCHECKED):
                after.refuse_stale(entry.edit, draft.base)
            after = after.add(entry)
        self._accept(after, after.entries[before.revision :])
        return Receipt(after.revision)

    def _known(self, command: Command) -> Place | None:
        """Where a command's last entry stands already; `None` for a new command."""
        last = command.drafts[-1].id
        place = self._taken.get(last) or self._saved.get(last)
        if place and place.workshop != command.workshop:
            raise Refused(
                f"The change {last!r} was saved in another workshop before. Send it under an id "
                "of its own."
            )
        return place

    def _before(self, command: Command) -> History:
        if command.is_new:
            return blank(command.workshop)
        return self.histories.get(command.workshop) or self._history(command.workshop)

    def _accept(self, after: History, entries: Iterable[Entry]) -> None:
        self.histories[after.workshop.id] = after
        for entry in entries:
            self.entries.append(entry)
            self._taken[entry.id] = Place(entry.workshop, entry.revision)


def _entry(draft: Draft, workshop: str, revision: int) -> Entry:
    """The entry that a draft becomes, read back from the text that will be stored.

    So nothing is confirmed that could not be read again.
    """
    try:
        return Entry(
            id=draft.id,
            workshop=workshop,
            revision=revision,
            when=draft.when,
            actor=draft.actor,
            edit=_stored_form(draft.edit),
        )
    except ValidationError as error:
        raise Refused(complaint(error)) from error


def _stored_form(edit: Change) -> Edit:
    checked: Edit = ANY_EDIT.validate_json(edit.model_dump_json())
    return checked
