"""What capital has to earn, and the least and most hours by class: fields in a popover."""

from typing import Literal

import streamlit as st

from kam.edits import SetHoursPolicy
from kam.method.hours_limits import at_odds
from kam.model import Class
from kam.ui import inputs, resources, words
from kam.ui.frame import PAGES, Room
from kam.ui.inputs import Field
from kam.validated import changed

Limit = Literal["floors", "caps"]
LABELS: dict[Limit, str] = {"floors": "at least", "caps": "at most"}
_COLUMNS = [2.4, 2, 2]
MOST = 100_000.0  # hours a year that a limit may be, as in HoursPolicy


def policy(room: Room) -> None:
    """The rules by which hours and capital are shared out."""
    with st.popover("Limits", icon=":material/tune:"):
        head, least, most = st.columns(_COLUMNS)
        head.markdown("Hours a year for a customer")
        least.markdown(LABELS["floors"])
        most.markdown(LABELS["caps"])
        for klass in Class:
            name, least, most = st.columns(_COLUMNS, vertical_alignment="center")
            name.markdown(klass.label)
            with least:
                _limit(room, klass, "floors")
            with most:
                _limit(room, klass, "caps")
        hurdle, cost = st.columns(2)
        with hurdle:
            inputs.number(
                "Capital has to earn, % a year", _hurdle(room), min_value=0.0, max_value=100.0,
                format="%g",
            )  # fmt: skip
        with cost:
            inputs.number(
                f"An hour costs, {room.workshop.currency}", _cost(room), min_value=0.0,
                max_value=MOST, format="%g", placeholder="not known",
            )  # fmt: skip
        st.caption(words.plain(" ".join([_total(room), *at_odds(resources.figures(room))])))
        resources.link(room, PAGES["objectives"], "Change how many hours there are")


def _limit(room: Room, klass: Class, limit: Limit) -> None:
    """One least or most number of hours; empty is none."""

    def edit(new: float | None) -> SetHoursPolicy:
        known = room.present.hours_policy
        others = {key: hours for key, hours in getattr(known, limit).items() if key is not klass}
        given = others if new is None else {**others, klass: new}
        return SetHoursPolicy(policy=changed(known, **{limit: given}))

    value = getattr(room.workshop.hours_policy, limit).get(klass)
    field = Field(room.workshop.id, f"{limit}.{klass}", value, edit)
    label = f"{klass.label}, {LABELS[limit]}"
    inputs.number(
        label, field, label_visibility="collapsed", placeholder=LABELS[limit],
        min_value=0.0, max_value=MOST, format="%g",
    )  # fmt: skip


def _hurdle(room: Room) -> Field:
    """What capital has to earn; emptied, it stays."""

    def edit(new: float | None) -> SetHoursPolicy | None:
        known = room.present.hours_policy
        return None if new is None else SetHoursPolicy(policy=changed(known, hurdle_pct=new))

    return Field(room.workshop.id, "hurdle", room.workshop.hours_policy.hurdle_pct, edit)


def _cost(room: Room) -> Field:
    """What an hour of our people costs; emptied, it is unknown."""

    def edit(new: float | None) -> SetHoursPolicy:
        return SetHoursPolicy(policy=changed(room.present.hours_policy, cost_per_hour=new))

    value = room.workshop.hours_policy.cost_per_hour
    return Field(room.workshop.id, "cost_per_hour", value, edit)


def _total(room: Room) -> str:
    """How many hours are shared out, and where that is from."""
    found = resources.figures(room)
    if found.hours is None:
        return "Nobody has said yet how many hours there are."
    if found.own_hours is None:
        return f"{found.hours:,.0f} hours a year are shared out: what all take now."
    return (
        f"{found.hours:,.0f} hours a year are shared out among all customers: the same hours of "
        "our people in which Split keeps room for key accounts."
    )
