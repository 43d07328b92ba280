"""Whom the lines of a ledger belong to: decided on all of them, before anybody chooses what counts.

A clean ledger costs nothing more: its customers are looked at when they are counted, and only where
something is odd are lines changed and counted once more. Cells that say that nothing is known are
nobody, lines that add up others are no customer, an id with ".0" is the id without it, and names
that stand where others have ids are one customer as far as they are only spelled differently.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import NamedTuple

import duckdb

from kam.intake.headers.content import is_filler
from kam.intake.lists.identity import may_be_one
from kam.intake.orders.adding_up import Called, Line, Pair, adding_up, called
from kam.intake.orders.entries import ADDS_UP_MARK, NOBODY_MARK, ask
from kam.intake.orders.fates import BLANK
from kam.intake.orders.measures import Measures
from kam.intake.orders.remarks import Noticed, seen
from kam.intake.orders.spellings import spellings
from kam.intake.tables.artefacts import is_error
from kam.model import LedgerChoices

# Texts and customers named in one sentence; more are counted.
NAMED = 5

# Names of one customer that are compared with each other; a one-time account has hundreds.
COMPARED = 20

# Lines that need no customer to be totals, and what they say.
UNDATED_SQL = "SELECT DISTINCT customer, {name} FROM lines WHERE day IS NULL"
NAMELESS_SQL = "SELECT DISTINCT NULL, name FROM lines WHERE customer IS NULL AND name IS NOT NULL"

# Names that one customer has, those of most lines first, then the latest.
SEVERAL_SQL = """
SELECT customer FROM cube GROUP BY customer HAVING min(least) <> max(most)
"""
NAMES_SQL = """
SELECT customer, name, count(*), sum(amount) FROM entries
WHERE counts AND name IS NOT NULL AND customer IN (SELECT unnest($customers))
GROUP BY customer, name ORDER BY customer, count(*) DESC, max(day) DESC, max(record) DESC
"""

NOBODY_SQL = """
UPDATE lines SET customer = NULL, marks = marks | {mark}::UTINYINT
WHERE customer IN (SELECT unnest($keys))
"""
TOTALS_SQL = """
UPDATE lines SET customer = NULL, marks = marks | {mark}::UTINYINT
WHERE rowid IN (SELECT unnest($records))
"""

# A line without an order number is an order of its customer and day, which `order_key` holds.
FOLD_SQL = """
UPDATE lines SET customer = one, {name}
    order_key = CASE WHEN order_key = hash(customer, day) THEN hash(one, day) ELSE order_key END
