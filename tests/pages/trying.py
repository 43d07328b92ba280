"""The what-if page without a browser: opened, one section of its drawer shown, its copy read."""

from streamlit.testing.v1 import AppTest

from kam.edits import Edit
from kam.ui.frame import VIEWS
from kam.ui.what_if_copy import Copy
from tests.apps import start

PATH = VIEWS["what-if"][0]


def opened(workshop: str, section: str = "Weights") -> AppTest:
    """The page in a fresh tab, with one section of the drawer open."""
    tab = start()
    tab.query_params["w"] = workshop
    return shown_section(tab.switch_page(PATH).run(), section)


def shown_section(tab: AppTest, section: str) -> AppTest:
    """The same tab with another section of the drawer open."""
    return tab.segmented_control(key="what_if_section").set_value(section).run()


def side_by_side(tab: AppTest) -> AppTest:
    """The same tab with its states side by side."""
    return tab.segmented_control(key="what_if_view").set_value("Side by side").run()


def copy_of(tab: AppTest, workshop: str) -> Copy:
    """The private copy that the tab has."""
    place = f"tab:what_if:{workshop}"
    found = tab.session_state[place] if place in tab.session_state else Copy()
    assert isinstance(found, Copy)
    return found


def moves(tab: AppTest, workshop: str) -> tuple[Edit, ...]:
    """The moves that the tab's copy holds."""
    return copy_of(tab, workshop).edits
