"""Other ways to weights, and agreement, meet the published examples that concern them."""

from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from scipy.optimize import linprog

from kam.method.agreement import concordance, group_weights, order_agreement
from kam.method.ahp import (
    ALONSO_LAMATA,
    SAATY,
    Light,
    consistency,
    group_judgments,
    matrix_of,
    principal,
    priorities,
)
from kam.method.best_worst import Comparisons, best_worst, fit
from kam.method.ranks import first_to_last, rank_order_centroid, rank_reciprocal, rank_sum
from kam.method.score_agreement import score_agreement
from kam.method.values import Floats
from kam.method.weights import points_of_100
from tests.cases.test_published import case

Matrix = list[list[float]]


# --- from an order --------------------------------------------------------------------------------


@pytest.mark.parametrize("size", range(2, 9))
def test_w01_rank_order_centroid(shared: Path, size: int) -> None:
    table = case(shared, "w01_roc_table_n2_8")
    weights = rank_order_centroid(range(1, size + 1))
    expected = table["expected"]["weights"][str(size)]
    assert list(weights) == pytest.approx(expected, abs=table["tolerance_abs"])


def test_w01_the_first_of_eight_counts_21_7_times_the_last() -> None:
    """The figure of the case's note."""
    assert first_to_last(list(rank_order_centroid(range(1, 9)))) == pytest.approx(21.7, abs=0.05)


def test_w03_rank_sum_and_rank_reciprocal(shared: Path) -> None:
    four = case(shared, "w03_rank_sum_reciprocal_n4")
    expected, tolerance = four["expected"], four["tolerance_abs"]
    order = range(1, four["inputs"]["n"] + 1)
    assert list(rank_sum(order)) == pytest.approx(expected["rank_sum"], abs=tolerance)
    assert list(rank_reciprocal(order)) == pytest.approx(expected["rank_reciprocal"], abs=tolerance)


def test_w04_the_weights_of_a_group_of_one_are_its_members(shared: Path) -> None:
    office = case(shared, "w04_swing_office")
    weights = group_weights([office["inputs"]["raw_swings"]])
    assert points_of_100(list(weights)) == office["expected"]["weights_pct_rounded"]


# --- in pairs -------------------------------------------------------------------------------------


def hierarchy(criteria: Matrix, alternatives: list[Matrix]) -> Floats:
    """The alternatives' weights over two levels, by the eigenvector as published."""
    below = np.array([principal(matrix)[1] for matrix in alternatives])
    return np.asarray(principal(criteria)[1] @ below)


def test_a01_drinks_by_eigenvector_and_our_weights_within_a_third_of_a_point(shared: Path) -> None:
    drinks = case(shared, "a01_ahp_drinks")
    matrix, expected = drinks["inputs"]["matrix"], drinks["expected"]
    tolerance = drinks["tolerance_abs"]
    assert list(principal(matrix)[1]) == pytest.approx(expected["weights"], abs=tolerance)
    assert list(priorities(matrix)) == pytest.approx(expected["weights"], abs=0.0033)
    assert consistency(matrix, SAATY).ratio == pytest.approx(expected["cr_saaty"], abs=tolerance)


def test_a02_cities_over_two_levels(shared: Path) -> None:
    cities = case(shared, "a02_ahp_cities")
    given, expected = cities["inputs"], cities["expected"]
    below = [given["alternative_matrices"][name] for name in given["criteria_order"]]
    found = hierarchy(given["criteria_matrix"], below)
    tolerance = cities["tolerance_abs"]
    assert list(found) == pytest.approx(expected["alternative_weights"], abs=tolerance)
    ratio = consistency(given["criteria_matrix"], SAATY).ratio
    assert ratio == pytest.approx(expected["cr_criteria"], abs=tolerance)


def test_a03_leader_by_eigenvector_and_our_weights_alike(shared: Path) -> None:
    leader = case(shared, "a03_ahp_leader")
    given, expected, tolerance = leader["inputs"], leader["expected"], leader["tolerance_abs"]
    matrix = given["criteria_matrix"]
    weights = expected["criteria_weights"]
    below = [given["alternative_matrices"][name] for name in given["criteria"]]
    assert list(principal(matrix)[1]) == pytest.approx(weights, abs=tolerance)
    assert list(priorities(matrix)) == pytest.approx(weights, abs=tolerance)
    assert list(hierarchy(matrix, below)) == pytest.approx(
        expected["alternative_weights"], abs=tolerance
    )
    assert consistency(matrix).ratio == pytest.approx(expected["cr_criteria"], abs=tolerance)


def test_a05_cars_and_one_matrix_with_two_ratios(shared: Path) -> None:
    cars = case(shared, "a05_ahp_four_cars")
    given, expected, tolerance = cars["inputs"], cars["expected"], cars["tolerance_abs"]
    found = hierarchy(given["criteria_matrix"], [given[name] for name in given["criteria"]])
    assert list(found) == pytest.approx(expected["alternative_weights"], abs=tolerance)
    ours, older = consistency(given["style"]), consistency(given["style"], SAATY)
    assert ours.ratio == pytest.approx(expected["cr_style_alonso_lamata"], abs=tolerance)
    assert older.ratio == pytest.approx(0.161, abs=tolerance)
    assert (ours.table, older.table) == ("Alonso & Lamata (2006)", "Saaty (1980)")


