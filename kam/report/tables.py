"""A result as pandas frames: what charts draw, what tables show, what files hold."""

from collections.abc import Container, Iterable, Mapping
from datetime import date
from itertools import count

import numpy as np
import pandas as pd

from kam.method.assessment import Assessment, Standing
from kam.method.borderline import confirmed_words
from kam.method.capital import capital
from kam.method.next_plans import open_drafts
from kam.method.plans import is_overdue, kind_name, plan_gaps
from kam.method.scores import raw_levels
from kam.method.tornado import voted_levels
from kam.method.weights import ENOUGH_VOTES, cast_weights, points_of_100
from kam.model import Axis, Class, Customer, Plan, Workshop
from kam.report.voted_scores import disputed

SIZES = {
    # what a bubble's area may show: profile field -> label; money is drawn in millions
    "revenue": "Revenue, {currency} m",
    "available_spend": "Three-year spend, {currency} m",
    "capital_employed": "Capital employed, {currency} m",
    "cost_to_serve": "Cost to serve, {currency} m",
}
SPREAD = 0.5  # value points: a narrower range does not separate customers (method.md 4.5)


def matrix(assessment: Assessment, size: str = "revenue") -> pd.DataFrame:
    """One row a scored customer of the long list, in the one order, as the matrix draws it.

    Columns: id, name, strength, attractiveness (0-10), klass (code), size (millions, NaN when
    unknown), hollow, override, distance, strength_low/high and attractiveness_low/high (NaN
    where no bar is drawn), why.
    """
    rows = [
        _matrix_row(assessment, standing, size)
        for standing in assessment.judged.values()
        if standing.distance is not None
    ]
    return pd.DataFrame(rows, columns=_MATRIX_COLUMNS)


_MATRIX_COLUMNS = ["id", "name", "strength", "attractiveness", "klass", "size", "hollow",
                   "override", "distance", "strength_low", "strength_high", "attractiveness_low",
                   "attractiveness_high", "why"]  # fmt: skip


def _matrix_row(assessment: Assessment, standing: Standing, size: str) -> list[object]:
    customer = assessment.workshop.customers[standing.customer]
    amount = getattr(customer.profile, size)
    return [
        customer.id,
        customer.name,
        standing.strength[0],
        standing.attractiveness[0],
        standing.klass.value if standing.klass else "",
        np.nan if amount is None else amount / 1e6,
        standing.hollow,
        customer.id in assessment.workshop.overrides,
        standing.distance,
        *_bar(assessment, standing, Axis.STRENGTH),
        *_bar(assessment, standing, Axis.ATTRACTIVENESS),
        standing.why,
    ]


def _bar(assessment: Assessment, standing: Standing, axis: Axis) -> tuple[float, float]:
    """The bar through a hollow bubble: what is unknown, else the middle 60 % of the votes.

    NaN unless the bar crosses the axis' cut-off: only what may change the class is drawn.
    """
    lines = assessment.workshop.cut_offs
    strong = axis is Axis.STRENGTH
    line = lines.strength if strong else lines.attractiveness
    low, high = (standing.strength if strong else standing.attractiveness)[1:3]
    if high - low < 1e-9:
        row, votes = assessment.row[standing.customer], assessment.votes
        low = float((votes.strength_low if strong else votes.attractiveness_low)[row])
        high = float((votes.strength_high if strong else votes.attractiveness_high)[row])
    crosses = low < line <= high
    return (low, high) if standing.hollow and crosses else (np.nan, np.nan)


def weights(assessment: Assessment) -> pd.DataFrame:
    """One row a criterion: id, name, axis, points (of 100, whole), votes (list of points).

    Votes as cast, lowest first; none of a criterion that fewer than three members judged.
    """
    workshop = assessment.workshop
    shares = points_of_100(list(assessment.weights.values()))
    cast = cast_weights(workshop)
    rows = [
        (key, criterion.name, criterion.axis.value, share, _votes(cast.get(key, ())))
        for (key, criterion), share in zip(workshop.criteria.items(), shares, strict=True)
    ]
    return pd.DataFrame(rows, columns=["id", "name", "axis", "points", "votes"])


def _votes(weights: Iterable[float]) -> list[float]:
    """Points of 100, lowest first, so that their order names nobody; none of fewer than three."""
    points = sorted(100 * float(weight) for weight in weights)
    return points if len(points) >= ENOUGH_VOTES else []


