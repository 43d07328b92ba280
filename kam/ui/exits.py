"""Parts of the page on resources: what letting customers go changes, and what to check first."""

from datetime import date, timedelta

import streamlit as st

from kam.method.account_figures import AccountFigures
from kam.method.exit_checks import Finding, exit_checks
from kam.method.exits import Exit, Verdict
from kam.report.account_returns import before_and_after, order_table
from kam.ui import resources, state, words
from kam.ui.frame import PAGES, Room
from kam.ui.resources import figures, money, names

QUESTION = "What changes if we let customers go?"
A_YEAR = timedelta(days=365)  # until an exit without a deadline is over
MOST_CHECKED = 8  # customers whose checks are shown
MOST_GAINING = 4  # customers to whom the freed hours go
_CHOSEN = "exits_chosen"
_MARK = {Finding.AGAINST: "Stop", Finding.UNKNOWN: "Ask", Finding.CLEAR: "Clear"}


def chosen(room: Room) -> list[str]:
    """Whom this tab lets go; to begin with, those whose plan is a managed exit."""
    plans = room.workshop.plans
    planned = [k for k, plan in plans.items() if plan.template == "L3" and not plan.outcome]
    known = state.recall(f"exits:{room.workshop.id}", planned)
    return [key for key in known if key in room.assessment.judged]


def title(room: Room) -> str:
    """What the exits that are chosen bring."""
    found = _found(room)
    brings = found.gain.amount
    if not found.going or brings is None:
        return QUESTION
    who = words.count(len(found.going), "exit")
    if found.verdict is Verdict.REPRICE:
        return f"{who} would cost {money(room, -brings)} a year: ask for a better price"
    return f"{who} would bring {money(room, brings)} a year"


def _found(room: Room) -> Exit:
    return figures(room).exit(tuple(chosen(room)))


def whole(room: Room, amount: float | None) -> str:
    """An amount without cents, so that a table adds up before one's eyes."""
    if amount is None:
        return "unknown"
    return f"{room.workshop.currency} {amount:,.0f}".replace("-", "−")


def choose(room: Room) -> None:
    """Whom to leave out of the figures afterwards."""
    state.seed(_CHOSEN, chosen(room))
    st.multiselect(
        "Let go, to see what changes",
        list(room.assessment.judged),
        key=_CHOSEN,
        format_func=lambda key: room.workshop.customers[key].name,
        on_change=_chose,
        args=(room,),
        placeholder="Choose customers",
    )


def _chose(room: Room) -> None:
    state.remember(f"exits:{room.workshop.id}", list(state.widget(_CHOSEN) or []))


def changes(room: Room) -> None:
    """Before and after, the order, where hours go, and what to check."""
    choose(room)
    found = _found(room)
    if not found.going:
        st.markdown("#### Choose customers to see what would change without them.")
        return
    left, right = st.columns([700, 500], gap="medium")
    with left:
        table = before_and_after(found, lambda amount: whole(room, amount))
        st.dataframe(table, hide_index=True, alt="Figures today, what goes, and afterwards")
        _told(room, found)
    with right, st.container(gap="xsmall"):
        _order(room, found)
        _checks(room, found)


def _told(room: Room, found: Exit) -> None:
    """What is not known, and who takes the freed hours."""
    with st.container(key="gap_exits", gap="xxsmall"):
        for key, figures_missing in found.missing.items():
            asked = ", ".join(name.lower() for name in figures_missing)
            st.markdown(words.plain(f"Find out of {names(room, [key])}: {asked}."))
    if found.left_out:
        count = words.count(len(found.left_out), "customer")
        st.caption(f"Profit and capital are without {count} of whom a figure is not known.")
    told = freed(figures(room), found)
    if told:
        gaining = names(room, told, MOST_GAINING)
        st.markdown(words.plain(f"The hours that become free are due to {gaining}."))


def freed(of: AccountFigures, found: Exit) -> dict[str, float]:
    """Customer -> hours a year that are due to it in addition, the most first."""
    after = of.fair_without(found.leaving)
    if of.fair is None or after is None:
        return {}
    more = {key: due - of.fair.hours.get(key, 0.0) for key, due in after.hours.items()}
    some = {key: hours for key, hours in more.items() if hours >= 1}
    return dict(sorted(some.items(), key=lambda item: -item[1]))


def _order(room: Room, found: Exit) -> None:
    """In which order, and what each brings."""
    steps = figures(room).exit_order(found.leaving)
    called = {key: one.name for key, one in room.workshop.customers.items()}
    st.markdown("**In this order: most gain for the revenue given up comes first**")
    table = order_table(steps, called, lambda amount: whole(room, amount))
    st.dataframe(table, hide_index=True, alt="The exits in their order, with what each brings")


def _checks(room: Room, found: Exit) -> None:
    """What to check of each customer before it goes."""
    st.markdown("**Check before the first step**")
    for key in found.leaving[:MOST_CHECKED]:
        checks = exit_checks(room.assessment, key, _end(room, key))
        against = sum(check.finding is Finding.AGAINST for check in checks)
        verb = f"{words.count(against, 'reason')} to stop" if against else "nothing against it"
        with st.expander(f"{room.name(key)}: {verb}"):
            for check in checks:
                st.markdown(f"**{_MARK[check.finding]}** · {words.plain(check.words)}")
    if len(found.leaving) > MOST_CHECKED:
        st.caption(f"Shown are the first {MOST_CHECKED} of {len(found.leaving):,}.")
    resources.link(room, PAGES["plans"], "Plan these exits")


def _end(room: Room, customer: str) -> date:
    """The day on which the business is to end: of its plan, else in a year."""
    plan = room.workshop.plans.get(customer)
    return plan.deadline if plan and plan.deadline else room.today + A_YEAR
