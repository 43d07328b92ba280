"""Weights with the votes on them: every vote is seen, none covers another, none leaks."""

import json
import math
from collections.abc import Sequence
from itertools import combinations
from typing import Any

import altair as alt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kam.charts.theme import (
    AMOUNT,
    ATTENTION,
    ATTENTION_TINT,
    GRID,
    INK_3,
    NAVY,
    PAPER,
    Picture,
    Rows,
)
from kam.charts.votes import FOOT, LOW, RADII, TALL, WeightVotes, weight_votes
from tests.test_charts_stakes import LARGE, NASTY, SMALL, WIDTHS, box, boxes, collisions, outside

POINTS = st.floats(0, 100) | st.integers(0, 100).map(float)
VOTES = st.lists(POINTS, max_size=12).map(tuple)
MIDDLE = st.tuples(st.floats(0, 50), st.floats(50, 100))
ROWS = st.lists(
    st.builds(WeightVotes, NASTY, POINTS, VOTES, MIDDLE, VOTES, st.booleans(), NASTY),
    min_size=1,
    max_size=8,
)
LONG = "Share of the wallet that we could win within the next 3 years"

MARGIN_ROW = WeightVotes(
    "Margin potential", 21, (17, 19, 19, 20, 20, 22, 22, 24), (19, 22), words="votes 17–24"
)
FIT = WeightVotes(
    "Strategic fit",
    15,
    (5, 8, 9, 13, 16, 25, 25, 27),
    (8.5, 25),
    talk=True,
    words="Talk about this: votes from 5 to 27",
)
QUIET = WeightVotes("Access", 12, (), None)


def voted(*votes: float, weight: float = 20, earlier: tuple[float, ...] = ()) -> WeightVotes:
    """A row of which only the numbers matter."""
    return WeightVotes("Margin", weight, votes, None, earlier)


def said(picture: Picture) -> list[str]:
    return [row["text"] for row in picture.datasets["words"]]


def word(picture: Picture, text: str) -> dict[str, Any]:
    """The one text that begins so."""
    [row] = [row for row in picture.datasets["words"] if row["text"].startswith(text)]
    return row


def rects(picture: Picture, fill: str) -> Rows:
    return [row for row in picture.datasets["rects"] if row["fill"] == fill]


def dots(picture: Picture, fill: str = NAVY) -> Rows:
    return [row for row in picture.datasets["dots"] if row["fill"] == fill]


def scale(picture: Picture) -> tuple[float, float]:
    """Where no points stand, and how many px a point is, from the numbers of the axis."""
    ticks = [row for row in picture.datasets["words"] if row["align"] == "center"]
    first, last = ticks[0], ticks[-1]
    return first["x"], (last["x"] - first["x"]) / float(last["text"])


def points(picture: Picture, x: float) -> float:
    """How many points stand at so many px."""
    zero, each = scale(picture)
    return (x - zero) / each


# --- bars and numbers -----------------------------------------------------------------------------


def test_a_bar_is_as_long_as_the_weight_on_the_axis() -> None:
    picture = weight_votes([MARGIN_ROW, FIT, QUIET], LARGE)
    bars = rects(picture, AMOUNT)
    assert {round(points(picture, bar["x"]), 6) for bar in bars} == {0}
    assert [points(picture, bar["x2"]) for bar in bars] == pytest.approx([21, 15, 12])


def test_the_axis_starts_at_nothing_even_for_small_weights() -> None:
    picture = weight_votes([voted(2, 3, 4, weight=3)], SMALL)
    ticks = [row["text"] for row in picture.datasets["words"] if row["align"] == "center"]
    assert ticks == ["0", "5", "10", "15", "20"]


@pytest.mark.parametrize("row", [voted(0, 50, 100), voted(0, 50, earlier=(100,))])
def test_all_votes_have_their_place_on_the_axis(row: WeightVotes) -> None:
    picture = weight_votes([row], SMALL)
    far = max(dot["x"] for dot in picture.datasets["dots"])
    [number] = [row for row in picture.datasets["words"] if row["size"] == 24]
    assert points(picture, far) == pytest.approx(100)
    assert far + RADII[0] < box(number).left


def test_the_number_is_bold_and_on_the_row_of_its_name() -> None:
    picture = weight_votes([MARGIN_ROW, QUIET], LARGE)
    for name, number in (("Margin potential", "21"), ("Access", "12")):
        assert word(picture, number)["y"] == word(picture, name)["y"]
        assert (word(picture, number)["size"], word(picture, number)["weight"]) == (24, 700)


def test_rows_stand_in_the_order_given() -> None:
    picture = weight_votes([QUIET, FIT, MARGIN_ROW], LARGE)
    heights = [word(picture, name)["y"] for name in ("Access", "Strategic fit", "Margin")]
    assert heights == sorted(heights)


