"""One weight from 0 to 60 points: who crosses is seen, and every line has its name."""

import json
import math
from itertools import combinations, pairwise
from typing import Any

import altair as alt
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kam.charts.labels import text_width
from kam.charts.theme import ATTENTION_TINT, AXIS, FILL, INK, INK_2, LEADER, WORDS, Picture, Rows
from kam.charts.weight_lines import (
    APART,
    EDGE_WORDS,
    HEAD,
    MOST_LINES,
    CustomerLine,
    WeightRange,
    spread,
    weight_lines,
)
from kam.model import Class

ORANGE = FILL[Class.STRATEGIC]
FIT = WeightRange("Strategic fit", 18, 8, 35)
STEPS = tuple(float(step) for step in range(0, 61, 5))


def line(name: str, start: float, end: float, *, crosses: bool = False) -> CustomerLine:
    """A customer whose points go evenly from the one to the other."""
    points = tuple(start + (end - start) * step / 60 for step in STEPS)
    return CustomerLine(name, STEPS, points, crosses)


LARKFIELD = line("Larkfield", 1.6, -0.6, crosses=True)
GLASSON = line("Glasson", 0.4, 0.1)
KINLOCH = line("Kinloch", -1.4, -0.6)
THREE = [LARKFIELD, GLASSON, KINLOCH]


def said(picture: Picture) -> list[str]:
    return [row["text"] for row in picture.datasets["words"]]


def word(picture: Picture, text: str) -> dict[str, Any]:
    """The one row of words that says `text`."""
    [row] = [row for row in picture.datasets["words"] if row["text"] == text]
    return row


def strokes(picture: Picture, color: str) -> Rows:
    return [row for row in picture.datasets["lines"] if row["color"] == color]


def edge(picture: Picture) -> dict[str, Any]:
    """The edge of the key zone."""
    [row] = strokes(picture, INK_2)
    return row


def band(picture: Picture) -> dict[str, Any]:
    [row] = [row for row in picture.datasets["rects"] if row["fill"] == ATTENTION_TINT]
    return row


def now(picture: Picture) -> float:
    [row] = strokes(picture, INK)
    return float(row["x"])


def box(row: dict[str, Any]) -> tuple[float, float, float, float]:
    """Left, top, right and bottom of words, px."""
    wide = text_width(row["text"], row["size"], row["weight"])
    left = row["x"] - {"left": 0.0, "center": wide / 2, "right": wide}[row["align"]]
    return left, row["y"] - row["size"] / 2, left + wide, row["y"] + row["size"] / 2


def assert_words_stay_apart(picture: Picture) -> None:
    """No words touch each other or leave the sheet."""
    boxes = [box(row) for row in picture.datasets["words"]]
    for one, other in combinations(boxes, 2):
        across = min(one[2], other[2]) - max(one[0], other[0])
        down = min(one[3], other[3]) - max(one[1], other[1])
        assert across <= 0 or down <= 0
    assert min(left for left, *_ in boxes) >= -2
    assert max(right for *_, right, _ in boxes) <= picture.spec["width"] + 2
    assert max(bottom for *_, bottom in boxes) <= picture.spec["height"]


# --- lines ----------------------------------------------------------------------------------------


def test_only_a_customer_that_crosses_is_orange_and_thick() -> None:
    picture = weight_lines(THREE, FIT, 1112)
    steps = len(STEPS) - 1
    assert len(strokes(picture, ORANGE)) == steps
    assert {row["width"] for row in strokes(picture, ORANGE)} == {3.4}
    assert {row["width"] for row in strokes(picture, AXIS)} < {1.0, 2.0, 3.4}
    assert word(picture, "Larkfield")["color"] == WORDS[Class.STRATEGIC]
    assert word(picture, "Glasson")["color"] == INK_2


def test_a_line_crosses_the_edge_where_its_points_are_zero() -> None:
    """By hand: 1.6 - 2.2 x = 0 at x = 0.727 of 60 points, so between 40 and 45."""
    picture = weight_lines(THREE, FIT, 1112)
    [across] = [
        row
        for row in strokes(picture, ORANGE)
        if (row["y"] - edge(picture)["y"]) * (row["y2"] - edge(picture)["y"]) <= 0
    ]
    left, right = word(picture, "40")["x"], word(picture, "50")["x"]
    assert (across["x"], across["x2"]) == pytest.approx((left, (left + right) / 2))


