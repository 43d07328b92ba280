"""Which weights change what a customer is, at their lowest and at their highest vote.

Words never touch names or bars: names, words, bars and the ends of bars have columns of their own,
every text is broken by its measured width, and a row is as tall as its longest text (screens.md
5.3).
"""

import bisect
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, pairwise

from kam.charts.labels import text_width
from kam.charts.sheet import Align, Sheet, Span, Style
from kam.charts.theme import AMOUNT, GRID, INK, INK_2, INK_3, NAVY, Picture, shortened

NAME = Style(15, 500, INK)
END, HEADING = Style(14, 600, INK), Style(13, 600, INK_2)
KEY, OTHER, QUIET = Style(13, 600, INK), Style(13, 400, INK_2), Style(13, 400, INK_3)
HEADINGS = ("← at its lowest vote", "at its highest vote →")
NOBODY = "nobody moves"

HEAD, LEAST, ROOM = 30.0, 56.0, 20.0  # px: above the rows; a row; around the text of a row
BAR, WIDEST, GAP = (
    26.0,
    44.0,
    12.0,
)  # px: a bar's height, one customer's part of it, between columns
NAMES, BARS = 0.17, 0.11  # of the width: the names; the longest bar
ENDS = 60.0  # px: the longest text at the end of a bar
TOLD, NAME_LINES, WORD_LINES = 3, 3, 3  # customers in words on one side; lines of a name, of one's
LINE = 1.25  # of the font size: from one line of a text to the next
STEP, BETWEEN = 13 * LINE, 3.0  # px: a line of words; between two customers
GLUE = "\N{NO-BREAK SPACE}"


@dataclass(frozen=True)
class Moved:
    """One customer that changes.

    Attributes:
        words: who, from where, to where, such as "Orrin Steel: key · core → low priority".
        key: whether it becomes a key account or stops being one.
    """

    words: str
    key: bool


@dataclass(frozen=True)
class StakeRow:
    """One weight: its lowest and highest vote, and who changes there.

    Attributes:
        name: of the criterion.
        low, high: the two votes in words, such as "5".
        at_low, at_high: those who change if only this weight is moved there.
    """

    name: str
    low: str
    high: str
    at_low: tuple[Moved, ...]
    at_high: tuple[Moved, ...]


def stakes(rows: Sequence[StakeRow], width: int) -> Picture:
    """Who changes at either end of every weight: one block a customer, dark where key, and words.

    Args:
        rows: in the order in which they are drawn.
        width: px, from about 600.
    """
    if not rows:
        empty = Sheet(width, int(LEAST))
        empty.text((0, LEAST / 2), "No vote on a weight moves a customer.", NAME)
        return empty.picture("No vote on a weight moves a customer.")
    plan = _Plan.of(rows, width)
    measured = [_Row.of(row, plan) for row in rows]
    edges = list(accumulate((row.height for row in measured), initial=HEAD))
    sheet = Sheet(width, math.ceil(edges[-1]))
    for heading, side in zip(HEADINGS, plan.sides, strict=True):
        sheet.text((side.at(GAP), HEAD / 2), heading, replace(HEADING, align=side.align))
    for row, y in zip(measured, pairwise(edges), strict=True):
        middle = sum(y) / 2
        sheet.rect((0, width), (y[0], y[0] + 0.1), GRID)
        write(sheet, (0, middle), row.name, NAME)
        for end, side in zip(row.ends, plan.sides, strict=True):
            _bar(sheet, end, side, middle)
            _words(sheet, end, side, middle)
    sheet.line((plan.sides[0].centre, HEAD), (plan.sides[0].centre, edges[-1]), INK, 1.5)
    return sheet.picture(_told(rows))


# --- where everything stands ----------------------------------------------------------------------


@dataclass(frozen=True)
class _Side:
    """One side of the line in the middle; all lengths in px.

    Attributes:
        centre: where the line stands.
        towards: -1 to the left, 1 to the right.
        block: how long one customer's part of the bar is.
        label: how wide the text at the end of the bar may be.
        words: how far from the line the words begin, and how wide they may be.
    """

    centre: float
    towards: int
    block: float
    label: float
    words: Span

    @property
    def align(self) -> Align:
        """Texts grow away from the line."""
        return "left" if self.towards > 0 else "right"

    def at(self, distance: float) -> float:
        """The x so far from the line."""
        return self.centre + self.towards * distance


@dataclass(frozen=True)
class _Plan:
    """The columns: names at the left, then the two sides."""

    names: float
    sides: tuple[_Side, _Side]

    @classmethod
    def of(cls, rows: Sequence[StakeRow], width: int) -> "_Plan":
        """Columns for these rows: what bars and their ends do not need is left to the words."""
        most = max(1, *(len(moved) for row in rows for moved in (row.at_low, row.at_high)))
        block = min(WIDEST, width * BARS / most)
        label = min(ENDS, max(_wide(text, END) for row in rows for text in (row.low, row.high)))
        names, half = width * NAMES, block * most + label + 2 * GAP
        words = (width - names - GAP) / 2 - half
        centre = names + GAP + words + half
        low, high = (_Side(centre, side, block, label, (half, words)) for side in (-1, 1))
        return cls(names, (low, high))


@dataclass(frozen=True)
class _Line:
    """A line of words, and where its middle stands below the top of the words, px."""

    text: str
    style: Style
    y: float


@dataclass(frozen=True)
class _End:
    """One end of a weight: its vote, who changes there with key ones first, and their words."""

    label: str
    moved: tuple[Moved, ...]
    lines: tuple[_Line, ...]

    @classmethod
    def of(cls, label: str, moved: Sequence[Moved], side: _Side) -> "_End":
        """The end with its texts broken for the side's columns."""
        ranked = tuple(sorted(moved, key=lambda one: not one.key))
        [short] = wrapped(label, side.label, END, 1)
        return cls(short, ranked, tuple(_lines(ranked, side.words[1])))

    @property
    def height(self) -> float:
        """Of the words, px."""
        return self.lines[-1].y + STEP / 2


