"""Parts of the criteria page: the weights, the editor of one criterion, what is missing."""

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from kam import acceptance
from kam.agenda import orphans, uncovered
from kam.charts.bars import weight_bars
from kam.charts.curve import curve
from kam.edits import PutCriterion, RemoveCriterion, SetPoints
from kam.errors import Refused
from kam.method.ballots import latest_round, may_be_shown
from kam.method.edge_cases import of_criteria
from kam.method.evidence import figures
from kam.method.weights import effective_number, points_beside, points_of_100, weight_remarks
from kam.model import Anchors, Axis, Criterion
from kam.report import tables
from kam.ui import inputs, new_criterion, parts, state, words
from kam.ui.frame import Room, save, write
from kam.ui.inputs import Field
from kam.validated import changed

FAMILIES = (
    "size",
    "growth",
    "profit",
    "strategy",
    "risk",
    "cash",
    "access",
    "position",
    "customer view",
    "relationship",
)
ANCHOR_COLUMNS = ("0", "2.5", "5", "7.5", "10")
DIRECTIONS = {"+": "More is better", "-": "Less is better"}


def weights_picture(room: Room) -> None:
    """Every criterion's points of 100, in two groups; votes only once three members voted."""
    frame = tables.weights(room.assessment)
    if not may_be_shown(room.workshop, latest_round(room.workshop)):
        frame["votes"] = [[] for _ in frame.index]
    parts.picture(weight_bars(frame), "weights")


def remarks(room: Room) -> None:
    """What is odd or missing, in words."""
    workshop, weights = room.workshop, room.assessment.weights
    shares = list(weights.values())
    found = orphans(workshop) + uncovered(workshop) + list(room.assessment.obstacles)
    found += of_criteria(room.assessment)
    if any(shares):
        attractive = sum(
            weights[key] for key, c in workshop.criteria.items() if c.axis is Axis.ATTRACTIVENESS
        )
        names = [criterion.name for criterion in workshop.criteria.values()]
        found += weight_remarks(names, shares, attractive)
        st.caption(
            f"{words.count(len(shares), 'criterion', 'criteria')} that weigh as much as "
            f"{effective_number(shares):.1f} equal ones."
        )
    with st.container(key="gap_remarks"):
        for sentence in found:
            st.markdown(words.plain(sentence))


def choose_view(views: Sequence[str]) -> str:
    """The points of all, the votes on them, everything about one, and the checks."""
    return parts.choose_view(views, views[0], new_criterion.VIEW)


def weights(room: Room) -> None:
    """The points of all: the picture, what is odd about them, and a number box each."""
    left, right = st.columns([7, 5], gap="large")
    with left:
        weights_picture(room)
        remarks(room)
    with right:
        points(room)


def one(room: Room) -> None:
    """Everything about one criterion: what it means, and how it is measured."""
    left, right = st.columns([7, 5], gap="large")
    with left:
        criterion = choose(room)
        definition(room, criterion)
    with right:
        measure(room, criterion)


def points(room: Room) -> None:
    """A number box a criterion; only each one's share of all points counts."""
    shares = points_of_100(list(room.assessment.weights.values()))
    for (key, criterion), share in zip(room.workshop.criteria.items(), shares, strict=True):
        name, box = st.columns([5, 3], vertical_alignment="center")
        name.markdown(f"{words.plain(criterion.name)} · **{share}**")
        with box:
            inputs.number(
                f"Points of {words.plain(criterion.name)}",
                _points_field(room, key),
                min_value=0.0,
                max_value=1000.0,
                step=1.0,
                format="%g",
                label_visibility="collapsed",
                placeholder="points",
            )
    st.caption("Any points will do: the share of 100, in bold, counts. Empty is the average.")


def _points_field(room: Room, key: str) -> Field:
    def edit(new: float | None) -> SetPoints:
        if new is None:
            raise Refused("Points cannot be empty once they are given. Enter a number, or 0.")
        return SetPoints(points=points_beside(room.present, key, new))

    return Field(room.workshop.id, f"points.{key}", room.workshop.points.get(key), edit)


def choose(room: Room) -> Criterion:
    """The criterion that this tab has open, by a select box."""
    keys = list(room.workshop.criteria)
    opened = state.recall("criterion", keys[0])
    state.seed("criterion_choice", opened if opened in keys else keys[0])
    key = st.selectbox(
        "Criterion",
        keys,
        key="criterion_choice",
        format_func=lambda key: room.workshop.criteria[key].name,
        on_change=lambda: state.remember("criterion", state.widget("criterion_choice")),
        label_visibility="collapsed",
    )
    return room.workshop.criteria[key]


def definition(room: Room, criterion: Criterion) -> None:
    """At the left: what the criterion means, and what it is for."""
    name, axis = st.columns(2)
    with name:
        inputs.text("Name", _named(room, criterion))
    with axis:
        inputs.segments(
            "Axis",
            list(Axis),
            _field(room, criterion, "axis"),
            format_func=lambda axis: axis.value.capitalize(),
        )
    inputs.paragraph("Definition", _field(room, criterion, "definition"))
    unit, direction = st.columns(2)
    with unit:
        inputs.text("Unit", _field(room, criterion, "unit"))
        inputs.text("Source", _field(room, criterion, "source"))
    with direction:
        inputs.choice(
            "Direction", list(DIRECTIONS), _direction(room, criterion), format_func=DIRECTIONS.get
        )
        _figures_choice(room, criterion)
    served, family = st.columns([7, 4])
    with served:
        inputs.choices(
            "Serves the objectives",
            list(room.workshop.objectives),
            _field(room, criterion, "objectives"),
            format_func=lambda key: room.workshop.objectives[key].name,
        )
    with family:
        inputs.choice(
            "Family", ["", *FAMILIES], _field(room, criterion, "family"), accept_new_options=True
        )
    _more(room, criterion)