def test_lines_that_cross_lie_on_the_others() -> None:
    drawn = weight_lines(THREE, FIT, 1112).datasets["lines"]
    grey = [place for place, row in enumerate(drawn) if row["color"] == AXIS and row["width"] == 2]
    orange = [place for place, row in enumerate(drawn) if row["color"] == ORANGE]
    assert max(grey) < min(orange)


def test_what_is_unknown_is_a_gap() -> None:
    holed = CustomerLine("Holed", (0, 20, 40, 60), (1.0, math.nan, 0.5, 0.2), crosses=True)
    assert len(strokes(weight_lines([holed], FIT, 800), ORANGE)) == 1


def test_a_customer_unknown_at_every_weight_is_not_drawn() -> None:
    unknown = CustomerLine("Unknown", (0, 60), (math.nan, math.nan), crosses=False)
    assert "Unknown" not in said(weight_lines([*THREE, unknown], FIT, 800))


def test_of_more_than_twelve_those_that_cross_and_the_nearest_are_drawn() -> None:
    far = [line(f"Far {n}", -2.0 - n, -2.0 - n) for n in range(MOST_LINES)]
    picture = weight_lines([*far, *THREE], FIT, 1112)
    names = {text for text in said(picture) if text.startswith(("Far", "Lark", "Glas", "Kin"))}
    assert names == {"Larkfield", "Glasson", "Kinloch", *(f"Far {n}" for n in range(9))}
    assert "3 more are farther away" in said(picture)


def test_one_more_is_in_the_singular() -> None:
    many = [line(f"Far {n}", -2.0 - n, -2.0 - n) for n in range(MOST_LINES + 1)]
    assert "1 more is farther away" in said(weight_lines(many, FIT, 1112))


# --- the ground -----------------------------------------------------------------------------------


def test_the_band_is_the_range_of_votes() -> None:
    picture = weight_lines(THREE, FIT, 1112)
    ten, sixty = word(picture, "10")["x"], word(picture, "60")["x"]
    per_point = (sixty - ten) / 50
    assert band(picture)["x"] == pytest.approx(ten - 2 * per_point)
    assert band(picture)["x2"] == pytest.approx(ten + 25 * per_point)
    assert "votes 8–35" in said(picture)


def test_equal_votes_are_still_a_band() -> None:
    seen = band(weight_lines(THREE, WeightRange("Strategic fit", 18, 18, 18), 1112))
    assert seen["x2"] - seen["x"] >= 2


def test_the_weight_as_it_stands_is_a_line_with_its_value() -> None:
    picture = weight_lines(THREE, FIT, 1112)
    ten, twenty = word(picture, "10")["x"], word(picture, "20")["x"]
    assert now(picture) == pytest.approx(ten + 0.8 * (twenty - ten))
    assert word(picture, "now 18")["x"] == pytest.approx(now(picture))


def test_a_weight_beyond_the_axis_stands_at_its_end() -> None:
    picture = weight_lines(THREE, WeightRange("Strategic fit", 75, 60, 90), 1112)
    assert now(picture) == pytest.approx(word(picture, "60")["x"])


def test_points_have_a_sign_and_more_is_higher() -> None:
    picture = weight_lines(THREE, FIT, 1112)
    assert word(picture, "+1")["y"] < edge(picture)["y"] < word(picture, "−1")["y"]


def test_the_words_at_the_edge_stand_where_no_line_runs() -> None:
    picture = weight_lines(THREE, FIT, 1112)
    left, top, right, bottom = box(word(picture, EDGE_WORDS))
    runs = [row for row in picture.datasets["lines"] if row["width"] in (2.0, 3.4)]
    for row in runs:
        for part in range(11):
            x = row["x"] + (row["x2"] - row["x"]) * part / 10
            y = row["y"] + (row["y2"] - row["y"]) * part / 10
            assert not (left < x < right and top < y < bottom)


def test_the_words_at_the_edge_are_left_out_where_lines_leave_no_room() -> None:
    crowd = [line(f"C{n}", 0.02 * n - 0.1, 0.02 * n - 0.1) for n in range(11)]
    wide = [line("Wide", 2.0, -2.0)]
    assert EDGE_WORDS not in said(weight_lines([*crowd, *wide], FIT, 900))


# --- names ----------------------------------------------------------------------------------------


def test_every_line_has_its_name_at_the_right_and_a_leader_to_it() -> None:
    picture = weight_lines(THREE, FIT, 1112)
    leaders = strokes(picture, LEADER)
    for customer in THREE:
        name = word(picture, customer.name)
        [leader] = [row for row in leaders if row["y2"] == name["y"]]
        assert name["x"] == pytest.approx(leader["x2"] + 5)
        ends = [r for r in picture.datasets["lines"] if r["x2"] == pytest.approx(leader["x"] - 3)]
        assert [row for row in ends if row["y2"] == pytest.approx(leader["y"])]


