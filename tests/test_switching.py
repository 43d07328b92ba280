"""At the switching weight the margin is nothing, and on its other side the class is another."""

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from kam.edits import SetPoints
from kam.method.assessment import Assessment, assess
from kam.method.robustness import drawn_classes
from kam.method.selection import CLASSES
from kam.method.switching import (
    Line,
    flips,
    line_switches,
    reweighted,
    rival_switches,
    switching_weight,
)
from kam.model import Class, Workshop
from tests.workshops import after, by_hand, placed, places, workshops, x01

SIZES = st.integers(2, 6)


@given(st.data())
def test_the_margin_is_nothing_at_the_switching_weight(data: st.DataObject) -> None:
    size = data.draw(SIZES)
    differences = np.array(data.draw(st.lists(st.integers(-40, 40), min_size=size, max_size=size)))
    weights = np.array(data.draw(st.lists(st.integers(1, 50), min_size=size, max_size=size)))
    weights = weights / weights.sum()
    place = data.draw(st.integers(0, size - 1))
    share = switching_weight(differences / 4, weights, place)
    ends = [float(reweighted(weights, place, end) @ differences) for end in (0.0, 1.0)]
    if share is None:
        assert ends[0] * ends[1] > 0 or ends[0] == pytest.approx(ends[1])
    else:
        assert reweighted(weights, place, share) @ differences == pytest.approx(0, abs=1e-9)


def test_switching_weight_by_hand() -> None:
    """4 ahead on the first, 2 behind on the others: even at a third of the weight."""
    share = switching_weight(np.array([4.0, -2.0, -2.0]), np.array([0.5, 0.25, 0.25]), 0)
    assert share == pytest.approx(1 / 3)


@pytest.mark.parametrize(
    ("differences", "weights"),
    [([1.0, 1.0], [0.5, 0.5]), ([1.0, 2.0], [0.5, 0.5]), ([1.0, -1.0], [1.0, 0.0])],
)
def test_no_weight_is_told_where_none_changes_anything(
    differences: list[float], weights: list[float]
) -> None:
    assert switching_weight(np.array(differences), np.array(weights), 0) is None


@given(st.lists(st.integers(1, 50), min_size=2, max_size=8), st.floats(0, 1))
def test_the_other_weights_keep_their_proportions(points: list[int], share: float) -> None:
    weights = np.array(points) / sum(points)
    moved = reweighted(weights, 0, share)
    assert moved.sum() == pytest.approx(1)
    assert moved[0] == share
    assert moved[1:] * (1 - weights[0]) == pytest.approx(weights[1:] * (1 - share))


# --- lines ----------------------------------------------------------------------------------------


def with_weights(workshop: Workshop, weights: list[float]) -> Assessment:
    """The workshop with these agreed weights."""
    points = dict(zip(workshop.criteria, (1000 * weight for weight in weights), strict=True))
    return assess(after(workshop, SetPoints(points=points)))


def score(result: Assessment, customer: str, line: Line) -> float:
    axis = result.strength if line is Line.STRENGTH else result.attractiveness
    return float(axis.estimate[result.row[customer]])


@given(workshops(), st.sampled_from(Line))
def test_at_its_switching_weight_a_customer_stands_on_the_line(
    workshop: Workshop, line: Line
) -> None:
    result = assess(workshop)
    weights = np.array(list(result.weights.values()))
    for customer in workshop.customers:
        for switch in line_switches(result, customer, line):
            if switch.at is None or switch.at > 1 - 1e-6:
                continue
            place = result.valued.criteria.index(switch.criterion)
            moved = with_weights(workshop, list(reweighted(weights, place, switch.at)))
            on = getattr(workshop.cut_offs, line.value)
            assert score(moved, customer, line) == pytest.approx(on, abs=1e-6)


def test_switching_weight_of_a_line_by_hand() -> None:
    """Ash has 8 and 4 with weights 3 : 1 : 2; on the strategic line at 7 as it stands.

    For the cut-off at 5 the first needs a quarter of the axis: x / (x + (1 - x) / 3) = 1 / 4
    gives x = 1 / 10.
    """
    first, second = line_switches(assess(by_hand()), "ash", Line.ATTRACTIVENESS)
    found = {switch.criterion: switch.at for switch in (first, second)}
    assert found["a"] == pytest.approx(1 / 10)
    assert found["b"] == pytest.approx(9 / 14)


def test_a_criterion_that_is_unknown_for_a_customer_cannot_move_it() -> None:
    found = {s.criterion: s.at for s in line_switches(assess(by_hand()), "cob", Line.STRATEGIC)}
    assert found == {"a": None, "b": None}


def test_the_nearest_switch_comes_first() -> None:
    found = [s.distance for s in line_switches(assess(x01()), "Elm", Line.ATTRACTIVENESS)]
    assert found == sorted(found)


# --- rivals ---------------------------------------------------------------------------------------


@given(workshops(most=4), st.data())
def test_at_the_switching_weight_two_customers_have_the_same_distance(
    workshop: Workshop, data: st.DataObject
) -> None:
    people = list(workshop.customers)
    assume(len(people) > 1)
    first, second = data.draw(st.permutations(people))[:2]
    result = assess(workshop)
    weights = np.array(list(result.weights.values()))
    for switch in rival_switches(result, first, second):
        if switch.at is None or not 1e-6 < switch.at < 1 - 1e-6:
            continue
        place = result.valued.criteria.index(switch.criterion)
        moved = with_weights(workshop, list(reweighted(weights, place, switch.at)))
        one, two = (moved.selection.distance[moved.row[who]] for who in (first, second))
        assert one == pytest.approx(two, abs=1e-5)


def test_a_customer_better_on_everything_is_never_overtaken() -> None:
    result = assess(placed({"ash": (8, 8), "bay": (6, 6)}))
    assert [s.at for s in rival_switches(result, "ash", "bay")] == [None, None]


# --- the next class -------------------------------------------------------------------------------


@given(workshops())
def test_on_the_other_side_of_its_flip_a_customer_has_the_class_that_is_told(
    workshop: Workshop,
) -> None:
    result = assess(workshop)
    weights = np.array(list(result.weights.values()))
    for flip in flips(result):
        if flip.switch is None or flip.switch.at is None:
            continue
        place = result.valued.criteria.index(flip.switch.criterion)
        moved = reweighted(weights, place, flip.switch.at)
        found = int(drawn_classes(result, moved[None])[0, result.row[flip.customer]])
        assert (CLASSES[found] if found >= 0 else None) is flip.becomes
        assert flip.becomes is not flip.klass


@given(workshops())
def test_the_most_fragile_come_first_and_nobody_is_left_out(workshop: Workshop) -> None:
    found = flips(assess(workshop))
    assert [flip.distance for flip in found] == sorted(flip.distance for flip in found)
    assert {flip.customer for flip in found} == set(workshop.customers)


def test_flips_by_hand() -> None:
    """Ash stands on the cut-off with a at 1 / 10 (b at 9 / 14 is further off), and falls below."""
    found = {flip.customer: flip for flip in flips(assess(by_hand()))}
    ash = found["ash"].switch
    assert ash is not None
    assert (ash.criterion, found["ash"].becomes) == ("a", Class.LOW_PRIORITY)
    assert [ash.now, ash.at] == pytest.approx([0.5, 0.099])
    assert found["cob"].switch is None


def test_who_is_pushed_out_by_another_is_told_as_well() -> None:
    """One place: the second best takes it when another weight puts it first."""
    result = assess(after(x01(), places(1)))
    moved = [flip.customer for flip in flips(result) if flip.switch is not None]
    assert "Alder" in moved
