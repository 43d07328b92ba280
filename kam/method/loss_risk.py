"""The risk of losing a key account: which of five warning signs it shows, in sentences.

There is no figure for the risk itself: nothing that we know would bear one. What is not known is
no sign and no comfort; it is told beside them.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import cached_property

import numpy as np

from kam import catalogue
from kam.method.assessment import Assessment
from kam.method.futures import is_key
from kam.method.groups import LEDGER
from kam.method.values import spoken
from kam.model import Criterion, Customer, Favours

SOON = timedelta(days=365)  # a contract that ends within it has to be won again now [D]
MONTHS_SOON = 12  # the same where only months under contract are known
ENOUGH = 2  # place of the anchor that is worth 5 of 10: "meets our threshold", method.md 7

# Ids in the catalogue of the figures that tell of a sign, method.md 12.
GAP, SHARE_TREND, CONTACTS, CONTRACT = "S03", "S02", "S06", "S10"
_KNOWN = {entry.id: entry for entry in catalogue.CRITERIA}


class Sign(StrEnum):
    """Where a loss may announce itself; the value is its name on the screen."""

    RIVAL = "Best rival"
    FALLING = "Our share"
    CONTRACT = "Contract"
    FAVOUR = "Would favour us"
    CONTACTS = "Contacts"


@dataclass(frozen=True)
class Checked:
    """One sign, looked for at one customer.

    Attributes:
        shown: whether the customer shows it; `None` is not known.
        words: what was found, or what to find out, as a sentence.
    """

    sign: Sign
    shown: bool | None
    words: str


@dataclass(frozen=True)
class Risk:
    """A key account with everything that was looked at.

    Attributes:
        revenue: our sales to it, currency a year; `None` unknown.
        checked: one for each sign, in the order of `Sign`.
    """

    customer: str
    revenue: float | None
    checked: tuple[Checked, ...]

    @cached_property
    def shown(self) -> int:
        """How many signs it shows."""
        return sum(one.shown is True for one in self.checked)

    @cached_property
    def unknown(self) -> int:
        """How many signs nobody could look at."""
        return sum(one.shown is None for one in self.checked)

    @property
    def words(self) -> str:
        """The count in words: "2 of 5 warning signs, 1 not known"."""
        told = f"{self.shown} of {len(self.checked)} warning signs"
        return f"{told}, {self.unknown} not known" if self.unknown else told


def risks(result: Assessment, today: date) -> tuple[Risk, ...]:
    """Every key account: most signs first, then most that is not known, then most revenue."""
    found = [
        _risk(result, key, today)
        for key, standing in result.standings.items()
        if is_key(standing.klass)
    ]
    return tuple(sorted(found, key=lambda one: (-one.shown, -one.unknown, -(one.revenue or 0.0))))


def headline(found: tuple[Risk, ...]) -> str:
    """How many key accounts show a sign; without any, how much is not known."""
    if not found:
        return "There is no key account to lose"
    warned = sum(one.shown > 0 for one in found)
    if warned:
        verb = "shows" if warned == 1 else "show"
        return f"{warned:,} of {len(found):,} key accounts {verb} a warning sign"
    blind = sum(one.unknown > 0 for one in found)
    if blind:
        accounts = "key account" if blind == 1 else "key accounts"
        return f"No warning sign; of {blind:,} {accounts} we know too little"
    return "No key account shows a warning sign"


def _risk(result: Assessment, key: str, today: date) -> Risk:
    customer = result.workshop.customers[key]
    checked = (
        _rival(result, customer),
        _falling(result, customer),
        _contract(result, customer, today),
        _favour(customer),
        _contacts(result, customer),
    )
    return Risk(key, customer.profile.revenue, checked)


# --- the five signs -------------------------------------------------------------------------------


def _rival(result: Assessment, customer: Customer) -> Checked:
    """The gap to the best rival in the customer's own eyes, below 0 where we are behind."""
    gap = _figure(result, customer, GAP)
    if gap is None:
        return Checked(Sign.RIVAL, None, "We do not know whether it sees a rival ahead: ask it.")
    if gap < 0:
        told = f"It sees the best rival ahead of us, by {_points(-gap)}."
    elif gap == 0:
        told = "It sees us on a par with the best rival."
    else:
        told = f"It sees us ahead of the best rival, by {_points(gap)}."
    return Checked(Sign.RIVAL, gap < 0, told)


