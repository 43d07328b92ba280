"""How often each class and each place: nothing is ever 0 or 100 %, and nothing is hidden by it."""

import json
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import altair as alt
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kam.charts.labels import text_width
from kam.charts.sure import (
    LEAST_DARK,
    READABLE,
    THIN,
    ClassShares,
    Places,
    class_shares,
    percent,
    places,
)
from kam.charts.theme import BLUES, FILL, GRID, INK, PAPER, WORDS, Picture, Rows
from kam.model import Class

STRATEGIC_KEY, CORE, STRATEGIC, LOW = Class
KESTREL = ClassShares("Kestrel", (0.92, 0.08, 0.0, 0.0), STRATEGIC_KEY)
IRONBRIDGE = ClassShares("Ironbridge", (0.0, 0.64, 0.11, 0.25), CORE)
ORRIN = ClassShares("Orrin", (0.0, 0.39, 0.55, 0.06), STRATEGIC)
THREE = [KESTREL, IRONBRIDGE, ORRIN]

ORDER = [
    Places("First", (0.75, 0.2, 0.05, 0.0)),
    Places("Second", (0.3, 0.62, 0.075, 0.005)),
    Places("Third", (0.0, 0.2, 0.4, 0.4)),
]


def said(picture: Picture) -> list[str]:
    return [row["text"] for row in picture.datasets["words"]]


def word(picture: Picture, text: str) -> dict[str, Any]:
    """The one row of words that says `text`."""
    [row] = [row for row in picture.datasets["words"] if row["text"] == text]
    return row


def parts(picture: Picture, name: str) -> Rows:
    """The parts of one customer's bar, or its cells, from left to right."""
    return [row for row in picture.datasets["rects"] if row["tip"].startswith(f"{name}:")]


def inside(picture: Picture, part: dict[str, Any]) -> Rows:
    """The words that stand inside a part or a cell."""
    return [
        row
        for row in picture.datasets["words"]
        if part["x"] < row["x"] < part["x2"] and part["y"] < row["y"] < part["y2"]
    ]


def ends(row: dict[str, Any]) -> tuple[float, float]:
    """The left and right end of words, px."""
    wide = text_width(row["text"], row["size"], row["weight"])
    left = row["x"] - {"left": 0.0, "center": wide / 2, "right": wide}[row["align"]]
    return left, left + wide


def assert_words_stay_apart(picture: Picture) -> None:
    """No words leave the sheet, and none on one line touch."""
    lines: dict[float, list[tuple[float, float]]] = {}
    for row in picture.datasets["words"]:
        lines.setdefault(row["y"], []).append(ends(row))
    for spans in lines.values():
        spans.sort()
        assert spans[0][0] >= -2
        assert spans[-1][1] <= picture.spec["width"] + 2
        for (_, end), (start, _) in pairwise(spans):
            assert end <= start


# --- classes --------------------------------------------------------------------------------------


def test_a_bar_is_divided_as_the_runs_are() -> None:
    bar = parts(class_shares(THREE, 900), "Ironbridge")
    lengths = [part["x2"] - part["x"] for part in bar]
    whole = bar[-1]["x2"] - bar[0]["x"]
    assert [length / whole for length in lengths] == pytest.approx([0.64, 0.11, 0.25])
    assert [part["x"] for part in bar[1:]] == pytest.approx([part["x2"] for part in bar[:-1]])


def test_parts_have_the_colours_of_the_classes_in_the_order_of_the_key() -> None:
    picture = class_shares([ClassShares("All", (0.4, 0.3, 0.2, 0.1), CORE)], 900)
    assert [part["fill"] for part in parts(picture, "All")] == [FILL[klass] for klass in Class]
    at = [word(picture, klass.label)["x"] for klass in Class]
    assert at == sorted(at)


def test_a_part_from_eight_percent_on_says_how_often() -> None:
    picture = class_shares([KESTREL], 900)
    large, small = parts(picture, "Kestrel")
    assert [row["text"] for row in inside(picture, large)] == [f"92{THIN}%"]
    assert [row["text"] for row in inside(picture, small)] == [f"8{THIN}%"]


def test_a_smaller_part_says_it_only_when_pointed_at() -> None:
    picture = class_shares([ORRIN], 900)
    *_, least = parts(picture, "Orrin")
    assert inside(picture, least) == []
    assert least["tip"] == "Orrin: Low priority in 6 of 100 runs"


def test_a_part_too_narrow_for_its_number_goes_without() -> None:
    picture = class_shares([KESTREL], 330)
    assert inside(picture, parts(picture, "Kestrel")[1]) == []


