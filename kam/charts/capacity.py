"""Capacity: how many key accounts fit, and who takes the hours."""

import math
from collections import Counter
from collections.abc import Mapping

import pandas as pd

from kam.charts.labels import text_width
from kam.charts.sheet import Sheet, Style
from kam.charts.theme import FILL, INK, INK_2, PAPER, TINT, Picture
from kam.model import Capacity, Class

MOST_COLUMNS = 40
GAP = 12.0  # px between two labels
MOST_WAITING = 0.5  # of the capacity, that the bar shows of those who wait; all are counted
STRATEGIC, CORE = FILL[Class.KEY_STRATEGIC], FILL[Class.KEY_CORE]


def room_for(capacity: Capacity, width: int = 440) -> Picture:
    """How many strategic and core key accounts fit together, one column a strategic count.

    Args:
        capacity: hours, and hours per strategic and core account; or places, of which every
            account takes one. A sentence stands for a capacity that is not known.
        width: px.
    """
    sheet = Sheet(width, 210)
    if not capacity.known:
        sheet.text((0, 50), "The capacity is not known yet.", Style(15, 500, INK))
        return sheet.picture("The capacity is not known yet.")
    fits = _mixes(capacity)
    step, tall = min(64.0, width / len(fits)), max(1, *(k + n for k, n in fits))
    sheet.text((0, 10), "Either, or, or a mix of both", Style(14, 600, INK))
    for place, mix in enumerate(fits):
        _column(sheet, (place * step, step), mix, 120 / tall)
    _ends(sheet, fits, step)
    sheet.text((0, 201), "strategic", Style(13, 600, STRATEGIC))
    sheet.text((70, 201), "+ core", Style(13, 600, CORE))
    told = ", ".join(f"{k} strategic and {n} core" for k, n in fits)
    return sheet.picture(f"Room for: {told}.")


def _mixes(capacity: Capacity) -> list[tuple[int, int]]:
    """Counts of strategic and core accounts that fit together, from none strategic to most.

    More than 40 are thinned out evenly.
    """
    if capacity.mode == "places":
        whole, each, core = float(capacity.places or 0), 1.0, 1.0
    else:
        whole, each = capacity.hours or 0.0, capacity.hours_strategic or 1.0
        core = capacity.hours_core or 1.0
    most = _times(whole, each)
    every = math.ceil((most + 1) / MOST_COLUMNS)
    return [(count, _times(whole - count * each, core)) for count in range(0, most + 1, every)]


def _times(whole: float, part: float) -> int:
    """How often a part fits into the whole; 0.3 holds 0.1 three times, whatever floats say."""
    return math.floor(whole / part + 1e-9)


def _column(sheet: Sheet, place: tuple[float, float], counts: tuple[int, int], unit: float) -> None:
    """One mix: strategic below, core above, the numbers under it."""
    (left, step), (strategic, core) = place, counts
    x, bottom = (left + 2, left + step - 4), 165.0
    tip = f"{strategic} strategic and {core} core"
    sheet.rect(x, (bottom - strategic * unit, bottom), STRATEGIC, tip=tip)
    sheet.rect(x, (bottom - (strategic + core) * unit, bottom - strategic * unit), CORE, tip=tip)
    words = f"{strategic} + {core}"
    if text_width(words, 13, 600) <= step - 4:
        middle = (x[0] + x[1]) / 2
        sheet.text((middle, bottom + 13), words, Style(13, 600, INK_2, "center"))


