"""All plans on one line of time, overdue ones first (screens.md 6.6)."""

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from itertools import pairwise

import pandas as pd

from kam.charts.sheet import Sheet, Style
from kam.charts.theme import ATTENTION, FILL, GRID, INK, INK_2, INK_3, WORDS, Picture
from kam.model import Class

LEFT, LANE, HEAD, FOOT = 170.0, 28.0, 22.0, 18.0  # px
SLOT, DOT = 9.0, 5.0  # px: the width of a stack of dots, and the radius of a dot
MOST_DOTS = 2  # on each other; more become a number
MOST_MONTHS = 36


def deadlines(frame: pd.DataFrame, *, today: date, width: int = 1180) -> Picture:
    """One dot a plan, in a lane by class; what is left of "today" is overdue.

    Args:
        frame: as `kam.report.tables.deadlines` makes it: name, klass, deadline, overdue.
        today: the room's day.
        width: px.
    """
    lanes = [klass for klass in Class if (frame["klass"] == klass.value).any()]
    sheet = Sheet(width, int(HEAD + LANE * max(2, len(lanes)) + FOOT))
    if frame.empty:
        sheet.text((0, 40), "No plan has a deadline yet.", Style(15, 500, INK))
        return sheet.picture("No plan has a deadline yet.")
    first, last = _span(frame, today)
    days = max(1, (last - first).days)

    def place(day: date) -> float:
        return LEFT + (min(day, last) - first).days / days * (width - LEFT - 20)

    _months(sheet, first, last, place)
    for lane, klass in enumerate(lanes):
        some = frame[frame["klass"] == klass.value]
        _lane(sheet, some, klass, (HEAD + lane * LANE, place, today))
    _today(sheet, place(today))
    late = int(frame["overdue"].sum())
    if late:
        words = f"{late} overdue"
        sheet.text((place(today) - 8, 10), words, Style(14, 700, ATTENTION, "right"))
    late_words = "1 is overdue" if late == 1 else f"{late} are overdue"
    plans = "1 plan" if len(frame) == 1 else f"{len(frame)} plans"
    return sheet.picture(f"{plans} with a deadline; {late_words}.")


def _span(frame: pd.DataFrame, today: date) -> tuple[date, date]:
    """From the month of the first deadline (or today) to just after the last one."""
    days = list(frame["deadline"])
    first, last = min([*days, today]), max([*days, today])
    last = min(last, today + timedelta(days=31 * MOST_MONTHS))
    return first - timedelta(days=20), last + timedelta(days=20)


def _months(sheet: Sheet, first: date, last: date, place: Callable[[date], float]) -> None:
    """A faint line and a name at the start of every quarter."""
    bottom = sheet.height - FOOT
    day = date(first.year, first.month, 1)
    while day <= last:
        if day >= first and day.month % 3 == 1:
            sheet.line((place(day), HEAD), (place(day), bottom), GRID)
            words = Style(12, 400, INK_3, "center")
            sheet.text((place(day), bottom + 11), f"{day:%b %Y}", words)
        day = date(day.year + day.month // 12, day.month % 12 + 1, 1)


def _lane(
    sheet: Sheet,
    frame: pd.DataFrame,
    klass: Class,
    where: tuple[float, Callable[[date], float], date],
) -> None:
    """The dots of one class; those of one day stand on each other."""
    top, place, today = where
    sheet.text((0, top + LANE / 2), klass.label, Style(14, 600, WORDS[klass]))
    sheet.line((LEFT, top + LANE - 4), (sheet.width - 20, top + LANE - 4), GRID)
    for late in (True, False):
        some = frame[frame["overdue"] == late]
        for x, names in _stacks(some, place, (place(today), late)):
            _stack(sheet, x, top, names, FILL[klass])


def _stacks(
    frame: pd.DataFrame, place: Callable[[date], float], side: tuple[float, bool]
) -> list[tuple[float, list[str]]]:
    """Where dots stand on each other, px, and whose deadlines; none covers another.

    Args:
        frame: deadlines that are all overdue, or all not.
        place: where a day stands, px.
        side: where today stands, px, and whether these are overdue: their dots stay before it.
    """
    slots: dict[int, list[str]] = {}
    for name, day in sorted(zip(frame["name"], frame["deadline"], strict=True), key=lambda p: p[1]):
        slots.setdefault(round(place(day) / SLOT), []).append(f"{name}, {day:%Y-%m-%d}")
    found = [(slot * SLOT, names) for slot, names in sorted(slots.items())]
    while (second := _covered(found, side)) is not None:
        one, other = found[second - 1], found[second]
        x = max(one, other, key=lambda stack: len(stack[1]))[0]
        found[second - 1 : second + 1] = [(x, [*one[1], *other[1]])]
    return [(_beside(x, names, side), names) for x, names in found]


def _covered(stacks: Sequence[tuple[float, list[str]]], side: tuple[float, bool]) -> int | None:
    """The place of the first stack that would cover the one before it."""
    for place, (one, other) in enumerate(pairwise(stacks), start=1):
        apart = _beside(*other, side) - _beside(*one, side)
        numbered = max(len(one[1]), len(other[1])) > MOST_DOTS
        if apart < (_radius(one[1]) + _radius(other[1]) if numbered else SLOT - 1e-9):
            return place
    return None


def _beside(x: float, names: Sequence[str], side: tuple[float, bool]) -> float:
    """Where a stack stands, px, as a whole on its side of today."""
    today, late = side
    radius = _radius(names)
    return min(x, today - radius) if late else max(x, today + radius)


def _radius(names: Sequence[str]) -> float:
    """The radius of a dot, or of a larger one with a number in it, px."""
    return DOT if len(names) <= MOST_DOTS else 6.0 + 4 * len(str(len(names)))


def _stack(sheet: Sheet, x: float, top: float, names: list[str], fill: str) -> None:
    """A few dots; more become a number."""
    bottom = top + LANE - 10
    if len(names) <= MOST_DOTS:
        for level, name in enumerate(names):
            sheet.dot((x, bottom - level * SLOT), DOT, fill, tip=name)
        return
    listed = ", ".join(names[:12]) + (" …" if len(names) > 12 else "")
    sheet.dot((x, top + LANE / 2), _radius(names), fill, tip=listed)
    sheet.text((x, top + LANE / 2), str(len(names)), Style(12, 700, "#FFFFFF", "center"))


def _today(sheet: Sheet, x: float) -> None:
    sheet.line((x, HEAD - 6), (x, sheet.height - FOOT), INK_2, 1.5)
    sheet.text((x + 6, 10), "today", Style(13, 600, INK_2))
