"""The lists of plans: one for each kind of customer, every row a sentence, gaps in orange."""

import re
from collections.abc import Callable
from datetime import date
from typing import Literal

import streamlit as st

from kam.charts.deadlines import deadlines
from kam.edits import SavePlans
from kam.method.plans import is_ended, kind_name, must_stop, places_in_line
from kam.model import Class, Plan
from kam.report import tables
from kam.report.actions import OUTCOMES
from kam.ui import frame, parts, state, words
from kam.ui.frame import PAGES, Room, save
from kam.ui.planning import bulk, ending
from kam.ui.planning.lines import DUE, Line, of_judged, others, to_accept, unclassed, why

DECIDE = "Decide"
NO_CLASS = "Without a class now"
KINDS: dict[str, tuple[Class | None, ...]] = {
    "Strategic, not yet key": (Class.STRATEGIC,),
    "Low priority": (Class.LOW_PRIORITY,),
    "Key accounts": (Class.KEY_STRATEGIC, Class.KEY_CORE),
    NO_CLASS: (None,),
}
_FIRST = re.compile(r"(?<=[.;])\s+(?=[A-Z])")  # where a second sentence begins
KIND, GO_ON = "plans_kind", "plans_go_on"  # what the tab remembers
LONGEST = 130  # characters of a row's sentence: two lines
LONGEST_GAP = 80  # characters of what is missing; opening the plan shows all
ROWS = 40  # rows of a list; more are counted
HEIGHT = 404  # px, of the rows: with the picture above they fill a screen
SENTENCE = 40  # px, of a line of small text with its gap
WIDTH = 690  # px, of the picture


def empty(room: Room) -> None:
    """Nothing to plan yet."""
    st.markdown("#### Score customers first; drafts of all plans follow from the scores.")
    st.page_link("pages/steps/customers.py", label="Score customers", query_params=room.address)


def go_on(room: Room, every: list[Line]) -> None:
    """The filled button: it accepts the drafts that are left as one step, and goes on to share."""
    if state.recall(GO_ON):
        state.remember(GO_ON, value=False)
        frame.agree(room, "Plans agreed")
        st.switch_page(PAGES["share"], query_params=room.address)
    drafted = to_accept(of_judged(every))
    if not every:
        frame.next_step(room, "share", "Go to summary")
    elif not drafted:
        frame.next_step(room, "share", "Agree the plans", agreed="Plans agreed")
    else:
        outside = len(to_accept(every)) - len(drafted)
        drafts = words.count(len(drafted), "draft")
        st.button(
            f"Accept {drafts}" if outside else f"Accept {drafts} and go on",
            type="primary",
            key="accept_all",
            help=_accepting(outside),
            on_click=_accept_and_go_on,
            args=(room.workshop.id, SavePlans(plans=drafted)),
        )


def _accepting(outside: int) -> str:
    """What the filled button does, and what it leaves to the panel."""
    told = "As one step; until then nothing of them is saved."
    if not outside:
        return told
    drafts = words.count(outside, "draft of a customer", "drafts of customers")
    return f"{told} “Many at once” saves the {drafts} outside the long list."


def without_class(room: Room, every: list[Line]) -> bool:
    """Tell who has neither class nor plan, and how they get one; whether there is anybody."""
    count = unclassed(room, every)
    if not count:
        return False
    listed = any(standing.klass is None for standing in room.assessment.judged.values())
    score = "score them, or give criteria a column of figures"
    how = score if listed else "a criterion with a column of figures gives them one"
    have = words.count(count, "customer has", "customers have")
    st.caption(
        f"{have} no class yet: {how}.",
        help=f"Of {len(room.assessment.standings):,}. Name the column on the page Criteria, then "
        "take the scores over on the page Customers. Who is not on the long list needs a "
        "criterion of attractiveness only.",
    )
    return True


def _accept_and_go_on(workshop: str, drafts: SavePlans) -> None:
    """Save the drafts; the page then goes on with the state in which they are plans."""
    state.remember(GO_ON, value=frame.write(workshop, drafts))


def picture(room: Room, every: list[Line]) -> None:
    """The deadlines of those that are not key on one line of time; a draft has none yet."""
    running = [one.plan for one in others(every) if one.saved and not is_ended(one.plan)]
    plans = {plan.customer: plan for plan in running}
    if plans:
        frame_ = tables.deadlines(room.assessment, plans, room.today)
        parts.picture(deadlines(frame_, today=room.today, width=WIDTH), "deadlines")


def choose(every: list[Line]) -> list[Line]:
    """The lines of the kind of customer that this tab shows."""
    found = {name: [one for one in every if one.klass in held] for name, held in KINDS.items()}
    if not found[NO_CLASS]:
        del found[NO_CLASS]
    chosen = state.recall(KIND)
    chosen = chosen if chosen in found else _first(every)
    state.seed(f"{KIND}_choice", chosen)
    st.segmented_control(
        "Show",
        list(found),
        key=f"{KIND}_choice",
        format_func=lambda name: f"{name} · {len(found[name]):,}",
        required=True,
        on_change=lambda: state.remember(KIND, state.widget(f"{KIND}_choice")),
        label_visibility="collapsed",
    )
    return found[chosen]


