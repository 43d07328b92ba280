"""Of `kam.method.ballots`: every way of asking ends in points, and nothing is corrected."""

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kam.edits import CastBallot, PutCriterion, PutMember
from kam.errors import Refused
from kam.method import ahp, ballots
from kam.method.ballots import Asked
from kam.method.ranks import rank_order_centroid, rank_sum
from kam.method.weights import member_weights, swing
from kam.model import Anchors, Ballot, Member, Pair, Said, Workshop
from tests.workshops import PLAIN, S, after, criterion, made

WIDER: Anchors = (0.0, 5.0, 10.0, 15.0, 20.0)


def team(*members: str) -> Workshop:
    """Three criteria that can be asked, one that cannot, and some members."""
    return made(
        PutCriterion(criterion=criterion("a", name="Growth", unit="% a year")),
        PutCriterion(criterion=criterion("b", name="Margin")),
        PutCriterion(criterion=criterion("c", S, name="Reach")),
        PutCriterion(
            criterion=criterion("d", S, name="Trust").model_copy(update={"anchors": None})
        ),
        *(PutMember(member=Member(id=one, name=one.capitalize())) for one in members),
    )


def asked(count: int = 3, number: int = 1) -> Asked:
    """Ines, asked about the first few of eight criteria."""
    names = ("a", "b", "c", "d", "e", "f", "g", "h")[:count]
    return Asked("ines", number, {key: criterion(key) for key in names})


def voted(workshop: Workshop, *cast: tuple[str, int]) -> Workshop:
    """The workshop after ballots of these members, each in a round."""
    return after(
        workshop,
        *(
            CastBallot(ballot=ballots.swing_ballot(
                Asked(member, number, ballots.askable(workshop)), {"a": 100.0, "b": 40.0}))
            for member, number in cast
        ),
    )  # fmt: skip


# --- who can be asked what ------------------------------------------------------------------------


def test_a_criterion_without_levels_cannot_be_asked_and_is_named_with_the_reason() -> None:
    workshop = team()
    assert list(ballots.askable(workshop)) == ["a", "b", "c"]
    [told] = ballots.not_askable(workshop)
    assert told.startswith("“Trust” cannot be asked yet: it has no worst and best level.")


def test_a_range_is_told_in_words_with_its_unit_worst_level_first() -> None:
    falling = criterion("x", anchors=(25.0, 18.0, 12.0, 8.0, -4.0), unit="% of revenue")
    assert ballots.range_words(falling) == "from 25 to −4 % of revenue"
    assert ballots.range_words(team().criteria["d"]) == ""


# --- points ---------------------------------------------------------------------------------------


def test_points_for_the_way_from_worst_to_best_are_kept_as_they_were_given() -> None:
    ballot = ballots.swing_ballot(asked(), {"a": 80.0, "c": 0.0})
    assert ballot.swings == {"a": 80.0, "c": 0.0}
    assert (ballot.way, ballot.said, ballot.anchors) == ("swing", None, dict.fromkeys("abc", PLAIN))


@pytest.mark.parametrize(
    ("points", "told"),
    [
        ({}, "There is no answer yet"),
        ({"a": 0.0, "b": 0.0}, "All points are 0"),
        ({"a": 101.0}, "we found 101 points"),
        ({"a": -1.0}, "we found -1 points"),
        ({"z": 10.0}, "We cannot ask about 'z'"),
    ],
)
def test_points_that_say_nothing_or_too_much_are_refused_in_words(
    points: dict[str, float], told: str
) -> None:
    with pytest.raises(Refused, match=told):
        ballots.swing_ballot(asked(), points)


def test_distributed_points_are_on_the_scale_of_all_ballots() -> None:
    ballot = ballots.points_ballot(asked(), {"a": 50.0, "b": 30.0, "c": 20.0})
    assert ballot.swings == {"a": 100.0, "b": 60.0, "c": 40.0}
    assert ballot.way == "points"


@pytest.mark.parametrize(("c", "told"), [(30.0, "we found 110. Take some away"),
                                         (10.0, "we found 90. Give the rest")])  # fmt: skip