def test_grey_parts_have_dark_numbers_and_the_others_white_ones() -> None:
    picture = class_shares([IRONBRIDGE], 900)
    colors = [inside(picture, part)[0]["color"] for part in parts(picture, "Ironbridge")]
    assert colors == [PAPER, PAPER, INK]


def test_the_class_as_it_stands_is_at_the_right_in_its_colour() -> None:
    picture = class_shares(THREE, 900)
    for name, row in zip(("Kestrel", "Ironbridge", "Orrin"), THREE, strict=True):
        assert row.now is not None
        now = word(picture, f"now {row.now.label.lower()}")
        assert now["color"] == WORDS[row.now]
        assert now["y"] == word(picture, name)["y"]
        assert now["x"] > parts(picture, name)[-1]["x2"]


def test_who_is_not_scored_is_not_given_a_class() -> None:
    picture = class_shares([ClassShares("New", (0.0, 0.5, 0.0, 0.5), None)], 900)
    assert "not scored yet" in said(picture)
    assert not [text for text in said(picture) if text.startswith("now ")]


def test_runs_without_a_score_stay_empty_and_say_so() -> None:
    picture = class_shares([ClassShares("Half", (0.1, 0.2, 0.2, 0.1), CORE)], 900)
    ground, *rest = parts(picture, "Half")
    assert (ground["fill"], ground["edge"]) == (PAPER, GRID)
    assert "not scored in the other runs" in ground["tip"]
    length = ground["x2"] - ground["x"]
    assert rest[-1]["x2"] - ground["x"] == pytest.approx(0.6 * length)


def test_always_is_said_as_practically_always() -> None:
    picture = class_shares([ClassShares("Sure", (1.0, 0.0, 0.0, 0.0), STRATEGIC_KEY)], 900)
    assert f"> 99{THIN}%" in said(picture)
    assert parts(picture, "Sure")[0]["tip"].endswith("in practically all runs")
    assert len(parts(picture, "Sure")) == 1


@given(st.floats(0, 1))
def test_no_share_is_ever_0_or_100_percent(share: float) -> None:
    assert percent(share).split(THIN)[0] not in {"0", "100"}


@given(st.floats(0.005001, 0.99499))
def test_any_other_share_is_its_rounded_percentage(share: float) -> None:
    assert percent(share) == f"{round(100 * share)}{THIN}%"


@pytest.mark.parametrize("width", [440, 724, 1112])
def test_words_of_class_bars_stay_apart_at_every_width(width: int) -> None:
    long = ClassShares("Orrin Steel & Sons Amalgamated Holding Company", (0.1, 0.4, 0.4, 0.1), LOW)
    assert_words_stay_apart(class_shares([*THREE, long], width))


def test_a_long_name_is_cut_and_a_short_one_is_not() -> None:
    long = ClassShares("Orrin Steel & Sons Amalgamated Holding", (0.1, 0.4, 0.4, 0.1), LOW)
    picture = class_shares([KESTREL, long], 500)
    assert "Kestrel" in said(picture)
    assert [text for text in said(picture) if text.startswith("Orr") and text.endswith("…")]


@given(st.text(st.characters(codec="ascii", categories=["L"]), min_size=1, max_size=12))
def test_the_longest_name_alone_decides_how_much_room_names_get(name: str) -> None:
    assert name in said(class_shares([ClassShares(name, (0.5, 0.5, 0.0, 0.0), CORE)], 1112))


def test_the_key_breaks_where_it_does_not_fit() -> None:
    def rows_of_key(width: int) -> set[float]:
        picture = class_shares(THREE, width)
        return {word(picture, klass.label)["y"] for klass in Class}

    assert (len(rows_of_key(1112)), len(rows_of_key(440))) == (1, 2)


def test_the_least_sure_are_told_first_to_those_who_cannot_see_it() -> None:
    told = class_shares(THREE, 900).alt
    assert told.index("Orrin") < told.index("Ironbridge") < told.index("Kestrel")
    assert "Orrin is Strategic, not yet key in 55 of 100 runs" in told


def test_nobody_in_doubt_is_a_sentence() -> None:
    picture = class_shares([], 500)
    assert said(picture) == [picture.alt] == ["No customer's class is in doubt."]


def test_other_shares_leave_the_spec_alone() -> None:
    one, other = class_shares([KESTREL], 900), class_shares([ORRIN], 900)
    assert one.spec is other.spec
    assert "Kestrel" not in json.dumps(one.spec)
    alt.Chart.from_dict(one.spec)


