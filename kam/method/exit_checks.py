"""What to check before a customer is let go, each in a sentence (method.md 10, L3)."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from itertools import islice

from kam.method.assessment import Assessment
from kam.method.capital import capital
from kam.method.concentration import by_group
from kam.method.values import listing
from kam.model import Class, Customer, Plan, Workshop

CONCENTRATED = 0.25  # share of sales with one customer from which it weighs on all others [D]
MORE = 0.01  # share of sales that an exit must add to a concentration to weigh against it [D]
LETTING_GO = "letting it go would cost"
NO_PARTNER = "partner not named"  # stands in the rung that hands over, until somebody names one
MOST_NAMED = 3  # relatives in one sentence; more are counted


class Finding(StrEnum):
    """What a check says of an exit."""

    AGAINST = "against"
    UNKNOWN = "unknown"
    CLEAR = "clear"


@dataclass(frozen=True)
class Check:
    """One thing to check, and what was found.

    Attributes:
        words: a sentence, with what to do about it.
        loss: of money, what the exit would cost a year, in words; empty where it costs nothing.
    """

    finding: Finding
    words: str
    loss: str = field(default="", compare=False)


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
        concentration_check(assessment, (customer,)),
        BEYOND_FIGURES,
    )
    order = list(Finding)
    return tuple(sorted(found, key=lambda check: order.index(check.finding)))


def exit_gaps(assessment: Assessment, plan: Plan) -> tuple[str, ...]:
    """What speaks against a managed exit that is running, and what it lacks; words, in order.

    An exit may have been right when it was saved: since then a company of its group may have
    become key, or it may have begun to pay. What to do about it stands in `exit_checks`. Empty for
    any other plan, and for customers that are not judged by themselves.
    """
    known = assessment.workshop.customers.get(plan.customer)
    if plan.template != "L3" or plan.outcome is not None or known is None:
        return ()
    checks = [group_check(assessment, plan.customer), money_check(assessment.workshop, known)]
    if plan.deadline is not None:
        checks.append(contract_check(known, plan.deadline))
    against = [one.words.rpartition(":")[0] for one in checks if one.finding is Finding.AGAINST]
    unnamed = any(NO_PARTNER in one.text for one in plan.actions)
    return (*against, *([NO_PARTNER] if unnamed else []))


def group_check(assessment: Assessment, customer: str) -> Check:
    """Whether its parent, a sister or a daughter is a key account, or may become one.

    A company that is judged within it goes with it.
    """
    related = len(assessment.families.get(customer, ())) > 1
    found = _of_relatives(assessment, customer) if related else None
    if found is not None:
        return found
    within = assessment.companies.get(customer, ())
    if within:
        gone = f"{_some(within, len(within))}, judged as one with it, would go too"
        told = f"{gone}: check {'it' if len(within) == 1 else 'them'} as well."
        return Check(Finding.UNKNOWN, told)
    if related:
        return Check(Finding.CLEAR, "No other company of its group is a key account.")
    unknown = "We know of no other company in its group that buys from us: ask whether one is."
    return Check(Finding.UNKNOWN, unknown)


def _of_relatives(assessment: Assessment, customer: str) -> Check | None:
    """What its relatives say against an exit; `None` where they say nothing."""
    count, keys = _relatives(assessment, customer, (Class.KEY_STRATEGIC, Class.KEY_CORE))
    if keys:
        verb = "is a key account" if count == 1 else "are key accounts"
        return Check(Finding.AGAINST, f"{keys}, {verb}: do not end the business.")
    _, soon = _relatives(assessment, customer, (Class.STRATEGIC,))
    if soon:
        return Check(Finding.UNKNOWN, f"{soon}, may become key: decide on both together.")
    return None


def _relatives(assessment: Assessment, customer: str, classes: Sequence[Class]) -> tuple[int, str]:
    """How many other companies of its group have one of these classes, and which, in words.

    "Bay, Cob, Dew and 2 more, of the same group"; a group may have thousands of companies.
    """
    of = assessment.family_classes[assessment.families[customer][0]]
    held = [of.get(klass, ()) for klass in classes]
    count = sum(map(len, held)) - (assessment.standings[customer].klass in classes)
    others = (key for keys in held for key in keys if key != customer)
    names = [assessment.workshop.customers[key].name for key in islice(others, MOST_NAMED)]
    return count, f"{_some(names, count)}, of the same group" if count else ""


def _some(names: Sequence[str], count: int) -> str:
    """The first names, and how many more there are of `count`."""
    more = [f"{count - MOST_NAMED:,} more"] if count > MOST_NAMED else []
    return listing([*names[:MOST_NAMED], *more])


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
    if earned > 0:
        told += f"; freed capital would earn {workshop.currency} {earned:,.0f}"
    elif earned < 0:
        told += f"; to replace what it advances us would cost {workshop.currency} {-earned:,.0f}"
    if lost > ends + earned:
        loss = f"{LETTING_GO} {workshop.currency} {lost - ends - earned:,.0f} a year"
        return Check(Finding.AGAINST, f"{told}: reprice, do not end the business.", loss)
    return Check(Finding.CLEAR, f"{told}.")


def _earned(workshop: Workshop, customer: Customer) -> float:
    """What the customer's capital would earn elsewhere, a year, at the hurdle; 0 where unknown."""
    return (capital(customer).amount or 0) * workshop.hours_policy.hurdle_pct / 100


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
    earned = max(0.0, _earned(workshop, customer))
    if cost is not None and left > earned:
        earns = f"{workshop.currency} {left:,.0f} a year"
        told = f"It still earns {earns} after all that serving it costs"
        loss = f"{LETTING_GO} at least {workshop.currency} {left - earned:,.0f} a year"
        return Check(Finding.AGAINST, f"{told}: reprice before you end anything.", loss)
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
    day = f"{until.day} {until:%B %Y}"
    if until > end:
        told = f"We are bound until {day}, after the planned end: move the end, or agree it."
        return Check(Finding.AGAINST, told)
    return Check(Finding.CLEAR, f"The contract we know of ends on {day}, by the planned end.")


