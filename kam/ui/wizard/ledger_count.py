"""Step 3 of a ledger: reading in the background, then what counts and what does not."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import NamedTuple

import pandas as pd
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from kam.errors import KeyroomError
from kam.intake.bring_in import Proposal, from_ledger
from kam.intake.job import Job
from kam.intake.orders.ledger import Ledger, cents, read_ledger
from kam.intake.orders.progress import Cancelled, Progress
from kam.intake.tables.files import Reading
from kam.model import FactKind, LedgerChoices, Workshop
from kam.ui import state, words
from kam.ui.frame import Room
from kam.ui.wizard import alike, check, choose, draft, ledger_currency
from kam.ui.wizard.draft import Draft, Source
from kam.ui.wizard.ledger_columns import DOOR, anew, as_read, chosen, decide, place_of, to_remember
from kam.ui.wizard.proposed import Proposing
from kam.validated import changed

AT_ONCE = 0.4  # seconds to wait before progress is shown: small ledgers need no more
JOB = f"wizard:{DOOR}:job"
EVERY = 0.5  # seconds between two looks at the progress
UNUSUAL = {
    # what may be left out -> how its switch is called
    "negative": "Leave out lines below zero",
    "cancellation": "Leave out cancellations",
    "zero": "Leave out lines worth nothing",
    "copy": "Count exact copies once",
}


class Begun(NamedTuple):
    """A reading that has begun, and what it rests on: files, how they are read, what counts."""

    what: tuple[tuple[Source, ...], Reading, LedgerChoices]
    job: Job[Ledger]


def count(room: Room) -> None:
    """The totals of the ledger as it counts now, or how far its reading is."""
    kept = draft.draft(DOOR)
    choose.headline(3, "What counts", kept.name)
    as_read()
    choices = chosen()
    job = _reading(kept, choices)
    if not job.done(AT_ONCE):
        _watch(job)
        return
    found = _result(job, room, choices)
    if found is None or ledger_currency.is_open(found.currencies, room.workshop.currency, choices):
        _back()
    else:
        _found(room, found, choices)


def _reading(kept: Draft, choices: LedgerChoices) -> Job[Ledger]:
    """The job that reads these files with these choices; a reading with other ones is stopped."""
    before: Begun | None = state.recall(JOB)
    if before is not None and before.what == (kept.sources, kept.reading, choices):
        return before.job
    if before is not None:
        before.job.progress.cancel()

    def work(progress: Progress) -> Ledger:
        return read_ledger(
            [place_of(one) for one in kept.sources],
            choices,
            names=[one.name for one in kept.sources],
            reading=kept.reading,
            progress=progress,
        )

    job = Job(work)
    state.remember(JOB, Begun((kept.sources, kept.reading, choices), job))
    return job


@st.fragment(run_every=EVERY)
def _watch(job: Job[Ledger]) -> None:
    """How far the reading is, and the way to stop it; nobody else in the room waits."""
    if job.done():
        st.rerun()
    progress = job.progress
    left = progress.seconds_left
    told = f"{progress.rows:,} lines read" if progress.rows else "Reading"
    told += f", about {max(1, round(left))} s left" if left is not None else ""
    st.progress(progress.share or 0.0, text=told)
    st.button("Stop", key=draft.key(DOOR, "stop"), on_click=progress.cancel)


def _result(job: Job[Ledger], room: Room, choices: LedgerChoices) -> Ledger | None:
    """What was read; or why it could not be, with the answer that it needs."""
    try:
        return job.result
    except Cancelled as stopped:
        st.info(words.plain(str(stopped)))
        state.forget(f"tab:{JOB}")
        st.button("Read it again", key=draft.key(DOOR, "again"))
    except KeyroomError as error:
        ledger_currency.asked(error, room.workshop.currency, choices)
    return None


def _found(room: Room, found: Ledger, choices: LedgerChoices) -> None:
    """The totals, what counts and what does not with its money, and the last button."""
    _totals(found, room.workshop.currency)
    with st.container(horizontal=True, vertical_alignment="center"):
        ledger_currency.settled(found.currencies, room.workshop.currency, choices)

    def make(workshop: Workshop, same: Mapping[str, str]) -> Proposal:
        made = from_ledger(workshop, found, draft.draft(DOOR).name, choices=choices, same=same)
        return replace(made, edit=changed(made.edit, matching=to_remember()))

    proposing = Proposing(DOOR, found, make)
    proposal = choose.attempt(lambda: proposing.at(room.workshop))
    pairs = proposing.asked(room.workshop) if proposal else ()
    if proposal is not None:
        check.counts(proposal, 0, pairs)
        with_lines = proposal.new + proposal.updated - len(proposal.emptied)
        total = words.count(with_lines, "customer")
        with st.container(horizontal=True):
            check.last_button(DOOR, room, proposing.at, f"Bring in figures of {total}")
            _back()
            anew()
    counting, covering, asking = _tabs(bool(proposal), bool(pairs))
    with counting:
        switches, told = st.columns([5, 6], gap="large")
        with switches:
            _switches(found, choices)
        with told:
            _told(found)
            _notes(proposal)
    if proposal is not None:
        with covering:
            _measures(proposal.edit.fact_kinds)
        names = {key: one.name or key for key, one in found.measures.items()}
        with asking:
            alike.near(DOOR, room, proposal, pairs, names)


def _notes(proposal: Proposal | None) -> None:
    """What the import does beside adding figures; that it takes some away stands out."""
    told = proposal.notes if proposal else ()
    if proposal and proposal.emptied:
        st.markdown(f":orange[▲] {words.plain(told[0])}")
        told = told[1:]
    choose.notes(told)


def _tabs(proposed: bool, asked: bool) -> Sequence[DeltaGenerator]:  # noqa: FBT001 - two alike
    """Where the counting goes, the measures and the near names; without a proposal no tabs."""
    if not proposed:
        return st.container(), st.container(), st.container()
    names = ("What counts", "The measures, and what they cover")
    return st.tabs((*names, "May be one customer")) if asked else (*st.tabs(names), st.container())


def _totals(found: Ledger, currency: str) -> None:
    totals, end = found.totals, found.totals.windows.end
    st.markdown(
        f"**{words.count(totals.rows, 'line')}, {words.count(totals.customers, 'customer')}, "
        f"{words.count(totals.orders, 'order')}, {words.day(totals.first)} to "
        f"{words.day(totals.last)}.** "
        f"Revenue {currency} {cents(totals.revenue):,}; in the twelve months to "
        f"{words.day(end)} {currency} {cents(totals.revenue_12m):,}."
    )
    if totals.top10_share_pct is not None:
        st.caption(
            f"From {words.day(totals.first)} to {words.day(totals.last)} the ten largest customers "
            f"bring {totals.top10_share_pct:.0f} % of the revenue; the concentration index (10,000 "
            f"is a single customer) is {totals.hhi:,.0f}."
        )


def _switches(found: Ledger, choices: LedgerChoices) -> None:
    """What may count or not; each switch reads the ledger again, and is part of the edit."""
    st.markdown("**Your choice**")
    seen = {one.kind for one in found.noticed} | {one.kind for one in found.left_out}
    for kind, label in UNUSUAL.items():
        if kind in seen or kind in choices.left_out:
            left_out = kind in choices.left_out
            _switch(label, ("left_out", kind), on=left_out, then=partial(_leave_out, kind))
    if "customer" in seen or choices.blank_customers == "one_customer":
        _switch(
            "Lines without a customer are one customer, “(blank)”",
            ("blank",),
            on=choices.blank_customers == "one_customer",
            then=lambda on: decide(blank_customers="one_customer" if on else "left_out"),
        )
    _whose(found, choices)
    _end(found, choices)


def _whose(found: Ledger, choices: LedgerChoices) -> None:
    """Whom lines belong to, where only a person can know."""
    for label in dict.fromkeys((*choices.no_customers, *found.called_totals)):
        name = f"“{words.plain(label)}” is no customer"
        on = label in choices.no_customers
        _switch(name, ("no_customer", label), on=on, then=partial(_is_none, label))
    if found.spelled or choices.spellings == "as_written":
        _switch(
            "Names that are only spelled differently are one customer",
            ("spellings",),
            on=choices.spellings == "one_customer",
            then=lambda on: decide(spellings="one_customer" if on else "as_written"),
        )


def _switch(label: str, place: tuple[str, ...], *, on: bool, then: Callable[..., None]) -> None:
    """A switch as it stands; `then` is told by keyword whether it is on now."""
    key = draft.key(DOOR, *place)
    state.seed(key, on)
    st.toggle(label, key=key, on_change=lambda: then(on=bool(state.widget(key))))


def _is_none(label: str, *, on: bool) -> None:
    others = tuple(one for one in chosen().no_customers if one != label)
    decide(no_customers=(*others, label) if on else others)


def _leave_out(kind: str, *, on: bool) -> None:
    others = tuple(one for one in chosen().left_out if one != kind)
    decide(left_out=(*others, kind) if on else others)


def _end(found: Ledger, choices: LedgerChoices) -> None:
    """The last day of the twelve months."""
    key = draft.key(DOOR, "end")
    state.seed(key, choices.end or found.totals.windows.end)
    st.date_input(
        "The twelve months end on",
        key=key,
        min_value=found.totals.first,
        on_change=lambda: decide(end=state.widget(key)),
        help="The last day in the ledger, unless you know better: a month that has only begun "
        "makes every customer shrink.",
    )


def _measures(kinds: Mapping[str, FactKind]) -> None:
    """Every measure with its unit, the time that it covers, and for how much it is known."""
    told = {
        "Unit": [words.plain(one.unit) for one in kinds.values()],
        "Period": [words.plain(one.period) for one in kinds.values()],
        "Coverage": [words.plain(one.coverage) for one in kinds.values()],
    }
    labels = pd.Index([words.plain(one.label) for one in kinds.values()], name="Measure")
    # a table of text: its cells break where those of a data frame would be cut
    st.table(pd.DataFrame(told, index=labels), border="horizontal")


def _told(found: Ledger) -> None:
    """Each kind of line with its number and money, before it is used or left out."""
    for left in found.left_out:
        st.markdown(f":orange[▲] {words.plain(left.sentence)}")
    for seen in sorted(found.noticed, key=lambda one: not one.asks):
        sign = ":orange[▲] " if seen.asks else ""
        st.markdown(f"{sign}Counted: {words.plain(seen.sentence)}")
    choose.notes(found.notes)


def _back() -> None:
    st.button(
        "Back",
        key=draft.key(DOOR, "back"),
        on_click=draft.change,
        args=(DOOR,),
        kwargs={"step": 2},
    )
