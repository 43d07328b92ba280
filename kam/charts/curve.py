"""What a criterion's levels are worth: the curve through its five anchors."""

from collections.abc import Sequence
from itertools import pairwise

from kam.charts.sheet import Sheet, Span, Style
from kam.charts.theme import AMOUNT, AXIS, GRID, INK_2, INK_3, NAVY, Picture
from kam.method.values import ANCHOR_VALUES
from kam.model import Criterion


def curve(
    criterion: Criterion, levels: Sequence[float], width: int = 420, height: int = 150
) -> Picture:
    """The piecewise-linear value curve, with a tick for every customer's level.

    Args:
        criterion: with its five anchors; a sentence stands for those that are missing.
        levels: the customers' raw levels; those outside the anchors stand at the edge.
        width: px.
        height: px.
    """
    sheet = Sheet(width, height)
    if criterion.anchors is None:
        sheet.text((0, height / 2), "No anchors yet, so no curve.", Style(14, 500, INK_2))
        return sheet.picture(f"{criterion.name} has no anchors yet, so no curve.")
    anchors = criterion.anchors
    low, high = min(anchors), max(anchors)
    left, right, top, bottom = 26.0, width - 14.0, 10.0, height - 40.0

    def place(level: float, value: float) -> tuple[float, float]:
        share = (min(high, max(low, level)) - low) / (high - low)
        return left + share * (right - left), bottom - value / 10 * (bottom - top)

    for value in (0, 5, 10):
        y = place(low, value)[1]
        sheet.line((left, y), (right, y), GRID)
        sheet.text((left - 6, y), f"{value}", Style(12, 400, INK_3, "right"))
    for level in levels:
        x = place(level, 0)[0]
        sheet.line((x, bottom), (x, bottom + 7), AMOUNT, 2)
    points = [place(level, value) for level, value in zip(anchors, ANCHOR_VALUES, strict=True)]
    for start, end in pairwise(points):
        sheet.line(start, end, NAVY, 2.5)
    for (x, y), level, value in zip(points, anchors, ANCHOR_VALUES, strict=True):
        sheet.dot((x, y), 5, NAVY, tip=f"{level:g} {criterion.unit} is worth {value:g}")
    _level_words(sheet, (left, right), bottom, (f"{low:g}", f"{high:g}", criterion.unit))
    told = ", ".join(f"{a:g} is worth {v:g}" for a, v in zip(anchors, ANCHOR_VALUES, strict=True))
    return sheet.picture(f"{criterion.name} in {criterion.unit}: {told}.")


def _level_words(sheet: Sheet, x: Span, bottom: float, ends: tuple[str, str, str]) -> None:
    """The line of levels with its two ends and its unit, and what a tick is."""
    low, high, unit = ends
    sheet.line((x[0], bottom), (x[1], bottom), AXIS)
    sheet.text((x[0], bottom + 17), low, Style(12, 400, INK_2))
    sheet.text((x[1], bottom + 17), high, Style(12, 400, INK_2, "right"))
    middle = (x[0] + x[1]) / 2
    sheet.text((middle, bottom + 17), unit, Style(12, 400, INK_3, "center"))
    sheet.text((x[0], sheet.height - 8), "each tick is a customer", Style(11, 400, INK_3))
