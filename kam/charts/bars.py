"""Bars: the criteria's points of 100, and what makes up one customer's score."""

import math
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import pandas as pd

from kam.charts.labels import text_width
from kam.charts.sheet import Sheet, Style
from kam.charts.theme import (
    AMOUNT,
    ATTENTION,
    ATTENTION_TINT,
    GRID,
    INK,
    INK_2,
    INK_3,
    NAVY,
    PAPER,
    Picture,
)
from kam.method.values import in_unit, spoken
from kam.model import Axis

GROUPS = {
    Axis.ATTRACTIVENESS: "How attractive the customer is",
    Axis.STRENGTH: "How strong we are, in its own eyes",
}
ROW, HEAD = 44, 30  # px
LABEL = 46.0  # px between the cut-off and a score whose labels both fit
WIDE_SPREAD = 15  # points between the lowest and highest vote: talk about it, screens.md 3.4
ENOUGH_VOTES = 3  # fewer would show single votes, screens.md 3.3


def weight_bars(frame: pd.DataFrame, width: int = 660) -> Picture:
    """The criteria's points of 100 in two groups, with the members' votes where there are any.

    Args:
        frame: as `kam.report.tables.weights` makes it: name, axis, points, votes.
        width: px.
    """
    sheet = Sheet(width, max(1, len(frame)) * ROW + len(GROUPS) * HEAD)
    most = max([20.0, *frame["points"], *(vote for votes in frame["votes"] for vote in votes)])
    top = 0.0
    for axis, title in GROUPS.items():
        group = frame[frame["axis"] == axis.value]
        total = int(group["points"].sum())
        sheet.text((0, top + HEAD / 2), f"{title} · {total} of 100", Style(15, 600, INK))
        top += HEAD
        ranked = group.sort_values("points", ascending=False, kind="stable")
        for row in ranked.itertuples():
            _weight_row(sheet, row, top, most)
            top += ROW
    ranked = frame.sort_values("points", ascending=False, kind="stable")
    told = ", ".join(f"{n} {p}" for n, p in zip(ranked["name"], ranked["points"], strict=True))
    return sheet.picture(f"Points of 100 by criterion: {told}.")


def _weight_row(sheet: Sheet, row: Any, top: float, most: float) -> None:  # noqa: ANN401 - pandas
    """One criterion: its name, bar, votes, points, and how far the votes lie apart."""
    left, right = sheet.width * 0.36, sheet.width - 150.0
    middle = top + ROW / 2
    votes = row.votes if len(row.votes) >= ENOUGH_VOTES else []
    wide = bool(votes) and max(votes) - min(votes) >= WIDE_SPREAD
    if wide:
        sheet.rect((0, sheet.width), (top + 1, top + ROW - 1), ATTENTION_TINT)
    ink = INK if row.points else INK_3  # what counts for nothing is grey, method.md 4.5
    sheet.text((left - 10, middle), fitted(row.name, left - 14), Style(14, 500, ink, "right"))
    sheet.rect((left, right), (middle - 11, middle + 11), "#F3F5F8")
    end = left + (right - left) * row.points / most
    sheet.rect((left, end), (middle - 11, middle + 11), AMOUNT, tip=f"{row.points} of 100 points")
    _votes(sheet, votes, middle, lambda vote: left + (right - left) * vote / most)
    sheet.text((right + 40, middle), str(row.points), Style(20, 700, ink, "right"))
    if votes:
        words = f"votes {min(votes):.0f}–{max(votes):.0f}"
        style = Style(12, 600, ATTENTION) if wide else Style(12, 400, INK_3)
        sheet.text((right + 50, middle), words, style)


def _votes(
    sheet: Sheet, votes: Sequence[float], middle: float, place: Callable[[float], float]
) -> None:
    """Every vote as a dot, equal ones stacked; a line through the middle half."""
    if not votes:
        return
    low, high = np.percentile(votes, (25, 75))
    sheet.line((place(low), middle), (place(high), middle), NAVY, 3)
    stacked: dict[int, int] = {}
    for vote in sorted(votes):
        slot = round(place(vote) / 7)
        level = stacked.get(slot, 0)
        stacked[slot] = level + 1
        shift = (level + 1) // 2 * 8 * (1 if level % 2 else -1)
        sheet.dot((place(vote), middle + shift), 5, NAVY, tip=f"{vote:.0f} points")


