"""Amounts in several currencies: refused until every one of them has a rate, then converted.

A currency may stand in a column of its own, beside the figures, or in the name of their column
(`headings`). What nobody can know is asked: the currency of lines that name none, and which of two
currencies is a line's.
"""

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

import duckdb

from kam.errors import Refused
from kam.intake.headers.units import CODES, DOLLAR, DOLLARS, currency_in, may_be_one_currency
from kam.intake.orders.cells import AND
from kam.intake.orders.entries import ask
from kam.intake.orders.fates import Rules, judge
from kam.model import LedgerChoices

# No ledger holds as much, in any currency: a rate that leads to it is a slip.
MOST = Decimal(10) ** 16

# What is said of lines without a currency that shall not count.
LEFT_OUT = "left_out"

# Currencies named in one sentence.
NAMED = 10

# What a column of currencies may hold beside codes and signs, in capital letters -> its code.
CALLED = {
    **dict.fromkeys(("EURO", "EUROS"), "EUR"),
    **dict.fromkeys(("US$", "US-$", "USD$", "US DOLLAR", "US-DOLLAR", "US DOLLARS"), "USD"),
    **dict.fromkeys(("GB POUND", "POUND STERLING", "PFUND STERLING", "STERLING"), "GBP"),
    **dict.fromkeys(("SFR", "SFR.", "SWISS FRANC", "SCHWEIZER FRANKEN"), "CHF"),
    **dict.fromkeys(("DOLLAR", "DOLLARS"), DOLLAR),
    "YEN": "JPY",
    "ZŁ": "PLN",
    "ZLOTY": "PLN",
    "KČ": "CZK",
    "R$": "BRL",
    "HK$": "HKD",
    "A$": "AUD",
    "AU$": "AUD",
    "C$": "CAD",
    "CA$": "CAD",
    "NZ$": "NZD",
    "S$": "SGD",
}

