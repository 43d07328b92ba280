"""Deadlines and actions as a calendar file, read back by a calendar library."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar, Component

from kam.edits import ClosePlan, SavePlans, StartWorkshop
from kam.model import Action, Outcome, Plan, Workshop
from kam.report.calendar import calendar, entries
from tests.workshops import TODAY, after, by_hand, customer, placed

LEAP = date(2028, 2, 29)
PLAN = Plan(
    customer="ash",
    template="L1",
    goal="Ash moves up",
    owner="Ines",
    deadline=date(2027, 3, 2),
    exit_trigger="Managed exit",
    actions=(
        Action(text="Call", owner="Otto", due=LEAP),
        Action(text="Write", due=TODAY),
        Action(text="Some day"),
        Action(text="Long done", due=TODAY, done=True),
    ),
)


def planned(*plans: Plan) -> Workshop:
    return after(by_hand(), SavePlans(plans={plan.customer: plan for plan in plans}))


def events(workshop: Workshop, today: date = TODAY) -> list[Component]:
    """What a calendar program reads from the file."""
    return Calendar.from_ical(calendar(workshop, today)).walk("VEVENT")


def test_a_plan_gives_its_deadline_and_its_open_dated_actions_earliest_first() -> None:
    assert [(str(e["summary"]), e.decoded("dtstart")) for e in events(planned(PLAN))] == [
        ("Ash: Write", TODAY),
        ("Ash: deadline, move up by a deadline", date(2027, 3, 2)),
        ("Ash: Call", LEAP),
    ]


def test_every_event_is_a_whole_day_that_takes_nobodys_time() -> None:
    for event in events(planned(PLAN)):
        assert event["dtstart"].params["VALUE"] == "DATE"
        assert "dtend" not in event
        assert str(event["transp"]) == "TRANSPARENT"
        assert event.decoded("dtstamp").tzinfo is not None


def test_the_leap_day_stays_the_leap_day() -> None:
    assert b"DTSTART;VALUE=DATE:20280229" in calendar(planned(PLAN), TODAY)


def test_what_is_told_on_opening_names_goal_failure_and_owner() -> None:
    written, deadline, called = events(planned(PLAN))
    assert str(deadline["description"]) == ("Ash moves up\nIf it fails: Managed exit\nOwner: Ines")
    assert str(called["description"]).endswith("Owner: Otto")
    assert str(written["description"]).endswith("Owner: Ines")


def test_what_is_unknown_is_left_out_of_the_note() -> None:
    [event] = events(planned(Plan(customer="ash", template="L2", deadline=TODAY)))
    assert str(event.get("description", "")) == ""


def test_a_file_that_is_made_again_names_the_same_days_though_dates_and_words_have_changed() -> (
    None
):
    moved = PLAN.model_copy(update={"deadline": LEAP, "goal": "Ash grows"})
    before, now = planned(PLAN), planned(moved)
    assert {str(e["uid"]) for e in events(before)} == {
        str(e["uid"]) for e in events(now, TODAY + timedelta(9))
    }
    assert calendar(before, TODAY) == calendar(before, TODAY)


def test_no_two_days_share_a_name() -> None:
    both = planned(PLAN, PLAN.model_copy(update={"customer": "bay"}))
    uids = [str(event["uid"]) for event in events(both)]
    assert len(set(uids)) == len(uids) == 6


def test_plans_that_have_ended_are_in_no_calendar() -> None:
    over = ClosePlan(customer="ash", outcome=Outcome(what="exited", on=TODAY, by="Ines"))
    assert events(after(planned(PLAN), over)) == []


def test_without_plans_the_calendar_is_valid_and_empty() -> None:
    found = Calendar.from_ical(calendar(by_hand(), TODAY))
    assert (str(found["version"]), found.walk("VEVENT")) == ("2.0", [])
    assert str(found["x-wr-calname"]) == "By hand: plans"


def test_a_deadline_at_the_end_of_all_calendars_breaks_nothing() -> None:
    far = PLAN.model_copy(update={"deadline": date.max, "actions": ()})
    assert [entry.day for entry in entries(planned(far))] == [date.max]
    assert len(events(planned(far))) == 1


@pytest.mark.parametrize(
    "name",
    ["Zoë; Żółw, 株式会社\\n", "BEGIN:VEVENT\r\nUID:evil", "x" * 200, "a\nb", "END:VCALENDAR"],
)
def test_names_are_escaped_and_cannot_add_a_line_of_their_own(name: str) -> None:
    people = placed({"ash": (1, 1)})
    named = people.model_copy(
        update={"customers": {"ash": customer("ash").model_copy(update={"name": name})}}
    )
    [event] = events(
        after(named, SavePlans(plans={"ash": Plan(customer="ash", template="L2", deadline=TODAY)}))
    )
    told = str(event["summary"]).removesuffix(": deadline, serve at low cost")
    assert told == name.replace("\r\n", "\n")


@given(st.text(min_size=1, max_size=60), st.text(max_size=60))
def test_any_text_gives_a_file_that_can_be_read_back(goal: str, owner: str) -> None:
    plan = PLAN.model_copy(update={"goal": goal, "owner": owner})
    named = after(planned(plan), StartWorkshop(name="W"))
    data = calendar(named, TODAY)
    assert len(Calendar.from_ical(data).walk("VEVENT")) == 3
    assert all(len(line) <= 75 for line in data.split(b"\r\n"))
