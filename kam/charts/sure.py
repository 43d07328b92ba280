"""How sure we are: how often a customer has each class, and each place (screens.md 5.4).

Shares of the runs are never shown as 0 or 100 %: no number of runs proves that much.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kam.charts.bars import fitted
from kam.charts.heatmap import blue, ink_on
from kam.charts.labels import text_width
from kam.charts.sheet import Sheet, Span, Style
from kam.charts.theme import FILL, GRID, INK, INK_2, INK_3, PAPER, WORDS, Picture
from kam.method.robustness import FIRM, in_runs
from kam.model import Class

NAME = Style(15, 500, INK, "right")
NAMES = 0.26  # of the width, the most that names take
GAP = 12.0  # px between the columns
READABLE = 0.08  # share from which a percentage stands inside the bar, screens.md 5.4
NUMBERED = 0.01  # share from which a cell has a number
LEAST_DARK = 0.4  # share that is drawn darkest at least, so that even spreads stay pale
WHOLE = 0.995  # of the runs; less leaves a part in which the customer had no score
CLASS_ROW, BAR, KEY_ROW = 38.0, 24.0, 24.0  # px
PLACE_ROW, PLACE_HEAD = 24.0, 48.0  # px
THIN = "\N{THIN SPACE}"


@dataclass(frozen=True)
class ClassShares:
    """How often a customer has each class.

    Attributes:
        shares: of the runs, 0-1, in the order of `Class`; they add to less than 1 where it has
            no score in some runs.
        now: its class as it stands; `None` while it is not scored.
    """

    name: str
    shares: tuple[float, float, float, float]
    now: Class | None


@dataclass(frozen=True)
class Places:
    """How often a customer takes each place of the order.

    Attributes:
        shares: of the runs, 0-1; the first place first.
    """

    name: str
    shares: tuple[float, ...]


# --- classes --------------------------------------------------------------------------------------


def class_shares(rows: Sequence[ClassShares], width: int) -> Picture:
    """A bar a customer, divided by how often it has each class, and its class now beside it.

    Args:
        rows: in the order in which they are drawn.
        width: px, from about 420.
    """
    if not rows:
        return _nobody("No customer's class is in doubt.", width)
    left = _names_end([row.name for row in rows], width)
    right = width - max(text_width(_now(row.now), 14, 500) for row in rows) - GAP
    key = list(_key(left, width))
    head = KEY_ROW * (key[-1][1] + 1) + 4
    sheet = Sheet(width, int(head + CLASS_ROW * len(rows)))
    for klass, line, x in key:
        middle = KEY_ROW * (line + 0.5)
        sheet.rect((x, x + 12), (middle - 6, middle + 6), FILL[klass])
        sheet.text((x + 18, middle), klass.label, Style(13, 600, WORDS[klass]))
    for place, row in enumerate(rows):
        middle = head + CLASS_ROW * (place + 0.5)
        sheet.text((left - GAP, middle), fitted(row.name, left - GAP + 1, 15), NAME)
        _bar(sheet, row, (left, right), middle)
        color = WORDS[row.now] if row.now else INK_3
        sheet.text((right + GAP, middle), _now(row.now), Style(14, 500, color))
    return sheet.picture(_least_sure(rows))


def _nobody(words: str, width: int) -> Picture:
    sheet = Sheet(width, 56)
    sheet.text((0, 28), words, Style(15, 500, INK))
    return sheet.picture(words)


def _names_end(names: Sequence[str], width: int) -> float:
    """Where the column of names ends and the picture begins, px."""
    return min(max(text_width(name, 15, 500) for name in names), width * NAMES) + GAP


def _now(klass: Class | None) -> str:
    return f"now {klass.label.lower()}" if klass else "not scored yet"


def _key(left: float, width: int) -> Iterator[tuple[Class, int, float]]:
    """Each class with the line and the x at which it stands in the key; in lines that fit."""
    wide = {klass: 18 + text_width(klass.label, 13, 600) + 24 for klass in Class}
    start = left if left + sum(wide.values()) <= width else 0.0
    line, at = 0, start
    for klass in Class:
        if at > start and at + wide[klass] > width:
            line, at = line + 1, start
        yield klass, line, at
        at += wide[klass]


def _bar(sheet: Sheet, row: ClassShares, span: Span, middle: float) -> None:
    """One customer's bar; what is left of it are runs in which the customer has no score."""
    y = (middle - BAR / 2, middle + BAR / 2)
    if sum(row.shares) < WHOLE:
        sheet.rect(span, y, PAPER, edge=GRID, tip=f"{row.name}: not scored in the other runs")
    at, length = span[0], span[1] - span[0]
    for klass, share in zip(Class, row.shares, strict=True):
        end = at + share * length
        if share > 0:
            tip = f"{row.name}: {klass.label} {in_runs(share)}"
            sheet.rect((at, end), y, FILL[klass], edge=PAPER, tip=tip)
        words = percent(share)
        if share >= READABLE and text_width(words, 13, 600) <= end - at - 6:
            ink = INK if klass is Class.LOW_PRIORITY else PAPER
            sheet.text(((at + end) / 2, middle), words, Style(13, 600, ink, "center"))
        at = end


