"""How a spreadsheet shows a number: as a percentage, with zeros in front, in a currency.

The reader of a sheet gives the number that is stored: 0.25 for 25 %, 42 for 00042 and 5 for $5.
Here it is written as a person sees it, as far as that changes what it means.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from kam.intake.figures import may_be_either
from kam.intake.headers.units import CODES, DOLLAR, SIGNS

# Digits of a number that Excel keeps; what a binary fraction has beyond them nobody typed.
DIGITS = 15

# Whole numbers below this are written out; beyond it nobody reads the zeros.
LARGEST_WHOLE = 1e21

# Fewer zeros than this show every number as it is: "0 pcs" is an amount with its unit.
FEWEST_ZEROS = 2

# Percentages that have no code of their own in an XLSX file: 0% and 0.00%.
BUILT_IN = {"9": "0%", "10": "0.00%"}

# The parts of a format code: quoted or escaped text, room for a character, brackets, any sign.
_PART = re.compile(r'"([^"]*)"|\\(.)|([_*].)|\[([^\]]*)\]|(.)', re.DOTALL)

# Signs that a format shows as they stand, without quotes.
_PLAIN_SIGNS = frozenset("-+/():!^&'~{}<>= ")


class Part(NamedTuple):
    """One part of a format code: text that is shown as it stands, or a sign with a meaning."""

    text: str
    literal: bool


class Format(NamedTuple):
    """What a number format adds to the numbers in it.

    Attributes:
        percent: a hundredfold is shown, with a percent sign.
        mask: digits as zeros among texts, for ids of a fixed length: "C-", "0", "0", "0"; empty
            for any other format.
        currency: its sign or ISO code; "" for none, or one that we do not know.
    """

    percent: bool
    mask: tuple[Part, ...]
    currency: str

    def shown(self, value: str) -> str:
        """The stored number as it is shown; "" where that means the same as the number itself."""
        if self.mask:
            return self._masked(value)
        try:
            number = float(value)
        except ValueError:
            return ""
        if self.percent:
            return f"{unmistakable(number * 100)} %"
        return f"{self.currency} {unmistakable(number)}"

    def _masked(self, value: str) -> str:
        """The digits of a whole number in their places; those beyond them stand in front."""
        if not (value.isascii() and value.isdigit()):
            return ""
        places = sum(not part.literal for part in self.mask)
        digits = value.zfill(places)
        first, rest = digits[: len(digits) - places + 1], iter(digits[len(digits) - places + 1 :])
        texts, met = [], False
        for part in self.mask:
            texts.append(part.text if part.literal else next(rest) if met else first)
            met = met or not part.literal
        shown = "".join(texts)
        return "" if shown == value else shown


PERCENT = Format(percent=True, mask=(), currency="")


def in_currency(currency: str) -> Format:
    """The format of amounts in a currency, by its sign or ISO code."""
    return Format(percent=False, mask=(), currency=currency)


def format_of(code: str) -> Format | None:
    """What a format code of XLSX says; `None` where it shows the number itself.

    Only the first of its sections counts, that of numbers above zero.
    """
    parts = tuple(_parts(code))
    signs = [part.text for part in parts if not part.literal]
    if not any(sign in "0#?" for sign in signs):
        return None
    if "%" in signs:
        return PERCENT
    if set(signs) == {"0"} and len(signs) >= FEWEST_ZEROS:
        return Format(percent=False, mask=parts, currency="")
    currency = next((part.text.strip() for part in parts if part.literal and _is_money(part)), "")
    return in_currency(currency) if currency else None


def _parts(code: str) -> Iterator[Part]:
    """The parts of a code's first section that are shown or mean something."""
    for quoted, escaped, room, bracketed, sign in _PART.findall(code):
        if sign == ";":
            return
        if room:
            continue
        if bracketed:
            if bracketed.startswith("$"):
                yield Part(bracketed[1:].partition("-")[0], literal=True)
        elif sign:
            yield Part(sign, literal=sign in _PLAIN_SIGNS or sign == DOLLAR or sign in SIGNS)
        else:
            yield Part(quoted or escaped, literal=True)


def _is_money(part: Part) -> bool:
    text = part.text.strip()
    return text == DOLLAR or text in SIGNS or text in CODES


def number_text(number: float) -> str:
    """A number as text: 3.0 is "3", and 0.1 + 0.2 is "0.3"."""
    whole = number.is_integer() and abs(number) < LARGEST_WHOLE
    return str(int(number)) if whole else repr(float(f"{number:.{DIGITS}g}"))


def unmistakable(number: float) -> str:
    """A number that has one reading: 1.234 is "1.2340", which nobody takes for thousands."""
    text = number_text(number)
    return f"{text}0" if may_be_either(text) else text
