"""Scores from figures that customers already have: profile fields and facts."""

from collections.abc import Mapping

from kam import acceptance
from kam.method.groups import joined
from kam.model import Criterion, Customer, Score, Workshop

PROFILE_FIGURES = {
    # profile field -> what it is called where a criterion may take its levels from it
    "revenue": "Revenue, last 12 months",
    "own_revenue": "Its own revenue",
    "available_spend": "Three-year available spend",
    "margin_pct": "Margin, %",
    "cost_to_serve": "Cost to serve",
    "capital_employed": "Capital employed",
}


def figures(workshop: Workshop) -> dict[str, str]:
    """Every column that a criterion may take its levels from: key -> name, source included."""
    facts = {
        key: kind.label if _says(kind.label, kind.unit) else f"{kind.label}, {kind.unit}"
        for key, kind in workshop.fact_kinds.items()
    }
    return {**facts, **PROFILE_FIGURES}


def _says(label: str, unit: str) -> bool:
    """Whether a name says its unit already: days since the last order are days."""
    return set(unit.casefold().split()) <= set(label.casefold().replace(",", " ").split())


def figure(customer: Customer, column: str) -> float | None:
    """One customer's figure in a column; `None` when unknown. Facts come before the profile."""
    if column in customer.facts:
        return customer.facts[column]
    value = getattr(customer.profile, column, None) if column in PROFILE_FIGURES else None
    return float(value) if isinstance(value, int | float) else None


def scores_from_figures(workshop: Workshop) -> dict[str, dict[str, Score]]:
    """Scores that the customers' figures give, by complete criterion, where they say more.

    A score that stands already with the same level is left out, so that an empty result means
    that nothing would change. Unknown figures leave scores as they are. A group that is judged
    as one has the figures of all its companies.
    """
    workshop = joined(workshop)
    found = {
        key: _new_scores(workshop, criterion)
        for key, criterion in workshop.criteria.items()
        if criterion.column and not acceptance.gaps(criterion)
    }
    return {key: scores for key, scores in found.items() if scores}


def _new_scores(workshop: Workshop, criterion: Criterion) -> dict[str, Score]:
    before: Mapping[str, Score] = workshop.scores.get(criterion.id, {})
    kind = workshop.fact_kinds.get(criterion.column)
    note = kind.origin if kind else "profile"
    scores = {}
    for key, customer in workshop.customers.items():
        level = figure(customer, criterion.column)
        if level is not None and (key not in before or before[key].value != level):
            scores[key] = Score(value=level, note=note)
    return scores
