"""The frame of every page: the step bar, messages, the title; and the one way to write."""

import logging
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from kam.agenda import STEPS, Progress, agenda
from kam.edits import Edit, MarkRevision, Redo, Undo
from kam.errors import KeyroomError
from kam.history import History, Step
from kam.method.assessment import Assessment
from kam.method.checks import Checks
from kam.model import Workshop
from kam.ui import rooms, state, words
from kam.ui.look import dress

log = logging.getLogger(__name__)

START = "pages/views/start.py"
PAGES = {step.slug: f"pages/steps/{step.slug}.py" for step in STEPS}
# Pages beside the steps: address -> file and name in the list of views.
VIEWS: dict[str, tuple[str, str]] = {
    "answer": ("pages/views/ballot.py", "Your own answers"),
    "what-if": ("pages/views/what_if.py", "What if?"),
    "changes": ("pages/views/changes.py", "What would change it?"),
    "review": ("pages/views/review.py", "Who moved, and why?"),
    "portfolio": ("pages/views/portfolio.py", "What does the whole portfolio look like?"),
    "resources": ("pages/views/resources.py", "Where do our hours go?"),
    "traps": ("pages/views/traps.py", "Only size, fame, noise or friends?"),
    "second_opinion": (
        "pages/views/second_opinion.py",
        "Would another method choose the same?",
    ),
}
_ICONS = {"done": ":material/check_circle:", "problem": ":material/error:"}


@dataclass(frozen=True)
class Room:
    """What a page reads once: the workshop, its history, its result, and the day."""

    history: History
    assessment: Assessment
    today: date

    @property
    def workshop(self) -> Workshop:
        """The present state."""
        return self.history.workshop

    @property
    def checks(self) -> Checks:
        """What the result is asked before it is believed."""
        return rooms.checked(self.workshop, self.assessment)

    @property
    def present(self) -> Workshop:
        """The state as the store has it by now: what a field's edit must build on.

        Two fields of one thing may change before the page is drawn again; an edit made from
        `workshop` would then take the first change back.
        """
        return rooms.store().workshop(self.workshop.id)

    @property
    def address(self) -> dict[str, str]:
        """The query parameters that keep this workshop open on another page."""
        return state.address(self.workshop.id)

    def name(self, customer: str) -> str:
        """A customer's name, safe for markdown."""
        return words.plain(self.workshop.customers[customer].name)


@contextmanager
def explained() -> Iterator[None]:
    """Show errors in words: known ones unchanged, unknown ones as a number to look up."""
    try:
        yield
    except KeyroomError as error:
        st.error(words.plain(str(error)))
        st.page_link(START, label="All workshops", icon=":material/key_vertical:")
    except Exception:  # the router's last resort: log everything, show nothing of it
        number = secrets.token_hex(4)
        log.exception("error %s", number)
        st.error(
            f"Something went wrong on this page; nothing that you saved is lost. "
            f"Reload it, and if it comes back, tell your administrator the number {number}."
        )


def open_page(slug: str) -> Room:
    """The open workshop, after drawing the step bar and any message left for this tab."""
    dress()
    workshop = state.workshop_id()
    if workshop is None:
        st.switch_page(START)
    history = rooms.store().history(workshop)
    state.saw(workshop, history.revision)
    room = Room(history, rooms.assessed(history), date.today())  # noqa: DTZ011 - the room's own day
    _bar(room, slug)
    message()
    return room


def message() -> None:
    """The message left for this tab, if there is one."""
    left = state.told()
    if left is None:
        return
    kind, text = left
    show = st.success if kind == "done" else st.error
    show(words.plain(text))


def _bar(room: Room, slug: str) -> None:
    """Seven numbered steps with their progress; undo and redo at the right."""
    with st.container(key="bar", horizontal=True, gap="xxsmall", vertical_alignment="center"):
        st.page_link(START, label="", icon=":material/key_vertical:", help="All workshops")
        for number, progress in enumerate(
            agenda(room.assessment, room.today, room.history.revision), start=1
        ):
            _step_link(room, progress, number, here=progress.step.slug == slug)
        st.space("stretch")
        _views(room)
        st.space("xsmall")
        _history_buttons(room)


