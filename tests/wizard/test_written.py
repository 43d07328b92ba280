"""`kam.ui.wizard.written`: what a person says of a column is kept, and nothing else changes."""

import pytest

from kam.intake.lists.fields import Written
from kam.ui.wizard import draft, written
from kam.ui.wizard.draft import Draft
from tests.wizard.opened import Tab


@pytest.fixture
def tab(monkeypatch: pytest.MonkeyPatch) -> Tab:
    """A tab in which a column is in thousands already."""
    opened = Tab(monkeypatch)
    draft.keep("customers", Draft(written={"Revenue": Written(factor=1000.0)}))
    return opened


def says(tab: Tab, name: str, value: object) -> Written:
    """How the column is written after the person has said something."""
    tab.held["box"] = value
    written._says("customers", "Revenue", "box", name)
    return tab.draft().written["Revenue"]


def test_one_answer_leaves_the_others_as_they_are(tab: Tab) -> None:
    assert says(tab, "mark", ",") == Written(",", 1000.0)
    assert says(tab, "factor", 1.0) == Written(",", 1.0)


def test_that_the_month_comes_first_is_an_answer(tab: Tab) -> None:
    month_first: object = False
    assert says(tab, "day_first", month_first).day_first is False


@pytest.mark.parametrize(("name", "nothing"), [("factor", 0.0), ("mark", None), ("factor", None)])
def test_nothing_is_no_answer(tab: Tab, name: str, nothing: object) -> None:
    assert says(tab, name, nothing) == Written(factor=1000.0)
    assert tab.draft().answered == ()


def test_an_answered_column_is_not_in_doubt_any_more(tab: Tab) -> None:
    says(tab, "mark", ",")
    says(tab, "mark", ".")
    assert tab.draft().answered == ("Revenue",)
