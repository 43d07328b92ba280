"""Bringing customers in: a list, or an order ledger. Nothing is stored before the last button."""

from collections.abc import Callable, Mapping, Sequence
from typing import TypeVar

import pandas as pd
import streamlit as st

from kam.errors import KeyroomError
from kam.intake.bring_in import Proposal, from_ledger, from_rows, targets
from kam.intake.customers import Checked, check
from kam.intake.files import Table, read_table
from kam.intake.ledger import Ledger, LedgerColumns, cents, read_ledger
from kam.intake.lines import sample
from kam.intake.matching import LEDGER_TARGETS, Target, match
from kam.model import Workshop
from kam.ui import state, words
from kam.ui.frame import Room, write

T = TypeVar("T")
Propose = Callable[[Workshop], Proposal]

NOT_IMPORTED = ""
LIST_TYPES = ["csv", "tsv", "txt", "xlsx", "xls", "ods", "gz"]
MOST_PROBLEMS = 200  # shown; more are counted


def bring_in(room: Room) -> None:
    """Two doors: a customer list, an order ledger."""
    people, ledger = st.tabs(["A list of customers", "An order ledger"])
    with people:
        _list(room)
    with ledger:
        _ledger(room)


def _list(room: Room) -> None:
    """Choose a file, match its columns, check its rows, bring them in."""
    file = st.file_uploader(
        "CSV or Excel, one row a customer. It stays on this machine.", type=LIST_TYPES, key="list"
    )
    if file is None:
        return
    table = _read(lambda: read_table(file.name, file.getvalue()))
    if table is None:
        return
    _notes(table.notes)
    wanted = targets(room.workshop)
    matching = _matched(table, wanted, "list")
    checked = _read(lambda: check(table, matching, wanted))
    if checked is None:
        return
    _checked(checked)
    if checked.rows:
        skipped = len(table.rows) - len(checked.rows)
        _last_button(room, lambda workshop: from_rows(workshop, checked, file.name), skipped)


def _read(work: Callable[[], T]) -> T | None:
    """The result of reading something, or its complaint on the page."""
    try:
        return work()
    except KeyroomError as error:
        st.error(words.plain(str(error)))
        return None


def _notes(notes: Sequence[str]) -> None:
    for note in notes:
        st.caption(words.plain(note))


def _matched(table: Table, wanted: Sequence[Target], key: str) -> dict[str, str]:
    """Their column -> our field, as the person agrees; guesses are marked."""
    found = match(table.headers, wanted)
    labels = {NOT_IMPORTED: "Do not import", **{target.key: target.label for target in wanted}}
    matching = {}
    with st.container(height=300, key=f"match_{key}"):
        for header in table.headers:
            chosen = _match_row(table, header, found[header], labels, f"{key}.{header}")
            if chosen != NOT_IMPORTED:
                matching[header] = chosen
    return matching


def _match_row(
    table: Table, header: str, guess: tuple[str | None, bool], labels: Mapping[str, str], key: str
) -> str:
    """One of their columns: its name, where it goes, its first values, a check in words."""
    target, certain = guess
    options = list(labels)
    name, goes_to, values, told = st.columns([3, 3, 4, 3], vertical_alignment="center")
    name.markdown(words.plain(words.short(header)))
    chosen = goes_to.selectbox(
        f"{words.plain(header)} goes to",
        options,
        index=options.index(target) if target and certain else 0,
        format_func=labels.__getitem__,
        key=f"match.{key}",
        label_visibility="collapsed",
    )
    first = [cell for cell in table.column(header)[:50] if cell][:3]
    values.markdown(words.plain(words.short(", ".join(first), 48)))
    if target and not certain and chosen == NOT_IMPORTED:
        told.markdown(f":orange[▲ Is it {words.plain(labels[target])}?]")
    elif chosen != NOT_IMPORTED:
        told.markdown("✓")
    return str(chosen)


def _checked(checked: Checked) -> None:
    """What is odd about the whole, and every problem with its place and repair."""
    _notes(checked.notes)
    if not checked.problems:
        return
    blocked = sum(problem.blocks for problem in checked.problems)
    left = len(checked.problems) - blocked
    parts = [words.count(blocked, "row stays out", "rows stay out")] if blocked else []
    parts += [words.count(left, "value stays unknown", "values stay unknown")] if left else []
    with st.expander(" · ".join(parts), expanded=True):
        shown = pd.DataFrame({"What we found": [p.message for p in checked.problems]})
        st.dataframe(shown.head(MOST_PROBLEMS), hide_index=True, alt="Problems in the file")
        if len(shown) > MOST_PROBLEMS:
            st.caption(f"and {len(shown) - MOST_PROBLEMS:,} more")


