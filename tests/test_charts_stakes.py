"""Who changes at the ends of a weight's votes; no word touches anything, however long it is."""

import json
import math
from collections.abc import Sequence
from itertools import combinations
from typing import Any, NamedTuple

import altair as alt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kam.charts.labels import text_width
from kam.charts.sheet import Style
from kam.charts.stakes import (
    BAR,
    HEADINGS,
    NOBODY,
    OTHER,
    TOLD,
    WIDEST,
    Moved,
    StakeRow,
    stakes,
    wrapped,
)
from kam.charts.theme import AMOUNT, GRID, INK, NAVY, Picture, Rows

SMALL, LARGE = 724, 1112  # px: the two widths of the pages
WIDTHS = st.sampled_from((SMALL, LARGE))
IRONBRIDGE = Moved("Ironbridge Rail: key · core → low priority", key=True)
ELLERY = Moved("Ellery Motors: low priority → strategic, not yet key", key=False)
ORRIN = Moved("Orrin Steel: strategic, not yet key → key · core", key=True)
FIT = StakeRow("Strategic fit", "5", "31", (), (ELLERY, IRONBRIDGE))
VALUE = StakeRow("Value they see in us", "17", "33", (ORRIN,), ())

GERMAN = "Schnittstellenharmonisierungsanforderungen und Anlagenbaugenossenschaften AG & Co. KGaA"
NASTY = st.one_of(
    st.text(st.characters(codec="utf-8"), max_size=90),
    st.sampled_from(
        (GERMAN, GERMAN.replace(" ", ""), "W" * 200, "i i " * 60, "→ · " * 30, "重要" * 30)
    ),
)
PEOPLE = st.lists(st.builds(Moved, NASTY, st.booleans()), max_size=12).map(tuple)
ROWS = st.lists(st.builds(StakeRow, NASTY, NASTY, NASTY, PEOPLE, PEOPLE), min_size=1, max_size=4)


class Box(NamedTuple):
    """A rectangle on the sheet, px."""

    left: float
    right: float
    top: float
    bottom: float

    def touches(self, other: "Box") -> bool:
        """Whether two boxes share more than an edge; half a px is nothing to the eye."""
        across = min(self.right, other.right) - max(self.left, other.left)
        return across > 0.5 and min(self.bottom, other.bottom) - max(self.top, other.top) > 0.5


def box(word: dict[str, Any]) -> Box:
    """The box of a text: as wide as it is measured, as tall as its letters."""
    wide = text_width(word["text"], word["size"], word["weight"])
    left = word["x"] - wide * {"left": 0, "center": 0.5, "right": 1}[word["align"]]
    half = word["size"] / 2
    return Box(left, left + wide, word["y"] - half, word["y"] + half)


def boxes(picture: Picture) -> list[Box]:
    """Every text that shows anything."""
    return [box(word) for word in picture.datasets["words"] if word["text"].strip()]


def blocks(picture: Picture) -> Rows:
    return [row for row in picture.datasets["rects"] if row["fill"] in {NAVY, AMOUNT}]


def solid(picture: Picture) -> list[Box]:
    """Every bar."""
    return [Box(row["x"], row["x2"], row["y"], row["y2"]) for row in blocks(picture)]


def collisions(picture: Picture) -> list[tuple[Box, Box]]:
    """Texts that touch another text or a bar."""
    texts, bars = boxes(picture), solid(picture)
    pairs = [*combinations(texts, 2), *((text, bar) for text in texts for bar in bars)]
    return [(one, other) for one, other in pairs if one.touches(other)]


def outside(picture: Picture) -> list[Box]:
    """Texts and bars that leave the sheet."""
    wide, tall = picture.spec["width"], picture.spec["height"]
    inside = Box(-0.5, wide + 0.5, -0.5, tall + 0.5)
    return [
        one
        for one in boxes(picture) + solid(picture)
        if one.left < inside.left or one.right > inside.right
        or one.top < inside.top or one.bottom > inside.bottom
    ]  # fmt: skip


def said(picture: Picture) -> list[str]:
    return [row["text"] for row in picture.datasets["words"]]


def word(picture: Picture, text: str) -> dict[str, Any]:
    """The one text that begins so."""
    [row] = [row for row in picture.datasets["words"] if row["text"].startswith(text)]
    return row


def centre(picture: Picture) -> float:
    [line] = picture.datasets["lines"]
    return float(line["x"])


# --- no word touches anything ---------------------------------------------------------------------


@settings(max_examples=60, deadline=None)
@given(ROWS, WIDTHS)
def test_words_touch_neither_words_nor_bars_and_stay_on_the_sheet(
    rows: Sequence[StakeRow], width: int
) -> None:
    picture = stakes(rows, width)
    assert collisions(picture) == []
    assert outside(picture) == []


