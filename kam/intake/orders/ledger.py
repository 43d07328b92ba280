"""Order lines -> what each customer bought: revenue, growth, margin, orders, recency.

Nothing disappears silently. Lines that cannot count (no customer, no readable date or amount,
after the end) are left out and shown with their money; lines that count but deserve a look
(credit notes, cancellations, exact copies) are shown as well, and a person may choose not to
count them. Sums are exact decimals; only ratios are floats.
"""

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

import duckdb
import pyarrow as pa

from kam.errors import Refused, Unreadable
from kam.intake.lists.totals import is_total
from kam.intake.orders import fates
from kam.intake.orders.beginning import beginning
from kam.intake.orders.copies import different_orders, doubled_lines, keep_repeats
from kam.intake.orders.coverage import Costs, coverage, day_words, periods, uncovered
from kam.intake.orders.cube import build_cube
from kam.intake.orders.currencies import RatesNeeded, Share, currencies, rates_for, told_rates
from kam.intake.orders.entries import ask, connected
from kam.intake.orders.fates import Rules
from kam.intake.orders.lines import Source, Wanted, Work, opened_all
from kam.intake.orders.loading import Question, Read, loaded
from kam.intake.orders.measures import (
    MEASURES,
    Measure,
    Measures,
    Span,
    Windows,
    measured,
)
from kam.intake.orders.nul import refuse_nul
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
from kam.intake.tables.artefacts import is_error
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
            return _of_customers(work, lambda: loaded(connection, opened, question))


def _of_customers(work: _Work, read: Callable[[], Read]) -> Ledger:
    """What the lines tell; errors of Excel and sums of all others are no customers, and are told.

    Only where there are such are the lines read once more.
    """
    found = _counted(work, read())
    errors = [key for key in found.measures if is_error(key)]
    sums = _sums(found)
    if not errors and not sums:
        return found
    lines = read()
    fates.take_customers(work.connection, [*errors, *sums])
    told = (
        ("Lines whose customer is an Excel error name no customer", errors),
        ("Lines that add up all others name no customer", sums),
    )
    notes = [f"{what}: {', '.join(keys)}." for what, keys in told if keys]
    again = _counted(work, lines)
    return replace(again, notes=(*again.notes, *notes))


def _sums(ledger: Ledger) -> list[str]:
    """Customers called as a total is, who bought as much as all others together."""
    half = ledger.totals.revenue / 2
    return [
        key
        for key, one in ledger.measures.items()
        if half and one.revenue == half and is_total(one.name or key)
    ]


def _counted(work: _Work, read: Read) -> Ledger:
    """Everything that the lines in the database tell."""
    connection, columns = work.connection, work.columns
    with ThreadPoolExecutor(1) as aside:  # sorting takes one thread, outside the database
        doubled = doubled_lines(connection, aside)
        fates.settle_cancellations(connection)
        decides = "copy" in work.choices.left_out
        if decides:
            keep_repeats(connection, doubled)
        shares, notes = _judged(work, read)
        span, lines = _spanned(work, read)
        orders = different_orders(connection, aside)
        build_cube(connection, span, columns)
        span = span._replace(first=beginning(connection, span.first))
        measures = measured(connection, span, columns)
        refuse_nul(connection, read.files, measures)
        if not decides:
            keep_repeats(connection, doubled)
        rows = Rows(*lines, sum(part.result() for part in orders))
    totals = totals_of(rows, span, measures, dict(ask(connection, YEARS_SQL)))
    cost, costless, costed = ask(connection, COSTS_SQL)[0]
    if not costless:
        totals = replace(totals, cost=cost, margin=totals.revenue - cost)
    left = left_out(connection, read.files, work.limit)
    return Ledger(
        measures,
        totals,
        left,
        (*_noticed(work, read, span.first, rows.first), *without_currency(shares, left)),
        (*read.notes, *notes),
        connection.sql(CUSTOMER_YEARS_SQL).to_arrow_table(),
        periods(span, rows.first),
        coverage(measures, span, Costs(totals.revenue_12m, costed, columns)),
        shares,
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
        factors=read.headers.factors,
    )
    fates.judge(connection, rules)
    shares = currencies(connection) if "currency" in columns or rules.named else ()
    rates = rates_for(shares, choices.rates)
    if rates:
        left = rules.left_out | {"currency"}
        fates.judge(connection, rules._replace(rates=rates, left_out=left))
    told = ("Customer ids end in .0 throughout; they are shown without it.",)
    return shares, (*(told if rules.whole_ids else ()), *told_rates(shares, rates))


def _spanned(work: _Work, read: Read) -> tuple[Span, tuple[date, date, int]]:
    """The time that the lines cover; dates of the first and the last that count, how many.

    Raises:
        Unreadable: no line counts.
    """
    first, last, count = ask(work.connection, fates.KEPT_SQL)[0]
    if not count:
        names = " and ".join(file.opened.name for file in read.files[:2])
        message = (
            f"No line of {names} counts: none has a customer, a readable date up to "
            f"{day_words(work.limit)} and a readable amount. Check which column is which."
        )
        raise Unreadable(message)
    return Span(first, work.choices.end or last), (first, last, count)
