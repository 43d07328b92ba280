"""10,000 draws through the whole rule, against a bare product and a sort of its values."""

from collections.abc import Callable

import numpy as np

from benchmarks.timing import Result, side_by_side
from kam.edits import BringIn, FillScores, PutCriterion, SetCapacity, SetPoints
from kam.method.acceptability import rank_acceptability
from kam.method.assessment import Assessment, assess
from kam.method.draws import DRAWS
from kam.method.robustness import blocks, robustness, score_doubt, team_draws
from kam.method.scores import axis_scores
from kam.method.selection import Selection, select
from kam.method.values import Floats
from kam.model import (
    Axis,
    Capacity,
    Criterion,
    Customer,
    Favours,
    Profile,
    Score,
    Workshop,
)

BY_ONE = 500
POINTS = (23, 17, 11, 7, 12, 11, 8, 11)  # the first four on attractiveness


def results() -> list[Result]:
    """Weight doubt and score doubt with 200 and 2,000 customers, places, and the fresh draws."""
    return [line for customers in (200, 2_000) for line in _of(customers)]


def _of(customers: int) -> list[Result]:
    result = assess(_workshop(customers))
    weights = team_draws(result)
    could = score_doubt(result)
    points = np.concatenate(
        [np.minimum(block.a, block.s) for _, block in blocks(result, weights, kind=np.float64)]
    )
    floor = _floor(result, weights)

    def one_by_one() -> object:
        return [_selected(result, own) for own in weights[:BY_ONE]]

    measured: tuple[tuple[str, Callable[[], object], float | None], ...] = (
        ("whole rule, weights in doubt", lambda: robustness(result, weights), 4.0),
        ("the same, scores in doubt too", lambda: robustness(result, weights, could), None),
        (f"{BY_ONE} of the draws, one by one through `select`", one_by_one, None),
        ("what every score could be", lambda: score_doubt(result), None),
        ("fresh weights around a moved one", lambda: team_draws(result), None),
        ("share of the draws at each place", lambda: rank_acceptability(points), None),
    )  # fmt: skip
    return [
        Result(
            f"{DRAWS:,} draws x {customers:,} x 8: {name}",
            "float32 product + value sort",
            *side_by_side(work, floor),
            budget,
        )
        for name, work, budget in measured
    ]


def _selected(result: Assessment, weights: Floats) -> Selection:
    """The rule for one draw of the weights."""
    (a, s), on_a = result.valued.by_axis, result.valued.attractive
    return select(
        axis_scores(a, weights[on_a]),
        axis_scores(s, weights[~on_a]),
        result.facts,
        result.workshop.cut_offs,
        result.workshop.capacity,
    )


def _floor(result: Assessment, weights: Floats) -> Callable[[], object]:
    """What anything that needs an order costs at least."""
    single = weights.astype(np.float32)
    table = np.ascontiguousarray(result.valued.table.T, dtype=np.float32)

    def product_and_sort() -> object:
        totals = single @ table
        totals.sort(axis=1)
        return totals

    return product_and_sort


def _workshop(customers: int) -> Workshop:
    """Customers anywhere in the matrix, a third of each opinion of us, and room for some 20."""
    random = np.random.default_rng(3)
    people = {f"c{n}": list(Favours)[random.integers(3)] for n in range(customers)}
    criteria = {f"{'aaaassss'[n]}{n}": points for n, points in enumerate(POINTS)}
    levels = random.uniform(0, 10, (len(POINTS), customers))
    workshop = Workshop(id="w", name="Robustness")
    for edit in (
        *(PutCriterion(criterion=_criterion(key)) for key in criteria),
        BringIn(origin="a benchmark", customers={k: _customer(k, f) for k, f in people.items()}),
        SetPoints(points=dict(criteria)),
        FillScores(
            scores={
                key: {who: Score(value=v) for who, v in zip(people, row, strict=True)}
                for key, row in zip(criteria, levels, strict=True)
            }
        ),
        SetCapacity(
            capacity=Capacity(
                people=10, hours_per_person=1_500, hours_strategic=1_200, hours_core=500
            )
        ),
    ):
        workshop = edit.apply(workshop)
    return workshop


def _customer(key: str, favours: Favours) -> Customer:
    return Customer(id=key, name=key, profile=Profile(favours_us=favours))


def _criterion(key: str) -> Criterion:
    return Criterion(
        id=key,
        name=key,
        axis=Axis.ATTRACTIVENESS if key.startswith("a") else Axis.STRENGTH,
        definition="What the ledger says on the last day of the year",
        unit="points",
        anchors=(0, 2.5, 5, 7.5, 10),
        same_number=True,
        data_at_hand=True,
    )
