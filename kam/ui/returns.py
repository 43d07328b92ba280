"""Parts of the page on resources: what the capital of customers earns, opened to its inputs."""

import streamlit as st

from kam.charts.rates import RateRow, rate_bars
from kam.method.account_figures import FOR_RETURN, AccountFigures, increment
from kam.method.incremental import incremental_words
from kam.method.returns import Return
from kam.report.account_returns import inputs_table, percent, rate_words, returns_table
from kam.ui import evidence, words
from kam.ui.frame import Room
from kam.ui.kept import Kept
from kam.ui.parts import picture
from kam.ui.resources import figures, missing

ALL = "All customers"
SIZE = (770, 190)  # px
TABLE = 330  # px, the most

_table = Kept(lambda result: returns_table(AccountFigures(result)))


def title(room: Room) -> str:
    """What the capital of all customers earns, beside what it has to earn."""
    found = figures(room)
    rate = found.together.rate
    if rate is None:
        return "What does capital in customers earn?"
    needed = f"{room.workshop.hours_policy.hurdle_pct:g} %"
    return f"Capital in customers earns {percent(rate)}; it needs {needed}"


def returns(room: Room) -> None:
    """Classes beside the hurdle, the table of customers, and one customer with its inputs."""
    left, right = st.columns([SIZE[0], 420], gap="medium")
    with left:
        _bars(room)
        st.dataframe(
            _table(room),
            hide_index=True,
            placeholder="–",
            height=TABLE,
            column_config={
                name: st.column_config.NumberColumn(name, format="localized")
                for name in ("Profit", "Capital", "Brings an hour")
            },
            alt="Operating profit, capital and return of every customer, the lowest return first",
        )
    with right, st.container(gap="xsmall"):
        customer = evidence.pick(room)
        if customer is not None:
            _one(room, customer)
        _left_out(room)


def _bars(room: Room) -> None:
    """All customers, then each class, beside what capital has to earn."""
    found = figures(room)
    every = {ALL: found.together, **found.of_classes}
    rows = [RateRow(name, earned.rate, rate_words(earned)) for name, earned in every.items()]
    drawn = rate_bars(rows, found.hurdle, SIZE)
    picture(drawn, "rates", alt="What capital earns, of all customers and of each class")


def _one(room: Room, customer: str) -> None:
    """A customer's return, how it comes about, and what its gain would earn."""
    found = figures(room)
    earned = found.returns[customer]
    st.markdown(f"**{rate_words(earned).capitalize()}** on capital. {words.plain(_why(earned))}")
    hours = found.per_hour(customer)
    if hours is not None:
        st.markdown(f"{_cents(room, hours)} of contribution for each hour that we spend on it.")
    economics = room.assessment.workshop.customers[customer].economics
    chance = economics.gain_probability_pct
    likely = "" if chance is None else f" Its gain is {chance:g} % likely."
    told = incremental_words(increment(economics), found.hurdle)
    st.markdown(words.plain(f"More business: {told}{likely}"))
    with st.expander("How it comes about"):
        for figure, total in ((earned.profit, "Operating profit"), (earned.capital, "Capital")):
            table = inputs_table(figure, total, lambda amount: _cents(room, amount))
            st.dataframe(table, hide_index=True, alt=f"{total} and what it adds up from")
        st.caption("Our margin is what is left after discounts and rebates.")


def _why(earned: Return) -> str:
    """Why there is no rate; empty where there is one."""
    if not earned.reason or earned.rate is not None:
        return ""
    if earned.reason.startswith("unknown"):
        return f"{earned.reason.capitalize()}."
    return "It ties up no money of ours: compare what an hour brings."


def _cents(room: Room, amount: float | None) -> str:
    """An amount to the cent."""
    if amount is None:
        return "unknown"
    return f"{room.workshop.currency} {amount + 0.0:,.2f}".replace("-", "−")  # no minus nothing


def _left_out(room: Room) -> None:
    """Who is in no sum, and what to collect."""
    left_out = figures(room).together.left_out
    if left_out:
        who = words.count(len(left_out), "customer")
        st.caption(f"Left out of the sums, as something is not known: {who}.")
    missing(room, FOR_RETURN)
