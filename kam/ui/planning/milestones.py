"""Actions and milestones of a plan: what, who, by when, met or missed, and what shows it."""

import streamlit as st

from kam.edits import SavePlans
from kam.method.plans import is_ended
from kam.model import Action, Plan
from kam.ui import inputs
from kam.ui.frame import Room, save
from kam.ui.inputs import Field
from kam.validated import changed

DONE: dict[str, bool | None] = {"open": None, "met": True, "missed": False}


def milestones(room: Room, plan: Plan) -> None:
    """Every action with its fields; an empty text takes it out."""
    for index in range(len(plan.actions)):
        with st.container(gap="xxsmall"):
            _row(room, plan, index)
    more = Action(text="What has to be done", owner=plan.owner)
    longer = changed(plan, actions=(*plan.actions, more))
    st.button(
        "Add an action",
        key="add_action",
        disabled=is_ended(plan),
        on_click=save,
        args=(room.workshop.id, SavePlans(plans={plan.customer: longer})),
    )


def _row(room: Room, plan: Plan, index: int) -> None:
    """What is done and whether it was; by whom, by when, and what shows it."""
    what, met = st.columns([9, 3], gap="xsmall")
    who, due, shown = st.columns([3, 5, 4], gap="xsmall")
    quiet = {"label_visibility": "collapsed", "disabled": is_ended(plan)}
    with what:
        inputs.text("Action", _field(room, plan, index, "text"), placeholder="What", **quiet)
    with met:
        inputs.choice("Met or missed", list(DONE), _met(room, plan, index), **quiet)
    with who:
        inputs.text("Who", _field(room, plan, index, "owner"), placeholder="Who", **quiet)
    with due:
        inputs.day("By", _field(room, plan, index, "due"), **quiet)
    with shown:
        inputs.text("What shows it", _field(room, plan, index, "evidence"),
                    placeholder="What shows it", **quiet)  # fmt: skip


def editable(room: Room, plan: Plan) -> Plan:
    """The plan that a change builds on: the running one as the store has it, else the draft."""
    known = room.present.plans.get(plan.customer)
    return plan if known is None or (is_ended(known) and not is_ended(plan)) else known


def _field(room: Room, plan: Plan, index: int, name: str) -> Field:
    def edit(new: object) -> SavePlans:
        known = editable(room, plan)
        same = known if len(known.actions) == len(plan.actions) else plan
        return SavePlans(plans={plan.customer: with_action(same, index, name, new)})

    value = getattr(plan.actions[index], name)
    return Field(room.workshop.id, f"plan.{plan.customer}.{index}.{name}", value, edit)


def _met(room: Room, plan: Plan, index: int) -> Field:
    """Whether an action was met, as a word."""
    done = _field(room, plan, index, "done")
    word = next(word for word, value in DONE.items() if value is done.value)
    return Field(done.workshop, done.key, word, lambda new: done.edit(DONE[new]))


def with_action(plan: Plan, index: int, name: str, new: object) -> Plan:
    """`plan` with one field of one action changed; an action without text is taken out."""
    actions = list(plan.actions)
    if name == "text" and not str(new or "").strip():
        del actions[index]
    else:
        actions[index] = changed(actions[index], **{name: new})
    return changed(plan, actions=tuple(actions))
