"""Amounts in tables: one kind of minus sign, never minus nothing, still sorted as numbers."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pandas.io.formats.style import Styler

from kam.ui.amounts import MOST_DRESSED, cents, number_columns, right_aligned, signed, whole


@pytest.mark.parametrize(
    ("amount", "to_the_cent", "rounded"),
    [
        (1234.567, "1,234.57", "1,235"),
        (-1234.5, "−1,234.50", "−1,234"),
        (-0.001, "0.00", "0"),
        (0, "0.00", "0"),
        (None, "unknown", "unknown"),
    ],
)
def test_an_amount_is_told_with_a_real_minus_and_never_minus_nothing(
    amount: float | None, to_the_cent: str, rounded: str
) -> None:
    assert (cents(amount), whole(amount)) == (to_the_cent, rounded)


@given(st.integers(-(10**12), 10**12))
def test_what_is_told_is_the_amount_to_the_cent(number: int) -> None:
    told = cents(number / 100)
    assert "-" not in told
    assert round(100 * float(told.replace(",", "").replace("−", "-"))) == number


def test_numbers_stay_numbers_under_their_words() -> None:
    table = pd.DataFrame({"Customer": ["Ash", "Bay"], "Profit": [-5.4, float("nan")]})
    dressed = signed(table, ["Profit"])
    assert isinstance(dressed, Styler)
    assert table["Profit"].iloc[0] == -5.4
    html = dressed.to_html()
    assert "−5<" in html
    assert "–<" in html


def test_a_long_table_is_left_to_the_browser_and_so_is_an_empty_one() -> None:
    rows = MOST_DRESSED + 1
    long = pd.DataFrame({"Profit": [-1257202.68] * rows, "Return": ["−31.2 %"] * rows})
    shown = signed(long, ["Profit"])
    assert isinstance(shown, pd.DataFrame)
    assert list(shown.iloc[0]) == [-1257203, "-31.2 %"]
    assert long["Return"].iloc[0] == "−31.2 %"
    assert number_columns(long, ["Profit"])["Profit"]["type_config"]["format"] == "localized"
    short = long.head(MOST_DRESSED)
    assert number_columns(short, ["Profit"])["Profit"]["type_config"]["format"] is None
    empty = pd.DataFrame()
    assert signed(empty, ["Profit"]) is empty


def test_amounts_of_which_none_is_known_stay_unknown_in_a_long_table() -> None:
    """As after an import without costs: pandas holds such a column as objects."""
    rows = MOST_DRESSED + 1
    shown = signed(pd.DataFrame({"Customer": ["Ash"] * rows, "Profit": [None] * rows}), ["Profit"])
    assert isinstance(shown, pd.DataFrame)
    assert shown["Profit"].isna().all()
    assert set(shown["Customer"]) == {"Ash"}


def test_numbers_in_words_stand_at_the_right() -> None:
    found = right_aligned(["Today", "Afterwards"])
    assert {name: column["alignment"] for name, column in found.items()} == {
        "Today": "right", "Afterwards": "right",
    }  # fmt: skip
