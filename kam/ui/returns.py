"""Parts of the page on resources: what the capital of customers earns, opened to its inputs."""

import streamlit as st

from kam.charts.rates import RateRow, rate_bars
from kam.method.account_figures import FOR_RETURN, AccountFigures, added, increment
from kam.method.capital import contradiction
from kam.method.incremental import incremental_words, needed
from kam.method.returns import SELF_FINANCING, Return
from kam.method.tier_down import REVIEWS_BELOW, tier_down
from kam.report.account_returns import (
    UNKNOWN,
    apart_words,
    inputs_table,
    members_table,
    percent,
    rate_words,
    returns_table,
)
from kam.ui import evidence, state, words
from kam.ui.amounts import TO_THE_CENT, cents, number_columns, right_aligned, signed
from kam.ui.frame import Room
from kam.ui.kept import Kept
from kam.ui.parts import picture
from kam.ui.resources import figures, missing, money, names
from kam.ui.review_states import all_reviews, result, states

ALL = "All customers"
EVERY = "Every customer, the lowest return first"
AMOUNTS = ("Profit", "Capital", "Brings an hour")
SIZE = (770, 190)  # px
TABLE = 290  # px, the most
MOST_TOLD = 2  # key accounts to talk about that are told here
_OPENED = "returns_opened"

_table = Kept(lambda result: returns_table(AccountFigures(result)))


def title(room: Room) -> str:
    """What the capital of all customers earns, beside what it has to earn."""
    found = figures(room)
    rate = found.together.rate
    if rate is None:
        return "What does capital in customers earn?"
    return f"Capital in customers earns {percent(rate)}; it needs {needed(found.hurdle)}"


def returns(room: Room) -> None:
    """Classes beside the hurdle, the table of customers, and one customer with its inputs."""
    left, right = st.columns([SIZE[0], 420], gap="medium")
    with left:
        _bars(room)
        opened = _open(room)
        if opened == EVERY:
            _customers(room)
        else:
            _members(room, opened)
    with right, st.container(gap="xsmall"):
        customer = evidence.pick(room)
        if customer is not None:
            _one(room, customer)
        missing(room, FOR_RETURN)
        _step_down(room)


def _bars(room: Room) -> None:
    """All customers, then each class, beside what capital has to earn."""
    found = figures(room)
    rows = [RateRow(name, one.rate, rate_words(one)) for name, one in _rates(room).items()]
    drawn = rate_bars(rows, found.hurdle, SIZE)
    picture(drawn, "rates", alt="What capital earns, of all customers and of each class")


def _rates(room: Room) -> dict[str, Return]:
    """All customers, then each class, with what their capital earns."""
    found = figures(room)
    return {ALL: found.together, **found.of_classes}


def _open(room: Room) -> str:
    """What stands below the bars: every customer, or what one of the rates adds up from."""
    options = [EVERY, *_rates(room)]
    held = state.widget(_OPENED)
    state.seed(_OPENED, held if held in options else EVERY)
    told = st.selectbox(
        "Below",
        options,
        key=_OPENED,
        format_func=lambda one: one if one == EVERY else f"What adds up to the rate: {one}",
        label_visibility="collapsed",
    )
    return str(told)


def _customers(room: Room) -> None:
    """Every customer with profit, capital and return."""
    table = _table(room)
    st.dataframe(
        signed(table, AMOUNTS),
        hide_index=True,
        placeholder="–",
        height=TABLE,
        column_config={
            **number_columns(table, AMOUNTS),
            **right_aligned(("Return", "More business")),
        },
        alt="Operating profit, capital and return of every customer, the lowest return first",
    )


def _members(room: Room, group: str) -> None:
    """Who is in the rate of a group, with every line to the cent; and who is not."""
    earned = _rates(room)[group]
    called = {key: one.name for key, one in room.workshop.customers.items()}
    table = members_table(figures(room), earned, called, cents)
    st.dataframe(
        table,
        hide_index=True,
        height=TABLE - 55,
        column_config={
            "Customer": st.column_config.TextColumn("Customer", pinned=True),
            **right_aligned(table.columns[1:], TO_THE_CENT),
        },
        alt=f"Profit and capital of {group}, customer by customer, with their sums",
    )
    apart = apart_words(earned, lambda keys: names(room, keys), lambda sum_: money(room, sum_))
    told = f"{rate_words(earned).capitalize()} is operating profit over capital. {apart}"
    st.caption(words.plain(f"{room.workshop.currency} over twelve months. {told}".strip()))


def _one(room: Room, customer: str) -> None:
    """A customer's return, how it comes about, and what its gain would earn."""
    found = figures(room)
    earned = found.returns[customer]
    st.markdown(_told(earned))
    hours = found.per_hour(customer)
    if hours is not None:
        st.markdown(f"{_money(room, hours)} of contribution for each hour that we spend on it.")
    known = room.assessment.workshop.customers[customer]
    chance = known.economics.gain_probability_pct
    likely = "" if chance is None else f" Its gain is {chance:g} % likely."
    told = incremental_words(increment(known.economics), found.hurdle)
    st.markdown(words.plain(f"More business: {told}{likely}"))
    differs = contradiction(known, room.workshop.currency)
    if differs:
        with st.container(key="gap_capital"):
            st.markdown(words.plain(differs))
    with st.expander("How it comes about"):
        opened = (
            (earned.profit, "Operating profit"),
            (earned.capital, "Capital"),
            (added(known.economics), f"Tied up for a gain of {money(room, known.economics.gain)}"),
        )
        for figure, total in opened:
            unit = f"{room.workshop.currency}, twelve months"
            table = inputs_table(figure, total, unit, cents)
            st.dataframe(
                table,
                hide_index=True,
                column_config=right_aligned(table.columns[1:]),
                alt=f"{total} and what it adds up from",
            )


def _told(earned: Return) -> str:
    """A customer's return in a sentence."""
    if earned.rate is not None:
        return f"It earns **{rate_words(earned)}** a year on the capital that it ties up."
    if earned.reason == SELF_FINANCING:
        return "**It finances itself**: it ties up no money of ours. Compare what an hour brings."
    return f"**Its return is not known.** {words.plain(earned.reason.capitalize())}."


def _money(room: Room, amount: float | None) -> str:
    """An amount to the cent, with its currency."""
    return UNKNOWN if amount is None else f"{room.workshop.currency} {cents(amount)}"


def _step_down(room: Room) -> None:
    """Key accounts whose gain was below the hurdle at the last two reviews."""
    *earlier, _ = all_reviews(room, states(room)[-1])
    past = [result(room, one) for one in earlier[1 - REVIEWS_BELOW :]]
    for found in tier_down([*past, room.assessment])[:MOST_TOLD]:
        st.markdown(words.plain(found.words))
