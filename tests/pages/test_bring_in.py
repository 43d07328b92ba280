"""Step 3, bring in: three doors, from the client's files to customers with figures and scores."""

import pytest

from kam.edits import PutCriterion
from kam.ui import bring_in
from tests.apps import example, go, labels, page, present, shown, stored
from tests.wizard.opened import (
    CUSTOMERS,
    LEDGER,
    SCORES,
    checked,
    counted,
    ledger_given,
    opened,
    stored_by,
    told,
)
from tests.workshops import A, S, criterion

LIST = "Customer ID,Customer,Account owner\n1,Ash,Ines\n2,Bay,Tom\n"
ORDERS = "Customer No,Invoice date,Net amount\n1,2025-01-10,100\n2,2025-02-10,300\n"
LEVELS = "Customer ID,Criterion a,Criterion s\n1,8,6\n2,4,3\n"


def two_criteria() -> str:
    """A stored workshop with one complete criterion an axis."""
    return stored(*(PutCriterion(criterion=criterion(k, x)) for k, x in (("a", A), ("s", S))))


def test_there_are_three_doors_and_the_list_of_customers_is_open() -> None:
    assert list(bring_in.DOORS) == [CUSTOMERS, LEDGER, SCORES]
    tab = page("customers", stored())
    doors = tab.segmented_control(key="bring_in_door")
    assert (doors.options, doors.value) == ([CUSTOMERS, LEDGER, SCORES], CUSTOMERS)
    assert told(tab, "Choose a file")


@pytest.mark.parametrize("door", [CUSTOMERS, LEDGER, SCORES])
def test_every_door_opens_in_the_example(door: str) -> None:
    assert told(opened(example(), door), "step 1 of 3")


def test_the_door_for_scores_is_closed_until_there_is_a_criterion() -> None:
    assert "step 1 of 3" not in shown(opened(stored(), SCORES))
    assert told(opened(two_criteria(), SCORES), "step 1 of 3")


def test_the_chosen_door_stays_open_while_the_tab_is_elsewhere() -> None:
    tab = opened(stored(), LEDGER)
    go(go(tab, "criteria"), "customers")
    assert tab.segmented_control(key="bring_in_door").value == LEDGER


def test_list_ledger_and_scores_meet_in_the_same_customers() -> None:
    workshop = two_criteria()
    tab = stored_by(checked(opened(workshop), LIST))
    tab = stored_by(counted(ledger_given(opened(workshop, LEDGER), ORDERS)), "ledger")
    tab = stored_by(checked(opened(workshop, SCORES), LEVELS), "scores")
    found = present(workshop)
    assert {
        one.name: (one.profile.owner, one.profile.revenue, found.scores["a"][key].value)
        for key, one in found.customers.items()
    } == {"Ash": ("Ines", 100.0, 8.0), "Bay": ("Tom", 300.0, 4.0)}
    shown(go(tab, "matrix"))


def test_each_import_is_one_step_back_and_one_step_again() -> None:
    workshop = two_criteria()
    stored_by(checked(opened(workshop), LIST))
    tab = stored_by(counted(ledger_given(opened(workshop, LEDGER), ORDERS)), "ledger")
    tab.button(key="undo").click().run()
    assert present(workshop).customers["1"].profile.revenue is None
    assert present(workshop).customers["1"].profile.owner == "Ines"
    tab.button(key="redo").click().run()
    assert present(workshop).customers["1"].profile.revenue == 100.0


def test_of_two_tabs_the_second_is_told_keeps_its_draft_and_builds_on_the_first() -> None:
    workshop = two_criteria()
    stored_by(checked(opened(workshop), LIST))
    one = checked(opened(workshop), "Customer ID,Customer,Industry\n1,Ash,Paper\n")
    other = checked(opened(workshop), "Customer ID,Customer,Country\n1,Ash,Norway\n")
    stored_by(one)
    stored_by(other)
    assert told(other, "Somebody changed this first")
    stored_by(other)
    profile = present(workshop).customers["1"].profile
    assert (profile.industry, profile.country, profile.owner) == ("Paper", "Norway", "Ines")


def test_a_refresh_forgets_the_draft_and_stores_nothing() -> None:
    workshop = stored()
    checked(opened(workshop), LIST)
    again = page("customers", workshop)
    assert told(again, "Choose a file")
    assert "Bring in 2 customers" not in labels(again)
    assert present(workshop).customers == {}