FROM (SELECT unnest($own) AS own, unnest($one) AS one) WHERE customer = own
"""

CALLED_SQL = """
SELECT count(*), sum(amount) FROM entries WHERE counts AND record IN (SELECT unnest($records))
"""


class Counted(NamedTuple):
    """A ledger as it was counted first.

    Attributes:
        measures: by customer.
        named: whether the ledger has a column of names.
        by_name: whether it is the one of customers, too.
        firsts: the places in table `lines` at which its files begin.
        limit: the last day on which a line may be.
        choices: what a person has said.
    """

    measures: Mapping[str, Measures]
    named: bool
    by_name: bool
    firsts: Sequence[int]
    limit: date
    choices: LedgerChoices


class Belonging(NamedTuple):
    """What was done: whether lines changed, in sentences, and the lines that are called totals.

    `called` holds, by what they are called, the rows of lines that add up nothing and count;
    `spelled` is whether several spellings were taken for one customer.
    """

    changed: bool
    notes: tuple[str, ...]
    called: Mapping[str, tuple[int, ...]]
    spelled: bool


class Names(NamedTuple):
    """The names of customers that have several: which one counts, and what to say of them."""

    names: Mapping[str, str] = {}
    noticed: tuple[Noticed, ...] = ()


def settled(connection: duckdb.DuckDBPyConnection, counted: Counted) -> Belonging:
    """What had to be done; table `lines` holds then whom its lines belong to."""
    pairs = _pairs(connection, counted)
    notes = [*_nobody(connection, pairs), *_said(connection, pairs, counted)]
    these, found = called(pairs), _Sorted()
    if these is not None:
        found = _sort(connection, these, counted)
        notes += _told_totals(found.totals)
    gone = found.gone.union(counted.choices.no_customers)
    left = {key: one for key, one in counted.measures.items() if key not in gone}
    spelled = _spelled(left, counted)
    if folded := _one_id(left) | spelled:
        notes.append(_fold(connection, folded, counted))
    return Belonging(bool(notes), tuple(notes), found.others, bool(spelled))


def _pairs(connection: duckdb.DuckDBPyConnection, counted: Counted) -> set[Pair]:
    """The keys and names of the customers that count, and of lines that may be undated totals."""
    pairs = {Pair(key, one.name or None) for key, one in counted.measures.items()}
    name = "name" if counted.named else "NULL"
    pairs |= {Pair(*row) for row in ask(connection, UNDATED_SQL.format(name=name))}
    if counted.named:
        pairs |= {Pair(*row) for row in ask(connection, NAMELESS_SQL)}
        pairs |= {Pair(row[0], row[1]) for row in _several(connection)}
    return pairs


def _several(connection: duckdb.DuckDBPyConnection) -> list[tuple[str, str, int, Decimal]]:
    """Customer, name, lines and money of everybody who has several names."""
    customers = [row[0] for row in ask(connection, SEVERAL_SQL)]
    if not customers:
        return []
    return [(*row,) for row in ask(connection, NAMES_SQL, customers=customers)]


# --- nobody ---------------------------------------------------------------------------------------


def _nobody(connection: duckdb.DuckDBPyConnection, pairs: Collection[Pair]) -> Iterator[str]:
    """Sentences on what stands for a customer and is none; its lines name nobody then."""
    keys = {pair.customer for pair in pairs if pair.customer}
    errors = sorted(key for key in keys if is_error(key))
    if errors:
        connection.execute(NOBODY_SQL.format(mark=0), {"keys": errors})
        yield f"Lines whose customer is an Excel error name no customer: {_listed(errors)}."
    fillers = sorted(key for key in keys if is_filler(key) and _typed(connection, key))
    if fillers:
        connection.execute(NOBODY_SQL.format(mark=NOBODY_MARK), {"keys": fillers})
        yield f"These say that the customer is not known, and are none: {_listed(fillers)}."


def _said(
    connection: duckdb.DuckDBPyConnection, pairs: Collection[Pair], counted: Counted
) -> Iterator[str]:
    """A sentence on what is no customer, as a person has said."""
    said = sorted(set(counted.choices.no_customers) & {text for pair in pairs for text in pair})
    if said:
        sql = NOBODY_SQL.format(mark=NOBODY_MARK)
        sql += " OR name IN (SELECT unnest($keys))" if counted.named else ""
        connection.execute(sql, {"keys": said})
        yield f"No customers, as you said: {_listed(said)}."


def _typed(connection: duckdb.DuckDBPyConnection, key: str) -> bool:
    """Whether a line says so itself; lines that say nothing may count under the same name."""
    typed = "SELECT 1 FROM lines WHERE customer = $key LIMIT 1"
    return key != BLANK or bool(ask(connection, typed, key=key))


# --- totals ---------------------------------------------------------------------------------------


class _Sorted(NamedTuple):
    """What totals are called, those that are nothing else, and lines that are only called so."""

    totals: tuple[str, ...] = ()
    gone: frozenset[str] = frozenset()
    others: Mapping[str, tuple[int, ...]] = {}


def _sort(connection: duckdb.DuckDBPyConnection, these: Called, counted: Counted) -> _Sorted:
    """The lines of customers that are called as totals are; those that add up others are marked."""
    found = adding_up(connection, these, counted.firsts, counted.limit)
    if found.totals:
        records = [line.record for line in found.totals]
        connection.execute(TOTALS_SQL.format(mark=ADDS_UP_MARK), {"records": records})
    others = {label: _records(lines) for label, lines in found.others.items()}
    labels = tuple(sorted({line.label for line in found.totals}))
    return _Sorted(labels, frozenset(labels) - others.keys(), others)


def _told_totals(labels: Sequence[str]) -> list[str]:
    """A sentence on what is called a total and is one."""
    return [f"These add up other lines, and are no customers: {_listed(labels)}."] if labels else []


def _records(lines: Iterable[Line]) -> tuple[int, ...]:
    return tuple(line.record for line in lines)


def called_totals(connection: duckdb.DuckDBPyConnection, found: Belonging) -> dict[str, Noticed]:
    """By what they are called, remarks on lines that count and are called as totals are."""
    result: dict[str, Noticed] = {}
    for label, records in found.called.items():
        rows, amount = ask(connection, CALLED_SQL, records=list(records))[0]
        if rows:
            what = f"of “{label}”, which is called as a total is and adds up no other lines"
            end = ". It counts as a customer unless you say that it is none"
            result[label] = replace(seen("called_total", rows, amount, what, end), asks=True)
    return result


# --- one customer ---------------------------------------------------------------------------------


def _spelled(measures: Mapping[str, Measures], counted: Counted) -> dict[str, str]:
    """Names that are not the spelling that counts -> the one that does."""
    if counted.choices.spellings == "as_written":
        return {}
    found = spellings(measures, by_name=counted.by_name)
    return {key: one for key, one in found.items() if key != one}


def _one_id(measures: Mapping[str, Measures]) -> dict[str, str]:
    """Ids with ".0" -> without, where the ledger has one of them both ways."""
    decimal = {key: key[:-2] for key in measures if key.endswith(".0") and key[:-2].isdigit()}
    return decimal if any(key in measures for key in decimal.values()) else {}


def _fold(
    connection: duckdb.DuckDBPyConnection, folded: Mapping[str, str], counted: Counted
) -> str:
    """A sentence on keys that are one; their lines belong to one customer then."""
    name = "name = one," if counted.by_name else ""
    given = {"own": list(folded), "one": list(folded.values())}
    connection.execute(FOLD_SQL.format(name=name), given)
    every: dict[str, list[str]] = {}
    for own, one in folded.items():
        every.setdefault(one, [one]).append(own)
    told = _listed(" = ".join(one) for one in every.values())
    return f"Taken for one customer, and added up: {told}."


# --- names ----------------------------------------------------------------------------------------


def names_of(connection: duckdb.DuckDBPyConnection, measures: Mapping[str, Measures]) -> Names:
    """The name of each customer that has several: the one of most lines, of as many the latest.

    Lines without a customer have no name, nor has who is called "n/a". Where names of one customer
    have nothing in common, that is told.
    """
    nameless = {key: "" for key, one in measures.items() if key == BLANK or is_filler(one.name)}
    by_customer: dict[str, list[tuple[str, int, Decimal]]] = {}
    for customer, name, rows, amount in _several(connection):
        own = by_customer.setdefault(customer, [])
        if not is_filler(name):
            own.append((name, rows, amount))
    by_customer.pop(BLANK, None)
    most = {key: own[0][0] if own else "" for key, own in by_customer.items()}
    odd = {key: own for key, own in by_customer.items() if _differ(own)}
    return Names(nameless | most, tuple(_strange(odd)))


def _differ(own: Sequence[tuple[str, int, Decimal]]) -> bool:
    """Whether some name has nothing in common with the one that most lines have."""
    return any(not may_be_one(own[0][0], name) for name, _, _ in own[1:COMPARED])


def _strange(odd: Mapping[str, Sequence[tuple[str, int, Decimal]]]) -> Iterator[Noticed]:
    """A remark on customers with names that have nothing in common."""
    if not odd:
        return
    others = [one for own in odd.values() for one in own[1:]]
    told = "; ".join(
        f"{key}: {_listed(name for name, _, _ in own)}" for key, own in [*odd.items()][:NAMED]
    )
    more = f"; and {len(odd) - NAMED:,} more" if len(odd) > NAMED else ""
    what = "whose customer has another name on most lines, with nothing in common"
    end = (
        f" ({told}{more}). They count under the name of most lines. If these are several "
        "customers, choose the column of names as the one of customers"
    )
    rows, money = sum(one[1] for one in others), sum((one[2] for one in others), Decimal(0))
    yield replace(seen("names", rows, money, what, end), asks=True)


def _listed(texts: Iterable[str]) -> str:
    every = list(texts)
    shown = ", ".join(f"“{one}”" for one in every[:NAMED])
    return f"{shown} and {len(every) - NAMED:,} more" if len(every) > NAMED else shown
