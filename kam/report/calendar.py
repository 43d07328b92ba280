"""Deadlines and dated actions of saved plans as an iCalendar file (RFC 5545)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from uuid import NAMESPACE_URL, uuid5

from icalendar import Calendar, Event

from kam.method.plans import is_ended, kind_name
from kam.model import Plan, Workshop

_CONTROLS = re.compile(r"[\x00-\x09\x0b-\x1f\x7f]")  # no calendar may hold them; \n it escapes


@dataclass(frozen=True)
class Entry:
    """One day in the calendar.

    Attributes:
        place: "deadline", or the number of the action within its plan; with workshop and
            customer it names the day, so that a file that is taken in again moves its own days.
        note: what is told on opening it.
    """

    customer: str
    place: str
    day: date
    title: str
    note: str


def entries(workshop: Workshop) -> list[Entry]:
    """Every deadline and open dated action of the plans that run, earliest first."""
    running = [plan for plan in workshop.plans.values() if not is_ended(plan)]
    found = [entry for plan in running for entry in _of_plan(workshop, plan)]
    return sorted(found, key=lambda entry: (entry.day, entry.title))


def _of_plan(workshop: Workshop, plan: Plan) -> Iterator[Entry]:
    name = workshop.customers[plan.customer].name
    if plan.deadline is not None:
        note = "\n".join(
            line
            for line in (plan.goal, f"If it fails: {plan.exit_trigger}", f"Owner: {plan.owner}")
            if not line.endswith(": ") and line
        )
        title = f"{name}: deadline, {kind_name(plan).lower()}"
        yield Entry(plan.customer, "deadline", plan.deadline, title, note)
    for number, action in enumerate(plan.actions):
        if action.due is not None and action.done is None:
            owner = action.owner or plan.owner
            note = f"{plan.goal}\nOwner: {owner}" if owner else plan.goal
            yield Entry(plan.customer, str(number), action.due, f"{name}: {action.text}", note)


def calendar(workshop: Workshop, today: date) -> bytes:
    """The deadlines and actions of a workshop as an .ics file, a whole day each.

    The same workshop and day give the same bytes.
    """
    found = Calendar()
    found.add("prodid", "-//Keyroom//Plans//EN")
    found.add("version", "2.0")
    found.add("x-wr-calname", _clean(f"{workshop.name}: plans"))
    made = datetime.combine(today, time(), UTC)
    for entry in entries(workshop):
        found.add_component(_event(workshop.id, entry, made))
    return bytes(found.to_ical())


def _event(workshop: str, entry: Entry, made: datetime) -> Event:
    event = Event()
    event.add(
        "uid", str(uuid5(NAMESPACE_URL, f"keyroom:{workshop}:{entry.customer}:{entry.place}"))
    )
    event.add("dtstamp", made)
    event.add("dtstart", entry.day)  # a day without an end is a whole day, RFC 5545 3.6.1
    event.add("summary", _clean(entry.title))
    event.add("description", _clean(entry.note))
    event.add("transp", "TRANSPARENT")  # it takes nobody's time
    return event


def _clean(text: str) -> str:
    """`text` without marks that calendars refuse."""
    return _CONTROLS.sub(" ", text.replace("\r\n", "\n").replace("\r", "\n"))
