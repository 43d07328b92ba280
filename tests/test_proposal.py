"""Who is known, who is new, and which names are asked about."""

from collections.abc import Mapping
from dataclasses import replace

import pytest

from kam.edits import BringIn, ChooseLongList, PutCustomer
from kam.errors import Refused
from kam.intake.lists.identity import Alike
from kam.intake.lists.proposal import (
    MOST_NAMESAKES,
    NAMED,
    Proposal,
    listed,
    proposed,
    waiting,
)
from kam.model import MAX_CUSTOMERS, Customer, LongList, Profile, Score, Workshop
from tests.workshops import after, made


def holding(**names: str) -> Workshop:
    """A workshop with customers by id."""
    return made(*(PutCustomer(customer=Customer(id=i, name=n)) for i, n in names.items()))


def bringing(workshop: Workshop, **names: str) -> Proposal:
    """Customers with ids, brought into a workshop."""
    return proposed(workshop, edit_of(names), [], {})


def edit_of(names: Mapping[str, str]) -> BringIn:
    """The edit that adds customers by id."""
    customers = {key: Customer(id=key, name=name) for key, name in names.items()}
    return BringIn(origin="a test", customers=customers)


def test_counts_are_of_new_and_updated_customers() -> None:
    found = bringing(holding(a="Ash"), a="Ash", b="Bay")
    assert (found.new, found.updated) == (1, 1)


def test_a_new_name_that_is_like_a_known_one_is_asked_about() -> None:
    [pair] = bringing(holding(a="Bosch Rexroth"), b="Rexroth Bosch").alike
    assert (pair.left, pair.right) == ("b", "a")


def test_one_name_under_two_ids_is_asked_about_first() -> None:
    found = bringing(holding(a="Ash GmbH", c="Ashe"), b="Ash").alike
    assert (found[0].left, found[0].right) == ("b", "a")
    assert (found[0].likeness, found[0].why) == (100.0, "They have one name and different ids.")


def test_a_customer_that_is_known_is_not_asked_about() -> None:
    assert bringing(holding(a="Bosch Rexroth", b="Rexroth Bosch"), b="Rexroth Bosch").alike == ()


def test_names_within_a_file_are_asked_about_only_where_an_id_is_missing() -> None:
    names = {"a": "Bosch Rexroth", "b": "Rexroth Bosch"}
    assert bringing(made(), **names).alike == ()
    assert len(proposed(made(), edit_of(names), [], {}, ["a"]).alike) == 1


def test_what_a_person_has_placed_is_not_asked_again() -> None:
    edit = edit_of({"b": "Rexroth Bosch"})
    assert proposed(holding(a="Bosch Rexroth"), edit, [], {"b": "b"}).alike == ()


def test_long_lists_of_names_are_counted() -> None:
    names = [f"N{at}" for at in range(NAMED + 2)]
    assert listed(names).endswith("“N4” and 2 more")
    assert listed(names[:1]) == "“N0”"


# --- ids that are one number, namesakes, and what stays out ---------------------------------------


def test_ids_that_are_one_number_are_asked_about_and_never_merged() -> None:
    ours = after(holding(), PutCustomer(customer=Customer(id="0001001", name="Alpha")))
    found = bringing(ours, **{"1001": "1001", "1001.0": "1001.0", "1002": "1002"})
    assert found.new == 3
    assert {(one.left, one.right, one.sort) for one in found.alike} == {
        ("1001", "0001001", "id"),
        ("1001.0", "0001001", "id"),
        ("1001.0", "1001", "id"),
    }
    assert found.alike[0].why == "Their ids are one number: 1001 and 0001001."


def test_ids_of_one_file_that_are_one_number_are_asked_about() -> None:
    found = bringing(made(), **{"00123": "Ash", "123": "Ash", "123.0": "Bay", "124": "Cob"})
    assert {(one.left, one.right, one.sort) for one in found.alike} == {
        ("123", "00123", "id"),
        ("123.0", "00123", "id"),
        ("123.0", "123", "id"),
    }
    assert found.new == 4