def test_faint_lines_of_the_axis_lie_behind_the_bars() -> None:
    fills = [row["fill"] for row in weight_votes([MARGIN_ROW], LARGE).datasets["rects"]]
    assert fills.index(AMOUNT) > max(place for place, fill in enumerate(fills) if fill == GRID)


def test_up_to_six_rows_are_tall_and_eight_fit_on_a_projector() -> None:
    six, eight = (weight_votes([QUIET] * count, SMALL).spec["height"] for count in (6, 8))
    assert six >= 6 * TALL
    assert 8 * LOW <= eight < 560


# --- votes ----------------------------------------------------------------------------------------


def test_a_vote_is_a_dot_at_its_own_points() -> None:
    picture = weight_votes([MARGIN_ROW], LARGE)
    assert [points(picture, dot["x"]) for dot in dots(picture)] == pytest.approx(MARGIN_ROW.votes)
    assert dots(picture)[0]["tip"] == "17 points"


def test_one_point_is_told_as_one() -> None:
    tips = [dot["tip"] for dot in dots(weight_votes([voted(0, 1, 2)], LARGE))]
    assert tips == ["0 points", "1 point", "2 points"]


def test_a_vote_alone_stands_on_the_line_of_its_row() -> None:
    picture = weight_votes([voted(5, 20, 60)], LARGE)
    assert {dot["y"] for dot in dots(picture)} == {word(picture, "Margin")["y"]}


def test_two_equal_votes_stand_evenly_above_and_below() -> None:
    picture = weight_votes([voted(5, 5)], LARGE)
    upper, lower = sorted(dot["y"] for dot in dots(picture))
    assert (upper + lower) / 2 == pytest.approx(word(picture, "Margin")["y"])
    assert lower - upper >= 2 * RADII[0]


@settings(max_examples=60, deadline=None)
@given(ROWS, WIDTHS)
def test_no_dot_covers_another_also_not_of_the_round_before(
    rows: Sequence[WeightVotes], width: int
) -> None:
    drawn = weight_votes(rows, width).datasets["dots"]
    assert len(drawn) == sum(len(row.votes) + len(row.earlier) for row in rows)
    for one, other in combinations(drawn, 2):
        apart = math.hypot(one["x"] - other["x"], one["y"] - other["y"])
        assert apart >= sum(math.sqrt(dot["area"] / math.pi) for dot in (one, other))


@settings(max_examples=40, deadline=None)
@given(ROWS, WIDTHS)
def test_dots_of_one_row_never_reach_into_the_next(rows: Sequence[WeightVotes], width: int) -> None:
    picture = weight_votes(rows, width)
    drawn = iter(picture.datasets["dots"])
    floor = 0.0
    for row, bar in zip(rows, rects(picture, AMOUNT), strict=True):
        mine = [next(drawn) for _ in (*row.votes, *row.earlier)]
        upper = min([bar["y"], *(dot["y"] - RADII[-1] for dot in mine)])
        assert upper >= floor
        floor = max([bar["y2"], *(dot["y"] + RADII[-1] for dot in mine)])
    assert floor <= picture.spec["height"] - FOOT


def test_dots_have_their_full_size_unless_many_are_equal() -> None:
    usual = weight_votes([MARGIN_ROW, FIT], LARGE).datasets["dots"]
    crowded = weight_votes([voted(*[20.0] * 6)], LARGE).datasets["dots"]
    assert {dot["area"] for dot in usual} == {math.pi * RADII[0] ** 2}
    assert {dot["area"] for dot in crowded} == {math.pi * RADII[1] ** 2}


def test_twelve_equal_votes_make_their_row_taller() -> None:
    plain = weight_votes([voted(20, 30)], LARGE).spec["height"]
    assert weight_votes([voted(*[20.0] * 12)], LARGE).spec["height"] > plain


def test_the_round_before_is_hollow_and_gives_way() -> None:
    picture = weight_votes([voted(20, earlier=(20, 27))], LARGE)
    [now], before = dots(picture), dots(picture, PAPER)
    assert now["y"] == word(picture, "Margin")["y"]
    assert [points(picture, dot["x"]) for dot in before] == pytest.approx([20, 27])
    assert all(dot["edge"] != PAPER for dot in before)
    assert before[0]["tip"] == "20 points the round before"


def test_the_middle_half_is_a_line_of_three_px() -> None:
    picture = weight_votes([FIT], LARGE)
    [line] = picture.datasets["lines"]
    ends = [points(picture, line[end]) for end in ("x", "x2")]
    assert ends == pytest.approx([8.5, 25])
    assert line["width"] == 3


