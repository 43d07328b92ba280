"""Of `kam.method.mixtures`: each end is its state, each mixture the workshop that it stands for."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kam.edits import (
    ChangeProfile,
    ChooseLongList,
    Edit,
    MoveLine,
    OverrideClass,
    PutCriterion,
    PutCustomer,
    PutMember,
    RemoveCriterion,
    RemoveCustomers,
    ScoreCustomer,
    SetPoints,
    VoteScores,
)
from kam.method.assessment import Assessment, assess
from kam.method.causes import AFTER, BEFORE, OF_CLASS, OF_SCORES, Cause, Pick
from kam.method.mixtures import Mixtures
from kam.method.selection import CLASSES
from kam.model import Axis, Class, Favours, LongList, Member, Profile, Workshop
from tests.workshops import A, S, after, by_hand, criterion, customer, placed, places, workshops

ALL_BEFORE: Pick = dict.fromkeys(OF_CLASS, BEFORE)
ONE_EDIT: dict[Cause, Edit] = {
    # each of these changes nothing but one cause of the workshop below
    Cause.FACTS: ScoreCustomer(customer="ash", criterion="m", value=1.0),
    Cause.JUDGMENT: ScoreCustomer(customer="ash", criterion="s", value=9.0),
    Cause.WEIGHTS: SetPoints(points={"a": 10, "b": 40, "s": 20, "m": 5}),
    Cause.CRITERIA: PutCriterion(criterion=criterion("b", S)),
    Cause.ANCHORS: PutCriterion(criterion=criterion("a", A, (0.0, 4.0, 6.0, 8.0, 12.0))),
    Cause.LINES: MoveLine(line="strength", value=3.0),
    Cause.DECISIONS: OverrideClass(customer="cob", klass=Class.KEY_CORE, by="Ines", reason="Asked"),
    Cause.CAPACITY: places(1),
}


def measured() -> Workshop:
    """The workshop by hand with one more criterion, which a column holds."""
    return after(
        by_hand(),
        PutCriterion(criterion=criterion("m", A, column="margin")),
        ScoreCustomer(customer="ash", criterion="m", value=6.0),
        ScoreCustomer(customer="bay", criterion="m", value=3.0),
    )


def states(*edits: Edit, start: Workshop | None = None) -> tuple[Assessment, Assessment]:
    """A workshop before and after some edits."""
    before = start or measured()
    return assess(before), assess(after(before, *edits))


def scores_of(state: Assessment, customers: tuple[str, ...], axis: Axis) -> list[float]:
    """One axis of some customers as a state has it."""
    scores = state.attractiveness if axis is A else state.strength
    return [float(scores.estimate[state.row[key]]) for key in customers]


@given(workshops(), workshops())
def test_each_end_scores_and_classes_its_customers_as_its_state_does(
    first: Workshop, second: Workshop
) -> None:
    ends = (
        assess(after(first, places(2))),
        assess(after(second, MoveLine(line="strength", value=4))),
    )
    mixtures = Mixtures(*ends)
    for state, side in zip(ends, (BEFORE, AFTER), strict=True):
        pick = dict.fromkeys(OF_CLASS, side)
        rows = [mixtures.row[key] for key in state.valued.customers]
        for axis in Axis:
            expected = scores_of(state, state.valued.customers, axis)
            found = mixtures.score(axis, pick)[rows]
            assert np.allclose(found, expected, equal_nan=True, atol=1e-9)
        assert np.allclose(
            mixtures.distance(pick)[rows], state.selection.distance, equal_nan=True, atol=1e-9
        )
        assert mixtures._selection(pick).klass[rows].tolist() == state.selection.klass.tolist()


@pytest.mark.parametrize("cause", ONE_EDIT)
def test_an_edit_of_one_cause_is_told_as_that_cause_and_no_other(cause: Cause) -> None:
    assert Mixtures(*states(ONE_EDIT[cause])).changed == {cause}


@pytest.mark.parametrize("cause", ONE_EDIT)
def test_with_every_edit_made_one_cause_taken_from_the_later_state_is_that_edit_alone(
    cause: Cause,
) -> None:
    before, later = states(*ONE_EDIT.values())
    alone = assess(after(measured(), ONE_EDIT[cause]))
    mixtures, pick = Mixtures(before, later), {**ALL_BEFORE, cause: AFTER}
    rows = [mixtures.row[key] for key in alone.valued.customers]
    for axis in Axis:
        expected = scores_of(alone, alone.valued.customers, axis)
        assert mixtures.score(axis, pick)[rows].tolist() == pytest.approx(expected)
    assert mixtures.distance(pick)[rows].tolist() == pytest.approx(
        alone.selection.distance.tolist()
    )
    assert mixtures._selection(pick).klass[rows].tolist() == alone.selection.klass.tolist()


def test_nothing_differs_between_a_state_and_itself() -> None:
    state = assess(measured())
    assert Mixtures(state, state).changed == frozenset()


def test_the_customers_own_view_of_us_is_a_fact() -> None:
    told = ChangeProfile(customer="ash", profile=Profile(favours_us=Favours.YES))
    assert Mixtures(*states(told)).changed == {Cause.FACTS}


def test_the_long_list_is_a_decision() -> None:
    listed = ChooseLongList(long_list=LongList(customers=("ash", "bay")))
    assert Mixtures(*states(listed)).changed == {Cause.DECISIONS}


def test_who_came_or_went_changes_what_capacity_is_left() -> None:
    assert Mixtures(*states(PutCustomer(customer=customer("dew")))).changed == {Cause.CAPACITY}
    assert Mixtures(*states(RemoveCustomers(customers=("bay",)))).changed == {Cause.CAPACITY}


def test_a_new_name_or_order_of_a_criterion_moves_no_score() -> None:
    renamed = PutCriterion(criterion=criterion("a", A, name="Another name"))
    assert Mixtures(*states(renamed)).changed == frozenset()


def test_a_criterion_brings_its_levels_and_its_weight_with_it() -> None:
    """Ash on a: (3 x 8 + 1 x 4) / 4 = 7; with n at 2 and 40 points beside 30 + 10: 4.5."""
    before, later = states(
        PutCriterion(criterion=criterion("n", A)),
        ScoreCustomer(customer="ash", criterion="n", value=2.0),
        SetPoints(points={"a": 30, "b": 10, "s": 20, "n": 40}),
        start=by_hand(),
    )
    mixtures = Mixtures(before, later)
    row = mixtures.row["ash"]
    with_it = mixtures.score(A, {**ALL_BEFORE, Cause.CRITERIA: AFTER})[row]
    assert with_it == pytest.approx(4.5)
    assert mixtures.score(A, ALL_BEFORE)[row] == pytest.approx(7.0)
    assert mixtures.changed == {Cause.CRITERIA}


def test_a_criterion_that_went_takes_its_levels_along() -> None:
    before, later = states(RemoveCriterion(criterion="b"), start=by_hand())
    mixtures = Mixtures(before, later)
    row = mixtures.row["ash"]
    assert mixtures.score(A, {**ALL_BEFORE, Cause.CRITERIA: AFTER})[row] == pytest.approx(8.0)
    assert mixtures.score(A, {Cause.CRITERIA: BEFORE})[row] == pytest.approx(7.0)
    assert mixtures.changed == {Cause.CRITERIA}


def test_one_that_is_not_there_yet_takes_no_capacity() -> None:
    """One place; Bay stands first once it is there, and until then it goes to Ash."""
    ash = {"ash": (8.0, 7.0)}
    before = assess(after(placed(ash), places(1)))
    later = assess(after(placed({**ash, "bay": (9.0, 9.0)}), places(1)))
    mixtures = Mixtures(before, later)
    row = mixtures.row["ash"]
    key = CLASSES.index(Class.KEY_STRATEGIC)
    waiting = CLASSES.index(Class.STRATEGIC)
    assert mixtures._selection({Cause.CAPACITY: BEFORE}).klass[row] == key
    assert mixtures._selection({}).klass[row] == waiting
    assert mixtures.has_new_class({Cause.CAPACITY: BEFORE})[row] == 0.0
    assert mixtures.has_new_class({})[row] == 1.0


def test_one_that_went_is_still_there_in_the_earlier_state() -> None:
    both = {"ash": (8.0, 7.0), "bay": (9.0, 9.0)}
    before = assess(after(placed(both), places(1)))
    later = assess(after(placed(both), places(1), RemoveCustomers(customers=("bay",))))
    mixtures = Mixtures(before, later)
    assert mixtures.customers == ("ash", "bay")
    row = mixtures.row["ash"]
    assert mixtures._selection({Cause.CAPACITY: BEFORE}).klass[row] == CLASSES.index(
        Class.STRATEGIC
    )
    assert mixtures._selection({}).klass[row] == CLASSES.index(Class.KEY_STRATEGIC)


def test_an_override_of_one_that_is_not_there_takes_no_place() -> None:
    both = {"ash": (8.0, 7.0), "bay": (2.0, 2.0)}
    firm = OverrideClass(customer="bay", klass=Class.KEY_CORE, by="Ines", reason="We promised")
    before = assess(after(placed({"ash": (8.0, 7.0)}), places(1)))
    later = assess(after(placed(both), places(1), firm))
    mixtures = Mixtures(before, later)
    absent = mixtures._selection({Cause.CAPACITY: BEFORE})
    assert absent.klass[mixtures.row["ash"]] == CLASSES.index(Class.KEY_STRATEGIC)


def test_a_voted_level_is_worth_its_steps_on_any_anchors() -> None:
    """Ash has 8 by the agreed score and 7.5 by votes: only the former moves with the anchors."""
    voted = after(
        by_hand(),
        PutMember(member=Member(id="ines", name="Ines")),
        ScoreCustomer(customer="ash", criterion="s", value=None),
        VoteScores(member="ines", criterion="s", steps={"ash": 4}),
    )
    wider = PutCriterion(criterion=criterion("s", S, (0.0, 4.0, 8.0, 12.0, 16.0)))
    mixtures = Mixtures(*states(wider, start=voted))
    ash, bay = mixtures.row["ash"], mixtures.row["bay"]
    for picked in product((BEFORE, AFTER), repeat=len(OF_SCORES)):
        pick = dict(zip(OF_SCORES, picked, strict=True))
        assert mixtures.score(S, pick)[ash] == pytest.approx(7.5)
        expected = 2.5 if pick[Cause.ANCHORS] else 4.0
        assert mixtures.score(S, pick)[bay] == pytest.approx(expected)


def test_a_criterion_in_another_unit_on_other_anchors_is_another_criterion() -> None:
    """Levels in thousands mean nothing on anchors in millions, so they go and come together."""
    other = criterion("s", S, (0.0, 0.0025, 0.005, 0.0075, 0.01), unit="thousands")
    mixtures = Mixtures(
        *states(
            PutCriterion(criterion=other),
            ScoreCustomer(customer="ash", criterion="s", value=0.006),
            start=by_hand(),
        )
    )
    assert Cause.ANCHORS not in mixtures.changed
    assert Cause.CRITERIA in mixtures.changed
    row = mixtures.row["ash"]
    for side in (BEFORE, AFTER):
        assert mixtures.score(S, {**ALL_BEFORE, Cause.CRITERIA: side})[row] == pytest.approx(6.0)


@given(workshops(unknown=False), st.data())
def test_a_cause_that_does_not_differ_may_be_taken_from_either(
    workshop: Workshop, data: st.DataObject
) -> None:
    line = data.draw(st.sampled_from([3.0, 6.5]))
    before, later = assess(workshop), assess(after(workshop, MoveLine(line="strength", value=line)))
    mixtures = Mixtures(before, later)
    assert mixtures.changed == {Cause.LINES}
    for picked in product((BEFORE, AFTER), repeat=len(OF_SCORES)):
        pick = dict(zip(OF_SCORES, picked, strict=True))
        assert (mixtures.distance(pick) == mixtures.distance({})).all()
