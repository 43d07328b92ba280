"""The pool: every customer that came in, with each of its figures as a column to choose by."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from kam.method.evidence import PROFILE_FIGURES, figure
from kam.method.groups import LEDGER
from kam.method.ledger_figures import COPIES, copied_from
from kam.method.values import Flags, Floats, in_unit, spoken
from kam.model import Customer, Workshop

# The measures that every workshop is narrowed by, whatever file they came from.
REVENUE, GROWTH, MARGIN = "pool.revenue", "pool.growth", "pool.margin"
SPEND, OWN_REVENUE = "pool.spend", "pool.own_revenue"

ATTRIBUTES = {"industry": "Industry", "country": "Country", "owner": "Owner", "parent": "Parent"}

Read = Callable[[Customer], float | None]


@dataclass(frozen=True)
class Measure:
    """A figure that customers may be chosen by.

    Attributes:
        label: what it is called, as the beginning of a sentence.
        unit: "" where it has none; the workshop's currency for money.
        about: one sentence that explains the figure.
    """

    label: str
    unit: str
    about: str

    def level(self, level: float) -> str:
        """A level with its unit: EUR 1,200,000, or 30 days."""
        if len(self.unit) == 3 and self.unit.isupper():  # a currency
            return f"{self.unit} {spoken(level)}"
        return in_unit(spoken(level), self.unit)

    @property
    def within(self) -> str:
        """The label inside a sentence."""
        return self.label if self.label[1:2].isupper() else self.label[:1].lower() + self.label[1:]


@dataclass(frozen=True)
class Pool:
    """Every customer that came in, in the order in which it did; columns are read once.

    Attributes:
        workshop: as it is judged, each group one customer (`kam.method.groups.joined`).
    """

    workshop: Workshop
    _columns: dict[str, Floats] = field(default_factory=dict, repr=False, compare=False)

    @cached_property
    def customers(self) -> tuple[str, ...]:
        """Their ids; every array follows them."""
        return tuple(self.workshop.customers)

    @cached_property
    def row(self) -> Mapping[str, int]:
        """The row of each customer in the arrays."""
        return {key: row for row, key in enumerate(self.customers)}

    @cached_property
    def measures(self) -> dict[str, Measure]:
        """Every measure of which at least one customer has a figure; the usual ones first."""
        offered = {**_usual(self.workshop.currency), **_others(self.workshop)}
        return {
            key: measure for key, measure in offered.items() if np.isfinite(self.figures(key)).any()
        }

    def measure(self, key: str) -> Measure:
        """What a measure is called; its key where nobody has the figure any more."""
        return self.measures.get(key, Measure(key, "", "Nobody has this figure any more."))

    def figures(self, measure: str) -> Floats:
        """(n,) every customer's figure; NaN where it is unknown."""
        if measure not in self._columns:
            self._columns[measure] = self._read(measure)
        return self._columns[measure]

    def _read(self, measure: str) -> Floats:
        people = self.workshop.customers.values()
        read = _READ.get(measure)
        known = (read(one) if read else figure(one, measure) for one in people)
        figures = (np.nan if found is None else found for found in known)
        return np.fromiter(figures, dtype=float, count=len(self.customers))

    @cached_property
    def _texts(self) -> dict[str, tuple[str, ...]]:
        profiles = [customer.profile for customer in self.workshop.customers.values()]
        return {name: tuple(getattr(profile, name) for profile in profiles) for name in ATTRIBUTES}

    def texts(self, attribute: str) -> tuple[str, ...]:
        """Every customer's owner, industry, country or parent; "" where it is unknown."""
        return self._texts[attribute]

    def flags(self, customers: Iterable[str]) -> Flags:
        """(n,) whether each customer is one of these; those that are not here are passed over."""
        found = np.zeros(len(self.customers), dtype=bool)
        found[[self.row[key] for key in customers if key in self.row]] = True
        return found

    def named(self, flags: Flags) -> tuple[str, ...]:
        """The ids of the flagged customers, in the order in which they came in."""
        return tuple(self.customers[row] for row in np.flatnonzero(flags))


def largest_first(figures: Floats) -> NDArray[np.intp]:
    """Rows of the customers whose figure is known, the largest first; ties as they came in."""
    order = np.argsort(-figures, kind="stable")
    return order[: int(np.isfinite(figures).sum())]


def _usual(currency: str) -> dict[str, Measure]:
    """The measures that do not depend on the file that brought the customers in."""
    return {
        REVENUE: Measure(
            "Revenue in 12 months", currency, "Our sales to it in the last 12 months."
        ),
        GROWTH: Measure(
            "Growth in money", currency, "Our sales to it in the last 12 months less the 12 before."
        ),
        MARGIN: Measure(
            "Gross margin",
            currency,
            "What we earned on it in the last 12 months: revenue less the cost of the goods.",
        ),
        SPEND: Measure(
            "Available spend", currency, "What it will spend on what we sell in three years."
        ),
        OWN_REVENUE: Measure("Its own revenue", currency, "What it earns in a year: its size."),
    }


_COUNTED = COPIES["revenue"]  # what the ledger says of revenue

# Facts and fields that a usual measure shows already.
_SHOWN = {_COUNTED, f"{LEDGER}gross_margin", "revenue", "available_spend",
          "own_revenue"}  # fmt: skip


def _others(workshop: Workshop) -> dict[str, Measure]:
    """The kept columns of lists, the measures of a ledger, and the rest of the profile."""
    facts = {
        key: Measure(kind.label, kind.unit, f"From {kind.origin}." if kind.origin else "")
        for key, kind in workshop.fact_kinds.items()
    }
    profile = {
        key: Measure(label, "", "From the customers' profiles.")
        for key, label in PROFILE_FIGURES.items()
    }
    return {key: one for key, one in {**facts, **profile}.items() if key not in _SHOWN}


def _revenue(customer: Customer) -> float | None:
    """Our sales to it as its profile has them, which every file that tells them brings up to date.

    The ledger's own sum is not that of a group of which a company is in no ledger, nor the latest
    where a list came in after it.
    """
    stated = customer.profile.revenue
    return customer.facts.get(_COUNTED) if stated is None else stated


def from_ledger(customer: Customer) -> bool:
    """Whether its revenue is what a ledger counted."""
    alone = customer.profile.revenue is None and _COUNTED in customer.facts
    return alone or copied_from(customer, "revenue") is not None


def _growth(customer: Customer) -> float | None:
    now = customer.facts.get(f"{LEDGER}revenue_12m")
    before = customer.facts.get(f"{LEDGER}revenue_prior_12m")
    return None if now is None or before is None else now - before


def _margin(customer: Customer) -> float | None:
    """Gross margin in money: the ledger's where its revenue is that too, else revenue times margin.

    Unknown where the ledger has the margin of a part of the revenue only.
    """
    earned = customer.facts.get(f"{LEDGER}gross_margin")
    revenue, percent = _revenue(customer), customer.profile.margin_pct
    if earned is not None and (revenue is None or from_ledger(customer)):
        return earned
    return None if revenue is None or percent is None else revenue * percent / 100


_READ: Mapping[str, Read] = {
    REVENUE: _revenue,
    GROWTH: _growth,
    MARGIN: _margin,
    SPEND: lambda customer: customer.profile.available_spend,
    OWN_REVENUE: lambda customer: customer.profile.own_revenue,
}
