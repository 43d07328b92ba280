"""Who crosses the edge of the key zone while one weight moves (screens.md 5.3)."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from kam.charts.bars import fitted
from kam.charts.labels import text_width
from kam.charts.sheet import Sheet, Span, Style
from kam.charts.theme import (
    ATTENTION,
    ATTENTION_TINT,
    AXIS,
    FILL,
    GRID,
    INK,
    INK_2,
    INK_3,
    LEADER,
    WORDS,
    Picture,
)
from kam.charts.tornado import tick_words, ticks
from kam.model import Class

MOST_LINES = 12  # more cannot be told apart, screens.md 5.3
HEIGHT, HEAD, FOOT = 440, 66.0, 56.0  # px
LEFT, NAMES = 44.0, 0.26  # px for the ticks; of the width, the most that names take
NAME_SIZE, APART = 14, 19.0  # px: names, and from one to the next
LEADER_LENGTH, AFTER_LEADER = 34.0, 5.0  # px
LEAST_SPAN = 1.0  # points from end to end of the axis at least, so that trifles look like trifles
EDGE_WORDS = "↑ key zone"
EDGE_ROOM, EDGE_LEAST = 14.0, 8.0  # px around these words: more is no better; less is too little


@dataclass(frozen=True)
class CustomerLine:
    """How far one customer is inside or outside the key zone while one weight moves.

    Attributes:
        shares: the weights that were tried, points of 100, 0-60, rising.
        points: at each of them, points inside (>= 0) or outside the key zone; NaN where unknown.
        crosses: it is inside at one weight that members want, and outside at another.
    """

    name: str
    shares: tuple[float, ...]
    points: tuple[float, ...]
    crosses: bool

    @property
    def known(self) -> list[Span]:
        """The weights and points that are known, as one series."""
        every = zip(self.shares, self.points, strict=True)
        return [(share, point) for share, point in every if not math.isnan(point)]

    @property
    def nearest(self) -> float:
        """How near it comes to the edge of the key zone, points."""
        return min(abs(point) for _, point in self.known)


@dataclass(frozen=True)
class WeightRange:
    """The weight that moves: now, and from the lowest to the highest vote; points of 100."""

    name: str
    now: float
    low: float
    high: float


def weight_lines(lines: Sequence[CustomerLine], weight: WeightRange, width: int) -> Picture:
    """A line a customer over one weight; those that cross the edge of the key zone are orange.

    Args:
        lines: of more than 12 those that cross and then the nearest to the edge are drawn, and
            the others counted in words.
        weight: the weight that moves.
        width: px, from about 520.
    """
    known = [line for line in lines if line.known]
    sheet = Sheet(width, HEIGHT)
    if not known:
        words = f"No customer's score moves with the weight of “{weight.name}”."
        sheet.text((0, HEIGHT / 2), words, Style(15, 500, INK))
        return sheet.picture(words)
    drawn = sorted(known, key=lambda line: (not line.crosses, line.nearest))[:MOST_LINES]
    plot = _Plot.of(drawn, width)
    _ground(sheet, plot, weight)
    for line in reversed(drawn):  # those that cross lie on top
        _line(sheet, plot, line)
    sheet.line((plot.x(weight.now), HEAD - 4), (plot.x(weight.now), plot.bottom), INK, 2)
    _names(sheet, plot, drawn)
    _edge_words(sheet, plot, drawn, plot.x(weight.now))
    if left_out := len(known) - len(drawn):
        words = f"{left_out} more {'is' if left_out == 1 else 'are'} farther away"
        sheet.text((width, HEIGHT - 12), words, Style(13, 400, INK_3, "right"))
    return sheet.picture(_told(drawn, weight))


@dataclass(frozen=True)
class _Plot:
    """Weights and points as px.

    Attributes:
        right: the end of the lines, px.
        shares: the lowest and the highest weight.
        points: the lowest and the highest point, farther apart than the lines.
    """

    right: float
    shares: Span
    points: Span
    bottom: float = HEIGHT - FOOT

    @classmethod
    def of(cls, lines: Sequence[CustomerLine], width: int) -> "_Plot":
        """A plot that holds all lines and the edge, with room for their names."""
        names = min(max(text_width(line.name, NAME_SIZE, 600) for line in lines), width * NAMES)
        shares = [share for line in lines for share in line.shares]
        points = [0.0, *(point for line in lines for _, point in line.known)]
        low, high = min(points), max(points)
        more = max(0.06 * (high - low), (LEAST_SPAN - (high - low)) / 2)
        right = width - names - LEADER_LENGTH - AFTER_LEADER
        return cls(right, (min(0.0, *shares), max(shares)), (low - more, high + more))

    def x(self, share: float) -> float:
        """Px from the left edge of the sheet; weights beyond the axis stand at its end."""
        low, high = self.shares
        part = (min(high, max(low, share)) - low) / (high - low)
        return LEFT + part * (self.right - LEFT)

    def y(self, point: float) -> float:
        """Px from the top edge of the sheet."""
        low, high = self.points
        return self.bottom - (point - low) / (high - low) * (self.bottom - HEAD)


def _ground(sheet: Sheet, plot: _Plot, weight: WeightRange) -> None:
    """Both axes, the range of votes, the edge of the key zone, and the weight as it stands."""
    band = (plot.x(weight.low), max(plot.x(weight.high), plot.x(weight.low) + 2))
    sheet.rect(band, (HEAD - 26, plot.bottom), ATTENTION_TINT)
    words = f"votes {weight.low:.0f}–{weight.high:.0f}"
    _inside(sheet, sum(band) / 2, HEAD - 14, words, Style(13, 600, ATTENTION, "center"))
    marks = ticks(*plot.points, 7)
    for mark in marks:
        sheet.line((LEFT, plot.y(mark)), (plot.right, plot.y(mark)), GRID)
        style = Style(13, 400, INK_2, "right")
        sheet.text((LEFT - 8, plot.y(mark)), _signed(tick_words(mark, marks), mark), style)
    for share in ticks(*plot.shares, 7):
        style = Style(13, 400, INK_2, "center")
        sheet.text((plot.x(share), plot.bottom + 14), f"{share:g}", style)
    sheet.line((LEFT, plot.bottom), (plot.right, plot.bottom), AXIS)
    sheet.line((LEFT, plot.y(0)), (plot.right, plot.y(0)), INK_2, 1.5)
    sheet.text((0, 10), "Points inside (+) or outside (−) the key zone", Style(13, 600, INK_2))
    title = fitted(f"Points of 100 for “{weight.name}”", plot.right - LEFT, 13)
    sheet.text((LEFT, sheet.height - 12), title, Style(13, 600, INK_2))
    words = f"now {weight.now:.0f}"
    _inside(sheet, plot.x(weight.now), HEAD - 36, words, Style(14, 600, INK, "center"))


def _signed(words: str, mark: float) -> str:
    return f"+{words}" if mark > 0 else words


def _inside(sheet: Sheet, x: float, y: float, words: str, style: Style) -> None:
    """Words around x, moved into the sheet where they would leave it."""
    half = text_width(words, style.size, style.weight) / 2
    sheet.text((min(max(x, half), sheet.width - half), y), words, style)


def _line(sheet: Sheet, plot: _Plot, line: CustomerLine) -> None:
    """One customer; a gap where it is unknown."""
    color, wide = (FILL[Class.STRATEGIC], 3.4) if line.crosses else (AXIS, 2.0)
    for (share, point), (next_share, next_point) in pairwise(
        zip(line.shares, line.points, strict=True)
    ):
        if not math.isnan(point + next_point):
            start = (plot.x(share), plot.y(point))
            sheet.line(start, (plot.x(next_share), plot.y(next_point)), color, wide)


def _names(sheet: Sheet, plot: _Plot, lines: Sequence[CustomerLine]) -> None:
    """The names at the ends of the lines, each with a leader, none on another."""
    ends = sorted(lines, key=lambda line: plot.y(line.known[-1][1]))
    wanted = [plot.y(line.known[-1][1]) for line in ends]
    at = plot.right + LEADER_LENGTH
    for line, start, y in zip(
        ends, wanted, spread(wanted, (HEAD, plot.bottom), APART), strict=True
    ):
        sheet.line((plot.x(line.known[-1][0]) + 3, start), (at, y), LEADER)
        name = fitted(line.name, sheet.width - at - AFTER_LEADER + 1, NAME_SIZE)
        color = WORDS[Class.STRATEGIC] if line.crosses else INK_2
        style = Style(NAME_SIZE, 600 if line.crosses else 400, color)
        sheet.text((at + AFTER_LEADER, y), name, style)


def spread(wanted: Sequence[float], within: Span, apart: float) -> list[float]:
    """Places as near as possible to the wanted ones, in their order and `apart` from each other.

    Neighbours that would touch share the middle of what they want (least squares). They stay
    `within` its ends; where these are too near for all, the gaps shrink to what there is.

    Args:
        wanted: rising.
        within: the lowest and the highest place.
        apart: the least distance.
    """
    gap = min(apart, (within[1] - within[0]) / max(1, len(wanted) - 1))
    groups: list[tuple[float, int]] = []  # the mean of what a run of neighbours wants, its length
    for place, want in enumerate(wanted):
        groups.append((want - place * gap, 1))
        while len(groups) > 1 and groups[-2][0] > groups[-1][0]:
            (mean, count), (before, more) = groups.pop(), groups.pop()
            groups.append(((before * more + mean * count) / (more + count), more + count))
    highest = within[1] - max(0, len(wanted) - 1) * gap
    bases = [min(highest, max(within[0], mean)) for mean, count in groups for _ in range(count)]
    return [base + place * gap for place, base in enumerate(bases)]


def _edge_words(sheet: Sheet, plot: _Plot, lines: Sequence[CustomerLine], now: float) -> None:
    """What the edge is, where most room is free beside it; nothing where lines leave none."""
    half, first = text_width(EDGE_WORDS, 12, 600) / 2, LEFT + 6
    points = [(plot.x(x), plot.y(y)) for line in lines for x, y in line.known]
    steps = range(int(first + half), int(plot.right - 6 - half) + 1, 20)
    spots = [(x, plot.y(0) + side) for side in (-11, 11) for x in steps if abs(x - now) > half + 4]

    def room(spot: Span) -> float:
        near = (abs(y - spot[1]) for x, y in points if abs(x - spot[0]) <= half + 10)
        return min(EDGE_ROOM, *near, EDGE_ROOM)

    best = max(spots, key=room, default=None)
    if best and room(best) >= EDGE_LEAST:
        sheet.text(best, EDGE_WORDS, Style(12, 600, INK_2, "center"))


def _told(lines: Sequence[CustomerLine], weight: WeightRange) -> str:
    """What moves, who crosses, who comes nearest."""
    crossing = [line.name for line in lines if line.crosses]
    who = f": {', '.join(crossing)}" if crossing else ""
    others = [line for line in lines if not line.crosses]
    nearest = min(others, key=lambda line: line.nearest).name if others else ""
    return (
        f"Weight of “{weight.name}”, now {weight.now:.0f} points of 100, votes from "
        f"{weight.low:.0f} to {weight.high:.0f}. {len(crossing)} of {len(lines)} customers cross "
        f"the edge of the key zone within the votes{who}."
        f"{f' Of the others {nearest} comes nearest to it.' if nearest else ''}"
    )
