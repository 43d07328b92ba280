"""How far each weight or score carries one customer's score (screens.md 5.3)."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kam.charts.bars import fitted
from kam.charts.labels import text_width
from kam.charts.sheet import Sheet, Span, Style
from kam.charts.theme import AXIS, BLUES, FILL, GRID, INK, INK_2, WORDS, Picture
from kam.model import Class

NAME = Style(15, 500, INK, "right")
END = Style(13, 500, INK_2)
HEAD, ROW, BAR, FOOT = 32.0, 46.0, 26.0, 50.0  # px
NAMES = 0.3  # of the width, the most that names take
GAP, BESIDE = 12.0, 8.0  # px: after the names; between a bar and its words
THINNEST = 2.0  # px: a bar that moves next to nothing can still be seen
LEAST_SPAN = 0.5  # points from end to end of the axis at least, so that trifles look like trifles
MOST_TICKS = 8
DASH, SPACE = 6.0, 4.0  # px
CROSSES, STAYS = FILL[Class.STRATEGIC], BLUES[2]


@dataclass(frozen=True)
class TornadoBar:
    """What one weight or score can do to a customer's score while all others stay.

    Attributes:
        low, high: the lowest and highest score that it leads to, 0-10.
        low_words, high_words: where these are reached, such as "31 points".
        crosses: whether the cut-off lies between what it leads to.
    """

    name: str
    low: float
    high: float
    low_words: str
    high_words: str
    crosses: bool


def tornado(rows: Sequence[TornadoBar], now: float, line: float, width: int) -> Picture:
    """A bar from the lowest to the highest score for each row, orange where it crosses the line.

    Args:
        rows: in the order in which they are drawn, the longest first.
        now: the score as it stands, 0-10.
        line: the cut-off, 0-10.
        width: px, from about 420.
    """
    if not rows:
        words = "No weight and no score has a range yet."
        sheet = Sheet(width, 56)
        sheet.text((0, 28), words, Style(15, 500, INK))
        return sheet.picture(words)
    scale = _Scale.of(rows, (now, line), width)
    bottom = HEAD + ROW * len(rows)
    sheet = Sheet(width, int(bottom + FOOT))
    _axis(sheet, scale, bottom)
    taken: list[tuple[Span, Span]] = []
    for place, row in enumerate(rows):
        middle = HEAD + ROW * (place + 0.5)
        sheet.text((scale.left - GAP, middle), fitted(row.name, scale.left - GAP + 1, 15), NAME)
        taken += _bar(sheet, row, scale, middle)
    _marks(sheet, (scale.x(now), f"now {now:.1f}"), (scale.x(line), f"cut-off {line:g}"))
    sheet.line((scale.x(now), HEAD - 6), (scale.x(now), bottom), INK, 2)
    x = scale.x(line)
    free = [span for span in dashes((x, HEAD - 6), (x, bottom)) if not _hits(span, taken)]
    for start, end in free:
        sheet.line(start, end, WORDS[Class.STRATEGIC], 2)
    return sheet.picture(_told(rows, now, line))


@dataclass(frozen=True)
class _Scale:
    """Scores as px.

    Attributes:
        left, right: the ends of the axis, px.
        inner: px between which the scores of `span` lie; outside is room for words.
        span: the lowest and the highest score.
    """

    left: float
    right: float
    inner: Span
    span: Span

    @classmethod
    def of(cls, rows: Sequence[TornadoBar], marks: Span, width: int) -> "_Scale":
        """A scale with all bars, both marks, and room for the words at the ends of the bars."""
        left = min(max(text_width(row.name, 15, 500) for row in rows), width * NAMES) + GAP
        before = max(text_width(row.low_words, END.size) for row in rows) + 2 * BESIDE
        after = max(text_width(row.high_words, END.size) for row in rows) + 2 * BESIDE
        scores = [*marks, *(end for row in rows for end in (row.low, row.high))]
        low, high = min(scores), max(scores)
        more = max(0.0, LEAST_SPAN - (high - low)) / 2
        return cls(left, width, (left + before, width - after), (low - more, high + more))

    def x(self, score: float) -> float:
        """Px from the left edge of the sheet."""
        (start, end), (low, high) = self.inner, self.span
        return start + (score - low) / (high - low) * (end - start)

    @property
    def reach(self) -> Span:
        """The scores at the two ends of the axis, within 0-10."""
        (start, end), (low, high) = self.inner, self.span
        point = (high - low) / (end - start)
        return (
            max(0.0, low - (start - self.left) * point),
            min(10.0, high + (self.right - end) * point),
        )


def _axis(sheet: Sheet, scale: _Scale, bottom: float) -> None:
    """Grid, ticks and the name of the scale."""
    marks = ticks(*scale.reach, MOST_TICKS)
    for mark in marks:
        x = scale.x(mark)
        sheet.rect((x, x + 0.1), (HEAD, bottom), GRID)  # a line would run over the bars
        words = tick_words(mark, marks)
        half = text_width(words, 13) / 2
        if scale.left <= x <= scale.right - half:
            sheet.text((x, bottom + 14), words, Style(13, 400, INK_2, "center"))
    sheet.line((scale.left, bottom), (scale.right, bottom), AXIS)
    sheet.text((scale.left, bottom + 38), "Score, 0–10", Style(13, 600, INK_2))


def ticks(low: float, high: float, most: int) -> list[float]:
    """Round numbers from `low` to `high`, at most `most` of them: steps of 1, 2 or 5 x 10^n."""
    raw = (high - low) / max(1, most - 1)
    power = 10.0 ** math.floor(math.log10(raw))
    step = next(part * power for part in (1, 2, 5, 10) if part * power >= raw * (1 - 1e-9))
    first, last = math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9)
    return [round(place * step, 9) for place in range(first, last + 1)]


def tick_words(mark: float, marks: Sequence[float]) -> str:
    """A tick with as many decimals as any of its neighbours needs, and a real minus sign."""
    decimals = max((len(f"{other:g}".partition(".")[2]) for other in marks), default=0)
    return f"{mark:.{decimals}f}".replace("-", "−")


def _bar(
    sheet: Sheet, row: TornadoBar, scale: _Scale, middle: float
) -> Iterator[tuple[Span, Span]]:
    """One bar with its words; the boxes (x, y) that the words take."""
    x = (scale.x(row.low), max(scale.x(row.high), scale.x(row.low) + THINNEST))
    tip = f"{row.name}: {row.low:.1f} at {row.low_words}, {row.high:.1f} at {row.high_words}"
    y = (middle - BAR / 2, middle + BAR / 2)
    sheet.rect(x, y, CROSSES if row.crosses else STAYS, tip=tip)
    left, right = x[0] - BESIDE, x[1] + BESIDE
    sheet.text((left, middle), row.low_words, Style(END.size, END.weight, END.color, "right"))
    sheet.text((right, middle), row.high_words, END)
    half = END.size * 0.75
    yield (left - text_width(row.low_words, END.size) - 2, left + 2), (middle - half, middle + half)
    yield (
        (right - 2, right + text_width(row.high_words, END.size) + 2),
        (middle - half, middle + half),
    )


def dashes(start: Span, end: Span) -> Iterator[tuple[Span, Span]]:
    """The strokes (from, to) of a dashed line: a sheet has only unbroken ones."""
    length = math.dist(start, end)
    at = 0.0
    while at < length:
        yield _between(start, end, at / length), _between(start, end, min(1, (at + DASH) / length))
        at += DASH + SPACE


def _between(start: Span, end: Span, part: float) -> Span:
    return (start[0] + (end[0] - start[0]) * part, start[1] + (end[1] - start[1]) * part)


def _hits(stroke: tuple[Span, Span], boxes: Sequence[tuple[Span, Span]]) -> bool:
    """Whether an upright stroke runs through words."""
    (x, top), (_, bottom) = stroke
    return any(
        left < x < right and top < low and bottom > high for (left, right), (high, low) in boxes
    )


def _marks(sheet: Sheet, now: tuple[float, str], line: tuple[float, str]) -> None:
    """The words above the two lines, pushed apart where they would touch."""
    first, second = sorted([(*now, INK), (*line, WORDS[Class.STRATEGIC])])
    half = [text_width(words, 14, 600) / 2 for _, words, _ in (first, second)]
    lacking = max(0.0, half[0] + half[1] + GAP - (second[0] - first[0])) / 2
    at = [first[0] - lacking, second[0] + lacking]
    over = max(0.0, at[1] + half[1] - sheet.width)
    under = max(0.0, half[0] - at[0])
    for (_, words, color), x in zip((first, second), at, strict=True):
        sheet.text((x - over + under, 12), words, Style(14, 600, color, "center"))


def _told(rows: Sequence[TornadoBar], now: float, line: float) -> str:
    """The score, the line, what crosses it, and the longest bar."""
    crossing = [row.name for row in rows if row.crosses]
    longest = max(rows, key=lambda row: row.high - row.low)
    who = f": {', '.join(crossing)}" if crossing else ""
    return (
        f"Score now {now:.1f}, cut-off {line:g}. {len(crossing)} of {len(rows)} can carry it "
        f"across the cut-off{who}. The longest bar is {longest.name}, from {longest.low:.1f} to "
        f"{longest.high:.1f}."
    )
