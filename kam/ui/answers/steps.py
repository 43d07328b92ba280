"""One judged criterion across all customers, in five steps (method.md 4.2, screens.md 3.5)."""

from collections.abc import Mapping, Sequence
from functools import partial

import streamlit as st

from kam import acceptance
from kam.edits import VoteScores
from kam.method.values import in_unit, spoken
from kam.model import Criterion
from kam.ui import inputs, words
from kam.ui.answers import booth
from kam.ui.answers.booth import Booth, Question

STEPS = (1, 2, 3, 4, 5)
MOST_NAMED = 3  # customers in a sentence; more are counted
_HALF = booth.ON_SCREEN // 2


def questions(seat: Booth) -> list[Question]:
    """A question for each criterion that people judge: complete, and without figures of its own."""
    if not seat.customers:
        return []
    return [
        _question(seat, criterion)
        for criterion in seat.workshop.criteria.values()
        if not criterion.column and not acceptance.gaps(criterion)
    ]


def _question(seat: Booth, criterion: Criterion) -> Question:
    return Question(
        key=f"steps.{criterion.id}",
        name=criterion.name,
        title=f"{words.short(criterion.name, 44)}: how does each customer do?",
        ask=partial(_ask, criterion),
        edit=partial(_edit, criterion),
        answered=bool(_voted(seat, criterion.id)),
    )


def step_words(criterion: Criterion) -> str:
    """What each of the five steps means, with the unit."""
    levels = criterion.anchors or ()
    told = [f"{step} = {spoken(level)}" for step, level in zip(STEPS, levels, strict=False)]
    return in_unit(" · ".join(told), criterion.unit)


def _voted(seat: Booth, criterion: str) -> dict[str, int]:
    """The member's own votes on a criterion, by customer."""
    of = seat.workshop.votes.get(criterion, {})
    return {key: cast[seat.member.id] for key, cast in of.items() if seat.member.id in cast}


def _steps(seat: Booth, criterion: str) -> dict[str, int | None]:
    """What was entered in this tab, else what was voted; `None` where it cannot be judged."""
    kept, voted = booth.draft(seat, f"steps.{criterion}"), _voted(seat, criterion)
    return {key: kept.get(f"step.{key}", voted.get(key)) for key in seat.customers}


def _ask(criterion: Criterion, seat: Booth) -> None:
    st.markdown(
        f"{words.plain(criterion.definition)}  \n"
        f"**{words.plain(step_words(criterion))}** · leave it empty: I cannot judge this"
    )
    steps = _steps(seat, criterion.id)
    rows(seat, f"steps.{criterion.id}", steps, STEPS)
    judged = sum(step is not None for step in steps.values())
    st.caption(f"{judged} of {words.count(len(steps), 'customer')} judged. {_own_words(seat)}")


def _own_words(seat: Booth) -> str:
    """To an account manager: what happens with votes on the own customers; else empty."""
    own = [words.plain(name) for key, name in seat.customers.items() if _looks_after(seat, key)]
    if not own:
        return ""
    more = f" and {len(own) - MOST_NAMED} more" if len(own) > MOST_NAMED else ""
    return f"You look after {', '.join(own[:MOST_NAMED])}{more}: your vote there is shown apart."


def _looks_after(seat: Booth, customer: str) -> bool:
    owner = seat.workshop.customers[customer].profile.owner
    return bool(owner) and owner.casefold() == seat.member.name.casefold()


def rows(
    seat: Booth,
    question: str,
    steps: Mapping[str, int | None],
    options: Sequence[int],
    names: Mapping[int, str] | None = None,
) -> None:
    """One row a customer, all steps in sight; two columns, a part of a long list at a time."""
    shown = booth.on_screen(seat, question, list(steps))
    for column, part in zip(
        st.columns(2, gap="large"), (shown[:_HALF], shown[_HALF:]), strict=True
    ):
        with column, st.container(gap="xxsmall"):
            for key in part:
                name, choice = st.columns([4, 5], vertical_alignment="center")
                name.markdown(words.plain(words.short(seat.customers[key], 28)))
                with choice:
                    inputs.segments(
                        words.plain(seat.customers[key]),
                        options,
                        booth.entry(seat, question, f"step.{key}", steps[key]),
                        format_func=names.__getitem__ if names else str,
                        required=False,
                        label_visibility="collapsed",
                    )


def _edit(criterion: Criterion, seat: Booth) -> VoteScores | None:
    """The steps that differ from what was voted; `None` takes a vote back."""
    before = _voted(seat, criterion.id)
    new = {key: step for key, step in _steps(seat, criterion.id).items() if step != before.get(key)}
    if not new:
        return None
    return VoteScores(member=seat.member.id, criterion=criterion.id, steps=new)
