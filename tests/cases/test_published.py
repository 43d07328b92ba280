"""The method meets the published examples that concern values, weights and axis scores."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from kam.method.assessment import Assessment, assess
from kam.method.scores import axis_scores
from kam.method.values import level, values
from kam.method.weights import group, points_of_100, swing
from kam.model import Axis, Class
from tests.workshops import X01, Table, criterion, placed

COST_ANCHORS = (7.0, 5.75, 4.5, 3.25, 2.0)  # the range of case s05, in equal steps
OF_AXES = {"A": Axis.ATTRACTIVENESS, "S": Axis.STRENGTH}
ZONES = {
    # corner of the matrix -> class, when nobody has been asked whether it would favour us
    "top-right": Class.KEY_CORE,
    "top-left": Class.STRATEGIC,
    "bottom-right": Class.LOW_PRIORITY,
    "bottom-left": Class.LOW_PRIORITY,
}


def case(shared: Path, name: str) -> dict[str, Any]:
    """A published example: inputs, expected numbers and their tolerance."""
    loaded: dict[str, Any] = json.loads((shared / "cases" / f"{name}.json").read_text("utf-8"))
    return loaded


def weighted_sums(table: list[list[float]], weights: list[float]) -> list[float]:
    """The additive score of every row, by our own axis score."""
    scored = axis_scores(np.array(table, dtype=float), np.array(weights, dtype=float))
    return [float(estimate) for estimate in scored.estimate]


# --- x01: six customers, six criteria, end to end -----------------------------------------------


@pytest.fixture
def x01(shared: Path) -> dict[str, Any]:
    return case(shared, "x01_kam_mini_end_to_end")


@pytest.fixture
def result(x01: dict[str, Any]) -> Assessment:
    """The case as it stands in the file, assessed."""
    given = x01["inputs"]
    criteria = tuple(
        criterion(c["id"], OF_AXES[c["axis"]], tuple(c["anchors_for_0_2p5_5_7p5_10"]))
        for c in given["criteria"]
    )
    points = {c["id"]: c["points"] for c in given["criteria"]}
    return assess(Table(criteria, points, given["data"], given["revenue"]).workshop())


def test_x01_by_hand_in_this_repository_is_the_published_case(x01: dict[str, Any]) -> None:
    given = x01["inputs"]
    assert {key: list(row) for key, row in X01.rows.items()} == given["data"]
    assert dict(X01.revenue) == given["revenue"]
    assert [list(c.anchors or ()) for c in X01.criteria] == [
        c["anchors_for_0_2p5_5_7p5_10"] for c in given["criteria"]
    ]
    assert dict(X01.points) == {c["id"]: c["points"] for c in given["criteria"]}


def test_x01_values(x01: dict[str, Any], result: Assessment) -> None:
    assert result.valued.table[0] == pytest.approx(
        x01["expected"]["values_Alder"], abs=x01["tolerance_abs"]
    )


@pytest.mark.parametrize("axis", ["A", "S"])
def test_x01_axis_scores(axis: str, x01: dict[str, Any], result: Assessment) -> None:
    scored = result.attractiveness if axis == "A" else result.strength
    found = dict(zip(result.valued.customers, scored.estimate, strict=True))
    assert found == pytest.approx(x01["expected"][axis], abs=x01["tolerance_abs"])


def test_x01_weighted_total_from_axis_scores_and_axis_weights(
    x01: dict[str, Any], result: Assessment
) -> None:
    """P = W_A A + W_S S; shown in the detail only, never as a ranking."""
    weight_a = sum(result.weights[key] for key in ("A1", "A2", "A3"))
    totals = weight_a * result.attractiveness.estimate + (1 - weight_a) * result.strength.estimate
    found = dict(zip(result.valued.customers, totals, strict=True))
    assert found == pytest.approx(x01["expected"]["P"], abs=x01["tolerance_abs"])


def test_x01_intervals_and_coverage_of_the_two_holes(
    x01: dict[str, Any], result: Assessment
) -> None:
    expected, tolerance = x01["expected"], x01["tolerance_abs"]
    elm, fir = result.standings["Elm"].attractiveness, result.standings["Fir"].strength
    assert list(elm[1:3]) == pytest.approx(expected["A_interval_Elm"], abs=tolerance)
    assert list(fir[1:3]) == pytest.approx(expected["S_interval_Fir"], abs=tolerance)
    assert elm[3] == pytest.approx(expected["coverage_A_Elm"], abs=tolerance)
    assert fir[3] == pytest.approx(expected["coverage_S_Fir"], abs=tolerance)


def test_x01_zones(x01: dict[str, Any], result: Assessment) -> None:
    expected = {key: ZONES[zone] for key, zone in x01["expected"]["zones"].items()}
    assert {key: standing.klass for key, standing in result.standings.items()} == expected


# --- weights ------------------------------------------------------------------------------------


def test_w04_swing_weights_of_the_office_in_whole_points(shared: Path) -> None:
    office = case(shared, "w04_swing_office")
    weights = swing(office["inputs"]["raw_swings"])
    expected = office["expected"]["weights_pct_rounded"]
    assert list(100 * weights) == pytest.approx(expected, abs=office["tolerance_abs"])
    assert points_of_100(list(weights)) == expected


def test_w04_a_team_that_agrees_has_the_weights_of_each_member(shared: Path) -> None:
    raw = case(shared, "w04_swing_office")["inputs"]["raw_swings"]
    assert group([raw, [2 * r for r in raw]]) == pytest.approx(swing(raw))


# --- additive scores ------------------------------------------------------------------------------


def test_s01_benefits_of_seven_offices(shared: Path) -> None:
    office = case(shared, "s01_smart_office_benefits")
    given = office["inputs"]
    totals = weighted_sums(
        [[value / 10 for value in row] for row in given["values"].values()], given["weights"]
    )
    found = {name: 10 * total for name, total in zip(given["values"], totals, strict=True)}
    assert found == pytest.approx(office["expected"]["total"], abs=office["tolerance_abs"])


def test_s05_additive_part_with_the_flip_that_the_case_prescribes(shared: Path) -> None:
    """The weighted sum reproduces once x / max and min / x are given; the flip is not ours."""
    saw = case(shared, "s05_saw_with_cost")
    given = saw["inputs"]
    columns = zip(*given["matrix"], strict=True)
    scaled = [
        [x / max(column) for x in column] if sign > 0 else [min(column) / x for x in column]
        for column, sign in zip(columns, given["types"], strict=True)
    ]
    rows = [list(row) for row in zip(*scaled, strict=True)]
    totals = weighted_sums([[10 * v for v in row] for row in rows], given["weights"])
    assert [total / 10 for total in totals] == pytest.approx(
        saw["expected"]["score"], abs=saw["tolerance_abs"]
    )


def test_s05_our_values_of_a_cost_do_not_use_the_flip_of_the_case(shared: Path) -> None:
    """Equal steps in cost are equal steps in value; min / x makes the last step the largest."""
    matrix = case(shared, "s05_saw_with_cost")["inputs"]["matrix"]
    costs = [row[2] for row in matrix]
    ours = values(costs, COST_ANCHORS) / 10
    flipped = [min(costs) / cost for cost in costs]
    assert ours == pytest.approx([(7 - cost) / 5 for cost in costs])
    assert max(abs(ours - flipped)) > 0.25
    steps = np.diff(values([5.0, 4.0, 3.0, 2.0], COST_ANCHORS))
    assert steps == pytest.approx([2.0, 2.0, 2.0])
    assert level(values(costs, COST_ANCHORS), COST_ANCHORS) == pytest.approx(costs)


def test_s07_points_of_an_account_scoring_sheet(shared: Path) -> None:
    """Points out of a budget are values times weights: 62 of 100, band B."""
    sheet = case(shared, "s07_account_scoring_index")
    given, expected = sheet["inputs"], sheet["expected"]
    shares = [10 * got / most for got, most in zip(given["ABC"], given["max_points"], strict=True)]
    [total] = weighted_sums([shares], given["max_points"])
    assert 10 * total == pytest.approx(expected["total"], abs=sheet["tolerance_abs"])
    low, high = given["bands"][expected["band"]]
    assert low <= round(10 * total) <= high


@pytest.mark.parametrize("axis", ["attractiveness", "strength"])
def test_m01_both_axes_of_the_hydraulic_pumps(shared: Path, axis: str) -> None:
    pumps = case(shared, "m01_ge_hydraulic_pumps")
    given = pumps["inputs"][axis]
    [score] = weighted_sums([given["ratings"]], given["weights"])
    assert score == pytest.approx(pumps["expected"][axis], abs=pumps["tolerance_abs"])


def test_m05_mean_share_of_wallet_divides_by_the_accounts(shared: Path) -> None:
    mix = case(shared, "m05_kam_share_of_wallet_mix")
    groups = mix["inputs"]["groups"]
    [mean] = weighted_sums([[g["share_pct"] / 10 for g in groups]], [g["n"] for g in groups])
    assert 10 * mean == pytest.approx(mix["expected"]["average_pct"], abs=mix["tolerance_abs"])


# --- a pitfall ------------------------------------------------------------------------------------


def min_max(table: list[list[float]]) -> list[list[float]]:
    """Local min-max scaling, which this product does not use."""
    scaled = [
        [(x - min(column)) / (max(column) - min(column)) for x in column]
        for column in zip(*table, strict=True)
    ]
    return [list(row) for row in zip(*scaled, strict=True)]


def test_x02_local_scaling_reverses_two_customers_when_a_third_comes(shared: Path) -> None:
    """The published reversal is real: this is what fixed anchors are for."""
    pitfall = case(shared, "x02_minmax_rank_reversal")
    given, expected = pitfall["inputs"], pitfall["expected"]
    two, three = given["two"], [*given["two"], given["added"]]
    tolerance = pitfall["tolerance_abs"]
    assert weighted_sums(min_max(two), given["weights"]) == pytest.approx(
        expected["two"], abs=tolerance
    )
    assert weighted_sums(min_max(three), given["weights"]) == pytest.approx(
        expected["three"], abs=tolerance
    )


def test_x02_fixed_anchors_keep_the_order_when_a_third_comes(shared: Path) -> None:
    given = case(shared, "x02_minmax_rank_reversal")["inputs"]
    fixed = tuple(2.5 * n for n in range(5))
    two = values(given["two"], fixed)
    three = values([*given["two"], given["added"]], fixed)
    before = weighted_sums(two.tolist(), given["weights"])
    now = weighted_sums(three.tolist(), given["weights"])
    assert before == pytest.approx([1.45, 1.55])
    assert now[:2] == pytest.approx(before)


def test_x02_in_a_workshop_the_third_customer_changes_neither_score_nor_order() -> None:
    alone = assess(placed({"one": (1, 2), "two": (2, 1)}))
    joined = assess(placed({"one": (1, 2), "two": (2, 1), "weak": (0, 1)}))
    assert [key for key in joined.standings if key != "weak"] == list(alone.standings)
    for key, standing in alone.standings.items():
        assert joined.standings[key] == standing
