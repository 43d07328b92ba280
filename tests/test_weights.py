"""Points and ballots become one weight vector that adds to 1."""

import math
from collections.abc import Mapping

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kam.edits import CastBallot, PutCriterion, PutMember, RemoveCriterion, SetPoints
from kam.errors import Refused
from kam.method.weights import (
    agreed_weights,
    cast_weights,
    completed,
    effective_number,
    group,
    member_swings,
    member_weights,
    points_beside,
    points_of_100,
    swing,
    weight_remarks,
)
from kam.model import Ballot, Member, Workshop
from tests.workshops import S, after, criterion, made, workshops

RAW = st.lists(st.floats(0, 1000), min_size=1, max_size=8).filter(lambda raw: sum(raw) > 1e-3)
LEFT_OUT = math.nan
HOLES = (
    st.integers(2, 8)
    .flatmap(
        lambda size: st.lists(
            st.lists(
                st.integers(0, 100).map(float) | st.just(LEFT_OUT), min_size=size, max_size=size
            ),
            min_size=1,
            max_size=7,
        )
    )
    .filter(
        lambda ballots: (
            all(np.nansum(ballot) > 0 for ballot in ballots)
            and not np.isnan(ballots).all(axis=0).any()
        )
    )
)
BALLOTS = st.integers(1, 8).flatmap(
    lambda size: st.lists(
        st.lists(st.floats(0.1, 100), min_size=size, max_size=size), min_size=1, max_size=6
    )
)


def three(*edits: SetPoints | CastBallot) -> Workshop:
    """A workshop with the criteria a, b, c, and the members ines and otto."""
    return after(
        made(
            *(PutCriterion(criterion=criterion(key)) for key in "abc"),
            PutMember(member=Member(id="ines", name="Ines")),
            PutMember(member=Member(id="otto", name="Otto")),
        ),
        *edits,
    )


def ballot(member: str, *, round_: int = 1, **swings: float) -> CastBallot:
    """A member's ballot."""
    return CastBallot(ballot=Ballot(member=member, round=round_, swings=swings))


@given(RAW)
def test_weights_of_a_ballot_add_to_1(raw: list[float]) -> None:
    assert swing(raw).sum() == pytest.approx(1)
    assert (swing(raw) >= 0).all()


@given(RAW, st.floats(0.01, 100))
def test_scaling_all_swings_changes_nothing(raw: list[float], factor: float) -> None:
    scaled = [factor * points for points in raw]
    assert swing(scaled) == pytest.approx(swing(raw))


def test_a_swing_of_zero_is_legal_and_weighs_nothing() -> None:
    assert swing([100, 0]).tolist() == [1, 0]


def test_a_ballot_of_zeros_is_refused_with_a_way_out() -> None:
    with pytest.raises(Refused, match="All points are zero"):
        swing([0, 0])


def test_negative_points_are_refused_with_a_way_out() -> None:
    with pytest.raises(Refused, match=r"cannot be negative\. .* gets 0"):
        swing([3, -1])


def test_the_group_is_the_mean_of_normalised_ballots_not_of_raw_ones() -> None:
    # [.5 .5] and [.75 .25]; raw means would give [175 75] = [.7 .3]
    assert group([[50, 50], [300, 100]]).tolist() == [0.625, 0.375]


def test_one_zero_does_not_delete_a_criterion_for_the_group() -> None:
    assert group([[1, 0], [1, 1]]).tolist() == [0.75, 0.25]


@given(BALLOTS)
def test_group_weights_add_to_1_and_lie_between_the_members(ballots: list[list[float]]) -> None:
    own = np.array([swing(ballot) for ballot in ballots])
    weights = group(ballots)
    assert weights.sum() == pytest.approx(1)
    assert (weights <= own.max(axis=0) + 1e-12).all()
    assert (weights >= own.min(axis=0) - 1e-12).all()


@given(RAW)
def test_whole_points_add_to_100_and_stay_within_one_of_their_share(raw: list[float]) -> None:
    weights = swing(raw)
    points = points_of_100(list(weights))
    assert sum(points) == 100
    assert all(abs(p - 100 * w) < 1 for p, w in zip(points, weights, strict=True))


def test_the_point_left_over_goes_to_the_largest_remainder() -> None:
    assert points_of_100([0.005, 0.335, 0.66]) == [1, 33, 66]
    assert points_of_100([0.004, 0.336, 0.66]) == [0, 34, 66]


def test_of_equal_remainders_the_first_gets_the_point() -> None:
    assert points_of_100([1 / 3, 1 / 3, 1 / 3]) == [34, 33, 33]


def test_equal_weights_count_as_many_criteria_as_there_are() -> None:
    assert effective_number([0.25] * 4) == pytest.approx(4)
    assert effective_number([1, 0, 0]) == pytest.approx(1)


