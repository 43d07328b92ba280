"""Who moved between two states: everything in its place, every name readable."""

from itertools import combinations, pairwise
from typing import Any

import altair as alt
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kam.charts.labels import text_width
from kam.charts.slope import APART, HEAD, MOST_LINES, ZONE_WORDS, SlopeLine, slope
from kam.charts.theme import AXIS, FILL, INK_2, TINT, WORDS, Picture, Rows
from kam.model import Class

NAVY, ORANGE = FILL[Class.KEY_STRATEGIC], FILL[Class.STRATEGIC]
ENDS = ("Autumn 2025", "Now")
IN = SlopeLine("Larkfield", -0.4, 1.0)
OUT = SlopeLine("Quarrystone", 0.1, -2.2)
NEAR = SlopeLine("Glasson", 0.3, 0.3)
FAR = SlopeLine("Hevlin", 2.5, 2.6)
THREE = [IN, OUT, NEAR]
LINES = st.lists(
    st.builds(
        SlopeLine,
        name=st.text("abcdefgh WM", min_size=1, max_size=40),
        before=st.floats(-10, 5),
        after=st.floats(-10, 5),
        told=st.booleans(),
    ),
    max_size=30,
)


def drawn(*lines: SlopeLine) -> Picture:
    return slope(lines, ENDS, 640)


def said(picture: Picture) -> list[str]:
    return [row["text"] for row in picture.datasets["words"]]


def strokes(picture: Picture, color: str) -> Rows:
    return [row for row in picture.datasets["lines"] if row["color"] == color]


def word(picture: Picture, beginning: str) -> dict[str, Any]:
    """The one row of words that contains this."""
    [row] = [row for row in picture.datasets["words"] if beginning in row["text"]]
    return row


def span(row: dict[str, Any]) -> tuple[float, float]:
    """Where words begin and end, px."""
    wide = text_width(row["text"], row["size"], row["weight"])
    shift = {"left": 0.0, "center": wide / 2, "right": wide}[row["align"]]
    return row["x"] - shift, row["x"] - shift + wide


def test_who_came_in_is_navy_who_went_out_orange_the_others_grey() -> None:
    picture = drawn(*THREE)
    assert [row["width"] for row in strokes(picture, NAVY)] == [4.5]
    assert [row["width"] for row in strokes(picture, ORANGE)] == [4.5]
    assert [row["width"] for row in strokes(picture, AXIS)] == [2.2]


def test_names_stand_at_both_sides_with_their_points() -> None:
    words = said(drawn(*THREE))
    assert "Larkfield −0.4" in words
    assert "+1.0 Larkfield" in words
    assert "Quarrystone +0.1" in words
    assert "−2.2 Quarrystone" in words


def test_names_of_those_that_crossed_are_bold_in_their_colour() -> None:
    picture = drawn(*THREE)
    assert word(picture, "+1.0 Larkfield")["color"] == WORDS[Class.KEY_STRATEGIC]
    assert word(picture, "−2.2 Quarrystone")["color"] == WORDS[Class.STRATEGIC]
    assert word(picture, "+0.3 Glasson")["weight"] == 400


def test_both_states_are_named_above_their_sides() -> None:
    picture = drawn(*THREE)
    then, now = word(picture, "Autumn 2025"), word(picture, "Now")
    assert then["y"] == now["y"] < HEAD
    assert span(then)[1] < span(now)[0]


def test_the_key_zone_is_tinted_down_to_its_edge() -> None:
    picture = drawn(*THREE)
    [zone] = picture.datasets["rects"]
    [edge] = strokes(picture, INK_2)
    assert zone["fill"] == TINT[Class.KEY_STRATEGIC]
    assert zone["y2"] == edge["y"]
    assert ZONE_WORDS in said(picture)
    [navy] = strokes(picture, NAVY)
    assert navy["y2"] < edge["y"] < navy["y"]


def test_exactly_on_the_edge_is_inside() -> None:
    assert SlopeLine("a", -1.0, 0.0).came_in
    assert SlopeLine("a", 0.0, -1.0).went_out
    assert not SlopeLine("a", 0.0, 0.0).came_in


def test_who_is_far_and_did_not_change_is_only_counted() -> None:
    picture = drawn(*THREE, FAR)
    assert not [text for text in said(picture) if "Hevlin" in text]
    assert "1 more moved less, or farther away from the edge" in said(picture)


def test_who_changed_class_is_drawn_wherever_it_stands() -> None:
    told = SlopeLine("Hevlin", 2.5, 2.6, told=True)
    assert "+2.6 Hevlin" in said(drawn(*THREE, told))


