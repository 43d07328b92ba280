"""The result if only the order of the criteria were agreed, not their points (method.md 3.3).

The present order is kept and nothing else of the present weights; what a steep and a gentle way
from order to weights choose alike does not hang on the points.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from kam.method.assessment import Assessment
from kam.method.criteria_review import counted, reweighed
from kam.method.futures import Move, is_key, moves
from kam.method.ranks import first_to_last, mean_places, rank_order_centroid, rank_sum
from kam.method.stay_key import overlap_words
from kam.method.values import Floats, spoken


class Slope(StrEnum):
    """How fast weights fall from the first criterion to the last."""

    STEEP = "steep"
    EVEN = "even"

    @property
    def label(self) -> str:
        """What it is called."""
        return _LABELS[self]

    @property
    def column(self) -> str:
        """The title of its points in a table."""
        return f"In {self.value} steps"


_LABELS = {
    Slope.STEEP: "The order alone, steep steps",
    Slope.EVEN: "The order alone, even steps",
}
_WEIGHTS: Mapping[Slope, Callable[[Sequence[float]], Floats]] = {
    Slope.STEEP: rank_order_centroid,
    Slope.EVEN: rank_sum,
}


@dataclass(frozen=True)
class SameOrder:
    """What the whole rule says under weights that follow from the present order.

    Attributes:
        weights: by criterion that counts, adding to 1.
        result: of the workshop under them.
        ours: ids of the key accounts as things stand, in the one order; `theirs` by the order.
        turned: whose class changes; those who become or cease to be key first.
    """

    slope: Slope
    weights: Mapping[str, float]
    result: Assessment
    ours: tuple[str, ...]
    theirs: tuple[str, ...]
    turned: tuple[Move, ...]

    @property
    def about(self) -> str:
        """What counts here, as the end of a sentence that begins with "when"."""
        times = spoken(first_to_last(list(self.weights.values())))
        steps = "steep" if self.slope is Slope.STEEP else "even"
        return (
            f"the criteria keep their order and fall in {steps} steps, so that the first counts "
            f"{times} times as much as the last"
        )

    def words(self, names: Mapping[str, str]) -> str:
        """The overlap in a sentence, with the names of those who are key by one only."""
        return overlap_words(self.ours, self.theirs, self.about, names)


def places(result: Assessment) -> dict[str, float]:
    """The place of each criterion that counts, 1 for the heaviest; those that tie share one."""
    criteria = counted(result)
    found = mean_places([result.weights[key] for key in criteria])
    return dict(zip(criteria, found.tolist(), strict=True))


def same_orders(result: Assessment) -> dict[Slope, SameOrder]:
    """What each slope says; nothing while no criterion counts."""
    order = places(result)
    return {slope: _same_order(result, slope, order) for slope in Slope} if order else {}


def _same_order(result: Assessment, slope: Slope, order: Mapping[str, float]) -> SameOrder:
    found = _WEIGHTS[slope](list(order.values()))
    weights = dict(zip(order, found.tolist(), strict=True))
    after = reweighed(result, weights)
    turned = tuple(move for move in moves(result, after) if result.standings[move.customer].listed)
    return SameOrder(slope, weights, after, _key_accounts(result), _key_accounts(after), turned)


def _key_accounts(result: Assessment) -> tuple[str, ...]:
    return tuple(key for key, standing in result.judged.items() if is_key(standing.klass))
