"""Edits of the workshop itself: its name, objectives, capacity, members and named revisions."""

from datetime import date
from typing import Literal

from kam.edits.edit import Change, held, without
from kam.errors import Refused
from kam.model import Capacity, Id, Mark, Member, Name, Objective, Text, Workshop
from kam.validated import changed


class StartWorkshop(Change):
    """Name a new workshop; the first edit of every log that was not restored."""

    kind: Literal["start_workshop"] = "start_workshop"
    name: Name
    company: Text = ""
    currency: str = "EUR"
    example: bool = False

    @property
    def subject(self) -> str:
        return "workshop"

    def apply(self, workshop: Workshop) -> Workshop:
        return changed(
            workshop,
            name=self.name,
            company=self.company,
            currency=self.currency,
            example=self.example,
        )

    def words(self, before: Workshop) -> str:  # noqa: ARG002 - the same for every state before
        return f"started “{self.name}”"


class RestoreWorkshop(Change):
    """Take over a whole state, as from an imported file or a copy."""

    kind: Literal["restore_workshop"] = "restore_workshop"
    state: Workshop
    origin: Text = ""

    @property
    def subject(self) -> str:
        return "workshop"

    def apply(self, workshop: Workshop) -> Workshop:
        return changed(self.state, id=workshop.id)

    def words(self, before: Workshop) -> str:  # noqa: ARG002
        return f"took over “{self.state.name}” from {self.origin or 'a file'}"


class RenameWorkshop(Change):
    """Give the workshop another name."""

    kind: Literal["rename_workshop"] = "rename_workshop"
    name: Name

    @property
    def subject(self) -> str:
        return "workshop name"

    def apply(self, workshop: Workshop) -> Workshop:
        return changed(workshop, name=self.name)

    def words(self, before: Workshop) -> str:
        return f"name: {before.name} → {self.name}"


class ArchiveWorkshop(Change):
    """Put the workshop away, or bring it back; nothing is deleted."""

    kind: Literal["archive_workshop"] = "archive_workshop"
    archived: bool = True

    @property
    def subject(self) -> str:
        return "workshop archive"

    def apply(self, workshop: Workshop) -> Workshop:
        return changed(workshop, archived=self.archived)

    def words(self, before: Workshop) -> str:  # noqa: ARG002
        return "put the workshop away" if self.archived else "brought the workshop back"


class PutObjective(Change):
    """Add an objective, or replace the one with the same id."""

    kind: Literal["put_objective"] = "put_objective"
    objective: Objective

    @property
    def subject(self) -> str:
        return f"objective {self.objective.id}"

    def apply(self, workshop: Workshop) -> Workshop:
        return changed(
            workshop, objectives={**workshop.objectives, self.objective.id: self.objective}
        )

    def words(self, before: Workshop) -> str:
        verb = "changed" if self.objective.id in before.objectives else "added"
        return f"{verb} the objective “{self.objective.name}”"


class RemoveObjective(Change):
    """Drop an objective; criteria that served it stay and are listed as orphans."""

    kind: Literal["remove_objective"] = "remove_objective"
    objective: Id

    @property
    def subject(self) -> str:
        return f"objective {self.objective}"

    def apply(self, workshop: Workshop) -> Workshop:
        held(workshop.objectives, self.objective, "objective")
        return changed(
            workshop,
            objectives=without(workshop.objectives, self.objective),
            criteria={
                key: changed(
                    criterion,
                    objectives=tuple(o for o in criterion.objectives if o != self.objective),
                )
                for key, criterion in workshop.criteria.items()
            },
        )

    def words(self, before: Workshop) -> str:
        known = before.objectives.get(self.objective)
        return f"removed the objective “{known.name if known else self.objective}”"


class SetCapacity(Change):
    """Say how many hours or places there are for key accounts."""

    kind: Literal["set_capacity"] = "set_capacity"
    capacity: Capacity

    @property
    def subject(self) -> str:
        return "capacity"

    def apply(self, workshop: Workshop) -> Workshop:
        return changed(workshop, capacity=self.capacity)

    def words(self, before: Workshop) -> str:
        return f"capacity: {_capacity_words(before.capacity)} → {_capacity_words(self.capacity)}"


def _capacity_words(capacity: Capacity) -> str:
    """A capacity in a few words."""
    if not capacity.known:
        return "not complete"
    if capacity.mode == "places":
        return f"{capacity.places} places"
    return f"{capacity.hours:,.0f} hours a year"


class PutMember(Change):
    """Add a member, or change the one with the same id."""

    kind: Literal["put_member"] = "put_member"
    member: Member

    @property
    def subject(self) -> str:
        return f"member {self.member.id}"

    def apply(self, workshop: Workshop) -> Workshop:
        return changed(workshop, members={**workshop.members, self.member.id: self.member})

    def words(self, before: Workshop) -> str:
        verb = "changed" if self.member.id in before.members else "added"
        return f"{verb} the member {self.member.name}"


class MarkRevision(Change):
    """Name the present state, to find it again and to compare with it."""

    kind: Literal["mark_revision"] = "mark_revision"
    name: Name
    on: date
    by: Text = ""
    note: Text = ""
    revision: int = 0
    begins_review: bool = False

    @property
    def subject(self) -> str:
        return "named revisions"

    def apply(self, workshop: Workshop) -> Workshop:
        if any(mark.name == self.name for mark in workshop.marks):
            raise Refused(f"A revision named “{self.name}” exists already. Choose another name.")
        mark = Mark(
            name=self.name, on=self.on, by=self.by, note=self.note, revision=self.revision,
            begins_review=self.begins_review,
        )  # fmt: skip
        return changed(workshop, marks=(*workshop.marks, mark))

    def words(self, before: Workshop) -> str:  # noqa: ARG002
        return f"named this state “{self.name}”"
