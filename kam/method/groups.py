"""Groups judged as one customer: the figures of parent and subsidiaries together.

Money and counts add up. What a group takes and could bring is unknown where it is unknown of one
of its companies: profit of all over the capital of some is nobody's return. Margin, growth and
share are computed anew from the sums, never averaged. What cannot be computed from the companies'
figures (volatility, kept columns of other lists) stays as the group's own company has it, or
unknown.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from statistics import median_low

from kam.edits import RemoveCustomers
from kam.method.capital import capital
from kam.model import Answers, Customer, Economics, Group, LongList, Workshop
from kam.validated import changed

LEDGER = "ledger."  # prefix of the facts that an order ledger gives

# Profile fields that add up over the companies of a group; revenue does as far as it is known.
SUMMED = ("available_spend", "cost_to_serve")

# Of the economics everything adds up but shares, and the end of a contract.
SHARES = ("gain_probability_pct", "avoidable_pct")
SUMMED_ECONOMICS = tuple(
    name for name in Economics.model_fields if name not in {*SHARES, "contract_until"}
)

# Facts of a ledger that add up; an order belongs to one company. Active months do not: two
# companies may buy in the same month, so the group has at least as many as the busiest.
SUMMED_FACTS = ("revenue", "revenue_12m", "revenue_prior_12m", "gross_margin", "cost_to_serve",
                "orders_12m", "lines", "share_of_revenue_pct")  # fmt: skip
WHOLE_FACTS = ("gross_margin", "cost_to_serve")  # unknown where a company of the ledger lacks it
LEAST_FACTS = ("recency_days",)
MOST_FACTS = ("tenure_days", "active_months")


def joined(workshop: Workshop) -> Workshop:
    """The workshop as it is judged: each group one customer with the figures of all its companies.

    The same workshop where no group is judged as one. Scores are the group's own: its members'
    are set aside and come back when it is judged apart. What people said about one of its
    companies, they said about the group.
    """
    if not workshop.groups:
        return workshop
    customers = {
        **workshop.customers,
        **{key: together(workshop, group) for key, group in workshop.groups.items()},
    }
    within = tuple(workshop.within_groups)
    said = said_of_groups(workshop)
    whole = said.model_copy(update={"customers": customers, "groups": {}})
    return RemoveCustomers(customers=within).apply(whole)


def said_of_groups(workshop: Workshop) -> Workshop:
    """The workshop with what was said of a group's companies said of the group.

    Lists name the group once. Of ties the strongest counts. An interest or a vote in the group
    itself comes before those in its companies; of a member's votes on several of them the middle
    one counts, of an even number the lower.
    """
    within = workshop.within_groups
    votes = {
        criterion: _votes_of_groups(of, within) if within.keys() & of else of
        for criterion, of in workshop.votes.items()
    }
    # Every part is a validated noun, or made of parts of one.
    return workshop.model_copy(
        update={
            "votes": votes,
            "answers": _answers_of_groups(workshop.answers, within),
            "long_list": _list_of_groups(workshop.long_list, within),
            "best_relationships": _named(workshop.best_relationships, within),
        }
    )


def _list_of_groups(chosen: LongList | None, within: Mapping[str, str]) -> LongList | None:
    return chosen and changed(chosen, customers=_named(chosen.customers, within))


def _answers_of_groups(answers: Answers, within: Mapping[str, str]) -> Answers:
    ties: dict[str, int] = {}
    for key, tie in answers.ties.strongest.items():
        group = within.get(key, key)
        ties[group] = max(tie, ties.get(group, 0))
    return changed(
        answers,
        gut=changed(
            answers.gut, of={who: _named(one, within) for who, one in answers.gut.of.items()}
        ),
        recalled={
            who: changed(one, customers=_named(one.customers, within))
            for who, one in answers.recalled.items()
        },
        ties=changed(answers.ties, strongest=ties),
        interests={who: _own_first(one, within) for who, one in answers.interests.items()},
    )


def _named(customers: Sequence[str], within: Mapping[str, str]) -> tuple[str, ...]:
    """A list of customers in which a group stands once, where its first company stood."""
    return tuple(dict.fromkeys(within.get(key, key) for key in customers))


def _own_first(reasons: Mapping[str, str], within: Mapping[str, str]) -> dict[str, str]:
    """Reasons by customer; a group's own before the first of its companies."""
    found = {key: why for key, why in reasons.items() if key not in within}
    for key, why in reasons.items():
        found.setdefault(within.get(key, key), why)
    return found


def _votes_of_groups(
    of: Mapping[str, Mapping[str, int]], within: Mapping[str, str]
) -> dict[str, dict[str, int]]:
    """The votes of one criterion by customer and member, each group's with its companies'."""
    cast: dict[str, dict[str, list[int]]] = {}
    for customer, by in of.items():
        for member, step in by.items() if customer in within else ():
            cast.setdefault(within[customer], {}).setdefault(member, []).append(step)
    middle = {
        group: {member: median_low(steps) for member, steps in by.items()}
        for group, by in cast.items()
    }
    own = {customer: by for customer, by in of.items() if customer not in within}
    return {**middle, **{key: {**middle.get(key, {}), **by} for key, by in own.items()}}