@dataclass(frozen=True)
class _Row:
    """One weight, measured."""

    name: list[str]
    ends: tuple[_End, _End]

    @classmethod
    def of(cls, row: StakeRow, plan: _Plan) -> "_Row":
        """The row with its texts broken for the columns."""
        low, high = plan.sides
        ends = (_End.of(row.low, row.at_low, low), _End.of(row.high, row.at_high, high))
        return cls(wrapped(row.name, plan.names, NAME, NAME_LINES), ends)

    @property
    def height(self) -> float:
        """As tall as its longest text needs it, px."""
        name = len(self.name) * NAME.size * LINE
        return max(LEAST, ROOM + max(name, *(end.height for end in self.ends)))


def _lines(moved: Sequence[Moved], width: float) -> Iterator[_Line]:
    """The words of one side from the top: three customers, and how many more."""
    if not moved:
        yield _Line(NOBODY, QUIET, STEP / 2)
        return
    top = 0.0
    for one in moved[:TOLD]:
        style = KEY if one.key else OTHER
        for text in wrapped(one.words, width, style, WORD_LINES):
            yield _Line(text, style, top + STEP / 2)
            top += STEP
        top += BETWEEN
    if len(moved) > TOLD:
        yield _Line(f"{len(moved) - TOLD} more", QUIET, top + STEP / 2)


# --- what is drawn --------------------------------------------------------------------------------


def _bar(sheet: Sheet, end: _End, side: _Side, middle: float) -> None:
    """One block a customer, from the line outwards, and the vote at the end of it."""
    y, gap = (middle - BAR / 2, middle + BAR / 2), min(1.0, side.block / 4)
    for place, one in enumerate(end.moved):
        near, far = side.at(place * side.block + gap), side.at((place + 1) * side.block)
        fill = NAVY if one.key else AMOUNT
        sheet.rect((min(near, far), max(near, far)), y, fill, tip=one.words)
    at = side.at(len(end.moved) * side.block + GAP / 2)
    sheet.text((at, middle), end.label, replace(END, align=side.align))


def _words(sheet: Sheet, end: _End, side: _Side, middle: float) -> None:
    """Who changes, in the column of the words."""
    x, top = side.at(side.words[0]), middle - end.height / 2
    for line in end.lines:
        sheet.text((x, top + line.y), line.text, replace(line.style, align=side.align))


def _told(rows: Sequence[StakeRow]) -> str:
    """How many weights can change who is key, and how many customers each of the first moves."""
    keys = sum(any(one.key for one in row.at_low + row.at_high) for row in rows)
    facts = "; ".join(
        f"{row.name} moves {len(row.at_low)} at {row.low} and {len(row.at_high)} at {row.high}"
        for row in rows[:TOLD]
    )
    return f"{keys} of {len(rows)} weights can change who is key. {facts}."


# --- lines of text --------------------------------------------------------------------------------


def write(sheet: Sheet, at: Span, lines: Sequence[str], style: Style) -> None:
    """Lines of text, around the middle at y."""
    step = style.size * LINE
    for place, line in enumerate(lines):
        sheet.text((at[0], at[1] + (place - (len(lines) - 1) / 2) * step), line, style)


def wrapped(text: str, width: float, style: Style, most: int) -> list[str]:
    """The text in as few lines as it needs, about equally long, none wider than the width.

    Where `most` lines are not enough, its middle is left out. No line ends with "·" or "→".

    Args:
        text: with any white space.
        width: px.
        style: in which it is measured.
        most: lines.
    """
    whole = " ".join(text.split())
    if len(_broken(whole, width, style)) > most:
        whole = _cut(whole, width, style, most)
    full = _broken(whole, width, style)
    widest = max(_wide(piece, style) for piece in _pieces(whole, width, style))
    evener = (_broken(whole, less, style) for less in range(math.ceil(widest), int(width), 4))
    return next((lines for lines in evener if len(lines) == len(full)), full)


def _broken(text: str, width: float, style: Style) -> list[str]:
    """Lines as full as they can be."""
    lines = [""]
    for piece in _pieces(text, width, style):
        longer = f"{lines[-1]} {piece}".strip()
        if _wide(longer, style) <= width:
            lines[-1] = longer
        else:
            lines.append(piece)
    return [line.replace(GLUE, " ") for line in lines]


def _pieces(text: str, width: float, style: Style) -> Iterator[str]:
    """Words; those that are wider than a line in parts."""
    for word in text.replace(" · ", f"{GLUE}·{GLUE}").replace("→ ", f"→{GLUE}").split(" "):
        rest = word
        while len(rest) > 1 and _wide(rest, style) > width:
            fit = _letters(rest, width, style)
            yield rest[:fit]
            rest = rest[fit:]
        yield rest


def _letters(word: str, width: float, style: Style) -> int:
    """How many letters of a word fit into so many px, at least one."""
    sizes = range(1, len(word) + 1)
    return max(1, bisect.bisect(sizes, x=False, key=lambda n: _wide(word[:n], style) > width))


def _cut(text: str, width: float, style: Style, most: int) -> str:
    """The text without its middle, as long as so many lines hold."""
    sizes = range(4, len(text) + 1)  # below four letters nothing of the end would be left
    fit = bisect.bisect(
        sizes, x=False, key=lambda n: len(_broken(shortened(text, n), width, style)) > most
    )
    return shortened(text, sizes[fit - 1]) if fit else "…"


def _wide(text: str, style: Style) -> float:
    return text_width(text, style.size, style.weight)
