"""What a person should know about a ledger before trusting its figures, in sentences with money.

Lines that cannot count, or that a person has chosen not to count, are left out; lines that count
and look unusual are noticed. Both are found in the table that `loading` has filled.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from math import inf
from string import Template

import duckdb

from kam.intake.orders.copies import Repeated, repeated, where_words
from kam.intake.orders.coverage import day_words
from kam.intake.orders.currencies import Share
from kam.intake.orders.entries import ask
from kam.intake.orders.fates import LEFT_OUT_SQL, PLACES_SQL, UNCONVERTED_SQL
from kam.intake.orders.loading import Loaded
from kam.intake.orders.places import lines_at, places_of
from kam.intake.tables.files import listed_lines

# Unreadable lines whose numbers are looked up; more are counted.
PLACES = 20


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Lines that do not count: why, how many, their money (None if unreadable), a sentence.

    `lines` are the numbers of the first of them in their file, where a repair needs them; of a
    ledger in several files the sentence names the file of each.
    """

    kind: str
    rows: int
    amount: Decimal | None
    sentence: str
    lines: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Noticed:
    """Lines that count and deserve a look: what, how many, their money, a sentence.

    `asks` is whether the program cannot know if they are counted rightly.
    """

    kind: str
    rows: int
    amount: Decimal
    sentence: str
    asks: bool = False


# Why one line, or several, are left out, in the order in which one reason hides the others.
REASONS = {
    "total": ("adds up other lines", "add up other lines"),
    "other": ("is not of the kind that you chose", "are not of the kind that you chose"),
    "nobody": ("stands for no customer", "stand for no customer"),
    "customer": ("names no customer", "name no customer"),
    "date": ("has no readable date", "have no readable date"),
    "amount": ("has no readable amount", "have no readable amount"),
    "future": ("lies after {limit}", "lie after {limit}"),
    "currency": ("names no currency", "name no currency"),
    "copy": ("repeats another line in every cell", "repeat another line in every cell"),
    "cancellation": ("is a cancellation", "are cancellations"),
    "negative": ("is below zero", "are below zero"),
    "zero": ("is worth nothing", "are worth nothing"),
    "shape": ("does not have the header's cells", "do not have the header's cells"),
}

# Reasons that are repaired line by line, so that their line numbers are worth looking up.
REPAIRED_BY_LINE = frozenset({"total", "nobody", "date", "amount"})

# One pass over the few lines that bring nothing. Only lines that count are noticed, so that each
# of these figures is what a choice to leave such lines out takes away.
NOTICED_SQL = """
SELECT count(*) FILTER (amount < 0), sum(amount) FILTER (amount < 0), count(*) FILTER (amount = 0),
    count(*) FILTER (cancels), sum(amount) FILTER (cancels)
FROM entries WHERE amount <= 0 AND counts
"""

UNKNOWN_SQL = Template("SELECT count(*) FROM entries WHERE $column IS NULL AND counts")

EARLY_SQL = """
SELECT count(*), sum(amount), min(day), max(day) FROM entries WHERE counts AND day < $first
"""
EARLY_PLACES_SQL = """
SELECT record FROM entries WHERE counts AND day < $first ORDER BY record LIMIT $most
"""


def cents(amount: Decimal) -> Decimal:
    """The amount rounded half up to two decimals, as accountants do."""
    return amount.quantize(Decimal("0.01"), ROUND_HALF_UP)


def left_out(
    connection: duckdb.DuckDBPyConnection, files: Sequence[Loaded], limit: date
) -> tuple[LeftOut, ...]:
    """Every reason for which lines do not count, with their number and money."""
    found = {row[0]: row[1:] for row in ask(connection, LEFT_OUT_SQL)}
    every, result = _places(connection, files, REPAIRED_BY_LINE & found.keys()), []
    for kind in (reason for reason in REASONS if reason in found):
        rows, amount, unconverted = found[kind]
        places = every.get(kind, [])
        where = _where(places, rows, len(files))
        if kind == "copy":
            where = _copied(connection, files, "fate = 'copy'")[1]
        where = (_unconverted(connection, kind) if unconverted else "") + where
        result.append(_told(LeftOut(kind, rows, amount, where, _lines(places)), limit))
    rejected = sum(file.rejected.rows for file in files)
    if rejected:
        places = [
            (file.opened.name, line)
            for file in files
            for line in lines_at(file.opened, file.rejected.places)
        ]
        where = _where(places, rejected, len(files))
        result.append(_told(LeftOut("shape", rejected, None, where, _lines(places)), limit))
    return tuple(result)


def _unconverted(connection: duckdb.DuckDBPyConnection, kind: str) -> str:
    """The money of lines left out that has no rate, for the middle of a sentence."""
    told = [f"{cents(amount):,} in {currency or 'no currency'}"
            for currency, amount in ask(connection, UNCONVERTED_SQL, fate=kind)]  # fmt: skip
    return f" ({', '.join(told)}, not converted)"


Place = tuple[str, int]


def _told(bare: LeftOut, limit: date) -> LeftOut:
    """The remark with its whole sentence instead of the end of it."""
    one, several = REASONS[bare.kind]
    subject = f"1 line {one} and is" if bare.rows == 1 else f"{bare.rows:,} lines {several} and are"
    money = f" ({cents(bare.amount):,} in all)" if bare.amount is not None else ""
    told = f"{subject.format(limit=day_words(limit))} left out{money}{bare.sentence}."
    return replace(bare, sentence=told)


def _lines(places: Sequence[Place]) -> tuple[int, ...]:
    return tuple(line for _, line in places)


