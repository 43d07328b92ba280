"""The wizard opened in a tab, files given to it, and what it says."""

from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from kam.ui import state
from kam.ui.wizard import draft
from tests.apps import labels, page, shown

CUSTOMERS, LEDGER, SCORES = "A list of customers", "An order ledger", "Scores"
PATIENCE = 100  # looks at a reading that goes on, half a second each
VIEW = "customers_view_"


def opened(workshop: str, door: str = CUSTOMERS) -> AppTest:
    """The page of customers with one of the wizard's doors open."""
    tab = shown_again(page("customers", workshop))
    return tab.segmented_control(key="bring_in_door").set_value(door).run()


def shown_again(tab: AppTest) -> AppTest:
    """A tab on the page of customers, with the wizard in view."""
    view = next(one for one in tab.segmented_control if str(one.key).startswith(VIEW))
    return view.set_value("Bring in").run()


def given(tab: AppTest, content: str | bytes, name: str = "list.csv") -> AppTest:
    """The tab after a file was chosen."""
    data = content.encode() if isinstance(content, str) else content
    tab.file_uploader[0].set_value((name, data, "application/octet-stream"))
    return tab.run()


def to(tab: AppTest, step: int, door: str = "customers") -> AppTest:
    """The tab after the button that leads to a step."""
    return tab.button(key=f"wizard_{door}_to_{step}").click().run()


def checked(tab: AppTest, content: str | bytes, name: str = "list.csv") -> AppTest:
    """The third screen for a file of customers, or for scores, as its columns match."""
    door = "scores" if tab.segmented_control(key="bring_in_door").value == SCORES else "customers"
    given(tab, content, name)
    if "Match the columns" in labels(tab):
        to(tab, 2, door)
    return to(tab, 3, door)


def stored_by(tab: AppTest, door: str = "customers") -> AppTest:
    """The tab after the last button."""
    return tab.button(key=f"wizard_{door}_bring_in").click().run()


def pressed(tab: AppTest, label: str) -> AppTest:
    """The tab after the first button with this label."""
    return tab.button[labels(tab).index(label)].click().run()


def boxes(tab: AppTest) -> dict[str, Any]:
    """What every box to choose from shows, by its label."""
    return {box.label.replace("\\", ""): box.value for box in tab.selectbox}


def told(tab: AppTest, sentence: str) -> bool:
    """Whether a sentence is on the page."""
    return sentence in shown(tab)


def questions(tab: AppTest) -> list[str]:
    """The labels of everything that opens, without escapes."""
    return [part.label.replace("\\", "") for part in tab.expander]


def ledger_given(tab: AppTest, *contents: str, name: str = "orders.csv") -> AppTest:
    """The second screen of a ledger that comes in these files."""
    names = [name if at == 0 else f"{at}_{name}" for at in range(len(contents))]
    kind = "application/octet-stream"
    files = [(own, one.encode(), kind) for own, one in zip(names, contents, strict=True)]
    tab.file_uploader[0].set_value(files)
    finished(tab.run())
    if "wizard_ledger_back" in [one.key for one in tab.button]:  # nothing had to be asked
        tab.button(key="wizard_ledger_back").click().run()
    return tab


def counted(tab: AppTest) -> AppTest:
    """The third screen of a ledger, once it is read."""
    return finished(tab.button(key="wizard_ledger_read").click().run())


def finished(tab: AppTest) -> AppTest:
    """The tab once the reading has ended, as its own refreshing would show it."""
    for _ in range(PATIENCE):
        if "wizard_ledger_stop" not in [one.key for one in tab.button]:
            return tab
        tab.run()
    raise AssertionError("The reading did not end.")


class Tab:
    """What one browser tab remembers and holds in its widgets, without a browser."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.kept: dict[str, Any] = {}
        self.held: dict[str, Any] = {}
        monkeypatch.setattr(state, "recall", self.kept.get)
        monkeypatch.setattr(state, "remember", self.kept.__setitem__)
        monkeypatch.setattr(state, "forget_all", self.forget_all)
        monkeypatch.setattr(state, "widget", self.held.get)

    def forget_all(self, beginning: str) -> None:
        for name in [name for name in self.kept if name.startswith(beginning)]:
            del self.kept[name]

    def draft(self, door: str = "customers") -> draft.Draft:
        """What the wizard has so far behind a door."""
        return draft.draft(door)
