"""How far revenue hangs on few customers."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from kam.method.returns import Account

ALONE: Mapping[str, str] = MappingProxyType({})  # nobody belongs to a group


@dataclass(frozen=True)
class Concentration:
    """How far revenue hangs on few customers; only those with revenue above 0 count.

    Attributes:
        largest: who has the largest share; of a group the company with the most revenue.
        top_share: that share, 0-1.
        hhi: the sum of all squared shares, above 0 to 1: one over the number of equal customers.
    """

    largest: str
    top_share: float
    hhi: float


def concentration(
    accounts: Iterable[Account], group_of: Mapping[str, str] = ALONE
) -> Concentration | None:
    """How far revenue hangs on few customers; `None` without any revenue above 0.

    Args:
        accounts: all customers.
        group_of: customer -> its group, whatever it is called; the companies of one are one.

    Source: Herfindahl (1950), Hirschman (1945).
    """
    revenue = {a.customer: a.revenue for a in accounts if a.revenue is not None and a.revenue > 0}
    if not revenue:
        return None
    total = sum(revenue.values())
    groups = by_group(revenue, group_of)
    largest = max(groups, key=lambda customer: groups[customer])
    hhi = sum((one / total) ** 2 for one in groups.values())
    return Concentration(largest, groups[largest] / total, hhi)


def by_group(revenue: Mapping[str, float], group_of: Mapping[str, str]) -> dict[str, float]:
    """The revenue of every group, by the company that has the most of it."""
    members: dict[str, list[str]] = {}
    for customer in revenue:
        members.setdefault(group_of.get(customer, customer), []).append(customer)
    return {
        max(some, key=lambda one: revenue[one]): sum(revenue[one] for one in some)
        for some in members.values()
    }
