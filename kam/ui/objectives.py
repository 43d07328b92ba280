"""Parts of the objectives page: objective cards and the capacity."""

import streamlit as st

from kam import catalogue
from kam.charts.capacity import room_for
from kam.edits import PutObjective, RemoveObjective, SetCapacity
from kam.model import Capacity, Objective
from kam.ui import capacity_calculator, inputs, parts, state, words
from kam.ui.frame import Room, save, write
from kam.ui.inputs import Field
from kam.ui.names import new_id
from kam.validated import changed

_OWN = "Your own words"


def add(room: Room) -> None:
    """A menu of templates, and one's own words."""
    taken = set(room.workshop.objectives)
    left = {entry.id: entry for entry in catalogue.OBJECTIVES if entry.id not in taken}
    with st.popover("Add an objective", icon=":material/add:"):
        for key, entry in left.items():
            st.button(
                entry.name,
                key=f"add_{key}",
                help=entry.statement,
                type="tertiary",
                on_click=save,
                args=(
                    room.workshop.id,
                    PutObjective(objective=catalogue.objective(key, room.workshop.currency)),
                ),
            )
        st.text_input(
            _OWN, key="own_objective", placeholder="Grow with …", on_change=_own, args=(room,)
        )


def _own(room: Room) -> None:
    """Add an objective in the team's own words."""
    name = str(state.widget("own_objective") or "").strip()
    if name:
        state.seed("own_objective", "")
        objective = Objective(id=new_id("O", room.workshop.objectives), name=name[:200])
        write(room.workshop.id, PutObjective(objective=objective))


def cards(room: Room) -> None:
    """One card an objective: the sentence, what it lacks, and its fields."""
    if not room.workshop.objectives:
        st.markdown("#### Two to four objectives are enough. Tap to use one, or add your own.")
        for entry in catalogue.OBJECTIVES[:3]:
            objective = catalogue.objective(entry.id, room.workshop.currency)
            st.button(
                f"{entry.name}: {entry.statement}",
                key=f"offer_{entry.id}",
                icon=":material/add:",
                on_click=save,
                args=(room.workshop.id, PutObjective(objective=objective)),
            )
    for objective in room.workshop.objectives.values():
        with st.container(border=True, key=f"card_{objective.id}"):
            _card(room, objective)


def _card(room: Room, objective: Objective) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(f"**{words.plain(objective.name)}**", width="stretch")
        with st.popover("Edit", key=f"edit_{objective.id}"):
            _words(room, objective)
    if objective.statement:
        st.markdown(words.plain(objective.statement))
    first, second, third, fourth = st.columns([3, 2, 2, 2])
    with first:
        inputs.text("Measure", _field(room, objective, "measure"))
    with second:
        inputs.number(
            _with_unit("Today", objective), _field(room, objective, "baseline"), format="%g"
        )
    with third:
        inputs.number(
            _with_unit("Target", objective), _field(room, objective, "target"), format="%g"
        )
    with fourth:
        inputs.number("By year", _field(room, objective, "year"), step=1, format="%d")
    parts.lacking(objective.gaps, f"gap_{objective.id}")


def _with_unit(label: str, objective: Objective) -> str:
    return f"{label}, {words.plain(objective.unit)}" if objective.unit else label


def _words(room: Room, objective: Objective) -> None:
    """Name, sentence and unit, and the way out."""
    inputs.text("Objective", _field(room, objective, "name"))
    inputs.paragraph("So that …", _field(room, objective, "statement"))
    inputs.text("Unit of the measure", _field(room, objective, "unit"))
    st.button(
        "Remove this objective",
        key=f"remove_{objective.id}",
        on_click=save,
        args=(room.workshop.id, RemoveObjective(objective=objective.id)),
    )


def _field(room: Room, objective: Objective, name: str) -> Field:
    """A field of an objective as a widget shows it."""

    def edit(new: object) -> PutObjective:
        known = room.present.objectives.get(objective.id, objective)
        return PutObjective(objective=changed(known, **{name: new}))

    return Field(room.workshop.id, f"{objective.id}.{name}", getattr(objective, name), edit)


def capacity(room: Room) -> None:
    """How many key accounts we can serve: the picture, and the numbers behind it."""
    known = room.workshop.capacity
    st.subheader("How many can we serve?", anchor=False)
    st.markdown(capacity_words(known))
    with st.container(horizontal=True, vertical_alignment="center"):
        inputs.segments(
            "Count in",
            ["hours", "places"],
            _capacity_field(room, "mode"),
            format_func={"hours": "Hours a year", "places": "Plain number"}.get,
            label_visibility="collapsed",
        )
        capacity_calculator.calculator(room)
    if known.mode == "places":
        inputs.number("Key accounts that we can serve", _capacity_field(room, "places"), step=1)
        st.caption("Most teams manage 5 to 35; one manager looks after 1 to 5.")
        return
    _hours(room)
    if known.known:
        parts.picture(room_for(known), "capacity")


def _hours(room: Room) -> None:
    one, two = st.columns(2)
    with one:
        inputs.number("People", _capacity_field(room, "people"), step=0.5, format="%g")
        inputs.number(
            "Hours a year for a strategic one",
            _capacity_field(room, "hours_strategic"),
            format="%g",
        )
    with two:
        inputs.number(
            "Hours a year each", _capacity_field(room, "hours_per_person"), step=50.0, format="%g"
        )
        inputs.number(
            "Hours a year for a core one", _capacity_field(room, "hours_core"), format="%g"
        )


def capacity_words(capacity: Capacity) -> str:
    """The capacity in one sentence."""
    if not capacity.known:
        return "Not known yet. Until then nobody has to wait for a place."
    if capacity.mode == "places":
        return f"We have room for **{words.count(capacity.places or 0, 'key account')}**."
    hours = capacity.hours or 0
    strategic = int(hours // (capacity.hours_strategic or 1))
    core = int(hours // (capacity.hours_core or 1))
    return (
        f"**{hours:,.0f} hours a year**: room for {strategic} strategic key accounts, "
        f"or {core} core ones, or a mix."
    )


def _capacity_field(room: Room, name: str) -> Field:
    """A number of the capacity; hours that are typed no longer rest on what was worked out."""

    def edit(new: object) -> SetCapacity:
        known = room.present.capacity
        basis = known.basis if name in ("mode", "places") else None
        return SetCapacity(capacity=changed(known, **{name: new, "basis": basis}))

    value = getattr(room.workshop.capacity, name)
    return Field(room.workshop.id, f"capacity.{name}", value, edit)
