"""Who is known, who is new, and which names are asked about."""

from collections.abc import Mapping

from kam.edits import BringIn, PutCustomer
from kam.intake.lists.proposal import NAMED, Known, Proposal, listed, proposed
from kam.model import Customer, Workshop
from tests.workshops import made


def holding(**names: str) -> Workshop:
    """A workshop with customers by id."""
    return made(*(PutCustomer(customer=Customer(id=i, name=n)) for i, n in names.items()))


def bringing(workshop: Workshop, **names: str) -> Proposal:
    """A list with ids, brought into a workshop."""
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


def test_a_customer_is_known_as_said_then_by_id_then_by_name() -> None:
    known = Known(holding(a="Ash", b="Bay"), {"x": "b"})
    found = [known.customer(*row) for row in (("x", "Ash"), ("a", "Bay"), ("", "ASH AG"))]
    assert [one.id for one in found if one] == ["b", "a", "a"]


def test_a_name_that_two_customers_share_knows_nobody() -> None:
    assert Known(holding(a="Ash", b="Ash AG"), {}).customer("", "Ash") is None


def test_long_lists_of_names_are_counted() -> None:
    names = [f"N{at}" for at in range(NAMED + 2)]
    assert listed(names).endswith("“N4” and 2 more")
    assert listed(names[:1]) == "“N0”"
