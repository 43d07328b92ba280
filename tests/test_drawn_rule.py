"""The rule for many draws: capacity, ties and hours, worked out by hand."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from kam.method.drawn_rule import SAME_SINGLE, Outcome, Points, Rule, codes, outcome
from kam.method.selection import UNSCORED, Facts
from kam.model import Capacity, CutOffs

NAN = float("nan")


def rule(count: int, room: Capacity | None = None, **facts: list[int] | list[bool]) -> Rule:
    """Customers that all favour us and pass, except for what is named."""
    plain = {
        "favours": [1] * count,
        "gate_failed": [False] * count,
        "override": [-1] * count,
        "listed": [True] * count,
    }
    arrays = {name: np.array(facts.get(name, given)) for name, given in plain.items()}
    return Rule(Facts(**arrays), CutOffs(), room or Capacity())


def points(*rows: list[float], kind: type[np.floating[Any]] = np.float64) -> Points:
    """Draws in which all have the same distance on both axes."""
    above = np.array(rows, dtype=kind)
    return Points(above, above)


def hours(total: float, strategic: float, core: float) -> Capacity:
    return Capacity(people=1, hours_per_person=total, hours_strategic=strategic, hours_core=core)


def key(found: Outcome) -> list[list[bool]]:
    return [list(map(bool, row)) for row in found.key]


def test_each_draw_fills_the_places_in_its_own_order() -> None:
    room = Capacity(mode="places", places=2)
    found = outcome(points([3, 2, 1], [1, 2, 3], [-1, 2, -1]), rule(3, room))
    assert key(found) == [[True, True, False], [False, True, True], [False, True, False]]


def test_a_strategic_account_takes_its_own_hours() -> None:
    """100 hours: the one above the strategic line takes 80, so no core account of 40 fits."""
    found = outcome(points([2.5, 1.5, 1], [1.8, 1.5, 1]), rule(3, hours(100, 80, 40)))
    assert key(found) == [[True, False, False], [True, True, False]]
    assert found.top.tolist() == [[True, False, False], [False, False, False]]


def test_nobody_is_skipped_for_a_smaller_one_behind() -> None:
    found = outcome(points([3.0, 2.9, 1.0]), rule(3, hours(100, 80, 10)))
    assert key(found) == [[True, False, False]]


def test_who_ties_across_the_capacity_line_waits_with_all_after() -> None:
    room = Capacity(mode="places", places=2)
    found = outcome(points([3, 1, 1, 0.5]), rule(4, room))
    assert key(found) == [[True, False, False, False]]


def test_no_places_and_full_places_leave_nobody_and_everybody_on_the_line_too() -> None:
    line = points([0.0, 0.0, 2.0])
    for places, expected in ((0, [False] * 3), (3, [True] * 3), (None, [True] * 3)):
        room = Capacity(mode="places", places=places)
        assert key(outcome(line, rule(3, room))) == [expected]


@pytest.mark.parametrize(("kind", "near"), [(np.float64, 0.5e-9), (np.float32, 0.5 * SAME_SINGLE)])
def test_scores_within_the_precision_of_the_line_lie_on_it(
    kind: type[np.floating[Any]], near: float
) -> None:
    found = outcome(points([-near, -4 * near], kind=kind), rule(2))
    assert key(found) == [[True, False]]


def test_a_decision_takes_its_hours_before_all_others() -> None:
    decided = rule(3, hours(100, 50, 50), override=[1, -1, -1])
    assert key(outcome(points([-4, 3, 2]), decided)) == [[True, False]]  # the two undecided
    assert codes(outcome(points([-4, 3, 2]), decided), decided).tolist() == [[1, 0, 2]]


def test_codes_of_everybody_whom_scores_alone_do_not_decide() -> None:
    """Unwilling, gate failed, not judged, not judged and unscored on strength, unscored."""
    above = np.array([[2.0, 2.0, 2.0, 2.0, 2.0]])
    strength = np.array([[2.0, 2.0, 2.0, NAN, NAN]])
    given = rule(
        5,
        favours=[-1, 1, 1, 1, 1],
        gate_failed=[False, True, True, False, False],
        listed=[True, True, False, False, True],
    )
    known = np.ones(above.shape, dtype=bool)
    found = codes(outcome(Points(above, strength, known), given), given)
    assert found.tolist() == [[2, 3, 2, 2, UNSCORED]]


def test_too_little_known_keeps_out_of_the_key_zone_in_that_draw_only() -> None:
    above = np.array([[2.0], [2.0]])
    known = np.array([[True], [False]])
    given = rule(1)
    assert codes(outcome(Points(above, above, known), given), given).tolist() == [[0], [2]]


def test_who_may_enter_comes_first_and_keeps_all_its_facts() -> None:
    given = rule(
        4,
        favours=[-1, 1, 0, 1],
        gate_failed=[False, False, False, True],
        override=[-1, -1, -1, 1],
        listed=[True, True, True, False],
    )
    first = given.entrants_first
    assert given.rows.tolist() == [1, 2, 0, 3]
    assert first.facts.favours.tolist() == [1, 0, -1, 1]
    assert first.facts.gate_failed.tolist() == [False, False, False, True]
    assert first.facts.override.tolist() == [-1, -1, -1, 1]
    assert first.facts.listed.tolist() == [True, True, True, False]
    assert first.entrants == slice(0, 2)
    assert given.may_enter[given.entrants].tolist() == [True, True]


def test_who_cannot_reach_the_zone_takes_no_part_in_the_queue() -> None:
    given = rule(3, Capacity(mode="places", places=1))
    narrowed = replace(given, reach=np.array([True, False, True]))
    above = points([2, -1, 1])
    assert narrowed.rows.tolist() == [0, 2, 1]
    assert key(outcome(above, narrowed)) == [[True, False]]
    assert codes(outcome(above, narrowed), narrowed).tolist() == [[0, 3, 2]]
    assert narrowed.entrants_first.may_enter.tolist() == [True, True, False]


def test_who_is_too_little_known_takes_no_place_even_above_the_strategic_line() -> None:
    above = np.array([[4.0, 1.0]])
    given = rule(2, Capacity(mode="places", places=1))
    found = outcome(Points(above, above, np.array([[False, True]])), given)
    assert codes(found, given).tolist() == [[2, 1]]


def test_core_accounts_may_take_more_hours_than_strategic_ones() -> None:
    """100 hours: two strategic accounts of 20 leave room for one core account of 50."""
    found = outcome(points([3.0, 2.5, 1.5, 1.0]), rule(4, hours(100, 20, 50)))
    assert key(found) == [[True, True, True, False]]
