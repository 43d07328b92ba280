"""Ids for things that people add by hand, and names that tell customers apart."""

from collections import Counter
from collections.abc import Container

from kam.model import Customer, Workshop
from kam.ui import words


def new_id(prefix: str, taken: Container[str]) -> str:
    """The first free id of the kind X1, X2, X3 ...; never one that stands in `taken`."""
    number = 1
    while f"{prefix}-{number}" in taken:
        number += 1
    return f"{prefix}-{number}"


def told_apart(workshop: Workshop) -> dict[str, str]:
    """What each customer is called in a list to choose from, by id.

    Who shares its name with another is called with what tells the two apart: country, industry,
    owner and revenue as far as they are known, and the id, which no other has.
    """
    people = workshop.customers
    times = Counter(one.name.casefold() for one in people.values())
    return {
        key: one.name if times[one.name.casefold()] == 1 else _called(one, workshop.currency)
        for key, one in people.items()
    }


def _called(one: Customer, currency: str) -> str:
    known = one.profile
    revenue = "" if known.revenue is None else words.amount(known.revenue, currency)
    told = (one.name, known.country, known.industry, known.owner, revenue)
    return " · ".join([*(words.short(part, 60) for part in told if part), one.id])
