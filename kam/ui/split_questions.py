"""What to ask before deciding: a list for everybody who asks, with room for the answers."""

from collections.abc import Sequence
from functools import partial

import streamlit as st

from kam.edits import AnswerQuestion, Edit, PutQuestions, RemoveQuestion, Together
from kam.errors import Refused
from kam.method.questions import asks_favour, by_owner, is_late, to_ask, turn
from kam.model import Favours, Question
from kam.report.csv import csv
from kam.report.names import file_name
from kam.report.questions import question_list, question_workbook
from kam.ui import inputs, state, words
from kam.ui.filled_list import bring_back
from kam.ui.frame import Room, save, write
from kam.ui.inputs import Field
from kam.ui.split_case import favour_edit, left, queue
from kam.validated import changed

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ROWS = 30  # questions on the page; the exported list has them all
_WIDTHS = [5.2, 4.6, 2.2, 0.7]  # question, answer, day, removal


def questions(room: Room) -> None:
    """The whole view: how far the asking is, what may be added, and the list."""
    new = to_ask(room.assessment, room.today)
    with st.container(horizontal=True, vertical_alignment="center", key="asking"):
        st.markdown(f"#### {progress(room, new)}", width="stretch")
        _add(room, new)
        if room.workshop.questions:
            _downloads(room)
            bring_back(room)
    _groups(room)
    if new:
        _proposed(room, new)


def progress(room: Room, new: Sequence[Question]) -> str:
    """How far the asking is, as a sentence."""
    found = turn(room.workshop, room.today)
    if not found.asked and not new:
        return f"Nobody needs to be asked: {_why_nobody(room)}."
    if not found.asked:
        told = f"{words.count(len(new), 'question')} could settle {_cases(room, new)}"
        return f"{told}. Nobody is asked yet."
    late = f"; {found.late} past their day" if found.late else ""
    return f"{found.answered} of {words.count(found.asked, 'question')} answered{late}"


def _why_nobody(room: Room) -> str:
    """Why there is nothing to ask, as the end of a sentence."""
    if not queue(room):
        return "no case is borderline"
    if not left(room):
        return "every borderline case is decided"
    return "we know what we would ask of the borderline cases"


def _cases(room: Room, new: Sequence[Question]) -> str:
    """How many cases the questions are about; of how many, where that is not all."""
    about, every = len({one.customer for one in new}), len(left(room))
    if about == every:
        return words.count(about, "borderline case")
    return f"{about:,} of {words.count(every, 'borderline case')}"


def _add(room: Room, new: Sequence[Question]) -> None:
    """Put the questions that are not on the list yet there, as one step."""
    if new:
        st.button(
            f"Add {words.count(len(new), 'question')}",
            key="add_questions",
            type="secondary" if room.workshop.questions else "primary",
            on_click=save,
            args=(room.workshop.id, PutQuestions(questions=tuple(new))),
        )


def _downloads(room: Room) -> None:
    """The list to take along, as a workbook and as plain text."""
    name = f"{room.workshop.name}-questions"
    st.download_button(
        "Excel",
        lambda: question_workbook(room.workshop),
        file_name=file_name(name, "xlsx"),
        mime=XLSX,
        icon=":material/download:",
        key="questions_xlsx",
    )
    st.download_button(
        "CSV",
        lambda: csv(question_list(room.workshop)),
        file_name=file_name(name, "csv"),
        mime="text/csv",
        icon=":material/download:",
        key="questions_csv",
    )


# --- what would be added --------------------------------------------------------------------------


def _proposed(room: Room, new: Sequence[Question]) -> None:
    """The questions that one tap would add, to be read only: whom, what, who asks, by when."""
    with st.container(key="proposed", gap="xxsmall"):
        cases = _cases(room, new)
        st.caption(f"This would be added, for {cases}; nobody is asked before you add it.")
        for one in new[:ROWS]:
            asked, owner, due = st.columns([9.8, 2.2, 2.2], vertical_alignment="top")
            asked.caption(f"{room.name(one.customer)} · {words.plain(one.text)}")
            owner.caption(words.plain(one.owner) or "No owner yet")
            due.caption(f"by {one.due}" if one.due else "no day")
        if len(new) > ROWS:
            st.caption(f"and {len(new) - ROWS:,} more")


# --- the list -------------------------------------------------------------------------------------


