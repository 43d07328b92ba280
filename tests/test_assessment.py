"""A workshop becomes a result: worked out by hand, as published, and for any workshop."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from kam.edits import (
    BringIn,
    CastBallot,
    ChooseLongList,
    JudgeAsOne,
    JudgeGate,
    MoveLine,
    OverrideClass,
    PutCriterion,
    PutCustomer,
    PutGate,
    PutMember,
    RemoveCriterion,
    RemoveCustomers,
    ScoreCustomer,
    SetPoints,
)
from kam.method.assessment import _WHY, Assessment, assess
from kam.method.scores import valued
from kam.method.selection import SAME, Reason
from kam.model import Axis, Ballot, Class, Favours, Gate, LongList, Member, Score, Workshop
from tests.workshops import (
    LEVELS,
    A,
    S,
    after,
    by_hand,
    criterion,
    customer,
    full,
    made,
    placed,
    places,
    workshops,
    x01,
)


def positions(result: Assessment) -> dict[str, tuple[float, float]]:
    """Customer -> attractiveness and strength, rounded where arithmetic is noise."""
    return {
        key: (round(standing.attractiveness[0], 9), round(standing.strength[0], 9))
        for key, standing in result.standings.items()
    }


# --- by hand --------------------------------------------------------------------------------------


def test_the_workshop_by_hand_has_the_scores_of_its_comment() -> None:
    result = assess(by_hand())
    assert positions(result) == {"ash": (7, 6), "bay": (5, 4), "cob": (2, 9)}
    assert result.standings["cob"].attractiveness == (2, 1.5, 4, 0.75)
    assert result.weights == pytest.approx({"a": 0.5, "b": 1 / 6, "s": 1 / 3})


def test_the_workshop_by_hand_has_the_classes_that_its_scores_give() -> None:
    standings = assess(by_hand()).standings
    assert [(key, s.klass, s.reason) for key, s in standings.items()] == [
        ("ash", Class.KEY_CORE, Reason.NOT_YET_MUTUAL),
        ("bay", Class.STRATEGIC, Reason.STRENGTH_GAP),
        ("cob", Class.LOW_PRIORITY, Reason.STRONG_BUT_LITTLE_TO_GAIN),
    ]
    assert [s.distance for s in standings.values()] == [1, -1, -3]


def test_every_class_comes_with_its_reason_in_words() -> None:
    standings = assess(by_hand()).standings
    assert [s.why for s in standings.values()] == [
        "Above the strategic line, but not yet mutual: we do not know whether it would favour us.",
        "Attractive, but a rival is better placed than we are.",
        "We are strong where there is little to gain.",
    ]


def test_the_words_name_the_line_where_it_stands() -> None:
    moved = after(placed({"ash": (8, 8)}), MoveLine(line="strategic", value=7.5))
    assert assess(moved).standings["ash"].why == (
        "In the key zone, above the strategic line (7.5), and it would favour us."
    )


def test_an_override_and_a_failed_gate_name_who_and_what() -> None:
    standings = assess(full()).standings
    assert standings["bay"].why == "Decided by Ines: We promised"
    assert standings["cob"].why == "It fails the gate “Sound credit”."
    assert (standings["bay"].klass, standings["cob"].klass) == (Class.KEY_CORE, Class.LOW_PRIORITY)


def test_every_reason_has_words_of_its_own() -> None:
    assert set(Reason) - {*_WHY} == {Reason.GATE, Reason.OVERRIDE}
    assert len(set(_WHY.values())) == len(_WHY)


def test_customers_without_scores_come_last_and_have_no_class() -> None:
    standings = assess(full()).standings
    assert list(standings) == ["ash", "bay", "cob", "dew"]
    dew = standings["dew"]
    assert (dew.klass, dew.distance, dew.why) == (None, None, "Not scored yet.")
    assert np.isnan(dew.attractiveness[0])


def test_counts_add_up_to_the_scored_customers() -> None:
    result = assess(by_hand())
    assert result.counts == {
        Class.KEY_STRATEGIC: 0,
        Class.KEY_CORE: 1,
        Class.STRATEGIC: 1,
        Class.LOW_PRIORITY: 1,
    }
    assert (result.key_count, result.scored_count) == (1, 3)


def test_an_empty_workshop_has_a_result_without_customers_or_obstacles() -> None:
    result = assess(made())
    assert (result.standings, result.weights, result.obstacles) == ({}, {}, ())
    assert result.key_count == 0


def test_zero_points_everywhere_are_an_obstacle_in_words_not_an_error() -> None:
    result = assess(after(by_hand(), SetPoints(points={"a": 0, "b": 0, "s": 0})))
    assert result.obstacles == ("All points are zero. Give at least one criterion points.",)
    assert {standing.klass for standing in result.standings.values()} == {None}


def test_an_axis_on_which_nothing_counts_is_an_obstacle_in_words() -> None:
    result = assess(after(by_hand(), SetPoints(points={"s": 0})))
    assert result.obstacles == (
        "No criterion on the strength axis counts yet. Complete one and give it points.",
    )
    assert {standing.klass for standing in result.standings.values()} == {None}


def test_values_at_hand_give_the_same_result_after_a_line_has_moved() -> None:
    workshop = x01()
    moved = after(workshop, MoveLine(line="strength", value=6.9))
    assert assess(moved, valued(workshop)).standings == assess(moved).standings


def test_capacity_takes_customers_in_the_order_of_their_distance() -> None:
    workshop = after(placed({"ash": (6, 6), "bay": (9, 8), "cob": (8, 7)}), places(2))
    standings = assess(workshop).standings
    assert list(standings) == ["bay", "cob", "ash"]
    assert standings["ash"].reason is Reason.NO_CAPACITY
    assert [s.hours for s in standings.values()] == [1, 1, 0]


# --- case x01, without the shared folder -------------------------------------------------------


def test_x01_scores_as_published() -> None:
    assert {k: (round(a, 4), round(s, 4)) for k, (a, s) in positions(assess(x01())).items()} == {
        "Alder": (7.9821, 6.6094),
        "Elm": (6.75, 6.9635),
        "Fir": (5.192, 5.4375),
        "Cedar": (4.3125, 8.6875),
        "Dogwood": (1.8438, 3.5938),
        "Birch": (7.9286, 3.125),
    }


def test_x01_the_largest_customer_is_not_key_whatever_its_total() -> None:
    result = assess(x01())
    cedar = result.standings["Cedar"]
    assert cedar.klass is Class.LOW_PRIORITY
    assert cedar.reason is Reason.STRONG_BUT_LITTLE_TO_GAIN


def test_x01_one_hole_matters_and_the_other_does_not() -> None:
    standings = assess(x01()).standings
    assert standings["Elm"].attractiveness[1:] == pytest.approx((5.0625, 7.5625, 0.75))
    assert standings["Fir"].strength[1:] == pytest.approx((4.078125, 6.578125, 0.75))
    assert (standings["Elm"].gap, standings["Fir"].gap) == (False, True)
    assert (standings["Elm"].hollow, standings["Fir"].hollow) == (False, True)


# --- hollow: too close, or too little known -------------------------------------------------------


def test_a_hole_that_cannot_cross_a_line_is_no_gap() -> None:
    workshop = after(by_hand(), MoveLine(line="attractiveness", value=4.1))
    assert not assess(workshop).standings["cob"].gap  # 1.5 to 4.0
    workshop = after(by_hand(), MoveLine(line="attractiveness", value=4.0))
    assert assess(workshop).standings["cob"].gap


def test_a_gap_decides_nothing_where_a_gate_or_the_team_has_decided() -> None:
    low_line = after(full(), MoveLine(line="attractiveness", value=3))
    assert not assess(low_line).standings["cob"].gap
    passes = after(low_line, JudgeGate(customer="cob", gate="g", fails=False))
    assert assess(passes).standings["cob"].gap
    decided = OverrideClass(customer="cob", klass=Class.STRATEGIC, by="Ines", reason="Ours")
    assert not assess(after(passes, decided)).standings["cob"].gap


def test_a_class_that_the_team_has_decided_is_not_too_close_to_call() -> None:
    near = placed({"ash": (5.1, 8)})
    decided = OverrideClass(customer="ash", klass=Class.LOW_PRIORITY, by="Ines", reason="Ours")
    assert assess(near).standings["ash"].close
    assert not assess(after(near, decided)).standings["ash"].close


def test_less_than_70_percent_known_is_drawn_hollow() -> None:
    workshop = after(by_hand(), SetPoints(points={"b": 20}))  # b is 2/5 of the axis
    cob = assess(workshop).standings["cob"]
    assert (cob.known, cob.hollow) == (False, True)
    assert assess(by_hand()).standings["cob"].known


def voted(*swings: tuple[float, float], ash: tuple[float, float] = (10, 0)) -> Assessment:
    """Ash with two attractiveness values and strength 8; members weigh the two values."""
    workshop = after(
        made(
            PutCriterion(criterion=criterion("a", A)),
            PutCriterion(criterion=criterion("b", A)),
            PutCriterion(criterion=criterion("s", S)),
        ),
        *(PutMember(member=Member(id=f"m{n}", name=f"M{n}")) for n in range(len(swings))),
        *(
            CastBallot(ballot=Ballot(member=f"m{n}", swings={"a": one, "b": other, "s": 10}))
            for n, (one, other) in enumerate(swings)
        ),
    )
    people = workshop.model_copy(update={"customers": {"ash": customer("ash")}})
    levels = {"a": ash[0], "b": ash[1], "s": 8.0}
    return assess(
        after(
            people,
            *(ScoreCustomer(customer="ash", criterion=k, value=v) for k, v in levels.items()),
        )
    )


def test_a_bar_spans_the_middle_60_percent_of_the_members_own_scores() -> None:
    votes = voted((1, 0), (1, 1), (0, 1)).votes  # their own scores: 10, 5, 0
    assert votes.attractiveness_low == pytest.approx([2])
    assert votes.attractiveness_high == pytest.approx([8])
    assert votes.strength_low == pytest.approx([8])


def test_two_members_have_no_bar_because_it_would_show_their_votes() -> None:
    votes = voted((1, 0), (0, 1)).votes
    assert np.isnan(votes.attractiveness_low).all()
    assert np.isnan(votes.strength_high).all()


def test_votes_on_both_sides_of_a_line_make_a_customer_too_close_to_call() -> None:
    split = voted((1, 0), (3, 2), (0, 1))
    united = voted((1, 0), (1, 0), (1, 0))
    # weights of a: 1/11, 3/15, 0; of b: 0, 2/15, 1/11; so A = 10 x .2909 / .5152, clear of 5
    assert positions(split)["ash"][0] == pytest.approx(5.647, abs=0.001)
    assert split.standings["ash"].close
    assert not united.standings["ash"].close


# --- any workshop ---------------------------------------------------------------------------------


@given(workshops())
def test_low_estimate_and_high_are_in_order_for_everybody(workshop: Workshop) -> None:
    for standing in assess(workshop).standings.values():
        for estimate, low, high, known in (standing.attractiveness, standing.strength):
            assert 0 - SAME <= low <= high <= 10 + SAME
            assert known < SAME or low - SAME <= estimate <= high + SAME


@given(workshops())
def test_an_axis_of_which_nothing_is_known_has_no_score_and_gives_no_class(
    workshop: Workshop,
) -> None:
    for key, standing in assess(workshop).standings.items():
        for axis, row in ((A, standing.attractiveness), (S, standing.strength)):
            scored = any(
                key in workshop.scores.get(c.id, {})
                for c in workshop.criteria.values()
                if c.axis is axis
            )
            assert np.isnan(row[0]) == (not scored)
        whole = not np.isnan([standing.attractiveness[0], standing.strength[0]]).any()
        assert (standing.klass is not None) == (standing.distance is not None) == whole


@given(workshops())
def test_standings_hold_every_customer_once_in_the_order_of_their_distance(
    workshop: Workshop,
) -> None:
    standings = assess(workshop).standings
    assert sorted(standings) == sorted(workshop.customers)
    known = [s.distance for s in standings.values() if s.distance is not None]
    assert all(first >= second - SAME for first, second in pairwise(known))
    unknown = [s.distance is None for s in standings.values()]
    assert unknown == sorted(unknown)


@given(workshops(), st.data())
def test_removing_a_customer_changes_nobody_elses_scores(
    workshop: Workshop, data: st.DataObject
) -> None:
    gone = data.draw(st.sampled_from(sorted(workshop.customers)))
    before = assess(workshop).standings
    now = assess(after(workshop, RemoveCustomers(customers=(gone,)))).standings
    assert now.keys() == before.keys() - {gone}
    for key, standing in now.items():
        assert standing.attractiveness == pytest.approx(before[key].attractiveness, nan_ok=True)
        assert standing.strength == pytest.approx(before[key].strength, nan_ok=True)
        assert standing.klass is before[key].klass


@given(workshops(), st.data())
def test_raising_a_value_lowers_neither_score_nor_distance(
    workshop: Workshop, data: st.DataObject
) -> None:
    who = data.draw(st.sampled_from(sorted(workshop.customers)))
    what = data.draw(st.sampled_from(sorted(workshop.criteria)))
    levels = sorted([data.draw(LEVELS), data.draw(LEVELS)])
    if workshop.criteria[what].direction == "-":
        levels.reverse()
    worse, better = (
        assess(after(workshop, ScoreCustomer(customer=who, criterion=what, value=level)))
        for level in levels
    )
    before, now = worse.standings[who], better.standings[who]
    assert np.nan_to_num(now.attractiveness[0]) >= np.nan_to_num(before.attractiveness[0]) - SAME
    assert np.nan_to_num(now.strength[0]) >= np.nan_to_num(before.strength[0]) - SAME
    assert (now.distance is None) == (before.distance is None)
    assert now.distance is None or now.distance >= (before.distance or 0) - SAME


@given(workshops(unknown=False))
def test_who_is_better_on_every_criterion_never_stands_behind(workshop: Workshop) -> None:
    result = assess(workshop)
    table = result.valued.table
    place = {key: rank for rank, key in enumerate(result.standings)}
    for one, first in enumerate(result.valued.customers):
        for other, second in enumerate(result.valued.customers):
            if (table[one] > table[other] + 1e-6).all():
                assert place[first] < place[second]


def opposite(workshop: Workshop) -> Workshop:
    """Every criterion measured the other way round: minus the level, anchors and direction."""
    turned = {
        key: c.model_copy(
            update={
                "anchors": tuple(-level for level in c.anchors or ()),
                "direction": "-" if c.direction == "+" else "+",
            }
        )
        for key, c in workshop.criteria.items()
    }
    scores = {
        key: {who: Score(value=-score.value) for who, score in given_.items()}
        for key, given_ in workshop.scores.items()
    }
    return workshop.model_copy(update={"criteria": turned, "scores": scores})


@given(workshops())
def test_reversing_anchors_and_direction_together_changes_nothing(workshop: Workshop) -> None:
    before, now = assess(workshop).standings, assess(opposite(workshop)).standings
    assert list(now) == list(before)
    for key, standing in before.items():
        assert now[key].attractiveness == pytest.approx(standing.attractiveness, nan_ok=True)
        assert now[key].strength == pytest.approx(standing.strength, nan_ok=True)
        assert now[key].klass is standing.klass


@given(workshops(), st.data())
def test_a_zero_weight_equals_deleting_the_criterion(
    workshop: Workshop, data: st.DataObject
) -> None:
    what = data.draw(st.sampled_from(sorted(workshop.criteria)))
    assume(len(workshop.criteria) > 1)
    zeroed = assess(after(workshop, SetPoints(points={what: 0})))
    deleted = assess(after(workshop, RemoveCriterion(criterion=what)))
    assert list(zeroed.standings) == list(deleted.standings)
    for key, standing in deleted.standings.items():
        assert zeroed.standings[key].klass is standing.klass
        assert zeroed.standings[key].attractiveness == pytest.approx(
            standing.attractiveness, nan_ok=True
        )
        assert zeroed.standings[key].strength == pytest.approx(standing.strength, nan_ok=True)


@given(workshops(), st.integers(2, 9))
def test_scaling_all_points_changes_no_class(workshop: Workshop, factor: int) -> None:
    scaled = SetPoints(points={key: factor * points for key, points in workshop.points.items()})
    before, now = assess(workshop), assess(after(workshop, scaled))
    assert [s.klass for s in now.standings.values()] == [s.klass for s in before.standings.values()]
    assert list(now.standings) == list(before.standings)


@given(workshops())
def test_a_key_account_is_in_the_key_zone_known_and_not_unwilling(workshop: Workshop) -> None:
    for key, standing in assess(workshop).standings.items():
        if standing.klass is None or not standing.klass.is_key:
            continue
        assert standing.distance is not None
        assert standing.distance >= -SAME
        assert standing.known
        view = workshop.customers[key].profile.favours_us
        assert view is not Favours.NO
        assert view is Favours.YES or standing.klass is Class.KEY_CORE


@given(workshops(), st.integers(0, 6))
def test_fewer_places_only_turn_key_accounts_into_waiting_ones(
    workshop: Workshop, count: int
) -> None:
    free, tight = assess(workshop).standings, assess(after(workshop, places(count))).standings
    assert sum(s.hours for s in tight.values()) <= count
    for key, standing in tight.items():
        if standing.klass is not free[key].klass:
            assert standing.reason in (Reason.NO_CAPACITY, Reason.TIED_AT_CAPACITY)
            assert standing.klass is Class.STRATEGIC


@given(workshops(), st.data())
def test_a_failed_gate_keeps_any_scored_customer_out_of_key(
    workshop: Workshop, data: st.DataObject
) -> None:
    who = data.draw(st.sampled_from(sorted(workshop.customers)))
    gated = after(
        workshop,
        PutGate(gate=Gate(id="g", name="Sound credit")),
        JudgeGate(customer=who, gate="g", fails=True),
    )
    standing = assess(gated).standings[who]
    assert standing.klass in (None, Class.LOW_PRIORITY)
    assert not standing.close
    assert not standing.gap


def test_an_axis_is_called_by_its_name_in_every_obstacle() -> None:
    bare = made(PutCriterion(criterion=criterion("s", Axis.STRENGTH)))
    assert assess(bare).obstacles == (
        "No criterion on the attractiveness axis counts yet. Complete one and give it points.",
    )


def test_who_is_not_on_the_long_list_is_not_judged_and_its_class_says_so() -> None:
    chosen = ChooseLongList(long_list=LongList(customers=("ash", "bay")))
    result = assess(after(by_hand(), chosen))
    assert set(result.judged) == {"ash", "bay"}
    assert list(result.standings)[-1] == "cob"
    outside = result.standings["cob"]
    assert outside.why.startswith("Not on the long list; the scores that it has")
    assert not outside.close
    assert not outside.gap
    assert result.scored_count == 2


def test_the_companies_of_a_family_know_each_other() -> None:
    people = {
        "ash": customer("ash"),
        "bay": customer("bay", parent="ash"),
        "cob": customer("cob", parent="Holding"),
    }
    result = assess(BringIn(origin="a test", customers=people).apply(by_hand()))
    assert result.families == {"ash": ("ash", "bay"), "bay": ("ash", "bay"), "cob": ("cob",)}


def test_the_companies_of_a_group_are_counted_by_class() -> None:
    named = {key: customer(key, parent="Holding AG", favours_us=Favours.YES) for key in "abc"}
    workshop = after(
        placed({"a": (9, 9), "b": (1, 1), "c": (1, 2), "d": (1, 1)}),
        *(PutCustomer(customer=one) for one in named.values()),
    )
    found = assess(workshop).family_classes
    assert found == {
        "a": {Class.KEY_STRATEGIC: ("a",), Class.LOW_PRIORITY: ("b", "c")},
    }


def test_who_is_judged_within_a_group_is_named_though_it_is_no_longer_judged_itself() -> None:
    apart = placed({"ash": (6, 6), "bay": (5, 5), "cob": (4, 4)})
    result = assess(after(apart, JudgeAsOne(group="ash", name="Ash", members=("bay", "cob"))))
    assert result.companies == {"ash": ("Bay", "Cob")}
    assert "bay" not in result.standings
    assert assess(apart).companies == {}
