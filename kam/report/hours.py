"""Hours now and due of every customer as a table."""

import pandas as pd

from kam.method.account_figures import AccountFigures
from kam.method.portfolio import UNSCORED


def hours_table(figures: AccountFigures) -> pd.DataFrame:
    """One row a customer, the largest change of hours first, then those without one.

    Columns: Customer, Class, Likely gain (gain x its chance, currency a year), Hours now, Hours
    due, Change (hours a year), all NaN where unknown; Service (words, empty where unknown).
    """
    customers, standings = figures.result.workshop.customers, figures.result.standings
    worth = {one.customer: one.potential for one in figures.shares}
    rows = []
    for one in figures.served:
        klass = standings[one.customer].klass
        rows.append(
            {
                "Customer": customers[one.customer].name,
                "Class": klass.label if klass else UNSCORED,
                "Likely gain": _whole(worth[one.customer]),
                "Hours now": _whole(one.hours),
                "Hours due": _whole(one.fair),
                "Change": _whole(one.more),
                "Service": str(one.service or ""),
            }
        )
    return pd.DataFrame(rows)


def _whole(amount: float | None) -> float | None:
    return None if amount is None else float(round(amount))
