"""One customer's score and what moves it: the line, the bars and their words are all readable."""

import json
import math
from itertools import combinations, pairwise
from typing import Any

import altair as alt
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kam.charts.labels import text_width
from kam.charts.theme import INK, Picture, Rows
from kam.charts.tornado import (
    CROSSES,
    DASH,
    LEAST_SPAN,
    SPACE,
    STAYS,
    TornadoBar,
    dashes,
    tick_words,
    ticks,
    tornado,
)

FIT = TornadoBar("Strategic fit", 5.9, 6.4, "31 points", "5 points", crosses=True)
GROWTH = TornadoBar("Growth", 6.1, 6.3, "13 points", "31 points", crosses=False)
MARGIN = TornadoBar("Margin", 6.2, 6.2, "27 points", "13 points", crosses=False)
THREE = [FIT, GROWTH, MARGIN]


def drawn(width: int = 900) -> Picture:
    return tornado(THREE, 6.2, 6.0, width)


def said(picture: Picture) -> list[str]:
    return [row["text"] for row in picture.datasets["words"]]


def word(picture: Picture, text: str) -> dict[str, Any]:
    """The first row of words that says `text`."""
    return next(row for row in picture.datasets["words"] if row["text"] == text)


def bar(picture: Picture, name: str) -> dict[str, Any]:
    """The one bar of a row."""
    [row] = [row for row in picture.datasets["rects"] if row["tip"].startswith(f"{name}:")]
    return row


def now_line(picture: Picture) -> dict[str, Any]:
    [row] = [row for row in picture.datasets["lines"] if row["color"] == INK]
    return row


def cut_off(picture: Picture) -> Rows:
    """The strokes of the cut-off, from top to bottom."""
    upright = [row for row in picture.datasets["lines"] if row["x"] == row["x2"]]
    return [row for row in upright if row["color"] != INK]


def box(row: dict[str, Any]) -> tuple[float, float, float, float]:
    """Left, top, right and bottom of words, px."""
    wide = text_width(row["text"], row["size"], row["weight"])
    left = row["x"] - {"left": 0.0, "center": wide / 2, "right": wide}[row["align"]]
    return left, row["y"] - row["size"] / 2, left + wide, row["y"] + row["size"] / 2


def touch(one: tuple[float, ...], other: tuple[float, ...]) -> bool:
    return (
        min(one[2], other[2]) > max(one[0], other[0])
        and min(one[3], other[3]) > max(one[1], other[1])
    )  # fmt: skip


def assert_readable(picture: Picture) -> None:
    """No words touch each other or a bar, or leave the sheet; no line runs through them."""
    boxes = [box(row) for row in picture.datasets["words"]]
    assert not [pair for pair in combinations(boxes, 2) if touch(*pair)]
    assert min(left for left, *_ in boxes) >= -2
    assert max(right for *_, right, _ in boxes) <= picture.spec["width"] + 2
    bars = [row for row in picture.datasets["rects"] if row["tip"]]
    for row in bars:
        assert not [b for b in boxes if touch(b, (row["x"], row["y"], row["x2"], row["y2"]))]
    for line in cut_off(picture):
        stroke = (line["x"] - 0.5, line["y"], line["x"] + 0.5, line["y2"])
        assert not [b for b in boxes if touch(b, stroke)]


# --- bars -----------------------------------------------------------------------------------------


def test_a_bar_runs_from_the_lowest_to_the_highest_score() -> None:
    picture = drawn()
    fit, growth = bar(picture, "Strategic fit"), bar(picture, "Growth")
    assert (fit["x2"] - fit["x"]) / (growth["x2"] - growth["x"]) == pytest.approx(0.5 / 0.2)
    assert fit["x"] < growth["x"] < now_line(picture)["x"] < growth["x2"] < fit["x2"]


def test_only_a_bar_that_crosses_the_cut_off_is_orange() -> None:
    picture = drawn()
    fills = [bar(picture, row.name)["fill"] for row in THREE]
    assert fills == [CROSSES, STAYS, STAYS]


