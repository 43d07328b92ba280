"""Files of plans to take along, from the plans page and from the share page."""

import pytest
from icalendar import Calendar

from kam.report.actions import actions
from kam.report.calendar import calendar
from kam.ui.planning import files
from tests.apps import example, page, scored, stored
from tests.planning.opened import planned, saved


def downloads(slug: str, workshop: str) -> dict[str, bool]:
    """The keys of the files on a page -> whether they can be had."""
    return {str(one.key): not one.disabled for one in page(slug, workshop).download_button}


def test_the_calendar_waits_for_a_plan_and_the_actions_are_there_from_the_first_draft() -> None:
    drafts_only = stored(*scored([("Ash", (2.0, 2.0))]))
    assert downloads("plans", drafts_only) == {"plans_ics": False, "actions_csv": True}
    assert downloads("plans", planned()) == {"plans_ics": True, "actions_csv": True}


def test_the_share_page_has_the_same_files() -> None:
    found = downloads("share", example())
    assert found["plans_ics"]
    assert found["actions_csv"]


def test_what_is_taken_along_is_the_saved_plan() -> None:
    open_room = saved()
    [event] = Calendar.from_ical(calendar(open_room.workshop, open_room.today)).walk("VEVENT")
    assert str(event["summary"]) == "Ash: deadline, serve at low cost"
    table = actions(open_room.assessment, open_room.workshop, open_room.today)
    assert {"Ash", "Bay", "Cob"} == set(table["Customer"])


@pytest.mark.parametrize("name", ["calendar", "actions"])
def test_no_file_is_made_before_somebody_asks_for_it(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def made_too_early(*_args: object) -> None:
        raise AssertionError

    monkeypatch.setattr(files, name, made_too_early)
    assert downloads("plans", planned()) == {"plans_ics": True, "actions_csv": True}