def fitted(name: str, width: float, size: float = 14) -> str:
    """A name cut at its end so that it fits into so many px."""
    if text_width(name, size) <= width:
        return name
    while name and text_width(f"{name}…", size) > width:
        name = name[:-1]
    return f"{name.rstrip()}…"


def _level(sheet: Sheet, entry: Any, top: float, room: float) -> None:  # noqa: ANN401 - pandas
    """A level at the right end of its row; with the span of its votes where both fit."""
    level = in_unit(spoken(entry.raw), entry.unit)
    voted = f"{level} · {_span(entry.votes)}" if entry.votes else level
    told = voted if text_width(voted, 13) <= room else fitted(level, room, 13)
    sheet.text((sheet.width - 12, top + 9), told, Style(13, 400, INK_3, "right"))


def _span(votes: Sequence[float]) -> str:
    """From where to where votes go, as "votes 2.5 to 10"."""
    low, high = spoken(min(votes)), spoken(max(votes))
    return f"votes {low}" if low == high else f"votes {low} to {high}"


def contribution_bars(
    frame: pd.DataFrame, *, line: float, score: float | None, title: str, width: int = 440
) -> Picture:
    """What makes up one customer's score on one axis: a waterfall from 0 to the score.

    Args:
        frame: as `kam.report.tables.contributions` makes it: name, points, most, raw, unit,
            votes.
        line: the axis' cut-off, 0-10.
        score: the customer's score; `None` when nothing is known.
        title: the heading.
        width: px.
    """
    row, head = 40, 44
    sheet = Sheet(width, head + row * len(frame) + 8)
    left, right = 8.0, width - 12.0
    x = _ten(left, right)
    sheet.text((0, 12), title, Style(15, 600, INK))
    sheet.text((x(line), head - 18), f"cut-off {line:g}", Style(11, 600, INK_2, "center"))
    if score is not None and abs(x(score) - x(line)) > LABEL:
        sheet.text((x(score), head - 18), f"{score:.1f}", Style(11, 600, NAVY, "center"))
    at = 0.0
    for place, entry in enumerate(frame.itertuples()):
        top = head + place * row
        at = _step(sheet, entry, top, at, x)
        sheet.line((x(line), top + 18), (x(line), top + 36), INK_2, 1.5)
        if score is not None:
            sheet.line((x(score), top + 18), (x(score), top + 36), NAVY, 2.5)
    known = frame[frame["points"].notna()]
    told = ", ".join(f"{n} {p:.1f}" for n, p in zip(known["name"], known["points"], strict=True))
    return sheet.picture(f"{title}, made up of {told or 'nothing that is known'}.")


def _ten(left: float, right: float) -> Callable[[float], float]:
    return lambda score: left + (right - left) * score / 10


def _step(
    sheet: Sheet,
    entry: Any,  # noqa: ANN401 - a row of pandas has no type
    top: float,
    at: float,
    x: Callable[[float], float],
) -> float:
    """One criterion's part, from where the last one ended; where this one ends."""
    name = fitted(entry.name, sheet.width - 120, 13)
    sheet.text((0, top + 9), name, Style(13, 500, INK))
    if math.isnan(entry.points):
        sheet.text((sheet.width - 12, top + 9), "unknown", Style(13, 600, ATTENTION, "right"))
        sheet.line((x(at), top + 27), (x(10), top + 27), GRID, 2)
        return at
    _level(sheet, entry, top, sheet.width - text_width(name, 13, 500) - 24)
    end = at + entry.points
    sheet.rect((x(at), x(at + entry.most)), (top + 20, top + 34), PAPER, edge=GRID)
    tip = f"{entry.name}: {entry.points:.1f} points of {entry.most:.1f}"
    sheet.rect((x(at), x(end)), (top + 20, top + 34), AMOUNT, tip=tip)
    return float(end)
