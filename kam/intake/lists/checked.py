"""What a list holds once its rows are checked: customers as found, and what there is to say."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from kam.intake.lists.fields import Answer, Whole, Written
from kam.intake.lists.repairs import Problem, ProblemGroup, grouped


@dataclass(frozen=True, slots=True)
class Row:
    """One customer as found in the file.

    Attributes:
        line: where the row begins in the file.
        name: as written; equal to `id` if the file has no names, or none in this row.
        id: as written; empty if the file has none.
        texts: target key -> text, only where there is one.
        numbers: target key (or the header of a fact) -> number, only where there is one.
        answers: target key -> yes, no or unknown.
        days: target key -> day, only where there is one.
    """

    line: int
    name: str
    id: str
    texts: Mapping[str, str]
    numbers: Mapping[str, float]
    answers: Mapping[str, Answer]
    days: Mapping[str, date] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Checked:
    """The rows that can come in, the problems by line, and sentences about the whole.

    Attributes:
        currencies: header -> other currencies of which nobody has said what one is worth; the
            amounts in them stay out.
        wholes: header of a column of numbers or days -> what it tells of its cells.
        goes_to: header -> target key, as the rows were read.
        written: header -> how its numbers are written, as a person has confirmed it.
        some: these are only rows of a list that were repaired, not the whole of it.
    """

    rows: tuple[Row, ...]
    problems: tuple[Problem, ...]
    notes: tuple[str, ...]
    currencies: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    wholes: Mapping[str, Whole] = field(default_factory=dict)
    goes_to: Mapping[str, str] = field(default_factory=dict)
    written: Mapping[str, Written] = field(default_factory=dict)
    some: bool = False

    @property
    def groups(self) -> tuple[ProblemGroup, ...]:
        """The problems by how they are repaired; those that keep rows out come first."""
        return grouped(self.problems)
