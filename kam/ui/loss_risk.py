"""Parts of the portfolio page: which key accounts we may lose, and what speaks for it."""

from collections.abc import Sequence
from datetime import date

import streamlit as st

from kam.charts.portfolio import HEAD, ROW, SignRow, fitting, sign_grid
from kam.edits import ChangeEconomics
from kam.method.loss_risk import Risk, at_stake, headline, risks, unknown_words
from kam.method.warning_signs import Sign
from kam.model import Class
from kam.ui import inputs, parts, review_states, state, words
from kam.ui.frame import PAGES, Room
from kam.ui.inputs import Field
from kam.validated import changed

GRID_SIZE = (830, 452)  # px at most, for 1280x720
_CHOSEN = "at_risk"


def found_in(room: Room) -> tuple[Risk, ...]:
    """The risk of every key account, beside the last review."""
    *past, _ = review_states.all_reviews(room, review_states.states(room)[-1])
    earlier = review_states.result(room, past[-1]) if past else None
    return risks(room.assessment, room.today, earlier)


def title(room: Room) -> str:
    """How much contribution hangs on the key accounts that show a sign."""
    found = found_in(room)
    stake = at_stake(found)
    if stake.unknown == stake.accounts:
        return headline(found)
    amount = words.amount(stake.contribution, room.workshop.currency)
    more = f" ({stake.unknown:,} more unknown)" if stake.unknown else ""
    return f"{amount} of contribution with key accounts shows signs of risk{more}"


def at_risk(room: Room) -> None:
    """Key accounts with their warning signs; one of them opened."""
    found = found_in(room)
    if not found:
        _nobody(room)
        return
    left, right = st.columns([GRID_SIZE[0], 370], gap="medium")
    with left:
        _grid(room, found)
    with right:
        _opened(room, found)


def _nobody(room: Room) -> None:
    """There is no key account."""
    st.markdown("#### No customer is key yet, so there is no key account to lose.")
    st.page_link(PAGES["matrix"], label="See the matrix", query_params=room.address)


def _grid(room: Room, found: Sequence[Risk]) -> None:
    """The key accounts with most signs."""
    rows = [_row(room, one) for one in found[: fitting(GRID_SIZE[1])]]
    drawn = sign_grid(list(Sign), rows, (GRID_SIZE[0], HEAD + len(rows) * ROW))
    parts.picture(drawn, "signs", alt="Warning signs of the key accounts, most signs first")
    if len(rows) < len(found):
        told = f"Drawn are {len(rows)} of {len(found):,} key accounts"
        st.caption(f"{told}: most signs first, then those that we know least.")
    if sentence := unknown_words(tuple(found)):
        st.markdown(words.plain(sentence))


def _row(room: Room, one: Risk) -> SignRow:
    """One key account in the grid."""
    result = room.assessment
    return SignRow(
        name=result.workshop.customers[one.customer].name,
        klass=result.standings[one.customer].klass or Class.KEY_CORE,
        signs=tuple(checked.shown for checked in one.checked),
        tips=tuple(checked.words for checked in one.checked),
        money=words.amount(one.contribution, room.workshop.currency),
    )


def _opened(room: Room, found: Sequence[Risk]) -> None:
    """One key account: what was found for each sign, and the contract's end to write down."""
    every = {one.customer: one for one in found}
    customer = _choose(room, list(every))
    st.markdown(f"**{words.plain(every[customer].words)}**")
    for checked in every[customer].checked:
        with st.container(key=f"{'gap' if checked.shown else 'told'}_{checked.sign.name}"):
            st.markdown(words.plain(checked.words))
    inputs.day("Contract until", _contract(room, customer))
    st.page_link(PAGES["customers"], label="Change what we know", query_params=room.address)


def _choose(room: Room, customers: Sequence[str]) -> str:
    """The key account that this tab has open, here and on other pages; at first the first."""
    last = state.recall("customer")
    opened = str(last) if last in customers else customers[0]
    state.seed(_CHOSEN, opened)
    st.selectbox(
        "Key account",
        customers,
        key=_CHOSEN,
        format_func=lambda key: room.assessment.workshop.customers[key].name,
        label_visibility="collapsed",
        on_change=lambda: state.remember("customer", state.widget(_CHOSEN)),
    )
    state.remember("customer", opened)
    return opened


def _contract(room: Room, customer: str) -> Field:
    """The day until which both are bound."""
    economics = room.workshop.customers[customer].economics

    def edit(new: date | None) -> ChangeEconomics:
        held = room.present.customers.get(customer)
        known = held.economics if held else economics
        return ChangeEconomics(customer=customer, economics=changed(known, contract_until=new))

    return Field(room.workshop.id, f"contract.{customer}", economics.contract_until, edit)
