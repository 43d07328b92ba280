"""What a disputed weight or score is said to change, an edit that puts it in does change."""

import math
from collections.abc import Mapping

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kam.edits import (
    CastBallot,
    ChooseLongList,
    FillScores,
    JudgeGate,
    PutGate,
    PutMember,
    ScoreCustomer,
    SetCapacity,
    SetPoints,
)
from kam.errors import Refused
from kam.method.assessment import Assessment, assess
from kam.method.stakes import (
    VALUE_STEP,
    WEIGHT_STEP,
    Moved,
    Stake,
    ordered,
    score_stakes,
    told,
    weight_stakes,
)
from kam.method.switching import reweighted
from kam.method.values import level, values
from kam.model import Ballot, Capacity, Class, Gate, LongList, Member, Score, Workshop
from tests.workshops import after, by_hand, placed, places, workshops

CORE, TOP, WAITING, LOW = Class.KEY_CORE, Class.KEY_STRATEGIC, Class.STRATEGIC, Class.LOW_PRIORITY
Votes = dict[str, dict[str, list[float]]]


def voted(workshop: Workshop, *swings: Mapping[str, float]) -> Workshop:
    """The workshop with one ballot each of so many members."""
    for place, own in enumerate(swings):
        who = f"m{place}"
        cast = CastBallot(ballot=Ballot(member=who, swings=dict(own)))
        workshop = after(workshop, PutMember(member=Member(id=who, name=who)), cast)
    return workshop


def with_weight(result: Assessment, criterion: str, share: float) -> Assessment:
    """The result when an edit puts one weight in, the others in their proportions."""
    weights = np.array(list(result.weights.values()))
    moved = 1000 * reweighted(weights, list(result.weights).index(criterion), share)
    points = dict(zip(result.weights, moved.tolist(), strict=True))
    return assess(after(result.workshop, SetPoints(points=points)))


def with_score(result: Assessment, stake: Stake, raw: float) -> Assessment:
    """The result when an edit puts one score in."""
    assert stake.customer is not None
    edit = ScoreCustomer(customer=stake.customer, criterion=stake.criterion, value=raw)
    return assess(after(result.workshop, edit))


def classes(result: Assessment) -> dict[str, Class | None]:
    """Every customer's class."""
    return {who: standing.klass for who, standing in result.judged.items()}


def changed(before: Assessment, later: Assessment) -> set[str]:
    """Who has another class later; without a class is no other."""
    now, then = classes(before), classes(later)
    return {who for who in now if then[who] is not None and then[who] is not now[who]}


def listed(side: tuple[Moved, ...]) -> list[tuple[str, Class | None, Class, float]]:
    """Who moves, from where, to where, and when, to three digits."""
    return [(moved.customer, moved.before, moved.after, round(moved.at, 3)) for moved in side]


def on_the_way(now: float, end: float, step: float, data: st.DataObject) -> float:
    """One of the even steps that are tried from now to the end, the end most of all."""
    count = max(1, math.ceil(round(abs(end - now) / step, 9)))
    place = data.draw(st.integers(1, count) | st.just(count))
    return now + (end - now) * place / count


@st.composite
def teams(draw: st.DrawFn) -> Workshop:
    """A random workshop with ballots over all criteria and, as a rule, too few places."""
    workshop = draw(workshops(most=5))
    ballot = st.fixed_dictionaries({key: st.integers(1, 100) for key in workshop.criteria})
    cast = draw(st.lists(ballot, min_size=3, max_size=5))
    return after(voted(workshop, *cast), places(draw(st.integers(0, 3))))


@st.composite
def scorings(draw: st.DrawFn) -> tuple[Workshop, Votes]:
    """A random workshop, and votes in five steps on some of its scores, known or not."""
    workshop = draw(workshops(most=5))
    five = st.integers(1, 5).map(lambda step: 2.5 * (step - 1))
    cells = [(key, who) for key in workshop.criteria for who in workshop.customers]
    votes: Votes = {}
    for key, who in draw(st.lists(st.sampled_from(cells), min_size=1, max_size=6, unique=True)):
        votes.setdefault(key, {})[who] = draw(st.lists(five, min_size=3, max_size=5))
    return after(workshop, places(draw(st.integers(0, 3)))), votes


