"""Parts of the split page: the room we have, the lanes, one case with its override."""

import streamlit as st

from kam.agenda import ask_first
from kam.charts.capacity import queue_bar
from kam.edits import ChangeProfile, MoveLine, OverrideClass, WithdrawOverride
from kam.errors import Refused
from kam.method.assessment import Standing
from kam.method.selection import Reason
from kam.model import Class, Favours
from kam.report import tables
from kam.ui import evidence, inputs, parts, state, words
from kam.ui.frame import Room, save, write
from kam.ui.inputs import Field
from kam.validated import changed

WAITING = (Reason.NO_CAPACITY, Reason.TIED_AT_CAPACITY)
MOST_ROWS = 12  # customers in a lane or list; more are counted
OVERRIDE_SHARE = 0.1  # of the key accounts; more overrides than that are told, method.md 7


def title(room: Room) -> str:
    """The message of the page."""
    counts = room.assessment.counts
    strategic, core = counts[Class.KEY_STRATEGIC], counts[Class.KEY_CORE]
    if not room.assessment.scored_count:
        return "Which key accounts are strategic?"
    waiting = len(_lane(room, Class.STRATEGIC, waiting=True))
    told = f"{strategic} strategic and {core} core key accounts"
    return f"{told}; {waiting} wait for room" if waiting else told


def empty(room: Room) -> None:
    """Nothing to split yet."""
    st.markdown("#### Score customers first; the split follows from the matrix.")
    st.page_link("pages/steps/customers.py", label="Score customers", query_params=room.address)


def picture(room: Room) -> None:
    """The capacity, taken in the one order, with the line at its end."""
    chosen = room.assessment.selection
    unit = "places" if room.workshop.capacity.mode == "places" else "hours"
    frame = tables.queue(room.assessment)
    parts.picture(queue_bar(frame, available=chosen.available, unit=unit), "capacity")


def rule(room: Room) -> None:
    """The rule in one sentence, with its line to move."""
    sentence, line = st.columns([9, 2], vertical_alignment="center")
    value = room.workshop.cut_offs.strategic
    sentence.markdown(
        f"**Strategic** is a key account at or above {value:g} in attractiveness that would favour "
        "us as a key supplier; every other key account is **core**. Customers take "
        f"{'places' if room.workshop.capacity.mode == 'places' else 'hours'} in the order of their "
        "distance inside the key zone; the first that does not fit and all after it wait."
    )

    def edit(new: float | None) -> MoveLine | None:
        return None if new is None else MoveLine(line="strategic", value=new)

    with line:
        inputs.number(
            "Strategic line",
            Field(room.workshop.id, "line.strategic", value, edit),
            min_value=0.0,
            max_value=10.0,
            step=0.1,
            format="%.1f",
        )


def lanes(room: Room) -> None:
    """Three lanes: strategic, core, waiting; a tap opens the case."""
    strategic, core, waiting = st.columns(3)
    with strategic:
        _draw_lane(room, Class.KEY_STRATEGIC.label, _lane(room, Class.KEY_STRATEGIC))
    with core:
        _draw_lane(room, Class.KEY_CORE.label, _lane(room, Class.KEY_CORE))
    with waiting:
        _draw_lane(room, "Waiting for room", _lane(room, Class.STRATEGIC, waiting=True))


def _lane(room: Room, klass: Class, *, waiting: bool = False) -> list[Standing]:
    """The customers of a class, in the one order."""
    return [
        standing
        for standing in room.assessment.standings.values()
        if standing.klass is klass and (standing.reason in WAITING or not waiting)
    ]


