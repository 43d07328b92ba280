"""Step 3 of a ledger: reading in the background, then what counts and what does not."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

import pandas as pd
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from kam.errors import KeyroomError
from kam.intake.bring_in import Proposal, from_ledger
from kam.intake.headers.units import may_be_one_currency
from kam.intake.job import Job
from kam.intake.orders.currencies import RatesNeeded
from kam.intake.orders.ledger import Ledger, cents, read_ledger
from kam.intake.orders.progress import Cancelled, Progress
from kam.intake.tables.files import Reading
from kam.model import FactKind, LedgerChoices, Workshop
from kam.ui import state, words
from kam.ui.frame import Room
from kam.ui.wizard import alike, check, choose, draft
from kam.ui.wizard.draft import Draft, Source
from kam.ui.wizard.ledger_columns import DOOR, anew, chosen, decide, place_of, to_remember
from kam.validated import changed

AT_ONCE = 0.4  # seconds to wait before progress is shown: small ledgers need no more
JOB = f"wizard:{DOOR}:job"
TWO_LINES = 56  # height of a row of the table of measures, in which long sentences break, px
WIDTHS = {"Measure": 260, "Unit": 110, "Period": 390, "Coverage": 460}  # of that table, px
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
    choices = chosen()
    job = _reading(kept, choices)
    if not job.done(AT_ONCE):
        _watch(job)
        return
    found = _result(job, room, choices)
    if found is not None:
        _found(room, found, choices)
    else:
        _back()


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
    except RatesNeeded as needed:
        st.error(words.plain(str(needed)))
        _rates(needed.lacking, room.workshop.currency, choices)
    except Cancelled as stopped:
        st.info(words.plain(str(stopped)))
        state.forget(f"tab:{JOB}")
        st.button("Read it again", key=draft.key(DOOR, "again"))
    except KeyroomError as error:
        st.error(words.plain(str(error)))
    return None


def _rates(lacking: Sequence[str], own: str, choices: LedgerChoices) -> None:
    """One rate a currency, or no conversion; the ledger is read again then."""
    with st.form(draft.key(DOOR, "rates"), border=False):
        given = {}
        grid = st.columns(4)
        for place, currency in enumerate(lacking):
            given[currency] = grid[place % 4].number_input(
                f"1 {currency} in {own}",
                value=1.0 if may_be_one_currency(currency, own) else None,
                min_value=0.0,
                format="%g",
                key=draft.key(DOOR, "rate", currency),
            )
        if st.form_submit_button("Convert and read", type="primary"):
            if all(given.values()):
                decide(rates={**choices.rates, **given})
                st.rerun()
            st.error("Give a rate above zero for each currency.")
    columns = {name: header for name, header in choices.columns.items() if name != "currency"}
    st.button(
        f"All amounts are in {own} already",
        key=draft.key(DOOR, "no_rates"),
        type="tertiary",
        on_click=lambda: decide(columns=columns, one_currency=True),
        help="What cells and headers say of currencies is not used then, and the amounts are "
        "added as they stand.",
    )


def _found(room: Room, found: Ledger, choices: LedgerChoices) -> None:
    """The totals, what counts and what does not with its money, and the last button."""
    _totals(found, room.workshop.currency)
    _foreign(found, room.workshop.currency, choices)

    def propose(workshop: Workshop) -> Proposal:
        same = draft.draft(DOOR).same
        made = from_ledger(workshop, found, draft.draft(DOOR).name, choices=choices, same=same)
        return replace(made, edit=changed(made.edit, matching=to_remember()))

    rests_on = (found, room.workshop, tuple(draft.draft(DOOR).same.items()))
    proposal = choose.attempt(
        lambda: draft.once(DOOR, "proposal", rests_on, lambda: propose(room.workshop))
    )
    pairs = alike.asked(DOOR, proposal) if proposal else ()
    if proposal is not None:
        check.counts(proposal, 0, len(pairs))
        with_lines = proposal.new + proposal.updated - len(proposal.emptied)
        total = words.count(with_lines, "customer")
        with st.container(horizontal=True):
            check.last_button(DOOR, room, propose, f"Bring in figures of {total}")
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
    return st.tabs((*names, "May be here already")) if asked else (*st.tabs(names), st.container())


def _foreign(found: Ledger, own: str, choices: LedgerChoices) -> None:
    """The question what to do with a ledger that is in one currency, and not the workshop's."""
    named = [share.currency for share in found.currencies if share.currency]
    if len(named) != 1 or may_be_one_currency(named[0], own) or named[0] in choices.rates:
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(
            f":orange[▲ The amounts are in {words.plain(named[0])}, and this workshop counts in "
            f"{own}. They are taken as they stand.]",
            width="content",
        )
        with st.popover("Convert them", type="tertiary"):
            _rates(named, own, choices)


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
            f"The ten largest customers bring {totals.top10_share_pct:.0f} % of the revenue; the "
            f"concentration index (10,000 is a single customer) is {totals.hhi:,.0f}."
        )


def _switches(found: Ledger, choices: LedgerChoices) -> None:
    """What may count or not; each switch reads the ledger again, and is part of the edit."""
    st.markdown("**Your choice**")
    seen = {one.kind for one in found.noticed} | {one.kind for one in found.left_out}
    for kind, label in UNUSUAL.items():
        if kind in seen or kind in choices.left_out:
            key = draft.key(DOOR, "left_out", kind)
            state.seed(key, kind in choices.left_out)
            st.toggle(label, key=key, on_change=_switched, args=(kind, key))
    if "customer" in seen or choices.blank_customers == "one_customer":
        key = draft.key(DOOR, "blank")
        state.seed(key, choices.blank_customers == "one_customer")
        st.toggle(
            "Lines without a customer are one customer, “(blank)”",
            key=key,
            on_change=lambda: decide(
                blank_customers="one_customer" if state.widget(key) else "left_out"
            ),
        )
    _end(found, choices)


def _switched(kind: str, key: str) -> None:
    choices = chosen()
    others = tuple(one for one in choices.left_out if one != kind)
    decide(left_out=(*others, kind) if state.widget(key) else others)


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
    rows = [(one.label, one.unit, one.period, one.coverage) for one in kinds.values()]
    st.dataframe(
        pd.DataFrame(rows, columns=list(WIDTHS)),
        column_config={name: st.column_config.Column(width=wide) for name, wide in WIDTHS.items()},
        hide_index=True,
        width="stretch",
        height="content",
        row_height=TWO_LINES,
        alt="Every measure with its unit, period and coverage",
    )


def _told(found: Ledger) -> None:
    """Each kind of line with its number and money, before it is used or left out."""
    for left in found.left_out:
        st.markdown(f":orange[▲] {words.plain(left.sentence)}")
    for seen in found.noticed:
        st.markdown(f"Counted: {words.plain(seen.sentence)}")
    choose.notes(found.notes)


def _back() -> None:
    st.button(
        "Back",
        key=draft.key(DOOR, "back"),
        on_click=draft.change,
        args=(DOOR,),
        kwargs={"step": 2},
    )
