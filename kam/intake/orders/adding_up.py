"""Lines of customers that are called as totals are: which of them add up other lines.

What such lines may add up is compared before anybody chooses what counts: everything, one year,
one customer, or the lines from one of them to the next. A total may take in lines that do not
count (without a customer, without a date, after the end), so each sum is made with and without.
"""

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from itertools import accumulate, product
from typing import NamedTuple

import duckdb

from kam.intake.lists.totals import CENT, ROUNDING, TOTALS, is_total
from kam.intake.orders.entries import WANTED, ask
from kam.intake.orders.sources import quoted
from kam.names.legal_forms import words_of

# Every word of `TOTALS` holds one of these; most ledgers hold none of them, and are done then.
STEMS = ("tot", "sum", "gesamt", "somme", "ergebnis")

# A total without cents may have been rounded to whole ones.
HALF = Decimal("0.5")

# A customer called as a total is one if fewer of its lines than this add up others. Share, 0-1; by
# chance a line of a real customer may be the sum of the few lines above it.
MOSTLY = 0.5

_YEAR = re.compile(r"\b(?:19|20)\d\d\b")

# A part of the lines: their block, whose customer if it is one that is asked for, year, whether
# they name somebody, have a day that counts, and are of the kind asked for; and their money.
PARTS_SQL = """
SELECT block, whose, year, named, dated, wanted, sum(amount) FROM (
    SELECT ends.place AS block, year(day) AS year, amount,
        customer IS NOT NULL AS named, coalesce(day <= $limit, false) AS dated,
        {wanted} AS wanted,
        CASE WHEN list_contains($owners::VARCHAR[], customer) THEN customer END AS whose
    FROM (SELECT rowid AS record, * FROM lines WHERE amount IS NOT NULL AND NOT {called}) AS base
    ASOF JOIN (
        SELECT unnest($ends) AS last, unnest(range(len($ends))) AS place
    ) AS ends ON base.record <= ends.last
) GROUP BY ALL
"""

CALLED_SQL = """
SELECT rowid, {label}, amount, day FROM lines WHERE {called} ORDER BY rowid
"""


class Pair(NamedTuple):
    """What a line says of its customer: its key and its name, `None` where it says nothing."""

    customer: str | None
    name: str | None


class Line(NamedTuple):
    """A line whose customer is called as a total is: its row in table `lines`, and what it says."""

    record: int
    label: str
    amount: Decimal | None
    day: date | None


@dataclass(frozen=True, slots=True)
class Called:
    """Customers that are called as totals are.

    Attributes:
        keys, names: of them, as lines have them in the columns of customers and of names.
        owners: such a key or name -> the customer whose lines it says that it adds up.
    """

    keys: frozenset[str] = frozenset()
    names: frozenset[str] = frozenset()
    owners: Mapping[str, str] = field(default_factory=dict)

    @property
    def condition(self) -> str:
        """SQL for whether a line of table `lines` is one of theirs."""
        tests = [
            f"coalesce({column} IN ({', '.join(map(quoted, sorted(texts)))}), false)"
            for column, texts in (("customer", self.keys), ("name", self.names))
            if texts
        ]
        return f"({' OR '.join(tests)})"

    @property
    def label(self) -> str:
        """SQL for what a line is called by."""
        if not self.names:
            return "customer"
        listed = ", ".join(map(quoted, sorted(self.names)))
        return f"CASE WHEN name IN ({listed}) THEN name ELSE customer END"


class Found(NamedTuple):
    """Lines that add up others, and lines that are only called so, by what they are called."""

    totals: tuple[Line, ...]
    others: Mapping[str, tuple[Line, ...]]


def called(pairs: Collection[Pair]) -> Called | None:
    """The customers that are called as totals are; `None` where nobody is."""
    texts = {text for pair in pairs for text in pair if text}
    if not _holds_a_stem("\n".join(texts)):
        return None
    suspects = [text for text in texts if _holds_a_stem(text)]
    owners = dict(_owners([one for one in suspects if TOTALS & set(words_of(one))], pairs))
    found = {text for text in suspects if text in owners or is_total(text)}
    keys = frozenset(pair.customer for pair in pairs if pair.customer in found and pair.customer)
    names = frozenset(pair.name for pair in pairs if pair.name in found and pair.name)
    return Called(keys, names, owners) if found else None


def _holds_a_stem(text: str) -> bool:
    folded = text.casefold()
    return any(stem in folded for stem in STEMS)


def _owners(suspects: Sequence[str], pairs: Iterable[Pair]) -> Iterator[tuple[str, str]]:
    """The text "Total Acme" with the customer Acme, where there is one."""
    if not suspects:
        return
    known = {
        " ".join(words_of(text)): pair.customer
        for pair in pairs
        if pair.customer
        for text in pair
        if text and text not in suspects
    }
    for text in suspects:
        rest = " ".join(word for word in words_of(text) if word not in TOTALS)
        if rest in known:
            yield text, known[rest]