def with_means(workshop: Workshop, votes: Votes) -> Workshop:
    """The workshop with the mean of the votes wherever nothing else is known."""
    found = {
        key: {
            who: Score(value=float(level(np.mean(cast), workshop.criteria[key].anchors or ())))
            for who, cast in by_customer.items()
            if who not in workshop.scores.get(key, {})
        }
        for key, by_customer in votes.items()
    }
    return FillScores(scores=found).apply(workshop)


# --- weights --------------------------------------------------------------------------------------


@settings(max_examples=40)
@given(teams())
def test_who_is_moved_by_a_weight_has_the_other_class_when_an_edit_puts_it_in(
    workshop: Workshop,
) -> None:
    result = assess(workshop)
    now = classes(result)
    for stake in weight_stakes(result):
        for moved in (*stake.at_low, *stake.at_high):
            later = with_weight(result, stake.criterion, moved.at)
            assert moved.before is now[moved.customer]
            assert moved.after is classes(later)[moved.customer]
            assert moved.after is not moved.before


@settings(max_examples=40)
@given(teams(), st.data())
def test_whoever_an_edit_of_a_weight_moves_is_told(workshop: Workshop, data: st.DataObject) -> None:
    result = assess(workshop)
    for stake in weight_stakes(result):
        for end, side in ((stake.low, stake.at_low), (stake.high, stake.at_high)):
            share = on_the_way(stake.now, end, WEIGHT_STEP, data)
            moved = changed(result, with_weight(result, stake.criterion, share))
            assert moved <= {one.customer for one in side}


@given(workshops(), st.data())
def test_a_weight_on_which_all_votes_are_as_it_stands_changes_nothing(
    workshop: Workshop, data: st.DataObject
) -> None:
    members = data.draw(st.integers(3, 5))
    stakes = weight_stakes(assess(voted(workshop, *[workshop.points] * members)))
    assert len(stakes) == len(workshop.criteria)
    for stake in stakes:
        assert (stake.low, stake.high) == pytest.approx((stake.now, stake.now))
        assert not stake.changes
        assert not stake.disputed


WIDE_ON_A = ({"a": 5, "b": 45, "s": 50}, {"a": 50, "b": 17, "s": 33}, {"a": 60, "b": 20, "s": 20})


def test_a_weight_by_hand() -> None:
    """From 50 points down: Bay stands on the cut-off, Ash on it at 10 points (`test_switching`)."""
    stake = weight_stakes(assess(voted(by_hand(), *WIDE_ON_A)))[0]
    assert (stake.criterion, stake.customer) == ("a", None)
    assert (stake.low, stake.high, stake.now) == pytest.approx((0.05, 0.6, 0.5))
    assert listed(stake.at_low) == [("ash", CORE, LOW, 0.099), ("bay", WAITING, LOW, 0.499)]
    assert stake.at_high == ()
    assert (stake.changes, stake.key_changes, stake.talk) == (2, 1, True)
    assert stake.width == pytest.approx(0.55)


def test_a_weight_of_which_one_member_said_nothing_has_only_the_votes_that_were_cast() -> None:
    """The fourth would be taken to say 42 points of b; nobody said so."""
    ballots = [{"a": a, "b": 20, "s": 80 - a} for a in (20, 25, 30)]
    stakes = {s.criterion: s for s in weight_stakes(assess(voted(by_hand(), *ballots, {"s": 1})))}
    assert stakes["b"].high == pytest.approx(0.2)
    assert stakes["b"].low == pytest.approx(0.2)


def test_of_fewer_than_three_votes_nothing_is_told() -> None:
    whole = {"a": 10, "b": 10, "s": 10}
    assert weight_stakes(assess(voted(by_hand(), whole, whole))) == ()
    third = assess(voted(by_hand(), whole, whole, {"a": 10, "s": 1}))
    assert [stake.criterion for stake in weight_stakes(third)] == ["a", "s"]


def test_while_an_axis_has_no_weight_nothing_is_at_stake() -> None:
    workshop = after(voted(by_hand(), *WIDE_ON_A), SetPoints(points={"a": 1, "b": 1, "s": 0}))
    assert weight_stakes(assess(workshop)) == ()
    assert score_stakes(assess(workshop), {"s": {"ash": [0, 5, 10]}}) == ()


