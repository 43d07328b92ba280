"""Parts of the page on resources: hours now and due, who has too many, and what moving costs."""

from collections.abc import Iterable, Mapping, Sequence

import streamlit as st

from kam.charts.flow import HoursRow, fitting, height_of, hours_moves
from kam.method.account_figures import FOR_HOURS, AccountFigures, few
from kam.method.frontier import Change
from kam.method.hours_limits import at_odds
from kam.method.portfolio import UNSCORED
from kam.method.resources import fair_words
from kam.method.shifts import (
    Served,
    Service,
    follows_words,
    headline,
    hours_unknown,
    shift_words,
)
from kam.model import Class
from kam.report.hours import hours_table
from kam.ui import parts, words
from kam.ui.frame import PAGES, Room
from kam.ui.kept import Kept

HOURS, RETURN, EXITS, FRONTIER = "Hours", "Return", "Exits", "What hours win"
VIEW = "resources_view"
QUESTION = "Where do our hours go?"
BY_CUSTOMER, BY_CLASS, TABLE = "By customer", "By class", "Table"
SIZE = (770, 450)  # px, for 1280x720
MOST_MOVES = 3  # sentences of the list at the right

figures = Kept(AccountFigures)
_table = Kept(lambda result: hours_table(AccountFigures(result)))


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
    if len(hours_unknown(found.shares)) == len(found.shares):
        return QUESTION
    return headline(found.shares, found.fair)


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
    if not any(one.hours is not None or one.fair is not None for one in found.served):
        _beside(room)
        return
    left, right = st.columns([SIZE[0], 420], gap="medium")
    with left:
        _picture(room)
    with right, st.container(gap="xsmall"):
        _beside(room)


def _beside(room: Room) -> None:
    """What is told of the hours; all there is where none is known."""
    _told(room)
    _moves(room)
    missing(room, FOR_HOURS)


def _picture(room: Room) -> None:
    """The picture, and by what its rows are; or the table of all."""
    by = parts.choose_view((BY_CUSTOMER, BY_CLASS, TABLE), BY_CUSTOMER, "hours_by")
    if by == TABLE:
        _every(room)
        return
    rows = _class_rows(room) if by == BY_CLASS else _customer_rows(room)
    size = (SIZE[0], min(SIZE[1], height_of(len(rows))))
    parts.picture(hours_moves(rows, size), "hours", alt="Hours now and hours due; see the title")
    total = len(figures(room).served)
    if by == BY_CLASS:
        st.markdown(words.plain(" ".join(at_odds(figures(room)))))
    elif total > len(rows):
        st.caption(f"{len(rows)} of {words.count(total, 'customer')}; all are in the table.")


def _every(room: Room) -> None:
    """All customers, sorted as anybody likes."""
    st.dataframe(
        _table(room),
        hide_index=True,
        placeholder="–",
        height=SIZE[1],
        column_config={
            name: st.column_config.NumberColumn(name, format="localized")
            for name in ("Likely gain", "Hours now", "Hours due", "Change")
        },
        alt="Likely gain, hours now and hours due of every customer, the largest change first",
    )


def _customer_rows(room: Room) -> list[HoursRow]:
    """Those whose hours change most."""
    return [_customer_row(room, one) for one in figures(room).served[: fitting(SIZE[1])]]


def _customer_row(room: Room, one: Served) -> HoursRow:
    name = room.workshop.customers[one.customer].name
    klass = room.assessment.standings[one.customer].klass
    now = "not known" if one.hours is None else f"{one.hours:,.0f}"
    fair = figures(room).fair
    lacks = "gain not known" if fair and fair.hours else "none due"
    due = lacks if one.fair is None else f"{one.fair:,.0f} due"
    return HoursRow(name, klass, one.hours, one.fair, f"{name}: {now} now, {due}")


def _class_rows(room: Room) -> list[HoursRow]:
    """Each class that has customers; unknown while the hours of one of them are.

    Customers whose gain is not known count with the hours that they keep.
    """
    standings, fair = room.assessment.standings, figures(room).fair
    rows = []
    for klass in (*Class, None):
        some = [one for one in figures(room).served if standings[one.customer].klass is klass]
        known = [one.hours for one in some if one.hours is not None]
        if some:
            now = sum(known) if len(known) == len(some) else None
            told = fair is not None and any(one.fair is not None for one in some)
            due = sum(fair.hours[one.customer] for one in some) if fair and told else None
            rows.append(HoursRow(klass.label if klass else UNSCORED, klass, now, due))
    return rows


def _told(room: Room) -> None:
    """What has to be known of the hours, who has too many or few, and what they follow."""
    found = figures(room)
    for sentence in fair_words(found.fair) if found.fair else ():
        st.markdown(words.plain(sentence))
    services = [one.service for one in found.served]
    over, under = services.count(Service.OVER), services.count(Service.UNDER)
    if over or under:
        who = words.count(over, "customer")
        st.markdown(f"**{who} with too many hours, {under:,} with too few**")
    if found.follows is not None:
        st.markdown(follows_words(found.follows))


def _moves(room: Room) -> None:
    """How many hours move and what they cost, the largest moves, and what all win and give up."""
    found = figures(room)
    if not found.shifts:
        return
    hours = sum(shift.hours for shift in found.shifts)
    cost = room.workshop.hours_policy.cost_per_hour
    work = "" if cost is None else f", {money(room, cost * hours)} of work"
    st.markdown(words.plain(f"{hours:,.0f} hours a year move{work}. The largest moves:"))
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