_CODE = re.compile(r"[A-Z]{3}")

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
        unnamed: the lines that name no currency, if somebody has to say which is theirs.
    """

    def __init__(
        self, message: str, lacking: tuple[str, ...], unnamed: Share | None = None
    ) -> None:
        super().__init__(message)
        self.lacking = lacking
        self.unnamed = unnamed


class TwoCurrencies(Refused):
    """Some lines are in two currencies, of which somebody has to say which is theirs."""

    def __init__(self, shares: Sequence[Share]) -> None:
        told = [f"{share.currency} ({_lines(share)}, {share.amount:,.2f})" for share in shares]
        more = f" and {len(told) - NAMED} more" if len(told) > NAMED else ""
        super().__init__(
            f"Some lines name two currencies: {', '.join(told[:NAMED])}{more}. Say whether the "
            "lines themselves or the name of the column of amounts tell which is theirs, or "
            "convert them in the file."
        )


def currencies(connection: duckdb.DuckDBPyConnection) -> tuple[Share, ...]:
    """The currencies of the lines that count, those with most lines first."""
    return tuple(Share(row[0] or "", row[1], row[2]) for row in ask(connection, CURRENCIES_SQL))


def in_one_currency(
    connection: duckdb.DuckDBPyConnection, rules: Rules, choices: LedgerChoices
) -> tuple[tuple[Share, ...], tuple[str, ...]]:
    """The currencies found, and what was done about them; every line has its fate then.

    Raises:
        RatesNeeded: money cannot be added before somebody has said more.
        TwoCurrencies: some lines are in two currencies.
        Refused: a rate cannot be meant.
    """
    rules = _as_said(rules, choices)
    judge(connection, rules)
    if not (rules.named or "currency" in rules.columns):
        return (), ()
    shares = currencies(connection)
    called = {share.currency: code for share in shares if (code := code_of(share.currency))}
    if called:
        rules = rules._replace(called=called)
        judge(connection, rules)
        shares = currencies(connection)
    rates = rates_for(shares, choices.rates)
    if rates:
        judge(connection, rules._replace(rates=rates))
    told = [f"{there} is read as {code}." for there, code in sorted(called.items())]
    return shares, (*told, *told_rates(shares, rates))


def _as_said(rules: Rules, choices: LedgerChoices) -> Rules:
    """The rules with what a person has said of lines that name no currency, or two."""
    rules = rules._replace(decides=choices.currency_from)
    if choices.unnamed == LEFT_OUT:
        return rules._replace(left_out=rules.left_out | {"currency"})
    return rules._replace(unnamed=choices.unnamed.strip().upper())


def code_of(called: str) -> str:
    """The code of a currency that is called otherwise: "EURO" or "€"; "" for one that needs none.

    What two places call differently and is one is one: "€ / EUR".
    """
    if called in CODES:
        return ""
    parts = dict.fromkeys(_code(part) for part in called.split(AND))
    if parts.keys() & DOLLARS:
        parts.pop(DOLLAR, None)
    code = AND.join(parts)
    return "" if code == called else code


def _code(part: str) -> str:
    """The one currency that a text names, or the text: "EUR/USD" is two."""
    several = len(CODES.intersection(_CODE.findall(part))) > 1
    return part if several else CALLED.get(part) or currency_in(part) or part


def rates_for(found: Sequence[Share], given: Mapping[str, float]) -> dict[str, Decimal]:
    """The rate of each currency found; empty where all amounts stand in one without a rate.

    Raises:
        TwoCurrencies: some lines are in two.
        RatesNeeded: several currencies, and one of them has no rate, or some lines name none.
        Refused: a rate cannot be meant.
    """
    named = [share for share in found if share.currency]
    if any(AND in share.currency for share in named):
        raise TwoCurrencies(tuple(share for share in named if AND in share.currency))
    rates = {code.strip().upper(): Decimal(str(rate)) for code, rate in given.items()}
    lacking = tuple(share.currency for share in named if share.currency not in rates)
    if len(named) <= 1 and len(lacking) == len(named):
        return {}
    unnamed = next((share for share in found if not share.currency), None)
    if lacking or unnamed:
        raise RatesNeeded(_message(named, lacking, unnamed), lacking, unnamed)
    for share in named:
        if abs(share.amount) * rates[share.currency] >= MOST:
            message = (
                f"One unit of {share.currency} at {rates[share.currency]:f} makes "
                f"{share.amount:,.2f} too large a sum. Look at this rate again."
            )
            raise Refused(message)
    return {share.currency: rates[share.currency] for share in named}


def asked_of_one(found: Sequence[Share], own: str, choices: LedgerChoices) -> RatesNeeded | None:
    """The question that a ledger in one currency leaves open; None where it is settled.

    It is in another currency than the workshop's, `own`; some of its lines may name none, and then
    nothing tells that these are in the same.
    """
    named = [share for share in found if share.currency]
    unnamed = next((share for share in found if not share.currency), None)
    if len(named) != 1 or may_be_one_currency(named[0].currency, own):
        return None
    [only] = named
    if choices.one_currency or only.currency in choices.rates:
        return None
    if unnamed is not None:
        message = (
            f"{_lines(only)} ({only.amount:,.2f}) {_verb(only, 'is', 'are')} in {only.currency}, "
            f"and this workshop counts in {own}. {_of_unnamed(unnamed)}"
        )
    else:
        message = (
            f"The amounts are in {only.currency}, and this workshop counts in {own}. Say what one "
            f"{only.currency} is worth, or that they stand in {own} already."
        )
    return RatesNeeded(message, (only.currency,), unnamed)


def _message(named: Sequence[Share], lacking: Sequence[str], unnamed: Share | None) -> str:
    if not lacking and unnamed:
        return f"Amounts are to be converted, and {_of_unnamed(unnamed)}"
    listed = [f"{share.currency} ({_lines(share)}, {share.amount:,.2f})" for share in named]
    more = f" and {len(listed) - NAMED} more" if len(listed) > NAMED else ""
    told = f"We cannot add amounts in different currencies: {', '.join(listed[:NAMED])}{more}."
    each = "each" if len(lacking) == len(named) else ", ".join(lacking[:NAMED])
    told += (
        f" Say what one unit of {each} is worth in the workshop's currency, or count the lines of "
        "one currency only."
    )
    return f"{told} {_of_unnamed(unnamed)}" if unnamed else told


def _of_unnamed(unnamed: Share) -> str:
    """The question about lines without a currency."""
    return (
        f"{_lines(unnamed)} ({unnamed.amount:,.2f}) {_verb(unnamed, 'names', 'name')} no currency. "
        "Say which is theirs, or leave them out."
    )


def _verb(share: Share, one: str, several: str) -> str:
    return one if share.rows == 1 else several


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
