"""A second opinion on workshops worked out by hand: who differs, why, and who never can."""

from collections.abc import Mapping

import numpy as np
import pytest
from hypothesis import given

from kam.edits import BringIn, ChooseLongList, OverrideClass, PutCriterion, SetPoints
from kam.method.assessment import Assessment, assess
from kam.method.second_opinion import (
    IN_THE_QUEUE,
    Difference,
    Opinion,
    Way,
    second_opinion,
    second_opinions,
)
from kam.model import Axis, Class, Favours, LongList, Workshop
from tests.workshops import after, criterion, customer, made, placed, places, scores, workshops, x01

A, S = Axis.ATTRACTIVENESS, Axis.STRENGTH
EACH_WAY = pytest.mark.parametrize("way", Way)

# Two criteria of attractiveness, 60 and 40 points; strength 8 throughout, so that A decides.
#   even   6 and 6: weighted sum 6, and 6 by every method
#   heavy  7 and 1: weighted sum 4.6; by distance (weights squared) 36 x 2 - 16 x 4 > 0: above 5
#   light  3 and 9: weighted sum 5.4; by distance 36 x -2 + 16 x 4 < 0: below 5
TWO = {"even": (6.0, 6.0, 8.0), "heavy": (7.0, 1.0, 8.0), "light": (3.0, 9.0, 8.0)}


def two_criteria(rows: Mapping[str, tuple[float | None, float | None, float]]) -> Workshop:
    """Customers on criteria a (60 points) and b (40) of attractiveness, and s of strength."""
    return made(
        PutCriterion(criterion=criterion("a", A, name="Profit")),
        PutCriterion(criterion=criterion("b", A, name="Growth")),
        PutCriterion(criterion=criterion("s", S, name="Share")),
        SetPoints(points={"a": 60, "b": 40, "s": 50}),
        BringIn(origin="a test", customers={key: customer(key) for key in rows}),
        scores(("a", "b", "s"), rows),
    )


def differing(opinion: Opinion) -> dict[str, Difference]:
    return {one.customer: one for one in opinion.differences}


def names(result: Assessment) -> dict[str, str]:
    return {key: one.name for key, one in result.workshop.customers.items()}


def test_nearness_looks_at_the_heaviest_criterion_more_than_its_points_say() -> None:
    result = assess(two_criteria(TWO))
    opinion = second_opinion(result, Way.TOPSIS)
    assert (opinion.ours, opinion.theirs) == (("even", "light"), ("even", "heavy"))
    levels = dict(zip(result.valued.customers, opinion.attractiveness, strict=True))
    # heavy: D- = |(4.2, 0.4)|, D+ = |(1.8, 3.6)|; light: |(1.8, 3.6)| and |(4.2, 0.4)|
    near, far = np.hypot(4.2, 0.4), np.hypot(1.8, 3.6)
    assert levels == pytest.approx(
        {"even": 6.0, "heavy": 10 * near / (near + far), "light": 10 * far / (near + far)}
    )


def test_a_difference_names_the_line_the_levels_and_the_criterion_behind_it() -> None:
    found = differing(second_opinion(assess(two_criteria(TWO)), Way.TOPSIS))
    assert found["light"].why == (
        "Attractiveness would be 4.9 instead of 5.4 and fall below the line at 5. Profit (3.0, "
        "60 of 100 points of the axis) holds it back most: distances are squared, so the "
        "heaviest criteria count more than their points."
    )
    assert found["heavy"].why.startswith(
        "Attractiveness would be 5.1 instead of 4.6 and reach the line at 5. Profit (7.0, "
        "60 of 100 points of the axis) lifts it most"
    )
    assert (found["light"].klass, found["light"].other) == (Class.KEY_CORE, Class.LOW_PRIORITY)


def test_the_overlap_is_said_with_the_names_of_those_who_differ() -> None:
    result = assess(two_criteria(TWO))
    told = second_opinion(result, Way.TOPSIS).words(names(result))
    assert told == (
        "1 of 2 key accounts would stay key when nearness to a customer with 10 everywhere counts. "
        "No longer key: Light. Key instead: Heavy."
    )


def test_wins_by_little_count_as_much_as_wins_by_far() -> None:
    """The edge beats three of three on Profit by a tenth of a point, and falls far behind on b."""
    rows = {"edge": (5.1, 3.0, 8.0)} | {f"c{n}": (5.0, 4.0 + n, 8.0) for n in range(3)}
    result = assess(two_criteria(rows))
    found = differing(second_opinion(result, Way.USUAL))
    assert found["edge"].other.is_key
    assert found["edge"].why == (
        "Attractiveness would be 5.0 instead of 4.3 and reach the line at 5. It is ahead of 3 of 3 "
        "customers on Profit (5.1); how far its other values fall short counts less here."
    )


