"""Scoring 100,000 and a million customers on 8 criteria, against bare numpy."""

import numpy as np

from benchmarks.timing import Result, side_by_side
from kam.method.scores import axis_scores
from kam.method.selection import Facts, Selection, select
from kam.method.values import Floats, values
from kam.model import Capacity, CutOffs

CUSTOMERS, MANY, ANCHORS = 100_000, 1_000_000, (0.0, 8.0, 15.0, 22.0, 30.0)


def results() -> list[Result]:
    """The whole rule, and the scores alone, each against its floor."""
    random = np.random.default_rng(1)
    raw = random.uniform(-5, 35, (CUSTOMERS, 8))
    weights = np.array([23, 17, 11, 7, 12, 11, 8, 11], dtype=float)
    attractive = np.array([True] * 4 + [False] * 4)
    table = np.column_stack([values(raw[:, column], ANCHORS) for column in range(8)])
    facts = Facts(
        random.integers(-1, 2, CUSTOMERS),
        np.zeros(CUSTOMERS, dtype=bool),
        np.full(CUSTOMERS, -1),
        np.ones(CUSTOMERS, dtype=bool),
    )
    room = Capacity(people=5_000, hours_per_person=1_500, hours_strategic=1_200, hours_core=500)
    share = weights / weights.sum()

    def scores() -> object:
        return axis_scores(table[:, attractive], weights[attractive]), axis_scores(
            table[:, ~attractive], weights[~attractive]
        )

    def whole() -> Selection:
        fresh = np.column_stack([values(raw[:, column], ANCHORS) for column in range(8)])
        a = axis_scores(fresh[:, attractive], weights[attractive])
        s = axis_scores(fresh[:, ~attractive], weights[~attractive])
        return select(a, s, facts, CutOffs(), room)

    def floor() -> object:
        fresh = np.column_stack(
            [np.interp(raw[:, c], ANCHORS, (0, 2.5, 5, 7.5, 10)) for c in range(8)]
        )
        return np.argsort(fresh @ share)

    measured = (
        ("both axis scores with intervals and coverage", "the product V @ w", scores,
         lambda: table @ share, None),
        ("values, scores, zones, order, capacity, classes", "interp + product + argsort", whole,
         floor, 2.0),
    )  # fmt: skip
    return [
        *_a_million(random, weights),
        *(Result(f"100,000 x 8: {name}", against, *side_by_side(ours, bare), budget)
        for name, against, ours, bare, budget in measured),
    ]  # fmt: skip


def _a_million(random: np.random.Generator, weights: Floats) -> list[Result]:
    """The two axis scores of a million customers, against the two products alone."""
    first, second = random.uniform(0, 10, (2, MANY, 4))
    a, s = weights[:4], weights[4:]
    ours, floor = side_by_side(
        lambda: (axis_scores(first, a), axis_scores(second, s)),
        lambda: (first @ (a / a.sum()), second @ (s / s.sum())),
    )
    name = "1,000,000 x 8: both axis scores with intervals and coverage"
    return [Result(name, "the two products V @ w", ours, floor, 2.0)]
