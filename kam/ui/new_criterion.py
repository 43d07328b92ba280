"""Criteria that are added: from the catalogue, as a common set, in one's own words."""

import streamlit as st

from kam import acceptance, catalogue
from kam.edits import PutCriterion
from kam.model import MAX_CRITERIA, Axis, Criterion
from kam.ui import state, words
from kam.ui.frame import Room, write
from kam.ui.names import new_id
from kam.validated import NINTH_CRITERION, changed

VIEW, ONE = "drawer", "One criterion"  # the key of the page's views; the one with an editor
AXIS_TITLES = {
    Axis.ATTRACTIVENESS: "How attractive the customer is",
    Axis.STRENGTH: "How strong we are, in its own eyes",
}


def add(room: Room) -> None:
    """The catalogue by axis, and one's own words; the ninth is refused with the reason."""
    with st.popover("Add a criterion", icon=":material/add:"):
        if len(room.workshop.criteria) >= MAX_CRITERIA:
            st.markdown(NINTH_CRITERION)
        for axis, title in AXIS_TITLES.items():
            st.caption(title)
            with st.container(gap=None):
                _offers(room, axis)
        st.text_input("Your own words", key="own_criterion", on_change=_own, args=(room,))


def _offers(room: Room, axis: Axis) -> None:
    """The catalogue's criteria of an axis that are not in use."""
    for entry in catalogue.CRITERIA:
        ready = catalogue.criterion(entry.id)
        if ready.axis is axis and entry.id not in room.workshop.criteria:
            _offer(room, ready)


def _offer(room: Room, criterion: Criterion) -> None:
    st.button(
        criterion.name,
        key=f"add_{criterion.id}",
        help=f"{criterion.definition} ({criterion.unit})",
        type="tertiary",
        on_click=_taken_over,
        args=(room, serving(room, criterion)),
    )


def serving(room: Room, criterion: Criterion) -> Criterion:
    """`criterion` tied to those of the team's objectives that the catalogue says it serves."""
    served = tuple(
        key
        for key in room.workshop.objectives
        if any(entry.id == key for entry in catalogue.OBJECTIVES)
        and criterion.id in catalogue.serves(key)
    )
    return changed(criterion, objectives=served)


def put(room: Room, criterion: Criterion) -> bool:
    """Add or change a criterion, to be opened next; whether it was taken."""
    taken = write(room.workshop.id, PutCriterion(criterion=criterion))
    if taken:
        state.remember("criterion", criterion.id)
    return taken


def _taken_over(room: Room, criterion: Criterion) -> None:
    put(room, criterion)


def open_one(criterion: str) -> None:
    """Show everything about one criterion, as the callback of a button."""
    state.remember("criterion", criterion)
    state.seed(VIEW, ONE)


def unfit_name(name: str) -> str:
    """Why a name is refused, with a better one; "" where it is fit."""
    better = acceptance.replacement(name)
    return f"“{name}” cannot be measured. Use instead: {better}." if better else ""


def _own(room: Room) -> None:
    """Add a criterion in the team's own words; a vague name is refused with a better one."""
    name = str(state.widget("own_criterion") or "").strip()[:200]
    if not name:
        return
    if unfit := unfit_name(name):
        state.tell(unfit)
        return
    state.seed("own_criterion", "")
    key = new_id("C", room.workshop.criteria)
    put(room, Criterion(id=key, name=name, axis=Axis.ATTRACTIVENESS))


def empty(room: Room) -> None:
    """Start from a common set, or write your own."""
    st.markdown("#### No criteria yet. Start from a common set of eight, or add them one by one.")
    grid = st.columns(2, gap="large")
    for column, axis in zip(grid, Axis, strict=True):
        with column:
            st.markdown(f"**{AXIS_TITLES[axis]}**")
            for key in catalogue.GOOD_SET:
                criterion = catalogue.criterion(key)
                if criterion.axis is axis:
                    st.markdown(f"{criterion.name}  \n:gray[{words.plain(criterion.definition)}]")
    st.button("Use the common set", key="common_set", on_click=_common_set, args=(room,))


def _common_set(room: Room) -> None:
    for key in catalogue.GOOD_SET:
        write(room.workshop.id, PutCriterion(criterion=serving(room, catalogue.criterion(key))))
