"""Whom customers name as their parent: the groups that it tells, and what it says of them since.

Groups are judged as one when somebody says so. A file that comes in later may name other parents;
nothing moves by itself, and `since` says what the parents say now.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from kam.model import Customer, Group, Workshop
from kam.names.key import name_key


def relatives(workshop: Workshop) -> dict[str, tuple[str, ...]]:
    """Parent -> the customers that name it as their parent, by the parent's id or name.

    The key is the parent's customer id where the parent is a customer, else the name as first
    written; spellings of one name (`kam.names.key`) are one parent. Chains are followed to their
    top; a customer that names itself is no group.
    """
    stands_for = _parents(workshop.customers)
    found: dict[str, list[str]] = {}
    for key in workshop.customers:
        *_, top = ["", *_chain(key, stands_for, workshop.customers)]
        if top:
            found.setdefault(top, []).append(key)
    return {parent: tuple(members) for parent, members in found.items()}


def _parents(customers: Mapping[str, Customer]) -> dict[str, str]:
    """Every parent as written -> the id of the customer that it is, else its name.

    An id comes before a name, a name letter by letter before one that is only spelled like it.
    """
    written = dict.fromkeys(one.profile.parent for one in customers.values())
    parents = [parent for parent in written if parent.strip()]
    if not parents:
        return {}
    exact = {one.name: key for key, one in customers.items()} | {key: key for key in customers}
    alike: dict[str, str] = {}
    by_name: dict[str, str] = {}
    for key, one in customers.items():
        alike.setdefault(key.casefold(), key)
        by_name.setdefault(name_key(one.name), key)
    found = {}
    for parent in parents:
        name = parent.strip()
        known = exact.get(parent) or exact.get(name) or alike.get(name.casefold())
        found[parent] = known or by_name.setdefault(name_key(name), name)
    return found


# --- groups that are judged as one already --------------------------------------------------------


@dataclass(frozen=True)
class Since:
    """What parents say of a group that is judged as one, beside what was agreed.

    Attributes:
        joining: customers that name it, or one of its companies, and are judged for themselves.
        leaving: its companies that name a parent outside of it -> that parent, as written.
        above: the parent outside of it that its own customer names; "" where it names none.
    """

    joining: tuple[str, ...] = ()
    leaving: Mapping[str, str] = field(default_factory=dict)
    above: str = ""

    def __bool__(self) -> bool:
        """Whether they say anything else than what was agreed."""
        return bool(self.joining or self.leaving or self.above)


def since(workshop: Workshop) -> dict[str, Since]:
    """Group -> what the parents say of it now, for groups that are judged as one.

    A company that names no parent stays where it was put.
    """
    if not workshop.groups:
        return {}
    within, stands_for = workshop.within_groups, _parents(workshop.customers)
    tops = {one: one for one in workshop.groups} | within
    joining: dict[str, list[str]] = {key: [] for key in workshop.groups}
    leaving: dict[str, dict[str, str]] = {key: {} for key in workshop.groups}
    for key, customer in workshop.customers.items():
        if key in workshop.groups or not customer.profile.parent.strip():
            continue
        named = _first_group(key, stands_for, workshop.customers, tops)
        own = within.get(key)
        if own is None and named:
            joining[named].append(key)
        elif own is not None and named != own:
            leaving[own][key] = customer.profile.parent
    return {
        key: Since(tuple(joining[key]), leaving[key], _above(workshop, group, stands_for))
        for key, group in workshop.groups.items()
    }


def _first_group(
    key: str,
    stands_for: Mapping[str, str],
    customers: Mapping[str, Customer],
    tops: Mapping[str, str],
) -> str:
    """The first group that a chain of parents comes to; "" where it comes to none."""
    for parent in _chain(key, stands_for, customers):
        if parent in tops:
            return tops[parent]
    return ""


def _chain(
    key: str, stands_for: Mapping[str, str], customers: Mapping[str, Customer]
) -> Iterator[str]:
    """The parents above a customer, the nearest first; it ends where it would run in a circle."""
    seen = {key}
    above = stands_for.get(customers[key].profile.parent, "")
    while above and above not in seen:
        yield above
        seen.add(above)
        if above not in customers:
            return
        above = stands_for.get(customers[above].profile.parent, "")


def _above(workshop: Workshop, group: Group, stands_for: Mapping[str, str]) -> str:
    """The parent outside of it that a group's own customer names, as written."""
    written = workshop.customers[group.id].profile.parent
    named = stands_for.get(written, "")
    return "" if named in {"", group.id, *group.members} else written