def _first(every: list[Line]) -> str:
    """The kind of what must be decided, else of the customer that is open, else the first one."""
    opened = [line for line in every if line.customer == state.recall("customer")]
    first = every[:1] if every and every[0].urgent else opened
    there = {line.klass for line in first or every}
    return next(name for name, held in KINDS.items() if there.intersection(held))


def rows(room: Room, lines: list[Line], *, shorter: bool = False) -> None:
    """A row for each of some plans; shorter where a sentence stands above them."""
    places = places_in_line(room.assessment)
    with st.container(
        height=HEIGHT - SENTENCE * shorter, border=False, gap="xxsmall", key="plan_rows"
    ):
        for line in lines[:ROWS]:
            _row(room, line, places.get(line.customer, 0))
        if len(lines) > ROWS:
            st.caption(f"and {len(lines) - ROWS:,} more; the files have them all")
        if not lines:
            st.caption("Nobody is of this kind.")


def _row(room: Room, line: Line, place: int) -> None:
    with st.container(horizontal=True, gap="xsmall"):
        with st.container(width="stretch"):
            st.markdown(_sentence(room, line, place))
        if not line.saved and not line.not_shown:
            _button("Accept", f"accept_{line.customer}", save,
                    room.workshop.id, SavePlans(plans={line.customer: line.plan}))  # fmt: skip
        _button(_label(line), f"open_{line.customer}", _open, line)


def _label(line: Line) -> str:
    """What opening a line is for."""
    if not line.saved:
        return "Edit"
    if line.late or line.due or must_stop(line.plan):
        return DECIDE
    return "Edit" if line.fits else "Compare"


def _open(line: Line) -> None:
    """Open a plan, and where it must stop the way out of it."""
    state.remember("customer", line.customer)
    state.remember(bulk.OPEN, value=False)
    if line.saved and must_stop(line.plan):
        state.seed(ending.key_of(ending.WAY, line.customer), ending.DROPPED)


def _button(label: str, key: str, click: Callable[..., None], *args: object) -> None:
    kind: Literal["secondary", "tertiary"] = "secondary" if label == DECIDE else "tertiary"
    st.button(label, key=key, type=kind, on_click=click, args=args)


def _sentence(room: Room, line: Line, place: int = 0) -> str:
    """What must become true, then kind, owner and day, then what is missing in orange."""
    lacking = _lacking(room, line)
    facts = f":gray[{_facts(line, place)}]"
    orange = f" · :orange[{words.plain('; '.join(lacking))}]" if lacking else ""
    return f"{_goal(room, line)}  \n{facts}{orange}"


def _goal(room: Room, line: Line) -> str:
    """What must become true, with the customer's name where the words do not have it.

    Only the first sentence of it: opening the plan shows all.
    """
    name = room.workshop.customers[line.customer].name
    goal = words.short(_FIRST.split(line.plan.goal, maxsplit=1)[0], LONGEST)
    if name in goal:
        return words.plain(goal)
    return f"{words.plain(name)}: {words.plain(goal)}" if goal else words.plain(name)


def _facts(line: Line, place: int = 0) -> str:
    """Kind, place in line as of now, owner and day; from 1, and 0 for one that does not wait."""
    plan = line.plan
    kind = kind_name(plan)
    if is_ended(plan):
        return f"{kind} · {_ended(plan)}"
    if place and plan.template == "N2":
        kind = f"Number {place:,} in line now"
    owner = words.plain(plan.owner)
    by = f"by {_day(plan.deadline)}" if plan.deadline else ""
    moved = f"moved once by {words.plain(plan.extension.by)}" if plan.extension else ""
    drafted = "" if line.saved else "not saved"
    return " · ".join(fact for fact in (drafted, kind, owner, by, moved) if fact)


def _ended(plan: Plan) -> str:
    """How a plan ended, in words."""
    if plan.outcome is None:
        return ""
    what, by = OUTCOMES[plan.outcome.what], words.plain(plan.outcome.by)
    return f"{what} by {by}, {_day(plan.outcome.on)}"


def _day(day: date) -> str:
    """A date that leaves a row its one line: 5 Nov 2026."""
    return f"{day.day} {day:%b %Y}"


def _lacking(room: Room, line: Line) -> list[str]:
    """What a row tells in orange, the most urgent first."""
    urgent = [gap for gap in line.gaps[:1] if line.late or gap == DUE]
    rest = [*line.gaps[len(urgent) :], *line.wishes]
    if line.not_shown and line.klass and line.ended and line.ended.outcome:
        what = OUTCOMES[line.ended.outcome.what]
        return [f"{what}, but “{line.klass.label}” still: decide its class on the page Split"]
    if line.ended:
        urgent.append("needs its next plan")
    if line.klass is None:
        reason = why(room, line.customer).rstrip(".")
        urgent.append(f"no class now: {reason[:1].lower()}{reason[1:]}")
    elif not line.fits:
        urgent.append(f"no longer fits, the customer is “{line.klass.label}” now")
    return [words.short(told, LONGEST_GAP) for told in (*urgent, *rest)]