def test_leads_of_less_than_half_a_point_do_not_count_where_small_leads_count_less() -> None:
    rows = {"edge": (5.1, 3.0, 8.0)} | {f"c{n}": (5.0, 4.0 + n, 8.0) for n in range(3)}
    opinion = second_opinion(assess(two_criteria(rows)), Way.LINEAR)
    assert "edge" not in opinion.theirs


def test_a_customer_far_ahead_on_one_criterion_can_lose_by_wins() -> None:
    """Its 10 on Growth beats nobody more often than a 6 would; its Profit is behind all."""
    rows = {"peak": (3.0, 10.0, 8.0)} | {f"c{n}": (4.0 + n / 10, 5.5, 8.0) for n in range(4)}
    found = differing(second_opinion(assess(two_criteria(rows)), Way.USUAL))
    assert found["peak"].klass is Class.KEY_CORE
    assert not found["peak"].other.is_key
    assert "It is behind 4 of 4 customers on Profit (3.0)" in found["peak"].why
    assert found["peak"].matters


def test_who_crosses_no_line_differs_by_the_capacity_before_it() -> None:
    rows = {"even": (6.0, 6.0, 8.0), "first": (6.6, 5.4, 8.0)}
    result = assess(after(two_criteria(rows), places(1)))
    assert [key for key, one in result.judged.items() if one.klass is Class.KEY_CORE] == ["first"]
    turned = {"even": (6.0, 6.0, 8.0), "first": (5.0, 7.7, 8.0)}
    result = assess(after(two_criteria(turned), places(1)))
    opinion = second_opinion(result, Way.TOPSIS)
    assert (opinion.ours, opinion.theirs) == (("first",), ("even",))
    assert {one.why for one in opinion.differences} == {IN_THE_QUEUE}


def test_a_change_of_class_without_a_change_to_key_comes_after_those_with_one() -> None:
    rows = {**TWO, "weak": (7.0, 1.0, 2.0)}
    opinion = second_opinion(assess(two_criteria(rows)), Way.TOPSIS)
    assert [one.customer for one in opinion.differences] == ["light", "heavy", "weak"]
    weak = opinion.differences[-1]
    assert (weak.klass, weak.other) == (Class.LOW_PRIORITY, Class.STRATEGIC)
    assert not weak.matters


@EACH_WAY
def test_only_the_long_list_is_judged_and_compared(way: Way) -> None:
    """The customers off the list change nothing for those on it."""
    everybody = {**TWO, "giant": (9.9, 9.9, 9.9), "dwarf": (0.1, 0.1, 0.1)}
    short = LongList(customers=tuple(TWO))
    listed = second_opinion(
        assess(after(two_criteria(everybody), ChooseLongList(long_list=short))), way
    )
    alone = second_opinion(assess(two_criteria(TWO)), way)
    assert np.isnan(listed.attractiveness[3:]).all()
    assert listed.attractiveness[:3] == pytest.approx(alone.attractiveness)
    assert (listed.theirs, listed.differences) == (alone.theirs, alone.differences)


@EACH_WAY
def test_what_the_team_decided_stands_in_every_method(way: Way) -> None:
    decided = OverrideClass(
        customer="light", klass=Class.LOW_PRIORITY, by="Ines", reason="It is leaving the market"
    )
    opinion = second_opinion(assess(after(two_criteria(TWO), decided)), way)
    assert "light" not in opinion.theirs
    assert "light" not in differing(opinion)


@EACH_WAY
def test_an_unknown_value_is_not_a_zero(way: Way) -> None:
    """Known on Profit alone, a customer has the level of its Profit."""
    rows = {**TWO, "half": (8.0, None, 8.0)}
    opinion = second_opinion(assess(two_criteria(rows)), way)
    assert opinion.attractiveness[3] == pytest.approx(8.0)


@EACH_WAY
@given(workshop=workshops())
def test_a_customer_without_a_weighted_sum_has_no_level_and_the_others_have_one(
    way: Way, workshop: Workshop
) -> None:
    result = assess(workshop)
    opinion = second_opinion(result, way)
    for levels, axis in (
        (opinion.attractiveness, result.attractiveness),
        (opinion.strength, result.strength),
    ):
        assert (np.isnan(levels) == np.isnan(axis.estimate)).all()
        known = levels[~np.isnan(levels)]
        assert ((known >= -1e-9) & (known <= 10 + 1e-9)).all()


