"""What the selection matrix stands on: zones with titles, lines with tags, the key."""

import math
from typing import Any

import numpy as np
import pandas as pd

from kam.charts.costs import Box
from kam.charts.labels import text_width
from kam.charts.matrix_view import (
    AXIS_TITLE,
    KEY_LEFT,
    KEY_ROW,
    KEY_ROW_NARROW,
    KEY_SIZE,
    KEY_WORDS,
    NO_SIZE,
    TAG_SIZE,
    TITLE_MARGIN,
    TITLE_SIZE,
    TOP,
    Scale,
    View,
    radius,
)
from kam.charts.theme import (
    AXIS,
    INK_2,
    PAPER,
    TINT,
    WORDS,
    Rows,
)
from kam.model import Class


def zones(view: View, scale: Scale) -> Rows:
    """The four tinted fields."""
    lines, left, low = view.lines, scale.low_x, scale.low_y
    cut_x, cut_y = max(left, lines.strength), max(low, lines.attractiveness)
    strategic = max(cut_y, lines.strategic)
    return [
        _zone(Class.KEY_STRATEGIC, (cut_x, TOP), (strategic, TOP)),
        _zone(Class.KEY_CORE, (cut_x, TOP), (cut_y, strategic)),
        _zone(Class.STRATEGIC, (left, cut_x), (cut_y, TOP)),
        _zone(Class.LOW_PRIORITY, (left, TOP), (low, cut_y)),
    ]


def _zone(klass: Class, x: tuple[float, float], y: tuple[float, float]) -> dict[str, object]:
    return {"fill": TINT[klass], "x": x[0], "x2": x[1], "y": y[0], "y2": y[1]}


def titles(customers: pd.DataFrame, view: View, scale: Scale) -> Rows:
    """The names of the zones with the number of customers of each class, clear of bubbles."""
    counts = customers["klass"].value_counts()
    discs = np.column_stack(
        [scale.x(customers["strength"]), scale.y(customers["attractiveness"]), customers["radius"]]
    )
    rows: Rows = []
    for klass, spots in _spots(view, scale).items():
        text = f"{klass.label} · {int(counts.get(klass.value, 0))}"
        titles = [
            {"text": text, "color": WORDS[klass], "left": x, "top": y, "align": align}
            for x, y, align in spots
        ]
        free = (title for title in titles if not _hit(title_box(title), discs))
        rows.append(next(free, titles[0]))
    return rows


def _spots(view: View, scale: Scale) -> dict[Class, list[tuple[float, float, str]]]:
    """Where each zone's title may stand (left, top, align), the best first.

    A band of *Key · core* too thin for a line of text has its title under the one above.
    """
    lines, low = view.lines, view.layout.height - 18.0
    left, right = TITLE_MARGIN, view.layout.width - TITLE_MARGIN
    beside = max(left, float(scale.x(lines.strength)) + TITLE_MARGIN)
    line, cut = float(scale.y(lines.strategic)), float(scale.y(lines.attractiveness))
    second = 20.0 + 1.4 * TITLE_SIZE  # px; the row under the upper title
    under = [max(line + 18, second), cut - 16] if cut - line >= 2 * TITLE_SIZE else [second]
    return {
        Class.KEY_STRATEGIC: [(right, 20.0, "right"), (beside, 20.0, "left")],
        Class.KEY_CORE: [(x, y, align) for y in under for x, align in ((right, "right"),
                                                                       (beside, "left"))],
        Class.STRATEGIC: [(left, 20.0, "left"), (left, cut - 16, "left")],
        Class.LOW_PRIORITY: [(left, low, "left"), (right, low, "right")],
    }  # fmt: skip


def title_box(title: dict[str, Any]) -> Box:
    """The box of a title with a little air."""
    width, top = text_width(title["text"], TITLE_SIZE, 700), title["top"]
    left = title["left"] - width if title["align"] == "right" else title["left"]
    return (left - 4, top - 12, left + width + 4, top + 12)


def _hit(box: Box, discs: np.ndarray[tuple[int, int], np.dtype[np.float64]]) -> bool:
    """Whether any bubble (x, y, radius) reaches into a box."""
    x, y, radius = discs.T
    aside = np.maximum(np.maximum(box[0] - x, x - box[2]), 0)
    above = np.maximum(np.maximum(box[1] - y, y - box[3]), 0)
    return bool((np.hypot(aside, above) < radius).any())