def test_leaders_never_cross() -> None:
    leaders = sorted(strokes(weight_lines(THREE, FIT, 1112), LEADER), key=lambda row: row["y"])
    assert [row["y2"] for row in leaders] == sorted(row["y2"] for row in leaders)


@pytest.mark.parametrize("width", [520, 724, 1112])
def test_twelve_names_that_end_in_one_point_do_not_overlap(width: int) -> None:
    crowd = [line(f"Customer number {n} with a long name", 1.0, 0.3) for n in range(MOST_LINES)]
    picture = weight_lines(crowd, FIT, width)
    assert len([text for text in said(picture) if text.startswith("Customer")]) == MOST_LINES
    assert_words_stay_apart(picture)


@given(
    st.lists(
        st.tuples(st.floats(-10, 5), st.floats(-10, 5), st.booleans()), min_size=1, max_size=14
    ),
    *[st.floats(0, 60)] * 3,
)
def test_words_never_overlap_whatever_the_lines(
    ends: list[tuple[float, float, bool]], at: float, one: float, other: float
) -> None:
    lines = [line(f"Customer {n}", a, b, crosses=c) for n, (a, b, c) in enumerate(ends)]
    weight = WeightRange("Strategic fit", at, *sorted((one, other)))
    assert_words_stay_apart(weight_lines(lines, weight, 724))


def test_the_longest_name_is_not_cut_where_there_is_room() -> None:
    wide = line("Glasson Chemicals and Dyes", 0.4, 0.1, crosses=True)
    assert "Glasson Chemicals and Dyes" in said(weight_lines([wide], FIT, 1112))


def test_the_spread_keeps_what_does_not_touch() -> None:
    assert spread([10, 50, 90], (0, 100), 20) == [10, 50, 90]


def test_neighbours_that_would_touch_share_the_middle_of_what_they_want() -> None:
    """By hand: 50 and 54 become 42 and 62, 20 apart around 52."""
    assert spread([50, 54], (0, 100), 20) == [42, 62]


def test_the_spread_stays_within_its_ends() -> None:
    assert spread([0, 1, 99], (0, 100), 20) == [0, 20, 99]
    assert spread([99, 100], (0, 100), 20) == [80, 100]


def test_too_many_for_the_room_stand_closer() -> None:
    assert spread([5, 5, 5], (0, 20), 20) == [0, 10, 20]


def test_nothing_to_spread_is_nothing() -> None:
    assert spread([], (0, 20), 20) == []


@given(st.lists(st.floats(0, 300), max_size=12).map(sorted))
def test_spread_places_keep_their_order_their_distance_and_their_room(wanted: list[float]) -> None:
    found = spread(wanted, (0, 300), APART)
    assert len(found) == len(wanted)
    assert all(after - before >= APART - 1e-6 for before, after in pairwise(found))
    assert all(-1e-6 <= place <= 300 + 1e-6 for place in found)


# --- the whole ------------------------------------------------------------------------------------


def test_the_message_is_told_to_those_who_cannot_see_it() -> None:
    told = weight_lines(THREE, FIT, 1112).alt
    assert "now 18 points of 100, votes from 8 to 35" in told
    assert "1 of 3 customers cross the edge of the key zone within the votes: Larkfield." in told
    assert "Of the others Glasson comes nearest to it." in told


def test_when_all_cross_there_are_no_others_to_tell_of() -> None:
    assert "others" not in weight_lines([LARKFIELD], FIT, 1112).alt


def test_no_line_is_a_sentence() -> None:
    picture = weight_lines([], FIT, 600)
    assert said(picture) == [picture.alt]
    assert picture.alt == "No customer's score moves with the weight of “Strategic fit”."


def test_a_line_without_any_slope_still_has_an_axis() -> None:
    picture = weight_lines([line("Flat", 0.0, 0.0)], FIT, 800)
    assert HEAD < edge(picture)["y"] < picture.spec["height"]


def test_other_lines_leave_the_spec_alone() -> None:
    one = weight_lines(THREE, FIT, 1112)
    other = weight_lines([GLASSON], WeightRange("Margin", 1, 0, 2), 1112)
    assert one.spec is other.spec
    assert "Larkfield" not in json.dumps(one.spec)
    alt.Chart.from_dict(one.spec)
