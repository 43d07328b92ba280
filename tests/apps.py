"""The app without a browser: its pages, opened by AppTest on a store of the test's own."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from kam.edits import BringIn, Edit, PutCriterion
from kam.history import History, read
from kam.method.assessment import assess
from kam.model import Customer, Favours, Profile, Workshop
from kam.store import import_workshop
from kam.ui import rooms
from kam.ui.frame import PAGES, Room
from tests.workshops import TODAY, A, S, criterion, entries, scores

ROOT = Path(__file__).resolve().parent.parent
EXAMPLE = ROOT / "data" / "example.json"
UNEXPECTED = "Something went wrong"


@contextmanager
def own_home(folder: Path) -> Iterator[None]:
    """A folder of workshops that nothing else of the process has open or remembers."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("KEYROOM_HOME", str(folder))
        rooms._latest.clear()
        try:
            yield
        finally:
            restart()


def restart() -> None:
    """What a restarted program finds: closed files, and nothing in memory."""
    rooms.store().close()
    rooms._latest.clear()


def example() -> str:
    """The id of the example workshop, brought into the store."""
    return rooms.store().bring_in(import_workshop(EXAMPLE.read_bytes()))


def stored(*edits: Edit) -> str:
    """The id of a new workshop in the store with these edits."""
    workshop = rooms.store().create("A test")
    for edit in edits:
        rooms.store().write(workshop, edit)
    return workshop


def present(workshop: str) -> Workshop:
    """The workshop as the store has it now."""
    return rooms.store().workshop(workshop)


def start() -> AppTest:
    """The start page in a fresh tab."""
    return AppTest.from_file(str(ROOT / "app.py"), default_timeout=30).run()


def page(slug: str, workshop: str = "") -> AppTest:
    """A step's page in a fresh tab, as after a refresh or from a shared address."""
    tab = AppTest.from_file(str(ROOT / "app.py"), default_timeout=30)
    if workshop:
        tab.query_params["w"] = workshop
    return go(tab, slug)


def go(tab: AppTest, slug: str) -> AppTest:
    """The same tab on another page."""
    return tab.switch_page(PAGES[slug]).run()


def shown(tab: AppTest) -> str:
    """Every text on a page; fails where a traceback or an unexpected error is on it."""
    assert [error.value for error in tab.exception] == []
    kinds = (tab.title, tab.subheader, tab.markdown, tab.caption, tab.error, tab.success)
    text = "\n".join(element.value for kind in kinds for element in kind)
    assert UNEXPECTED not in text
    return text.replace("\\", "").replace("\u2060", "")


def labels(tab: AppTest) -> list[str]:
    """The labels of all buttons on a page, without the escapes that markdown needs."""
    return [button.label.replace("\\", "") for button in tab.button]


def room(workshop: Workshop) -> Room:
    """What a page of that workshop reads, without a store."""
    return Room(History(workshop), assess(workshop), TODAY)


def room_after(*edits: Edit) -> Room:
    """What a page reads once these edits were made, with their history."""
    history = read("w", entries(*edits))
    return Room(history, assess(history.workshop), TODAY)


def scored(rows: Iterable[tuple[str, tuple[float | None, float | None]]]) -> list[Edit]:
    """Edits that make a workshop of named customers with one criterion an axis."""
    people = {f"c{n}": (name, levels) for n, (name, levels) in enumerate(rows)}
    profile = Profile(owner="Ines", favours_us=Favours.UNKNOWN, revenue=1e6)
    return [
        PutCriterion(criterion=criterion("a", A)),
        PutCriterion(criterion=criterion("s", S)),
        BringIn(
            origin="a test",
            customers={k: Customer(id=k, name=v[0], profile=profile) for k, v in people.items()},
        ),
        scores(("a", "s"), {k: v[1] for k, v in people.items()}),
    ]
