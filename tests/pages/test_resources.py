"""The page on resources: cold, empty, with the example; hours, and what is not known."""

import pytest

from kam.edits import BringIn, PutCustomer, SetCapacity
from kam.model import Capacity, Class, Customer
from kam.ui import resources
from kam.ui.resources import EXITS, FRONTIER, HOURS, RETURN
from tests.apps import example, go, page, present, room_after, scored, shown, stored
from tests.pages.resources_page import opened, two
from tests.pages.test_every_page import HOSTILE
from tests.workshops import customer

VIEWS = (HOURS, RETURN, EXITS, FRONTIER)


def links(tab: object) -> list[str]:
    return [link.proto.label for link in tab.get("page_link")]  # type: ignore[attr-defined]


# --- cold, empty, full ----------------------------------------------------------------------------


def test_an_address_without_a_workshop_leads_to_the_start() -> None:
    assert "Which customers should be key accounts?" in shown(opened())


@pytest.mark.parametrize("view", VIEWS)
def test_an_empty_workshop_has_something_to_say_in_every_view(view: str) -> None:
    tab = opened(stored(), view)
    assert "Bring in customers first" in shown(tab)
    assert tab.title[0].value.endswith("?")
    assert "Bring in customers" in links(tab)
    assert not tab.error


@pytest.mark.parametrize("view", VIEWS)
def test_customers_of_whom_nothing_is_known_lead_to_where_it_is_said(view: str) -> None:
    tab = opened(stored(PutCustomer(customer=customer("ash"))), view)
    shown(tab)
    assert tab.title[0].value.endswith("?")
    assert not tab.error


def test_nobody_knows_how_many_hours_there_are() -> None:
    tab = opened(stored(PutCustomer(customer=customer("ash"))))
    assert "Say how many hours our people have" in shown(tab)
    assert "Not known: present hours of Ash; likely gain of Ash" in shown(tab)
    assert "Say how many hours there are" in links(tab)


@pytest.mark.parametrize(
    ("view", "title"),
    [
        (HOURS, "30 % of our account time sits in the wrong place"),
        (RETURN, "Capital in customers earns 16.9 %; it needs 12 %"),
        (EXITS, "2 exits would bring EUR 16.2 k a year"),
        (FRONTIER, "Hours win EUR 3.9 m a year; EUR 5.1 m is possible"),
    ],
)
def test_the_example_has_a_message_in_every_view(view: str, title: str) -> None:
    tab = opened(example(), view)
    shown(tab)
    assert tab.title[0].value == title
    assert not tab.error


def test_hostile_names_stay_text_in_every_view() -> None:
    people = {str(n): Customer(id=str(n), name=name) for n, name in enumerate(HOSTILE)}
    workshop = stored(*two(), BringIn(origin="a list", customers=people))
    for view in VIEWS:
        assert not opened(workshop, view).error


# --- hours ----------------------------------------------------------------------------------------


def test_the_example_says_who_has_too_many_hours_and_what_moving_them_wins() -> None:
    text = shown(opened(example()))
    assert "Too many hours: 17 customers" in text
    assert "Orrin Steel 710 instead of 120" in text
    assert "Move 440 hours a year from Orrin Steel to Junivale Labs." in text
    assert "Moving the hours wins EUR 864 k a year with Hevlin Systems, Junivale Labs" in text
    assert "Not known: likely gain of Pellas Robotics." in text


def test_hours_are_shown_by_class_too() -> None:
    tab = opened(example())
    tab.segmented_control(key="hours_by").set_value("By class").run()
    shown(tab)
    rows = resources._class_rows(room_after(*two()))
    assert [(row.name, row.now) for row in rows] == [
        (Class.KEY_CORE.label, 80),
        (Class.LOW_PRIORITY.label, 300),
    ]
    assert sum(row.due for row in rows) == pytest.approx(500)


def test_a_class_with_unknown_hours_has_unknown_hours() -> None:
    rows = resources._class_rows(room_after(*two(hours=None)))
    assert [row.now for row in rows] == [80, None]


def test_hours_that_somebody_has_yet_to_say_are_counted_in_the_title() -> None:
    tab = opened(stored(*two(hours=None)))
    assert tab.title[0].value == "Today’s hours are known of 1 of 2 customers"
    assert "Not known: present hours of Bay." in shown(tab)
    assert "The largest moves" not in shown(tab)


def test_too_many_accounts_for_the_hours_are_told_with_what_to_do() -> None:
    workshop = stored(*two(), SetCapacity(capacity=Capacity(people=1, hours_per_person=50)))
    tab = opened(workshop)
    assert tab.title[0].value == "There are too many accounts for the hours"
    assert "their least hours add up to 100, and there are 50" in shown(tab)
    assert not tab.error


def test_hours_typed_in_the_profile_are_on_the_page() -> None:
    workshop = stored(*two(hours=None))
    tab = page("customers", workshop)
    tab.segmented_control(key="customers_view_Scores").set_value("One customer").run()
    tab.selectbox(key="customer_choice").set_value("c1").run()
    tab.number_input(key="c1.hours").set_value(400.0).run()
    assert present(workshop).customers["c1"].economics.hours == 400
    assert "Bay 400 instead of 60" in shown(opened(workshop))


def test_more_than_a_screen_of_customers_is_said_to_be_cut() -> None:
    workshop = stored(
        *scored([(f"C {n}", (float(n % 10), 5.0)) for n in range(30)]),
        SetCapacity(capacity=Capacity(people=1, hours_per_person=500)),
    )
    assert "largest changes of 30 customers" in shown(opened(workshop))


def test_the_list_of_views_leads_to_the_page() -> None:
    tab = go(opened(example()), "matrix")
    assert "Where do our hours go?" in links(tab)


# --- words ----------------------------------------------------------------------------------------


def test_a_move_that_wins_nothing_is_told_so() -> None:
    room = room_after(*two())
    change = resources.figures(room).change
    assert change is not None
    nothing = type(change)({}, {})
    told = resources.change_words(room, nothing)
    assert told == "Moving the hours changes nothing that can be won."
    assert "gives up nothing" in resources.change_words(room, type(change)({"c0": 5.0}, {}))
    assert "wins nothing" in resources.change_words(room, type(change)({}, {"c0": 5.0}))


def test_the_same_figures_serve_a_result_until_it_changes() -> None:
    room = room_after(*two())
    assert resources.figures(room) is resources.figures(room)
    assert resources.figures(room_after(*two())) is not resources.figures(room)
