"""The matrix small: the same zones, lines and colours, names that never overlap, arrows."""

import json
import math
from itertools import combinations
from typing import Any

import altair as alt
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kam.charts.labels import text_width
from kam.charts.matrix_view import TOP
from kam.charts.small_matrix import (
    HEAD,
    HEAD_LENGTH,
    LEFT,
    LONGEST_LEADER,
    RADIUS,
    SmallPoint,
    common_domain,
    small_matrix,
)
from kam.charts.theme import FILL, INK_2, LEADER, PAPER, TINT, WORDS, Picture, Rows
from kam.model import Class, CutOffs

STRATEGIC_KEY, CORE, STRATEGIC, LOW = Class
LINES = CutOffs()
THIRD, WIDE = (365, 330), (724, 460)
ORRIN = SmallPoint("Orrin", 7.0, 8.0, STRATEGIC_KEY, label=True)
TAMAR = SmallPoint("Tamar", 6.0, 6.0, CORE, label=True)
ELM = SmallPoint("Elm", 2.0, 6.0, STRATEGIC, label=False)
FEN = SmallPoint("Fen", 3.0, 3.0, LOW, label=False)
FOUR = [ORRIN, TAMAR, ELM, FEN]


def drawn(
    points: list[SmallPoint], size: tuple[int, int] = WIDE, lines: CutOffs = LINES
) -> Picture:
    return small_matrix(points, lines, (0.0, 0.0), size)


def crowd(seed: int, count: int = 40, named: int = 8) -> list[SmallPoint]:
    """Customers as in a workshop, the first of them named, every third with an arrow."""
    random = np.random.default_rng(seed)
    scores = np.clip(random.normal(5.8, 1.5, (count, 2)), 0, 10).tolist()
    later = np.clip(random.normal(6.2, 1.5, (count, 2)), 0, 10).tolist()
    return [
        SmallPoint(
            f"Customer {n} Works", x, y, CORE, n < named, (u, v) if n % 3 == 0 else None
        )
        for n, ((x, y), (u, v)) in enumerate(zip(scores, later, strict=True))
    ]  # fmt: skip


def dot(picture: Picture, name: str) -> dict[str, Any]:
    """The one circle of a customer."""
    [row] = [row for row in picture.datasets["dots"] if row["tip"].startswith(f"{name}:")]
    return row


def zone(picture: Picture, klass: Class) -> dict[str, Any]:
    [row] = [row for row in picture.datasets["rects"] if row["fill"] == TINT[klass]]
    return row


def texts(rows: Rows) -> list[str]:
    return [row["text"] for row in rows]


def place_of(picture: Picture, x: float, y: float) -> tuple[float, float]:
    """Where scores stand, read from the ticks of the axes."""
    words = picture.datasets["words"]
    across = {row["text"]: row["x"] for row in words if row["align"] == "center"}
    up = {row["text"]: row["y"] for row in words if row["align"] == "right"}
    step_x, step_y = (across["10"] - across["8"]) / 2, (up["10"] - up["8"]) / 2
    return across["8"] + (x - 8) * step_x, up["8"] + (y - 8) * step_y


def box(row: dict[str, Any]) -> tuple[float, float, float, float]:
    """Left, top, right and bottom of words, px."""
    wide = text_width(row["text"], row["size"], row["weight"])
    left = row["x"] - {"left": 0.0, "center": wide / 2, "right": wide}[row["align"]]
    return left, row["y"] - row["size"] * 0.45, left + wide, row["y"] + row["size"] * 0.45


def touch(one: tuple[float, ...], other: tuple[float, ...]) -> bool:
    return (
        min(one[2], other[2]) > max(one[0], other[0])
        and min(one[3], other[3]) > max(one[1], other[1])
    )  # fmt: skip


def assert_words_stay_apart(picture: Picture) -> None:
    """Names, titles and all other words never touch, and stay in the picture."""
    data = picture.datasets
    boxes = [box(row) for row in (*data["names"], *data["titles"], *data["words"])]
    assert not [pair for pair in combinations(boxes, 2) if touch(*pair)]
    assert min(left for left, *_ in boxes) >= 0
    assert max(right for *_, right, _ in boxes) <= picture.spec["width"]


# --- customers ------------------------------------------------------------------------------------


