"""The profile heatmap."""

import json
import math
from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kam.charts.heatmap import BLACK, PAGE, READABLE, blue, contrast, heatmap, ink_on
from kam.charts.labels import text_width
from kam.charts.theme import ATTENTION, BLUES, INK, PAPER, Picture

TITLES = ("Share of wallet", "Joint planning in place")


def heat(*rows: tuple[float, float], titles: tuple[str, ...] = TITLES) -> pd.DataFrame:
    """A frame as `kam.report.tables.heat` makes it; a row is a customer's values, raw is 3 x."""
    return pd.DataFrame(
        [
            (
                f"c{place}",
                f"Customer {place}",
                title.lower(),
                title,
                value,
                3 * value,
                "%",
                False,
                False,
            )
            for place, values in enumerate(rows)
            for title, value in zip(titles, values, strict=True)
        ],
        columns=[
            "customer",
            "name",
            "criterion",
            "title",
            "value",
            "raw",
            "unit",
            "beyond",
            "apart",
        ],
    )


def said(picture: Picture) -> list[str]:
    return [row["text"] for row in picture.datasets["words"]]


def cell(picture: Picture, start: str) -> dict[str, Any]:
    """The one cell whose tooltip starts so."""
    [row] = [row for row in picture.datasets["rects"] if row["tip"].startswith(start)]
    return row


def number_in(picture: Picture, start: str) -> dict[str, Any]:
    """The words in the middle of a cell."""
    box = cell(picture, start)
    [row] = [
        row
        for row in picture.datasets["words"]
        if box["x"] < row["x"] < box["x2"] and box["y"] < row["y"] < box["y2"]
    ]
    return row


def test_a_customer_is_a_row_and_a_criterion_a_column() -> None:
    picture = heatmap(heat((1.0, 2.0), (3.0, 4.0)))
    first, right = cell(picture, "Customer 0, Share"), cell(picture, "Customer 0, Joint")
    below = cell(picture, "Customer 1, Share")
    assert (first["y"], first["x2"] < right["x"]) == (right["y"], True)
    assert (first["x"], first["y2"] < below["y"]) == (below["x"], True)


def test_a_cell_holds_the_raw_level_and_its_tooltip_the_rest() -> None:
    picture = heatmap(heat((1.5, 2.0)))
    assert number_in(picture, "Customer 0, Share")["text"] == "4.5"
    assert cell(picture, "Customer 0, Share")["tip"].endswith("4.5 %, worth 1.5")


def test_a_cell_is_as_blue_as_its_value() -> None:
    picture = heatmap(heat((0.0, 10.0)))
    assert cell(picture, "Customer 0, Share")["fill"] == BLUES[0]
    assert cell(picture, "Customer 0, Joint")["fill"] == BLUES[-1]


def test_numbers_are_dark_on_light_cells_and_white_on_dark_ones() -> None:
    picture = heatmap(heat((2.0, 9.0)))
    assert number_in(picture, "Customer 0, Share")["color"] == INK
    assert number_in(picture, "Customer 0, Joint")["color"] == PAPER


@given(st.floats(0, 10))
def test_every_number_can_be_read_on_the_blue_of_its_cell(value: float) -> None:
    assert contrast(ink_on(blue(value)), blue(value)) >= READABLE


def test_where_neither_ink_nor_white_can_be_read_the_number_is_black() -> None:
    inks = [ink_on(blue(value / 100)) for value in range(1001)]
    assert list(dict.fromkeys(inks)) == [INK, BLACK, PAPER]
    assert inks.count(BLACK) < 60


def test_contrast_is_the_standards_own() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast(INK, INK) == 1
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.005)


def test_unknown_is_a_question_mark_on_a_light_cell_never_a_zero() -> None:
    picture = heatmap(heat((math.nan, 5.0)))
    assert number_in(picture, "Customer 0: unknown")["text"] == "?"
    assert cell(picture, "Customer 0: unknown")["fill"] == PAPER
    assert "1 are unknown" in picture.alt


def test_zero_is_a_number() -> None:
    assert number_in(heatmap(heat((0.0, 5.0))), "Customer 0, Share")["text"] == "0"


