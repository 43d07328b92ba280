"""One customer in the private copy: its levels, its conditions, and where it will stand."""

import streamlit as st

from kam.acceptance import gaps
from kam.edits import ChangeProfile, Forecast, JudgeGate, PutCriterion, ScoreCustomer
from kam.method.values import spoken
from kam.model import Criterion, Favours
from kam.ui import evidence, inputs, rooms, state, what_if_tab, words
from kam.ui.frame import Room
from kam.ui.inputs import Field, ToEdit
from kam.ui.what_if_tab import copy_field
from kam.validated import changed

FAVOURS = {Favours.YES: "Yes", Favours.UNKNOWN: "Not known", Favours.NO: "No"}
ANCHOR_LABELS = ("0", "2.5", "5", "7.5", "10")  # the values that the five anchors are worth

# Scores


def scores(room: Room) -> None:
    """One customer's level on one criterion, and what levels are worth."""
    customer = evidence.pick(room)
    criterion = _criterion(room)
    if customer is None or criterion is None:
        st.caption("There is no customer or no criterion to score yet.")
        return
    _level(room, customer, criterion)
    if criterion.anchors:
        _anchors(room, criterion)
    _standing(room, customer)


def _standing(room: Room, customer: str) -> None:
    """Where one customer stands in the copy, and why; no more, so that each move is felt at once.

    The checks that the full evidence asks are of the workshop, and computed once for everybody.
    """
    standing = room.assessment.standings[customer]
    klass = standing.klass.label if standing.klass else "Not scored"
    st.markdown(f"**{room.name(customer)}** · {klass} · {words.signed(standing.distance)}")
    close = " Too close to call." if standing.close else ""
    st.markdown(words.plain(f"{standing.why}{close}"))


def _criterion(room: Room) -> Criterion | None:
    """The criterion that this tab has open."""
    complete = {key: c for key, c in room.workshop.criteria.items() if not gaps(c)}
    if not complete:
        return None
    opened = state.recall("what_if_criterion")
    state.seed("if.criterion", opened if opened in complete else next(iter(complete)))
    chosen = st.selectbox(
        "Criterion",
        list(complete),
        key="if.criterion",
        format_func=lambda key: complete[key].name,
        on_change=lambda: state.remember("what_if_criterion", state.widget("if.criterion")),
        label_visibility="collapsed",
    )
    return complete[chosen]


def _level(room: Room, customer: str, criterion: Criterion) -> None:
    score = room.workshop.scores.get(criterion.id, {}).get(customer)

    def edit(new: float | None) -> ScoreCustomer:
        note = score.note if score else ""
        return ScoreCustomer(customer=customer, criterion=criterion.id, value=new, note=note)

    field = copy_field(
        room, f"score.{criterion.id}.{customer}", score.value if score else None, edit
    )
    unit = f", {words.plain(criterion.unit)}" if criterion.unit else ""
    inputs.number(f"Level{unit}", field, format="%g", placeholder="unknown")
    st.caption(words.plain(_worth(room, customer, criterion)))


def _worth(room: Room, customer: str, criterion: Criterion) -> str:
    """What a customer's level on a criterion is worth, in words."""
    table, row = room.assessment.valued, room.assessment.row[customer]
    value = table.table[row, table.criteria.index(criterion.id)]
    return (
        "Unknown: it counts as the rest of this customer does, never as zero."
        if value != value  # noqa: PLR0124 - NaN is unknown
        else f"Worth {value:.1f} of 10."
    )


def _anchors(room: Room, criterion: Criterion) -> None:
    """The five levels that are worth 0 to 10; they hold for every customer."""
    st.caption(f"Levels of this criterion that are worth 0 to 10 points{_source(criterion)}")
    with st.container(key="levels"):
        columns = st.columns(3, gap="xsmall")
    for place, label in enumerate(ANCHOR_LABELS):
        level = (criterion.anchors or ())[place]
        key, edit = f"anchor.{criterion.id}.{place}", _anchored(room, criterion, place)
        with columns[place % 3]:
            inputs.number(label, copy_field(room, key, level, edit), format="%g")


def _source(criterion: Criterion) -> str:
    """The two ends in words."""
    if not criterion.anchors:
        return ""
    first, *_, last = criterion.anchors
    unit = f" {words.plain(criterion.unit)}" if criterion.unit else ""
    return f": from {spoken(first)} to {spoken(last)}{unit}"


def _anchored(room: Room, criterion: Criterion, place: int) -> ToEdit:
    """From a new level of one anchor to the criterion with it; emptied, nothing changes."""

    def edit(new: float | None) -> PutCriterion | None:
        known = what_if_tab.workshop_now(room.workshop.id).criteria[criterion.id]
        if new is None or known.anchors is None:
            return None
        levels = [*known.anchors[:place], new, *known.anchors[place + 1 :]]
        return PutCriterion(criterion=changed(known, anchors=levels))

    return edit


# Customers


def conditions(room: Room) -> None:
    """Which conditions one customer fails, whether it would favour us, and where it then stands."""
    customer = evidence.pick(room)
    if customer is None:
        st.caption("There is no customer yet.")
        return
    for gate in room.workshop.gates.values():
        label = f"Fails “{words.plain(gate.name)}”"
        inputs.tick(label, _gate_field(room, customer, gate.id))
    inputs.segments(
        "Would it favour us as a key supplier?",
        list(FAVOURS),
        _favours_field(room, customer),
        format_func=FAVOURS.get,
    )
    _standing(room, customer)


def _gate_field(room: Room, customer: str, gate: str) -> Field:
    failed = room.workshop.failed_gates.get(customer, {})

    def edit(new: bool) -> JudgeGate:  # noqa: FBT001 - what a tick box holds
        known = rooms.store().workshop(room.workshop.id).failed_gates.get(customer, {})
        why = known.get(gate, "") if new else ""
        return JudgeGate(customer=customer, gate=gate, fails=new, why=why)

    return copy_field(room, f"gate.{gate}.{customer}", gate in failed, edit)


def _favours_field(room: Room, customer: str) -> Field:
    def edit(new: Favours) -> ChangeProfile:
        known = what_if_tab.workshop_now(room.workshop.id).customers[customer].profile
        return ChangeProfile(customer=customer, profile=changed(known, favours_us=new))

    value = room.workshop.customers[customer].profile.favours_us
    return copy_field(room, f"favours.{customer}", value, edit)


# Years


def years(room: Room) -> None:
    """Where one customer will stand in three years; empty is as today."""
    customer = evidence.pick(room)
    if customer is None:
        st.caption("There is no customer yet.")
        return
    st.caption("Its levels in three years. Empty is as today.")
    for criterion in room.workshop.criteria.values():
        if not gaps(criterion):
            _forecast(room, customer, criterion)


def _forecast(room: Room, customer: str, criterion: Criterion) -> None:
    def edit(new: float | None) -> Forecast:
        return Forecast(customer=customer, criterion=criterion.id, level=new)

    level = room.workshop.forecasts.get(criterion.id, {}).get(customer)
    unit = f", {words.plain(criterion.unit)}" if criterion.unit else ""
    score = room.workshop.scores.get(criterion.id, {}).get(customer)
    inputs.number(
        f"{words.plain(words.short(criterion.name, 30))}{unit}",
        copy_field(room, f"forecast.{criterion.id}.{customer}", level, edit),
        format="%g",
        placeholder=f"as today: {spoken(score.value)}" if score else "as today: unknown",
    )
