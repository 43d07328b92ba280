"""All deadlines on one line of time."""

import json
import math
from collections.abc import Mapping
from datetime import date, timedelta
from itertools import combinations
from typing import Any

import pandas as pd
import pytest

from kam.charts.deadlines import DOT, LEFT, SLOT, deadlines
from kam.charts.theme import ATTENTION, FILL, Picture, Rows
from kam.model import Class

TODAY = date(2026, 3, 2)
LATER = TODAY + timedelta(days=100)


def plans(*rows: tuple[str, Class, date]) -> pd.DataFrame:
    """A frame as `kam.report.tables.deadlines` makes it; a day before today is overdue."""
    return pd.DataFrame(
        [(name.lower(), name, klass.value, day, day < TODAY) for name, klass, day in rows],
        columns=["customer", "name", "klass", "deadline", "overdue"],
    )


def said(picture: Picture) -> list[str]:
    return [row["text"] for row in picture.datasets["words"]]


def dots(picture: Picture) -> Rows:
    return picture.datasets["dots"]


def today_line(picture: Picture) -> float:
    [word] = [row for row in picture.datasets["words"] if row["text"] == "today"]
    return float(word["x"])


def test_a_plan_is_a_dot_in_the_colour_of_its_class() -> None:
    picture = deadlines(plans(("Orrin", Class.LOW_PRIORITY, LATER)), today=TODAY)
    [dot] = dots(picture)
    assert dot["fill"] == FILL[Class.LOW_PRIORITY]
    assert dot["tip"] == "Orrin, 2026-06-10"


@pytest.mark.parametrize("klass", Class)
def test_no_class_is_left_out(klass: Class) -> None:
    """Key accounts have deadlines too; what is counted must be seen."""
    picture = deadlines(plans(("Orrin", klass, LATER)), today=TODAY)
    assert klass.label in said(picture)
    assert len(dots(picture)) == 1


def test_each_class_has_a_lane_of_its_own_in_the_one_order() -> None:
    every = plans(*((klass.label, klass, LATER) for klass in reversed(Class)))
    picture = deadlines(every, today=TODAY)
    lanes = [row for row in picture.datasets["words"] if row["text"] in {k.label for k in Class}]
    assert [row["text"] for row in lanes] == [klass.label for klass in Class]
    assert len({dot["y"] for dot in dots(picture)}) == 4


def test_what_is_overdue_stands_left_of_today_and_is_counted_in_words() -> None:
    late = ("Tamar", Class.STRATEGIC, TODAY - timedelta(days=30))
    picture = deadlines(plans(late, ("Orrin", Class.STRATEGIC, LATER)), today=TODAY)
    left, right = sorted(dot["x"] for dot in dots(picture))
    assert left < today_line(picture) < right
    [loud] = [row for row in picture.datasets["words"] if row["color"] == ATTENTION]
    assert loud["text"] == "1 overdue"
    assert picture.alt == "2 plans with a deadline; 1 is overdue."


def test_nothing_overdue_calls_for_no_attention() -> None:
    picture = deadlines(plans(("Orrin", Class.STRATEGIC, LATER)), today=TODAY)
    assert not [row for row in picture.datasets["words"] if row["color"] == ATTENTION]
    assert picture.alt == "1 plan with a deadline; 0 are overdue."


def test_a_later_deadline_stands_further_to_the_right() -> None:
    days = [TODAY + timedelta(days=60 * step) for step in range(1, 5)]
    rows = [(f"Customer {day}", Class.LOW_PRIORITY, day) for day in days]
    x = [dot["x"] for dot in dots(deadlines(plans(*rows), today=TODAY))]
    assert x == sorted(set(x))


def test_plans_of_one_day_stand_on_each_other() -> None:
    rows = [(f"Customer {place}", Class.STRATEGIC, LATER) for place in range(2)]
    stack = dots(deadlines(plans(*rows), today=TODAY))
    assert len({dot["x"] for dot in stack}) == 1
    assert len({dot["y"] for dot in stack}) == 2


def test_a_crowded_day_becomes_a_number_that_names_its_customers() -> None:
    rows = [(f"Customer {place}", Class.STRATEGIC, LATER) for place in range(9)]
    picture = deadlines(plans(*rows), today=TODAY)
    [dot] = dots(picture)
    assert "9" in said(picture)
    assert all(f"Customer {place}" in dot["tip"] for place in range(9))


@pytest.mark.parametrize("crowd", [4, 12, 120])
def test_a_number_never_covers_another_dot_but_takes_it_in(crowd: int) -> None:
    days = [LATER] * crowd + [LATER + timedelta(days=step) for step in range(-40, 41, 8) if step]
    rows = [(f"Customer {place}", Class.STRATEGIC, day) for place, day in enumerate(days)]
    drawn = dots(deadlines(plans(*rows), today=TODAY, width=690))
    biggest = max(drawn, key=lambda dot: dot["area"])
    for dot in drawn:
        if dot is not biggest:
            apart = abs(dot["x"] - biggest["x"])
            assert apart >= sum(math.sqrt(one["area"] / math.pi) for one in (dot, biggest)) - 1


