"""What is about to be brought in: the edit, whom it meets, and the entries to ask about."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from kam.edits import BringIn
from kam.edits.customers import refuse_too_many
from kam.intake.lists.identity import Alike, near_pairs
from kam.intake.lists.ids import number_key
from kam.model import Customer, Workshop
from kam.names.key import name_key

# Names in one sentence; more are counted.
NAMED = 5

# Customers here that one new entry is asked about because of its name, or of its id: more of them
# say that the name is a common one. Customers.
MOST_NAMESAKES = 5


@dataclass(frozen=True)
class Proposal:
    """An edit that is ready, and what to tell and to ask before it is made.

    Attributes:
        new, updated: how many customers come in, and how many that are here change.
        strangers: names of rows that were left out because the workshop does not know them.
        unknown: the new customers by the key of their row; those that a person has placed are not
            among them.
        known: the customers of the workshop.
        without_id: keys of `unknown` whose rows have no id of their own.
        emptied: names of customers of which the edit only takes figures away.
        doubts: rows with the id of a customer and another name, each with that customer. They
            stay out until a person has answered.
        doubted: the rows of `doubts` by their keys, as customers of their own.
    """

    edit: BringIn
    new: int
    updated: int
    notes: tuple[str, ...] = ()
    strangers: tuple[str, ...] = ()
    unknown: Mapping[str, Customer] = field(default_factory=dict)
    known: Mapping[str, Customer] = field(default_factory=dict)
    without_id: frozenset[str] = frozenset()
    emptied: tuple[str, ...] = ()
    doubts: tuple[Alike, ...] = ()
    doubted: Mapping[str, Customer] = field(default_factory=dict)

    @cached_property
    def alike(self) -> tuple[Alike, ...]:
        """Pairs to ask about, those that keep rows out first, then the most alike.

        On the left the key of a row, on the right a customer of the workshop, or another row of
        the same file where one of the two has no id, or their ids are one number. Found when first
        asked for: a few seconds for 20,000 names.
        """
        unknown, known = _names(self.unknown), _names(self.known)
        within = near_pairs(unknown) if self.without_id else ()
        with_id = self.unknown.keys() - self.without_id
        pairs = [
            *_one_number(with_id, self.known),
            *_one_number_within(with_id),
            *_namesakes(unknown, known, self.without_id),
            *near_pairs(unknown, known),
            *(pair for pair in within if self.without_id & {pair.left, pair.right}),
        ]
        first: dict[tuple[str, str], Alike] = {}
        for pair in pairs:
            first.setdefault((pair.left, pair.right), pair)
        ranked = sorted(first.values(), key=lambda pair: -pair.likeness)
        return (*self.doubts, *ranked)

    def still_open(self, pairs: Iterable[Alike]) -> tuple[Alike, ...]:
        """Of pairs that were found before answers were given, those that the answers leave open."""
        left, right = {*self.unknown, *self.doubted}, {*self.unknown, *self.known}
        return tuple(pair for pair in pairs if pair.left in left and pair.right in right)

    def entry(self, key: str) -> Customer | None:
        """What the file says of the customer of a row, where it is new or in doubt."""
        return self.doubted.get(key, self.unknown.get(key))


def _names(customers: Mapping[str, Customer]) -> dict[str, str]:
    return {key: one.name for key, one in customers.items()}


def _one_number(keys: Iterable[str], known: Mapping[str, Customer]) -> list[Alike]:
    """New ids that are one number with an id that is here: 1001 and 0001001."""
    by_number: dict[str, dict[str, str]] = {}
    for customer in known.values():
        for key in (customer.id, *customer.ids):
            if number := number_key(key):
                by_number.setdefault(number, {}).setdefault(customer.id, key)
    return [
        Alike(key, ours, 100.0, f"Their ids are one number: {key} and {written}.", "id")
        for key in sorted(keys)
        for ours, written in list(by_number.get(number_key(key), {}).items())[:MOST_NAMESAKES]
    ]


def _one_number_within(keys: Iterable[str]) -> list[Alike]:
    """New ids of one file that are one number: 00123 and 123.0; each with those before it."""
    by_number: dict[str, list[str]] = {}
    for key in sorted(keys):
        if number := number_key(key):
            by_number.setdefault(number, []).append(key)
    return [
        Alike(key, other, 100.0, f"Their ids are one number: {key} and {other}.", "id")
        for found in by_number.values()
        for at, key in enumerate(found)
        for other in found[:at][:MOST_NAMESAKES]
    ]


def _namesakes(
    unknown: Mapping[str, str], known: Mapping[str, str], without_id: frozenset[str]
) -> list[Alike]:
    """New customers with the name of some that are here under other ids."""
    by_name: dict[str, list[str]] = {}
    for key, name in known.items():
        by_name.setdefault(name_key(name), []).append(key)
    return [
        Alike(key, ours, 100.0, _one_name(len(found), key in without_id), "name")
        for key, name in unknown.items()
        for found in [by_name.get(name_key(name), [])]
        for ours in found[:MOST_NAMESAKES]
    ]


def _one_name(times: int, without_id: bool) -> str:  # noqa: FBT001 - as said of one row
    why = "They have one name and no id." if without_id else "They have one name and different ids."
    return why if times == 1 else f"{why} {times:,} customers here have that name."


def proposed(
    workshop: Workshop,
    edit: BringIn,
    notes: Iterable[str],
    same: Mapping[str, str],
    without_id: Iterable[str] = (),
) -> Proposal:
    """The edit with its counts, and everybody who is new and whom nobody has placed yet.

    A new customer that is known under other ids was placed by an answer.

    Raises:
        Refused: there would be more customers than a workshop holds.
    """
    new = edit.customers.keys() - workshop.customers.keys()
    refuse_too_many(len(workshop.customers) + len(new))
    unknown = {
        key: one
        for key, one in edit.customers.items()
        if key in new and key not in same and (not one.ids or key in same.values())
    }
    return Proposal(
        edit,
        len(new),
        len(edit.touched - new),
        (*notes, *_beside_the_long_list(workshop, len(new))),
        unknown=unknown,
        known=workshop.customers,
        without_id=frozenset(without_id) & unknown.keys(),
    )


def _beside_the_long_list(workshop: Workshop, new: int) -> list[str]:
    """A sentence on new customers where the team has chosen whom to judge."""
    if workshop.long_list is None or not new:
        return []
    told = f"The long list stays as it is: the {new:,} new customers are not on it."
    if new == 1:
        told = "The long list stays as it is: the new customer is not on it."
    return [f"{told} Choose anew whom to judge if they are to be."]


def waiting(doubted: Mapping[str, Customer], currency: str) -> list[str]:
    """A sentence on entries that stay out until a person has said who they are."""
    if not doubted:
        return []
    names = listed(f"{key}: {one.name}" for key, one in doubted.items())
    revenue = sum(one.profile.revenue or 0 for one in doubted.values())
    money = f" Their revenue is {currency} {revenue:,.0f}." if revenue else ""
    return [f"Left out until you say who they are: {names}.{money}"]


def listed(names: Iterable[str]) -> str:
    """Names for a sentence: the first few in quotes, and how many more."""
    every = list(names)
    shown = ", ".join(f"“{name}”" for name in every[:NAMED])
    more = len(every) - NAMED
    return f"{shown} and {more:,} more" if more > 0 else shown
