"""The capacity calculator: from relationships and people's time to hours, in one step."""

from collections.abc import Iterator, Mapping

import streamlit as st

from kam.edits import SetCapacity
from kam.errors import Refused
from kam.method.capacity import (
    Fits,
    capacity_of,
    fits,
    notes,
    replaced_words,
    start,
    starting_words,
)
from kam.model import CapacityBasis, Class, Relationships
from kam.ui import state, words
from kam.ui.frame import Room, write

ROUNDED = "%.3g"  # what divides badly is shown with three digits, and kept as it is
# What is asked: name -> label, the most that can be typed, the step of its buttons, its format.
ASKED: Mapping[str, tuple[str, float, float, str]] = {
    "people": ("Our people", 10_000.0, 0.5, "%g"),
    "share_of_time_pct": ("Share of their time, %", 100.0, 1.0, ROUNDED),
    "hours_a_year": ("Hours a year each works", 4_000.0, 50.0, "%g"),
    "strategic_people": ("Contacts at a strategic one", 1_000.0, 1.0, "%g"),
    "strategic_hours": ("Monthly hours each, strategic", 1_000.0, 1.0, ROUNDED),
    "core_people": ("Contacts at a core one", 1_000.0, 1.0, "%g"),
    "core_hours": ("Monthly hours each, core", 1_000.0, 1.0, ROUNDED),
}
ROWS = (
    ("people", "share_of_time_pct", "hours_a_year"),
    ("strategic_people", "strategic_hours"),
    ("core_people", "core_hours"),
)
WISHED = "calc_wished"  # how many strategic accounts the mix is told for


def calculator(room: Room) -> None:
    """A popover with the figures behind the hours, what they lead to, and what is usual."""
    with st.popover("Work it out", icon=":material/calculate:"), st.container(gap="xsmall"):
        _seed(room)
        columns = [st.columns(3, vertical_alignment="bottom") for _ in ROWS]
        for row, cells in zip(ROWS, columns, strict=True):
            for name, cell in zip(row, cells, strict=False):
                _number(cell, name)
        columns[1][2].number_input("How many strategic ones", 0, 10_000, key=WISHED)
        columns[2][2].button(
            "Use these figures", key="use_basis", width="stretch", on_click=_use, args=(room,)
        )
        basis = _typed()
        told = fits(basis, int(state.widget(WISHED) or 0))
        st.markdown(" ".join(_told(room, basis, told)))
        _usual(room, basis, told)


def _told(room: Room, basis: CapacityBasis, found: Fits) -> Iterator[str]:
    """Whose figures these are, what they lead to, and what using them would replace."""
    held = room.workshop.capacity
    yield starting_words(held)
    yield fits_words(found)
    yield replaced_words(basis, held)


def _number(place: st.delta_generator.DeltaGenerator, name: str) -> None:
    label, most, step, shape = ASKED[name]
    place.number_input(label, 0.0, most, step=step, format=shape, key=_key(name))


def _key(name: str) -> str:
    return f"calc_{name}"


def _seed(room: Room) -> None:
    """Give the boxes the figures that stand, once; what is typed stays until those change."""
    held = room.workshop.capacity
    mark = (room.workshop.id, held)
    if state.recall("calculated") == mark and state.widget(_key("people")) is not None:
        return
    state.remember("calculated", mark)
    for name, value in flat(start(held)).items():
        state.seed(_key(name), value)
    state.seed(WISHED, room.assessment.counts[Class.KEY_STRATEGIC])


def flat(basis: CapacityBasis) -> dict[str, float]:
    """A basis by the names of the boxes."""
    return {
        "people": basis.people,
        "share_of_time_pct": basis.share_of_time_pct,
        "hours_a_year": basis.hours_a_year,
        "strategic_people": basis.strategic.people,
        "strategic_hours": basis.strategic.hours_a_month,
        "core_people": basis.core.people,
        "core_hours": basis.core.hours_a_month,
    }


def _typed() -> CapacityBasis:
    """The basis that the boxes hold; an empty one is nothing."""
    value = {name: float(state.widget(_key(name)) or 0) for name in ASKED}
    return CapacityBasis(
        people=value["people"],
        share_of_time_pct=value["share_of_time_pct"],
        hours_a_year=value["hours_a_year"],
        strategic=_relationships(value, "strategic"),
        core=_relationships(value, "core"),
    )


def _relationships(value: Mapping[str, float], kind: str) -> Relationships:
    return Relationships(people=value[f"{kind}_people"], hours_a_month=value[f"{kind}_hours"])


def fits_words(found: Fits) -> str:
    """What a basis leads to: hours an account, hours in all, and how many accounts fit."""
    each = (
        f"A strategic account takes **{found.strategic_each:,.0f} hours** a year, a core one "
        f"**{found.core_each:,.0f}**; there are **{found.hours:,.0f}**."
    )
    if found.core is None:
        return f"{each} Say what a core account takes to see how many fit."
    return (
        f"{each} Room for **{found.strategic:,} strategic and {found.core:,} core** key accounts."
    )


def _usual(room: Room, basis: CapacityBasis, found: Fits) -> None:
    """What is usual for so many accounts, with its source."""
    every = notes(found.strategic, found.core or 0, basis.people, len(room.workshop.customers))
    for place, note in enumerate(every):
        with st.container(key=f"{'told' if note.level == 'fine' else 'gap'}_calc_{place}"):
            st.caption(words.plain(note.told))


def _use(room: Room) -> None:
    """Write hours, people and their basis as one edit."""
    try:
        write(room.workshop.id, SetCapacity(capacity=capacity_of(_typed(), room.present.capacity)))
    except Refused as refused:
        state.tell(str(refused))
