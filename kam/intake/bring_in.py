"""Checked rows and ledgers to one edit of a workshop: who is new, who is known, what changes.

A customer is known by its id, else by its name (`name_key` in `kam.names.key`). Names
that are only alike are asked about and never taken for one. Nothing that a file leaves empty
overwrites what is known.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TypedDict, Unpack

from pydantic import ValidationError

from kam import acceptance
from kam.edits import BringIn
from kam.errors import Refused
from kam.intake.headers.matching import CUSTOMER_TARGETS, Target, folded
from kam.intake.lists.customers import FACT, Checked, Row
from kam.intake.lists.proposal import Known, Proposal, listed, proposed
from kam.intake.orders.ledger import MEASURES, Ledger, Measures
from kam.intake.orders.measures import Span
from kam.method.groups import LEDGER, combined
from kam.model import (
    Criterion,
    Customer,
    Economics,
    FactKind,
    Favours,
    LedgerChoices,
    Matching,
    Profile,
    Score,
    Workshop,
)
from kam.validated import changed, complaint

__all__ = ["CRITERION", "LEDGER", "Proposal", "Said", "from_ledger", "from_rows", "targets"]

CRITERION = "criterion:"  # prefix of target keys that go to a criterion's scores


def targets(workshop: Workshop) -> tuple[Target, ...]:
    """Every field that a column may go to: the profile, complete criteria, a plain number."""
    criteria = tuple(
        _scored(key, criterion)
        for key, criterion in workshop.criteria.items()
        if not acceptance.gaps(criterion)
    )
    return (*CUSTOMER_TARGETS, *criteria, Target(FACT, "Keep as a number", "number"))


def _scored(key: str, criterion: Criterion) -> Target:
    """A criterion as a field; levels beyond its anchors deserve a look."""
    anchors = criterion.anchors or ()
    return Target(
        f"{CRITERION}{key}",
        criterion.name,
        "number",
        (criterion.column, criterion.id),
        low=min(anchors, default=None),
        high=max(anchors, default=None),
    )


class Said(TypedDict, total=False):
    """What a person has said about the rows of a list; each may be left out.

    Attributes:
        same: key of a row (its id, or its name where it has none) -> id of the customer that it
            is: of the workshop, or the key of another row.
        matching: where the columns went, to be remembered.
        only_known: take rows of customers that are here already and list the others.
    """

    same: Mapping[str, str]
    matching: Matching | None
    only_known: bool


def from_rows(workshop: Workshop, checked: Checked, origin: str, **said: Unpack[Said]) -> Proposal:
    """The edit that brings checked rows of a customer list in.

    Args:
        workshop: as it is now.
        checked: the rows.
        origin: the file, as people call it.
        **said: see `Said`.
    """
    same, only_known = said.get("same", {}), said.get("only_known", False)
    known = Known(workshop, same)
    met = [(row, known.customer(row.id, row.name)) for row in checked.rows]
    strangers = tuple(row.name for row, customer in met if only_known and customer is None)
    taken = [(row, customer) for row, customer in met if customer or not only_known]
    customers = _merged(taken, same)
    keys = [(row, customer.id if customer else _key(row, same)) for row, customer in taken]
    edit = BringIn(
        origin=origin,
        customers=customers,
        fact_kinds=_fact_kinds((row for row, _ in taken), origin),
        scores=_scores(keys, origin),
        matching=said.get("matching"),
    )
    notes = [*_other_names(taken, same), *_other_currencies(checked, workshop)]
    without_id = (key for row, key in keys if not row.id)
    found = proposed(workshop, edit, notes, same, without_id)
    return replace(found, strangers=strangers)


Met = Sequence[tuple[Row, Customer | None]]


def _key(row: Row, same: Mapping[str, str]) -> str:
    """The id of the new customer that a row is or, as a person has said, belongs to."""
    own = row.id or row.name
    return same.get(own, own)


def _merged(met: Met, same: Mapping[str, str]) -> dict[str, Customer]:
    """The customers with what their rows say; a row that belongs to another comes after it."""
    own_first = sorted(met, key=lambda pair: (pair[0].id or pair[0].name) in same)
    customers: dict[str, Customer] = {}
    for row, known in own_first:
        key = known.id if known else _key(row, same)
        before = customers.get(key) or known or _new(key, row.name)
        customers[key] = _updated(before, row)
    return customers


def _fact_kinds(rows: Iterable[Row], origin: str) -> dict[str, FactKind]:
    headers = dict.fromkeys(header for row in rows for header in _facts(row))
    try:
        return {header: FactKind(key=header, label=header, origin=origin) for header in headers}
    except ValidationError as error:  # a header that is longer than a name
        raise Refused(complaint(error)) from error


def _scores(keys: Iterable[tuple[Row, str]], origin: str) -> dict[str, dict[str, Score]]:
    """Criterion id -> customer id -> score, of the columns that go to criteria."""
    result: dict[str, dict[str, Score]] = {}
    for row, key in keys:
        for target, value in row.numbers.items():
            if target.startswith(CRITERION):
                scored = result.setdefault(target.removeprefix(CRITERION), {})
                scored[key] = Score(value=value, note=origin)
    return result


def _other_names(met: Met, same: Mapping[str, str]) -> list[str]:
    """A sentence on rows that are known by a name that the file writes differently.

    What a person has said to be the same needs none.
    """
    pairs = [
        f"{row.name} = {customer.name}"
        for row, customer in met
        if customer and row.id != customer.id and (row.id or row.name) not in same
        if folded(row.name) != folded(customer.name)
    ]
    return [f"Taken for one customer: {listed(pairs)}."] if pairs else []


def _other_currencies(checked: Checked, workshop: Workshop) -> list[str]:
    """A sentence on every column in another currency than the workshop's."""
    return [
        f"Column {header} is in {code}, and this workshop counts in {workshop.currency}. Its "
        "figures are taken as they stand."
        for header, code in checked.currencies.items()
        if code != workshop.currency
    ]


