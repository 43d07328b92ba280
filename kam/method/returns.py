"""Return on the capital that customers tie up, one by one and together (method.md 9).

Amounts are in one currency, over twelve months, and summed in whole cents: what is shown adds up.
A rate is a share a year, 0.12 for 12 %. What is not known is `None`, never 0.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from math import isnan

from kam.method.values import listing

SELF_FINANCING = "self-financing"
NOBODY = "no customer with known figures"
GOODS = "Goods and rebates"
STATED, REST = "Capital employed", "The rest of the capital"


@dataclass(frozen=True)
class Line:
    """One summand of a figure, with its sign; `None` unknown."""

    name: str
    amount: float | None


@dataclass(frozen=True)
class Figure:
    """A sum that can be opened to its lines."""

    lines: tuple[Line, ...]

    @cached_property
    def amount(self) -> float | None:
        """The sum of the lines, each rounded to the cent; `None` while one is unknown."""
        cents = [_cents(line.amount) for line in self.lines]
        return sum(one for one in cents if one is not None) / 100 if None not in cents else None

    @property
    def unknown(self) -> tuple[str, ...]:
        """Names of the lines that nobody knows."""
        return tuple(line.name for line in self.lines if _cents(line.amount) is None)


@dataclass(frozen=True)
class Account:
    """Twelve months of a customer; `None` unknown, so say 0 where there is none.

    Attributes:
        cost_of_goods: with what is taken off in discounts and rebates.
        cost_to_serve: selling, service and logistics for it.
        stranded: the part of the cost to serve that would stay for a year if it left.
        avoidable_overhead: overhead that would end with it.
        stock: held for it alone.
        assets: net assets used for it alone.
        contract_assets: work done for it and not yet invoiced.
        advances: what it has paid before delivery.
        payables: what we owe suppliers for it.
        capital: capital employed as one figure.
        hours: account hours a year.
    """

    customer: str
    revenue: float | None = None
    cost_of_goods: float | None = None
    cost_to_serve: float | None = None
    stranded: float | None = None
    avoidable_overhead: float | None = None
    receivables: float | None = None
    stock: float | None = None
    assets: float | None = None
    contract_assets: float | None = None
    advances: float | None = None
    payables: float | None = None
    capital: float | None = None
    hours: float | None = None


@dataclass(frozen=True)
class Return:
    """Operating profit on capital employed.

    Attributes:
        self_financing: profit of the customers of a portfolio that tie up no money of ours, a line
            for each; they are in neither sum, as no rate says what they earn.
        left_out: customers of a portfolio that are in no sum, as one of the two is unknown.
    """

    profit: Figure
    capital: Figure
    self_financing: Figure = Figure(())
    left_out: tuple[str, ...] = ()

    @property
    def rate(self) -> float | None:
        """Profit over capital, a share a year; `None` for a `reason`."""
        profit, capital = self.profit.amount, self.capital.amount
        if profit is None or capital is None or capital <= 0:
            return None
        return profit / capital

    @property
    def reason(self) -> str:
        """Why there is no rate, in words; empty where there is one."""
        unknown = (*self.profit.unknown, *self.capital.unknown)
        if unknown:
            return f"unknown: {listing([name.lower() for name in unknown])}"
        if not self.capital.lines:
            return SELF_FINANCING if self.self_financing.lines else NOBODY
        return "" if self.rate is not None else SELF_FINANCING


# --- of a customer --------------------------------------------------------------------------------


def contribution(account: Account) -> Figure:
    """Revenue less cost of goods and rebates: what is lost if the customer leaves."""
    return Figure(
        (
            Line("Revenue", account.revenue),
            less(GOODS, account.cost_of_goods),
        )
    )


def costs(account: Account) -> Figure:
    """Cost to serve and avoidable overhead, as costs below 0."""
    return Figure(
        (
            less("Cost to serve", account.cost_to_serve),
            less("Avoidable overhead", account.avoidable_overhead),
        )
    )


def operating_profit(account: Account) -> Figure:
    """Contribution less cost to serve and avoidable overhead."""
    return Figure((*contribution(account).lines, *costs(account).lines))


def capital_employed(account: Account) -> Figure:
    """What the customer ties up, less what it and suppliers finance.

    The sum of the parts where all are known. Else the one stated figure, of which the parts that
    are known are told with the rest; without one it is unknown.
    """
    parts = capital_parts(account)
    known = tuple(line for line in parts if line.amount is not None)
    if not known:
        return Figure((Line(STATED, account.capital),))
    whole = _cents(account.capital)
    if len(known) == len(parts) or whole is None:
        return Figure(parts)
    rest = whole - sum(_cents(line.amount) or 0 for line in known)
    return Figure((*known, Line(REST, rest / 100)))


def capital_parts(account: Account) -> tuple[Line, ...]:
    """What capital employed is made of; what others finance is below 0."""
    return (
        Line("Receivables", account.receivables),
        Line("Stock", account.stock),
        Line("Assets", account.assets),
        Line("Contract assets", account.contract_assets),
        less("Advances", account.advances),
        less("Payables", account.payables),
    )


def parts_differ(account: Account) -> float | None:
    """By how much the parts add up to more than the stated capital; `None` while they agree.

    They can only differ where the figure and all parts are known.
    """
    whole, parts = _cents(account.capital), Figure(capital_parts(account)).amount
    if whole is None or parts is None:
        return None
    return (round(100 * parts) - whole) / 100 or None


def account_return(account: Account) -> Return:
    """The return on the capital that a customer ties up."""
    return Return(operating_profit(account), capital_employed(account))


def contribution_per_hour(account: Account) -> float | None:
    """Contribution for each account hour: what ranks those that need no capital of ours.

    `None` where either is unknown, or no hours are spent.
    """
    amount, hours = contribution(account).amount, account.hours
    if amount is None or hours is None or not hours > 0:
        return None
    return amount / hours


# --- of several -----------------------------------------------------------------------------------


def portfolio(accounts: Iterable[Account]) -> Return:
    """The ratio of the sums over customers that tie up capital; all others are named.

    Not the mean of the rates: a small customer with a high rate would count like a large one.
    Who ties up nothing is in neither sum: its negative capital would hide that of others, and the
    rate of all could lie beyond those of each.
    """
    known: list[Account] = []
    left_out: list[Account] = []
    for account in accounts:
        own = account_return(account)
        complete = None not in (own.profit.amount, own.capital.amount)
        (known if complete else left_out).append(account)
    names = tuple(account.customer for account in left_out)
    return ratio(
        per_customer(known, operating_profit), per_customer(known, capital_employed), names
    )


def ratio(profit: Figure, capital: Figure, left_out: tuple[str, ...] = ()) -> Return:
    """The return of customers by their profit and capital, a line for each in the same order.

    Who has no capital, or less, is told apart with its profit.
    """
    pairs = list(zip(profit.lines, capital.lines, strict=True))
    tied = [pair for pair in pairs if not finances_itself(pair[1].amount)]
    apart = [earned for earned, own in pairs if finances_itself(own.amount)]
    earned, on = ([pair[place] for pair in tied] for place in (0, 1))
    return Return(Figure(tuple(earned)), Figure(tuple(on)), Figure(tuple(apart)), left_out)


def finances_itself(capital: float | None) -> bool:
    """Whether no money of ours is tied up: capital of 0 or less."""
    cents = _cents(capital)
    return cents is not None and cents <= 0


def per_customer(accounts: Iterable[Account], figure: Callable[[Account], Figure]) -> Figure:
    """A figure of several customers, one line for each."""
    return Figure(tuple(Line(account.customer, figure(account).amount) for account in accounts))


def by_class(accounts: Iterable[Account], classes: Mapping[str, str]) -> dict[str, Return]:
    """Class -> the return of its customers, classes in the order in which they first come up."""
    members: dict[str, list[Account]] = {}
    for account in accounts:
        members.setdefault(classes[account.customer], []).append(account)
    return {name: portfolio(some) for name, some in members.items()}


# --- lines ----------------------------------------------------------------------------------------


def _cents(amount: float | None) -> int | None:
    return None if amount is None or isnan(amount) else round(100 * amount)


def less(name: str, amount: float | None) -> Line:
    """A line that is taken away."""
    return Line(name, None if amount is None else -amount)
