"""Parts of the plans page: every customer that is not key with a plan, a draft, and its gaps."""

from dataclasses import dataclass
from functools import partial

import streamlit as st

from kam.charts.deadlines import deadlines
from kam.edits import RemovePlan, SavePlans
from kam.method.plans import TEMPLATE_NAMES, draft, is_overdue, plan_gaps
from kam.model import Action, Class, Plan
from kam.report import tables
from kam.ui import evidence, inputs, parts, state, words
from kam.ui.frame import Room, save
from kam.ui.inputs import Field
from kam.validated import changed

TABS = {Class.STRATEGIC: "Strategic, not yet key", Class.LOW_PRIORITY: "Low priority"}
ROWS = 50  # a page of rows


@dataclass(frozen=True)
class Line:
    """One customer's plan as a row: saved or drafted, and what it lacks."""

    customer: str
    klass: Class
    plan: Plan
    saved: bool
    gaps: tuple[str, ...]


def lines(room: Room) -> list[Line]:
    """All plans: overdue first, then with gaps, then drafts, then the rest."""
    found = []
    for key, standing in room.assessment.standings.items():
        if standing.klass not in TABS:
            continue
        saved = room.workshop.plans.get(key)
        plan = saved or draft(room.assessment, key, room.today)
        if plan is not None:
            klass, gaps = standing.klass, plan_gaps(plan, room.today)
            found.append(Line(key, klass, plan, saved is not None, gaps))
    return sorted(found, key=partial(_urgency, room))


def _urgency(room: Room, line: Line) -> tuple[bool, bool, bool]:
    return (not is_overdue(line.plan, room.today), not line.gaps, line.saved)


def title(room: Room, every: list[Line]) -> str:
    """The message of the page."""
    if not room.assessment.scored_count:
        return "What do we do with those who are not key?"
    late = sum(is_overdue(line.plan, room.today) for line in every)
    drafts = sum(not line.saved for line in every)
    told = words.count(len(every), "customer") + (" needs a plan" if len(every) == 1 else
                                                  " need a plan")  # fmt: skip
    if late:
        return f"{told}; {late} {'is' if late == 1 else 'are'} overdue"
    return (
        f"{told}; {words.count(drafts, 'draft')} to accept" if drafts else f"{told}; all have one"
    )


def empty(room: Room) -> None:
    """Nothing to plan yet."""
    st.markdown("#### Score customers first; drafts of all plans follow from the scores.")
    st.page_link("pages/steps/customers.py", label="Score customers", query_params=room.address)


def accept_all(room: Room, every: list[Line]) -> None:
    """Save every draft as it stands, as one step."""
    drafts = {line.customer: line.plan for line in every if not line.saved}
    if drafts:
        st.button(
            f"Accept {words.count(len(drafts), 'draft')}",
            key="accept_all",
            on_click=save,
            args=(room.workshop.id, SavePlans(plans=drafts)),
        )


def picture(room: Room, every: list[Line]) -> None:
    """All deadlines on one line of time."""
    plans = {line.customer: line.plan for line in every}
    frame = tables.deadlines(room.assessment, plans, room.today)
    parts.picture(deadlines(frame, today=room.today), "deadlines")


def rows(room: Room, every: list[Line]) -> None:
    """A tab a class; every row a sentence, gaps in orange."""
    found = {klass: [line for line in every if line.klass is klass] for klass in TABS}
    tabs = st.tabs([f"{label} · {len(found[klass])}" for klass, label in TABS.items()])
    for tab, klass in zip(tabs, TABS, strict=True):
        with tab, st.container(height=330, border=False):
            for line in found[klass][:ROWS]:
                _row(room, line)
            if len(found[klass]) > ROWS:
                st.caption(f"and {len(found[klass]) - ROWS:,} more; the export has them all")


def _row(room: Room, line: Line) -> None:
    told, buttons = st.columns([9, 3], vertical_alignment="top")
    with told:
        kind = TEMPLATE_NAMES[line.plan.template]
        owner = f"{words.plain(line.plan.owner)} reviews" if line.plan.owner else ""
        by = f"by {words.day(line.plan.deadline)}" if line.plan.deadline else ""
        facts = " · ".join(part for part in (kind, owner, by) if part)
        gaps = f"  \n:orange[{words.plain(', '.join(line.gaps))}]" if line.gaps else ""
        state_words = "" if line.saved else " · :gray[draft]"
        st.markdown(
            f"{words.plain(line.plan.goal) or room.name(line.customer)}  \n"
            f":gray[{facts}]{state_words}{gaps}"
        )
    with buttons.container(horizontal=True, horizontal_alignment="right", gap="xsmall"):
        if not line.saved:
            st.button(
                "Accept",
                key=f"accept_{line.customer}",
                on_click=save,
                args=(room.workshop.id, SavePlans(plans={line.customer: line.plan})),
            )
        st.button(
            "Edit",
            key=f"open_{line.customer}",
            on_click=state.remember,
            args=("customer", line.customer),
        )


