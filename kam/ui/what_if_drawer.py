"""What may be moved in the private copy: weights, lines and room; one customer stands beside."""

from collections.abc import Callable

import streamlit as st

from kam.edits import MoveLine, SetCapacity, SetPoints
from kam.model import Axis, Criterion
from kam.ui import inputs, parts, standout, state, what_if_customer, what_if_tab, words
from kam.ui.frame import Room
from kam.ui.inputs import Field, ToEdit
from kam.ui.objectives import capacity_words
from kam.ui.what_if_tab import copy_field
from kam.validated import changed


def choose_section() -> str:
    """What the drawer shows."""
    return parts.choose_view(tuple(SECTIONS), "Weights", "what_if_section")


def section(room: Room, name: str) -> None:
    """The fields of one section, all of which write into the copy."""
    SECTIONS[name](room)


# Weights


def weights(room: Room) -> None:
    """A slider a criterion, and whose weights do not count."""
    with st.container(key="sliders", gap="xxsmall"):
        for axis in Axis:
            for criterion in room.workshop.criteria.values():
                if criterion.axis is axis:
                    _slider(room, criterion)
    _members(room)


def _slider(room: Room, criterion: Criterion) -> None:
    portion = 100 * room.assessment.weights[criterion.id]
    label = f"{words.plain(words.short(criterion.name, 30))} · {portion:.0f}"
    points = min(room.workshop.points.get(criterion.id, portion), 100.0)
    field = copy_field(
        room, f"points.{criterion.id}", float(round(points)), _slid(room, criterion.id)
    )
    inputs.slider(label, field, min_value=0.0, max_value=100.0, step=1.0, format="%d")


def _slid(room: Room, criterion: str) -> Callable[[float], SetPoints]:
    """Points of one criterion; of all, where the team has not agreed on any of them.

    A criterion without points counts as the average of the others, so that points given to one
    alone would level all.
    """
    shares = {key: 100 * weight for key, weight in room.assessment.weights.items()}

    def edit(new: float) -> SetPoints:
        known = what_if_tab.workshop_now(room.workshop.id).points
        rest = {} if shares.keys() <= known.keys() else {**shares, **known}
        return SetPoints(points={**rest, criterion: new})

    return edit


def _members(room: Room) -> None:
    """Members whose weights do not count in the copy."""
    voters = [key for key, cast in room.workshop.ballots.items() if cast]
    if len(voters) < 2:
        return
    left_out = [key for key in what_if_tab.present(room.workshop.id).left_out if key in voters]
    state.seed("if.members", left_out)
    st.multiselect(
        "Without the weights of",
        voters,
        key="if.members",
        format_func=lambda key: room.workshop.members[key].name,
        placeholder="Everybody counts",
        help="The mean of the other members' own weights then counts, in place of agreed points.",
        on_change=_members_chosen,
        args=(room.workshop.id,),
    )


def _members_chosen(workshop: str) -> None:
    what_if_tab.leave_out(workshop, state.widget("if.members"))


# Lines and room


def lines_and_room(room: Room) -> None:
    """The three lines, and how many key accounts we can serve."""
    for line, label in standout.LINES.items():
        value = getattr(room.workshop.cut_offs, line)
        inputs.number(
            label,
            copy_field(room, f"line.{line}", value, _line_moved(line)),
            min_value=0.0,
            max_value=10.0,
            step=0.1,
            format="%.1f",
        )
    _capacity(room)


def _line_moved(line: str) -> ToEdit:
    def edit(new: float | None) -> MoveLine | None:
        return None if new is None else MoveLine.model_validate({"line": line, "value": new})

    return edit


def _capacity(room: Room) -> None:
    known = room.workshop.capacity
    st.markdown(capacity_words(known))
    if known.mode == "places":
        inputs.number("Key accounts that we can serve", _room_field(room, "places"), step=1)
        return
    left, right = st.columns(2)
    with left:
        inputs.number("People", _room_field(room, "people"), step=0.5, format="%g")
        inputs.number("Hours, strategic", _room_field(room, "hours_strategic"), format="%g")
    with right:
        inputs.number(
            "Hours a year each", _room_field(room, "hours_per_person"), step=50.0, format="%g"
        )
        inputs.number("Hours, core", _room_field(room, "hours_core"), format="%g")


def _room_field(room: Room, name: str) -> Field:
    def edit(new: float | None) -> SetCapacity:
        known = what_if_tab.workshop_now(room.workshop.id).capacity
        return SetCapacity(capacity=changed(known, **{name: new}))

    return copy_field(room, f"capacity.{name}", getattr(room.workshop.capacity, name), edit)


SECTIONS: dict[str, Callable[[Room], None]] = {
    "Weights": weights,
    "Scores": what_if_customer.scores,
    "Lines": lines_and_room,
    "Gates": what_if_customer.conditions,
    "Years": what_if_customer.years,
}
