"""The plan of one customer; the first change turns a draft into a plan."""

from datetime import date

import streamlit as st

from kam.edits import Edit, RemovePlan, SavePlans
from kam.errors import Refused
from kam.method.exit_checks import Finding, exit_checks
from kam.method.plans import TEMPLATE_NAMES, fits, is_ended, is_overdue
from kam.model import Plan
from kam.ui import evidence, inputs, words
from kam.ui.frame import Room, save
from kam.ui.inputs import Field
from kam.ui.planning import ending, milestones
from kam.ui.planning.lines import Line, drafts
from kam.validated import changed

MILESTONES_HEIGHT = 360  # px; a managed exit has five rungs
MARKS = {Finding.AGAINST: ":orange[●]", Finding.UNKNOWN: ":gray[○]", Finding.CLEAR: ":green[✓]"}


def editor(room: Room, every: list[Line]) -> None:
    """One customer's plan: how it stands, then what can be changed."""
    customer = evidence.pick(room, [line.customer for line in every])
    if customer is None:
        return
    drafted, standing = drafts(room)[customer], room.assessment.standings[customer]
    plan = room.workshop.plans.get(customer, drafted.plan)
    st.caption(f"{drafted.klass.label} · {words.plain(standing.why)}")
    ending.told(plan)
    if is_overdue(plan, room.today):
        if ending.decide(room, plan):
            return
    elif is_ended(plan) or not fits(plan, drafted.klass):
        _beside(room, plan, drafted.plan)
    _tabs(room, plan)


def _beside(room: Room, plan: Plan, new: Plan) -> None:
    """The saved plan and the draft for the class that the customer has now, side by side."""
    if not is_ended(plan):
        st.markdown(":orange[This plan was saved when the customer was in another class.]")
    for column, heading, one in zip(
        st.columns(2, border=True), ("As saved", "New draft"), (plan, new), strict=True
    ):
        kind, by = TEMPLATE_NAMES[one.template], f":gray[by {words.day(one.deadline)}]"
        column.markdown(f"**{heading}** · {kind}  \n{words.plain(one.goal)}  \n{by}")
    st.button(
        "Take the new draft",
        key="take_draft",
        help="The plan as saved stays in the decision record",
        on_click=save,
        args=(room.workshop.id, SavePlans(plans={plan.customer: new})),
    )


def _tabs(room: Room, plan: Plan) -> None:
    """The fields of a plan, in parts that each fit the screen."""
    names = ["Plan", "Milestones", "Terms and limits"]
    exits = plan.template in ("L1", "L2", "L3")
    tabs = st.tabs([*names, "Before an exit"] if exits else names)
    with tabs[0]:
        _fields(room, plan)
    with tabs[1], st.container(height=MILESTONES_HEIGHT, border=False):
        milestones.milestones(room, plan)
    with tabs[2]:
        _limits(room, plan)
    if exits:
        with tabs[3]:
            _before_exit(room, plan)


def _fields(room: Room, plan: Plan) -> None:
    off = is_ended(plan)
    inputs.paragraph("What must become true", field(room, plan, "goal"), disabled=off)
    left, right = st.columns(2)
    with left:
        inputs.text("Owner", field(room, plan, "owner"), disabled=off)
        inputs.day("Deadline", _deadline(room, plan), disabled=off or is_overdue(plan, room.today))
    with right:
        inputs.text("Sponsor", field(room, plan, "sponsor"), disabled=off)
        inputs.text("If it fails", field(room, plan, "exit_trigger"), disabled=off)
    if plan.note:
        st.caption(words.plain(plan.note))
    if _removable(room, plan):
        st.button(
            "Back to the draft",
            key="remove_plan",
            type="tertiary",
            on_click=save,
            args=(room.workshop.id, RemovePlan(customer=plan.customer)),
        )


def _removable(room: Room, plan: Plan) -> bool:
    """Whether a draft may take its place: a deadline that has passed or moved is not forgotten."""
    settled = is_ended(plan) or is_overdue(plan, room.today) or plan.extension is not None
    return plan.customer in room.workshop.plans and not settled


def field(room: Room, plan: Plan, name: str) -> Field:
    """A field of a plan as a widget shows it."""

    def edit(new: object) -> SavePlans:
        known = room.present.plans.get(plan.customer, plan)
        return SavePlans(plans={plan.customer: changed(known, **{name: new})})

    return Field(room.workshop.id, f"plan.{plan.customer}.{name}", getattr(plan, name), edit)


def _deadline(room: Room, plan: Plan) -> Field:
    """The deadline; one that was extended once can come earlier, not later."""
    free = field(room, plan, "deadline")

    def edit(new: date | None) -> Edit | None:
        moved = plan.extension
        if moved is not None and plan.deadline is not None and (new is None or new > plan.deadline):
            raise Refused(
                f"This deadline has been moved before, by {moved.by}. There is no second time: "
                "promote the customer, or let it go."
            )
        return free.edit(new)

    return Field(free.workshop, free.key, free.value, edit)


def _limits(room: Room, plan: Plan) -> None:
    """What holds meanwhile, what must be shown, and the ceilings."""
    off = is_ended(plan)
    inputs.paragraph("Terms meanwhile", field(room, plan, "terms"), disabled=off)
    shown = "What must be shown before it moves up"
    inputs.paragraph(shown, field(room, plan, "evidence"), disabled=off)
    hours, cost = st.columns(2)
    with hours:
        inputs.number("Ceiling, hours a year", field(room, plan, "ceiling_hours"),
                      format="%.0f", disabled=off)  # fmt: skip
    with cost:
        label = f"Ceiling, {words.plain(room.workshop.currency)} a year"
        inputs.number(label, field(room, plan, "ceiling_cost"), format="%.0f", disabled=off)


def _before_exit(room: Room, plan: Plan) -> None:
    """What speaks against letting the customer go, what is open, what is clear."""
    end = plan.deadline or room.today
    for check in exit_checks(room.assessment, plan.customer, end):
        st.markdown(f"{MARKS[check.finding]} {words.plain(check.words)}")
