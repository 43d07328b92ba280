"""One borderline case at a time: why it is one, its evidence, and the team's decision."""

import streamlit as st

from kam.edits import ChangeProfile, OverrideClass, WithdrawOverride
from kam.errors import Refused
from kam.method import overrides
from kam.method.assessment import Standing
from kam.method.borderline import WAITING, Case, borderline
from kam.method.overrides import CHIPS, reason_of
from kam.method.selection import Reason
from kam.model import Class, Favours
from kam.ui import evidence, state, words
from kam.ui.frame import Room, save, write
from kam.ui.kept import Kept
from kam.validated import changed

BY = "decided_by"  # the widget that holds who decides: the same person for one case after another
LONGEST_NAME = 200

queue = Kept(borderline)


# --- the queue ------------------------------------------------------------------------------------


def lane(room: Room, klass: Class, *, waiting: bool = False) -> list[str]:
    """The customers of a class, in the one order; or only those of them that wait for room."""
    return [
        standing.customer
        for standing in room.assessment.standings.values()
        if standing.klass is klass and (standing.reason in WAITING or not waiting)
    ]


def left(room: Room) -> list[str]:
    """The borderline customers that this tab has not agreed on with their present class."""
    agreed = _agreed(room)
    return [
        case.customer
        for case in queue(room)
        if agreed.get(case.customer) != _klass(room, case.customer)
    ]


def _agreed(room: Room) -> dict[str, Class | None]:
    """What this tab has agreed on: customer -> the class that the rule gave it then."""
    found: dict[str, Class | None] = state.recall(f"agreed:{room.workshop.id}", {})
    return found


def _klass(room: Room, customer: str) -> Class | None:
    return room.assessment.standings[customer].klass


def opened(room: Room) -> str | None:
    """The case that this tab has open: a customer that was tapped, else the first that is left.

    Borderline customers come first in the box, then everybody who is judged.
    """
    cases = [case.customer for case in queue(room)]
    others = room.assessment.judged.keys() - set(cases)
    keys = cases + [key for key in room.assessment.judged if key in others]
    tapped = state.recall("customer")
    if tapped in room.assessment.standings and tapped not in room.assessment.judged:
        keys.append(str(tapped))
    if tapped not in keys and (rest := left(room)):
        state.remember("customer", rest[0])
    return evidence.pick(room, keys)


# --- the case -------------------------------------------------------------------------------------


def case(room: Room) -> None:
    """The open case: how many are left, why it is one, the decision, the evidence."""
    choice, counter = st.columns([4, 3], vertical_alignment="center")
    counter.markdown(left_words(room))
    with choice:
        customer = opened(room)
    if customer is None:
        return
    standing = room.assessment.standings[customer]
    with st.container(border=True, key="decision"):
        _reasons(room, customer)
        _decided_before(room, customer)
        if standing.reason is not Reason.UNSCORED:
            _decision(room, customer, standing)
    evidence.case(room, customer, width=600)


def left_words(room: Room) -> str:
    """How many borderline cases are left to decide."""
    rest, every = len(left(room)), len(queue(room))
    if not every:
        return "No case is borderline."
    if not rest:
        return f"No case is left of {every:,} borderline."
    return f"**{rest:,} left** of {words.count(every, 'borderline case')}"


def _reasons(room: Room, customer: str) -> None:
    """Why people decide this case; that the rule is clear, where it is."""
    found = next((one for one in queue(room) if one.customer == customer), _CLEAR)
    st.markdown(words.plain(" ".join(found.reasons)))
    if room.workshop.customers[customer].profile.favours_us is Favours.UNKNOWN:
        _favour(room, customer)


_CLEAR = Case("", ("The rule is clear here, or the team has decided.",))


def _favour(room: Room, customer: str) -> None:
    """The answer to whether it would favour us, to be written down once it was asked."""
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown("Asked, would it favour us as a key supplier?", width="content")
        for answer in (Favours.YES, Favours.NO):
            st.button(
                answer.value.capitalize(),
                key=f"{answer}_{customer}",
                on_click=_answered,
                args=(room, customer, answer),
            )


