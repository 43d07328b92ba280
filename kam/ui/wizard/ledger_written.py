"""How a ledger's figures and dates are written: shown before it is read, asked where in doubt."""

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

import streamlit as st

from kam.intake.figures import in_full, likely_mark, numbers
from kam.intake.headers.aliases import LEDGER_TARGETS
from kam.intake.headers.units import unit_of
from kam.intake.orders.first_day import first_day
from kam.intake.orders.headings import SCALES, said_outside
from kam.intake.orders.layouts import ADDED_UP
from kam.intake.tables.files import Table
from kam.model import LedgerChoices
from kam.ui import state, words
from kam.ui.wizard import draft

Decide = Callable[..., None]

LABELS = {target.key: target.label for target in LEDGER_TARGETS}
FIGURES = ("amount", "unit_price", "quantity", "cost", "serving")
MARKS = {"": "as the file tells", ".": "a decimal point", ",": "a decimal comma"}
OUTSIDE = {"Yes": "holds", "No": "ignored"}
LOOKED_AT = 400  # cells from which the way of writing is told


class Fact(NamedTuple):
    """How one column is read: a sentence, and whether nobody has said that it is right."""

    told: str
    asks: bool = False


def facts(first: Table, choices: LedgerChoices) -> list[Fact]:
    """How the chosen columns of figures and dates are read, each by its first telling cell."""
    figures = (_figure(first, key, choices) for key in FIGURES if key in choices.columns)
    return [*filter(None, figures), *_date(first, choices)]


def _figure(first: Table, key: str, choices: LedgerChoices) -> Fact | None:
    header = choices.columns[key]
    cells = first.column(header)[:LOOKED_AT] if header in first.headers else ()
    factor, told_by = _scale(first, key, choices)
    money = key in ADDED_UP and factor == 1
    read = numbers(header, cells, likely=likely_mark(first.delimiter), money=money)
    if choices.decimal_mark and not read.decision.sure:
        read = numbers(header, cells, choices.decimal_mark)
    unit = unit_of(header, cells)
    named = f" {unit.currency}" if unit.currency and not choices.one_currency else ""
    shown = _most_telling(cells, read.values)
    if shown is None:
        return None
    cell, value = shown
    told = f"{LABELS[key]}: {cell} is {in_full(value * factor)}{named}"
    told += f" ({SCALES[factor]}, as {told_by})" if factor in SCALES else ""
    return Fact(told, bool(read.decision.note) and not read.decision.sure)


def _scale(first: Table, key: str, choices: LedgerChoices) -> tuple[float, str]:
    """By what the figures of a column are multiplied, and what says so."""
    unit = unit_of(choices.columns[key], ())
    if key in choices.unscaled or unit.factor != 1:
        return (1.0 if key in choices.unscaled else unit.factor), "its name says"
    found = said_outside(first, choices.columns, choices)
    if found is None or choices.outside != "holds" or key not in found.keys:
        return 1.0, ""
    return found.factor, f"line {found.line} says"


def asks_outside(first: Table, choices: LedgerChoices) -> bool:
    """Whether thousands are named outside of the table, and nobody has said whether they hold."""
    found = said_outside(first, choices.columns, choices)
    return found is not None and found.factor != 1 and not choices.outside


def ask_outside(door: str, first: Table, choices: LedgerChoices, decide: Decide) -> bool:
    """Whether nobody has said yet that thousands outside of the table hold, which is asked then."""
    found = said_outside(first, choices.columns, choices)
    if found is None or not asks_outside(first, choices):
        return False
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        text = words.plain(words.short(found.text))
        ask = f"▲ Line {found.line} says “{text}”. Are the amounts in {found.unit}?"
        st.markdown(f":orange[{ask}]", width="content")
        for label, answer in OUTSIDE.items():
            st.button(
                label,
                key=draft.key(door, "outside", label),
                type="tertiary",
                on_click=decide,
                kwargs={"outside": answer},
            )
    return True


def _most_telling(cells: Sequence[str], values: Sequence[float | None]) -> tuple[str, float] | None:
    """A cell and its value, best one in which a mark shows how it is read."""
    known = [(cell, value) for cell, value in zip(cells, values, strict=True) if value]
    marked = (pair for pair in known if "." in pair[0] or "," in pair[0])
    return next(marked, known[0] if known else None)


def _date(first: Table, choices: LedgerChoices) -> Iterator[Fact]:
    found = first_day(first, choices)
    if found is None:
        return
    told = f"{LABELS['date']}: {found.cell}"
    if found.day:
        yield Fact(f"{told} is {words.day(found.day)}")
    elif found.either:
        yield Fact(f"{told}, day or month first as the whole file tells")
    else:
        yield Fact(f"{told} is no date that we know", asks=True)


def all_told(first: Table, choices: LedgerChoices) -> bool:
    """Whether the first rows leave nothing open about how figures and dates are written."""
    found = first_day(first, choices)
    return bool(found and found.day) and not any(fact.asks for fact in facts(first, choices))


def as_read(first: Table, choices: LedgerChoices) -> None:
    """The facts in one line, to look at."""
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        _facts(first, choices)


def _facts(first: Table, choices: LedgerChoices) -> None:
    for fact in facts(first, choices):
        sign, colour = ("▲", "orange") if fact.asks else ("✓", "gray")
        st.markdown(f":{colour}[{sign} {words.plain(fact.told)}]", width="content")


def how_written(door: str, first: Table, choices: LedgerChoices, decide: Decide) -> None:
    """The facts in one line, and where to say otherwise."""
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        _facts(first, choices)
        with st.popover("How figures are written", type="tertiary"):
            _mark(door, choices, decide)
            _scales(door, choices, decide)
            _outside(door, choices, decide)
            _currency(door, choices, decide)


def _mark(door: str, choices: LedgerChoices, decide: Decide) -> None:
    key = draft.key(door, "decimal_mark")
    state.seed(key, choices.decimal_mark)
    st.selectbox(
        "A figure such as 1.234 or 1,234 has",
        list(MARKS),
        key=key,
        format_func=MARKS.__getitem__,
        on_change=lambda: decide(decimal_mark=state.widget(key)),
    )


def _scales(door: str, choices: LedgerChoices, decide: Decide) -> None:
    """A switch for each column whose header speaks of thousands or more."""
    for name in FIGURES:
        header = choices.columns.get(name, "")
        factor = unit_of(header, ()).factor
        if factor in SCALES:
            key = draft.key(door, "scaled", name)
            state.seed(key, name not in choices.unscaled)
            label = f"“{words.plain(header)}” is in {SCALES[factor]}"
            st.toggle(label, key=key, on_change=_scaled, args=(key, name, choices, decide))


def _scaled(key: str, name: str, choices: LedgerChoices, decide: Decide) -> None:
    others = tuple(one for one in choices.unscaled if one != name)
    decide(unscaled=others if state.widget(key) else (*others, name))


def _outside(door: str, choices: LedgerChoices, decide: Decide) -> None:
    """What was said of thousands outside of the table, to be said otherwise."""
    if choices.outside:
        key = draft.key(door, "outside", "holds")
        state.seed(key, choices.outside == "holds")
        st.toggle(
            "What stands above the table of thousands holds",
            key=key,
            on_change=lambda: decide(outside="holds" if state.widget(key) else "ignored"),
        )


def _currency(door: str, choices: LedgerChoices, decide: Decide) -> None:
    key = draft.key(door, "one_currency")
    state.seed(key, choices.one_currency)
    st.toggle(
        "All amounts are in one currency, whatever headers and cells name",
        key=key,
        on_change=lambda: decide(one_currency=state.widget(key)),
    )
