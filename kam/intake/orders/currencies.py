"""Amounts in several currencies: refused until every one of them has a rate, then converted."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

import duckdb

from kam.errors import Refused
from kam.intake.orders.entries import ask

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


class RatesNeeded(Refused):
    """Amounts in several currencies cannot be added.

    Attributes:
        lacking: the currencies without a rate, those with most lines first.
    """

    def __init__(self, message: str, lacking: tuple[str, ...]) -> None:
        super().__init__(message)
        self.lacking = lacking


def currencies(connection: duckdb.DuckDBPyConnection) -> tuple[Share, ...]:
    """The currencies of the lines that count, those with most lines first."""
    return tuple(Share(row[0] or "", row[1], row[2]) for row in ask(connection, CURRENCIES_SQL))


def rates_for(found: Sequence[Share], given: Mapping[str, float]) -> dict[str, Decimal]:
    """The rate of each currency found; empty where all amounts stand in one without a rate.

    Raises:
        RatesNeeded: several currencies, and one of them has no rate.
    """
    named = [share for share in found if share.currency]
    rates = {code.strip().upper(): Decimal(str(rate)) for code, rate in given.items()}
    lacking = tuple(share.currency for share in named if share.currency not in rates)
    if len(named) == 1 and lacking:
        return {}
    if lacking:
        raise RatesNeeded(_message(named, lacking), lacking)
    return {share.currency: rates[share.currency] for share in named}


def _message(named: Sequence[Share], lacking: Sequence[str]) -> str:
    told = [f"{share.currency} ({share.rows:,} lines, {share.amount:,.2f})" for share in named]
    more = f" and {len(told) - NAMED} more" if len(told) > NAMED else ""
    return (
        f"We cannot add amounts in different currencies: {', '.join(told[:NAMED])}{more}. Say what "
        f"one unit is worth in the workshop's currency: {', '.join(lacking[:NAMED])}. Or count the "
        "lines of one currency only."
    )


def told_rates(found: Sequence[Share], rates: Mapping[str, Decimal]) -> tuple[str, ...]:
    """The sentence that tells how amounts are converted; none where they stand as they are."""
    if not rates:
        return ()
    parts = [
        f"{share.rows:,} lines in {share.currency} ({share.amount:,.2f}) at "
        f"{rates[share.currency]:f}"
        for share in found
        if share.currency
    ]
    return (f"Amounts are converted: {', '.join(parts)}.",)
