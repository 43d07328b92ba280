"""Bars: points of 100 with votes, and what makes up one score."""

import pandas as pd
import pytest

from kam.charts.bars import contribution_bars, fitted, weight_bars
from kam.charts.labels import text_width
from kam.charts.theme import AMOUNT, ATTENTION, ATTENTION_TINT
from tests.sheets import inside, rects, tips, word, words

NAN = float("nan")


def criteria(*rows: tuple[str, str, int, list[float]]) -> pd.DataFrame:
    named = [(name, *row) for row in rows for name in [row[0]]]
    return pd.DataFrame(named, columns=["id", "name", "axis", "points", "votes"])


TWO = criteria(("Margin", "attractiveness", 60, []), ("Wallet", "strength", 40, []))


def test_each_group_says_its_share_of_the_points() -> None:
    picture = weight_bars(TWO)
    assert "How attractive the customer is · 60 of 100" in words(picture)
    assert "How strong we are, in its own eyes · 40 of 100" in words(picture)


def test_a_bar_is_as_long_as_its_points() -> None:
    long, short = (bar["x2"] - bar["x"] for bar in rects(weight_bars(TWO), AMOUNT))
    assert long / short == pytest.approx(60 / 40)


def test_criteria_stand_in_the_order_of_their_points() -> None:
    frame = criteria(("Low", "strength", 10, []), ("High", "strength", 90, []))
    picture = weight_bars(frame)
    assert word(picture, "High")["y"] < word(picture, "Low")["y"]


def test_votes_are_dots_and_a_wide_spread_asks_to_be_talked_about() -> None:
    frame = criteria(("Margin", "attractiveness", 30, [5, 20, 40]))
    picture = weight_bars(frame)
    assert len(picture.datasets["dots"]) == 3
    assert len(rects(picture, ATTENTION_TINT)) == 1
    assert word(picture, "votes 5–40")["color"] == ATTENTION


def test_fewer_than_three_votes_are_never_shown() -> None:
    picture = weight_bars(criteria(("Margin", "attractiveness", 30, [5, 40])))
    assert picture.datasets["dots"] == []
    assert not any(text.startswith("votes") for text in words(picture))


def test_equal_votes_are_stacked_not_hidden() -> None:
    picture = weight_bars(criteria(("Margin", "attractiveness", 30, [20, 20, 20])))
    assert len({dot["y"] for dot in picture.datasets["dots"]}) == 3


def test_no_criteria_draws_two_empty_groups() -> None:
    assert len(words(weight_bars(criteria()))) == 2


def parts(*rows: tuple[str, float, float, float]) -> pd.DataFrame:
    return pd.DataFrame(
        [(n, n, points, points, most, raw, "%") for n, points, most, raw in rows],
        columns=["id", "name", "points", "value", "most", "raw", "unit"],
    )


def test_the_parts_of_a_score_follow_each_other_to_its_end() -> None:
    frame = parts(("A", 2.0, 5.0, 8.0), ("B", 3.0, 5.0, 9.0))
    picture = contribution_bars(frame, line=5, score=5.0, title="Strength 5.0")
    first, second = rects(picture, AMOUNT)
    assert first["x2"] == pytest.approx(second["x"])
    whole = second["x2"] - first["x"]
    assert (first["x2"] - first["x"]) / whole == pytest.approx(2 / 5)


def test_an_unknown_part_is_a_word_not_an_empty_bar() -> None:
    frame = parts(("A", NAN, 5.0, NAN), ("B", 3.0, 5.0, 9.0))
    picture = contribution_bars(frame, line=5, score=3.0, title="Strength 3.0")
    assert words(picture).count("unknown") == 1
    assert len(rects(picture, AMOUNT)) == 1


def test_levels_stand_beside_the_bars_in_their_units() -> None:
    picture = contribution_bars(parts(("A", 2.0, 5.0, 8.0)), line=5, score=2.0, title="T")
    assert "8 %" in words(picture)
    assert tips(picture) == ["A: 2.0 points of 5.0"]


def test_without_any_score_no_end_is_drawn() -> None:
    frame = parts(("A", NAN, 10.0, NAN))
    scored = contribution_bars(frame, line=5, score=4.0, title="T").datasets["lines"]
    assert len(contribution_bars(frame, line=5, score=None, title="T").datasets["lines"]) < len(
        scored
    )


def test_every_word_stays_on_the_sheet_with_long_names() -> None:
    frame = parts(("A criterion with a very long name indeed, longer than its bar", 2, 5, 8))
    assert inside(contribution_bars(frame, line=5, score=2.0, title="T", width=300))


def test_a_fitted_name_is_no_wider_than_its_room() -> None:
    assert text_width(fitted("Performance gap versus the best rival", 100), 14) <= 100
    assert fitted("Short", 100) == "Short"
