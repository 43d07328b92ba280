"""Which two states of a workshop a tab compares, and what was found between them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import streamlit as st

from kam.method.assessment import Assessment
from kam.method.hysteresis import reviews
from kam.method.movement import Movement, movements
from kam.model import Mark
from kam.ui import frame, rooms, state, words
from kam.ui.frame import Room

NOW = "Now"
BEFORE, AFTER = "review_before", "review_after"  # widgets
LONGEST_NAME = 28  # letters of a state's name in a title
LONGEST_CHOICE = 22  # letters of it beside its day
MOST_KEPT = 32  # comparisons held in memory; each is a few hundred small values


@dataclass(frozen=True)
class State:
    """A state of the workshop that can be compared.

    Attributes:
        name: as it was agreed on; "Now" for the present one.
        is_present: whether it is the state as it is now, and may still change.
    """

    name: str
    on: date
    revision: int
    is_present: bool = False


@dataclass(frozen=True)
class Compared:
    """Two states with what became of every customer between them."""

    before: State
    after: State
    then: Assessment
    now: Assessment
    movements: tuple[Movement, ...]

    @property
    def when(self) -> str:
        """The time between the two, as it stands in a sentence."""
        then, later = (words.short(one.name, LONGEST_NAME) for one in (self.before, self.after))
        return f"since {then}" if self.after.is_present else f"from {then} to {later}"


_kept: dict[tuple[str, int, int], Compared] = {}


def states(room: Room) -> list[State]:
    """Every named state, oldest first, and the present one; of those that are the same, one."""
    named = {one.revision: one for one in (_named(room, mark) for mark in room.workshop.marks)}
    present = State(NOW, room.today, room.history.revision, is_present=True)
    return [*(named[key] for key in sorted(named) if key < present.revision), present]


def _named(room: Room, mark: Mark) -> State:
    return State(mark.name, mark.on, room.history.revision_of(mark))


def all_reviews(room: Room, until: State) -> list[State]:
    """The named states that count as reviews before a state, oldest first, and that state."""
    marks = [one for one in room.workshop.marks if room.history.revision_of(one) < until.revision]
    return [*(_named(room, mark) for mark in reviews(marks, until.on)), until]


def course(room: Room, now: Compared) -> list[State]:
    """All reviews up to the later state, with the earlier one among them; oldest first."""
    every = {one.revision: one for one in (now.before, *all_reviews(room, now.after))}
    return [every[revision] for revision in sorted(every)]


def result(room: Room, one: State) -> Assessment:
    """The result of a workshop in one of its states."""
    return rooms.past(room.history, one.revision)


def compare(room: Room, before: State, after: State) -> Compared:
    """Two states of a room, compared once."""
    key = (room.workshop.id, before.revision, after.revision)
    then, now = result(room, before), result(room, after)
    kept = _kept.pop(key, None)
    if kept is None or kept.now is not now:
        kept = Compared(before, after, then, now, movements(then, now))
    _kept[key] = kept
    while len(_kept) > MOST_KEPT:
        _kept.pop(next(iter(_kept)), None)
    return kept


def chosen(room: Room) -> Compared | None:
    """The two states that this tab compares; `None` while none has a name."""
    every = states(room)
    if len(every) == 1:
        return None
    before = _picked(every[:-1], BEFORE, _default(room, every))
    return compare(room, before, _picked(_later(every, before), AFTER, every[-1]))


def _default(room: Room, every: Sequence[State]) -> State:
    """What the present state is measured against.

    The state that began this review, once something has changed since; else the last review
    before now; of a workshop without one its latest named state.
    """
    begun = _begun(room, every)
    if begun and frame.name_of_state(room) != begun.name:
        return begun
    *earlier, _ = all_reviews(room, every[-1])
    return earlier[-1] if earlier else every[-2]


def _begun(room: Room, every: Sequence[State]) -> State | None:
    """The named state that began the latest review; `None` where none was begun here."""
    names = {mark.name for mark in room.workshop.marks if mark.begins_review}
    return next((one for one in reversed(every) if one.name in names), None)


def _later(every: Sequence[State], before: State) -> list[State]:
    return [one for one in every if one.revision > before.revision]


def _picked(among: Sequence[State], key: str, first: State) -> State:
    """What a widget that is drawn later holds, if it can still be chosen."""
    held = state.widget(key)
    return next((one for one in among if one.revision == held), first)


def choose(room: Room, now: Compared) -> None:
    """Widgets for the two states."""
    every = states(room)
    _select("Then", every[:-1], BEFORE, now.before)
    st.markdown("→", width="content")
    _select("Later", _later(every, now.before), AFTER, now.after)


def _select(label: str, among: Sequence[State], key: str, held: State) -> None:
    told = {
        one.revision: f"{words.short(one.name, LONGEST_CHOICE)} · {words.day(one.on)}"
        for one in among
    }
    state.seed(key, held.revision)
    st.selectbox(
        label, list(told), key=key, format_func=told.__getitem__, label_visibility="collapsed",
        width=360,
    )  # fmt: skip


def forget_choice() -> None:
    """Compare the last review with now again."""
    for key in (BEFORE, AFTER):
        state.forget(key)
