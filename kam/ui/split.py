"""Parts of the split page beside the case: the room we have, the lanes, and the rule."""

from collections.abc import Sequence

import streamlit as st

from kam.charts.capacity import queue_bar
from kam.edits import MoveLine
from kam.method import overrides
from kam.method.borderline import confirmed, ends_words
from kam.method.capacity import notes
from kam.method.selection import Reason
from kam.model import Class
from kam.report import tables
from kam.ui import evidence, inputs, parts, split_case, state, words
from kam.ui.frame import PAGES, Room, agree, next_step
from kam.ui.inputs import Field
from kam.ui.kept import Kept

MOST_ROWS = 30  # customers in a lane; more are counted, and in the box of the case
LONG, ROW = 8, 30  # rows that a lane shows before it scrolls, px of one
WIDTH = 440  # px of the picture
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
    told = _split_words(strategic, core)
    wait = "waits" if waiting == 1 else "wait"
    return f"{told}; {waiting} {wait} for room" if waiting else told


def _split_words(strategic: int, core: int) -> str:
    """How many key accounts are strategic and core; said otherwise where all are of one kind."""
    if strategic and core:
        return f"{strategic} strategic and {core} core key accounts"
    if not strategic and not core:
        return "No customer is a key account"
    kind = "strategic" if strategic else "core"
    total = strategic + core
    return f"{total} key accounts, all {kind}" if total > 1 else f"1 key account, {kind}"


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


def empty() -> None:
    """Nothing to split yet."""
    st.markdown("#### Score customers first; the split follows from the matrix.")


def ends(room: Room) -> None:
    """Who stands at the end of the room, on either side of the line."""
    st.markdown(words.plain(ends_words(room.assessment, _runs(room))))


def picture(room: Room) -> None:
    """The capacity, taken in the one order, with the line at its end."""
    frame = tables.queue(room.assessment)
    available = room.assessment.selection.available
    drawn = queue_bar(frame, available=available, unit=_unit(room), width=WIDTH)
    parts.picture(drawn, "capacity")


def _unit(room: Room) -> str:
    return "places" if room.workshop.capacity.mode == "places" else "hours"


def rule(room: Room) -> None:
    """The rule in one sentence, with its line to move."""
    value = room.workshop.cut_offs.strategic
    st.markdown(
        f"**Strategic** is a key account at or above {value:g} in attractiveness that would "
        f"favour us; every other one is **core**. They take {_unit(room)} by their distance "
        "inside the key zone; the first that does not fit and all after it wait."
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
    strategic = (Class.KEY_STRATEGIC.label, split_case.lane(room, Class.KEY_STRATEGIC))
    core = (Class.KEY_CORE.label, split_case.lane(room, Class.KEY_CORE))
    waiting = ("Waiting for room", split_case.lane(room, Class.STRATEGIC, waiting=True))
    # a lane that is empty leaves its column to the next
    columns = ([strategic], [core, waiting]) if strategic[1] else ([strategic, core], [waiting])
    with st.container(key="lanes"):
        for place, lane_column in zip(st.columns(2, gap="small"), columns, strict=True):
            fits = _fits([len(lane) for _, lane in lane_column])
            with place:
                for (heading, lane), fit in zip(lane_column, fits, strict=True):
                    _draw_lane(room, heading, lane, fit)


def _fits(rows: Sequence[int]) -> list[int]:
    """How many rows each lane of a column has before it scrolls: what one leaves, another takes.

    Of two lanes the first goes before, but for three rows; a heading takes the room of a row.
    """
    if len(rows) == 1:
        return [LONG]
    first, second = (max(count, 1) for count in rows)
    above = min(first, LONG - 1 - min(second, LONG // 2 - 1))
    return [above, LONG - 1 - above]


def marks() -> None:
    """What the marks behind names mean."""
    st.caption("○ too close to call · ◇ decided · ✓ confirmed by the team")


def _draw_lane(room: Room, heading: str, lane: list[str], fit: int) -> None:
    """A lane under its heading; one that is longer than fits scrolls by itself."""
    with st.container(gap="xxsmall"):
        st.markdown(f"**{heading} · {len(lane):,}**")
        if not lane:
            st.caption("nobody")
            return
        long = len(lane) > fit
        with st.container(gap=None, height=fit * ROW if long else "content", border=False):
            for customer in lane[:MOST_ROWS]:
                _row(room, customer)
            if len(lane) > MOST_ROWS:
                st.caption(f"and {len(lane) - MOST_ROWS:,} more, all in the box of the case")


def _row(room: Room, customer: str) -> None:
    """A customer with its distance and marks, to be opened."""
    standing = room.assessment.standings[customer]
    marks = " ◇" if standing.reason is Reason.OVERRIDE else ""
    marks += " ○" if standing.close else ""
    marks += " ✓" if confirmed(room.assessment, customer) else ""
    st.button(
        f"{room.name(customer)} {words.signed(standing.distance)}{marks}",
        key=f"case_{customer}",
        help=words.plain(standing.why),
        type="tertiary",
        on_click=state.remember,
        args=("customer", customer),
    )


def sanity(room: Room) -> None:
    """What the decisions against the rule favour; what is usual for so many key accounts."""
    result, counts = room.assessment, room.assessment.counts
    strategic, core = counts[Class.KEY_STRATEGIC], counts[Class.KEY_CORE]
    people = room.workshop.capacity.people if room.workshop.capacity.mode == "hours" else None
    for place, sentence in enumerate(_audit(room)):
        with st.container(key=f"gap_audit_{place}"):
            st.markdown(words.plain(sentence))
    if count := overrides.made(result):
        over = count > overrides.limit(result)
        with st.container(key=f"{'gap' if over else 'told'}_overrides"):
            st.markdown(words.plain(overrides.limit_words(result)))
    for place, note in enumerate(notes(strategic, core, people, len(room.workshop.customers))):
        with st.container(key=f"{'told' if note.level == 'fine' else 'gap'}_usual_{place}"):
            st.markdown(words.plain(note.told))
