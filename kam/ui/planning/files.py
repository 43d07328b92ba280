"""Files of plans to take along: deadlines for a calendar, actions with their owners."""

import streamlit as st

from kam.method.plans import is_ended
from kam.report.actions import actions
from kam.report.calendar import calendar
from kam.report.csv import csv
from kam.report.names import file_name
from kam.ui.frame import Room
from kam.ui.planning.lines import Line


def popover(room: Room, every: list[Line]) -> None:
    """The files behind one button; none while there is nothing to plan."""
    if every:
        with st.popover("Files"):
            deadlines_file(room)
            actions_file(room)


def deadlines_file(room: Room) -> None:
    """Deadlines and dated actions of the saved plans, for a calendar."""
    running = any(not is_ended(plan) for plan in room.workshop.plans.values())
    st.download_button(
        "Deadlines (.ics)",
        lambda: calendar(room.workshop, room.today),
        file_name=file_name(f"{room.workshop.name}-deadlines", "ics"),
        mime="text/calendar",
        key="plans_ics",
        disabled=not running,
        help=None if running else "Accept or save a plan first; drafts have no place in a calendar",
    )


def actions_file(room: Room) -> None:
    """Who does what by when, saved and drafted."""
    st.download_button(
        "Actions and owners (CSV)",
        lambda: csv(actions(room.assessment, room.workshop, room.today)),
        file_name=file_name(f"{room.workshop.name}-actions", "csv"),
        mime="text/csv",
        key="actions_csv",
    )