@pytest.mark.parametrize(("page", "first", "count"), [(0, 0, PAGE), (1, PAGE, PAGE), (2, 40, 3)])
def test_a_page_shows_the_next_twenty_customers(page: int, first: int, count: int) -> None:
    picture = heatmap(heat(*[(1.0, 2.0)] * 43), page=page)
    names = [text for text in said(picture) if text.startswith("Customer")]
    assert names == [f"Customer {place}" for place in range(first, first + count)]
    assert len(picture.datasets["rects"]) == 2 * count


def test_titles_are_cut_to_the_width_of_their_column() -> None:
    long = ("Willingness to open the whole of its development plans to us early", "B")
    picture = heatmap(heat((1.0, 2.0), titles=long), width=400)
    titles = [row for row in picture.datasets["words"] if row["weight"] == 600]
    assert len(titles) in (3, 4)
    assert all(text_width(row["text"], row["size"], 400) <= 105 for row in titles)


def test_twenty_rows_fit_a_page_at_720_px() -> None:
    assert heatmap(heat(*[(1.0, 2.0)] * 20)).spec["height"] <= 560


def test_other_scores_leave_the_spec_alone() -> None:
    one, other = heatmap(heat((1.0, 2.0))), heatmap(heat((math.nan, 9.0), titles=("X", "Y")))
    assert one.spec is other.spec
    assert "Customer" not in json.dumps(one.spec)


def test_unknown_levels_are_not_sent_as_nan() -> None:
    picture = heatmap(heat((math.nan, math.nan)))
    assert json.loads(json.dumps(picture.whole(), allow_nan=False))["datasets"]["rects"]


def test_nobody_to_show_is_an_empty_picture_with_words() -> None:
    picture = heatmap(heat())
    assert picture.datasets["rects"] == []
    assert picture.alt.startswith("Scores of 0 customers")


def test_blue_passes_through_its_five_steps() -> None:
    assert [blue(value) for value in (0, 2.5, 5, 7.5, 10)] == list(BLUES)


def test_blue_is_mixed_in_rgb() -> None:
    """Half way from #FFFFFF to #DCE6F2."""
    assert blue(1.25) == "#EEF2F8"


@given(st.floats(0, 10), st.floats(0, 10))
def test_a_better_value_is_never_lighter(one: float, other: float) -> None:
    low, high = sorted((one, other))
    light, dark = (int(blue(value)[1:3], 16) for value in (low, high))
    assert light >= dark


def test_a_level_beyond_the_anchors_has_an_orange_corner_and_says_so() -> None:
    frame = heat((10.0, 5.0))
    frame["beyond"] = [True, False]
    picture = heatmap(frame)
    corners = [row for row in picture.datasets["rects"] if row["fill"] == ATTENTION]
    box, *_ = [row for row in picture.datasets["rects"] if "Share" in row["tip"]]
    [corner] = corners
    assert corner["tip"] == "Customer 0, Share of wallet: 30 %, worth 10.0, beyond its levels"
    assert (corner["x2"], corner["y"]) == (box["x2"], box["y"])
    assert corner["x2"] - corner["x"] == corner["y2"] - corner["y"] < box["y2"] - box["y"]


def test_a_score_whose_votes_differ_has_a_dot_and_says_so() -> None:
    frame = heat((10.0, 5.0))
    assert heatmap(frame).datasets["dots"] == []
    frame["apart"] = [False, True]
    picture = heatmap(frame)
    [dot] = [row for row in picture.datasets["dots"] if row["tip"]]
    box = cell(picture, "Customer 0, Joint")
    assert box["tip"].endswith(", votes differ")
    assert dot["tip"] == box["tip"]
    assert box["x"] < dot["x"] < box["x2"]
    assert box["y"] < dot["y"] < box["y2"]
    assert "votes differ" in said(picture)


def test_levels_within_the_anchors_have_no_corner() -> None:
    picture = heatmap(heat((10.0, 0.0)))
    assert ATTENTION not in {row["fill"] for row in picture.datasets["rects"]}
