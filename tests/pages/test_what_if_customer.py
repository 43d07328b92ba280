"""Of `kam.ui.what_if_customer`: one customer's levels, conditions and years, in the copy only."""

import pytest
from streamlit.testing.v1 import AppTest

from kam.edits import ChangeProfile, Forecast, JudgeGate, PutCriterion, PutGate, ScoreCustomer
from kam.model import Favours, Gate
from kam.ui import rooms, what_if_customer
from kam.ui.what_if_drawer import SECTIONS
from tests.apps import example, present, scored, shown, stored
from tests.pages.trying import moves, opened, shown_section
from tests.workshops import criterion

FIVE = [(f"Customer {n}", (8.0, 8.0)) for n in range(5)]


def of(workshop: str, section: str, customer: str) -> AppTest:
    """The page with one section open at one customer."""
    tab = opened(workshop, section)
    return tab.selectbox(key="customer_choice").set_value(customer).run()


def test_a_level_moves_and_says_what_it_is_worth() -> None:
    workshop = stored(*scored(FIVE))
    tab = of(workshop, "Scores", "c1")
    tab.number_input(key="if.score.a.c1").set_value(2.0).run()
    assert moves(tab, workshop) == (ScoreCustomer(customer="c1", criterion="a", value=2.0),)
    assert "Worth 2.0 of 10." in shown(tab)
    assert "Customer 1 leaves key" in shown(tab)
    assert present(workshop).scores["a"]["c1"].value == 8.0


def test_an_emptied_level_is_unknown_and_never_zero() -> None:
    workshop = stored(*scored(FIVE))
    tab = of(workshop, "Scores", "c1")
    tab.number_input(key="if.score.a.c1").set_value(None).run()
    assert moves(tab, workshop) == (ScoreCustomer(customer="c1", criterion="a", value=None),)
    assert "Unknown: it counts as the rest of this customer does, never as zero." in shown(tab)


def test_another_criterion_can_be_chosen_and_stays_chosen() -> None:
    tab = of(stored(*scored(FIVE)), "Scores", "c1")
    tab.selectbox(key="if.criterion").set_value("s").run()
    tab.selectbox(key="customer_choice").set_value("c2").run()
    assert tab.number_input(key="if.score.s.c2").value == 8.0


def test_an_anchor_moves_every_customers_value() -> None:
    workshop = stored(*scored(FIVE))
    tab = of(workshop, "Scores", "c1")
    tab.number_input(key="if.anchor.a.4").set_value(20.0).run()
    [move] = moves(tab, workshop)
    assert isinstance(move, PutCriterion)
    assert move.criterion.anchors == (0.0, 2.5, 5.0, 7.5, 20.0)
    assert "Worth 7.6 of 10." in shown(tab)


def test_two_anchors_moved_in_one_run_are_both_kept() -> None:
    workshop = stored(*scored(FIVE))
    tab = of(workshop, "Scores", "c1")
    tab.number_input(key="if.anchor.a.3").set_value(8.0)
    tab.number_input(key="if.anchor.a.4").set_value(20.0)
    tab.run()
    [move] = moves(tab, workshop)
    assert isinstance(move, PutCriterion)
    assert move.criterion.anchors == (0.0, 2.5, 5.0, 8.0, 20.0)


def test_anchors_that_do_not_run_one_way_are_refused_in_words() -> None:
    workshop = stored(*scored(FIVE))
    tab = of(workshop, "Scores", "c1")
    tab.number_input(key="if.anchor.a.4").set_value(1.0).run()
    assert "must run upwards without equal steps" in shown(tab)
    assert tab.number_input(key="if.anchor.a.4").value == 10.0
    assert moves(tab, workshop) == ()


def test_an_emptied_anchor_changes_nothing() -> None:
    workshop = stored(*scored(FIVE))
    tab = of(workshop, "Scores", "c1")
    tab.number_input(key="if.anchor.a.4").set_value(None).run()
    assert moves(tab, workshop) == ()


def test_a_criterion_that_is_not_complete_cannot_be_scored_here() -> None:
    loose = PutCriterion(criterion=criterion("b", definition=""))
    tab = of(stored(*scored(FIVE), loose), "Scores", "c1")
    assert tab.selectbox(key="if.criterion").options == ["Criterion a", "Criterion s"]


def test_a_customer_that_fails_a_gate_leaves_key_in_the_copy() -> None:
    workshop = stored(*scored(FIVE), PutGate(gate=Gate(id="g", name="Sound credit")))
    tab = of(workshop, "Gates", "c1")
    tab.checkbox(key="if.gate.g.c1").check().run()
    assert moves(tab, workshop) == (JudgeGate(customer="c1", gate="g", fails=True),)
    assert "Customer 1 leaves key" in shown(tab)
    tab.checkbox(key="if.gate.g.c1").uncheck().run()
    assert moves(tab, workshop) == ()


def test_a_reason_to_fail_survives_the_way_there_and_back() -> None:
    fails = JudgeGate(customer="c1", gate="g", fails=True, why="Insolvent")
    gate = PutGate(gate=Gate(id="g", name="Sound credit"))
    workshop = stored(*scored(FIVE), gate, fails)
    tab = of(workshop, "Gates", "c1")
    tab.checkbox(key="if.gate.g.c1").uncheck().run()
    assert len(moves(tab, workshop)) == 1
    tab.checkbox(key="if.gate.g.c1").check().run()
    assert moves(tab, workshop) == ()


def test_a_customer_that_would_not_favour_us_leaves_key_in_the_copy() -> None:
    workshop = stored(*scored(FIVE))
    tab = of(workshop, "Gates", "c1")
    tab.segmented_control(key="if.favours.c1").set_value(Favours.NO).run()
    [move] = moves(tab, workshop)
    assert isinstance(move, ChangeProfile)
    assert move.profile.favours_us is Favours.NO
    assert "Customer 1 leaves key" in shown(tab)
    assert "**Customer 1** · Strategic, not yet key · +3.0" in shown(tab)
    assert "In the key zone, but it would not favour us as a key supplier." in shown(tab)
    assert present(workshop).customers["c1"].profile.favours_us is Favours.UNKNOWN


def test_a_forecast_is_kept_and_emptied_again() -> None:
    workshop = stored(*scored(FIVE))
    tab = of(workshop, "Years", "c1")
    tab.number_input(key="if.forecast.a.c1").set_value(3.0).run()
    assert moves(tab, workshop) == (Forecast(customer="c1", criterion="a", level=3.0),)
    assert "In three years: Customer 1 leaves key." in shown(tab)
    tab.number_input(key="if.forecast.a.c1").set_value(None).run()
    assert moves(tab, workshop) == ()


def test_the_examples_forecasts_stand_in_their_fields() -> None:
    workshop = example()
    forecasts = present(workshop).forecasts
    key, of_criterion = next(iter(forecasts.items()))
    customer, level = next(iter(of_criterion.items()))
    tab = of(workshop, "Years", customer)
    assert tab.number_input(key=f"if.forecast.{key}.{customer}").value == level


def test_no_move_in_the_copy_asks_the_rooms_checks_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    """They vary weights and scores ten thousand times, and are kept for everybody's workshop."""

    def asked(*_args: object) -> None:
        raise AssertionError("the checks were asked")

    monkeypatch.setattr(rooms, "checked", asked)
    tab = opened(example())
    for section in SECTIONS:
        shown(shown_section(tab, section))


def test_every_way_to_favour_us_has_its_word() -> None:
    assert set(what_if_customer.FAVOURS) == set(Favours)
    assert len(set(what_if_customer.FAVOURS.values())) == 3
