"""An order ledger to one edit of a workshop: the customers with their measures, old and new.

A later ledger takes the place of an earlier one for everybody. Names that stand where others have
ids are one customer as far as they are only spelled differently; near ones are asked about.
"""

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import replace

from pydantic import ValidationError

from kam.edits import BringIn
from kam.edits.customers import refuse_too_many
from kam.errors import Refused
from kam.intake.headers.matching import folded
from kam.intake.lists.known import Known, also_known
from kam.intake.lists.proposal import Proposal, listed, proposed, waiting
from kam.intake.orders.ledger import MEASURES, Ledger, Measures
from kam.intake.orders.spellings import are_names
from kam.method.groups import LEDGER, combined
from kam.method.ledger_figures import from_a_ledger, without_ledger
from kam.model import Customer, FactKind, LedgerChoices, Workshop
from kam.validated import changed, complaint


def from_ledger(
    workshop: Workshop,
    ledger: Ledger,
    origin: str,
    choices: LedgerChoices | None = None,
    same: Mapping[str, str] | None = None,
) -> Proposal:
    """The edit that gives customers their measures of an order ledger.

    Customers of the ledger that the workshop does not know are added. Customers without a line
    in it lose the figures of an earlier one, which were of another period; the rest stays.

    Args:
        workshop: as it is now.
        ledger: the measures.
        origin: the file, as people call it.
        choices: how the lines were counted, to be kept with the edit.
        same: customer id of the ledger -> id of the customer that it is, as a person has said.
    """
    named = are_names(ledger.measures)
    rows = [("", key) if named else (key, one.name) for key, one in ledger.measures.items()]
    known = Known(workshop, same or {}, rows)
    whose, doubts = _whose(ledger, known, named=named), known.doubts()
    refuse_too_many(len(workshop.customers.keys() | whose.keys()))
    customers = _with_figures(ledger, whose)
    silent = _silent_in(workshop, {*customers, *(pair.right for pair in doubts)})
    emptied = [one for one in silent if from_a_ledger(one)]
    edit = BringIn(
        origin=origin,
        customers={**customers, **{one.id: without_ledger(one) for one in emptied}},
        fact_kinds=_kinds(ledger, origin, workshop.currency),
        ledger=choices,
    )
    doubted = {pair.left: _in_doubt(pair.left, ledger) for pair in doubts}
    notes = [*_emptied(emptied, workshop), *waiting(doubted, workshop.currency)]
    notes += _silent(len(silent) - len(emptied))
    notes += _spelled(whose, same or {}) if named else _added_up(whose)
    found = proposed(workshop, edit, notes, same or {}, ledger.measures if named else ())
    gone = tuple(one.name for one in emptied)
    return replace(found, emptied=gone, doubts=doubts, doubted=doubted)


def _silent_in(workshop: Workshop, met: Container[str]) -> list[Customer]:
    """The customers of whom a ledger does not tell; `met` are those of whom it does."""
    return [one for key, one in workshop.customers.items() if key not in met]


def _in_doubt(key: str, ledger: Ledger) -> Customer:
    """The customer that an id of a ledger would be for itself."""
    measures = ledger.measures[key]
    return _measured(new_customer(key, measures.name or key), measures, _covered(ledger))


def _emptied(customers: Sequence[Customer], workshop: Workshop) -> list[str]:
    """A sentence on customers that only an earlier ledger tells of."""
    if not customers:
        return []
    facts = (fact for one in customers for fact in one.facts if fact.startswith(LEDGER))
    kinds = (workshop.fact_kinds[fact] for fact in facts if fact in workshop.fact_kinds)
    before = ", ".join(dict.fromkeys(kind.origin for kind in kinds)) or "an earlier ledger"
    verb = "has" if len(customers) == 1 else "have"
    told = (
        f"{len(customers):,} of your customers {verb} figures from {before} and no line in this "
        f"ledger: {listed(one.name for one in customers)}. Those figures are of another period "
        "and are taken out; scores that were taken from them stay. Files that belong together "
        "come in at once."
    )
    return [told]


