"""One customer's evidence, wherever it is opened: sentences, contribution bars, its own view."""

from collections.abc import Sequence

import streamlit as st

from kam.charts.bars import contribution_bars
from kam.method.assessment import Standing
from kam.model import Axis, Favours
from kam.report import tables
from kam.ui import parts, state, words
from kam.ui.frame import Room

FAVOUR_WORDS = {
    Favours.YES: "It would favour us as a key supplier",
    Favours.NO: "It would not favour us as a key supplier",
    Favours.UNKNOWN: "We do not know whether it would favour us as a key supplier",
}
AXIS_LINES = {Axis.ATTRACTIVENESS: "attractiveness", Axis.STRENGTH: "strength"}


def pick(room: Room, among: Sequence[str] = ()) -> str | None:
    """The customer that this tab has open, by a select box; `None` without customers.

    Args:
        room: the open workshop.
        among: the customers to choose from, if not all in the one order.
    """
    keys = list(among or room.assessment.standings)
    if not keys:
        return None
    opened = state.recall("customer")
    opened = opened if opened in keys else keys[0]
    state.remember("customer", opened)  # a new score may put another one first
    state.seed("customer_choice", opened)
    chosen = st.selectbox(
        "Customer",
        keys,
        key="customer_choice",
        format_func=lambda key: room.workshop.customers[key].name,
        on_change=lambda: state.remember("customer", state.widget("customer_choice")),
        label_visibility="collapsed",
    )
    return str(chosen)


def case(room: Room, customer: str, width: int = 440) -> None:
    """Why a customer stands where it stands."""
    standing = room.assessment.standings[customer]
    klass = standing.klass.label if standing.klass else "Not scored yet"
    st.markdown(f"**{room.name(customer)}** · {klass} · {words.signed(standing.distance)}")
    for sentence in sentences(room, customer, standing):
        st.markdown(words.plain(sentence))
    for axis in Axis:
        _bars(room, customer, axis, width)


def sentences(room: Room, customer: str, standing: Standing) -> list[str]:
    """What a manager needs to know of a customer: reason, its own view, what is uncertain."""
    profile = room.workshop.customers[customer].profile
    known_by = {"asked": " (we asked)", "believed": " (we believe)"}.get(
        profile.favours_known_by or "", ""
    )
    found = [standing.why, f"{FAVOUR_WORDS[profile.favours_us]}{known_by}."]
    currency = room.workshop.currency
    if profile.revenue is not None:
        spend = words.amount(profile.available_spend, currency)
        found.append(
            f"It buys for {words.amount(profile.revenue, currency)} a year; its three-year spend "
            f"on what we sell: {spend}."
        )
    if standing.gap:
        low, high = standing.strength[1:3]
        if standing.attractiveness[2] - standing.attractiveness[1] > high - low:
            low, high = standing.attractiveness[1:3]
        found.append(
            f"What we do not know could move it: the score lies between {low:.1f} and {high:.1f}."
        )
    if standing.close:
        found.append("Too close to call.")
    return found


def _bars(room: Room, customer: str, axis: Axis, width: int) -> None:
    """The waterfall of one axis."""
    frame = tables.contributions(room.assessment, customer, axis)
    if frame.empty:
        return
    standing, lines = room.assessment.standings[customer], room.workshop.cut_offs
    strong = axis is Axis.STRENGTH
    score = (standing.strength if strong else standing.attractiveness)[0]
    picture = contribution_bars(
        frame,
        line=lines.strength if strong else lines.attractiveness,
        score=None if score != score else score,  # noqa: PLR0124 - NaN is unknown
        title=f"{axis.value.capitalize()} {words.score(score)}",
        width=width,
    )
    parts.picture(picture, f"bars_{AXIS_LINES[axis]}")
