"""The conditions of a long list: a row each with its live count, and who is put in by hand."""

from collections import Counter
from collections.abc import Callable
from typing import Any

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from kam.method.long_list import lets_through, sensible_level, suggested, unknown
from kam.method.long_list import words as in_words
from kam.method.pool import ATTRIBUTES, Pool
from kam.model import Among, Before, Condition, Level, Way
from kam.ui import inputs, words
from kam.ui.draft_list import Draft, composing, keep, leave_out, put_in, replaced
from kam.ui.inputs import Field
from kam.ui.names import told_apart
from kam.validated import changed

WAYS = {
    Way.TOP: "top",
    Way.FIRST: "first %",
    Way.AT_LEAST: "at least",
    Way.AT_MOST: "at most",
}
NEEDS = {"any": "any of these", "all": "all of these"}
# Shares of a condition's row: what, how and with what, count, remove
LEVEL_ROW = [3.7, 2.2, 1.9, 3.4, 0.6]
OTHER_ROW = [3.7, 4.1, 3.4, 0.6]


def conditions(draft: Draft) -> None:
    """A row a condition, each with its live count, and what may be added."""
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown("**Judge customers that meet**", width="content")
        field = composing(
            draft, "needs", draft.rule.needs, lambda new: changed(draft.rule, needs=new)
        )
        inputs.segments(
            "How many conditions must hold",
            list(NEEDS),
            field,
            format_func=NEEDS.get,
            label_visibility="collapsed",
        )
    with st.container(key="long_list_rows", gap="xsmall"):
        for index, condition in enumerate(draft.rule.conditions):
            _row(draft, index, condition)
    if not draft.rule.conditions:
        st.caption("No condition yet: only customers that are put in by hand are judged.")
    _add(draft)


def _row(draft: Draft, index: int, condition: Condition) -> None:
    shares = LEVEL_ROW if isinstance(condition, Level) else OTHER_ROW
    *cells, count, remove = st.columns(shares, vertical_alignment="center", gap="small")
    if isinstance(condition, Level):
        _level(draft, index, condition, cells)
    elif isinstance(condition, Among):
        _among(draft, index, condition, cells)
    else:
        with cells[0]:
            st.markdown(list_named(draft, condition))
    with count:
        _live_count(draft, condition)
    with remove:
        st.button(
            "",
            key=f"long_list.{index}.remove",
            icon=":material/close:",
            type="tertiary",
            help="Remove this condition",
            on_click=keep,
            args=(draft.room, replaced(draft.rule, index)),
        )


def list_named(draft: Draft, condition: Before) -> str:
    """Which list a condition means: the one that stands, or one before it."""
    stands = draft.standing is not None and set(draft.standing.customers) == {*condition.customers}
    return "On the list that stands" if stands else "On the list before"


def _live_count(draft: Draft, condition: Condition) -> None:
    """How many customers one condition alone lets through, and how many have no figure."""
    through = int(lets_through(condition, draft.pool).sum())
    silent = unknown(condition, draft.pool)
    told = f"**{through:,}** alone" + (f" · {silent:,} unknown" if silent else "")
    said = words.plain(in_words(condition, draft.pool))
    st.caption(
        told,
        help=f"{said[:1].upper()}{said[1:]}: {words.count(through, 'customer')} by this condition "
        f"alone. {words.count(silent, 'customer has', 'customers have')} no figure here, and an "
        "unknown figure never meets a condition.",
    )


def _level(draft: Draft, index: int, condition: Level, cells: list[DeltaGenerator]) -> None:
    """A figure, how it is compared, and with what."""
    pool = draft.pool

    def put(key: str, value: object, new: Callable[[Any], Level]) -> Field:
        return composing(
            draft, f"{index}.{key}", value, lambda to: replaced(draft.rule, index, new(to))
        )

    with cells[0]:
        inputs.choice(
            "Figure",
            list(dict.fromkeys([*pool.measures, condition.measure])),
            put("measure", condition.measure, lambda to: compared(pool, condition, to)),
            format_func=lambda key: pool.measure(key).label,
            label_visibility="collapsed",
        )
    with cells[1]:
        inputs.choice(
            "Comparison",
            list(WAYS),
            put("way", condition.way, lambda to: compared(pool, condition, to)),
            format_func=WAYS.get,
            label_visibility="collapsed",
        )
    with cells[2]:
        inputs.number(
            _level_label(pool, condition),
            put("level", condition.level, lambda to: at_level(condition, to)),
            label_visibility="collapsed",
            **_limits(condition),
        )


