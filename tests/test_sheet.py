"""The sheet: everything is data, the spec depends on its size alone."""

import math

import altair as alt
import pytest

from kam.charts.sheet import Sheet, Style


def drawn(width: int = 300, height: int = 100) -> Sheet:
    sheet = Sheet(width, height)
    sheet.rect((0, 10), (5, 15), "#0B3A6B", tip="a bar")
    sheet.line((0, 0), (10, 10), "#111827", 2)
    sheet.dot((5, 5), 4, "#0B3A6B")
    sheet.text((1, 2), "Hello", Style(18, 700, "#111827", "right"))
    return sheet


def test_the_spec_is_valid_vega_lite() -> None:
    alt.Chart.from_dict(drawn().picture("x").spec)


def test_two_sheets_of_one_size_share_one_spec_whatever_is_drawn_on_them() -> None:
    assert drawn().picture("a").spec is Sheet(300, 100).picture("b").spec
    assert drawn(301).picture("a").spec is not drawn().picture("a").spec


def test_what_was_drawn_is_in_the_data() -> None:
    data = drawn().picture("x").datasets
    assert data["rects"][0]["x2"] == 10
    assert data["rects"][0]["edge"] == "#0B3A6B"
    assert data["dots"][0]["area"] == pytest.approx(math.pi * 16)
    assert data["words"][0] == {
        "x": 1, "y": 2, "text": "Hello", "size": 18, "weight": 700, "color": "#111827",
        "align": "right",
    }  # fmt: skip


def test_the_words_for_those_who_cannot_see_it_are_kept() -> None:
    assert drawn().picture("Three bars").alt == "Three bars"