def _last_button(room: Room, propose: Propose, skipped: int = 0) -> None:
    """The counts, and the one button that stores."""
    proposal = _read(lambda: propose(room.workshop))
    if proposal is None:
        return
    counts = [f"{proposal.new:,} new", f"{proposal.updated:,} to update"]
    counts += [f"{skipped:,} left out"] if skipped else []
    st.markdown(f"**{' · '.join(counts)}**")
    _notes(proposal.notes)
    total = proposal.new + proposal.updated
    st.button(
        f"Bring in {words.count(total, 'customer')}",
        type="primary",
        key=f"bring_in_{proposal.edit.origin}",
        disabled=not total,
        on_click=_bring_in,
        args=(room, propose),
    )


def _bring_in(room: Room, propose: Propose) -> None:
    """Store what the file says of the customers as they are by now; whole ones are replaced."""
    present = room.present
    try:
        edit = propose(present).edit
    except KeyroomError as error:
        state.tell(str(error))
        return
    if write(room.workshop.id, edit):
        done = edit.words(present)
        state.tell(f"{done[0].upper()}{done[1:]}. Undo takes it back as one step.", "done")


def _ledger(room: Room) -> None:
    """Choose an order ledger, say what its columns hold, see its totals, use its measures."""
    file = st.file_uploader(
        "CSV or Excel, one row an order line: customer, date, amount, optional cost.",
        type=LIST_TYPES,
        key="ledger",
    )
    if file is None:
        return
    data = file.getvalue()
    first = _read(lambda: sample(data))
    columns = None if first is None else _ledger_columns(first)
    if columns is None:
        return
    day_first = _date_order()
    found = _read(lambda: _measured(data, columns, day_first))
    if found is None:
        return
    _ledger_found(found, room.workshop.currency)
    _last_button(room, lambda workshop: from_ledger(workshop, found, file.name))


@st.cache_data(max_entries=4, show_spinner="Reading the ledger")
def _measured(data: bytes, columns: LedgerColumns, day_first: bool | None) -> Ledger:  # noqa: FBT001
    """The ledger's measures; read once for a file and its columns."""
    return read_ledger(data, columns, day_first=day_first)


def _date_order() -> bool | None:
    """How the person reads 01/02/2025; `None` lets the file tell."""
    orders = {"as the file tells": None, "in February": True, "in January": False}
    chosen = st.segmented_control(
        "01/02/2025 is", list(orders), default="as the file tells", key="date_order", required=True
    )
    return orders[str(chosen or "as the file tells")]


def _ledger_columns(table: Table) -> LedgerColumns | None:
    """Which column holds what; `None` until customer, date and money are known."""
    found = {m.target: header for header, m in match(table.headers, LEDGER_TARGETS).items()}
    options = [NOT_IMPORTED, *[header for header in table.headers if header]]
    chosen = {}
    grid = st.columns(4)
    for place, target in enumerate(LEDGER_TARGETS):
        header = found.get(target.key, NOT_IMPORTED)
        with grid[place % 4]:
            picked = st.selectbox(
                target.label,
                options,
                index=options.index(header) if header in options else 0,
                format_func=lambda name: name or "–",
                key=f"ledger.{target.key}",
            )
        if picked:
            chosen[target.key] = picked
    priced = "amount" in chosen or {"quantity", "unit_price"} <= chosen.keys()
    if not priced or not {"customer", "date"} <= chosen.keys():
        st.markdown("Choose the columns with customer, date, and amount (or quantity and price).")
        return None
    return LedgerColumns(**chosen)


def _ledger_found(ledger: Ledger, currency: str) -> None:
    """The totals, what was left out with its money, and what deserves a look."""
    totals, end = ledger.totals, ledger.totals.windows.end
    st.markdown(
        f"**{totals.rows:,} lines, {totals.customers:,} customers, {totals.orders:,} orders, "
        f"{words.day(totals.first)} to {words.day(totals.last)}.** "
        f"Revenue {currency} {cents(totals.revenue):,}; in the twelve months to "
        f"{words.day(end)} {currency} {cents(totals.revenue_12m):,}."
    )
    for left in ledger.left_out:
        st.markdown(f":orange[Left out:] {words.plain(left.sentence)}")
    for seen in ledger.noticed:
        st.markdown(f"Counted: {words.plain(seen.sentence)}")
    _notes(ledger.notes)
