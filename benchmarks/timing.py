"""Two ways of doing the same, timed in turn, so that a busy machine slows both."""

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Result:
    """One line of the table: what was measured against what.

    Attributes:
        ours, floor: medians in milliseconds.
        budget: the highest ratio that performance allows; `None` where none is set.
    """

    name: str
    against: str
    ours: float
    floor: float
    budget: float | None = None

    @property
    def ratio(self) -> float:
        """How many times the floor it takes."""
        return self.ours / self.floor

    @property
    def verdict(self) -> str:
        """Whether the ratio keeps the budget."""
        if self.budget is None:
            return "-"
        return "within" if self.ratio <= self.budget else "over"


def side_by_side(
    ours: Callable[[], object], floor: Callable[[], object], rounds: int = 7
) -> tuple[float, float]:
    """The medians of both in milliseconds, timed in turn after one warm-up each."""
    ours(), floor()
    pairs = [(_once(ours), _once(floor)) for _ in range(rounds)]
    return statistics.median(p[0] for p in pairs), statistics.median(p[1] for p in pairs)


def _once(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return (time.perf_counter() - start) * 1_000
