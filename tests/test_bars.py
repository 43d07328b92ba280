"""Weights with their votes, and what adds up to a score."""

import json
import math
from collections.abc import Sequence
from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kam.charts.bars import GROUPS, WIDE_SPREAD, contribution_bars, fitted, weight_bars
from kam.charts.labels import text_width
from kam.charts.theme import (
    AMOUNT,
    ATTENTION,
    ATTENTION_TINT,
    INK,
    INK_3,
    NAVY,
    Picture,
    Rows,
)

NONE: list[float] = []


def weights(*rows: tuple[str, str, int, list[float]]) -> pd.DataFrame:
    """A frame as `kam.report.tables.weights` makes it, from name, axis, points and votes."""
    return pd.DataFrame(
        [(name.lower(), *(name, axis, points, votes)) for name, axis, points, votes in rows],
        columns=["id", "name", "axis", "points", "votes"],
    )


def parts(*rows: tuple[str, float, float, float], votes: Sequence[float] = ()) -> pd.DataFrame:
    """A frame as `kam.report.tables.contributions` makes it: name, points, most, raw."""
    cast = list(votes)
    return pd.DataFrame(
        [
            (name.lower(), name, points, 5.0, most, raw, "%", cast)
            for name, points, most, raw in rows
        ],
        columns=["id", "name", "points", "value", "most", "raw", "unit", "votes"],
    )


THREE = weights(
    ("Margin", "attractiveness", 31, NONE),
    ("Growth", "attractiveness", 42, NONE),
    ("Contacts", "strength", 27, NONE),
)

VOTED = pd.Series([[10.0, 20.0, 30.0]] * 3)


def said(picture: Picture) -> list[str]:
    return [row["text"] for row in picture.datasets["words"]]


def word(picture: Picture, text: str) -> dict[str, Any]:
    """The one row of words that says `text`."""
    [row] = [row for row in picture.datasets["words"] if row["text"] == text]
    return row


def bars(picture: Picture) -> Rows:
    return [row for row in picture.datasets["rects"] if row["fill"] == AMOUNT]


def dots(picture: Picture) -> Rows:
    return picture.datasets["dots"]


def test_both_questions_stand_above_their_criteria() -> None:
    picture = weight_bars(THREE)
    heads = [text for text in said(picture) if text.startswith(tuple(GROUPS.values()))]
    assert len(heads) == 2
    assert word(picture, "Contacts")["y"] > word(picture, heads[1])["y"] > 0


def test_the_heaviest_criterion_of_a_group_comes_first() -> None:
    picture = weight_bars(THREE)
    assert word(picture, "Growth")["y"] < word(picture, "Margin")["y"]
    assert word(picture, "Margin")["y"] < word(picture, "Contacts")["y"]


def test_bars_are_as_long_as_their_points() -> None:
    lengths = [bar["x2"] - bar["x"] for bar in bars(weight_bars(THREE))]
    assert [length / lengths[0] for length in lengths] == pytest.approx([1, 31 / 42, 27 / 42])


def test_every_criterion_has_its_points_as_a_number_on_its_row() -> None:
    picture = weight_bars(THREE)
    for name, points in (("Growth", "42"), ("Margin", "31"), ("Contacts", "27")):
        assert word(picture, points)["y"] == word(picture, name)["y"]
        assert word(picture, points)["weight"] >= 700


def test_a_criterion_without_points_is_grey_and_has_no_bar() -> None:
    picture = weight_bars(
        weights(("Margin", "strength", 100, NONE), ("Colour", "strength", 0, NONE))
    )
    assert word(picture, "Colour")["color"] == word(picture, "0")["color"] == INK_3
    assert word(picture, "Margin")["color"] == word(picture, "100")["color"] == INK
    assert bars(picture)[-1]["x"] == bars(picture)[-1]["x2"]


def test_without_votes_there_is_neither_a_dot_nor_a_word_about_votes() -> None:
    picture = weight_bars(THREE)
    assert dots(picture) == []
    assert not [text for text in said(picture) if "vote" in text]


