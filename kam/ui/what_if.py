"""Parts of the what-if page: what changed in words, the picture, the moves, the way to the room."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace

import streamlit as st

from kam.charts.matrix import Layout
from kam.charts.small_matrix import SmallPoint, common_domain, small_matrix
from kam.method import futures
from kam.method.assessment import Assessment
from kam.method.futures import Move
from kam.ui import parts, standout, state, what_if_tab, words
from kam.ui.frame import Room
from kam.ui.what_if_copy import collisions
from kam.ui.what_if_tab import Trial

VIEWS = ("Matrix", "Side by side")
UNTOUCHED = "Nothing here touches the workshop until you send it to the room."
MOST_NAMED = 4  # customers whose new class is told in the sentence; more are counted
MOST_ARROWS_NAMED = 30  # names that fit beside their arrows; the first in the one order
BESIDE = Layout(690, 320, 14)  # the large matrix beside the drawer
YEARS_SIZE = (806, 436)  # px of the whole picture, as the large matrix


def trial(room: Room) -> Trial:
    """This tab's copy of the workshop, with its result."""
    return what_if_tab.trial(room, what_if_tab.present(room.workshop.id).edits, "copy")


def as_room(room: Room, copy: Trial) -> Room:
    """What the parts of other pages read, as the copy has it."""
    history = replace(room.history, workshop=copy.folded.workshop)
    return replace(room, history=history, assessment=copy.result)


def choose_view() -> str:
    """The copy alone, or beside others."""
    return parts.choose_view(VIEWS, VIEWS[0], "what_if_view")


def send_button(room: Room, copy: Trial) -> None:
    """The one filled button: every move becomes one step of the workshop."""
    st.button(
        "Send to the room",
        key="send",
        type="primary",
        disabled=not copy.folded.taken,
        help="All moves go into the workshop as one step, which one undo takes back.",
        on_click=what_if_tab.send,
        args=(room.workshop.id,),
    )


def told(room: Room, copy: Trial) -> None:
    """Who changes class and what it takes; at the right the moves, with their undo."""
    sentence, moved = st.columns([9, 3], vertical_alignment="center")
    with sentence:
        lines = changes(copy, room.assessment), figures(room.assessment, copy.result)
        st.markdown("**{}**  \n{}".format(*map(words.plain, lines)))
    with moved, st.container(horizontal=True, horizontal_alignment="right"):
        _undo_button(room)
        with st.popover(words.count(len(copy.folded.taken), "move"), key="moves"):
            _moves(room, copy)


def changes(copy: Trial, before: Assessment) -> str:
    """How many moves there are, and who changes class by them."""
    made = copy.folded.taken
    if not made:
        return UNTOUCHED
    count = words.count(len(made), "move")
    turned = futures.moves(before, copy.result)
    return f"{count}: {turns(turned, copy.result)}"


def turns(turned: Sequence[Move], result: Assessment) -> str:
    """Who changes class, in one sentence; those that it has no room for are counted."""
    if not turned:
        return "nobody changes class"
    customers = result.workshop.customers
    said = [_turn(customers[move.customer].name, move) for move in turned[:MOST_NAMED]]
    more = len(turned) - len(said)
    if more:
        said.append(f"{more:,} more change{'s' * (more == 1)} class")
    return "; ".join(said)


def _turn(name: str, move: Move) -> str:
    if move.after is None:
        return f"{name} has no class any more"
    if move.enters_or_leaves and not move.after.is_key:
        return f"{name} leaves key"
    return f"{name} becomes {move.after.label}"


def figures(before: Assessment, after: Assessment) -> str:
    """Key accounts, hours or places, and the share of revenue: before, and after where it moves."""
    return " · ".join(
        f"{name}: {_turned(old, new)}"
        for name, old, new in (
            ("Key accounts", f"{before.key_count:,}", f"{after.key_count:,}"),
            ("Room taken", taken(before), taken(after)),
            ("Their share of known revenue", share(before), share(after)),
        )
    )


def _turned(old: str, new: str) -> str:
    """Two figures, their common words once: 7,500 → 7,000 of 7,750 hours."""
    if old == new:
        return new
    first, _, rest = old.partition(" ")
    second, _, ending = new.partition(" ")
    return f"{first} → {new}" if rest == ending and second != first else f"{old} → {new}"


def taken(result: Assessment) -> str:
    """The hours or places that key accounts take, of those there are."""
    chosen = result.selection
    unit = "places" if result.workshop.capacity.mode == "places" else "hours"
    if chosen.available is None:
        return f"{chosen.used:,.0f} {unit}, capacity not known"
    return f"{chosen.used:,.0f} of {chosen.available:,.0f} {unit}"