def test_customers_stand_at_their_scores() -> None:
    picture = drawn(FOUR)
    for point in FOUR:
        seen = dot(picture, point.name)
        assert (seen["x"], seen["y"]) == pytest.approx(place_of(picture, *point.scores))


def test_circles_have_one_size_and_the_colour_of_their_class() -> None:
    picture = drawn(FOUR)
    assert {row["area"] for row in picture.datasets["dots"]} == {math.pi * RADIUS**2}
    for point in FOUR:
        assert point.klass is not None
        assert dot(picture, point.name)["fill"] == FILL[point.klass]


def test_who_has_no_class_is_hollow() -> None:
    seen = dot(drawn([SmallPoint("New", 5.0, 5.0, None, label=False)]), "New")
    assert (seen["fill"], seen["edge"]) == (PAPER, INK_2)
    assert seen["tip"].startswith("New: not decided")


def test_who_the_team_decided_on_is_a_diamond_and_is_told_so() -> None:
    decided = SmallPoint("Eve", 8.0, 6.0, STRATEGIC_KEY, label=False, override=True)
    picture = drawn([*FOUR, decided])
    assert dot(picture, "Eve")["shape"] == "diamond"
    assert {dot(picture, one.name)["shape"] for one in FOUR} == {"circle"}
    assert "decided by the team" in dot(picture, "Eve")["tip"]
    [layer] = [one for one in picture.spec["layer"] if one["data"]["name"] == "dots"]
    assert layer["encoding"]["shape"]["field"] == "shape"


def test_only_those_to_be_named_are_named() -> None:
    assert sorted(texts(drawn(FOUR).datasets["names"])) == ["Orrin", "Tamar"]


def test_pointing_at_a_circle_tells_its_scores() -> None:
    tip = "Tamar: Key · core, attractiveness 6.0, strength 6.0"
    assert dot(drawn(FOUR), "Tamar")["tip"] == tip


def test_scores_beyond_the_axes_stand_at_their_edge() -> None:
    low = SmallPoint("Low", 1.0, 1.0, LOW, label=False)
    seen = dot(small_matrix([low], LINES, (4.0, 4.0), WIDE), "Low")
    assert (seen["x"], seen["y"]) == (LEFT, zone(drawn(FOUR), LOW)["y2"])


# --- names ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("size", [THIRD, WIDE])
@pytest.mark.parametrize("seed", range(4))
def test_words_never_overlap_in_a_crowd(seed: int, size: tuple[int, int]) -> None:
    assert_words_stay_apart(drawn(crowd(seed), size))


def test_every_name_is_drawn_or_counted() -> None:
    together = [
        SmallPoint(f"Customer {n} of one place", 9.9, 9.9, CORE, label=True) for n in range(30)
    ]
    picture = drawn(together, THIRD)
    hidden = 30 - len(picture.datasets["names"])
    assert hidden > 1
    assert f"{hidden} names hidden" in texts(picture.datasets["words"])
    assert_words_stay_apart(picture)


def test_in_a_crowd_no_name_stands_far_from_its_circle() -> None:
    picture = drawn(crowd(3, count=400, named=30))
    leaders = [row for row in picture.datasets["lines"] if row["color"] == LEADER]
    lengths = [math.dist((row["x"], row["y"]), (row["x2"], row["y2"])) for row in leaders]
    assert lengths
    assert max(lengths) <= LONGEST_LEADER
    hidden = 30 - len(picture.datasets["names"])
    assert f"{hidden} names hidden" in texts(picture.datasets["words"])


def test_nothing_is_said_of_hidden_names_where_all_are_drawn() -> None:
    assert not [text for text in texts(drawn(FOUR).datasets["words"]) if "hidden" in text]


def test_names_are_smaller_in_a_small_matrix() -> None:
    small, large = (drawn(FOUR, size).datasets["names"][0]["size"] for size in (THIRD, WIDE))
    assert small < large


def test_a_long_name_keeps_its_beginning_and_its_end() -> None:
    long = SmallPoint("Amalgamated Northern Steelworks Holding", 6.0, 6.0, CORE, label=True)
    [name] = texts(drawn([long]).datasets["names"])
    assert name.startswith("Amalgamated")
    assert name.endswith("Holding")
    assert "…" in name


