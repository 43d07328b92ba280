"""10,000 draws through the whole rule, against a bare product and a sort of its values.

    python -m benchmarks.robustness      the same, and public code that does part of it

The public code counts who has which place in how many draws of the weights, and averages the
weights that put a customer first: no gates, lines, capacity or doubtful scores. It gets the same
customers and the same weights, runs in a process of its own, and times itself without its start.
"""

import subprocess
import tempfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

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

CUSTOMERS = (200, 2_000)
BY_ONE = 500
POINTS = (23, 17, 11, 7, 12, 11, 8, 11)  # the first four on attractiveness
WHOLE_RULE, PLACES = "whole rule, weights in doubt", "share of the draws at each place"
ROUNDS = 25  # both take some milliseconds, and other processes come in between
ONE_THREAD = 1 << 18  # multiplications that a product makes before it wakes other threads

# One thread, like ours. Reads values and weights, prints milliseconds.
_CRISPYN = """
import sys, time
import numpy as np
from crispyn.mcda_methods import VIKOR_SMAA
table, weights = (np.loadtxt(path) for path in sys.argv[1:])
start = time.perf_counter()
VIKOR_SMAA()(table, weights, np.ones(table.shape[1]))
print((time.perf_counter() - start) * 1000)
"""

_R_SMAA = """
library(smaa)
paths <- commandArgs(trailingOnly = TRUE)
table <- as.matrix(read.table(paths[1]))
weights <- as.matrix(read.table(paths[2]))
dimnames(table) <- dimnames(weights) <- NULL
values <- aperm(array(table, c(dim(table), nrow(weights))), c(3, 1, 2))
took <- system.time(smaa(values, weights))
cat(took[["elapsed"]] * 1000)
"""

PUBLIC = {
    "crispyn 0.0.7, VIKOR": [
        *("uv", "run", "-q", "--no-project", "--with", "crispyn==0.0.7", "python", "-c", _CRISPYN)
    ],
    "R smaa, written in C": ["Rscript", "-e", _R_SMAA],
}


def results() -> list[Result]:
    """Weight doubt and score doubt with 200 and 2,000 customers, places, and the fresh draws."""
    return [line for customers in CUSTOMERS for line in _of(customers)]


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
        (WHOLE_RULE, lambda: robustness(result, weights), 4.0),
        ("the same, scores in doubt too", lambda: robustness(result, weights, could), None),
        (f"{BY_ONE} of the draws, one by one through `select`", one_by_one, None),
        ("what every score could be", lambda: score_doubt(result), None),
        ("fresh weights around a moved one", lambda: team_draws(result), None),
        (PLACES, lambda: rank_acceptability(points), None),
    )  # fmt: skip
    return [
        Result(
            f"{DRAWS:,} draws x {customers:,} x 8: {name}",
            "float32 product + value sort",
            *side_by_side(work, floor, ROUNDS if customers <= CUSTOMERS[0] else 7),
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
    """What anything that needs an order of all customers in all draws costs at least.

    As fast as it gets: a block of draws at a time, within the processor's cache, into memory
    that is there already, and without waking other threads.
    """
    single = weights.astype(np.float32)
    table = np.ascontiguousarray(result.valued.table.T, dtype=np.float32)
    totals = np.empty((len(single), table.shape[1]), dtype=np.float32)
    step = max(1, ONE_THREAD // table.size)

    def product_and_sort() -> object:
        for start in range(0, len(single), step):
            part = totals[start : start + step]
            np.matmul(single[start : start + step], table, out=part)
            part.sort(axis=1)
        return totals

    return product_and_sort


def _public(command: Sequence[str], result: Assessment, weights: Floats) -> float:
    """Milliseconds that public code takes for the same customers and weights.

    Raises:
        OSError: there is no such program.
        subprocess.CalledProcessError: it has not what it needs, or failed.
    """
    with tempfile.TemporaryDirectory() as folder:
        paths = [str(Path(folder) / name) for name in ("values.txt", "weights.txt")]
        for path, numbers in zip(paths, (result.valued.table, weights), strict=True):
            np.savetxt(path, numbers)
        told = subprocess.run(
            [*command, *paths], capture_output=True, check=True, text=True, timeout=600
        )
    return float(told.stdout)


def compared(customers: int) -> Iterator[str]:
    """A line for our two counts, and one for each public code: how far it is behind, or why not."""
    result = assess(_workshop(customers))
    weights = team_draws(result)
    totals = weights @ result.valued.table.T
    whole, places = side_by_side(
        lambda: robustness(result, weights), lambda: rank_acceptability(totals), ROUNDS
    )
    yield f"{DRAWS:,} draws x {customers:,} x 8: {WHOLE_RULE} {whole:.1f} ms; {PLACES} {places:.1f}"
    for name, command in PUBLIC.items():
        try:
            theirs = _public(command, result, weights)
        except (OSError, subprocess.SubprocessError):
            yield f"  {name:24} left out: it is not here, or it did not finish"
        else:
            yield (
                f"  {name:24} {theirs:9,.0f} ms: {theirs / whole:,.0f} times the whole rule, "
                f"{theirs / places:,.0f} times the places"
            )


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


if __name__ == "__main__":
    for found in results():
        print(f"{found.name:66} {found.ours:9.2f} {found.floor:9.2f} {found.ratio:7.2f}")
    for line in compared(CUSTOMERS[0]):
        print(line)
