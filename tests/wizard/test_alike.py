"""`kam.ui.wizard.alike`: who may be one customer, side by side, and the answers."""

from streamlit.testing.v1 import AppTest

from kam.edits import PutCustomer
from kam.model import Customer, Profile
from kam.ui.wizard import alike
from tests.apps import labels, present, shown, stored
from tests.wizard.opened import (
    LEDGER,
    checked,
    counted,
    ledger_given,
    opened,
    pressed,
    questions,
    stored_by,
    told,
)

MILLS = PutCustomer(
    customer=Customer(id="c1", name="Ashcombe Mills", profile=Profile(revenue=1.0, owner="Ines"))
)
NEAR = "Customer,Revenue\nAshcombe Mill,5\nBirch,6\n"


def put(key: str, name: str, **profile: float) -> PutCustomer:
    """The edit that adds a customer."""
    return PutCustomer(customer=Customer(id=key, name=name, profile=Profile(**profile)))


def revenues(workshop: str) -> dict[str, float | None]:
    """Customer name -> revenue, as stored."""
    return {one.name: one.profile.revenue for one in present(workshop).customers.values()}


# --- near matches ---------------------------------------------------------------------------------


def test_customers_that_may_be_one_are_asked_side_by_side_with_a_reason() -> None:
    tab = checked(opened(stored(MILLS)), NEAR)
    assert told(tab, "2 new · 0 to update · :orange[▲ 1 may be here already]")
    assert told(tab, "Ashcombe Mill  \n")
    assert told(tab, "Ashcombe Mills (here already)")
    assert "They come in as new customers unless you say that they are the same." in shown(tab)


def test_nothing_is_merged_without_an_answer() -> None:
    workshop = stored(MILLS)
    stored_by(checked(opened(workshop), NEAR))
    assert revenues(workshop) == {"Ashcombe Mills": 1.0, "Ashcombe Mill": 5.0, "Birch": 6.0}


def test_the_same_goes_into_the_known_customer() -> None:
    workshop = stored(MILLS)
    tab = pressed(checked(opened(workshop), NEAR), "The same")
    assert told(tab, "1 new · 1 to update")
    assert "may be here already" not in shown(tab)
    stored_by(tab)
    assert revenues(workshop) == {"Ashcombe Mills": 5.0, "Birch": 6.0}
    assert present(workshop).customers["c1"].profile.owner == "Ines"


def test_two_customers_stay_two_and_are_not_asked_again() -> None:
    workshop = stored(MILLS)
    tab = pressed(checked(opened(workshop), NEAR), "Two customers")
    assert "may be here already" not in shown(tab)
    assert told(tab, "2 new · 0 to update")
    stored_by(tab)
    assert len(present(workshop).customers) == 3


def test_near_matches_and_repairs_stand_side_by_side_until_one_of_them_is_done() -> None:
    tab = checked(opened(stored(MILLS)), NEAR + "Cob,soon\n")
    assert [one.label for one in tab.tabs] == ["May be one customer", "Rows to repair"]
    assert [one.label for one in tab.tabs[0].button] == ["The same", "Two customers"]
    assert len(tab.tabs[1].data_editor) == 1
    pressed(tab, "Two customers")
    assert (len(tab.tabs), len(tab.data_editor)) == (0, 1)


