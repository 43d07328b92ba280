"""How a plan ends or goes on: promoted, let go, dropped, or its deadline extended once."""

from datetime import date, timedelta

import streamlit as st
from pydantic import ValidationError

from kam.edits import ClosePlan, Edit, ExtendPlan
from kam.edits.plans import latest_deadline
from kam.method.exit_checks import Finding
from kam.method.plans import is_overdue, must_stop, overdue_words
from kam.model import Extension, Outcome, Plan
from kam.report.actions import OUTCOMES
from kam.ui import state, words
from kam.ui.frame import Room, write
from kam.ui.inputs import LAST_DAY
from kam.ui.planning.before_exit import before_exit
from kam.validated import complaint

PROMOTED, LET_GO, DROPPED, EXTENDED = WAYS = ("Promoted", "Let go", "Dropped", "Extend once")
WAY, BY, WHY, UNTIL = "way", "way_by", "way_why", "way_until"
ENDS = {PROMOTED: "promoted", LET_GO: "exited", DROPPED: "dropped"}
MEANING = {
    PROMOTED: "It has got there. The next plan is drafted for its class.",
    LET_GO: "The business ends: its managed exit, step by step, is drafted as the next plan.",
    DROPPED: "We stop this plan. The customer needs another one, drafted from its scores.",
    EXTENDED: "A new deadline, only once.",
}
GONE = "The business has ended; no plan follows."
ATTRACTIVE = (
    "The business ends. Its class stays as it is until the page Split decides otherwise; no draft "
    "of it is accepted before."
)
BY_STEPS = ("L1", "L2")  # let go by the steps of a managed exit, which waits for a contract's end


def key_of(name: str, customer: str) -> str:
    """The key of a widget of one customer: words for one never stand in the form of another."""
    return f"{name}.{customer}"


def decide(room: Room, plan: Plan) -> bool:
    """The ways out of a plan that runs, and the form of the chosen one; whether one is chosen."""
    if question := _question(room, plan):
        st.markdown(f"**:orange[{question}]** What happens now?")
    key = key_of(WAY, plan.customer)
    ways = [way for way in WAYS if not (way == PROMOTED and plan.template == "K1")]
    way = st.segmented_control("How it ends", ways, key=key, label_visibility="collapsed")
    if way == EXTENDED and plan.extension is not None:
        _moved_before(plan.extension)
    elif way == EXTENDED and not _can_extend(plan, room.today):
        st.markdown(_no_more_time(plan))
    elif way is not None:
        _form(room, plan, way)
    return way is not None


def _question(room: Room, plan: Plan) -> str:
    """Why something must be decided now; empty while nothing must."""
    if is_overdue(plan, room.today):
        return overdue_words(plan, room.today).capitalize()
    if plan.deadline == room.today:
        return "Due today"
    return "Two milestones missed" if must_stop(plan) else ""


def _can_extend(plan: Plan, today: date) -> bool:
    """Whether there is a day from today on to which the deadline may move."""
    return plan.deadline is not None and _latest(plan) >= _earliest(plan, today)


def _earliest(plan: Plan, today: date) -> date:
    """The first day to which a deadline may be moved."""
    return max(today, (plan.deadline or today) + timedelta(days=1))


def _latest(plan: Plan) -> date:
    """The last one."""
    return min(LAST_DAY, latest_deadline(plan))


def _no_more_time(plan: Plan) -> str:
    """Why a deadline that was never moved cannot be moved either."""
    if plan.deadline is None:
        return "It has no deadline yet. Give it one in the plan."
    return (
        f"There are 18 months at most, until {words.day(latest_deadline(plan))}: promoted, let go, "
        "or dropped."
    )


def _moved_before(moved: Extension) -> None:
    """Why there is no second extension."""
    st.markdown(
        f"{words.plain(moved.by)} moved this deadline before, from {words.day(moved.before)}: "
        f"{words.plain(moved.reason.rstrip('.'))}. There is no second time: promoted, let go, or "
        "dropped."
    )


def _form(room: Room, plan: Plan, way: str) -> None:
    """What the way means; who decides, why, and the new deadline where there is one."""
    st.markdown(_meaning(plan, way))
    if way == LET_GO:
        end = date.max if plan.template in BY_STEPS else room.today
        before_exit(room, plan.customer, end, (Finding.AGAINST,))
    who, why = st.columns([2, 3])
    who.text_input("Who decides", key=key_of(BY, plan.customer))
    label = "What shows it" if way == PROMOTED else "Why"
    why.text_input(label, key=key_of(WHY, plan.customer))
    if way == EXTENDED:
        st.date_input(
            "New deadline",
            value=None,
            min_value=_earliest(plan, room.today),
            max_value=_latest(plan),
            format="YYYY-MM-DD",
            key=key_of(UNTIL, plan.customer),
        )
    st.button(way, key="decide", on_click=_decide, args=(room, plan, way))


def _meaning(plan: Plan, way: str) -> str:
    """What follows from a way, in a sentence."""
    if way == LET_GO and plan.template == "L3":
        return GONE
    if way == LET_GO and plan.template not in BY_STEPS:
        return ATTRACTIVE
    return MEANING[way]


def _decide(room: Room, plan: Plan, way: str) -> None:
    """Write how the plan ended or goes on; what is missing is said in words."""
    keys = {name: key_of(name, plan.customer) for name in (WAY, BY, WHY, UNTIL)}
    by, why = (str(state.widget(keys[name]) or "").strip() for name in (BY, WHY))
    until = state.widget(keys[UNTIL]) if way == EXTENDED else room.today
    if not (by and why and until):
        state.tell(
            "A deadline moves with a name, a reason and a new day. Write them."
            if way == EXTENDED
            else "A plan ends with a name and a reason. Write them."
        )
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
    outcome = Outcome.model_validate({"what": ENDS[way], "on": day, "by": by, "reason": why})
    return ClosePlan(customer=plan.customer, outcome=outcome)


def told(plan: Plan) -> None:
    """How a plan ended, in a sentence; nothing while it runs."""
    end = plan.outcome
    if end is not None:
        why = f": {words.plain(end.reason)}" if end.reason else ""
        what = OUTCOMES[end.what].capitalize()
        st.markdown(f"**{what}** by {words.plain(end.by)}, {words.day(end.on)}{why}")
