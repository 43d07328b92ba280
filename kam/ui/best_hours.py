"""Parts of the page on resources: what hours win today, as proposed, and at best."""

import streamlit as st

from kam.charts.frontier import best_and_splits
from kam.method.account_figures import FOR_HOURS
from kam.ui import parts, words
from kam.ui.frame import Room
from kam.ui.resources import change_words, figures, missing, money, names

QUESTION = "What do our hours win?"
SIZE = (770, 470)  # px


def title(room: Room) -> str:
    """What the hours of today win, and what as many could win."""
    found = figures(room).frontier
    if found.present is None or not found.frontier.customers:
        return QUESTION
    now, best = found.present.won, found.frontier.won(found.present.hours)
    return f"Hours win {money(room, now)} a year; {money(room, best)} is possible"


def best(room: Room) -> None:
    """The line of the best, the two splits, and how to read them."""
    found = figures(room)
    if not found.frontier.frontier.customers:
        st.markdown(
            "#### Say what could be won with each customer, and, under Limits, the most hours of "
            "its class."
        )
        missing(room, FOR_HOURS)
        return
    left, right = st.columns([SIZE[0], 420], gap="medium")
    with left:
        drawn = best_and_splits(found.frontier, SIZE, lambda amount: money(room, amount))
        parts.picture(drawn, "best_hours", alt="What hours win; the message is the title")
    with right, st.container(gap="xsmall"):
        _told(room)


def _told(room: Room) -> None:
    """How to read the picture, what the proposal changes, and who is not in it."""
    found = figures(room).frontier
    st.markdown(
        "A customer’s likely gain is won in proportion to the hours spent on it, up to the most "
        "hours that its class gets; hours beyond win nothing."
    )
    if found.proposed is not None:
        st.markdown(f"**The hours due would win {money(room, found.proposed.won)} a year.**")
    change = figures(room).change
    if change is not None:
        st.markdown(words.plain(change_words(room, change)))
    first = names(room, found.frontier.customers, 5)
    st.markdown(words.plain(f"An hour wins most with {first}."))
    if found.frontier.unknown:
        count = words.count(len(found.frontier.unknown), "customer")
        st.caption(f"Not in the picture, as gain, chance or most hours are not known: {count}.")
    missing(room, FOR_HOURS)
