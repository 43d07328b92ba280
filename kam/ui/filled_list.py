"""Bring back a list of questions that somebody filled in."""

import streamlit as st

from kam.edits import AnswerQuestion, Together
from kam.errors import Refused, Unreadable
from kam.intake.lists.answers import Filled, filled_in
from kam.intake.tables.files import read_table
from kam.ui import state, words
from kam.ui.frame import Room, write

TYPES = ["xlsx", "xls", "ods", "csv", "tsv", "txt"]
MOST_MB = 5  # a list of questions has some kilobytes [D]
_ROUND = "filled_list"  # counts the lists brought back, so that the next finds the box empty


def bring_back(room: Room) -> None:
    """The box for a filled-in list, what it would write down, and the step that does."""
    with st.popover("Bring back", icon=":material/upload:", key="bring_back"):
        file = st.file_uploader(
            "The list that was taken along, filled in",
            type=TYPES,
            max_upload_size=MOST_MB,
            key=f"filled_{state.recall(_ROUND, 0)}",
        )
        if file is None:
            st.caption("Answers go to the questions by their Number. Empty cells change nothing.")
            return
        try:
            filled = filled_in(read_table(file.name, file.getvalue()), room.workshop.questions)
        except Unreadable as unreadable:
            st.error(words.plain(str(unreadable)))
        else:
            _offer(room, file.name, filled)


def _offer(room: Room, name: str, filled: Filled) -> None:
    """What the list brings, in sentences, and the button that writes it down."""
    for sentence in (told(filled), *filled.notes):
        st.markdown(words.plain(sentence))
    if filled.answers:
        st.button(
            f"Write down {words.count(len(filled.answers), 'answer')}",
            key="write_answers",
            type="primary",
            on_click=_write,
            args=(room, name, filled),
        )


def told(filled: Filled) -> str:
    """What a list would change, as a sentence."""
    if not filled.answers:
        return "It brings no answer that is not written down already."
    brings = f"It brings {words.count(len(filled.answers), 'new answer')}"
    given = len(filled.replaced)
    if not given:
        return f"{brings}."
    return (
        f"{brings}; {given} of them in place of {'one' if given == 1 else 'others'} given before."
    )


def _write(room: Room, name: str, filled: Filled) -> None:
    """Write all answers down as one step, then empty the box."""
    try:
        step = _step(name, filled)
    except Refused as refused:
        state.tell(str(refused))
        return
    if write(room.workshop.id, step):
        state.remember(_ROUND, state.recall(_ROUND, 0) + 1)


def _step(name: str, filled: Filled) -> Together:
    """All answers of a list as one step, told by where they come from."""
    edits = [AnswerQuestion(question=key, answer=text) for key, text in filled.answers.items()]
    told = f"{words.count(len(edits), 'answer')} from {name}"
    return Together(name=told[:200], edits=tuple(edits))
