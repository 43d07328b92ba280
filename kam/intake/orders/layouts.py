"""How each file of a ledger is to be read, from what its cells show; and sentences about it.

Files are judged one by one, so an English export and a German one make one ledger. What a file
does not tell by itself, another file of the ledger or a person does; what nobody tells is asked,
or read in the usual way and told.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from kam.errors import Unreadable
from kam.intake.figures import (
    GROUPED,
    IN_THOUSANDTHS,
    Mark,
    Verdict,
    likely_mark,
    read_as,
    verdict,
)
from kam.intake.headers.units import currency_of_header
from kam.intake.orders.cells import PRICED, Layout, Written
from kam.intake.orders.marks import Figures, Shown
from kam.intake.orders.opened import Opened
from kam.intake.orders.sources import CsvFile
from kam.model import LedgerChoices

# Money columns whose figures may be thousands by their number. A price of one piece may well have
# three decimals throughout.
ADDED_UP = frozenset({"amount", "cost", "serving"})

# Share of dates that may be typing errors, or lie in the future, for a reading to fit all the
# same. 1 of this many; our judgement.
FITS = 10


@dataclass(frozen=True, slots=True)
class Asked:
    """The files of a ledger, what their cells show, and what a person has said.

    Attributes:
        opened, shown: one entry a file.
        columns: our name of a column -> its header.
        factors: our name of a money column that is not in units -> by what it is multiplied.
    """

    opened: Sequence[Opened]
    shown: Sequence[Shown]
    columns: Mapping[str, str]
    choices: LedgerChoices
    factors: Mapping[str, int] = field(default_factory=dict)


def layouts(asked: Asked) -> tuple[Layout, ...]:
    """How each file is written.

    Raises:
        Unreadable: figures or dates have two readings, and nobody has said which.
    """
    named = _sign_keys(asked)
    return tuple(
        Layout(
            _order(asked, at),
            _written(asked, at),
            signs=bool(named),
            named=bool(named) and not asked.choices.one_currency,
            factors=asked.factors,
        )
        for at, _ in enumerate(asked.opened)
    )


def _sign_keys(asked: Asked) -> set[str]:
    """Our names of the columns whose cells name a currency."""
    return {
        key for one in asked.shown for key, found in one.figures.items()
        if key in PRICED and found.currencies
    }  # fmt: skip


# --- figures --------------------------------------------------------------------------------------


def _written(asked: Asked, at: int) -> dict[str, Written]:
    """Our name of a money column -> how it is written in this file, where it is not plain."""
    result = {}
    for key, found in asked.shown[at].figures.items():
        mark = _mark(asked, at, key)
        written = Written(mark, both=any(told != mark for told in found.told))
        if written != Written(".") or found.odd:
            result[key] = written
    return result


def _mark(asked: Asked, at: int, key: str) -> Mark:
    """The decimal mark of the cells that do not prove their own."""
    found = asked.shown[at].figures[key]
    if found.either and asked.choices.decimal_mark:
        return asked.choices.decimal_mark
    why, mark = _verdict(asked, at, key)
    if why in {"told", "plain"} or not found.either:
        return mark or "."
    others = _told_elsewhere(asked, key) | ({mark} if mark else set())
    if why == "mixed" or len(others) > 1:
        raise Unreadable(_two_marks(asked, at, key), asks="decimal_mark")
    return next(iter(others), _likely(asked.opened[at]))


def _verdict(asked: Asked, at: int, key: str) -> tuple[Verdict, Mark | None]:
    """What the figures of this file tell by themselves."""
    found = asked.shown[at].figures[key]
    named = {currency_of_header(asked.columns.get(key, "")), *found.currencies}
    money = key in ADDED_UP and key not in asked.factors and named.isdisjoint(IN_THOUSANDTHS)
    return verdict(found.seen, money=money)


def _told_elsewhere(asked: Asked, key: str) -> set[Mark]:
    """The decimal marks that any file proves for this column."""
    return {mark for one in asked.shown for mark in one.figures.get(key, Figures()).told}


def _likely(one: Opened) -> Mark:
    """The usual decimal mark of such a file."""
    return likely_mark(one.file.delimiter if isinstance(one.file, CsvFile) else "")


def _two_marks(asked: Asked, at: int, key: str) -> str:
    found = asked.shown[at].figures[key]
    every = [one.figures.get(key, Figures()) for one in asked.shown]
    proofs = [next((one.comma for one in every if one.comma), ""),
              next((one.point for one in every if one.point), "")]  # fmt: skip
    told = " and ".join(f'"{proof}"' for proof in proofs if proof)
    both = f"{read_as(found.both, '.')} or {read_as(found.both, ',')}"
    return (
        f"We could not read {asked.opened[at].name}: column {asked.columns[key]} has {told}, so "
        f'"{found.both}" may be {both}. Say whether its decimal mark is a point or a comma.'
    )


# --- dates ----------------------------------------------------------------------------------------


def _order(asked: Asked, at: int) -> str:
    """What comes first in a date such as 01/02/25: "day", "month", "year"; "" if all are ISO."""
    dates = asked.shown[at].dates
    if not dates.other:
        return ""
    if dates.short and _year_first(asked, at):
        return "year"
    own = _own_order(asked, at)
    if own:
        return own
    if asked.choices.day_first is not None:
        return "day" if asked.choices.day_first else "month"
    others = {_own_order(asked, other) for other, _ in enumerate(asked.opened)} - {""}
    if dates.either and len(others) != 1:
        message = (
            f"We could not read {asked.opened[at].name}: the dates in column "
            f"{asked.columns['date']} fit two readings, day first and month first. Say which "
            "comes first."
        )
        raise Unreadable(message, asks="date_order")
    return next(iter(others)) if len(others) == 1 else "day"


def _own_order(asked: Asked, at: int) -> str:
    """The order of day and month that a file proves by itself; "" if it does not."""
    dates = asked.shown[at].dates
    if dates.short and not dates.long and _fits(dates.late_year, dates.short):
        return ""  # its years may come first: what it seems to prove is none for others
    if dates.only_day and dates.only_month:
        message = (
            f"We could not read {asked.opened[at].name}: column {asked.columns['date']} has "
            f"{dates.only_day:,} dates with the day first and {dates.only_month:,} with the month "
            "first. Write them in one way."
        )
        raise Unreadable(message)
    if dates.only_day or dates.only_month:
        return "day" if dates.only_day else "month"
    return ""


def _fits(late: int, cells: int) -> bool:
    return late * FITS <= cells


def _year_first(asked: Asked, at: int) -> bool:
    """Whether 24-12-05 begins with its year, as a person has said or its cells tell.

    Raises:
        Unreadable: nobody has said it, and it may also end with its year.
    """
    dates, choices = asked.shown[at].dates, asked.choices
    fits = choices.year_first or _fits(dates.late_year, dates.short)
    if choices.day_first is not None or not fits:
        return False
    last = _fits(dates.late_day, dates.short) or _fits(dates.late_month, dates.short)
    if not choices.year_first and last:
        message = (
            f"We could not read {asked.opened[at].name}: dates in column {asked.columns['date']} "
            f'such as "{dates.year}" may begin with the year or end with it. Say which comes '
            "first."
        )
        raise Unreadable(message, asks="date_order")
    if dates.long:
        message = (
            f"We could not read {asked.opened[at].name}: column {asked.columns['date']} has "
            f"{dates.short:,} dates that begin with the year and {dates.long:,} that end with it. "
            "Write them in one way."
        )
        raise Unreadable(message)
    return True


# --- sentences ------------------------------------------------------------------------------------


class Guess(str):
    """A sentence on how figures are read that neither a file nor a person has told: it asks."""

    __slots__ = ()


def notes(asked: Asked, found: Sequence[Layout]) -> list[str]:
    """How figures and dates are read that could be read otherwise; by file where files differ."""
    told = [_notes(asked, at, layout) for at, layout in enumerate(found)]
    if all(one == told[0] for one in told):
        return told[0]
    return [type(note)(f"{one.name}: {note}") for one, notes in zip(asked.opened, told, strict=True)
            for note in notes]  # fmt: skip


def _notes(asked: Asked, at: int, layout: Layout) -> list[str]:
    figures = [
        _figure_note(asked, at, key, layout.figures.get(key, Written(".")))
        for key in asked.shown[at].figures
    ]
    dates = (_date_note(asked, at, layout.slashes), _month_note(asked, at))
    return [note for note in (*figures, *dates) if note]


def _figure_note(asked: Asked, at: int, key: str, written: Written) -> str:
    found, header = asked.shown[at].figures[key], asked.columns[key]
    both = f'"{found.both}" is read as {read_as(found.both, written.mark)}' if found.both else ""
    if written.both:
        more = f"; {both}" if both else ""
        proofs = " and ".join(f'"{one}"' for one in (found.comma, found.point) if one)
        return f"Column {header} mixes decimal commas and points: {proofs}{more}."
    if found.commas:
        more = f"; {both}" if both else ""
        return f"Column {header} has decimal commas{more}."
    if not both or found.points or asked.choices.decimal_mark or key == "quantity":
        return ""
    if _verdict(asked, at, key)[0] == "grouped":
        return f"Column {header}: {both}, {GROUPED}."
    if _told_elsewhere(asked, key):
        return f"Column {header}: {both}, as in the other files."
    read = f"we read it as {read_as(found.both, written.mark)}"
    return Guess(f'Column {header}: "{found.both}" can be read in two ways; {read}.')


def _date_note(asked: Asked, at: int, order: str) -> str:
    dates, choices = asked.shown[at].dates, asked.choices
    header = asked.columns.get("date", "")
    if order == "year" and not choices.year_first:
        return f'Column {header}: dates such as "{dates.year}" begin with the year.'
    open_ = dates.either and not (dates.only_day or dates.only_month)
    if open_ and choices.day_first is None:
        return f'Column {header}: "{dates.day}" is read {order} first, as in the other files.'
    return ""


def _month_note(asked: Asked, at: int) -> str:
    month, header = asked.shown[at].dates.month, asked.columns.get("date", "")
    if not month:
        return ""
    return f'Column {header}: "{month}" names a month; such lines are dated on its first day.'