def test_without_votes_there_are_a_bar_and_a_number_only() -> None:
    picture = weight_votes([QUIET], LARGE)
    assert picture.datasets["dots"] == picture.datasets["lines"] == []
    assert len(rects(picture, AMOUNT)) == 1
    assert not [text for text in said(picture) if "vote" in text]


def test_without_words_the_bars_take_their_room() -> None:
    wordless = rects(weight_votes([voted(20)], SMALL), AMOUNT)[0]
    told = rects(weight_votes([WeightVotes("Margin", 20, (), None, words="x")], SMALL), AMOUNT)[0]
    assert wordless["x2"] > told["x2"] + 100


# --- hidden ---------------------------------------------------------------------------------------


@given(VOTES, VOTES, MIDDLE)
def test_a_hidden_vote_changes_nothing_in_the_picture(
    votes: tuple[float, ...], earlier: tuple[float, ...], middle: tuple[float, float]
) -> None:
    """Neither a dot nor the length of the axis, a tip or the words for the blind give it away."""
    hidden = WeightVotes("Margin", 20, votes, middle, earlier, hidden=True)
    assert weight_votes([hidden], SMALL) == weight_votes([voted(weight=20)], SMALL)


def test_what_the_caller_says_of_hidden_votes_stays() -> None:
    row = WeightVotes("Margin", 20, (1, 2, 3), (1, 3), talk=True, words="8 votes", hidden=True)
    assert word(weight_votes([row], SMALL), "8 votes")["color"] == ATTENTION


# --- words ----------------------------------------------------------------------------------------


def test_a_row_to_talk_about_is_tinted_and_its_words_are_bold() -> None:
    picture = weight_votes([MARGIN_ROW, FIT], LARGE)
    [tint] = rects(picture, ATTENTION_TINT)
    assert tint["y"] < word(picture, "Strategic fit")["y"] < tint["y2"]
    assert not tint["y"] < word(picture, "Margin")["y"] < tint["y2"]
    loud, calm = word(picture, "Talk about this:"), word(picture, "votes 17")
    assert (loud["color"], loud["weight"]) == (ATTENTION, 700)
    assert (calm["color"], calm["weight"]) == (INK_3, 400)


@pytest.mark.parametrize("width", [SMALL, LARGE])
def test_a_name_of_sixty_letters_is_broken_not_cut(width: int) -> None:
    picture = weight_votes([WeightVotes(LONG, 20, (), None, words="votes 1–2")], width)
    name = [row["text"] for row in picture.datasets["words"] if row["size"] == 15]
    assert " ".join(name) == LONG


@settings(max_examples=60, deadline=None)
@given(ROWS, WIDTHS)
def test_words_touch_neither_words_nor_bars_and_stay_on_the_sheet(
    rows: Sequence[WeightVotes], width: int
) -> None:
    picture = weight_votes(rows, width)
    assert collisions(picture) == []
    assert outside(picture) == []


@settings(max_examples=40, deadline=None)
@given(ROWS, WIDTHS)
def test_no_dot_lies_on_a_word(rows: Sequence[WeightVotes], width: int) -> None:
    picture = weight_votes(rows, width)
    for dot in picture.datasets["dots"]:
        radius = math.sqrt(dot["area"] / math.pi)
        for text in boxes(picture):
            aside = max(text.left - dot["x"], dot["x"] - text.right)
            apart = max(text.top - dot["y"], dot["y"] - text.bottom)
            assert max(aside, apart) >= radius - 0.5


def test_the_weights_and_what_to_talk_about_are_told_in_words() -> None:
    told = weight_votes([MARGIN_ROW, FIT, QUIET], LARGE).alt
    assert told == (
        "Points of 100: Margin potential 21, Strategic fit 15, Access 12. 8 votes. "
        "Talk about Strategic fit."
    )


def test_without_criteria_it_says_so() -> None:
    picture = weight_votes([], SMALL)
    assert said(picture) == [picture.alt] == ["There is no criterion to weigh yet."]


# --- the picture ----------------------------------------------------------------------------------


def test_other_weights_and_votes_leave_the_spec_alone() -> None:
    """The viewer rebuilds a chart whose spec changed, and the room sees it flash."""
    one, other = weight_votes([MARGIN_ROW, FIT], LARGE), weight_votes([QUIET, QUIET], LARGE)
    assert one.spec is other.spec
    assert "Margin" not in json.dumps(one.spec)


def test_the_spec_is_valid_vega_lite_and_the_data_are_json() -> None:
    picture = weight_votes([MARGIN_ROW, FIT], LARGE)
    alt.Chart.from_dict(picture.spec)
    assert json.loads(json.dumps(picture.whole(), allow_nan=False))["datasets"]["dots"]
