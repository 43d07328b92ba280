"""What a list changes, in sentences."""

from kam.edits import BringIn
from kam.intake.lists.differences import differences
from kam.model import Customer, Economics, Profile, Score, Workshop
from kam.validated import changed
from tests.workshops import after, by_hand, made


def bringing(*customers: Customer) -> BringIn:
    """The edit of a list with these customers."""
    return BringIn(origin="a test", customers={one.id: one for one in customers})


def here() -> Workshop:
    """A workshop with two customers."""
    return after(made(), bringing(ASH, BAY))


ASH = Customer(id="a", name="Ash", profile=Profile(revenue=5), facts={"Vans": 3})
BAY = Customer(id="b", name="Bay")


def test_a_first_list_says_nothing() -> None:
    assert differences(made(), bringing(ASH, BAY)) == []


def test_fields_are_named_as_on_the_screen_with_how_many_change() -> None:
    ash = changed(ASH, name="Ashes", profile=Profile(revenue=6, owner="Ines"), facts={"Vans": 4})
    bay = changed(BAY, profile=Profile(owner="Tom"), economics=Economics(hours=3))
    [told] = differences(here(), bringing(ash, bay))
    assert told == (
        "Changes of customers that are here: Account owner (2), Customer (1), Revenue with us (1), "
        "Vans (1), Our hours on it a year (1)."
    )


def test_many_fields_are_counted() -> None:
    facts = {f"Figure {n}": 1.0 for n in range(9)}
    [told, _] = differences(here(), bringing(changed(BAY, facts=facts)))
    assert told.endswith("Figure 5 (1) and 3 more fields.")


def test_another_id_is_a_change() -> None:
    told = differences(here(), bringing(changed(BAY, ids={"K7": "Bay"})))
    assert told[0] == "Changes of customers that are here: other ids (1)."


def test_who_stays_and_who_is_absent_is_counted() -> None:
    ash = changed(ASH, profile=Profile(revenue=6))
    assert differences(here(), bringing(ash, BAY))[1:] == [
        "1 of the customers here stays exactly as it is."
    ]
    assert differences(here(), bringing(ash))[1:] == [
        "1 of your customers is not in this list; what we know of them stays as it is."
    ]


def test_a_list_that_says_what_is_known_changes_nothing() -> None:
    assert differences(here(), bringing(ASH, BAY)) == [
        "Nothing changes: the list says what is here already."
    ]


def test_scores_are_a_change_too() -> None:
    ash = by_hand().customers["ash"]
    edit = changed(bringing(ash), scores={"a": {"ash": Score(value=3)}})
    assert not any("exactly" in told for told in differences(by_hand(), edit))
