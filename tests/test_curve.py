"""The value curve through five anchors."""

import pytest

from kam.charts.curve import curve
from kam.model import Axis, Criterion
from tests.sheets import inside, tips, words


def criterion(anchors: tuple[float, float, float, float, float], way: str = "+") -> Criterion:
    return Criterion(
        id="c", name="Margin", axis=Axis.ATTRACTIVENESS, unit="%", anchors=anchors,
        direction="+" if way == "+" else "-",
    )  # fmt: skip


RISING = criterion((0, 8, 15, 22, 30))


def test_five_dots_stand_at_the_anchors_values() -> None:
    dots = curve(RISING, []).datasets["dots"]
    steps = [dots[i]["y"] - dots[i + 1]["y"] for i in range(4)]
    assert steps == pytest.approx([steps[0]] * 4)
    assert [dot["x"] for dot in dots] == sorted(dot["x"] for dot in dots)


def test_each_dot_tells_its_level_and_worth() -> None:
    assert tips(curve(RISING, []))[1] == "8 % is worth 2.5"


def test_falling_anchors_put_the_best_level_at_the_left() -> None:
    dots = curve(criterion((25, 18, 12, 8, 4), "-"), []).datasets["dots"]
    assert dots[0]["x"] > dots[-1]["x"]
    assert dots[0]["y"] > dots[-1]["y"]


def test_every_customer_is_a_tick_and_none_leaves_the_sheet() -> None:
    empty, three = curve(RISING, []), curve(RISING, [10, -50, 500])
    ticks = len(three.datasets["lines"]) - len(empty.datasets["lines"])
    assert ticks == 3
    assert all(0 <= line["x"] <= 420 for line in three.datasets["lines"])


def test_the_unit_is_data_and_stands_under_the_curve() -> None:
    assert "%" in words(curve(RISING, []))
    assert inside(curve(RISING, [1, 2, 3]))
    assert "15 is worth 5" in curve(RISING, []).alt