def _where(places: Sequence[Place], rows: int, files: int) -> str:
    """Where lines stand, to end a sentence; by file if there are several files."""
    if not places:
        return ""
    if files == 1:
        return f": {listed_lines([line for _, line in places], rows)}"
    named = list(dict.fromkeys(name for name, _ in places))
    told = [f"{name}: {listed_lines([at for own, at in places if own == name])}" for name in named]
    more = f"; {rows - len(places):,} more" if rows > len(places) else ""
    return f". {'; '.join(told)}{more}"


def _places(
    connection: duckdb.DuckDBPyConnection, files: Sequence[Loaded], kinds: Collection[str]
) -> dict[str, list[Place]]:
    """Fate -> the first lines of the files with it; each file is looked through once."""
    rows = {
        kind: [row[0] for row in ask(connection, PLACES_SQL, fate=kind, most=PLACES)]
        for kind in kinds
    }
    found = _located(files, sorted(record for own in rows.values() for record in own))
    return {kind: [found[one] for one in own if one in found] for kind, own in rows.items()}


def _located(files: Sequence[Loaded], records: list[int]) -> dict[int, Place]:
    """Row of table `lines` -> file and line; `records` ascend, and so do the places."""
    ends = [*(file.first for file in files[1:]), inf]
    found: dict[int, Place] = {}
    for file, end in zip(files, ends, strict=True):
        own = [record for record in records if file.first <= record < end]
        if own and file.rejected.countable:
            lines = places_of(file.opened, [record - file.first for record in own])
            found |= {at: (file.opened.name, line) for at, line in zip(own, lines, strict=True)}
    return found


def noticed(
    connection: duckdb.DuckDBPyConnection, files: Sequence[Loaded], columns: Collection[str]
) -> tuple[Noticed, ...]:
    """What looks unusual among the lines that count.

    `columns` are our names of the columns that the ledger has.
    """
    negative, credited, zero, cancelled, cancelled_money = ask(connection, NOTICED_SQL)[0]
    found = (
        seen("negative", negative, credited, "below zero: credit notes or returns"),
        seen(
            "cancellation",
            cancelled,
            cancelled_money,
            "with an order number that begins with C: cancellations, which reduce revenue",
            "; they are told among the lines below zero or worth nothing as well",
        ),
        seen("zero", zero, None, "worth nothing: samples or corrections; they count as orders"),
        _copies(connection, files),
        seen(
            "no_cost",
            _unknown(connection, "cost", columns),
            None,
            "without a readable cost; customers with such a line have no margin",
        ),
        seen(
            "no_cost_to_serve",
            _unknown(connection, "serving", columns),
            None,
            "without a readable cost to serve; customers with such a line have none",
        ),
    )
    return tuple(one for one in found if one.rows)


def _unknown(connection: duckdb.DuckDBPyConnection, column: str, columns: Collection[str]) -> int:
    """How many lines that count lack a figure in a column that the ledger has."""
    if column not in columns:
        return 0
    return int(ask(connection, UNKNOWN_SQL.substitute(column=column))[0][0])


def _copies(connection: duckdb.DuckDBPyConnection, files: Sequence[Loaded]) -> Noticed:
    """Copies that count; with their files if there are several."""
    found, where = _copied(connection, files, "counts")
    return seen(
        "copy",
        sum(one.rows for one in found),
        sum((one.amount for one in found), Decimal(0)),
        "in which every cell repeats another line; check whether a block came in twice",
        where,
    )


def _copied(
    connection: duckdb.DuckDBPyConnection, files: Sequence[Loaded], which: str
) -> tuple[tuple[Repeated, ...], str]:
    """The copies among certain lines, and in which files they stand, to end a sentence."""
    found = repeated(connection, [file.first for file in files], which)
    return found, where_words(found, [file.opened.name for file in files])


def long_before(
    connection: duckdb.DuckDBPyConnection, files: Sequence[Loaded], first: date
) -> tuple[Noticed, ...]:
    """A remark on lines that count and lie before the records begin, on `first`; else none."""
    rows, amount, begin, end = ask(connection, EARLY_SQL, first=first)[0]
    if not rows:
        return ()
    found = ask(connection, EARLY_PLACES_SQL, first=first, most=PLACES)
    places = list(_located(files, [row[0] for row in found]).values())
    where = _where(places, rows, len(files))
    days = day_words(begin) if begin == end else f"{day_words(begin)} to {day_words(end)}"
    what = f"of {days}, more than a year before all others"
    then = f". The ledger is taken to begin on {day_words(first)}, not there"
    return (seen("early", rows, amount, what, where + then),)


def seen(kind: str, rows: int, amount: Decimal | None, what: str, where: str = "") -> Noticed:
    """A remark on lines: how many, what they are, their money, and how the sentence ends."""
    money = f" ({cents(amount):,} in all)" if amount else ""
    lines = "1 line" if rows == 1 else f"{rows:,} lines"
    return Noticed(kind, rows, amount or Decimal(0), f"{lines} {what}{money}{where}.")


def without_currency(found: Sequence[Share], left: Sequence[LeftOut]) -> tuple[Noticed, ...]:
    """A remark on lines that count and name no currency, where all others name the same; else none.

    Where a rate converts those others, the lines are among the ones `left` out.
    """
    blank = next((share for share in found if not share.currency), None)
    named = [share.currency for share in found if share.currency]
    if blank is None or len(named) != 1 or any(one.kind == "currency" for one in left):
        return ()
    return (seen("currency", blank.rows, blank.amount,
                  f"without a currency, counted as {named[0]}"),)  # fmt: skip