def _draw_lane(room: Room, heading: str, lane: list[Standing]) -> None:
    st.markdown(f"**{heading} · {len(lane)}**")
    for standing in lane[:MOST_ROWS]:
        marks = " ◇" if standing.reason is Reason.OVERRIDE else ""
        marks += " ○" if standing.close else ""
        st.button(
            f"{room.name(standing.customer)} {words.signed(standing.distance)}{marks}",
            key=f"case_{standing.customer}",
            help=words.plain(standing.why),
            width="stretch",
            on_click=state.remember,
            args=("customer", standing.customer),
        )
    if not lane:
        st.caption("nobody")
    if len(lane) > MOST_ROWS:
        st.caption(f"and {len(lane) - MOST_ROWS:,} more, in the order of their distance")


def ask_first_list(room: Room) -> None:
    """Customers to ask before deciding, with the answer to write down."""
    asks = ask_first(room.assessment)
    st.markdown(f"**Ask before deciding · {len(asks)}**")
    if not asks:
        st.caption("We know of every customer in the key zone whether it would favour us.")
    for customer in asks[:MOST_ROWS]:
        with st.container(horizontal=True, vertical_alignment="center", key=f"ask_{customer}"):
            owner = room.workshop.customers[customer].profile.owner
            by = f" · {words.plain(owner)} asks" if owner else " · :orange[no owner yet]"
            st.markdown(
                f"Would **{room.name(customer)}** favour us as a key supplier?{by}",
                width="stretch",
            )
            for answer in (Favours.YES, Favours.NO):
                st.button(
                    answer.value.capitalize(),
                    key=f"{answer}_{customer}",
                    on_click=_answer,
                    args=(room, customer, answer),
                )
    _more_asks(len(asks))


def _more_asks(count: int) -> None:
    """How many are not shown."""
    if count > MOST_ROWS:
        st.caption(f"and {count - MOST_ROWS:,} more, nearest to the key zone first")


def _answer(room: Room, customer: str, answer: Favours) -> None:
    """Write down what the customer said."""
    known = room.present.customers.get(customer, room.workshop.customers[customer])
    asked = changed(known.profile, favours_us=answer, favours_known_by="asked")
    write(room.workshop.id, ChangeProfile(customer=customer, profile=asked))


def case(room: Room) -> None:
    """One customer: the evidence, and the team's right to decide otherwise."""
    customer = evidence.pick(room)
    if customer is None:
        return
    evidence.case(room, customer)
    override = room.workshop.overrides.get(customer)
    if override:
        st.markdown(
            f"◇ **{override.klass.label}**, decided by {words.plain(override.by)}: "
            f"{words.plain(override.reason)}"
        )
        st.button(
            "Let the rule decide again",
            key="withdraw",
            on_click=save,
            args=(room.workshop.id, WithdrawOverride(customer=customer)),
        )
    with st.expander("Decide otherwise"):
        _override_form(room, customer)


def _override_form(room: Room, customer: str) -> None:
    """Class, name and reason; all three are needed."""
    st.selectbox("Class", list(Class), key="override_class", format_func=lambda k: k.label)
    st.text_input("Who decides", key="override_by")
    st.text_input("Why", key="override_reason", placeholder="What do we know that scores do not?")
    st.button("Decide", key="override", on_click=_override, args=(room, customer))
    made = len(room.workshop.overrides)
    if made > max(1, OVERRIDE_SHARE * room.assessment.key_count):
        st.caption(
            f"{words.count(made, 'decision')} against the rule: more than one in ten. "
            "Perhaps a criterion is missing."
        )


def _override(room: Room, customer: str) -> None:
    """Write the override; a missing name or reason is said in words."""
    by, reason = (str(state.widget(key) or "").strip() for key in _OVERRIDE_WORDS)
    if not (by and reason):
        state.tell("A decision against the rule needs a name and a reason. Write both.")
        return
    try:
        edit = OverrideClass(
            customer=customer,
            klass=state.widget("override_class"),
            by=by[:200],
            reason=reason[:200],
        )
    except Refused as refused:
        state.tell(str(refused))
        return
    write(room.workshop.id, edit)


_OVERRIDE_WORDS = ("override_by", "override_reason")