@given(RAW)
def test_the_effective_number_lies_between_one_and_the_count(raw: list[float]) -> None:
    assert 1 - 1e-9 <= effective_number(list(swing(raw))) <= len(raw) + 1e-9


# --- what was left out ----------------------------------------------------------------------------


@given(HOLES)
def test_completed_ballots_add_to_1_for_every_member(ballots: list[list[float]]) -> None:
    assert completed(ballots).sum(axis=1) == pytest.approx(np.ones(len(ballots)))
    assert (completed(ballots) >= 0).all()


@given(HOLES)
def test_what_was_left_out_is_filled_below_that_members_first(ballots: list[list[float]]) -> None:
    for ballot, weights in zip(ballots, completed(ballots), strict=True):
        judged = ~np.isnan(ballot)
        assert weights.max() == pytest.approx(weights[judged].max())
        assert weights[judged] / weights[judged].sum() == pytest.approx(
            swing(np.array(ballot)[judged].tolist())
        )


def test_what_was_left_out_takes_what_the_others_gave_it_beside_their_first() -> None:
    """The others gave it 50 and 100 beside a first of 100."""
    ballots: list[list[float]] = [[100, 50, 50], [20, 20, 0], [80, LEFT_OUT, 20]]
    assert completed(ballots)[2] == pytest.approx(swing([80, 0.75 * 80, 20]))


def test_a_criterion_that_a_member_did_not_judge_is_filled_in_from_the_others() -> None:
    """Otto gave b as much as his first, so Ines is taken to do the same."""
    own = member_weights(three(ballot("ines", a=80, c=0), ballot("otto", a=50, b=50, c=0)))
    assert own["ines"] == pytest.approx({"a": 0.5, "b": 0.5, "c": 0})


def test_a_criterion_that_nobody_judged_counts_as_the_average_of_the_others() -> None:
    own = member_weights(three(ballot("ines", a=90, b=10), ballot("otto", a=50, b=50)))
    assert own["ines"] == pytest.approx({"a": 0.6, "b": 0.2 / 3, "c": 1 / 3})
    assert own["otto"] == pytest.approx(dict.fromkeys("abc", 1 / 3))


def test_points_that_were_not_given_stay_unknown_in_the_ballot() -> None:
    swings = member_swings(three(ballot("ines", a=80, c=0), ballot("otto", b=1)))
    assert swings["ines"] == pytest.approx([80, LEFT_OUT, 0], nan_ok=True)


def test_a_member_whose_judged_criteria_are_gone_is_left_out() -> None:
    more = [PutMember(member=Member(id=key, name=key)) for key in ("pia", "sven")]
    team = after(three(), *more)
    cast = [ballot("ines", a=80), *(ballot(key, b=1) for key in ("otto", "pia", "sven"))]
    gone = after(team, *cast, RemoveCriterion(criterion="a"))
    assert list(member_weights(gone)) == ["otto", "pia", "sven"]


def test_what_was_filled_in_is_no_vote_and_nobody_has_cast_none() -> None:
    cast = cast_weights(three(ballot("ines", a=80, c=0), ballot("otto", a=50, b=50, c=0)))
    assert {key: votes.tolist() for key, votes in cast.items()} == {
        "a": [pytest.approx(0.5), pytest.approx(0.5)],  # of Ines, with b filled in, and of Otto
        "b": [pytest.approx(0.5)],
        "c": [0, 0],
    }
    assert cast_weights(three()) == {}


@given(st.data())
def test_members_weights_add_to_1_whatever_they_left_out(data: st.DataObject) -> None:
    given_points = st.dictionaries(st.sampled_from("abc"), st.floats(0, 1000), min_size=1)
    own = [data.draw(given_points.filter(lambda swings: sum(swings.values()) > 1e-3)) for _ in "12"]
    ballots = [
        Ballot(member=member, swings=swings)
        for member, swings in zip(("ines", "otto"), own, strict=True)
    ]
    found = member_weights(three(*(CastBallot(ballot=cast) for cast in ballots)))
    assert len(found) == 2
    for swings, weights in zip(own, found.values(), strict=True):
        assert sum(weights.values()) == pytest.approx(1)
        total = sum(swings.values())
        judged = sum(weights[key] for key in swings)
        assert [weights[key] for key in swings] == pytest.approx(
            [points / total * judged for points in swings.values()]
        )


# --- the team's weights ---------------------------------------------------------------------------


def test_agreed_points_count_before_the_ballots() -> None:
    workshop = three(SetPoints(points={"a": 3, "b": 1, "c": 0}), ballot("ines", c=100))
    assert agreed_weights(workshop) == {"a": 0.75, "b": 0.25, "c": 0}


def test_without_agreed_points_the_mean_of_the_ballots_counts() -> None:
    workshop = three(ballot("ines", a=100, b=0, c=0), ballot("otto", a=50, b=50, c=0))
    assert agreed_weights(workshop) == {"a": 0.75, "b": 0.25, "c": 0}