def contributions(assessment: Assessment, customer: str, axis: Axis) -> pd.DataFrame:
    """One row a criterion of an axis: what it adds to one customer's score.

    Columns: id, name, points (share of the score, adding to the estimate; NaN when unknown),
    value (0-10), most (points if the value were 10), raw (level), unit, votes (their levels,
    lowest first; none of fewer than three).
    """
    table, workshop = assessment.valued, assessment.workshop
    row, voted = assessment.row[customer], voted_levels(assessment, customer)
    columns = np.flatnonzero(table.attractive == (axis is Axis.ATTRACTIVENESS))
    weight = np.array([assessment.weights[table.criteria[column]] for column in columns])
    value = table.table[row, columns]
    known = float(weight[~np.isnan(value)].sum()) or 1.0
    return pd.DataFrame(
        {
            "id": [table.criteria[column] for column in columns],
            "name": [workshop.criteria[table.criteria[column]].name for column in columns],
            "points": weight * value / known,
            "value": value,
            "most": weight * 10.0 / known,
            "raw": table.raw[row, columns],
            "unit": [workshop.criteria[table.criteria[column]].unit for column in columns],
            "votes": [sorted(voted.get(table.criteria[column], ())) for column in columns],
        }
    )


def levels(workshop: Workshop, criterion: str) -> list[float]:
    """The raw levels that are scored on a criterion."""
    known = workshop.criteria.get(criterion)
    return list(raw_levels(workshop, known).values()) if known else []


def spread(assessment: Assessment, criterion: str) -> bool | None:
    """Whether customers differ on a criterion; `None` while fewer than two are scored."""
    if criterion not in assessment.valued.criteria:
        return None
    column = assessment.valued.table[:, assessment.valued.criteria.index(criterion)]
    known = column[~np.isnan(column)]
    return None if len(known) < 2 else bool(known.max() - known.min() >= SPREAD)


def grid(assessment: Assessment) -> pd.DataFrame:
    """Raw levels, judged customers x complete criteria, in the one order; NaN unknown."""
    table = assessment.valued
    frame = pd.DataFrame(table.raw, index=list(table.customers), columns=list(table.criteria))
    return frame.loc[list(assessment.judged)]


def heat(assessment: Assessment) -> pd.DataFrame:
    """One row a cell of the profile heatmap.

    Columns: customer, name, criterion, title, value, raw (both NaN when unknown), unit, beyond
    (the level lies outside the anchors and counts as 0 or 10), apart (members' votes on it
    differ). In the one order.
    """
    table, workshop = assessment.valued, assessment.workshop
    apart = disputed(workshop)
    rows = [
        (
            customer,
            workshop.customers[customer].name,
            key,
            workshop.criteria[key].name,
            table.table[assessment.row[customer], column],
            table.raw[assessment.row[customer], column],
            workshop.criteria[key].unit,
            bool(table.clipped[assessment.row[customer], column]),
            (key, customer) in apart,
        )
        for customer in assessment.judged
        for column, key in enumerate(table.criteria)
    ]
    names = ["customer", "name", "criterion", "title", "value", "raw", "unit", "beyond", "apart"]
    return pd.DataFrame(rows, columns=names)


def queue(assessment: Assessment) -> pd.DataFrame:
    """One row a customer that capacity was offered to, in that order.

    Columns: id, name, klass (code), hours (what it takes or would take as core), waits.
    """
    names = assessment.workshop.customers
    room = assessment.workshop.capacity
    core = 1.0 if room.mode == "places" else room.hours_core or 0.0
    rows = []
    for row in assessment.selection.queue:
        standing = assessment.standings[assessment.valued.customers[int(row)]]
        waits = standing.klass is Class.STRATEGIC
        rows.append(
            (
                standing.customer,
                names[standing.customer].name,
                standing.klass.value if standing.klass else "",
                core if waits else standing.hours,
                waits,
            )
        )
    return pd.DataFrame(rows, columns=["id", "name", "klass", "hours", "waits"])


def customers(assessment: Assessment) -> pd.DataFrame:
    """Everything about every customer, one row each, in the one order: the table twin and CSV.

    Unknown is empty, never zero.
    """
    workshop = assessment.workshop
    levels = {key: raw_levels(workshop, one) for key, one in workshop.criteria.items()}
    rows = []
    for place, (key, standing) in enumerate(assessment.standings.items(), start=1):
        row = _customer_row(assessment, workshop.customers[key], standing, place)
        for name, criterion in workshop.criteria.items():
            row[_free(f"{criterion.name}, {criterion.unit}", row)] = levels[name].get(key)
        rows.append(row)
    frame = pd.DataFrame(rows)
    return frame.astype({"Place": "Int64"}) if rows else frame