def test_points_that_do_not_add_to_100_are_refused_with_their_sum(c: float, told: str) -> None:
    with pytest.raises(Refused, match=told):
        ballots.points_ballot(asked(), {"a": 50.0, "b": 30.0, "c": c})


def test_thirds_of_100_may_be_written_with_two_decimals() -> None:
    ballot = ballots.points_ballot(asked(), {"a": 33.33, "b": 33.33, "c": 33.33})
    assert set(ballot.swings.values()) == {100.0}


# --- an order -------------------------------------------------------------------------------------


def test_an_order_gives_the_centroid_and_keeps_the_places() -> None:
    ballot = ballots.order_ballot(asked(), {"c": 1.0, "a": 2.0, "b": 3.0})
    shares = rank_order_centroid([2, 3, 1])
    assert list(ballot.swings.values()) == pytest.approx(100 * shares / shares.max())
    assert ballot.said == Said(order={"c": 1.0, "a": 2.0, "b": 3.0})


def test_equal_places_share_and_what_has_no_place_was_not_judged() -> None:
    ballot = ballots.order_ballot(asked(), {"a": 1.0, "b": 1.0})
    assert ballot.swings == {"a": 100.0, "b": 100.0}


def test_even_steps_are_offered_only_where_the_first_counts_over_20_times_the_last() -> None:
    eight = {key: float(place) for place, key in enumerate(asked(8).criteria, start=1)}
    assert "counts 22 times as much as the last" in ballots.steep_words(asked(8), eight)
    assert ballots.steep_words(asked(7), {k: p for k, p in eight.items() if k != "h"}) == ""
    assert ballots.steep_words(asked(8), {}) == ""


def test_even_steps_make_the_first_of_eight_count_eight_times_the_last() -> None:
    eight = {key: float(place) for place, key in enumerate(asked(8).criteria, start=1)}
    swings = ballots.order_ballot(asked(8), eight, rank_sum).swings
    assert swings["a"] / swings["h"] == pytest.approx(8)


# --- pairs ----------------------------------------------------------------------------------------


def test_pairs_that_fit_give_their_own_proportions_and_are_kept() -> None:
    pairs = (Pair(more="a", less="b", times=2), Pair(more="b", less="c", times=2),
             Pair(more="a", less="c", times=4))  # fmt: skip
    ballot = ballots.pairs_ballot(asked(), pairs)
    assert ballot.swings == pytest.approx({"a": 100.0, "b": 50.0, "c": 25.0})
    assert ballot.said == Said(pairs=pairs)
    [told] = ballots.pairs_remarks(asked(), pairs)
    assert told == (
        "Your comparisons fit each other: 0.00, where up to 0.10 is good (Alonso & Lamata (2006))."
    )


def test_a_circle_is_told_with_the_judgment_to_look_at_again_and_nothing_is_corrected() -> None:
    circle = (Pair(more="a", less="b", times=5), Pair(more="b", less="c", times=5),
              Pair(more="c", less="a", times=5))  # fmt: skip
    told = ballots.pairs_remarks(asked(), circle)
    assert "do not fit each other yet" in told[0]
    assert "Compare these two again." in told[1]
    assert told[2].startswith("Your comparisons run in a circle: Criterion a over Criterion b")
    assert ballots.pairs_ballot(asked(), circle).said == Said(pairs=circle)


def test_two_criteria_cannot_contradict_each_other() -> None:
    pair = (Pair(more="b", less="a", times=3),)
    assert ballots.pairs_remarks(asked(), pair) == ()
    assert ballots.pairs_ballot(asked(), pair).swings["a"] == pytest.approx(100 / 3)


def test_a_missing_comparison_is_named() -> None:
    some = (Pair(more="a", less="b", times=2), Pair(more="b", less="c", times=2))
    with pytest.raises(Refused, match="Criterion a and Criterion c are not compared yet"):
        ballots.pairs_ballot(asked(), some)
    with pytest.raises(Refused, match="There is no answer yet"):
        ballots.pairs_ballot(asked(), ())


