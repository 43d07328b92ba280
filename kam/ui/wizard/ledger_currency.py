"""In which currency and unit a ledger's amounts are: asked where nobody can know, changeable."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import streamlit as st

from kam.errors import KeyroomError
from kam.intake.headers.units import may_be_one_currency
from kam.intake.orders.currencies import LEFT_OUT, RatesNeeded, Share, TwoCurrencies, asked_of_one
from kam.intake.orders.headings import UnitAsked
from kam.model import LedgerChoices
from kam.ui import words
from kam.ui.wizard import draft
from kam.ui.wizard.ledger_columns import DOOR, decide

BOX = 260  # width of a box to fill in, px; fits into a popover
DECIDES = {"header": "The column's name is right", "lines": "The lines are right"}


class Rated(NamedTuple):
    """The currencies that need a rate, and whether some lines name none; of a form to fill in."""

    codes: Sequence[str]
    unnamed: bool = False


def asked(error: KeyroomError, own: str, choices: LedgerChoices) -> None:
    """Why a ledger could not be read, and what answers it; the ledger is read again then."""
    st.error(words.plain(str(error)))
    if isinstance(error, RatesNeeded):
        _rates(Rated(error.lacking, error.unnamed is not None), own, choices)
    elif isinstance(error, TwoCurrencies):
        for key, label in DECIDES.items():
            _answer(label, currency_from=key)
        _one_currency(own)
    elif isinstance(error, UnitAsked):
        outside(error.outside is not None)
    elif choices.rates:
        _rates(Rated(list(choices.rates), bool(choices.unnamed)), own, choices)


def outside(may_hold: bool) -> None:  # noqa: FBT001 - the one thing to know
    """The answers to whether thousands outside of the table hold for its amounts."""
    if may_hold:
        _answer("Yes, multiply them", outside="holds")
    _answer("No, as they stand", outside="ignored")


def _answer(label: str, **choice: str) -> None:
    [(name, text)] = choice.items()
    st.button(
        label, key=draft.key(DOOR, name, text), type="tertiary", on_click=decide, kwargs=choice
    )


def is_open(found: Sequence[Share], own: str, choices: LedgerChoices) -> bool:
    """Whether lines without a currency are to be asked about before anything is counted."""
    question = asked_of_one(found, own, choices)
    if question is None or question.unnamed is None:
        return False
    asked(question, own, choices)
    return True


def settled(found: Sequence[Share], own: str, choices: LedgerChoices) -> None:
    """How amounts come to stand in the workshop's currency, and where to say otherwise."""
    question = asked_of_one(found, own, choices)
    if choices.one_currency:
        _line(f"✓ All amounts are taken to be in {own}.", "gray")
        _take_back()
    elif question is not None:
        [named] = question.lacking
        told = f"▲ The amounts are in {named}, and this workshop counts in {own}."
        _line(f"{told} They are taken as they stand.", "orange")
        with st.popover("Convert them", type="tertiary"):
            _rates(Rated(question.lacking), own, choices)
    elif choices.rates:
        codes = [share.currency for share in found if share.currency]
        rated = [f"1 {code} = {choices.rates[code]:g} {own}" for code in codes
                 if code in choices.rates and code != own]  # fmt: skip
        _line(f"✓ {', '.join(rated) or 'Nothing needs a rate'}.", "gray")
        with st.popover("Change the rates", type="tertiary"):
            _rates(Rated(codes, bool(choices.unnamed)), own, choices)


def _line(told: str, colour: str) -> None:
    st.markdown(f":{colour}[{words.plain(told)}]", width="content")


def _take_back() -> None:
    st.button(
        "Ask about currencies again",
        key=draft.key(DOOR, "several"),
        type="tertiary",
        on_click=decide,
        kwargs={"one_currency": False},
    )


def _rates(rated: Rated, own: str, choices: LedgerChoices) -> None:
    """One rate a currency, or no conversion; the workshop's own needs none."""
    with st.form(draft.key(DOOR, "rates"), border=False):
        given = _given([code for code in rated.codes if code != own], own, choices.rates)
        unnamed = _unnamed(rated.codes, own, choices) if rated.unnamed else choices.unnamed
        if st.form_submit_button("Convert and read", type="primary"):
            if all(given.values()):
                decide(rates={**choices.rates, own: 1.0, **given}, unnamed=unnamed)
                st.rerun()
            st.error("Give a rate above zero for each currency.")
    _one_currency(own)


def _given(codes: Sequence[str], own: str, rates: Mapping[str, float]) -> dict[str, float | None]:
    given: dict[str, float | None] = {}
    with st.container(horizontal=True):
        for code in codes:
            usual = 1.0 if may_be_one_currency(code, own) else None
            given[code] = st.number_input(
                f"1 {words.plain(code)} in {own}",
                value=rates.get(code, usual),
                min_value=0.0,
                format="%g",
                key=draft.key(DOOR, "rate", code),
                width=BOX,
            )
    return given


def _unnamed(codes: Sequence[str], own: str, choices: LedgerChoices) -> str:
    """Which currency lines have that name none; the workshop's unless somebody says otherwise."""
    options = list(dict.fromkeys((own, *codes, LEFT_OUT)))
    now = choices.unnamed if choices.unnamed in options else own
    chosen: str = st.selectbox(
        "Lines that name no currency",
        options,
        index=options.index(now),
        key=draft.key(DOOR, "unnamed"),
        format_func=lambda code: "are left out" if code == LEFT_OUT else f"are in {code}",
        width=BOX,
    )
    return chosen


def _one_currency(own: str) -> None:
    st.button(
        f"All amounts are in {own} already",
        key=draft.key(DOOR, "no_rates"),
        type="tertiary",
        on_click=decide,
        kwargs={"one_currency": True},
        help="What cells and headers say of currencies is not used then, and the amounts are "
        "added as they stand. This holds for these files only.",
    )
