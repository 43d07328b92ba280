"""Stacked bars add up to 100 and fit their sheet; the grid tells signs in words, not in colour."""

from itertools import pairwise
from typing import Any

import altair as alt
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kam.charts.labels import text_width
from kam.charts.portfolio import (
    BESIDE,
    KEY,
    NAMES,
    ROW,
    SECTOR_FILLS,
    UNKNOWN_FILL,
    Part,
    ShareBar,
    SignRow,
    fitting,
    share_bars,
    sign_grid,
)
from kam.charts.theme import ATTENTION, FILL, GRID, INK, PAPER, Picture
from kam.method.portfolio import MOST_SECTORS
from kam.model import Class

SIZE = (1200, 246)
CLASSES = [Part(klass.label, FILL[klass]) for klass in Class]
REVENUE = ShareBar("Revenue", "all known", (0.5, 0.25, 0.2, 0.05), ("3 largest: 60 %",))
UNKNOWN = ShareBar("Our hours", "", ())


def texts(drawn: Picture) -> list[str]:
    return [word["text"] for word in drawn.datasets["words"]]


def said(drawn: Picture, text: str) -> dict[str, Any]:
    """The word on the sheet that reads so."""
    return next(word for word in drawn.datasets["words"] if word["text"] == text)


def bar_rects(drawn: Picture) -> list[dict[str, Any]]:
    """The parts of the bars, without the swatches of the key."""
    return [rect for rect in drawn.datasets["rects"] if rect["y"] >= KEY]


# --- stacked bars ---------------------------------------------------------------------------------


def test_a_part_is_as_wide_as_its_share() -> None:
    widths = [r["x2"] - r["x"] for r in bar_rects(share_bars("By class", CLASSES, [REVENUE], SIZE))]
    whole = SIZE[0] - NAMES - BESIDE
    assert widths == pytest.approx([0.5 * whole, 0.25 * whole, 0.2 * whole, 0.05 * whole])


def test_parts_stand_in_the_order_and_the_colours_of_the_key() -> None:
    drawn = share_bars("By class", CLASSES, [REVENUE], SIZE)
    assert [rect["fill"] for rect in bar_rects(drawn)] == [part.fill for part in CLASSES]
    assert [rect["fill"] for rect in drawn.datasets["rects"][:4]] == [p.fill for p in CLASSES]
    assert {part.name for part in CLASSES} <= set(texts(drawn))


def test_the_numbers_in_a_bar_add_up_to_100() -> None:
    thirds = ShareBar("Revenue", "", (1 / 3, 1 / 3, 1 / 3))
    numbers = [t for t in texts(share_bars("", CLASSES[:3], [thirds], SIZE)) if t.endswith(" %")]
    assert sorted(numbers) == ["33 %", "33 %", "34 %"]


def test_a_part_too_narrow_for_its_number_tells_it_on_pointing() -> None:
    thin = ShareBar("Revenue", "", (0.98, 0.02))
    drawn = share_bars("", CLASSES[:2], [thin], SIZE)
    assert "2 %" not in texts(drawn)
    assert bar_rects(drawn)[1]["tip"] == "Key · core: 2 % of revenue"


def test_numbers_can_be_read_on_every_colour() -> None:
    shares = (0.5, 0.1, 0.1, 0.3)
    drawn = share_bars("", CLASSES, [ShareBar("Revenue", "", shares)], SIZE)
    assert said(drawn, "50 %")["color"] == PAPER
    assert said(drawn, "30 %")["color"] == INK


def test_what_nobody_knows_is_said_and_has_no_part() -> None:
    drawn = share_bars("By class", CLASSES, [UNKNOWN], SIZE)
    assert "Our hours: not known of any customer yet" in texts(drawn)
    [outline] = bar_rects(drawn)
    assert (outline["fill"], outline["edge"]) == (PAPER, GRID)
    assert "Our hours: not known." in drawn.alt


def test_the_picture_is_told_in_words() -> None:
    drawn = share_bars("By class", CLASSES, [REVENUE], SIZE)
    assert drawn.alt == (
        "By class. Revenue: Key · strategic 50 %, Key · core 25 %, "
        "Strategic, not yet key 20 %, Low priority 5 %."
    )


def test_the_spec_depends_on_the_size_alone() -> None:
    one = share_bars("By class", CLASSES, [REVENUE], SIZE)
    other = share_bars("By sector", [Part("Retail", UNKNOWN_FILL)], [UNKNOWN], SIZE)
    assert one.spec is other.spec