@given(st.lists(st.tuples(st.booleans(), st.integers(1, 9)), min_size=6, max_size=6))
def test_pairs_give_the_row_geometric_means_whatever_was_said(
    said: list[tuple[bool, int]],
) -> None:
    keys = list(asked(4).criteria)
    pairs = [
        Pair(more=two[0] if first else two[1], less=two[1] if first else two[0], times=times)
        for two, (first, times) in zip(combinations(keys, 2), said, strict=True)
    ]
    shares = ahp.priorities(ahp.matrix_of([t if first else 1 / t for first, t in said]))
    swings = ballots.pairs_ballot(asked(4), pairs).swings
    assert list(swings.values()) == pytest.approx(list(100 * shares / shares.max()))
    assert max(swings.values()) == pytest.approx(100)


# --- first and last -------------------------------------------------------------------------------


def against_ends(b_over_c: float = 2.0) -> Said:
    """Growth first, reach last, margin in between."""
    return Said(
        best="a",
        worst="c",
        best_to_others={"b": 2.0, "c": 4.0},
        others_to_worst={"b": b_over_c},
    )


def test_first_and_last_that_fit_give_their_own_proportions() -> None:
    ballot = ballots.best_worst_ballot(asked(), against_ends())
    assert ballot.swings == pytest.approx({"a": 100.0, "b": 50.0, "c": 25.0}, rel=1e-6)
    assert (ballot.way, ballot.said) == ("best_worst", against_ends())
    [told] = ballots.best_worst_remarks(asked(), against_ends())
    assert told.startswith("Your comparisons fit each other: 0.00")


def test_an_odd_judgment_is_told_beside_the_direct_one() -> None:
    told = ballots.best_worst_remarks(asked(), against_ends(4.0))
    assert "do not fit each other yet" in told[0]
    assert "together 8 times. Directly you said 4 times." in told[1]


@pytest.mark.parametrize(
    ("said", "told"),
    [
        (Said(), "Say first which criterion counts most"),
        (Said(best="a"), "which counts least"),
        (Said(best="a", worst="c", best_to_others={"c": 4.0, "b": 2.0}),
         "Criterion b is not compared with both"),
        (Said(best="a", worst="c", others_to_worst={"b": 2.0}), "is not compared with both"),
        (Said(best="a", worst="c", best_to_others={"b": 9.0, "c": 4.0},
              others_to_worst={"b": 2.0}), "9 times, but from first to last it is 4"),
    ],
)  # fmt: skip
def test_comparisons_that_do_not_hold_together_are_refused_in_words(said: Said, told: str) -> None:
    with pytest.raises(Refused, match=told):
        ballots.best_worst_ballot(asked(), said)


def test_first_and_last_alike_make_all_alike_and_nothing_to_contradict() -> None:
    alike = Said(best="a", worst="b", best_to_others={"b": 1.0})
    assert set(ballots.best_worst_ballot(asked(2), alike).swings.values()) == {100.0}
    assert ballots.best_worst_remarks(asked(2), alike) == ()


# --- rounds and levels ----------------------------------------------------------------------------


def test_every_way_says_member_round_and_the_levels_of_the_moment() -> None:
    ballot = ballots.order_ballot(asked(2, number=3), {"a": 1.0, "b": 2.0})
    assert (ballot.member, ballot.round, ballot.anchors) == ("ines", 3, {"a": PLAIN, "b": PLAIN})


def test_the_present_round_is_the_highest_that_anybody_voted_in() -> None:
    assert ballots.latest_round(team()) == 1
    assert ballots.latest_round(voted(team("ines", "bo"), ("ines", 1), ("bo", 2))) == 2


def test_a_members_last_ballot_is_that_of_the_latest_round() -> None:
    workshop = voted(team("ines"), ("ines", 2), ("ines", 1))
    last = ballots.last_ballot(workshop, "ines")
    assert last is not None
    assert last.round == 2
    assert ballots.last_ballot(workshop, "bo") is None


def test_nothing_is_shown_of_a_round_before_three_have_voted_in_it() -> None:
    three = ("ines", "bo", "kit")
    workshop = voted(team(*three), ("ines", 1), ("bo", 1), ("kit", 1), ("ines", 2))
    assert ballots.may_be_shown(workshop, 1)
    assert not ballots.may_be_shown(workshop, 2)


