"""What leaving customers would do: to profit, capital, hours, concentration and the rest.

Only what would really end counts as saved. Amounts are in one currency over twelve months, summed
in whole cents, so that before less what leaves is what is left. The hurdle is a share a year.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from functools import cached_property
from math import copysign, inf

from kam.errors import Refused
from kam.method.concentration import Concentration, concentration
from kam.method.exit_case import Case, exit_case
from kam.method.returns import Account, Figure, Line, Return, less, ratio
from kam.method.values import listing


class Verdict(StrEnum):
    """What the figures say: leave, or ask for a better price."""

    EXIT = "exit"
    REPRICE = "do not exit, reprice"


@dataclass(frozen=True)
class Totals:
    """Sums over the customers that are there, one line for each.

    Attributes:
        revenue: of all whose revenue is known.
        earned: operating profit of those whose profit and capital are known.
        capital: of the same.
        stays: costs that are left of who has left, below 0.
    """

    revenue: Figure
    earned: Figure
    capital: Figure
    stays: tuple[Line, ...] = ()

    @property
    def profit(self) -> Figure:
        """Operating profit with the costs of who has left."""
        return Figure((*self.earned.lines, *self.stays))

    @property
    def returns(self) -> Return:
        """Profit over capital of those that tie up some; they bear all costs that stay."""
        found = ratio(self.earned, self.capital)
        borne = Figure((*found.profit.lines, *self.stays))
        return Return(borne, found.capital, found.self_financing)


@dataclass(frozen=True)
class Exit:
    """What leaving some customers does; every figure has a line for each of them.

    An exit of which a figure is unknown counts in none but revenue and hours, and is named
    (`unknown`); who is known today stays in the sums as if it did not leave. Where nothing else
    leaves, what follows is unknown.

    Attributes:
        going: who leaves.
        staying: everybody else.
        group_of: customer -> its group, whatever it is called; where several of a group buy.
    """

    going: tuple[Case, ...]
    staying: tuple[Case, ...]
    group_of: Mapping[str, str] = field(default_factory=dict)

    @property
    def leaving(self) -> tuple[str, ...]:
        """Who leaves, by name."""
        return tuple(case.account.customer for case in self.going)

    @property
    def left_out(self) -> tuple[str, ...]:
        """Customers whose profit or capital is unknown: they are in neither sum, leaving or not."""
        return tuple(case.account.customer for case in self._every if not case.complete)

    @cached_property
    def unknown(self) -> tuple[str, ...]:
        """Customers that leave, and nobody knows what that brings."""
        return tuple(one.account.customer for one in self.going if one.gain.amount is None)

    @property
    def missing(self) -> dict[str, tuple[str, ...]]:
        """Customer that leaves -> names of its figures that nobody knows."""
        return {case.account.customer: case.missing for case in self.going if case.missing}

    @property
    def revenue_unknown(self) -> tuple[str, ...]:
        """Customers whose revenue is unknown: they are not in the sum."""
        return tuple(one.account.customer for one in self._every if one.account.revenue is None)

    @property
    def revenue(self) -> Figure:
        """Revenue lost."""
        return _each(_selling(self.going) or self.going, lambda case: case.account.revenue)

    @property
    def contribution(self) -> Figure:
        """Contribution lost."""
        return _each(self._told, lambda case: case.contribution.amount)

    @property
    def avoidable(self) -> Figure:
        """Costs that end."""
        return _each(self._told, lambda case: case.avoidable.amount)

    @property
    def stranded(self) -> Figure:
        """Costs that stay and fall on the rest."""
        return _each(self._told, lambda case: case.account.stranded)

    @property
    def change(self) -> Figure:
        """What operating profit gains a year: `avoidable - contribution`; below 0 a loss."""
        return _each(self._told, lambda case: case.change.amount)

    @property
    def goes(self) -> Figure:
        """What operating profit loses a year: `contribution - avoidable`."""
        return Figure(tuple(less(line.name, line.amount) for line in self.change.lines))

    @property
    def capital(self) -> Figure:
        """Capital released; below 0 where they finance us."""
        return _each(self._told, lambda case: case.capital.amount)

    @property
    def on_capital(self) -> Figure:
        """What the released capital earns at the hurdle, a year."""
        return _each(self._told, lambda case: case.on_capital.amount)

    @property
    def gain(self) -> Figure:
        """What leaving brings a year: `change + on_capital`."""
        return _each(self._told, lambda case: case.gain.amount)

    @property
    def hours(self) -> Figure:
        """Hours freed, a year."""
        return _each(self.going, lambda case: case.account.hours)

    @cached_property
    def before(self) -> Totals:
        """All customers, the same whoever leaves."""
        return _totals(self._every)

    @cached_property
    def rest(self) -> Totals:
        """The others, without the costs that stay."""
        stay = _totals(self.staying)
        if self._open:
            return stay
        as_now = _totals([one for one in self.going if one.account.customer in self.unknown])
        earned = Figure((*stay.earned.lines, *as_now.earned.lines))
        return Totals(stay.revenue, earned, Figure((*stay.capital.lines, *as_now.capital.lines)))

    @cached_property
    def after(self) -> Totals:
        """The others, once they bear the costs that stay."""
        rest = self.rest
        if self._open:
            open_ = tuple(Line(customer, None) for customer in self.leaving)
            earned = Figure((*rest.earned.lines, *open_))
            return Totals(rest.revenue, earned, Figure((*rest.capital.lines, *open_)))
        stays = tuple(less(line.name, line.amount) for line in self.stranded.lines)
        return replace(rest, stays=stays)

    @property
    def concentration(self) -> Concentration | None:
        """How far revenue hangs on few of all customers or groups; `None` without revenue."""
        return concentration((case.account for case in self._every), self.group_of)

    @property
    def concentration_after(self) -> Concentration | None:
        """How far revenue hangs on few of the others; `None` without revenue."""
        return concentration((case.account for case in self.staying), self.group_of)

    @property
    def verdict(self) -> Verdict | None:
        """Reprice where more contribution is lost than is saved; `None` while that is unknown."""
        gain = self.gain.amount
        if gain is None or self.unknown or not self.going:
            return None
        return Verdict.REPRICE if gain < 0 else Verdict.EXIT

    @property
    def _every(self) -> tuple[Case, ...]:
        """Who leaves, then who stays."""
        return (*self.going, *self.staying)

    @property
    def _open(self) -> bool:
        """Whether somebody leaves, and nothing is known of all who do."""
        return bool(self.going) and self.unknown == self.leaving

    @cached_property
    def _told(self) -> tuple[Case, ...]:
        """Those who leave with all figures known; all that leave where there is none of these."""
        known = tuple(one for one in self.going if one.account.customer not in self.unknown)
        return known or self.going


@dataclass(frozen=True)
class Step:
    """One exit in the order in which to do them.

    Attributes:
        customer: who leaves at this step.
        alone: what this exit does by itself, among all customers.
        so_far: what this one and all before it do together.
        not_before: the first day on which it can go; `None` for at once.
    """

    customer: str
    alone: Exit
    so_far: Exit
    not_before: date | None = None


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


def exit_order(
    accounts: Iterable[Account],
    chosen: Collection[str],
    hurdle: float,
    not_before: Mapping[str, date] | None = None,
) -> list[Step]:
    """The chosen exits in the order in which to do them, with the figures of each step.

    Who can go earlier goes first. Of those that can go on the same day, first who brings the most
    for each unit of revenue given up, so that whenever the company stops, it has shrunk least for
    what it gained. Whose gain is unknown comes last of them.

    Args:
        accounts: all customers.
        chosen: those that leave.
        hurdle: what capital has to earn, a share a year.
        not_before: customer -> the first day on which it can go; without one it can go at once.

    Raises:
        Refused: a chosen customer is not among the accounts.
    """
    days = not_before or {}
    cases = _cases(accounts, chosen, hurdle)
    alone = {customer: _parted(cases, {customer}) for customer in chosen}
    order = sorted(alone, key=lambda one: (days.get(one, date.min), _place(alone[one]), one))
    return [
        Step(customer, alone[customer], _parted(cases, order[: place + 1]), days.get(customer))
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


def _selling(cases: Iterable[Case]) -> tuple[Case, ...]:
    """Those whose revenue is known."""
    return tuple(case for case in cases if case.account.revenue is not None)


def _totals(cases: Sequence[Case]) -> Totals:
    """The sums over customers, of those whose figures are known."""
    counted = [case for case in cases if case.complete]
    return Totals(
        revenue=_each(_selling(cases), lambda case: case.account.revenue),
        earned=_each(counted, lambda case: case.profit.amount),
        capital=_each(counted, lambda case: case.capital.amount),
    )


# --- in words -------------------------------------------------------------------------------------


def exit_words(
    found: Exit, money: Callable[[float], str], number: Callable[[float], str] | None = None
) -> str:
    """What happens to profit first, then what freed capital may earn, or how many are unknown.

    Short, as it stands beside the views of a page; no full stop.

    Args:
        found: the exits.
        money: an amount of 0 or more as people say it.
        number: likewise, without its currency, for the second amount; `None` as the first.

    Returns:
        "" where nobody leaves, or nothing is known of those who do.
    """
    change, earned = found.change.amount, found.on_capital.amount
    if not found.leaving or change is None or earned is None:
        return ""
    count, unknown, second = len(found.leaving), len(found.unknown), number or money
    told = f"{count:,} exit{'s' if count > 1 else ''}: profit {_moves(change, money)}"
    if unknown:
        return f"{told}; {unknown:,} {'is' if unknown == 1 else 'are'} not known"
    if earned > 0:
        return f"{told}, capital may earn {second(earned)}"
    return f"{told}, advances cost {second(-earned)}" if earned < 0 else told


def _moves(change: float, money: Callable[[float], str]) -> str:
    """What happens to profit."""
    if not change:
        return "stays as it is"
    return f"{'rises' if change > 0 else 'falls'} by {money(abs(change))}"
