"""What feeds a criterion's scores: the figure with its unit, period and coverage, in one sentence.

And whether it is in the unit of the criterion's scale: EUR 66,139 is no level of a scale in %.
"""

import re
from collections import Counter
from collections.abc import Mapping
from typing import NamedTuple

from kam.method.evidence import PROFILE_FIGURES, figure
from kam.method.ledger_figures import copied_from
from kam.model import Criterion, Customer, FactKind, Workshop

# What the figures of a profile are called where their unit stands beside them.
_PERCENT = {"margin_pct": ("Margin", "% of revenue")}

_SIGNS = {"€": "eur", "$": "usd", "£": "gbp", "percent": "%", "per cent": "%"}
# A year's figure may be called one of a year.
_A_YEAR = re.compile(r"(/| a | per )(year|annum)$|p\. ?a\.$")

TYPED = "typed by hand or from a list"


class Fed(NamedTuple):
    """The figures that a criterion names as its levels.

    Attributes:
        label: what they are called.
        unit: "" where nobody has said it.
        lowest, highest: of the known figures; 0 where there is none.
    """

    label: str
    unit: str
    lowest: float
    highest: float


def fed_by(workshop: Workshop, column: str) -> Fed | None:
    """The figures in a column; `None` where nothing is known by that name."""
    named = _label_and_unit(workshop, column)
    if named is None:
        return None
    levels = [figure(one, column) for one in workshop.customers.values()]
    known = [level for level in levels if level is not None]
    return Fed(*named, min(known, default=0.0), max(known, default=0.0))


def customer_sentence(workshop: Workshop, customer: Customer, column: str) -> str:
    """One customer's figure with unit, period, coverage and source; "" where it has none."""
    named, value = _label_and_unit(workshop, column), figure(customer, column)
    if named is None or value is None:
        return ""
    what = f"{named[0]}: {figure_words(value)} {named[1]}".strip()
    return "; ".join((what, *rests_on(workshop, column, _kind(workshop, customer, column))))


def column_sentence(workshop: Workshop, column: str) -> str:
    """What the figures in a column are, with unit, periods, coverage and sources; "" for none."""
    named = _label_and_unit(workshop, column)
    if named is None:
        return ""
    label, unit = named
    sources = _sources(workshop, column)
    told = ["; ".join(rests_on(workshop, column, kind)) for kind in sources]
    if len(sources) > 1:
        told = [f"For {n:,}: {part}" for part, n in zip(told, sources.values(), strict=True)]
    return ". ".join((f"{label}, {unit or 'unit not known'}", *told))


def same_unit(figures: str, scale: str) -> bool:
    """Whether figures are levels of a scale as they stand, as far as the units' words tell."""
    return _plain_unit(figures) == _plain_unit(scale)


def figure_words(value: float) -> str:
    """A figure as people write it: 66,139 and 12.5, never 6.6e+04."""
    return f"{value:,.0f}" if abs(value) >= 1000 else f"{value:,.4g}"


def range_words(fed: Fed) -> str:
    """From the lowest to the highest of the known figures, with their unit."""
    ends = dict.fromkeys((figure_words(fed.lowest), figure_words(fed.highest)))
    return f"{' to '.join(ends)} {fed.unit}".strip()


def scale_words(criterion: Criterion) -> str:
    """The ends of a criterion's scale with its unit."""
    ends = sorted({criterion.anchors[0], criterion.anchors[-1]}) if criterion.anchors else []
    return f"{' to '.join(map(figure_words, ends))} {criterion.unit}".strip()


def _label_and_unit(workshop: Workshop, column: str) -> tuple[str, str] | None:
    if kind := workshop.fact_kinds.get(column):
        return kind.label, kind.unit
    if column in _PERCENT:
        return _PERCENT[column]
    if column in PROFILE_FIGURES:
        return PROFILE_FIGURES[column], workshop.currency
    return None


def _kind(workshop: Workshop, customer: Customer, column: str) -> FactKind | None:
    """Where a customer's figure comes from; `None` for what was typed, or came in a list."""
    fact = column if column in customer.facts else copied_from(customer, column)
    return workshop.fact_kinds.get(fact or "")


def _sources(workshop: Workshop, column: str) -> Mapping[FactKind | None, int]:
    """Where the figures of a column come from, and of how many customers."""
    if kind := workshop.fact_kinds.get(column):
        return {kind: 1}
    having = [one for one in workshop.customers.values() if figure(one, column) is not None]
    return Counter(_kind(workshop, one, column) for one in having)


def rests_on(workshop: Workshop, column: str, kind: FactKind | None) -> tuple[str, ...]:
    """Period, coverage and source of a figure, as far as they are known."""
    coverage = kind.coverage if kind else ""
    if not coverage:
        levels = [figure(one, column) for one in workshop.customers.values()]
        count = len(levels) - levels.count(None)
        coverage = f"known for {count:,} of {len(levels):,} customers"
    if kind is None:
        return coverage, TYPED
    origin = f"from {kind.origin}" if kind.origin else ""
    return tuple(part for part in (kind.period, coverage, origin) if part)


def _plain_unit(unit: str) -> str:
    """A unit without case, spaces, signs of currencies, and "a year"."""
    plain = unit.casefold().strip()
    for sign, word in _SIGNS.items():
        plain = plain.replace(sign, word)
    return re.sub(r"[\s.]", "", _A_YEAR.sub("", plain))
