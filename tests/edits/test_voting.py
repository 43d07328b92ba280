"""What members say in private: kept by member, told to nobody, gone with the customer."""

import pytest

from kam.edits import (
    AnswerTies,
    AskForTies,
    DeclareInterests,
    MarkBest,
    OpenGutLists,
    RecallCustomers,
    RemoveCriterion,
    RemoveCustomers,
    SealGutList,
    VoteScores,
)
from kam.edits.voting import answers_without_customers
from kam.errors import Refused
from kam.model import Recall
from tests.workshops import after, full


def test_a_vote_replaces_the_members_own_and_nobody_elses() -> None:
    voted = after(full(), VoteScores(member="ines", criterion="a", steps={"ash": 5, "bay": 1}))
    assert voted.votes == {"s": {"ash": {"ines": 4}}, "a": {"ash": {"ines": 5}, "bay": {"ines": 1}}}


def test_the_last_vote_taken_back_leaves_nothing_behind() -> None:
    back = after(full(), VoteScores(member="ines", criterion="s", steps={"ash": None}))
    assert "s" not in back.votes


def test_an_open_gut_list_cannot_be_changed() -> None:
    opened = after(full(), OpenGutLists())
    with pytest.raises(Refused, match="open, so they cannot be changed"):
        SealGutList(member="ines", customers=("cob",)).apply(opened)


def test_without_a_gut_list_there_is_nothing_to_open() -> None:
    none = after(full(), SealGutList(member="ines", customers=()))
    with pytest.raises(Refused, match="nobody has sealed one"):
        OpenGutLists().apply(none)


def test_of_ties_only_the_strongest_by_customer_is_kept() -> None:
    told = after(full(), AnswerTies(ties={"ash": 0, "bay": 3}), AnswerTies(ties={"cob": 0}))
    assert told.answers.ties.strongest == {"ash": 3, "bay": 3, "cob": 0}
    assert "ines" not in told.answers.ties.model_dump_json()


def test_ties_that_are_not_asked_for_are_refused_and_those_there_forgotten() -> None:
    silent = after(full(), AskForTies(asked=False))
    assert not silent.answers.ties.strongest
    with pytest.raises(Refused, match="not asked for"):
        AnswerTies(ties={"ash": 1}).apply(silent)


def test_a_declared_interest_can_be_taken_back() -> None:
    assert after(full(), DeclareInterests(member="ines", interests={})).answers.interests == {}


@pytest.mark.parametrize(
    "edit",
    [
        VoteScores(member="ines", criterion="a", steps={"bay": 1}),
        SealGutList(member="ines", customers=("bay",)),
        RecallCustomers(member="ines", recall=Recall(customers=("bay",))),
        AnswerTies(ties={"bay": 3}),
    ],
)
def test_the_log_does_not_tell_who_said_what(edit: VoteScores) -> None:
    told = edit.words(full())
    assert "Ines" not in told
    assert "Bay" not in told


def test_what_was_said_of_a_customer_goes_with_it() -> None:
    left = after(full(), RemoveCustomers(customers=("bay", "ash")))
    assert "bay" not in left.answers.model_dump_json()
    assert left.votes == {}
    assert left.forecasts == {}
    assert left.best_relationships == ()
    assert left.answers.recalled["ines"] == Recall(others=("Acme",))


def test_what_was_said_of_others_stays() -> None:
    before = full().answers
    assert answers_without_customers(before, ("cob",)) == before


def test_votes_and_forecasts_go_with_their_criterion() -> None:
    left = after(full(), RemoveCriterion(criterion="a"))
    assert list(left.votes) == ["s"]
    assert left.forecasts == {}


def test_best_relationships_are_marked_once() -> None:
    assert after(full(), MarkBest(customers=("cob", "cob"))).best_relationships == ("cob",)
