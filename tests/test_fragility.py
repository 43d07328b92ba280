"""The agenda tells changes that truly happen, and none smaller is left out."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kam.edits import BringIn, MoveLine, PutCriterion, ScoreCustomer, SetCapacity, SetPoints
from kam.method.assessment import Assessment, assess
from kam.method.fragility import Nudge, fragility, nudge_words, smallest_change
from kam.method.switching import flips, reweighted
from kam.method.values import level
from kam.model import Capacity, Class, Workshop
from tests.workshops import (
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
    scores,
    workshops,
    x01,
)

HOURS = Capacity(people=1, hours_per_person=900, hours_strategic=600, hours_core=300)
ROOMS = st.one_of(
    st.none(),
    st.integers(0, 3).map(lambda count: places(count).capacity),
    st.just(HOURS),
)


@st.composite
def crowded(draw: st.DrawFn, most: int = 5) -> Workshop:
    """A random workshop, often with too little room for all that are in the key zone."""
    workshop, room = draw(workshops(most=most)), draw(ROOMS)
    return workshop if room is None else after(workshop, SetCapacity(capacity=room))


def scored(workshop: Workshop, who: str, key: str, raw: float) -> Assessment:
    """The result once a customer has this level."""
    return assess(after(workshop, ScoreCustomer(customer=who, criterion=key, value=raw)))


# --- one score ------------------------------------------------------------------------------------


@given(crowded())
def test_with_the_score_that_is_told_a_customer_has_the_class_that_is_told(
    workshop: Workshop,
) -> None:
    result = assess(workshop)
    for who, standing in result.standings.items():
        nudge = smallest_change(result, who)
        if nudge is None:
            continue
        moved = scored(workshop, who, nudge.criterion, nudge.end)
        assert moved.standings[who].klass is nudge.becomes is not standing.klass
        assert nudge.start == workshop.scores[nudge.criterion][who].value


@given(crowded(most=4))
def test_no_smaller_change_of_one_score_does_it(workshop: Workshop) -> None:
    """Every known score of one customer is tried, half a value point at a time."""
    result = assess(workshop)
    who = next(iter(workshop.customers))
    row, klass = result.row[who], result.standings[who].klass
    nudge = None if klass is None else smallest_change(result, who)
    least = 11 if nudge is None else abs(nudge.points)
    for column, key in enumerate(result.valued.criteria):
        value = result.valued.table[row, column]
        if klass is None or np.isnan(value):
            continue
        for moved in np.arange(0, 10.5, 0.5):
            if abs(moved - value) < least - 1e-4:
                raw = float(level(moved, workshop.criteria[key].anchors or ()))
                assert scored(workshop, who, key, raw).standings[who].klass is klass


def test_the_smallest_change_by_hand() -> None:
    """Ash stands 1 point inside on s, which is all of its axis, and 2 on attractiveness."""
    nudge = smallest_change(assess(by_hand()), "ash")
    assert nudge is not None
    assert (nudge.criterion, nudge.start, nudge.becomes) == ("s", 6, Class.STRATEGIC)
    assert nudge.end == pytest.approx(5, abs=1e-5)
    assert nudge.points == pytest.approx(-1, abs=1e-5)


def test_birch_needs_five_value_points_on_share_of_wallet() -> None:
    """The break-even of case x01: from 8 to 41."""
    nudge = smallest_change(assess(x01()), "Birch")
    assert nudge is not None
    assert (nudge.criterion, nudge.start, nudge.becomes) == ("S1", 8, Class.KEY_CORE)
    assert nudge.end == pytest.approx(41)
    assert nudge.points == pytest.approx(5)


def test_a_waiting_customer_has_to_pass_the_last_that_fits() -> None:
    """One place: Bay waits at 7 on strength behind Ash at 8; both are far above on the other."""
    result = assess(after(placed({"ash": (9, 8), "bay": (9, 7)}), places(1)))
    nudge = smallest_change(result, "bay")
    assert nudge is not None
    assert (nudge.criterion, nudge.becomes) == ("s", Class.KEY_STRATEGIC)
    assert nudge.end == pytest.approx(8, abs=1e-5)


def test_who_is_pushed_behind_a_rival_loses_its_place() -> None:
    result = assess(after(placed({"ash": (9, 8), "bay": (9, 7)}), places(1)))
    nudge = smallest_change(result, "ash")
    assert nudge is not None
    assert nudge.becomes is Class.STRATEGIC
    assert nudge.end == pytest.approx(7, abs=1e-5)


def test_a_change_too_small_for_its_digits_is_told_without_figures() -> None:
    result = assess(x01())
    up = Nudge("S1", 30.0, 30.01, 0.001, Class.KEY_CORE)
    down = Nudge("S1", 30.0, 29.99, -0.001, Class.STRATEGIC)
    assert nudge_words(result, up) == (
        "With Share of wallet slightly above 30 points it becomes Key · core."
    )
    assert "slightly below 30 points" in nudge_words(result, down)


# --- the agenda -----------------------------------------------------------------------------------


@given(crowded())
def test_the_most_fragile_come_first_and_nobody_is_left_out(workshop: Workshop) -> None:
    result = assess(workshop)
    found = fragility(result)
    assert {one.customer for one in found} == (set(result.judged) if result.scored_count else set())
    for one, two in pairwise(found):
        assert (one.distance, one.points) <= (two.distance, two.points)


@given(crowded())
def test_weights_are_those_of_the_flips_and_lead_to_the_class_that_is_told(
    workshop: Workshop,
) -> None:
    result = assess(workshop)
    weights = np.array(list(result.weights.values()))
    for one in fragility(result):
        if one.switch is None or one.switch.at is None or one.switch.at in (0, 1):
            continue
        place = result.valued.criteria.index(one.switch.criterion)
        moved = 1000 * reweighted(weights, place, one.switch.at)
        points = dict(zip(workshop.criteria, moved.tolist(), strict=True))
        after_it = assess(after(workshop, SetPoints(points=points)))
        assert after_it.standings[one.customer].klass is one.becomes


def test_the_agenda_in_words() -> None:
    found = {one.customer: one.words for one in fragility(assess(x01()))}
    assert list(found) == ["Fir", "Elm", "Cedar", "Alder", "Birch", "Dogwood"]
    assert found["Cedar"] == (
        "Cedar becomes Key · core if Net margin counts 25 instead of 15 points. "
        "With Profit potential at 0.875 instead of 0.6 points it becomes Key · core."
    )
    assert found["Birch"] == (
        "No single weight changes the class of Birch. "
        "With Share of wallet at 41 instead of 8 points it becomes Key · core."
    )


def three_criteria(levels: tuple[float, float, float]) -> Assessment:
    """One customer with these levels on three criteria alike; attractive from 7 on."""
    keys = ("a", "b", "c", "s")
    return assess(
        made(
            *(PutCriterion(criterion=criterion(key, S if key == "s" else A)) for key in keys),
            BringIn(origin="a test", customers={"ash": customer("ash")}),
            scores(keys, {"ash": (*levels, 5.0)}),
            MoveLine(line="attractiveness", value=7),
        )
    )


def test_whom_no_weight_and_no_score_changes_is_told_so() -> None:
    """0 throughout: no weight lifts it, and one score at 10 gives 3.3 only."""
    [ash] = fragility(three_criteria((0, 0, 0)))
    assert (ash.switch, ash.nudge) == (None, None)
    assert ash.words == "No single weight changes the class of Ash. Nor does any single score."


def test_whom_only_a_weight_changes_is_told_so() -> None:
    """10, 0 and 0: with more than 7 of 10 parts of the axis the first one carries it over."""
    [ash] = fragility(three_criteria((10, 0, 0)))
    assert ash.becomes is Class.KEY_CORE
    assert ash.nudge is None
    assert ash.words.endswith(" instead of 25 points. No single score does it.")


def test_who_is_settled_stands_last_with_the_reason() -> None:
    found = {one.customer: one for one in fragility(assess(full()))}
    assert next(iter(found)) == "ash"
    assert found["cob"].words.startswith("Cob: It fails the gate “Sound credit”. No weight")
    assert found["dew"].words.startswith("Dew: Not scored yet. Score it first: Criterion a")
    assert {one.points for key, one in found.items() if key != "ash"} == {float("inf")}


def test_only_the_most_fragile_are_looked_into_when_there_are_too_many() -> None:
    result = assess(x01())
    assert [one.customer for one in fragility(result, most=2)] == [
        flip.customer for flip in flips(result)[:2]
    ]


def test_without_any_score_there_is_no_agenda() -> None:
    assert fragility(assess(placed({"ash": (None, None)}))) == ()
    assert fragility(assess(Workshop(id="w", name="New"))) == ()
    nothing_counts = after(by_hand(), SetPoints(points={"a": 0, "b": 0, "s": 0}))
    assert fragility(assess(nothing_counts)) == ()
