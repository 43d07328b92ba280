"""What hours win: the best line there is, with today's split and the proposed one beside it."""

import math
from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise

from kam.charts.labels import text_width
from kam.charts.sheet import Sheet, Style
from kam.charts.theme import GRID, INK, INK_2, INK_3, NAVY, PAPER, WORDS, Picture
from kam.method.frontier import Picture as Splits
from kam.method.frontier import Point
from kam.model import Class

LEFT, RIGHT, TOP, FOOT = 84, 20, 30, 52  # px around the plot
TICKS = 5  # steps an axis, at the most
MOST_CORNERS = 200  # drawn of the best line; more look the same
DOT, AWAY = 8.0, 14  # px: radius of a split, and from there to its words
TODAY = WORDS[Class.STRATEGIC]
BEST = "the most that can be won within the limits"
Money = Callable[[float], str]


@dataclass(frozen=True)
class _Plot:
    """Hours and money to px."""

    sheet: Sheet
    hours: float
    won: float

    def at(self, point: Point) -> tuple[float, float]:
        """Where a point stands; beyond the right end it stands on it."""
        wide = self.sheet.width - LEFT - RIGHT
        high = self.sheet.height - TOP - FOOT
        across = min(1.0, point.hours / self.hours)
        return LEFT + across * wide, self.sheet.height - FOOT - point.won / self.won * high


def best_and_splits(found: Splits, size: tuple[int, int], money: Money) -> Picture:
    """The most that any number of hours wins, as a line; where we stand, and what is proposed.

    Args:
        found: the line, and the two splits; one that is unknown is not drawn.
        size: width and height of the whole, px.
        money: an amount in words.
    """
    sheet = Sheet(*size)
    best = found.frontier.points
    splits = [one for one in (found.present, found.proposed) if one is not None]
    plot = _Plot(
        sheet,
        max([1.0, best[-1].hours, *(one.hours for one in splits)]),
        max([1.0, best[-1].won, *(one.won for one in splits)]),
    )
    _axes(plot, money)
    step = -(-len(best) // MOST_CORNERS)
    corners = [*best[:-1:step], best[-1], Point(plot.hours, best[-1].won)]
    for before, after in pairwise(corners):
        sheet.line(plot.at(before), plot.at(after), NAVY, 2.5)
    _name_start(plot, best[0])
    _name_best(plot, found)
    told = ["The line is the most that can be won within the limits of hours."]
    named = (("Today", found.present, TODAY), ("Proposed", found.proposed, NAVY))
    for name, split, color in named:
        if split is not None:
            words = f"{name}: {money(split.won)}"
            _split(plot, split, words, color)
            told.append(f"{words} with {split.hours:,.0f} hours.")
    return sheet.picture(" ".join(told))


def _axes(plot: _Plot, money: Money) -> None:
    """Lines with their numbers, and what the axes are."""
    sheet = plot.sheet
    for won in ticks(plot.won):
        _, y = plot.at(Point(0, won))
        sheet.line((LEFT, y), (sheet.width - RIGHT, y), GRID)
        sheet.text((LEFT - 8, y), money(won), Style(13, 400, INK_2, "right"))
    for hours in ticks(plot.hours):
        x, _ = plot.at(Point(hours, 0))
        style = Style(13, 400, INK_2, "center")
        sheet.text((x, sheet.height - FOOT + 16), f"{hours:,.0f}", style)
    middle = (sheet.width + LEFT - RIGHT) / 2
    style = Style(14, 600, INK_2, "center")
    sheet.text((middle, sheet.height - 12), "Hours a year", style)
    sheet.text((0, TOP / 2 - 4), "Likely gain a year that they win", Style(14, 600, INK_2))


def ticks(most: float) -> list[float]:
    """Round numbers from 0 to at most `most`, as many as `TICKS` and one more at the most."""
    size = 10.0 ** math.floor(math.log10(most / TICKS))
    step = next(size * by for by in (1, 2, 2.5, 5, 10) if size * by * TICKS >= most * (1 - 1e-9))
    return [place * step for place in range(math.floor(most / step + 1e-9) + 1)]


def _name_best(plot: _Plot, found: Splits) -> None:
    """The name of the line, over it: a line that only flattens leaves room at its upper left."""
    first = found.frontier.points[0].hours
    hours = first + (plot.hours - first) / 3
    x, y = plot.at(Point(hours, found.frontier.won(hours) or 0.0))
    plot.sheet.text((x - 10, y - 14), BEST, Style(14, 500, INK_3, "right"))


def _name_start(plot: _Plot, first: Point) -> None:
    """Where the line begins, if that is not at nothing: everybody has its least hours."""
    if not first.hours:
        return
    x, y = plot.at(first)
    plot.sheet.dot((x, y), DOT / 2, NAVY, edge=PAPER)
    words = f"least hours of all: {first.hours:,.0f}"
    right = x + text_width(words, 14, 500) < plot.sheet.width
    style = Style(14, 500, INK_3, "left" if right else "right")
    plot.sheet.text((x + (AWAY if right else -AWAY), y + AWAY), words, style)


def _split(plot: _Plot, split: Point, words: str, color: str) -> None:
    """A split as a dot with its words: at its right, where there is no room below it."""
    x, y = plot.at(split)
    plot.sheet.dot((x, y), DOT, color, edge=PAPER, tip=f"{words}, {split.hours:,.0f} hours")
    wide = text_width(words, 15, 700)
    beside = x + AWAY + wide < plot.sheet.width
    left, below = (x + AWAY, AWAY) if beside else (plot.sheet.width - wide, 2 * AWAY)
    plot.sheet.text((left, y + below), words, Style(15, 700, INK))