def from_ledger(
    workshop: Workshop,
    ledger: Ledger,
    origin: str,
    choices: LedgerChoices | None = None,
    same: Mapping[str, str] | None = None,
) -> Proposal:
    """The edit that gives customers their measures of an order ledger.

    Customers of the ledger that the workshop does not know are added; customers without a line
    in it keep what they have and are counted.

    Args:
        workshop: as it is now.
        ledger: the measures.
        origin: the file, as people call it.
        choices: how the lines were counted, to be kept with the edit.
        same: customer id of the ledger -> id of the customer that it is, as a person has said.
    """
    parts = _parts(ledger, Known(workshop, same or {}))
    customers = {key: combined(found) if found[1:] else found[0] for key, found in parts.items()}
    edit = BringIn(
        origin=origin,
        customers=customers,
        fact_kinds=_kinds(ledger, origin, workshop.currency),
        ledger=choices,
    )
    silent = len(workshop.customers.keys() - customers.keys())
    told = (
        f"{silent:,} of your customers have no line in this ledger; what we know of them "
        "stays as it is."
    )
    notes = [*([told] if silent else []), *_added_up(parts.values())]
    return proposed(workshop, edit, notes, same or {})


def _parts(ledger: Ledger, known: Known) -> dict[str, list[Customer]]:
    """Customer id -> the customer with each of its measures: one, or several that add up.

    A ledger without a column of names may have the names where others have ids.
    """
    parts: dict[str, list[Customer]] = {}
    covered = _covered(ledger)
    for key, measures in ledger.measures.items():
        found = known.customer(key, measures.name)
        if found is None and not measures.name:
            found = known.customer("", key)
        old = found or _new(known.same.get(key, key), measures.name or key)
        before = parts.setdefault(old.id, [])
        base = _new(key, measures.name or key) if before else old
        before.append(_measured(base, measures, covered))
    return parts


def _added_up(parts: Iterable[Sequence[Customer]]) -> list[str]:
    """A sentence on customers whose figures the ledger has under several ids."""
    several = [f"{found[0].name} ({len(found)})" for found in parts if found[1:]]
    return [f"Figures under several ids are added up: {listed(several)}."] if several else []


def _new(key: str, name: str) -> Customer:
    """A customer that the workshop does not know yet.

    Raises:
        Refused: id or name is too long to be one.
    """
    try:
        return Customer(id=key, name=name)
    except ValidationError as error:
        raise Refused(complaint(error)) from error


def _updated(customer: Customer, row: Row) -> Customer:
    """A customer with what a row says; what the row leaves empty stays.

    Its name changes only where its id tells that it is the same.
    """
    texts = {key: text for key, text in row.texts.items() if key in Profile.model_fields}
    numbers = {key: value for key, value in row.numbers.items() if key in Profile.model_fields}
    answers = {key: Favours(answer) for key, answer in row.answers.items()}
    profile = changed(customer.profile, **texts, **numbers, **answers)
    said = {**row.numbers, **row.days}
    taken = {key: value for key, value in said.items() if key in Economics.model_fields}
    economics = changed(customer.economics, **taken)
    facts = {**customer.facts, **{key: row.numbers[key] for key in _facts(row)}}
    renamed = row.id == customer.id and row.name != row.id
    name = row.name if renamed else customer.name
    return changed(customer, name=name, profile=profile, economics=economics, facts=facts)


def _facts(row: Row) -> list[str]:
    """Headers of a row's columns that are kept as plain numbers."""
    taken = {target.key for target in CUSTOMER_TARGETS}
    return [key for key in row.numbers if key not in taken and not key.startswith(CRITERION)]


def _covered(ledger: Ledger) -> tuple[str, ...]:
    """The measures whose time the ledger covers: what nobody recorded is unknown, not nothing.

    The year before is the one that a short ledger lacks; growth against a part of it is no growth.
    """
    span = Span(ledger.totals.first, ledger.totals.windows.end)
    lacking = () if span.covers(24) else ("revenue_prior_12m", "growth_pct")
    return tuple(measure.key for measure in MEASURES if measure.key not in lacking)


def _measured(customer: Customer, measures: Measures, covered: Iterable[str]) -> Customer:
    """A customer with its measures; revenue, margin and cost to serve go into its profile too.

    They take the place of all measures of an earlier ledger.
    """
    found = {key: getattr(measures, key) for key in covered}
    numbers = {key: float(value) for key, value in found.items() if value is not None}
    facts = {f"{LEDGER}{key}": value for key, value in numbers.items()}
    shown: dict[str, float] = {
        "revenue": numbers["revenue_12m"],
        **{key: numbers[key] for key in ("margin_pct", "cost_to_serve") if key in numbers},
    }
    profile = changed(customer.profile, **shown)
    kept = {key: value for key, value in customer.facts.items() if not key.startswith(LEDGER)}
    return changed(customer, profile=profile, facts={**kept, **facts})


def _kinds(ledger: Ledger, origin: str, currency: str) -> dict[str, FactKind]:
    """What each measure means, with its unit, period, coverage and source."""
    return {
        f"{LEDGER}{measure.key}": FactKind(
            key=f"{LEDGER}{measure.key}",
            label=measure.label,
            unit=currency if measure.unit == "money" else measure.unit,
            origin=origin,
            period=ledger.periods.get(measure.key, ""),
            coverage=ledger.coverage.get(measure.key, ""),
        )
        for measure in MEASURES
    }
