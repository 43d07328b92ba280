"""The constant part of the matrix."""

import altair as alt

from kam.charts.matrix_spec import spec
from kam.charts.matrix_view import Layout


def test_it_is_valid_vega_lite() -> None:
    alt.Chart.from_dict(spec(Layout(), (0.0, 0.0)))


def test_it_is_built_once_for_a_layout_and_its_axes() -> None:
    assert spec(Layout(), (2.0, 1.0)) is spec(Layout(), (2.0, 1.0))


def test_every_mark_of_a_customer_has_an_identity_so_that_it_glides() -> None:
    layers = spec(Layout(), (0.0, 0.0))["layer"]
    for layer in layers:
        if layer["data"]["name"] in {"customers", "names"}:
            assert layer["encoding"]["key"] == {"field": "id"}


def test_decoration_is_silent_for_screen_readers() -> None:
    layers = spec(Layout(), (0.0, 0.0))["layer"]
    speaking = [layer for layer in layers if layer["mark"].get("aria") is not False]
    assert [layer["data"]["name"] for layer in speaking] == ["customers"]


def test_no_word_that_changes_is_part_of_it() -> None:
    text = str(spec(Layout(), (0.0, 0.0)))
    assert "cut-off" not in text
    assert "Key ·" not in text