def test_what_moves_next_to_nothing_can_still_be_seen() -> None:
    margin = bar(drawn(), "Margin")
    assert margin["x2"] - margin["x"] >= 2


def test_the_ends_are_in_words_beside_their_ends() -> None:
    picture = drawn()
    fit = bar(picture, "Strategic fit")
    low, high = word(picture, "31 points"), word(picture, "5 points")
    assert (low["align"], high["align"]) == ("right", "left")
    assert low["x"] < fit["x"] < fit["x2"] < high["x"]
    assert low["y"] == high["y"] == word(picture, "Strategic fit")["y"]


def test_rows_are_drawn_in_the_order_in_which_they_come() -> None:
    picture = drawn()
    assert [word(picture, row.name)["y"] for row in THREE] == sorted(
        word(picture, row.name)["y"] for row in THREE
    )


def test_pointing_at_a_bar_tells_both_scores_and_how_to_get_there() -> None:
    assert bar(drawn(), "Growth")["tip"] == "Growth: 6.1 at 13 points, 6.3 at 31 points"


# --- the two lines --------------------------------------------------------------------------------


def test_the_score_as_it_stands_is_an_unbroken_line_and_the_cut_off_a_dashed_one() -> None:
    picture = drawn()
    now, strokes = now_line(picture), cut_off(picture)
    assert now["y2"] - now["y"] > 3 * 40
    assert len(strokes) > 5
    assert all(row["y2"] - row["y"] <= DASH + 1e-9 for row in strokes)


def test_both_lines_stand_at_their_scores() -> None:
    picture = drawn()
    fit = bar(picture, "Strategic fit")
    per_point = (fit["x2"] - fit["x"]) / 0.5
    assert now_line(picture)["x"] == pytest.approx(fit["x"] + 0.3 * per_point)
    assert cut_off(picture)[0]["x"] == pytest.approx(fit["x"] + 0.1 * per_point)


def test_both_lines_have_their_values_above_them() -> None:
    picture = drawn()
    assert word(picture, "now 6.2")["x"] == pytest.approx(now_line(picture)["x"])
    assert word(picture, "cut-off 6")["x"] == pytest.approx(cut_off(picture)[0]["x"])


@pytest.mark.parametrize("line", [6.15, 6.2, 6.25])
def test_values_of_lines_that_nearly_meet_stand_apart_and_in_order(line: float) -> None:
    picture = tornado([GROWTH], 6.2, line, 480)
    assert_readable(picture)
    now, cut = word(picture, "now 6.2")["x"], word(picture, f"cut-off {line:g}")["x"]
    assert line == 6.2 or (now < cut) == (line > 6.2)


def test_the_dashes_leave_the_words_at_the_ends_of_bars_free() -> None:
    """At this width the words of the third bar stand across the cut-off."""
    picture = tornado(THREE, 6.2, 6.05, 440)
    assert_readable(picture)
    gaps = [lower["y"] - upper["y2"] for upper, lower in pairwise(cut_off(picture))]
    assert max(gaps) > SPACE + DASH


@pytest.mark.parametrize("width", [440, 600, 724, 1112])
def test_everything_is_readable_at_every_width(width: int) -> None:
    assert_readable(drawn(width))


@given(
    st.lists(st.tuples(st.floats(0, 10), st.floats(0, 10)), min_size=1, max_size=6),
    st.floats(0, 1),
    st.floats(0, 10),
)
def test_everything_is_readable_whatever_the_scores(
    pairs: list[tuple[float, float]], part: float, line: float
) -> None:
    """The score as it stands lies within every bar; its line is not what is looked at here."""
    low, high = max(min(pair) for pair in pairs), min(max(pair) for pair in pairs)
    now = min(low, high) + part * abs(high - low)
    rows = [
        TornadoBar(f"Row {n}", min(*pair, now), max(*pair, now), "9 points", "25 %", crosses=False)
        for n, pair in enumerate(pairs)
    ]
    assert_readable(tornado(rows, now, line, 600))


# --- the axis -------------------------------------------------------------------------------------


