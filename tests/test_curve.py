"""The value curve of a criterion."""

import json
from itertools import pairwise

import pytest

from kam.charts.curve import curve
from kam.charts.theme import AMOUNT, NAVY, Picture, Rows
from kam.model import Axis, Criterion


def criterion(*anchors: float, unit: str = "%") -> Criterion:
    """A criterion with these anchors; the direction follows from them."""
    a, b, c, d, e = anchors
    rising = a < e
    return Criterion(
        id="share",
        name="Share of wallet",
        axis=Axis.STRENGTH,
        unit=unit,
        direction="+" if rising else "-",
        anchors=(a, b, c, d, e),
    )


RISING = criterion(0, 10, 20, 40, 80)
FALLING = criterion(90, 60, 45, 30, 10, unit="days")


def said(picture: Picture) -> list[str]:
    return [row["text"] for row in picture.datasets["words"]]


def strokes(picture: Picture) -> Rows:
    """The pieces of the curve."""
    return [row for row in picture.datasets["lines"] if row["color"] == NAVY]


def ticks(picture: Picture) -> list[float]:
    return [row["x"] for row in picture.datasets["lines"] if row["color"] == AMOUNT]


def test_five_anchors_are_five_dots_at_even_steps_of_value() -> None:
    heights = [dot["y"] for dot in curve(RISING, []).datasets["dots"]]
    steps = [low - high for low, high in pairwise(heights)]
    assert len(heights) == 5
    assert steps == pytest.approx([steps[0]] * 4)
    assert steps[0] > 0


def test_dots_stand_at_their_levels() -> None:
    x = [dot["x"] for dot in curve(RISING, []).datasets["dots"]]
    assert [(at - x[0]) / (x[-1] - x[0]) for at in x] == pytest.approx([0, 1 / 8, 1 / 4, 1 / 2, 1])


def test_the_curve_runs_from_dot_to_dot() -> None:
    picture = curve(RISING, [])
    dots = [(dot["x"], dot["y"]) for dot in picture.datasets["dots"]]
    pieces = [((row["x"], row["y"]), (row["x2"], row["y2"])) for row in strokes(picture)]
    assert pieces == list(pairwise(dots))


def test_when_less_is_better_the_curve_falls_and_levels_still_grow_to_the_right() -> None:
    picture = curve(FALLING, [])
    best = min(picture.datasets["dots"], key=lambda dot: float(dot["y"]))
    assert best["x"] == min(dot["x"] for dot in picture.datasets["dots"])
    words = {row["text"]: row["x"] for row in picture.datasets["words"]}
    assert words["10"] <= best["x"] + 1
    assert words["90"] > words["10"]


def test_a_tick_a_customer_at_its_level() -> None:
    picture = curve(RISING, [10.0, 40.0])
    assert ticks(picture) == pytest.approx([picture.datasets["dots"][i]["x"] for i in (1, 3)])


def test_levels_beyond_the_anchors_stand_at_the_edge() -> None:
    picture = curve(RISING, [-5.0, 1e6])
    x = [dot["x"] for dot in picture.datasets["dots"]]
    assert ticks(picture) == pytest.approx([x[0], x[-1]])


def test_the_unit_is_on_the_axis_as_data() -> None:
    picture = curve(FALLING, [])
    assert "days" in said(picture)
    assert "days" not in json.dumps(picture.spec)


def test_an_anchor_tells_what_it_is_worth() -> None:
    tips = [dot["tip"] for dot in curve(RISING, []).datasets["dots"]]
    assert tips[1] == "10 % is worth 2.5"
    assert "80 is worth 10" in curve(RISING, []).alt


def test_a_criterion_without_anchors_has_words_and_no_invented_curve() -> None:
    bare = Criterion(id="share", name="Share of wallet", axis=Axis.STRENGTH)
    picture = curve(bare, [3.0])
    assert picture.alt == "Share of wallet has no anchors yet, so no curve."
    assert picture.datasets["dots"] == picture.datasets["lines"] == []
    assert len(said(picture)) == 1


def test_another_criterion_leaves_the_spec_alone() -> None:
    assert curve(RISING, [1.0]).spec is curve(FALLING, [2.0, 3.0]).spec


@pytest.mark.parametrize(("width", "height"), [(420, 150), (300, 120)])
def test_everything_stays_inside_the_picture(width: int, height: int) -> None:
    picture = curve(RISING, [0.0, 80.0, 500.0], width, height)
    marks = [*picture.datasets["lines"], *picture.datasets["dots"], *picture.datasets["words"]]
    assert all(0 <= row["x"] <= width and 0 <= row["y"] <= height for row in marks)