def compared(pool: Pool, condition: Level, to: str | Way) -> Level:
    """The condition on another figure, or with another comparison.

    A count and a share mean the same of every figure and stay; any other level begins anew.
    """
    way = to if isinstance(to, Way) else condition.way
    measure = condition.measure if isinstance(to, Way) else to
    stays = way is condition.way and way in (Way.TOP, Way.FIRST)
    level = condition.level if stays else sensible_level(pool, measure, way)
    return Level(measure=measure, way=way, level=level)


def at_level(condition: Level, to: float | None) -> Level:
    """The condition at another level; an emptied box keeps the old one."""
    return condition if to is None else changed(condition, level=to)


def _level_label(pool: Pool, condition: Level) -> str:
    """What the number is, for those who cannot see the row."""
    unit = pool.measure(condition.measure).unit
    return {Way.TOP: "How many customers", Way.FIRST: "% of the total"}.get(
        condition.way, words.plain(f"Level, {unit}" if unit else "Level")
    )


def _limits(condition: Level) -> dict[str, Any]:
    """The ends, steps and digits of a level's number box."""
    if condition.way is Way.TOP:
        return {"min_value": 1.0, "step": 1.0, "format": "%.0f"}
    if condition.way is Way.FIRST:
        return {"min_value": 1.0, "max_value": 100.0, "step": 1.0, "format": "%.0f"}
    return {"format": "%.0f" if abs(condition.level) >= 100 else "%g"}


def _among(draft: Draft, index: int, condition: Among, cells: list[DeltaGenerator]) -> None:
    """What a customer is, and the values that count; the most frequent first."""
    pool = draft.pool
    found = Counter(text for text in pool.texts(condition.attribute) if text)
    options = [value for value, _ in found.most_common()]
    with cells[0]:
        st.markdown(f"{ATTRIBUTES[condition.attribute]} is one of")
    kept = [value for value in condition.one_of if value in found]
    with cells[1]:
        inputs.choices(
            ATTRIBUTES[condition.attribute],
            options,
            composing(
                draft,
                f"{index}.values",
                kept,
                lambda new: replaced(draft.rule, index, changed(condition, one_of=tuple(new))),
            ),
            placeholder="Choose",
            label_visibility="collapsed",
        )


def _add(draft: Draft) -> None:
    """Buttons for one more condition; only of what is known of anybody."""
    with st.container(horizontal=True, vertical_alignment="center", gap="xsmall"):
        if draft.pool.measures:
            used = {one.measure for one in draft.rule.conditions if isinstance(one, Level)}
            free = [key for key in draft.pool.measures if key not in used]
            measure = (free or list(draft.pool.measures))[0]
            _add_button(draft, "Figure", Level(measure=measure, way=Way.TOP, level=10))
        for attribute, label in ATTRIBUTES.items():
            if any(draft.pool.texts(attribute)):
                _add_button(draft, label, Among.model_validate({"attribute": attribute}))
        st.space("stretch")
        offer = suggested(draft.pool)
        if offer is not None and offer.conditions != draft.rule.conditions:
            st.button(
                "Suggest a rule",
                key="long_list.suggest",
                type="tertiary",
                help="The top by revenue, by growth, by margin and by size: about 40 customers.",
                on_click=keep,
                args=(draft.room, changed(draft.rule, conditions=offer.conditions, needs="any")),
            )


def _add_button(draft: Draft, label: str, condition: Condition) -> None:
    rule = changed(draft.rule, conditions=(*draft.rule.conditions, condition))
    st.button(
        label,
        key=f"long_list.add.{label}",
        icon=":material/add:",
        type="tertiary",
        help=f"Add a condition on {label.lower()}",
        on_click=keep,
        args=(draft.room, rule),
    )


def by_hand(draft: Draft) -> None:
    """Who is put in or left out whatever the conditions say."""
    people, rule = draft.pool.workshop.customers, draft.rule
    left, right = st.columns(2)
    called = told_apart(draft.pool.workshop)
    named = {"format_func": called.__getitem__, "placeholder": "Search by name"}
    with left:
        kept = [key for key in rule.put_in if key in people]
        inputs.choices(
            "Put in by hand",
            list(people),
            composing(draft, "put_in", kept, lambda new: put_in(rule, new)),
            help="They are judged whatever the conditions say.",
            **named,
        )
    with right:
        kept = [key for key in rule.left_out if key in people]
        inputs.choices(
            "Leave out by hand",
            list(dict.fromkeys([*kept, *draft.pool.named(draft.chosen)])),
            composing(draft, "left_out", kept, lambda new: leave_out(rule, new)),
            help="They are not judged whatever the conditions say.",
            **named,
        )
