"""All plans on one line of time, overdue ones first (screens.md 6.6)."""

from collections.abc import Callable
from datetime import date, timedelta

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
        _lane(sheet, frame[frame["klass"] == klass.value], klass, (HEAD + lane * LANE, place))
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
    where: tuple[float, Callable[[date], float]],
) -> None:
    """The dots of one class; those of one day stand on each other."""
    top, place = where
    sheet.text((0, top + LANE / 2), klass.label, Style(14, 600, WORDS[klass]))
    sheet.line((LEFT, top + LANE - 4), (sheet.width - 20, top + LANE - 4), GRID)
    for late in (True, False):
        some = frame[frame["overdue"] == late]
        for slot, names in _stacks(some, place).items():
            _stack(sheet, slot * SLOT, top, names, FILL[klass])


def _stacks(frame: pd.DataFrame, place: Callable[[date], float]) -> dict[int, list[str]]:
    """Slot -> whose deadlines stand there; a number takes in the dots that it would cover."""
    found: dict[int, list[str]] = {}
    for name, day in sorted(zip(frame["name"], frame["deadline"], strict=True), key=lambda p: p[1]):
        found.setdefault(round(place(day) / SLOT), []).append(f"{name}, {day:%Y-%m-%d}")
    for slot in [slot for slot, names in found.items() if len(names) > MOST_DOTS]:
        reach = int((_radius(found.get(slot, [])) + DOT) / SLOT) + 1
        for near in range(slot - reach, slot + reach + 1):
            if near != slot and near in found and slot in found:
                found[slot] += found.pop(near)
    return found


def _radius(names: list[str]) -> float:
    """The radius of a dot with a number in it, px."""
    return 6.0 + 4 * len(str(len(names)))


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
