"""The fate of each line of a ledger: whether it counts, and if not, for which reason."""

from collections.abc import Collection, Mapping
from datetime import date
from decimal import Decimal
from string import Template
from typing import NamedTuple

import duckdb

from kam.errors import Refused
from kam.intake.headers.units import DOLLAR, DOLLARS
from kam.intake.orders import cells
from kam.intake.orders.entries import (
    ADDS_UP,
    ADDS_UP_MARK,
    CANCELS,
    CANCELS_MARK,
    NOBODY,
    NOBODY_MARK,
    WANTED,
    ask,
)
from kam.intake.orders.sources import quoted

# One unit of the weakest currency is worth less than a ten-thousandth of the strongest.
RATE = "DECIMAL(20, 10)"
MOST_RATE = Decimal(10) ** 10

# Who stands for all lines that name no customer, if the choice is to count them as one.
BLANK = "(blank)"

# The fate of a line; the order of the reasons decides for a line with several. That it counts is
# told once more as a condition, because the database finds such lines in a quarter of the time.
ENTRIES = Template("""
CREATE OR REPLACE TEMP VIEW entries AS
SELECT
    rowid AS record, order_key, $cancels AS cancels, day,
    $customer AS customer, $name AS name, $currency AS currency,
    $amount AS amount, $cost AS cost, $serving AS serving, $plain AS plain,
    CASE $reasons ELSE 'kept' END AS fate,
    $counts AS counts
FROM lines
""")

# Reasons for which a line cannot count, and what holds for it then.
FIXED_SQL = {
    "total": ADDS_UP,
    "other": f"NOT {WANTED}",
    "nobody": NOBODY,
    "customer": "customer IS NULL",
    "date": "day IS NULL",
    "amount": "amount IS NULL",
    "future": "day > DATE '{limit}'",
}

# None of the reasons above that are marks: in one look, because there are ten million of them.
UNMARKED = f"(marks & {1 | ADDS_UP_MARK | NOBODY_MARK}) = 0"
MARKED = frozenset({"total", "other", "nobody"})

# Reasons for which a person may choose that a line does not count.
CHOSEN_SQL = {
    "currency": "currency IS NULL",
    "copy": "rowid IN (SELECT record FROM repeats)",
    "cancellation": f"{CANCELS} AND amount <= 0",
    "negative": "amount < 0",
    "zero": "amount = 0",
}

# Columns that only some ledgers have, and their types.
OPTIONAL = {
    "name": "VARCHAR",
    "currency": "VARCHAR",
    "cost": cells.MONEY,
    "serving": cells.MONEY,
}

KEPT_SQL = "SELECT min(day), max(day), count(*) FROM entries WHERE counts"

# By fate: how many lines, their money, and how many have money that cannot be converted.
LEFT_OUT_SQL = """
SELECT fate, count(*), sum(amount), count(plain) - count(amount) FROM entries
WHERE NOT counts GROUP BY fate
"""

# Money that cannot be converted, by the currency that the lines name.
UNCONVERTED_SQL = """
SELECT currency, sum(plain) FROM entries
WHERE fate = $fate AND amount IS NULL AND plain IS NOT NULL GROUP BY ALL ORDER BY ALL
"""

PLACES_SQL = """
SELECT record FROM entries WHERE fate = $fate ORDER BY record LIMIT $most
"""


class Rules(NamedTuple):
    """What decides the fate of a line.

    `limit`: later lines do not count. `blank_counts`: lines without a customer are one customer.
    `left_out`: keys of `CHOSEN_SQL`. `rates`: currency -> what one unit of it is worth.
    `whole_ids`: ids lose a ".0" that all of them have. `columns`: our names of the columns that
    the ledger has; those that it lacks are NULL in the view. `named`: the currency that the
    headers name; "" for none. `decides`: what tells the currency where line and header name two.
    `called`: what a line calls its currency -> its code. `unnamed`: the currency of lines that
    name none.
    """

    limit: date
    columns: Collection[str]
    blank_counts: bool = False
    left_out: frozenset[str] = frozenset()
    rates: Mapping[str, Decimal] = {}
    whole_ids: bool = False
    named: str = ""
    decides: str = ""
    called: Mapping[str, str] = {}
    unnamed: str = ""


