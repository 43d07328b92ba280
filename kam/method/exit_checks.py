"""What to check before a customer is let go, each in a sentence (method.md 10, L3)."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from kam.method.assessment import Assessment
from kam.method.criteria_review import listing
from kam.model import Customer, Workshop

CONCENTRATED = 0.25  # share of sales with one customer from which it weighs on all others [D]
MOST_NAMED = 3  # relatives in one sentence; more are counted


class Finding(StrEnum):
    """What a check says of an exit."""

    AGAINST = "against"
    UNKNOWN = "unknown"
    CLEAR = "clear"


@dataclass(frozen=True)
class Check:
    """One thing to check, and what was found, in a sentence."""

    finding: Finding
    words: str


BEYOND_FIGURES = Check(
    Finding.UNKNOWN,
    "No figure tells whether it fills our plant, is a reference or holds a licence for us, or what "
    "competition law says: ask before the first step.",
)


def exit_checks(assessment: Assessment, customer: str, end: date) -> tuple[Check, ...]:
    """What speaks against letting a customer go, what is unknown, and what is clear, in that order.

    Args:
        assessment: the result.
        customer: who is to go.
        end: the day on which the business is to end.
    """
    known = assessment.workshop.customers[customer]
    found = (
        group_check(assessment, customer),
        money_check(assessment.workshop, known),
        contract_check(known, end),
        concentration_check(assessment.workshop, customer),
        BEYOND_FIGURES,
    )
    order = list(Finding)
    return tuple(sorted(found, key=lambda check: order.index(check.finding)))


def group_check(assessment: Assessment, customer: str) -> Check:
    """Whether its parent, a sister or a daughter is a key account."""
    relatives = [key for key in assessment.families.get(customer, ()) if key != customer]
    names = assessment.workshop.customers
    keys = [names[key].name for key in relatives if _is_key(assessment, key)]
    if keys:
        more = [f"{len(keys) - MOST_NAMED:,} more"] if len(keys) > MOST_NAMED else []
        told = listing([*keys[:MOST_NAMED], *more])
        verb = "is a key account" if len(keys) == 1 else "are key accounts"
        return Check(
            Finding.AGAINST, f"{told}, of the same group, {verb}: do not end the business."
        )
    if not relatives:
        unknown = "We know of no other company in its group that buys from us: ask whether one is."
        return Check(Finding.UNKNOWN, unknown)
    return Check(Finding.CLEAR, "No other company of its group is a key account.")


def _is_key(assessment: Assessment, customer: str) -> bool:
    klass = assessment.standings[customer].klass
    return klass is not None and klass.is_key


# --- money: only costs that really end count ------------------------------------------------------


def money_check(workshop: Workshop, customer: Customer) -> Check:
    """Whether more contribution would be lost than cost would end, a year.

    Lost is the margin on its sales; what ends is the avoidable part of the cost to serve, and
    avoidable overhead. Freed capital earns the hurdle, as in `kam.method.exit_case`; where it is
    not known it earns nothing.
    """
    profile = customer.profile
    if profile.revenue is None or profile.margin_pct is None:
        told = "We do not know what it earns: find out its margin; only costs that end count."
        return Check(Finding.UNKNOWN, told)
    lost = profile.revenue * profile.margin_pct / 100
    if lost <= 0:
        return Check(Finding.CLEAR, "It earns nothing, even before what serving it costs.")
    ends = _ends(customer)
    if ends is None:
        return _partly_known(workshop, customer, lost)
    would_go, would_end = (f"{workshop.currency} {amount:,.0f}" for amount in (lost, ends))
    told = f"{would_go} of contribution a year would go, and {would_end} of cost would end"
    earned = _earned(workshop, customer)
    if earned:
        told += f"; freed capital would earn {workshop.currency} {earned:,.0f}"
    if lost > ends + earned:
        return Check(Finding.AGAINST, f"{told}: reprice, do not end the business.")
    return Check(Finding.CLEAR, f"{told}.")


def _earned(workshop: Workshop, customer: Customer) -> float:
    """What the customer's capital would earn elsewhere, a year, at the hurdle; 0 where unknown."""
    return (customer.profile.capital_employed or 0) * workshop.hours_policy.hurdle_pct / 100


def _ends(customer: Customer) -> float | None:
    """Cost a year that would end with the customer; `None` while a part of it is unknown."""
    cost, economics = customer.profile.cost_to_serve, customer.economics
    if cost is None or economics.avoidable_pct is None or economics.avoidable_overhead is None:
        return None
    return cost * economics.avoidable_pct / 100 + economics.avoidable_overhead


def _partly_known(workshop: Workshop, customer: Customer, lost: float) -> Check:
    """What can be said while nobody knows how much cost would end."""
    cost, economics = customer.profile.cost_to_serve, customer.economics
    left = lost - (cost or 0) - (economics.avoidable_overhead or 0)
    if cost is not None and left > 0:
        told = f"It still earns {workshop.currency} {left:,.0f} a year after all that serving it"
        return Check(Finding.AGAINST, f"{told} costs: reprice before you end anything.")
    lacking = {
        "its cost to serve": cost is None,
        "how much of its cost to serve would end": economics.avoidable_pct is None,
        "how much overhead would end": economics.avoidable_overhead is None,
    }
    asked = listing([words for words, missing in lacking.items() if missing])
    would_go = f"{workshop.currency} {lost:,.0f} of contribution a year would go"
    return Check(Finding.UNKNOWN, f"{would_go}; find out {asked}.")


# --- contracts, and the rest ----------------------------------------------------------------------


def contract_check(customer: Customer, end: date) -> Check:
    """Whether we are bound beyond the day on which the business is to end."""
    until = customer.economics.contract_until
    if until is None:
        return Check(Finding.UNKNOWN, "We do not know until when we are bound: read the contract.")
    bound = f"{until.day} {until:%B %Y}"
    if until > end:
        told = f"We are bound until {bound}, after the planned end: move the end, or agree it."
        return Check(Finding.AGAINST, told)
    return Check(Finding.CLEAR, f"We are bound until {bound}, not beyond the planned end.")


def concentration_check(workshop: Workshop, customer: str) -> Check:
    """How far the sales that remain would hang on one customer.

    Customers whose sales are unknown are left out and counted.
    """
    sales = {key: one.profile.revenue for key, one in workshop.customers.items()}
    bought = {key: revenue for key, revenue in sales.items() if revenue is not None and revenue > 0}
    rest = {key: revenue for key, revenue in bought.items() if key != customer}
    if customer not in bought or not rest:
        missing = "its sales" if customer not in bought else "the sales of the others"
        return Check(Finding.UNKNOWN, f"How far the rest hangs on one customer is open: {missing} "
                     "are not known.")  # fmt: skip
    largest = max(rest, key=lambda key: rest[key])
    now, then = (rest[largest] / sum(some.values()) for some in (bought, rest))
    unknown = sum(revenue is None for revenue in sales.values())
    left_out = f" ({unknown:,} with unknown sales left out)" if unknown else ""
    told = (
        f"Without it, {workshop.customers[largest].name} makes {100 * then:.1f} % of our "
        f"sales, {100 * now:.1f} % today{left_out}"
    )
    if then >= CONCENTRATED:
        return Check(Finding.AGAINST, f"{told}: we would hang on few customers.")
    return Check(Finding.CLEAR, f"{told}.")
