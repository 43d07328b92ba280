"""Hours now and due as a picture: what stands where, and that nothing is left out in words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kam.charts.flow import (
    GIVES,
    HEAD,
    LEAST_ROW,
    TAKES,
    UNKNOWN,
    HoursRow,
    fitting,
    height_of,
    hours_moves,
)
from kam.charts.theme import FILL, PAPER, Picture
from kam.model import Class

SIZE = (770, 400)
GIVER = HoursRow("Alder", Class.LOW_PRIORITY, 500, 100, "Alder: 500 now, 100 due")
TAKER = HoursRow("Birch", Class.KEY_CORE, 200, 600)
OPEN = HoursRow("Cedar", None, None, 40)


def words(drawn: Picture) -> list[str]:
    return [str(row["text"]) for row in drawn.datasets["words"]]


def ways(drawn: Picture) -> list[dict[str, float | str]]:
    """The lines from now to due; the thin ones are the ground."""
    return [row for row in drawn.datasets["lines"] if row["width"] > 1]


def test_giver_and_taker_differ_in_colour_and_in_sign() -> None:
    drawn = hours_moves([GIVER, TAKER], SIZE)
    assert [way["color"] for way in ways(drawn)] == [GIVES, TAKES]
    assert {"−400", "+400"} <= set(words(drawn))


def test_all_rows_have_one_scale() -> None:
    first, second = ways(hours_moves([GIVER, TAKER], SIZE))
    px = [float(one["x2"]) - float(one["x"]) for one in (first, second)]
    assert px[0] == pytest.approx(-px[1])
    assert px[1] > 100


def test_unknown_hours_have_a_dot_where_they_are_due_and_no_way() -> None:
    drawn = hours_moves([OPEN], SIZE)
    assert ways(drawn) == []
    assert UNKNOWN in words(drawn)
    assert "40" in words(drawn)
    assert not [text for text in words(drawn) if text.startswith(("+", "−"))]


def test_hours_that_nobody_knows_to_be_due_are_a_ring_alone() -> None:
    drawn = hours_moves([HoursRow("Dogwood", None, 60, None)], SIZE)
    assert ways(drawn) == []
    assert {"60", "–"} <= set(words(drawn))
    assert drawn.alt == "Dogwood: 60 hours now, not known due."
    rings = [dot for dot in drawn.datasets["dots"] if dot["y"] > HEAD and dot["x"] > 100]
    assert [dot["fill"] for dot in rings] == [PAPER]


def test_a_row_has_the_colour_of_its_class_and_none_where_nothing_is_scored() -> None:
    dots = hours_moves([GIVER, OPEN], SIZE).datasets["dots"]
    named = [dot for dot in dots if dot["x"] == 6]
    assert [dot["fill"] for dot in named] == [FILL[Class.LOW_PRIORITY], PAPER]
    assert [dot["tip"] for dot in named] == [Class.LOW_PRIORITY.label, "Not scored yet"]


def test_rows_that_do_not_fit_are_left_out() -> None:
    assert fitting(HEAD + 3 * LEAST_ROW) == 3
    assert fitting(0) == 0
    drawn = hours_moves([GIVER] * 9, (770, HEAD + 3 * LEAST_ROW))
    assert words(drawn).count("Alder") == 3


def test_few_rows_need_no_more_height_than_their_own() -> None:
    high, low = (hours_moves([GIVER, TAKER], (770, height)) for height in (450, height_of(2)))
    assert high.datasets == low.datasets
    assert height_of(2) < 450


def test_no_rows_are_told_as_such() -> None:
    assert hours_moves([], SIZE).alt == "No hours to show."


def test_the_words_for_those_who_cannot_see_it_hold_every_row() -> None:
    drawn = hours_moves([GIVER, OPEN], SIZE)
    assert drawn.alt == ("Alder: 500 hours now, 100 due. Cedar: not known hours now, 40 due.")


def test_the_spec_stays_the_same_while_the_rows_change() -> None:
    assert hours_moves([GIVER], SIZE).spec is hours_moves([TAKER, OPEN], SIZE).spec


ROWS = st.builds(
    HoursRow,
    st.text(st.characters(categories=["L"]), min_size=1, max_size=80),
    st.one_of(st.none(), st.sampled_from(Class)),
    st.one_of(st.none(), st.floats(0, 1e6)),
    st.one_of(st.none(), st.floats(0, 1e6)),
)


@given(st.lists(ROWS, max_size=20))
def test_everything_stays_on_the_sheet(rows: list[HoursRow]) -> None:
    drawn = hours_moves(rows, SIZE)
    for dot in drawn.datasets["dots"]:
        assert 0 <= dot["x"] <= SIZE[0]
        assert 0 <= dot["y"] <= SIZE[1]
    for line in drawn.datasets["lines"]:
        assert 0 <= min(line["x"], line["x2"]) <= max(line["x"], line["x2"]) <= SIZE[0]
