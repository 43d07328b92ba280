"""Parts of the page on resources: hours now and due, who has too many, and what moving costs."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

import streamlit as st

from kam.charts.flow import HoursRow, fitting, hours_moves
from kam.method.account_figures import FOR_HOURS, AccountFigures, few
from kam.method.frontier import Change
from kam.method.portfolio import UNSCORED
from kam.method.resources import fair_words
from kam.method.shifts import Served, Service, headline, hours_unknown, shift_words
from kam.model import Class
from kam.ui import parts, words
from kam.ui.frame import PAGES, Room
from kam.ui.kept import Kept

HOURS, RETURN, EXITS, FRONTIER = "Hours", "Return", "Exits", "What hours win"
VIEW = "resources_view"
QUESTION = "Where do our hours go?"
BY_CUSTOMER, BY_CLASS = "By customer", "By class"
SIZE = (770, 450)  # px, for 1280x720
MOST_MOVES, MOST_LISTED = 3, 2  # sentences of the list at the right

figures = Kept(AccountFigures)


def choose_view() -> str:
    """Which of the four views this tab shows."""
    return parts.choose_view((HOURS, RETURN, EXITS, FRONTIER), HOURS, VIEW)


def names(room: Room, customers: Iterable[str], most: int = 3) -> str:
    """Names of customers as they stand in a sentence, and how many more."""
    return few((room.workshop.customers[key].name for key in customers), most)


def money(room: Room, amount: float | None) -> str:
    """An amount in the workshop's currency, in the unit that fits."""
    return words.amount(amount, room.workshop.currency)


def title(room: Room) -> str:
    """How much of the account time sits in the wrong place, or what it takes to know it."""
    found = figures(room)
    unknown, of = len(hours_unknown(found.shares)), len(found.shares)
    if not found.shares or unknown == of:
        return QUESTION
    if unknown:
        return f"Today’s hours are known of {of - unknown:,} of {of:,} customers"
    if found.fair is None or found.fair.short:
        return "There are too many accounts for the hours" if found.fair else QUESTION
    return headline(found.shares, found.fair).rstrip(".")


def empty(room: Room) -> None:
    """There is nobody to share hours out to."""
    st.markdown("#### Bring in customers first: then you see here what each of them takes.")
    link(room, PAGES["customers"], "Bring in customers")


def link(room: Room, page: str, label: str) -> None:
    """A link to another page of the same workshop."""
    st.page_link(page, label=label, query_params=room.address)


# --- hours ----------------------------------------------------------------------------------------


def hours(room: Room) -> None:
    """Hours now and due by customer or class; beside them who has too many, and what moves."""
    found = figures(room)
    if found.fair is None:
        st.markdown("#### Say how many hours our people have, or what each customer takes now.")
        link(room, PAGES["objectives"], "Say how many hours there are")
        missing(room, FOR_HOURS)
        return
    left, right = st.columns([SIZE[0], 420], gap="medium")
    with left:
        if found.served:
            _picture(room)
    with right, st.container(gap="xsmall"):
        _told(room)
        _moves(room)
        missing(room, FOR_HOURS)


def _picture(room: Room) -> None:
    """The picture, and by what its rows are."""
    by = parts.choose_view((BY_CUSTOMER, BY_CLASS), BY_CUSTOMER, "hours_by")
    rows = _class_rows(room) if by == BY_CLASS else _customer_rows(room)
    parts.picture(hours_moves(rows, SIZE), "hours", alt="Hours now and hours due; see the title")
    total = len(figures(room).served)
    if by == BY_CUSTOMER and total > len(rows):
        st.caption(f"The {len(rows)} largest changes of {words.count(total, 'customer')}.")


def _customer_rows(room: Room) -> list[HoursRow]:
    """Those whose hours change most."""
    return [_customer_row(room, one) for one in figures(room).served[: fitting(SIZE[1])]]


def _customer_row(room: Room, one: Served) -> HoursRow:
    name = room.workshop.customers[one.customer].name
    klass = room.assessment.standings[one.customer].klass
    now = "not known" if one.hours is None else f"{one.hours:,.0f}"
    return HoursRow(name, klass, one.hours, one.fair, f"{name}: {now} now, {one.fair:,.0f} due")


def _class_rows(room: Room) -> list[HoursRow]:
    """Each class that has customers; unknown while the hours of one of them are."""
    standings = room.assessment.standings
    rows = []
    for klass in (*Class, None):
        some = [one for one in figures(room).served if standings[one.customer].klass is klass]
        known = [one.hours for one in some if one.hours is not None]
        if some:
            now = sum(known) if len(known) == len(some) else None
            name = klass.label if klass else UNSCORED
            rows.append(HoursRow(name, klass, now, sum(one.fair for one in some)))
    return rows


def _told(room: Room) -> None:
    """What has to be known of the hours, and who has too many or too few."""
    found = figures(room)
    if found.fair:
        # who has no known potential is listed as missing, however many they are
        for sentence in fair_words(replace(found.fair, unknown=())):
            st.markdown(words.plain(sentence))
    for service, heading in ((Service.OVER, "Too many hours"), (Service.UNDER, "Too few hours")):
        some = [one for one in found.served if one.service is service]
        if some:
            st.markdown(f"**{heading}: {words.count(len(some), 'customer')}**")
            st.markdown(words.plain(_listed(room, some)))


def _listed(room: Room, some: Sequence[Served]) -> str:
    """Who has how many hours instead of how many."""
    told = [
        f"{room.workshop.customers[one.customer].name} {one.hours:,.0f} instead of {one.fair:,.0f}"
        for one in some
        if one.hours is not None
    ]
    return f"{few(told, MOST_LISTED)}."


def _moves(room: Room) -> None:
    """The largest moves, and what they win and give up."""
    found = figures(room)
    if not found.shifts:
        return
    st.markdown("**The largest moves**")
    called = {key: one.name for key, one in room.workshop.customers.items()}
    moves = found.shifts[:MOST_MOVES]
    lines = [words.plain(shift_words(shift, called.__getitem__)) for shift in moves]
    st.markdown("\n".join(f"- {line}" for line in lines))
    if found.change:
        st.markdown(words.plain(change_words(room, found.change)))


def change_words(room: Room, change: Change) -> str:
    """What moving the hours wins and gives up, in a sentence."""
    won, lost = (_amounts(room, part) for part in (change.won, change.given_up))
    if not won and not lost:
        return "Moving the hours changes nothing that can be won."
    return f"Moving the hours wins {won or 'nothing'}, and gives up {lost or 'nothing'}."


def _amounts(room: Room, part: Mapping[str, float]) -> str:
    """The sum, and whom it is with; empty for nobody."""
    return f"{money(room, sum(part.values()))} a year with {names(room, part, 2)}" if part else ""


# --- what is missing ------------------------------------------------------------------------------


def missing(room: Room, wanted: Sequence[str]) -> None:
    """What nobody knows, of how many customers, and where to say it."""
    gaps = figures(room).missing(wanted)
    if not gaps:
        return
    told = [f"{name} of {names(room, keys)}" for name, keys in gaps.items()]
    with st.container(key="gap_resources", gap="xxsmall"):
        st.markdown(words.plain(f"Not known: {'; '.join(told)}."))
    link(room, PAGES["customers"], "Fill them in, or bring in a list with these columns")
