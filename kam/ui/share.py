"""Parts of the share page: the one-page summary, downloads, the decision record."""

import pandas as pd
import streamlit as st

from kam.charts.matrix import Layout, View, domain, matrix
from kam.report import tables
from kam.report.csv import csv
from kam.report.names import file_name
from kam.report.summary import Summary, summary
from kam.store import export_workshop
from kam.ui import parts, state, words
from kam.ui.frame import Room, mark, name_of_state

LONGEST_NAME = 190  # characters; room for the number that tells two of one name apart
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
    """Customers and plans as CSV."""
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
    """The decision record: every step with who and when."""
    with st.expander("Decision record"):
        rows = [
            {
                "When": entry.when.astimezone().strftime("%Y-%m-%d %H:%M"),
                "Who": entry.actor or "the room",
                "What": told,
            }
            for entry, told in reversed(room.history.record())
        ]
        st.dataframe(pd.DataFrame(rows), hide_index=True, alt="Every step, latest first")
