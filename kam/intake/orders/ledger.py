"""Order lines -> what each customer bought: revenue, growth, margin, orders, recency.

Nothing disappears silently. Lines that cannot count (no customer, no readable date or amount,
after the end) are left out and shown with their money; lines that count but deserve a look
(credit notes, cancellations, exact copies) are shown as well, and a person may choose not to
count them. Sums are exact decimals; only ratios are floats.
"""

from collections.abc import Mapping, Sequence
from concurrent.futures import Executor, ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

import duckdb
import pyarrow as pa

from kam.errors import Refused, Unreadable
from kam.intake.orders import fates
from kam.intake.orders.beginning import beginning
from kam.intake.orders.belonging import Counted, Names, called_totals, names_of, settled
from kam.intake.orders.copies import Found, different_orders, doubled_lines, keep_repeats
from kam.intake.orders.coverage import Costs, coverage, periods, uncovered
from kam.intake.orders.cube import build_cube
from kam.intake.orders.currencies import RatesNeeded, Share, in_one_currency
from kam.intake.orders.entries import ask, connected
from kam.intake.orders.fates import Rules
from kam.intake.orders.loading import Question, Read, loaded
from kam.intake.orders.measures import (
    MEASURES,
    Measure,
    Measures,
    Span,
    Windows,
    measured,
)
from kam.intake.orders.nothing import why_nothing_counts
from kam.intake.orders.nul import refuse_nul
from kam.intake.orders.opened import Source, Wanted, Work
from kam.intake.orders.opening import opened_all
from kam.intake.orders.progress import Cancelled, Progress
from kam.intake.orders.remarks import (
    LeftOut,
    Noticed,
    cents,
    left_out,
    long_before,
    noticed,
    without_currency,
)
from kam.intake.orders.suggested import NEEDED, suggested
from kam.intake.orders.totals import Rows, Totals, totals_of
from kam.intake.tables.files import Reading, Table
from kam.model import LedgerChoices

__all__ = [
    "MEASURES",
    "Cancelled",
    "Ledger",
    "LeftOut",
    "Measure",
    "Measures",
    "Noticed",
    "Progress",
    "RatesNeeded",
    "Totals",
    "Windows",
    "cents",
    "chosen",
    "read_ledger",
    "suggest",
]

# Money as text: making decimals of it is quicker than taking decimals from the database.
YEARS_SQL = "SELECT year, sum(revenue)::VARCHAR FROM cube GROUP BY year ORDER BY year"
CUSTOMER_YEARS_SQL = """
SELECT customer, year, sum(revenue)::VARCHAR AS revenue FROM cube GROUP BY ALL ORDER BY ALL
"""

COSTS_SQL = """
SELECT coalesce(sum(cost), 0), sum(lines - costed),
    coalesce(sum(costed_revenue) FILTER (quarter < 4), 0) FROM cube
"""


@dataclass(frozen=True, slots=True)
class Ledger:
    """What an order ledger tells.

    Attributes:
        measures: by customer id.
        totals: what they add up to.
        left_out: lines that do not count, by reason, with their money.
        noticed: lines that count and deserve a look, with their money.
        notes: sentences about how the files were read.
        years: customer, year and revenue of every customer and calendar year with a line.
        periods: measure key -> the time that it covers, in words.
        coverage: measure key -> for how much it is known, in words.
        currencies: the lines that count by the currency that they name, in that currency; one
            entry with "" where the ledger has no such column.
        uncovered: keys of measures that nobody can know, because the ledger begins too late;
            what `measures` tells of them belongs to a part of their time.
        called_totals: what customers are called that may be none: as totals are, without adding up
            other lines.
        spelled: whether several spellings of a name were taken for one customer.
    """

    measures: Mapping[str, Measures]
    totals: Totals
    left_out: tuple[LeftOut, ...]
    noticed: tuple[Noticed, ...]
    notes: tuple[str, ...]
    years: pa.Table
    periods: Mapping[str, str]
    coverage: Mapping[str, str]
    currencies: tuple[Share, ...] = ()
    uncovered: frozenset[str] = frozenset()
    called_totals: tuple[str, ...] = ()
    spelled: bool = False

    @property
    def by_year(self) -> Mapping[str, Mapping[int, Decimal]]:
        """Customer id -> calendar year -> revenue; years without a line are not there."""
        found: dict[str, dict[int, Decimal]] = {}
        columns = (column.to_pylist() for column in self.years.columns)
        for customer, year, revenue in zip(*columns, strict=True):
            found.setdefault(customer, {})[year] = Decimal(revenue)
        return found


