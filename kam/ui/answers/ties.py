"""How close a member is to customers; only the strongest tie by customer is kept (method.md T4)."""

import streamlit as st

from kam.edits import AnswerTies
from kam.ui.answers import booth
from kam.ui.answers.booth import Booth, Question
from kam.ui.answers.steps import rows

KEY = "ties"
NAMES = {0: "None", 1: "Know", 2: "Meet", 3: "Friend"}


def question(seat: Booth) -> Question | None:
    """The question; `None` unless the workshop asks for ties."""
    if not seat.workshop.answers.ties.asked or not seat.customers:
        return None
    return Question(
        key=KEY,
        name="Ties to customers",
        title="How close are you to their people?",
        ask=_ask,
        edit=_edit,
        open=lambda seat: "" if _ties(seat) else "Answer for at least one customer, or skip this.",
        answered=booth.is_settled(seat, KEY),
        final=True,
        said="Only the strongest tie to each customer is kept, without a name; so once sent it "
        "cannot be changed.",
    )


def _steps(seat: Booth) -> dict[str, int | None]:
    kept = booth.draft(seat, KEY)
    return {key: kept.get(f"step.{key}") for key in seat.customers}


def _ties(seat: Booth) -> dict[str, int]:
    """What was answered in this tab; the rest is unknown."""
    return {key: step for key, step in _steps(seat).items() if step is not None}


def _ask(seat: Booth) -> None:
    st.markdown(
        "Think of the people who decide there. **Know** them from work, **meet** them outside it, "
        "or a **friend**."
    )
    rows(seat, KEY, _steps(seat), list(NAMES), NAMES)


def _edit(seat: Booth) -> AnswerTies:
    return AnswerTies(ties=_ties(seat))