def test_a06_house_is_warned_of_and_still_weighed(shared: Path) -> None:
    house = case(shared, "a06_ahp_house_inconsistent")
    matrix, expected, tolerance = (
        house["inputs"]["matrix"],
        house["expected"],
        house["tolerance_abs"],
    )
    largest, weights = principal(matrix)
    found = consistency(matrix, SAATY)
    assert list(weights) == pytest.approx(expected["weights"], abs=tolerance["weights"])
    assert largest == pytest.approx(expected["lambda_max"], abs=tolerance["lambda_max"])
    assert found.index == pytest.approx(expected["ci"], abs=tolerance["ci"])
    assert found.ratio == pytest.approx(expected["cr"], abs=tolerance["cr"])
    assert consistency(matrix).light is Light.AMBER
    assert priorities(matrix).sum() == pytest.approx(1)


def members(given: dict[str, Any]) -> list[Floats]:
    """The judgments of the 200, in our direction: how many times the first counts."""
    return [
        matrix_of([1 / code if code > 1 else abs(code) for code in codes])
        for codes in given["judgments"]
    ]


@pytest.fixture
def city(shared: Path) -> dict[str, Any]:
    return case(shared, "a09_ahp_group_200")


def test_a09_200_members_are_read_as_published(city: dict[str, Any]) -> None:
    """The source's column means, which are not our weights, from the same judgments."""
    shares = [np.mean(m / m.sum(axis=0), axis=1) for m in members(city["inputs"])]
    expected, tolerance = city["expected"], city["tolerance_abs"]
    assert np.mean(shares, axis=0) == pytest.approx(expected["aip_mean"], abs=tolerance["aip_mean"])
    assert np.std(shares, axis=0, ddof=1) == pytest.approx(
        expected["aip_sd"], abs=tolerance["aip_sd"]
    )


@pytest.mark.parametrize("name", ["cult", "fam", "jobs"])
def test_a09_group_judgments(city: dict[str, Any], name: str) -> None:
    row = city["inputs"]["attributes"].index(name)
    found = group_judgments(members(city["inputs"]))[row]
    key = f"aij_row_{name}"
    assert list(found) == pytest.approx(city["expected"][key], abs=city["tolerance_abs"][key])


def test_a09_the_group_looks_more_consistent_than_its_members(city: dict[str, Any]) -> None:
    """The figures of the case's note, by Saaty's table: by ours 35 % are above .10."""
    judged = members(city["inputs"])
    ratios = [consistency(matrix, SAATY).ratio or 0 for matrix in judged]
    together = group_judgments(judged)
    assert np.mean(ratios) == pytest.approx(0.090, abs=0.001)
    assert np.mean([ratio > 0.10 for ratio in ratios]) == pytest.approx(0.335, abs=0.001)
    assert consistency(together, SAATY).ratio == pytest.approx(0.0452, abs=6e-5)
    assert list(principal(together)[1]) == pytest.approx(
        [0.1552, 0.4529, 0.0735, 0.2776, 0.0409], abs=6e-5
    )


def test_a10_four_by_four(shared: Path) -> None:
    four = case(shared, "a10_ahp_complete_4x4")
    matrix, expected = four["inputs"]["matrix"], four["expected"]["weights"]
    assert list(principal(matrix)[1]) == pytest.approx(expected, abs=four["tolerance_abs"])
    assert list(priorities(matrix)) == pytest.approx(expected, abs=6e-4)


def test_a11_our_table_is_the_published_one(shared: Path) -> None:
    table = case(shared, "a11_random_index")
    assert {str(size): index for size, index in ALONSO_LAMATA.of.items()} == table["expected"]["ri"]


def test_a11_random_judgments_have_the_index_of_the_table(shared: Path) -> None:
    """4,000 random matrices of three: enough to tell Alonso & Lamata's index from Saaty's."""
    table = case(shared, "a11_random_index")
    scale = [1 / times for times in range(9, 1, -1)] + [float(times) for times in range(1, 10)]
    drawn = np.random.default_rng(0).choice(scale, size=(4_000, 3))
    found = np.mean([consistency(matrix_of(list(row))).index for row in drawn])
    assert found == pytest.approx(table["expected"]["ri"]["3"], abs=2 * table["tolerance_abs"])
    assert abs(found - SAATY.of[3]) > 2 * table["tolerance_abs"]


# --- from best and worst --------------------------------------------------------------------------


@pytest.fixture
def transport(shared: Path) -> dict[str, Any]:
    return case(shared, "b01_bwm_transport_nonlinear")


def judgments(given: dict[str, Any]) -> Comparisons:
    return Comparisons.compared(
        given["best"], given["worst"], given["best_to_others"], given["others_to_worst"]
    )


