"""What a person should know about a ledger before trusting its figures, in sentences with money.

Lines that cannot count, or that a person has chosen not to count, are left out; lines that count
and look unusual are noticed. Both are found in the table that `loading` has filled.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from string import Template

import duckdb

from kam.intake.orders.copies import repeated, where_words
from kam.intake.orders.currencies import Share
from kam.intake.orders.entries import ask
from kam.intake.orders.fates import LEFT_OUT_SQL, PLACES_SQL
from kam.intake.orders.lines import lines_at, places_of
from kam.intake.orders.loading import Loaded
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
    """Lines that count and deserve a look: what, how many, their money, a sentence."""

    kind: str
    rows: int
    amount: Decimal
    sentence: str


# Why one line, or several, are left out, in the order in which one reason hides the others.
REASONS = {
    "total": ("adds up other lines", "add up other lines"),
    "other": ("is not of the kind that you chose", "are not of the kind that you chose"),
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
REPAIRED_BY_LINE = frozenset({"total", "date", "amount"})

# Lines that nobody meant to count, and those left out by choice, are told of as such.
CONSIDERED = "fate NOT IN ('total', 'other', 'copy', 'cancellation', 'negative', 'zero')"

# One pass over the few lines that bring nothing.
NOTICED_SQL = f"""
SELECT count(*) FILTER (amount < 0), sum(amount) FILTER (amount < 0), count(*) FILTER (amount = 0),
    count(*) FILTER (cancels), sum(amount) FILTER (cancels)
FROM entries WHERE amount <= 0 AND {CONSIDERED}
"""  # noqa: S608 -- our own condition

UNKNOWN_SQL = Template(
    f"SELECT count(*) FROM entries WHERE $column IS NULL AND {CONSIDERED}"  # noqa: S608 -- our own condition
)


def cents(amount: Decimal) -> Decimal:
    """The amount rounded half up to two decimals, as accountants do."""
    return amount.quantize(Decimal("0.01"), ROUND_HALF_UP)


def left_out(
    connection: duckdb.DuckDBPyConnection, files: Sequence[Loaded], limit: date
) -> tuple[LeftOut, ...]:
    """Every reason for which lines do not count, with their number and money."""
    found = {row[0]: row[1:] for row in ask(connection, LEFT_OUT_SQL)}
    result = []
    for kind in (reason for reason in REASONS if reason in found):
        rows, amount = found[kind]
        places = _places(connection, files, kind)
        result.append(_left_out(LeftOut(kind, rows, amount, ""), places, len(files), limit))
    rejected = sum(file.rejected.rows for file in files)
    if rejected:
        places = [
            (file.opened.name, line)
            for file in files
            for line in lines_at(file.opened.file, file.rejected.places)
        ]
        result.append(_left_out(LeftOut("shape", rejected, None, ""), places, len(files), limit))
    return tuple(result)


Place = tuple[str, int]


def _left_out(bare: LeftOut, places: Sequence[Place], files: int, limit: date) -> LeftOut:
    one, several = REASONS[bare.kind]
    subject = f"1 line {one} and is" if bare.rows == 1 else f"{bare.rows:,} lines {several} and are"
    money = f" ({cents(bare.amount):,} in all)" if bare.amount is not None else ""
    where = _where(places, bare.rows, files)
    sentence = f"{subject} left out{money}{where}.".format(limit=limit.isoformat())
    lines = tuple(line for _, line in places)
    return LeftOut(bare.kind, bare.rows, bare.amount, sentence, lines)


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
    connection: duckdb.DuckDBPyConnection, files: Sequence[Loaded], kind: str
) -> list[Place]:
    """The first lines of the files with this fate; none for fates that need no repair by line."""
    if kind not in REPAIRED_BY_LINE:
        return []
    records = [row[0] for row in ask(connection, PLACES_SQL, fate=kind, most=PLACES)]
    found: list[Place] = []
    for file in reversed(files):
        own = [record - file.first for record in records if record >= file.first]
        records = records[: len(records) - len(own)]
        if own and file.rejected.countable:
            found[:0] = [(file.opened.name, line) for line in places_of(file.opened, own)]
    return found


def noticed(
    connection: duckdb.DuckDBPyConnection, files: Sequence[Loaded], columns: Collection[str]
) -> tuple[Noticed, ...]:
    """What looks unusual among the lines that are not left out by choice.

    `columns` are our names of the columns that the ledger has.
    """
    negative, credited, zero, cancelled, cancelled_money = ask(connection, NOTICED_SQL)[0]
    found = (
        _seen("negative", negative, credited, "below zero: credit notes or returns"),
        _seen(
            "cancellation",
            cancelled,
            cancelled_money,
            "with an order number that begins with C: cancellations, which reduce revenue",
        ),
        _seen("zero", zero, None, "worth nothing: samples or corrections; they count as orders"),
        _copies(connection, files),
        _seen(
            "no_cost",
            _unknown(connection, "cost", columns),
            None,
            "without a readable cost; their customers have no margin",
        ),
        _seen(
            "no_cost_to_serve",
            _unknown(connection, "serving", columns),
            None,
            "without a readable cost to serve; their customers have none",
        ),
    )
    return tuple(one for one in found if one.rows)


def _unknown(connection: duckdb.DuckDBPyConnection, column: str, columns: Collection[str]) -> int:
    """How many lines lack a figure in a column that the ledger has."""
    if column not in columns:
        return 0
    return int(ask(connection, UNKNOWN_SQL.substitute(column=column))[0][0])


def _copies(connection: duckdb.DuckDBPyConnection, files: Sequence[Loaded]) -> Noticed:
    """Copies, wherever they are not left out as such; with their files if there are several."""
    found = repeated(connection, [file.first for file in files])
    where = where_words(found, [file.opened.name for file in files])
    return _seen(
        "copy",
        sum(one.rows for one in found),
        sum((one.amount for one in found), Decimal(0)),
        "in which every cell repeats another line; check whether a block came in twice",
        where,
    )


def _seen(kind: str, rows: int, amount: Decimal | None, what: str, where: str = "") -> Noticed:
    money = f" ({cents(amount):,} in all)" if amount else ""
    lines = "1 line" if rows == 1 else f"{rows:,} lines"
    return Noticed(kind, rows, amount or Decimal(0), f"{lines} {what}{money}{where}.")


def without_currency(found: Sequence[Share]) -> tuple[Noticed, ...]:
    """A remark on lines that name no currency where all others name the same; else none."""
    blank = next((share for share in found if not share.currency), None)
    named = [share.currency for share in found if share.currency]
    if blank is None or len(named) != 1:
        return ()
    return (_seen("currency", blank.rows, blank.amount,
                  f"without a currency, counted as {named[0]}"),)  # fmt: skip
