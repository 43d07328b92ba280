"""In what a column of numbers is written: thousands, a currency, percent.

Only what stands in the header or in the cells is told. Nothing is multiplied here: a person
confirms first (`kam.intake.lists.fields.Written`).
"""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from typing import NamedTuple

from kam.intake.figures import numbers
from kam.intake.headers.aliases import Target

# Cells looked at to tell percent from shares, evenly spread.
LOOKED_AT = 500

# A share beyond this is a percentage: 1.5 is 150 %, which a margin never is and growth seldom.
LARGEST_SHARE = 1.5

# Share of the figures that must look like shares before the column is asked about. 0-1; some of a
# hundred customers grow to the double or lose more than they bring.
MOSTLY = 0.8

# What is told of figures that may be shares.
AS_PERCENT = "we read 0.2 as 0.2 %, not as 20 %"

# A dollar sign stands for several dollars and stays a sign.
DOLLAR = "$"
SIGNS = {"€": "EUR", "£": "GBP", "¥": "JPY", "₹": "INR"}
DOLLARS = frozenset({"USD", "CAD", "AUD", "NZD", "HKD", "SGD", "TWD"})

# ISO 4217, with some that were given up since 2000 and may stand in old lists.
_ISO = (
    "AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP "
    "BYN BZD CAD CDF CHF CLP CNH CNY COP CRC CUP CVE CZK DEM DJF DKK DOP DZD EEK EGP ERN ESP ETB "
    "EUR FJD FKP FRF GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HRK HTG HUF IDR ILS INR IQD IRR ISK "
    "ITL JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LTL LVL LYD MAD MDL "
    "MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NLG NOK NPR NZD OMR PAB PEN PGK "
    "PHP PKR PLN PYG QAR RMB RON RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP SIT SKK SLE SOS SRD SSP "
    "STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD UYU UZS VES VND VUV WST XAF "
    "XCD XOF XPF YER ZAR ZMW ZWL"
)
CODES = frozenset(_ISO.split())

_THOUSANDS = re.compile(
    r"\b(in )?(thousands?|tausend|tsd\.?|tds\.?)(?!\w)|\(000(['’]?s)?\)|[’']000\b|\b000s\b|"
    r"\bT ?(€|EUR\b)|\b(k|t)(€|\$|£|eur|usd|gbp|chf)(?!\w)|(€|\$|£)k\b|\b(eur|usd|gbp|chf) ?k\b|"
    r"[\[(]k[\])]",
    re.IGNORECASE,
)
_MILLIONS = re.compile(
    r"\b(in )?(millions?|millionen|mio\.?|mill\.|mln\.?)(?!\w)|\bm(€|\$|£|eur|usd|gbp|chf)(?!\w)|"
    r"(€|\$|£)(m|mn|mm)\b|\b(eur|usd|gbp|chf) ?(m|mn)\b|[\[(](mm|mn)[\])]",
    re.IGNORECASE,
)
_BILLIONS = re.compile(
    r"\b(in )?(billions?|milliarden|mrd\.?|bln\.?)(?!\w)|\b(eur|usd|gbp) ?bn\b|(€|\$|£)bn\b",
    re.IGNORECASE,
)
_SCALES = (
    (1e9, "billions", _BILLIONS),
    (1e6, "millions", _MILLIONS),
    (1e3, "thousands", _THOUSANDS),
)
_PERCENT = re.compile(r"%|\b(pct|percent|prozent)\b", re.IGNORECASE)
_WORD = re.compile(r"[A-Za-z]+")
_FIGURE = re.compile(r"[-+0-9.,' ]*")  # nothing but a figure: most cells
_CODE = re.compile(r"\b[A-Z]{3}\b")
_CURRENCY = re.compile(r"(\b[Ii]n )?([€$£¥₹]|\b(" + "|".join(sorted(CODES)) + r")\b)")
_BRACKETED_UNIT = re.compile(
    r"[\[(] ?(in )?(k|t|m|mio\.? |mrd\.? |tsd\.? )?(€|\$|£|eur|usd|gbp|chf|%)"
    r"( ?(k|m|mn|bn))? ?[\])]",
    re.IGNORECASE,
)


class Unit(NamedTuple):
    """What a column's header and cells say of its numbers.

    Attributes:
        factor: by what the numbers are to be multiplied; 1 if nothing says so.
        currency: the ISO code that header or cells name; "" for none, or for several.
        why: a sentence to confirm, or "".
        shares: percentages are asked for, and the figures look like shares of one.
    """

    factor: float
    currency: str
    why: str
    shares: bool = False


def unit_of(header: str, texts: Iterable[str], target: Target | None = None) -> Unit:
    """In what a column is written: "Rev 2025 (kEUR)" is in thousands, and in euros.

    Shares where percentages are asked for are told and not multiplied: whether 0.2 is 0.2 % or
    20 % nobody but a person knows. `target` is where the column goes, as far as that is known.
    """
    cells = [text for text in texts if text]
    factor, scale = _scale(header)
    within = _shares(header, cells) if factor == 1 and in_percent(header, target) else ""
    why = f"{within}: {AS_PERCENT}." if within else ""
    if factor != 1:
        why = f"Looks like {scale}; we multiply by {factor:,.0f}."
    return Unit(factor, _one_currency(header, cells), why, bool(within))


