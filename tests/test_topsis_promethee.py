"""TOPSIS and PROMETHEE II on small tables worked out by hand, and their properties."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from kam.method.topsis_promethee import (
    Preference,
    closeness,
    even_levels,
    net_flows,
    net_shares,
)
from kam.method.values import Floats
from tests.workshops import POINTS

NAN = np.nan
USUAL, LINEAR = Preference(), Preference(0.5, 2.5)
EITHER = pytest.mark.parametrize("preference", [USUAL, LINEAR], ids=["usual", "linear"])

VALUES = POINTS.map(lambda tenths: tenths / 10)
TABLES = st.integers(2, 7).flatmap(
    lambda rows: st.integers(1, 4).flatmap(
        lambda columns: arrays(float, (rows, columns), elements=VALUES)
    )
)


def weighing(table: Floats) -> Floats:
    """Uneven weights that add to 1."""
    heights = np.arange(1.0, table.shape[1] + 1)
    return np.asarray(heights / heights.sum())


def sums(table: Floats) -> Floats:
    return np.asarray(table @ weighing(table))


def levels(table: Floats, preference: Preference) -> Floats:
    return even_levels(table, weighing(table), preference, sums(table))


def by_pairs(table: Floats, weights: Floats, preference: Preference) -> Floats:
    """Net flows as the book writes them: every pair, one after the other."""
    low, high = preference.indifferent, preference.strict

    def degree(lead: float) -> float:
        if lead <= low:
            return 0.0
        return 1.0 if lead > high else (lead - low) / (high - low)

    count = len(table)
    flows = np.zeros(count)
    for one in range(count):
        for other in range(count):
            leads = table[one] - table[other]
            gained = [degree(lead) - degree(-lead) for lead in leads]
            flows[one] += float(weights @ gained) / (count - 1)
    return flows


def dominating(table: Floats) -> list[tuple[int, int]]:
    """Pairs of rows of which the first is at least as good everywhere."""
    rows = range(len(table))
    return [(i, k) for i in rows for k in rows if i != k and (table[i] >= table[k]).all()]


# --- TOPSIS ---------------------------------------------------------------------------------------


def test_closeness_by_hand() -> None:
    """Weights 3 and 4: from (0, 10) it is 40 to the worst and 30 to the best."""
    table = np.array([[0.0, 10.0], [10.0, 10.0], [0.0, 0.0]])
    assert closeness(table, np.array([3.0, 4.0])) == pytest.approx([4 / 7, 1, 0])


def test_an_unknown_value_leaves_a_customer_its_other_values() -> None:
    table = np.array([[8.0, NAN], [NAN, NAN], [8.0, 0.0]])
    near = closeness(table, np.ones(2))
    assert near[0] == pytest.approx(0.8)
    assert np.isnan(near[1])
    assert near[2] < 0.5


def test_who_is_known_only_where_nothing_counts_has_no_closeness() -> None:
    assert np.isnan(closeness(np.array([[7.0, NAN]]), np.array([0.0, 1.0]))[0])


@given(TABLES, st.floats(0, 10))
def test_an_even_customer_is_as_close_as_its_value(table: Floats, value: float) -> None:
    even = np.full_like(table, value)
    assert closeness(even, weighing(table)) == pytest.approx(value / 10)


@given(TABLES)
def test_closeness_never_ranks_a_dominating_customer_lower(table: Floats) -> None:
    near = closeness(table, weighing(table))
    assert all(near[i] >= near[k] - 1e-12 for i, k in dominating(table))


@given(TABLES)
def test_with_fixed_ends_another_customer_changes_nobody_s_closeness(table: Floats) -> None:
    weights = weighing(table)
    assert closeness(table[:-1], weights) == pytest.approx(closeness(table, weights)[:-1])


@given(TABLES, st.floats(0.1, 50))
def test_closeness_does_not_depend_on_the_scale_of_the_weights(table: Floats, by: float) -> None:
    weights = weighing(table)
    assert closeness(table, by * weights) == pytest.approx(closeness(table, weights))


# --- PROMETHEE II ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("lead", "degree"), [(0.0, 0.0), (0.5, 0.0), (1.5, 0.5), (2.5, 1.0), (9.0, 1.0), (-9.0, -1.0)]
)
def test_a_linear_preference_grows_from_half_a_point_to_two_and_a_half(
    lead: float, degree: float
) -> None:
    level, customer = np.array([max(lead, 0.0)]), np.array([max(-lead, 0.0)])
    assert net_shares(customer, level, LINEAR)[0] == pytest.approx(degree)


def test_any_lead_counts_fully_and_a_tie_not_at_all_by_the_usual_preference() -> None:
    customers = np.array([4.0, 4.0, 6.0, NAN])
    found = net_shares(customers, np.array([3.0, 4.0, 5.0, 6.0, 7.0]), USUAL)
    assert found == pytest.approx([-1, -1 / 3, 1 / 3, 2 / 3, 1])


@EITHER
@given(table=TABLES)
def test_net_flows_by_sorting_are_those_of_all_pairs(preference: Preference, table: Floats) -> None:
    weights = weighing(table)
    found = net_flows(table, weights, [preference] * table.shape[1])
    assert found == pytest.approx(by_pairs(table, weights, preference), abs=1e-9)
    assert found.sum() == pytest.approx(0, abs=1e-9)
    assert np.abs(found).max() <= 1 + 1e-9


@EITHER
@given(table=TABLES)
def test_a_dominating_customer_has_no_lower_flow_and_no_lower_level(
    preference: Preference, table: Floats
) -> None:
    flows = net_flows(table, weighing(table), [preference] * table.shape[1])
    found = levels(table, preference)
    for better, worse in dominating(table):
        assert flows[better] >= flows[worse] - 1e-9
        assert found[better] >= found[worse] - 1e-9


def test_an_unknown_value_is_neither_beaten_nor_counted() -> None:
    """b is unknown of the second: the others meet each other on it, the second nobody."""
    table = np.array([[9.0, 2.0], [5.0, NAN], [1.0, 8.0]])
    found = net_flows(table, np.array([0.5, 0.5]), [USUAL, USUAL])
    assert found == pytest.approx([0.0, 0.0, 0.0])
    as_zero = net_flows(np.nan_to_num(table), np.array([0.5, 0.5]), [USUAL, USUAL])
    assert as_zero[1] < 0


def test_who_is_known_nowhere_has_no_flow_and_who_stands_alone_has_none_to_gain() -> None:
    table = np.array([[NAN, NAN], [7.0, NAN], [3.0, 5.0]])
    found = net_flows(table, np.array([0.5, 0.5]), [USUAL, USUAL])
    assert np.isnan(found[0])
    assert found[1:] == pytest.approx([1.0, -0.5])


# --- on the scale of the weighted sum -------------------------------------------------------------


@EITHER
@given(table=TABLES, value=VALUES)
def test_an_even_customer_stands_at_its_own_level(
    preference: Preference, table: Floats, value: float
) -> None:
    table[0] = value
    assert levels(table, preference)[0] == pytest.approx(value, abs=1e-9)


@EITHER
@given(table=TABLES)
def test_a_level_stays_within_a_customer_s_own_values(
    preference: Preference, table: Floats
) -> None:
    """Up to the lead that counts for nothing: nobody beats itself by standing still."""
    found, slack = levels(table, preference), preference.indifferent + 1e-6
    assert (found >= table.min(axis=1) - slack).all()
    assert (found <= table.max(axis=1) + slack).all()


@EITHER
@given(table=TABLES)
def test_on_one_criterion_every_level_is_the_value(preference: Preference, table: Floats) -> None:
    alone = table[:, :1]
    assert levels(alone, preference) == pytest.approx(alone[:, 0], abs=1e-9)


@EITHER
@given(table=TABLES)
def test_a_customer_at_its_level_everywhere_has_the_same_flow(
    preference: Preference, table: Floats
) -> None:
    """Approached from both sides: with the usual preference flows jump at the others' values."""
    weights, found = weighing(table), levels(table, preference)

    def flow(rows: Floats) -> Floats:
        shares = [net_shares(table[:, j], rows[:, j], preference) for j in range(len(weights))]
        return np.asarray(np.transpose(shares) @ weights)

    even = np.ones(table.shape) * found[:, None]
    own = flow(table)
    assert (flow(even - 1e-6) <= own + 1e-6).all()
    assert (flow(even + 1e-6) >= own - 1e-6).all()


@given(TABLES)
def test_where_no_difference_counts_the_level_is_the_weighted_sum(table: Floats) -> None:
    near = sums(table)
    found = even_levels(table, weighing(table), Preference(20.0, 40.0), near)
    assert found == pytest.approx(near, abs=1e-9)


def test_levels_of_the_unknown_stay_unknown() -> None:
    """The second is behind on the first criterion and has the other to itself: as good as a 6."""
    table = np.array([[NAN, NAN], [4.0, 6.0], [6.0, NAN]])
    found = even_levels(table, np.array([0.5, 0.5]), USUAL, np.array([NAN, 5.0, 6.0]))
    assert np.isnan(found[0])
    assert found[1:] == pytest.approx([6.0, 6.0])
