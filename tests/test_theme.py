"""Tokens: colours that can be told apart, names that fit."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kam.charts.theme import FILL, PAPER, TINT, WORDS, Picture, finished, shortened
from kam.model import Class


def luminance(color: str) -> float:
    """Relative luminance of WCAG 2."""
    parts = [int(color[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """Contrast ratio of WCAG 2."""
    bright, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (bright + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("klass", list(Class))
def test_every_class_has_a_mark_that_stands_out_and_words_that_can_be_read(klass: Class) -> None:
    assert contrast(FILL[klass], PAPER) >= 3
    assert contrast(FILL[klass], TINT[klass]) >= 3
    assert contrast(WORDS[klass], TINT[klass]) >= 4.5


@given(st.text(min_size=1, max_size=200))
def test_a_shortened_name_fits_and_keeps_its_beginning(name: str) -> None:
    short = shortened(name)
    assert len(short) <= 22
    assert name.startswith(short.split("…")[0]) or "…" in name


def test_a_name_that_fits_is_left_alone() -> None:
    assert shortened("Nordhaven") == "Nordhaven"


def test_a_long_name_keeps_its_end() -> None:
    assert shortened("Amalgamated Amalgams and Works").endswith("Works")


def test_a_finished_spec_keeps_the_size_that_was_planned_for() -> None:
    spec = finished({"layer": []}, 300, 100)
    assert (spec["width"], spec["height"]) == (300, 100)
    assert spec["autosize"]["type"] == "pad"


def test_a_picture_is_sent_whole() -> None:
    whole = Picture({"mark": "bar"}, {"rows": [{"a": 1}]}, "alt").whole()
    assert whole == {"mark": "bar", "datasets": {"rows": [{"a": 1}]}}
