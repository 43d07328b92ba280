"""Parts of the page on resources: what letting customers go changes, and what to check first."""

from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta

import streamlit as st

from kam.method.drafts.pace import NOTICE_DAYS
from kam.method.exit_checks import Check, Finding, concentration_check, exit_checks
from kam.method.exits import Exit, Verdict, exit_words
from kam.method.freed_hours import freed_words
from kam.report.account_returns import (
    CHANGES,
    RETURN_ROW,
    SO_FAR,
    before_and_after,
    exit_rows,
    opened_return,
    opened_row,
    order_table,
)
from kam.ui import resources, state, words
from kam.ui.amounts import TO_THE_CENT, cents, right_aligned, whole
from kam.ui.frame import PAGES, Room
from kam.ui.resources import figures, money, names

QUESTION = "What changes if we let customers go?"
A_YEAR = timedelta(days=365)  # until an exit without a deadline is over
MOST_CHECKED = 8  # customers whose checks are shown
ALL_ROWS = "Today and afterwards"
ROW, TABLE = 29, 390  # px: a row of a table, and the most of one
AMOUNT = 145  # px: a column of whole amounts, or of a name
_CHOSEN, _OPENED = "exits_chosen", "exits_opened"
_MARK = {Finding.AGAINST: "Stop", Finding.UNKNOWN: "Ask", Finding.CLEAR: "Clear"}


def chosen(room: Room) -> list[str]:
    """Whom this tab lets go; to begin with, those whose plan is a managed exit.

    Also customers outside the long list; one that is judged within its group goes with it.
    """
    plans = room.workshop.plans
    planned = [k for k, plan in plans.items() if plan.template == "L3" and not plan.outcome]
    known = state.recall(f"exits:{room.workshop.id}", planned)
    return [key for key in known if key in room.assessment.standings]


def title(room: Room) -> str:
    """What the exits that are chosen do to profit, and what the capital may earn instead."""
    return exit_words(_found(room), lambda one: money(room, one), words.amount) or QUESTION


def _called(room: Room, customer: str) -> str:
    return room.workshop.customers[customer].name


def _found(room: Room) -> Exit:
    return figures(room).exit(tuple(chosen(room)))


def choose(room: Room) -> None:
    """Whom to leave out of the figures afterwards."""
    state.seed(_CHOSEN, chosen(room))
    st.multiselect(
        "Let go, to see what changes",
        list(room.assessment.standings),
        key=_CHOSEN,
        format_func=lambda key: room.workshop.customers[key].name,
        on_change=_chose,
        args=(room,),
        placeholder="Choose customers",
        label_visibility="collapsed",
    )


def _chose(room: Room) -> None:
    state.remember(f"exits:{room.workshop.id}", list(state.widget(_CHOSEN) or []))


def changes(room: Room) -> None:
    """Before and after, the order, where hours go, and what to check."""
    with st.container(horizontal=True, vertical_alignment="center"):
        choose(room)
        opened = _open(room) if chosen(room) else ALL_ROWS
    found = _found(room)
    if not found.going:
        st.markdown("#### Choose customers to see what would change without them.")
        return
    left, right = st.columns([700, 500], gap="medium")
    with left:
        _table(room, found, opened)
        _told(room, found)
    with right, st.container(gap="xsmall"):
        _order(room, found)
        _checks(room, found)


def _open(room: Room) -> str:
    """The row whose customers are shown, or all rows."""
    rows = (*exit_rows(figures(room).hurdle), RETURN_ROW)
    held = state.widget(_OPENED)
    state.seed(_OPENED, held if held in rows else ALL_ROWS)
    told = st.selectbox(
        "Show",
        [ALL_ROWS, *rows],
        key=_OPENED,
        format_func=lambda one: one if one == ALL_ROWS else f"By customer: {one}",
        label_visibility="collapsed",
        width=480,
    )
    return str(told)


