"""How the figures and days of a column are written: in words, asked where in doubt, changeable."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import streamlit as st

from kam.intake.figures import Mark, in_full, numbers
from kam.intake.headers.units import Unit, in_percent
from kam.intake.lists.customers import Written
from kam.intake.lists.days import day_first, day_of, either_day, slashed
from kam.intake.lists.fields import Cells
from kam.ui import state, words
from kam.ui.wizard import draft

MARKS: dict[Mark, str] = {".": "Decimal point", ",": "Decimal comma"}
FACTORS = {1.0: "as they stand", 1e3: "thousands", 1e6: "millions"}
SHARES = {1.0: "percent", 100.0: "shares, 0.2 is 20 %"}
ORDERS = {True: "Day, month, year", False: "Month, day, year"}


def number_check(door: str, column: Cells, unit: Unit) -> None:
    """How the numbers are read, in words, and where to say otherwise."""
    header = column.header
    written = draft.draft(door).written.get(header, Written())
    read = numbers(header, column.texts, written.mark, column.likely)
    pairs = zip(column.texts, read.values, strict=True)
    example = next((f"{c} is {in_full(v * written.factor_of(c))}" for c, v in pairs if v), "")
    note = read.decision.note.removeprefix(f"Column {header}: ")
    doubt = unit.why or (note if not read.decision.sure else "")
    with _told(door, header, doubt, example):
        _mark(door, header, written.mark or read.decision.mark)
        _factor(door, column, written.factor)
        st.caption(words.plain(example))
        if unit.currency:
            st.caption(f"In {unit.currency}.")


def day_check(door: str, cells: Sequence[str], header: str) -> None:
    """How the days are read, in words, and where to say otherwise."""
    said = draft.draft(door).written.get(header, Written()).day_first
    order = day_first(cells) if said is None else said
    days = ((cell, day_of(cell, day_first=order)) for cell in cells)
    example = next((f"{cell} is {words.day(day)}" for cell, day in days if day), "")
    either = either_day(cells) if said is None else ""
    doubt = f"{either} can be two days. Which comes first?" if either else ""
    if not slashed(cells):
        st.markdown(f":gray[✓ {words.plain(example)}]")
        return
    with _told(door, header, doubt, example, answer=""):
        _says_one_of(door, header, "day_first", ("Which comes first", ORDERS), order)
        st.caption(words.plain(example))


def _told(
    door: str, header: str, doubt: str, example: str, *, answer: str = "Yes"
) -> st.delta_generator.DeltaGenerator:
    """The check in words: a doubt that nobody has answered, else an example; what to change.

    A doubt with a proposal can be agreed to with one click.
    """
    asks = doubt and header not in draft.draft(door).answered
    check, agree, change = st.columns([14, 3, 4], gap="small", vertical_alignment="center")
    sign, colour = ("▲", "orange") if asks else ("✓", "gray")
    check.markdown(f":{colour}[{sign} {words.plain(doubt if asks else example)}]")
    if asks and answer:
        key = draft.key(door, "right", header)
        agree.button(answer, key=key, type="tertiary", on_click=_agreed, args=(door, header))
    return change.popover("", icon=":material/tune:", type="tertiary")


def _mark(door: str, header: str, now: Mark) -> None:
    _says_one_of(door, header, "mark", ("How its numbers are written", MARKS), now)


def _factor(door: str, column: Cells, now: float) -> None:
    """In what the numbers are: a scale, percent or shares, or another currency by its rate."""
    header = column.header
    if in_percent(header, column.target):
        options = SHARES if now in SHARES else {**SHARES, now: "by a factor"}
        _says_one_of(door, header, "factor", ("Its numbers are", options), now)
        return
    options = FACTORS if now in FACTORS else {**FACTORS, now: "by a rate"}
    _says_one_of(door, header, "factor", ("Its numbers are", options), now)
    place = draft.key(door, "rate", header)
    state.seed(place, now)
    st.number_input(
        "or one unit of it is worth, in the workshop's currency",
        min_value=0.0,
        key=place,
        format="%g",
        on_change=_says,
        args=(door, header, place, "factor"),
    )


def _says_one_of(
    door: str, header: str, name: str, asked: tuple[str, Mapping[Any, str]], now: object
) -> None:
    """A question on one column and its answers, of which one is chosen."""
    label, options = asked
    place = draft.key(door, name, header)
    state.seed(place, now)
    st.segmented_control(
        label,
        list(options),
        key=place,
        format_func=options.__getitem__,
        required=now is not None,
        on_change=_says,
        args=(door, header, place, name),
    )


def _says(door: str, header: str, key: str, name: str) -> None:
    value = state.widget(key)
    if value is None or (name == "factor" and not value):
        return
    written = draft.draft(door).written
    said = replace(written.get(header, Written()), **{name: value})
    draft.change(door, written={**written, header: said})
    _agreed(door, header)


def _agreed(door: str, header: str) -> None:
    """The person has looked at a column in doubt."""
    answered = draft.draft(door).answered
    draft.change(door, answered=(*(one for one in answered if one != header), header))
