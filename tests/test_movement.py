"""Of `kam.method.movement`: who moved, and parts that add up to the movement."""

import math
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.make_example import example
from kam.edits import (
    ChangeProfile,
    Edit,
    JudgeGate,
    MoveLine,
    OverrideClass,
    PutCriterion,
    PutCustomer,
    PutGate,
    PutMember,
    RemoveCustomers,
    ScoreCustomer,
    SetPoints,
    VoteScores,
)
from kam.method.assessment import Assessment, assess
from kam.method.causes import Cause
from kam.method.movement import Change, Movement, came, gone, movements
from kam.model import Class, Favours, Gate, Member, Profile, Workshop
from tests.workshops import (
    A,
    S,
    after,
    by_hand,
    criterion,
    customer,
    made,
    placed,
    places,
    workshops,
)

LINES = st.sampled_from([3.0, 4.0, 5.0, 6.0])


@st.composite
def pairs(draw: st.DrawFn) -> tuple[Assessment, Assessment]:
    """Two states that may differ in everything, with some criteria measured and some judged."""
    states = []
    for _ in range(2):
        workshop = draw(workshops())
        columns = (
            PutCriterion(criterion=one.model_copy(update={"column": "figure"}))
            for key, one in workshop.criteria.items()
            if key in ("a0", "s1")
        )
        moved = MoveLine(line="strength", value=draw(LINES))
        room = places(draw(st.integers(0, 6)))
        states.append(assess(after(workshop, *columns, moved, room, *draw(_decisions()))))
    before, later = states
    return before, later


def _decisions() -> st.SearchStrategy[list[Edit]]:
    """A gate that the first customer fails, an override of it, or neither."""
    gate: list[Edit] = [
        PutGate(gate=Gate(id="g", name="Credit")),
        JudgeGate(customer="c0", gate="g", fails=True),
    ]
    firm: list[Edit] = [
        OverrideClass(customer="c0", klass=Class.KEY_CORE, by="Ines", reason="We promised")
    ]
    return st.sampled_from([[], gate, firm])


def between(*edits: Edit, start: Workshop | None = None) -> dict[str, Movement]:
    """What some edits did to each customer."""
    before = start or by_hand()
    found = movements(assess(before), assess(after(before, *edits)))
    return {one.customer: one for one in found}


def changes(one: Movement) -> tuple[Change, Change, Change]:
    """Its three numbers."""
    return one.attractiveness, one.strength, one.distance


# --- the parts add up -----------------------------------------------------------------------------


@given(pairs())
def test_the_parts_of_every_number_add_up_to_its_movement(
    pair: tuple[Assessment, Assessment],
) -> None:
    for one in movements(*pair):
        for change in changes(one):
            if change.by is None:
                assert change.parts == {}
            else:
                assert math.fsum(change.parts.values()) == pytest.approx(change.by, abs=1e-9)


@given(pairs())
def test_the_shares_of_a_change_of_class_add_up_to_one(
    pair: tuple[Assessment, Assessment],
) -> None:
    for one in movements(*pair):
        if one.changed_class:
            assert math.fsum(one.class_parts.values()) == pytest.approx(1.0, abs=1e-9)
            assert set(one.mains) <= one.class_parts.keys()
            assert one.mains
        else:
            assert one.class_parts == {}
            assert one.mains == ()


@given(pairs())
def test_before_and_after_are_what_the_two_states_say(pair: tuple[Assessment, Assessment]) -> None:
    before, later = pair
    for one in movements(before, later):
        then, now = before.standings[one.customer], later.standings[one.customer]
        assert one.klass == (then.klass, now.klass)
        assert (one.distance.before, one.distance.after) == (then.distance, now.distance)


@given(pairs())
def test_the_way_back_is_the_same_with_the_other_sign(pair: tuple[Assessment, Assessment]) -> None:
    """Where both states have the same criteria; what is judged follows from the later one."""
    before, later = pair
    if before.valued.criteria != later.valued.criteria:
        return
    back = {one.customer: one for one in movements(later, before)}
    for one in movements(before, later):
        for there, again in zip(changes(one), changes(back[one.customer]), strict=True):
            assert there.parts.keys() == again.parts.keys()
            for cause, part in there.parts.items():
                assert again.parts[cause] == pytest.approx(-part, abs=1e-9)


@given(workshops())
def test_nobody_moves_between_a_state_and_itself(workshop: Workshop) -> None:
    state = assess(workshop)
    for one in movements(state, state):
        assert not one.changed_class
        assert all(change.by in (0.0, None) and change.parts == {} for change in changes(one))


