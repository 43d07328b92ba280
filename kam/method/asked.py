"""The traps whose figures a workshop was asked for: fame, noise, friendship, kindness.

What members said in private is read only where at least three of them answered, and leaves this
module as one figure a customer (method.md section 8, screens.md 3.3).
"""

from collections.abc import Mapping
from math import isfinite
from statistics import fmean, median

from kam.method.assessment import ENOUGH_MEMBERS, Assessment
from kam.method.groups import LEDGER
from kam.method.polls import demand_index, halo, mentions
from kam.method.pool import MARGIN, REVENUE, Pool
from kam.method.scores import value_of_step
from kam.method.traps import (
    Finding,
    Trap,
    best_known,
    executives_friends,
    managers_favourites,
    most_demanding,
    trap_report,
)
from kam.method.values import listing
from kam.model import Customer

Cells = dict[str, list[float]]  # customer -> values 0-10 of the cells that were voted on


def full_report(result: Assessment) -> tuple[Finding, ...]:
    """What every trap check found whose figures are there; the largest revenue first."""
    return trap_report(result, asked(result))


def asked(result: Assessment) -> tuple[Trap, ...]:
    """The traps of fame, noise, friendship and kindness; one that nobody told of has no figures.

    Fame is there twice where members recalled names and a figure was chosen as well.
    """
    return (*fame(result), noise(result), friendship(result), kindness(result))


# --- fame -----------------------------------------------------------------------------------------


def fame(result: Assessment) -> tuple[Trap, ...]:
    """The best known by what members recalled, and by the figure that the team chose."""
    return (_recalled(result), _aware(result))


def _recalled(result: Assessment) -> Trap:
    """Who came to mind; nothing while fewer than three members wrote names down."""
    recalled = result.workshop.answers.recalled.values()
    source = f"Written down by {len(recalled)} members before the list was shown"
    if len(recalled) < ENOUGH_MEMBERS:
        return best_known({}, source)
    lists = [one.customers for one in recalled]
    return best_known(mentions(lists, result.workshop.customers), source, ())


def _aware(result: Assessment) -> Trap:
    """Who is best known by the figure that the team chose for it."""
    fact = result.workshop.trap_figures.awareness
    if fact is None:
        return best_known({}, "")
    return best_known(_facts(result, fact), _told(result, fact), (fact,))


# --- noise ----------------------------------------------------------------------------------------


def noise(result: Assessment) -> Trap:
    """Who demands most for what it brings, by the figures that the team chose for it.

    Set against the customers on the long list, and only against those.
    """
    chosen = result.workshop.trap_figures.demands
    brings = _listed(result, contribution(result))
    index = demand_index([_facts(result, fact) for fact in chosen], brings)
    each = listing([_told(result, fact) for fact in chosen]) if chosen else ""
    return most_demanding(index, f"{each}, each for {brings_words(result)}", chosen)


def contribution(result: Assessment) -> dict[str, float]:
    """What each customer brings in a year, currency: gross margin less cost to serve.

    Gross margin is the ledger's, else revenue times margin. Where the cost of serving nobody is
    known it is the gross margin alone; else who has no such figure is unknown, never free to serve.
    """
    margins = dict(_known(result, MARGIN))
    costs = _costs(result)
    if not costs:
        return margins
    return {key: margins[key] - cost for key, cost in costs.items() if key in margins}


def brings_words(result: Assessment) -> str:
    """What a contribution is made of here, inside a sentence."""
    if _costs(result):
        return "what the customer brings: its margin less the cost of serving it"
    return "the margin that the customer brings; what it costs to serve is not known"


def net_margin(result: Assessment) -> dict[str, float]:
    """What each customer brings, in % of its revenue; only where there is revenue."""
    revenue = dict(_known(result, REVENUE))
    brings = contribution(result)
    return {k: 100 * one / revenue[k] for k, one in brings.items() if revenue.get(k, 0) > 0}


def demand_multiples(result: Assessment) -> dict[str, float]:
    """How many times as much each customer demands for what it brings as the middle customer.

    Of those on the long list. The mean over the chosen demands; one of which the middle customer
    makes none is left out.
    """
    brings = _listed(result, contribution(result))
    found: dict[str, list[float]] = {}
    for fact in result.workshop.trap_figures.demands:
        demands = _facts(result, fact)
        each = {k: one / brings[k] for k, one in demands.items() if brings.get(k, 0) > 0}
        middle = median(each.values()) if each else 0.0
        for key, one in each.items() if middle > 0 else ():
            found.setdefault(key, []).append(one / middle)
    return {key: fmean(multiples) for key, multiples in found.items()}


def _costs(result: Assessment) -> dict[str, float]:
    """The cost of serving each customer, currency a year; of the ledger before the profile."""
    found = {key: _cost(one) for key, one in result.workshop.customers.items()}
    return {key: cost for key, cost in found.items() if cost is not None}


def _cost(customer: Customer) -> float | None:
    return customer.facts.get(f"{LEDGER}cost_to_serve", customer.profile.cost_to_serve)


# --- friendship and kindness ----------------------------------------------------------------------


def friendship(result: Assessment) -> Trap:
    """To whom our executives are closest; nothing unless asked, and answered by three or more."""
    ties = result.workshop.answers.ties
    enough = ties.asked and ties.answers >= ENOUGH_MEMBERS
    strongest = {key: float(tie) for key, tie in ties.strongest.items()} if enough else {}
    return executives_friends(strongest, f"The strongest tie that any of {ties.answers} people has")


def kindness(result: Assessment) -> Trap:
    """How far each customer's own manager scores it above the others (method.md 8.6)."""
    own, others = _sides(result)
    source = "Votes on scores: the customer’s owner against everybody else, on the same criteria"
    return managers_favourites(halo(own, others), source)


def _sides(result: Assessment) -> tuple[Cells, Cells]:
    """The values of customers' own managers, and of everybody else, on the same cells.

    A cell counts only where the owner and at least two others voted, so that nobody's vote can be
    told. The owner is the member whose name the profile names, capitals aside.
    """
    members = {one.name.casefold(): key for key, one in result.workshop.members.items()}
    own: Cells = {}
    others: Cells = {}
    for of in result.workshop.votes.values():
        for customer, cast in of.items():
            owner = members.get(result.workshop.customers[customer].profile.owner.casefold())
            if owner in cast and len(cast) >= ENOUGH_MEMBERS:
                for member, step in cast.items():
                    side = own if member == owner else others
                    side.setdefault(customer, []).append(value_of_step(step))
    return own, others


# --- reading the workshop -------------------------------------------------------------------------


def _facts(result: Assessment, fact: str) -> dict[str, float]:
    """One fact by customer; who has none is absent."""
    customers = result.workshop.customers.items()
    return {key: one.facts[fact] for key, one in customers if fact in one.facts}


def _listed(result: Assessment, figures: Mapping[str, float]) -> dict[str, float]:
    """The figures of the customers on the long list."""
    return {key: one for key, one in figures.items() if key in result.judged}


def _told(result: Assessment, fact: str) -> str:
    """A fact's name and where it is from."""
    kind = result.workshop.fact_kinds.get(fact)
    if kind is None:
        return fact
    return f"{kind.label} ({kind.origin})" if kind.origin else kind.label


def _known(result: Assessment, measure: str) -> Mapping[str, float]:
    """A measure of the pool by customer; who has none is absent."""
    pool = Pool(result.workshop)
    figures = zip(pool.customers, pool.figures(measure).tolist(), strict=True)
    return {key: figure for key, figure in figures if isfinite(figure)}
