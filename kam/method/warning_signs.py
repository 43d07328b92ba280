"""The five signs by which the loss of a key account may announce itself, in sentences.

What is not known is no sign and no comfort: it is told as not known.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

import numpy as np

from kam import catalogue
from kam.method.assessment import Assessment
from kam.method.groups import LEDGER
from kam.method.values import spoken
from kam.model import Criterion, Customer, Favours

SOON = timedelta(days=365)  # a contract that ends within it has to be won again now [D]
MONTHS_SOON = 12  # the same where only months under contract are known
CLEAR_FALL = 3  # percentage points of share between two reviews: less is within the estimate [D]
SILENT = 2  # times the usual days between orders without one, from which on it is a sign [D]
FEW_ORDERS = 3  # in twelve months: fewer have no usual time between them [D]
YEAR = 365  # days
ENOUGH = 2  # place of the anchor that is worth 5 of 10: "meets our threshold", method.md 7

# Ids in the catalogue of the figures that tell of a sign, method.md 12.
GAP, SHARE_TREND, CONTACTS, CONTRACT = "S03", "S02", "S06", "S10"
SHARE, RECOMMENDED = "S01", "S05"
_KNOWN = {entry.id: entry for entry in catalogue.CRITERIA}


class Sign(StrEnum):
    """Where a loss may announce itself; the value is its name on the screen."""

    RIVAL = "Best rival"
    FALLING = "Our business"
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
class Look:
    """Where the signs of a key account are looked for.

    Attributes:
        today: the day on which contracts are looked at.
        earlier: the result of the last review, with which our share is compared.
    """

    result: Assessment
    today: date
    earlier: Assessment | None = None

    def at(self, customer: Customer) -> tuple[Checked, ...]:
        """The five signs of a customer, in the order of `Sign`."""
        return (
            _rival(self.result, customer),
            _falling(self, customer),
            _contract(self.result, customer, self.today),
            _favour(self.result, customer),
            _contacts(self.result, customer),
        )


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


def _falling(look: Look, customer: Customer) -> Checked:
    """What our business with it does: our share of its spend, else our sales; and its orders."""
    found = [one for one in (_course(look, customer), _silence(customer)) if one]
    if not found:
        told = "We do not know whether our share falls: score it at each review."
        return Checked(Sign.FALLING, None, told)
    signs = [sign for sign, _ in found]
    return Checked(Sign.FALLING, any(signs), " ".join(told for _, told in found))


def _course(look: Look, customer: Customer) -> tuple[bool, str] | None:
    """Our share over two years, else since the last review, else our sales over one year."""
    share = _figure(look.result, customer, SHARE_TREND)
    if share is not None:
        told = _changed("Our share of its spend", share, "percentage points in two years")
        return share < 0, told
    now, then = _figure(look.result, customer, SHARE), _then(look, customer, SHARE)
    if now is not None and then is not None:
        return _share_since(round(now - then, 9))
    sales = customer.facts.get(f"{LEDGER}growth_pct")
    if sales is None:
        return None
    return sales < 0, _changed("Our sales to it", sales, "% in twelve months")


def _share_since(change: float) -> tuple[bool, str]:
    """Our share against the last review; both are estimates, so a small fall is no sign."""
    points = f"percentage point{'s' * (abs(change) != 1)}"
    told = _changed("Our share of its spend", change, f"{points} since the last review")
    small = -CLEAR_FALL < change < 0
    return change <= -CLEAR_FALL, f"{told} {CLEAR_FALL} would be a sign." if small else told


def _then(look: Look, customer: Customer, key: str) -> float | None:
    """A figure at the last review; `None` where there was none, or it did not know the customer."""
    earlier = look.earlier
    if earlier is None or customer.id not in earlier.row:
        return None
    return _figure(earlier, earlier.workshop.customers[customer.id], key)


def _silence(customer: Customer) -> tuple[bool, str] | None:
    """The days since its last order against its usual time between orders; `None` unknown."""
    days = customer.facts.get(f"{LEDGER}recency_days")
    orders = customer.facts.get(f"{LEDGER}orders_12m")
    if days is None or orders is None or orders < FEW_ORDERS:
        return None
    usual = YEAR / orders
    told = f"Its last order was {days:,.0f} days ago; it ordered every {usual:,.0f} days."
    return days > SILENT * usual, told


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


def _favour(result: Assessment, customer: Customer) -> Checked:
    """Whether it would favour us; where that is unknown, how far its people recommend us."""
    favours, how = customer.profile.favours_us, customer.profile.favours_known_by
    if favours is Favours.UNKNOWN:
        return _recommended(result, customer)
    known = {"asked": " It was asked.", "believed": " So we believe; nobody has asked it."}
    against = favours is Favours.NO
    told = f"It would {'not ' if against else ''}favour us as a key supplier."
    return Checked(Sign.FAVOUR, against, f"{told}{known.get(how or '', '')}")


def _recommended(result: Assessment, customer: Customer) -> Checked:
    """How far its decision-makers recommend us, against our own threshold."""
    unasked = "We do not know whether it would favour us as a key supplier: ask it."
    score = _figure(result, customer, RECOMMENDED)
    if score is None:
        return Checked(Sign.FAVOUR, None, unasked)
    enough = _enough(result, RECOMMENDED)
    told = f"Its people recommend us with {spoken(score)} NPS points; {spoken(enough)} is enough."
    return Checked(Sign.FAVOUR, score < enough, f"{told} {unasked}")


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