def test_every_customer_of_the_example_adds_up_from_autumn_to_autumn() -> None:
    history = example()
    states = [assess(history.at(mark.revision)) for mark in history.workshop.marks]
    states.append(assess(history.workshop))
    for before, later in permutations(states, 2):
        found = movements(before, later)
        assert len(found) >= 36
        for one in found:
            by = one.distance.by or 0.0
            assert math.fsum(one.distance.parts.values()) == pytest.approx(by, abs=1e-9)
            assert Cause.TOGETHER not in one.distance.parts


# --- what each cause did --------------------------------------------------------------------------


def test_one_level_is_one_cause_and_touches_one_customer() -> None:
    """Ash on a from 8 to 4: 3/4 of 4 points, and nothing for the others."""
    found = between(ScoreCustomer(customer="ash", criterion="a", value=4.0))
    assert found["ash"].attractiveness.parts == {Cause.JUDGMENT: pytest.approx(-3.0)}
    assert found["ash"].strength.parts == {}
    assert found["bay"].distance.parts == {}


def test_two_causes_share_what_neither_does_alone() -> None:
    """Ash: a from 8 to 4, and weights from 30:10 to 10:30 on a and b (b is 4).

    7 before. Level alone 4, weights alone 5, both 4. Level first: -3 then 0; weights first: -2
    then -1. So the level has -2 and the weights -1 of the -3 points.
    """
    found = between(
        ScoreCustomer(customer="ash", criterion="a", value=4.0),
        SetPoints(points={"a": 10, "b": 30, "s": 20}),
    )
    assert found["ash"].attractiveness.parts == {
        Cause.JUDGMENT: pytest.approx(-2.0),
        Cause.WEIGHTS: pytest.approx(-1.0),
    }


def test_a_level_that_a_column_holds_is_a_fact() -> None:
    start = after(by_hand(), PutCriterion(criterion=criterion("s", S, column="x")))
    found = between(ScoreCustomer(customer="ash", criterion="s", value=2.0), start=start)
    assert found["ash"].strength.parts == {Cause.FACTS: pytest.approx(-4.0)}


def test_votes_are_judgment() -> None:
    start = after(
        by_hand(),
        ScoreCustomer(customer="ash", criterion="s", value=None),
        PutMember(member=Member(id="ines", name="Ines")),
        VoteScores(member="ines", criterion="s", steps={"ash": 3}),
    )
    found = between(VoteScores(member="ines", criterion="s", steps={"ash": 5}), start=start)
    assert found["ash"].strength.parts == {Cause.JUDGMENT: pytest.approx(5.0)}


def test_a_moved_line_moves_distances_and_no_scores() -> None:
    found = between(MoveLine(line="strength", value=4.0))
    ash = found["ash"]  # A 7 and S 6 with both lines at 5: strength held it back
    assert ash.distance.parts == {Cause.LINES: pytest.approx(1.0)}
    assert ash.attractiveness.parts == {}
    assert ash.strength.parts == {}


def test_what_0_and_10_mean_has_a_part_of_its_own() -> None:
    stretched = criterion("s", S, (0.0, 3.0, 6.0, 9.0, 12.0))
    found = between(PutCriterion(criterion=stretched))
    assert found["ash"].strength.parts == {Cause.ANCHORS: pytest.approx(-1.0)}


def test_a_bent_value_curve_is_anchors_too() -> None:
    bent = criterion("s", S, (0.0, 1.0, 2.0, 6.0, 10.0))  # 6 is worth 7.5
    found = between(PutCriterion(criterion=bent))
    assert found["ash"].strength.parts == {Cause.ANCHORS: pytest.approx(1.5)}


def test_new_anchors_and_a_criterion_that_moved_to_the_other_axis_are_two_parts() -> None:
    """Ash on A: (3 x 8 + 4) / 4 = 7, without b 8; on anchors to 16, a is worth 5."""
    found = between(
        PutCriterion(criterion=criterion("b", S)),
        PutCriterion(criterion=criterion("a", A, (0.0, 4.0, 8.0, 12.0, 16.0))),
    )
    parts = found["ash"].attractiveness.parts
    # b leaves: +1 before the anchors (7 to 8), +0.25 after them (4.75 to 5); anchors: the rest
    assert parts == {
        Cause.CRITERIA: pytest.approx(0.625),
        Cause.ANCHORS: pytest.approx(-2.625),
    }


def test_votes_on_new_anchors_move_nobody() -> None:
    start = after(
        by_hand(),
        ScoreCustomer(customer="ash", criterion="s", value=None),
        PutMember(member=Member(id="ines", name="Ines")),
        VoteScores(member="ines", criterion="s", steps={"ash": 4}),
    )
    wider = PutCriterion(criterion=criterion("s", S, (0.0, 4.0, 8.0, 12.0, 16.0)))
    assert between(wider, start=start)["ash"].strength.parts == {}


