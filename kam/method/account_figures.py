"""From what a workshop holds to the figures behind hours, returns and exits (method.md 9).

Nothing is assumed: what nobody has said stays `None`, and is told by name. Amounts are in the
workshop's currency, over twelve months.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from math import inf

from kam.method.assessment import Assessment
from kam.method.capital import capital, tied_up
from kam.method.exit_dates import first_day
from kam.method.exits import Exit, Step, exit_order, exits
from kam.method.freed_hours import Freed, freed_hours
from kam.method.frontier import Change, Demand, Picture, change, picture
from kam.method.groups import LEDGER
from kam.method.incremental import Incremental
from kam.method.portfolio import UNSCORED
from kam.method.resources import Fair, Share, fair_hours, potential
from kam.method.returns import (
    Account,
    Figure,
    Line,
    Return,
    account_return,
    by_class,
    contribution_per_hour,
    portfolio,
)
from kam.method.shifts import Served, Shift, follows_potential, hours_unknown, served, shifts
from kam.method.values import listing
from kam.model import Class, Customer, Economics

MOST_NAMED = 3  # names in one sentence; more are counted


# --- of a customer --------------------------------------------------------------------------------


def account(customer: Customer) -> Account:
    """Twelve months of a customer, under its id.

    Our margin is what is left after discounts and rebates, so those are in the cost of goods.
    """
    profile, economics = customer.profile, customer.economics
    return replace(
        tied_up(customer),
        revenue=profile.revenue,
        cost_of_goods=cost_of_goods(customer),
        cost_to_serve=profile.cost_to_serve,
        stranded=stranded(customer),
        avoidable_overhead=economics.avoidable_overhead,
        hours=economics.hours,
    )


def cost_of_goods(customer: Customer) -> float | None:
    """Revenue less our margin; as a ledger counted it where the profile still says the same.

    Where nothing was bought, nothing was paid for it. `None` while revenue or margin is unknown.
    """
    revenue, margin = customer.profile.revenue, customer.profile.margin_pct
    if revenue is None or not revenue:
        return revenue
    counted = {key: customer.facts.get(LEDGER + key) for key in _COUNTED}
    if (counted["revenue_12m"], counted["margin_pct"]) == (revenue, margin):
        gross = counted["gross_margin"]
        return None if gross is None else revenue - gross
    return None if margin is None else revenue * (1 - margin / 100)


_COUNTED = ("revenue_12m", "margin_pct", "gross_margin")  # measures of a ledger


def stranded(customer: Customer) -> float | None:
    """The cost to serve that would stay for a year if the customer left; `None` unknown."""
    cost, ends = customer.profile.cost_to_serve, customer.economics.avoidable_pct
    if cost is None or not cost:
        return cost
    return None if ends is None else cost * (1 - ends / 100)


def gain(customer: Customer) -> float | None:
    """What can be won with a customer by the third year, currency a year: gain x its chance."""
    chance = customer.economics.gain_probability_pct
    return potential(None if chance is None else chance / 100, (customer.economics.gain,))


def increment(economics: Economics) -> Incremental:
    """What the gain of a customer earns on the capital that it ties up, if it comes."""
    won, tied = Figure((Line("Gain by the third year", economics.gain),)), added(economics)
    return Incremental(won.amount, tied.amount, (*won.unknown, *tied.unknown))


def added(economics: Economics) -> Figure:
    """What the gain of a customer ties up beside today's capital."""
    capital_more = Line("Added capital", economics.added_capital)
    return Figure((capital_more, Line("One-off investment", economics.one_off)))


def _margin(customer: Customer) -> float | None:
    """The margin in %; nobody needs to say it where nothing was bought."""
    return 0.0 if customer.profile.revenue == 0 else customer.profile.margin_pct


# What decides over return, exits and hours: the name of a figure, and where it stands.
COLLECTED: tuple[tuple[str, Callable[[Customer], float | None]], ...] = (
    ("present hours", lambda one: one.economics.hours),
    ("likely gain", lambda one: one.economics.gain),
    ("chance of the gain", lambda one: one.economics.gain_probability_pct),
    ("revenue", lambda one: one.profile.revenue),
    ("margin", _margin),
    ("cost to serve", lambda one: one.profile.cost_to_serve),
    ("avoidable part of the cost to serve", lambda one: one.economics.avoidable_pct),
    ("avoidable overhead", lambda one: one.economics.avoidable_overhead),
    ("capital employed", lambda one: capital(one).amount),
)
FOR_HOURS = ("present hours", "likely gain", "chance of the gain")
FOR_RETURN = ("revenue", "margin", "cost to serve", "avoidable overhead", "capital employed")


