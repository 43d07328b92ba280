"""Kept what-ifs: keep the copy under a name, open one again, drop one; the workshop stays."""

from collections.abc import Sequence

import streamlit as st
from pydantic import ValidationError

from kam.edits import ANY_EDIT, DropScenario, Edit, KeepScenario, Together
from kam.errors import Unreadable
from kam.model import Scenario, Workshop
from kam.ui import state, what_if_tab, words
from kam.ui.frame import Room, save, write
from kam.ui.names import new_id

# What a what-if may do; everything else in a kept one came from elsewhere.
MOVES = {
    "change_profile",
    "forecast",
    "judge_gate",
    "move_line",
    "put_criterion",
    "score_customer",
    "set_capacity",
    "set_points",
    "together",
}
LONGEST_NAME = 60  # letters: a name stands over a small picture


def menu(room: Room, moves: Sequence[Edit]) -> None:
    """A menu: keep the copy under a name; open or drop a kept one."""
    kept = room.workshop.scenarios
    with st.popover(f"Scenarios · {len(kept)}" if kept else "Scenarios", key="scenarios"):
        st.text_input(
            "Keep these moves as",
            key="if.scenario",
            placeholder="A name, such as: Lean team",
            max_chars=LONGEST_NAME,
            disabled=not moves,
            on_change=_named,
            args=(room,),
        )
        st.caption(
            "The moves live in this browser tab. Kept under a name, everybody finds them here; "
            "a name that is taken is kept anew."
        )
        for scenario in kept.values():
            _row(room, scenario)


def _row(room: Room, scenario: Scenario) -> None:
    """One kept what-if: its name, and the two things that can be done with it."""
    name, out = st.columns([6, 1], vertical_alignment="center")
    name.button(
        f"Open {words.plain(scenario.name)} · {words.count(len(scenario.edits), 'move')}",
        key=f"open_{scenario.id}",
        type="tertiary",
        on_click=_opened,
        args=(room, scenario),
    )
    out.button(
        "",
        key=f"drop_{scenario.id}",
        icon=":material/close:",
        type="tertiary",
        help="Drop this scenario",
        on_click=save,
        args=(room.workshop.id, DropScenario(scenario=scenario.id)),
    )


def _named(room: Room) -> None:
    """Keep the copy under the name that was typed."""
    name = str(state.widget("if.scenario") or "").strip()
    state.seed("if.scenario", "")
    copy = what_if_tab.present(room.workshop.id)
    if name and copy.edits:
        write(room.workshop.id, kept_as(room.workshop, name, copy.edits, copy.revision or 0))


def kept_as(workshop: Workshop, name: str, moves: Sequence[Edit], revision: int) -> KeepScenario:
    """The edit that keeps moves under a name, in place of those that bear it already."""
    same = (key for key, scenario in workshop.scenarios.items() if scenario.name == name)
    key = next(same, None) or new_id("W", workshop.scenarios)
    edits = tuple(edit.model_dump(mode="json") for edit in moves)
    return KeepScenario(scenario=Scenario(id=key, name=name, edits=edits, revision=revision))


def _opened(room: Room, scenario: Scenario) -> None:
    """Open a kept what-if in place of the copy; one undo brings the copy back."""
    try:
        what_if_tab.begin(room.workshop.id, moves_of(scenario), scenario.revision)
    except Unreadable as error:
        state.tell(str(error))


def moves_of(scenario: Scenario) -> tuple[Edit, ...]:
    """The moves of a kept what-if.

    Raises:
        Unreadable: one of them is none that a what-if can make.
    """
    try:
        moves = tuple(ANY_EDIT.validate_python(raw) for raw in scenario.edits)
    except ValidationError as error:
        raise _unreadable(scenario, str(error.errors()[0]["input"])) from error
    for move in moves:
        inner = move.edits if isinstance(move, Together) else (move,)
        if strange := {one.kind for one in (move, *inner)} - MOVES:
            raise _unreadable(scenario, min(strange).replace("_", " "))
    return moves


def _unreadable(scenario: Scenario, found: str) -> Unreadable:
    return Unreadable(
        f"The scenario “{scenario.name}” cannot be opened: we found a move that this page does "
        f"not know ({words.short(found, 60)}). Drop it, or open it with the version that kept it."
    )