def test_what_has_next_to_no_colour_has_an_edge() -> None:
    drawn = share_bars("", [Part("Unknown", UNKNOWN_FILL)], [ShareBar("Revenue", "", (1.0,))], SIZE)
    assert all(rect["edge"] not in (PAPER, UNKNOWN_FILL) for rect in drawn.datasets["rects"])


def test_there_is_a_colour_for_each_sector_that_is_named() -> None:
    assert len(set(SECTOR_FILLS)) == MOST_SECTORS + 1


NASTY = st.text(max_size=60) | st.sampled_from(["W" * 200, "i " * 80, "株式会社" * 20])


@given(st.lists(NASTY, min_size=1, max_size=8), st.data())
def test_no_words_leave_the_sheet_or_their_column(names: list[str], data: st.DataObject) -> None:
    raw = data.draw(st.lists(st.floats(0.01, 1), min_size=len(names), max_size=len(names)))
    shares = tuple(one / sum(raw) for one in raw)
    bar = ShareBar(data.draw(NASTY), data.draw(NASTY), shares, (data.draw(NASTY),))
    parts = [Part(name, UNKNOWN_FILL) for name in names]
    drawn = share_bars(data.draw(NASTY), parts, [bar, UNKNOWN], SIZE)
    for word in drawn.datasets["words"]:
        wide = text_width(word["text"], word["size"], word["weight"])
        left = word["x"] - (wide / 2 if word["align"] == "center" else 0)
        assert left >= -1
        assert left + wide <= SIZE[0] + 8
        assert 0 <= word["y"] <= SIZE[1]
        if word["x"] == 0:
            assert wide <= NAMES + 4
    ends = [rect["x2"] for rect in bar_rects(drawn)][: len(names)]
    assert all(low <= high + 1e-9 for low, high in pairwise(ends))
    assert ends[-1] == pytest.approx(SIZE[0] - BESIDE)


def test_vega_lite_takes_both_pictures() -> None:
    for drawn in (share_bars("By class", CLASSES, [REVENUE], SIZE), grid([ash()])):
        alt.Chart.from_dict(drawn.whole()).to_dict()


# --- the grid -------------------------------------------------------------------------------------

SIGNS = ("Best rival", "Contract", "Contacts")


def ash(name: str = "Ash") -> SignRow:
    tips = ("It sees a rival ahead.", "Unknown.", "Enough.")
    return SignRow(name, Class.KEY_CORE, (True, None, False), tips, "EUR 1.2 m")


def grid(rows: list[SignRow], height: int = 300) -> Picture:
    return sign_grid(SIGNS, rows, (830, height))


def test_a_sign_is_told_in_a_word_and_stands_out() -> None:
    drawn = grid([ash()])
    assert said(drawn, "warning")["color"] == ATTENTION
    assert said(drawn, "fine")["weight"] == said(drawn, "not known")["weight"] == 400
    assert "1 of 3" in texts(drawn)
    assert "EUR 1.2 m" in texts(drawn)


def test_pointing_at_a_sign_tells_what_was_found() -> None:
    tips = [rect["tip"] for rect in grid([ash()]).datasets["rects"]]
    assert tips == list(ash().tips)


def test_each_sign_stands_under_its_name() -> None:
    drawn = grid([ash()])
    assert said(drawn, "warning")["x"] == said(drawn, "Best rival")["x"]
    assert said(drawn, "fine")["x"] == said(drawn, "Contacts")["x"]


def test_rows_beyond_the_height_are_left_out() -> None:
    height = 300
    drawn = grid([ash(f"Customer {n}") for n in range(40)], height)
    assert len(drawn.datasets["dots"]) == fitting(height)
    assert max(word["y"] for word in drawn.datasets["words"]) <= height - ROW / 2


def test_the_grid_is_told_in_words() -> None:
    assert grid([ash()]).alt == "Ash: best rival."
    calm = SignRow("Bay", Class.KEY_STRATEGIC, (False, None, False), ("", "", ""), "unknown")
    assert grid([calm]).alt == "Bay: no warning."
    assert grid([]).alt == "No key account."


@given(NASTY, NASTY)
def test_names_and_amounts_stay_in_their_columns(name: str, revenue: str) -> None:
    row = SignRow(name, Class.KEY_CORE, (True, None, False), ("", "", ""), revenue)
    drawn = grid([row])
    count = said(drawn, "1 of 3")["x"]
    for word in drawn.datasets["words"]:
        if word["x"] == 20:
            assert 20 + text_width(word["text"], 15, 500) <= count
