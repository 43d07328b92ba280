"""How a plan ends: a deadline that has passed is promoted, let go, or extended once."""

from datetime import date

import streamlit as st
from pydantic import ValidationError

from kam.edits import ClosePlan, Edit, ExtendPlan
from kam.edits.plans import LONGEST
from kam.method.plans import overdue_words
from kam.model import Extension, Outcome, Plan
from kam.report.actions import OUTCOMES
from kam.ui import state, words
from kam.ui.frame import Room, write
from kam.ui.inputs import LAST_DAY
from kam.validated import complaint

PROMOTED, LET_GO, EXTENDED = WAYS = ("Promoted", "Let go", "Extend once")
WAY, BY, WHY, UNTIL = "way", "way_by", "way_why", "way_until"


def key_of(name: str, customer: str) -> str:
    """The key of a widget of one customer: words for one never stand in the form of another."""
    return f"{name}.{customer}"


def ways(room: Room, customer: str) -> None:
    """The three ways out of a deadline that has passed; each opens the plan at it."""
    with st.container(horizontal=True, gap="xsmall"):
        for way in WAYS:
            st.button(
                way,
                key=f"{way}_{customer}",
                help=f"{room.name(customer)}: {_HELP[way]}",
                on_click=_open,
                args=(customer, way),
            )


_HELP = {
    PROMOTED: "it has got there; say who decides, and what shows it",
    LET_GO: "the business ends; say who decides, and why",
    EXTENDED: "a new deadline, only once, by name and with a reason",
}


def _open(customer: str, way: str) -> None:
    state.remember("customer", customer)
    state.seed(key_of(WAY, customer), way)


def decide(room: Room, plan: Plan) -> bool:
    """The form for a plan whose deadline has passed; whether a way out of it is chosen."""
    st.markdown(f"**:orange[{overdue_words(plan, room.today).capitalize()}]** What happens now?")
    key = key_of(WAY, plan.customer)
    way = st.segmented_control("What happens now", WAYS, key=key, label_visibility="collapsed")
    if way == EXTENDED and plan.extension is not None:
        _moved_before(plan.extension)
    elif way == EXTENDED and _latest(plan) < room.today:
        st.markdown("It lies more than 18 months back: promoted, or let go.")
    elif way is not None:
        _form(room, plan, way)
    return way is not None


def _moved_before(moved: Extension) -> None:
    """Why there is no second extension."""
    st.markdown(
        f"{words.plain(moved.by)} moved this deadline before, from {words.day(moved.before)}: "
        f"{words.plain(moved.reason.rstrip('.'))}. There is no second time: promoted, or let go."
    )


def _form(room: Room, plan: Plan, way: str) -> None:
    """Who decides, why, and the new deadline where there is one."""
    who, why = st.columns([2, 3])
    who.text_input("Who decides", key=key_of(BY, plan.customer))
    label = "What shows it" if way == PROMOTED else "Why"
    why.text_input(label, key=key_of(WHY, plan.customer))
    if way == EXTENDED:
        _new_deadline(room, plan)
    st.button(way, key="decide", on_click=_decide, args=(room, plan, way))


def _latest(plan: Plan) -> date:
    """The last day to which a deadline may be moved."""
    return min(LAST_DAY, (plan.deadline or LAST_DAY - LONGEST) + LONGEST)


def _new_deadline(room: Room, plan: Plan) -> None:
    st.date_input(
        "New deadline",
        value=None,
        min_value=room.today,
        max_value=_latest(plan),
        format="YYYY-MM-DD",
        key=key_of(UNTIL, plan.customer),
    )


def _decide(room: Room, plan: Plan, way: str) -> None:
    """Write how the deadline ended; what is missing is said in words."""
    keys = {name: key_of(name, plan.customer) for name in (WAY, BY, WHY, UNTIL)}
    by, why = (str(state.widget(keys[name]) or "").strip() for name in (BY, WHY))
    until = state.widget(keys[UNTIL]) if way == EXTENDED else room.today
    if not (by and why and until):
        day = ", a reason and a new deadline" if way == EXTENDED else " and a reason"
        state.tell(f"A deadline that has passed ends with a name{day}. Write them.")
        return
    try:
        edit = _edit(plan, way, (by, why), until)
    except ValidationError as error:
        state.tell(complaint(error))
        return
    if write(room.workshop.id, edit):
        for key in keys.values():
            state.forget(key)


def _edit(plan: Plan, way: str, said: tuple[str, str], day: date) -> Edit:
    by, why = said
    if way == EXTENDED:
        return ExtendPlan(customer=plan.customer, until=day, by=by, reason=why)
    what = "promoted" if way == PROMOTED else "exited"
    outcome = Outcome.model_validate({"what": what, "on": day, "by": by, "reason": why})
    return ClosePlan(customer=plan.customer, outcome=outcome)


def told(plan: Plan) -> None:
    """How a plan ended, in a sentence; nothing while it runs."""
    end = plan.outcome
    if end is not None:
        why = f": {words.plain(end.reason)}" if end.reason else ""
        what = OUTCOMES[end.what].capitalize()
        st.markdown(f"**{what}** by {words.plain(end.by)}, {words.day(end.on)}{why}")
