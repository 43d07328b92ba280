"""Of `kam.method.polls`: figures by customer from what people were asked."""

import pytest

from kam.errors import Refused
from kam.method.polls import demand_index, flattered, halo, mentions, strongest_ties


def test_who_is_named_is_counted_and_who_nobody_names_is_zero() -> None:
    lists = [["ash", "bay"], ["ash", "ash", "stranger"]]
    assert mentions(lists, ["ash", "bay", "cob"]) == {"ash": 2, "bay": 1, "cob": 0}


def test_the_strongest_tie_counts_and_no_answer_is_unknown() -> None:
    assert strongest_ties([{"ash": 3, "bay": 0}, {"ash": 1}]) == {"ash": 3, "bay": 0}


@pytest.mark.parametrize("tie", [-1, 4, float("nan")])
def test_a_tie_beyond_a_friend_is_refused(tie: float) -> None:
    with pytest.raises(Refused, match=r"we found .*Answer with 0 for none"):
        strongest_ties([{"ash": tie}])


def test_demands_count_per_unit_of_contribution() -> None:
    """Tickets 10 and 30 on contributions of 10 and 10 are -1 and 1; meetings are alike."""
    demands = [{"ash": 10.0, "bay": 30.0, "cob": 9.0}, {"ash": 2.0, "bay": 2.0}]
    assert demand_index(demands, {"ash": 10, "bay": 10, "cob": 0}) == {"ash": -1, "bay": 1}


def test_who_demands_alike_for_more_contribution_demands_less() -> None:
    index = demand_index([{"ash": 10.0, "bay": 10.0}], {"ash": 100, "bay": 10})
    assert index["ash"] < 0 < index["bay"]
    assert demand_index([], {"ash": 1}) == {}


def test_a_halo_is_how_far_the_own_manager_is_above_the_others() -> None:
    own = {"ash": [8, 9], "bay": [5], "cob": []}
    assert halo(own, {"ash": [6, 7, 6.5], "cob": [3]}) == {"ash": 2}


def test_a_gap_of_one_and_a_half_points_is_flattery_the_widest_first() -> None:
    assert flattered({"ash": 1.49, "bay": 1.5, "cob": 3.0, "dew": -2.0}) == ("cob", "bay")
