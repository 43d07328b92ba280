"""Parts of the customers page: the heatmap and grid of scores, and the profile of one."""

from collections import Counter
from collections.abc import Sequence

import pandas as pd
import streamlit as st

from kam.charts.heatmap import PAGE, heatmap
from kam.edits import (
    ChangeProfile,
    Edit,
    JudgeGate,
    PutCustomer,
    RemoveCustomers,
    ScoreCustomer,
)
from kam.method.edge_cases import of_customers
from kam.method.ledger_beside import apart_words
from kam.method.scores import raw_levels
from kam.method.values import spoken
from kam.model import Axis, Customer, Favours, Score, Workshop
from kam.report import tables
from kam.ui import economics, evidence, inputs, parts, state, take_over, words
from kam.ui.frame import Room, save, write
from kam.ui.inputs import Field
from kam.ui.kept import Kept
from kam.validated import changed

NOBODY = "#### No customers yet. Bring them in, or add one by hand."
KNOWN_BY = {None: "not said", "asked": "we asked", "believed": "we believe it"}
MOST_LETTERS = 200  # of a name
AMOUNTS = {
    "revenue": "Revenue with us, last 12 months",
    "own_revenue": "Its own revenue, a year",
    "available_spend": "Spend in the next three years",
    "cost_to_serve": "Cost to serve, a year",
    "capital_employed": "Capital employed",
}


_apart = Kept(apart_words)