def test_many_near_matches_are_counted() -> None:
    names = [chr(65 + n % 26) * 3 + chr(97 + n // 26) * 5 for n in range(alike.MOST_PAIRS + 4)]
    known = [PutCustomer(customer=Customer(id=f"k{n}", name=f"{n} {name}ings")) for n, name in
             enumerate(names)]  # fmt: skip
    rows = "".join(f"{n} {name}ing\n" for n, name in enumerate(names))
    tab = checked(opened(stored(*known)), f"Customer\n{rows}")
    assert labels(tab).count("The same") == alike.MOST_PAIRS
    assert told(tab, "and 4 more, less alike")


def test_ids_of_one_file_that_are_one_number_are_asked_about() -> None:
    workshop = stored()
    rows = "Customer ID,Customer,Revenue,Needs\n00123,Ash,5,\n123,Ash,,x\n"
    tab = checked(opened(workshop), rows)
    assert told(tab, "2 new · 0 to update · :orange[▲ 1 may be in this file twice]")
    stored_by(pressed(tab, "The same"))
    [one] = present(workshop).customers.values()
    assert (one.id, one.profile.revenue, one.profile.needs) == ("00123", 5.0, "x")


def test_all_ids_that_are_one_number_are_one_customer_at_a_click() -> None:
    workshop = stored()
    rows = "00123,Ash,5\n123,Ash,\n123.0,Ash,\n077,Bay,6\n77,Bay,\n"
    tab = checked(opened(workshop), f"Customer ID,Customer,Revenue\n{rows}")
    assert told(tab, "**3 have an id that is one number with another's**")
    pressed(tab, "All are the same")
    assert "may be in this file twice" not in shown(tab)
    stored_by(tab)
    assert {key: one.profile.revenue for key, one in present(workshop).customers.items()} == {
        "00123": 5.0,
        "077": 6.0,
    }


def test_two_rows_of_one_file_may_be_one_customer() -> None:
    workshop = stored()
    tab = checked(opened(workshop), "Customer,Revenue,Needs\nAshcombe Mill,5,\nAshcombe Mills,,x\n")
    assert told(tab, "2 new · 0 to update · :orange[▲ 1 may be in this file twice]")
    assert not told(tab, "may be here already")
    assert told(tab, "(in this file)")
    stored_by(pressed(tab, "The same"))
    [one] = present(workshop).customers.values()
    assert (one.profile.revenue, one.profile.needs) == (5.0, "x")


# --- what tells them apart ------------------------------------------------------------------------


def test_both_of_a_pair_show_id_revenue_owner_and_country() -> None:
    text = "Customer ID,Customer,Revenue,Account owner,Country\nK7,Ashcombe Mill,5,Tom,DE\n"
    tab = checked(opened(stored(MILLS)), text)
    assert told(tab, "Ashcombe Mill  \n:gray[id K7 · revenue EUR 5 · Tom · DE]")
    assert told(tab, "Ashcombe Mills (here already)  \n:gray[id c1 · revenue EUR 1 · Ines]")


# --- one id, two names ----------------------------------------------------------------------------

OTHER = "Customer ID,Customer,Revenue\n1001,Zeta Steel,7\n1003,Birch,6\n"


def doubtful(text: str = OTHER) -> tuple[str, AppTest]:
    """A workshop with other customers under the ids of a list, and the third screen for it."""
    workshop = stored(put("1001", "Alpha Motors", revenue=100), put("1002", "Beta Foods"))
    return workshop, checked(opened(workshop), text)


def test_another_name_under_one_id_stays_out_until_somebody_answers() -> None:
    workshop, tab = doubtful()
    assert told(tab, "1 new · 0 to update · 1 left out · :orange[▲ 1 may be here already]")
    assert told(tab, "they stay out until you say")
    assert told(tab, "Left out until you say who they are: “1001: Zeta Steel”.")
    stored_by(tab)
    assert revenues(workshop) == {"Alpha Motors": 100.0, "Beta Foods": None, "Birch": 6.0}


def test_a_renamed_customer_takes_the_figures_and_the_name() -> None:
    workshop, tab = doubtful()
    stored_by(pressed(tab, "The same"))
    assert revenues(workshop) == {"Zeta Steel": 7.0, "Beta Foods": None, "Birch": 6.0}


def test_a_number_of_another_program_makes_a_customer_of_its_own() -> None:
    workshop, tab = doubtful()
    stored_by(pressed(tab, "Two customers"))
    assert revenues(workshop) == {
        "Alpha Motors": 100.0,
        "Beta Foods": None,
        "Zeta Steel": 7.0,
        "Birch": 6.0,
    }
    again = checked(opened(workshop), OTHER.replace("Steel,7", "Steel,8"))
    assert not told(again, "▲")
    stored_by(again)
    assert revenues(workshop)["Zeta Steel"] == 8.0


def test_many_are_answered_at_once() -> None:
    text = "Customer ID,Customer,Revenue\n1001,Zeta Steel,7\n1002,Omega Glass,8\n"
    workshop, tab = doubtful(text)
    assert told(tab, "**2 have the id of a customer here, and a name that has nothing in common")
    stored_by(pressed(tab, "All are two customers"))
    assert len(revenues(workshop)) == 4
    workshop, tab = doubtful(text)
    stored_by(pressed(tab, "All are the same"))
    assert revenues(workshop) == {"Zeta Steel": 7.0, "Omega Glass": 8.0}


def test_all_are_the_same_is_not_offered_where_every_row_may_be_several() -> None:
    here = (put("k1", "Ash Mills"), put("k2", "Ash Mills"), put("k3", "Bay Works"))
    tab = checked(opened(stored(*here)), "Customer ID,Customer,Revenue\n9,Ash Mills,7\n")
    assert labels(tab).count("The same") == 2
    assert "All are two customers" in labels(tab)
    assert "All are the same" not in labels(tab)
    both = "Customer ID,Customer,Revenue\n9,Ash Mills,7\n8,Bay Works,5\n"
    tab = checked(opened(stored(*here)), both)
    pressed(tab, "All are the same")
    assert labels(tab).count("The same") == 2
    assert "All are the same" not in labels(tab)


def test_a_ledger_gives_nobody_the_money_of_another_name() -> None:
    workshop = stored(put("1001", "Alpha Motors", revenue=100))
    lines = "Customer ID,Customer name,Date,Amount\n1001,Zeta Steel,2026-01-10,1000\n"
    tab = counted(ledger_given(opened(workshop, LEDGER), lines))
    assert told(tab, "0 new · 0 to update · 1 left out")
    pressed(tab, "Two customers")
    stored_by(tab, "ledger")
    assert revenues(workshop) == {"Alpha Motors": 100.0, "Zeta Steel": 1000.0}


# --- several questions, and the way back ----------------------------------------------------------

TWO_WORKS = (put("k1", "Hagedorn Maschinenbau Berlin"), put("k2", "Hagedorn Maschinenbau Ulm"))
WORKS = "Customer,Revenue\nHagedorn Maschinenbau,5\n"


def test_one_refusal_leaves_the_other_questions_of_a_row() -> None:
    workshop = stored(*TWO_WORKS)
    tab = checked(opened(workshop), WORKS)
    assert labels(tab).count("The same") == 2
    pressed(tab, "Two customers")
    assert labels(tab).count("The same") == 1
    stored_by(pressed(tab, "The same"))
    assert sorted(filter(None, revenues(workshop).values())) == [5.0]
    assert len(revenues(workshop)) == 2


def test_an_answer_is_seen_and_can_be_taken_back() -> None:
    tab = pressed(checked(opened(stored(MILLS)), NEAR), "The same")
    assert "1 answer given" in questions(tab)
    assert told(tab, "Ashcombe Mill is Ashcombe Mills (c1)")
    pressed(tab, "Take back")
    assert told(tab, "2 new · 0 to update · :orange[▲ 1 may be here already]")
    assert "1 answer given" not in questions(tab)


def test_a_refusal_can_be_taken_back_too() -> None:
    _, tab = doubtful()
    pressed(tab, "Two customers")
    assert told(tab, "2 new · 0 to update")
    assert told(tab, "Zeta Steel (1001) is not Alpha Motors (1001)")
    pressed(tab, "Take all back")
    assert told(tab, "1 new · 0 to update · 1 left out · :orange[▲ 1 may be here already]")