def share(result: Assessment) -> str:
    """The key accounts' share of known revenue, in percent; unknown as a word."""
    found = futures.key_share(result)
    return "unknown" if found is None else f"{100 * found:.0f} %"


def _undo_button(room: Room) -> None:
    st.button(
        "Take back",
        key="take_back",
        icon=":material/undo:",
        type="tertiary",
        help="Take back the last move here; the workshop is not concerned",
        disabled=not what_if_tab.present(room.workshop.id).past,
        on_click=what_if_tab.take_back,
        args=(room.workshop.id,),
    )


def _moves(room: Room, copy: Trial) -> None:
    """Every move in words, each with a way out, and all of them at once."""
    for number, one in enumerate(copy.folded.taken):
        sentence, out = st.columns([8, 1], vertical_alignment="center")
        sentence.markdown(words.plain(f"{one.wanted[:1].upper()}{one.wanted[1:]}"))
        out.button(
            "",
            key=f"take_out_{number}",
            icon=":material/close:",
            type="tertiary",
            help="Take this move out",
            on_click=what_if_tab.drop,
            args=(room.workshop.id, (one.edit,)),
        )
    if not copy.folded.taken:
        st.caption("No moves yet. Change a weight, a score or a line at the right.")
        return
    st.button(
        "Discard all moves",
        key="discard",
        icon=":material/delete:",
        type="tertiary",
        on_click=what_if_tab.discard,
        args=(room.workshop.id,),
    )


def notices(room: Room, copy: Trial) -> None:
    """Moves that no longer fit, and those whose subject the room has changed meanwhile."""
    for number, one in enumerate(copy.folded.aside):
        with _notice(f"Set aside: {one.wanted}. {one.refused}", f"gap_aside_{number}"):
            _drop_button(room, f"forget_{number}", "Forget it", [one.edit])
    met = collisions(room.history, what_if_tab.present(room.workshop.id))
    if not met:
        return
    theirs = "; ".join(stale.theirs for _, stale in met)
    ours = "; ".join(stale.ours for _, stale in met)
    both = f"The room has changed this since you began: {theirs}. Your copy wants: {ours}."
    with _notice(both, "gap_met"):
        _drop_button(room, "take_theirs", "Take the room's", [edit for edit, _ in met])
        st.button(
            "Keep mine", key="keep_mine", on_click=what_if_tab.keep_mine, args=(room.workshop.id,)
        )


@contextmanager
def _notice(sentence: str, key: str) -> Iterator[None]:
    """A sentence in orange, with room for what can be done about it at its right."""
    with st.container(horizontal=True, vertical_alignment="center"):
        with st.container(key=key):
            st.markdown(words.plain(sentence))
        yield


def _drop_button(room: Room, key: str, label: str, edits: Sequence[object]) -> None:
    st.button(label, key=key, on_click=what_if_tab.drop, args=(room.workshop.id, tuple(edits)))


def picture(room: Room) -> None:
    """The copy's matrix; bubbles glide with every move."""
    standout.picture(room, BESIDE)


def years(room: Room) -> None:
    """Today to year three: an arrow for every customer with a forecast, and who changes class."""
    then = _year_three(room)
    turned = futures.moves(room.assessment, then)
    ways = {arrow.customer: arrow.then for arrow in futures.arrows(room.assessment, then)}
    points = small_points(room.assessment, set(list(ways)[:MOST_ARROWS_NAMED]), ways)
    lines = room.workshop.cut_offs
    drawn = small_matrix(points, lines, common_domain(points, lines), YEARS_SIZE)
    parts.picture(drawn, "years", alt="Where customers stand today and in three years")
    st.caption(
        words.plain(f"In three years: {turns(turned, then)}.")
        if ways
        else "No customer has a forecast yet. Say at the right where one will stand in three years."
    )


def _year_three(room: Room) -> Assessment:
    """The result in three years; kept while the copy stays as it is."""
    known: tuple[Assessment, Assessment] | None = state.recall("what_if_years")
    if known and known[0] is room.assessment:
        return known[1]
    then = futures.result_beside(futures.in_three_years(room.workshop), room.assessment)
    state.remember("what_if_years", (room.assessment, then))
    return then


def small_points(
    result: Assessment, named: set[str], ways: dict[str, tuple[float, float]] | None = None
) -> list[SmallPoint]:
    """Every customer that has a place on the matrix; only some with their name or an arrow."""
    return [
        SmallPoint(
            name=result.workshop.customers[key].name,
            strength=standing.strength[0],
            attractiveness=standing.attractiveness[0],
            klass=standing.klass,
            label=key in named,
            to=(ways or {}).get(key),
            override=key in result.workshop.overrides,
        )
        for key, standing in result.judged.items()
        if standing.distance is not None
    ]