def _customer_row(
    assessment: Assessment, customer: Customer, standing: Standing, place: int
) -> dict[str, object]:
    workshop, profile = assessment.workshop, customer.profile
    override = workshop.overrides.get(customer.id)
    scored = standing.listed and standing.distance is not None
    shown = scored or not standing.listed
    return {
        "Place": place if scored else None,
        "Customer": customer.name,
        "Id": customer.id,
        "Class": standing.klass.label if standing.klass else "Not scored",
        "On the long list": "yes" if standing.listed else "no",
        "Distance to key": standing.distance,
        "Attractiveness": standing.attractiveness[0] if shown else None,
        "Strength": standing.strength[0] if shown else None,
        "Why": standing.why,
        "Too close to call": "yes" if standing.close else "",
        "Known, attractiveness %": 100 * standing.attractiveness[3],
        "Known, strength %": 100 * standing.strength[3],
        "Hours": standing.hours or None,
        "Override by": override.by if override else "",
        "Confirmed": confirmed_words(assessment, customer.id),
        "Would favour us": f"{profile.favours_us}",
        "How we know": profile.favours_known_by or "",
        f"Revenue, {workshop.currency}": profile.revenue,
        f"Its own revenue, {workshop.currency}": profile.own_revenue,
        f"Three-year spend, {workshop.currency}": profile.available_spend,
        "Margin, %": profile.margin_pct,
        f"Cost to serve, {workshop.currency}": profile.cost_to_serve,
        f"Capital employed, {workshop.currency}": capital(customer).amount,
        "Owner": profile.owner,
        "Industry": profile.industry,
        "Country": profile.country,
        "Parent": profile.parent,
    }


def _free(title: str, taken: Container[str]) -> str:
    """A column title that is not taken: a criterion "Revenue, EUR" stands beside the profile's."""
    numbered = (f"{title} ({number})" for number in count(2))
    return title if title not in taken else next(t for t in numbered if t not in taken)


def deadlines(assessment: Assessment, plans: Mapping[str, Plan], today: date) -> pd.DataFrame:
    """One row a plan with a deadline: customer, name, klass (code), deadline, overdue."""
    rows = [
        (
            key,
            assessment.workshop.customers[key].name,
            standing.klass.value,
            plan.deadline,
            is_overdue(plan, today),
        )
        for key, plan in plans.items()
        if plan.deadline and (standing := assessment.standings[key]).klass
    ]
    return pd.DataFrame(rows, columns=["customer", "name", "klass", "deadline", "overdue"])


def plans(assessment: Assessment, today: date) -> pd.DataFrame:
    """One row a plan: class, customer, template, state, goal, owner, dates, gaps.

    Saved plans with those that ended, of every customer, whether or not it has a class now; a
    draft where a customer needs a plan.
    """
    workshop, standings = assessment.workshop, assessment.standings
    held: dict[str, list[Plan]] = {key: [] for key in standings}
    for plan in (*workshop.ended_plans, *workshop.plans.values()):
        held.setdefault(plan.customer, []).append(plan)
    drafts, rows = open_drafts(assessment, workshop, today), []
    for key, told in held.items():
        klass = standings[key].klass if key in standings else None
        rows += [_plan_row(workshop, klass, plan, today, _state(plan)) for plan in told]
        if key in drafts and not (klass and klass.is_key):
            rows.append(_plan_row(workshop, klass, drafts[key], today, "draft"))
    return pd.DataFrame(rows)


def _state(plan: Plan) -> str:
    """How far a saved plan is."""
    end = plan.outcome
    return f"{end.what} on {end.on.isoformat()} by {end.by}" if end else "saved"


def _plan_row(
    workshop: Workshop, klass: Class | None, plan: Plan, today: date, state: str
) -> dict[str, object]:
    steps = "; ".join(
        f"{action.text} ({action.owner or 'no owner'}, {action.due or 'no date'})"
        for action in plan.actions
    )
    return {
        "Class": klass.label if klass else "No class now",
        "Customer": workshop.customers[plan.customer].name,
        "Plan": kind_name(plan),
        "State": state,
        "What must become true": plan.goal,
        "Actions": steps,
        "Owner": plan.owner,
        "Deadline": plan.deadline,
        "If it fails": plan.exit_trigger,
        "Ceiling, hours a year": plan.ceiling_hours,
        "Missing": "" if plan.outcome else ", ".join(plan_gaps(plan, today)),
        "Note": plan.note,
    }
