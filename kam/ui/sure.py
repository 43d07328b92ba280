"""How sure we are: classes and places over many variations, and what other tastes would do."""

import streamlit as st

from kam.charts.beside import with_words
from kam.charts.sure import class_shares, places
from kam.report import sure
from kam.ui import parts, standout, words
from kam.ui.frame import Room

CLASSES, PLACES = "Classes", "Places"
ORDER, BELIEFS = "Any weights in this order", "What you would have to believe"
VIEWS = (CLASSES, PLACES, ORDER, BELIEFS)
MOST_ROWS = 10  # bars that fit under each other at 1280x720
BARS, SIZE = 694, (868, 412)  # px: the bars' width; bars and words together
TABLE = 310  # px
OWN = "With your own weights"
CELLS = "The number in a cell is the runs of 100 in which the customer has that place."


def title(room: Room) -> str:
    """How many key customers hold firm; the page's question while too few are scored."""
    return sure.message(room.checks) if standout.enough(room) else standout.title(room)


def views(room: Room) -> None:
    """One of the four views, and what it rests on."""
    chosen = parts.choose_view(VIEWS, CLASSES, "sure_view")
    if chosen == CLASSES:
        classes(room)
    elif chosen == PLACES:
        order(room)
    elif chosen == ORDER:
        any_weights(room)
    else:
        beliefs(room)


def classes(room: Room) -> None:
    """Who is in play, as bars beside the members' own lists; the others in a sentence."""
    checks = room.checks
    open_ones = sure.in_play(checks)
    drawn = sure.least_sure(checks, MOST_ROWS)
    bars = class_shares(sure.class_rows(checks, drawn), BARS)
    picture = with_words(bars, sure.own_lists(checks, drawn), OWN, SIZE)
    parts.picture(picture, "sure", alt="How often each customer in play has each class")
    told = [sure.settled_words(checks), sure.assumed_words(room.workshop)]
    if len(drawn) < len(open_ones):
        told.insert(0, f"Drawn are the {len(drawn)} least sure of {len(open_ones):,} in play.")
    _say(told)


def order(room: Room) -> None:
    """How often the first customers take each place of the one order."""
    rows, key_places = sure.place_rows(room.checks)
    drawn = places(rows, key_places, SIZE[0])
    parts.picture(drawn, "places", alt="How often each customer takes each place of the order")
    _say([CELLS, sure.places_words(room.checks), sure.assumed_words(room.workshop)])


def any_weights(room: Room) -> None:
    """What would be chosen if only the order of criteria held."""
    st.markdown(f"**{words.plain(sure.order_message(room.checks))}** {sure.TASTES}")
    _table(sure.order_frame(room.checks), "Customers that some weights in your order choose")
    _say([sure.order_words(room.assessment)])


def beliefs(room: Room) -> None:
    """The weights under which each customer would be chosen."""
    st.markdown(
        "**If all thinkable weights were tried, these would speak for each customer.** "
        f"{sure.TASTES}"
    )
    _table(sure.belief_frame(room.checks), "Customers with the weights that would choose them")


def _table(frame: object, alt: str) -> None:
    st.dataframe(frame, hide_index=True, height=TABLE, alt=alt)


def _say(sentences: list[str]) -> None:
    """What stands below a picture; nothing where there is nothing to say."""
    told = " ".join(one for one in sentences if one)
    if told:
        st.markdown(words.plain(told))
