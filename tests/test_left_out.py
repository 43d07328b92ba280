"""The picture of all customers by revenue: whether a long list is only the biggest."""

import json
from itertools import pairwise

import pandas as pd
import pytest

from kam.charts.left_out import BOTTOM, COLUMNS, STRIP, by_revenue
from kam.charts.theme import AMOUNT, NAVY, Picture, Rows


def frame(*rows: tuple[str, float | None, bool]) -> pd.DataFrame:
    found = pd.DataFrame(rows, columns=["name", "revenue", "chosen"])
    return found.astype({"revenue": float})


FOUR = frame(("Ash", 10.0, False), ("Bay", 40.0, True), ("Cob", None, True), ("Dew", -5.0, False))


def many(count: int, every: int) -> pd.DataFrame:
    """So many customers, every n-th on the list."""
    return frame(*((f"C{n}", float(count - n), n % every == 0) for n in range(count)))


def said(picture: Picture) -> list[str]:
    return [row["text"] for row in picture.datasets["words"]]


def bars(picture: Picture) -> Rows:
    """The bars, from the left."""
    return [row for row in picture.datasets["rects"] if row["tip"] and row["y2"] == BOTTOM]


def test_the_largest_stands_first_and_bars_are_as_high_as_the_revenue() -> None:
    drawn = bars(by_revenue(FOUR, "EUR"))
    assert [bar["tip"].split(":")[0] for bar in drawn] == ["Bay", "Ash", "Dew"]
    heights = [bar["y2"] - bar["y"] for bar in drawn]
    assert heights[1] / heights[0] == pytest.approx(0.25)
    assert heights[2] == 0


def test_who_is_judged_is_filled_in_the_bar_and_in_the_strip_below() -> None:
    picture = by_revenue(FOUR, "EUR")
    strip = [row for row in picture.datasets["rects"] if (row["y"], row["y2"]) == STRIP]
    assert [bar["fill"] for bar in bars(picture)] == [NAVY, AMOUNT, AMOUNT]
    assert [row["fill"] for row in strip] == [NAVY, AMOUNT, AMOUNT]


def test_pointing_at_a_customer_tells_name_revenue_and_whether_it_is_judged() -> None:
    assert bars(by_revenue(FOUR, "EUR"))[0]["tip"] == "Bay: EUR 40, judged"
    assert bars(by_revenue(FOUR, "EUR"))[1]["tip"] == "Ash: EUR 10, left out"


def test_who_is_not_drawn_is_counted_in_words() -> None:
    picture = by_revenue(FOUR, "EUR")
    assert "1 of the 3 largest judged, 1 of 1 without a figure" in said(picture)
    assert picture.alt == (
        "Customers by revenue, the largest first. "
        "1 of the 3 largest judged, 1 of 1 without a figure."
    )
    assert "12 of the 120 largest judged, 188 of 1,880 smaller" in said(
        by_revenue(many(2000, 10), "EUR")
    )


@pytest.mark.parametrize("count", [1, 5, COLUMNS, 3000])
def test_every_bar_stays_on_the_sheet_and_none_covers_another(count: int) -> None:
    drawn = bars(by_revenue(many(count, 3), "EUR", width=400))
    assert len(drawn) == min(count, COLUMNS)
    assert drawn[-1]["x2"] <= 400
    assert all(left["x2"] < right["x"] for left, right in pairwise(drawn))


def test_without_revenue_it_is_said_not_drawn() -> None:
    for nothing in (frame(), frame(("Ash", None, True))):
        picture = by_revenue(nothing, "EUR")
        assert said(picture) == ["No customer's revenue is known yet."]
        assert bars(picture) == []


def test_revenue_that_is_all_zero_or_below_breaks_nothing() -> None:
    drawn = bars(by_revenue(frame(("Ash", 0.0, True), ("Bay", -2.0, False)), "EUR"))
    assert [bar["y2"] - bar["y"] for bar in drawn] == [0, 0]


def test_another_list_leaves_the_spec_alone() -> None:
    one, other = by_revenue(FOUR, "EUR"), by_revenue(many(300, 2), "USD")
    assert one.spec is other.spec
    assert "Ash" not in json.dumps(one.spec)
    assert json.loads(json.dumps(one.whole(), allow_nan=False))["datasets"]["rects"]