def _points(gap: float) -> str:
    return f"{spoken(gap)} point{'s' * (gap != 1)}"


def _falling(result: Assessment, customer: Customer) -> Checked:
    """Our share of its spend over two years; where that is unknown, our sales over one."""
    share = _figure(result, customer, SHARE_TREND)
    sales = customer.facts.get(f"{LEDGER}growth_pct")
    if share is not None:
        told = _changed("Our share of its spend", share, "percentage points in two years")
        return Checked(Sign.FALLING, share < 0, told)
    if sales is not None:
        told = _changed("Our sales to it", sales, "% in twelve months")
        return Checked(Sign.FALLING, sales < 0, told)
    return Checked(Sign.FALLING, None, "We do not know whether our share falls: compare two years.")


def _changed(what: str, change: float, unit: str) -> str:
    if change == 0:
        return f"{what} stayed the same."
    return f"{what} {'fell' if change < 0 else 'rose'} by {spoken(abs(change))} {unit}."


def _contract(result: Assessment, customer: Customer, today: date) -> Checked:
    """The day until which both are bound; where that is unknown, the months under contract."""
    until = customer.economics.contract_until
    if until is not None:
        verb = "ended" if until < today else "ends"
        told = f"The contract {verb} on {until.day} {until:%B %Y}."
        return Checked(Sign.CONTRACT, until <= today + SOON, told)
    months = _figure(result, customer, CONTRACT)
    if months is not None:
        told = f"{spoken(months)} months are still under contract."
        return Checked(Sign.CONTRACT, months <= MONTHS_SOON, told)
    return Checked(Sign.CONTRACT, None, "We do not know until when the contract runs: look it up.")


def _favour(customer: Customer) -> Checked:
    """Whether it would favour us as a key supplier, and how we know."""
    favours, how = customer.profile.favours_us, customer.profile.favours_known_by
    known = {"asked": " It was asked.", "believed": " So we believe; nobody has asked it."}
    source = known.get(how or "", "")
    if favours is Favours.UNKNOWN:
        told = "We do not know whether it would favour us as a key supplier: ask it."
        return Checked(Sign.FAVOUR, None, told)
    against = favours is Favours.NO
    told = f"It would {'not ' if against else ''}favour us as a key supplier.{source}"
    return Checked(Sign.FAVOUR, against, told)


def _contacts(result: Assessment, customer: Customer) -> Checked:
    """The part of the people who matter there that we talk to, against our own threshold."""
    covered = _figure(result, customer, CONTACTS)
    if covered is None:
        told = "We do not know how many of the people who matter we talk to: draw the contact map."
        return Checked(Sign.CONTACTS, None, told)
    enough = _enough(result, CONTACTS)
    told = f"We talk to {spoken(covered)} % of the people who matter; {spoken(enough)} % is enough."
    return Checked(Sign.CONTACTS, covered < enough, told)


# --- where the figures are ------------------------------------------------------------------------


def _figure(result: Assessment, customer: Customer, key: str) -> float | None:
    """A catalogue figure of a customer: as it is scored, else as it was brought in."""
    criterion = _criterion(result, key)
    if criterion is not None and criterion.id in result.valued.criteria:
        column = result.valued.criteria.index(criterion.id)
        level = float(result.valued.raw[result.row[customer.id], column])
        if not np.isnan(level):
            return level
    return customer.facts.get(_KNOWN[key].column)


def _enough(result: Assessment, key: str) -> float:
    """The level that is just good enough: of the team's criterion, else of the catalogue's."""
    own = _criterion(result, key)
    return (own.anchors if own and own.anchors else _KNOWN[key].anchors)[ENOUGH]


def _criterion(result: Assessment, key: str) -> Criterion | None:
    """The team's criterion that is the catalogue's: by id or column, and still in its unit."""
    known = _KNOWN[key]
    same = (
        one
        for one in result.workshop.criteria.values()
        if one.unit == known.unit and (one.id == known.id or one.column == known.column)
    )
    return next(same, None)
