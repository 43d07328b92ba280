"""What key accounts should do for us, and the criteria by which customers are judged."""

from enum import StrEnum
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from kam.model.noun import Anchors, Id, Name, Noun, Text

MAX_CRITERIA = 8  # decisions.md section 3: more criteria rarely change the result


TICKS_NEEDED = 4  # of five, method.md section 2


class Axis(StrEnum):
    """The two questions that a criterion may answer."""

    ATTRACTIVENESS = "attractiveness"
    STRENGTH = "strength"


class Objective(Noun):
    """What key accounts should do for us: raise `measure` from `baseline` to `target` by `year`."""

    id: Id
    name: Name
    statement: Text = ""
    measure: Text = ""
    unit: Text = ""
    baseline: float | None = None
    target: float | None = None
    year: Annotated[int, Field(ge=2000, le=2100)] | None = None

    @property
    def gaps(self) -> tuple[str, ...]:
        """What is still missing, in words; empty when the objective can be checked later."""
        missing = {
            "a measure": not self.measure,
            "a baseline": self.baseline is None,
            "a target": self.target is None,
            "a year": self.year is None,
        }
        return tuple(word for word, absent in missing.items() if absent)


class Criterion(Noun):
    """One question asked of every customer, with five anchors for the values 0, 2.5, 5, 7.5, 10.

    Attributes:
        anchors: raw levels in `unit`, ascending for direction `+`, descending for `-`.
        column: the fact or profile field that holds its figures, if one does.
        objectives: ids of the objectives that it serves.
        same_number: two people reading the definition would write down the same number.
        data_at_hand: the figures exist or can be had within four weeks.
    """

    id: Id
    name: Name
    axis: Axis
    family: Text = ""
    definition: Text = ""
    unit: Text = ""
    direction: Literal["+", "-"] = "+"
    anchors: Anchors | None = None
    source: Text = ""
    column: Text = ""
    watch_out: Text = ""
    objectives: tuple[Id, ...] = ()
    forward_looking: bool = False
    controllable: bool = False
    same_number: bool = False
    data_at_hand: bool = False

    @model_validator(mode="after")
    def _anchors_run_one_way(self) -> Self:
        if self.anchors is None:
            return self
        steps = zip(self.anchors, self.anchors[1:], strict=False)
        rising = self.direction == "+"
        if not all(low < high if rising else low > high for low, high in steps):
            way = "upwards" if rising else "downwards"
            listed = ", ".join(f"{level:g}" for level in self.anchors)
            raise ValueError(
                f"the five anchors of {self.name} must run {way} without equal steps; "
                f"we found {listed}"
            )
        return self

    @property
    def gaps(self) -> tuple[str, ...]:
        """What a criterion lacks before it may be scored (decisions.md section 3)."""
        missing = {
            "a definition": not self.definition,
            "a unit": not self.unit,
            "five anchors": self.anchors is None,
        }
        return tuple(word for word, absent in missing.items() if absent)
