"""What leaving customers would do: to profit, capital, hours, concentration and the rest.

Only what would really end counts as saved. Amounts are in one currency over twelve months, summed
in whole cents, so that before less what leaves is what is left. The hurdle is a share a year.
"""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from math import copysign, inf

from kam.errors import Refused
from kam.method.concentration import Concentration, concentration
from kam.method.criteria_review import listing
from kam.method.exit_case import STAYS, Case, exit_case
from kam.method.returns import Account, Figure, Line, Return, less
from kam.method.values import spoken


class Verdict(StrEnum):
    """What the figures say: leave, or ask for a better price."""

    EXIT = "exit"
    REPRICE = "do not exit, reprice"


@dataclass(frozen=True)
class Totals:
    """Sums over the customers that are there, one line for each."""

    revenue: Figure
    profit: Figure
    capital: Figure

    @property
    def returns(self) -> Return:
        """Profit over capital of all of them."""
        return Return(self.profit, self.capital)


@dataclass(frozen=True)
class Exit:
    """What leaving some customers does; every figure has a line for each of them.

    Attributes:
        going: who leaves.
        staying: everybody else.
    """

    going: tuple[Case, ...]
    staying: tuple[Case, ...]

    @property
    def leaving(self) -> tuple[str, ...]:
        """Who leaves, by name."""
        return tuple(case.account.customer for case in self.going)

    @property
    def left_out(self) -> tuple[str, ...]:
        """Customers that stay and are in no sum, as their profit or capital is unknown."""
        return tuple(case.account.customer for case in self.staying if not case.complete)

    @property
    def missing(self) -> dict[str, tuple[str, ...]]:
        """Customer that leaves -> names of its figures that nobody knows."""
        return {case.account.customer: case.missing for case in self.going if case.missing}

    @property
    def revenue(self) -> Figure:
        """Revenue lost."""
        return _each(self.going, lambda case: case.account.revenue)

    @property
    def contribution(self) -> Figure:
        """Contribution lost."""
        return _each(self.going, lambda case: case.contribution.amount)

    @property
    def avoidable(self) -> Figure:
        """Costs that end."""
        return _each(self.going, lambda case: case.avoidable.amount)

    @property
    def stranded(self) -> Figure:
        """Costs that stay and fall on the rest."""
        return _each(self.going, lambda case: case.account.stranded)

    @property
    def capital(self) -> Figure:
        """Capital released; below 0 where they finance us."""
        return _each(self.going, lambda case: case.capital.amount)

    @property
    def on_capital(self) -> Figure:
        """What the released capital earns at the hurdle, a year."""
        return _each(self.going, lambda case: case.on_capital.amount)

    @property
    def gain(self) -> Figure:
        """What leaving brings a year: `avoidable + on_capital - contribution`."""
        return _each(self.going, lambda case: case.gain.amount)

    @property
    def hours(self) -> Figure:
        """Hours freed, a year."""
        return _each(self.going, lambda case: case.account.hours)

    @cached_property
    def before(self) -> Totals:
        """All customers."""
        return _totals((*self.going, *self._counted))

    @cached_property
    def rest(self) -> Totals:
        """The others, without the costs that stay."""
        return _totals(self._counted)

    @cached_property
    def after(self) -> Totals:
        """The others, once they bear the costs that stay."""
        stays = less(STAYS, self.stranded.amount)
        profit = Figure((*self.rest.profit.lines, stays))
        return Totals(self.rest.revenue, profit, self.rest.capital)

    @property
    def concentration(self) -> Concentration | None:
        """How far revenue hangs on few of all customers; `None` without revenue."""
        return concentration(case.account for case in (*self.going, *self.staying))

    @property
    def concentration_after(self) -> Concentration | None:
        """How far revenue hangs on few of the others; `None` without revenue."""
        return concentration(case.account for case in self.staying)

    @property
    def verdict(self) -> Verdict | None:
        """Reprice where more contribution is lost than is saved; `None` while that is unknown."""
        gain = self.gain.amount
        if gain is None or not self.going:
            return None
        return Verdict.REPRICE if gain < 0 else Verdict.EXIT

    @property
    def _counted(self) -> tuple[Case, ...]:
        """Those who stay and are in the sums."""
        return tuple(case for case in self.staying if case.complete)


