"""Criteria, points and ballots: what their edits allow and forget."""

import pytest

from kam.edits import (
    CastBallot,
    PutCriterion,
    PutMember,
    RemoveCriterion,
    ScoreCustomer,
    SetPoints,
)
from kam.errors import Refused
from kam.model import MAX_CRITERIA, Ballot, Member, Workshop
from tests.workshops import PLAIN, after, by_hand, criterion, full, made


def eight() -> Workshop:
    return made(*(PutCriterion(criterion=criterion(f"c{n}")) for n in range(MAX_CRITERIA)))


def test_the_ninth_criterion_is_refused_with_the_reason() -> None:
    with pytest.raises(Refused, match="at most 8 criteria: more rarely change the result"):
        PutCriterion(criterion=criterion("c8")).apply(eight())


def test_one_of_eight_criteria_may_still_be_changed() -> None:
    changed = after(eight(), PutCriterion(criterion=criterion("c3", unit="EUR")))
    assert changed.criteria["c3"].unit == "EUR"
    assert len(changed.criteria) == MAX_CRITERIA


def test_after_removing_one_of_eight_another_may_come() -> None:
    changed = after(
        eight(), RemoveCriterion(criterion="c0"), PutCriterion(criterion=criterion("c8"))
    )
    assert len(changed.criteria) == MAX_CRITERIA


def test_changed_anchors_keep_the_raw_scores() -> None:
    doubled = tuple(2 * level for level in PLAIN)
    changed = after(
        by_hand(), PutCriterion(criterion=criterion("a").model_copy(update={"anchors": doubled}))
    )
    assert changed.scores == by_hand().scores


def test_changing_a_criterion_says_changed() -> None:
    assert PutCriterion(criterion=criterion("a")).words(by_hand()).startswith("changed")


def test_removing_the_only_criterion_of_a_ballot_removes_the_ballot() -> None:
    cast = after(
        full(),
        CastBallot(ballot=Ballot(member="ines", round=2, swings={"a": 5, "b": 0})),
        RemoveCriterion(criterion="a"),
    )
    assert [(b.round, b.swings) for b in cast.ballots["ines"]] == [(1, {"s": 50})]


def test_points_of_criteria_that_are_not_named_stay() -> None:
    assert after(by_hand(), SetPoints(points={"s": 1})).points == {"a": 30, "b": 10, "s": 1}


def test_points_of_several_criteria_are_told_as_a_number() -> None:
    assert SetPoints(points={"a": 1, "b": 2}).words(by_hand()) == "points of 2 criteria"


def test_no_points_at_all_change_nothing_and_can_be_told() -> None:
    nothing = SetPoints(points={})
    assert after(by_hand(), nothing) == by_hand()
    assert nothing.words(by_hand()) == "points of 0 criteria"


def test_points_are_compared_by_the_criteria_that_they_touch() -> None:
    one, other = SetPoints(points={"a": 1, "b": 2}), SetPoints(points={"b": 9, "a": 9})
    assert one.subject == other.subject
    assert one.subject != SetPoints(points={"a": 1}).subject


def test_a_member_may_vote_again_in_the_same_round() -> None:
    again = after(full(), CastBallot(ballot=Ballot(member="ines", swings={"b": 7})))
    assert [dict(b.swings) for b in again.ballots["ines"]] == [{"b": 7}]


def test_rounds_stand_in_their_order_whenever_they_were_cast() -> None:
    cast = after(
        by_hand(),
        PutMember(member=Member(id="ines", name="Ines")),
        CastBallot(ballot=Ballot(member="ines", round=2, swings={"a": 2})),
        CastBallot(ballot=Ballot(member="ines", round=1, swings={"a": 1})),
    )
    assert [b.round for b in cast.ballots["ines"]] == [1, 2]


def test_a_ballot_is_private_so_its_words_hold_no_numbers_of_it() -> None:
    words = CastBallot(ballot=Ballot(member="ines", round=2, swings={"a": 77})).words(full())
    assert words == "a ballot of round 2"


def test_a_removed_criterion_can_no_longer_be_scored() -> None:
    with pytest.raises(Refused, match="no criterion 'a'"):
        after(
            by_hand(),
            RemoveCriterion(criterion="a"),
            ScoreCustomer(customer="ash", criterion="a", value=1),
        )