# --- of all ---------------------------------------------------------------------------------------


@dataclass(frozen=True)
class AccountFigures:
    """The figures of every customer of a result, each found when it is first asked for."""

    result: Assessment
    _last_exit: dict[tuple[str, ...], Exit] = field(default_factory=dict, repr=False, compare=False)

    @property
    def hurdle(self) -> float:
        """What capital has to earn, a share a year."""
        return self.result.workshop.hours_policy.hurdle_pct / 100

    @cached_property
    def accounts(self) -> dict[str, Account]:
        """Customer -> its twelve months, in the one order."""
        customers = self.result.workshop.customers
        return {key: account(customers[key]) for key in self.result.standings}

    # --- return

    @cached_property
    def returns(self) -> dict[str, Return]:
        """Customer -> its return on capital."""
        return {key: account_return(one) for key, one in self.accounts.items()}

    def per_hour(self, customer: str) -> float | None:
        """Contribution for each account hour; `None` unknown, or without hours."""
        return contribution_per_hour(self.accounts[customer])

    @cached_property
    def together(self) -> Return:
        """The return of all customers whose figures are known."""
        return portfolio(self.accounts.values())

    @cached_property
    def of_classes(self) -> dict[str, Return]:
        """Name of a class -> the return of its customers; none is empty."""
        names = {key: _class_name(one.klass) for key, one in self.result.standings.items()}
        found = by_class(self.accounts.values(), names)
        order = (*(klass.label for klass in Class), UNSCORED)
        return {name: found[name] for name in order if name in found}

    def missing(self, figures: Collection[str]) -> dict[str, tuple[str, ...]]:
        """Name of a figure -> customers on the long list of whom nobody knows it."""
        customers = self.result.workshop.customers
        found = {
            name: tuple(key for key in self.result.judged if read(customers[key]) is None)
            for name, read in COLLECTED
            if name in figures
        }
        return {name: keys for name, keys in found.items() if keys}

    # --- exits

    def exit(self, leaving: tuple[str, ...]) -> Exit:
        """What leaving some customers does; the last that was asked for is kept."""
        found = self._last_exit.get(leaving)
        if found is None:
            found = exits(self.accounts.values(), leaving, self.hurdle)
            found = replace(found, group_of=self._group_of)
            self._last_exit.clear()
            self._last_exit[leaving] = found
        return found

    @cached_property
    def _group_of(self) -> dict[str, str]:
        """Customer -> its group, where several of it buy."""
        buying = {key for key, one in self.accounts.items() if one.revenue}
        families = self.result.families.items()
        return {key: some[0] for key, some in families if len(buying.intersection(some)) > 1}

    def exit_order(self, leaving: Iterable[str], today: date) -> list[Step]:
        """The exits in the order in which to do them; gains count, nobody else is in the steps."""
        customers = self.result.workshop.customers
        going = {key: self.accounts[key] for key in leaving}
        days = {key: first_day(customers[key], today).on for key in going}
        return exit_order(going.values(), going, self.hurdle, days)

    # --- hours

    @cached_property
    def shares(self) -> tuple[Share, ...]:
        """What decides over hours: of everybody on the long list, or with hours."""
        return tuple(
            self._share(key)
            for key, standing in self.result.standings.items()
            if standing.listed or self.accounts[key].hours is not None
        )

    def _share(self, key: str) -> Share:
        policy, klass = self.result.workshop.hours_policy, self.result.standings[key].klass
        floor = policy.floors.get(klass, 0.0) if klass else 0.0
        cap = policy.caps.get(klass, inf) if klass else inf
        customer = self.result.workshop.customers[key]
        needed = customer.economics.hours_needed  # hours beyond win nothing, so none are due
        most = cap if needed is None else max(floor, min(cap, needed))
        return Share(key, gain(customer), floor, most, self.accounts[key].hours)

    @property
    def own_hours(self) -> float | None:
        """The hours a year of our people for accounts; `None` while nobody has said."""
        return self.result.workshop.capacity.hours

    @cached_property
    def hours(self) -> float | None:
        """The hours a year to share out: those of our people, else all that are spent now.

        `None` while neither is known.
        """
        if self.own_hours is not None or hours_unknown(self.shares) or not self.shares:
            return self.own_hours
        return sum(share.hours or 0.0 for share in self.shares)

    @cached_property
    def fair(self) -> Fair | None:
        """The hours due to each customer; `None` while nobody knows how many there are."""
        return None if self.hours is None else fair_hours(self.shares, self.hours)

    def freed(self, leaving: Collection[str]) -> Freed | None:
        """Where the hours go that become free once some are left; `None` while they are unknown."""
        return freed_hours(self.shares, leaving, self.own_hours)

    @cached_property
    def served(self) -> tuple[Served, ...]:
        """Each customer's hours beside those due to it, the largest difference first.

        None are due where the least hours do not fit, or nobody knows how many hours there are.
        """
        fits = self.fair and self.fair.hours
        found = served(self.shares, self.fair) if self.fair and fits else _as_now(self.shares)
        return tuple(sorted(found, key=_difference))

    @cached_property
    def shifts(self) -> tuple[Shift, ...]:
        """Where hours come from and where they go, the largest move first."""
        return shifts(self.shares, self.fair) if self.fair else ()

    @cached_property
    def follows(self) -> float | None:
        """Rank correlation of hours and what can be won, -1 to 1; `None` unknown."""
        return follows_potential(self.shares)

    # --- what hours win

    @property
    def usual_need(self) -> float | None:
        """Hours a year that winning a gain takes, where a customer's profile has no other number.

        Those that a key core account takes, the same for all: a need by class would make customers
        of a lower class look better, as if less work won all of them. `None` while nobody has said.
        """
        capacity = self.result.workshop.capacity
        return capacity.hours_core if capacity.mode == "hours" else None

    @cached_property
    def demands(self) -> tuple[Demand, ...]:
        """What can be won, what it takes, and what each may get: as for the hours due."""
        return tuple(self._demand(one) for one in self.shares)

    def _demand(self, share: Share) -> Demand:
        own = self.result.workshop.customers[share.customer].economics.hours_needed
        needed = self.usual_need if own is None else own
        return Demand(share.customer, share.potential, needed, share.floor, share.cap)

    @cached_property
    def frontier(self) -> Picture:
        """Today's hours and those due, beside the most that any split could win."""
        return picture(self.demands, self._now, self.due)

    @cached_property
    def change(self) -> Change | None:
        """What moving the hours wins and gives up; `None` where none are due.

        Only over those of whom potential and the hours that win it are known; `None` while the
        hours of one of them are not.
        """
        placed = [one for one in self.demands if one.customer not in self.frontier.frontier.unknown]
        return change(placed, self._now, self.due) if placed and self.due else None

    @cached_property
    def _now(self) -> Mapping[str, float | None]:
        return {one.customer: one.hours for one in self.shares}

    @cached_property
    def due(self) -> Mapping[str, float]:
        """Customer -> hours due; empty where nothing can be shared out."""
        return dict(self.fair.hours) if self.fair and self.fair.scale is not None else {}


def _class_name(klass: Class | None) -> str:
    return klass.label if klass else UNSCORED


def _as_now(shares: Iterable[Share]) -> tuple[Served, ...]:
    """The hours that each has; none are due."""
    return tuple(Served(one.customer, one.hours, None, None) for one in shares)


def _difference(one: Served) -> tuple[float, float]:
    """What sorts customers: the largest difference first, then the most hours; unknown last."""
    return (1.0 if one.more is None else -abs(one.more), -(one.hours or 0.0))


def few(names: Iterable[str], most: int = MOST_NAMED) -> str:
    """Names as they stand in a sentence, and how many more: A, B, C and 9 more; "" of none."""
    every = list(names)
    more = [f"{len(every) - most:,} more"] if len(every) > most else []
    return listing([*every[:most], *more]) if every else ""
