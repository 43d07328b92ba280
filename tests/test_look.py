"""Of `kam.ui.look`: the one style sheet."""

import re

import pytest
from streamlit.testing.v1 import AppTest

from kam.ui import look

MOST_LINES = 40  # house.md: CSS in one file
DRESSED = "from kam.ui.look import dress\ndress()"


def test_the_style_sheet_is_put_on_the_page_as_it_stands() -> None:
    page = AppTest.from_string(DRESSED).run()
    assert [sheet.value for sheet in page.html] == [look._STYLE]


def test_it_is_short() -> None:
    assert len(look._STYLE.splitlines()) <= MOST_LINES


def test_it_loads_nothing_from_elsewhere_and_runs_nothing() -> None:
    assert not re.search(r"@import|url\(|https?:|<script|expression\(", look._STYLE)


def test_its_braces_close() -> None:
    assert look._STYLE.count("{") == look._STYLE.count("}")


def test_movement_is_only_for_those_who_did_not_ask_for_less() -> None:
    before, _, _ = look._STYLE.partition("prefers-reduced-motion:no-preference")
    assert "transition" not in before
    assert "animation" not in look._STYLE


def test_what_has_the_keyboard_can_be_seen() -> None:
    assert re.search(r":focus-visible\{outline:\dpx solid #", look._STYLE)


@pytest.mark.parametrize("picture", ["matrix", "heat"])
def test_no_toolbar_is_drawn_over_the_head_by_a_picture_right_below_it(picture: str) -> None:
    [rule] = [line for line in look._STYLE.splitlines() if "stElementToolbar" in line]
    assert f".st-key-{picture}" in rule.partition(" ")[0]
    assert rule.endswith("{display:none}")
