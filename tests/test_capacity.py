"""How many key accounts fit, and who takes the hours."""

import json
from itertools import pairwise
from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kam.charts.capacity import CORE, MOST_COLUMNS, STRATEGIC, _mixes, queue_bar, room_for
from kam.charts.labels import text_width
from kam.charts.theme import FILL, TINT, Picture, Rows
from kam.model import Capacity, Class

EIGHTEEN_HUNDRED = Capacity(people=1, hours_per_person=1800, hours_strategic=600, hours_core=250)
WAITS = Class.STRATEGIC


def queue(*rows: tuple[str, Class, float]) -> pd.DataFrame:
    """A frame as `kam.report.tables.queue` makes it; who is not yet key waits."""
    return pd.DataFrame(
        [(name.lower(), name, klass.value, hours, klass is WAITS) for name, klass, hours in rows],
        columns=["id", "name", "klass", "hours", "waits"],
    )


FOUR = queue(
    ("Orrin", Class.KEY_STRATEGIC, 600.0),
    ("Tamar", Class.KEY_CORE, 250.0),
    ("Balder", WAITS, 250.0),
    ("Redmarsh", WAITS, 250.0),
)


def said(picture: Picture) -> list[str]:
    return [row["text"] for row in picture.datasets["words"]]


def segments(picture: Picture) -> Rows:
    return picture.datasets["rects"]


def segment(picture: Picture, name: str) -> dict[str, Any]:
    """The one segment of a customer."""
    [row] = [row for row in segments(picture) if row["tip"].startswith(name)]
    return row


def end_of_capacity(picture: Picture) -> float:
    [line] = picture.datasets["lines"]
    return float(line["x"])


# --- room for -------------------------------------------------------------------------------------


def test_every_strategic_account_leaves_room_for_fewer_core_ones() -> None:
    """By hand: 1,800 hours; 1,200 and 600 are left; 250 go into them 7, 4, 2 and 0 times."""
    assert _mixes(EIGHTEEN_HUNDRED) == [(0, 7), (1, 4), (2, 2), (3, 0)]


def test_each_mix_stands_in_words_below_its_column() -> None:
    picture = room_for(EIGHTEEN_HUNDRED)
    assert {"0 + 7", "1 + 4", "2 + 2", "3 + 0"} <= set(said(picture))
    assert {"strategic", "+ core"} <= set(said(picture))


def test_columns_are_as_high_as_the_accounts_that_fit() -> None:
    columns = [row for row in segments(room_for(EIGHTEEN_HUNDRED)) if row["fill"] == CORE]
    heights = [row["y2"] - row["y"] for row in columns]
    assert [height / heights[0] for height in heights] == pytest.approx([1, 4 / 7, 2 / 7, 0])


def test_strategic_and_core_have_their_own_colours() -> None:
    assert {row["fill"] for row in segments(room_for(EIGHTEEN_HUNDRED))} == {STRATEGIC, CORE}


def test_places_are_shared_one_for_one() -> None:
    assert _mixes(Capacity(mode="places", places=3)) == [(0, 3), (1, 2), (2, 1), (3, 0)]


def test_a_capacity_for_nobody_is_a_mix_of_none() -> None:
    nobody = Capacity(people=0, hours_per_person=1800, hours_strategic=600, hours_core=250)
    assert "0 strategic and 0 core" in room_for(nobody).alt


def test_floats_do_not_lose_an_account() -> None:
    """0.3 // 0.1 is 2 in floats."""
    tight = Capacity(people=1, hours_per_person=0.3, hours_strategic=0.1, hours_core=0.1)
    assert _mixes(tight)[0] == (0, 3)
    assert _mixes(tight)[-1] == (3, 0)


def test_what_is_not_known_is_said_not_drawn() -> None:
    picture = room_for(Capacity(people=2))
    assert segments(picture) == []
    assert picture.alt == "The capacity is not known yet."
    assert said(picture) == [picture.alt]


