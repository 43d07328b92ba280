"""Which customer a row is: as said, by its id, by its name, in doubt, or nobody."""

import pytest

from kam.edits import PutCustomer
from kam.intake.lists.known import Known, also_known, other_ids
from kam.model import Customer, Workshop
from tests.workshops import made


def holding(**names: str) -> Workshop:
    """A workshop with customers by id."""
    return having(*(Customer(id=i, name=n) for i, n in names.items()))


def having(*customers: Customer) -> Workshop:
    return made(*(PutCustomer(customer=one) for one in customers))


def found(known: Known, key: str, name: str) -> str:
    """The id of the customer that a row is, "" for none."""
    one = known.customer(key, name)
    return one.id if one else ""


MILLS = Customer(id="Ash Mills", name="Ash Mills")  # came in without an id


# --- by id and by name ----------------------------------------------------------------------------


def test_a_customer_is_known_as_said_then_by_id_then_by_name() -> None:
    known = Known(holding(a="Ash", b="Bays"), {"x": "b"})
    assert found(known, "x", "Ash") == "b"
    assert found(known, "a", "Ash Group") == "a"
    assert found(known, "", "ASH AG") == "a"


def test_a_name_that_two_customers_share_knows_nobody() -> None:
    assert found(Known(holding(a="Ash", b="Ash AG"), {}), "", "Ash") == ""


def test_another_id_under_which_files_know_a_customer_is_as_good_as_its_own() -> None:
    mills = also_known(MILLS, "C5", "Ash Mills GmbH")
    assert mills.ids == {"C5": "Ash Mills GmbH"}
    assert found(Known(having(mills), {}), "C5", "") == "Ash Mills"
    assert other_ids({"Ash Mills": mills}) == {"C5": [mills]}


@pytest.mark.parametrize(("key", "name"), [("", "Ash"), ("Ash Mills", "Ash")])
def test_its_own_id_is_no_other_one(key: str, name: str) -> None:
    assert also_known(MILLS, key, name) is MILLS


def test_one_id_takes_the_place_of_a_customer_without_any() -> None:
    assert found(Known(having(MILLS), {}, [("C5", "Ash Mills")]), "C5", "Ash Mills") == "Ash Mills"


def test_where_two_ids_claim_one_customer_none_takes_its_place() -> None:
    rows = [("C5", "Ash Mills"), ("C6", "Ash Mills GmbH")]
    known = Known(having(MILLS), {}, rows)
    assert [found(known, *row) for row in rows] == ["", ""]
    assert [known.key(*row) for row in rows] == ["C5", "C6"]


def test_a_customer_that_has_learned_an_id_is_no_namesake_of_a_second_one() -> None:
    mills = also_known(MILLS, "C5", "Ash Mills")
    assert found(Known(having(mills), {}, [("C6", "Ash Mills")]), "C6", "Ash Mills") == ""


# --- in doubt -------------------------------------------------------------------------------------


def test_one_id_with_another_name_is_in_doubt() -> None:
    known = Known(holding(n1001="Alpha Motors"), {}, [("n1001", "Zeta Steel")])
    assert found(known, "n1001", "Zeta Steel") == ""
    [pair] = known.doubts()
    assert (pair.left, pair.right, pair.sort) == ("n1001", "n1001", "renamed")
    assert pair.why == "They have the id n1001, and names that have nothing in common."


@pytest.mark.parametrize("name", ["ALPHA MOTORS AG", "Alpha Motor", "Alpha Motors Europe", ""])
def test_a_name_that_is_near_or_missing_leaves_no_doubt(name: str) -> None:
    known = Known(holding(n1="Alpha Motors"), {}, [("n1", name)])
    assert (found(known, "n1", name), known.doubts()) == ("n1", ())


def test_a_customer_that_came_in_by_its_id_alone_learns_its_name() -> None:
    assert found(Known(holding(n1="n1"), {}), "n1", "Zeta Steel") == "n1"


def test_a_name_that_was_accepted_under_an_id_is_not_asked_about_again() -> None:
    ash = also_known(Customer(id="a", name="Ash"), "K7", "Zeta Steel")
    known = Known(having(ash), {}, [("K7", "Zeta Steel")])
    assert (found(known, "K7", "Zeta Steel"), known.doubts()) == ("a", ())


def test_the_same_answers_a_doubt() -> None:
    known = Known(holding(n1="Alpha Motors"), {"n1": "n1"}, [("n1", "Zeta Steel")])
    assert (found(known, "n1", "Zeta Steel"), known.doubts()) == ("n1", ())


def test_a_customer_of_its_own_gets_an_id_that_is_free() -> None:
    known = Known(holding(n1="Alpha Motors"), {"n1": ""}, [("n1", "Zeta Steel")])
    assert (found(known, "n1", "Zeta Steel"), known.doubts()) == ("", ())
    assert known.key("n1", "Zeta Steel") == "n1 (2)"


def test_two_customers_with_one_id_are_told_apart_by_their_names() -> None:
    zeta = Customer(id="n1 (2)", name="Zeta Steel", ids={"n1": "Zeta Steel"})
    workshop = having(Customer(id="n1", name="Alpha Motors"), zeta)
    known = Known(workshop, {}, [("n1", "")])
    assert found(known, "n1", "Zeta Steel") == "n1 (2)"
    assert found(known, "n1", "Alpha Motors") == "n1"
    assert {pair.right for pair in known.doubts()} == {"n1", "n1 (2)"}
    assert known.doubts()[0].why.startswith("Several customers have the id n1")


# --- answers that lead to others ------------------------------------------------------------------


def test_answers_are_followed_to_their_end() -> None:
    known = Known(holding(k1="Ash"), {"x": "y", "y": "k1"}, [("", "x"), ("", "y")])
    assert [found(known, "", row) for row in "xy"] == ["k1", "k1"]


def test_rows_that_are_one_new_customer_have_one_id_whatever_the_way() -> None:
    chain = Known(made(), {"x": "y", "y": "z"}, [("", "x"), ("", "y"), ("", "z")])
    assert [chain.key("", row) for row in "xyz"] == ["z", "z", "z"]
    circle = Known(made(), {"x": "y", "y": "z", "z": "y"}, [("", "x"), ("", "y"), ("", "z")])
    assert [circle.key("", row) for row in "xyz"] == ["y", "y", "y"]


def test_a_row_that_is_another_row_is_the_customer_that_this_one_is() -> None:
    known = Known(holding(k1="Ash"), {"x": "ASH AG"}, [("", "x"), ("", "ASH AG")])
    assert found(known, "", "x") == "k1"


def test_an_answer_that_names_a_customer_is_not_followed_beyond_it() -> None:
    workshop = holding(k1="Ash", k2="Bays")
    known = Known(workshop, {"x": "k1", "k1": "k2"}, [("", "x"), ("k1", "Zeta")])
    assert found(known, "", "x") == "k1"