@settings(max_examples=40, deadline=None)
@given(ROWS, WIDTHS)
def test_the_line_in_the_middle_crosses_no_word(rows: Sequence[StakeRow], width: int) -> None:
    picture = stakes(rows, width)
    [line] = picture.datasets["lines"]
    rule = Box(line["x"] - 1, line["x"] + 1, line["y"], line["y2"])
    assert [text for text in boxes(picture) if text.touches(rule)] == []


def test_the_case_of_the_prototype_no_longer_runs_into_the_name() -> None:
    """There, the words of this weight lay across the name "Growth in our segments"."""
    row = StakeRow("Growth in our segments", "13", "31", (ELLERY,), ())
    for width in (SMALL, LARGE):
        assert collisions(stakes([row], width)) == []


def test_the_test_itself_sees_an_overlap() -> None:
    picture = stakes([FIT], SMALL)
    name, moved = word(picture, "Strategic fit"), word(picture, "nobody")
    moved["x"], moved["y"] = name["x"] + 60, name["y"]
    assert len(collisions(picture)) == 1


def test_a_row_grows_with_its_words() -> None:
    many = StakeRow("Strategic fit", "5", "31", (), (ORRIN,) * 9)
    assert stakes([many], SMALL).spec["height"] > stakes([VALUE], SMALL).spec["height"]


def test_a_name_of_three_lines_keeps_away_from_the_lines_between_rows() -> None:
    picture = stakes([StakeRow(GERMAN, "5", "31", (), ())], SMALL)
    name = [box(row) for row in picture.datasets["words"] if row["size"] == 15]
    assert len(name) == 3
    assert name[0].top > picture.datasets["lines"][0]["y"] + 8
    assert name[-1].bottom < picture.spec["height"] - 8


# --- bars -----------------------------------------------------------------------------------------


def test_a_customer_is_a_block_dark_where_it_enters_or_leaves_key() -> None:
    picture = stakes([FIT], LARGE)
    assert [block["fill"] for block in blocks(picture)] == [NAVY, AMOUNT]


def test_key_ones_stand_next_to_the_line_and_first_in_words() -> None:
    picture = stakes([FIT], LARGE)
    dark, light = blocks(picture)
    assert centre(picture) <= dark["x"] < dark["x2"] <= light["x"]
    assert word(picture, "Ironbridge")["y"] < word(picture, "Ellery")["y"]


def test_all_blocks_have_one_length_whatever_the_row() -> None:
    picture = stakes([FIT, VALUE], LARGE)
    assert {round(block["x2"] - block["x"], 6) for block in blocks(picture)} == {WIDEST - 1}


def test_the_lowest_vote_is_at_the_left_and_the_highest_at_the_right() -> None:
    picture = stakes([StakeRow("Fit", "5", "31", (ORRIN,), (ELLERY,))], LARGE)
    [low, high] = blocks(picture)
    assert low["x2"] <= centre(picture) <= high["x"]
    assert word(picture, "5")["x"] < low["x"]
    assert word(picture, "31")["x"] > high["x2"]


def test_pointing_at_a_block_tells_the_whole_story_however_long() -> None:
    row = StakeRow("Fit", "5", "31", (Moved(GERMAN * 3, key=True),), ())
    [block] = blocks(stakes([row], SMALL))
    assert block["tip"] == GERMAN * 3


@pytest.mark.parametrize("width", [SMALL, LARGE])
def test_forty_customers_still_fit_as_blocks_of_some_px(width: int) -> None:
    picture = stakes([StakeRow("Fit", "5", "31", (ELLERY,) * 40, (IRONBRIDGE,) * 40)], width)
    assert all(block["x2"] - block["x"] >= 1 for block in blocks(picture))
    assert outside(picture) == []


def test_a_bar_is_as_tall_as_the_design_says() -> None:
    [block] = blocks(stakes([VALUE], LARGE))
    assert block["y2"] - block["y"] == pytest.approx(BAR)


# --- words ----------------------------------------------------------------------------------------


def test_at_an_end_where_nobody_moves_it_says_so() -> None:
    picture = stakes([FIT, VALUE], LARGE)
    assert said(picture).count(NOBODY) == 2
    assert word(stakes([VALUE], LARGE), NOBODY)["x"] > centre(stakes([VALUE], LARGE))


@pytest.mark.parametrize(("count", "told"), [(3, None), (4, "1 more"), (5, "2 more")])
def test_three_customers_are_named_and_the_others_counted(count: int, told: str | None) -> None:
    names = [f"Customer {place}" for place in range(count)]
    row = StakeRow("Fit", "5", "31", tuple(Moved(name, key=False) for name in names), ())
    texts = said(stakes([row], LARGE))
    assert [name for name in names if name in texts] == names[:TOLD]
    assert [text for text in texts if text.endswith("more")] == ([told] if told else [])


def test_who_enters_or_leaves_key_is_in_bold_words_too() -> None:
    """Colour is never the only cue."""
    picture = stakes([FIT], LARGE)
    assert word(picture, "Ironbridge")["weight"] > word(picture, "Ellery")["weight"]
    assert word(picture, "Ironbridge")["color"] == INK