def test_answers_leave_fewer_pairs_of_those_that_were_found() -> None:
    names = {"a": "Bosch Rexroth", "b": "Rexroth Bosch", "c": "Rexroth Bosch Ulm"}
    ours = holding(k="Rexroth Bosch Werke")
    before = proposed(ours, edit_of(names), [], {}, names).alike
    answered = proposed(ours, edit_of({"b": names["b"], "c": names["c"]}), [], {"a": "k"}, "bc")
    assert any("a" in (one.left, one.right) for one in before)
    assert set(answered.still_open(before)) == {
        one for one in before if "a" not in (one.left, one.right)
    }


def test_more_customers_than_a_workshop_holds_are_refused_at_once() -> None:
    names = {f"c{at}": f"Customer {at}" for at in range(MAX_CUSTOMERS)}
    assert bringing(made(), **names).new == MAX_CUSTOMERS
    with pytest.raises(Refused, match="holds at most 20,000 customers, and this would make 20,001"):
        bringing(holding(k="Ash"), **names)


def test_a_customer_that_only_gets_a_score_is_updated() -> None:
    edit = BringIn(origin="a test", customers={}, scores={"a": {"k": Score(value=1)}})
    found = proposed(holding(k="Ash"), edit, [], {})
    assert (found.new, found.updated) == (0, 1)


def test_an_id_that_was_learned_later_counts_too() -> None:
    ours = after(
        holding(), PutCustomer(customer=Customer(id="Ash", name="Ash", ids={"0007": "Ash"}))
    )
    [pair] = bringing(ours, **{"7": "7"}).alike
    assert (pair.left, pair.right) == ("7", "Ash")


def test_a_namesake_is_asked_about_every_customer_with_that_name() -> None:
    found = bringing(holding(a="Ash", b="Ash AG"), c="Ash").alike
    assert [pair.right for pair in found] == ["a", "b"]
    assert found[0].why.endswith("2 customers here have that name.")


def test_of_a_common_name_only_some_are_asked_about() -> None:
    ours = holding(**{f"k{n}": "Ash" for n in range(MOST_NAMESAKES + 4)})
    assert len(bringing(ours, c="Ash").alike) == MOST_NAMESAKES


def test_a_customer_that_others_were_said_to_be_is_still_asked_about() -> None:
    edit = edit_of({"b": "Rexroth Bosch"})
    [pair] = proposed(holding(a="Bosch Rexroth"), edit, [], {"x": "b"}).alike
    assert (pair.left, pair.right) == ("b", "a")


def test_a_customer_of_its_own_is_not_asked_about_its_name() -> None:
    own = Customer(id="a (2)", name="Rexroth Bosch", ids={"a": "Rexroth Bosch"})
    edit = BringIn(origin="a test", customers={own.id: own})
    assert proposed(holding(a="Bosch Rexroth"), edit, [], {"a": ""}).alike == ()


def test_what_keeps_rows_out_is_asked_first() -> None:
    found = bringing(holding(a="Ash"), b="Ash")
    doubt = Alike("x", "a", 100.0, "", "renamed")
    asked = replace(found, doubts=(doubt,), doubted={"x": Customer(id="x", name="Zeta")})
    assert asked.alike[0] is doubt
    assert [one.name for one in map(asked.entry, "xb") if one] == ["Zeta", "Ash"]


def test_who_waits_is_named_with_the_money() -> None:
    zeta = Customer(id="x", name="Zeta", profile=Profile(revenue=1007))
    assert waiting({"x": zeta}, "EUR") == [
        "Left out until you say who they are: “x: Zeta”. Their revenue is EUR 1,007."
    ]
    assert waiting({}, "EUR") == []


def test_new_customers_do_not_join_a_long_list_and_that_is_said() -> None:
    ours = after(holding(a="Ash", b="Bay"), ChooseLongList(long_list=LongList(customers=("a",))))
    [note] = bringing(ours, c="Cob").notes
    assert note.startswith("The long list stays as it is: the new customer is not on it.")
    assert bringing(ours, a="Ash").notes == ()
    assert bringing(holding(a="Ash"), c="Cob").notes == ()
