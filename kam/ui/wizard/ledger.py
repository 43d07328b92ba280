"""The door for order lines: which files, then their columns, then what counts."""

from pathlib import Path

import streamlit as st

from kam.ui import rooms, state, words
from kam.ui.frame import Room
from kam.ui.wizard import choose, draft, ledger_columns, ledger_count
from kam.ui.wizard.draft import Source
from kam.ui.wizard.ledger_columns import DOOR

TYPES = [*choose.LIST_TYPES, "parquet"]


def ledger(room: Room) -> None:
    """The screen on which this tab is."""
    kept = draft.draft(DOOR)
    if kept.step == 1 or not kept.sources:
        _choose(room)
    elif kept.step == 2:
        ledger_columns.match_columns(room.workshop)
    else:
        ledger_count.count(room)


def _choose(room: Room) -> None:
    choose.headline(1, "Choose an order ledger")
    left, right = st.columns([7, 5], gap="large")
    with left:
        key = draft.key(DOOR, "file", draft.round_of(DOOR))
        files = st.file_uploader(
            "CSV, Excel or Parquet, one row an order line: customer, date, amount, perhaps cost. "
            "Several files with the same columns are one ledger.",
            type=TYPES,
            accept_multiple_files=True,
            key=key,
        )
        st.caption("The files stay on the machine that runs Keyroom.")
    with right:
        key = draft.key(DOOR, "pasted", draft.round_of(DOOR))
        st.text_area("or paste from Excel, with the column names", key=key, height=100)
        placed = _placed()
    tokens = tuple(file.file_id for file in files)
    before = draft.draft(DOOR)
    if tokens and tokens != tuple(one.token for one in before.sources):
        received = (draft.received(file.name, file.getbuffer(), file.file_id) for file in files)
        _take(room, tuple(received))
    pasted = str(state.widget(key) or "")
    if pasted.strip() and not tokens:
        _take(room, (Source("the pasted cells", data=pasted.encode(), token=pasted),))
    if placed and st.button("Read these files", type="primary", key=draft.key(DOOR, "placed")):
        _take(room, tuple(Source(path.name, path=path, token=str(path)) for path in placed))


def _take(room: Room, sources: tuple[Source, ...]) -> None:
    """These files are the ledger; they are read at once where nothing has to be asked."""
    draft.keep(DOOR, draft.Draft(step=2, sources=sources))
    if ledger_columns.nothing_to_ask(room.workshop):
        draft.change(DOOR, step=3)
    st.rerun()


def _placed() -> list[Path]:
    """Large files that somebody put into a folder of this machine, as chosen."""
    folder = rooms.folder() / "incoming"
    found = sorted(path for path in folder.glob("*") if path.is_file()) if folder.is_dir() else []
    st.markdown("**Larger than 200 MB?**")
    st.caption(
        f"Put it into the folder {words.plain(str(folder))} on the machine that runs Keyroom, and "
        "it appears here. Ten million lines take some seconds."
    )
    names = {path.name: path for path in found}
    chosen = st.multiselect(
        "Files in that folder",
        list(names),
        key=draft.key(DOOR, "incoming"),
        disabled=not names,
        placeholder="Choose" if names else "nothing there yet",
    )
    return [names[name] for name in chosen if name in names]