def together(workshop: Workshop, group: Group) -> Customer:
    """The customer that stands for a group, with the figures of all its companies.

    A company of which no figure is known, like a holding that only holds, counts with nothing.
    """
    own, *members = (workshop.customers[key] for key in (group.id, *group.members))
    return _added_up(own, [one for one in (own, *members) if has_figures(one)], _whole)


def has_figures(customer: Customer) -> bool:
    """Whether anything is known of what a customer buys, takes or could bring."""
    profile = customer.profile
    stated = ("revenue", "margin_pct", "capital_employed", *SUMMED)
    figures = [getattr(profile, name) for name in stated]
    told = any(one is not None for one in figures) or customer.economics != Economics()
    return told or any(fact.startswith(LEDGER) for fact in customer.facts)


def combined(every: Sequence[Customer]) -> Customer:
    """One customer from its entries: what one of them lacks, another may know."""
    return _added_up(every[0], every, _sum)


Adding = Callable[[Iterable[float | None]], float | None]


def _added_up(own: Customer, every: Sequence[Customer], add: Adding) -> Customer:
    """`own` with the figures of every customer; of a ledger only what adds up."""
    revenues = [one.profile.revenue for one in every]
    profile = changed(
        own.profile,
        revenue=_sum(revenues),
        **{name: add(getattr(one.profile, name) for one in every) for name in SUMMED},
        capital_employed=add(capital(one).amount for one in every),
        margin_pct=None if add(revenues) is None else _margin(every),
    )
    kept = {key: value for key, value in own.facts.items() if not key.startswith(LEDGER)}
    economics = _economics(every, add)
    return changed(own, profile=profile, economics=economics, facts={**kept, **_facts(every)})


def _economics(every: Sequence[Customer], add: Adding) -> Economics:
    """What all companies take and could bring; shares weighted by what they are shares of."""
    known = [one.economics for one in every]
    costs = [one.profile.cost_to_serve for one in every]
    contracts = [one.contract_until for one in known if one.contract_until]
    return changed(
        Economics(),
        **{name: add(getattr(one, name) for one in known) for name in SUMMED_ECONOMICS},
        gain_probability_pct=_share(
            [one.gain_probability_pct for one in known], [one.gain for one in known]
        ),
        avoidable_pct=_share([one.avoidable_pct for one in known], costs),
        contract_until=max(contracts, default=None),
    )


def _share(shares: Sequence[float | None], of: Sequence[float | None]) -> float | None:
    """The share of the whole, %; unknown where a company with an amount has none."""
    parts = [(share, amount) for share, amount in zip(shares, of, strict=True) if amount]
    if any(share is None for share, _ in parts):
        return None
    whole = sum(amount for _, amount in parts)
    return sum((share or 0) * amount for share, amount in parts) / whole if whole > 0 else None


def _sum(figures: Iterable[float | None]) -> float | None:
    """The sum of the known figures; unknown where none is known."""
    known = [figure for figure in figures if figure is not None]
    return sum(known) if known else None


def _whole(figures: Iterable[float | None]) -> float | None:
    """The sum of all figures; unknown where one is, or there is none."""
    every = tuple(figures)
    return None if None in every else _sum(every)


def _margin(every: Sequence[Customer]) -> float | None:
    """Margin in % of the revenue of all; unknown where a company that buys has none."""
    buying = [one.profile for one in every if one.profile.revenue]
    if any(profile.margin_pct is None for profile in buying):
        return None
    revenue = sum(profile.revenue or 0 for profile in buying)
    earned = sum((profile.revenue or 0) * (profile.margin_pct or 0) for profile in buying)
    return earned / revenue if revenue > 0 else None


def _facts(every: Sequence[Customer]) -> dict[str, float]:
    """The ledger facts of a group; only those that its companies' figures give."""
    found: dict[str, float | None] = {}
    ways: tuple[tuple[tuple[str, ...], Callable[[Iterable[float]], float]], ...] = (
        (SUMMED_FACTS, sum),
        (LEAST_FACTS, min),
        (MOST_FACTS, max),
    )
    in_ledger = sum(any(fact.startswith(LEDGER) for fact in one.facts) for one in every)
    for names, way in ways:
        for name in names:
            known = [one.facts[LEDGER + name] for one in every if LEDGER + name in one.facts]
            whole = name not in WHOLE_FACTS or len(known) == in_ledger
            found[name] = way(known) if known and whole else None
    found["growth_pct"] = _growth(found.get("revenue_12m"), found.get("revenue_prior_12m"))
    found["margin_pct"] = _ledger_margin(every, found)
    return {LEDGER + name: value for name, value in found.items() if value is not None}


def _growth(now: float | None, before: float | None) -> float | None:
    return 100 * (now - before) / before if now is not None and before and before > 0 else None


def _ledger_margin(every: Sequence[Customer], found: Mapping[str, float | None]) -> float | None:
    """Margin in % from the sums; unknown where a company with revenue has no margin."""
    buying = [one.facts for one in every if one.facts.get(f"{LEDGER}revenue_12m")]
    revenue, earned = found["revenue_12m"], found["gross_margin"]
    if any(f"{LEDGER}gross_margin" not in facts for facts in buying):
        return None
    return 100 * earned / revenue if earned is not None and revenue and revenue > 0 else None
