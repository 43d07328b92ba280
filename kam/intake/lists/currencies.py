"""Amounts of a list in other currencies than the workshop's: found, asked about, and converted.

A currency is named by the header of the amounts, by most of their cells, or row by row in a column
of its own. What another currency is worth nobody but a person knows: until somebody has said so,
or that the amounts are in the workshop's currency already (a rate of 1), they stay out.
"""

import re
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from kam.intake.figures import in_full
from kam.intake.headers.aliases import MONEY
from kam.intake.headers.called import folded
from kam.intake.headers.units import (
    DOLLAR,
    DOLLARS,
    currencies,
    currency_in,
    in_percent,
    may_be_one_currency,
    unit_of,
    without_unit,
)
from kam.intake.lists.fields import FACT, Cells, Understood, Written
from kam.intake.tables.files import Table

# Currencies by the names that programs write; codes and signs are known anyway.
_BY_NAME = {
    **dict.fromkeys(("euro", "euros"), "EUR"),
    **dict.fromkeys(("us dollar", "u.s. dollar", "us-dollar", "usdollar"), "USD"),
    **dict.fromkeys(("pound sterling", "british pound", "pfund sterling"), "GBP"),
    **dict.fromkeys(("swiss franc", "schweizer franken"), "CHF"),
    **dict.fromkeys(("yen", "japanese yen"), "JPY"),
    "canadian dollar": "CAD",
    "australian dollar": "AUD",
}

# What makes a folded header one of currencies; what is left of it says whose.
_CURRENCY = re.compile(
    r"(of)?currency(of)?(ref)?(value)?(iso)?(alternate)?(code|id|key|name|symbol)?|"
    r"wahrung(s?(code|schlussel|kennzeichen|kurzel))?|^(waers|waerk|uwaer)$"
)
_OF_THE_ROW = frozenset(
    {
        *("", "account", "customer", "company", "organization", "transaction", "document"),
        *("sales", "record", "default", "kunden", "firmen", "beleg", "konto"),
    }
)

# Factors that are a scale; a person may have said the rate of a column as any other one.
_SCALES = frozenset({1.0, 1e3, 1e6, 1e9})

_NOT_ZERO = re.compile(r"[1-9]")

# Amounts that their program has converted are not in the currency of their row.
_CONVERTED = re.compile(r"converted|\bbase\b|umgerechnet|basis", re.IGNORECASE)


def named_currencies(table: Table, cells: Cells) -> tuple[str, ...]:
    """For each row the currency of its amount: a code, "$", or as written; "" where none is named.

    Empty for a column that holds no amounts.
    """
    one = _one_currency(cells)
    if one:
        return (one,) * len(cells.texts)
    if cells.target.key not in MONEY:
        return ()
    header = _beside(table.headers, cells.header)
    return tuple(map(_code, table.column(header))) if header else ()


def _one_currency(cells: Cells) -> str:
    """The currency that the header or most cells name; "" for none, for several, for percent.

    A column that is kept under its own header goes on saying there in what it is.
    """
    if in_percent(cells.header, cells.target):
        return ""
    if cells.whole:
        return cells.whole.currency or (DOLLAR if cells.whole.usual == DOLLAR else "")
    header = "" if cells.target.key == FACT else cells.header
    if found := unit_of(header, cells.texts).currency:
        return found
    filled = [text for text in cells.texts if text]
    named = currencies(filled)
    if named.total() * 2 < len(filled):  # a few cells speak for themselves
        named = currencies([header])
    return DOLLAR if set(named) == {DOLLAR} else ""


def _beside(headers: Sequence[str], amounts: str) -> str | None:
    """The header of the column that gives these amounts their currencies; its own goes first."""
    own = folded(without_unit(amounts)), folded(amounts)
    whose = {h: _whose(folded(h)) for h in headers if h != amounts}
    named = (h for h, who in whose.items() if who and who in own)
    general = (h for h, who in whose.items() if who in _OF_THE_ROW)
    return next(named, None if _CONVERTED.search(amounts) else next(general, None))


