"""Weights from comparing every criterion with the first and with the last one only."""

from typing import Any

import streamlit as st

from kam.errors import Refused
from kam.method import ballots
from kam.method.best_worst import MOST_TIMES
from kam.model import Ballot, Criterion, Said
from kam.ui import inputs, words
from kam.ui.answers import booth
from kam.ui.answers.booth import Booth
from kam.ui.answers.pairs import cannot_judge
from kam.ui.answers.rows import QUESTION, left_out

_ROW = (4, 3, 3)  # widths of name and two numbers


def ask(seat: Booth) -> None:
    """First and last, then each of the others against both."""
    st.markdown(
        "Which step from worst to best matters **most** to us, and which **least**? Then say how "
        "far apart the others are from those two."
    )
    judged = _judged(seat)
    out, most, least = st.columns(3)
    with out:
        cannot_judge(seat)
    with most:
        _end(seat, "best", "It matters most")
    with least:
        _end(seat, "worst", "It matters least")
    said = _said(seat)
    if said.best in judged and said.worst in judged and said.best != said.worst:
        _comparisons(seat, said)
        _remarks(seat, said)


def _judged(seat: Booth) -> dict[str, Criterion]:
    return {key: one for key, one in seat.asked.criteria.items() if not left_out(seat, key)}


def _end(seat: Booth, name: str, label: str) -> None:
    judged = _judged(seat)
    kept = _value(seat, name)
    inputs.choice(
        label,
        list(judged),
        booth.entry(seat, QUESTION, name, kept if kept in judged else None),
        format_func=lambda key: f"{judged[key].name}, {ballots.range_words(judged[key])}",
        index=None,
        placeholder="Choose",
    )


def _value(seat: Booth, name: str) -> Any:  # noqa: ANN401 - a criterion's id or a number
    """What was entered, else what the member's last ballot said."""
    last = ballots.last_ballot(seat.workshop, seat.member.id)
    said = last.said if last and last.said else Said()
    before: dict[str, Any] = {"best": said.best, "worst": said.worst}
    before |= {f"over.{key}": int(times) for key, times in said.best_to_others.items()}
    before |= {f"under.{key}": int(times) for key, times in said.others_to_worst.items()}
    return booth.draft(seat, QUESTION).get(name, before.get(name))


def _said(seat: Booth) -> Said:
    """Everything that was entered and still fits the two ends."""
    judged = _judged(seat)
    best, worst = _value(seat, "best"), _value(seat, "worst")
    over = {key: _value(seat, f"over.{key}") for key in judged if key != best}
    under = {key: _value(seat, f"under.{key}") for key in judged if key not in (best, worst)}
    return Said(
        best=best if best in judged else None,
        worst=worst if worst in judged else None,
        best_to_others={key: times for key, times in over.items() if times is not None},
        others_to_worst={key: times for key, times in under.items() if times is not None},
    )


def _comparisons(seat: Booth, said: Said) -> None:
    """A row a criterion: how far it is behind the first, and how far ahead of the last."""
    judged = _judged(seat)
    first, last = (
        words.plain(words.short(judged[key or ""].name, 30)) for key in (said.best, said.worst)
    )
    with st.container(gap="xxsmall"):
        _, over, under = st.columns(_ROW)
        over.markdown(f"**{first}** matters … times as much")
        under.markdown(f"It matters … times as much as **{last}**")
        for key, criterion in judged.items():
            if key != said.best:
                _row(seat, criterion, last=key == said.worst)


def _row(seat: Booth, criterion: Criterion, *, last: bool) -> None:
    """The last criterion is compared with the first only."""
    name, over, under = st.columns(_ROW, vertical_alignment="center")
    levels = words.plain(ballots.range_words(criterion))
    name.markdown(f"{words.plain(words.short(criterion.name, 40))} :gray[{levels}]")
    with over:
        _times(seat, f"over.{criterion.id}", criterion)
    if not last:
        with under:
            _times(seat, f"under.{criterion.id}", criterion)


def _times(seat: Booth, name: str, criterion: Criterion) -> None:
    inputs.number(
        f"{words.plain(criterion.name)}, times",
        booth.entry(seat, QUESTION, name, _value(seat, name)),
        min_value=1,
        max_value=MOST_TIMES,
        step=1,
        format="%d",
        placeholder="1 to 9",
        label_visibility="collapsed",
    )


def _remarks(seat: Booth, said: Said) -> None:
    """How well the comparisons fit, once they can be told; until then the send button tells."""
    try:
        told = ballots.best_worst_remarks(seat.asked, said)
    except Refused:
        return
    for sentence in told:
        st.markdown(words.plain(sentence))


def ballot(seat: Booth) -> Ballot:
    """The ballot as entered.

    Raises:
        Refused: one criterion is first and last of several, one that is judged is not compared,
            or as in `kam.method.ballots.best_worst_ballot`.
    """
    said, judged = _said(seat), _judged(seat)
    if said.best is not None and said.best == said.worst and len(judged) > 1:
        raise Refused(
            f"“{judged[said.best].name}” cannot matter both most and least. Choose two different "
            "ones."
        )
    for key, criterion in judged.items() if said.best and said.worst else ():
        compared = said.best_to_others.keys() | {said.best}
        if key not in compared or key not in said.others_to_worst.keys() | {said.best, said.worst}:
            raise Refused(f"“{criterion.name}” is open: give a number from 1, the same, to 9.")
    return ballots.best_worst_ballot(seat.asked, said)