def _step_link(room: Room, progress: Progress, number: int, *, here: bool) -> None:
    step = progress.step
    kind = "here" if here else progress.status
    with st.container(key=f"{kind}_{step.slug}", width="content"):
        st.page_link(
            PAGES[step.slug],
            label=step.title,
            icon=_ICONS.get(progress.status, f":material/counter_{number}:"),
            help=_note(progress),
            query_params=room.address,
        )


def _views(room: Room) -> None:
    """The pages beside the steps."""
    with st.popover("", icon=":material/more_horiz:", type="tertiary", help="More views"):
        for path, title in VIEWS.values():
            st.page_link(path, label=title, query_params=room.address)


def _note(progress: Progress) -> str:
    """What is missing in a step, for its tooltip."""
    if progress.status == "done":
        return "Complete"
    more = f" ({progress.open - 1} more)" if progress.open > 1 else ""
    return words.plain(progress.note) + more


def _history_buttons(room: Room) -> None:
    last, following = room.history.last, room.history.next
    changed = room.history.entries[-1].when if room.history.entries else None
    name = words.plain(words.short(room.workshop.name, 26))
    kind = "Example · " if room.workshop.example else ""
    st.caption(f"{kind}{name}{f' · {words.clock(changed)}' if changed else ''}")
    _history_button(room, "undo", last, ("Undo", "Nothing to undo"))
    _history_button(room, "redo", following, ("Do again", "Nothing to do again"))


def _history_button(room: Room, key: str, step: Step | None, told: tuple[str, str]) -> None:
    """Undo or redo, saying what it would do."""
    verb, nothing = told
    st.button(
        "",
        key=key,
        icon=f":material/{key}:",
        type="tertiary",
        help=f"{verb}: {words.plain(step.words)}" if step else nothing,
        disabled=step is None,
        on_click=undo if key == "undo" else redo,
        args=(room,),
    )


def undo(room: Room) -> None:
    """Take back the last step that this page showed."""
    if room.history.last:
        write(room.workshop.id, Undo(target=room.history.last.entry.id))


def redo(room: Room) -> None:
    """Do the step again that this page offered."""
    if room.history.next:
        write(room.workshop.id, Redo(target=room.history.next.entry.id))


def write(workshop: str, edit: Edit) -> bool:
    """Save an edit, made against the revision that this tab shows; whether it was taken.

    A refusal is kept for the top of the page; nothing else happens then.
    """
    try:
        receipt = rooms.store().write(workshop, edit, base=state.seen(workshop))
    except KeyroomError as error:
        state.tell(str(error))
        return False
    state.saw(workshop, receipt.revision)
    return True


def save(workshop: str, edit: Edit) -> None:
    """Save an edit, as the callback of a button."""
    write(workshop, edit)


def head(title: str) -> DeltaGenerator:
    """The page's title at the left; a container for at most three actions at the right."""
    with st.container(
        key="head",
        horizontal=True,
        horizontal_alignment="distribute",
        vertical_alignment="center",
    ):
        st.title(title, anchor=False, width="content")
        return st.container(
            horizontal=True,
            horizontal_alignment="right",
            vertical_alignment="center",
            width="content",
        )


def next_step(room: Room, slug: str, label: str, agreed: str = "") -> None:
    """The one filled button of a page: name the state that the team agreed on, and go on.

    Args:
        room: the open workshop.
        slug: the page to go to.
        label: what the button says.
        agreed: the name of the agreement; none is written when the state bears it already.
    """
    if st.button(label, type="primary", key="next_step"):
        if agreed:
            agree(room, agreed)
        st.switch_page(PAGES[slug], query_params=room.address)


def agree(room: Room, name: str) -> None:
    """Name the present revision, unless nothing has changed since it was named last."""
    if name_of_state(room) is None:
        mark(room, name)


def name_of_state(room: Room) -> str | None:
    """The name that the present state bears; `None` when something has changed since."""
    last = room.history.done[-1].entry.edit if room.history.done else None
    return last.name if isinstance(last, MarkRevision) else None


def mark(room: Room, name: str, *, begins_review: bool = False) -> None:
    """Name the present revision; a name that an earlier one bears gets a number."""
    taken = {mark.name for mark in room.workshop.marks}
    numbered = (f"{name} ({number})" for number in range(2, len(taken) + 3))
    free = name if name not in taken else next(n for n in numbered if n not in taken)
    revision = room.history.revision
    named = MarkRevision(name=free, on=room.today, revision=revision, begins_review=begins_review)
    write(room.workshop.id, named)
