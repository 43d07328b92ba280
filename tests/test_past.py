"""One customer across reviews: its distance as a line, its classes as words."""

from itertools import pairwise
from typing import Any

import altair as alt
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kam.charts.labels import text_width
from kam.charts.past import HEIGHT, MOST_STEPS, UNKNOWN, PastStep, past
from kam.charts.theme import AXIS, FILL, INK_2, TINT, WORDS, Picture, Rows
from kam.model import Class

FIRST = PastStep("Autumn 2024", 1.2, Class.KEY_CORE)
SECOND = PastStep("Autumn 2025", 0.4, Class.KEY_CORE)
GAP = PastStep("Spring 2026", None, None)
LAST = PastStep("Now", -1.9, Class.LOW_PRIORITY)
STEPS = st.lists(
    st.builds(
        PastStep,
        name=st.text("abc WM", min_size=1, max_size=40),
        distance=st.none() | st.floats(-10, 5),
        klass=st.none() | st.sampled_from(Class),
    ),
    max_size=12,
)


def said(picture: Picture) -> list[str]:
    return [row["text"] for row in picture.datasets["words"]]


def course(picture: Picture) -> Rows:
    """The pieces of the line from review to review."""
    return [row for row in picture.datasets["lines"] if row["color"] == AXIS]


def span(row: dict[str, Any]) -> tuple[float, float]:
    """Where words begin and end, px."""
    wide = text_width(row["text"], row["size"], row["weight"])
    shift = {"left": 0.0, "center": wide / 2, "right": wide}[row["align"]]
    return row["x"] - shift, row["x"] - shift + wide


def test_every_review_has_its_name_its_class_and_its_points() -> None:
    words = said(past([FIRST, SECOND, LAST], 900))
    assert [w for w in words if w in {"Autumn 2024", "Autumn 2025", "Now"}] == [
        "Autumn 2024",
        "Autumn 2025",
        "Now",
    ]
    assert [w for w in words if w in {"+1.2", "+0.4", "−1.9"}] == ["+1.2", "+0.4", "−1.9"]
    assert words.count("Key · core") == 2
    assert words.count("Low priority") == 1


def test_classes_have_their_colours() -> None:
    picture = past([FIRST, LAST], 900)
    assert [dot["fill"] for dot in picture.datasets["dots"]] == [
        FILL[Class.KEY_CORE],
        FILL[Class.LOW_PRIORITY],
    ]
    colors = {row["text"]: row["color"] for row in picture.datasets["words"]}
    assert colors["Low priority"] == WORDS[Class.LOW_PRIORITY]


def test_the_line_falls_where_the_distance_falls_and_crosses_the_edge() -> None:
    picture = past([FIRST, LAST], 900)
    [line] = course(picture)
    [edge] = [row for row in picture.datasets["lines"] if row["color"] == INK_2]
    [zone] = picture.datasets["rects"]
    assert line["y"] < edge["y"] < line["y2"]
    assert (zone["fill"], zone["y2"]) == (TINT[Class.KEY_STRATEGIC], edge["y"])


def test_where_it_was_not_scored_the_line_has_a_gap_and_words_say_so() -> None:
    picture = past([FIRST, GAP, LAST], 900)
    assert course(picture) == []
    assert len(picture.datasets["dots"]) == 2
    assert UNKNOWN in said(picture)


def test_one_review_alone_stands_in_the_middle() -> None:
    [dot] = past([LAST], 900).datasets["dots"]
    assert dot["x"] == 450


def test_of_many_reviews_the_latest_are_drawn() -> None:
    steps = [PastStep(f"Q{n}", 0.1 * n, Class.KEY_CORE) for n in range(20)]
    words = said(past(steps, 1180))
    assert [w for w in words if w.startswith("Q")] == [f"Q{n}" for n in range(13, 20)]
    assert len(past(steps, 1180).datasets["dots"]) == MOST_STEPS


@pytest.mark.parametrize("steps", [[], [GAP]])
def test_a_customer_that_was_never_scored_is_told_so(steps: list[PastStep]) -> None:
    picture = past(steps, 900)
    assert said(picture) == ["It was not scored at any review yet."]
    assert picture.alt == said(picture)[0]


def test_the_words_for_those_who_cannot_see_it_tell_every_review() -> None:
    assert past([FIRST, GAP, LAST], 900).alt == (
        "Class and points at each review. Autumn 2024: Key · core, +1.2 points; "
        "Spring 2026: not scored; Now: Low priority, −1.9 points."
    )


def test_the_spec_stays_the_same_while_the_data_change() -> None:
    assert past([FIRST], 900).spec is past([FIRST, LAST], 900).spec


def test_the_whole_is_a_chart_that_vega_lite_takes() -> None:
    alt.Chart.from_dict(past([FIRST, GAP, LAST], 900).whole())


@given(STEPS)
def test_all_words_stay_on_the_sheet_and_no_two_below_it_touch(steps: list[PastStep]) -> None:
    picture = past(steps, 1180)
    for row in picture.datasets["words"]:
        start, end = span(row)
        assert -1 <= start <= end <= 1181
        assert 0 <= row["y"] <= HEIGHT
    below = [row for row in picture.datasets["words"] if row["y"] > HEIGHT - 20]
    ends = sorted(span(row) for row in below)
    assert all(b[0] >= a[1] for a, b in pairwise(ends))


@given(STEPS)
def test_every_dot_lies_on_the_sheet(steps: list[PastStep]) -> None:
    dots = past(steps, 1180).datasets["dots"]
    assert len(dots) == sum(step.distance is not None for step in steps[-MOST_STEPS:])
    assert all(0 <= dot["y"] <= HEIGHT and 0 <= dot["x"] <= 1180 for dot in dots)
