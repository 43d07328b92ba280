"""Of `kam.ui.sure`: its titles and sizes; the page is in tests/pages/test_matrix.py."""

import pytest
import streamlit as st

from kam.charts.beside import HEADING
from kam.charts.labels import text_width
from kam.charts.sure import class_shares
from kam.report.sure import class_rows
from kam.ui import parts, standout, sure
from tests.apps import room
from tests.workshops import by_hand, made, placed

FIVE = {f"c{n}": (9.5, 9.5) for n in range(5)}


def test_the_title_counts_who_holds_firm_once_there_is_a_picture() -> None:
    assert sure.title(room(placed(FIVE))) == ("5 of 5 key customers hold firm; nobody is in play")
    assert sure.title(room(made())) == standout.title(room(made())) == "Who stands out?"


def test_the_words_beside_the_bars_have_room() -> None:
    room_left = sure.SIZE[0] - sure.BARS
    assert text_width(sure.OWN, HEADING.size, HEADING.weight) < room_left - 16
    assert text_width("none of 88 picks it", 15) < room_left - 16


def test_as_many_bars_as_are_drawn_fit_on_the_sheet() -> None:
    checks = room(placed({f"c{n}": (5.0, 9.0) for n in range(sure.MOST_ROWS)})).checks
    bars = class_shares(class_rows(checks, checks.result.standings), sure.BARS)
    assert bars.spec["height"] <= sure.SIZE[1]


def test_what_is_not_drawn_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[str] = []
    monkeypatch.setattr(st, "markdown", told.append)
    monkeypatch.setattr(parts, "picture", lambda *_args, **_options: None)
    crowd = {f"c{n:02}": (5.0, 9.0) for n in range(sure.MOST_ROWS + 3)}
    sure.classes(room(placed(crowd)))
    assert "Drawn are the 10 least sure of 13 in play" in "".join(told).replace("\\", "")


def test_nothing_is_said_where_there_is_nothing_to_say(monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[str] = []
    monkeypatch.setattr(st, "markdown", told.append)
    sure._say(["", ""])
    assert told == []
    sure._say(["", "One.", "Two."])
    assert [line.replace("\\", "") for line in told] == ["One. Two."]


def test_the_checks_of_a_room_are_those_of_its_result() -> None:
    open_room = room(by_hand())
    assert open_room.checks.result is open_room.assessment