# --- arrows ---------------------------------------------------------------------------------------


def arrow(to: tuple[float, float]) -> tuple[dict[str, Any], dict[str, Any]]:
    """The line and the head of one arrow from the middle of the matrix."""
    picture = drawn([SmallPoint("Elm", 5.0, 5.0, CORE, label=False, to=to)])
    [head] = picture.datasets["heads"]
    [line] = [row for row in picture.datasets["lines"] if row["width"] == 1.8]
    return line, head


@pytest.mark.parametrize(
    ("to", "angle"), [((5.0, 9.0), 0), ((9.0, 5.0), 90), ((5.0, 1.0), 180), ((1.0, 5.0), -90)]
)
def test_the_head_of_an_arrow_points_where_it_goes(to: tuple[float, float], angle: float) -> None:
    assert arrow(to)[1]["angle"] == pytest.approx(angle)


@given(st.floats(0, 10), st.floats(0, 10))
def test_the_tip_of_an_arrow_is_where_the_customer_will_be(x: float, y: float) -> None:
    picture = drawn([SmallPoint("Elm", 5.0, 5.0, CORE, label=False, to=(x, y))])
    for head in picture.datasets["heads"]:
        turn = math.radians(head["angle"])
        tip = (
            head["x"] + math.sin(turn) * HEAD_LENGTH / 2,
            head["y"] - math.cos(turn) * HEAD_LENGTH / 2,
        )
        assert tip == pytest.approx(place_of(picture, x, y))


def test_the_line_of_an_arrow_ends_at_the_foot_of_its_head() -> None:
    line, head = arrow((9.0, 5.0))
    assert line["x2"] == pytest.approx(head["x"] - HEAD_LENGTH / 2)
    assert line["y2"] == pytest.approx(head["y"])


def test_who_does_not_move_has_no_arrow() -> None:
    still = SmallPoint("Elm", 5.0, 5.0, CORE, label=False, to=(5.0, 5.01))
    assert drawn([still]).datasets["heads"] == drawn(FOUR).datasets["heads"] == []


def test_pointing_at_a_circle_tells_where_its_arrow_leads() -> None:
    moving = SmallPoint("Elm", 5.0, 4.0, LOW, label=False, to=(6.0, 7.0))
    told = dot(drawn([moving]), "Elm")["tip"]
    assert told.endswith("strength 5.0; then attractiveness 7.0, strength 6.0")


# --- the ground -----------------------------------------------------------------------------------


def test_the_four_zones_cover_the_plot() -> None:
    picture = drawn(FOUR, lines=CutOffs(strength=4, attractiveness=6, strategic=8))
    area = sum((z["x2"] - z["x"]) * (z["y2"] - z["y"]) for z in picture.datasets["rects"])
    whole = zone(picture, LOW)
    height = whole["y2"] - HEAD
    assert area == pytest.approx((whole["x2"] - whole["x"]) * height)


def test_zones_meet_at_the_lines() -> None:
    picture = drawn(FOUR, lines=CutOffs(strength=4, attractiveness=6, strategic=8))
    core = zone(picture, CORE)
    assert (core["x"], core["y2"]) == pytest.approx(place_of(picture, 4, 6))
    assert core["y"] == pytest.approx(place_of(picture, 4, 8)[1])
    assert core["x2"] == pytest.approx(place_of(picture, TOP, 0)[0])


def test_every_line_has_its_value() -> None:
    words = texts(
        drawn(FOUR, lines=CutOffs(strength=4, attractiveness=6, strategic=8)).datasets["words"]
    )
    assert {"cut-off 4", "cut-off 6", "from 8"} <= set(words)


def test_values_of_lines_that_meet_stand_apart() -> None:
    assert_words_stay_apart(drawn(FOUR, lines=CutOffs(attractiveness=6.5, strategic=6.5)))


def test_the_strategic_line_is_dashed_and_the_cut_offs_are_not() -> None:
    lines = [row for row in drawn([]).datasets["lines"] if row["width"] == 1.5]
    level = [row for row in lines if row["y"] == row["y2"]]
    assert sorted(row["x2"] - row["x"] > 20 for row in level).count(True) == 1
    assert len(level) > 10


