"""Parts of the page on what would change the outcome: the agenda, one case, any two customers."""

from collections.abc import Sequence

import streamlit as st

from kam.charts.tornado import tornado
from kam.charts.weight_lines import weight_lines
from kam.method.fragility import Fragile
from kam.method.phrases import axis_row, cut_off
from kam.method.why import why
from kam.model import Axis
from kam.report import changes
from kam.ui import parts, state, words
from kam.ui.frame import PAGES, Room

AGENDA, PAIR = "One by one", "Why A and not B"
REACH, WEIGHTS, LINES = "How far it can move", "Each weight", "One weight, all customers"
SECTIONS = (REACH, WEIGHTS, LINES)
MOST_ROWS = 20  # customers on the agenda at first; the others at a tap
WIDTH, HEIGHT = 800, 540  # px: of the pictures at the right; of the list at the left


def title(room: Room) -> str:
    """How many classes hang on a small step; the question while nobody is scored."""
    if not room.assessment.scored_count:
        return changes.QUESTION
    return changes.message(room.checks.fragile)


def choose_view() -> str:
    """The agenda, or any two customers."""
    return parts.choose_view((AGENDA, PAIR), AGENDA, "changes_view")


def matrix_link(room: Room) -> None:
    """Back to the picture."""
    st.page_link(PAGES["matrix"], label="Matrix", query_params=room.address)


def empty(room: Room) -> None:
    """Nothing that could change yet."""
    st.markdown(
        "#### Score customers first; then you see here how little would change the outcome."
    )
    for obstacle in room.assessment.obstacles:
        st.markdown(words.plain(obstacle))
    st.page_link(PAGES["customers"], label="Score customers", query_params=room.address)


# --- the agenda -----------------------------------------------------------------------------------


def opened(room: Room) -> str:
    """The customer that this tab has open, if it is on the agenda; else the most fragile."""
    customers = [one.customer for one in room.checks.fragile]
    found = state.recall("customer")
    return str(found) if found in customers else customers[0]


def agenda(room: Room) -> None:
    """Every customer with what would change its class, the most fragile first."""
    st.markdown("**Talk about them in this order**")
    every, now = room.checks.fragile, opened(room)
    shown = int(state.recall("agenda_rows", MOST_ROWS))
    with st.container(height=HEIGHT, border=False, key="agenda"):
        for one in every[:shown]:
            _entry(room, one, here=one.customer == now)
        if len(every) > shown:
            st.button(
                f"Show {min(MOST_ROWS, len(every) - shown)} more",
                key="agenda_more",
                on_click=state.remember,
                args=("agenda_rows", shown + MOST_ROWS),
            )


def _entry(room: Room, one: Fragile, *, here: bool) -> None:
    """One customer: its name to open it, and what would change it."""
    with st.container(border=here, gap="xxsmall", key=f"entry_{one.customer}"):
        st.button(
            f"**{words.plain(words.short(room.workshop.customers[one.customer].name, 34))}**",
            key=f"fragile_{one.customer}",
            type="tertiary",
            icon=":material/arrow_right:",
            on_click=state.remember,
            args=("customer", one.customer),
        )
        klass = one.klass.label if one.klass else "Not scored yet"
        told = changes.agenda_words(room.assessment, one)
        st.markdown(words.plain(f"{klass} now. {told}"))


# --- one customer ---------------------------------------------------------------------------------


def case(room: Room) -> None:
    """What would change one customer's class: its way to key, and what one thing can do."""
    customer = opened(room)
    standing = room.assessment.standings[customer]
    klass = standing.klass.label if standing.klass else "Not scored yet"
    st.markdown(f"#### {room.name(customer)} · {klass} · {words.signed(standing.distance)}")
    for sentence in changes.path_sentences(room.assessment, customer):
        st.markdown(words.plain(sentence))
    with st.container(horizontal=True, key="sections"):
        chosen = parts.choose_view(SECTIONS, REACH, "changes_section")
        axis = _choose_axis(room, customer) if chosen == REACH else None
    if axis is not None:
        _reach(room, customer, axis)
    elif chosen == WEIGHTS:
        _weights(room, customer)
    else:
        _lines(room, customer)


