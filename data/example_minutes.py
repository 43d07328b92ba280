"""The log of the example while it is being written."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta

from data.example_figures import SOURCE
from kam.edits import Change, MarkRevision, Redo, Undo
from kam.history import Entry, History, blank

NAMES: dict[str, str] = {member["id"]: member["name"] for member in SOURCE["member"]}


class Minutes:
    """The log that is being written: who did what, two minutes after the last."""

    def __init__(self) -> None:
        self.history: History = blank("example")
        self.clock = datetime(2024, 1, 1, tzinfo=UTC)

    def open(self, day: date, hour: int = 9) -> None:
        """Go on at another day."""
        self.clock = datetime(day.year, day.month, day.day, hour, tzinfo=UTC)

    def write(self, actor: str, *edits: Change) -> None:
        """Add what somebody did."""
        for edit in edits:
            number = self.history.revision + 1
            entry = Entry.model_validate(
                {
                    "id": f"example-{number:04d}",
                    "workshop": "example",
                    "revision": number,
                    "when": self.clock,
                    "actor": NAMES.get(actor, actor),
                    "edit": edit,
                }
            )
            self.history = self.history.add(entry)
            self.clock += timedelta(minutes=2)

    def hear(self, told: Iterable[tuple[str, Change]]) -> None:
        """Add what several people did, one after the other."""
        for actor, edit in told:
            self.write(actor, edit)

    def undo(self, actor: str) -> None:
        """Take the last step back."""
        self.write(actor, Undo(target=self.history.done[-1].entry.id))

    def redo(self, actor: str) -> None:
        """Bring back the step that was taken back last."""
        self.write(actor, Redo(target=self.history.undone[-1].entry.id))

    def mark(self, name: str, on: date, note: str) -> None:
        """Name the state that the team agreed on."""
        agreed = self.history.revision
        chair = NAMES["elena"]
        self.write(chair, MarkRevision(name=name, on=on, by=chair, note=note, revision=agreed))
