"""Of `kam.ui.parts`."""

import json

import pytest
from streamlit.testing.v1 import AppTest

from kam.ui import parts

PICTURE = """
from kam.charts.theme import Picture
from kam.ui import parts
spec = {"mark": "point", "data": {"name": "x"}, "encoding": {"x": {"field": "a"}}}
parts.picture(Picture(spec, {"x": [{"a": 1}, {"a": 2}]}, "Two points"), "small")
assert "datasets" not in spec
"""


def test_a_picture_sends_its_spec_with_its_data() -> None:
    page = AppTest.from_string(PICTURE).run()
    assert not page.exception
    [chart] = page.get("vega_lite_chart")
    sent = json.loads(chart.proto.spec)
    assert sent["mark"] == "point"


def test_a_picture_has_words_for_those_who_cannot_see_it() -> None:
    [chart] = AppTest.from_string(PICTURE).run().get("vega_lite_chart")
    assert "Two points" in str(chart.proto)


def test_gaps_are_told_in_one_line_and_are_never_read_as_markup() -> None:
    page = AppTest.from_string(
        "from kam.ui import parts\nparts.lacking(['a *measure*', 'a year'], 'gap_o')"
    ).run()
    assert [line.value for line in page.markdown] == ["Missing\\: a \\*measure\\*\\, a year"]


def test_gaps_keep_their_order(monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[str] = []
    monkeypatch.setattr("streamlit.markdown", told.append)
    parts.lacking(["b", "a"], "gap")
    assert told == ["Missing\\: b\\, a"]


def test_nothing_is_said_where_nothing_is_missing() -> None:
    assert (
        not AppTest.from_string("from kam.ui import parts\nparts.lacking([], 'g')").run().markdown
    )