def _groups(room: Room) -> None:
    """Everybody who asks, with their questions; the first thirty of all."""
    space = ROWS
    for place, (owner, every) in enumerate(by_owner(room.workshop).items()):
        _heading(room, f"owner_{place}", owner, every)
        for one in every[:space]:
            _row(room, one)
        space -= len(every)
        if space <= 0:
            break
    more = len(room.workshop.questions) - ROWS
    if more > 0:
        st.caption(f"and {more:,} more; the exported list has them all")


def _heading(room: Room, key: str, owner: str, every: Sequence[Question]) -> None:
    """Who asks, and how many of all its questions are open; one box for all that nobody asks."""
    open_ones = sum(not one.answer for one in every)
    told = f"**{words.plain(owner) or 'No owner yet'}** · {open_ones:,} of {len(every):,} open"
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        with st.container(key=f"{'told' if owner else 'gap'}_{key}", width="content"):
            st.markdown(told)
        if not owner and len(every) > 1:
            asks = f"Who asks all {len(every):,}"
            field = Field(room.workshop.id, "owner_of_all", "", partial(_give, room))
            inputs.text(asks, field, placeholder=asks, label_visibility="collapsed", width=320)


def _give(room: Room, owner: str) -> PutQuestions | None:
    """All questions that nobody asks, given to one person as one step; `None` without a name."""
    nobody = [one for one in room.present.questions.values() if not one.owner]
    if not owner.strip() or not nobody:
        return None
    return PutQuestions(questions=tuple(changed(one, owner=owner.strip()) for one in nobody))


def _row(room: Room, one: Question) -> None:
    """A question, its answer, its day, and the way to take it back."""
    asked, answer, due, remove = st.columns(_WIDTHS, vertical_alignment="top")
    late = " · :orange[past its day]" if is_late(one, room.today) else ""
    with asked:
        st.markdown(f"**{room.name(one.customer)}** · {words.plain(one.text)}{late}")
        if not one.owner:
            inputs.text("Who asks", _detail(room, one, "owner"), placeholder="Who asks")
    with answer:
        _answer(room, one)
    with due:
        inputs.day("By", _detail(room, one, "due"), label_visibility="collapsed")
    remove.button(
        "",
        key=f"remove_{one.id}",
        icon=":material/close:",
        type="tertiary",
        help="Take the question back",
        on_click=save,
        args=(room.workshop.id, RemoveQuestion(question=one.id)),
    )


def _answer(room: Room, one: Question) -> None:
    """What the customer said; for its view of us, two buttons that settle it, too."""

    def edit(new: str) -> AnswerQuestion:
        return AnswerQuestion(question=one.id, answer=new or "")

    field = Field(room.workshop.id, f"answer_{one.id}", one.answer, edit)
    inputs.text(
        "Answer", field, placeholder="What it said", label_visibility="collapsed", max_chars=4_000
    )
    if asks_favour(one):
        _settles(room, one)


def _settles(room: Room, one: Question) -> None:
    """Whether it would favour us, for the profile: the answer alone changes no class."""
    profile = room.workshop.customers[one.customer].profile
    if profile.favours_us is not Favours.UNKNOWN and profile.favours_known_by == "asked":
        st.caption(f"Written down: it would{'' if profile.favours_us is Favours.YES else ' not'}")
        return
    with st.container(horizontal=True, gap="small"):
        for answer, told in ((Favours.YES, "It would"), (Favours.NO, "It would not")):
            st.button(told, key=f"{answer}_{one.id}", on_click=_settle, args=(room, one, answer))


def _settle(room: Room, one: Question, answer: Favours) -> None:
    """Write the customer's view into its profile, and as the answer where there is none."""
    edits: list[Edit] = [favour_edit(room, one.customer, answer)]
    known = room.present.questions.get(one.id)
    if known is not None and not known.answer:
        edits.append(AnswerQuestion(question=one.id, answer=answer.value.capitalize()))
    name = f"{room.workshop.customers[one.customer].name}: its view of us"
    try:
        write(room.workshop.id, Together(name=name[:200], edits=tuple(edits)))
    except Refused as refused:
        state.tell(str(refused))


def _detail(room: Room, one: Question, name: str) -> Field:
    """Who asks, or by when, as a widget shows it."""

    def edit(new: object) -> PutQuestions:
        known = room.present.questions.get(one.id, one)
        value = (new or "") if name == "owner" else new
        return PutQuestions(questions=(changed(known, **{name: value}),))

    return Field(room.workshop.id, f"{name}_{one.id}", getattr(one, name), edit)
