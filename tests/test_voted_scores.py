"""Of `kam.report.voted_scores`: what was voted on scores, what it can change, what is agreed."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kam.edits import ChangeProfile, ChooseLongList, Edit, FillScores
from kam.method.assessment import assess
from kam.model import LongList, Profile, Workshop
from kam.report.voted_scores import (
    VotedScore,
    accepted,
    agreed_words,
    agreement_words,
    consequence,
    voted_scores,
)
from tests.voted import NAMES, forget, members, votes
from tests.workshops import after, by_hand


def voted(*edits: Edit, people: int = 4) -> Workshop:
    """The workshop worked out by hand, with members and these edits."""
    return after(by_hand(), *members(people), *edits)


def one(workshop: Workshop) -> VotedScore:
    """The only score with enough votes."""
    [found] = voted_scores(assess(workshop))
    return found


def test_two_votes_on_a_score_stay_hidden_and_three_are_shown() -> None:
    assert voted_scores(assess(voted(*votes("bay", "s", 1, 5)))) == ()
    found = one(voted(*votes("bay", "s", 1, 5, 3)))
    assert (found.customer, found.criterion, found.cast) == ("bay", "s", (1, 3, 5))


def test_votes_stand_in_ascending_order_whoever_gave_them() -> None:
    there, back = (one(voted(*votes("bay", "s", *steps))) for steps in ((1, 5, 3, 2), (2, 3, 5, 1)))
    assert there == back
    assert there.steps == (1, 2, 3, 5)


def test_a_customer_that_is_not_judged_is_left_out() -> None:
    others = ChooseLongList(long_list=LongList(customers=("ash", "cob"), rule="by hand"))
    assert voted_scores(assess(voted(*votes("bay", "s", 1, 5, 3), others))) == ()


def test_the_own_managers_vote_stands_apart_and_without_a_name() -> None:
    owned = ChangeProfile(customer="bay", profile=Profile(owner=" JONAS "))
    found = one(voted(owned, *votes("bay", "s", 1, 5, 3)))
    assert (found.steps, found.own, found.cast) == ((1, 3), 5, (1, 3, 5))
    assert not [name for name in NAMES if name in json.dumps(repr(found))]


def test_an_owner_who_is_no_member_or_did_not_vote_changes_nothing() -> None:
    for owner in ("Somebody else", "Leo", ""):
        owned = ChangeProfile(customer="bay", profile=Profile(owner=owner))
        found = one(voted(owned, *votes("bay", "s", 1, 5, 3)))
        assert (found.steps, found.own) == ((1, 3, 5), None)


def test_only_disputed_scores_are_asked_what_they_can_change() -> None:
    near = one(voted(*votes("bay", "s", 3, 4, 4)))
    far = one(voted(*votes("bay", "s", 2, 4, 4)))
    assert near.stake is None
    assert far.stake is not None
    assert far.stake.disputed


# --- what it can change ---------------------------------------------------------------------------


def test_a_consequence_says_who_moves_from_where_to_where() -> None:
    """Bay is attractive (5.0): its strength decides, 4 as agreed and 10 at the highest vote."""
    workshop = voted(*votes("bay", "s", 1, 5, 3))
    told = consequence(assess(workshop), one(workshop))
    assert told == "Bay: Strategic, not yet key → Key · core"


def test_votes_without_a_consequence_are_told_as_that() -> None:
    workshop = voted(*votes("cob", "s", 4, 5, 5))
    assert consequence(assess(workshop), one(workshop)) == "nothing changes"


# --- agreeing -------------------------------------------------------------------------------------


def test_a_score_is_agreed_while_it_has_a_level_of_its_own() -> None:
    agreed = voted(*votes("bay", "s", 3, 3, 4))
    assert agreed_words(agreed, one(agreed)) == "agreed at 4 points"
    assert not one(agreed).acceptable
    open_one = after(agreed, forget("bay", "s"))
    assert agreed_words(open_one, one(open_one)) == ""
    assert one(open_one).acceptable


@pytest.mark.parametrize(
    ("steps", "acceptable"), [((3, 3, 3), True), ((3, 4, 4), True), ((2, 3, 4), False)]
)
def test_votes_within_one_step_may_be_accepted(steps: tuple[int, ...], acceptable: bool) -> None:  # noqa: FBT001 - a column of the table
    assert one(voted(forget("bay", "s"), *votes("bay", "s", *steps))).acceptable is acceptable


def test_an_accepted_score_is_the_mean_of_its_votes_with_a_note() -> None:
    workshop = voted(forget("bay", "s"), *votes("bay", "s", 3, 4, 4, 4))
    scores = accepted(workshop, [one(workshop)])
    assert scores["s"]["bay"].value == pytest.approx(2.5 * (3.75 - 1))
    assert scores["s"]["bay"].note == "votes 3–4, agreed at their mean"


def test_equal_votes_have_a_note_of_their_own() -> None:
    workshop = voted(forget("bay", "s"), *votes("bay", "s", 4, 4, 4))
    assert accepted(workshop, [one(workshop)])["s"]["bay"].note.startswith("all votes 4,")


@given(st.lists(st.integers(1, 5), min_size=3, max_size=6))
def test_accepting_never_moves_a_customer(steps: list[int]) -> None:
    """The mean of the votes counts already, so agreeing on it changes no score."""
    workshop = voted(forget("bay", "s"), *votes("bay", "s", *steps), people=6)
    before = assess(workshop)
    fill = FillScores(scores=accepted(workshop, voted_scores(before)))
    after_it = assess(after(workshop, fill))
    now, then = (r.standings["bay"].strength[0] for r in (before, after_it))
    assert then == pytest.approx(now)


# --- agreement ------------------------------------------------------------------------------------


def test_how_far_scorers_agree_is_not_told_of_two_of_them() -> None:
    assert agreement_words(voted(*votes("bay", "s", 1, 5)), "s") == ""
    assert agreement_words(voted(), "s") == ""


def test_how_far_scorers_agree_is_told_with_what_it_takes() -> None:
    told = agreement_words(voted(*votes("bay", "s", 1, 5, 3)), "s")
    assert told.startswith(
        "Criterion s: how far the scorers agree cannot be told from 3 scorers of 1"
    )
