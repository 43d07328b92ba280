"""What is about to be brought in: the edit, whom it meets, and the names to ask about."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from kam.edits import BringIn
from kam.intake.lists.identity import Alike, near_pairs
from kam.model import Customer, Workshop
from kam.names.key import name_key

# Names in one sentence; more are counted.
NAMED = 5


@dataclass(frozen=True)
class Proposal:
    """An edit that is ready, and what to tell and to ask before it is made.

    Attributes:
        new, updated: how many customers.
        strangers: names of rows that were left out because the workshop does not know them.
        unknown: the new customers by the key of their row, with their names; those that a person
            has placed are not among them.
        known: the customers of the workshop, with their names.
        without_id: keys of `unknown` whose rows have no id of their own.
    """

    edit: BringIn
    new: int
    updated: int
    notes: tuple[str, ...] = ()
    strangers: tuple[str, ...] = ()
    unknown: Mapping[str, str] = field(default_factory=dict)
    known: Mapping[str, str] = field(default_factory=dict)
    without_id: frozenset[str] = frozenset()

    @cached_property
    def alike(self) -> tuple[Alike, ...]:
        """Pairs to ask about, the most alike first.

        On the left the key of a row, on the right a customer of the workshop, or another row of
        the same file where one of the two has no id. Found when first asked for: a few seconds
        for 20,000 names.
        """
        within = near_pairs(self.unknown) if self.without_id else ()
        pairs = [
            *_namesakes(self.unknown, self.known),
            *near_pairs(self.unknown, self.known),
            *(pair for pair in within if self.without_id & {pair.left, pair.right}),
        ]
        return tuple(sorted(pairs, key=lambda pair: -pair.likeness))


def _namesakes(unknown: Mapping[str, str], known: Mapping[str, str]) -> list[Alike]:
    """New customers with the name of one that is here under another id."""
    by_name = {name_key(name): key for key, name in known.items()}
    why = "They have one name and different ids."
    return [
        Alike(key, by_name[name_key(name)], 100.0, why)
        for key, name in unknown.items()
        if name_key(name) in by_name
    ]


class Known:
    """The customers of a workshop by id and by name; a name that several share knows nobody."""

    def __init__(self, workshop: Workshop, same: Mapping[str, str]) -> None:
        self.by_id = workshop.customers
        self.same = same
        names = {key: name_key(one.name) for key, one in workshop.customers.items()}
        shared = Counter(names.values())
        self.by_name = {
            name: workshop.customers[key] for key, name in names.items() if shared[name] == 1
        }

    def customer(self, key: str, name: str) -> Customer | None:
        """The customer meant by a row: as a person has said, else by id, else by name.

        An id that is not known makes a new customer even of a known name, unless the known one
        came in without an id.
        """
        if (key or name) in self.same:
            return self.by_id.get(self.same[key or name])
        if key and key in self.by_id:
            return self.by_id[key]
        found = self.by_name.get(name_key(name), self.by_id.get(name)) if name else None
        came_without_id = found is not None and found.id == found.name
        return found if not key or came_without_id else None


def proposed(
    workshop: Workshop,
    edit: BringIn,
    notes: Iterable[str],
    same: Mapping[str, str],
    without_id: Iterable[str] = (),
) -> Proposal:
    """The edit with its counts, and everybody who is new and whom nobody has placed yet."""
    new = edit.customers.keys() - workshop.customers.keys()
    open_keys = new - {*same, *same.values()}
    unknown = {key: one.name for key, one in edit.customers.items() if key in open_keys}
    known = {key: one.name for key, one in workshop.customers.items()}
    return Proposal(
        edit,
        len(new),
        len(edit.customers) - len(new),
        tuple(notes),
        unknown=unknown,
        known=known,
        without_id=frozenset(without_id) & unknown.keys(),
    )


def listed(names: Iterable[str]) -> str:
    """Names for a sentence: the first few in quotes, and how many more."""
    every = list(names)
    shown = ", ".join(f"“{name}”" for name in every[:NAMED])
    more = len(every) - NAMED
    return f"{shown} and {more:,} more" if more > 0 else shown
