"""What an order ledger says beside a score that it does not feed.

A criterion of the catalogue has a column of its own, which no ledger fills. Where a ledger knows
something that means the same, or nearly, that is evidence for the score or against it.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

from kam.method.assessment import Assessment
from kam.method.criteria_review import NAMED
from kam.method.fed_by import rests_on, same_unit
from kam.method.groups import LEDGER
from kam.method.ledger_figures import copied_from
from kam.method.scores import raw_levels
from kam.method.values import listing, spoken, values
from kam.model import Criterion, Customer, Workshop

FAR = 2.5  # value points, a step between two anchors: a difference from which it is told [D]

REVENUE, MARGIN, GROWTH = f"{LEDGER}revenue_12m", f"{LEDGER}margin_pct", f"{LEDGER}growth_pct"
GROSS, SERVING = f"{LEDGER}gross_margin", f"{LEDGER}cost_to_serve"


class Measure(NamedTuple):
    """A measure of a ledger that means what a criterion asks for, or nearly.

    Attributes:
        label: what it is called.
        unit: "" is the workshop's currency.
        fact: the fact whose period and coverage are its own.
        meaning: how it differs from what the criterion means, in a sentence; "" where it does not.
        read: one customer's level; `None` where the ledger does not tell it.
        compared: whether a score that lies far from it needs a look.
    """

    label: str
    unit: str
    fact: str
    meaning: str
    read: Callable[[Customer], float | None]
    compared: bool = True


class Beside(NamedTuple):
    """One customer's measure beside its score.

    Attributes:
        level: in the measure's unit.
        told: the level with its unit and period, and how its meaning differs.
        rests_on: its coverage and source.
        score: the level of the score; `None` where there is none.
        far: whether the two are levels of one scale and lie at least a step apart on it.
    """

    measure: Measure
    level: float
    told: str
    rests_on: str
    score: float | None
    far: bool


class Apart(NamedTuple):
    """A score that lies at least a step from what the ledger says."""

    customer: str
    criterion: str
    score: float
    level: float


def _of_revenue(customer: Customer, amount: float | None) -> float | None:
    """An amount of the last twelve months in % of their revenue; `None` without any."""
    revenue = customer.facts.get(REVENUE)
    return None if amount is None or not revenue or revenue <= 0 else 100 * amount / revenue


def _net_margin(customer: Customer) -> float | None:
    earned, serving = customer.facts.get(GROSS), customer.facts.get(SERVING)
    if earned is None or serving is None:
        return None
    return _of_revenue(customer, earned - serving)


def _serving(customer: Customer) -> float | None:
    return _of_revenue(customer, customer.facts.get(SERVING))


def _fact(key: str) -> Callable[[Customer], float | None]:
    return lambda customer: customer.facts.get(key)


_NET_MARGIN = (
    Measure(
        "Margin after cost to serve",
        "% of revenue",
        SERVING,
        "Rebates that are no line of the ledger are still in it.",
        _net_margin,
    ),
    Measure(
        "Margin",
        "% of revenue",
        MARGIN,
        "It is before cost to serve, which the criterion takes off.",
        _fact(MARGIN),
    ),
)
_SERVING = (Measure("Cost to serve", "% of revenue", SERVING, "", _serving),)
_GROWTH = (
    Measure(
        "Growth of revenue",
        "%",
        GROWTH,
        "It looks back, on what was bought from us; the criterion looks ahead, on all that is "
        "bought from anybody.",
        _fact(GROWTH),
        compared=False,  # a forecast may well turn away from the past
    ),
)
_SHARE = (
    Measure(
        "Revenue in the last 12 months",
        "",
        REVENUE,
        "It is our part alone; what is bought from others is in no ledger of ours.",
        _fact(REVENUE),
        compared=False,
    ),
)

# Criterion of the catalogue, by the column of its figures and by its id -> measures of a ledger,
# the nearest in meaning first.
MEASURES: Mapping[str, tuple[Measure, ...]] = {
    **dict.fromkeys(("net_margin_pct", "A04"), _NET_MARGIN),
    **dict.fromkeys(("cost_to_serve_pct", "A06"), _SERVING),
    **dict.fromkeys(("spend_growth_pct", "A03"), _GROWTH),
    **dict.fromkeys(("share_of_wallet_pct", "S01"), _SHARE),
}


def beside(workshop: Workshop, criterion: Criterion, customer: str) -> Beside | None:
    """What the ledger says beside one score; `None` where it says nothing, or feeds the score.

    Args:
        workshop: as it is judged, each group one customer (`kam.method.groups.joined`).
        criterion: one of its criteria.
        customer: the id of one of its customers.
    """
    known = workshop.customers.get(customer)
    if known is None:
        return None
    score = workshop.scores.get(criterion.id, {}).get(customer)
    level = score.value if score else raw_levels(workshop, criterion).get(customer)
    return _beside(workshop, criterion, known, level)


def _beside(
    workshop: Workshop, criterion: Criterion, customer: Customer, score: float | None
) -> Beside | None:
    found = _first(criterion, customer)
    if found is None:
        return None
    measure, level = found
    far = _is_far(criterion, measure, score, level)
    return Beside(measure, level, *_told(workshop, measure, level), score, far)


def _first(criterion: Criterion, customer: Customer) -> tuple[Measure, float] | None:
    """The nearest measure that is known of a customer, unless its figure feeds the criterion."""
    for measure in _measures(criterion):
        if measure.fact in {criterion.column, copied_from(customer, criterion.column)}:
            return None
        level = measure.read(customer)
        if level is not None:
            return measure, level
    return None


def _measures(criterion: Criterion) -> tuple[Measure, ...]:
    return MEASURES.get(criterion.column) or MEASURES.get(criterion.id, ())


def _told(workshop: Workshop, measure: Measure, level: float) -> tuple[str, str]:
    """The level with its unit and period, and how its meaning differs; coverage and source."""
    unit = measure.unit or workshop.currency
    period, *others = rests_on(workshop, measure.fact, workshop.fact_kinds.get(measure.fact))
    told = f"{measure.label} in the ledger: {spoken(level)} {unit}; {period}. {measure.meaning}"
    return told.rstrip(), "; ".join(others)


def _is_far(criterion: Criterion, measure: Measure, score: float | None, level: float) -> bool:
    if score is None or criterion.anchors is None or not measure.compared:
        return False
    if not same_unit(measure.unit, criterion.unit):
        return False
    worth = values([score, level], criterion.anchors)
    return bool(abs(worth[0] - worth[1]) >= FAR)


def far_words(found: Beside) -> str:
    """That a score lies far from what the ledger says, in a sentence; "" where it does not."""
    if not found.far or found.score is None:
        return ""
    return f"The score, {spoken(found.score)}, is a step of the scale or more away from this."


def column_words(workshop: Workshop, criterion: Criterion) -> str:
    """What a ledger says beside a whole criterion, with period and coverage; "" for nothing."""
    for measure in _measures(criterion):
        if measure.fact == criterion.column:
            return ""
        if any(measure.read(one) is not None for one in workshop.customers.values()):
            kind, unit = workshop.fact_kinds.get(measure.fact), measure.unit or workshop.currency
            told = "; ".join(rests_on(workshop, measure.fact, kind))
            return f"{measure.label}, {unit}. {told}. {measure.meaning}".rstrip()
    return ""


def apart(result: Assessment) -> tuple[Apart, ...]:
    """The scores of judged customers that lie far from what the ledger says, in the one order."""
    return tuple(_apart(result))


def apart_words(result: Assessment) -> str:
    """How many scores lie far from what the ledger says, the first by name; "" for none."""
    found = apart(result)
    if not found:
        return ""
    rest = [f"{len(found) - NAMED:,} more"] if len(found) > NAMED else []
    told = listing([*(_named(result.workshop, one) for one in found[:NAMED]), *rest])
    lie = "1 score lies" if len(found) == 1 else f"{len(found):,} scores lie"
    return f"{lie} a step of the scale or more away from what the ledger says: {told}."


def _named(workshop: Workshop, one: Apart) -> str:
    customer, criterion = workshop.customers[one.customer], workshop.criteria[one.criterion]
    score, level = spoken(one.score), spoken(one.level)
    return f"{customer.name} ({criterion.name} {score}, ledger {level})"


def _apart(result: Assessment) -> Iterator[Apart]:
    workshop = result.workshop
    spoken_of = [key for key in result.valued.criteria if _measures(workshop.criteria[key])]
    for customer in result.judged if spoken_of else ():
        for key in spoken_of:
            score = workshop.scores.get(key, {}).get(customer)
            criterion, known = workshop.criteria[key], workshop.customers[customer]
            found = _first(criterion, known) if score else None
            if score and found and _is_far(criterion, found[0], score.value, found[1]):
                yield Apart(customer, key, score.value, found[1])
