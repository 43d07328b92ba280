"""The plan of one customer; the first change turns a draft into a plan."""

from datetime import date

import streamlit as st

from kam.edits import Edit, RemovePlan, SavePlans
from kam.edits.plans import no_later
from kam.errors import Refused
from kam.method.plans import is_ended, is_overdue, kind_name
from kam.model import Plan
from kam.ui import evidence, inputs, words
from kam.ui.frame import Room, save
from kam.ui.inputs import FIRST_DAY, LAST_DAY, Field
from kam.ui.planning import ending, milestones
from kam.ui.planning.before_exit import before_exit
from kam.ui.planning.lines import Line, drafts, why
from kam.ui.planning.milestones import editable
from kam.validated import changed

MILESTONES_HEIGHT = 360  # px; a managed exit has five rungs


def editor(room: Room, lines: list[Line]) -> None:
    """One customer's plan: how it stands, then what can be changed.

    Args:
        room: the open workshop.
        lines: the plans to choose from, the most urgent first.
    """
    if not lines:
        return
    customer = evidence.pick(room, [line.customer for line in lines])
    line = next(one for one in lines if one.customer == customer)
    klass = line.klass.label if line.klass else "Without a class now"
    st.caption(f"{klass} · {words.plain(why(room, line.customer))}")
    ending.told(line.ended or line.plan)
    if not line.saved:
        _draft(line)
    elif not is_ended(line.plan) and ending.decide(room, line.plan):
        return
    elif not line.late and not line.fits:
        _beside(room, line.plan, drafts(room)[line.customer].plan)
    _tabs(room, line)


def _draft(line: Line) -> None:
    """That nothing is saved yet."""
    kind = kind_name(line.plan)
    which = "Draft of the next plan" if line.ended else "Draft"
    first = "; its class is to decide on the page Split first" if line.not_shown else ""
    how = "change it" if line.not_shown else "accept or change it"
    st.markdown(f"{which} · {kind}. :orange[Not saved] until you {how}{first}.")


def _beside(room: Room, plan: Plan, new: Plan) -> None:
    """The saved plan and the draft for the class that the customer has now, side by side."""
    st.markdown(":orange[This plan was saved when the customer was in another class.]")
    for column, heading, one in zip(
        st.columns(2, border=True), ("As saved", "New draft"), (plan, new), strict=True
    ):
        kind, by = kind_name(one), f":gray[by {words.day(one.deadline)}]"
        column.markdown(f"**{heading}** · {kind}  \n{words.plain(one.goal)}  \n{by}")
    st.button(
        "Take the new draft",
        key="take_draft",
        help="The plan as saved stays in the decision record, as replaced",
        on_click=save,
        args=(room.workshop.id, SavePlans(plans={plan.customer: new})),
    )


def _tabs(room: Room, line: Line) -> None:
    """The fields of a plan, in parts that each fit the screen."""
    plan = line.plan
    names = ["Plan", "Milestones", "Terms and limits"]
    exits = plan.template in ("L1", "L2", "L3") and plan.customer in room.assessment.standings
    tabs = st.tabs([*names, "Before an exit"] if exits else names)
    with tabs[0]:
        _fields(room, plan)
        _back(room, line)
    with tabs[1], st.container(height=MILESTONES_HEIGHT, border=False):
        milestones.milestones(room, plan)
    with tabs[2]:
        _limits(room, plan)
    if exits:
        with tabs[3]:
            before_exit(room, plan.customer, plan.deadline or room.today)


def _fields(room: Room, plan: Plan) -> None:
    off = is_ended(plan)
    inputs.paragraph("What must become true", field(room, plan, "goal"), disabled=off)
    who, sponsor, until = st.columns([3, 3, 4], gap="xsmall")
    with who:
        inputs.text("Owner", field(room, plan, "owner"), disabled=off)
    with sponsor:
        inputs.text("Sponsor", field(room, plan, "sponsor"), disabled=off)
    with until:
        _deadline(room, plan)
    inputs.paragraph("If it fails", field(room, plan, "exit_trigger"), disabled=off)
    if plan.note:
        st.caption(words.plain(plan.note))


def _deadline(room: Room, plan: Plan) -> None:
    """The deadline: a saved one comes earlier here, and later by extending it once."""
    held = _is_held(room, plan)
    st.date_input(
        "Deadline",
        value=None,
        min_value=FIRST_DAY,
        max_value=plan.deadline if held else LAST_DAY,
        format="YYYY-MM-DD",
        help="Earlier here; later by “Extend once” above, with a name and a reason"
        if held and not is_ended(plan)
        else None,
        disabled=is_ended(plan) or is_overdue(plan, room.today),
        **(_earlier(room, plan) if held else field(room, plan, "deadline")).seeded(),
    )


def _earlier(room: Room, plan: Plan) -> Field:
    """The deadline of a saved plan, which comes earlier only."""
    free = field(room, plan, "deadline")

    def edit(new: date | None) -> Edit | None:
        if plan.deadline and (new is None or new > plan.deadline):
            raise Refused(no_later(room.workshop.customers[plan.customer].name, plan.deadline))
        return free.edit(new)

    return Field(free.workshop, free.key, free.value, edit)


def _is_held(room: Room, plan: Plan) -> bool:
    """Whether a plan is saved with its deadline."""
    return plan.deadline is not None and room.workshop.plans.get(plan.customer) == plan


def _back(room: Room, line: Line) -> None:
    """The way back to the draft, for a plan that may be forgotten."""
    if _removable(room, line):
        st.button(
            "Back to the draft" if line.klass else "Remove this plan",
            key="remove_plan",
            type="tertiary",
            on_click=save,
            args=(room.workshop.id, RemovePlan(customer=line.customer)),
        )


def _removable(room: Room, line: Line) -> bool:
    """Whether a saved plan may be forgotten: of today, or of a customer that has no class now.

    Any other ends with a name and a reason; a deadline that has passed or moved always does.
    """
    plan = line.plan
    settled = is_ended(plan) or line.late or plan.extension is not None
    return line.saved and not settled and (line.klass is None or plan.start == room.today)


def field(room: Room, plan: Plan, name: str) -> Field:
    """A field of a plan as a widget shows it."""

    def edit(new: object) -> SavePlans:
        return SavePlans(plans={plan.customer: changed(editable(room, plan), **{name: new})})

    return Field(room.workshop.id, f"plan.{plan.customer}.{name}", getattr(plan, name), edit)


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
