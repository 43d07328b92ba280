"""The cards of the start page, and the shelf of all workshops."""

from pathlib import Path

import streamlit as st

from kam.edits import ArchiveWorkshop, RenameWorkshop
from kam.errors import KeyroomError
from kam.report.names import file_name
from kam.store import Listed, export_workshop, import_workshop
from kam.ui import rooms, state, words
from kam.ui.frame import PAGES, save, write

EXAMPLE = Path(__file__).resolve().parents[2] / "data" / "example.json"
CURRENCIES = ("EUR", "USD", "GBP", "CHF", "JPY", "CNY", "INR", "SEK", "PLN", "BRL")
FIRST_STEP, EXAMPLE_STEP = "customers", "matrix"


def example_card() -> None:
    """One click to a finished workshop, opened at its matrix."""
    with st.container(border=True, height="stretch", key="card_example"):
        st.subheader("Look around first", anchor=False)
        st.markdown("40 invented customers, already scored. Change anything; undo takes it back.")
        st.space("stretch")
        if st.button("Open the example", type="primary", key="open_example", width="stretch"):
            _go(_example(), EXAMPLE_STEP)


def _example() -> str:
    """The id of the example: the one on the shelf, else a fresh one from the file."""
    store = rooms.store()
    there = [listed.id for listed in store.workshops() if listed.example]
    return there[0] if there else store.bring_in(import_workshop(EXAMPLE.read_bytes()))


def new_card() -> None:
    """A new workshop: a name is enough."""
    with st.container(border=True, height="stretch", key="card_new"):
        st.subheader("Start with your customers", anchor=False)
        st.markdown("Bring in a spreadsheet or an order ledger. You see every problem first.")
        st.space("stretch")
        with st.form("new_workshop", border=False):
            left, right = st.columns([3, 2])
            name = left.text_input("Name of the workshop", placeholder="Key accounts 2027")
            currency = right.selectbox("Currency", CURRENCIES, accept_new_options=True)
            if st.form_submit_button("Start a workshop", width="stretch"):
                called = name.strip() or "Key accounts"
                _go(rooms.store().create(called, currency=currency or "EUR"), FIRST_STEP)


def earlier_card() -> None:
    """Continue where the team stopped, or take in a workshop file."""
    with st.container(border=True, height="stretch", key="card_earlier"):
        st.subheader("Continue a workshop", anchor=False)
        listed = {w.id: w for w in rooms.store().workshops() if not w.example}
        if listed:
            chosen = st.selectbox(
                "Workshop",
                list(listed),
                format_func=lambda key: _line(listed[key]),
                label_visibility="collapsed",
            )
            if st.button("Continue", key="continue", width="stretch"):
                _go(chosen, EXAMPLE_STEP if listed[chosen].customers else FIRST_STEP)
        else:
            st.markdown("No workshop of yours is on this machine.")
        st.space("stretch")
        _take_in()


def _line(listed: Listed) -> str:
    """A workshop in one line."""
    customers = words.count(listed.customers, "customer")
    return f"{words.short(listed.name)} · {customers} · {words.clock(listed.changed)}"


def _take_in() -> None:
    """Open a workshop file that was exported earlier."""
    with st.popover("Open a workshop file", width="stretch"):
        file = st.file_uploader("A .json file that Keyroom exported", type="json", key="file")
        if file is not None and st.button("Open it", key="open_file", type="primary"):
            _go(rooms.store().bring_in(import_workshop(file.getvalue())), EXAMPLE_STEP)


def _go(workshop: str, slug: str) -> None:
    st.switch_page(PAGES[slug], query_params=state.address(workshop))


def shelf() -> None:
    """Every workshop with what can be done to it; archived ones on request."""
    with st.expander("All workshops on this machine"):
        archived = st.toggle("Show archived", key="archived")
        for listed in rooms.store().workshops(archived=archived):
            _shelf_row(listed)
    for notice in rooms.store().notices:
        st.caption(words.plain(notice))


def _shelf_row(listed: Listed) -> None:
    with st.container(horizontal=True, vertical_alignment="center", key=f"row_{listed.id}"):
        label = words.plain(_line(listed))
        st.markdown(label + (" · example" if listed.example else ""), width="stretch")
        if st.button("Open", key=f"open_{listed.id}"):
            _go(listed.id, EXAMPLE_STEP if listed.customers else FIRST_STEP)
        with st.popover("More"):
            _shelf_actions(listed)


def _shelf_actions(listed: Listed) -> None:
    name = st.text_input("Name", value=listed.name, key=f"name_{listed.id}")
    st.button("Rename", key=f"rename_{listed.id}", on_click=_rename, args=(listed.id, name))
    st.button("Copy", key=f"copy_{listed.id}", on_click=_copy, args=(listed,))
    put_away = ArchiveWorkshop(archived=not listed.archived)
    label = "Archive" if put_away.archived else "Bring back"
    st.button(label, key=f"archive_{listed.id}", on_click=save, args=(listed.id, put_away))
    st.download_button(
        "Export as a file",
        lambda: export_workshop(rooms.store().history(listed.id)),
        file_name=file_name(listed.name, "json"),
        mime="application/json",
        key=f"export_{listed.id}",
    )


def _rename(workshop: str, _name: str) -> None:
    new = str(state.widget(f"name_{workshop}")).strip()[:200]
    if new:
        write(workshop, RenameWorkshop(name=new))


def _copy(listed: Listed) -> None:
    try:
        rooms.store().copy(listed.id, f"{listed.name} (copy)"[:200])
    except KeyroomError as error:
        state.tell(str(error))
