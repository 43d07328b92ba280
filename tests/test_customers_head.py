"""`kam.ui.customers_head`: the title of the customers page says what is next, by view."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from kam.edits import BringIn, ChooseLongList, Edit, ScoreCustomer
from kam.model import LongList, Workshop
from kam.ui import customers_head
from tests.apps import go, own_home, page, room, scored, stored
from tests.workshops import after, by_hand, customer, made


@pytest.fixture(autouse=True)
def _home(tmp_path: Path) -> Iterator[None]:
    with own_home(tmp_path):
        yield


def came(count: int) -> Edit:
    """So many customers, of which nothing but the name is known."""
    people = {f"c{n}": customer(f"c{n}") for n in range(count)}
    return BringIn(origin="a test", customers=people)


def many(count: int) -> Workshop:
    """As many beside the three of a workshop with criteria."""
    return after(by_hand(), came(count - 3))


def listed(*keys: str) -> ChooseLongList:
    return ChooseLongList(long_list=LongList(customers=keys))


def title(workshop: Workshop, view: str = "Scores") -> str:
    return customers_head.title(room(workshop), view)


VIEWS = ["Scores", "Votes", "One customer", "Long list", "Bring in"]


@pytest.mark.parametrize("view", VIEWS)
def test_without_customers_every_view_asks_the_question_of_the_page(view: str) -> None:
    assert title(made(), view) == "Which customers do we look at?"


def test_over_the_scores_it_says_how_many_are_still_needed() -> None:
    assert title(by_hand()) == "All 3 customers are scored"
    gone = after(by_hand(), ScoreCustomer(customer="bay", criterion="s", value=None))
    assert title(gone) == "1 of 3 customers still needs scores"
    gone = after(gone, ScoreCustomer(customer="ash", criterion="s", value=None))
    assert title(gone) == "2 of 3 customers still need scores"


def test_after_a_large_import_the_long_list_comes_first() -> None:
    assert title(many(3201)) == "Choose a long list out of 3,201 customers"
    assert title(many(60)) == "57 of 60 customers still need scores"
    short = after(many(3201), listed("ash", "c1", "c2"))
    assert title(short) == "2 of 3 customers still need scores"


def test_before_the_criteria_are_complete_nothing_can_be_scored() -> None:
    assert title(made(came(2))) == "Complete the criteria, then score"


def test_over_the_long_list_it_says_who_is_judged_or_that_this_is_to_choose() -> None:
    assert title(many(3201), "Long list") == "Whom of 3,201 customers do we judge?"
    assert title(many(60), "Long list") == "All 60 customers are judged"
    some = after(many(3201), listed("ash", "bay"))
    assert title(some, "Long list") == "2 of 3,201 customers are judged"
    one = after(many(3201), listed("ash"))
    assert title(one, "Long list") == "1 of 3,201 customers is judged"


def test_the_other_views_have_titles_of_their_own() -> None:
    assert title(many(9), "Bring in") == "9 customers are here; bring in more"
    assert title(made(came(1)), "Bring in") == "1 customer is here; bring in more"
    assert title(many(9), "One customer") == "What do we know of each customer?"
    assert title(many(9), "Votes") == title(many(9))


def test_the_title_follows_the_view_and_comes_back_with_it() -> None:
    tab = page("customers", stored(*scored([(f"C{n}", (8.0, 8.0)) for n in range(70)])))
    assert tab.title[0].value == "All 70 customers are scored"
    tab.segmented_control(key="customers_view_Scores").set_value("Long list").run()
    told = "Whom of 70 customers do we judge?"
    assert tab.title[0].value == told
    assert go(go(tab, "matrix"), "customers").title[0].value == told
    assert tab.segmented_control(key="customers_view_Scores").value == "Long list"


def test_without_criteria_the_page_begins_with_bringing_in_and_its_title() -> None:
    tab = page("customers", stored(came(2)))
    assert tab.segmented_control(key="customers_view_Bring in").value == "Bring in"
    assert tab.title[0].value == "2 customers are here; bring in more"


# --- the button -----------------------------------------------------------------------------------


def buttons(workshop: str, view: str) -> list[tuple[str, str]]:
    """The button for what comes next in a view: its words, and whether it is filled."""
    tab = page("customers", workshop)
    chosen = tab.segmented_control[0]
    tab = chosen.set_value(view).run() if chosen.value != view else tab
    assert [error.value for error in tab.exception] == []
    return [(one.label, one.proto.type) for one in tab.button if one.key == "next_step"]


@pytest.mark.parametrize("view", VIEWS)
def test_the_button_keeps_its_place_in_every_view_and_one_button_is_filled(view: str) -> None:
    people = [(f"Customer {n}", (5.0, 5.0)) for n in range(16)]
    kind = "secondary" if view in {"Long list", "Bring in"} else "primary"
    assert buttons(stored(*scored(people)), view) == [("See the matrix", kind)]


def test_a_list_that_needs_no_narrowing_has_no_other_filled_button() -> None:
    workshop = stored(*scored([("Ash", (5.0, 5.0))]))
    assert buttons(workshop, "Long list") == [("See the matrix", "primary")]


@pytest.mark.parametrize("view", VIEWS)
def test_without_customers_the_filled_button_brings_them_in(view: str) -> None:
    expected = [] if view == "Bring in" else [("Bring in customers", "primary")]
    assert buttons(stored(), view) == expected


def test_the_button_shows_the_view_that_brings_customers_in() -> None:
    tab = page("customers", stored())
    tab = tab.segmented_control[0].set_value("One customer").run()
    tab = tab.button(key="next_step").click().run()
    assert tab.segmented_control[0].value == "Bring in"
    assert len(tab.file_uploader) == 1


def test_without_criteria_the_filled_button_leads_to_them() -> None:
    workshop = stored(came(2))
    assert buttons(workshop, "Scores") == [("Complete the criteria", "primary")]
    tab = page("customers", workshop)
    tab = tab.segmented_control[0].set_value("Scores").run()
    tab = tab.button(key="next_step").click().run()
    assert tab.title[0].value.startswith("What makes a customer attractive?")
