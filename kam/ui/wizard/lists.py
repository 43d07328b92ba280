"""The door for a list of customers, and the one for scores: the same three screens."""

from collections.abc import Mapping, Sequence
from typing import Literal

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from kam.intake.bring_in import CRITERION, Proposal, from_rows, targets
from kam.intake.headers.aliases import Target
from kam.intake.lists.checked import Checked
from kam.intake.lists.customers import check
from kam.intake.lists.doubts import Agreed, Columns, columns_of
from kam.intake.lists.proposal import listed
from kam.intake.lists.repairs import repaired
from kam.intake.tables.files import Reading, Table, from_text, read_table
from kam.model import Workshop
from kam.ui import words
from kam.ui.frame import Room
from kam.ui.wizard import alike, as_stored, choose, doors, draft
from kam.ui.wizard import check as checking
from kam.ui.wizard import match as matching
from kam.ui.wizard.alike import Pairs
from kam.ui.wizard.draft import Source
from kam.ui.wizard.proposed import Proposing

IDENTITY = ("id", "name")


def customers(room: Room) -> None:
    """Bring in a list of customers."""
    _wizard("customers", room, targets(room.workshop))


def scores(room: Room) -> None:
    """Bring in scores of customers that are here already."""
    wanted = [
        target
        for target in targets(room.workshop)
        if target.key in IDENTITY or target.key.startswith(CRITERION)
    ]
    if len(wanted) == len(IDENTITY):
        st.markdown("#### No criterion is complete yet, so nothing can be scored.")
        st.page_link(
            "pages/steps/criteria.py", label="Complete the criteria", query_params=room.address
        )
        return
    _wizard("scores", room, wanted)


def _wizard(door: str, room: Room, wanted: Sequence[Target]) -> None:
    """The screen on which this tab is."""
    step = draft.draft(door).step
    if step == 1 or not draft.draft(door).sources:
        _choose(door, room, wanted)
        return
    table = choose.attempt(lambda: _table(door))
    if table is None:
        _back(door, 1)
        return
    known = _known(door, table, wanted, room.workshop)
    if step == 2:
        _match(door, table, wanted, known)
    else:
        _check(door, room, table, (wanted, known))


def _table(door: str) -> Table:
    """The table in what was chosen, read as the person has said."""
    kept = draft.draft(door)
    source = kept.sources[0]
    return draft.once(door, "table", (source, kept.reading), lambda: _read(source, kept.reading))


def _read(source: Source, reading: Reading) -> Table:
    if source.text:
        return from_text(source.name, source.text, reading)
    return read_table(source.name, source.data, reading)


def _known(door: str, table: Table, wanted: Sequence[Target], workshop: Workshop) -> Columns:
    """Where the columns may go; the certain ones are taken at once.

    A field that somebody else has removed meanwhile takes no column any more.
    """
    rests_on = (table, tuple(wanted), workshop.matchings, workshop.currency)
    known = draft.once(door, "matched", rests_on, lambda: columns_of(door, table, wanted, workshop))
    if draft.draft(door).goes_to is None:
        start = known.start
        draft.change(door, goes_to=start.goes_to, left_out=start.left_out, written=start.written)
    keys, goes_to = {target.key for target in wanted}, draft.draft(door).goes_to or {}
    if not keys.issuperset(goes_to.values()):
        draft.change(door, goes_to={h: key for h, key in goes_to.items() if key in keys})
    return known


# --- the three screens ----------------------------------------------------------------------------


def _choose(door: str, room: Room, wanted: Sequence[Target]) -> None:
    if not draft.draft(door).sources:
        choose.headline(1, "Choose a file")
        choose.source(door, room.workshop.currency)
        return
    choose.headline(1, "Is it read as it should be?", draft.draft(door).name)
    table = choose.attempt(lambda: _table(door))
    plain = None if table else _as_data(door)
    if table or plain or choose.may_be_text(draft.draft(door).sources[0]):
        choose.detected(door, table or plain, named=table is not None)
    misplaced = door == "customers" and doors.lead_to_ledger(door)
    if table is None:
        choose.undecided(plain)
        _anew(door)
        return
    choose.preview(table)
    known = _known(door, table, wanted, room.workshop)
    with st.container(horizontal=True):
        label, step = ("Check the rows", 3) if known.perfect else ("Match the columns", 2)
        _go(door, label, step, primary=not misplaced)
        if known.perfect:
            _go(door, "Look at the columns", 2)
        _anew(door)


def _as_data(door: str) -> Table | None:
    """What was chosen without column names, where none were found; read once."""
    kept = draft.draft(door)
    source, reading = kept.sources[0], kept.reading
    return draft.once(
        door,
        "as_data",
        (source, reading),
        lambda: choose.as_data(lambda other: _read(source, other), reading),
    )


def _match(door: str, table: Table, wanted: Sequence[Target], known: Columns) -> None:
    goes_to = draft.draft(door).goes_to or {}
    facts = matching.headline_facts(table, known, matching.agreed(door))
    choose.headline(2, "Match your columns", facts)
    matching.columns(door, table, wanted, known)
    with st.container(horizontal=True):
        named = any(key in IDENTITY for key in goes_to.values())
        _go(door, "Check the rows", 3, primary=True, ready=named)
        _back(door, 1)
        _anew(door)
    if not named:
        st.caption("Which column names the customer? It goes to “Customer”.")


