"""A column of days: ISO dates, and days as people write them."""

import re
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Literal

from kam.intake.lists.fields import Cells, Understood, Whole, Written

First = Literal["day", "month"]

FIRST_YEAR, LAST_YEAR = 2000, 2100  # beyond them a day of a contract is a slip
CENTURY = 2000  # of a year in two digits
LAST_SHORT = 68  # the last year in two digits that is of this century, as in POSIX; 99 may be 1999

_ISO = re.compile(r"([0-9]{4})([-/])([0-9]{1,2})\2([0-9]{1,2})(?:[T ][0-9:.+Z-]*)?", re.ASCII)

# A time behind a day says nothing of a contract: 08:26, 8:26:59 PM.
_TIME = r"(?:,? [0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]+)?)?(?: ?[AaPp]\.?[Mm]\.?)?)?"
_DOTTED = re.compile(r"([0-9]{1,2})\.\s?([0-9]{1,2})\.\s?([0-9]{4}|[0-9]{2})" + _TIME, re.ASCII)

# Two digits for the year stand behind slashes only: 28-03-31 may begin with its year.
_SLASHED = re.compile(
    r"([0-9]{1,2})([/-])([0-9]{1,2})\2([0-9]{4}|(?<=/)[0-9]{2})" + _TIME, re.ASCII
)
_NAMED = re.compile(r"([0-9]{1,2})\.?[- ]([^\W\d_]{3,9})\.?,?[- ]([0-9]{4}|[0-9]{2})")
_NAMED_FIRST = re.compile(r"([^\W\d_]{3,9})\.? ([0-9]{1,2}),? ([0-9]{4})")

# Names of the months in English, German and French; three letters are enough where they tell.
_MONTHS = (
    "january januar janvier",
    "february februar février fevrier",
    "march märz maerz mars mrz",
    "april avril",
    "may mai",
    "june juni juin",
    "july juli juillet",
    "august août aout",
    "september septembre",
    "october oktober octobre",
    "november novembre",
    "december dezember décembre decembre",
)

READABLE = "Write the day as 2028-12-31, or leave it empty."


def days_in(cells: Cells, written: Written | None = None) -> Understood[date]:
    """A column of days; what is none, or could be two, stays unknown and is told.

    Whether 03/04/2028 is in March or in April a person says, else the other cells of the column.
    """
    texts = [text.strip() for text in cells.texts]
    first = _first_in(cells, texts, written)
    values = [_day(text, first) for text in texts]
    problems = tuple(
        cells.problem(at, "date", _what(texts[at], first))
        for at, value in enumerate(values)
        if value is None and texts[at]
    )
    whole = Whole(day_first=None if first is None else first == "day")
    return Understood(cells.target.key, values, problems, header=cells.header, whole=whole)


def either_day(texts: Iterable[str]) -> str:
    """The first cell that is two days because no cell tells the order; "" where none is."""
    seen = [text.strip() for text in texts]
    first = _first_of(seen)
    return next((text for text in seen if first is None and len(_readings(text)) > 1), "")


def slashed(texts: Iterable[str]) -> bool:
    """Whether any cell has day and month in an order that is to be known."""
    return any(_SLASHED.fullmatch(text.strip()) for text in texts)


def day_first(texts: Sequence[str]) -> bool | None:
    """Whether the cells of a column tell that the day comes first; `None` where they do not."""
    first = _first_of([text.strip() for text in texts])
    return None if first is None else first == "day"


def day_of(text: str, *, day_first: bool | None) -> date | None:
    """The day that one cell means in a column of that order; `None` where it means none."""
    first: First | None = None if day_first is None else "day" if day_first else "month"
    return _day(text.strip(), first)


def _what(text: str, first: First | None) -> str:
    """What is to be done about a cell that is no day, or that is two."""
    both = _readings(text) if first is None else ()
    if len(both) < 2:
        return READABLE
    one, other = (f"{day.day} {day:%B %Y}" for day in both)
    return (
        f"That is {one} or {other}, and the column does not tell which. Say at its column in "
        f'"Match your columns" whether the day or the month comes first, or write it as '
        f"{both[0].isoformat()}."
    )


def _readings(text: str) -> tuple[date, ...]:
    """The different days that a text may mean, with the day first and with the month first."""
    found = (_day(text, "day"), _day(text, "month"))
    return tuple(dict.fromkeys(day for day in found if day))


def _first_in(cells: Cells, texts: Sequence[str], written: Written | None) -> First | None:
    """What stands first between slashes, as a person has said, else as the whole column tells."""
    if written and written.day_first is not None:
        return "day" if written.day_first else "month"
    if cells.whole is None:
        return _first_of(texts)
    order = cells.whole.day_first
    return None if order is None else "day" if order else "month"


def _first_of(texts: Iterable[str]) -> First | None:
    """What stands first between slashes; `None` where no cell tells, or two contradict.

    13/13/2027 is a slip and tells nothing.
    """
    slashed = [text for text in texts if _SLASHED.fullmatch(text)]
    days = any(_day(text, "day") and not _day(text, "month") for text in slashed)
    months = any(_day(text, "month") and not _day(text, "day") for text in slashed)
    if days is months:
        return None
    return "day" if days else "month"


def _day(text: str, first: First | None) -> date | None:
    """The day that a text means; `None` where it means none, or not for certain."""
    if iso := _ISO.fullmatch(text):
        return _made(iso[1], iso[3], iso[4])
    if dotted := _DOTTED.fullmatch(text):
        return _made(dotted[3], dotted[2], dotted[1])
    if named := _NAMED.fullmatch(text):
        return _made(named[3], _month(named[2]), named[1])
    if named := _NAMED_FIRST.fullmatch(text):
        return _made(named[3], _month(named[1]), named[2])
    if parts := _SLASHED.fullmatch(text):
        return _between_slashes((parts[1], parts[3], parts[4]), first)
    return None


def _between_slashes(parts: tuple[str, str, str], first: First | None) -> date | None:
    left, right, year = parts
    if first is None and int(left) != int(right):
        return None
    return _made(year, right, left) if first == "day" else _made(year, left, right)


def _month(name: str) -> str:
    """The number of a month by its name or the beginning of it; "0" where no one month has it."""
    known = name.casefold()
    found = [
        at
        for at, names in enumerate(_MONTHS, 1)
        if any(full.startswith(known) for full in names.split())
    ]
    return str(found[0]) if len(found) == 1 else "0"


def _made(year: str, month: str, day: str) -> date | None:
    """A day of the calendar within the years that can be; "27" is 2027, and "99" is none."""
    number = int(year)
    if len(year) == len("27"):
        number += CENTURY if number <= LAST_SHORT else 0
    if not FIRST_YEAR <= number <= LAST_YEAR:
        return None
    try:
        return date(number, int(month), int(day))
    except ValueError:
        return None
