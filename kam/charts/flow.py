"""Where hours come from and where they should go: hours now and hours due, a row each."""

from collections.abc import Sequence
from dataclasses import dataclass

from kam.charts.bars import fitted
from kam.charts.sheet import Sheet, Style
from kam.charts.theme import FILL, GRID, INK, INK_2, INK_3, NAVY, PAPER, WORDS, Picture
from kam.model import Class

NAMES, NUMBERS, GAP = 220, 214, 14  # px: columns of names and of numbers, and between them
HEAD, LEAST_ROW, MOST_ROW = 40, 27, 44  # px: of the key; of a row
NOW, DUE, BAR = 6.0, 6.0, 5.0  # px: radius of the dots, width of the line between them
GIVES, TAKES = WORDS[Class.STRATEGIC], NAVY
UNKNOWN, NOT_DUE = "not known", "–"
NAME = Style(15, 500, INK)
NUMBER = Style(14, 400, INK_2, "right")


@dataclass(frozen=True)
class HoursRow:
    """Hours a year of a customer, or of a class.

    Attributes:
        klass: its class; `None` where nothing is scored.
        now: hours that it has; `None` unknown.
        due: hours that are due to it; `None` unknown.
        tip: what is told on pointing at it.
    """

    name: str
    klass: Class | None
    now: float | None
    due: float | None
    tip: str = ""

    @property
    def more(self) -> float | None:
        """Hours that it should have more, below 0 less; `None` unknown."""
        return None if self.now is None or self.due is None else self.due - self.now


def fitting(height: int) -> int:
    """How many rows fit into this height, px."""
    return max(0, (height - HEAD) // LEAST_ROW)


def height_of(rows: int) -> int:
    """The height in which so many rows have as much room as they take, px."""
    return HEAD + rows * MOST_ROW


def hours_moves(rows: Sequence[HoursRow], size: tuple[int, int]) -> Picture:
    """A ring where the hours are now, a dot where they should be, and the way between them.

    Args:
        rows: from top to bottom; those that do not fit are left out.
        size: width and height of the whole, px.
    """
    sheet = Sheet(*size)
    shown = rows[: fitting(size[1])]
    most = max([1.0, *(max(row.due or 0.0, row.now or 0.0) for row in shown)])
    left, right = NAMES + NOW, size[0] - NUMBERS - NOW - GAP
    per_hour = (right - left) / most
    height = min(MOST_ROW, (size[1] - HEAD) / max(1, len(shown)))
    _key(sheet, left)
    for place, row in enumerate(shown):
        middle = HEAD + (place + 0.5) * height
        sheet.line((left, middle), (right, middle), GRID)
        _row(sheet, row, middle)
        _way(sheet, row, middle, (left, per_hour))
    return sheet.picture(" ".join(map(_told, shown)) or "No hours to show.")


def _key(sheet: Sheet, left: float) -> None:
    """What ring and dot are, and what the numbers are."""
    middle = HEAD / 2 - 4
    sheet.dot((left, middle), NOW, PAPER, edge=INK_2)
    sheet.text((left + 12, middle), "hours now", Style(14, 500, INK_2))
    sheet.dot((left + 106, middle), DUE, INK_2)
    sheet.text((left + 118, middle), "hours due", Style(14, 500, INK_2))
    for x, words in zip(_columns(sheet), ("now", "due", "change"), strict=True):
        sheet.text((x, middle), words, Style(13, 600, INK_3, "right"))


def _columns(sheet: Sheet) -> tuple[float, float, float]:
    """Where the columns of numbers end, px."""
    return (sheet.width - 140, sheet.width - 74, sheet.width)


def _row(sheet: Sheet, row: HoursRow, middle: float) -> None:
    """Name and numbers."""
    fill = FILL[row.klass] if row.klass else PAPER
    about = row.klass.label if row.klass else "Not scored yet"
    sheet.dot((6, middle), 5, fill, edge=INK_3 if row.klass is None else PAPER, tip=about)
    sheet.text((18, middle), fitted(row.name, NAMES - 18 - GAP, 15), NAME)
    now, due, change = _columns(sheet)
    sheet.text((now, middle), _hours(row.now), NUMBER)
    sheet.text((due, middle), _hours(row.due, NOT_DUE), NUMBER)
    if row.more is not None:
        color = TAKES if row.more > 0 else GIVES
        words = f"{row.more:+,.0f}".replace("-", "−")
        sheet.text((change, middle), words, Style(15, 700, color, "right"))


def _way(sheet: Sheet, row: HoursRow, middle: float, scale: tuple[float, float]) -> None:
    """From the hours now to those due, on a scale of an origin in px and px for each hour."""
    origin, per_hour = scale
    color = INK_2 if row.more is None else TAKES if row.more > 0 else GIVES
    now, due = (
        None if hours is None else (origin + hours * per_hour, middle)
        for hours in (row.now, row.due)
    )
    if now and due:
        sheet.line(now, due, color, BAR)
    if now:
        sheet.dot(now, NOW, PAPER, edge=color, tip=row.tip)
    if due:
        sheet.dot(due, DUE, color, tip=row.tip)


def _told(row: HoursRow) -> str:
    return f"{row.name}: {_hours(row.now)} hours now, {_hours(row.due)} due."


def _hours(hours: float | None, unknown: str = UNKNOWN) -> str:
    return unknown if hours is None else f"{hours:,.0f}"
