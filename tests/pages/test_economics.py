"""Hours, gain and capital of one customer, through the widgets of its profile."""

from datetime import date

import pytest
from streamlit.testing.v1 import AppTest

from kam.edits import BringIn, ChangeEconomics
from kam.method.capital import PARTS
from kam.ui import economics
from kam.validated import changed
from tests.apps import page, present, room_after, shown, stored
from tests.pages.resources_page import ECONOMICS, two
from tests.workshops import customer


def profile(workshop: str) -> AppTest:
    """The profile of the first customer in a fresh tab."""
    tab = page("customers", workshop)
    return tab.segmented_control(key="customers_view_Scores").set_value("One customer").run()


def test_every_figure_has_a_field() -> None:
    tab = profile(stored(*two()))
    assert [tab.number_input(key=f"c0.{name}").value for name in economics.ORDER] == [
        80, 200, 50, None, 150, 50, 60, 100,
    ]  # fmt: skip


@pytest.mark.parametrize("name", economics.ORDER)
def test_a_typed_figure_is_in_the_store_and_the_others_stay(name: str) -> None:
    workshop = stored(*two())
    before = present(workshop).customers["c0"].economics
    tab = profile(workshop)
    tab.number_input(key=f"c0.{name}").set_value(7.0).run()
    assert present(workshop).customers["c0"].economics == before.model_copy(update={name: 7.0})
    shown(tab)


def test_an_emptied_figure_is_unknown_and_not_nothing() -> None:
    workshop = stored(*two())
    profile(workshop).number_input(key="c0.gain").set_value(None).run()
    assert present(workshop).customers["c0"].economics.gain is None


def test_the_end_of_a_contract_is_kept() -> None:
    workshop = stored(*two())
    profile(workshop).date_input(key="c0.contract_until").set_value(date(2028, 1, 31)).run()
    assert present(workshop).customers["c0"].economics.contract_until == date(2028, 1, 31)


def test_a_chance_above_all_is_refused_in_words() -> None:
    workshop = stored(*two())
    tab = profile(workshop)
    tab.number_input(key="c0.gain_probability_pct").set_value(150.0).run()
    [error] = tab.error
    assert "150" in error.value
    assert present(workshop).customers["c0"].economics.gain_probability_pct == 50


@pytest.mark.parametrize("name", PARTS)
def test_a_part_of_the_capital_is_in_the_store_and_the_others_stay(name: str) -> None:
    workshop = stored(*two())
    before = present(workshop).customers["c0"].economics
    tab = profile(workshop)
    tab.number_input(key=f"c0.{name}").set_value(7.0).run()
    assert present(workshop).customers["c0"].economics == before.model_copy(update={name: 7.0})
    assert "the one figure counts" in shown(tab)


def test_all_parts_are_the_capital_and_a_contradiction_is_told() -> None:
    parts = changed(ECONOMICS, **dict.fromkeys(PARTS, 0.0))
    agreeing = changed(parts, receivables=500.0)
    text = shown(profile(stored(*two(), ChangeEconomics(customer="c0", economics=agreeing))))
    assert "Together they are its capital employed: EUR 500." in text
    text = shown(profile(stored(*two(), ChangeEconomics(customer="c0", economics=parts))))
    assert "The parts add up to EUR 0, and capital employed says EUR 500: the parts count" in text


def test_without_any_capital_both_ways_to_fill_it_in_are_told() -> None:
    bare = changed(customer("c0"), name="Ash", economics=ECONOMICS)
    text = shown(profile(stored(*two(), BringIn(origin="x", customers={"c0": bare}))))
    assert "Fill in all six (0 where there is none), or capital employed as one figure." in text


def test_amounts_are_told_in_the_unit_that_fits() -> None:
    room = room_after(*two())
    assert economics._label(room, "gain", 1_200_000) == (
        "Gain by the third year, a year · EUR 1.2 m"
    )
    assert economics._label(room, "hours", 80) == "Our hours on it now, a year"