def test_fifteen_points_apart_are_disputed_and_three_are_not() -> None:
    ballots = [{"a": a, "b": 20, "s": 80 - a} for a in (20, 27, 36)]
    found = {s.criterion: s.disputed for s in weight_stakes(assess(voted(by_hand(), *ballots)))}
    assert found == {"a": True, "b": False, "s": True}


# --- scores ---------------------------------------------------------------------------------------


@settings(max_examples=60)
@given(scorings())
def test_who_is_moved_by_a_score_has_the_other_class_when_an_edit_puts_it_in(
    drawn: tuple[Workshop, Votes],
) -> None:
    workshop, votes = drawn
    result = assess(with_means(workshop, votes))
    now = classes(result)
    for stake in score_stakes(assess(workshop), votes):
        for moved in (*stake.at_low, *stake.at_high):
            later = with_score(result, stake, moved.at)
            assert moved.before is now[moved.customer]
            assert moved.after is classes(later)[moved.customer]
            assert moved.after is not moved.before


@settings(max_examples=60)
@given(scorings(), st.data())
def test_whoever_an_edit_of_a_score_moves_is_told(
    drawn: tuple[Workshop, Votes], data: st.DataObject
) -> None:
    workshop, votes = drawn
    result = assess(with_means(workshop, votes))
    for stake in score_stakes(assess(workshop), votes):
        anchors = workshop.criteria[stake.criterion].anchors or ()
        now, low, high = values([stake.now, stake.low, stake.high], anchors).tolist()
        for end, side in ((low, stake.at_low), (high, stake.at_high)):
            value = on_the_way(now, end, VALUE_STEP, data)
            moved = changed(result, with_score(result, stake, float(level(value, anchors))))
            assert moved <= {one.customer for one in side}


@given(scorings())
def test_every_voted_score_has_a_stake_between_its_votes_in_its_own_unit(
    drawn: tuple[Workshop, Votes],
) -> None:
    workshop, votes = drawn
    stakes = score_stakes(assess(workshop), votes)
    cells = [(key, who) for key, by_customer in votes.items() for who in by_customer]
    assert [(stake.criterion, stake.customer) for stake in stakes] == cells
    for stake in stakes:
        cast = votes[stake.criterion][stake.customer or ""]
        ends = values([stake.low, stake.high], workshop.criteria[stake.criterion].anchors or ())
        assert ends.tolist() == pytest.approx([min(cast), max(cast)])
        assert stake.width == pytest.approx((max(cast) - min(cast)) / 10)


@given(workshops(unknown=False), st.data())
def test_a_score_on_which_all_votes_are_as_it_stands_changes_nothing(
    workshop: Workshop, data: st.DataObject
) -> None:
    result = assess(workshop)
    who = data.draw(st.sampled_from(result.valued.customers))
    place = data.draw(st.integers(0, len(result.valued.criteria) - 1))
    value = float(result.valued.table[result.row[who], place])
    [stake] = score_stakes(result, {result.valued.criteria[place]: {who: [value] * 3}})
    assert (stake.changes, stake.disputed, stake.width) == (0, False, 0)


# One place for a key account; Ash takes it before Bay by 2 points of distance.
FULL = {"ash": (8.0, 8.0), "bay": (6.0, 9.0), "cob": (2.0, 8.0)}


def one_place() -> Workshop:
    """The customers of `FULL`."""
    return after(placed(FULL), places(1))


def test_who_is_pushed_out_of_the_last_place_is_told_as_well() -> None:
    """Bay passes Ash beyond 8, where they tie and both wait: 8.0 already moves Ash out."""
    [stake] = score_stakes(assess(one_place()), {"a": {"bay": [5, 7.5, 10]}})
    assert stake.at_low == ()
    assert listed(stake.at_high) == [("ash", TOP, WAITING, 8.0), ("bay", WAITING, TOP, 8.1)]
    assert told(assess(one_place()), stake) == (
        "Criterion a of Bay (votes from 5 to 10 points) decides over its own class and 1 other."
    )


