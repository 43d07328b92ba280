"""Words beside a picture, each in line with one of its rows."""

from collections.abc import Sequence

from kam.charts.bars import fitted
from kam.charts.sheet import Sheet, Style
from kam.charts.theme import INK, INK_2, Picture

LAYERS = ("rects", "lines", "dots", "words")  # of a sheet, from the back to the front
SIZE = 15  # px
GAP = 16.0  # px between picture and words
HEADING = Style(13, 600, INK_2)


def with_words(drawn: Picture, said: Sequence[str], heading: str, size: tuple[int, int]) -> Picture:
    """The same picture on a larger sheet, with a column of words at its right.

    The sheet's size is given, so that the picture is not drawn anew when rows come and go.

    Args:
        drawn: a picture whose last rows, as many as there are words, share its height from the
            end of its head to its lower edge.
        said: a few words a row, cut where they do not fit.
        heading: what the words are, over the column.
        size: width and height of the whole, px; at least those of the picture.
    """
    left = drawn.spec["width"] + GAP
    rects, lines, dots, texts = (list(drawn.datasets[layer]) for layer in LAYERS)
    sheet = Sheet(*size, rects, lines, dots, texts)
    head, row = _rows(drawn, len(said))
    if said:
        sheet.text((left, head / 2), fitted(heading, size[0] - left, 13), HEADING)
    for place, words in enumerate(said):
        at = (left, head + (place + 0.5) * row)
        sheet.text(at, fitted(words, size[0] - left, SIZE), Style(SIZE, 400, INK))
    told = "; ".join(words for words in said if words)
    return sheet.picture(f"{drawn.alt} {heading}: {told}." if told else drawn.alt)


def _rows(drawn: Picture, count: int) -> tuple[float, float]:
    """The height of the head and of a row, px, from where the names of the rows stand."""
    height = float(drawn.spec["height"])
    if count < 1:
        return height, 0.0
    names = sorted({word["y"] for word in drawn.datasets["words"]})[-count:]
    row = 2 * (height - names[-1])
    return height - count * row, row