def test_on_a_wide_page_a_move_is_one_whole_line() -> None:
    assert {IRONBRIDGE.words, ELLERY.words} <= set(said(stakes([FIT], LARGE)))


def test_on_a_narrow_page_a_move_is_broken_not_cut() -> None:
    joined = " ".join(said(stakes([FIT, VALUE], SMALL)))
    assert "…" not in joined
    assert all(one.words in joined for one in (IRONBRIDGE, ELLERY, ORRIN))


def test_the_two_ends_are_named_above_the_bars() -> None:
    picture = stakes([FIT], SMALL)
    low, high = (word(picture, heading) for heading in HEADINGS)
    assert low["x"] < centre(picture) < high["x"]
    assert low["y"] < min(block["y"] for block in blocks(picture))


def test_rows_stand_in_the_order_given_with_a_line_between() -> None:
    picture = stakes([VALUE, FIT], LARGE)
    [line] = [r["y"] for r in picture.datasets["rects"] if r["fill"] == GRID and r["y"] > 40]
    assert word(picture, "Value")["y"] < line < word(picture, "Strategic fit")["y"]


def test_the_message_and_the_first_three_weights_are_told_in_words() -> None:
    told = stakes([FIT, VALUE, FIT, VALUE, StakeRow("A", "1", "2", (ELLERY,), ())], SMALL).alt
    assert told.startswith("4 of 5 weights can change who is key. Strategic fit moves 0 at 5 and 2")
    assert told.count("moves") == 3


def test_without_a_weight_that_moves_somebody_it_says_so() -> None:
    picture = stakes([], SMALL)
    assert said(picture) == [picture.alt] == ["No vote on a weight moves a customer."]
    assert blocks(picture) == []


# --- the picture ----------------------------------------------------------------------------------


def test_other_words_of_the_same_length_leave_the_spec_alone() -> None:
    """The viewer rebuilds a chart whose spec changed, and the room sees it flash."""
    other = StakeRow("Strategic fog", "6", "32", (), (IRONBRIDGE, ELLERY))
    assert stakes([FIT], LARGE).spec is stakes([other], LARGE).spec
    assert "Ironbridge" not in json.dumps(stakes([FIT], LARGE).spec)


def test_the_spec_is_valid_vega_lite_and_the_data_are_json() -> None:
    picture = stakes([FIT, VALUE], LARGE)
    alt.Chart.from_dict(picture.spec)
    assert json.loads(json.dumps(picture.whole(), allow_nan=False))["datasets"]["rects"]


# --- lines of text --------------------------------------------------------------------------------


@settings(max_examples=150, deadline=None)
@given(NASTY, st.floats(60, 300), st.integers(1, 4))
def test_no_line_is_wider_and_no_text_has_more_lines_than_asked(
    text: str, width: float, most: int
) -> None:
    lines = wrapped(text, width, OTHER, most)
    assert 1 <= len(lines) <= most
    assert all(text_width(line, OTHER.size, OTHER.weight) <= width for line in lines)


@given(st.lists(st.text("abcdefg", min_size=1, max_size=9), min_size=1, max_size=12))
def test_a_text_that_fits_loses_nothing(words: list[str]) -> None:
    assert " ".join(wrapped("  ".join(words), 200, OTHER, 12)) == " ".join(words)


@pytest.mark.parametrize("moved", [IRONBRIDGE, ELLERY, ORRIN])
def test_no_line_ends_with_a_sign_that_joins(moved: Moved) -> None:
    broken = [line for width in range(90, 330) for line in wrapped(moved.words, width, OTHER, 6)]
    assert not [line for line in broken if line.endswith(("·", "→"))]


def test_lines_are_about_equally_long() -> None:
    """By hand: full lines would be "Talk about this: votes from 5" and "to 27"."""
    style = Style(14, 700)
    width = text_width("Talk about this: votes from 5", 14, 700) + 1
    first, second = wrapped("Talk about this: votes from 5 to 27", width, style, 3)
    assert (first, second) == ("Talk about this:", "votes from 5 to 27")


def test_what_does_not_fit_keeps_its_beginning_and_its_end() -> None:
    joined = "".join(wrapped(GERMAN, 120, OTHER, 2))
    assert joined.startswith("Schnittstellen")
    assert joined.endswith("KGaA")
    assert joined.count("…") == 1


def test_the_cut_is_no_shorter_than_it_must_be() -> None:
    [line] = wrapped("abcdefghij" * 10, 200, OTHER, 1)
    wide = text_width(line, OTHER.size, OTHER.weight)
    assert 200 - 2 * math.ceil(text_width("m", OTHER.size, OTHER.weight)) < wide <= 200


def test_a_text_of_nothing_is_one_empty_line() -> None:
    assert wrapped(" \n ", 100, OTHER, 3) == [""]
