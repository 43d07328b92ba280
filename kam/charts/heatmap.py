"""The profile heatmap: every customer's value on every criterion (screens.md 5.6)."""

import math
from collections.abc import Hashable, Mapping
from typing import Any

import numpy as np
import pandas as pd

from kam.charts.bars import fitted
from kam.charts.labels import text_width
from kam.charts.sheet import Sheet, Style
from kam.charts.theme import ATTENTION, BLUES, GRID, INK, INK_3, PAPER, Picture
from kam.method.values import spoken

PAGE = 20  # customers on one page, so that a row is tall enough to read
ROW, HEAD, NAMES = 23, 56, 190  # px
CORNER = 9  # px: the mark of a level beyond the anchors
DOT = 4  # px: the radius of the mark of votes that differ
BLACK = "#000000"  # of numbers on the blues on which neither ink nor white can be read well
READABLE = 4.5  # contrast of text with what is behind it (WCAG 2.2, 1.4.3)


def heatmap(frame: pd.DataFrame, *, page: int = 0, width: int = 1180) -> Picture:
    """Customers by criteria; blue by value, the raw level in the cell, "?" where unknown.

    Args:
        frame: as `kam.report.tables.heat` makes it: customer, name, criterion, title, value,
            raw, unit, beyond, apart; in the one order.
        page: which twenty customers, from 0.
        width: px.
    """
    named = zip(frame["criterion"], frame["title"], frame["unit"], strict=True)
    titles = list(dict.fromkeys(named))
    customers = list(dict.fromkeys(frame["customer"]))[page * PAGE : (page + 1) * PAGE]
    row = {key: place for place, key in enumerate(customers)}
    step = (width - NAMES) / max(1, len(titles))
    column = {key: NAMES + place * step for place, (key, _, _) in enumerate(titles)}
    sheet = Sheet(width, HEAD + ROW * max(1, len(customers)))
    for key, title, unit in titles:
        _title(sheet, column[key] + step / 2, step, (title, unit))
    shown = frame[frame["customer"].isin(row)]
    for key, name in dict.fromkeys(zip(shown["customer"], shown["name"], strict=True)):
        top = HEAD + row[key] * ROW
        sheet.text((0, top + ROW / 2), fitted(name, NAMES - 12), Style(14, 500, INK))
    if shown["apart"].any():
        sheet.dot((DOT + 1, HEAD - 12), DOT, ATTENTION)
        sheet.text((3 * DOT + 2, HEAD - 12), "votes differ", Style(12.5, 400, INK_3))
    for cell in shown.to_dict("records"):
        left, top = column[cell["criterion"]], HEAD + row[cell["customer"]] * ROW
        _cell(sheet, (left, left + step), top, cell)
    unknown = int(shown["value"].isna().sum())
    return sheet.picture(
        f"Scores of {len(customers)} customers on {len(titles)} criteria; {unknown} are unknown."
    )


def _title(sheet: Sheet, middle: float, step: float, words: tuple[str, str]) -> None:
    """A criterion's name in at most two lines, its unit below."""
    title, unit = words
    lines = _wrapped(title, step - 8)
    for place, line in enumerate(lines):
        y = HEAD - 20 - 15 * (len(lines) - place)
        sheet.text((middle, y + 6), line, Style(12.5, 600, INK, "center"))
    sheet.text((middle, HEAD - 12), fitted(unit, step - 6, 11), Style(11, 400, INK_3, "center"))


def _wrapped(title: str, width: float) -> list[str]:
    """The title in one or two lines that fit; the second is cut if it must be."""
    words = title.split()
    first = words[:1]
    while len(first) < len(words) and text_width(" ".join(words[: len(first) + 1]), 12.5) <= width:
        first = words[: len(first) + 1]
    rest = " ".join(words[len(first) :])
    lines = [" ".join(first), rest] if rest else [" ".join(first)]
    return [fitted(line, width, 12.5) for line in lines]


def _cell(sheet: Sheet, x: tuple[float, float], top: float, cell: Mapping[Hashable, Any]) -> None:
    """One score: its value as a blue, its level as a number; a "?" where it is unknown.

    An orange corner where the level lies beyond the anchors, a dot where members' votes differ.
    """
    value, raw = float(str(cell["value"])), float(str(cell["raw"]))
    y, middle = (top + 1, top + ROW - 1), (x[0] + x[1]) / 2
    if math.isnan(value):
        sheet.rect((x[0] + 1, x[1] - 1), y, PAPER, edge=GRID, tip=f"{cell['name']}: unknown")
        sheet.text((middle, top + ROW / 2), "?", Style(14, 700, ATTENTION, "center"))
        return
    tip = f"{cell['name']}, {cell['title']}: {spoken(raw)} {cell['unit']}, worth {value:.1f}"
    tip += ", beyond its levels" if cell["beyond"] else ""
    tip += ", votes differ" if cell["apart"] else ""
    sheet.rect((x[0] + 1, x[1] - 1), y, blue(value), tip=tip)
    if cell["beyond"]:
        corner = ((x[1] - 1 - CORNER, x[1] - 1), (y[0], y[0] + CORNER))
        sheet.rect(*corner, ATTENTION, edge=PAPER, tip=tip)
    if cell["apart"]:
        sheet.dot((x[0] + 3 + DOT, y[0] + 2 + DOT), DOT, ATTENTION, tip=tip)
    style = Style(13, 500, ink_on(blue(value)), "center")
    sheet.text((middle, top + ROW / 2), spoken(raw), style)


def ink_on(fill: str) -> str:
    """The colour in which a number can be read on a fill: ink, else white, else black."""
    readable = (ink for ink in (INK, PAPER) if contrast(ink, fill) >= READABLE)
    return next(readable, BLACK)


def contrast(one: str, other: str) -> float:
    """How far two colours lie apart in lightness, 1-21 (WCAG 2.2, contrast ratio)."""
    light, dark = sorted((_lightness(one), _lightness(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _lightness(color: str) -> float:
    """The relative luminance of #RRGGBB, 0-1 (WCAG 2.2)."""
    parts = (int(color[place : place + 2], 16) / 255 for place in (1, 3, 5))
    red, green, blue_ = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue_


def blue(value: float) -> str:
    """The blue of a value 0-10, interpolated in RGB."""
    stops = np.linspace(0, 10, len(BLUES))
    parts = [
        np.interp(value, stops, [int(color[i : i + 2], 16) for color in BLUES]) for i in (1, 3, 5)
    ]
    return "#" + "".join(f"{round(float(part)):02X}" for part in parts)
