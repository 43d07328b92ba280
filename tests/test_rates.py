"""Bars of what capital earns: from nothing to the rate, and the hurdle through all of them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kam.charts.rates import NAMES, RateRow, rate_bars
from kam.charts.theme import AMOUNT, ATTENTION, NAVY, Picture

SIZE = (770, 190)
ROWS = (
    RateRow("All customers", 0.18, "18.0 %"),
    RateRow("Low priority", 0.06, "6.0 %"),
    RateRow("Not scored yet", None, "unknown"),
)


def drawn(*rows: RateRow, hurdle: float = 0.12) -> Picture:
    return rate_bars(rows or ROWS, hurdle, SIZE)


def hurdle_x(picture: Picture) -> float:
    [line] = [one for one in picture.datasets["lines"] if one["color"] == ATTENTION]
    assert line["x"] == line["x2"]
    return float(line["x"])


def test_what_reaches_the_hurdle_is_dark_and_what_does_not_is_light() -> None:
    assert [bar["fill"] for bar in drawn().datasets["rects"]] == [NAVY, AMOUNT]


def test_a_bar_ends_beyond_the_hurdle_exactly_if_its_rate_does() -> None:
    picture = drawn()
    ends = [bar["x2"] > hurdle_x(picture) for bar in picture.datasets["rects"]]
    assert ends == [True, False]


def test_bars_are_in_proportion_to_the_rates() -> None:
    first, second = drawn().datasets["rects"]
    assert first["x2"] - first["x"] == pytest.approx(3 * (second["x2"] - second["x"]))


def test_a_row_without_a_rate_has_words_and_no_bar() -> None:
    picture = drawn(RateRow("Key", None, "self-financing"))
    assert picture.datasets["rects"] == []
    assert "self-financing" in [row["text"] for row in picture.datasets["words"]]


def test_a_loss_is_left_of_nothing() -> None:
    loss, profit = drawn(RateRow("A", -0.1, "−10 %"), RateRow("B", 0.1, "10 %")).datasets["rects"]
    assert loss["x2"] == pytest.approx(profit["x"])
    assert loss["x"] == pytest.approx(NAMES)


def test_the_hurdle_says_what_it_is_and_its_words_stay_on_the_sheet() -> None:
    for hurdle, told, side in ((0.12, "12 %", "left"), (0.125, "12.5 %", "left"),
                               (1.0, "100 %", "right")):  # fmt: skip
        picture = drawn(hurdle=hurdle)
        [said] = [w for w in picture.datasets["words"] if "has to earn" in w["text"]]
        assert said["text"] == f"has to earn {told}"
        assert said["align"] == side


def test_the_picture_is_told_in_words() -> None:
    assert drawn().alt == "All customers: 18.0 %. Low priority: 6.0 %. Not scored yet: unknown."


def test_the_spec_stays_the_same_while_the_rates_change() -> None:
    assert drawn().spec is drawn(RateRow("A", 3.0, "300 %"), hurdle=0.0).spec


@given(
    st.lists(st.builds(RateRow, st.just("A"), st.floats(-50, 50), st.just("x")), max_size=7),
    st.floats(0, 1),
)
def test_bars_and_hurdle_stay_between_the_columns(rows: list[RateRow], hurdle: float) -> None:
    picture = rate_bars(rows, hurdle, SIZE)
    for bar in picture.datasets["rects"]:
        assert NAMES - 1e-6 <= bar["x"] <= bar["x2"] <= SIZE[0]
    assert NAMES - 1e-6 <= hurdle_x(picture) <= SIZE[0]
