"""Checked rows and ledgers to one edit of a workshop: who is new, who is known, what changes.

A customer is known by its id, else by its name compared without case, accents and punctuation.
Nothing that a file leaves empty overwrites what is known.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from pydantic import ValidationError

from kam import acceptance
from kam.edits import BringIn
from kam.errors import Refused
from kam.intake.customers import FACT, Checked, Row
from kam.intake.ledger import MEASURES, Ledger, Measures
from kam.intake.matching import CUSTOMER_TARGETS, Target, folded
from kam.model import Customer, FactKind, Favours, Profile, Score, Workshop
from kam.validated import changed, complaint

LEDGER = "ledger."  # prefix of the facts that an order ledger gives
CRITERION = "criterion:"  # prefix of target keys that go to a criterion's scores


@dataclass(frozen=True)
class Proposal:
    """An edit that is ready, and what to tell before it is made."""

    edit: BringIn
    new: int
    updated: int
    notes: tuple[str, ...] = ()


def targets(workshop: Workshop) -> tuple[Target, ...]:
    """Every field that a column may go to: the profile, complete criteria, a plain number."""
    criteria = tuple(
        Target(f"{CRITERION}{key}", criterion.name, "number", (criterion.column, criterion.id))
        for key, criterion in workshop.criteria.items()
        if not acceptance.gaps(criterion)
    )
    return (*CUSTOMER_TARGETS, *criteria, Target(FACT, "Keep as a number", "number"))


def from_rows(workshop: Workshop, checked: Checked, origin: str) -> Proposal:
    """The edit that brings checked rows of a customer list in."""
    known = _Known(workshop)
    customers: dict[str, Customer] = {}
    scores: dict[str, dict[str, Score]] = {}
    kinds: dict[str, FactKind] = {}
    for row in checked.rows:
        before = known.customer(row.id, row.name)
        key = before.id if before else row.id or row.name
        old = before or _new(key, row.name)
        customers[key] = _updated(old, row)
        for header in _facts(row):
            kinds[header] = FactKind(key=header, label=header, origin=origin)
        for target, value in row.numbers.items():
            if target.startswith(CRITERION):
                criterion = target.removeprefix(CRITERION)
                scores.setdefault(criterion, {})[key] = Score(value=value, note=origin)
    edit = BringIn(origin=origin, customers=customers, fact_kinds=kinds, scores=scores)
    return _proposal(workshop, edit, ())


def from_ledger(workshop: Workshop, ledger: Ledger, origin: str) -> Proposal:
    """The edit that gives customers their measures of an order ledger.

    Customers of the ledger that the workshop does not know are added; customers without a line
    in it keep what they have and are counted.
    """
    known = _Known(workshop)
    customers = {}
    for key, measures in ledger.measures.items():
        before = known.customer(key, measures.name)
        old = before or _new(key, measures.name or key)
        customers[old.id] = _measured(old, measures)
    silent = len(workshop.customers.keys() - customers.keys())
    told = (
        f"{silent:,} of your customers have no line in this ledger; what we know of them "
        "stays as it is."
    )
    notes = (told,) if silent else ()
    kinds = _kinds(origin, ledger.totals.windows.end, workshop.currency)
    edit = BringIn(origin=origin, customers=customers, fact_kinds=kinds)
    return _proposal(workshop, edit, notes)


def _proposal(workshop: Workshop, edit: BringIn, notes: tuple[str, ...]) -> Proposal:
    new = len(edit.customers.keys() - workshop.customers.keys())
    return Proposal(edit, new, len(edit.customers) - new, notes)


class _Known:
    """The customers of a workshop by id and by folded name; a shared name knows nobody."""

    def __init__(self, workshop: Workshop) -> None:
        self.by_id = workshop.customers
        names = {key: folded(customer.name) for key, customer in workshop.customers.items()}
        shared = Counter(names.values())
        self.by_name = {
            name: workshop.customers[key] for key, name in names.items() if shared[name] == 1
        }

    def customer(self, key: str, name: str) -> Customer | None:
        """The customer meant by a row; an id that is not known leaves its name to decide."""
        if key and key in self.by_id:
            return self.by_id[key]
        found = self.by_name.get(folded(name), self.by_id.get(name)) if name else None
        named_by_hand = found is not None and found.id == found.name
        return found if not key or named_by_hand else None


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
    """A customer with what a row says; what the row leaves empty stays."""
    texts = {key: text for key, text in row.texts.items() if key in Profile.model_fields}
    numbers = {key: value for key, value in row.numbers.items() if key in Profile.model_fields}
    answers = {key: Favours(answer) for key, answer in row.answers.items()}
    profile = changed(customer.profile, **texts, **numbers, **answers)
    facts = {**customer.facts, **{key: row.numbers[key] for key in _facts(row)}}
    return changed(customer, name=row.name, profile=profile, facts=facts)


def _facts(row: Row) -> list[str]:
    """Headers of a row's columns that are kept as plain numbers."""
    taken = {target.key for target in CUSTOMER_TARGETS}
    return [key for key in row.numbers if key not in taken and not key.startswith(CRITERION)]


def _measured(customer: Customer, measures: Measures) -> Customer:
    """A customer with its measures; revenue and margin go into its profile as well."""
    found = {measure.key: getattr(measures, measure.key) for measure in MEASURES}
    facts = {f"{LEDGER}{key}": float(value) for key, value in found.items() if value is not None}
    profile = changed(
        customer.profile,
        revenue=float(measures.revenue_12m),
        margin_pct=customer.profile.margin_pct
        if measures.margin_pct is None
        else measures.margin_pct,
    )
    return changed(customer, profile=profile, facts={**customer.facts, **facts})


def _kinds(origin: str, end: date, currency: str) -> dict[str, FactKind]:
    """What each measure means, with its period and source."""
    return {
        f"{LEDGER}{measure.key}": FactKind(
            key=f"{LEDGER}{measure.key}",
            label=measure.label,
            unit=currency if measure.unit == "money" else measure.unit,
            origin=f"{origin}, {measure.period_words}, end {end:%Y-%m-%d}",
        )
        for measure in MEASURES
    }
