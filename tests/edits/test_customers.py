"""Customers, profiles and scores: what their edits allow and forget."""

import pytest
from hypothesis import given

from kam.edits import (
    BringIn,
    ChangeProfile,
    Edit,
    FillScores,
    PutCriterion,
    PutCustomer,
    RemoveCustomers,
    ScoreCustomer,
)
from kam.errors import Refused
from kam.model import Axis, Criterion, Matching, Profile, Score, Workshop
from tests.workshops import after, by_hand, criterion, customer, full, workshops

BARE = Criterion(id="bare", name="Bare", axis=Axis.STRENGTH)
UNTESTED = criterion("untested", same_number=False)


def with_incomplete() -> Workshop:
    return after(by_hand(), PutCriterion(criterion=BARE), PutCriterion(criterion=UNTESTED))


@pytest.mark.parametrize(
    "edit",
    [
        ScoreCustomer(customer="ash", criterion="bare", value=1),
        FillScores(scores={"bare": {"ash": Score(value=1)}}),
        BringIn(origin="x", customers={}, scores={"bare": {"ash": Score(value=1)}}),
    ],
    ids=lambda edit: edit.kind,
)
def test_an_incomplete_criterion_cannot_be_scored_and_the_refusal_says_what_it_lacks(
    edit: Edit,
) -> None:
    with pytest.raises(Refused) as caught:
        edit.apply(with_incomplete())
    assert str(caught.value) == (
        "“Bare” cannot be scored yet: it lacks a definition, a unit, five anchors. "
        "Complete it on the Criteria page."
    )


def test_a_criterion_that_was_not_tested_cannot_be_scored_either() -> None:
    with pytest.raises(Refused, match="lacks the tick “Two people reading the definition"):
        ScoreCustomer(customer="ash", criterion="untested", value=1).apply(with_incomplete())


def test_a_score_made_unknown_again_is_gone_and_not_zero() -> None:
    unknown = after(by_hand(), ScoreCustomer(customer="ash", criterion="a", value=None))
    assert "ash" not in unknown.scores["a"]
    assert unknown.scores["a"]["bay"].value == 6


def test_a_score_may_be_taken_back_from_a_criterion_that_has_become_incomplete() -> None:
    half = criterion("a").model_copy(update={"same_number": False})
    unknown = after(
        by_hand(),
        PutCriterion(criterion=half),
        ScoreCustomer(customer="ash", criterion="a", value=None),
    )
    assert "ash" not in unknown.scores["a"]


def test_a_score_of_zero_is_a_score() -> None:
    zero = after(by_hand(), ScoreCustomer(customer="cob", criterion="b", value=0))
    assert zero.scores["b"]["cob"].value == 0
    edit = ScoreCustomer(customer="cob", criterion="b", value=1)
    assert edit.words(zero) == "Cob, Criterion b: 0 → 1"


def test_filled_scores_leave_those_of_other_customers() -> None:
    filled = after(by_hand(), FillScores(scores={"b": {"cob": Score(value=9)}}))
    assert {who: s.value for who, s in filled.scores["b"].items()} == {
        "ash": 4,
        "bay": 2,
        "cob": 9,
    }


def test_bringing_in_replaces_known_customers_and_keeps_the_others() -> None:
    grown = after(full(), BringIn(origin="x", customers={"ash": customer("ash", owner="Otto")}))
    assert grown.customers["ash"].profile.owner == "Otto"
    assert grown.customers["dew"].profile.revenue == 3


def test_bringing_in_nobody_says_so() -> None:
    assert BringIn(origin="x.csv", customers={}).words(full()) == "customers from x.csv: 0 added"


def test_who_only_gets_a_score_is_updated() -> None:
    edit = BringIn(
        origin="x.csv",
        customers={"elm": customer("elm")},
        scores={"a": {"ash": Score(value=1), "elm": Score(value=2)}},
    )
    assert edit.touched == {"ash", "elm"}
    assert edit.words(by_hand()) == "customers from x.csv: 1 added, 1 updated"


def test_a_matching_takes_the_place_of_the_one_of_the_same_door_only() -> None:
    headers = ("Customer", "Level")
    first, second, third = (
        Matching(headers=order, goes_to={"Customer": key}, door=door)
        for order, key, door in (
            (headers, "name", "customers"),
            (headers, "id", "scores"),
            (headers[::-1], "id", "customers"),
        )
    )
    edits = (BringIn(origin="x", customers={}, matching=one) for one in (first, second, third))
    assert after(by_hand(), *edits).matchings == (second, third)


def test_too_many_customers_are_refused_with_the_number(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kam.edits.customers.MAX_CUSTOMERS", 4)
    crowd = {key: customer(key) for key in ("elm", "fir")}
    with pytest.raises(Refused, match="at most 4 customers, and this would make 5"):
        BringIn(origin="x", customers=crowd).apply(by_hand())


def test_a_profile_edit_names_the_fields_that_change() -> None:
    edit = ChangeProfile(customer="dew", profile=Profile(revenue=3, cost_to_serve=1, owner="Ines"))
    assert edit.words(full()) == "profile of Dew: cost to serve, owner"


def test_a_profile_edit_that_changes_nothing_says_so() -> None:
    edit = ChangeProfile(customer="dew", profile=Profile(revenue=3))
    assert edit.words(full()) == "profile of Dew: same"


def test_a_profile_edit_keeps_the_customers_facts() -> None:
    counted = customer("elm").model_copy(update={"facts": {"orders": 4.0}})
    changed = after(
        full(),
        PutCustomer(customer=counted),
        ChangeProfile(customer="elm", profile=Profile(owner="Otto")),
    )
    assert changed.customers["elm"].facts == {"orders": 4}


def test_a_changed_customer_keeps_its_place_in_the_list() -> None:
    changed = after(by_hand(), PutCustomer(customer=customer("ash", owner="Otto")))
    assert list(changed.customers) == ["ash", "bay", "cob"]
    assert PutCustomer(customer=customer("ash")).words(by_hand()) == "changed Ash"


def test_one_unknown_customer_among_several_keeps_all_of_them() -> None:
    workshop = by_hand()
    with pytest.raises(Refused, match="no customer 'ghost'"):
        RemoveCustomers(customers=("ash", "ghost")).apply(workshop)
    assert "ash" in workshop.customers


def test_removing_one_customer_names_it() -> None:
    assert RemoveCustomers(customers=("ash",)).words(by_hand()) == "removed Ash"
    assert RemoveCustomers(customers=()).words(by_hand()) == "removed nobody"


@given(workshops())
def test_a_customer_that_comes_and_goes_leaves_no_trace(workshop: Workshop) -> None:
    guest: list[Edit] = [PutCustomer(customer=customer("guest"))]
    guest += [ScoreCustomer(customer="guest", criterion=k, value=5) for k in workshop.criteria]
    gone = after(workshop, *guest, RemoveCustomers(customers=("guest",)))
    scored = {key: given_ for key, given_ in gone.scores.items() if given_}
    assert gone.model_copy(update={"scores": scored}) == workshop.model_copy(
        update={"scores": {key: given_ for key, given_ in workshop.scores.items() if given_}}
    )
