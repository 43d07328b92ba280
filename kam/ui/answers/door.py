"""The way into one's own answers: a bar that tells nothing, who answers, and new members."""

import streamlit as st

from kam.edits import PutMember
from kam.model import Member, Workshop
from kam.ui import rooms, state, words
from kam.ui.answers import booth
from kam.ui.answers.booth import Booth
from kam.ui.frame import PAGES, START, head, message, write
from kam.ui.look import dress
from kam.ui.names import new_id

WHO = "Who answers?"


def opened() -> Workshop:
    """The open workshop, after a bar without progress, undo or anything else that would tell.

    What is done and what is open follows from scores, and so from what others voted.
    """
    dress()
    key = state.workshop_id()
    if key is None:
        st.switch_page(START)
    history = rooms.store().history(key)
    state.saw(key, history.revision)
    _bar(history.workshop)
    message()
    return history.workshop


def _bar(workshop: Workshop) -> None:
    """Where one is, who answers, and the ways out."""
    seated = booth.seated(workshop)
    with st.container(key="bar", horizontal=True, gap="xxsmall", vertical_alignment="center"):
        st.page_link(START, label="", icon=":material/key_vertical:", help="All workshops")
        st.page_link(
            PAGES["criteria"],
            label="Back to the workshop",
            query_params=state.address(workshop.id),
        )
        st.space("stretch")
        kind = "Example · " if workshop.example else ""
        who = f" · {words.plain(seated.member.name)} answers" if seated else ""
        st.caption(f"{kind}{words.plain(words.short(workshop.name, 28))}{who}", width="content")
        if seated:
            st.button("Somebody else", key="stand_up", type="tertiary", on_click=booth.stand_up)


def choose(workshop: Workshop) -> None:
    """Who answers: a member of the workshop, or a new one."""
    with head(WHO):
        pass
    st.markdown(booth.PRIVATE)
    left, right = st.columns([6, 5], gap="large")
    with left:
        _members(workshop)
    with right, st.container(border=True):
        _newcomer(workshop)


def _members(workshop: Workshop) -> None:
    """The members' names; choosing one's own opens the questions."""
    if not workshop.members:
        st.markdown("#### Nobody takes part yet. Add yourself with your name.")
        return
    st.caption(
        "Choose your own name. It opens what you have answered so far, so leave the others closed."
    )
    with st.container(horizontal=True, gap="small"):
        for key, member in workshop.members.items():
            st.button(
                words.plain(words.short(member.name, 40)),
                key=f"sit_{key}",
                on_click=booth.sit_down,
                args=(workshop, key),
            )


def _newcomer(workshop: Workshop) -> None:
    """Name and department of somebody who is not on the list yet."""
    st.markdown("**Not on the list?**")
    st.text_input("Your name", key="new_member", max_chars=200)
    st.text_input("Department, if you like", key="new_department", max_chars=200)
    st.button("Add me", key="add_member", on_click=_add, args=(workshop,))


def _add(workshop: Workshop) -> None:
    """Take somebody in, and let the person answer; a name that is there already is told."""
    name = str(state.widget("new_member") or "").strip()
    present = rooms.store().workshop(workshop.id).members
    if not name:
        state.tell("Write your name first, then press “Add me”.")
        return
    if any(one.name.casefold() == name.casefold() for one in present.values()):
        state.tell(f"{name} is on the list already. Choose the name there, or add a second word.")
        return
    key = new_id("M", present)
    member = Member(id=key, name=name, department=str(state.widget("new_department") or ""))
    if write(workshop.id, PutMember(member=member)):
        state.seed("new_member", "")
        state.seed("new_department", "")
        booth.sit_down(workshop, key)


def left(seat: Booth) -> None:
    """The end of the answers of one person: the tab is free for the next."""
    name = words.plain(seat.member.name)
    st.button(
        "Next person",
        key="next_person",
        type="primary",
        help=f"Closes the answers of {name} on this screen",
        on_click=booth.stand_up,
    )
