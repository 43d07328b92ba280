"""One borderline case at a time: why it is one, its evidence, and the team's decision."""

from typing import Any

import streamlit as st

from kam.edits import ChangeProfile, ConfirmClass, OverrideClass, Together, WithdrawOverride
from kam.method import overrides
from kam.method.against_rule import ruled
from kam.method.borderline import WAITING, confirmed, confirmed_words
from kam.method.overrides import CHIPS, reason_of
from kam.method.selection import Reason
from kam.model import Axis, Class, Favours
from kam.ui import evidence, state, words
from kam.ui.frame import Room, save, write
from kam.validated import changed

BARS = 360  # px, two beside each other
CLEAR = "The rule is clear here."
DECIDED = "The team has decided against the rule."
REFUSED = "decision_refused"  # why the last decision was not taken, said once beside the button
BY = "decided_by"  # the widget that holds who decides: the same person for one case after another
LONGEST_NAME = 200
WITH_RULE = "The rule says so, too: the decision against it ends."
DECIDED_AS_RULED = "The team has decided; the rule says the same."

queue = evidence.queue


# --- the queue ------------------------------------------------------------------------------------


def lane(room: Room, klass: Class, *, waiting: bool = False) -> list[str]:
    """The customers of a class, in the one order; or only those of them that wait for room."""
    return [
        standing.customer
        for standing in room.assessment.standings.values()
        if standing.klass is klass and (standing.reason in WAITING or not waiting)
    ]


def left(room: Room) -> list[str]:
    """The borderline customers whose class the team has not confirmed."""
    return [case.customer for case in queue(room) if not confirmed(room.assessment, case.customer)]


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
    """The open case: how many are left, three sentences, the decision, the bars, the rest."""
    choice, counter = st.columns([4, 3], vertical_alignment="center")
    counter.markdown(left_words(room))
    with choice:
        customer = opened(room)
    if customer is None:
        return
    _sentences(room, customer)
    with st.container(border=True, key="decision", gap="small"):
        _decided_before(room, customer)
        if room.assessment.standings[customer].reason is Reason.UNSCORED:
            st.markdown("Score it first; then it can be decided.")
        else:
            _decision(room, customer)
    for axis, place in zip(Axis, st.columns(2), strict=True):
        with place:
            evidence.bars(room, customer, axis, BARS)
    evidence.more(room, customer)


def left_words(room: Room) -> str:
    """How many borderline cases are left to decide."""
    rest, every = len(left(room)), len(queue(room))
    if not every:
        return "No case is borderline."
    if not rest:
        return f"No case is left of {every:,} borderline."
    return f"**{rest:,} left** of {words.count(every, 'borderline case')}"


def _sentences(room: Room, customer: str) -> None:
    """The three sentences; the last with the answer, where its view of us is not known."""
    why, carried, view = evidence.three(room, customer)
    if room.assessment.standings[customer].reason is Reason.OVERRIDE:
        why = DECIDED_AS_RULED if _as_ruled(room, customer, _klass(room, customer)) else DECIDED
    elif customer not in [one.customer for one in queue(room)]:
        why = f"{CLEAR} {why}"
    with st.container(gap="xxsmall", key="three"):
        st.markdown(words.plain(why))
        st.markdown(words.plain(carried))
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.markdown(words.plain(view), width="content")
            if room.workshop.customers[customer].profile.favours_us is Favours.UNKNOWN:
                _favour(room, customer)


