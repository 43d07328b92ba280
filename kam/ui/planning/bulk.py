"""Plans for many customers in one step, with exceptions."""

from collections.abc import Mapping, Sequence

import streamlit as st

from kam.edits import SavePlans
from kam.errors import KeyroomError
from kam.method.plans import KIND_NAMES, SPONSORED, Bulk, bulk_plans, is_ended, kind, made_for
from kam.model import Class, Plan
from kam.ui import state, words
from kam.ui.frame import Room, write
from kam.ui.inputs import LAST_DAY
from kam.ui.planning.lines import Line, drafts, of_judged, others, to_accept

OPEN = "bulk"  # what the tab remembers while the panel is open
JUDGED, ALL, LOW_COST, STRANGE = "judged", "all", "low_cost", "strange"
FIELDS = WHOM, EXCEPT, OWNER, SPONSOR, DEADLINE, COST = (
    "bulk_whom", "bulk_except", "bulk_owner", "bulk_sponsor", "bulk_deadline", "bulk_cost"
)  # fmt: skip


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

    Those without a plan that runs: the drafts of judged customers, where others have some too;
    all drafts; low priority served at low cost as a whole, but
    not who was let go; the drafts of one kind. Those whose plan no longer fits: the drafts for
    their class of now.
    """
    ready = to_accept(every)
    drafted = [line for line in others(every) if line.customer in ready]
    low = [
        line.customer for line in drafted if line.klass is Class.LOW_PRIORITY and not _let_go(line)
    ]
    kinds = {
        name: [line.customer for line in drafted if kind(line.plan) == name] for name in KIND_NAMES
    }
    strange = [line.customer for line in every if not (line.fits or line.late)]
    judged = [line.customer for line in of_judged(drafted)]
    some = judged if len(judged) < len(ready) else []
    found = {JUDGED: some, ALL: list(ready), LOW_COST: low, **kinds, STRANGE: strange}
    return {name: keys for name, keys in found.items() if keys}


def _let_go(line: Line) -> bool:
    """Whether the plan before the draft ended with letting the customer go."""
    outcome = line.ended.outcome if line.ended else None
    return outcome is not None and outcome.what == "exited"


def panel(room: Room, every: list[Line]) -> None:
    """Whom, with which plan, except whom; then one button that says how many."""
    found = choices(every)
    if not found:
        st.markdown("Every customer that is not key has a plan that fits.")
        return
    chosen = st.selectbox(
        "What to save", list(found), key=WHOM, format_func=lambda name: label(name, found)
    )
    left_out = _exceptions(room, found[chosen])
    plans = {line.customer: line.plan for line in every if not line.saved}
    plans |= {key: drafts(room)[key].plan for key in found.get(STRANGE, ())}
    low_cost = chosen == LOW_COST
    sponsored = any(kind(plans[key]) in SPONSORED for key in found[chosen])
    _terms(room, sponsor=sponsored and not low_cost)
    keys = tuple(key for key in found[chosen] if key not in left_out)
    if not low_cost:
        _hours(room, {key: plans[key] for key in keys})
    st.button(
        f"Save {words.count(len(keys), 'plan')}",
        key="bulk_save",
        disabled=not keys,
        on_click=_save,
        args=(room, {key: plans[key] for key in keys}, low_cost),
    )
    st.caption("One step: undo takes all of them back.")


def label(name: str, found: Mapping[str, Sequence[str]]) -> str:
    """What one of the choices is called, with for how many customers it is."""
    count = words.count(len(found[name]), "customer")
    if name == JUDGED:
        return f"Drafts of judged customers · {count}"
    if name == ALL and JUDGED in found:
        return f"All drafts, also outside the long list · {count}"
    if name == LOW_COST:
        return f"All low priority served at low cost · {count}"
    if name == ALL:
        return f"All drafts as they stand · {count}"
    if name == STRANGE:
        return f"New drafts where the plan no longer fits · {count}"
    return f"As drafted: {KIND_NAMES[name]} · {count}"


def saved_words(count: int) -> str:
    """What was done, and the way back, for the top of the page."""
    are, them = ("is", "it") if count == 1 else ("are", "them")
    step = "" if count == 1 else " as one step"
    return f"{words.count(count, 'plan')} {are} saved. Undo takes {them} back{step}."


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


def _terms(room: Room, *, sponsor: bool) -> None:
    """What the plans have in common; empty keeps each customer's own."""
    st.text_input("Owner", key=OWNER, placeholder="Each customer's own")
    if sponsor:
        label = "Sponsor of those that are built up"
        st.text_input(label, key=SPONSOR, placeholder="Each customer's own")
    day, cost = st.columns(2)
    day.date_input("Deadline", value=None, min_value=room.today, max_value=LAST_DAY,
                   format="YYYY-MM-DD", key=DEADLINE)  # fmt: skip
    label = f"Ceiling, {words.plain(room.workshop.currency)} a year each"
    cost.number_input(label, value=None, min_value=0.0, format="%.0f", key=COST)


def _hours(room: Room, chosen: Mapping[str, Plan]) -> None:
    """What the plans that build customers up may take together, beside the hours that are free."""
    running = {key: plan for key, plan in room.workshop.plans.items() if not is_ended(plan)}
    taken = _ceilings(chosen)
    if not taken:
        return
    others = _ceilings({key: plan for key, plan in running.items() if key not in chosen})
    more = f", and {others:,.0f} in plans that run" if others else ""
    told = f"If each takes its ceiling: {taken:,.0f} hours a year{more}"
    free = _free(room)
    if free is None:
        st.caption(f"{told}.")
    elif taken + others > free:
        over = f"{told}; beside the key accounts {free:,.0f} are free. Build up fewer."
        st.markdown(f":orange[{over}]")
    else:
        st.caption(f"{told}; beside the key accounts {free:,.0f} are free.")


def _ceilings(plans: Mapping[str, Plan]) -> float:
    """The most hours a year that plans to build customers up may take together."""
    built_up = [plan for plan in plans.values() if made_for(plan) is Class.STRATEGIC]
    return sum(plan.ceiling_hours or 0.0 for plan in built_up)


def _free(room: Room) -> float | None:
    """Hours a year that key accounts leave; `None` where capacity is not counted in hours."""
    chosen = room.assessment.selection
    if chosen.available is None or room.workshop.capacity.mode != "hours":
        return None
    return max(0.0, chosen.available - chosen.used)


def _save(room: Room, drafted: Mapping[str, Plan], low_cost: bool) -> None:  # noqa: FBT001 - a callback's argument
    """Save the plans as one step."""
    bulk = Bulk(
        tuple(drafted),
        low_cost=low_cost,
        owner=str(state.widget(OWNER) or "").strip(),
        sponsor=str(state.widget(SPONSOR) or "").strip(),
        deadline=state.widget(DEADLINE),
        ceiling_cost=state.widget(COST),
    )
    try:
        edit = SavePlans(plans=bulk_plans(room.assessment, room.today, bulk, drafted))
    except KeyroomError as error:
        state.tell(str(error))
        return
    if write(room.workshop.id, edit):
        state.tell(saved_words(len(edit.plans)), "done")
        state.remember(OPEN, value=False)
        for key in FIELDS:
            state.forget(key)
