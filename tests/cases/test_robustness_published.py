"""Draws and switching weights meet the published examples q*, v02 and s02."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from kam.method.acceptability import central_weights, rank_acceptability
from kam.method.draws import anyhow, in_order
from kam.method.switching import reweighted, switching_weight
from kam.method.values import Flags, Floats
from kam.method.weights import swing

MANY = 100_000  # draws; the published figures come from 10,000 or from a closed form


def case(shared: Path, name: str) -> dict[str, Any]:
    """A published example: inputs, expected numbers and their tolerance."""
    loaded: dict[str, Any] = json.loads((shared / "cases" / f"{name}.json").read_text("utf-8"))
    return loaded


def firsts(scores: Floats) -> Flags:
    """Who is first in each draw, (draws, n) flags."""
    return np.asarray(scores == scores.max(axis=1, keepdims=True))


def thrombolytics(given: dict[str, Any]) -> Floats:
    """Values of both treatments in every draw, (draws, 2, 3): falling, linear, not clipped."""
    random = np.random.default_rng(1)
    values = np.empty((MANY, 2, 3))
    for criterion, ((low, high), betas) in enumerate(
        zip(given["value_range"], given["beta"], strict=True)
    ):
        for treatment, (alpha, beta) in enumerate(betas):
            drawn = random.beta(alpha, beta, MANY)
            values[:, treatment, criterion] = (high - drawn) / (high - low)
    return values


def ordinal() -> Floats:
    """Any weights with proximal before bleeding before distal."""
    return in_order(np.array([0.5, 0.2, 0.3]), count=MANY)


@pytest.mark.parametrize("name", ["q01_smaa_thrombolytics_free", "q02_smaa_thrombolytics_ordinal"])
def test_thrombolytics_places_central_weights_and_confidence(shared: Path, name: str) -> None:
    study = case(shared, name)
    expected, allowed = study["expected"], study["tolerance_abs"]
    weights = anyhow(3, count=MANY) if "free" in name else ordinal()
    values = thrombolytics(study["inputs"])
    scores = np.einsum("dtc,dc->dt", values, weights)
    places = rank_acceptability(scores)
    central = central_weights(firsts(scores), weights)
    sure = [firsts(values @ own)[:, row].mean() for row, own in enumerate(central)]
    assert places == pytest.approx(
        np.array(expected["rank_acceptability"]), abs=allowed["rank_acceptability"]
    )
    assert central == pytest.approx(
        np.array(expected["central_weights"]), abs=allowed["central_weights"]
    )
    assert sure == pytest.approx(expected["confidence"], abs=allowed["confidence"])


def test_q05_closed_form_of_places_and_central_weights(shared: Path) -> None:
    closed = case(shared, "q05_smaa_closed_form")
    weights = anyhow(3, count=MANY)
    scores = weights @ np.array(list(closed["inputs"]["values"].values()), dtype=float).T
    expected, allowed = closed["expected"], closed["tolerance_abs"]
    assert rank_acceptability(scores) == pytest.approx(
        np.array(expected["rank_acceptability"]), abs=allowed
    )
    assert central_weights(firsts(scores), weights) == pytest.approx(
        np.array(expected["central_weights"]), abs=allowed
    )


def test_q06_who_is_never_first_has_no_central_weights(shared: Path) -> None:
    """Each draw is taken in all three rotations, so that the mean of all is exact."""
    dominated = case(shared, "q06_smaa_dominated_na")
    once = anyhow(3, count=1_000)
    weights = np.concatenate([np.roll(once, shift, axis=1) for shift in range(3)])
    scores = weights @ np.array(list(dominated["inputs"]["values"].values()), dtype=float).T
    expected, allowed = dominated["expected"], dominated["tolerance_abs"]
    first, never = central_weights(firsts(scores), weights)
    assert rank_acceptability(scores).tolist() == expected["rank_acceptability"]
    assert first == pytest.approx(expected["central_weights"][0], abs=allowed)
    assert np.isnan(never).all()
    assert expected["central_weights"][1] == [None] * 3


def test_v02_switching_weight_is_the_published_share(shared: Path) -> None:
    known = case(shared, "v02_delta_equals_switching_weight")
    given, expected, allowed = known["inputs"], known["expected"], known["tolerance_abs"]
    table, weights = np.array(given["matrix"]), np.array(given["weights"])
    place = int(given["criterion"].removeprefix("C")) - 1
    differences = pair_difference(table, given["pair"])
    share = switching_weight(differences, weights, place)
    assert share is not None
    assert share == pytest.approx(expected["new_share"], abs=allowed["new_share"])
    margin = float(reweighted(weights, place, share) @ differences)
    assert margin == pytest.approx(
        expected["margin_at_new_share"], abs=allowed["margin_at_new_share"]
    )
    delta = float(weights @ differences / differences[place])
    assert delta == pytest.approx(expected["delta"], abs=allowed["delta"])
    weight = weights[place] / weights.sum()  # those of the case add to 1.0001
    exact = delta / weights.sum()
    assert share == pytest.approx((weight - exact) / (1 - exact), abs=1e-12)


def pair_difference(table: Floats, pair: list[int]) -> Floats:
    """What the first of a pair has more than the second; alternatives are counted from 1.

    The matrix of the case may hold alternatives by column, as Triantaphyllou & Sanchez print it.
    """
    first, second = (place - 1 for place in pair)
    return np.asarray(table[first] - table[second])


def test_s02_weight_on_turnover_at_which_the_best_office_changes(shared: Path) -> None:
    """Two groups of criteria, each weighed within itself by the raw swings."""
    offices = case(shared, "s02_smart_switching_weight")
    given, expected, allowed = offices["inputs"], offices["expected"], offices["tolerance_abs"]
    raw = np.array(given["raw_swings"], dtype=float)
    scores = {
        name: [float(swing(list(raw[part])) @ np.array(given[name])[part]) for part in PARTS]
        for name in ("A", "E")
    }
    share = float(raw[PARTS[0]].sum() / raw.sum())
    weights = np.array([share, 1 - share])
    differences = np.array(scores["A"]) - np.array(scores["E"])
    found = switching_weight(differences, weights, 0)
    assert found is not None
    assert 100 * found == pytest.approx(
        expected["switching_weight"], abs=allowed["switching_weight"]
    )
    assert scores["E"][1] == pytest.approx(expected["elton_at_0"], abs=allowed["elton_at_0"])
    assert scores["E"][0] == pytest.approx(expected["elton_at_100"], abs=allowed["elton_at_100"])
    assert 100 * share == pytest.approx(
        expected["current_group_weight"], abs=allowed["current_group_weight"]
    )


PARTS = (slice(0, 3), slice(3, 6))  # turnover, working conditions
