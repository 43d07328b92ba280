"""The bar of hits against luck."""

import altair as alt
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kam.charts.chance import ROW, TRACK, chance_bar
from kam.charts.labels import text_width
from kam.charts.theme import AMOUNT, NAVY


def test_the_words_tell_hits_and_luck() -> None:
    assert chance_bar(6, 8, 3.0).alt == "6 of 8; by luck 3."
    assert chance_bar(1, 3, 0.35).alt == "1 of 3; by luck 0.3."


def test_bar_and_tick_share_one_scale() -> None:
    data = chance_bar(4, 8, 2.0).datasets
    track, bar = data["rects"]
    [tick] = data["lines"]
    assert track["fill"] == TRACK
    assert bar["x2"] == pytest.approx(track["x2"] / 2)
    assert tick["x"] == pytest.approx(track["x2"] / 4)


def test_a_finding_stands_out_and_the_rest_does_not() -> None:
    assert chance_bar(4, 8, 2.0, strong=True).datasets["rects"][1]["fill"] == NAVY
    assert chance_bar(4, 8, 2.0).datasets["rects"][1]["fill"] == AMOUNT


def test_without_a_hit_there_is_no_bar() -> None:
    assert [rect["fill"] for rect in chance_bar(0, 8, 2.0).datasets["rects"]] == [TRACK]


def test_the_spec_is_valid_and_the_same_for_all_rows_of_a_width() -> None:
    first = chance_bar(4, 8, 2.0)
    assert chance_bar(1, 3, 0.2, strong=True).spec is first.spec
    alt.Chart.from_dict(first.spec)


@given(st.integers(0, 400).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))), st.data())
def test_nothing_leaves_the_sheet(counts: tuple[int, int], data: st.DataObject) -> None:
    hits, of = counts
    picture = chance_bar(hits, of, data.draw(st.floats(0, of)), width=226)
    for word in picture.datasets["words"]:
        wide = text_width(word["text"], word["size"], word["weight"])
        left = word["x"] - (wide / 2 if word["align"] == "center" else 0)
        assert left >= -0.01
        assert left + wide <= 226
        assert 0 <= word["y"] <= ROW
    for rect in picture.datasets["rects"]:
        assert 0 <= rect["x"] <= rect["x2"] <= 226
