"""What kind of file somebody brings: a list of customers, order lines, or opportunities.

Both doors ask here, the command line and the wizard. Opportunities are neither a list nor a ledger
until a person says so, because deals that are open or lost are no revenue.
"""

import re
from collections.abc import Collection, Mapping, Sequence
from typing import Literal, NamedTuple

from kam.intake.headers.aliases import CUSTOMER_TARGETS, LEDGER_TARGETS
from kam.intake.headers.matching import Match, folded, match
from kam.intake.tables.files import Table

# "lines" are dates with customers that come again, of which names alone do not tell the rest.
FileKind = Literal["customers", "ledger", "lines", "opportunities"]

# Our columns that say who bought, and for how much.
WHO = frozenset({"customer", "id", "name"})
MONEY = frozenset({"amount", "quantity", "unit_price"})

# Names (folded) of columns that only opportunities have; a file of theirs has two of these groups.
OPPORTUNITIES = (
    frozenset({"stage", "stagename", "salesstage", "dealstage", "opportunitystage", "forecast",
               "verkaufsphase", "vertriebsphase", "verkaufschancenphase"}),
    frozenset({"probability", "wahrscheinlichkeit", "closeprobability", "dealprobability"}),
    frozenset({"iswon", "won", "isclosed", "isclosedwon", "wonlost"}),
    frozenset({"forecastcategory", "forecastcategoryname", "expectedrevenue", "estrevenue",
               "weightedamount", "weightedvalue", "weightedrevenue"}),
    frozenset({"opportunityid", "opportunityname", "opportunityseq", "opportunity", "dealname",
               "dealid", "dealowner", "verkaufschance"}),
)  # fmt: skip

# Cells of a column that are looked at, and the share of the filled ones that has to look like
# dates for it to hold dates. Our judgement: a date column has a typing error now and then.
LOOKED_AT, MOSTLY = 400, 0.9

# Customers come again where at least this share of the rows names one that another row names, too.
# Our judgement: a list with a fifth of its rows twice is rare, a ledger with fewer rarer.
AGAIN = 0.2

_WORD = r"[^\W\d_]{3,9}"
_DATE = re.compile(
    rf"""(?x) (19|20)\d\d [-/.]\d{{1,2}} ([-/.]\d{{1,2}} ([T ].*)?)?
    | \d{{1,2}}[-/.]\d{{1,2}}[-/.](\d{{4}}|\d\d) ([T ].*)?
    | \d{{1,2}}[-/.](19|20)\d\d
    | (19|20)\d\d(0[1-9]|1[0-2])([0-3]\d)?
    | \d{{1,2}}[.\ -]*{_WORD}[.,\ -]*(\d{{4}}|\d\d) ([T ].*)?
    | {_WORD}[.\ -]*(\d{{1,2}},?\ *)?(\d{{4}}|\d\d)"""
)


class Looks(NamedTuple):
    """What kind of file it is, and the columns that tell it.

    Attributes:
        kind: of which kind it looks.
        by: the headers by which it is known, in their order; empty for a list of customers.
    """

    kind: FileKind
    by: tuple[str, ...] = ()


def looks_like(first: Table, said: Collection[str] = ()) -> Looks:
    """What kind of file has these first rows.

    `said` are our columns of a ledger for which a person has named a header.
    """
    deals = _of_opportunities(first.headers)
    if deals:
        return Looks("opportunities", deals)
    found = match(first.headers, LEDGER_TARGETS)
    by = tuple(header for header, one in found.items() if one.target and one.certain)
    if not lacking({found[header].target for header in by} | set(said)):
        return Looks("ledger", by)
    known = match(first.headers, CUSTOMER_TARGETS)
    again = _coming_again(first, {**_who(known), **_who(found)})
    if not lacking({one.target for one in found.values()} | set(said)) and (
        again or _foreign_money(found, known)
    ):
        return Looks("ledger", by)
    days = _days(first, found)
    if days and (again or _money_without_customer(found, known)):
        return Looks("lines", (*days[:1], *again[:1]))
    return Looks("customers")


def lacking(known: Collection[str | None]) -> list[str]:
    """Our columns without which order lines say nothing, as far as they are not known."""
    who = [] if {"customer", "name"} & set(known) else ["customer"]
    day = [] if "date" in known else ["date"]
    priced = "amount" in known or {"quantity", "unit_price"} <= set(known)
    return [*who, *day, *([] if priced else ["amount"])]


def _of_opportunities(headers: Sequence[str]) -> tuple[str, ...]:
    """The headers that only opportunities have; none where a single group of them is there."""
    names = {header: folded(header) for header in headers}
    told = [[h for h, name in names.items() if name in group] for group in OPPORTUNITIES]
    met = [found[0] for found in told if found]
    return tuple(met) if met[1:] else ()


def _who(found: Mapping[str, Match]) -> dict[str, str]:
    """The headers that may say who bought -> which of our columns they are."""
    return {header: one.target for header, one in found.items() if one.target in WHO}


def _coming_again(first: Table, who: Collection[str]) -> list[str]:
    """The columns of customers, if all of them name the same ones again and again; else none.

    A column without a name twice tells that each row is another customer.
    """
    filled = {header: [cell for cell in first.column(header) if cell] for header in who}
    shares = {h: 1 - len(set(cells)) / len(cells) for h, cells in filled.items() if cells}
    return list(shares) if shares and min(shares.values()) >= AGAIN else []


def _foreign_money(found: Mapping[str, Match], known: Mapping[str, Match]) -> list[str]:
    """The columns of money that no list of customers has."""
    listed = {header for header, one in known.items() if one.target and one.certain}
    return [h for h, one in found.items() if one.target in MONEY and h not in listed]


def _money_without_customer(found: Mapping[str, Match], known: Mapping[str, Match]) -> bool:
    """Whether certain dates and money of order lines stand there, and only the customer lacks."""
    sure = {one.target for one in found.values() if one.certain}
    return lacking(sure) == ["customer"] and bool(_foreign_money(found, known))


def _days(first: Table, found: Mapping[str, Match]) -> list[str]:
    """The headers of columns with dates, by their names or by their cells."""
    named = [header for header, one in found.items() if one.target == "date"]
    return named or [header for header in first.headers if _holds_days(first.column(header))]


def _holds_days(column: Sequence[str]) -> bool:
    filled = [cell for cell in column[:LOOKED_AT] if cell]
    dates = sum(1 for cell in filled if _DATE.fullmatch(cell))
    return bool(filled) and dates >= MOSTLY * len(filled)


def in_words(name: str, looks: Looks) -> str:
    """What a file looks like that is no list of customers, and by which columns."""
    listed = " and ".join(f'"{header}"' for header in looks.by[:2])
    if looks.kind == "opportunities":
        return (
            f"{name} looks like a list of opportunities: it has {listed}. Deals that are open or "
            "lost are no revenue."
        )
    if looks.kind == "ledger":
        return f"{name} looks like an order ledger: it has {listed}."
    again = f', and the same customers again and again in "{looks.by[1]}"' if looks.by[1:] else ""
    return f'{name} looks like an order ledger: it has dates in "{looks.by[0]}"{again}.'
