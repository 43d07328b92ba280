"""Return on capital and exits as tables: who earns how much on what; before and after."""

from collections.abc import Callable, Mapping, Sequence

import pandas as pd

from kam.method.account_figures import AccountFigures, increment
from kam.method.exits import Exit, Step
from kam.method.incremental import Incremental
from kam.method.portfolio import UNSCORED
from kam.method.returns import SELF_FINANCING, Figure, Return

UNKNOWN = "unknown"
Money = Callable[[float | None], str]


def percent(rate: float | None) -> str:
    """A share as people say it: 12.4 %; from 100 % on without decimals."""
    if rate is None:
        return UNKNOWN
    digits = 0 if abs(rate) >= 1 else 1
    return f"{100 * rate:,.{digits}f} %".replace("-", "−")


def rate_words(earned: Return) -> str:
    """A return in words: a percentage, self-financing, or unknown."""
    if earned.rate is not None:
        return percent(earned.rate)
    return SELF_FINANCING if earned.reason == SELF_FINANCING else UNKNOWN


def returns_table(figures: AccountFigures) -> pd.DataFrame:
    """One row a customer on the long list, the lowest return first, then those without one.

    Columns: Customer, Class, Profit, Capital (currency; NaN unknown), Return (words),
    Brings an hour (contribution, currency; NaN unknown), More business (what it earns on what it
    ties up, or what it does instead).
    """
    customers, standings = figures.result.workshop.customers, figures.result.judged
    rates = {key: figures.returns[key].rate for key in standings}
    order = sorted(standings, key=lambda key: _lowest_first(rates[key]))
    rows = [
        {
            "Customer": customers[key].name,
            "Class": _class(figures, key),
            "Profit": figures.returns[key].profit.amount,
            "Capital": figures.returns[key].capital.amount,
            "Return": rate_words(figures.returns[key]),
            "Brings an hour": _whole(figures.per_hour(key)),
            "More business": more_business(increment(customers[key].economics)),
        }
        for key in order
    ]
    return pd.DataFrame(rows)


def more_business(decision: Incremental) -> str:
    """What a customer's gain earns on what it ties up: a percentage, or what it does instead."""
    return str(decision.effect) if decision.rate is None else percent(decision.rate)


def _whole(amount: float | None) -> float | None:
    return None if amount is None else round(amount)


def _lowest_first(rate: float | None) -> tuple[bool, float]:
    return (rate is None, rate or 0.0)


def _class(figures: AccountFigures, key: str) -> str:
    klass = figures.result.standings[key].klass
    return klass.label if klass else UNSCORED


def inputs_table(figure: Figure, total: str, money: Money) -> pd.DataFrame:
    """The lines of a figure and their sum, to the cent; `total` is what the sum is called."""
    rows = [(line.name, money(line.amount)) for line in figure.lines]
    return pd.DataFrame([*rows, (total, money(figure.amount))], columns=["", "Twelve months"])


def before_and_after(found: Exit, money: Money) -> pd.DataFrame:
    """What an exit changes, a row a figure: today, what goes with them, afterwards."""
    before, after = found.before, found.after
    now, then = found.concentration, found.concentration_after
    rows: Sequence[tuple[str, str, str, str]] = (
        ("Revenue", *_three(before.revenue, found.revenue, after.revenue, money)),
        ("Contribution that goes", "", money(found.contribution.amount), ""),
        ("Cost that ends", "", money(found.avoidable.amount), ""),
        ("Cost that stays with the others", "", money(found.stranded.amount), ""),
        ("Operating profit", money(before.profit.amount), "", money(after.profit.amount)),
        ("Capital", *_three(before.capital, found.capital, after.capital, money)),
        ("Return on capital", rate_words(before.returns), "", rate_words(after.returns)),
        ("Largest customer, of revenue", percent(now.top_share if now else None), "",
         percent(then.top_share if then else None)),
        ("Brings a year", "", money(found.gain.amount), ""),
        ("Hours a year", "", _hours(found.hours.amount), ""),
    )  # fmt: skip
    return pd.DataFrame(rows, columns=["", "Today", "Goes with them", "Afterwards"])


def _three(before: Figure, goes: Figure, after: Figure, money: Money) -> tuple[str, str, str]:
    return money(before.amount), money(goes.amount), money(after.amount)


def _hours(hours: float | None) -> str:
    return UNKNOWN if hours is None else f"{hours:,.0f}"


def order_table(steps: Sequence[Step], names: Mapping[str, str], money: Money) -> pd.DataFrame:
    """The exits in the order in which to do them: what each brings a year, and all so far."""
    rows = [
        (place, names[step.customer], money(step.alone.gain.amount), money(step.so_far.gain.amount))
        for place, step in enumerate(steps, 1)
    ]
    return pd.DataFrame(rows, columns=["Order", "Customer", "Brings a year", "With all before it"])
