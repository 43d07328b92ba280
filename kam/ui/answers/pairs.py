"""Weights from comparing every two criteria."""

from itertools import combinations

import streamlit as st

from kam.errors import Refused
from kam.method import ballots
from kam.method.ahp import MOST_TIMES
from kam.model import Ballot, Pair
from kam.ui import inputs, words
from kam.ui.answers import booth
from kam.ui.answers.booth import Booth
from kam.ui.answers.rows import QUESTION, left_out
from kam.ui.inputs import Field

ON_SCREEN = 6  # comparisons at a time; each takes three lines of 1280x720

# How far the first of two is ahead: 8 is nine times as much, 0 the same, -8 a ninth.
AHEAD = tuple(range(MOST_TIMES - 1, -MOST_TIMES, -1))


def cannot_judge(seat: Booth) -> None:
    """Which criteria the member leaves out; no comparison asks about them then."""
    criteria = seat.asked.criteria
    out = [key for key in criteria if left_out(seat, key)]

    def entered(new: list[str]) -> None:
        booth.put(seat, QUESTION, {f"out.{key}": key in new for key in criteria})

    inputs.choices(
        "I cannot judge these",
        list(criteria),
        Field(seat.workshop.id, "answer.left_out", out, entered),
        format_func=lambda key: criteria[key].name,
        placeholder="None",
    )


def ask(seat: Booth) -> None:
    """Every two criteria as one choice; what contradicts is told once all are there."""
    st.markdown(
        "Compare every two steps from worst to best: which matters more to us, and how much more?"
    )
    out, part = st.columns(2, gap="large", vertical_alignment="bottom")
    with out:
        cannot_judge(seat)
    with part:
        wanted = booth.on_screen(seat, QUESTION, _wanted(seat), ON_SCREEN)
    left, right = st.columns(2, gap="large")
    for place, (one, other) in enumerate(wanted):
        with left if place % 2 == 0 else right:
            _choice(seat, one, other)
    _remarks(seat)


def _wanted(seat: Booth) -> list[tuple[str, str]]:
    judged = [key for key in seat.asked.criteria if not left_out(seat, key)]
    return list(combinations(judged, 2))


def _choice(seat: Booth, one: str, other: str) -> None:
    first, second = (seat.asked.criteria[key] for key in (one, other))
    ranges = [f"{words.short(c.name, 40)} ({ballots.range_words(c)})" for c in (first, second)]
    inputs.choice(
        words.plain(f"{ranges[0]} or {ranges[1]}?"),
        AHEAD,
        booth.entry(seat, QUESTION, f"pair.{one}.{other}", _ahead(seat, one, other)),
        format_func=lambda ahead: _told(ahead, first.name, second.name),
        index=None,
        placeholder="Compare the two",
    )


def _told(ahead: int, first: str, second: str) -> str:
    if ahead == 0:
        return "Both matter the same"
    return f"{first if ahead > 0 else second}: {abs(ahead) + 1} times as much"


def _ahead(seat: Booth, one: str, other: str) -> int | None:
    """What was entered, else what the member's last ballot said of the two."""
    kept = booth.draft(seat, QUESTION)
    if f"pair.{one}.{other}" in kept:
        found: int | None = kept[f"pair.{one}.{other}"]
        return found
    last = ballots.last_ballot(seat.workshop, seat.member.id)
    for pair in last.said.pairs if last and last.said else ():
        if {pair.more, pair.less} == {one, other}:
            return round(pair.times - 1) * (1 if pair.more == one else -1)
    return None


def _pairs(seat: Booth) -> list[Pair]:
    """The comparisons that are there."""
    found = []
    for one, other in _wanted(seat):
        ahead = _ahead(seat, one, other)
        if ahead is not None:
            more, less = (one, other) if ahead >= 0 else (other, one)
            found.append(Pair(more=more, less=less, times=abs(ahead) + 1))
    return found


def _remarks(seat: Booth) -> None:
    """How well the comparisons fit each other, once all are there."""
    pairs = _pairs(seat)
    if pairs and len(pairs) == len(_wanted(seat)):
        for sentence in ballots.pairs_remarks(seat.asked, pairs):
            st.markdown(words.plain(sentence))


def ballot(seat: Booth) -> Ballot:
    """The ballot as entered.

    Raises:
        Refused: as in `kam.method.ballots.pairs_ballot`.
    """
    pairs, wanted = _pairs(seat), _wanted(seat)
    if len(pairs) < len(wanted):
        made = f"{len(pairs)} of {words.count(len(wanted), 'comparison')}"
        raise Refused(f"{made} made. Compare the rest, or leave out what you cannot judge.")
    return ballots.pairs_ballot(seat.asked, pairs)
