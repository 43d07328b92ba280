"""Parts of the page on resources: what hours win today, as proposed, and at best."""

import streamlit as st

from kam.charts.frontier import best_and_splits
from kam.method.account_figures import FOR_HOURS
from kam.method.frontier import Frontier, Point, idle
from kam.ui import parts, words
from kam.ui.frame import PAGES, Room
from kam.ui.resources import change_words, figures, link, missing, money

QUESTION = "What do our hours win?"
SIZE = (770, 540)  # px
MORE = 100  # hours whose worth is told along the line


def title(room: Room) -> str:
    """What the hours of today win, and what those that are due could win at best."""
    found = figures(room).frontier
    if found.present is None or not found.frontier.customers:
        return QUESTION
    told = f"Hours win {money(room, found.present.won)} a year"
    best = found.frontier.won((found.proposed or found.present).hours)
    if best is None:
        return told
    within = "" if best > found.present.won else " within the limits"
    return f"{told}; {money(room, best)} is possible{within}"


def best(room: Room) -> None:
    """The line of the best, the two splits, and how to read them."""
    found = figures(room)
    if not found.frontier.frontier.customers:
        _asked(room)
        return
    left, right = st.columns([SIZE[0], 420], gap="medium")
    with left:
        drawn = best_and_splits(found.frontier, SIZE, lambda amount: money(room, amount))
        parts.picture(drawn, "best_hours", alt="What hours win; the message is the title")
    with right, st.container(gap="xsmall"):
        _told(room)


def _asked(room: Room) -> None:
    """What to say before there is a line."""
    st.markdown("#### Say what could be won with each customer: then you see here what hours win.")
    missing(room, FOR_HOURS)
    if figures(room).usual_need is None:
        st.markdown(
            "Say too how many hours winning it takes: of each customer in its profile, or those "
            "of a key core account for all."
        )
        link(room, PAGES["objectives"], "Say how many hours a key core account takes")


def _told(room: Room) -> None:
    """How to read the picture, what the proposal changes, and who is not in it."""
    found = figures(room).frontier
    st.markdown(words.plain(_rule(room)))
    if found.proposed is not None:
        st.markdown(words.plain(_proposal(room, found.proposed)))
    st.markdown(words.plain(_next(room, found.frontier, found.proposed)))
    change = figures(room).change
    if change is not None:
        st.markdown(words.plain(change_words(room, change)))
    unsaid = [one for one in figures(room).demands if one.needed is None]
    if unsaid:
        who = words.count(len(unsaid), "customer")
        st.caption(f"Not in the picture, as nobody knows how many hours their gain takes: {who}.")
    missing(room, FOR_HOURS)


def _rule(room: Room) -> str:
    """How hours win, and what the line keeps."""
    usual = figures(room).usual_need
    needed = "as many as its profile says"
    if usual is not None:
        needed = f"{usual:,.0f} a year as for a key core account, or what its profile says"
    return (
        f"A gain is won in proportion to hours, up to those that it takes: {needed}. The line "
        "gives each its least hours, and every further hour where it wins most."
    )


def _proposal(room: Room, proposed: Point) -> str:
    """What the hours due win, and why that is less than the line."""
    told = f"The hours due would win {money(room, proposed.won)} a year"
    at_best = figures(room).frontier.frontier.won(proposed.hours)
    less = 0.0 if at_best is None else at_best - proposed.won
    if less <= proposed.won / 1000:
        return f"{told}: as much as the line."
    beyond = idle(figures(room).demands, figures(room).due)
    idle_ones = f" {beyond:,.0f} of them lie beyond those that win a gain." if beyond >= 1 else ""
    return (
        f"{told}, {money(room, less)} less than the line: they follow the gain of every customer, "
        f"where the line leaves those with less to win at their least hours.{idle_ones}"
    )


def _next(room: Room, line: Frontier, proposed: Point | None) -> str:
    """What the next hours win at best, along the line, and what they cost."""
    first, last = line.points[0].hours, line.points[-1].hours
    now = (first + last) / 2 if proposed is None else min(proposed.hours, last)
    spots = [(first, ""), (now, "" if proposed is None else ", as due"), ((now + last) / 2, "")]
    told = [
        f"{money(room, line.next_won(hours, MORE))} a year after {hours:,.0f} hours{which}"
        for hours, which in dict(spots).items()
        if hours < last
    ]
    cost = room.workshop.hours_policy.cost_per_hour
    costs = "" if cost is None else f" They cost {money(room, MORE * cost)}."
    return f"The next {MORE} hours win at best {'; '.join(told)}.{costs}" if told else ""