def _figures_choice(room: Room, criterion: Criterion) -> None:
    """Which of the customers' figures are its levels."""
    columns = {"": "typed by hand", **figures(room.workshop)}
    if criterion.column not in columns:
        columns[criterion.column] = f"a column named {criterion.column}"
    inputs.choice(
        "Figures come from",
        list(columns),
        _field(room, criterion, "column"),
        format_func=columns.__getitem__,
    )


def _more(room: Room, criterion: Criterion) -> None:
    """What the checks of the whole set need to know, and the way out."""
    with st.container(horizontal=True, vertical_alignment="center"):
        inputs.tick("It looks ahead", _field(room, criterion, "forward_looking"))
        inputs.tick("We can influence it ourselves", _field(room, criterion, "controllable"))
        st.button(
            "Remove this criterion",
            key=f"remove_{criterion.id}",
            type="tertiary",
            on_click=save,
            args=(room.workshop.id, RemoveCriterion(criterion=criterion.id)),
        )
    if criterion.watch_out.strip("-"):
        st.caption(f"Watch out: {words.plain(criterion.watch_out)}")


def measure(room: Room, criterion: Criterion) -> None:
    """At the right: how it is measured, and whether it may be used."""
    _anchors(room, criterion)
    _ticks(room, criterion)


def _known(room: Room, criterion: Criterion) -> Criterion:
    """The criterion as it is by now."""
    return room.present.criteria.get(criterion.id, criterion)


def _field(room: Room, criterion: Criterion, name: str) -> Field:
    """A field of a criterion as a widget shows it."""

    def edit(new: object) -> PutCriterion:
        known = _known(room, criterion)
        return PutCriterion(criterion=changed(known, **{name: new if new is not None else ""}))

    found = getattr(criterion, name)
    shown = list(found) if isinstance(found, tuple) else found
    return Field(room.workshop.id, f"{criterion.id}.{name}", shown, edit)


def _named(room: Room, criterion: Criterion) -> Field:
    """The name, which must be measurable."""

    def edit(new: str) -> PutCriterion:
        if unfit := new_criterion.unfit_name(new):
            raise Refused(unfit)
        return PutCriterion(criterion=changed(_known(room, criterion), name=new))

    return Field(room.workshop.id, f"{criterion.id}.name", criterion.name, edit)


def _direction(room: Room, criterion: Criterion) -> Field:
    """The direction; turning it turns the anchors with it."""

    def edit(new: str) -> PutCriterion:
        known = _known(room, criterion)
        anchors = known.anchors[::-1] if known.anchors else None
        return PutCriterion(criterion=changed(known, direction=new, anchors=anchors))

    return Field(room.workshop.id, f"{criterion.id}.direction", criterion.direction, edit)


def _anchors(room: Room, criterion: Criterion) -> None:
    """The five anchors as a small table, and the curve that they make."""
    levels = list(criterion.anchors) if criterion.anchors else [None] * 5
    table = pd.DataFrame([levels], columns=list(ANCHOR_COLUMNS)).astype(float)
    st.caption(f"Levels, {words.plain(criterion.unit) or 'unit'}, that are worth 0 to 10 points")
    key = f"anchors_{criterion.id}_{hash(criterion.anchors)}"
    st.data_editor(
        table,
        key=key,
        on_change=_anchors_written,
        args=(room, criterion, key),
        column_config={
            name: st.column_config.NumberColumn(name, format="%g") for name in table.columns
        },
        hide_index=True,
        alt=f"Anchors of {criterion.name}",
    )
    if criterion.anchors:
        parts.picture(curve(criterion, tables.levels(room.workshop, criterion.id)), "curve")


def _anchors_written(room: Room, criterion: Criterion, key: str) -> None:
    """Take the anchors over once all five are there and run one way."""
    delta = state.widget(key)["edited_rows"].get(0)
    if not delta:
        return
    before = criterion.anchors or (None,) * 5
    levels = [delta.get(name, old) for name, old in zip(ANCHOR_COLUMNS, before, strict=True)]
    if None in levels:
        return
    anchors: Anchors = (levels[0], levels[1], levels[2], levels[3], levels[4])
    try:
        new = changed(_known(room, criterion), anchors=anchors)
    except Refused as refused:
        state.tell(str(refused))
        return
    write(room.workshop.id, PutCriterion(criterion=new))


def _ticks(room: Room, criterion: Criterion) -> None:
    """The five acceptance ticks; two of them are the team's own to give."""
    names = [customer.name for customer in room.workshop.customers.values()]
    spread = tables.spread(room.assessment, criterion.id)
    own = {1: "same_number", 2: "data_at_hand"}
    st.markdown("**May we use it?**")
    for index, tick in enumerate(acceptance.ticks(criterion, names, spread=spread)):
        if index in own:
            inputs.tick(tick.claim, _field(room, criterion, own[index]), help=tick.repair)
        else:
            mark = {True: "✓", False: "✗", None: "–"}[tick.holds]
            repair = "" if tick.holds else f" · {words.plain(tick.repair)}"
            st.markdown(f"{mark} {tick.claim}{repair}")
    parts.lacking(acceptance.gaps(criterion), f"gap_{criterion.id}")
