"""What speaks against the criteria, and what each remedy would change."""

import streamlit as st

from kam.method.criteria_review import Remark, review
from kam.model import Workshop
from kam.ui import new_criterion, words
from kam.ui.frame import Room
from kam.ui.kept import Kept

NOTHING = (
    "No criterion decides alone, none is counted twice, each separates customers, the set looks "
    "ahead, and both axes carry weight."
)

Card = tuple[tuple[str, ...], str, str]  # criteria, what was found, what a remedy would change

MOST_OPENED = 3  # criteria that one remark offers to open

_remarks = Kept(review)


def vague_names(workshop: Workshop) -> dict[str, str]:
    """Criterion -> a sentence for each whose name cannot be measured, as a file may bring it."""
    told = {key: new_criterion.unfit_name(one.name) for key, one in workshop.criteria.items()}
    return {key: sentence for key, sentence in told.items() if sentence}


def title(room: Room) -> str:
    """How much speaks against the criteria."""
    count = len(vague_names(room.workshop)) + len(_remarks(room))
    if not count:
        return "Nothing speaks against these criteria"
    return f"{words.count(count, 'thing speaks', 'things speak')} against these criteria"


def remarks(room: Room) -> None:
    """Each remark with what its remedy would change, and the way to the criterion."""
    vague, found = vague_names(room.workshop), _remarks(room)
    cards: list[Card] = [((key,), sentence, "") for key, sentence in vague.items()]
    cards += [(one.criteria, one.words, _effect(one)) for one in found]
    for number, (keys, sentence, effect) in enumerate(cards):
        with st.container(border=True, key=f"remark_{number}"):
            _card(room, keys, sentence, effect)
    if not vague and not found:
        st.markdown(NOTHING)


def _effect(remark: Remark) -> str:
    return remark.effect or "What a remedy would change is told once customers are scored."


def _card(room: Room, keys: tuple[str, ...], sentence: str, effect: str) -> None:
    """One remark: the sentence, the effect, and the criteria to open."""
    said, opened = st.columns([9, 3])
    said.markdown(f"**{words.plain(sentence)}**")
    if effect:
        said.markdown(words.plain(effect))
    with opened, st.container(gap=None):
        for key in keys[:MOST_OPENED]:
            st.button(
                f"Open {words.plain(words.short(room.workshop.criteria[key].name, 26))}",
                key=f"open_{key}_{sentence}",
                type="tertiary",
                on_click=new_criterion.open_one,
                args=(key,),
            )