def test_narrow_columns_leave_words_to_the_first_and_the_last() -> None:
    many = Capacity(people=20, hours_per_person=1500, hours_strategic=1000, hours_core=110)
    mixes = [text for text in said(room_for(many)) if text[0].isdigit()]
    assert mixes == ["0 + 272", "30 + 0"]


@given(
    st.floats(0, 1e6),
    st.floats(0.5, 5e4),
    st.floats(0.5, 5e4),
)
def test_a_mix_never_takes_more_than_there_is(hours: float, strategic: float, core: float) -> None:
    capacity = Capacity(
        people=hours / 4000, hours_per_person=4000, hours_strategic=strategic, hours_core=core
    )
    mixes = _mixes(capacity)
    assert 1 <= len(mixes) <= MOST_COLUMNS
    for count, cores in mixes:
        assert count >= 0
        assert cores >= 0
        assert count * strategic + cores * core <= hours * (1 + 1e-6) + 1e-3


def test_another_capacity_leaves_the_spec_alone() -> None:
    other = EIGHTEEN_HUNDRED.model_copy(update={"people": 9.0})
    assert room_for(EIGHTEEN_HUNDRED).spec is room_for(other).spec
    assert room_for(EIGHTEEN_HUNDRED).spec is room_for(Capacity()).spec


# --- queue ----------------------------------------------------------------------------------------


def test_a_customer_is_as_wide_as_the_hours_it_takes() -> None:
    picture = queue_bar(FOUR, available=1000, unit="hours")
    wide, narrow = segment(picture, "Orrin"), segment(picture, "Tamar")
    assert (wide["x2"] - wide["x"] + 2) / (narrow["x2"] - narrow["x"] + 2) == pytest.approx(2.4)


def test_customers_stand_in_the_order_in_which_they_were_asked() -> None:
    lefts = [row["x"] for row in segments(queue_bar(FOUR, available=1000, unit="hours"))]
    assert lefts == sorted(lefts)


def test_who_waits_stands_beyond_the_end_of_the_capacity() -> None:
    """150 of 1,000 hours are free, too few for the next one: it must not seem to have them."""
    picture = queue_bar(FOUR, available=1000, unit="hours")
    line = end_of_capacity(picture)
    assert segment(picture, "Tamar")["x2"] < line < segment(picture, "Balder")["x"]


def test_who_waits_is_outlined_and_said_to_wait() -> None:
    waiting = segment(queue_bar(FOUR, available=1000, unit="hours"), "Balder")
    assert (waiting["fill"], waiting["edge"]) == (TINT[WAITS], FILL[WAITS])
    assert "would take 250 hours" in waiting["tip"]


def test_overrides_may_take_more_than_there_is_and_it_shows() -> None:
    picture = queue_bar(FOUR, available=700, unit="hours")
    tamar = segment(picture, "Tamar")
    assert tamar["x"] < end_of_capacity(picture) < tamar["x2"]
    assert "850 of 700 hours taken" in said(picture)


def test_free_hours_are_room_before_the_line() -> None:
    alone = queue(("Orrin", Class.KEY_STRATEGIC, 600.0))
    picture = queue_bar(alone, available=1200, unit="hours")
    assert end_of_capacity(picture) == pytest.approx(1180)
    assert segment(picture, "Orrin")["x2"] == pytest.approx(590, abs=1)


def test_the_line_says_what_is_taken_with_a_comma_in_thousands() -> None:
    busy = queue(("Orrin", Class.KEY_STRATEGIC, 1640.0))
    assert "1,640 of 1,800 hours taken" in said(queue_bar(busy, available=1800, unit="hours"))


def test_an_unknown_capacity_has_no_line() -> None:
    picture = queue_bar(FOUR, available=None, unit="hours")
    assert picture.datasets["lines"] == []
    assert picture.alt.startswith("850 hours taken;")