def _favour(room: Room, customer: str) -> None:
    """The answer to whether it would favour us, to be written down once it was asked."""
    for answer, told in ((Favours.YES, "Asked: it would"), (Favours.NO, "It would not")):
        st.button(
            told,
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
    """What the team confirmed or decided otherwise before; the way back to the rule."""
    if told := confirmed_words(room.assessment, customer):
        st.markdown(words.plain(told))
    override = room.workshop.overrides.get(customer)
    if override is None:
        return
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.markdown(
            f"◇ **{override.klass.label}**, decided by {words.plain(override.by)}: "
            f"{words.plain(override.reason)}",
            width="content",
        )
        st.button(
            "Let the rule decide again",
            key="withdraw",
            on_click=save,
            args=(room.workshop.id, WithdrawOverride(customer=customer)),
        )


# --- the decision ---------------------------------------------------------------------------------


def _decision(room: Room, customer: str) -> None:
    """The class, as the rule has it unless somebody decides otherwise; why, who, and the button."""
    klass = _klass(room, customer)
    key = f"decide_{customer}_{klass}"
    chosen = st.pills(
        "Which class",
        list(Class),
        default=klass,
        required=True,
        key=key,
        format_func=lambda one: one.label,
        label_visibility="collapsed",
    )
    _why(customer)
    reason, by, button = st.columns([5, 3, 4], vertical_alignment="center")
    _line(reason, "What do we know that scores do not?", key=f"reason_{customer}")
    _line(by, "Who decides", key=BY, persist_state="session")
    more = bool(left(room))
    button.button(
        "Decide and go to the next" if more else "Decide",
        type="primary" if more else "secondary",
        key="decide",
        width="stretch",
        on_click=_decide,
        args=(room, customer, key),
    )
    _said(room, customer, chosen)


def _why(customer: str) -> None:
    """Reasons that teams name again and again, one tap each."""
    st.pills(
        "Why",
        CHIPS,
        selection_mode="multi",
        key=f"chips_{customer}",
        label_visibility="collapsed",
    )


def _line(place: st.delta_generator.DeltaGenerator, asks: str, **more: Any) -> None:  # noqa: ANN401 - Streamlit's own
    place.text_input(asks, placeholder=asks, label_visibility="collapsed", **more)


def _said(room: Room, customer: str, chosen: Class | None) -> None:
    """Beside the button: what kept the last decision from being taken; the limit of such ones."""
    if refused := state.recall(REFUSED):
        state.remember(REFUSED, None)
        with st.container(key="gap_decision"):
            st.markdown(words.plain(refused))
    elif chosen is _klass(room, customer):
        return
    elif _as_ruled(room, customer, chosen):
        st.caption(WITH_RULE)
    else:
        st.caption(words.plain(overrides.limit_words(room.assessment)))


def _as_ruled(room: Room, customer: str, klass: Class | None) -> bool:
    """Whether the rule itself gives that class to a customer, decided by the team or not."""
    if customer in room.workshop.overrides:
        return klass is ruled(room.assessment, customer)
    return klass is _klass(room, customer)


def _decide(room: Room, customer: str, key: str) -> None:
    """Confirm what the rule says, or decide against it; then open the next case."""
    klass = state.widget(key)
    if klass is None or klass == _klass(room, customer):
        taken = _confirmed(room, customer)
    elif _as_ruled(room, customer, klass):
        taken = _back_to_rule(room, customer, klass)
    else:
        taken = _overridden(room, customer, klass)
    if taken:
        _go_on(room, customer)


def _reason_given(customer: str) -> tuple[str, str]:
    """Who decides and why, as typed and tapped; each may be empty."""
    text = str(state.widget(f"reason_{customer}") or "")
    reason = reason_of(list(state.widget(f"chips_{customer}") or ()), text)
    return str(state.widget(BY) or "").strip()[:LONGEST_NAME], reason


def _confirmed(room: Room, customer: str) -> bool:
    """Whether the class that stands is confirmed; nothing is written twice."""
    by, reason = _reason_given(customer)
    klass = _klass(room, customer)
    settled = confirmed(room.assessment, customer) and not reason
    if klass is None or settled or customer in room.workshop.overrides:
        return True
    edit = ConfirmClass(customer=customer, klass=klass, by=by, reason=reason)
    return write(room.workshop.id, edit)


def _back_to_rule(room: Room, customer: str, klass: Class) -> bool:
    """Whether a decision against the rule was taken back, and what the rule says confirmed."""
    by, reason = _reason_given(customer)
    name = f"{room.workshop.customers[customer].name}: {klass.label}, as the rule says"
    edits = (
        WithdrawOverride(customer=customer),
        ConfirmClass(customer=customer, klass=klass, by=by, reason=reason),
    )
    return write(room.workshop.id, Together(name=name[-LONGEST_NAME:], edits=edits))


def _overridden(room: Room, customer: str, klass: Class) -> bool:
    """Whether a decision against the rule was taken; what it lacks is said beside the button."""
    by, reason = _reason_given(customer)
    if not (by and reason):
        state.remember(REFUSED, "A decision against the rule needs a name and a reason.")
        return False
    if refusal := overrides.refusal(room.assessment, customer):
        state.remember(REFUSED, refusal)
        return False
    edit = OverrideClass(customer=customer, klass=klass, by=by, reason=reason)
    return write(room.workshop.id, edit)


def _go_on(room: Room, customer: str) -> None:
    """Open the next case that is left, round to the first."""
    every = [one.customer for one in queue(room)]
    place = every.index(customer) + 1 if customer in every else 0
    rest = set(left(room)) - {customer}
    following = next((key for key in every[place:] + every[:place] if key in rest), None)
    if following:
        state.remember("customer", following)