def percent(share: float) -> str:
    """A share of the runs in %, never 0 or 100."""
    hundredths = round(100 * share)
    if hundredths >= 100:
        return f"> 99{THIN}%"
    return f"{hundredths}{THIN}%" if hundredths > 0 else f"< 1{THIN}%"


def _least_sure(rows: Sequence[ClassShares]) -> str:
    """The three customers whose most frequent class is the least frequent."""
    open_ones = sorted(rows, key=lambda row: max(row.shares))[:3]
    told = "; ".join(
        f"{row.name} is {list(Class)[row.shares.index(max(row.shares))].label} "
        f"{in_runs(max(row.shares))}, {_now(row.now)}"
        for row in open_ones
    )
    return f"How often customers have each class, {len(rows)} drawn. Least sure: {told}."


# --- places ---------------------------------------------------------------------------------------


def places(rows: Sequence[Places], key_places: int, width: int) -> Picture:
    """Customers by places of the order: the darker a cell, the more often; a line ends the key.

    Args:
        rows: in the order in which they are drawn, at most 25 of at most 20 places each.
        key_places: how many customers become key accounts; the line stands after so many places,
            and is missing where that is beyond the last one drawn.
        width: px, from about 480.
    """
    columns = max((len(row.shares) for row in rows), default=0)
    if not columns:
        return _nobody("No order of the customers is known yet.", width)
    left = _names_end([row.name for row in rows], width)
    step = (width - left) / columns
    darkest = max(LEAST_DARK, *(share for row in rows for share in row.shares))
    sheet = Sheet(width, int(PLACE_HEAD + PLACE_ROW * len(rows) + 4))
    heading = fitted("Place", left - GAP, 13)
    sheet.text((left - GAP, PLACE_HEAD - 11), heading, Style(13, 600, INK_2, "right"))
    for place in range(columns):
        at = (left + (place + 0.5) * step, PLACE_HEAD - 11)
        sheet.text(at, str(place + 1), Style(13, 500, INK_2, "center"))
    for line, row in enumerate(rows):
        top = PLACE_HEAD + line * PLACE_ROW
        name = fitted(row.name, left - GAP + 1, 15)
        sheet.text((left - GAP, top + PLACE_ROW / 2), name, NAME)
        _cells(sheet, row, (left, step, darkest), top)
    if key_places <= columns:
        _end_of_key(sheet, left + key_places * step, key_places)
    return sheet.picture(_held(rows, key_places))


def _cells(sheet: Sheet, row: Places, scale: tuple[float, float, float], top: float) -> None:
    """One customer's cells; `scale`: left end of the first, width of each, the darkest share."""
    left, step, darkest = scale
    for place, share in enumerate(row.shares):
        if share <= 0:
            continue
        x = left + place * step
        fill = blue(10 * share / darkest)
        tip = f"{row.name}: place {place + 1} {in_runs(share)}"
        sheet.rect((x + 1, x + step - 1), (top + 1, top + PLACE_ROW - 1), fill, tip=tip)
        hundredths = round(100 * share)
        words = str(hundredths) if hundredths < 100 else ">99"
        if share >= NUMBERED and text_width(words, 12, 600) <= step - 2:
            style = Style(12, 600, ink_on(fill), "center")
            sheet.text((x + step / 2, top + PLACE_ROW / 2), words, style)


def _end_of_key(sheet: Sheet, x: float, key_places: int) -> None:
    """The line after the last key account, with its words, inside the sheet."""
    orange = Class.STRATEGIC
    words = "1 key account" if key_places == 1 else f"{key_places} key accounts"
    half = text_width(words, 13, 600) / 2
    middle = min(max(x, half), sheet.width - half)
    sheet.text((middle, 10), words, Style(13, 600, WORDS[orange], "center"))
    sheet.line((x, 20), (x, sheet.height - 2), FILL[orange], 2.5)


def _held(rows: Sequence[Places], key_places: int) -> str:
    """How many of the places have an owner that practically nobody disputes, and who."""
    firm = [row.name for row in rows if sum(row.shares[:key_places]) >= FIRM]
    who = f": {', '.join(firm)}" if firm else ""
    return (
        f"How often each of {len(rows)} customers takes each place of the order. {len(firm)} of "
        f"{key_places} key accounts are among the first {key_places} in at least "
        f"{100 * FIRM:.0f} of 100 runs{who}."
    )
