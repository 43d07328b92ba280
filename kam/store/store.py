"""The workshops of one folder: written by one thread, read by all."""

import atexit
import secrets
import threading
from collections.abc import Iterable
from pathlib import Path
from types import TracebackType
from typing import Self

from pydantic import ValidationError

from kam.edits import Edit, RenameWorkshop, StartWorkshop
from kam.errors import Refused, StoreError
from kam.history import History, read
from kam.model import Workshop
from kam.store.backup import back_up
from kam.store.chain import Link
from kam.store.exchange import Imported
from kam.store.group import Command, Draft, Group, Receipt, new_id, renewed
from kam.store.listing import Listed, listed
from kam.store.log import Log, LogBroken
from kam.store.recovery import is_damage
from kam.store.writer import Outcome, Writer
from kam.validated import complaint

PATIENCE = 5.0  # seconds until a sender is told "not confirmed" (reliability.md section 5)
PATIENCE_WHOLE_LOG = 120.0  # seconds for a copy or an imported file, up to 20,000 customers

_OPEN: dict[Path, "Store"] = {}
_OPENING = threading.Lock()


@atexit.register
def _close_all() -> None:
    """Let go of all files in an orderly way when the program ends."""
    for store in tuple(_OPEN.values()):
        store.close()


class Store:
    """All workshops in one folder.

    Open it with `Store.open`, which gives everybody in the process the same one. Its methods may
    be called from any thread.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._log = Log.open(folder)
        self._repairs = list(self._log.notices)
        self._histories: dict[str, History] = {}
        self._folding = threading.RLock()
        self._writer = Writer(self._saved_or_reopened)

    @classmethod
    def open(cls, folder: Path) -> Self:
        """The store in `folder`, made where there is none, shared by the whole process.

        Raises:
            StoreInUse: another process has it open.
            StoreError: the folder cannot be used.
        """
        place = folder.expanduser().resolve()
        with _OPENING:
            found = _OPEN.get(place)
            if not isinstance(found, cls):
                found = _OPEN[place] = cls(place)
            return found

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Save what waits, stop writing and let go of the files; closing twice does nothing."""
        with _OPENING:
            if self._writer.close():
                self._log.close()
                del _OPEN[self._folder]

    @property
    def notices(self) -> tuple[str, ...]:
        """What was repaired since the start, one plain sentence each, oldest first."""
        return tuple(self._repairs)

    # Reading

    def history(self, workshop: str) -> History:
        """The workshop's history as it is now; it never changes, ask again for a later one.

        Raises:
            StoreError: there is no such workshop, or it cannot be read.
        """
        if known := self._histories.get(workshop):
            return known
        with self._folding:
            known = self._histories.get(workshop) or self._folded(workshop)
            return self._histories.setdefault(workshop, known)

    def workshop(self, workshop: str) -> Workshop:
        """The workshop's present state.

        Raises:
            StoreError: there is no such workshop, or it cannot be read.
        """
        return self.history(workshop).workshop

    def workshops(self, *, archived: bool = False) -> tuple[Listed, ...]:
        """All workshops, the last changed first.

        A workshop that cannot be read is left out and told in `notices`.

        Args:
            archived: list those that were put away as well.
        """
        found = [row for key in tuple(self._log.workshops) if (row := self._listed(key))]
        found.sort(key=lambda row: row.changed, reverse=True)
        return tuple(row for row in found if archived or not row.archived)

    def links(self) -> list[Link]:
        """Every stored entry with its hash, in order, over all workshops; the last is the head.

        Raises:
            StoreError: they cannot be read now.
        """
        return self._log.links()

    def back_up(self, target: Path) -> str:
        """Hash of the last entry in `target`, a verified copy of everything saved so far.

        Work goes on meanwhile. To go back to it, put the copy in an empty folder as
        `keyroom.duckdb`.

        Raises:
            StoreError: it could not be written or verified; an earlier `target` is kept.
        """
        return back_up(self.links(), target)

    def _listed(self, workshop: str) -> Listed | None:
        try:
            history = self.history(workshop)
        except StoreError as error:
            self._tell(str(error))
            return None
        return listed(history)

    def _folded(self, workshop: str) -> History:
        """The history that the stored links of a workshop make."""
        links = self._log.links(workshop)
        if not links:
            raise StoreError(
                f"There is no workshop {workshop!r} here. Open the list of workshops and choose "
                "one of them."
            )
        try:
            return read(workshop, (link.entry for link in links))
        except (ValidationError, Refused) as error:
            cause = complaint(error) if isinstance(error, ValidationError) else str(error)
            raise StoreError(
                f"The workshop {workshop!r} cannot be opened: this Keyroom does not understand "
                f"one of its changes ({cause}) It is kept as it is: open it with the newer "
                "version that wrote it."
            ) from error

    # Writing

    def write(
        self,
        workshop: str,
        edit: Edit,
        *,
        actor: str = "",
        base: int | None = None,
        id: str | None = None,  # noqa: A002 - the word that entries and exports use
    ) -> Receipt:
        """The receipt of an edit that is on the disk.

        Args:
            workshop: its id.
            edit: what to change.
            actor: who changes it.
            base: the revision that the sender saw; a change of the same thing since then
                refuses the edit. Ballots, undo and redo are not checked against it.
            id: the same for every retry, so that an edit is saved once.

        Raises:
            Refused: the workshop does not allow it; nothing was saved.
            StoreError: it is not confirmed; nothing is lost, try again with the same id.
        """
        draft = Draft(edit, actor, base, id or new_id())
        return self._writer.send(Command(workshop, (draft,)), PATIENCE)

    def create(
        self,
        name: str,
        *,
        company: str = "",
        currency: str = "EUR",
        example: bool = False,
        actor: str = "",
    ) -> str:
        """The id of a new workshop.

        Raises:
            Refused: the name is empty or too long.
            StoreError: it is not confirmed.
        """
        try:
            start = StartWorkshop(name=name, company=company, currency=currency, example=example)
        except ValidationError as error:
            raise Refused(complaint(error)) from error
        return self._begun((Draft(start, actor),), PATIENCE)

    def copy(self, workshop: str, name: str, *, actor: str = "") -> str:
        """The id of a new workshop with the whole log of another one and a name of its own.

        Raises:
            Refused: the name is empty or too long.
            StoreError: there is no such workshop, or the copy is not confirmed.
        """
        try:
            rename = Draft(RenameWorkshop(name=name), actor)
        except ValidationError as error:
            raise Refused(complaint(error)) from error
        past = (
            Draft(entry.edit, entry.actor, None, entry.id, entry.when)
            for entry in self.history(workshop).entries
        )
        return self._begun((*past, rename), PATIENCE_WHOLE_LOG)

    def bring_in(self, imported: Imported) -> str:
        """The id of a new workshop with the log of an imported file.

        Raises:
            Refused: one of its edits is not allowed; nothing was saved.
            StoreError: it is not confirmed.
        """
        return self._begun(imported.edits, PATIENCE_WHOLE_LOG)

    def _begun(self, drafts: Iterable[Draft], patience: float) -> str:
        """The id of a new workshop that begins with these edits."""
        workshop = secrets.token_hex(6)
        self._writer.send(Command(workshop, renewed(drafts), is_new=True), patience)
        return workshop

    # In the writer's thread

    def _saved_or_reopened(self, group: list[Command]) -> list[Outcome]:
        """The outcome of each command.

        If the files break, they are opened anew and asked again; if that does not help, once more
        with a DuckDB file that is built anew.
        """
        for rebuild in (False, True):
            try:
                return self._saved(group)
            except LogBroken as error:
                if rebuild and not is_damage(error.__cause__):
                    raise
                self._reopen(error, rebuild=rebuild)
        return self._saved(group)

    def _saved(self, group: list[Command]) -> list[Outcome]:
        """The outcome of each command of a group, once the group is on the disk."""
        together = Group(self._log.places, self.history)
        outcomes = [_outcome(together, command) for command in group]
        if together.entries:
            self._log.append(together.entries)
            self._histories.update(together.histories)
        return outcomes

    def _reopen(self, error: LogBroken, *, rebuild: bool) -> None:
        """Open the files anew: after a failed save only they know what was saved."""
        self._log.close()
        fresh = Log.open(self._folder, rebuild=rebuild)
        with self._folding:
            self._log = fresh
            self._histories.clear()
        self._tell(f"The files were opened anew: {error}", *fresh.notices)

    def _tell(self, *notices: str) -> None:
        """Add to the notices what is not among them."""
        self._repairs += [notice for notice in notices if notice not in self._repairs]


def _outcome(together: Group, command: Command) -> Outcome:
    """The receipt of a command, or why it was not taken; it cannot harm the others."""
    try:
        return together.take(command)
    except LogBroken:
        raise
    except Exception as error:  # noqa: BLE001 - it goes to the sender, who sees it as their own
        return error
