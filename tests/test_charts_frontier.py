"""What hours win as a picture: a line that only flattens, and splits never above it."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kam.charts.frontier import LEFT, MOST_CORNERS, TICKS, best_and_splits, ticks
from kam.charts.labels import text_width
from kam.charts.theme import NAVY, Picture
from kam.method.frontier import Demand, picture

SIZE = (770, 470)
DEMANDS = (Demand("Alder", 600, 200), Demand("Birch", 500, 100), Demand("Cedar", 100, 100))
NOW = {"Alder": 100.0, "Birch": 50.0, "Cedar": 100.0}
DUE = {"Alder": 150.0, "Birch": 100.0, "Cedar": 0.0}


def drawn(now: dict[str, float | None], due: dict[str, float | None]) -> Picture:
    return best_and_splits(picture(DEMANDS, now, due), SIZE, lambda amount: f"EUR {amount:,.0f}")


def both() -> Picture:
    return drawn({**NOW}, {**DUE})


def best(found: Picture) -> list[dict[str, float]]:
    """The pieces of the best line, from left to right."""
    return [line for line in found.datasets["lines"] if line["color"] == NAVY]


def test_the_line_begins_at_nothing_rises_and_only_flattens() -> None:
    pieces = best(both())
    assert (pieces[0]["x"], pieces[0]["y"]) == (LEFT, max(line["y"] for line in pieces))
    slopes = [(a["y"] - a["y2"]) / (a["x2"] - a["x"]) for a in pieces if a["x2"] > a["x"]]
    assert all(before >= then - 1e-9 for before, then in pairwise(slopes))
    assert all(before["x2"] == after["x"] for before, after in pairwise(pieces))


def test_both_splits_stand_below_the_line_and_say_what_they_win() -> None:
    today, proposed = both().datasets["dots"]
    words = [row["text"] for row in both().datasets["words"]]
    assert {"Today: EUR 650", "Proposed: EUR 950"} <= set(words)
    assert today["y"] > proposed["y"]  # y grows downwards
    assert today["x"] == proposed["x"]
    assert today["tip"] == "Today: EUR 650, 250 hours"


def test_a_split_that_is_not_known_is_not_drawn() -> None:
    found = drawn({**NOW, "Alder": None}, {**DUE})
    assert len(found.datasets["dots"]) == 1
    assert "Today" not in found.alt


def test_the_picture_is_told_in_words() -> None:
    assert both().alt == (
        "The line is the most that can be won within the limits of hours. "
        "Today: EUR 650 with 250 hours. Proposed: EUR 950 with 250 hours."
    )


def test_least_hours_are_told_where_the_line_begins() -> None:
    bound = [Demand("Alder", 600, 200, floor=50), Demand("Birch", 500, 100)]
    found = best_and_splits(picture(bound, {}, {}), SIZE, str)
    assert "least hours of all: 50" in [row["text"] for row in found.datasets["words"]]
    assert best(found)[0]["x"] > LEFT
    assert not any("least hours" in str(row["text"]) for row in both().datasets["words"])


@pytest.mark.parametrize("hours", [0.0, 50.0, 100.0])
def test_words_of_a_split_stay_in_the_picture_and_off_the_line(hours: float) -> None:
    only = [Demand("Alder", 600, 100)]
    found = best_and_splits(picture(only, {"Alder": hours}, {}), SIZE, lambda _: "EUR 300 thousand")
    [row] = [row for row in found.datasets["words"] if str(row["text"]).startswith("Today")]
    assert row["x"] + text_width(str(row["text"]), 15, 700) <= SIZE[0] + 1
    [dot] = found.datasets["dots"]
    assert row["y"] > dot["y"]  # the line only rises: below a point of it there is none of it


def test_todays_hours_above_the_line_stay_in_the_picture() -> None:
    bound = [Demand("Alder", 600, 200, cap=10), Demand("Birch", 1, 100)]
    found = best_and_splits(picture(bound, {"Alder": 200, "Birch": 0}, {}), SIZE, str)
    assert all(dot["y"] >= 0 for dot in found.datasets["dots"])


def test_the_spec_stays_the_same_while_the_splits_change() -> None:
    assert both().spec is drawn({**DUE}, {**NOW}).spec


def test_thousands_of_corners_are_drawn_as_a_few_hundred_pieces() -> None:
    many = [Demand(str(n), 1000 + n, 10) for n in range(5000)]
    found = best_and_splits(picture(many, {}, {}), SIZE, str)
    pieces = best(found)
    assert len(pieces) <= MOST_CORNERS + 2
    assert pieces[-1]["x2"] == pytest.approx(SIZE[0] - 20)


def test_nobody_to_win_from_is_a_picture_too() -> None:
    assert best_and_splits(picture([], {}, {}), SIZE, str).datasets["words"]


@given(st.floats(1e-3, 1e12))
def test_axes_have_few_round_numbers_from_nothing_to_the_end(most: float) -> None:
    found = ticks(most)
    assert found[0] == 0
    assert 2 <= len(found) <= TICKS + 1
    assert most * 0.4 <= found[-1] <= most * (1 + 1e-6)


def test_axes_of_usual_sizes_have_the_numbers_one_expects() -> None:
    assert ticks(14_440) == [0, 5_000, 10_000]
    assert ticks(100) == [0, 20, 40, 60, 80, 100]