def _answered(room: Room, customer: str, answer: Favours) -> None:
    write(room.workshop.id, favour_edit(room, customer, answer))


def favour_edit(room: Room, customer: str, answer: Favours) -> ChangeProfile:
    """The edit that writes down what a customer said when it was asked."""
    known = room.present.customers.get(customer, room.workshop.customers[customer])
    asked = changed(known.profile, favours_us=answer, favours_known_by="asked")
    return ChangeProfile(customer=customer, profile=asked)


def _decided_before(room: Room, customer: str) -> None:
    """The team's decision that stands, and the way back to the rule."""
    override = room.workshop.overrides.get(customer)
    if override is None:
        return
    st.markdown(
        f"◇ **{override.klass.label}**, decided by {words.plain(override.by)}: "
        f"{words.plain(override.reason)}"
    )
    st.button(
        "Let the rule decide again",
        key="withdraw",
        on_click=save,
        args=(room.workshop.id, WithdrawOverride(customer=customer)),
    )


# --- the decision ---------------------------------------------------------------------------------


def _decision(room: Room, customer: str, standing: Standing) -> None:
    """The class, as the rule has it unless somebody decides otherwise, and the way to the next."""
    key = f"decide_{customer}_{standing.klass}"
    chosen = st.pills(
        "Which class",
        list(Class),
        default=standing.klass,
        required=True,
        key=key,
        format_func=lambda klass: klass.label,
        label_visibility="collapsed",
    )
    if chosen is not standing.klass:
        _otherwise(room, customer)
    st.button(
        "Decide and go to the next" if left(room) else "Decide",
        type="primary",
        key="decide",
        on_click=_decide,
        args=(room, customer, key),
    )


def _otherwise(room: Room, customer: str) -> None:
    """Who decides against the rule, and why; the limit of such decisions."""
    st.pills(
        "Why",
        CHIPS,
        selection_mode="multi",
        key=f"chips_{customer}",
        label_visibility="collapsed",
    )
    reason, by = st.columns([3, 2])
    reason.text_input(
        "Why", key=f"reason_{customer}", placeholder="What do we know that scores do not?"
    )
    by.text_input("Who decides", key=BY, persist_state="session")
    st.caption(words.plain(overrides.limit_words(room.assessment)))


def _decide(room: Room, customer: str, key: str) -> None:
    """Agree with the rule, or write the decision against it; then open the next case."""
    klass = state.widget(key)
    if klass is None or klass == _klass(room, customer) or _overridden(room, customer, klass):
        _go_on(room, customer)


def _overridden(room: Room, customer: str, klass: Class) -> bool:
    """Whether a decision against the rule was taken; a missing name or reason is said in words."""
    by = str(state.widget(BY) or "").strip()
    text = str(state.widget(f"reason_{customer}") or "")
    reason = reason_of(list(state.widget(f"chips_{customer}") or ()), text)
    if not (by and reason):
        state.tell("A decision against the rule needs a name and a reason. Write both.")
        return False
    if refusal := overrides.refusal(room.assessment, customer):
        state.tell(refusal)
        return False
    try:
        edit = OverrideClass(customer=customer, klass=klass, by=by[:LONGEST_NAME], reason=reason)
    except Refused as refused:
        state.tell(str(refused))
        return False
    return write(room.workshop.id, edit)


def _go_on(room: Room, customer: str) -> None:
    """Remember the case as agreed, and open the next one that is left, round to the first."""
    agreed = {**_agreed(room), customer: _klass(room, customer)}
    state.remember(f"agreed:{room.workshop.id}", agreed)
    every = [one.customer for one in queue(room)]
    place = every.index(customer) + 1 if customer in every else 0
    rest = set(left(room)) - {customer}
    following = next((key for key in every[place:] + every[:place] if key in rest), None)
    if following:
        state.remember("customer", following)