class _Work(NamedTuple):
    """What stays the same while a ledger is read."""

    connection: duckdb.DuckDBPyConnection
    choices: LedgerChoices
    columns: Mapping[str, str]
    limit: date


def suggest(table: Table) -> LedgerChoices | None:
    """Columns whose names say for certain what they hold.

    None if customer, date or money lack, or two different columns may be one of them.
    """
    told = suggested(table)
    if not told.rivals.keys().isdisjoint(NEEDED):
        return None
    try:
        return LedgerChoices(columns=chosen(LedgerChoices(columns=told.columns)))
    except Refused:
        return None


def chosen(choices: LedgerChoices) -> dict[str, str]:
    """Our name of a column -> its header, without the columns that are not needed.

    A ledger without customer ids is counted by customer name. A line's money is its amount, or
    quantity times price.

    Raises:
        Refused: customer, date or money lack.
    """
    found = {key: header for key, header in choices.columns.items() if header}
    if "name" in found:
        found.setdefault("customer", found["name"])
    if not {"customer", "date"} <= found.keys():
        message = "We need to know who bought and when. Choose the columns with customer and date."
        raise Refused(message)
    if "amount" not in found and not {"quantity", "unit_price"} <= found.keys():
        message = (
            "We need to know what a line is worth. Choose the column with its amount, or the "
            "two with quantity and unit price."
        )
        raise Refused(message)
    unused = {"quantity", "unit_price"} if "amount" in found else set()
    unused |= {"currency"} if choices.one_currency else set()
    return {key: header for key, header in found.items() if key not in unused}


def read_ledger(
    sources: Source | Sequence[Source],
    choices: LedgerChoices,
    *,
    names: Sequence[str] = (),
    reading: Reading = Reading(),  # noqa: B008 -- a frozen value
    progress: Progress | None = None,
) -> Ledger:
    """The measures of every customer in a ledger: one file, or several with the same columns.

    Args:
        sources: files on this machine, or their bytes: CSV, TSV (also gzipped), workbooks,
            Parquet.
        choices: which column holds what, and which lines count. Without an end, no line can be
            later than today (UTC).
        names: what a person calls the files, for sentences; default: the files' own names.
        reading: what a person has said about how the files are read.
        progress: whom to tell how far the reading is, and who may stop it.

    Raises:
        Unreadable: not a ledger, a column is missing, dates with two readings, no line counts.
        Refused: columns that are needed are not chosen, or a currency has no rate (RatesNeeded).
        Cancelled: `progress` was cancelled.
    """
    files = [sources] if isinstance(sources, Path | bytes) else list(sources)
    watched = progress or Progress()
    columns = chosen(choices)
    wanted = Wanted(columns, choices.only, reading)
    limit = choices.end or datetime.now(UTC).date()
    with TemporaryDirectory(prefix="kam-ledger-", ignore_cleanup_errors=True) as folder:
        opened = opened_all(files, names, Work(wanted, Path(folder), watched))
        paths = [one.file.path for one in opened]
        with connected(paths, Path(folder)) as connection, watched.watching(connection):
            question = Question(columns, choices, watched)
            work = _Work(connection, choices, columns, limit)
            return _counted(work, loaded(connection, opened, question))


class _Counts(NamedTuple):
    """The lines in the database as they count now.

    `first`, `last` and `rows` are of the lines that count; `orders` are being counted aside.
    """

    shares: tuple[Share, ...]
    notes: tuple[str, ...]
    span: Span
    first: date
    last: date
    rows: int
    orders: Found
    measures: Mapping[str, Measures]


def _counted(work: _Work, read: Read) -> Ledger:
    """Everything that the lines in the database tell.

    Only where something is odd about whom they belong to are they counted once more.
    """
    connection = work.connection
    with ThreadPoolExecutor(1) as aside:  # sorting takes one thread, outside the database
        doubled = doubled_lines(connection, aside)
        fates.settle_cancellations(connection)
        decides = "copy" in work.choices.left_out
        if decides:
            keep_repeats(connection, doubled)
        counts = _counts(work, read, aside)
        refuse_nul(connection, read.files, counts.measures)
        owned = settled(connection, _first_counted(work, read, counts))
        if owned.changed:
            counts = _counts(work, read, aside)
        if not decides:
            keep_repeats(connection, doubled)
        orders = sum(part.result() for part in counts.orders)
    called = names_of(connection, counts.measures) if "name" in work.columns else Names()
    told = counts._replace(
        notes=(*read.notes, *counts.notes, *owned.notes),
        measures=_called(counts.measures, called.names),
    )
    totals = called_totals(connection, owned)
    ledger = _ledger(work, read, told, (orders, (*totals.values(), *called.noticed)))
    return replace(ledger, called_totals=tuple(totals), spelled=owned.spelled)


