"""Return on capital and exits as tables: who earns how much on what; before and after."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from kam.method.account_figures import AccountFigures, increment
from kam.method.concentration import Concentration
from kam.method.exit_case import Case
from kam.method.exits import Exit, Step
from kam.method.incremental import Incremental, needed
from kam.method.portfolio import UNSCORED
from kam.method.returns import NOBODY, SELF_FINANCING, Figure, Line, Return

UNKNOWN, DASH, SUM = "unknown", "–", "Sum"
CHANGES, SO_FAR = "Profit", "So far, with capital"
Money = Callable[[float | None], str]


def percent(rate: float | None) -> str:
    """A share as people say it: 12.4 %; from 100 % on without decimals."""
    if rate is None:
        return UNKNOWN
    digits = 0 if abs(rate) >= 1 else 1
    return f"{100 * rate:,.{digits}f} %".replace("-", "−")


def rate_words(earned: Return) -> str:
    """A return in words: a percentage, or self-financing, a dash of nobody, or unknown."""
    if earned.rate is not None:
        return percent(earned.rate)
    if earned.reason == SELF_FINANCING:
        return SELF_FINANCING
    return DASH if earned.reason == NOBODY and not earned.left_out else UNKNOWN


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


def inputs_table(figure: Figure, total: str, unit: str, money: Money) -> pd.DataFrame:
    """The lines of a figure and their sum, called `total`, under the name of their unit."""
    rows = [(line.name, money(line.amount)) for line in figure.lines]
    return pd.DataFrame([*rows, (total, money(figure.amount))], columns=["", unit])


# --- what a rate of several adds up from ----------------------------------------------------------


def members_table(
    figures: AccountFigures, earned: Return, names: Mapping[str, str], money: Money
) -> pd.DataFrame:
    """Whoever is in a rate of several, with the lines of its profit and capital, and the sums.

    Columns: Customer, Operating profit, Capital, then the lines of both; a line that a customer
    does not have is an empty cell. The first row holds the sums.
    """
    own = [figures.returns[line.name] for line in earned.profit.lines]
    called = [names[line.name] for line in earned.profit.lines]
    profits, capitals = [one.profit for one in own], [one.capital for one in own]
    return pd.DataFrame(
        {
            "Customer": [SUM, *called],
            "Operating profit": [money(one.amount) for one in (earned.profit, *profits)],
            "Capital": [money(one.amount) for one in (earned.capital, *capitals)],
            **_lines_of(profits, money),
            **_lines_of(capitals, money),
        }
    )


def apart_words(
    earned: Return, called: Callable[[Sequence[str]], str], money: Callable[[float], str]
) -> str:
    """Who is in no rate and why, in a sentence; empty where everybody is in it.

    Args:
        earned: the return of several.
        called: customers -> their names in a sentence.
        money: an amount as people say it.
    """
    told = []
    itself = [line.name for line in earned.self_financing.lines]
    if itself:
        count, profit = len(itself), money(earned.self_financing.amount or 0.0)
        told.append(f"{count:,} self-financing, profit {profit} ({called(itself)})")
    if earned.left_out:
        left_out = called(earned.left_out)
        told.append(f"{len(earned.left_out):,} with a figure that is not known ({left_out})")
    return f"Not in the rate: {', and '.join(told)}." if told else ""


def _lines_of(figures: Sequence[Figure], money: Money) -> dict[str, list[str]]:
    """Name of a line -> the sum of it, and its amount in each of the figures."""
    by_name = [{line.name: line for line in figure.lines} for figure in figures]
    found = {}
    for name in dict.fromkeys(name for lines in by_name for name in lines):
        column = [lines.get(name) for lines in by_name]
        total = Figure(tuple(line for line in column if line)).amount
        found[name] = [money(total), *(money(line.amount) if line else "" for line in column)]
    return found


# --- exits ----------------------------------------------------------------------------------------

Part = Callable[[Exit], Figure]


@dataclass(frozen=True)
class ExitRow:
    """A figure of an exit: today, what goes with those who leave, and afterwards.

    Attributes:
        inputs: what the figure of one customer adds up from.
    """

    name: str
    today: Part | None = None
    goes: Part | None = None
    after: Part | None = None
    inputs: Callable[[Case], Figure] | None = None

    @property
    def parts(self) -> tuple[Part | None, ...]:
        """The three figures in the order of the columns."""
        return self.today, self.goes, self.after


EXIT_ROWS = (
    ExitRow("Revenue", lambda of: of.before.revenue, lambda of: of.revenue,
            lambda of: of.after.revenue),
    ExitRow("Contribution that goes", goes=lambda of: of.contribution,
            inputs=lambda case: case.contribution),
    ExitRow("Less the cost that ends", goes=lambda of: of.avoidable,
            inputs=lambda case: case.avoidable),
    ExitRow("Operating profit", lambda of: of.before.profit, lambda of: of.goes,
            lambda of: of.after.profit, lambda case: case.profit),
    ExitRow("Cost that stays with the others", goes=lambda of: of.stranded),
    ExitRow("Capital", lambda of: of.before.capital, lambda of: of.capital,
            lambda of: of.after.capital, lambda case: case.capital),
    ExitRow("Freed capital may earn, at {hurdle}", after=lambda of: of.on_capital,
            inputs=lambda case: Figure((Line("Capital", case.capital.amount),))),
    ExitRow("Profit changes by, with that", after=lambda of: of.gain,
            inputs=lambda case: case.gain),
)  # fmt: skip
RETURN_ROW = "Return on capital"
LARGEST_ROW, WHOSE_ROW = "Largest customer", "… which is"
MOST_LETTERS = 18  # of a name in a column of numbers, 145 px
HOURS_ROW = ExitRow("Hours a year", goes=lambda of: of.hours)
COLUMNS = ("Today", "Goes with them", "Afterwards")


def exit_rows(hurdle: float) -> dict[str, ExitRow]:
    """Every sum of an exit by the name that its row has; the hurdle is a share a year."""
    return {row.name.format(hurdle=needed(hurdle)): row for row in (*EXIT_ROWS, HOURS_ROW)}


def before_and_after(
    found: Exit, money: Money, hurdle: float, names: Mapping[str, str]
) -> pd.DataFrame:
    """What an exit changes, a row a figure: today, what goes with them, afterwards."""
    rows = [
        (name, *(money(part(found).amount) if part else "" for part in row.parts))
        for name, row in exit_rows(hurdle).items()
        if row is not HOURS_ROW
    ]
    now, then = found.before.returns, found.after.returns
    rows += [
        (RETURN_ROW, rate_words(now), "", rate_words(then)),
        (LARGEST_ROW, _share(found.concentration), "", _share(found.concentration_after)),
        (WHOSE_ROW, _whose(found, found.concentration, names), "",
         _whose(found, found.concentration_after, names)),
        (HOURS_ROW.name, "", hours_words(found.hours.amount), ""),
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=["", *COLUMNS])


def opened_row(found: Exit, row: ExitRow, names: Mapping[str, str], money: Money) -> pd.DataFrame:
    """A figure of an exit, a row a customer, with what it adds up from; the first row is the sum.

    Columns: Customer, those of Today, Goes with them and Afterwards that the figure has, then the
    lines of its inputs (empty where a customer has none).
    """
    parts = {title: part(found) for title, part in zip(COLUMNS, row.parts, strict=True) if part}
    keys = _customers_of(parts.values())
    columns = _by_customer(parts, names, money)
    if row.inputs:
        cases = {case.account.customer: case for case in (*found.going, *found.staying)}
        columns |= _lines_of([row.inputs(cases[key]) for key in keys], money)
    return pd.DataFrame(columns)


def opened_return(found: Exit, names: Mapping[str, str], money: Money) -> pd.DataFrame:
    """What the return before and after an exit adds up from; the first row is the sum.

    Columns: Customer, then profit and capital today and afterwards of those that tie up capital.
    Of who leaves, the costs that stay are left of the profit.
    """
    now, then = found.before.returns, found.after.returns
    parts = {
        "Profit today": now.profit,
        "Capital today": now.capital,
        "Profit afterwards": then.profit,
        "Capital afterwards": then.capital,
    }
    return pd.DataFrame(_by_customer(parts, names, money))


def _by_customer(
    figures: Mapping[str, Figure], names: Mapping[str, str], money: Money
) -> dict[str, list[str]]:
    """Customers, and a column for each figure; the sum stands first, an empty cell for no line."""
    keys = _customers_of(figures.values())
    columns = {"Customer": [SUM, *(names[key] for key in keys)]}
    for title, figure in figures.items():
        amounts = {line.name: line.amount for line in figure.lines}
        cells = [money(amounts[key]) if key in amounts else "" for key in keys]
        columns[title] = [money(figure.amount), *cells]
    return columns


def _customers_of(figures: Iterable[Figure]) -> list[str]:
    """Everybody who has a line in one of the figures, in the order in which they come up."""
    return list(dict.fromkeys(line.name for figure in figures for line in figure.lines))


def _share(held: Concentration | None) -> str:
    """The largest share of revenue; a dash without revenue."""
    return DASH if held is None else percent(held.top_share)


def _whose(found: Exit, held: Concentration | None, names: Mapping[str, str]) -> str:
    """Whose share is the largest, a customer's or a group's; a long name ends in an ellipsis."""
    if held is None:
        return DASH
    group = " (group)" if held.largest in found.group_of else ""
    most, name = MOST_LETTERS - len(group), names[held.largest]
    return f"{name if len(name) <= most else f'{name[: most - 1].rstrip()}…'}{group}"


def hours_words(hours: float | None) -> str:
    """Whole hours; unknown as a word."""
    return UNKNOWN if hours is None else f"{hours:,.0f}"


def order_table(steps: Sequence[Step], names: Mapping[str, str], money: Money) -> pd.DataFrame:
    """The exits in the order in which to do them, and what each does to profit a year.

    Columns: Order, Customer, Not before, Profit (what it gains or loses), So far (that of all up to
    this one, with what freed capital may earn; unknown from the first that is).
    """
    rows = [
        (
            place,
            names[step.customer],
            DASH if step.not_before is None else f"{step.not_before.day} {step.not_before:%b %Y}",
            money(step.alone.change.amount),
            money(None if step.so_far.unknown else step.so_far.gain.amount),
        )
        for place, step in enumerate(steps, 1)
    ]
    return pd.DataFrame(rows, columns=["Order", "Customer", "Not before", CHANGES, SO_FAR])
