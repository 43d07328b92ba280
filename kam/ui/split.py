"""Parts of the split page around the case: the room we have, the rule, and the lanes."""

import streamlit as st

from kam.charts.capacity import queue_bar
from kam.edits import MoveLine
from kam.method import overrides
from kam.method.borderline import ends_words
from kam.method.capacity import notes
from kam.method.selection import Reason
from kam.model import Class
from kam.report import tables
from kam.ui import evidence, inputs, parts, split_case, state, words
from kam.ui.frame import PAGES, Room, agree, next_step
from kam.ui.inputs import Field
from kam.ui.kept import Kept

MOST_ROWS = 12  # customers in a lane; more are counted
CASES, QUESTIONS = "Decide", "Ask before deciding"
VIEW = "split_view"

_audit = Kept(overrides.audit)


def title(room: Room) -> str:
    """The message of the page."""
    counts = room.assessment.counts
    strategic, core = counts[Class.KEY_STRATEGIC], counts[Class.KEY_CORE]
    if not room.assessment.scored_count:
        return "Which key accounts are strategic?"
    waiting = len(split_case.lane(room, Class.STRATEGIC, waiting=True))
    told = f"{strategic} strategic and {core} core key accounts"
    return f"{told}; {waiting} wait for room" if waiting else told


def choose_view() -> str:
    """Decide the cases, or write down what to ask first."""
    return parts.choose_view((CASES, QUESTIONS), CASES, VIEW)


def onward(room: Room, view: str) -> None:
    """The way to the plans: the filled button, unless this view has one of its own."""
    to_ask = view == QUESTIONS and not room.workshop.questions
    if not split_case.left(room) and not to_ask:
        next_step(room, "plans", "Agree the split", agreed="Split agreed")
    elif st.button("Agree the split", key="next_step"):
        agree(room, "Split agreed")
        st.switch_page(PAGES["plans"], query_params=room.address)


def empty(room: Room) -> None:
    """Nothing to split yet."""
    st.markdown("#### Score customers first; the split follows from the matrix.")
    st.page_link("pages/steps/customers.py", label="Score customers", query_params=room.address)


def picture(room: Room) -> None:
    """The capacity, taken in the one order, with the line at its end."""
    frame = tables.queue(room.assessment)
    available = room.assessment.selection.available
    parts.picture(queue_bar(frame, available=available, unit=_unit(room)), "capacity")


def _unit(room: Room) -> str:
    return "places" if room.workshop.capacity.mode == "places" else "hours"


def rule(room: Room) -> None:
    """Who stands at the end of the room, and the rule in one sentence, with its line to move."""
    value = room.workshop.cut_offs.strategic
    st.markdown(words.plain(ends_words(room.assessment, _runs(room))))
    st.markdown(
        f"**Strategic** is a key account at or above {value:g} in attractiveness that would "
        "favour us as a key supplier; every other key account is **core**. Customers take "
        f"{_unit(room)} in the order of their distance inside the key zone; the first that "
        "does not fit and all after it wait."
    )

    def edit(new: float | None) -> MoveLine | None:
        return None if new is None else MoveLine(line="strategic", value=new)

    field = Field(room.workshop.id, "line.strategic", value, edit)
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown("Strategic line", width="content")
        inputs.number(
            "Strategic line",
            field,
            min_value=0.0,
            max_value=10.0,
            step=0.1,
            format="%.1f",
            label_visibility="collapsed",
            width=160,
        )


def _runs(room: Room) -> dict[str, float]:
    """In what share of the variations each customer is key; nothing where that takes too long."""
    result = room.assessment
    if len(result.judged) > evidence.MOST_IN_PASSING or not result.key_count:
        return {}
    return dict(zip(result.valued.customers, room.checks.sure.key.tolist(), strict=True))


def lanes(room: Room) -> None:
    """Strategic, core, waiting: a tap opens the case."""
    strategic = split_case.lane(room, Class.KEY_STRATEGIC)
    core = split_case.lane(room, Class.KEY_CORE)
    waiting = split_case.lane(room, Class.STRATEGIC, waiting=True)
    one, two = st.columns(2)
    with one:
        _draw_lane(room, Class.KEY_STRATEGIC.label, strategic)
    with two:
        _draw_lane(room, Class.KEY_CORE.label, core)
        _draw_lane(room, "Waiting for room", waiting)
    st.caption("○ too close to call · ◇ decided by the team")


def _draw_lane(room: Room, heading: str, lane: list[str]) -> None:
    st.markdown(f"**{heading} · {len(lane)}**")
    with st.container(gap="xxsmall"):
        for customer in lane[:MOST_ROWS]:
            _row(room, customer)
    if not lane:
        st.caption("nobody")
    if len(lane) > MOST_ROWS:
        st.caption(f"and {len(lane) - MOST_ROWS:,} more, in the order of their distance")


def _row(room: Room, customer: str) -> None:
    """A customer with its distance and marks, to be opened."""
    standing = room.assessment.standings[customer]
    marks = " ◇" if standing.reason is Reason.OVERRIDE else ""
    marks += " ○" if standing.close else ""
    st.button(
        f"{room.name(customer)} {words.signed(standing.distance)}{marks}",
        key=f"case_{customer}",
        help=words.plain(standing.why),
        width="stretch",
        on_click=state.remember,
        args=("customer", customer),
    )


def sanity(room: Room) -> None:
    """What is usual for so many key accounts, and what the decisions against the rule favour."""
    result, counts = room.assessment, room.assessment.counts
    strategic, core = counts[Class.KEY_STRATEGIC], counts[Class.KEY_CORE]
    people = room.workshop.capacity.people if room.workshop.capacity.mode == "hours" else None
    for place, note in enumerate(notes(strategic, core, people, len(room.workshop.customers))):
        with st.container(key=f"{'told' if note.level == 'fine' else 'gap'}_usual_{place}"):
            st.markdown(words.plain(note.told))
    if room.workshop.overrides:
        over = overrides.made(result) > overrides.limit(result)
        with st.container(key=f"{'gap' if over else 'told'}_overrides"):
            st.markdown(words.plain(overrides.limit_words(result)))
    for sentence in _audit(room):
        st.markdown(words.plain(sentence))