def line_rows(view: View) -> Rows:
    """The two cut-offs and the strategic line, each from end to end."""
    lines, (left, low) = view.lines, view.domain
    return [
        {"x": lines.strength, "x2": lines.strength, "y": low, "y2": TOP, "dashed": False},
        {"x": left, "x2": TOP, "y": lines.attractiveness, "y2": lines.attractiveness,
         "dashed": False},
        {"x": lines.strength, "x2": TOP, "y": lines.strategic, "y2": lines.strategic,
         "dashed": True},
    ]  # fmt: skip


def tags(view: View, scale: Scale) -> Rows:
    """The value of each line at its end."""
    lines, right = view.lines, view.layout.width + 6.0
    cut_y, strategic_y = float(scale.y(lines.attractiveness)), float(scale.y(lines.strategic))
    if cut_y - strategic_y < TAG_SIZE + 2:  # two tags that would touch stand apart
        strategic_y = cut_y - TAG_SIZE - 2
    return [
        {"text": f"cut-off {lines.strength:g}", "left": float(scale.x(lines.strength)),
         "top": -8.0, "align": "center", "color": INK_2},
        {"text": f"cut-off {lines.attractiveness:g}", "left": right, "top": cut_y,
         "align": "left", "color": INK_2},
        {"text": f"from {lines.strategic:g}", "left": right, "top": strategic_y,
         "align": "left", "color": INK_2},
    ]  # fmt: skip


def key(customers: pd.DataFrame, view: View) -> Rows:
    """The key above the plot: as many words as fit, one row higher if the axis title is there."""
    tries = [_key_row(customers, view, words) for words in KEY_WORDS]
    rows = next((row for row in tries if row[-1]["left"] >= KEY_LEFT), tries[-1])
    narrow = rows[-1]["left"] < text_width(AXIS_TITLE, 14, 600)
    return [{**row, "top": KEY_ROW_NARROW if narrow else KEY_ROW} for row in rows]


def _key_row(customers: pd.DataFrame, view: View, symbols: tuple[tuple[str, str], ...]) -> Rows:
    """From right to left: the symbols with their words, three sizes, what a size means."""
    at, rows = float(view.layout.width), []
    for shape, words in symbols:
        at -= text_width(words, KEY_SIZE, 400)
        rows.append(_key_text(words, at))
        at -= 14
        rows.append(_key_mark(at, 6.5, shape, hollow=shape == "circle"))
        at -= 26
    most = float(customers["size"].max()) if len(customers) else math.nan
    for amount in _round_sizes(most):
        at -= text_width(f"{amount:g}", KEY_SIZE, 400)
        rows.append(_key_text(f"{amount:g}", at))
        half = float(radius(amount / most, len(customers)))
        at -= half + 5
        rows.append(_key_mark(at, half, "circle", hollow=False))
        at -= half + 12
    label = view.size_label if most > 0 else f"{view.size_label}: {NO_SIZE}"
    return [*rows, _key_text(label, at - text_width(label, KEY_SIZE, 400))]


def _round_sizes(most: float) -> list[float]:
    """Up to three round amounts that the data reach, largest first: 1, 2 or 5 x 10^n."""
    if not most > 0:
        return []
    power = 10.0 ** math.floor(math.log10(most))
    largest = max(step * power for step in (1, 2, 5) if step * power <= most)
    return [largest, *(part for part in (largest / 5, largest / 25) if part > 0)][:3]


def _key_text(text: str, left: float) -> dict[str, Any]:
    return {"text": text, "left": left, "align": "left", "color": INK_2,
            "area": 0.0, "shape": "circle",
            "fill": PAPER, "stroke": PAPER}  # fmt: skip


def _key_mark(left: float, radius: float, shape: str, *, hollow: bool) -> dict[str, Any]:
    return {"text": "", "left": left, "align": "left", "color": INK_2,
            "area": math.pi * radius**2, "shape": shape,
            "fill": PAPER if hollow else AXIS,
            "stroke": INK_2 if hollow else PAPER}  # fmt: skip
