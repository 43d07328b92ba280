"""What speaks for and against letting a customer go, with a mark."""

from datetime import date

import pytest
import streamlit as st

from kam.edits import JudgeAsOne
from kam.method.exit_checks import Finding
from kam.ui.frame import Room
from kam.ui.planning.before_exit import MARKS, before_exit
from tests.apps import room
from tests.workshops import TODAY, after, customer, placed


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What is written on the page."""
    found: list[str] = []
    monkeypatch.setattr(st, "markdown", found.append)
    return found


def paying() -> Room:
    """Ash, of low priority, still earns money."""
    earning = customer("ash", revenue=20_000.0, margin_pct=10.0, cost_to_serve=500.0)
    known = placed({"ash": (2.0, 2.0), "bay": (2.0, 2.0)})
    return room(known.model_copy(update={"customers": {**known.customers, "ash": earning}}))


def test_every_finding_has_a_mark_of_its_own() -> None:
    assert set(MARKS) == set(Finding)
    assert len(set(MARKS.values())) == len(Finding)


def test_what_speaks_against_comes_first(told: list[str]) -> None:
    before_exit(paying(), "ash", TODAY)
    assert told[0].startswith(f"{MARKS[Finding.AGAINST]} It still earns EUR 1\\,500 a year")
    assert len(told) == 5


def test_only_what_is_asked_for_is_told(told: list[str]) -> None:
    before_exit(paying(), "ash", date.max, (Finding.AGAINST,))
    assert len(told) == 1
    assert told[0].startswith(MARKS[Finding.AGAINST])


def test_of_a_company_within_a_group_nothing_is_told(told: list[str]) -> None:
    grouped = after(
        placed({"ash": (2.0, 2.0), "bay": (2.0, 2.0)}),
        JudgeAsOne(group="dew", name="Dew", members=("ash",)),
    )
    before_exit(room(grouped), "ash", TODAY)
    assert told == []
