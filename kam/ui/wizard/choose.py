"""Step 1: a file or pasted cells, how they are read, and the first rows to look at."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TypeVar

import pandas as pd
import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from kam.errors import KeyroomError, Unreadable
from kam.intake.tables.encoding import ENCODINGS
from kam.intake.tables.files import LIST_BYTES, MOST_ROWS, Reading, Table, refuse_foreign
from kam.intake.tables.records import DELIMITERS, MOST_COLUMNS
from kam.intake.tables.sheets import is_spreadsheet
from kam.report.template import template
from kam.ui import state, words
from kam.ui.wizard import draft
from kam.ui.wizard.draft import Source

T = TypeVar("T")

LIST_TYPES = ["csv", "tsv", "txt", "xlsx", "xls", "ods", "gz"]
LIMITS = (
    f"At most {MOST_ROWS:,} rows and {MOST_COLUMNS} columns. The file stays on the machine "
    "that runs Keyroom; nothing is stored before the last button."
)
AS_DETECTED = "as detected"
NO_HEADER = 0  # the choice that the file has no column names
SHOWN = 3  # rows of the preview
BEGINNING = 8  # rows to find the column names among
FEW_NOTES = 3  # sentences beside the rows of the last step

DELIMITER_WORDS = {**DELIMITERS, "": "none, one column"}


def attempt(work: Callable[[], T]) -> T | None:
    """The result of reading something, or its complaint on the page."""
    try:
        return work()
    except KeyroomError as error:
        st.error(words.plain(str(error)))
        return None


def notes(told: Sequence[str]) -> None:
    """What was detected, in small sentences."""
    for note in told:
        st.caption(words.plain(note))


def few_notes(told: Sequence[str]) -> None:
    """The first few sentences, and the others behind a click: what is to be done stays in view."""
    notes(told[:FEW_NOTES])
    if more := told[FEW_NOTES:]:
        with st.popover(words.count(len(more), "more note"), type="tertiary"):
            notes(more)


def headline(step: int, title: str, facts: str = "") -> None:
    """Where one is in the wizard, and what this screen asks."""
    told = f" · {words.plain(facts)}" if facts else ""
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        st.markdown(f"#### {title}", width="content")
        st.caption(f"step {step} of 3{told}", width="content")


def source(door: str, currency: str) -> None:
    """A file, or cells copied from a spreadsheet; and an empty file to fill in."""
    left, right = st.columns([7, 5], gap="large")
    with left:
        file = st.file_uploader(
            "CSV, Excel or OpenDocument, one row a customer",
            type=LIST_TYPES,
            max_upload_size=LIST_BYTES // 1_000_000,
            key=draft.key(door, "file", draft.round_of(door)),
        )
        st.caption(LIMITS)
    with right:
        key = draft.key(door, "pasted", draft.round_of(door))
        st.text_area("or paste from Excel, with the column names", key=key, height=120)
        st.download_button(
            "An empty file with our columns",
            data=lambda: template(currency),
            file_name="customers.xlsx",
            type="tertiary",
            icon=":material/download:",
            on_click="ignore",
        )
    chosen = _chosen(file, str(state.widget(key) or ""))
    if chosen and [chosen.token] != [one.token for one in draft.draft(door).sources]:
        draft.keep(door, draft.Draft(sources=(chosen,)))
        st.rerun()


def _chosen(file: UploadedFile | None, pasted: str) -> Source | None:
    """What the person has chosen just now; the file goes before what was pasted."""
    if file is not None:
        return Source(file.name, data=file.getvalue(), token=file.file_id)
    return Source("the pasted cells", text=pasted, token=pasted) if pasted.strip() else None


def detected(door: str, table: Table | None, *, named: bool = True) -> None:
    """How the file is read, each point changeable.

    `table` is `None` where nothing can be read. It is `named` where its column names were found;
    otherwise a person has to say where they are.
    """
    places = iter(st.columns(4))
    if table is None or table.encoding:
        with next(places):
            _choice(door, "encoding", "Encoding", _encodings(table))
    if table is None or not table.sheets:
        with next(places):
            _choice(door, "delimiter", "Columns are separated by", _delimiters(table))
    if table is not None and table.sheets:
        with next(places):
            _choice(door, "sheet", "Sheet", {name: name for name in table.sheets}, table.sheet)
    if table is not None:
        with next(places):
            found = table.header_line if named else AS_DETECTED
            _choice(door, "header", "Column names", _header_lines(table, named), found)


def may_be_text(source: Source) -> bool:
    """Whether to say the encoding may help: a workbook and a picture have none."""
    try:
        refuse_foreign(source.name, source.data or source.text.encode())
    except Unreadable:
        return False
    return not is_spreadsheet(source.data)


def as_data(read: Callable[[Reading], Table], reading: Reading) -> Table | None:
    """A file whose column names are in doubt, read without any; `None` if it cannot be read."""
    try:
        return read(replace(reading, header=NO_HEADER))
    except KeyroomError:
        return None


def _encodings(table: Table | None) -> dict[object, str]:
    known: dict[object, str] = dict(ENCODINGS.items())
    found = ENCODINGS.get(table.encoding, table.encoding) if table else "unknown"
    return {AS_DETECTED: f"{found}, as detected", **known}


def _delimiters(table: Table | None) -> dict[object, str]:
    found = DELIMITER_WORDS.get(table.delimiter, "unknown") if table else "unknown"
    named: dict[object, str] = dict(DELIMITER_WORDS.items())
    return {AS_DETECTED: f"{found}, as detected", **named}


def _header_lines(table: Table, named: bool) -> dict[object, str]:  # noqa: FBT001 - as said above
    lines: dict[object, str] = {
        record.line: f"Line {record.line}: {words.short(', '.join(filter(None, record.cells)), 60)}"
        for record in table.beginning
    }
    unknown: dict[object, str] = {} if named else {AS_DETECTED: "not found; please choose"}
    return {**unknown, NO_HEADER: "There are none", **lines}


def _choice(
    door: str, name: str, label: str, options: dict[object, str], found: object = AS_DETECTED
) -> None:
    """One point of how the file is read; a change is kept, and the columns are looked at anew."""
    said = getattr(draft.draft(door).reading, name)
    now = found if said is None else said
    key = draft.key(door, name)
    state.seed(key, now if now in options else next(iter(options)))
    st.selectbox(
        label,
        list(options),
        key=key,
        format_func=options.__getitem__,
        on_change=_said,
        args=(door, name, key),
    )


def _said(door: str, name: str, key: str) -> None:
    value = state.widget(key)
    before = draft.draft(door)
    reading = replace(before.reading, **{name: None if value == AS_DETECTED else value})
    if name == "sheet":  # another sheet has its own column names
        reading = Reading(sheet=reading.sheet)
    draft.keep(door, draft.Draft(step=before.step, sources=before.sources, reading=reading))


def preview(table: Table) -> None:
    """What was found, and the first rows as they stand."""
    place = f', sheet "{table.sheet}"' if table.sheet else ""
    st.markdown(
        f"**{words.plain(table.name)}{words.plain(place)}: {words.count(len(table.rows), 'row')}, "
        f"{words.count(len(table.headers), 'column')}**"
    )
    first_rows(table)
    notes(table.notes)


def first_rows(table: Table) -> None:
    """The first rows as they stand."""
    first = pd.DataFrame(list(table.rows[:SHOWN]), columns=list(table.headers))
    st.dataframe(first, hide_index=True, alt="The first rows of the file, as they stand")


def undecided(table: Table | None) -> None:
    """The first rows, with their lines, of a file whose column names are for a person to say.

    `table` is the file read without column names, `None` where it cannot be read at all.
    """
    if table is None:
        return
    if len(table.sheets) > 1:
        others = ", ".join(f"“{name}”" for name in table.sheets if name != table.sheet)
        told = f"This is the sheet “{table.sheet}”. The file holds {others}, too: choose above."
        st.caption(words.plain(told))
    first = pd.DataFrame(list(table.rows[:BEGINNING]), columns=list(table.headers))
    first.insert(0, "Line", list(table.line_numbers[:BEGINNING]), allow_duplicates=True)
    st.dataframe(first, hide_index=True, alt="The first rows of the file, with their lines")