def _reach(room: Room, customer: str, axis: Axis) -> None:
    """How far each weight and each score carries it, one at a time."""
    result = room.assessment
    score = axis_row(result.standings[customer], axis)[0]
    rows = changes.tornado_rows(result, customer, axis)
    if not rows:
        st.markdown(f"Nothing that counts is known of its {axis.value} yet.")
        return
    parts.picture(tornado(rows, score, cut_off(result, axis), WIDTH), "reach")
    st.caption("One thing at a time: two that move together may do more. Orange crosses the line.")


def _choose_axis(room: Room, customer: str) -> Axis:
    """The axis, at first the one on which the customer stands nearest to its cut-off."""
    chosen = st.segmented_control(
        "Axis",
        list(Axis),
        default=changes.nearest_axis(room.assessment, customer),
        format_func=lambda axis: axis.value.capitalize(),
        key=f"axis_{customer}",
        label_visibility="collapsed",
        required=True,
    )
    return Axis(chosen or Axis.ATTRACTIVENESS)


def _weights(room: Room, customer: str) -> None:
    """At which points of each criterion it stands on each line, or in another's place."""
    others = [key for key in room.assessment.judged if key != customer]
    first = changes.neighbour(room.assessment, customer)
    label = f"Compare {room.name(customer)} with"
    rival = _choose_customer(room, label, (others, first), f"rival_{customer}")
    st.dataframe(
        changes.switch_frame(room.assessment, customer, rival),
        hide_index=True,
        height="content",
        alt="Points of each criterion at which the customer reaches each line",
    )
    st.caption("One weight at a time; the others keep their proportions to each other.")


def _choose_customer(
    room: Room, label: str, among: tuple[Sequence[str], str | None], key: str
) -> str | None:
    """One of these customers, by name, at the start the one named second; `None` of nobody."""
    customers, first = among
    if first is None:
        return None
    chosen = st.selectbox(
        label,
        customers,
        index=customers.index(first),
        key=key,
        format_func=lambda one: room.workshop.customers[one].name,
    )
    return str(chosen or first)


def _lines(room: Room, customer: str) -> None:
    """One weight from 0 to 60 points: who crosses the edge of the key zone."""
    criteria = room.assessment.valued.criteria
    moved = next(one.switch for one in room.checks.fragile if one.customer == customer)
    first = criteria.index(moved.criterion) if moved else 0
    chosen = st.selectbox(
        "Criterion",
        criteria,
        index=first,
        key=f"moved_{customer}",
        format_func=lambda key: room.workshop.criteria[key].name,
        label_visibility="collapsed",
    )
    rows, weight = changes.line_rows(room.assessment, chosen)
    parts.picture(weight_lines(rows, weight, WIDTH), "lines")


# --- any two --------------------------------------------------------------------------------------


def pair(room: Room) -> None:
    """Two customers, and why the one is in and the other out."""
    customers = list(room.assessment.standings)
    if len(customers) < 2:
        st.markdown("There is one customer only. Add another to compare the two.")
        return
    start = opened(room)
    left, right = st.columns(2)
    with left:
        first = _choose_customer(room, "A", (customers, start), "pair_a") or start
    others = [key for key in customers if key != first]
    with right:
        beside = changes.neighbour(room.assessment, first)
        beside = beside if beside in others else others[0]
        second = _choose_customer(room, "B", (others, beside), f"pair_b_{first}") or beside
    outcome, *sentences = why(room.assessment, first, second)
    st.markdown(f"#### {words.plain(outcome)}")
    for sentence in sentences:
        st.markdown(words.plain(sentence))
