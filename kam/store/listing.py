"""One line of the list of workshops."""

from dataclasses import dataclass
from datetime import datetime

from kam.history import History


@dataclass(frozen=True)
class Listed:
    """A workshop in the list on the start page.

    Attributes:
        revision: number of entries in its log.
        changed: time of the last entry, UTC.
        customers: how many it holds.
    """

    id: str
    name: str
    company: str
    example: bool
    archived: bool
    revision: int
    changed: datetime
    customers: int


def listed(history: History) -> Listed:
    """The line of a workshop that has at least one entry."""
    state = history.workshop
    return Listed(
        id=state.id,
        name=state.name,
        company=state.company,
        example=state.example,
        archived=state.archived,
        revision=history.revision,
        changed=history.entries[-1].when,
        customers=len(state.customers),
    )