@dataclass(frozen=True)
class Step:
    """One exit in the order in which to do them.

    Attributes:
        customer: who leaves at this step.
        alone: what this exit does by itself, among all customers.
        so_far: what this one and all before it do together.
    """

    customer: str
    alone: Exit
    so_far: Exit


def exits(accounts: Iterable[Account], chosen: Collection[str], hurdle: float) -> Exit:
    """What leaving the chosen customers does, with everything before and after.

    Args:
        accounts: all customers.
        chosen: those that leave.
        hurdle: what capital has to earn, a share a year.

    Raises:
        Refused: a chosen customer is not among the accounts.
    """
    return _parted(_cases(accounts, chosen, hurdle), chosen)


def exit_order(accounts: Iterable[Account], chosen: Collection[str], hurdle: float) -> list[Step]:
    """The chosen exits in the order in which to do them, with the figures of each step.

    First who brings the most for each unit of revenue given up, so that whenever the company
    stops, it has shrunk least for what it gained. Whose gain is unknown comes last. Arguments and
    errors are those of `exits`.
    """
    cases = _cases(accounts, chosen, hurdle)
    alone = {customer: _parted(cases, {customer}) for customer in chosen}
    order = sorted(alone, key=lambda customer: (_place(alone[customer]), customer))
    return [
        Step(customer, alone[customer], _parted(cases, order[: place + 1]))
        for place, customer in enumerate(order)
    ]


def _cases(accounts: Iterable[Account], chosen: Collection[str], hurdle: float) -> tuple[Case, ...]:
    """Everybody's figures, if the chosen ones are among them."""
    cases = tuple(exit_case(account, hurdle) for account in accounts)
    strange = sorted(set(chosen) - {case.account.customer for case in cases})
    if strange:
        raise Refused(f"There are no figures of {listing(strange)}: bring them in first.")
    return cases


def _parted(cases: tuple[Case, ...], chosen: Collection[str]) -> Exit:
    """Who leaves, and who stays."""
    going = tuple(case for case in cases if case.account.customer in chosen)
    return Exit(going, tuple(case for case in cases if case.account.customer not in chosen))


def _place(alone: Exit) -> tuple[bool, float]:
    """What sorts an exit: unknown last, then the gain for each unit of revenue given up."""
    gain, revenue = alone.gain.amount, alone.revenue.amount
    if gain is None or revenue is None:
        return True, 0.0
    if revenue > 0:
        return False, -gain / revenue
    return False, copysign(inf, -gain) if gain else 0.0


def _each(cases: Iterable[Case], amount: Callable[[Case], float | None]) -> Figure:
    """One amount of several customers, a line for each."""
    return Figure(tuple(Line(case.account.customer, amount(case)) for case in cases))


def _totals(cases: Sequence[Case]) -> Totals:
    return Totals(
        revenue=_each(cases, lambda case: case.account.revenue),
        profit=_each(cases, lambda case: case.profit.amount),
        capital=_each(cases, lambda case: case.capital.amount),
    )


# --- in words -------------------------------------------------------------------------------------


def verdict_words(found: Exit, called: Callable[[str], str] = str) -> str:
    """What the figures say about leaving, in a sentence; empty where nobody leaves."""
    if not found.leaving:
        return ""
    if found.missing:
        asked = [f"{_small(names)} of {called(key)}" for key, names in found.missing.items()]
        return f"Find out first: {'; '.join(asked)}."
    names = listing([called(customer) for customer in found.leaving])
    advice = (
        f"Do not exit {names}, reprice" if found.verdict is Verdict.REPRICE else f"Exit {names}"
    )
    lost, ends = (_shown(figure) for figure in (found.contribution, found.avoidable))
    return (
        f"{advice}: {lost} of contribution would go, {ends} of cost would end, and {_freed(found)}."
    )


def _freed(found: Exit) -> str:
    """What the capital that is released earns, or what replacing theirs costs."""
    earned = found.on_capital.amount
    if earned is not None and earned < 0:
        return (
            f"the money that they advance us would have to be replaced for {spoken(-earned)} a year"
        )
    return f"the capital that is freed would earn {_shown(found.on_capital)} a year"


def _shown(figure: Figure) -> str:
    """A figure that is known."""
    return "" if figure.amount is None else spoken(figure.amount)


def _small(names: Sequence[str]) -> str:
    """Names of figures as they stand within a sentence."""
    return listing([name.lower() for name in names])