def in_percent(header: str, target: Target | None) -> bool:
    """Whether a column holds percentages: by its header, or by the field that it goes to.

    A field whose range ends below two takes shares, whatever its unit is called.
    """
    if target and target.high is not None and abs(target.high) <= LARGEST_SHARE:
        return False
    told = (header, target.label, target.unit) if target else (header,)
    by_key = target is not None and target.key.endswith("_pct")
    return by_key or any(_PERCENT.search(text) for text in told)


def may_be_share(value: float) -> bool:
    """Whether a figure without a percent sign may be a share: 0.25 may be 25 %."""
    return 0 < abs(value) <= LARGEST_SHARE


def currencies(cells: Iterable[str]) -> Counter[str]:
    """How many cells name which currency, by code or sign; cells that name none are left out."""
    return Counter(found for cell in cells if (found := currency_in(cell)))


def currency_in(text: str) -> str:
    """The ISO code of the currency in a text: "€ 5" is EUR; "$5" is "$"; "" for none."""
    if _FIGURE.fullmatch(text):
        return ""
    code = next((word for word in _WORD.findall(text) if word in CODES), "")
    sign = next((code for sign, code in SIGNS.items() if sign in text), "")
    return code or sign or (DOLLAR if DOLLAR in text else "")


def names_no_currency(text: str) -> bool:
    """Whether three capital letters in a text are no currency: "IMP-110" is a code, no number."""
    return not _FIGURE.fullmatch(text) and any(word not in CODES for word in _CODE.findall(text))


def may_be_one_currency(one: str, other: str) -> bool:
    """Whether two findings of `currency_in` may be the same: "$" is any dollar, "" is any."""
    if DOLLAR in {one, other}:
        return {one, other} <= {DOLLAR, "", *DOLLARS}
    return one == other or "" in {one, other}


def are_signed(cells: Sequence[str]) -> bool:
    """Whether most of the filled cells have a percent sign."""
    seen = cells[:: max(1, len(cells) // LOOKED_AT)]
    return sum("%" in cell for cell in seen) * 2 > sum(map(bool, seen))


def scale_of_header(header: str) -> float:
    """By what the numbers below a header are to be multiplied; 1 if it says nothing."""
    return _scale(header)[0]


def _scale(header: str) -> tuple[float, str]:
    found = ((factor, word) for factor, word, written in _SCALES if written.search(header))
    return next(found, (1.0, ""))


def _one_currency(header: str, cells: Sequence[str]) -> str:
    """The currency that most cells name if it is one; else the header's."""
    named = currencies(cells)
    if named.total() * 2 < len(cells):  # a few cells speak for themselves
        return currency_of_header(header)
    return _only(named) if named else currency_of_header(header)


def currency_of_header(header: str) -> str:
    """The ISO code that a header names: "Revenue (kEUR)" is EUR; "" for none, or for several."""
    return _only(currencies([header, _behind_scale(header)]))


def _only(named: Collection[str]) -> str:
    """The one currency of several findings; "" for several, or for any dollar."""
    found = next(iter(named), "") if len(named) == 1 else ""
    return "" if found == DOLLAR else found


def _behind_scale(header: str) -> str:
    """The currency of "kEUR", "TEUR" or "mUSD"."""
    words = (word for word in _WORD.findall(header) if len(word) == 4 and word[0] in "kKtTmM")
    return next((word[1:].upper() for word in words if word[1:].upper() in CODES), "")


def without_unit(header: str) -> str:
    """The header without currency, scale and percent: "Revenue (kEUR)" and "Revenue EUR"."""
    bare = header
    for pattern in (_BRACKETED_UNIT, _BILLIONS, _MILLIONS, _THOUSANDS, _CURRENCY):
        bare = pattern.sub(" ", bare)
    return " ".join(bare.split()) or header


def _shares(header: str, cells: Sequence[str]) -> str:
    """The beginning of a sentence on figures that may be shares; "" where they are none.

    Figures that are all whole are no shares. Beside cells with a percent sign each of the others
    is asked for itself.
    """
    seen = cells[:: max(1, len(cells) // LOOKED_AT)]
    if any("%" in cell for cell in seen):
        return ""
    values = [value for value in numbers(header, seen).values if value is not None]
    if all(value.is_integer() for value in values):
        return ""
    if all(0 <= value <= 1 for value in values):
        return "All values lie between 0 and 1"
    told = [value for value in values if value]
    if sum(map(may_be_share, told)) < MOSTLY * len(told):
        return ""
    return f"Most values lie between -{LARGEST_SHARE} and {LARGEST_SHARE}"
