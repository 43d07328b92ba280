"""Parts of the trap report: what explains the list of key accounts, and the figures behind it."""

from collections.abc import Sequence

import streamlit as st

from kam.charts.chance import chance_bar
from kam.edits import AskForTies, ChooseTrapFigures
from kam.method import trap_audit, trap_words
from kam.method.asked import full_report
from kam.method.interests import interests, interests_words
from kam.method.trap_audit import Gap
from kam.method.traps import Finding, Verdict
from kam.model import TrapFigures
from kam.ui import gut, inputs, parts, standout, state, words
from kam.ui.frame import PAGES, VIEWS, Room
from kam.ui.inputs import Field
from kam.validated import changed

TRAPS, GUT, INTERESTS = "Traps", "Gut lists", "Interests"
LONGEST_SOURCE = 84  # characters of a source in its row: two lines; all of it stands under More
NO_FIGURE = ""  # stands for "none" in the select box
_VIEW = "traps_view"
_COLUMNS = [3.5, 2.4, 5.5, 0.8]  # widths: name and source, picture, sentences, more
_BAR = 226  # px


def findings(room: Room) -> tuple[Finding, ...]:
    """What every trap check found; nothing while the picture is not there."""
    return full_report(room.assessment) if standout.enough(room) else ()


def title(room: Room, found: Sequence[Finding]) -> str:
    """The message of the view that is open."""
    view = state.widget(_VIEW)
    if view == GUT:
        return gut.title(room)
    if view == INTERESTS:
        return "Does the result rest on anybody’s own interest?"
    return trap_words.headline(room.assessment, found)


def choose_view() -> str:
    """The traps, the gut-feeling lists, or declared interests."""
    return parts.choose_view((TRAPS, GUT, INTERESTS), TRAPS, _VIEW)


def empty(room: Room) -> None:
    """Nothing to look at yet."""
    st.markdown("#### Score customers first: the traps are looked for among the key accounts.")
    st.page_link(PAGES["customers"], label="Score customers", query_params=room.address)


# --- the rows -------------------------------------------------------------------------------------


def rows(room: Room, found: Sequence[Finding]) -> None:
    """One row a trap, then what cannot be looked at yet."""
    with st.container(gap="xsmall"):
        for place, one in enumerate(found):
            _row(room, one, place)
        for gap in trap_audit.gaps(room.assessment, found):
            _gap(room, gap)
        st.page_link(
            PAGES["criteria"],
            label="Do the criteria look back, or count one thing twice? See Criteria",
            query_params=room.address,
        )


def _row(room: Room, found: Finding, place: int) -> None:
    """Name and verdict, overlap against chance, and what was found in sentences."""
    name, picture, told, more = st.columns(_COLUMNS, gap="small")
    with name:
        _name(found, place)
    with picture:
        lists = found.overlap
        strong = found.verdict in (Verdict.CAUGHT, Verdict.LOOK)
        bar = chance_bar(lists.both, lists.key, lists.expected, width=_BAR, strong=strong)
        parts.picture(bar, f"chance_{place}")
    told.markdown(words.plain(" ".join(trap_words.sentences(room.assessment, found))))
    with more:
        _more(room, found, place)


def _name(found: Finding, place: int) -> None:
    """What the trap is called, what it does to this list, and where its figures are from."""
    kind = "gap_" if found.verdict is Verdict.CAUGHT else "told_"
    with st.container(key=f"{kind}trap_{place}", gap=None):
        st.markdown(f"**{found.trap.lure.capitalize()}** {trap_words.verdict_words(found)}")
        st.caption(words.plain(words.short(found.trap.source, LONGEST_SOURCE)))


def _more(room: Room, found: Finding, place: int) -> None:
    """What else speaks for or against it, and whom it could not look at."""
    with st.popover("", icon=":material/more_horiz:", type="tertiary", key=f"more_{place}"):
        st.markdown(f"Measured by: {words.plain(found.trap.source)}.")
        for sentence in trap_audit.extras(room.assessment, found):
            st.markdown(words.plain(sentence))
        st.markdown(words.plain(trap_words.unknown_words(found)))


def _gap(room: Room, gap: Gap) -> None:
    """What a trap lacks, and the way to where it is collected."""
    told, link = st.columns([9.4, 2.8], gap="medium", vertical_alignment="center")
    told.markdown(f"**{gap.lure.capitalize()}** · {words.plain(gap.words)}")
    with link:
        page = VIEWS["answer"] if gap.private else (PAGES["customers"], "Bring in figures")
        st.page_link(page[0], label=page[1], query_params=room.address)


# --- the figures ----------------------------------------------------------------------------------


def figures(room: Room) -> None:
    """Which figures tell of fame and noise, and whether ties are asked for."""
    with st.popover("Figures", icon=":material/tune:"):
        if room.workshop.fact_kinds:
            _fame(room)
            _noise(room)
        else:
            st.markdown(
                "No list with figures of customers is here yet. Bring one in with columns such as "
                "press mentions, employees, tickets or escalations, and choose them here."
            )
        _ties(room)


def _fame(room: Room) -> None:
    def edit(new: str) -> ChooseTrapFigures:
        return _chosen(room, awareness=new or None)

    held = room.workshop.trap_figures.awareness or NO_FIGURE
    inputs.choice(
        "How well known a customer is, beside what members recall",
        [NO_FIGURE, *room.workshop.fact_kinds],
        Field(room.workshop.id, "awareness", held, edit),
        format_func=lambda key: _label(room, key),
    )


def _noise(room: Room) -> None:
    def edit(new: list[str]) -> ChooseTrapFigures:
        return _chosen(room, demands=tuple(new))

    inputs.choices(
        "What counts as a demand: more of it is more work for us",
        list(room.workshop.fact_kinds),
        Field(room.workshop.id, "demands", list(room.workshop.trap_figures.demands), edit),
        format_func=lambda key: _label(room, key),
        max_selections=10,
    )


def _chosen(room: Room, **chosen: object) -> ChooseTrapFigures:
    """The choice of figures with one part changed, on what the store holds by now."""
    figures: TrapFigures = changed(room.present.trap_figures, **chosen)
    return ChooseTrapFigures(figures=figures)


def _label(room: Room, fact: str) -> str:
    """A figure as people call it."""
    kind = room.workshop.fact_kinds.get(fact)
    return kind.label if kind else "none"


def _ties(room: Room) -> None:
    """Whether people are asked how close they are to customers; off forgets every answer."""
    ties = room.workshop.answers.ties
    inputs.tick(
        "Ask in private how close we are to customers",
        Field(room.workshop.id, "ask_ties", ties.asked, lambda on: AskForTies(asked=bool(on))),
    )
    answered = words.count(ties.answers, "answer") + " so far. " if ties.asked else ""
    st.caption(
        f"{answered}Only the strongest tie of each customer is kept, never whose it is. "
        "Turned off, all answers are forgotten."
    )


# --- interests ------------------------------------------------------------------------------------


def conflicts(room: Room) -> None:
    """The result with and without the votes of those who are not impartial."""
    found = interests(room.assessment)
    told = interests_words(room.assessment, found)
    if not told:
        st.markdown("#### Nobody has declared an interest in a customer yet.")
        path, label = VIEWS["answer"]
        st.page_link(path, label=label, query_params=room.address)
        return
    names = ", ".join(room.name(key) for key in found.declared)
    st.markdown(f"**Somebody is not impartial about** {names}.")
    for sentence in told:
        st.markdown(words.plain(sentence))