def test_points_for_levels_that_moved_since_are_stale_by_member_until_the_next_vote() -> None:
    workshop = voted(team("ines", "bo"), ("ines", 1), ("bo", 1))
    assert ballots.stale(workshop) == {}
    moved = after(workshop, PutCriterion(criterion=criterion("a", anchors=WIDER, name="Growth")))
    assert ballots.stale(moved) == {"ines": ("a",), "bo": ("a",)}
    assert ballots.stale_words(moved, "ines") == (
        "The levels of “Growth” have changed since you answered. Look at it again."
    )
    assert ballots.stale(voted(moved, ("ines", 1))) == {"bo": ("a",)}
    assert ballots.stale_words(moved, "kit") == ""


def test_a_ballot_that_does_not_say_its_levels_is_not_called_stale() -> None:
    old = CastBallot(ballot=Ballot(member="ines", swings={"a": 100}))
    workshop = after(team("ines"), old, PutCriterion(criterion=criterion("a", anchors=WIDER)))
    assert ballots.stale(workshop) == {}


# --- what holds for every answer ------------------------------------------------------------------

SOME_POINTS = st.lists(st.integers(0, 100).map(float), min_size=1, max_size=8).filter(any)
PLACES = st.lists(st.integers(1, 8).map(float), min_size=1, max_size=8)
ENDS = st.tuples(st.integers(1, 9), st.integers(1, 9), st.integers(1, 9))


def by_key(numbers: list[float]) -> dict[str, float]:
    return dict(zip(asked(8).criteria, numbers, strict=False))


@given(SOME_POINTS)
def test_a_ballot_weighs_as_the_points_that_were_given(points: list[float]) -> None:
    ballot = ballots.swing_ballot(asked(8), by_key(points))
    assert swing(list(ballot.swings.values())) == pytest.approx(swing(points))


@given(SOME_POINTS)
def test_distributing_keeps_shares_whatever_the_scale(points: list[float]) -> None:
    shares = [100 * one / sum(points) for one in points]
    ballot = ballots.points_ballot(asked(8), by_key(shares))
    assert max(ballot.swings.values()) == pytest.approx(100)
    assert swing(list(ballot.swings.values())) == pytest.approx(swing(points))


@given(PLACES)
def test_an_earlier_place_never_weighs_less(places: list[float]) -> None:
    swings = ballots.order_ballot(asked(8), by_key(places)).swings
    for (one, place), (other, behind) in combinations(by_key(places).items(), 2):
        assert (place < behind) == (swings[one] > swings[other] + 1e-9)


@given(ENDS)
def test_first_and_last_give_a_ballot_or_say_what_cannot_be(said: tuple[int, int, int]) -> None:
    over, widest, under = said
    answer = Said(
        best="a", worst="c", best_to_others={"b": over, "c": widest}, others_to_worst={"b": under}
    )
    if max(over, under) > widest:
        with pytest.raises(Refused, match=f"from first to last it is {widest} times"):
            ballots.best_worst_ballot(asked(), answer)
        return
    swings = ballots.best_worst_ballot(asked(), answer).swings
    assert swings["a"] == pytest.approx(100)
    assert all(0 <= points <= 100 + 1e-9 for points in swings.values())


@pytest.mark.parametrize("number", [1, 2, 9])
def test_a_ballot_of_any_round_can_be_cast_and_counts_for_its_member(number: int) -> None:
    workshop = team("ines")
    who = Asked("ines", number, ballots.askable(workshop))
    cast = ballots.order_ballot(who, {"a": 1.0, "b": 2.0, "c": 3.0})
    weights = member_weights(after(workshop, CastBallot(ballot=cast)))["ines"]
    assert weights["a"] > weights["b"] > weights["c"]


def test_what_was_left_out_has_levels_but_no_points() -> None:
    ballot = ballots.swing_ballot(asked(), {"a": 10.0})
    assert ballot.anchors.keys() - ballot.swings.keys() == {"b", "c"}


def test_levels_of_what_was_left_out_may_move_without_making_a_ballot_stale() -> None:
    workshop = voted(team("ines"), ("ines", 1))
    assert ballots.stale(after(workshop, PutCriterion(criterion=criterion("c", S, WIDER)))) == {}
