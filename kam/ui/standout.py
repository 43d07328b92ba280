"""Parts of the matrix page: the picture, its lines, the weights beside it, the table twin."""

from collections.abc import Callable

import streamlit as st

from kam.agenda import ENOUGH_CUSTOMERS
from kam.charts.matrix import Layout, View, domain, matrix
from kam.edits import Line, MoveLine, SetPoints
from kam.method.weights import points_beside
from kam.model import Axis
from kam.report import tables
from kam.ui import inputs, parts, state, words
from kam.ui.frame import VIEWS as PAGES
from kam.ui.frame import Room
from kam.ui.inputs import Field

WIDE = Layout(1112, 422, 15)
NARROW = Layout(724, 404, 14)
LINES: dict[Line, str] = {
    "attractiveness": "Attractiveness cut-off",
    "strength": "Strength cut-off",
    "strategic": "Strategic line",
}
_ALT = (
    "The selection matrix. Its message is the title of this page; "
    "the view Table holds every customer with class, scores and reason."
)
SURE = "How sure"
VIEWS = ("Picture", "Weights", SURE, "Table")
VIEW = "matrix_view"  # the widget that chooses


def title(room: Room) -> str:
    """The message of the picture."""
    result = room.assessment
    if not enough(room):
        return "Who stands out?"
    total = len(result.judged)
    close = sum(standing.close for standing in result.standings.values())
    verb = "is" if result.key_count == 1 else "are"
    told = f"{result.key_count} of {total:,} customers {verb} key"
    return f"{told}; {close} {'is' if close == 1 else 'are'} too close to call" if close else told


def enough(room: Room) -> bool:
    """Whether so many customers are scored that the picture says something."""
    return room.assessment.scored_count >= min(ENOUGH_CUSTOMERS, len(room.assessment.judged) or 1)


def choose_view() -> str:
    """Picture alone, with the weights beside it, how sure it is, or as a table."""
    return parts.choose_view(VIEWS, VIEWS[0], VIEW)


def chosen_view() -> str:
    """The view that this tab has chosen, before the control is drawn: the title goes with it."""
    return str(state.widget(VIEW) or VIEWS[0])


def lines(room: Room) -> None:
    """Where we draw the lines, and what a bubble's size means."""
    with st.popover("Lines"):
        for line, label in LINES.items():
            inputs.number(
                label, _line(room, line), min_value=0.0, max_value=10.0, step=0.1, format="%.1f"
            )
        st.caption(_room_left(room))
        st.selectbox(
            "A bubble's size shows",
            list(tables.SIZES),
            key="bubble_size",
            format_func=_size_label(room),
            persist_state="session",
        )


def _line(room: Room, line: Line) -> Field:
    def edit(new: float | None) -> MoveLine | None:
        return None if new is None else MoveLine(line=line, value=new)

    value = getattr(room.workshop.cut_offs, line)
    return Field(room.workshop.id, f"line.{line}", value, edit)


def _room_left(room: Room) -> str:
    """How many key accounts there are against what we can serve."""
    chosen = room.assessment.selection
    told = words.count(room.assessment.key_count, "key account")
    if chosen.available is None:
        return f"{told}; our capacity is not known yet."
    unit = "places" if room.workshop.capacity.mode == "places" else "hours"
    return f"{told}: {chosen.used:,.0f} of {chosen.available:,.0f} {unit}."


def _size_label(room: Room) -> Callable[[str], str]:
    return lambda key: tables.SIZES[key].format(currency=room.workshop.currency)


def picked(room: Room) -> str | None:
    """The customer that was clicked, if it is still there."""
    found = state.recall("picked")
    return found if found in room.assessment.standings else None


def picture(room: Room, layout: Layout) -> None:
    """The matrix; the spec is constant, so bubbles glide and names keep their place."""
    size = str(state.widget("bubble_size") or "revenue")
    frame = tables.matrix(room.assessment, size)
    place = f"matrix:{room.workshop.id}:{layout.width}"
    drawn = matrix(
        frame,
        View(
            lines=room.workshop.cut_offs,
            layout=layout,
            size_label=_size_label(room)(size),
            domain=_frozen_domain(room, domain(frame)),
            picked=picked(room) or "",
            previous=state.recall(place, {}),
        ),
    )
    state.remember(place, drawn.offsets)
    parts.picture(drawn.picture, "matrix", alt=_ALT, on_select=_clicked, selection_mode="pick")
    _below(room, drawn.hidden)


