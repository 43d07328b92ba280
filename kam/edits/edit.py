"""What every edit is: a frozen, typed sentence that turns one workshop into the next."""

from abc import abstractmethod
from collections.abc import Mapping
from typing import TypeVar

from kam.errors import Refused
from kam.model import Noun, Workshop

T = TypeVar("T")


class Change(Noun):
    """One change to a workshop. It is applied whole, or refused in words and not at all."""

    @property
    @abstractmethod
    def subject(self) -> str:
        """The thing that it touches; two people who edit different subjects do not collide."""

    @property
    def subjects(self) -> frozenset[str]:
        """Every thing that it touches: several when several edits are one step."""
        return frozenset({self.subject})

    @abstractmethod
    def apply(self, workshop: Workshop) -> Workshop:
        """The workshop after this edit.

        Raises:
            Refused: the workshop does not allow it; the message says why and what to do.
        """

    @abstractmethod
    def words(self, before: Workshop) -> str:
        """What it does to `before`, for the undo button and the decision record."""


def held(things: Mapping[str, T], key: str, noun: str) -> T:
    """The thing called `key`, or a refusal that names it."""
    if key not in things:
        raise Refused(
            f"There is no {noun} {key!r} in this workshop any more. Reload the page to see the "
            "present state."
        )
    return things[key]


def without(things: Mapping[str, T], *keys: str) -> dict[str, T]:
    """`things` less the entries called `keys`."""
    gone = set(keys)
    return {key: thing for key, thing in things.items() if key not in gone}


def plain(value: object) -> str:
    """A value as people write it: no trailing zeros, unknown as a word."""
    if value is None or value == "":
        return "unknown"
    return f"{value:g}" if isinstance(value, float) else str(value)
