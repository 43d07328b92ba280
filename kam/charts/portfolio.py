"""The whole portfolio: who holds how much of what as stacked bars; warning signs as a grid."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kam.charts.bars import fitted
from kam.charts.labels import text_width
from kam.charts.sheet import Sheet, Span, Style
from kam.charts.stakes import wrapped
from kam.charts.theme import (
    ATTENTION,
    ATTENTION_TINT,
    FILL,
    GRID,
    INK,
    INK_2,
    INK_3,
    LEADER,
    PAPER,
    Picture,
)
from kam.method.weights import points_of_100
from kam.model import Class

NAMES, BESIDE, GAP = 208, 196, 14  # px: columns of names and of words, and between them
KEY, BAR = 34, 28  # px: height of the key; of a bar
SWATCH, AFTER_SWATCH, AFTER_NAME = 14, 20, 24  # px in the key
AROUND_NUMBER = 8  # px: a part too narrow for its number tells it on pointing at it only
NAME, NOTE = Style(15, 600, INK), Style(13, 400, INK_3)

SECTOR_FILLS = ("#2F6BA5", "#6B4FA0", "#A3244B", "#8FB0D4", "#C3B5DE", "#E3B0BF")
OTHER_FILL, UNKNOWN_FILL = "#9CA3AF", "#F3F5F8"
_DARK = frozenset({*SECTOR_FILLS[:3], *(FILL[k] for k in Class if k is not Class.LOW_PRIORITY)})

HEAD, ROW, DOT = 44, 34, 5.0  # px: of the grid's head and rows; radius of a class's dot
WHO, COUNT, MONEY = 226, 60, 110  # px: columns of the grid beside its signs
SIGN_WORDS = {True: "warning", False: "fine", None: "not known"}


@dataclass(frozen=True)
class Part:
    """A group of customers, with its colour."""

    name: str
    fill: str


@dataclass(frozen=True)
class ShareBar:
    """One thing, and the parts of it that the groups hold.

    Attributes:
        note: how much of it is known.
        shares: of each group, 0-1, adding to 1; empty where nothing is known.
        beside: at most two lines at the right.
    """

    name: str
    note: str
    shares: tuple[float, ...]
    beside: tuple[str, ...] = ()


@dataclass(frozen=True)
class SignRow:
    """A customer with its warning signs.

    Attributes:
        signs: whether it shows each; `None` is not known.
        tips: what was found for each, as a sentence.
        money: its contribution, in words.
    """

    name: str
    klass: Class
    signs: tuple[bool | None, ...]
    tips: tuple[str, ...]
    money: str


# --- stacked bars ---------------------------------------------------------------------------------


def share_bars(
    heading: str, parts: Sequence[Part], bars: Sequence[ShareBar], size: tuple[int, int]
) -> Picture:
    """A bar a thing, cut into the parts that each group holds, the numbers adding to 100.

    Args:
        heading: what the groups are.
        parts: in the order in which they stand in a bar.
        bars: from top to bottom; all fit into the height.
        size: width and height of the whole, px.
    """
    sheet = Sheet(*size)
    _key(sheet, heading, parts)
    row = (size[1] - KEY) / max(1, len(bars))
    for place, bar in enumerate(bars):
        middle = KEY + (place + 0.5) * row
        sheet.text((0, middle - 8), fitted(bar.name, NAMES - GAP, 15), NAME)
        sheet.text((0, middle + 10), fitted(bar.note, NAMES - GAP, 13), NOTE)
        _stack(sheet, parts, bar, middle)
        for line, words in enumerate(bar.beside):
            y = middle + (line - (len(bar.beside) - 1) / 2) * 17
            at = (size[0] - BESIDE + GAP, y)
            sheet.text(at, fitted(words, BESIDE - GAP, 13), Style(13, 400, INK_2))
    return sheet.picture(f"{heading}. {' '.join(_told(parts, bar) for bar in bars)}".strip())


def _key(sheet: Sheet, heading: str, parts: Sequence[Part]) -> None:
    """The heading, and what each colour is; names are cut where all together do not fit."""
    middle = KEY / 2
    sheet.text((0, middle), fitted(heading, NAMES - GAP, 15), NAME)
    room = (sheet.width - NAMES) / max(1, len(parts))
    around = AFTER_SWATCH + AFTER_NAME
    wide = [around + text_width(part.name, 13, 500) for part in parts]
    tight = sum(wide) > sheet.width - NAMES
    at = float(NAMES)
    for part, width in zip(parts, wide, strict=True):
        taken = room if tight else width
        y = (middle - SWATCH / 2, middle + SWATCH / 2)
        sheet.rect((at, at + SWATCH), y, part.fill, edge=_edge(part), tip=part.name)
        name = fitted(part.name, taken - around + 1, 13)
        sheet.text((at + AFTER_SWATCH, middle), name, Style(13, 500, INK_2))
        at += taken


def _edge(part: Part) -> str:
    """The edge of what is filled with next to nothing can be seen."""
    return LEADER if part.fill == UNKNOWN_FILL else PAPER


def _stack(sheet: Sheet, parts: Sequence[Part], bar: ShareBar, middle: float) -> None:
    """The parts of one bar; an outline where nothing is known."""
    left, right = float(NAMES), float(sheet.width - BESIDE)
    y = (middle - BAR / 2, middle + BAR / 2)
    if not bar.shares:
        sheet.rect((left, right), y, PAPER, edge=GRID)
        told = f"{bar.name}: not known of any customer yet"
        sheet.text((left + 10, middle), told, Style(14, 400, INK_2))
        return
    at = left
    for part, share, percent in zip(parts, bar.shares, points_of_100(bar.shares), strict=True):
        end = at + share * (right - left)
        if share > 0:
            tip = f"{part.name}: {percent} % of {bar.name.lower()}"
            sheet.rect((at, end), y, part.fill, edge=_edge(part), tip=tip)
        number = f"{percent} %"
        if text_width(number, 13, 600) + AROUND_NUMBER <= end - at:
            ink = PAPER if part.fill in _DARK else INK
            sheet.text(((at + end) / 2, middle), number, Style(13, 600, ink, "center"))
        at = end


def _told(parts: Sequence[Part], bar: ShareBar) -> str:
    """One bar in words."""
    if not bar.shares:
        return f"{bar.name}: not known."
    numbers = zip(parts, points_of_100(bar.shares), strict=True)
    return f"{bar.name}: {', '.join(f'{part.name} {n} %' for part, n in numbers)}."


# --- the grid of warning signs --------------------------------------------------------------------


def sign_grid(signs: Sequence[str], rows: Sequence[SignRow], size: tuple[int, int]) -> Picture:
    """A row a customer, a column a sign; what speaks for a loss stands out.

    Args:
        signs: their names, over the columns.
        rows: from top to bottom; those that do not fit into the height are left out.
        size: width and height of the whole, px.
    """
    sheet = Sheet(*size)
    columns = list(_columns(len(signs), size[0]))
    for name, (left, right) in zip(signs, columns, strict=True):
        style = Style(13, 600, INK_2, "center")
        lines = wrapped(name, right - left - 6, style, 2)
        for line, words in enumerate(lines):
            y = HEAD / 2 + (line - (len(lines) - 1) / 2) * 16
            sheet.text(((left + right) / 2, y), words, style)
    sheet.text((size[0], HEAD / 2), "Contribution", Style(13, 600, INK_2, "right"))
    for place, row in enumerate(rows[: fitting(size[1])]):
        _sign_row(sheet, row, columns, HEAD + place * ROW)
    return sheet.picture(" ".join(_signs_told(signs, row) for row in rows) or "No key account.")


def fitting(height: int) -> int:
    """How many rows fit into a grid of this height, px."""
    return max(0, (height - HEAD) // ROW)


def _columns(count: int, width: int) -> Iterator[Span]:
    """From where to where each sign's column goes, px."""
    left = WHO + COUNT
    each = (width - left - MONEY) / max(1, count)
    for place in range(count):
        yield left + place * each, left + (place + 1) * each


