"""Capacity: how many key accounts fit, and who takes the hours."""

import pandas as pd

from kam.charts.bars import fitted
from kam.charts.labels import text_width
from kam.charts.sheet import Sheet, Style
from kam.charts.theme import FILL, INK, INK_2, INK_3, PAPER, TINT, Picture
from kam.model import Capacity, Class

MOST_COLUMNS = 40
STRATEGIC, CORE = FILL[Class.KEY_STRATEGIC], FILL[Class.KEY_CORE]


def room_for(capacity: Capacity, width: int = 440) -> Picture:
    """How many strategic and core key accounts fit together, one column a strategic count.

    Args:
        capacity: hours, and hours per strategic and core account, all known.
        width: px.
    """
    hours, each = capacity.hours or 0.0, capacity.hours_strategic or 1.0
    core = capacity.hours_core or 1.0
    most = min(int(hours // each), MOST_COLUMNS - 1)
    fits = [int((hours - count * each) // core) for count in range(most + 1)]
    sheet = Sheet(width, 210)
    step, tall = min(64.0, width / len(fits)), max(1, *(k + n for k, n in enumerate(fits)))
    sheet.text((0, 10), "Either, or, or a mix of both", Style(14, 600, INK))
    for count, cores in enumerate(fits):
        _column(sheet, (count * step, step), (count, cores), 120 / tall)
    sheet.text((0, 201), "strategic", Style(13, 600, STRATEGIC))
    sheet.text((70, 201), "+ core", Style(13, 600, CORE))
    told = ", ".join(f"{k} strategic and {n} core" for k, n in enumerate(fits))
    return sheet.picture(f"Room for: {told}.")


def _column(sheet: Sheet, place: tuple[float, float], counts: tuple[int, int], unit: float) -> None:
    """One mix: strategic below, core above, the numbers under it."""
    (left, step), (strategic, core) = place, counts
    x, bottom = (left + 2, left + step - 4), 165.0
    tip = f"{strategic} strategic and {core} core"
    sheet.rect(x, (bottom - strategic * unit, bottom), STRATEGIC, tip=tip)
    sheet.rect(x, (bottom - (strategic + core) * unit, bottom - strategic * unit), CORE, tip=tip)
    if step >= 26:
        words = f"{strategic} + {core}"
        middle = (x[0] + x[1]) / 2
        sheet.text((middle, bottom + 13), words, Style(13, 600, INK_2, "center"))


def queue_bar(
    frame: pd.DataFrame, *, available: float | None, unit: str, width: int = 1180
) -> Picture:
    """Who takes the capacity, in the order in which it was offered, and where it ends.

    Args:
        frame: as `kam.report.tables.queue` makes it: name, klass, hours, waits.
        available: hours or places there are; `None` when unknown.
        unit: "hours" or "places".
        width: px.
    """
    sheet = Sheet(width, 112)
    if frame.empty:
        sheet.text((0, 50), "Nobody is in the key zone yet.", Style(15, 500, INK))
        return sheet.picture("Nobody is in the key zone yet.")
    whole = max(float(frame["hours"].sum()), available or 0.0) or 1.0
    at = 0.0
    for name, klass, hours in zip(frame["name"], frame["klass"], frame["hours"], strict=True):
        share = hours / whole * width
        _segment(sheet, (at, at + share), Class(klass), (name, f"{hours:,.0f} {unit}"))
        at += share
    used = float(frame.loc[~frame["waits"], "hours"].sum())
    if available is not None:
        _end(sheet, available / whole * width, f"{used:,.0f} of {available:,.0f} {unit} taken")
    waiting = int(frame["waits"].sum())
    told = f"{used:,.0f} {unit} taken" + (f" of {available:,.0f}" if available is not None else "")
    return sheet.picture(f"{told}; {waiting} customers wait for room.")


def _segment(sheet: Sheet, x: tuple[float, float], klass: Class, words: tuple[str, str]) -> None:
    """One customer: as wide as its hours; outlined when it waits; named where there is room."""
    name, hours = words
    waits = klass is Class.STRATEGIC
    fill = TINT[klass] if waits else FILL[klass]
    tip = f"{name}: {'would take ' if waits else ''}{hours}"
    sheet.rect((x[0] + 1, x[1] - 1), (34, 78), fill, edge=FILL[klass], tip=tip)
    room = x[1] - x[0] - 10
    short = fitted(name, room, 13)
    if len(short) >= min(len(name), 4):
        style = Style(13, 600, INK if waits else PAPER)
        sheet.text((x[0] + 6, 50), short, style)
        if text_width(hours, 12) <= room:
            sheet.text((x[0] + 6, 67), hours, Style(12, 400, INK_3 if waits else PAPER))


def _end(sheet: Sheet, x: float, words: str) -> None:
    """The line at which the capacity ends, with its words."""
    sheet.line((x, 24), (x, 92), INK, 2.5)
    near_end = x > sheet.width * 0.8
    style = Style(14, 600, INK, "right" if near_end else "left")
    sheet.text((x - 6 if near_end else x + 6, 14), words, style)
