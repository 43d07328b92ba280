"""Plans for many customers in one step, with exceptions."""

from collections.abc import Sequence

import streamlit as st

from kam.edits import SavePlans
from kam.errors import KeyroomError
from kam.method.plans import TEMPLATE_NAMES, Bulk, bulk_plans
from kam.model import Class
from kam.ui import state, words
from kam.ui.frame import Room, write
from kam.ui.inputs import FIRST_DAY, LAST_DAY
from kam.ui.planning.lines import Line, others

OPEN = "bulk"  # what the tab remembers while the panel is open
LOW_COST, STRANGE = "low_cost", "strange"
WHOM, EXCEPT, OWNER, DEADLINE, COST = (f"bulk_{name}" for name in
                                       ("whom", "except", "owner", "deadline", "cost"))  # fmt: skip


def opened() -> bool:
    """Whether this tab shows the panel in place of one customer's plan."""
    return bool(state.recall(OPEN))


def toggle(every: list[Line]) -> None:
    """The button that opens and closes the panel; none while there is nothing to plan."""
    if every:
        label = "One at a time" if opened() else "Many at once"
        st.button(label, key="bulk_open", on_click=state.remember, args=(OPEN, not opened()))


def choices(every: list[Line]) -> dict[str, list[str]]:
    """What can be saved at once -> for which customers.

    Those without a plan: low priority may be served at low cost as a whole; each other choice is
    the drafts of one kind. Those whose plan no longer fits: the drafts for their class of now.
    """
    drafted = [line for line in others(every) if not line.saved]
    low = [line.customer for line in drafted if line.klass is Class.LOW_PRIORITY]
    kinds = {
        name: [line.customer for line in drafted if line.plan.template == name]
        for name in TEMPLATE_NAMES
    }
    strange = [line.customer for line in every if not (line.fits or line.late)]
    found = {LOW_COST: low, **kinds, STRANGE: strange}
    return {name: keys for name, keys in found.items() if keys}


def panel(room: Room, every: list[Line]) -> None:
    """Whom, with which plan, except whom; then one button that says how many."""
    found = choices(every)
    if not found:
        st.markdown("Every customer that is not key has a plan that fits.")
        return
    chosen = st.selectbox(
        "What to save", list(found), key=WHOM, format_func=lambda name: _label(name, found[name])
    )
    left_out = _exceptions(room, found[chosen])
    _terms(room)
    keys = tuple(key for key in found[chosen] if key not in left_out)
    st.button(
        f"Save {words.count(len(keys), 'plan')}",
        key="bulk_save",
        disabled=not keys,
        on_click=_save,
        args=(room, keys, chosen == LOW_COST),
    )
    st.caption("One step: undo takes all of them back.")


def _label(name: str, keys: Sequence[str]) -> str:
    count = words.count(len(keys), "customer")
    if name == LOW_COST:
        return f"All low priority served at low cost · {count}"
    if name == STRANGE:
        return f"New drafts where the plan no longer fits · {count}"
    return f"As drafted: {TEMPLATE_NAMES[name]} · {count}"


def _exceptions(room: Room, keys: list[str]) -> set[str]:
    """Who keeps a draft of its own."""
    names = room.workshop.customers
    found = st.multiselect(
        "Except",
        sorted(keys, key=lambda key: names[key].name),
        key=EXCEPT,
        format_func=lambda key: names[key].name,
        placeholder="Nobody",
    )
    return set(found)


def _terms(room: Room) -> None:
    """What the plans have in common; empty keeps each customer's own."""
    st.text_input("Owner", key=OWNER, placeholder="Each customer's own")
    day, cost = st.columns(2)
    day.date_input("Deadline", value=None, min_value=FIRST_DAY, max_value=LAST_DAY,
                   format="YYYY-MM-DD", key=DEADLINE)  # fmt: skip
    label = f"Ceiling, {words.plain(room.workshop.currency)} a year each"
    cost.number_input(label, value=None, min_value=0.0, format="%.0f", key=COST)


def _save(room: Room, keys: tuple[str, ...], low_cost: bool) -> None:  # noqa: FBT001 - a callback's argument
    """Save the plans as one step."""
    bulk = Bulk(
        keys,
        low_cost=low_cost,
        owner=str(state.widget(OWNER) or "").strip(),
        deadline=state.widget(DEADLINE),
        ceiling_cost=state.widget(COST),
    )
    try:
        edit = SavePlans(plans=bulk_plans(room.assessment, room.today, bulk))
    except KeyroomError as error:
        state.tell(str(error))
        return
    if write(room.workshop.id, edit):
        state.remember(OPEN, value=False)
        for key in (WHOM, EXCEPT, OWNER, DEADLINE, COST):
            state.forget(key)