def test_b01_transport_by_the_linear_model(transport: dict[str, Any]) -> None:
    """The note's figures; the linear gap happens to equal the input-based ratio here."""
    judged = judgments(transport["inputs"])
    found = best_worst(judged)
    assert list(found.weights) == pytest.approx([0.0714, 0.3214, 0.6071], abs=6e-5)
    assert found.gap == pytest.approx(0.0357, abs=6e-5)
    assert fit(judged).ratio == pytest.approx(0.0357, abs=6e-5)
    assert not fit(judged).ask_again


def nonlinear(given: dict[str, Any], xi: float) -> list[float] | None:
    """Weights with every ratio within xi of what was said; None if there are none."""
    size, rows = len(given["best_to_others"]), []
    for above, below, said in [
        *((given["best"], j, given["best_to_others"][j]) for j in range(size)),
        *((j, given["worst"], given["others_to_worst"][j]) for j in range(size)),
    ]:
        for sign in (1, -1):
            row = np.zeros(size)
            row[above] += sign
            row[below] -= sign * said + xi
            rows.append(row)
    solved = linprog(np.zeros(size), rows, np.zeros(len(rows)), [np.ones(size)], [1.0])
    return list(solved.x) if solved.success else None


def test_b01_published_weights_are_of_the_other_model_and_not_ours(
    transport: dict[str, Any],
) -> None:
    """The min-max model over ratios reproduces as published, on the judgments that we read."""
    given, expected, tolerance = (
        transport["inputs"],
        transport["expected"],
        transport["tolerance_abs"],
    )
    assert nonlinear(given, 0.2582) is None
    published = nonlinear(given, 0.2584)
    assert published == pytest.approx(expected["weights"], abs=tolerance["weights"])
    assert pytest.approx(expected["xi"], abs=tolerance["xi"]) == 0.2583
    ratio = 0.2583 / given["consistency_index_8"]
    assert ratio == pytest.approx(expected["cr"], abs=tolerance["cr"])
    ours = best_worst(judgments(given))
    assert max(abs(ours.weights - np.array(published))) > 0.01
    assert ours.gap < 0.2583


def test_b02_the_classic_index_is_where_the_widest_contradiction_ends(shared: Path) -> None:
    """The index is the nonlinear model's largest xi, over the worst case that we accept."""
    table = case(shared, "b02_bwm_consistency_index")
    for widest in range(2, 10):
        judged = {
            "best": 0,
            "worst": 2,
            "best_to_others": [1, widest, widest],
            "others_to_worst": [widest, widest, 1],
        }
        index = table["expected"]["ci"][str(widest)]
        assert nonlinear(judged, index + table["tolerance_abs"]) is not None
        assert nonlinear(judged, index - table["tolerance_abs"]) is None
        assert fit(judgments(judged)).ratio == 1


# --- agreement ------------------------------------------------------------------------------------


def test_c01_four_judges_of_ten_projects(shared: Path) -> None:
    projects = case(shared, "c01_kendall_w_projects")
    judges = np.transpose(projects["inputs"]["ranks"]).astype(float)
    expected, tolerance = projects["expected"], projects["tolerance_abs"]
    found = order_agreement(judges.tolist())
    assert list(judges.sum(axis=0)) == expected["rank_sums"]
    assert concordance(judges) == pytest.approx(expected["W"], abs=tolerance["W"])
    assert found.correlation == pytest.approx((4 * expected["W"] - 1) / 3, abs=1e-3)
    assert found.words == "You agree strongly on what matters."


def test_c01_our_measure_is_the_mean_of_all_pairs(shared: Path) -> None:
    judges = np.transpose(case(shared, "c01_kendall_w_projects")["inputs"]["ranks"])
    tied = [len(set(judge)) < len(judge) for judge in judges.tolist()]
    pairs = [np.corrcoef(one, other)[0, 1] for one, other in combinations(judges, 2)]
    assert not any(tied)
    assert order_agreement(judges.tolist()).correlation == pytest.approx(np.mean(pairs))


def test_c03_ties_are_corrected_for(shared: Path) -> None:
    """.540 with the correction, .502 without."""
    anxiety = case(shared, "c03_kendall_w_anxiety")
    raters = np.transpose(anxiety["inputs"]["ratings"]).astype(float)
    assert concordance(raters) == pytest.approx(
        anxiety["expected"]["Wt"], abs=anxiety["tolerance_abs"]["Wt"]
    )


def test_c03_scorers_who_rank_alike_still_disagree_on_the_scores(shared: Path) -> None:
    anxiety = case(shared, "c03_kendall_w_anxiety")
    found = score_agreement(anxiety["inputs"]["ratings"])
    assert found.single == pytest.approx(
        anxiety["expected"]["icc_a1"], abs=anxiety["tolerance_abs"]["icc_a1"]
    )
    assert found.words.startswith("Agreement on these scores is poor")


def test_c05_of_two_members_it_is_spearmans_correlation(shared: Path) -> None:
    swap = case(shared, "c05_rank_correlation")
    ballots = [swap["inputs"]["R"], swap["inputs"]["Q"]]
    assert order_agreement(ballots).correlation == pytest.approx(
        swap["expected"]["spearman"], abs=swap["tolerance_abs"]
    )
