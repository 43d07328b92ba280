"""Step 7 and `kam.ui.share`: the summary, the files, the decision record."""

import csv
import io
import json

import pytest
from streamlit.testing.v1 import AppTest

from kam.edits import SetPoints
from kam.report.csv import csv as as_csv
from kam.report.tables import customers, plans
from kam.store import export_workshop, import_workshop
from kam.ui import rooms, share
from kam.ui.frame import Room
from tests.apps import example, page, present, restart, room, scored, shown, stored
from tests.pages.test_every_page import HOSTILE
from tests.workshops import by_hand


def named(workshop: str, name: str) -> AppTest:
    """The page after the state was named."""
    tab = page("share", workshop)
    tab.text_input(key="mark_name").set_value(name)
    return tab.button(key="mark").click().run()


def test_the_title_is_the_decision() -> None:
    told = share.found(room(by_hand()))
    assert share.title(told) == "We run 1 key account"


def test_the_example_is_summed_up_with_what_could_change_and_what_is_open() -> None:
    text = shown(page("share", example()))
    assert "We run 8 key accounts with 7,500 of 7,750 hours a year" in text
    for heading in ("What we decided", "What could change this", "Still open"):
        assert f"**{heading}**" in text
    assert "Eastvale Health is Key · strategic by a decision of Elena Markwell" in text


def test_nothing_scored_says_so_and_can_still_be_exported() -> None:
    tab = page("share", stored())
    assert "Nothing is scored yet. You can still export what there is." in shown(tab)
    assert [button.key for button in tab.download_button] == [
        "csv", "plans_csv", "actions_csv", "plans_ics", "json"
    ]  # fmt: skip


def test_a_state_is_named_and_the_draft_is_none_any_more() -> None:
    workshop = stored(*scored([("Ash", (8.0, 8.0))]))
    assert "DRAFT: nothing is agreed yet" in shown(page("share", workshop))
    tab = named(workshop, " Selection 2026 ")
    assert [mark.name for mark in present(workshop).marks] == ["Selection 2026"]
    assert "Selection 2026, " in shown(tab)
    assert "DRAFT" not in shown(tab)
    rooms.store().write(workshop, SetPoints(points={"a": 3}))
    assert "; changed since" in shown(tab.run())


def test_a_state_named_like_an_earlier_one_gets_a_number() -> None:
    workshop = stored(*scored([("Ash", (8.0, 8.0))]))
    named(workshop, "Selection")
    rooms.store().write(workshop, SetPoints(points={"a": 3}))
    shown(named(workshop, "Selection"))
    assert [mark.name for mark in present(workshop).marks] == ["Selection", "Selection (2)"]


def test_the_same_name_is_not_given_twice_to_one_state() -> None:
    workshop = stored(*scored([("Ash", (8.0, 8.0))]))
    named(workshop, "Selection")
    named(workshop, "Selection")
    assert [mark.name for mark in present(workshop).marks] == ["Selection"]


def test_a_state_that_a_step_has_agreed_can_still_be_named_as_the_decision() -> None:
    workshop = stored(*scored([("Ash", (8.0, 8.0))]))
    page("plans", workshop).button(key="next_step").click().run()
    assert "Selection 2026, " in shown(named(workshop, "Selection 2026"))
    assert [mark.name for mark in present(workshop).marks] == ["Plans agreed", "Selection 2026"]


def test_a_state_without_a_name_is_asked_for_one_and_a_long_one_is_cut() -> None:
    workshop = stored(*scored([("Ash", (8.0, 8.0))]))
    assert "A state needs a name" in shown(named(workshop, "  "))
    assert present(workshop).marks == ()
    shown(named(workshop, "x" * 500))
    assert len(present(workshop).marks[0].name) <= 200


def test_a_named_state_survives_refresh_and_restart_and_undo_takes_it_back() -> None:
    workshop = stored(*scored([("Ash", (8.0, 8.0))]))
    named(workshop, "Selection")
    restart()
    tab = page("share", workshop)
    assert "Selection, " in shown(tab)
    tab.button(key="undo").click().run()
    assert "DRAFT" in shown(tab)


def test_the_record_has_every_step_latest_first() -> None:
    workshop = example()
    tab = page("share", workshop)
    record = tab.dataframe[0].value
    history = rooms.store().history(workshop)
    assert len(record) == history.revision
    assert record["What"].iloc[-1].startswith("started “")


def test_the_record_has_what_was_agreed_with_whom_and_nothing_where_no_plan_is_saved() -> None:
    tab = page("share", example())
    text = shown(tab)
    assert "What was agreed with whom" in text
    assert "Move up by a deadline (3): Merrowby Airports first, 30 September 2026" in text
    agreed = tab.dataframe[1].value
    assert list(agreed["By"]) == sorted(agreed["By"])
    assert {"Owner", "By", "What", "State"} <= set(agreed.columns)
    assert "What was agreed" not in shown(page("share", stored(*scored([("Ash", (8.0, 8.0))]))))


def test_a_record_of_thousands_of_actions_shows_the_earliest_and_counts_the_rest(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(share, "MOST_AGREED", 5)
    tab = page("share", example())
    assert len(tab.dataframe[1].value) == 5
    assert "more; “Actions and owners” has them all" in shown(tab)


def test_names_with_markup_stay_text_on_the_page_and_in_the_files() -> None:
    rows = [(name, (9.0 - n / 2, 8.0)) for n, name in enumerate(HOSTILE)]
    workshop = stored(*scored(rows))
    tab = page("share", workshop)
    shown(tab)
    raw = "\n".join(line.value for line in tab.markdown)
    assert "](" not in raw
    result = rooms.assessed(rooms.store().history(workshop))
    data = as_csv(customers(result)).decode("utf-8-sig")
    names = [row["Customer"] for row in csv.DictReader(io.StringIO(data, newline=""))]
    assert "'=HYPERLINK(1)" in names
    assert HOSTILE[0] in names


@pytest.mark.parametrize("frame", ["customers", "plans"])
def test_the_tables_of_the_example_are_csv_with_a_row_each(frame: str) -> None:
    open_room = page_room(example())
    table = customers(open_room.assessment) if frame == "customers" else plans(
        open_room.assessment, open_room.today)  # fmt: skip
    rows = list(csv.DictReader(io.StringIO(as_csv(table).decode("utf-8-sig"), newline="")))
    assert len(rows) == 40  # key accounts have saved plans in the example


def page_room(workshop: str) -> Room:
    """What the page reads of a stored workshop."""
    return room(present(workshop))


def test_what_is_downloaded_can_be_brought_in_again() -> None:
    workshop = example()
    text = export_workshop(rooms.store().history(workshop))
    assert json.loads(text)["workshop"]["name"] == present(workshop).name
    again = rooms.store().bring_in(import_workshop(text))
    assert present(again).model_copy(update={"id": workshop}) == present(workshop)