def test_each_zone_has_its_title_in_its_colour() -> None:
    titles = drawn(FOUR).datasets["titles"]
    assert {row["text"]: row["color"] for row in titles} == {
        klass.label: WORDS[klass] for klass in Class
    }


def test_a_title_breaks_in_a_narrow_zone_and_is_left_out_where_there_is_none() -> None:
    def titles(strength: float) -> list[str]:
        return texts(drawn(FOUR, THIRD, CutOffs(strength=strength)).datasets["titles"])

    assert {"Strategic,", "not yet key"} <= set(titles(5.0))
    assert not [text for text in titles(1.0) if text.startswith(("Strategic", "not"))]


@settings(max_examples=30)
@given(*[st.floats(0, 10)] * 3)
def test_the_ground_stays_in_the_picture_whatever_the_lines(a: float, b: float, c: float) -> None:
    low, high = sorted((b, c))
    lines = CutOffs(strength=a, attractiveness=low, strategic=high)
    picture = small_matrix(FOUR, lines, (4.0, 4.0), THIRD)
    for row in (*picture.datasets["rects"], *picture.datasets["lines"]):
        assert 0 <= row["x"] <= row["x2"] <= THIRD[0]
        assert 0 <= min(row["y"], row["y2"]) <= max(row["y"], row["y2"]) <= THIRD[1]


# --- side by side ---------------------------------------------------------------------------------


def test_matrices_with_one_domain_share_their_axes() -> None:
    now, later = (drawn(points, THIRD) for points in (FOUR, crowd(1)))
    assert now.datasets["rects"] == later.datasets["rects"]
    assert now.spec is later.spec


def test_the_common_domain_holds_points_arrows_and_cut_offs() -> None:
    moving = SmallPoint("Elm", 6.0, 6.0, CORE, label=False, to=(2.6, 5.0))
    assert common_domain([ORRIN, moving], LINES) == (2.0, 4.0)
    assert common_domain([ORRIN], CutOffs(strength=1.2)) == (0.0, 4.0)


def test_the_common_domain_is_never_narrower_than_the_upper_six_points() -> None:
    best = SmallPoint("Best", 10.0, 10.0, STRATEGIC_KEY, label=False)
    assert common_domain([best], CutOffs(strength=9, attractiveness=9, strategic=9)) == (4.0, 4.0)
    assert common_domain([], LINES) == (4.0, 4.0)


@given(st.lists(st.tuples(st.floats(0, 10), st.floats(0, 10)), max_size=6))
def test_nobody_lies_beyond_the_common_domain(scores: list[tuple[float, float]]) -> None:
    points = [SmallPoint("A", x, y, CORE, label=False) for x, y in scores]
    left, low = common_domain(points, LINES)
    assert all(x >= left and y >= low for x, y in scores)


# --- the whole ------------------------------------------------------------------------------------


def test_an_unchanged_matrix_is_not_drawn_again() -> None:
    assert drawn(FOUR) is drawn(list(FOUR))


def test_nobody_is_still_a_matrix() -> None:
    picture = drawn([])
    assert picture.datasets["dots"] == []
    assert len(picture.datasets["titles"]) == 4
    assert "0 of 0 customers are key" in picture.alt


def test_the_message_is_told_to_those_who_cannot_see_it() -> None:
    moving = SmallPoint("Ash", 5.0, 4.0, LOW, label=False, to=(6.0, 7.0))
    assert drawn([*FOUR, moving]).alt == (
        "Selection matrix: 2 of 5 customers are key: Orrin, Tamar. 1 has an arrow to a later time."
    )


def test_other_customers_and_lines_leave_the_spec_alone() -> None:
    one, other = drawn(FOUR), drawn([], lines=CutOffs(strength=3))
    assert one.spec is other.spec
    assert "Orrin" not in json.dumps(one.spec)
    alt.Chart.from_dict(one.spec)


def test_no_circle_covers_the_name_of_a_zone() -> None:
    order = [layer["data"]["name"] for layer in drawn(FOUR).spec["layer"]]
    assert order.index("titles") > max(order.index("dots"), order.index("heads"))
    assert order.count("titles") == 2  # first its light edge


def test_every_layer_has_its_data() -> None:
    picture = drawn(FOUR)
    assert {layer["data"]["name"] for layer in picture.spec["layer"]} == picture.datasets.keys()
