"""What a person should know about a ledger before trusting its figures, in sentences with money.

Lines that cannot count are left out; lines that count and look unusual are noticed. Both are
found in the table that `entries` has loaded.
"""

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

import duckdb

from kam.intake import entries
from kam.intake.files import listed_lines
from kam.intake.lines import Opened, lines_at, places_of

# Unreadable lines whose numbers are looked up; more are counted.
PLACES = 20


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Lines that do not count: why, how many, their money (None if unreadable), a sentence."""

    kind: str
    rows: int
    amount: Decimal | None
    sentence: str
    lines: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Noticed:
    """Lines that count and deserve a look: what, how many, their money, a sentence."""

    kind: str
    rows: int
    amount: Decimal
    sentence: str


# Why one line, or several, are left out, in the order in which one reason hides the others.
REASONS = {
    "total": ("adds up other lines", "add up other lines"),
    "customer": ("names no customer", "name no customer"),
    "date": ("has no readable date", "have no readable date"),
    "amount": ("has no readable amount", "have no readable amount"),
    "future": ("lies after {limit}", "lie after {limit}"),
    "shape": ("does not have the header's cells", "do not have the header's cells"),
}

# Reasons that are repaired line by line, so that their line numbers are worth looking up.
REPAIRED_BY_LINE = frozenset({"total", "date", "amount"})


def cents(amount: Decimal) -> Decimal:
    """The amount rounded half up to two decimals, as accountants do."""
    return amount.quantize(Decimal("0.01"), ROUND_HALF_UP)


def left_out(
    connection: duckdb.DuckDBPyConnection, opened: Opened, limit: date
) -> tuple[LeftOut, ...]:
    """Every reason for which lines do not count, with their number and money."""
    found = {row[0]: row[1:] for row in entries.ask(connection, entries.LEFT_OUT_SQL)}
    rejected = entries.rejected(connection)
    result = []
    for kind in (reason for reason in REASONS if reason in found):
        rows, amount = found[kind]
        lines = _lines(connection, opened, kind) if rejected.countable else ()
        result.append(_left_out(kind, rows, amount, lines, limit))
    if rejected.rows:
        lines = lines_at(opened.csv, rejected.places)
        result.append(_left_out("shape", rejected.rows, None, lines, limit))
    return tuple(result)


def _left_out(
    kind: str, rows: int, amount: Decimal | None, lines: tuple[int, ...], limit: date
) -> LeftOut:
    one, several = REASONS[kind]
    subject = f"1 line {one} and is" if rows == 1 else f"{rows:,} lines {several} and are"
    money = f" ({cents(amount):,} in all)" if amount is not None else ""
    where = f": {listed_lines(lines, rows)}" if lines else ""
    sentence = f"{subject} left out{money}{where}.".format(limit=limit.isoformat())
    return LeftOut(kind, rows, amount, sentence, lines)


def _lines(connection: duckdb.DuckDBPyConnection, opened: Opened, kind: str) -> tuple[int, ...]:
    """The first lines of the file with this fate; none for fates that need no repair by line."""
    if kind not in REPAIRED_BY_LINE:
        return ()
    rows = entries.ask(connection, entries.PLACES_SQL, fate=kind, most=PLACES)
    return places_of(opened, [row[0] for row in rows])


def noticed(connection: duckdb.DuckDBPyConnection, *, costs: bool) -> tuple[Noticed, ...]:
    """What looks unusual among all lines; `costs` is whether the ledger has a column of costs."""
    row = entries.ask(connection, entries.NOTICED_SQL)[0]
    negative, credited, zero, cancelled, cancelled_money, uncancelled, costless = row
    copies, copied = entries.ask(connection, entries.DUPLICATES_SQL)[0]
    found = (
        _seen("negative", negative, credited, "below zero: credit notes or returns"),
        # An order number such as C17 means a cancellation only where all of its kind are negative.
        _seen(
            "cancellation",
            0 if uncancelled else cancelled,
            cancelled_money,
            "with an order number that begins with C: cancellations, which reduce revenue",
        ),
        _seen("zero", zero, None, "worth nothing: samples or corrections; they count as orders"),
        _seen(
            "copy",
            int(copies or 0),
            copied,
            "that repeat another line in every cell; check whether a block came in twice",
        ),
        _seen(
            "no_cost",
            costless if costs else 0,
            None,
            "without a readable cost; their customers have no margin",
        ),
    )
    return (*(one for one in found if one.rows), *_currencies(connection))


def _seen(kind: str, rows: int, amount: Decimal | None, what: str) -> Noticed:
    money = f" ({cents(amount):,} in all)" if amount else ""
    lines = "1 line" if rows == 1 else f"{rows:,} lines"
    return Noticed(kind, rows, amount or Decimal(0), f"{lines} {what}{money}.")


def _currencies(connection: duckdb.DuckDBPyConnection) -> tuple[Noticed, ...]:
    """One remark on lines in other currencies than the most frequent one; none if all agree."""
    found = entries.ask(connection, entries.CURRENCIES_SQL)
    if len(found) < 2:
        return ()
    others = found[1:]
    named = ", ".join(f"{currency} {rows:,}" for currency, rows, _ in others)
    sentence = (
        f"Amounts are added as they stand, although not all are in {found[0][0]}: {named} lines. "
        "Convert them before, or read only one currency."
    )
    amount = sum((row[2] or Decimal(0) for row in others), Decimal(0))
    return (Noticed("currency", sum(row[1] for row in others), amount, sentence),)