def _check(door: str, room: Room, table: Table, fields: tuple[Sequence[Target], Columns]) -> None:
    wanted, known = fields
    kept = draft.draft(door)
    choose.headline(3, "Check and bring in", f"{table.name}, {len(table.rows):,} rows")
    checked = choose.attempt(lambda: _checked(door, table, wanted, room.workshop.currency))
    if checked is None:
        _back(door, 2)
        return

    said = matching.agreed(door)
    proposing = Proposing(
        door,
        (checked, said),
        lambda workshop, same: _proposal(door, workshop, (checked, known), same),
    )
    proposal = choose.attempt(lambda: proposing.at(room.workshop))
    pairs = proposing.asked(room.workshop) if proposal else ()
    if proposal is not None:
        total = _counts(door, proposal, table, (checked, pairs))
        with st.container(horizontal=True):
            checking.last_button(door, room, proposing.at, f"Bring in {total}")
            _back(door, 2)
            _anew(door)
    first, told = st.columns([7, 5], gap="medium")
    with first:
        as_stored.first_rows(checked, wanted, proposal.strangers if proposal else ())
    with told:
        lead = (*proposal.notes, *_strangers(proposal)) if proposal else ()
        unsaid = (*_unanswered(known, said), *known.last_time(said))
        choose.few_notes((*lead, *unsaid, *_surplus(table), *checked.notes))
    here, repairs = _parts(bool(pairs), bool(checked.problems or kept.repairs))
    with here:
        names = {row.id or row.name: row.name for row in checked.rows}
        if proposal is not None:
            alike.near(door, room, proposal, pairs, names)
    with repairs:
        checking.problems(door, table, checked)


def _counts(door: str, proposal: Proposal, table: Table, met: tuple[Checked, Pairs]) -> str:
    """The counts on the screen; what the last button brings in, in words.

    `met` are the rows, and the pairs to answer.
    """
    checked, pairs = met
    left_out = len(table.rows) + len(table.surplus) - len(checked.rows)
    total = words.count(proposal.new + proposal.updated, "customer")
    if door == "scores":
        checking.scored(proposal, left_out + len(proposal.strangers))
        return f"scores of {total}"
    checking.counts(proposal, left_out, pairs)
    return total


def _unanswered(known: Columns, said: Agreed) -> tuple[str, ...]:
    """Which columns stay out because their question was not answered."""
    headers = [doubt.column for doubt in known.unplaced(said)]
    if not headers:
        return ()
    asked = "its question (▲) is" if len(headers) == 1 else "their questions (▲) are"
    return (f"Not imported, because {asked} not answered: {listed(headers)}.",)


def _surplus(table: Table) -> tuple[str, ...]:
    """How many rows are left out because they do not fit the columns."""
    rows = words.count(len(table.surplus), "row")
    return (f"Left out: {rows} with more cells than columns.",) if table.surplus else ()


def _parts(near: bool, problems: bool) -> Sequence[DeltaGenerator]:  # noqa: FBT001 - two alike
    """Where near matches and where repairs go: side by side where there are both."""
    if near and problems:
        return st.tabs(["May be one customer", "Rows to repair"])
    return st.container(), st.container()


def _checked(door: str, table: Table, wanted: Sequence[Target], currency: str) -> Checked:
    """The rows with the repairs so far."""
    kept = draft.draft(door)
    goes_to = dict(kept.goes_to or {})
    said = (tuple(goes_to.items()), tuple(kept.written.items()))
    return draft.once(
        door,
        "checked",
        (table, said, kept.repairs, currency),
        lambda: check(repaired(table, kept.repairs), goes_to, wanted, kept.written, currency),
    )


def _proposal(
    door: str, workshop: Workshop, read: tuple[Checked, Columns], same: Mapping[str, str]
) -> Proposal:
    """The edit of a workshop that the rows make, with these answers."""
    checked, known = read
    own_door: Literal["customers", "scores"] = "scores" if door == "scores" else "customers"
    return from_rows(
        workshop,
        checked,
        draft.draft(door).name,
        same=same,
        matching=known.to_remember(own_door, matching.agreed(door)),
        only_known=door == "scores",
    )


def _strangers(proposal: Proposal) -> tuple[str, ...]:
    """Who has a score and is not here."""
    if not proposal.strangers:
        return ()
    few = ", ".join(proposal.strangers[:5])
    more = f" and {len(proposal.strangers) - 5:,} more" if len(proposal.strangers) > 5 else ""
    return (f"Not among your customers, and left out: {few}{more}. Bring them in first.",)


# --- moving between them --------------------------------------------------------------------------


def _go(door: str, label: str, step: int, *, primary: bool = False, ready: bool = True) -> None:
    st.button(
        label,
        type="primary" if primary else "secondary",
        disabled=not ready,
        key=draft.key(door, "to", step),
        on_click=draft.change,
        args=(door,),
        kwargs={"step": step},
    )


def _back(door: str, step: int) -> None:
    _go(door, "Back", step)


def _anew(door: str) -> None:
    key = draft.key(door, "anew")
    st.button(
        "Choose another file", type="tertiary", key=key, on_click=draft.begin_anew, args=(door,)
    )