def test_a_vote_is_a_dot_on_the_scale_of_the_bars() -> None:
    picture = weight_bars(weights(("Margin", "strength", 20, [20.0, 24.0, 28.0])))
    [bar] = bars(picture)
    assert len(dots(picture)) == 3
    assert min(dot["x"] for dot in dots(picture)) == pytest.approx(bar["x2"])
    assert {dot["fill"] for dot in dots(picture)} == {NAVY}


def test_equal_votes_stand_on_each_other() -> None:
    picture = weight_bars(weights(("Margin", "strength", 20, [20.0] * 4)))
    assert len({dot["x"] for dot in dots(picture)}) == 1
    assert len({dot["y"] for dot in dots(picture)}) == 4


def test_the_middle_half_of_the_votes_is_a_line() -> None:
    picture = weight_bars(weights(("Margin", "strength", 20, [10.0, 14.0, 18.0, 22.0])))
    [bar], [line] = bars(picture), picture.datasets["lines"]
    per_point = (bar["x2"] - bar["x"]) / 20
    assert (line["x"] - bar["x"]) / per_point == pytest.approx(13)
    assert (line["x2"] - bar["x"]) / per_point == pytest.approx(19)


@pytest.mark.parametrize("votes", [[10.0], [10.0, 40.0]])
def test_fewer_than_three_votes_stay_unseen(votes: list[float]) -> None:
    """Two dots would tell each member what the other one voted (screens.md 3.3)."""
    picture = weight_bars(weights(("Margin", "strength", 20, votes)))
    assert dots(picture) == []
    assert not [text for text in said(picture) if "40" in text]


@pytest.mark.parametrize(("top", "wide"), [(12.0 + WIDE_SPREAD, True), (11.9 + WIDE_SPREAD, False)])
def test_votes_fifteen_points_apart_call_for_attention(top: float, wide: bool) -> None:  # noqa: FBT001 - a parameter of the test
    picture = weight_bars(weights(("Margin", "strength", 20, [12.0, 13.0, top])))
    tints = [row for row in picture.datasets["rects"] if row["fill"] == ATTENTION_TINT]
    loud = [row for row in picture.datasets["words"] if row["color"] == ATTENTION]
    assert (bool(tints), bool(loud)) == (wide, wide)


def test_no_criteria_leave_the_two_questions_and_no_bar() -> None:
    picture = weight_bars(weights())
    assert bars(picture) == []
    assert len(said(picture)) == 2


def test_the_weights_are_told_in_words_heaviest_first() -> None:
    assert "Growth 42, Margin 31, Contacts 27" in weight_bars(THREE).alt


def test_other_weights_and_votes_leave_the_spec_alone() -> None:
    """The viewer rebuilds a chart whose spec changed, and the room sees it flash."""
    other = THREE.assign(points=[10, 20, 70], votes=VOTED)
    assert weight_bars(THREE).spec is weight_bars(other).spec


def test_what_was_added_starts_where_the_last_criterion_ended() -> None:
    rows = parts(("Margin", 3.0, 4.0, 8), ("Growth", 2.0, 6.0, 9))
    first, second = bars(contribution_bars(rows, line=5, score=5.0, title="Attractiveness 5.0"))
    assert second["x"] == pytest.approx(first["x2"])
    assert (second["x2"] - second["x"]) / (first["x2"] - first["x"]) == pytest.approx(2 / 3)


def test_what_a_criterion_could_add_is_outlined() -> None:
    rows = parts(("Margin", 3.0, 4.0, 8))
    picture = contribution_bars(rows, line=5, score=3.0, title="Attractiveness")
    [bar] = bars(picture)
    [whole] = [row for row in picture.datasets["rects"] if row["fill"] != AMOUNT]
    assert whole["edge"] != whole["fill"]
    assert (whole["x2"] - whole["x"]) / (bar["x2"] - bar["x"]) == pytest.approx(4 / 3)


