"""What capital earns: a bar for each group of customers, and the line that it has to reach."""

from collections.abc import Sequence
from dataclasses import dataclass

from kam.charts.bars import fitted
from kam.charts.sheet import Align, Sheet, Style
from kam.charts.theme import AMOUNT, ATTENTION, GRID, INK, INK_2, INK_3, NAVY, Picture

NAMES, BESIDE, GAP, HEAD = 220, 110, 14, 30  # px: columns of names and words, between, and the key
BAR = 20  # px
LEAST_SPAN = 0.01  # of the axis, so that rates of nothing still have one; a share a year


@dataclass(frozen=True)
class RateRow:
    """What the capital of a group earns.

    Attributes:
        rate: a share a year; `None` for the reason in `words`.
        words: the rate, or why there is none.
    """

    name: str
    rate: float | None
    words: str


def rate_bars(rows: Sequence[RateRow], hurdle: float, size: tuple[int, int]) -> Picture:
    """A bar a row from nothing to its rate, with the hurdle as a line through all of them.

    Args:
        rows: from top to bottom; all fit.
        hurdle: what capital has to earn, a share a year.
        size: width and height of the whole, px.
    """
    sheet = Sheet(*size)
    rates = [row.rate for row in rows if row.rate is not None]
    low, high = min([0.0, *rates]), max([LEAST_SPAN, hurdle, *rates])
    left, right = NAMES, size[0] - BESIDE - GAP
    per_unit = (right - left) / (high - low)
    zero, line = left - low * per_unit, left + (hurdle - low) * per_unit
    height = (size[1] - HEAD) / max(1, len(rows))
    for place, row in enumerate(rows):
        middle = HEAD + (place + 0.5) * height
        sheet.text((0, middle), fitted(row.name, NAMES - GAP, 15), Style(15, 500, INK))
        sheet.text((size[0], middle), fitted(row.words, BESIDE, 14), _words(row, hurdle))
        if row.rate is not None:
            ends = sorted((zero, zero + row.rate * per_unit))
            fill = NAVY if row.rate >= hurdle else AMOUNT
            y = (middle - BAR / 2, middle + BAR / 2)
            sheet.rect((ends[0], ends[1]), y, fill, tip=f"{row.name}: {row.words}")
    sheet.line((zero, HEAD), (zero, size[1]), GRID)
    sheet.line((line, HEAD - 6), (line, size[1]), ATTENTION, 2)
    needed = f"has to earn {100 * hurdle:g} %"
    sheet.text((line, HEAD / 2 - 2), needed, Style(13, 600, ATTENTION, _align(line, sheet)))
    return sheet.picture(" ".join(f"{row.name}: {row.words}." for row in rows))


def _words(row: RateRow, hurdle: float) -> Style:
    """Bold for what is below the hurdle, light for what has no rate."""
    if row.rate is None:
        return Style(14, 400, INK_3, "right")
    below = row.rate < hurdle
    return Style(15, 700 if below else 500, ATTENTION if below else INK_2, "right")


def _align(x: float, sheet: Sheet) -> Align:
    """Which end of the words stands at the line, so that they stay on the sheet."""
    return "right" if x > sheet.width - 170 else "left"
