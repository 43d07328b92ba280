"""The votes on scores: where they differ, what that can change, and how to settle it."""

import streamlit as st

from kam.charts.score_votes import ScoreVotes
from kam.charts.score_votes import score_votes as picture_of
from kam.edits import FillScores, ScoreCustomer
from kam.method.ballots import ENOUGH_TO_SHOW
from kam.method.stakes import ordered
from kam.method.values import in_unit, listing, spoken
from kam.model import Criterion
from kam.report import voted_scores
from kam.report.voted_scores import VotedScore
from kam.ui import parts, state, words
from kam.ui.frame import Room, save
from kam.ui.kept import Kept
from kam.ui.votes import answer_link

WIDE = 760  # px: of the picture beside the drawer
MOST_ROWS = 6  # drawn at a time, and named in a sentence, so that a projector shows all of it
OPEN = "voted_score"  # under which the tab remembers the score that is open
ORIGIN = "votes within one step"

_found = Kept(voted_scores.voted_scores)


def votes(room: Room) -> None:
    """Scores on which the votes differ, by what they can change; a drawer to settle them."""
    found = _found(room)
    if not found:
        _hidden(room)
        return
    talk, quiet = disputed(found)
    st.markdown(f"#### {message(talk, quiet, len(found))}")
    left, right = st.columns([WIDE, 410], gap="medium")
    with left:
        rows = [_row(room, one) for one in talk[:MOST_ROWS]]
        parts.picture(picture_of(rows, WIDE), "score_votes")
        _below(room, talk, quiet)
    with right:
        _accept(room, found)
        _settle(room, [*talk, *quiet])


def disputed(
    found: tuple[VotedScore, ...],
) -> tuple[list[VotedScore], list[VotedScore]]:
    """Scores to talk about, what they can change first, and those that differ for nothing.

    Not agreed ones come before agreed ones that can change as much.
    """
    places = {(one.criterion, one.customer): one for one in found}
    opened = sorted(found, key=lambda one: one.agreed is not None)
    talk, quiet = ordered(one.stake for one in opened if one.stake)
    return (
        [places[stake.criterion, stake.customer or ""] for stake in talk],
        [places[stake.criterion, stake.customer or ""] for stake in quiet],
    )


def message(talk: list[VotedScore], quiet: list[VotedScore], total: int) -> str:
    """How many scores are worth talking about, and how many of them are not agreed."""
    if not talk and not quiet:
        return f"Votes lie close together on all {total:,} voted scores"
    if not talk:
        differ = words.count(len(quiet), "score")
        return f"Votes differ on {differ}, but nothing changes"
    pending = sum(one.agreed is None for one in talk)
    if not pending:
        return f"{words.count(len(talk), 'disputed score')} can change a class; all are agreed"
    return (
        f"Talk about {len(talk):,} of {total:,} voted scores: they can change a class; "
        f"{pending:,} not agreed yet"
    )


def _hidden(room: Room) -> None:
    """How many have voted, and nothing of what they said."""
    cast = [len(of) for table in room.assessment.workshop.votes.values() for of in table.values()]
    if cast:
        st.markdown(f"#### No score has {ENOUGH_TO_SHOW} votes yet; the most so far: {max(cast)}.")
        st.markdown("Votes on a score are shown once three have voted on it.")
    else:
        st.markdown("#### Nobody has voted on a score yet.")
        st.markdown("Members vote in private on what cannot be taken from figures.")
    answer_link(room)


def _row(room: Room, one: VotedScore) -> ScoreVotes:
    workshop = room.assessment.workshop
    return ScoreVotes(
        customer=workshop.customers[one.customer].name,
        criterion=workshop.criteria[one.criterion].name,
        steps=one.steps,
        own=one.own,
        words=voted_scores.consequence(room.assessment, one),
        agreed=voted_scores.agreed_words(workshop, one),
    )


def _below(room: Room, talk: list[VotedScore], quiet: list[VotedScore]) -> None:
    """What the picture leaves out, in sentences."""
    if len(talk) > MOST_ROWS:
        st.markdown(f"{words.count(len(talk) - MOST_ROWS, 'more score')} can change a class.")
    if quiet:
        names = [score_name(room, one) for one in quiet[:MOST_ROWS]]
        names += [f"{len(quiet) - MOST_ROWS:,} more"] if len(quiet) > MOST_ROWS else []
        st.markdown(words.plain(f"Votes differ, but nothing changes: {listing(names)}."))
    own = any(one.own is not None for one in talk)
    hollow = " A hollow dot is the vote of the customer’s own account manager." if own else ""
    if talk:
        st.caption(f"Votes go from 1, the worst of five levels, to 5, the best.{hollow}")


def score_name(room: Room, one: VotedScore) -> str:
    """A score in a sentence: whose, and on what."""
    workshop = room.assessment.workshop
    return f"{workshop.customers[one.customer].name} ({workshop.criteria[one.criterion].name})"


def _accept(room: Room, found: tuple[VotedScore, ...]) -> None:
    """One button for all scores on which there is nothing to settle."""
    agreeing = [one for one in found if one.acceptable]
    scores = voted_scores.accepted(room.assessment.workshop, agreeing)
    if scores:
        st.button(
            f"Accept the {len(agreeing):,} that agree within one step",
            key="accept_votes",
            help="The mean of their votes becomes the agreed score, with a note.",
            on_click=save,
            args=(room.workshop.id, FillScores(scores=scores, origin=ORIGIN)),
        )


def _settle(room: Room, found: list[VotedScore]) -> None:
    """The score that is open, with a button for each level that the team may agree on."""
    if not found:
        return
    places = {f"{one.criterion}:{one.customer}": one for one in found}
    opened = state.recall(OPEN)
    state.seed("open_score", opened if opened in places else next(iter(places)))
    chosen = st.selectbox(
        "Settle",
        list(places),
        key="open_score",
        format_func=lambda key: score_name(room, places[key]),
        on_change=lambda: state.remember(OPEN, state.widget("open_score")),
    )
    one = places[str(chosen)]
    criterion = room.assessment.workshop.criteria[one.criterion]
    agreed = voted_scores.agreed_words(room.assessment.workshop, one)
    st.markdown(f"{one.span.capitalize()} of 5{f', {words.plain(agreed)}' if agreed else ''}.")
    with st.container(gap="xxsmall"):
        for step, anchor in enumerate(criterion.anchors or (), start=1):
            _level(room, one, (step, anchor))
    told = voted_scores.agreement_words(room.assessment.workshop, one.criterion)
    st.caption(words.plain(told))


def _level(room: Room, one: VotedScore, level: tuple[int, float]) -> None:
    """The button that agrees on one of the five steps."""
    step, anchor = level
    criterion = room.assessment.workshop.criteria[one.criterion]
    st.button(
        level_label(criterion, step, anchor),
        key=f"agree_{step}",
        width="stretch",
        disabled=one.agreed == anchor,
        on_click=save,
        args=(room.workshop.id, agreement(one, step, anchor)),
    )


def level_label(criterion: Criterion, step: int, anchor: float) -> str:
    """What a button offers: the step, and the level in the criterion's unit."""
    return f"Agree on {step}: {words.plain(in_unit(spoken(anchor), criterion.unit))}"


def agreement(one: VotedScore, step: int, anchor: float) -> ScoreCustomer:
    """The edit by which the team agrees on a step; its note keeps what was voted."""
    return ScoreCustomer(
        customer=one.customer,
        criterion=one.criterion,
        value=anchor,
        note=f"{one.span}, agreed at {step}",
    )