def test_without_points_and_ballots_all_criteria_count_the_same() -> None:
    assert agreed_weights(three()) == pytest.approx({"a": 1 / 3, "b": 1 / 3, "c": 1 / 3})


def test_a_criterion_without_points_counts_as_the_average_of_the_others() -> None:
    assert agreed_weights(three(SetPoints(points={"a": 10, "b": 30}))) == pytest.approx(
        {"a": 10 / 60, "b": 30 / 60, "c": 20 / 60}
    )


def test_no_criteria_have_no_weights() -> None:
    assert agreed_weights(made()) == {}


def test_zero_points_everywhere_are_refused() -> None:
    with pytest.raises(Refused, match="All points are zero"):
        agreed_weights(three(SetPoints(points={"a": 0, "b": 0, "c": 0})))


def test_only_a_members_latest_round_counts_once_enough_have_voted_in_it() -> None:
    first = [ballot(key, round_=1, a=100, b=0, c=0) for key in ("ines", "otto")]
    second = [ballot(key, round_=2, a=0, b=100, c=0) for key in ("ines", "otto")]
    before, after_ = {"a": 1, "b": 0, "c": 0}, {"a": 0, "b": 1, "c": 0}
    assert member_weights(three(*first, second[0])) == {"ines": before, "otto": before}
    assert member_weights(three(*first, *second)) == {"ines": after_, "otto": after_}


def test_members_who_have_not_voted_are_left_out() -> None:
    team = after(three(), *(PutMember(member=Member(id=key, name=key)) for key in ("pia", "sven")))
    cast = [ballot(key, a=1) for key in ("otto", "pia", "sven")]
    assert list(member_weights(after(team, *cast))) == ["otto", "pia", "sven"]
    assert member_weights(after(team, *cast[:2])) == {}


@given(workshops())
def test_agreed_weights_add_to_1(workshop: Workshop) -> None:
    assert sum(agreed_weights(workshop).values()) == pytest.approx(1)


@given(workshops(), st.integers(2, 9))
def test_scaling_all_points_changes_no_agreed_weight(workshop: Workshop, factor: int) -> None:
    scaled = SetPoints(points={key: factor * old for key, old in workshop.points.items()})
    assert agreed_weights(after(workshop, scaled)) == pytest.approx(agreed_weights(workshop))


def test_a_criterion_that_decides_alone_and_one_that_hardly_counts_are_remarked() -> None:
    remarks = weight_remarks(["Size", "Colour", "Reach"], [0.5, 0.02, 0.48], attractive=0.5)
    assert remarks == [
        "Size counts 50 of 100 points: is it really one thing?",
        "Colour can hardly change anything; consider dropping it.",
        "Reach counts 48 of 100 points: is it really one thing?",
    ]


def test_a_criterion_without_points_is_told_to_count_for_nothing() -> None:
    assert weight_remarks(["Colour", "Reach"], [0.0, 0.4], attractive=0.5) == [
        "Colour has 0 points: it counts for nothing and is shown in grey."
    ]


def test_the_balance_of_the_axes_is_remarked_only_outside_40_to_70() -> None:
    assert weight_remarks([], [], attractive=0.39) == [
        "The selection leans on what we are already good at."
    ]
    assert weight_remarks([], [], attractive=0.71) == [
        "The selection leans on wishes: our strength counts for little."
    ]
    assert weight_remarks(["One"], [0.4], attractive=0.4) == []
    assert weight_remarks(["One"], [0.03], attractive=0.7) == []


# --- one criterion beside the others --------------------------------------------------------------


def voted(*ballots: Mapping[str, float], members: int = 3) -> Workshop:
    """Two criteria, and what so many members voted."""
    everybody = [PutMember(member=Member(id=f"m{n}", name=f"M{n}")) for n in range(members)]
    cast = [
        CastBallot(ballot=Ballot(member=f"m{n}", swings=dict(swings)))
        for n, swings in enumerate(ballots)
    ]
    base = made(PutCriterion(criterion=criterion("a")), PutCriterion(criterion=criterion("s", S)))
    return after(base, *everybody, *cast)


def test_one_moved_weight_leaves_the_voted_proportions_of_the_others() -> None:
    workshop = voted(*[{"a": 100, "s": 25}] * 3)
    assert points_beside(workshop, "a", 60) == {"a": 60, "s": pytest.approx(20)}
    agreed = after(workshop, SetPoints(points={"a": 1, "s": 1}))
    assert points_beside(agreed, "a", 60) == {"a": 60}


@pytest.mark.parametrize("count", [1, 2])
def test_the_mean_of_one_or_two_votes_of_many_members_counts_for_nothing_yet(count: int) -> None:
    workshop = voted(*[{"a": 100, "s": 0}] * count, members=3)
    assert agreed_weights(workshop) == {"a": 0.5, "s": 0.5}
    assert agreed_weights(voted({"a": 100, "s": 0}, members=1)) == {"a": 1, "s": 0}
