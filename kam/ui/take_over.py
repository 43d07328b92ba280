"""The offer to take figures over as scores: at once in the scale's unit, else after a question."""

from collections.abc import Iterable, Mapping

import streamlit as st

from kam.edits import FillScores
from kam.method.evidence import scores_from_figures
from kam.method.fed_by import Fed, fed_by, range_words, same_unit, scale_words
from kam.model import Score, Workshop
from kam.ui import words
from kam.ui.frame import Room, save

Found = Mapping[str, Mapping[str, Score]]  # criterion -> customer -> what its figure would make


def offer(room: Room) -> None:
    """What criteria name as their source and could be taken over, with both units."""
    found = scores_from_figures(room.workshop)
    judged = room.assessment.workshop
    fitting = {key: one for key, one in found.items() if fits(judged, key)}
    if fitting:
        with st.container(horizontal=True, vertical_alignment="center", key="offer_figures"):
            told = ", ".join(_named(judged, key) for key in fitting)
            st.markdown(f"{_counted(fitting)} can be taken from figures: {told}", width="stretch")
            _take(room, fitting, "Take them over")
    others = [key for key in found if key not in fitting]
    if others:
        with st.container(horizontal=True, vertical_alignment="center", key="ask_units"):
            _ask(room, {key: found[key] for key in others})


def fits(workshop: Workshop, criterion: str) -> bool:
    """Whether a criterion's figures are levels of its scale as they stand."""
    known = workshop.criteria[criterion]
    fed = fed_by(workshop, known.column)
    return fed is not None and same_unit(fed.unit, known.unit)


def unit_question(workshop: Workshop, criterion: str) -> str:
    """What the figures are and what the scale is, where the units differ or one is not known."""
    known = workshop.criteria[criterion]
    fed = fed_by(workshop, known.column) or Fed(known.column, "", 0, 0)
    without = "" if fed.unit else ", without a unit"
    return (
        f"{known.name}: the figures are {range_words(fed)}{without} ({fed.label}), the scale is "
        f"{scale_words(known)}."
    )


def _ask(room: Room, found: Found) -> None:
    """Scores that would be in another unit than their scale; one question a criterion."""
    workshop, only = room.assessment.workshop, next(iter(found))
    told = unit_question(workshop, only)
    if len(found) > 1:
        told = f"The figures of {_listed(workshop, found)} are in another unit than the scale."
    st.markdown(f":orange[▲ {words.plain(told)}]", width="stretch")
    with st.popover("Is it the same unit?", type="tertiary"):
        for key, scores in found.items():
            st.markdown(words.plain(unit_question(workshop, key)))
            label = f"They fit: take {words.count(len(scores), 'score')} over"
            _take(room, {key: scores}, label, key)
        st.caption("They do not? Choose other figures, or another unit, at the criterion.")
        st.page_link("pages/steps/criteria.py", label="To criteria", query_params=room.address)


def _take(room: Room, found: Found, label: str, key: str = "") -> None:
    scores = {criterion: dict(one) for criterion, one in found.items()}
    edit = FillScores(scores=scores, origin="the customers' figures")
    name = f"take_over_{key}" if key else "take_over"
    st.button(label, key=name, on_click=save, args=(room.workshop.id, edit))


def _counted(found: Found) -> str:
    return words.count(sum(len(one) for one in found.values()), "score")


def _named(workshop: Workshop, criterion: str) -> str:
    """A criterion with the unit of its figures, which is that of its scale."""
    known = workshop.criteria[criterion]
    unit = f" ({words.plain(known.unit)})" if known.unit else ""
    return f"{words.plain(known.name)}{unit}"


def _listed(workshop: Workshop, criteria: Iterable[str]) -> str:
    return ", ".join(workshop.criteria[key].name for key in criteria)
