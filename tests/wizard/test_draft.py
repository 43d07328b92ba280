"""`kam.ui.wizard.draft`: what one tab has chosen, kept until the last button or a new beginning."""

import gc
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kam.errors import Unreadable
from kam.ui.wizard import draft
from kam.ui.wizard.draft import Draft, Source, received
from tests.wizard.opened import Tab


@pytest.fixture
def tab(monkeypatch: pytest.MonkeyPatch) -> Tab:
    return Tab(monkeypatch)


def test_a_tab_begins_with_nothing_chosen(tab: Tab) -> None:
    assert tab.draft() == Draft()
    assert (tab.draft().step, tab.draft().sources, tab.draft().goes_to) == (1, (), None)


@pytest.mark.usefixtures("tab")
def test_a_change_leaves_the_rest_and_the_other_doors_alone() -> None:
    draft.keep("customers", Draft(step=2, same={"Elm": "e"}))
    draft.change("customers", step=3)
    assert draft.draft("customers") == Draft(step=3, same={"Elm": "e"})
    assert draft.draft("scores") == Draft()


def test_beginning_anew_forgets_one_door_and_empties_its_file_widget(tab: Tab) -> None:
    for door in ("customers", "ledger"):
        draft.keep(door, Draft(step=3))
        draft.once(door, "table", (), lambda: "read")
    before = draft.key("customers", "file", draft.round_of("customers"))
    draft.begin_anew("customers")
    assert tab.draft() == Draft()
    assert "wizard:customers:table" not in tab.kept
    assert draft.key("customers", "file", draft.round_of("customers")) != before
    assert (draft.draft("ledger").step, draft.round_of("ledger")) == (3, 0)
    draft.begin_anew("customers")
    assert draft.round_of("customers") == 2


@pytest.mark.usefixtures("tab")
def test_something_is_made_once_until_what_it_rests_on_is_another_thing() -> None:
    made: list[str] = []

    def make() -> str:
        made.append("x" * len(made))
        return made[-1]

    one, same, other = {"a": 1}, {"a": 1}, {"a": 2}
    assert draft.once("customers", "table", (one,), make) == ""
    assert draft.once("customers", "table", (same,), make) == ""
    assert draft.once("customers", "table", (other,), make) == "x"
    assert draft.once("scores", "table", (other,), make) == "xx"
    assert len(made) == 3


@pytest.mark.usefixtures("tab")
def test_what_could_not_be_read_is_not_read_again_until_something_else_is_said() -> None:
    tried: list[str] = []

    def read() -> str:
        tried.append("once")
        raise Unreadable("There are no column names.")

    for _ in range(3):
        with pytest.raises(Unreadable, match="There are no column names"):
            draft.once("customers", "table", ("a",), read)
    assert len(tried) == 1
    assert draft.once("customers", "table", ("b",), lambda: "read") == "read"


@pytest.mark.usefixtures("tab")
def test_two_files_of_one_name_and_content_are_two_files() -> None:
    one, other = Source("a.csv", b"1"), Source("a.csv", b"1")
    assert one != other
    assert draft.once("customers", "table", (one,), lambda: 1) == 1
    assert draft.once("customers", "table", (other,), lambda: 2) == 2


@pytest.mark.parametrize(
    ("names", "told"),
    [((), ""), (("a.csv",), "a.csv"), (("a.csv", "b.csv", "c.csv"), "a.csv and 2 more")],
)
def test_a_draft_says_what_was_chosen(names: tuple[str, ...], told: str) -> None:
    assert Draft(sources=tuple(Source(name) for name in names)).name == told


# --- large files on the disk ----------------------------------------------------------------------


def test_a_received_file_is_readable_by_nobody_else_and_goes_when_nobody_holds_it() -> None:
    source = received("../orders.csv", b"customer,amount\n", "t1")
    place = source.path
    assert isinstance(place, Path)
    assert place.read_bytes() == b"customer,amount\n"
    assert place.stat().st_mode & 0o077 == 0
    assert (source.name, place.suffix) == ("../orders.csv", ".csv")
    assert "orders" not in place.name
    del source
    gc.collect()
    assert not place.exists()


def test_a_file_that_is_gone_already_is_no_error() -> None:
    source = received("orders.csv", b"x", "t1")
    assert source.path is not None
    source.path.unlink()
    del source
    gc.collect()


# --- keys -----------------------------------------------------------------------------------------


def test_columns_that_differ_in_a_sign_have_widgets_of_their_own() -> None:
    assert draft.key("customers", "yes", "Spend (€)") != draft.key("customers", "yes", "Spend ($)")


@given(st.text(), st.text())
def test_a_key_is_safe_in_a_class_name_and_tells_what_it_is_for(one: str, other: str) -> None:
    keys = [draft.key("customers", "yes", part) for part in (one, other)]
    assert all(re.fullmatch(r"[\w-]+", key) for key in keys)
    assert (keys[0] == keys[1]) == (one == other)
