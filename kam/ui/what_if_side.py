"""Up to three states side by side: the workshop now, this tab's copy, kept what-ifs."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import pandas as pd
import streamlit as st

from kam.charts.small_matrix import common_domain, small_matrix
from kam.errors import Unreadable
from kam.method import futures
from kam.method.assessment import Assessment
from kam.model import Class, CutOffs
from kam.ui import parts, state, what_if, what_if_tab, words
from kam.ui.frame import Room
from kam.ui.what_if_scenarios import moves_of
from kam.ui.what_if_tab import Trial

MOST = 3  # small matrices that stand beside each other at 1280 px, screens.md 5.5
SIZE = (396, 264)  # px of each
MOST_NAMED = 18  # names that fit in a small picture, screens.md section 4; the table has all
NOW, COPY = "now", "copy"
_CHOICE = "what_if_sides"


@dataclass(frozen=True)
class Side:
    """One state that is compared: what it is called, and its result."""

    name: str
    result: Assessment


def choose(room: Room) -> list[str]:
    """Which states this tab compares: now, this copy, ids of kept what-ifs; at most three."""
    names = {NOW: "Now", COPY: "This copy"}
    names |= {key: scenario.name for key, scenario in room.workshop.scenarios.items()}
    chosen = state.recall(_CHOICE, list(names)[:MOST])
    known = [key for key in chosen if key in names]
    state.seed("if.sides", known)
    return st.multiselect(
        "Compare",
        list(names),
        key="if.sides",
        format_func=names.__getitem__,
        max_selections=MOST,
        placeholder="Choose up to three",
        label_visibility="collapsed",
        on_change=lambda: state.remember(_CHOICE, state.widget("if.sides")),
    )


def compared(room: Room, chosen: Sequence[str], copy: Trial) -> list[Side]:
    """The states to compare, each with its result; one that cannot be read is told instead."""
    found = []
    for key in chosen:
        try:
            found.append(_side(room, key, copy))
        except Unreadable as error:
            st.error(words.plain(str(error)))
    return found


def _side(room: Room, key: str, copy: Trial) -> Side:
    if key == NOW:
        return Side("Now", room.assessment)
    if key == COPY:
        return Side("This copy", copy.result)
    scenario = room.workshop.scenarios[key]
    tried = what_if_tab.trial(room, moves_of(scenario), f"kept:{key}")
    lost = len(tried.folded.aside)
    fits = f" (without {words.count(lost, 'move')} that no longer fit)" if lost else ""
    return Side(f"{scenario.name}{fits}", tried.result)


def pictures(sides: Sequence[Side]) -> None:
    """The states on the same axes; only customers whose class differs have their name."""
    if not sides:
        st.markdown("#### Choose up to three states to see them side by side.")
        return
    named = named_of(futures.differing([side.result for side in sides]))
    ends = _ends(sides)
    for place, (column, side) in enumerate(zip(st.columns(MOST), sides, strict=False)):
        with column:
            _picture(side, place, named, ends)


def named_of(rows: Mapping[str, Sequence[Class | None]]) -> set[str]:
    """Whose name is drawn: who is key in some states only comes before who differs otherwise."""
    ranked = sorted(rows, key=lambda key: len({futures.is_key(k) for k in rows[key]}) < 2)
    return set(ranked[:MOST_NAMED])


def _ends(sides: Sequence[Side]) -> tuple[float, float]:
    """The axes that hold every state."""
    points = [point for side in sides for point in what_if.small_points(side.result, set())]
    lines = [side.result.workshop.cut_offs for side in sides]
    strength = min(line.strength for line in lines)
    attractiveness = min(line.attractiveness for line in lines)
    return common_domain(
        points, CutOffs(strength=strength, attractiveness=attractiveness, strategic=10)
    )


def _picture(side: Side, place: int, named: set[str], ends: tuple[float, float]) -> None:
    lines = side.result.workshop.cut_offs
    points = what_if.small_points(side.result, named)
    st.markdown(f"**{words.plain(side.name)}**  \n{words.plain(_figures(side.result))}")
    drawn = small_matrix(points, lines, ends, SIZE)
    parts.picture(drawn, f"side_{place}", alt="A small matrix; the table below holds who differs")


def _figures(result: Assessment) -> str:
    """What a state comes to, in one line."""
    return (
        f"{result.key_count:,} key · {what_if.taken(result)} · {what_if.share(result)} of revenue"
    )


def table(sides: Sequence[Side]) -> None:
    """Who differs, and which class each has where."""
    if len(sides) < 2:
        return
    rows = futures.differing([side.result for side in sides])
    if not rows:
        st.markdown("Every customer has the same class in all of them.")
        return
    st.dataframe(
        differences(sides, rows),
        hide_index=True,
        height=35 * min(len(rows), 3) + 38,
        alt="The customers whose class differs, with their class in each state",
    )


def differences(sides: Sequence[Side], rows: Mapping[str, Sequence[Class | None]]) -> pd.DataFrame:
    """One row a customer: its name, and its class in each state under that state's name."""
    titles = [side.name for side in _distinct(sides)]
    names = {
        key: customer.name
        for side in reversed(sides)
        for key, customer in side.result.workshop.customers.items()
    }
    return pd.DataFrame(
        [(names[key], *(_label(klass) for klass in classes)) for key, classes in rows.items()],
        columns=["Customer", *titles],
    )


def _label(klass: Class | None) -> str:
    return "Not scored" if klass is None else klass.label


def _distinct(sides: Sequence[Side]) -> list[Side]:
    """The states with names that no other one, nor the customers' column, bears."""
    taken = {"Customer"}
    found = []
    for side in sides:
        numbered = (f"{side.name} ({number})" for number in range(2, len(sides) + 3))
        name = side.name if side.name not in taken else next(n for n in numbered if n not in taken)
        taken.add(name)
        found.append(replace(side, name=name))
    return found