@given(st.lists(st.floats(0, 1), min_size=4, max_size=4).filter(lambda shares: sum(shares) > 0))
def test_no_bar_leaves_its_column_and_numbers_stand_only_in_readable_parts(
    shares: Sequence[float],
) -> None:
    whole = sum(shares)
    a, b, c, d = (share / whole for share in shares)
    picture = class_shares([ClassShares("X", (a, b, c, d), CORE)], 724)
    bar = parts(picture, "X")
    limit = word(picture, "now key · core")["x"]
    assert max(part["x2"] for part in bar) < limit
    numbers = [text for text in said(picture) if text.endswith("%")]
    assert len(numbers) <= sum(share >= READABLE for share in (a, b, c, d))


# --- places ---------------------------------------------------------------------------------------


def test_a_customer_is_a_row_and_a_place_a_column() -> None:
    picture = places(ORDER, 2, 800)
    one, two = parts(picture, "First")[0], parts(picture, "Second")[0]
    assert (one["x"], one["y2"] < two["y"]) == (two["x"], True)
    centres = [(cell["x"] + cell["x2"]) / 2 for cell in parts(picture, "First")]
    assert centres == pytest.approx([word(picture, str(place))["x"] for place in (1, 2, 3)])


def test_a_cell_says_how_often_from_one_percent_on() -> None:
    picture = places(ORDER, 2, 800)
    cells = parts(picture, "Second")
    assert [[row["text"] for row in inside(picture, cell)] for cell in cells] == [
        ["30"],
        ["62"],
        ["8"],
        [],
    ]


def test_a_place_never_taken_has_no_cell() -> None:
    assert len(parts(places(ORDER, 2, 800), "First")) == 3


def test_a_cell_never_says_100() -> None:
    picture = places([Places("Sure", (1.0, 0.0)), Places("Other", (0.0, 1.0))], 1, 400)
    assert said(picture).count(">99") == 2
    assert parts(picture, "Sure")[0]["tip"] == "Sure: place 1 in practically all runs"


def test_the_largest_share_is_darkest_and_even_spreads_stay_pale() -> None:
    [sure], even = (
        parts(places([row], 1, 400), "A")
        for row in (Places("A", (1.0,)), Places("A", (LEAST_DARK / 2,) * 5))
    )
    assert sure["fill"] == BLUES[-1]
    assert {cell["fill"] for cell in even} == {BLUES[2]}


def test_numbers_are_white_on_dark_cells_only() -> None:
    picture = places(ORDER, 2, 800)
    dark, light = parts(picture, "First")[:2]
    assert [inside(picture, cell)[0]["color"] for cell in (dark, light)] == [PAPER, INK]


@pytest.mark.parametrize("key_places", [0, 2, 4])
def test_the_line_stands_after_the_last_key_account(key_places: int) -> None:
    picture = places(ORDER, key_places, 800)
    [line] = picture.datasets["lines"]
    step = word(picture, "2")["x"] - word(picture, "1")["x"]
    assert line["x"] == pytest.approx(word(picture, "1")["x"] + (key_places - 0.5) * step)
    assert f"{key_places} key accounts" in said(picture)


def test_a_line_beyond_the_last_place_is_not_drawn() -> None:
    picture = places(ORDER, 5, 800)
    assert picture.datasets["lines"] == []
    assert not [text for text in said(picture) if "key account" in text]


def test_one_key_account_is_in_the_singular() -> None:
    assert "1 key account" in said(places(ORDER, 1, 800))


@pytest.mark.parametrize(("width", "key_places"), [(480, 0), (480, 20), (724, 8), (1112, 20)])
def test_words_of_places_stay_apart_with_25_customers_and_20_places(
    width: int, key_places: int
) -> None:
    rows = [Places(f"Customer {place} of many", (0.05,) * 20) for place in range(25)]
    picture = places(rows, key_places, width)
    assert_words_stay_apart(picture)
    assert picture.spec["height"] <= 660


def test_who_holds_a_key_place_firmly_is_told() -> None:
    told = places(ORDER, 2, 800).alt
    assert "2 of 2 key accounts are among the first 2 in at least 90 of 100 runs" in told
    assert "First, Second" in told
    assert "Third" not in told


def test_no_order_is_a_sentence() -> None:
    picture = places([], 3, 500)
    assert said(picture) == [picture.alt] == ["No order of the customers is known yet."]


def test_other_places_leave_the_spec_alone() -> None:
    assert places(ORDER, 2, 800).spec is places(ORDER[::-1], 1, 800).spec
