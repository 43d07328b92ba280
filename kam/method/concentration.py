"""How far revenue hangs on few customers."""

from collections.abc import Iterable
from dataclasses import dataclass

from kam.method.returns import Account


@dataclass(frozen=True)
class Concentration:
    """How far revenue hangs on few customers; only those with revenue above 0 count.

    Attributes:
        largest: who has the largest share.
        top_share: that share, 0-1.
        hhi: the sum of all squared shares, above 0 to 1: one over the number of equal customers.
    """

    largest: str
    top_share: float
    hhi: float


def concentration(accounts: Iterable[Account]) -> Concentration | None:
    """How far revenue hangs on few customers; `None` without any revenue above 0.

    Source: Herfindahl (1950), Hirschman (1945).
    """
    revenue = {a.customer: a.revenue for a in accounts if a.revenue is not None and a.revenue > 0}
    if not revenue:
        return None
    total = sum(revenue.values())
    largest = max(revenue, key=lambda customer: revenue[customer])
    hhi = sum((one / total) ** 2 for one in revenue.values())
    return Concentration(largest, revenue[largest] / total, hhi)
