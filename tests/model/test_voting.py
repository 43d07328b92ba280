"""What members say in private: what can be counted, and what cannot."""

import pytest
from pydantic import ValidationError

from kam.model import (
    Answers,
    Ballot,
    GutLists,
    Pair,
    Said,
)


def test_a_ballot_of_zeros_is_refused_in_words() -> None:
    with pytest.raises(ValidationError, match="every criterion is worth nothing"):
        Ballot(member="m", swings={"a": 0, "b": 0})
    assert Ballot(member="m", swings={"a": 0, "b": 1}).round == 1


def test_points_from_comparisons_keep_what_was_said() -> None:
    said = Said(best="a", worst="b", best_to_others={"b": 3}, others_to_worst={"a": 3})
    ballot = Ballot(member="m", swings={"a": 75, "b": 25}, way="best_worst", said=said)
    assert Ballot.model_validate_json(ballot.model_dump_json()) == ballot


@pytest.mark.parametrize("times", [0.5, 10])
def test_a_pair_counts_from_as_much_to_nine_times_as_much(times: float) -> None:
    with pytest.raises(ValidationError, match="times"):
        Pair(more="a", less="b", times=times)


def test_a_gut_list_holds_five_customers_at_most() -> None:
    with pytest.raises(ValidationError, match="at most 5"):
        GutLists(of={"m": tuple("abcdef")})


def test_ties_are_not_asked_for_until_somebody_turns_them_on() -> None:
    assert not Answers().ties.asked