@pytest.mark.parametrize(
    ("edits", "main"),
    [
        ((ScoreCustomer(customer="ash", criterion="s", value=2.0),), Cause.JUDGMENT),
        ((MoveLine(line="strength", value=6.5),), Cause.LINES),
        ((places(0),), Cause.CAPACITY),
        (
            (
                PutGate(gate=Gate(id="g", name="Credit")),
                JudgeGate(customer="ash", gate="g", fails=True),
            ),
            Cause.DECISIONS,
        ),
        (
            (OverrideClass(customer="ash", klass=Class.LOW_PRIORITY, by="Ines", reason="Sold"),),
            Cause.DECISIONS,
        ),
        (
            (ChangeProfile(customer="ash", profile=Profile(favours_us=Favours.NO)),),
            Cause.FACTS,
        ),
    ],
)
def test_what_changed_a_class_is_named(edits: tuple[Edit, ...], main: Cause) -> None:
    ash = between(*edits)["ash"]
    assert ash.klass[0] is Class.KEY_CORE
    assert ash.changed_class
    assert ash.mains == (main,)
    assert ash.class_parts == {main: pytest.approx(1.0)}


def test_a_place_that_another_takes_is_put_down_to_what_moved_the_other() -> None:
    start = after(placed({"ash": (8.0, 7.0), "bay": (6.0, 6.0)}), places(1))
    found = between(
        ScoreCustomer(customer="bay", criterion="s", value=9.0),
        ScoreCustomer(customer="bay", criterion="a", value=9.0),
        start=start,
    )
    assert found["ash"].klass == (Class.KEY_STRATEGIC, Class.STRATEGIC)
    assert found["ash"].distance.parts == {}
    assert found["ash"].mains == (Cause.JUDGMENT,)  # another's, for the same place


def test_causes_that_did_the_same_are_all_named_and_lesser_ones_are_not() -> None:
    up, moved = Change(0.0, 1.0, {}), (Class.LOW_PRIORITY, Class.STRATEGIC)
    shares = {Cause.FACTS: 0.4, Cause.LINES: 0.4, Cause.WEIGHTS: 0.2}
    assert Movement("ash", up, up, up, moved, shares).mains == (Cause.FACTS, Cause.LINES)


# --- what is not known ----------------------------------------------------------------------------


def test_what_was_unknown_has_no_movement_and_counts_as_nothing() -> None:
    start = after(by_hand(), ScoreCustomer(customer="bay", criterion="s", value=None))
    bay = between(ScoreCustomer(customer="bay", criterion="s", value=4.0), start=start)["bay"]
    assert bay.strength == Change(None, 4.0, {})
    assert bay.distance.by is None
    assert bay.klass[0] is None
    assert not bay.changed_class


def test_what_is_not_known_any_more_has_no_movement() -> None:
    bay = between(ScoreCustomer(customer="bay", criterion="s", value=None))["bay"]
    assert bay.strength == Change(4.0, None, {})
    assert bay.distance.by is None


def test_where_one_by_one_leaves_nothing_known_the_parts_are_told_together() -> None:
    """First known by a judged criterion alone, then by a measured one alone."""
    start = made(
        PutCriterion(criterion=criterion("a", A)),
        PutCriterion(criterion=criterion("m", A, column="margin")),
        PutCriterion(criterion=criterion("s", S)),
        PutCustomer(customer=customer("ash")),
        ScoreCustomer(customer="ash", criterion="a", value=8.0),
        ScoreCustomer(customer="ash", criterion="s", value=8.0),
    )
    ash = between(
        ScoreCustomer(customer="ash", criterion="a", value=None),
        ScoreCustomer(customer="ash", criterion="m", value=6.0),
        start=start,
    )["ash"]
    assert ash.attractiveness.parts == {Cause.TOGETHER: -2.0}


# --- who came and who went ------------------------------------------------------------------------


def test_who_came_and_who_went_is_listed_apart() -> None:
    before = assess(by_hand())
    later = assess(
        after(
            by_hand(),
            RemoveCustomers(customers=("bay",)),
            PutCustomer(customer=customer("dew")),
        )
    )
    assert [one.customer for one in movements(before, later)] == ["ash", "cob"]
    assert came(before, later) == ("dew",)
    assert gone(before, later) == ("bay",)


def test_states_without_a_common_customer_have_no_movements() -> None:
    empty = assess(made())
    assert movements(empty, empty) == ()
    assert movements(empty, assess(by_hand())) == ()
    assert movements(assess(placed({"dew": (1.0, 1.0)})), assess(by_hand())) == ()


def test_movements_stand_in_the_one_order_of_the_later_state() -> None:
    state = assess(by_hand())
    assert [one.customer for one in movements(state, state)] == list(state.standings)
