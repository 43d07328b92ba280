"""How many of a list were hit, and how many luck would have hit."""

from kam.charts.labels import text_width
from kam.charts.sheet import Sheet, Style
from kam.charts.theme import AMOUNT, INK, INK_2, NAVY, Picture

TRACK = "#F3F5F8"
SIZE, ROW = 14, 48  # px: letters, and the whole picture's height


def chance_bar(
    hits: int, of: int, luck: float, *, width: int = 300, strong: bool = False
) -> Picture:
    """A bar of `hits` out of `of`, with a tick where luck would end.

    Args:
        hits: how many were hit, 0 to `of`.
        of: how many there are; with 0 the bar is empty.
        luck: how many would be hit by lot, 0 to `of`.
        width: px.
        strong: whether the bar stands out.
    """
    sheet = Sheet(width, ROW)
    told = f"{hits:,} of {of:,}"
    widest = max(text_width(words, SIZE, 600) for words in (told, f"{of:,} of {of:,}"))
    end = width - widest - 10
    unit = end / of if of else 0.0
    sheet.rect((0, end), (20, 42), TRACK)
    if hits:
        sheet.rect((0, hits * unit), (20, 42), NAVY if strong else AMOUNT)
    sheet.line((luck * unit, 16), (luck * unit, 46), INK, 2)
    sheet.text((end + 8, 31), told, Style(SIZE, 600, INK))
    by_luck = f"by luck {luck:.1f}".removesuffix(".0")
    half = text_width(by_luck, SIZE) / 2
    at = min(max(luck * unit, half), width - half)
    sheet.text((at, 7), by_luck, Style(SIZE, 400, INK_2, "center"))
    return sheet.picture(f"{told}; {by_luck}.")