def _ends(sheet: Sheet, fits: list[tuple[int, int]], step: float) -> None:
    """The first and the last mix in words, where columns are too narrow for their own."""
    (strategic, core), bottom = fits[-1], 178.0
    if text_width(f"{strategic} + {core}", 13, 600) > step - 4:
        right = len(fits) * step - 2
        style = Style(13, 600, INK_2, "right")
        sheet.text((2, bottom), f"{fits[0][0]} + {fits[0][1]}", Style(13, 600, INK_2))
        sheet.text((right, bottom), f"{strategic} + {core}", style)


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
    sheet = Sheet(width, 78)
    if frame.empty:
        sheet.text((0, 40), "Nobody is in the key zone yet.", Style(15, 500, INK))
        return sheet.picture("Nobody is in the key zone yet.")
    waits = frame["waits"].astype(bool)
    used = float(frame.loc[~waits, "hours"].sum())
    end = max(used, available or 0.0)  # those who wait stand beyond it
    beyond = _first_waiting(frame[waits], end)
    whole = end + float(beyond["hours"].sum())
    if not whole:
        sheet.text((0, 40), "What an account takes is not known yet.", Style(15, 500, INK))
        return sheet.picture("What an account takes is not known yet.")
    starts: dict[Class, float] = {}
    for part, start in ((frame[~waits], 0.0), (beyond, end)):
        at = start / whole * width
        for name, klass, hours in zip(part["name"], part["klass"], part["hours"], strict=True):
            share = hours / whole * width
            starts.setdefault(Class(klass), at)
            _segment(sheet, (at, at + share), Class(klass), (name, f"{hours:,.0f} {unit}"))
            at += share
    _labels(sheet, starts, Counter(frame["klass"]))
    if available is not None:
        _end(sheet, available / whole * width, f"{used:,.0f} of {available:,.0f} {unit} taken")
    waiting = int(waits.sum())
    told = f"{used:,.0f} {unit} taken" + (f" of {available:,.0f}" if available is not None else "")
    who = "1 customer waits" if waiting == 1 else f"{waiting} customers wait"
    return sheet.picture(f"{told}; {who} for room.")


def _first_waiting(waiting: pd.DataFrame, end: float) -> pd.DataFrame:
    """Those who wait, as far as they fit beyond the capacity without crowding it; at least one."""
    if not end or len(waiting) < 2:
        return waiting
    fits = waiting["hours"].cumsum() <= max(end * MOST_WAITING, waiting["hours"].iloc[0])
    shown: pd.DataFrame = waiting[fits]
    return shown


# What a colour of the bar means, after how many there are.
_MEANS = {Class.KEY_STRATEGIC: "strategic", Class.KEY_CORE: "core", Class.STRATEGIC: "waiting"}


def _labels(sheet: Sheet, starts: Mapping[Class, float], counts: Mapping[str, int]) -> None:
    """What each colour means, under its first customer, or beside the label before it."""
    said = [(starts[klass], klass) for klass in _MEANS if klass in starts]
    told = {klass: f"{counts[klass.value]:,} {_MEANS[klass]}" for _, klass in said}
    right, places = float(sheet.width), {}
    for start, klass in reversed(said):
        right = min(start, right - text_width(told[klass], 13, 600) - GAP)
        places[klass] = right
    free = 0.0
    for _, klass in said:
        left = max(places[klass], free)
        sheet.text((left, 68), told[klass], Style(13, 600, FILL[klass]))
        free = left + text_width(told[klass], 13, 600) + GAP


def _segment(sheet: Sheet, x: tuple[float, float], klass: Class, words: tuple[str, str]) -> None:
    """One customer: as wide as its hours; outlined when it waits; named where its name fits."""
    name, hours = words
    waits = klass is Class.STRATEGIC
    fill = TINT[klass] if waits else FILL[klass]
    tip = f"{name}: {'would take ' if waits else ''}{hours}"
    gap = min(1.0, (x[1] - x[0]) / 4)
    sheet.rect((x[0] + gap, x[1] - gap), (26, 54), fill, edge=FILL[klass], tip=tip)
    if text_width(name, 13, 600) <= x[1] - x[0] - 12:
        sheet.text((x[0] + 6, 40), name, Style(13, 600, INK if waits else PAPER))


def _end(sheet: Sheet, x: float, words: str) -> None:
    """The line at which the capacity ends, with its words."""
    sheet.line((x, 20), (x, 58), INK, 2.5)
    before = x + 6 + text_width(words, 14, 600) > sheet.width
    style = Style(14, 600, INK, "right" if before else "left")
    sheet.text((x - 6 if before else x + 6, 11), words, style)