def _silent(count: int) -> list[str]:
    """A sentence on customers that no ledger tells of."""
    told = f"of your customers {'has' if count == 1 else 'have'} no line in this ledger"
    return [f"{count:,} {told}; what we know of them stays as it is."] if count else []


Whose = Mapping[str, Sequence[tuple[str, Customer]]]


def _whose(ledger: Ledger, known: Known, *, named: bool) -> Whose:
    """Customer id -> keys of the ledger that are this customer, each with who it is.

    The first is the customer as it is known, or as it comes in; what others add up to it follows.
    A ledger without a column of names may have the names where others have ids. Who is in doubt
    is left out until a person has answered.
    """
    whose: dict[str, list[tuple[str, Customer]]] = {}

    for key in sorted(ledger.measures, key=lambda key: bool(known.same.get(key))):
        name = ledger.measures[key].name
        row = ("", key) if named else (key, name)
        found = known.customer(key, "" if named else name)
        if found is None and (named or not name):
            found = known.customer("", key)
        if found is None and known.rivals(*row):
            continue
        old = found or new_customer(known.key(*row), name or key)
        _add(whose.setdefault(old.id, []), key, old, row)
    return whose


def _add(
    before: list[tuple[str, Customer]], key: str, customer: Customer, row: tuple[str, str]
) -> None:
    """Add a key of the ledger to those of its customer, which keeps other ids of its own."""
    if before:
        first, known = before[0]
        before[0] = first, also_known(known, *row)
        before.append((key, new_customer(key, row[1] or key)))
    else:
        before.append((key, also_known(customer, *row)))


def _with_figures(ledger: Ledger, whose: Whose) -> dict[str, Customer]:
    """The customers with their measures; those under several keys add up."""
    covered, result = _covered(ledger), {}
    for customer, keys in whose.items():
        parts = [_measured(one, ledger.measures[key], covered) for key, one in keys]
        result[customer] = combined(parts) if parts[1:] else parts[0]
    return result


def _added_up(whose: Whose) -> list[str]:
    """A sentence on customers whose figures the ledger has under several ids."""
    several = [f"{keys[0][1].name} ({len(keys)})" for keys in whose.values() if keys[1:]]
    return [f"Figures under several ids are added up: {listed(several)}."] if several else []


def _spelled(whose: Whose, same: Mapping[str, str]) -> list[str]:
    """A sentence on names of a ledger that were taken for ours; what a person said needs none.

    Nor does a single one that differs from ours in case and punctuation only.
    """
    found = []
    for keys in whose.values():
        unasked = [key for key, _ in keys if key not in same]
        called = dict.fromkeys([keys[0][1].name, *unasked])
        if called.keys() - {keys[0][1].name} and (unasked[1:] or len(set(map(folded, called))) > 1):
            found.append(" = ".join(called))
    return [f"Taken for one customer, and added up: {listed(found)}."] if found else []


def new_customer(key: str, name: str) -> Customer:
    """A customer that the workshop does not know yet.

    Raises:
        Refused: id or name is too long to be one.
    """
    try:
        return Customer(id=key, name=name)
    except ValidationError as error:
        raise Refused(complaint(error)) from error


def _covered(ledger: Ledger) -> tuple[str, ...]:
    """The measures whose time the ledger covers: what nobody recorded is unknown, not nothing."""
    return tuple(one.key for one in MEASURES if one.key not in ledger.uncovered)


def _measured(customer: Customer, measures: Measures, covered: Iterable[str]) -> Customer:
    """A customer with its measures; revenue, margin and cost to serve go into its profile too.

    They take the place of all that an earlier ledger told.
    """
    before = without_ledger(customer)
    found = {key: getattr(measures, key) for key in covered}
    numbers = {key: float(value) for key, value in found.items() if value is not None}
    facts = {f"{LEDGER}{key}": value for key, value in numbers.items()}
    shown: dict[str, float] = {
        "revenue": numbers["revenue_12m"],
        **{key: numbers[key] for key in ("margin_pct", "cost_to_serve") if key in numbers},
    }
    profile = changed(before.profile, **shown)
    return changed(before, profile=profile, facts={**before.facts, **facts})


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
