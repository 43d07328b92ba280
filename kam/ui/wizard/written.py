"""How the figures and days of a column are written: in words, asked where in doubt, changeable."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import islice
from typing import Any

import streamlit as st

from kam.intake.figures import Decision, Mark, in_full, read
from kam.intake.lists.days import day_of
from kam.intake.lists.doubts import Agreed, Columns
from kam.intake.lists.fields import SHARES, Written
from kam.intake.lists.ways import SCALES, Hand, as_the_last_time
from kam.ui import state, words
from kam.ui.wizard import draft

MARKS: dict[Mark, str] = {".": "Decimal point", ",": "Decimal comma"}
PARTS = {1.0: "percent", SHARES: "shares, 0.2 is 20 %"}
ORDERS = {True: "Day, month, year", False: "Month, day, year"}

# Filled cells among which one is looked for that shows how the column is read.
LOOKED_AT = 400


def check(door: str, header: str, known: Columns, said: Agreed) -> None:
    """How a column's figures or days are read, in words, and where to say otherwise."""
    hand = known.hand(header, said.goes_to[header])
    written = said.written.get(header, Written())
    asks = [one for one in known.unclear(said) if one.column == header]
    before = "" if header in said.answered else as_the_last_time(written, known.before(header))
    shown = f"as the last time: {before}" if before else ""
    doubt = " ".join(one.sentence for one in asks)
    if hand.cells.target.kind == "date":
        _day_check(door, hand, written, (doubt, _joined(shown, _day_example(hand, written))))
        return
    says = doubt, _joined(shown, _example(hand, written))
    agree = any(one.kind != "currency" for one in asks)
    mark = hand.decided.mark if hand.unsure else None
    # a statement is agreed to, a question answered
    answer = "Yes" if doubt.endswith("?") else "Right"
    with _told(door, header, says, answer=answer if agree else "", mark=mark):
        for code in hand.foreign:
            _rate_of(door, header, (code, known.currency), written)
        if hand.foreign:
            _in_ours(door, header, (hand.foreign, known.currency))
        _mark(door, header, written.mark or hand.decided.mark)
        _factor(door, hand, written.factor)
        st.caption(words.plain(says[1]))


def _joined(*parts: str) -> str:
    return "; ".join(filter(None, parts))


def _day_check(door: str, hand: Hand, written: Written, says: tuple[str, str]) -> None:
    """The days of a column; `says` as above."""
    if not hand.slashed:
        st.markdown(f":gray[✓ {words.plain(says[1])}]")
        return
    header = hand.cells.header
    order = hand.day_first if written.day_first is None else written.day_first
    with _told(door, header, says, answer=""):
        _says_one_of(door, header, "day_first", ("Which comes first", ORDERS), order)
        st.caption(words.plain(says[1]))


def _day_example(hand: Hand, written: Written) -> str:
    order = hand.day_first if written.day_first is None else written.day_first
    days = ((cell, day_of(cell, day_first=order)) for cell in hand.cells.texts)
    return next((f"{cell} is {words.day(day)}" for cell, day in days if day), "")


def _example(hand: Hand, written: Written) -> str:
    """A figure of the column, and what it is read as; that it stays as it stands is said so."""
    said = Decision(written.mark, sure=True, note="") if written.mark else hand.decided
    for text in islice(filter(None, hand.cells.texts), LOOKED_AT):
        [value] = read([text], said).values
        if value:
            figure = in_full(value * written.factor_of(text))
            return f"{text}, as it stands" if figure == text else f"{text} is {figure}"
    return ""


def _told(
    door: str, header: str, says: tuple[str, str], *, answer: str = "Yes", mark: Mark | None = None
) -> st.delta_generator.DeltaGenerator:
    """The check in words: a doubt that nobody has answered, else an example; what to change.

    A doubt with a proposal, such as a decimal mark, can be agreed to with one click.
    """
    doubt, example = says
    check, agree, change = st.columns([14, 3, 4], gap="small", vertical_alignment="center")
    sign, colour = ("▲", "orange") if doubt else ("✓", "gray")
    check.markdown(f":{colour}[{sign} {words.plain(doubt or example)}]")
    if doubt and answer:
        key = draft.key(door, "right", header)
        args = (door, header, mark)
        agree.button(answer, key=key, type="tertiary", on_click=_agreed, args=args)
    return change.popover("", icon=":material/tune:", type="tertiary")


def _mark(door: str, header: str, now: Mark) -> None:
    _says_one_of(door, header, "mark", ("How its numbers are written", MARKS), now)


def _factor(door: str, hand: Hand, now: float) -> None:
    """In what the numbers are: a scale, percent or shares, or another currency by its rate."""
    header = hand.cells.header
    if hand.percent:
        options = PARTS if now in PARTS else {**PARTS, now: "by a factor"}
        _says_one_of(door, header, "factor", ("Its numbers are", options), now)
        return
    options = SCALES if now in SCALES else {**SCALES, now: "by a rate"}
    _says_one_of(door, header, "factor", ("Its numbers are", options), now)
    if hand.foreign:
        return
    scale = now if now in SCALES else hand.unit.factor
    place = draft.key(door, "rate", header)
    state.seed(place, now / scale)
    st.number_input(
        "and one unit of it is worth, in the workshop's currency",
        min_value=0.0,
        key=place,
        format="%g",
        on_change=_multiplied,
        args=(door, header, place, scale),
    )


def _rate_of(door: str, header: str, pair: tuple[str, str], written: Written) -> None:
    """What one of a currency is worth in the workshop's; 0 as long as nobody has said it."""
    code, own = pair
    place = draft.key(door, "rate", header, code)
    state.seed(place, written.rates.get(code, 0.0))
    st.number_input(
        f"One {words.plain(code)} is worth, in {own}",
        min_value=0.0,
        key=place,
        format="%g",
        on_change=_rated,
        args=(door, header, place, code),
    )


def _in_ours(door: str, header: str, pair: tuple[Sequence[str], str]) -> None:
    """Where to say that amounts are in the workshop's currency, whatever is written."""
    codes, own = pair
    args = (door, header, codes)
    key = draft.key(door, "in_ours", header)
    st.button(f"They are in {own} already", key=key, on_click=_ours, args=args)


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
    """Keep what the person has said of a column; nothing is no answer."""
    value = state.widget(key)
    if value is None or (name == "factor" and not value):
        return
    _keep(door, header, **{name: value})


def _multiplied(door: str, header: str, key: str, scale: float) -> None:
    """Keep what one unit of a column is worth, on top of its scale."""
    if rate := state.widget(key):
        _keep(door, header, factor=scale * float(rate))


def _rated(door: str, header: str, key: str, code: str) -> None:
    """Keep what one of a currency is worth."""
    if rate := state.widget(key):
        rates = draft.draft(door).written.get(header, Written()).rates
        _keep(door, header, rates={**rates, code: float(rate)})


def _ours(door: str, header: str, codes: Sequence[str]) -> None:
    """The amounts are in the workshop's currency already: each of these is worth 1."""
    _keep(door, header, rates=dict.fromkeys(codes, 1.0))


def _agreed(door: str, header: str, mark: Mark | None = None) -> None:
    """The person has looked at a column in doubt, and agrees to what is proposed."""
    _keep(door, header, **({"mark": mark} if mark else {}))


def _keep(door: str, header: str, **said: Any) -> None:  # noqa: ANN401 - fields of `Written`
    kept = draft.draft(door)
    now = replace(kept.written.get(header, Written()), **said)
    answered = (*(one for one in kept.answered if one != header), header)
    draft.change(door, written={**kept.written, header: now}, answered=answered)