def scores(room: Room) -> None:
    """The heatmap of all scores; figures that could be taken over; the grid to type in."""
    if not room.workshop.customers:
        st.markdown(NOBODY)
        return
    if not room.assessment.valued.criteria:
        st.markdown("#### No criterion is complete yet, so nothing can be scored.")
        return
    take_over.offer(room)
    frame = tables.heat(room.assessment)
    pages = -(-len(room.assessment.judged) // PAGE)
    picture = st.container()
    page = st.pagination(pages, key="heat_page") if pages > 1 else 1
    with picture:
        parts.picture(heatmap(frame, page=page - 1), "heat")
    _odd_cases(room)
    with st.expander("Type scores", expanded=False):
        _grid(room)


def _odd_cases(room: Room) -> None:
    """What is odd about these customers, and what the rule does with it."""
    for sentence in (*of_customers(room.assessment), _apart(room)):
        if sentence:
            st.caption(words.plain(sentence))


def _grid(room: Room) -> None:
    """Raw levels, one row a customer; an empty cell is unknown."""
    grid = tables.grid(room.assessment).sort_index()
    titles = _titles(room, list(grid.columns))
    shown = grid.rename(columns=titles)
    shown.index = pd.Index([room.workshop.customers[key].name for key in grid.index])
    key = _grid_key(room)
    st.data_editor(
        shown,
        key=key,
        on_change=_grid_written,
        args=(room, key, list(grid.index), {title: name for name, title in titles.items()}),
        column_config={
            "_index": st.column_config.TextColumn("Customer", disabled=True),
            **{
                titles[key]: st.column_config.NumberColumn(
                    titles[key],
                    format="%g",
                    help=evidence.rests_on(room, room.workshop.criteria[key]) or None,
                )
                for key in grid.columns
            },
        },
        alt="Scores of every customer in the criteria's units",
    )


def _titles(room: Room, keys: Sequence[str]) -> dict[str, str]:
    """Criterion -> the title of its column; where two would be the same, with the id."""
    criteria = room.workshop.criteria
    titles = {key: f"{criteria[key].name}, {criteria[key].unit}" for key in keys}
    times = Counter(titles.values())
    return {key: t if times[t] == 1 else f"{t} ({key})" for key, t in titles.items()}


def _grid_key(room: Room) -> str:
    """The editor's key: a new one once anything but the editor itself has changed the workshop.

    The editor lays its changes over the data for as long as its key stays. A change that was
    undone, or that somebody else has overwritten, would stay visible and be written once more.
    """
    place, now = f"grid:{room.workshop.id}", room.history.revision
    number, written = state.recall(place, (0, now))
    number += written != now
    state.remember(place, (number, now))
    return f"grid_{room.workshop.id}_{number}"


def _grid_written(room: Room, key: str, rows: list[str], names: dict[str, str]) -> None:
    """Write each changed cell; the delta is by row position, so the order must be stable."""
    place, saved = f"grid:{room.workshop.id}", True
    for edit in grid_edits(state.widget(key)["edited_rows"], rows, names):
        before = room.workshop.scores.get(edit.criterion, {}).get(edit.customer)
        if (before.value if before else None) != edit.value:
            noted = changed(edit, note=before.note if before else "")
            saved = write(room.workshop.id, noted) and saved
    number, _ = state.recall(place)
    state.remember(place, (number, state.seen(room.workshop.id) if saved else None))


def grid_edits(
    delta: dict[int, dict[str, float | None]], rows: Sequence[str], columns: dict[str, str]
) -> list[ScoreCustomer]:
    """The edits of a grid's delta: row position -> column title -> new level or `None`."""
    return [
        ScoreCustomer(customer=rows[int(row)], criterion=columns[column], value=value)
        for row, cells in delta.items()
        for column, value in cells.items()
        if column in columns
    ]


def add(room: Room) -> None:
    """Add a customer by hand."""
    with st.popover("Add a customer", icon=":material/add:"):
        st.text_input("Name", key="new_customer", on_change=_added, args=(room,))


def _added(room: Room) -> None:
    name = str(state.widget("new_customer") or "").strip()
    if not name:
        return
    if any(c.name.casefold() == name.casefold() for c in room.workshop.customers.values()):
        state.tell(f"A customer named “{name}” is here already. Give the new one another name.")
        return
    if len(name) > MOST_LETTERS:
        state.tell(
            f"A name has at most {MOST_LETTERS} letters, and this has {len(name)}. Shorten it."
        )
        return
    state.seed("new_customer", "")
    # its name is its id, so that a list that brings it in later knows it by its name
    if write(room.workshop.id, PutCustomer(customer=Customer(id=name, name=name))):
        state.remember("customer", name)


def one(room: Room) -> None:
    """The profile and the scores of one customer."""
    key = evidence.pick(room)
    if key is None:
        st.markdown(NOBODY)
        return
    customer = room.workshop.customers[key]
    profile, scored, why = st.columns([4, 4, 4], gap="large")
    with profile:
        _profile(room, customer)
        economics.fields(room, customer)
    with scored:
        _money(room, customer)
        _gates(room, customer)
    with why, st.container(key="levels", gap="xsmall"):
        _levels(room, customer)
        st.button(
            "Remove this customer",
            type="tertiary",
            key=f"remove_{key}",
            on_click=save,
            args=(room.workshop.id, RemoveCustomers(customers=(key,))),
        )


def _profile(room: Room, customer: Customer) -> None:
    inputs.text("Name", _name(room, customer))
    inputs.paragraph("Position in its market", _field(room, customer, "market_position"))
    inputs.paragraph("Growth potential", _field(room, customer, "growth_potential"))
    inputs.paragraph("Fundamental needs", _field(room, customer, "needs"))
    ours = "; ".join(objective.name for objective in room.workshop.objectives.values())
    inputs.paragraph(
        "Its strategic objectives",
        _field(room, customer, "strategic_objectives"),
        help=f"Beside ours: {words.plain(ours)}" if ours else None,
    )


def _money(room: Room, customer: Customer) -> None:
    inputs.segments(
        "Would it favour us as a key supplier?",
        list(Favours),
        _field(room, customer, "favours_us"),
        format_func=lambda answer: str(answer).capitalize(),
    )
    inputs.choice(
        "How do we know?",
        list(KNOWN_BY),
        _field(room, customer, "favours_known_by"),
        format_func=KNOWN_BY.get,
    )
    for name, label in AMOUNTS.items():
        known = words.amount(getattr(customer.profile, name), room.workshop.currency)
        inputs.number(f"{label} · {known}", _field(room, customer, name), format="%.0f")
    inputs.number("Margin, % of revenue", _field(room, customer, "margin_pct"), format="%.1f")
    left, right = st.columns(2)
    with left:
        inputs.text("Owner", _field(room, customer, "owner"))
        inputs.text("Industry", _field(room, customer, "industry"))
    with right:
        inputs.text("Parent", _field(room, customer, "parent"))
        inputs.text("Country", _field(room, customer, "country"))


def _name(room: Room, customer: Customer) -> Field:
    def edit(new: str) -> PutCustomer:
        known = room.present.customers.get(customer.id, customer)
        return PutCustomer(customer=changed(known, name=new))

    return Field(room.workshop.id, f"{customer.id}.name", customer.name, edit)


def _field(room: Room, customer: Customer, name: str) -> Field:
    """A field of a profile as a widget shows it."""

    def edit(new: object) -> ChangeProfile:
        known = room.present.customers.get(customer.id, customer)
        return ChangeProfile(customer=customer.id, profile=changed(known.profile, **{name: new}))

    value = getattr(customer.profile, name)
    return Field(room.workshop.id, f"{customer.id}.{name}", value, edit)


def _gates(room: Room, customer: Customer) -> None:
    """One tick a gate: does the customer fail it?"""
    failed = room.workshop.failed_gates.get(customer.id, {})
    for key, gate in room.workshop.gates.items():

        def edit(new: bool, gate: str = key) -> JudgeGate:  # noqa: FBT001 - a checkbox's value
            return JudgeGate(customer=customer.id, gate=gate, fails=new)

        field = Field(room.workshop.id, f"{customer.id}.gate.{key}", key in failed, edit)
        inputs.tick(f"Fails: {words.plain(gate.name)}", field)


def _levels(room: Room, customer: Customer) -> None:
    """Every complete criterion's level for this customer, with its evidence."""
    for axis in Axis:
        for key in room.assessment.valued.criteria:
            if room.workshop.criteria[key].axis is axis:
                _level(room, customer, key)


def _score(workshop: Workshop, customer: Customer, criterion: str) -> Score | None:
    """A customer's score on a criterion, if it has one."""
    return workshop.scores.get(criterion, {}).get(customer.id)


def _unscored(room: Room, customer: Customer, criterion: str) -> str:
    """What stands where no score is agreed: the level that the votes stand for, or unknown."""
    level = raw_levels(room.workshop, room.workshop.criteria[criterion]).get(customer.id)
    return "unknown" if level is None else f"votes: {spoken(level)}"


def _level(room: Room, customer: Customer, key: str) -> None:
    criterion = room.workshop.criteria[key]
    score = _score(room.workshop, customer, key)

    def new_level(new: float | None) -> Edit:
        known = _score(room.present, customer, key)
        kept = known.note if known else ""
        return ScoreCustomer(customer=customer.id, criterion=key, value=new, note=kept)

    def new_note(new: str) -> Edit | None:
        known = _score(room.present, customer, key)
        if known is None:
            state.tell("Give the score first, then its evidence.")
            return None
        return ScoreCustomer(customer=customer.id, criterion=key, value=known.value, note=new)

    st.markdown(
        f"{words.plain(criterion.name)} :gray[{words.plain(criterion.unit)}]",
        help=words.plain(criterion.definition),
    )
    evidence.figures(room, customer, criterion)
    level, note = st.columns([2, 5])
    place = f"{customer.id}.score.{key}"
    with level:
        inputs.number(
            f"Level of {words.plain(criterion.name)}",
            Field(room.workshop.id, place, score.value if score else None, new_level),
            placeholder=_unscored(room, customer, key),
            format="%g",
            label_visibility="collapsed",
        )
    with note:
        inputs.text(
            "Evidence",
            Field(room.workshop.id, f"{place}.note", score.note if score else "", new_note),
            placeholder="evidence",
            label_visibility="collapsed",
        )