def adding_up(
    connection: duckdb.DuckDBPyConnection, these: Called, firsts: Sequence[int], limit: date
) -> Found:
    """Which lines of these customers add up others.

    Args:
        connection: with table `lines`.
        these: the customers.
        firsts: the places in table `lines` at which the files begin.
        limit: the last day on which a line may be.
    """
    sql = CALLED_SQL.format(label=these.label, called=these.condition)
    lines = [Line(*row) for row in ask(connection, sql)]
    sums = _sums(connection, these, _ends(lines, firsts), limit)
    by_label: dict[str, list[Line]] = defaultdict(list)
    for line in lines:
        by_label[line.label].append(line)
    totals: list[Line] = []
    others: dict[str, tuple[Line, ...]] = {}
    for label, own in by_label.items():
        found = _totals(own, these.owners.get(label), sums)
        totals += found
        if left := tuple(line for line in own if line not in set(found)):
            others[label] = left
    return Found(tuple(totals), others)


def _totals(lines: Sequence[Line], owner: str | None, sums: Sequence["Sums"]) -> list[Line]:
    """Those of one customer's lines that add up others.

    Lines that cannot count anyway are taken for totals unless others show a real customer.
    """
    told = [line for line in lines if line.amount and line.day]
    every = sum((line.amount for line in told if line.amount), Decimal(0))
    if any(near(every, one.whole) for one in sums if every):
        return list(lines)
    found = [line for line in told if any(one.has(line, owner) for one in sums)]
    if len(found) < MOSTLY * len(told):
        return []
    empty = [line for line in lines if not (line.amount and line.day)]
    return found + (empty if len(found) == len(told) else [])


def near(one: Decimal, other: Decimal) -> bool:
    """Whether a total is a sum, but for what rounding leaves."""
    return abs(one - other) <= _tolerance(one)


def _tolerance(total: Decimal) -> Decimal:
    rounding = max(Decimal(str(CENT)), abs(total) * Decimal(str(ROUNDING)))
    return max(rounding, HALF) if total == total.to_integral_value() else rounding


class Part(NamedTuple):
    """A row of `PARTS_SQL`."""

    block: int
    whose: str | None
    year: int | None
    named: bool
    dated: bool
    wanted: bool
    amount: Decimal


class Sums:
    """What the other lines come to: all of them, by year, by customer, and up to each place."""

    def __init__(self, parts: Iterable[Part], ends: Sequence[int]) -> None:
        blocks = [Decimal(0)] * len(ends)
        self.years: defaultdict[int | None, Decimal] = defaultdict(Decimal)
        self.own: defaultdict[tuple[str | None, int | None], Decimal] = defaultdict(Decimal)
        for part in parts:
            blocks[part.block] += part.amount
            self.years[part.year] += part.amount
            self.own[part.whose, part.year] += part.amount
            self.own[part.whose, None] += part.amount
        self._ends = ends
        self._up_to = [Decimal(0), *accumulate(blocks)]
        self._sorted = sorted(self._up_to)
        self.whole = self._up_to[-1]

    def has(self, line: Line, owner: str | None) -> bool:
        """Whether a line is the sum of all, of its year, of its customer or of a run of lines."""
        amount = line.amount or Decimal(0)
        year = _YEAR.search(line.label)
        wanted = int(year[0]) if year else line.day.year if line.day else None
        told = [self.whole, self.years.get(wanted, Decimal(0))]
        if owner:
            told += [self.own.get((owner, one), Decimal(0)) for one in (None, wanted)]
        if any(near(amount, one) for one in told if one):
            return True
        if abs(amount) <= _tolerance(amount):
            return False
        here = self._up_to[bisect_left(self._ends, line.record) + 1]
        return self._ends_in(here - amount, amount) or self._ends_in(here + amount, amount)

    def _ends_in(self, wanted: Decimal, amount: Decimal) -> bool:
        """Whether the lines up to some place come to `wanted`."""
        room = _tolerance(amount)
        at = bisect_left(self._sorted, wanted - room)
        return at < len(self._sorted) and self._sorted[at] <= wanted + room


def _ends(lines: Sequence[Line], firsts: Sequence[int]) -> list[int]:
    """The rows of table `lines` at which a block may end: a total, or the end of a file."""
    last = 2**62
    return sorted({*(line.record for line in lines), *(one - 1 for one in firsts if one), last})


def _sums(
    connection: duckdb.DuckDBPyConnection, these: Called, ends: Sequence[int], limit: date
) -> list[Sums]:
    """The sums of the lines that a total may take in: with and without those that do not count."""
    sql = PARTS_SQL.format(called=these.condition, wanted=WANTED)
    owners = sorted(set(these.owners.values()))
    parts = [Part(*row) for row in ask(connection, sql, owners=owners, ends=ends, limit=limit)]
    return [
        Sums((one for one in parts if _fits(one, asked)), ends)
        for asked in product((False, True), repeat=3)
    ]


def _fits(part: Part, asked: tuple[bool, ...]) -> bool:
    """Whether lines are of those that name somebody, are dated, and are wanted, as far as asked."""
    told = (part.named, part.dated, part.wanted)
    return all(one for one, needed in zip(told, asked, strict=True) if needed)
