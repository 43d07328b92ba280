"""The edge cases of the method, as the pages tell them."""

from streamlit.testing.v1 import AppTest

from kam.edits import PutCustomer, SetCapacity, SetPoints
from kam.model import Capacity
from tests.apps import page, scored, shown, stored
from tests.workshops import customer

EIGHT = [(f"Customer {n}", (1.0 + n, 9.0 - n)) for n in range(8)]


def test_the_customers_page_tells_of_levels_beyond_the_criterion() -> None:
    text = shown(page("customers", stored(*scored([*EIGHT, ("Far", (11.0, 5.0))]))))
    assert "1 level lies beyond what the criterion foresees and counts as 0 or 10" in text


def test_the_criteria_page_tells_of_levels_that_are_too_narrow() -> None:
    far = [(f"Far {n}", (11.0 + n, 5.0)) for n in range(3)]
    text = shown(page("criteria", stored(*scored([*EIGHT, *far]))))
    assert "The levels of Criterion a are too narrow: 3 of 11 customers lie beyond them." in text


def test_a_criterion_without_points_is_told_on_the_criteria_page() -> None:
    text = shown(page("criteria", stored(*scored(EIGHT), SetPoints(points={"a": 10, "s": 0}))))
    assert "Criterion s has 0 points: it counts for nothing and is shown in grey." in text
    assert "No criterion on the strength axis counts yet." in text


def test_one_customer_alone_is_told_what_it_cannot_tell() -> None:
    text = shown(page("customers", stored(*scored([("Ash", (8.0, 8.0))]))))
    assert "Only one customer is scored" in text
    assert "need 8" in text


def test_a_prospect_is_told_on_the_customers_page_with_its_name_as_it_is() -> None:
    new = PutCustomer(customer=customer("c0", revenue=0.0))
    text = shown(page("customers", stored(*scored(EIGHT), new)))
    assert "C0 buys nothing from us yet: drawn like all others, never planned to exit." in text


def test_nothing_odd_is_nothing_told() -> None:
    tab = page("customers", stored(*scored(EIGHT)))
    assert [caption.value for caption in tab.caption if "customer" in caption.value] == []


def tie() -> AppTest:
    """The split page where two customers tie for the one place there is."""
    one = SetCapacity(capacity=Capacity(mode="places", places=1))
    return page("split", stored(*scored([("Ash", (8.0, 8.0)), ("Bay", (8.0, 8.0))]), one))


def test_both_of_a_tie_stand_in_the_line_of_those_who_wait() -> None:
    tab = tie()
    labels = [button.label for button in tab.button if str(button.key).startswith("case_")]
    assert [label.split(" ")[0] for label in labels] == ["Ash", "Bay"]
    assert "Waiting for room · 2" in shown(tab)
    assert "tied exactly where our capacity ends: decide, and write why." in shown(tab)


def test_near_ties_bear_the_words_and_are_counted_in_the_title() -> None:
    rows = [("Ash", (5.1, 8.0)), *EIGHT[:4]]
    tab = page("matrix", stored(*scored(rows)))
    assert "too close to call" in tab.title[0].value