def editor(room: Room, every: list[Line]) -> None:
    """The plan of one customer; the first change turns a draft into a plan."""
    others = [line.customer for line in every]
    key = [k for k, s in room.assessment.standings.items() if s.klass and s.klass.is_key]
    customer = evidence.pick(room, [*others, *key])
    if customer is None:
        return
    plan = room.workshop.plans.get(customer) or draft(room.assessment, customer, room.today)
    standing = room.assessment.standings[customer]
    label = standing.klass.label if standing.klass else "Not scored yet"
    st.markdown(f"**{room.name(customer)}** · {label}  \n:gray[{words.plain(standing.why)}]")
    if plan is None:
        st.caption("A key account's plan is written with the customer.")
        return
    _fields(room, plan)
    for index in range(len(plan.actions)):
        _action(room, plan, index)
    _buttons(room, plan)


def _fields(room: Room, plan: Plan) -> None:
    inputs.paragraph("What must become true", _field(room, plan, "goal"))
    left, right = st.columns(2)
    with left:
        inputs.text("Owner", _field(room, plan, "owner"))
        inputs.number("Ceiling, hours a year", _field(room, plan, "ceiling_hours"), format="%.0f")
    with right:
        inputs.day("Deadline", _field(room, plan, "deadline"))
        inputs.text("If it fails", _field(room, plan, "exit_trigger"))
    if plan.note:
        st.caption(words.plain(plan.note))


def _field(room: Room, plan: Plan, name: str) -> Field:
    """A field of a plan as a widget shows it."""

    def edit(new: object) -> SavePlans:
        known = room.present.plans.get(plan.customer, plan)
        return SavePlans(plans={plan.customer: changed(known, **{name: new})})

    return Field(room.workshop.id, f"plan.{plan.customer}.{name}", getattr(plan, name), edit)


def _action(room: Room, plan: Plan, index: int) -> None:
    """One action: what, who, by when; an empty text takes it out."""
    what, who, due = st.columns([5, 3, 3])
    with what:
        inputs.text(
            "Action", _action_field(room, plan, index, "text"), label_visibility=_seen(index)
        )
    with who:
        inputs.text("Who", _action_field(room, plan, index, "owner"), label_visibility=_seen(index))
    with due:
        inputs.day("By", _action_field(room, plan, index, "due"), label_visibility=_seen(index))


def _seen(index: int) -> str:
    """Only the first row of actions carries labels."""
    return "visible" if index == 0 else "collapsed"


def _action_field(room: Room, plan: Plan, index: int, name: str) -> Field:
    def edit(new: object) -> SavePlans:
        known = room.present.plans.get(plan.customer, plan)
        same = known if len(known.actions) == len(plan.actions) else plan
        return SavePlans(plans={plan.customer: with_action(same, index, name, new)})

    value = getattr(plan.actions[index], name)
    return Field(room.workshop.id, f"plan.{plan.customer}.{index}.{name}", value, edit)


def with_action(plan: Plan, index: int, name: str, new: object) -> Plan:
    """`plan` with one field of one action changed; an action without text is taken out."""
    actions = list(plan.actions)
    if name == "text" and not str(new or "").strip():
        del actions[index]
    else:
        actions[index] = changed(actions[index], **{name: new})
    return changed(plan, actions=tuple(actions))


def _buttons(room: Room, plan: Plan) -> None:
    with st.container(horizontal=True):
        more = Action(text="What has to be done", owner=plan.owner)
        longer = changed(plan, actions=(*plan.actions, more))
        st.button(
            "Add an action",
            key="add_action",
            on_click=save,
            args=(room.workshop.id, SavePlans(plans={plan.customer: longer})),
        )
        if plan.customer in room.workshop.plans:
            st.button(
                "Back to the draft",
                key="remove_plan",
                type="tertiary",
                on_click=save,
                args=(room.workshop.id, RemovePlan(customer=plan.customer)),
            )