def judge(connection: duckdb.DuckDBPyConnection, rules: Rules) -> None:
    """Nothing comes back; view `entries` knows every line's fate, and its money in one currency."""
    customer = "left(customer, -2)" if rules.whole_ids else "customer"
    reasons = _reasons(rules)
    others = [f"NOT ({test})" for kind, test in reasons.items() if kind not in MARKED]
    given = {
        "cancels": CANCELS,
        "customer": f"coalesce({customer}, '{BLANK}')" if rules.blank_counts else customer,
        "reasons": " ".join(f"WHEN {test} THEN '{kind}'" for kind, test in reasons.items()),
        "counts": " AND ".join([UNMARKED, *others]),
        "amount": _converted("amount", rules),
        "plain": _converted("amount", rules._replace(rates={})),
        **{column: _optional(column, rules) for column in OPTIONAL},
    }
    connection.execute(ENTRIES.substitute(given))


def _reasons(rules: Rules) -> dict[str, str]:
    """Every reason for which a line may not count, the first ones first, and its SQL."""
    fixed = {kind: test.format(limit=rules.limit.isoformat()) for kind, test in FIXED_SQL.items()}
    if rules.blank_counts:
        del fixed["customer"]
    chosen = {kind: test for kind, test in CHOSEN_SQL.items() if kind in rules.left_out}
    if rules.named or rules.unnamed:  # every line has a currency, then
        chosen.pop("currency", None)
    return fixed | chosen


def _optional(column: str, rules: Rules) -> str:
    """SQL for a column that only some ledgers have."""
    if column == "currency":
        return _currency(rules)
    if column not in rules.columns:
        return f"NULL::{OPTIONAL[column]}"
    return _converted(column, rules) if OPTIONAL[column] == cells.MONEY else column


def _currency(rules: Rules) -> str:
    """SQL for the currency of a line, by its code where that is known."""
    found = _as_named(rules)
    if rules.called:
        whens = " ".join(f"WHEN {quoted(own)} THEN {quoted(code)}"
                         for own, code in rules.called.items())  # fmt: skip
        found = f"CASE {found} {whens} ELSE {found} END"
    return f"coalesce({found}, {quoted(rules.unnamed)})" if rules.unnamed else found


def _as_named(rules: Rules) -> str:
    """SQL for the currency that a line names itself, and that the headers name.

    Where these are two, it is in both, and nobody has a rate for that.
    """
    own = "currency" if "currency" in rules.columns else f"NULL::{OPTIONAL['currency']}"
    if not rules.named:
        return own
    named = quoted(rules.named)
    if "currency" not in rules.columns or rules.decides == "header":
        return named
    if rules.decides == "lines":
        return f"coalesce(currency, {named})"
    same = f"currency IS NULL OR currency = {named}"
    same += f" OR currency = '{DOLLAR}'" if rules.named in DOLLARS else ""
    dollars = ", ".join(map(quoted, sorted(DOLLARS))) if rules.named == DOLLAR else "''"
    return (
        f"CASE WHEN {same} THEN {named} WHEN currency IN ({dollars}) THEN currency "
        f"ELSE currency || '{cells.AND}' || {named} END"
    )


def _converted(column: str, rules: Rules) -> str:
    """SQL for the money in a column as it counts: in the workshop's currency.

    A decimal of 18 digits times a rate of 20 has room in one of 38.
    """
    if not rules.rates:
        return column
    whens = " ".join(
        f"WHEN {quoted(code)} THEN {_rate(code, rate)}" for code, rate in rules.rates.items()
    )
    return f"{column} * CASE {_currency(rules)} {whens} END"


def _rate(code: str, rate: Decimal) -> str:
    """SQL for a rate.

    Raises:
        Refused: it is too large to count with.
    """
    if rate >= MOST_RATE:
        message = f"We cannot count with {rate:,f} for one unit of {code}. Look at its rate again."
        raise Refused(message)
    return f"{rate:f}::{RATE}"


def ids_are_whole_numbers(connection: duckdb.DuckDBPyConnection) -> bool:
    """Whether every customer id ends in ".0", as ids do that a program took for decimals."""
    other = "SELECT 1 FROM lines WHERE NOT regexp_full_match(customer, '[0-9]+\\.0') LIMIT 1"
    any_id = "SELECT 1 FROM lines WHERE customer IS NOT NULL LIMIT 1"
    return not ask(connection, other) and bool(ask(connection, any_id))


def settle_cancellations(connection: duckdb.DuckDBPyConnection) -> None:
    """Nothing comes back; numbers such as C17 mean cancellations only if no such order sells."""
    sells = f"SELECT 1 FROM lines WHERE {CANCELS} AND amount > 0 AND {WANTED} LIMIT 1"  # noqa: S608 -- our own conditions
    if ask(connection, sells):
        connection.execute(f"UPDATE lines SET marks = marks - {CANCELS_MARK} WHERE {CANCELS}")  # noqa: S608 -- our own condition