def test_the_cut_off_has_its_value_beside_its_line() -> None:
    rows = parts(("Margin", 3.0, 4.0, 8))
    picture = contribution_bars(rows, line=6.5, score=3.0, title="Strength")
    tag = word(picture, "cut-off 6.5")
    assert tag["x"] in [pytest.approx(line["x"]) for line in picture.datasets["lines"]]


def test_an_unknown_criterion_says_so_and_adds_nothing() -> None:
    rows = parts(("Margin", math.nan, 4.0, math.nan), ("Growth", 2.0, 6.0, 9))
    picture = contribution_bars(rows, line=5, score=2.0, title="Attractiveness")
    assert "unknown" in said(picture)
    assert len(bars(picture)) == 1
    assert "Margin" not in picture.alt


def test_a_customer_of_whom_nothing_is_known_has_no_bars() -> None:
    rows = parts(("Margin", math.nan, 4.0, math.nan))
    picture = contribution_bars(rows, line=5, score=None, title="Attractiveness unknown")
    assert bars(picture) == []
    assert "nothing that is known" in picture.alt


def test_the_level_stands_with_its_unit() -> None:
    rows = parts(("Margin", 3.0, 4.0, 8.5))
    assert "8.5 %" in said(contribution_bars(rows, line=5, score=3.0, title="Attractiveness"))


def test_another_customer_leaves_the_spec_alone() -> None:
    one = contribution_bars(parts(("Margin", 3.0, 4.0, 8)), line=5, score=3.0, title="One")
    other = contribution_bars(
        parts(("Growth", math.nan, 6.0, math.nan)), line=7, score=None, title="Other"
    )
    assert one.spec is other.spec
    assert "One" not in json.dumps(one.spec)


@pytest.mark.parametrize(
    "picture",
    [
        weight_bars(THREE.assign(votes=VOTED)),
        contribution_bars(
            parts(("Margin", math.nan, 4.0, math.nan), ("Growth", 2.0, 6.0, 9)),
            line=5,
            score=2.0,
            title="Attractiveness",
        ),
    ],
    ids=["weights", "contributions"],
)
def test_no_data_set_holds_what_json_does_not_know(picture: Picture) -> None:
    assert json.loads(json.dumps(picture.whole(), allow_nan=False))["datasets"]


@given(
    st.text(st.characters(min_codepoint=32, max_codepoint=126), max_size=40), st.integers(20, 300)
)
def test_a_fitted_name_is_never_wider_than_its_room(name: str, room: int) -> None:
    assert text_width(fitted(name, room), 14) <= room


def test_a_name_that_fits_stays_as_it_is() -> None:
    assert fitted("Margin", 200) == "Margin"


@pytest.mark.parametrize(
    ("votes", "told"),
    [((), "8 %"), ((4.0, 8.0, 6.0), "8 % · votes 4 to 8"), ((8.0, 8.0, 8.0), "8 % · votes 8")],
)
def test_a_level_bears_the_span_of_its_votes(votes: Sequence[float], told: str) -> None:
    rows = parts(("Margin", 3.0, 4.0, 8), votes=votes)
    assert told in said(contribution_bars(rows, line=5, score=3.0, title="Attractiveness"))


def test_votes_are_left_out_where_they_do_not_fit_beside_the_level() -> None:
    rows = parts(("A rather long name of a criterion", 3.0, 4.0, 8), votes=(0.25, 8.75, 6.0))
    narrow = contribution_bars(rows, line=5, score=3.0, title="Attractiveness", width=300)
    assert "8 %" in said(narrow)


def test_the_line_of_a_score_bears_it_unless_the_cut_off_stands_there() -> None:
    rows = parts(("Margin", 3.0, 4.0, 8))
    far = contribution_bars(rows, line=5, score=8.0, title="Attractiveness")
    near = contribution_bars(rows, line=5, score=5.2, title="Attractiveness")
    assert "8.0" in said(far)
    assert "5.2" not in said(near)