def _table(room: Room, found: Exit, opened: str) -> None:
    """Before and after, or one of its rows opened customer by customer."""
    called = {key: one.name for key, one in room.workshop.customers.items()}
    hurdle, width = figures(room).hurdle, None
    first = {"Customer": st.column_config.TextColumn("Customer", pinned=True)}
    if opened == RETURN_ROW:
        table = opened_return(found, called, cents)
    elif opened != ALL_ROWS:
        table, width = opened_row(found, exit_rows(hurdle)[opened], called, cents), TO_THE_CENT
    else:
        table = before_and_after(found, whole, hurdle, called)
        first, width = {"": st.column_config.TextColumn("", width=230)}, AMOUNT
    st.dataframe(
        table,
        hide_index=True,
        row_height=ROW,
        height=min(ROW * (len(table) + 1) + 7, TABLE),
        column_config={**first, **right_aligned(table.columns[1:], width)},
        alt="Figures today, what goes, and afterwards",
    )


def _told(room: Room, found: Exit) -> None:
    """What is not known, who is in no sum, and who takes the freed hours."""
    with st.container(key="gap_exits", gap="xxsmall"):
        for key, figures_missing in found.missing.items():
            asked = ", ".join(name.lower() for name in figures_missing)
            st.markdown(words.plain(f"Find out of {names(room, [key])}: {asked}."))
    if found.verdict is Verdict.REPRICE:
        st.markdown("**Leaving costs more than it brings: ask for a better price.**")
    freed = figures(room).freed(found.leaving)
    if freed:
        st.markdown(words.plain(freed_words(freed, lambda key: _called(room, key))))
    left_out = [
        f"{what} {'is' if what == 'Revenue' else 'are'} without {names(room, keys)}"
        for what, keys in (
            ("Profit and capital", found.left_out),
            ("Revenue", found.revenue_unknown),
        )
        if keys
    ]
    if found.unknown and found.unknown != found.leaving:
        left_out.append(f"Only revenue and hours are with the exit of {names(room, found.unknown)}")
    apart = found.before.returns.self_financing.lines
    if apart:
        itself = names(room, [line.name for line in apart])
        left_out.append(f"The return is without {itself}: self-financing")
    told = [*left_out, f"Amounts in {room.workshop.currency}, over twelve months"]
    st.caption(words.plain(f"{'. '.join(told)}."))


def _order(room: Room, found: Exit) -> None:
    """In which order, and what each does."""
    steps = figures(room).exit_order(found.leaving, room.today)
    called = {key: one.name for key, one in room.workshop.customers.items()}
    st.markdown("**In this order: who can go first, then most gain**")
    st.dataframe(
        order_table(steps, called, whole),
        hide_index=True,
        column_config={
            "Order": st.column_config.NumberColumn("", width=30),
            "Customer": st.column_config.TextColumn("Customer", width=130),
            "Not before": st.column_config.TextColumn("Not before", width=95),
            **right_aligned((CHANGES,), 80),
            **right_aligned((SO_FAR,), 135),
        },
        alt="The exits in their order, when each can be, and what it does to profit",
    )
    st.caption(
        f"Not before: the contract, or {NOTICE_DAYS} days of notice. {SO_FAR}: profit of all up "
        "to this one, and what freed capital may earn."
    )


def _checks(room: Room, found: Exit) -> None:
    """What to check of each customer before it goes."""
    st.markdown("**Check before the first step**")
    if len(found.leaving) > 1:
        st.markdown(_checked(concentration_check(room.assessment, found.leaving)))
    for key in found.leaving[:MOST_CHECKED]:
        checks = exit_checks(room.assessment, key, _end(room, key))
        with st.expander(f"{room.name(key)}: {_summed_up(checks)}"):
            for check in checks:
                st.markdown(_checked(check))
    if len(found.leaving) > MOST_CHECKED:
        st.caption(f"Shown are the first {MOST_CHECKED} of {len(found.leaving):,}.")
    resources.link(room, PAGES["plans"], "Plan these exits")


def _summed_up(checks: Sequence[Check]) -> str:
    """How many checks speak against an exit, else how many are open."""
    found = Counter(check.finding for check in checks)
    if found[Finding.AGAINST]:
        return f"{words.count(found[Finding.AGAINST], 'reason')} to stop"
    if found[Finding.UNKNOWN]:
        return f"{words.count(found[Finding.UNKNOWN], 'question')} to ask first"
    return "nothing against it"


def _checked(check: Check) -> str:
    """What a check says, after what follows from it."""
    return f"**{_MARK[check.finding]}** · {words.plain(check.words)}"


def _end(room: Room, customer: str) -> date:
    """The day on which the business is to end: of its plan, else in a year."""
    plan = room.workshop.plans.get(customer)
    return plan.deadline if plan and plan.deadline else room.today + A_YEAR
