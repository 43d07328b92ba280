"""Fields for what a customer takes and could bring: hours, gain, capital, and what would end."""

import streamlit as st

from kam.edits import ChangeEconomics
from kam.method.capital import PARTS, capital, contradiction, parts_known
from kam.model import Customer
from kam.ui import inputs, words
from kam.ui.frame import Room
from kam.ui.inputs import Field
from kam.validated import changed

AMOUNTS = {
    "gain": "Gain by the third year, a year",
    "added_capital": "Capital that the gain ties up",
    "one_off": "One-off investment for it",
    "avoidable_overhead": "Overhead that would end with it, a year",
}
NUMBERS = {
    "hours": "Our hours on it now, a year",
    "hours_needed": "Hours a year that winning the gain takes",
    "gain_probability_pct": "How likely is the gain, %",
    "avoidable_pct": "Part of the cost to serve that would end with it, %",
}
HELP = {
    "gain": "Contribution that it could add by the third year, on top of today’s.",
    "hours_needed": "Left empty: as many as a key core account takes, see Objectives.",
    "added_capital": "Receivables and stock on top of today’s; below 0 where money comes free.",
    "avoidable_overhead": "Cost beside serving it that would end within a year; 0 where none.",
}
ORDER = (
    "hours", "gain", "gain_probability_pct", "hours_needed", "added_capital", "one_off",
    "avoidable_pct", "avoidable_overhead",
)  # fmt: skip


def fields(room: Room, customer: Customer) -> None:
    """Every number that hours, return and exits rest on, to be filled in."""
    with st.expander("Hours, gain and capital"):
        for name in ORDER:
            value = getattr(customer.economics, name)
            inputs.number(
                _label(room, name, value),
                _field(room, customer, name),
                format="%.0f" if name in AMOUNTS else "%g",
                help=HELP.get(name),
            )
        inputs.day("We are bound until", _field(room, customer, "contract_until"))
    _capital(room, customer)


def _capital(room: Room, customer: Customer) -> None:
    """The parts of the capital employed, and where they contradict the one figure."""
    with st.expander("What capital employed is made of"):
        for name, label in PARTS.items():
            value = getattr(customer.economics, name)
            shown = f"{label} · {words.amount(value, room.workshop.currency)}"
            inputs.number(shown, _field(room, customer, name), format="%.0f")
        _adds_up(room, customer)


def _adds_up(room: Room, customer: Customer) -> None:
    """What the parts come to."""
    differs = contradiction(customer, room.workshop.currency)
    if differs:
        with st.container(key="gap_capital"):
            st.markdown(words.plain(differs))
        return
    known = parts_known(customer)
    if known == len(PARTS):
        sum_ = words.amount(capital(customer).amount, room.workshop.currency)
        st.caption(words.plain(f"Together they are its capital employed: {sum_}."))
    elif customer.profile.capital_employed is not None:
        st.caption("Until all six are filled in (0 where there is none), the one figure counts.")
    else:
        st.caption("Fill in all six (0 where there is none), or capital employed as one figure.")


def _label(room: Room, name: str, value: float | None) -> str:
    """What a field is, with an amount in the unit that fits."""
    if name in NUMBERS:
        return NUMBERS[name]
    return f"{AMOUNTS[name]} · {words.amount(value, room.workshop.currency)}"


def _field(room: Room, customer: Customer, name: str) -> Field:
    """A field of a customer's economics as a widget shows it; emptied, it is unknown."""

    def edit(new: object) -> ChangeEconomics:
        known = room.present.customers.get(customer.id, customer)
        economics = changed(known.economics, **{name: new})
        return ChangeEconomics(customer=customer.id, economics=economics)

    value = getattr(customer.economics, name)
    return Field(room.workshop.id, f"{customer.id}.{name}", value, edit)
