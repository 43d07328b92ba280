"""Of `kam.ui.inputs`: widgets that never own a value, so that no edit is lost."""

import random
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from streamlit.testing.v1 import AppTest

from kam.edits import PutObjective, SetCapacity
from kam.errors import Refused
from kam.model import Objective
from kam.ui import inputs, rooms, state
from tests.apps import go, own_home, page, present, shown, stored

OBJECTIVE = Objective(id="o", name="Grow profit", baseline=1.0)
STEPS = 30  # edits, page changes, undo and redo in one walk


@pytest.fixture(autouse=True)
def _home(tmp_path: Path) -> Iterator[None]:
    with own_home(tmp_path):
        yield


def test_a_widget_shows_what_the_store_has() -> None:
    tab = page("objectives", stored(PutObjective(objective=OBJECTIVE)))
    assert tab.number_input(key="o.baseline").value == 1.0
    assert tab.number_input(key="o.target").value is None


def test_an_edit_is_in_the_store_before_the_page_is_drawn_again() -> None:
    workshop = stored(PutObjective(objective=OBJECTIVE))
    tab = page("objectives", workshop)
    tab.number_input(key="o.target").set_value(2.5).run()
    assert present(workshop).objectives["o"].target == 2.5
    assert tab.number_input(key="o.target").value == 2.5


def test_emptying_a_number_makes_it_unknown_again_and_not_zero() -> None:
    workshop = stored(PutObjective(objective=OBJECTIVE))
    page("objectives", workshop).number_input(key="o.baseline").set_value(None).run()
    assert present(workshop).objectives["o"].baseline is None


def test_a_refused_value_is_told_in_a_sentence_and_the_truth_comes_back() -> None:
    workshop = stored(PutObjective(objective=OBJECTIVE))
    tab = page("objectives", workshop)
    tab.number_input(key="o.year").set_value(1200).run()
    assert "year: input should be greater than or equal to 2000; we found “1200”." in shown(tab)
    assert tab.number_input(key="o.year").value is None
    assert present(workshop).objectives["o"] == OBJECTIVE
    assert "1200" not in shown(tab.run())


def test_two_fields_of_one_thing_that_arrive_together_are_both_kept() -> None:
    """A person who types faster than the page is drawn changes two fields in one run."""
    workshop = stored(PutObjective(objective=OBJECTIVE))
    tab = page("objectives", workshop)
    tab.number_input(key="o.target").set_value(2.0)
    tab.text_input(key="o.measure").set_value("Profit")
    tab.number_input(key="capacity.people").set_value(3.0)
    tab.number_input(key="capacity.hours_core").set_value(400.0)
    shown(tab.run())
    kept = present(workshop)
    assert (kept.objectives["o"].target, kept.objectives["o"].measure) == (2.0, "Profit")
    assert (kept.capacity.people, kept.capacity.hours_core) == (3.0, 400.0)


def test_an_edit_from_another_tab_is_seen_at_the_next_run() -> None:
    workshop = stored(PutObjective(objective=OBJECTIVE))
    tab = page("objectives", workshop)
    other = OBJECTIVE.model_copy(update={"target": 9.0})
    rooms.store().write(workshop, PutObjective(objective=other))
    assert tab.run().number_input(key="o.target").value == 9.0


def test_a_stale_edit_shows_both_values_and_overwrites_nothing() -> None:
    workshop = stored(PutObjective(objective=OBJECTIVE))
    tab = page("objectives", workshop)
    rooms.store().write(workshop, SetCapacity(capacity=present(workshop).capacity.model_copy(
        update={"people": 5.0, "hours_per_person": 1000.0,
                "hours_strategic": 800.0, "hours_core": 300.0})))  # fmt: skip
    tab.number_input(key="capacity.people").set_value(7.0).run()
    text = shown(tab)
    assert "Somebody changed this first (capacity: not complete → 5,000 hours a year)." in text
    assert "You wanted: capacity: 5,000 hours a year → " in text
    assert present(workshop).capacity.people == 5.0
    assert tab.number_input(key="capacity.people").value == 5.0


FIELDS = {
    # widget -> (what it is, values that a person may enter)
    "o.baseline": ("number_input", st.integers(0, 99).map(float)),
    "o.target": ("number_input", st.integers(0, 99).map(float)),
    "o.measure": ("text_input", st.sampled_from(["Profit", "Share", "Visits"])),
    "capacity.people": ("number_input", st.integers(1, 20).map(float)),
    "capacity.hours_core": ("number_input", st.integers(1, 900).map(float)),
}


def widgets(tab: AppTest) -> dict[str, object]:
    """What the widgets show."""
    return {key: getattr(tab, kind)(key=key).value for key, (kind, _) in FIELDS.items()}


def truth(workshop: str) -> dict[str, object]:
    """What the store has in the same places."""
    now = present(workshop)
    places = {"o": now.objectives["o"], "capacity": now.capacity}
    return {key: getattr(places[key.split(".")[0]], key.split(".")[1]) for key in FIELDS}


@settings(max_examples=3, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_no_edit_is_lost_on_a_walk_of_edits_page_changes_undo_and_redo(data: st.DataObject) -> None:
    workshop = stored(PutObjective(objective=OBJECTIVE))
    tab = page("objectives", workshop)
    expected = [truth(workshop)]
    undone: list[dict[str, object]] = []
    for _ in range(STEPS):
        key = data.draw(st.sampled_from([*FIELDS, *FIELDS, "undo", "redo", "away", "refresh"]))
        if key in FIELDS:
            kind, values = FIELDS[key]
            value = data.draw(values)
            getattr(tab, kind)(key=key).set_value(value).run()
            if value != expected[-1][key]:
                expected, undone = [*expected, {**expected[-1], key: value}], []
        elif key == "undo" and len(expected) > 1:
            tab.button(key="undo").click().run()
            undone.append(expected.pop())
        elif key == "redo" and undone:
            tab.button(key="redo").click().run()
            expected.append(undone.pop())
        elif key == "away":
            go(go(tab, "criteria"), "objectives")
        elif key == "refresh":
            tab = page("objectives", workshop)
        assert widgets(tab) == truth(workshop) == expected[-1]
        shown(tab)


def test_a_field_that_wants_no_edit_writes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    written: list[object] = []
    monkeypatch.setattr("kam.ui.inputs.frame.write", lambda *given: written.append(given))
    monkeypatch.setattr("kam.ui.inputs.state.widget", lambda _key: random.random())  # noqa: S311 - any value
    inputs.written(inputs.Field("w", "x", 1.0, lambda _new: None))
    assert written == []


def test_a_field_that_refuses_leaves_its_words_for_the_page(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    told: list[str] = []

    def refuse(_new: object) -> None:
        raise Refused("Not like this.")

    monkeypatch.setattr("kam.ui.inputs.state.widget", lambda _key: 1)
    monkeypatch.setattr("kam.ui.inputs.state.tell", told.append)
    inputs.written(inputs.Field("w", "x", 1.0, refuse))
    assert told == ["Not like this."]


def test_a_field_with_its_own_way_to_write_leaves_the_store_as_it_is(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    workshop = stored(PutObjective(objective=OBJECTIVE))
    before, sent = present(workshop), []
    new = PutObjective(objective=OBJECTIVE.model_copy(update={"target": 9.0}))
    monkeypatch.setattr(state, "widget", lambda _key: 9.0)
    field = inputs.Field(
        workshop, "o.target", None, lambda _new: new, lambda *written: sent.append(written)
    )
    inputs.written(field)
    assert sent == [(workshop, new)]
    assert present(workshop) == before