def _sign_row(sheet: Sheet, row: SignRow, columns: Sequence[Span], top: float) -> None:
    middle = top + ROW / 2
    sheet.line((0, top), (sheet.width, top), GRID)
    sheet.dot((DOT + 1, middle), DOT, FILL[row.klass], tip=row.klass.label)
    sheet.text((20, middle), fitted(row.name, WHO - 28, 15), Style(15, 500, INK))
    count = f"{sum(sign is True for sign in row.signs)} of {len(row.signs)}"
    sheet.text((WHO, middle), count, Style(15, 700, INK))
    for (left, right), sign, tip in zip(columns, row.signs, row.tips, strict=True):
        fill = ATTENTION_TINT if sign else PAPER
        sheet.rect((left + 3, right - 3), (top + 3, top + ROW - 3), fill, tip=tip)
        sheet.text(((left + right) / 2, middle), SIGN_WORDS[sign], _sign_style(sign=sign))
    money = fitted(row.money, MONEY - 8, 14)
    sheet.text((sheet.width, middle), money, Style(14, 400, INK_2, "right"))


def _sign_style(*, sign: bool | None) -> Style:
    if sign:
        return Style(14, 700, ATTENTION, "center")
    return Style(14, 400, INK_3, "center")


def _signs_told(signs: Sequence[str], row: SignRow) -> str:
    shown = [name.lower() for name, sign in zip(signs, row.signs, strict=True) if sign]
    return f"{row.name}: {', '.join(shown) or 'no warning'}."
