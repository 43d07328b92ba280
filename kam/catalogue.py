"""The catalogue: criteria and objectives to start from (method.md sections 12 and 13).

The anchors are generic starting values; the team edits them before it weighs the criteria.
"""

import re
from importlib.resources import files
from typing import Literal

from pydantic import Field

from kam.model import Anchors, Axis, Criterion, Id, Name, Noun, Objective, Text

_AXES = {"A": Axis.ATTRACTIVENESS, "S": Axis.STRENGTH}
_CRITERION_ID = re.compile(r"\b[AS]\d\d\b")


class CatalogueCriterion(Noun):
    """One criterion of the catalogue, with its raw levels for the values 0, 2.5, 5, 7.5, 10.

    Attributes:
        axis: A attractiveness, S strength.
        column: the header under which an imported file brings its figures.
        forward_looking: it speaks of the years ahead (trap check 8.8 of method.md).
        controllable: we can move it ourselves within a year (break-even, method.md 5.2).
    """

    id: Id
    axis: Literal["A", "S"]
    family: Name
    name: Name
    definition: Text
    unit: Name
    direction: Literal["+", "-"]
    anchors: Anchors = Field(alias="anchors_0_2p5_5_7p5_10")
    column: Id
    data_source: Name
    watch_out: Text
    forward_looking: bool
    controllable: bool


class CatalogueObjective(Noun):
    """One objective of the catalogue.

    Attributes:
        metric: `measure, unit`; several are parted by semicolons, the usual one first.
        suggested_criteria: ids of criteria that serve it, with remarks between them.
    """

    id: Id
    name: Name
    statement: Text
    metric: Name
    suggested_criteria: Name

    @property
    def measures(self) -> tuple[tuple[str, str], ...]:
        """Every measure that fits the objective, each with its unit, the usual one first."""
        return tuple(_measure_and_unit(part) for part in self.metric.split(";"))


def _measure_and_unit(text: str) -> tuple[str, str]:
    """The two sides of the last comma; without a comma the unit is empty."""
    measure, comma, unit = text.rpartition(",")
    return (measure.strip(), unit.strip()) if comma else (text.strip(), "")


class _Catalogue(Noun):
    """The whole file."""

    criteria: tuple[CatalogueCriterion, ...]
    objectives: tuple[CatalogueObjective, ...]


_FILE = _Catalogue.model_validate_json(files("kam").joinpath("catalogue.json").read_bytes())

CRITERIA: tuple[CatalogueCriterion, ...] = _FILE.criteria
OBJECTIVES: tuple[CatalogueObjective, ...] = _FILE.objectives

GOOD_SET = ("A02", "A03", "A04", "A13", "S01", "S03", "S06", "S11")
"""Eight criteria that make a good first set: two families an axis at least (method.md 12)."""

_CRITERIA = {entry.id: entry for entry in CRITERIA}
_OBJECTIVES = {entry.id: entry for entry in OBJECTIVES}


def criterion(key: str) -> Criterion:
    """The catalogue's criterion `key`, complete enough to be scored as it is.

    That two people would write down the same number and that the figures are at hand is claimed
    to start with; the team unticks what does not hold in its company.

    Raises:
        KeyError: the catalogue has no criterion `key`.
    """
    entry = _CRITERIA[key]
    return Criterion(
        id=entry.id,
        name=entry.name,
        axis=_AXES[entry.axis],
        family=entry.family,
        definition=entry.definition,
        unit=entry.unit,
        direction=entry.direction,
        anchors=entry.anchors,
        source=entry.data_source,
        column=entry.column,
        watch_out=entry.watch_out,
        forward_looking=entry.forward_looking,
        controllable=entry.controllable,
        same_number=True,
        data_at_hand=True,
    )


def objective(key: str, currency: str = "EUR") -> Objective:
    """The catalogue's objective `key` with its usual measure; baseline, target and year are open.

    Args:
        key: id in the catalogue.
        currency: stands as the unit where the measure is an amount of money.

    Raises:
        KeyError: the catalogue has no objective `key`.
    """
    entry = _OBJECTIVES[key]
    measure, unit = entry.measures[0]
    return Objective(
        id=entry.id,
        name=entry.name,
        statement=entry.statement,
        measure=measure,
        unit=currency if unit == "currency" else unit,
    )


def serves(key: str) -> tuple[str, ...]:
    """Ids of the catalogue criteria that serve the objective `key`, most telling first.

    Raises:
        KeyError: the catalogue has no objective `key`.
    """
    return tuple(_CRITERION_ID.findall(_OBJECTIVES[key].suggested_criteria))