def test_trifles_look_like_trifles() -> None:
    """A bar of 0.01 points takes a fiftieth of the axis, not all of it."""
    tiny = TornadoBar("Tiny", 6.195, 6.205, "1", "2", crosses=False)
    wide = TornadoBar("Wide", 6.2 - LEAST_SPAN / 2, 6.2 + LEAST_SPAN / 2, "1", "2", crosses=False)
    one, other = tornado([tiny], 6.2, 6.2, 900), tornado([wide], 6.2, 6.2, 900)
    small, large = (bar(p, n) for p, n in ((one, "Tiny"), (other, "Wide")))
    assert small["x2"] - small["x"] < 0.03 * (large["x2"] - large["x"])


def test_no_tick_leaves_the_scale_from_0_to_10() -> None:
    whole = TornadoBar("All", 0.0, 10.0, "0 points", "60 points", crosses=True)
    texts = said(tornado([whole], 5.0, 5.0, 900))
    assert {"0", "2", "4", "6", "8", "10"} <= set(texts)
    assert not {"-2", "−2", "12"} & set(texts)


@given(st.floats(-10, 10), st.floats(0.01, 20), st.integers(2, 12))
def test_ticks_are_evenly_spaced_inside_and_not_too_many(
    low: float, length: float, most: int
) -> None:
    marks = ticks(low, low + length, most)
    assert len(marks) <= most + 1
    assert all(low - 1e-6 <= mark <= low + length + 1e-6 for mark in marks)
    steps = [after - before for before, after in pairwise(marks)]
    assert steps == pytest.approx([steps[0]] * len(steps)) if steps else True


def test_ticks_are_round() -> None:
    assert ticks(5.83, 6.52, 8) == [5.9, 6.0, 6.1, 6.2, 6.3, 6.4, 6.5]
    assert ticks(0, 60, 7) == [0, 10, 20, 30, 40, 50, 60]


def test_ticks_have_the_decimals_of_their_neighbours_and_a_real_minus_sign() -> None:
    assert [tick_words(mark, [-0.5, 0.0, 0.5]) for mark in (-0.5, 0.0)] == ["−0.5", "0.0"]
    assert tick_words(2.0, [1.0, 2.0]) == "2"


# --- dashes ---------------------------------------------------------------------------------------


def test_dashes_are_of_one_length_and_evenly_apart() -> None:
    strokes = list(dashes((0, 0), (0, 26)))
    assert strokes == [((0, 0), (0, 6)), ((0, 10), (0, 16)), ((0, 20), (0, 26))]


@given(*[st.floats(-500, 500)] * 4)
def test_dashes_stay_between_the_ends_of_the_line(a: float, b: float, c: float, d: float) -> None:
    whole = math.dist((a, b), (c, d))
    for start, end in dashes((a, b), (c, d)):
        assert math.dist((a, b), start) + math.dist(start, (c, d)) == pytest.approx(whole, abs=1e-6)
        assert math.dist(start, end) <= DASH + 1e-6
        assert math.dist((a, b), end) <= whole + 1e-6


# --- the whole ------------------------------------------------------------------------------------


def test_the_message_is_told_to_those_who_cannot_see_it() -> None:
    assert drawn().alt == (
        "Score now 6.2, cut-off 6. 1 of 3 can carry it across the cut-off: Strategic fit. "
        "The longest bar is Strategic fit, from 5.9 to 6.4."
    )


def test_without_a_bar_there_is_a_sentence() -> None:
    picture = tornado([], 6.2, 6.0, 500)
    assert said(picture) == [picture.alt] == ["No weight and no score has a range yet."]


def test_a_long_name_is_cut() -> None:
    long = TornadoBar("A criterion whose name goes on " * 3, 6, 6.5, "1", "2", crosses=False)
    assert [text for text in said(tornado([long], 6.2, 6.0, 500)) if text.endswith("…")]


def test_other_scores_leave_the_spec_alone() -> None:
    one, other = drawn(), tornado(THREE[::-1], 3.0, 7.0, 900)
    assert one.spec is other.spec
    assert "Growth" not in json.dumps(one.spec)
    alt.Chart.from_dict(one.spec)
