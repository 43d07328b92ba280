"""TOPSIS and PROMETHEE II meet the published examples, and not the one with the wrong sign."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from kam.method.topsis_promethee import Preference, closeness, net_flows
from kam.method.values import Floats, values


def case(shared: Path, name: str) -> dict[str, Any]:
    """A published example: inputs, expected numbers and their tolerance."""
    loaded: dict[str, Any] = json.loads((shared / "cases" / f"{name}.json").read_text("utf-8"))
    return loaded


# --- TOPSIS ---------------------------------------------------------------------------------------


def by_published_scaling(given: dict[str, Any], scaling: str) -> Floats:
    """Closeness with the scaling and the ideals of the customers at hand, which are not ours."""
    matrix, types = np.array(given["matrix"], dtype=float), np.array(given["types"])
    low, high = matrix.min(axis=0), matrix.max(axis=0)
    if scaling == "vector":
        scaled = matrix / np.linalg.norm(matrix, axis=0)
    else:
        scaled = np.where(types > 0, matrix - low, high - matrix) / (high - low)
        types = np.ones_like(types)
    worst = np.where(types > 0, scaled.min(axis=0), scaled.max(axis=0))
    best = np.where(types > 0, scaled.max(axis=0), scaled.min(axis=0))
    return closeness(scaled, np.array(given["weights"], dtype=float), worst, best)


@pytest.mark.parametrize(
    "name",
    ["t01_topsis_tzeng_huang", "t03_topsis_opricovic_minmax", "t06_topsis_unnormalised_weights"],
)
def test_closeness_of_the_textbooks(shared: Path, name: str) -> None:
    example = case(shared, name)
    found = by_published_scaling(example["inputs"], example["inputs"]["normalisation"])
    assert found == pytest.approx(example["expected"]["closeness"], abs=example["tolerance_abs"])


def test_t04_scaling_by_the_customers_at_hand_changes_the_winner(shared: Path) -> None:
    example = case(shared, "t04_topsis_normalisation_flip")
    winners = {
        f"winner_{scaling}": int(by_published_scaling(example["inputs"], scaling).argmax()) + 1
        for scaling in ("vector", "minmax")
    }
    assert winners == example["expected"]


def test_t04_fixed_anchors_and_ideals_leave_the_winner_to_the_anchors(shared: Path) -> None:
    """The same data between anchors: what a third customer is like changes nobody's closeness."""
    given = case(shared, "t04_topsis_normalisation_flip")["inputs"]
    cost, benefit = np.transpose(given["matrix"])
    fixed = [(9.0, 7.0, 5.0, 3.0, 1.0), (2000.0, 2750.0, 3500.0, 4250.0, 5000.0)]
    table = np.transpose([values(cost, fixed[0]), values(benefit, fixed[1])])
    weights = np.array(given["weights"])
    assert closeness(table[:2], weights) == pytest.approx(closeness(table, weights)[:2])


# --- PROMETHEE II ---------------------------------------------------------------------------------


def flows(given: dict[str, Any]) -> Floats:
    """Net flows of a case in which more is better throughout."""
    assert set(given["types"]) == {1}
    preferences = [Preference(q, p) for q, p in zip(given["q"], given["p"], strict=True)]
    return net_flows(
        np.array(given["matrix"], dtype=float), np.array(given["weights"]), preferences
    )


def test_p01_usual_preference(shared: Path) -> None:
    example = case(shared, "p01_promethee_usual")
    expected = example["expected"]["net"]
    assert flows(example["inputs"]) == pytest.approx(expected, abs=example["tolerance_abs"])


def test_p04_linear_preference_with_the_sign_corrected(shared: Path) -> None:
    example = case(shared, "p04_promethee_sign_corrected")
    found, expected = flows(example["inputs"]), example["expected"]
    assert found == pytest.approx(expected["net"], abs=example["tolerance_abs"]["net"])
    assert found.argmax() + 1 == expected["best"]


def test_p03_the_wrong_sign_is_not_reproduced(shared: Path) -> None:
    """It is exactly our negative: the action that leads on three of four criteria came out last."""
    example = case(shared, "p03_promethee_sign_flip")
    found, published = flows(example["inputs"]), np.array(example["expected"]["net"])
    assert found == pytest.approx(-published, abs=example["tolerance_abs"])
    assert np.abs(found - published).max() > 0.2
    matrix = np.array(example["inputs"]["matrix"])
    leads = (matrix[1] == matrix.max(axis=0)).sum()
    assert leads == 3
    assert found.argmax() == 1
