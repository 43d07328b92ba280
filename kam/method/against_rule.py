"""Which decisions of the team differ from what the rule says, and what the rule would say."""

from collections.abc import Mapping
from dataclasses import replace

from kam.method.assessment import Assessment
from kam.method.selection import CLASSES, UNSCORED, select
from kam.model import Class, Override


def ruled(result: Assessment, customer: str) -> Class | None:
    """The class that the rule gives a customer, were it not decided; `None` without scores.

    The other decisions of the team stand, and take their room first.
    """
    row = result.row[customer]
    override = result.facts.override.copy()
    override[row] = -1
    workshop = result.workshop
    chosen = select(
        result.attractiveness,
        result.strength,
        replace(result.facts, override=override),
        workshop.cut_offs,
        workshop.capacity,
    )
    index = int(chosen.klass[row])
    return None if index == UNSCORED else CLASSES[index]


def against_rule(result: Assessment) -> Mapping[str, Override]:
    """The decisions that give a customer another class than the rule would.

    Those that agree with it, because the rule moved since, are none.
    """
    return {
        key: one
        for key, one in result.workshop.overrides.items()
        if key in result.row and one.klass is not ruled(result, key)
    }