def _counts(work: _Work, read: Read, aside: Executor) -> _Counts:
    """The lines judged and added up; what takes one thread goes on in `aside`."""
    connection, columns = work.connection, work.columns
    shares, notes = _judged(work, read)
    span, lines = _spanned(work, read)
    orders = different_orders(connection, aside)
    build_cube(connection, span, columns)
    span = span._replace(first=beginning(connection, span.first))
    return _Counts(shares, notes, span, *lines, orders, measured(connection, span, columns))


def _first_counted(work: _Work, read: Read, counts: _Counts) -> Counted:
    """What tells whether something is odd about whom lines belong to."""
    columns = work.columns
    by_name = columns["customer"] == columns.get("name")
    firsts = [file.first for file in read.files]
    named, limit = "name" in columns, work.limit
    return Counted(counts.measures, named, by_name, firsts, limit, work.choices)


def _called(measures: Mapping[str, Measures], names: Mapping[str, str]) -> Mapping[str, Measures]:
    """The measures with these names instead of those that were found first."""
    found = {key: measures[key]._replace(name=name) for key, name in names.items()}
    return {**measures, **found} if found else measures


def _ledger(
    work: _Work, read: Read, counts: _Counts, found: tuple[int, tuple[Noticed, ...]]
) -> Ledger:
    """The ledger with its totals; `found` are its orders, and remarks on whom lines belong to."""
    connection, span, measures = work.connection, counts.span, counts.measures
    rows = Rows(counts.first, counts.last, counts.rows, found[0])
    totals = totals_of(rows, span, measures, dict(ask(connection, YEARS_SQL)))
    cost, costless, costed = ask(connection, COSTS_SQL)[0]
    if not costless:
        totals = replace(totals, cost=cost, margin=totals.revenue - cost)
    left = left_out(connection, read.files, work.limit)
    told = _noticed(work, read, span.first, rows.first)
    return Ledger(
        measures,
        totals,
        left,
        (*found[1], *told, *without_currency(counts.shares, left)),
        counts.notes,
        connection.sql(CUSTOMER_YEARS_SQL).to_arrow_table(),
        periods(span, rows.first),
        coverage(measures, span, Costs(totals.revenue_12m, costed, work.columns)),
        counts.shares,
        uncovered(span),
    )


def _noticed(work: _Work, read: Read, begin: date, first: date) -> tuple[Noticed, ...]:
    """What looks unusual and is not left out by choice, also lines before the records begin."""
    connection, files = work.connection, read.files
    early = long_before(connection, files, begin) if begin > first else ()
    seen = (*noticed(connection, files, work.columns), *early)
    return tuple(one for one in seen if one.kind not in work.choices.left_out)


def _judged(work: _Work, read: Read) -> tuple[tuple[Share, ...], tuple[str, ...]]:
    """The currencies found, and what was done with ids and money; every line has its fate then."""
    connection, choices = work.connection, work.choices
    columns = {*work.columns, *(("currency",) if read.named else ())}
    rules = Rules(
        work.limit,
        columns,
        choices.blank_customers == "one_customer",
        frozenset(choices.left_out),
        whole_ids=fates.ids_are_whole_numbers(connection),
        named=read.headers.currency,
    )
    shares, notes = in_one_currency(connection, rules, choices)
    told = ("Customer ids end in .0 throughout; they are shown without it.",)
    return shares, (*(told if rules.whole_ids else ()), *notes)


def _spanned(work: _Work, read: Read) -> tuple[Span, tuple[date, date, int]]:
    """The time that the lines cover; dates of the first and the last that count, how many.

    Raises:
        Unreadable: no line counts.
    """
    first, last, count = ask(work.connection, fates.KEPT_SQL)[0]
    if not count:
        raise Unreadable(why_nothing_counts(work.connection, read.files, work.columns, work.limit))
    return Span(first, work.choices.end or last), (first, last, count)