def test_of_many_those_that_crossed_are_kept_before_others() -> None:
    many = [SlopeLine(f"Near {n}", 0.1, 0.2) for n in range(40)]
    words = said(drawn(*many, IN, OUT))
    assert "+1.0 Larkfield" in words
    assert "−2.2 Quarrystone" in words
    assert sum("Near" in text for text in words) == 2 * (MOST_LINES - 2)
    assert f"{42 - MOST_LINES} more moved less, or farther away from the edge" in words


@pytest.mark.parametrize("lines", [[], [FAR]])
def test_nothing_near_the_edge_is_told_in_words(lines: list[SlopeLine]) -> None:
    picture = drawn(*lines)
    assert said(picture) == ["Nobody is near the edge of the key zone in both states."]
    assert picture.alt == said(picture)[0]


def test_the_words_for_those_who_cannot_see_it_name_who_crossed() -> None:
    assert drawn(*THREE).alt == (
        "Points inside or outside the key zone of 3 customers, Autumn 2025 and Now. "
        "Came in: Larkfield. Went out: Quarrystone."
    )
    assert "Came in: nobody. Went out: nobody." in drawn(NEAR, FAR).alt


FLAT = [SlopeLine(f"Near {n}", 0.1, 0.14) for n in range(40)]


def test_where_nobody_moved_that_is_said_once_and_no_flat_line_is_drawn() -> None:
    picture = drawn(*FLAT)
    assert said(picture) == ["Nobody moved."]
    assert picture.alt == "Nobody moved."
    assert not picture.datasets["lines"]


@pytest.mark.parametrize(
    "one", [SlopeLine("Ash", -0.01, 0.01), SlopeLine("Ash", 0.1, 0.1, told=True), IN]
)
def test_one_that_moved_crossed_or_changed_class_makes_it_a_picture(one: SlopeLine) -> None:
    assert one.name in " ".join(said(drawn(*FLAT, one)))


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        ([IN, OUT, NEAR], "Crossed the edge of the key zone: 1 in (navy), 1 out (orange)."),
        ([IN], "Crossed the edge of the key zone: 1 in (navy), 0 out (orange)."),
        ([SlopeLine("Ash", 0.1, 0.3, told=True)], "Nobody crossed the edge of the key zone."),
    ],
)
def test_the_heading_says_what_the_colours_tell(lines: list[SlopeLine], words: str) -> None:
    picture = drawn(*lines)
    assert word(picture, words)["y"] < word(picture, "Now")["y"]


def test_the_spec_stays_the_same_while_the_data_change() -> None:
    assert drawn(*THREE).spec is drawn(NEAR).spec


def test_the_whole_is_a_chart_that_vega_lite_takes() -> None:
    alt.Chart.from_dict(drawn(*THREE).whole())


@example([SlopeLine("M", 0.0, -10.0)], 560)  # one letter, and more figures than letters
@given(LINES, st.integers(560, 1180))
def test_no_two_names_of_a_side_touch_and_none_leaves_the_sheet(
    lines: list[SlopeLine], width: int
) -> None:
    picture = slope(lines, ENDS, width)
    rows = [row for row in picture.datasets["words"] if row["size"] == 14]
    for row in rows:
        start, end = span(row)
        assert -1.5 <= start <= end <= width + 1.5
        assert 0 <= row["y"] <= picture.spec["height"]
    for side in ("left", "right"):
        places = sorted(row["y"] for row in rows if row["align"] == side)
        assert all(b - a >= APART - 1e-6 for a, b in pairwise(places))


@given(LINES)
def test_every_dot_lies_on_the_sheet_and_higher_is_better(lines: list[SlopeLine]) -> None:
    picture = slope(lines, ENDS, 640)
    dots = picture.datasets["dots"]
    assert all(HEAD <= dot["y"] <= picture.spec["height"] for dot in dots)
    shown = [line for line in lines if any(f" {line.name}" in t for t in said(picture))]
    if len({line.name for line in lines}) < len(lines):
        return
    at = {dot["tip"]: dot["y"] for dot in dots}
    for one, other in combinations(shown, 2):
        y = [at.get(f"{line.name} {line.after:+.1f}".replace("-", "−")) for line in (one, other)]
        if None not in y and one.after > other.after + 0.2:
            assert y[0] < y[1]  # type: ignore[operator]  # neither is None here


def test_long_names_are_cut_with_an_ellipsis_and_keep_their_points() -> None:
    long = SlopeLine("The Very Long Name of a Holding Company Limited by Shares", -0.4, 0.4)
    words = [text for text in said(drawn(long)) if "Very" in text]
    assert all("…" in text for text in words)
    assert words[0].endswith(" −0.4")
    assert words[1].startswith("+0.4 ")
