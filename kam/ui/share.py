"""Parts of the share page: the one-page summary, downloads, the decision record."""

import pandas as pd
import streamlit as st

from kam.charts.matrix import Layout, View, domain, matrix
from kam.report import tables
from kam.report.actions import agreed, plan_sentences
from kam.report.csv import csv
from kam.report.names import file_name
from kam.report.summary import Summary, summary
from kam.store import export_workshop
from kam.ui import parts, state, words
from kam.ui.frame import Room, mark, name_of_state
from kam.ui.planning import files

LONGEST_NAME = 190  # characters; room for the number that tells two of one name apart
MOST_AGREED = 200  # rows of the record; thousands would be sent anew at every click
SMALL = Layout(500, 400, 14)


def found(room: Room) -> Summary:
    """The summary of the workshop as it stands."""
    return summary(room.assessment, room.today, room.history.revision)


def title(told: Summary) -> str:
    """The decision as the page's title."""
    return told.title


def agree_button(room: Room) -> None:
    """Name this state, to find it again and to compare with it next year."""
    with st.popover("Name this state"):
        st.text_input("Name", value=f"Selection {room.today.year}", key="mark_name")
        st.button("Keep it", key="mark", type="primary", on_click=_keep, args=(room,))


def _keep(room: Room) -> None:
    """Name the state as the box says."""
    name = str(state.widget("mark_name") or "").strip()
    if not name:
        state.tell("A state needs a name to be found again. Write one.")
    elif name != name_of_state(room):
        mark(room, name[:LONGEST_NAME])


def downloads(room: Room) -> None:
    """The workshop as files."""
    name = room.workshop.name
    with st.popover("Tables"):
        _tables(room, name)
    st.download_button(
        "Download the workshop",
        lambda: export_workshop(room.history),
        file_name=file_name(name, "json"),
        mime="application/json",
        type="primary",
        key="json",
    )


def _tables(room: Room, name: str) -> None:
    """Customers, plans, actions with their owners as CSV; deadlines for a calendar."""
    st.download_button(
        "Customers (CSV)",
        lambda: csv(tables.customers(room.assessment)),
        file_name=file_name(f"{name}-customers", "csv"),
        mime="text/csv",
        key="csv",
    )
    st.download_button(
        "Plans (CSV)",
        lambda: csv(tables.plans(room.assessment, room.today)),
        file_name=file_name(f"{name}-plans", "csv"),
        mime="text/csv",
        key="plans_csv",
    )
    files.actions_file(room)
    files.deadlines_file(room)


def picture(room: Room) -> None:
    """The matrix, small."""
    frame = tables.matrix(room.assessment)
    if frame.empty:
        st.markdown("#### Nothing is scored yet. You can still export what there is.")
        return
    view = View(
        lines=room.workshop.cut_offs,
        layout=SMALL,
        size_label=tables.SIZES["revenue"].format(currency=room.workshop.currency),
        domain=domain(frame),
        all_names=False,
    )
    parts.picture(matrix(frame, view).picture, "matrix")


def sentences(told: Summary) -> None:
    """What was decided, what could change it, what is open."""
    st.caption(words.plain(told.state))
    for heading, lines in (
        ("What we decided", told.decided),
        ("What could change this", told.could_change),
        ("Still open", told.open),
    ):
        if lines:
            st.markdown(f"**{heading}**")
            for line in lines:
                st.markdown(f"- {words.plain(line)}")


def record(room: Room) -> None:
    """The decision record: every step with who and when, and who does what by when."""
    with st.expander("Decision record"):
        rows = [
            {
                "When": entry.when.astimezone().strftime("%Y-%m-%d %H:%M"),
                "Who": entry.actor or "the room",
                "What": what,
            }
            for entry, what in reversed(room.history.record())
        ]
        st.dataframe(pd.DataFrame(rows), hide_index=True, alt="Every step, latest first")
        if room.workshop.plans:
            _agreed_plans(room)


def _agreed_plans(room: Room) -> None:
    """The saved plans in the decision record: a sentence for each kind, then who does what."""
    st.markdown("**What was agreed with whom**")
    for sentence in plan_sentences(room.workshop):
        st.markdown(f"- {words.plain(sentence)}")
    table = agreed(room.assessment, room.workshop, room.today)
    st.dataframe(
        table.head(MOST_AGREED), hide_index=True, alt="Actions and deadlines, earliest first"
    )
    if len(table) > MOST_AGREED:
        st.caption(f"and {len(table) - MOST_AGREED:,} more; “Actions and owners” has them all")