def _frozen_domain(room: Room, fresh: tuple[float, float]) -> tuple[float, float]:
    """The axis range of this tab; it only grows, so that the room does not lose its bearings."""
    name = f"domain:{room.workshop.id}"
    left, low = state.recall(name, fresh)
    kept = (min(left, fresh[0]), min(low, fresh[1]))
    state.remember(name, kept)
    return kept


def _clicked() -> None:
    """Open the customer that was clicked; a click beside it closes the drawer."""
    chosen = state.widget("matrix_chart")["selection"]["pick"]
    state.remember("picked", chosen[0]["id"] if chosen else None)
    if chosen:
        state.remember("customer", chosen[0]["id"])


def _below(room: Room, hidden: int) -> None:
    """What the picture does not show."""
    unscored = len(room.assessment.judged) - room.assessment.scored_count
    told = [words.count(unscored, "customer") + " not scored yet, not drawn"] if unscored else []
    if hidden:
        names = words.count(hidden, "name")
        told.append(f"{names} hidden where it is crowded; point at a bubble to read it")
    told += room.assessment.obstacles
    if told:
        st.caption(words.plain(" · ".join(told)))


def change_link(room: Room) -> None:
    """The way to what would change the outcome."""
    st.page_link(
        PAGES["changes"][0],
        label="What would change it?",
        icon=":material/swap_horiz:",
        query_params=room.address,
    )


def drawer(room: Room, case: Callable[[Room, str, int], None]) -> None:
    """The detail of the customer that was clicked."""
    customer = picked(room)
    if customer is None:
        return
    st.button(
        "Close",
        key="close_drawer",
        icon=":material/close:",
        type="tertiary",
        on_click=state.remember,
        args=("picked", None),
    )
    with st.container(height=500, border=False):
        case(room, customer, 300)


def weights(room: Room) -> None:
    """A slider a criterion; the picture moves with each."""
    with st.container(key="sliders", gap="xxsmall"):
        st.caption("Move a weight and watch: what counts is its share of all points.")
        for axis in Axis:
            _axis_sliders(room, axis)


def _axis_sliders(room: Room, axis: Axis) -> None:
    for key, criterion in room.workshop.criteria.items():
        if criterion.axis is axis:
            share = 100 * room.assessment.weights[key]
            label = f"{words.plain(words.short(criterion.name, 26))} · {share:.0f}"
            points = min(room.workshop.points.get(key, share), 100.0)
            field = Field(room.workshop.id, f"slide.{key}", float(round(points)), _slid(room, key))
            inputs.slider(label, field, min_value=0.0, max_value=100.0, step=1.0, format="%d")


def _slid(room: Room, key: str) -> Callable[[float], SetPoints]:
    return lambda new: SetPoints(points=points_beside(room.present, key, new))


def table(room: Room) -> None:
    """The table twin, in the one order."""
    st.dataframe(
        tables.customers(room.assessment),
        hide_index=True,
        placeholder="–",
        height=540,
        column_config={
            name: st.column_config.NumberColumn(name, format="%.1f")
            for name in ("Distance to key", "Attractiveness", "Strength")
        },
        alt="Every customer with class, scores and reason, most inside the key zone first",
    )


def ghost(room: Room) -> None:
    """The empty matrix: what is missing, and where to go."""
    scored, total = room.assessment.scored_count, len(room.assessment.judged)
    st.markdown(f"#### Score at least 5 customers to see the picture. {scored} of {total} scored.")
    for obstacle in room.assessment.obstacles:
        st.markdown(words.plain(obstacle))
    st.page_link("pages/steps/customers.py", label="Score customers", query_params=room.address)
    empty = tables.matrix(room.assessment).iloc[:0]
    drawn = matrix(empty, View(lines=room.workshop.cut_offs, layout=Layout(1112, 380, 15)))
    parts.picture(drawn.picture, "matrix")
