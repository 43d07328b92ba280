"""Capacity pictures: what fits together, and who takes the hours."""

import pandas as pd
import pytest

from kam.charts.capacity import CORE, STRATEGIC, queue_bar, room_for
from kam.charts.theme import FILL, TINT
from kam.model import Capacity, Class
from tests.sheets import rects, tips, word, words

ROOM = Capacity(people=5, hours_per_person=1_550, hours_strategic=1_200, hours_core=500)


def test_every_mix_that_fits_is_a_column() -> None:
    expected = ["0 + 15", "1 + 13", "2 + 10", "3 + 8", "4 + 5", "5 + 3", "6 + 1"]
    assert [text for text in words(room_for(ROOM)) if " + " in text] == expected


def test_no_mix_takes_more_than_there_is() -> None:
    for text in words(room_for(ROOM)):
        if " + " in text:
            strategic, core = (int(part) for part in text.split(" + "))
            assert strategic * 1_200 + core * 500 <= 7_750


def test_a_column_stacks_core_on_strategic() -> None:
    picture = room_for(ROOM)
    blue, green = rects(picture, STRATEGIC)[2], rects(picture, CORE)[2]
    assert green["y2"] == pytest.approx(blue["y"])


def test_very_many_places_keep_forty_columns() -> None:
    many = Capacity(people=500, hours_per_person=1_550, hours_strategic=100, hours_core=50)
    assert len(rects(room_for(many), STRATEGIC)) == 40


def queue(*rows: tuple[str, Class, float]) -> pd.DataFrame:
    return pd.DataFrame(
        [(n, n, k.value, hours, k is Class.STRATEGIC) for n, k, hours in rows],
        columns=["id", "name", "klass", "hours", "waits"],
    )


THREE = queue(
    ("Alder", Class.KEY_STRATEGIC, 600),
    ("Birch", Class.KEY_CORE, 300),
    ("Cedar", Class.STRATEGIC, 300),
)


def test_segments_are_as_wide_as_their_hours() -> None:
    picture = queue_bar(THREE, available=1_000, unit="hours")
    blue = rects(picture, FILL[Class.KEY_STRATEGIC])[0]
    green = rects(picture, FILL[Class.KEY_CORE])[0]
    assert (blue["x2"] - blue["x"] + 2) / (green["x2"] - green["x"] + 2) == pytest.approx(2)


def test_who_waits_is_outlined_beyond_the_line() -> None:
    picture = queue_bar(THREE, available=1_000, unit="hours")
    [waiting] = rects(picture, TINT[Class.STRATEGIC])
    assert waiting["edge"] == FILL[Class.STRATEGIC]
    assert "Cedar: would take 300 hours" in tips(picture)
    assert word(picture, "900 of 1,000 hours taken")


def test_without_a_known_capacity_there_is_no_line() -> None:
    assert queue_bar(THREE, available=None, unit="hours").datasets["lines"] == []


def test_nobody_in_the_key_zone_is_said_in_words() -> None:
    assert words(queue_bar(queue(), available=100, unit="hours")) == [
        "Nobody is in the key zone yet."
    ]


def test_a_name_is_left_out_where_it_would_not_fit_but_stays_in_the_tooltip() -> None:
    many = queue(*[(f"Customer number {i}", Class.KEY_CORE, 10) for i in range(100)])
    picture = queue_bar(many, available=2_000, unit="hours")
    assert not any("Customer" in text for text in words(picture))
    assert len(tips(picture)) == 100