@EACH_WAY
@given(workshop=workshops(unknown=False))
def test_a_customer_at_least_as_good_everywhere_is_never_placed_lower(
    way: Way, workshop: Workshop
) -> None:
    result = assess(workshop)
    opinion, table = second_opinion(result, way), result.valued.table
    for i in range(len(table)):
        for k in range(len(table)):
            if (table[i] >= table[k]).all():
                assert opinion.attractiveness[i] >= opinion.attractiveness[k] - 1e-9
                assert opinion.strength[i] >= opinion.strength[k] - 1e-9


@EACH_WAY
@given(workshop=workshops())
def test_every_difference_has_two_classes_and_a_reason(way: Way, workshop: Workshop) -> None:
    result = assess(workshop)
    opinion = second_opinion(result, way)
    key = set(opinion.ours) ^ set(opinion.theirs)
    assert {one.customer for one in opinion.differences if one.matters} == key
    for one in opinion.differences:
        assert one.klass is not one.other
        assert "line" in one.why


@EACH_WAY
def test_with_one_criterion_an_axis_every_method_agrees_with_the_weighted_sum(way: Way) -> None:
    positions = {"ash": (8.0, 6.0), "bay": (5.0, 5.0), "cob": (4.9, 9.0), "dew": (None, 9.0)}
    opinion = second_opinion(assess(placed(positions)), way)
    assert opinion.differences == ()
    assert opinion.ours == opinion.theirs == ("ash", "bay")


def test_the_published_mini_example_holds_by_distance_and_moves_cedar_by_wins() -> None:
    """Cedar, the largest by revenue, wins on margin by number, not by points (case x01)."""
    opinions = second_opinions(assess(x01()))
    assert list(opinions) == list(Way)
    assert {way: opinion.shared for way, opinion in opinions.items()} == dict.fromkeys(Way, 3)
    assert list(differing(opinions[Way.USUAL])) == ["Cedar"]
    assert not opinions[Way.TOPSIS].differences
    assert not opinions[Way.LINEAR].differences


def test_the_strategic_line_matters_only_to_those_who_would_favour_us() -> None:
    """7.2 by the weighted sum, 6.8 by distance: core either way while favour is unknown."""
    rows = {"star": (6.4, 8.4, 8.0)}
    neutral = second_opinion(assess(two_criteria(rows)), Way.TOPSIS)
    assert neutral.differences == ()
    workshop = two_criteria(rows)
    friend = BringIn(origin="a test", customers={"star": customer("star", favours_us=Favours.YES)})
    [found] = second_opinion(assess(after(workshop, friend)), Way.TOPSIS).differences
    assert (found.klass, found.other) == (Class.KEY_STRATEGIC, Class.KEY_CORE)
    assert "fall below the line at 7" in found.why


def test_a_line_that_cannot_change_the_class_is_not_given_as_the_reason() -> None:
    """First falls from 7.04 to 6.5, behind even; it is core on either side of the line at 7."""
    rows = {"even": (6.8, 6.8, 9.0), "first": (5.6, 9.2, 9.0)}
    opinion = second_opinion(assess(after(two_criteria(rows), places(1))), Way.TOPSIS)
    assert (opinion.ours, opinion.theirs) == (("first",), ("even",))
    assert {one.why for one in opinion.differences} == {IN_THE_QUEUE}


def test_one_customer_has_nobody_to_beat_and_only_distances_speak() -> None:
    assert list(second_opinions(assess(placed({"ash": (8.0, 6.0)})))) == [Way.TOPSIS]


@pytest.mark.parametrize(
    ("ours", "theirs", "told"),
    [
        ((), (), "Nobody is key now, and nobody would be when"),
        ((), ("ash",), "Nobody is key now, and others would be when"),
        (("ash",), ("ash",), "1 of 1 key account would stay key when"),
        (("ash", "bay"), ("bay",), "1 of 2 key accounts would stay key when"),
    ],
)
def test_the_overlap_of_few_key_accounts_reads_well(
    ours: tuple[str, ...], theirs: tuple[str, ...], told: str
) -> None:
    opinion = Opinion(Way.TOPSIS, np.zeros(2), np.zeros(2), ours, theirs, ())
    words = opinion.words({"ash": "Ash", "bay": "Bay"})
    assert words.startswith(told)
    assert ("Key as well: Ash." in words) == (theirs == ("ash",) and not ours)
    assert ("No longer key: Ash." in words) == (len(ours) == 2)


def test_before_anything_counts_nobody_differs() -> None:
    opinions = second_opinions(assess(made(PutCriterion(criterion=criterion("a", A)))))
    assert [opinion.differences for opinion in opinions.values()] == [()]