def test_a_class_that_lasts_only_between_the_votes_is_found() -> None:
    """Room for 110 hours: Ash takes 60; Bay takes 40, and from 7 on 60, which do not fit.

    From 8 on Bay comes before Ash and is key again, as it was.
    """
    room = Capacity(people=1, hours_per_person=110, hours_strategic=60, hours_core=40)
    workshop = after(placed({"ash": (8.0, 9.0), "bay": (6.0, 9.0)}), SetCapacity(capacity=room))
    result = assess(workshop)
    [stake] = score_stakes(result, {"a": {"bay": [5, 7.5, 10]}})
    assert listed(stake.at_high) == [("ash", TOP, WAITING, 8.0), ("bay", CORE, WAITING, 7.0)]
    assert classes(with_score(result, stake, stake.high))["bay"] is TOP


def test_leaving_key_is_told_before_a_change_within_key_that_comes_first() -> None:
    """On the way down Ash is first key and core, below 5 no longer key."""
    [stake] = score_stakes(assess(placed(FULL)), {"a": {"ash": [2.5, 5, 7.5]}})
    [(who, before, later, at)] = listed(stake.at_low)
    assert (who, before, later) == ("ash", TOP, LOW)
    assert 4.9 <= at < 5


def test_two_steps_of_five_are_disputed_and_one_is_not() -> None:
    votes: Votes = {"a": {"ash": [5, 7.5, 7.5, 5], "bay": [2.5, 5, 7.5], "cob": [0, 0, 2.5]}}
    stakes = {stake.customer: stake for stake in score_stakes(assess(placed(FULL)), votes)}
    assert {who: stake.disputed for who, stake in stakes.items()} == {
        "ash": False,
        "bay": True,
        "cob": False,
    }
    talk, quiet = ordered(stakes.values())
    assert [stake.customer for stake in talk] == ["bay"]
    assert quiet == ()


def test_consequence_comes_before_spread() -> None:
    """Votes on Cob lie ten points apart and change nothing: too weak, whatever it is worth."""
    workshop = placed({"ash": (6.0, 6.0), "cob": (2.0, 1.0)})
    votes: Votes = {"s": {"cob": [0, 2.5, 10], "ash": [2.5, 5, 7.5]}}
    talk, quiet = ordered(score_stakes(assess(workshop), votes))
    assert [(stake.criterion, stake.customer) for stake in talk] == [("s", "ash")]
    assert [(stake.criterion, stake.customer) for stake in quiet] == [("s", "cob")]


def test_a_score_that_nobody_has_entered_stands_at_the_mean_of_its_votes() -> None:
    workshop = placed({"ash": (8.0, None), "bay": (6.0, 8.0)})
    [stake] = score_stakes(assess(workshop), {"s": {"ash": [2.5, 7.5, 8]}})
    assert stake.now == pytest.approx(6)
    assert [moved.customer for moved in stake.at_low] == ["ash"]
    assert stake.at_low[0].before is TOP


def test_who_fails_a_gate_is_moved_by_no_score() -> None:
    workshop = after(
        placed(FULL),
        PutGate(gate=Gate(id="g", name="Sound credit")),
        JudgeGate(customer="ash", gate="g", fails=True, why="Late"),
    )
    [stake] = score_stakes(assess(workshop), {"a": {"ash": [0, 5, 10]}})
    assert stake.moved == ()


def test_customers_that_are_not_judged_are_not_told() -> None:
    chosen = ChooseLongList(long_list=LongList(customers=("ash", "cob")))
    result = assess(after(placed(FULL), chosen))
    stakes = score_stakes(result, {"a": {"ash": [0, 5, 10], "bay": [0, 5, 10]}})
    assert [stake.moved for stake in stakes] == [("ash",), ()]


def test_two_votes_on_a_score_and_unknown_ids_have_no_stake() -> None:
    votes: Votes = {"a": {"ash": [0, 10], "ghost": [0, 5, 10]}, "ghost": {"ash": [0, 5, 10]}}
    assert score_stakes(assess(placed(FULL)), votes) == ()


@pytest.mark.parametrize("vote", [-1, 10.5, math.nan])
def test_a_vote_off_the_scale_is_refused_with_what_was_found(vote: float) -> None:
    with pytest.raises(Refused, match=rf"we found {vote:g} on the scale from 0 to 10"):
        score_stakes(assess(placed(FULL)), {"a": {"ash": [5, 5, vote]}})
