"""Which customer of a workshop a row is: as a person has said, by its id, or by its name."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import count

from kam.intake.lists.identity import Alike, may_be_one
from kam.model import Customer, Workshop
from kam.names.key import name_key
from kam.validated import changed


class Known:
    """The customers of a workshop by id and by name, and what a person has said of the rows.

    An id is the customer's own, or another one under which files know it. One id with names that
    have nothing in common is in doubt: it may be a customer that was renamed, or the number of
    another program. A name that several share knows nobody.

    Args:
        workshop: as it is now.
        same: key of a row (its id, or its name where it has none) -> id of the customer that it
            is, or the key of another row; "" for a customer of its own.
        rows: id and name of every row; what is not there is "".
    """

    def __init__(
        self, workshop: Workshop, same: Mapping[str, str], rows: Iterable[tuple[str, str]] = ()
    ) -> None:
        self.by_id = workshop.customers
        self.same = same
        self.rows = {key or name: (key, name) for key, name in rows}
        self._other_ids = other_ids(workshop.customers)
        names = {key: name_key(one.name) for key, one in workshop.customers.items()}
        shared = Counter(names.values())
        self.by_name = {
            name: workshop.customers[key] for key, name in names.items() if shared[name] == 1
        }
        self._claims = Counter(
            name_key(name)
            for key, name in self.rows.values()
            if key and name and key != name and not self._holders(key)
        )

    def customer(self, key: str, name: str) -> Customer | None:
        """The customer meant by a row: as a person has said, else by id, else by name.

        An id that is not known makes a new customer even of a known name, unless the known one
        came in without an id and no other row of the file lays claim to it.
        """
        own = key or name
        if own in self.same:
            return self._as_said(own)
        if holders := self._holders(key):
            return _meant(holders, key, name)
        found = self.by_name.get(name_key(name), self._by_word(name)) if name else None
        if not key or found is None:
            return found
        came_without_id = found.id == found.name and not found.ids
        return found if came_without_id and self._claims[name_key(name)] <= 1 else None

    def rivals(self, key: str, name: str) -> tuple[Customer, ...]:
        """The customers that have a row's id, where it is in doubt whether the row is one of them.

        () where there is no doubt, or a person has settled it.
        """
        holders = self._holders(key) if key not in self.same else ()
        return () if holders and _meant(holders, key, name) else holders

    def key(self, key: str, name: str) -> str:
        """The id of the customer that a row is, or of the new one that it makes."""
        found = self.customer(key, name)
        if found is not None:
            return found.id
        end = self._end(key or name)
        if end not in self.by_id:
            return end
        taken = (f"{end} ({number})" for number in count(2))
        return next(one for one in taken if one not in self.by_id and one not in self.rows)

    def doubts(self) -> tuple[Alike, ...]:
        """A pair for every row in doubt and each customer that has its id; to be asked about."""
        return tuple(
            Alike(key, rival.id, 100.0, _why(key, name), "renamed")
            for key, name in self.rows.values()
            for rival in self.rivals(key, name)
        )

    def _holders(self, key: str) -> tuple[Customer, ...]:
        """The customers that have an id: their own, or as another one."""
        own = self.by_id.get(key)
        others = self._other_ids.get(key, ())
        return (own, *others) if own else tuple(others)

    def _by_word(self, name: str) -> Customer | None:
        """The one customer that has a name as its id."""
        holders = self._holders(name)
        return holders[0] if len(holders) == 1 else None

    def _as_said(self, own: str) -> Customer | None:
        if not self.same[own]:
            return None
        end = self._end(own)
        if end in self.by_id or end == own:
            return self.by_id.get(end)
        return self.customer(*self.rows[end]) if end in self.rows else None

    def _end(self, own: str) -> str:
        """Where answers lead from a row: A is B and B is K1 makes K1 of A; a circle is one row."""
        seen = [own]
        while following := self.same.get(seen[-1]):
            if following in self.by_id:
                return following
            if following in seen:
                return min(seen[seen.index(following) :])
            seen.append(following)
        return seen[-1]


def other_ids(customers: Mapping[str, Customer]) -> dict[str, list[Customer]]:
    """Every other id under which files know customers -> those customers."""
    found: dict[str, list[Customer]] = {}
    for one in customers.values():
        for key in one.ids:
            found.setdefault(key, []).append(one)
    return found


def also_known(customer: Customer, key: str, name: str) -> Customer:
    """A customer that keeps the id, and the name, under which a file knows it."""
    if not key or key == customer.id or customer.ids.get(key) == name:
        return customer
    return changed(customer, ids={**customer.ids, key: name})


def _meant(holders: Sequence[Customer], key: str, name: str) -> Customer | None:
    """The one customer with an id that a row means; `None` where that is in doubt."""
    if not name or name == key:
        return holders[0] if len(holders) == 1 else None
    fits = [one for one in holders if _may_be(one, key, name)]
    if len(fits) > 1:
        wanted = name_key(name)
        fits = [one for one in fits if wanted in map(name_key, _called(one, key))]
    return fits[0] if len(fits) == 1 else None


def _may_be(customer: Customer, key: str, name: str) -> bool:
    """Whether a name is near; one that came in by its id alone has no name yet, and any fits."""
    called = _called(customer, key)
    return not called or any(may_be_one(name, one) for one in called)


def _called(customer: Customer, key: str) -> list[str]:
    """What a customer is called, here and by the files that have this id."""
    return [name for name in (customer.name, customer.ids.get(key, "")) if name not in {"", key}]


def _why(key: str, name: str) -> str:
    if not name or name == key:
        return f"Several customers have the id {key}, and the file gives no name."
    return f"They have the id {key}, and names that have nothing in common."
