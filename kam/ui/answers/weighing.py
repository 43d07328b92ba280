"""What matters how much to a member: the way the team has chosen, and the ballot from it."""

import streamlit as st

from kam.edits import CastBallot
from kam.errors import Refused
from kam.method import ballots
from kam.model import Ballot, WeighingWay
from kam.ui import state, words
from kam.ui.answers import first_last, pairs, rows
from kam.ui.answers.booth import Booth, Question
from kam.ui.inputs import Field

KEY = rows.QUESTION
WAYS: dict[WeighingWay, str] = {
    "swing": "From worst to best",
    "points": "100 points",
    "order": "An order",
    "pairs": "Two at a time",
    "best_worst": "First and last",
}


def question(seat: Booth) -> Question | None:
    """The question; `None` where no criterion can be asked."""
    if not seat.asked.criteria:
        return None
    last = ballots.last_ballot(seat.workshop, seat.member.id)
    again = bool(ballots.stale_words(seat.workshop, seat.member.id))
    return Question(
        key=KEY,
        name="What matters how much",
        title="What matters how much to us?",
        ask=_ask,
        edit=_edit,
        open=_open,
        answered=last is not None and last.round == seat.round and not again,
    )


def way(seat: Booth) -> WeighingWay:
    """How this screen asks: as the team chose here, else as in the member's last ballot."""
    last = ballots.last_ballot(seat.workshop, seat.member.id)
    first: WeighingWay = last.way if last else "swing"
    chosen: WeighingWay = state.recall(_place(seat), first)
    return chosen


def _place(seat: Booth) -> str:
    return f"weighing:{seat.workshop.id}"


def _ask(seat: Booth) -> None:
    present = way(seat)
    with st.container(horizontal=True, vertical_alignment="center"):
        st.segmented_control(
            "How we ask",
            list(WAYS),
            format_func=WAYS.__getitem__,
            required=True,
            label_visibility="collapsed",
            **_chosen_way(seat).seeded(),
        )
        if seat.round > 1:
            st.caption(_round_words(seat))
    _notes(seat)
    if present == "pairs":
        pairs.ask(seat)
    elif present == "best_worst":
        first_last.ask(seat)
    else:
        rows.ask(seat, present)


def _round_words(seat: Booth) -> str:
    last = ballots.last_ballot(seat.workshop, seat.member.id)
    begins = " You start from your own last answer." if last else ""
    return f"Round {seat.round}.{begins}"


def _chosen_way(seat: Booth) -> Field:
    """The way as a widget chooses it, for this screen and whoever comes next."""

    def entered(new: WeighingWay) -> None:
        state.remember(_place(seat), new)

    return Field(seat.workshop.id, "answer.way", way(seat), entered)


def _notes(seat: Booth) -> None:
    """What has changed since the member answered, and what cannot be asked."""
    stale = ballots.stale_words(seat.workshop, seat.member.id)
    told = ([stale] if stale else []) + ballots.not_askable(seat.workshop)
    if told:
        with st.container(key="gap_weights"):
            st.markdown("  \n".join(words.plain(sentence) for sentence in told))


def _ballot(seat: Booth) -> Ballot:
    present = way(seat)
    if present == "pairs":
        return pairs.ballot(seat)
    if present == "best_worst":
        return first_last.ballot(seat)
    return rows.ballot(seat, present)


def _open(seat: Booth) -> str:
    try:
        _ballot(seat)
    except Refused as refused:
        return str(refused)
    return ""


def _edit(seat: Booth) -> CastBallot:
    return CastBallot(ballot=_ballot(seat))
