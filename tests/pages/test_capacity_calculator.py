"""`kam.ui.capacity_calculator`: from relationships and time to hours, in one step."""

import pytest
from streamlit.testing.v1 import AppTest

from kam.edits import SetCapacity
from kam.method.capacity import Fits, capacity_of, fits, start
from kam.model import Capacity, CapacityBasis, Relationships
from kam.ui.capacity_calculator import ASKED, ROUNDED, fits_words, flat
from tests.apps import example, go, page, present, scored, shown, stored
from tests.workshops import places

# 2 people x 1,500 hours x 80 % = 2,400; a strategic account takes 5 x 10 x 12 = 600, a core one
# 2 x 10 x 12 = 240: one strategic one leaves room for 1,800 / 240 = 7.5, so 7 core ones.
TYPED = {
    "people": 2.0,
    "share_of_time_pct": 80.0,
    "hours_a_year": 1_500.0,
    "strategic_people": 5.0,
    "strategic_hours": 10.0,
    "core_people": 2.0,
    "core_hours": 10.0,
}
BASIS = CapacityBasis(
    people=2,
    share_of_time_pct=80,
    hours_a_year=1_500,
    strategic=Relationships(people=5, hours_a_month=10),
    core=Relationships(people=2, hours_a_month=10),
)


def typed(workshop: str) -> AppTest:
    """The objectives page with the figures above in the boxes."""
    tab = page("objectives", workshop)
    for name, value in TYPED.items():
        tab.number_input(key=f"calc_{name}").set_value(value)
    return tab


def test_what_a_basis_leads_to_is_one_sentence() -> None:
    assert fits_words(fits(BASIS, 1)) == (
        "A strategic account takes **600 hours** a year, a core one **240**; there are **2,400**. "
        "Room for **1 strategic and 7 core** key accounts."
    )


def test_a_core_account_that_takes_no_time_is_asked_for() -> None:
    assert fits_words(Fits(600, 0, 2_400, 1, None, 4)).endswith(
        "Say what a core account takes to see how many fit."
    )


def test_every_figure_of_a_basis_has_a_box() -> None:
    assert flat(BASIS) == TYPED
    assert TYPED.keys() == ASKED.keys()


def test_figures_that_are_typed_are_told_at_once_and_change_nothing_yet() -> None:
    workshop = stored()
    tab = typed(workshop)
    tab.number_input(key="calc_wished").set_value(1).run()
    assert "Room for **1 strategic and 7 core** key accounts." in shown(tab)
    assert present(workshop).capacity == Capacity()


def test_figures_that_are_used_are_one_step_felt_on_the_split_page() -> None:
    rows = [(f"Customer {n}", (6.0 - n / 20, 9.0)) for n in range(12)]
    workshop = stored(*scored(rows))
    tab = typed(workshop)
    tab.button(key="use_basis").click().run()
    assert present(workshop).capacity == capacity_of(BASIS, Capacity())
    assert "2,400 hours a year" in shown(tab)
    assert "10 key accounts, all core; 2 wait for room" in shown(go(tab, "split"))
    tab.button(key="undo").click().run()
    assert present(workshop).capacity == Capacity()


def test_after_a_refresh_the_boxes_hold_the_basis_that_stands() -> None:
    workshop = stored(SetCapacity(capacity=capacity_of(BASIS, Capacity())))
    tab = page("objectives", workshop)
    assert {name: tab.number_input(key=f"calc_{name}").value for name in ASKED} == TYPED


def test_undo_brings_the_boxes_back_to_what_stands() -> None:
    workshop = stored()
    tab = typed(workshop)
    tab.button(key="use_basis").click().run()
    tab.button(key="undo").click().run()
    assert tab.number_input(key="calc_people").value == start(Capacity()).people


def test_places_become_hours_and_are_not_forgotten() -> None:
    workshop = stored(places(7))
    tab = typed(workshop)
    tab.button(key="use_basis").click().run()
    assert present(workshop).capacity.mode == "hours"
    assert present(workshop).capacity.places == 7


@pytest.mark.parametrize(("key", "value"), [("people", 3.0), ("hours_core", 200.0)])
def test_hours_that_are_typed_beside_it_no_longer_rest_on_a_basis(key: str, value: float) -> None:
    workshop = stored(SetCapacity(capacity=capacity_of(BASIS, Capacity())))
    page("objectives", workshop).number_input(key=f"capacity.{key}").set_value(value).run()
    assert present(workshop).capacity.basis is None


def test_counting_places_for_a_while_keeps_the_basis() -> None:
    workshop = stored(SetCapacity(capacity=capacity_of(BASIS, Capacity())))
    tab = page("objectives", workshop)
    tab.segmented_control(key="capacity.mode").set_value("places").run()
    assert present(workshop).capacity.basis == BASIS


def test_it_opens_with_the_hours_that_stand_and_says_what_is_not_yours() -> None:
    tab = page("objectives", example())
    text = shown(tab)
    assert "A strategic account takes **1,200 hours** a year, a core one **500**" in text
    assert "Starting values, not yours: how your hours spread over contacts." in text
    assert "They lead to the hours that stand." in text


def test_what_would_be_replaced_is_told_before_it_is() -> None:
    tab = page("objectives", example())
    tab.number_input(key="calc_people").set_value(4.0).run()
    assert "Using them changes what stands: 7,750 hours a year in all to 6,200." in shown(tab)


def test_what_divides_badly_is_shown_with_three_digits() -> None:
    shapes = {name: asked[3] for name, asked in ASKED.items()}
    assert {name for name, shape in shapes.items() if shape == ROUNDED} == {
        "share_of_time_pct", "strategic_hours", "core_hours"}  # fmt: skip


def test_what_is_usual_is_told_beside_the_figures_with_its_source() -> None:
    text = shown(page("objectives", example()))
    assert "one manager usually looks after 1 to 3 strategic" in text
    assert "Source: a starting value of this program, not a finding." in text


def test_an_empty_box_counts_as_nothing() -> None:
    workshop = stored()
    tab = typed(workshop)
    tab.number_input(key="calc_core_people").set_value(0.0).run()
    assert "Say what a core account takes" in shown(tab)
    tab.button(key="use_basis").click().run()
    assert present(workshop).capacity.hours_core is None