def _whose(header: str) -> str | None:
    """What a folded header of currencies says beside that; `None` where it speaks of none."""
    return _CURRENCY.sub("", header, count=1) if _CURRENCY.search(header) else None


def _code(text: str) -> str:
    """The code of a currency by code, sign or name; any other text as it stands."""
    known = _BY_NAME.get(text.strip().casefold(), "")
    return known or currency_in(text) or currency_in(text.upper()) or text.strip()


def foreign(table: Table, cells: Cells, own: str) -> Counter[str]:
    """How many amounts are in which currency that is not the workshop's (`own`)."""
    every = named_currencies(table, cells)
    amounts = zip(every, cells.texts, strict=True) if every else ()
    named = ((code, text) for code, text in amounts if not may_be_one_currency(code, own))
    return Counter(code for code, text in named if _NOT_ZERO.search(text))


def without_rate(found: Collection[str], said: Written | None) -> tuple[str, ...]:
    """The currencies of which nobody has said what one is worth."""
    rates = _rates(found, said)
    return tuple(code for code in found if _rate(code, rates) is None)


def _rates(found: Collection[str], said: Written | None) -> Mapping[str, float]:
    """What one of each is worth; the factor of a column in one currency may be its rate."""
    if said is None:
        return {}
    in_factor = len(found) == 1 and said.factor not in _SCALES
    return {**dict.fromkeys(found, 1.0), **said.rates} if in_factor else said.rates


def _rate(code: str, rates: Mapping[str, float]) -> float | None:
    """What one of it is worth; a dollar sign is the one dollar of which that is known."""
    if code == DOLLAR:
        dollars = [rate for other, rate in rates.items() if other == DOLLAR or other in DOLLARS]
        return dollars[0] if len(set(dollars)) == 1 else None
    return rates.get(code)


def question(found: Collection[str], own: str) -> str:
    """What to ask about amounts in these currencies: "In USD, and this workshop counts in EUR"."""
    worth = f"What is one {next(iter(found))} worth?" if len(found) == 1 else "What is one worth?"
    return f"In {_listed(found)}, and this workshop counts in {own}. {worth}"


def _listed(codes: Collection[str]) -> str:
    *most, last = codes
    return f"{', '.join(most)} and {last}" if most else last


def converted(
    read: Understood[float], table: Table, cells: Cells, said: Written | None, own: str
) -> tuple[Understood[float], tuple[str, ...]]:
    """A column with its amounts in the workshop's currency, and the currencies without a rate.

    Amounts without a rate stay unknown. What is done is told, also where amounts beside others
    name no currency and are taken as the workshop's.
    """
    found = foreign(table, cells, own)
    if not found:
        return read, ()
    rates = _rates(found, said)
    named = named_currencies(table, cells)
    values = [
        _times(value, _rate(code, rates)) if value and code in found else value
        for value, code in zip(read.values, named, strict=True)
    ]
    blank = sum(bool(value) and not code for value, code in zip(read.values, named, strict=True))
    lacking = without_rate(found, said)
    told = _told(cells.header, found, lacking, (said or Written()).rates, own)
    if blank:
        told.append(
            f"Column {cells.header}: amounts without a currency ({blank:,}) are taken as {own}."
        )
    return replace(read, values=values, notes=(*read.notes, *told)), lacking


def _times(value: float, rate: float | None) -> float | None:
    return None if rate is None else value * rate


def _told(
    header: str, found: Counter[str], lacking: Sequence[str], rates: Mapping[str, float], own: str
) -> list[str]:
    """What becomes of the amounts of a column in other currencies."""
    known = {code: rate for code in found if (rate := _rate(code, rates)) is not None}
    told = [_worth(header, code, rate, own) for code, rate in known.items()]
    if lacking:
        amounts = _listed([f"{found[code]:,} in {code}" for code in lacking])
        told.append(
            f"Column {header}: amounts stay out until you say what one is worth in {own}: "
            f"{amounts}."
        )
    return told


def _worth(header: str, code: str, rate: float, own: str) -> str:
    if rate == 1:
        return f"Column {header}: amounts in {code} are taken as {own}, as you said."
    return f"Column {header}: one {code} is taken as {in_full(rate)} {own}."
