"""Amounts in several currencies: refused until every one of them has a rate, then converted.

A currency may stand in a column of its own, beside the figures, or in the name of their column;
there may be "thousands" beside it.
"""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

import duckdb

from kam.errors import Refused
from kam.intake.headers.units import currency_in, currency_of_header, unit_of
from kam.intake.orders.cells import AND, FACTORS, PRICED
from kam.intake.orders.entries import ask
from kam.model import LedgerChoices

# No ledger holds as much, in any currency: a rate that leads to it is a slip.
MOST = Decimal(10) ** 16

# Currencies named in one sentence.
NAMED = 10

CURRENCIES_SQL = """
SELECT currency, count(*), coalesce(sum(amount), 0) FROM entries
WHERE counts GROUP BY currency ORDER BY count(*) DESC, currency
"""


class Share(NamedTuple):
    """The lines in one currency ("" where a line names none), and their money in it."""

    currency: str
    rows: int
    amount: Decimal


class Headers(NamedTuple):
    """What the names of money columns say of their figures.

    Attributes:
        currency: the one that they name; "" for none.
        factors: our name of a column (cost, serving; amount also for quantity and price) -> by
            what its figures are multiplied.
        notes: a sentence on each column that is multiplied.
    """

    currency: str = ""
    factors: Mapping[str, int] = {}
    notes: tuple[str, ...] = ()


class RatesNeeded(Refused):
    """Amounts in several currencies cannot be added.

    Attributes:
        lacking: the currencies without a rate, those with most lines first.
    """

    def __init__(self, message: str, lacking: tuple[str, ...]) -> None:
        super().__init__(message)
        self.lacking = lacking


def said_by_headers(columns: Mapping[str, str], choices: LedgerChoices) -> Headers:
    """What the names of the money columns say; `columns` are those in use, by our names.

    Raises:
        Refused: they name different currencies.
    """
    factors: dict[str, int] = {}
    notes = []
    for key in (*PRICED, "quantity"):
        unit = unit_of(columns.get(key, ""), ())
        if unit.factor != 1 and key not in choices.unscaled:
            goes_to = "amount" if key in FACTORS else key
            factors[goes_to] = factors.get(goes_to, 1) * int(unit.factor)
            notes.append(f"Column {columns[key]} {unit.why[0].lower()}{unit.why[1:]}")
    named = {columns[key]: _named_by(columns[key]) for key in PRICED if key in columns}
    every = {header: currency for header, currency in named.items() if currency}
    if choices.one_currency:
        return Headers("", factors, tuple(notes))
    if len(set(every.values())) > 1:
        told = " and ".join(f"column {header} is in {code}" for header, code in every.items())
        message = (
            f"We cannot count costs against amounts in another currency: {told}. Leave out one of "
            "these columns, or say that all amounts are in one currency."
        )
        raise Refused(message)
    return Headers(next(iter(every.values()), ""), factors, tuple(notes))


def _named_by(header: str) -> str:
    return currency_of_header(header) or currency_in(header)


def currencies(connection: duckdb.DuckDBPyConnection) -> tuple[Share, ...]:
    """The currencies of the lines that count, those with most lines first."""
    return tuple(Share(row[0] or "", row[1], row[2]) for row in ask(connection, CURRENCIES_SQL))


def rates_for(found: Sequence[Share], given: Mapping[str, float]) -> dict[str, Decimal]:
    """The rate of each currency found; empty where all amounts stand in one without a rate.

    Raises:
        RatesNeeded: several currencies, and one of them has no rate.
        Refused: a rate cannot be meant.
    """
    named = [share for share in found if share.currency]
    rates = {code.strip().upper(): Decimal(str(rate)) for code, rate in given.items()}
    lacking = tuple(share.currency for share in named if share.currency not in rates)
    if len(named) == 1 and lacking:
        return {}
    if lacking:
        raise RatesNeeded(_message(named, lacking), lacking)
    for share in named:
        if abs(share.amount) * rates[share.currency] >= MOST:
            message = (
                f"One unit of {share.currency} at {rates[share.currency]:f} makes "
                f"{share.amount:,.2f} too large a sum. Look at this rate again."
            )
            raise Refused(message)
    return {share.currency: rates[share.currency] for share in named}


def _message(named: Sequence[Share], lacking: Sequence[str]) -> str:
    told = [f"{share.currency} ({_lines(share)}, {share.amount:,.2f})" for share in named]
    more = f" and {len(told) - NAMED} more" if len(told) > NAMED else ""
    both = any(AND in share.currency for share in named)
    twice = " Some lines name two currencies; say which is theirs, or convert them." if both else ""
    return (
        f"We cannot add amounts in different currencies: {', '.join(told[:NAMED])}{more}. Say what "
        f"one unit is worth in the workshop's currency: {', '.join(lacking[:NAMED])}. Or count the "
        f"lines of one currency only.{twice}"
    )


def _lines(share: Share) -> str:
    return "1 line" if share.rows == 1 else f"{share.rows:,} lines"


def told_rates(found: Sequence[Share], rates: Mapping[str, Decimal]) -> tuple[str, ...]:
    """The sentence that tells how amounts are converted; none where they stand as they are."""
    if not rates:
        return ()
    parts = [
        f"{_lines(share)} in {share.currency} ({share.amount:,.2f}) at {rates[share.currency]:f}"
        for share in found
        if share.currency
    ]
    return (f"Amounts are converted: {', '.join(parts)}.",)
