"""A file at the wrong door: what it looks like, and the way to the door where it belongs."""

from dataclasses import replace

import streamlit as st

from kam.errors import KeyroomError
from kam.intake.kinds import Looks, in_words, looks_like
from kam.intake.orders.opening import sample
from kam.intake.tables.files import Reading
from kam.ui import state, words
from kam.ui.wizard import draft
from kam.ui.wizard.draft import Source

LIST, LEDGER = "A list of customers", "An order ledger"
CHOSEN = "bring_in_door"  # the key of the widget that chooses a door
OF_LEDGERS = "ledger"


def lead_to_ledger(door: str) -> bool:
    """Whether the chosen file does not look like a list of customers; then the way out is shown."""
    kept = draft.draft(door)
    source = kept.sources[0]
    rests_on = (source, kept.reading)
    looks = draft.once(door, "looks", rests_on, lambda: _looks(source, kept.reading))
    if looks.kind == "customers":
        return False
    told = in_words(source.name, looks)
    st.markdown(f":orange[▲ {words.plain(told)} Here each row would be a customer.]")
    label = "Count won deals as orders" if looks.kind == "opportunities" else "Read it as a ledger"
    key = draft.key(door, "as_ledger")
    st.button(label, type="primary", key=key, on_click=_to_ledger, args=(door, source))
    return True


def _looks(source: Source, reading: Reading) -> Looks:
    """What kind of file it is; what cannot be read is left to the complaint of its own door."""
    try:
        return looks_like(sample(source.data or source.text.encode(), source.name, reading))
    except KeyroomError:
        return Looks("customers")


def _to_ledger(door: str, source: Source) -> None:
    """Nothing comes back; the file stands before the columns of a ledger, this door is empty."""
    draft.begin_anew(door)
    draft.begin_anew(OF_LEDGERS)
    taken = replace(source, data=source.data or source.text.encode(), text="")
    draft.keep(OF_LEDGERS, draft.Draft(step=2, sources=(taken,)))
    state.seed(CHOSEN, LEDGER)