def concentration_check(assessment: Assessment, leaving: Collection[str]) -> Check:
    """How far the sales that remain would hang on one customer once all of these have left.

    The companies of a group are one customer. Customers whose sales are unknown are left out and
    counted.
    """
    sales = {key: one.profile.revenue for key, one in assessment.workshop.customers.items()}
    bought = {key: revenue for key, revenue in sales.items() if revenue is not None and revenue > 0}
    rest = {key: revenue for key, revenue in bought.items() if key not in leaving}
    lacking = ""
    if all(sales[key] is None for key in leaving):
        lacking = "its sales are" if len(leaving) == 1 else "their sales are"
    elif not rest:
        lacking = "the sales of the others are"
    if lacking:
        told = f"How far the rest hangs on one customer is open: {lacking} not known."
        return Check(Finding.UNKNOWN, told)
    unknown = sum(revenue is None for revenue in sales.values())
    left_out = f" ({unknown:,} with unknown sales left out)" if unknown else ""
    largest, now, then = _largest(assessment, bought, rest)
    told = (
        f"Without {'it' if len(leaving) == 1 else 'them'}, {largest} makes {100 * then:.1f} % of "
        f"our sales, {100 * now:.1f} % today{left_out}"
    )
    if _weighs(now, then):
        return Check(Finding.AGAINST, f"{told}: we would hang on few customers.")
    return Check(Finding.CLEAR, f"{told}.")


def _weighs(now: float, then: float) -> bool:
    """Whether exits carry a share over the mark, or add to one that lies above it."""
    return then >= CONCENTRATED and (now < CONCENTRATED or then - now >= MORE - 1e-9)


def _largest(
    assessment: Assessment, bought: Mapping[str, float], rest: Mapping[str, float]
) -> tuple[str, float, float]:
    """Who would have most of the rest, in words, and its share (0-1) today and then."""
    group_of = {key: members[0] for key, members in assessment.families.items()}
    after = by_group(rest, group_of)
    largest = max(after, key=lambda key: after[key])
    name = assessment.workshop.customers[largest].name
    own = group_of.get(largest, largest)
    today = [revenue for key, revenue in bought.items() if group_of.get(key, key) == own]
    called = f"the group of {name}" if len(today) > 1 else name
    return called, sum(today) / sum(bought.values()), after[largest] / sum(rest.values())
