"""A column of days: ISO dates, and days as people write them."""

import re
from collections.abc import Iterable
from datetime import date
from typing import Literal

from kam.intake.lists.fields import Cells, Understood

First = Literal["day", "month"]

FIRST_YEAR, LAST_YEAR = 2000, 2100  # beyond them a day of a contract is a slip

_ISO = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})(?:[T ][0-9:.+Z-]*)?", re.ASCII)
_DOTTED = re.compile(r"([0-9]{1,2})\.\s?([0-9]{1,2})\.\s?([0-9]{4})", re.ASCII)
_SLASHED = re.compile(r"([0-9]{1,2})[/-]([0-9]{1,2})[/-]([0-9]{4})", re.ASCII)


def days_in(cells: Cells) -> Understood[date]:
    """A column of days; what is none, or could be two, stays unknown and is told.

    Whether 03/04/2028 is in March or in April follows from the other cells of the column.
    """
    texts = [text.strip() for text in cells.texts]
    first = _first_of(texts)
    values = [_day(text, first) for text in texts]
    what = "Write the day as 2028-12-31, or leave it empty."
    problems = tuple(
        cells.problem(at, "date", what)
        for at, value in enumerate(values)
        if value is None and texts[at]
    )
    return Understood(cells.target.key, values, problems, header=cells.header)


def _first_of(texts: Iterable[str]) -> First | None:
    """What stands first between slashes; `None` where no cell tells, or two contradict."""
    found = [_SLASHED.fullmatch(text) for text in texts]
    pairs = [(int(one[1]), int(one[2])) for one in found if one]
    days, months = any(a > 12 for a, _ in pairs), any(b > 12 for _, b in pairs)
    if days is months:
        return None
    return "day" if days else "month"


def _day(text: str, first: First | None) -> date | None:
    """The day that a text means; `None` where it means none, or not for certain."""
    if iso := _ISO.fullmatch(text):
        return _made(iso[1], iso[2], iso[3])
    if dotted := _DOTTED.fullmatch(text):
        return _made(dotted[3], dotted[2], dotted[1])
    slashed = _SLASHED.fullmatch(text)
    if not slashed:
        return None
    left, right, year = slashed.groups()
    if first is None and int(left) != int(right):
        return None
    return _made(year, right, left) if first == "day" else _made(year, left, right)


def _made(year: str, month: str, day: str) -> date | None:
    """A day of the calendar within the years that can be."""
    if not FIRST_YEAR <= int(year) <= LAST_YEAR:
        return None
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None