def test_what_is_overdue_is_never_counted_with_what_is_not() -> None:
    late = [(f"Late {place}", Class.STRATEGIC, TODAY - timedelta(days=1)) for place in range(6)]
    soon = [(f"Soon {place}", Class.STRATEGIC, TODAY + timedelta(days=1)) for place in range(2)]
    tips = [dot["tip"] for dot in dots(deadlines(plans(*late, *soon), today=TODAY))]
    assert not [tip for tip in tips if "Late" in tip and "Soon" in tip]
    assert sum(tip.count("Late") + tip.count("Soon") for tip in tips) == 8


@pytest.mark.parametrize("apart", [0, 8, 20, 40, 90])
@pytest.mark.parametrize("crowds", [(261, 350), (350, 261), (3, 1200), (12, 3)])
def test_two_numbers_never_cover_each_other(crowds: tuple[int, int], apart: int) -> None:
    days = [LATER] * crowds[0] + [LATER + timedelta(days=apart)] * crowds[1]
    far = [("Far", Class.STRATEGIC, TODAY + timedelta(days=1000))]
    rows = [(f"Customer {place}", Class.STRATEGIC, day) for place, day in enumerate(days)]
    picture = deadlines(plans(*rows, *far), today=TODAY, width=690)
    assert_apart(picture)
    assert counted(picture) == sum(crowds) + 1


@pytest.mark.parametrize("crowds", [(261, 350), (2, 350), (261, 1), (1, 1)])
def test_a_number_of_overdue_plans_stands_clear_of_today_and_of_those_to_come(
    crowds: tuple[int, int],
) -> None:
    days = [TODAY - timedelta(days=1)] * crowds[0] + [TODAY] * crowds[1]
    rows = [(f"Customer {place}", Class.STRATEGIC, day) for place, day in enumerate(days)]
    far = [("Far", Class.STRATEGIC, TODAY + timedelta(days=1000))]
    picture = deadlines(plans(*rows, *far), today=TODAY, width=690)
    assert_apart(picture)
    assert counted(picture) == sum(crowds) + 1


def radius(dot: Mapping[str, Any]) -> float:
    return math.sqrt(float(dot["area"]) / math.pi)


def assert_apart(picture: Picture) -> None:
    """No dot of a lane covers another, or the line of today; stacked ones stand on each other."""
    drawn, line = dots(picture), today_line(picture) - 6
    for one, other in combinations(drawn, 2):
        if one["x"] != other["x"]:
            numbered = max(radius(one), radius(other)) > DOT + 1e-6
            most = radius(one) + radius(other) if numbered else SLOT
            assert abs(one["x"] - other["x"]) >= most - 1e-6
    assert all(abs(dot["x"] - line) >= radius(dot) - 1e-6 for dot in drawn)


def counted(picture: Picture) -> int:
    """How many plans the dots stand for."""
    numbers = [int(text) for text in said(picture) if text.isdigit()]
    return sum(numbers) + len(dots(picture)) - len(numbers)


@pytest.mark.parametrize("day", [date(2000, 1, 1), date(2100, 12, 31)])
def test_a_deadline_far_away_stays_inside_the_picture(day: date) -> None:
    rows = plans(("Orrin", Class.STRATEGIC, day), ("Tamar", Class.STRATEGIC, LATER))
    picture = deadlines(rows, today=TODAY)
    assert all(LEFT - 10 <= dot["x"] <= 1180 for dot in dots(picture))


def test_time_is_marked_by_quarters() -> None:
    picture = deadlines(plans(("Orrin", Class.STRATEGIC, date(2026, 11, 30))), today=TODAY)
    assert [text for text in said(picture) if "20" in text] == ["Apr 2026", "Jul 2026", "Oct 2026"]


def test_no_deadlines_are_said_not_drawn() -> None:
    picture = deadlines(plans(), today=TODAY)
    assert said(picture) == ["No plan has a deadline yet."]
    assert dots(picture) == []


def test_other_plans_leave_the_spec_alone() -> None:
    one = deadlines(plans(("Orrin", Class.STRATEGIC, LATER)), today=TODAY)
    other = deadlines(plans(("Tamar", Class.LOW_PRIORITY, TODAY)), today=LATER)
    assert one.spec is other.spec
    assert "Orrin" not in json.dumps(one.spec)


def test_days_are_sent_as_words() -> None:
    picture = deadlines(plans(("Orrin", Class.STRATEGIC, LATER)), today=TODAY)
    assert json.loads(json.dumps(picture.whole(), allow_nan=False))["datasets"]["dots"]
