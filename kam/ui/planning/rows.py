"""The lists of plans: a tab for each kind of customer, every row a sentence, gaps in orange."""

from collections.abc import Callable

import streamlit as st

from kam.charts.deadlines import deadlines
from kam.edits import SavePlans
from kam.method.plans import TEMPLATE_NAMES
from kam.model import Class, Plan
from kam.report import tables
from kam.report.actions import OUTCOMES
from kam.ui import parts, state, words
from kam.ui.frame import Room, save
from kam.ui.planning import ending
from kam.ui.planning.lines import Line, others, to_accept

TABS = {
    "Strategic, not yet key": (Class.STRATEGIC,),
    "Low priority": (Class.LOW_PRIORITY,),
    "Key accounts": (Class.KEY_STRATEGIC, Class.KEY_CORE),
}
ROWS = 40  # rows of a tab; more are counted
HEIGHT = 285  # px, of the rows: with the picture above and the files below they fill a screen
WIDTH = 690  # px, of the picture


def empty(room: Room) -> None:
    """Nothing to plan yet."""
    st.markdown("#### Score customers first; drafts of all plans follow from the scores.")
    st.page_link("pages/steps/customers.py", label="Score customers", query_params=room.address)


def accept_all(room: Room, every: list[Line]) -> None:
    """Save every draft as it stands, as one step."""
    drafted = to_accept(every)
    if drafted:
        st.button(
            f"Accept {words.count(len(drafted), 'draft')}",
            key="accept_all",
            on_click=save,
            args=(room.workshop.id, SavePlans(plans=drafted)),
        )


def picture(room: Room, every: list[Line]) -> None:
    """All deadlines of those that are not key on one line of time."""
    plans = {line.customer: line.plan for line in others(every) if line.plan.outcome is None}
    frame = tables.deadlines(room.assessment, plans, room.today)
    parts.picture(deadlines(frame, today=room.today, width=WIDTH), "deadlines")


def rows(room: Room, every: list[Line]) -> None:
    """A tab for each kind of customer; the one with the most urgent plan is open."""
    found = {name: [one for one in every if one.klass in held] for name, held in TABS.items()}
    labels = [f"{name} · {len(lines):,}" for name, lines in found.items()]
    for tab, lines in zip(
        st.tabs(labels, default=labels[_first(every)]), found.values(), strict=True
    ):
        with tab, st.container(height=HEIGHT, border=False):
            for line in lines[:ROWS]:
                _row(room, line)
            if len(lines) > ROWS:
                st.caption(f"and {len(lines) - ROWS:,} more; the files have them all")


def _first(every: list[Line]) -> int:
    """The tab of what must be decided; the first one while nothing must be."""
    urgent = every[0].klass if every and every[0].urgent else Class.STRATEGIC
    return next(place for place, held in enumerate(TABS.values()) if urgent in held)


def _row(room: Room, line: Line) -> None:
    told, buttons = st.columns([10, 3], vertical_alignment="top")
    with told:
        st.markdown(_sentence(room, line))
        if line.late:
            ending.ways(room, line.customer)
    if line.late:
        return
    with buttons.container(horizontal=True, horizontal_alignment="right", gap="xsmall"):
        if not line.saved:
            _button("Accept", f"accept_{line.customer}", save,
                    room.workshop.id, SavePlans(plans={line.customer: line.plan}))  # fmt: skip
        label = "Edit" if line.fits else "Compare"
        _button(label, f"open_{line.customer}", state.remember, "customer", line.customer)


def _button(label: str, key: str, click: Callable[..., None], *args: object) -> None:
    st.button(label, key=key, on_click=click, args=args)


def _sentence(room: Room, line: Line) -> str:
    """What must become true, then kind, owner and day, then what is missing in orange."""
    goal = words.plain(line.plan.goal) or room.name(line.customer)
    drafted = "" if line.saved else " · :gray[draft]"
    lacking = _lacking(line)
    orange = f"  \n:orange[{words.plain('; '.join(lacking))}]" if lacking else ""
    return f"{goal}  \n:gray[{_facts(line.plan)}]{drafted}{orange}"


def _facts(plan: Plan) -> str:
    owner = f"{words.plain(plan.owner)} reviews" if plan.owner else ""
    by = f"by {words.day(plan.deadline)}" if plan.deadline else ""
    moved = f"moved once by {words.plain(plan.extension.by)}" if plan.extension else ""
    facts = [TEMPLATE_NAMES[plan.template], owner, by, moved]
    if plan.outcome is not None:
        ended = f"{OUTCOMES[plan.outcome.what]} by {words.plain(plan.outcome.by)}"
        facts = [facts[0], ended, words.day(plan.outcome.on)]
    return " · ".join(fact for fact in facts if fact)


def _lacking(line: Line) -> list[str]:
    """What a row tells in orange."""
    strange = [] if line.fits else [f"no longer fits, the customer is “{line.klass.label}” now"]
    found = [*line.gaps[:1], *strange, *line.gaps[1:], *line.wishes]
    if line.plan.outcome is not None and not_yet_key(line):
        found.append("promoted, but not key: decide its class on the page Split")
    return found


def not_yet_key(line: Line) -> bool:
    """Whether a plan ended with a promotion that its customer's class does not show."""
    ended = line.plan.outcome
    return ended is not None and ended.what == "promoted" and not line.klass.is_key
