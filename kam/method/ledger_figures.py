"""What an order ledger gave a customer: its facts, and the figures of the profile copied from them.

A later ledger takes the place of an earlier one, so what only the earlier one told goes: a figure
of another period would stand under this one's period and coverage.
"""

import math

from kam.method.groups import LEDGER
from kam.model import Customer
from kam.validated import changed

# Profile field -> the fact of which it is a copy once a ledger has come in.
COPIES = {
    "revenue": f"{LEDGER}revenue_12m",
    "margin_pct": f"{LEDGER}margin_pct",
    "cost_to_serve": f"{LEDGER}cost_to_serve",
}


def copied_from(customer: Customer, field: str) -> str | None:
    """The fact that a field of the profile repeats; `None` if it says something else, or nothing.

    A group's margin is computed anew and may differ in its last bits.
    """
    value, fact = getattr(customer.profile, field, None), COPIES.get(field, "")
    if fact not in customer.facts or value is None:
        return None
    return fact if math.isclose(value, customer.facts[fact], rel_tol=1e-9) else None


def from_a_ledger(customer: Customer) -> bool:
    """Whether a customer has figures of an order ledger."""
    return any(fact.startswith(LEDGER) for fact in customer.facts)


def without_ledger(customer: Customer) -> Customer:
    """The customer without what a ledger told of it; what lists and people said stays."""
    kept = {key: value for key, value in customer.facts.items() if not key.startswith(LEDGER)}
    copies = {field: None for field in COPIES if copied_from(customer, field)}
    return changed(customer, profile=changed(customer.profile, **copies), facts=kept)
