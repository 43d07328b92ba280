"""Parts of the second opinion: what other methods and other weights would choose, and why."""

from collections.abc import Iterable, Sequence

import streamlit as st

from kam.method.futures import Move
from kam.method.same_order import same_orders
from kam.method.second_opinion import FEWEST, Difference, Opinion, Way, second_opinions
from kam.report import other_methods
from kam.ui import parts, words
from kam.ui.frame import PAGES, VIEWS, Room
from kam.ui.kept import Kept

QUESTION = "Would another method choose the same?"
MOST_TOLD = 4  # customers that are told of a method; more are counted
_COLUMNS = [3.2, 8.8]

_opinions = Kept(second_opinions)
_orders = Kept(same_orders)


def enough(room: Room) -> bool:
    """Whether there are customers to compare."""
    return room.assessment.scored_count >= FEWEST


def choose_view(views: Sequence[str]) -> str:
    """What other methods say, their levels, or other weights."""
    return parts.choose_view(views, views[0], "second_opinion_view")


def title(room: Room, view: str) -> str:
    """The answer."""
    if view == "Weights":
        return other_methods.orders_message(_orders(room))
    return other_methods.methods_message(_opinions(room).values())


def empty(room: Room) -> None:
    """What is missing, and where to go."""
    scored = room.assessment.scored_count
    st.markdown(
        f"#### Score at least {FEWEST} customers on both axes: {scored} "
        f"{'is' if scored == 1 else 'are'}. Other methods compare customers with each other."
    )
    for obstacle in room.assessment.obstacles:
        st.markdown(words.plain(obstacle))
    st.page_link(PAGES["customers"], label="Score customers", query_params=room.address)


def stays() -> None:
    """Which result counts."""
    st.markdown(other_methods.RESULT)


# --- methods --------------------------------------------------------------------------------------


def methods(room: Room) -> None:
    """One row a method: the overlap, and the customers that differ with the reason."""
    for opinion in _opinions(room).values():
        name, told = st.columns(_COLUMNS, gap="medium")
        name.markdown(f"**{words.plain(opinion.way.label)}**")
        with told:
            st.markdown(words.plain(opinion.words(_names(room))))
            _differences(room, opinion)


def _differences(room: Room, opinion: Opinion) -> None:
    for found in opinion.differences[:MOST_TOLD]:
        st.markdown(_difference(room, opinion, found))
    more = len(opinion.differences) - MOST_TOLD
    if more > 0:
        change = "changes" if more == 1 else "change"
        st.caption(f"{words.count(more, 'more customer')} {change} class: see Levels.")


def _difference(room: Room, opinion: Opinion, found: Difference) -> str:
    """A customer, its two classes, the reason, and its two levels on each axis."""
    levels = other_methods.levels_words(room.assessment, opinion, found)
    return (
        f"**{room.name(found.customer)}** · {found.klass.label} → {found.other.label}.  \n"
        f"{words.plain(found.why)} :gray[{words.plain(levels)}]"
    )


def levels(room: Room) -> None:
    """Both classes and both levels an axis of every scored customer, by the method chosen."""
    labels = {way.label: way for way in Way}
    chosen = labels[parts.choose_view(list(labels), next(iter(labels)), "other_method")]
    st.dataframe(
        other_methods.levels(room.assessment, _opinions(room)[chosen]),
        hide_index=True,
        height=440,
        column_config={
            name: st.column_config.NumberColumn(name, format="%.1f")
            for name in other_methods.LEVELS[3:]
        },
        alt="Every scored customer with both classes and both levels, those that differ first",
    )


# --- weights --------------------------------------------------------------------------------------


def weights(room: Room) -> None:
    """The same order with other points, what it would choose, and how members were asked."""
    left, right = st.columns([6, 6], gap="large")
    with left:
        st.dataframe(
            other_methods.order_weights(room.assessment, _orders(room)),
            hide_index=True,
            column_config={"Place": st.column_config.NumberColumn("Place", format="%g")},
            alt="The criteria in their order, with their points now and those that follow from it",
        )
        st.markdown(words.plain(other_methods.ways_words(room.workshop)))
        _answer_link(room)
    with right:
        for one in _orders(room).values():
            st.markdown(f"**{words.plain(one.slope.label)}**")
            st.markdown(words.plain(one.words(_names(room))))
            _turned(room, one.turned)


def _turned(room: Room, turned: Iterable[Move]) -> None:
    """Who changes class; those beyond the first few are counted."""
    every = list(turned)
    for move in every[:MOST_TOLD]:
        before, after = (one.label if one else "Not scored" for one in (move.before, move.after))
        st.markdown(f"**{room.name(move.customer)}** · {before} → {after}")
    if more := every[MOST_TOLD:]:
        change = "changes" if len(more) == 1 else "change"
        st.caption(f"{words.count(len(more), 'more customer')} {change} class.")


def _answer_link(room: Room) -> None:
    path, name = VIEWS["answer"]
    st.page_link(path, label=name, query_params=room.address)


def _names(room: Room) -> dict[str, str]:
    """Every customer's name."""
    return {key: one.name for key, one in room.assessment.workshop.customers.items()}
