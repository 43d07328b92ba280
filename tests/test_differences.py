"""What a list changes, in sentences; and that only what changes is brought in."""

from collections.abc import Mapping

from kam.edits import BringIn, JudgeAsOne
from kam.intake.lists.differences import changing, changing_scores, differences
from kam.model import Customer, Economics, Profile, Score, Workshop
from kam.validated import changed
from tests.workshops import after, by_hand, made

Scores = Mapping[str, Mapping[str, Score]]


def bringing(*customers: Customer) -> BringIn:
    """The edit that adds these customers."""
    return BringIn(origin="a test", customers={one.id: one for one in customers})


def told(workshop: Workshop, *customers: Customer, scores: Scores | None = None) -> list[str]:
    """What is said of a list with these customers, and scores."""
    listed = {one.id: one for one in customers}
    edit = BringIn(
        origin="a test",
        customers=changing(workshop, listed),
        scores=changing_scores(workshop, scores or {}),
    )
    return differences(workshop, edit, listed)


def here() -> Workshop:
    """A workshop with two customers."""
    return after(made(), bringing(ASH, BAY))


ASH = Customer(id="a", name="Ash", profile=Profile(revenue=5), facts={"Vans": 3})
BAY = Customer(id="b", name="Bay")


def test_a_first_list_says_nothing() -> None:
    assert told(made(), ASH, BAY) == []


def test_fields_are_named_as_on_the_screen_with_how_many_change() -> None:
    ash = changed(ASH, name="Ashes", profile=Profile(revenue=6, owner="Ines"), facts={"Vans": 4})
    bay = changed(BAY, profile=Profile(owner="Tom"), economics=Economics(hours=3))
    [said] = told(here(), ash, bay)
    assert said == (
        "Changes of customers that are here: Account owner (2), Customer (1), Revenue with us (1), "
        "Vans (1), Our hours on it a year (1)."
    )


def test_many_fields_are_counted() -> None:
    facts = {f"Figure {n}": 1.0 for n in range(9)}
    [said, _] = told(here(), changed(BAY, facts=facts))
    assert said.endswith("Figure 5 (1) and 3 more fields.")


def test_another_id_is_a_change() -> None:
    said = told(here(), changed(BAY, ids={"K7": "Bay"}))
    assert said[0] == "Changes of customers that are here: other ids (1)."


def test_who_stays_and_who_is_absent_is_counted() -> None:
    ash = changed(ASH, profile=Profile(revenue=6))
    assert told(here(), ash, BAY)[1:] == ["1 of the customers here stays exactly as it is."]
    assert told(here(), ash)[1:] == [
        "1 of your customers is not in this list; what we know of them stays as it is."
    ]


def test_a_list_that_says_what_is_known_changes_nothing() -> None:
    assert told(here(), ASH, BAY) == ["Nothing changes: the list says what is here already."]


def test_scores_are_a_change_too_and_the_same_ones_are_none() -> None:
    workshop = by_hand()
    ash, given = workshop.customers["ash"], workshop.scores["a"]["ash"]
    said = told(workshop, ash, scores={"a": {"ash": Score(value=given.value + 1)}})
    assert not any("exactly" in one for one in said)
    assert changing_scores(workshop, {"a": {"ash": given}}) == {}


def test_only_customers_that_change_are_brought_in() -> None:
    ash = changed(ASH, profile=Profile(revenue=6))
    cob = Customer(id="c", name="Cob")
    assert list(changing(here(), {"a": ash, "b": BAY, "c": cob})) == ["a", "c"]
    assert changing(here(), {"a": ASH, "b": BAY}) == {}


def test_a_customer_made_for_a_group_is_brought_in_so_that_it_stands_for_itself() -> None:
    workshop = after(here(), JudgeAsOne(group="g", name="Group", members=("a", "b")))
    assert workshop.groups["g"].made
    whole = workshop.customers["g"]
    brought = changing(workshop, {"g": whole, "a": ASH})
    assert list(brought) == ["g"]
    after_it = after(workshop, BringIn(origin="a test", customers=brought))
    assert not after_it.groups["g"].made


def test_of_repaired_rows_nobody_says_who_is_not_among_them() -> None:
    ash = changed(ASH, profile=Profile(revenue=6))
    [said] = differences(here(), bringing(ash), ["a"], whole=False)
    assert said == "Changes of customers that are here: Revenue with us (1)."
