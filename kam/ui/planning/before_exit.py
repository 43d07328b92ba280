"""What speaks for and against letting a customer go, as sentences with a mark."""

from collections.abc import Collection
from datetime import date

import streamlit as st

from kam.method.exit_checks import Finding, exit_checks
from kam.ui import words
from kam.ui.frame import Room

MARKS = {Finding.AGAINST: ":orange[●]", Finding.UNKNOWN: ":gray[○]", Finding.CLEAR: ":green[✓]"}


def before_exit(
    room: Room, customer: str, end: date, among: Collection[Finding] = tuple(Finding)
) -> None:
    """What was found on ending the business on a day, the most urgent first.

    Nothing for a customer that is judged within a group: what is found is found of the group.
    """
    if customer not in room.assessment.standings:
        return
    for check in exit_checks(room.assessment, customer, end):
        if check.finding in among:
            st.markdown(f"{MARKS[check.finding]} {words.plain(check.words)}")
