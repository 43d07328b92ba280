"""Lines, capacity, gates, confirmed and overridden classes: what the team decides."""

from datetime import date
from enum import StrEnum
from typing import Annotated, Literal, Self

from pydantic import Field, StringConstraints, model_validator

from kam.model.noun import Id, Name, Noun, Text, Value10

MAX_GATES = 3  # method.md 4.7


class Class(StrEnum):
    """What a customer is to us (decisions.md section 1)."""

    KEY_STRATEGIC = "key_strategic"
    KEY_CORE = "key_core"
    STRATEGIC = "strategic"
    LOW_PRIORITY = "low_priority"

    @property
    def label(self) -> str:
        """The name on every screen and export."""
        return _CLASS_LABELS[self]

    @property
    def is_key(self) -> bool:
        """Whether such a customer is a key account."""
        return self in (Class.KEY_STRATEGIC, Class.KEY_CORE)


_CLASS_LABELS = {
    Class.KEY_STRATEGIC: "Key · strategic",
    Class.KEY_CORE: "Key · core",
    Class.STRATEGIC: "Strategic, not yet key",
    Class.LOW_PRIORITY: "Low priority",
}


class CutOffs(Noun):
    """The three lines of the matrix, on the 0-10 scale (defaults: decisions.md section 1)."""

    strength: Value10 = 5.0
    attractiveness: Value10 = 5.0
    strategic: Value10 = 7.0

    @model_validator(mode="after")
    def _strategic_line_in_key_zone(self) -> Self:
        if self.strategic < self.attractiveness:
            raise ValueError(
                f"the strategic line ({self.strategic:g}) lies inside the key zone, so it cannot "
                f"be below the attractiveness cut-off ({self.attractiveness:g})"
            )
        return self


class Relationships(Noun):
    """What one key account takes: people of the customer that we look after, and hours for each."""

    people: Annotated[float, Field(ge=0, le=1_000)]
    hours_a_month: Annotated[float, Field(ge=0, le=1_000)]

    @property
    def hours(self) -> float:
        """Hours a year, people x hours a month x 12."""
        return self.people * self.hours_a_month * 12


class CapacityBasis(Noun):
    """The figures behind a capacity in hours, if it was worked out from them.

    Attributes:
        share_of_time_pct: how much of their time our people have for key accounts, %.
        hours_a_year: working hours of one person.
    """

    people: Annotated[float, Field(ge=0, le=10_000)]
    share_of_time_pct: Annotated[float, Field(ge=0, le=100)]
    hours_a_year: Annotated[float, Field(ge=0, le=4_000)] = 1_600
    strategic: Relationships
    core: Relationships


class Capacity(Noun):
    """How many key accounts we can serve: hours a year, or a plain number of places.

    Unknown capacity limits nothing and is told as a gap.
    """

    mode: Literal["hours", "places"] = "hours"
    people: Annotated[float, Field(ge=0, le=10_000)] | None = None
    hours_per_person: Annotated[float, Field(ge=0, le=4_000)] | None = None
    hours_strategic: Annotated[float, Field(gt=0, le=100_000)] | None = None
    hours_core: Annotated[float, Field(gt=0, le=100_000)] | None = None
    places: Annotated[int, Field(ge=0, le=10_000)] | None = None
    basis: CapacityBasis | None = None

    @property
    def hours(self) -> float | None:
        """Hours a year for key accounts, people x hours; `None` while either is unknown."""
        if self.people is None or self.hours_per_person is None:
            return None
        return self.people * self.hours_per_person

    @property
    def known(self) -> bool:
        """Whether the capacity can limit anything."""
        if self.mode == "places":
            return self.places is not None
        return None not in (self.hours, self.hours_strategic, self.hours_core)


class Gate(Noun):
    """A yes/no condition that no score can make up for (at most three, method.md 4.7)."""

    id: Id
    name: Name


class Override(Noun):
    """A class decided by the team against the rule: who, and why."""

    customer: Id
    klass: Class
    by: Name
    reason: Name


class Confirmation(Noun):
    """A class that the rule gave and the team confirmed: by whom and why, where they said so.

    It holds while the rule gives the same class.
    """

    customer: Id
    klass: Class
    by: Annotated[str, StringConstraints(max_length=200)] = ""
    reason: Annotated[str, StringConstraints(max_length=200)] = ""

    @property
    def told(self) -> str:
        """Who confirmed it, and why, as "confirmed by Ines: They grow fast"."""
        who = f"confirmed by {self.by}" if self.by else "confirmed"
        return f"{who}: {self.reason}" if self.reason else who


class Mark(Noun):
    """A named revision: a state that the team agreed on, to compare with later.

    Attributes:
        begins_review: it was named to begin the next review, which is measured against it.
    """

    name: Name
    on: date
    by: Text = ""
    note: Text = ""
    revision: int = 0
    begins_review: bool = False
