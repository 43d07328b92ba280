"""The gut-feeling lists: sealed until the picture is there, then beside it (screens.md 3.6)."""

import streamlit as st

from kam.edits import OpenGutLists
from kam.method.assessment import ENOUGH_MEMBERS
from kam.method.favourites import (
    Favourites,
    favourites,
    liked_words,
    others_words,
    overlooked_words,
)
from kam.ui import standout, state, words
from kam.ui.frame import PAGES, VIEWS, Room, save

MOST_ROWS = 8  # favourites that are not key, in rows; more are counted


def title(room: Room) -> str:
    """How many favourites are key, once the lists are open; else how many are sealed."""
    if not room.workshop.answers.gut.opened:
        sealed, members = len(room.workshop.answers.gut.of), len(room.workshop.members)
        return f"{sealed} of {words.count(members, 'gut-feeling list')} sealed"
    return liked_words(favourites(room.assessment))


def lists(room: Room) -> None:
    """How many lists are sealed, the way to open them, or what they say."""
    if room.workshop.answers.gut.opened:
        _opened(room, favourites(room.assessment))
    else:
        _sealed(room)


def _sealed(room: Room) -> None:
    """When the lists can be opened, and where they are written."""
    waits = waiting(room)
    st.markdown(waits or "Opened, they can be compared with the picture, and no longer changed.")
    st.button(
        "Open the lists",
        key="open_gut",
        type="primary",
        disabled=bool(waits),
        on_click=save,
        args=(room.workshop.id, OpenGutLists()),
    )
    path, label = VIEWS["answer"]
    st.page_link(path, label=label, query_params=room.address)


def waiting(room: Room) -> str:
    """What must happen before the lists may be opened; empty when they may."""
    if len(room.workshop.answers.gut.of) < ENOUGH_MEMBERS:
        return (
            f"They can be opened once {ENOUGH_MEMBERS} members have written one: fewer would show "
            "who wrote what."
        )
    if not standout.enough(room):
        return "They can be opened once enough customers are scored to see the picture."
    return ""


def _opened(room: Room, found: Favourites) -> None:
    """The favourites beside the key accounts."""
    if not found.liked:
        st.markdown("#### The lists name no customer that is still here.")
        return
    st.markdown(f"#### {words.plain(others_words(room.assessment, found))}")
    for key in found.others[:MOST_ROWS]:
        _favourite(room, key, found.named[key])
    if len(found.others) > MOST_ROWS:
        st.caption(f"and {len(found.others) - MOST_ROWS:,} more, named by fewer")
    st.markdown(words.plain(overlooked_words(room.assessment, found)))


def _favourite(room: Room, customer: str, named: int) -> None:
    """A favourite that is not key: why not, and the way to decide otherwise, with a reason."""
    standing = room.assessment.standings[customer]
    told, link = st.columns([9.4, 2.8], gap="medium", vertical_alignment="center")
    klass = standing.klass.label if standing.klass else "Not scored"
    told.markdown(
        f"**{room.name(customer)}** · on {words.count(named, 'list')} · {klass} · "
        f"{words.plain(standing.why)}"
    )
    if link.button("Look at the case", key=f"favourite_{customer}", width="stretch"):
        state.remember("customer", customer)
        st.switch_page(PAGES["split"], query_params=room.address)
