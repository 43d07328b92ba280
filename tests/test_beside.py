"""Words beside a picture stand in line with its rows and inside its sheet."""

import pytest

from kam.charts.beside import HEADING, with_words
from kam.charts.labels import text_width
from kam.charts.sure import ClassShares, class_shares
from kam.charts.theme import Picture, Rows
from kam.model import Class

SIZE = (900, 440)
HEAD = "With your own weights"


def bars(count: int) -> Picture:
    """So many customers with a bar each."""
    names = [f"Customer {n}" for n in range(count)]
    return class_shares([ClassShares(n, (0.5, 0.2, 0.2, 0.1), Class.KEY_CORE) for n in names], 700)


def words(picture: Picture, *texts: str) -> Rows:
    """The words with these texts, from the top to the bottom."""
    found = [row for row in picture.datasets["words"] if row["text"] in texts]
    return sorted(found, key=lambda row: float(row["y"]))


@pytest.mark.parametrize("count", [1, 2, 10])
def test_each_word_stands_in_line_with_the_name_of_its_row(count: int) -> None:
    said = [f"{n} of 20" for n in range(count)]
    picture = with_words(bars(count), said, HEAD, SIZE)
    names = words(picture, *(f"Customer {n}" for n in range(count)))
    beside = words(picture, *said)
    assert [row["y"] for row in beside] == pytest.approx([row["y"] for row in names], abs=1)
    assert [row["text"] for row in beside] == said


def test_the_heading_stands_above_the_first_row() -> None:
    picture = with_words(bars(3), ["a", "b", "c"], HEAD, SIZE)
    [heading], [first] = words(picture, HEAD), words(picture, "a")
    assert heading["y"] < first["y"]
    assert heading["x"] == first["x"] > 700


def test_nothing_of_the_picture_is_lost_and_the_picture_itself_is_unchanged() -> None:
    drawn = bars(2)
    before = {name: list(rows) for name, rows in drawn.datasets.items()}
    picture = with_words(drawn, ["a", "b"], HEAD, SIZE)
    assert drawn.datasets == before
    assert all(row in picture.datasets[name] for name, rows in before.items() for row in rows)
    assert drawn.alt in picture.alt


def test_words_that_do_not_fit_are_cut_inside_the_sheet() -> None:
    picture = with_words(bars(1), ["x" * 80], HEAD, SIZE)
    [cut] = [row for row in picture.datasets["words"] if row["text"].startswith("xx")]
    assert cut["text"].endswith("…")
    assert cut["x"] + text_width(cut["text"], cut["size"], cut["weight"]) <= SIZE[0]
    assert text_width(HEAD, HEADING.size, HEADING.weight) < SIZE[0] - 700


def test_the_sheet_stays_the_same_when_rows_come_and_go() -> None:
    few, many = (with_words(bars(n), ["a"] * n, HEAD, SIZE) for n in (1, 9))
    assert few.spec is many.spec


def test_without_words_only_the_sheet_is_larger() -> None:
    picture = with_words(bars(0), [], HEAD, SIZE)
    assert picture.alt == bars(0).alt
    assert not words(picture, HEAD)
    assert (picture.spec["width"], picture.spec["height"]) == SIZE


def test_the_words_are_told_to_those_who_cannot_see_them() -> None:
    assert with_words(bars(2), ["2 of 3", "all 3"], HEAD, SIZE).alt.endswith(
        "With your own weights: 2 of 3; all 3."
    )
