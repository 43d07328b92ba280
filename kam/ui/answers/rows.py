"""Weights criterion by criterion: points for each way from worst to best, or places in an order."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import streamlit as st

from kam.errors import Refused
from kam.method import ballots
from kam.method.ranks import rank_order_centroid, rank_sum
from kam.model import Ballot, Criterion, WeighingWay
from kam.ui import inputs, words
from kam.ui.answers import booth
from kam.ui.answers.booth import Booth

QUESTION = "weights"
CANNOT = "I cannot judge this"


@dataclass(frozen=True)
class Way:
    """One way of asking row by row.

    Attributes:
        asks: the question in a sentence or two.
        box: limits and step of a row's number box.
    """

    asks: str
    box: dict[str, Any]


_POINTS = {"min_value": 0.0, "max_value": 100.0, "step": 5.0, "format": "%g"}
WAYS: dict[WeighingWay, Way] = {
    "swing": Way(
        "Picture a customer at the worst level everywhere. You may lift **one** thing to its best "
        "level: the one that helps us most gets 100. Give the others their part of that.",
        {**_POINTS, "placeholder": "points"},
    ),
    "points": Way(
        "You have 100 points. Give each step from worst to best what it is worth to us.",
        {**_POINTS, "placeholder": "points"},
    ),
    "order": Way(
        "Put the steps from worst to best in order: 1 for the one that matters most. Two may "
        "share a place.",
        {"min_value": 1, "max_value": 8, "step": 1, "format": "%d", "placeholder": "place"},
    ),
}


def ask(seat: Booth, way: WeighingWay) -> None:
    """One row a criterion, in two columns, with its worst and best level."""
    st.markdown(WAYS[way].asks)
    criteria = seat.asked.criteria
    half = (len(criteria) + 1) // 2
    for column, keys in zip(
        st.columns(2, gap="large"), (list(criteria)[:half], list(criteria)[half:]), strict=True
    ):
        with column:
            for key in keys:
                _row(seat, way, criteria[key])
    if way == "points":
        given = sum(_given(seat, way).values())
        st.markdown(f"**{given:g} of 100 points given**")
    if way == "order":
        _even_steps(seat)


def _row(seat: Booth, way: WeighingWay, criterion: Criterion) -> None:
    """Name and levels at the left; the number, and the way round it, at the right."""
    name, box, cannot = st.columns([10, 6, 8], vertical_alignment="center")
    levels = words.plain(ballots.range_words(criterion))
    name.markdown(f"**{words.plain(words.short(criterion.name, 60))}**  \n:gray[{levels}]")
    out = left_out(seat, criterion.id)
    with box:
        inputs.number(
            f"{words.plain(criterion.name)}: {WAYS[way].box['placeholder']}",
            booth.entry(seat, QUESTION, f"{way}.{criterion.id}", _value(seat, way, criterion.id)),
            label_visibility="collapsed",
            disabled=out,
            **WAYS[way].box,
        )
    with cannot:
        inputs.tick(CANNOT, booth.entry(seat, QUESTION, f"out.{criterion.id}", out))


def left_out(seat: Booth, criterion: str) -> bool:
    """Whether the member cannot judge a criterion: as ticked, else as in the last ballot."""
    last = ballots.last_ballot(seat.workshop, seat.member.id)
    before = last is not None and criterion in last.anchors.keys() - last.swings.keys()
    return bool(booth.draft(seat, QUESTION).get(f"out.{criterion}", before))


def _value(seat: Booth, way: WeighingWay, criterion: str) -> float | int | None:
    """What was entered, else what the member's last ballot said in the same way."""
    before = _before(seat, way).get(criterion)
    found = booth.draft(seat, QUESTION).get(f"{way}.{criterion}", before)
    return int(found) if found is not None and way == "order" else found


def _before(seat: Booth, way: WeighingWay) -> dict[str, float]:
    """The member's last ballot as this way shows it; points as shares of 100."""
    last = ballots.last_ballot(seat.workshop, seat.member.id)
    if last is None:
        return {}
    if way == "order":
        return dict(last.said.order) if last.said else {}
    if way == "swing":
        return {key: float(round(points)) for key, points in last.swings.items()}
    total = sum(last.swings.values())
    return {key: round(100 * points / total, 2) for key, points in last.swings.items()}


def _given(seat: Booth, way: WeighingWay) -> dict[str, float]:
    """The numbers of the criteria that the member judges."""
    values = {key: _value(seat, way, key) for key in seat.asked.criteria if not left_out(seat, key)}
    return {key: float(value) for key, value in values.items() if value is not None}


def _even_steps(seat: Booth) -> None:
    """Where an order puts the first too far ahead of the last: the offer of even steps."""
    told = ballots.steep_words(seat.asked, _given(seat, "order"))
    if told:
        st.markdown(words.plain(told))
        even = booth.draft(seat, QUESTION).get("even", False)
        inputs.tick(
            "Take even steps from place to place", booth.entry(seat, QUESTION, "even", even)
        )


def ballot(seat: Booth, way: WeighingWay) -> Ballot:
    """The ballot as entered.

    Raises:
        Refused: a criterion has neither a number nor the tick, or as in `kam.method.ballots`.
    """
    given = _given(seat, way)
    for key, criterion in seat.asked.criteria.items():
        if key not in given and not left_out(seat, key):
            raise Refused(f"“{criterion.name}” is open: give a number, or tick “{CANNOT}”.")
    if way == "order":
        even = booth.draft(seat, QUESTION).get("even") and ballots.steep_words(seat.asked, given)
        return ballots.order_ballot(seat.asked, given, rank_sum if even else rank_order_centroid)
    made: Callable[..., Ballot] = ballots.swing_ballot if way == "swing" else ballots.points_ballot
    return made(seat.asked, given)
