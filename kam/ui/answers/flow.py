"""One question after the other, and the end: sent, look up."""

import streamlit as st

from kam.errors import KeyroomError
from kam.method.ballots import USUAL_ROUNDS, last_ballot
from kam.ui import rooms, state, words
from kam.ui.answers import booth, door, gut, interests, recall, steps, ties, weighing
from kam.ui.answers.booth import Booth, Question
from kam.ui.frame import head, write

DONE = "done"


def questions(seat: Booth) -> list[Question]:
    """What this member is asked, in order; names that come to mind before any list is seen."""
    asked = [
        recall.question(seat),
        gut.question(seat),
        weighing.question(seat),
        *steps.questions(seat),
        interests.question(seat),
        ties.question(seat),
    ]
    return [question for question in asked if question is not None]


def answer(seat: Booth) -> None:
    """The page of a member: the question that is on, or the end."""
    asked = questions(seat)
    here = _here(seat, asked)
    if here is None:
        _end(seat, asked)
        return
    with head(words.plain(here.title)):
        if here.may_wait:
            st.button(
                "Skip", key="skip", type="tertiary", on_click=_passed, args=(seat, here, "skipped")
            )
        missing = here.open(seat)
        st.button("Send and go on", key="send", type="primary", disabled=bool(missing),
                  on_click=_send, args=(seat, here))  # fmt: skip
    place = [one.key for one in asked].index(here.key) + 1
    st.caption(f"{place} of {len(asked)} · {here.said}")
    here.ask(seat)
    if missing:
        st.caption(words.plain(missing))


def _here(seat: Booth, asked: list[Question]) -> Question | None:
    """The question that was opened, else the first that is neither answered nor skipped."""
    opened = booth.recalled(seat, "opened", "")
    for question in asked:
        if question.key == opened and not (question.final and _answered(seat, question)):
            return question
    return next((q for q in asked if not _answered(seat, q) and not _skipped(seat, q)), None)


def _answered(seat: Booth, question: Question) -> bool:
    return question.answered or booth.recalled(seat, f"passed.{question.key}", "") == "sent"


def _skipped(seat: Booth, question: Question) -> bool:
    return question.may_wait and booth.recalled(seat, f"passed.{question.key}", "") == "skipped"


def _passed(seat: Booth, question: Question, how: str) -> None:
    """Go on; what was entered and not sent is dropped."""
    booth.remember(seat, f"passed.{question.key}", how)
    booth.remember(seat, "opened", "")
    booth.forget_draft(seat, question.key)


def _send(seat: Booth, question: Question) -> None:
    """Store an answer against the present state: a member's own answers collide with nobody's."""
    try:
        edit = question.edit(seat)
    except KeyroomError as error:
        state.tell(str(error))
        return
    state.saw(seat.workshop.id, rooms.store().history(seat.workshop.id).revision)
    if edit is None or write(seat.workshop.id, edit):
        if question.final:
            booth.settle(seat, question.key)
        _passed(seat, question, "sent")


def _end(seat: Booth, asked: list[Question]) -> None:
    """Sent: people talk to each other now; every answer may still be changed."""
    sent = [question for question in asked if _answered(seat, question)]
    with head("Sent. Please look up." if sent else "Nothing is sent yet."):
        door.left(seat)
    if not asked:
        st.markdown("There is nothing to answer yet: no customers, and no criterion with levels.")
        return
    st.markdown(booth.PRIVATE)
    left, right = st.columns(2, gap="large")
    with left:
        _reopen(seat, "Change my answer", [one for one in sent if not one.final])
    with right:
        _reopen(seat, "Not answered yet", [one for one in asked if one not in sent])
        _again(seat)


def _reopen(seat: Booth, heading: str, these: list[Question]) -> None:
    """Questions to go back to."""
    if not these:
        return
    st.markdown(f"**{heading}**")
    for question in these:
        st.button(
            words.plain(words.short(question.name, 60)),
            key=f"open_{question.key}",
            on_click=booth.remember,
            args=(seat, "opened", question.key),
        )


def _again(seat: Booth) -> None:
    """The next round of weights, once this one is answered; beyond the second on purpose only."""
    last = last_ballot(seat.workshop, seat.member.id)
    if last is None or last.round != seat.round:
        return
    if seat.round < USUAL_ROUNDS:
        _again_button(seat)
        return
    with st.popover(f"Round {seat.round + 1}", type="tertiary"):
        st.markdown(
            "Two rounds are usual: it is the talk between them that moves people. Vote again only "
            "if the team has agreed to."
        )
        _again_button(seat)


def _again_button(seat: Booth) -> None:
    st.button(f"Vote again (round {seat.round + 1})", key="vote_again", on_click=_vote_again,
              args=(seat,))  # fmt: skip


def _vote_again(seat: Booth) -> None:
    booth.vote_again(seat)
    booth.remember(seat, f"passed.{weighing.KEY}", "")
    booth.remember(seat, "opened", weighing.KEY)
