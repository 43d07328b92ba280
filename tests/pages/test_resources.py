"""The page on resources: cold, empty, with the example; hours, and what is not known."""

import pandas as pd
import pytest

from kam.edits import BringIn, ChangeEconomics, Edit, PutCustomer, SetCapacity
from kam.model import Capacity, Class, Customer
from kam.ui import resources
from kam.ui.resources import EXITS, FRONTIER, HOURS, RETURN
from kam.validated import changed
from tests.apps import example, go, page, present, room_after, scored, shown, stored
from tests.pages.resources_page import ECONOMICS, opened, two
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
        (HOURS, "30 % of hours are misplaced; gain is known of 39 of 40"),
        (FRONTIER, "Hours win EUR 3.1 m a year; EUR 4.0 m is possible"),
    ],
)
def test_the_example_has_a_message_on_hours_and_on_what_they_win(view: str, title: str) -> None:
    tab = opened(example(), view)
    shown(tab)
    assert tab.title[0].value == title
    assert not tab.error


@pytest.mark.parametrize("view", [RETURN, EXITS])
def test_the_example_leaves_no_question_open_in_the_other_views(view: str) -> None:
    tab = opened(example(), view)
    assert not tab.title[0].value.endswith("?")
    assert not tab.error


def test_hostile_names_stay_text_in_every_view() -> None:
    people = {str(n): Customer(id=str(n), name=name) for n, name in enumerate(HOSTILE)}
    workshop = stored(*two(), BringIn(origin="a list", customers=people))
    for view in VIEWS:
        assert not opened(workshop, view).error


# --- hours ----------------------------------------------------------------------------------------


def test_the_example_says_who_has_too_many_hours_and_what_moving_them_wins() -> None:
    text = shown(opened(example()))
    assert "17 customers with too many hours, 13 with too few" in text
    assert "Our hours follow what can be won in part: 0.65" in text
    assert "2,339 hours a year move, EUR 187 k of work. The largest moves:" in text
    assert "Move 440 hours a year from Orrin Steel to Junivale Labs." in text
    assert "Moving the hours wins EUR 1.0 m a year with Junivale Labs" in text
    assert "The 60 hours of 1 customer whose gain is not known stay where they are." in text
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
    assert sum(row.due or 0 for row in rows) == pytest.approx(500)


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
    assert tab.get("vega_lite_chart")  # the hours that each has now
    table = every(workshop)
    assert table["Hours now"].to_dict() == {"Bay": 300, "Ash": 80}
    assert table["Hours due"].isna().all()
    assert not tab.error


def test_hours_typed_in_the_profile_are_on_the_page() -> None:
    workshop = stored(*two(hours=None))
    tab = page("customers", workshop)
    tab.segmented_control(key="customers_view_Scores").set_value("One customer").run()
    tab.selectbox(key="customer_choice").set_value("c1").run()
    tab.number_input(key="c1.hours").set_value(400.0).run()
    assert present(workshop).customers["c1"].economics.hours == 400
    assert every(workshop).loc["Bay", "Change"] == 60 - 400


def test_more_than_a_screen_of_customers_is_said_to_be_cut() -> None:
    workshop = example()
    assert "15 of 40 customers; all are in the table." in shown(opened(workshop))
    assert len(every(workshop)) == 40


def every(workshop: str) -> pd.DataFrame:
    """The table of all customers in a fresh tab."""
    tab = opened(workshop)
    tab.segmented_control(key="hours_by").set_value(resources.TABLE).run()
    assert not tab.error
    return tab.dataframe[0].value.set_index("Customer")


# --- unknown is never zero ------------------------------------------------------------------------


def unsaid(*customers: str) -> list[Edit]:
    """The two, with the gain of some of them not known."""
    said = changed(ECONOMICS, hours=300, gain=None)
    return [*two(), *(ChangeEconomics(customer=key, economics=said) for key in customers)]


def test_with_every_gain_unknown_there_is_neither_a_figure_nor_a_move() -> None:
    tab = opened(stored(*unsaid("c0", "c1")))
    assert tab.title[0].value == "Gain is known of 0 of 2 customers"
    assert "The largest moves" not in shown(tab)


def test_with_some_gains_unknown_the_title_says_of_how_many_and_they_keep_their_hours() -> None:
    workshop = stored(*unsaid("c1"))
    tab = opened(workshop)
    assert tab.title[0].value.endswith("of hours are misplaced; gain is known of 1 of 2")
    assert "The 300 hours of 1 customer whose gain is not known stay where they are." in shown(tab)
    assert every(workshop)["Hours due"].isna().to_dict() == {"Ash": False, "Bay": True}
    assert every(workshop).loc["Ash", "Hours due"] == 200
    assert "Bay" not in " ".join(one.value for one in tab.markdown if "- " in one.value)


def test_while_neither_hours_nor_gains_are_known_nothing_is_drawn() -> None:
    workshop = stored(
        *scored([("Ash", (8.0, 8.0))]),
        SetCapacity(capacity=Capacity(people=1, hours_per_person=500)),
    )
    tab = opened(workshop)
    assert not tab.get("vega_lite_chart")
    assert "No gain is known to share the hours by" in shown(tab)
    assert "Not known: present hours of Ash" in shown(tab)


def test_a_class_of_which_no_gain_is_known_has_no_hours_due() -> None:
    rows = resources._class_rows(room_after(*unsaid("c1")))
    assert [(row.name, row.due) for row in rows] == [
        (Class.KEY_CORE.label, 200),
        (Class.LOW_PRIORITY.label, None),
    ]


def test_by_class_the_room_that_split_keeps_stands_beside_the_hours_due() -> None:
    tab = opened(example())
    tab.segmented_control(key="hours_by").set_value(resources.BY_CLASS).run()
    told = (
        "Key · strategic: Split keeps room for 1,200 hours a year for each account; by what can be "
        "won 627 are due to each on average."
    )
    assert shown(tab).count(told) == 2  # in the picture, and beside the limits


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
