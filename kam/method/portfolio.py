"""What a whole portfolio holds: who has how much of what, by class and sector; how each is treated.

Shares are of what is known: an unknown amount is left out and counted, never taken as 0. Amounts
of 0 or less are known, but no part of a share: a share of a sum needs positive parts.
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from kam.method.assessment import Assessment
from kam.method.capital import capital
from kam.method.plans import kind, needs_plan
from kam.method.resources import potential
from kam.method.selection import Reason
from kam.model import Class, Customer

MOST_SECTORS = 5  # named; screens.md 5.0 has colours for six groups
NO_ROOM = (Reason.NO_CAPACITY, Reason.TIED_AT_CAPACITY)
TOP = 3  # customers whose share is told, method.md 13, O5
UNSCORED, OTHERS, NO_SECTOR = "Not scored yet", "Other sectors", "Sector unknown"

Groups = Mapping[str, Collection[str]]  # name -> ids of its customers


@dataclass(frozen=True)
class Held:
    """How much of one thing each customer has.

    Attributes:
        name: of the thing.
        amounts: customer -> amount above 0, the largest first.
        known: customers whose amount is known, be it 0.
        of: customers in all.
    """

    name: str
    amounts: Mapping[str, float]
    known: int
    of: int

    @cached_property
    def total(self) -> float:
        """The sum of the amounts."""
        return sum(self.amounts.values())

    def share(self, customers: Iterable[str]) -> float | None:
        """The part of what is known that these customers have, 0-1; `None` where nothing is."""
        if not self.amounts:
            return None
        return sum(self.amounts.get(customer, 0.0) for customer in customers) / self.total

    @property
    def top(self) -> float | None:
        """The part that the three largest have, 0-1; `None` where nothing is known."""
        return self.share(list(self.amounts)[:TOP])

    @property
    def hhi(self) -> float | None:
        """The sum of all squared shares, above 0 to 1; `None` where nothing is known.

        One over it is the number of equal customers that would be as concentrated.

        Source: Herfindahl (1950), Hirschman (1945).
        """
        if not self.amounts:
            return None
        return sum((amount / self.total) ** 2 for amount in self.amounts.values())


@dataclass(frozen=True)
class Treatment:
    """What the customers of one class get.

    Attributes:
        count: customers of the class.
        revenue: their part of the revenue that is known, 0-1.
        hours: a year that Split keeps room for; 0 of those that are not key. What is due to them
            by what can be won is another number (`kam.method.resources`).
        plans: kind of plan -> how many have such a plan; plans that ended are none.
        without_plan: how many need one; who was let go at the end of a managed exit does not.
    """

    klass: Class
    count: int
    revenue: float | None
    hours: float
    plans: Mapping[str, int]
    without_plan: int


# --- who has how much -----------------------------------------------------------------------------


def held(name: str, amounts: Mapping[str, float | None]) -> Held:
    """Customer -> amount as a thing that is held; `None` is unknown."""
    known = {key: amount for key, amount in amounts.items() if amount is not None}
    some = {key: amount for key, amount in known.items() if amount > 0}
    ranked = dict(sorted(some.items(), key=lambda item: -item[1]))
    return Held(name, ranked, len(known), len(amounts))


def holdings(result: Assessment) -> tuple[Held, ...]:
    """Revenue, potential, capital and hours of all customers; each group counts as one."""
    return (revenue(result), _potential(result), *(_each(result, *one) for one in _AMOUNTS))


def revenue(result: Assessment) -> Held:
    """Our sales to each customer, twelve months."""
    return _each(result, "Revenue", lambda one: one.profile.revenue)


def _potential(result: Assessment) -> Held:
    """The likely gain by year three, or the spend that is open to us if that is better known."""
    gain = _each(result, "Likely gain by year three", _gain)
    spend = _each(result, "What they will spend", lambda one: one.profile.available_spend)
    return spend if spend.known > gain.known else gain


def _gain(customer: Customer) -> float | None:
    """Contribution that a customer could add, times how likely that is (method.md 9)."""
    economics = customer.economics
    chance = economics.gain_probability_pct
    return potential(None if chance is None else chance / 100, (economics.gain,))


_AMOUNTS: tuple[tuple[str, Callable[[Customer], float | None]], ...] = (
    ("Capital tied up", lambda one: capital(one).amount),
    ("Our hours", lambda one: one.economics.hours),
)


def _each(result: Assessment, name: str, amount: Callable[[Customer], float | None]) -> Held:
    customers = result.workshop.customers
    return held(name, {key: amount(customer) for key, customer in customers.items()})


# --- groups of customers --------------------------------------------------------------------------


def classes(result: Assessment) -> Groups:
    """Class -> its customers; first those that are key, last who is not scored. None is empty."""
    found: dict[str, list[str]] = {name: [] for name in (*(k.label for k in Class), UNSCORED)}
    for key, standing in result.standings.items():
        found[standing.klass.label if standing.klass else UNSCORED].append(key)
    return {name: keys for name, keys in found.items() if keys}


def sectors(result: Assessment) -> Groups:
    """Sector -> its customers: the five with most revenue, then the others, then unknown.

    One sector in two ways of writing, such as Retail and retail, is one. Six sectors are all
    named: "others" stands for two at least.
    """
    found: dict[str, list[str]] = {OTHERS: [], NO_SECTOR: []}
    named = {name.casefold(): name for name in found}
    for key, customer in result.workshop.customers.items():
        sector = customer.profile.industry or NO_SECTOR
        found.setdefault(named.setdefault(sector.casefold(), sector), []).append(key)
    rest = {name: found.pop(name) for name in (OTHERS, NO_SECTOR)}
    first = _most_important(result, found)
    rest[OTHERS] += [key for name, keys in found.items() if name not in first for key in keys]
    named_ones = {name: found[name] for name in first}
    return {**named_ones, **{name: keys for name, keys in rest.items() if keys}}


def _most_important(result: Assessment, found: Mapping[str, list[str]]) -> list[str]:
    """The sectors with most revenue; where that is alike, those with most customers."""
    sold = revenue(result).amounts
    worth = {name: sum(sold.get(key, 0.0) for key in keys) for name, keys in found.items()}
    ranked = sorted(found, key=lambda name: (-worth[name], -len(found[name])))
    return ranked if len(ranked) == MOST_SECTORS + 1 else ranked[:MOST_SECTORS]


def without_room(today: Assessment, then: Assessment) -> tuple[str, ...]:
    """Who is in the key zone later, beyond where our capacity ends, and is not so today."""
    return tuple(
        key
        for key, standing in then.standings.items()
        if standing.reason in NO_ROOM and today.standings[key].reason not in NO_ROOM
    )


# --- how each class is treated --------------------------------------------------------------------


def treatments(result: Assessment) -> tuple[Treatment, ...]:
    """What each class gets, also one that nobody has."""
    members: dict[Class, list[str]] = {klass: [] for klass in Class}
    for key, standing in result.standings.items():
        if standing.klass is not None:
            members[standing.klass].append(key)
    sold = revenue(result)
    return tuple(_treatment(result, sold, klass, keys) for klass, keys in members.items())


def _treatment(result: Assessment, sold: Held, klass: Class, customers: list[str]) -> Treatment:
    plans = [result.workshop.plans.get(key) for key in customers]
    running: Mapping[str, int] = Counter(kind(p) for p in plans if p and not p.outcome)
    by_hours = result.workshop.capacity.mode == "hours"
    hours = sum(result.standings[key].hours for key in customers) if by_hours else 0.0
    lacking = sum(needs_plan(plan, klass) for plan in plans)
    return Treatment(klass, len(customers), sold.share(customers), hours, running, lacking)
