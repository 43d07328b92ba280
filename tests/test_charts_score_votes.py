"""Of `kam.charts.score_votes`: every vote is a dot at its step, no text touches another."""

import json
from collections import Counter
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kam.charts.score_votes import OWN, RADIUS, ScoreVotes, score_votes
from kam.charts.theme import ATTENTION, INK_3, NAVY, PAPER, Picture, Rows
from tests.test_charts_stakes import NASTY, WIDTHS, boxes, collisions, outside

STEP = st.integers(1, 5)
ROWS = st.lists(
    st.builds(
        ScoreVotes,
        NASTY,
        NASTY,
        st.lists(STEP, min_size=2, max_size=30).map(tuple),
        st.none() | STEP,
        NASTY,
        NASTY,
    ),
    min_size=1,
    max_size=8,
)
BAY = ScoreVotes("Bay", "Fit", (2, 3, 3, 5), None, "Bay: Low priority → Key · core")


def said(picture: Picture) -> list[str]:
    return [str(row["text"]) for row in picture.datasets["words"]]


def dots(picture: Picture) -> Rows:
    return picture.datasets["dots"]


def test_every_vote_is_one_dot_that_tells_its_step() -> None:
    told = Counter(str(dot["tip"]) for dot in dots(score_votes([BAY], 760)))
    assert told == {"2 of 5": 1, "3 of 5": 2, "5 of 5": 1}


def test_a_higher_step_stands_further_right() -> None:
    at = {str(dot["tip"]): dot["x"] for dot in dots(score_votes([BAY], 760))}
    assert at["2 of 5"] < at["3 of 5"] < at["5 of 5"]


def test_the_own_managers_vote_is_hollow_and_told() -> None:
    drawn = dots(score_votes([ScoreVotes("Bay", "Fit", (3, 3), 5, "")], 760))
    [own] = [dot for dot in drawn if OWN in str(dot["tip"])]
    assert (own["fill"], own["edge"]) == (PAPER, NAVY)
    assert all(dot["fill"] == NAVY for dot in drawn if dot is not own)


def test_what_is_agreed_is_said_quietly_and_what_is_open_loudly() -> None:
    agreed = ScoreVotes("Ash", "Fit", (1, 3, 5), None, "nothing", "agreed at 5 points")
    colors = {
        str(word["text"]): word["color"]
        for word in score_votes([BAY, agreed], 760).datasets["words"]
    }
    assert colors["nothing (agreed at 5 points)"] == INK_3
    assert colors["Bay: Low priority → Key · core"] == ATTENTION


def test_rows_stand_in_the_order_in_which_they_are_given() -> None:
    ash = ScoreVotes("Ash", "Fit", (1, 3, 5), None, "nothing")
    names = [text for text in said(score_votes([BAY, ash], 760)) if text in {"Ash", "Bay"}]
    assert names == ["Bay", "Ash"]


def test_the_words_for_those_who_cannot_see_it_name_the_votes() -> None:
    assert score_votes([BAY], 760).alt == (
        "1 score on which votes differ. Fit of Bay: votes from 2 to 5 of 5."
    )


def test_nothing_disputed_is_a_sentence_and_no_empty_picture() -> None:
    picture = score_votes([], 760)
    assert said(picture) == ["The votes on every score lie close together."]
    assert dots(picture) == []


def test_the_spec_holds_no_data() -> None:
    other = ScoreVotes("Ash", "Fit", (1, 3, 5), 2, "nothing")
    one, two = score_votes([BAY], 760), score_votes([other], 760)
    assert one.spec == two.spec
    assert "Ash" not in json.dumps(two.spec)


@pytest.mark.parametrize("count", [1, 8, 30])
def test_many_equal_votes_grow_smaller_and_stay_within_their_row(count: int) -> None:
    row = ScoreVotes("Bay", "Fit", (3,) * count, 3, "nothing")
    picture = score_votes([row], 760)
    height = picture.spec["height"]
    assert len(dots(picture)) == count + 1
    for dot in dots(picture):
        radius = (dot["area"] / 3.1416) ** 0.5
        assert radius <= RADIUS
        assert dot["y"] - radius >= 28
        assert dot["y"] + radius <= height


@given(ROWS, WIDTHS)
@settings(max_examples=30)
def test_no_text_touches_another_and_none_leaves_the_sheet(
    rows: list[ScoreVotes], width: int
) -> None:
    picture = score_votes(rows, width)
    assert collisions(picture) == []
    assert outside(picture) == []


@given(ROWS)
@settings(max_examples=30)
def test_no_dot_covers_another(rows: list[ScoreVotes]) -> None:
    for one, other in combinations(dots(score_votes(rows, 760)), 2):
        apart = ((one["x"] - other["x"]) ** 2 + (one["y"] - other["y"]) ** 2) ** 0.5
        assert apart >= (one["area"] / 3.1416) ** 0.5 + (other["area"] / 3.1416) ** 0.5 - 0.01


@given(ROWS, WIDTHS)
@settings(max_examples=30)
def test_no_dot_covers_a_name_or_a_word(rows: list[ScoreVotes], width: int) -> None:
    picture = score_votes(rows, width)
    for dot in dots(picture):
        radius = (dot["area"] / 3.1416) ** 0.5
        beside = [b for b in boxes(picture) if b.top < dot["y"] + radius and dot["y"] < b.bottom]
        assert all(
            b.right <= dot["x"] - radius + 0.01 or b.left >= dot["x"] + radius - 0.01
            for b in beside
        )
