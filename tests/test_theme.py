"""Tokens and names: what every chart takes for granted."""

import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kam.charts import theme
from kam.charts.theme import Picture, finished, shortened
from kam.model import Class


def luminance(color: str) -> float:
    """Relative luminance of #RRGGBB (WCAG 2.2)."""
    parts = [int(color[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """Contrast of two colours, 1 to 21."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def test_contrast_is_measured_as_the_guideline_does() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("tokens", [theme.FILL, theme.TINT, theme.WORDS])
def test_every_class_has_its_colours(tokens: dict[Class, str]) -> None:
    assert set(tokens) == set(Class)
    assert all(re.fullmatch("#[0-9A-F]{6}", color) for color in tokens.values())


@pytest.mark.parametrize("klass", Class)
def test_the_words_of_a_class_are_readable_on_paper_and_on_its_tint(klass: Class) -> None:
    assert contrast(theme.WORDS[klass], theme.PAPER) >= 4.5
    assert contrast(theme.WORDS[klass], theme.TINT[klass]) >= 4.5


@pytest.mark.parametrize("klass", Class)
def test_the_mark_of_a_class_stands_out_from_its_tint(klass: Class) -> None:
    assert contrast(theme.FILL[klass], theme.TINT[klass]) >= 3


@pytest.mark.parametrize("ink", [theme.INK, theme.INK_2, theme.INK_3])
def test_ink_is_readable_on_paper(ink: str) -> None:
    assert contrast(ink, theme.PAPER) >= 4.5


def test_a_call_for_attention_is_readable_on_its_tint() -> None:
    assert contrast(theme.ATTENTION, theme.ATTENTION_TINT) >= 4.5


def test_the_blues_grow_darker_from_step_to_step() -> None:
    steps = [luminance(color) for color in theme.BLUES]
    assert steps == sorted(steps, reverse=True)
    assert len(set(steps)) == len(steps)


def test_a_finished_spec_is_never_squeezed_into_the_page() -> None:
    spec = finished({"layer": []}, 660, 400)
    assert (spec["width"], spec["height"]) == (660, 400)
    assert spec["autosize"]["type"] == "pad"
    assert spec["usermeta"]["embedOptions"]["renderer"] == "svg"


def test_finishing_leaves_the_given_spec_as_it_was() -> None:
    given_spec = {"layer": [{"mark": "rect"}]}
    finished(given_spec, 10, 10)
    assert given_spec == {"layer": [{"mark": "rect"}]}


def test_a_whole_picture_is_its_spec_with_the_data() -> None:
    picture = Picture({"layer": []}, {"rows": [{"x": 1}]}, "One row.")
    assert json.loads(json.dumps(picture.whole())) == {
        "layer": [],
        "datasets": {"rows": [{"x": 1}]},
    }
    assert "datasets" not in picture.spec


def test_a_short_name_stays_as_it_is() -> None:
    assert shortened("Orrin Steel") == "Orrin Steel"


def test_a_long_name_keeps_its_beginning_and_its_end() -> None:
    assert shortened("Northern Railway Works, plant 12", 22) == "Northern Railw…lant 12"


@given(st.text(max_size=60), st.integers(4, 40))
def test_a_shortened_name_is_never_longer_than_asked(name: str, longest: int) -> None:
    cut = shortened(name, longest)
    assert len(cut) <= longest
    assert ("…" in cut) or cut == name
