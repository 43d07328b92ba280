"""What the best relationships have in common, and whether the model sees them."""

from collections.abc import Sequence

import streamlit as st

from kam.edits import MarkBest
from kam.method.assessment import Assessment
from kam.method.best_relationships import CAUTION, BestRelationships, best_relationships
from kam.method.evidence import figures
from kam.method.groups import LEDGER
from kam.method.left_out import BIGNESS
from kam.method.pool import MARGIN, OWN_REVENUE, SPEND, Pool
from kam.method.separation import FEWEST, Separation
from kam.model import Axis, Criterion, Workshop
from kam.ui import inputs, new_criterion, state, words
from kam.ui.frame import Room
from kam.ui.inputs import Field
from kam.ui.kept import Kept
from kam.ui.names import new_id

QUESTION = "What do our best relationships have in common?"

FEW = 2  # best relationships that the model does not see; the reasons for more are folded

# Measures of the pool -> the column of a criterion that holds the same figure.
_COLUMNS = {
    SPEND: "available_spend",
    OWN_REVENUE: "own_revenue",
    MARGIN: f"{LEDGER}gross_margin",
}


def _of_marked(result: Assessment) -> BestRelationships:
    return best_relationships(result, result.workshop.best_relationships)


_found = Kept(_of_marked)


def title(room: Room) -> str:
    """How many of the best relationships the model sees; the question until three are marked."""
    found = _found(room)
    if len(found.marked) < FEWEST:
        return QUESTION
    seen, count = len(found.test.seen), len(found.test.seen) + len(found.test.unseen)
    return f"{seen} of our {count} best relationships are in the key zone"


def in_common(room: Room) -> None:
    """The marks, the test of the model, what separates them, and what that suggests."""
    left, right = st.columns([7, 5], gap="large")
    with right:
        _marks(room)
    if len(_found(room).marked) < FEWEST:
        with left:
            _too_few(len(_found(room).marked))
        return
    with left:
        _test(room)
        _separations(_found(room).separations)
    with right:
        _suggestions(room)


def _marks(room: Room) -> None:
    """Which customers are the best relationships we have now."""
    marked = list(room.workshop.best_relationships)

    def edit(new: Sequence[str]) -> MarkBest:
        return MarkBest(customers=tuple(new))

    inputs.choices(
        "Our best relationships now",
        list(dict.fromkeys([*marked, *room.assessment.judged])),
        Field(room.workshop.id, "best_relationships", marked, edit),
        format_func=lambda key: room.workshop.customers[key].name,
        placeholder="Search by name",
        help="Those with which things are as they should be, whatever their size.",
    )


def _too_few(count: int) -> None:
    st.markdown(f"#### Mark at least {FEWEST} best relationships; {count} of those judged are.")
    st.markdown(
        "Then you see whether the model puts them in the key zone, what sets them apart from the "
        "other customers, and what that suggests for the criteria."
    )


def _test(room: Room) -> None:
    """Whether the model sees them; this comes first."""
    names = {key: one.name for key, one in room.workshop.customers.items()}
    first, _, reasons = _found(room).test.words(names).partition(". ")
    st.markdown(f"**{words.plain(first.rstrip('.'))}.**")
    if len(_found(room).test.unseen) > FEW:
        with st.expander("Why it does not see the others"):
            st.markdown(words.plain(reasons))
    elif reasons:
        st.markdown(words.plain(reasons))


def _separations(found: Sequence[Separation]) -> None:
    """What sets them apart, what may be luck, and, in one sentence, what does not."""
    clear = [one for one in found if one.clear]
    maybe = [one for one in found if one.maybe]
    rest = [one.label for one in found if not one.rank and one.area is not None]
    st.markdown("##### What sets them apart" if clear else "##### Nothing clearly sets them apart")
    with st.container(gap="xsmall"):
        for one in clear:
            st.markdown(words.plain(one.words))
    if maybe:
        with st.expander(f"{words.count(len(maybe), 'more difference')} may be luck"):
            for one in maybe:
                st.markdown(words.plain(one.words))
    if rest:
        st.caption(words.plain(f"No clear difference: {', '.join(rest)}."))


def _suggestions(room: Room) -> None:
    """What the findings ask of the criteria, with a button where one could be made."""
    found = _found(room)
    st.markdown(
        "##### What that suggests" if found.suggestions else "##### It suggests nothing new"
    )
    for sentence in found.suggestions:
        st.markdown(words.plain(sentence))
    for one in found.separations:
        if may_become_criterion(room.workshop, one):
            st.button(
                f"Make “{words.plain(words.short(one.label))}” a criterion",
                key=f"make_{one.key}",
                on_click=make_criterion,
                args=(room, one),
            )
    st.caption(CAUTION)


def may_become_criterion(workshop: Workshop, one: Separation) -> bool:
    """Whether a finding is about a figure that could be asked for, and is not yet."""
    return bool(one.rank) and one.key not in workshop.criteria and one.key not in BIGNESS


def make_criterion(room: Room, one: Separation) -> None:
    """Add the figure as a criterion of our own and open it; a vague name or a ninth is refused."""
    if refused := new_criterion.unfit_name(one.label):
        state.tell(refused)
        return
    made = prefilled(room.workshop, one)
    if new_criterion.put(room, made):
        new_criterion.open_one(made.id)


def prefilled(workshop: Workshop, one: Separation) -> Criterion:
    """The criterion that a figure makes, with its column where a criterion can read it.

    Definition and levels are the team's to give, so it cannot be scored before.
    """
    measure = Pool(workshop).measure(one.key)
    column = _COLUMNS.get(one.key, one.key)
    return Criterion(
        id=new_id("C", workshop.criteria),
        name=one.label,
        axis=Axis.ATTRACTIVENESS,
        unit=measure.unit,
        source=measure.about,
        column=column if column in figures(workshop) else "",
        direction="-" if one.way == "lower" else "+",
        watch_out=CAUTION,
    )
