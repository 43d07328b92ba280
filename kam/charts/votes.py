"""The group's weights with every member's vote on them (screens.md 5.2)."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, count, pairwise
from typing import NamedTuple

from kam.charts.labels import text_width
from kam.charts.sheet import Sheet, Span, Style
from kam.charts.stakes import wrapped, write
from kam.charts.theme import (
    AMOUNT,
    ATTENTION,
    ATTENTION_TINT,
    BLUES,
    GRID,
    INK,
    INK_3,
    NAVY,
    PAPER,
    Picture,
)

NAME = Style(15, 500, INK, "right")
NUMBER = Style(24, 700, INK, "right")
QUIET, LOUD = Style(14, 400, INK_3), Style(14, 700, ATTENTION)
TICK = Style(13, 400, INK_3, "center")

TALL, LOW, FOOT = 74, 62, 26  # px: a row, a row of many, the axis below
MANY = 6  # rows; more are drawn lower, so that eight fit on a projector (screens.md 4)
BAR = 26.0  # px (screens.md 5.2)
GAP, MARGIN = 12.0, 8.0  # px: between columns; at the end of the plot and of the sheet
AROUND = 4.0  # px: left free above and below the dots of a row, together
RADII = (6.0, 5.0, 4.0)  # px: of a dot (12 px across, screens.md 5.2); smaller for many equal votes
EDGE = 1.5  # px: the white edge of a dot
SHORTEST_AXIS = 20.0  # points; small weights do not look large
MOST_LINES = 3
FAINT = BLUES[2]  # the round before


@dataclass(frozen=True)
class WeightVotes:
    """One criterion's weight and the votes behind it; all numbers are points of 100.

    Attributes:
        name: of the criterion.
        weight: of the group.
        votes: one a member, in any order; whoever passes them lets them be seen.
        middle: between which values the middle half of the votes lies; `None` without votes.
        earlier: the votes of the round before.
        talk: whether the row is tinted and its words are bold.
        words: at the right, such as "votes 15–27".
        hidden: leave out votes, middle and earlier round: nothing but `words` tells of them.
    """

    name: str
    weight: float
    votes: tuple[float, ...]
    middle: Span | None
    earlier: tuple[float, ...] = ()
    talk: bool = False
    words: str = ""
    hidden: bool = False


def weight_votes(rows: Sequence[WeightVotes], width: int) -> Picture:
    """Every weight as a bar and a number, the votes as dots, their middle half as a line.

    Args:
        rows: in the order in which they are drawn.
        width: px, from about 600.
    """
    if not rows:
        empty = Sheet(width, TALL)
        empty.text((0, TALL / 2), "There is no criterion to weigh yet.", Style(15, 500, INK))
        return empty.picture("There is no criterion to weigh yet.")
    seen = [_seen(row) for row in rows]
    plot = _Plot.of(seen, width)
    swarms = _swarms(seen, plot)
    edges = [0.0, *accumulate(max(plot.row, 2 * swarm.reach + AROUND) for swarm in swarms)]
    sheet = Sheet(width, math.ceil(edges[-1]) + FOOT)
    _axis(sheet, plot)
    for row, swarm, y in zip(seen, swarms, pairwise(edges), strict=True):
        _row(sheet, row, plot, y)
        _dots(sheet, swarm, sum(y) / 2)
    return sheet.picture(_told(seen))


def _seen(row: WeightVotes) -> WeightVotes:
    """The row as the room may see it."""
    if not row.hidden:
        return row
    return WeightVotes(row.name, row.weight, (), None, talk=row.talk, words=row.words)


@dataclass(frozen=True)
class _Plot:
    """Where names end, the plot, the end of the number and the words stand, px.

    Attributes:
        row: the least height of a row, px.
        most: points at the right end of the plot.
    """

    names: float
    bars: Span
    number: float
    words: Span
    row: float
    most: float

    @classmethod
    def of(cls, rows: Sequence[WeightVotes], width: int) -> "_Plot":
        """The columns of a sheet, and a scale on which every number of these rows has its place."""
        told = max(148.0, width * 0.2) if any(row.words for row in rows) else 0.0
        names, words = width * 0.24, width - told
        number = words - GAP
        end = number - text_width("100", NUMBER.size, NUMBER.weight) - GAP - MARGIN
        numbers = (n for row in rows for n in (row.weight, *row.votes, *row.earlier))
        most = max(SHORTEST_AXIS, *numbers)
        low = LOW if len(rows) > MANY else TALL
        return cls(names, (names + GAP, end), number, (words, width - MARGIN), low, most)

    def x(self, points: float) -> float:
        """Where so many points stand, px."""
        left, right = self.bars
        return left + (right - left) * points / self.most


# --- rows -----------------------------------------------------------------------------------------


def _axis(sheet: Sheet, plot: _Plot) -> None:
    """Faint lines and numbers at every ten points; behind everything that comes later."""
    bottom = sheet.height - FOOT
    for points in range(0, math.floor(plot.most) + 1, 10 if plot.most > 30 else 5):
        x = plot.x(points)
        sheet.rect((x, x + 0.1), (0, bottom), GRID)
        sheet.text((x, bottom + 14), str(points), TICK)
    sheet.text((plot.names, bottom + 14), "points of 100", Style(13, 400, INK_3, "right"))


def _row(sheet: Sheet, row: WeightVotes, plot: _Plot, y: Span) -> None:
    """A criterion without its dots: name, bar, middle half, number and words."""
    middle = sum(y) / 2
    if row.talk:
        sheet.rect((0, sheet.width), (y[0] + 1, y[1] - 1), ATTENTION_TINT)
    name = wrapped(row.name, plot.names - MARGIN, NAME, MOST_LINES)
    write(sheet, (plot.names, middle), name, NAME)
    end, points = plot.x(row.weight), f"{row.weight:.0f}"
    bar = (middle - BAR / 2, middle + BAR / 2)
    sheet.rect((plot.bars[0], end), bar, AMOUNT, tip=f"{row.name}: {points} of 100 points")
    if row.middle:
        low, high = row.middle
        sheet.line((plot.x(low), middle), (plot.x(high), middle), NAVY, 3)
    sheet.text((plot.number, middle), points, NUMBER)
    look, (left, right) = LOUD if row.talk else QUIET, plot.words
    write(sheet, (left, middle), wrapped(row.words, right - left, look, MOST_LINES), look)


def _told(rows: Sequence[WeightVotes]) -> str:
    """The weights in words, and which of them to talk about."""
    weights = ", ".join(f"{row.name} {row.weight:.0f}" for row in rows)
    talk = ", ".join(row.name for row in rows if row.talk)
    votes = max(len(row.votes) for row in rows)
    voted = f" {votes} votes." if votes else ""
    return f"Points of 100: {weights}.{voted}" + (f" Talk about {talk}." if talk else "")


# --- dots -----------------------------------------------------------------------------------------


class _Dot(NamedTuple):
    """A vote: where it stands, px from the left of the sheet and from the middle of its row."""

    x: float
    y: float
    points: float


@dataclass(frozen=True)
class _Swarm:
    """The dots of one row, none covering another."""

    radius: float
    now: tuple[_Dot, ...]
    before: tuple[_Dot, ...]

    @property
    def reach(self) -> float:
        """How far the dots reach above and below the middle of the row, px."""
        far = max((abs(dot.y) for dot in self.now + self.before), default=0.0)
        return far + self.radius + EDGE / 2


def _swarms(rows: Sequence[WeightVotes], plot: _Plot) -> list[_Swarm]:
    """The dots of every row, as large as the rows allow; where none fits, the rows must grow."""
    for radius in RADII:
        swarms = [_swarm(row, plot, radius) for row in rows]
        if all(2 * swarm.reach + AROUND <= plot.row for swarm in swarms):
            break
    return swarms


def _swarm(row: WeightVotes, plot: _Plot, radius: float) -> _Swarm:
    """The dots of one row: the votes in the middle, those of the round before around them."""
    apart = 2 * radius + EDGE
    now: list[_Dot] = []
    for crowd in _crowds(sorted(row.votes), plot, apart):
        now += _centred(_settled(crowd, [], plot, apart))
    before = _settled(sorted(row.earlier), now, plot, apart)
    return _Swarm(radius, tuple(now), tuple(before))


def _crowds(votes: Sequence[float], plot: _Plot, apart: float) -> Iterator[list[float]]:
    """The votes in groups, of which none can touch a dot of the next."""
    crowd: list[float] = []
    for vote in votes:
        if crowd and plot.x(vote) - plot.x(crowd[-1]) >= apart:
            yield crowd
            crowd = []
        crowd.append(vote)
    if crowd:
        yield crowd


def _settled(votes: Sequence[float], taken: list[_Dot], plot: _Plot, apart: float) -> list[_Dot]:
    """Every vote at its own x, as near to the middle as those before it leave room for."""
    dots: list[_Dot] = []
    for vote in votes:
        x = plot.x(vote)
        near = [dot for dot in taken + dots if abs(x - dot.x) < apart]
        ways = (side * step for step in count(0, 0.5) for side in (1, -1))
        y = next(y for y in ways if all(math.hypot(x - d.x, y - d.y) >= apart for d in near))
        dots.append(_Dot(x, y, vote))
    return dots


def _centred(crowd: Sequence[_Dot]) -> list[_Dot]:
    """The crowd moved so that it reaches as far above the middle as below."""
    heights = [dot.y for dot in crowd]
    shift = (min(heights) + max(heights)) / 2
    return [dot._replace(y=dot.y - shift) for dot in crowd]


def _dots(sheet: Sheet, swarm: _Swarm, middle: float) -> None:
    """The round before as hollow dots, the votes as full ones."""
    for dot in swarm.before:
        tip = f"{_spoken(dot.points)} the round before"
        sheet.dot((dot.x, middle + dot.y), swarm.radius - EDGE / 2, PAPER, edge=FAINT, tip=tip)
    for dot in swarm.now:
        sheet.dot((dot.x, middle + dot.y), swarm.radius, NAVY, tip=_spoken(dot.points))


def _spoken(points: float) -> str:
    return f"{points:.0f} point{'' if round(points) == 1 else 's'}"
