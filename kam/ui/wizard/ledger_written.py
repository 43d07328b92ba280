"""How a ledger's figures and dates are written: shown before it is read, asked where in doubt."""

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

import streamlit as st

from kam.intake.figures import in_full, likely_mark, numbers
from kam.intake.headers.aliases import LEDGER_TARGETS
from kam.intake.headers.units import unit_of
from kam.intake.lists.days import day_first, day_of, either_day
from kam.intake.tables.files import Table
from kam.model import LedgerChoices
from kam.ui import state, words
from kam.ui.wizard import draft

Decide = Callable[..., None]

LABELS = {target.key: target.label for target in LEDGER_TARGETS}
FIGURES = ("amount", "unit_price", "quantity", "cost", "serving")
MARKS = {"": "as the file tells", ".": "a decimal point", ",": "a decimal comma"}
SCALES = {1e3: "thousands", 1e6: "millions", 1e9: "billions"}
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
    read = numbers(header, cells, likely=likely_mark(first.delimiter))
    if choices.decimal_mark and not read.decision.sure:
        read = numbers(header, cells, choices.decimal_mark)
    unit = unit_of(header, cells)
    factor = 1.0 if key in choices.unscaled else unit.factor
    named = f" {unit.currency}" if unit.currency and not choices.one_currency else ""
    shown = _most_telling(cells, read.values)
    if shown is None:
        return None
    cell, value = shown
    told = f"{LABELS[key]}: {cell} is {in_full(value * factor)}{named}"
    told += f" ({SCALES[factor]}, as its name says)" if factor in SCALES else ""
    return Fact(told, bool(read.decision.note) and not read.decision.sure)


def _most_telling(cells: Sequence[str], values: Sequence[float | None]) -> tuple[str, float] | None:
    """A cell and its value, best one in which a mark shows how it is read."""
    known = [(cell, value) for cell, value in zip(cells, values, strict=True) if value]
    marked = (pair for pair in known if "." in pair[0] or "," in pair[0])
    return next(marked, known[0] if known else None)


def _date(first: Table, choices: LedgerChoices) -> Iterator[Fact]:
    header = choices.columns.get("date", "")
    cells = first.column(header)[:LOOKED_AT] if header in first.headers else ()
    order = day_first(cells) if choices.day_first is None else choices.day_first
    days = ((cell, day_of(cell, day_first=order)) for cell in cells)
    found = next(((cell, day) for cell, day in days if day), None)
    either = either_day(cells) if order is None else ""
    if either:
        told = "day or month first as the whole file tells"
        yield Fact(f"{LABELS['date']}: {either}, {told}")
    elif found:
        yield Fact(f"{LABELS['date']}: {found[0]} is {words.day(found[1])}")


def how_written(door: str, first: Table, choices: LedgerChoices, decide: Decide) -> None:
    """The facts in one line, and where to say otherwise."""
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        for fact in facts(first, choices):
            sign, colour = ("▲", "orange") if fact.asks else ("✓", "gray")
            st.markdown(f":{colour}[{sign} {words.plain(fact.told)}]", width="content")
        with st.popover("How figures are written", type="tertiary"):
            _mark(door, choices, decide)
            _scales(door, choices, decide)
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


def _currency(door: str, choices: LedgerChoices, decide: Decide) -> None:
    key = draft.key(door, "one_currency")
    state.seed(key, choices.one_currency)
    st.toggle(
        "All amounts are in one currency, whatever headers and cells name",
        key=key,
        on_change=lambda: decide(one_currency=state.widget(key)),
    )
