"""Checked rows and ledgers to one edit of a workshop: who is new, who is known, what changes.

A customer is known by its id, else by its name (`kam.intake.lists.known`). Names that are only
alike are asked about and never taken for one; an id with two names that have nothing in common
waits for an answer. Nothing that a file leaves empty overwrites what is known.
"""

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TypedDict, TypeVar, Unpack

from pydantic import ValidationError

from kam import acceptance
from kam.edits import BringIn
from kam.errors import Refused
from kam.intake.bring_in_ledger import from_ledger, new_customer
from kam.intake.headers.matching import CUSTOMER_TARGETS, Target, folded
from kam.intake.lists.checked import Checked, Row
from kam.intake.lists.differences import changing, changing_scores, differences
from kam.intake.lists.fields import FACT
from kam.intake.lists.known import Known, also_known
from kam.intake.lists.proposal import Proposal, listed, proposed, waiting
from kam.method.groups import LEDGER
from kam.model import (
    Criterion,
    Customer,
    Economics,
    FactKind,
    Favours,
    Matching,
    Noun,
    Profile,
    Score,
    Workshop,
)
from kam.validated import changed, complaint

__all__ = ["CRITERION", "LEDGER", "Proposal", "Said", "from_ledger", "from_rows", "targets"]

N = TypeVar("N", bound=Noun)

CRITERION = "criterion:"  # prefix of target keys that go to a criterion's scores
_OURS = frozenset(target.key for target in CUSTOMER_TARGETS)


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
        unit=criterion.unit,
    )


class Said(TypedDict, total=False):
    """What a person has said about the rows of a list; each may be left out.

    Attributes:
        same: key of a row (its id, or its name where it has none) -> id of the customer that it
            is: of the workshop, or the key of another row; "" for a customer of its own.
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
    matching = said.get("matching")
    known = Known(workshop, same, ((row.id, row.name) for row in checked.rows))
    doubts = known.doubts()
    doubted = _doubted(checked.rows, {pair.left for pair in doubts})
    rows = [row for row in checked.rows if _own(row) not in doubted]
    met = [(row, known.customer(row.id, row.name)) for row in rows]
    strangers = tuple(row.name for row, customer in met if only_known and customer is None)
    taken = [(row, customer) for row, customer in met if customer or not only_known]
    customers = _merged(taken, known)
    keys = [(row, known.key(row.id, row.name)) for row, _ in taken]
    edit = BringIn(
        origin=origin,
        customers=changing(workshop, customers),
        fact_kinds=_fact_kinds((row for row, _ in taken), origin),
        scores=changing_scores(workshop, _scores(keys, origin)),
        matching=matching,
    )
    notes = [
        *waiting(doubted, workshop.currency),
        *_other_names(taken, same),
        *_renamed(taken),
        *differences(workshop, edit, customers, whole=not checked.some),
    ]
    without_id = (key for row, key in keys if not row.id)
    found = proposed(workshop, edit, notes, same, without_id)
    return replace(found, strangers=strangers, doubts=doubts, doubted=doubted)


Met = Sequence[tuple[Row, Customer | None]]


def _own(row: Row) -> str:
    """The key of a row: its id, or its name where it has none."""
    return row.id or row.name


def _doubted(rows: Iterable[Row], keys: Container[str]) -> dict[str, Customer]:
    """The rows with these keys, each as the customer that it would be for itself."""
    return {
        _own(row): _updated(new_customer(_own(row), row.name), row)
        for row in rows
        if _own(row) in keys
    }


def _merged(met: Met, known: Known) -> dict[str, Customer]:
    """The customers with what their rows say; a row that belongs to another comes after it.

    Each keeps the ids, and the names that a person has placed, for the next file.
    """
    own_first = sorted(met, key=lambda pair: bool(known.same.get(_own(pair[0]))))
    customers: dict[str, Customer] = {}
    for row, found in own_first:
        key = known.key(row.id, row.name)
        before = customers.get(key) or found or new_customer(key, row.name)
        learned = _own(row) if _own(row) in known.same else row.id
        customers[key] = also_known(_updated(before, row), learned, row.name)
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
        if customer and row.id != customer.id and _own(row) not in same and row.name != row.id
        if folded(row.name) not in {folded(customer.name), folded(customer.ids.get(row.id, ""))}
    ]
    return [f"Taken for one customer: {listed(pairs)}."] if pairs else []


def _renamed(met: Met) -> list[str]:
    """A sentence on customers that take another name because their id tells who they are."""
    pairs = [
        f"{customer.name} → {row.name}"
        for row, customer in met
        if customer and row.id == customer.id and row.name not in {row.id, customer.name}
    ]
    return [f"Takes the name that the list has: {listed(pairs)}."] if pairs else []


def _updated(customer: Customer, row: Row) -> Customer:
    """A customer with what a row says; what the row leaves empty stays.

    Its name changes only where its id tells that it is the same.
    """
    texts = {key: text for key, text in row.texts.items() if key in Profile.model_fields}
    numbers = {key: value for key, value in row.numbers.items() if key in Profile.model_fields}
    answers = {key: Favours(answer) for key, answer in row.answers.items()}
    profile = _with(customer.profile, {**texts, **numbers, **answers})
    said = {**row.numbers, **row.days}
    taken = {key: value for key, value in said.items() if key in Economics.model_fields}
    economics = _with(customer.economics, taken)
    facts = {**customer.facts, **{key: row.numbers[key] for key in _facts(row)}}
    renamed = row.id == customer.id and row.name != row.id
    name = row.name if renamed else customer.name
    parts = {"name": name, "profile": profile, "economics": economics, "facts": facts}
    return _with(customer, parts)


def _with(noun: N, said: Mapping[str, object]) -> N:
    """A noun with what is said of it; the very same where that is known already."""
    new = {field: value for field, value in said.items() if getattr(noun, field) != value}
    return changed(noun, **new) if new else noun


def _facts(row: Row) -> list[str]:
    """Headers of a row's columns that are kept as plain numbers."""
    return [key for key in row.numbers if key not in _OURS and not key.startswith(CRITERION)]
