import csv as reader
import io
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kam.report.csv import csv

STARTS = ["=", "+", "-", "@", "\t", "\r", "\0"]


def cells(data: bytes) -> list[list[str]]:
    """The rows that a spreadsheet program would see."""
    return list(reader.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def one(cell: Any) -> str:  # noqa: ANN401 - any cell of a frame
    """How a single cell comes out."""
    return cells(csv(pd.DataFrame({"x": [cell, "end"]}, dtype=object)))[1][0]


@pytest.mark.parametrize("start", STARTS, ids=repr)
def test_a_text_that_would_start_a_formula_gets_an_apostrophe_in_front(start: str) -> None:
    assert one(f"{start}1+1").startswith("'")


@pytest.mark.parametrize("start", STARTS, ids=repr)
def test_a_column_title_that_would_start_a_formula_gets_one_too(start: str) -> None:
    [[title], _] = cells(csv(pd.DataFrame({f"{start}x": [1]})))
    assert title.startswith("'")


def test_a_customer_named_like_an_attack_stays_readable() -> None:
    assert one('=HYPERLINK("https://evil","x")') == '\'=HYPERLINK("https://evil","x")'


def test_a_negative_number_stays_a_number() -> None:
    frame = pd.DataFrame({"distance": [-1.5, 2.0]})
    assert cells(csv(frame)) == [["distance"], ["-1.5"], ["2.0"]]


def test_unknown_stays_empty_and_never_becomes_zero() -> None:
    frame = pd.DataFrame({"name": ["Ash", "Bay"], "revenue": [np.nan, 0.0], "by": [None, ""]})
    assert cells(csv(frame))[1:] == [["Ash", "", ""], ["Bay", "0.0", ""]]


def test_it_is_utf_8_with_a_byte_order_mark() -> None:
    data = csv(pd.DataFrame({"name": ["Żółw & Søn"]}))
    assert data.startswith(b"\xef\xbb\xbf")
    assert "Żółw & Søn" in data.decode("utf-8-sig")


def test_lines_end_as_spreadsheets_expect() -> None:
    assert csv(pd.DataFrame({"a": [1], "b": [2]})) == b"\xef\xbb\xbfa,b\r\n1,2\r\n"


def test_commas_quotes_and_line_breaks_stay_within_their_cell() -> None:
    text = 'Smith, "Sons"\nand more'
    assert one(text) == text


def test_a_table_without_rows_is_its_titles() -> None:
    assert cells(csv(pd.DataFrame(columns=["a", "b"]))) == [["a", "b"]]
    assert csv(pd.DataFrame()).decode("utf-8-sig").strip() == ""


def test_the_frame_itself_is_left_as_it_was() -> None:
    frame = pd.DataFrame({"=x": ["=y"]})
    csv(frame)
    assert frame.to_dict("list") == {"=x": ["=y"]}


@given(st.lists(st.text(st.characters(blacklist_categories=["Cs"])), min_size=1, max_size=5))
def test_no_text_starts_a_formula(texts: list[str]) -> None:
    rows = cells(csv(pd.DataFrame({"x": texts, "y": 1}, dtype=object)))
    assert not [row for row in rows if row and row[0].startswith(tuple(STARTS))]
