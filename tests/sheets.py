"""Questions to ask of a picture that was drawn on a sheet."""

from typing import Any

from kam.charts.theme import Picture

Row = dict[str, Any]


def words(picture: Picture) -> list[str]:
    """All texts of a picture, in the order in which they were written."""
    return [row["text"] for row in picture.datasets["words"]]


def word(picture: Picture, text: str) -> Row:
    """The row of the one text that begins so."""
    found = [row for row in picture.datasets["words"] if row["text"].startswith(text)]
    assert len(found) == 1, (text, words(picture))
    row: Row = found[0]
    return row


def rects(picture: Picture, fill: str) -> list[Row]:
    """The rectangles of one colour."""
    return [row for row in picture.datasets["rects"] if row["fill"] == fill]


def tips(picture: Picture) -> list[str]:
    """What is told on pointing, where something is."""
    both = [*picture.datasets["rects"], *picture.datasets["dots"]]
    return [row["tip"] for row in both if row["tip"]]


def inside(picture: Picture) -> bool:
    """Whether no text begins or ends outside the sheet by more than a few px."""
    width, height = picture.spec["width"], picture.spec["height"]
    return all(
        -5 <= row["x"] <= width + 5 and -5 <= row["y"] <= height + 5
        for row in picture.datasets["words"]
    )
