"""The members' votes on the weights: how far they lie apart, and whether that matters."""

import streamlit as st

from kam.charts.stakes import stakes as stakes_picture
from kam.charts.votes import weight_votes
from kam.edits import CountVotes, SetPoints
from kam.method.agreement import order_agreement
from kam.method.ballots import ENOUGH_TO_SHOW, latest_round, may_be_shown, not_askable
from kam.method.stakes import ordered, weight_stakes
from kam.method.values import listing
from kam.method.weights import member_swings
from kam.report import voting
from kam.ui import parts, words
from kam.ui.frame import VIEWS, Room, save
from kam.ui.kept import Kept

QUESTION = "How far do we agree on what matters?"
PICTURES = ("What was voted", "Does it matter?")
WIDE = 760  # px: of a picture beside the drawer
ANSWER = "answer"  # the page on which members answer in private

_stakes = Kept(weight_stakes)


def title(room: Room) -> str:
    """How far the team agrees, and what its votes can change; the question until three voted."""
    if not _shown(room):
        return QUESTION
    return voting.weights_message(room.assessment, _stakes(room)) or QUESTION


def votes(room: Room) -> None:
    """The picture of the votes with what follows; only their count below three."""
    if not _shown(room):
        _hidden(room)
        return
    left, right = st.columns([WIDE, 410], gap="medium")
    with right:
        picture = parts.choose_view(PICTURES, PICTURES[0], "votes_picture")
        _drawer(room, picture)
    with left:
        _picture(room, picture)


def answer_link(room: Room, label: str = "Give your own votes") -> None:
    """The way to the page of private answers, where there is one."""
    if ANSWER in VIEWS:
        st.page_link(VIEWS[ANSWER][0], label=label, query_params=room.address)


def _shown(room: Room) -> bool:
    """Whether so many voted in the latest round that nobody can be told from the picture."""
    return may_be_shown(room.workshop, latest_round(room.workshop))


def _hidden(room: Room) -> None:
    """How many have voted, and nothing of what they said."""
    count = voting.turnout(room.workshop)
    if not room.workshop.members:
        st.markdown("#### Nobody votes yet: this workshop has no members.")
        st.markdown("Members give their weights in private; the mean of their votes counts.")
    else:
        st.markdown(f"#### {count.words}")
        st.markdown(
            f"What was voted is shown once {ENOUGH_TO_SHOW} have, so that nobody can be told "
            "from it."
        )
    answer_link(room)


def _picture(room: Room, picture: str) -> None:
    stakes = _stakes(room)
    if picture == PICTURES[0]:
        rows = voting.weight_rows(room.assessment, stakes)
        parts.picture(weight_votes(rows, WIDE), "weight_votes")
    elif not stakes:
        st.markdown(
            "#### Score customers on both axes first: until then no vote can change anything."
        )
    else:
        talk, _ = ordered(stakes)
        rows_at_stake = voting.stake_rows(room.assessment, talk)
        parts.picture(stakes_picture(rows_at_stake, WIDE), "weight_stakes")


def _drawer(room: Room, picture: str) -> None:
    """What the picture says in sentences, and what can be done with it."""
    sentences = _voted(room) if picture == PICTURES[0] else _at_stake(room)
    for sentence in sentences:
        st.markdown(words.plain(sentence))
    _not_counted(room)
    _actions(room)


def _voted(room: Room) -> list[str]:
    """Turnout, agreement on the order, and what the argument is about."""
    swings = [row.tolist() for row in member_swings(room.workshop).values()]
    told = [
        voting.turnout(room.workshop).words,
        order_agreement(swings).words,
        voting.argument_words(room.workshop),
    ]
    return [sentence for sentence in told if sentence]


def _at_stake(room: Room) -> list[str]:
    """What need not be talked about, in one sentence."""
    talk, quiet = ordered(_stakes(room))
    told = ["Each weight alone goes to its lowest and to its highest vote; who changes is shown."]
    if quiet:
        names = listing([room.workshop.criteria[stake.criterion].name for stake in quiet])
        told.append(f"Votes differ, but nothing changes: {names}.")
    close = len(_stakes(room)) - len(talk) - len(quiet)
    if close:
        told.append(f"On {words.count(close, 'weight')} the votes lie close together.")
    return told


def _not_counted(room: Room) -> None:
    """Votes that answer another question by now, and criteria that cannot be asked."""
    found = [voting.stale_votes(room.workshop), *not_askable(room.workshop)]
    with st.container(key="gap_votes"):
        for sentence in filter(None, found):
            st.markdown(words.plain(sentence))


def _actions(room: Room) -> None:
    """Whether the votes' mean counts or the agreed points, and the way to change that."""
    points = {key: float(n) for key, n in voting.mean_points(room.workshop).items()}
    agreed = room.workshop.points
    st.markdown(_counts(agreed, points))
    with st.container(horizontal=True):
        st.button(
            "Keep these weights",
            key="keep_weights",
            help="The mean of the votes becomes the agreed points of 100; later votes leave it.",
            disabled=agreed == points,
            on_click=save,
            args=(room.workshop.id, SetPoints(points=points)),
        )
        st.button(
            "Count the votes",
            key="count_votes",
            help="The agreed points go; the mean of the votes counts, later ones included.",
            disabled=not agreed,
            on_click=save,
            args=(room.workshop.id, CountVotes()),
        )
    answer_link(room)


def _counts(agreed: dict[str, float], points: dict[str, float]) -> str:
    if not agreed:
        return "The mean of the votes counts."
    if agreed == points:
        return "These weights are agreed."
    return "The agreed points count, not these votes."