def test_places_are_counted_in_places() -> None:
    two = queue(("Orrin", Class.KEY_CORE, 1.0), ("Tamar", WAITS, 1.0))
    assert "1 of 1 places taken" in said(queue_bar(two, available=1, unit="places"))


@pytest.mark.parametrize(
    ("frame", "words"),
    [(FOUR, "2 customers wait for room."), (FOUR[:3], "1 customer waits for room.")],
)
def test_those_who_wait_are_counted_in_words(frame: pd.DataFrame, words: str) -> None:
    assert queue_bar(frame, available=1000, unit="hours").alt.endswith(words)


def test_each_colour_is_named_once_with_its_count_and_no_label_covers_another() -> None:
    picture = queue_bar(FOUR, available=1000, unit="hours", width=300)
    labels = [row for row in picture.datasets["words"] if row["y"] > 60]
    assert [row["text"] for row in labels] == ["1 strategic", "1 core", "2 waiting"]
    assert [row["color"] for row in labels] == [
        FILL[Class.KEY_STRATEGIC], FILL[Class.KEY_CORE], FILL[WAITS]]  # fmt: skip
    for left, right in pairwise(labels):
        assert left["x"] + text_width(left["text"], 13, 600) < right["x"]
    assert labels[-1]["x"] + text_width("2 waiting", 13, 600) <= 300


def test_many_who_wait_do_not_crowd_out_those_who_have_room_but_all_are_counted() -> None:
    many = queue(
        ("Orrin", Class.KEY_STRATEGIC, 600.0),
        *((f"Customer {place}", WAITS, 10.0) for place in range(500)),
    )
    picture = queue_bar(many, available=600, unit="hours")
    assert end_of_capacity(picture) == pytest.approx(1180 * 2 / 3, rel=0.01)
    assert len(segments(picture)) == 31
    assert "500 waiting" in said(picture)
    assert picture.alt.endswith("500 customers wait for room.")


def test_a_name_is_never_cut() -> None:
    assert "Orrin" in said(queue_bar(FOUR, available=1000, unit="hours"))
    assert not [text for text in said(queue_bar(FOUR, available=1000, unit="hours")) if "…" in text]


def test_a_narrow_customer_is_named_on_pointing_only() -> None:
    many = queue(*((f"Customer {place}", Class.KEY_CORE, 10.0) for place in range(150)))
    picture = queue_bar(many, available=None, unit="hours")
    assert not [text for text in said(picture) if text.startswith("Customer")]
    assert segment(picture, "Customer 149: 10 hours")["x2"] <= 1180


def test_no_segment_is_turned_inside_out_however_narrow() -> None:
    many = queue(*((f"Customer {place}", Class.KEY_CORE, 1.0) for place in range(2000)))
    assert all(row["x"] < row["x2"] for row in segments(queue_bar(many, available=1, unit="hours")))


def test_nobody_in_the_queue_is_said_not_drawn() -> None:
    picture = queue_bar(queue(), available=1000, unit="hours")
    assert said(picture) == ["Nobody is in the key zone yet."]
    assert segments(picture) == []


def test_hours_that_nobody_entered_are_said_not_drawn() -> None:
    unknown = queue(("Orrin", Class.KEY_STRATEGIC, 0.0))
    picture = queue_bar(unknown, available=None, unit="hours")
    assert picture.alt == "What an account takes is not known yet."
    assert segments(picture) == []


def test_another_queue_leaves_the_spec_alone() -> None:
    one = queue_bar(FOUR, available=1000, unit="hours")
    assert one.spec is queue_bar(queue(), available=None, unit="places").spec
    assert "Orrin" not in json.dumps(one.spec)


def test_the_data_are_json() -> None:
    picture = queue_bar(FOUR, available=1000, unit="hours")
    assert json.loads(json.dumps(picture.whole(), allow_nan=False))["datasets"]["rects"]
