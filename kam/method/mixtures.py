"""Two states of a workshop over the same customers, and every mixture of the two.

Every score, distance and class follows from what was known (facts, judgment), what was asked
(criteria, anchors) and what was decided (weights, lines, gates and overrides, capacity). In a
mixture each of these causes is taken from the one state or from the other.
"""

from functools import cached_property

import numpy as np

from kam.method.assessment import Assessment
from kam.method.causes import AFTER, BEFORE, OF_SCORES, Cause, Pick, common_criteria, judged, voted
from kam.method.scores import AxisScores, axis_scores
from kam.method.selection import Facts, Selection, distances, hours_each, select
from kam.method.values import Flags, Floats, values
from kam.model import Axis

ROUNDING = 1e-12  # of a weight: what dividing by another sum leaves behind


class Mixtures:
    """Two states over the customers of either; both hold at least one.

    A customer that only one state holds can take capacity in the mixtures; whether it is there at
    all goes with the capacity.
    """

    def __init__(self, before: Assessment, after: Assessment) -> None:
        self.states = (before, after)
        only_before = (key for key in before.valued.customers if key not in after.row)
        self.customers = (*after.valued.customers, *only_before)
        self.row = {customer: row for row, customer in enumerate(self.customers)}
        self.common = common_criteria(before, after)
        self._scores: dict[tuple[int, ...], tuple[AxisScores, AxisScores]] = {}
        self._columns: dict[tuple[str, int, int], Floats] = {}

    @cached_property
    def present(self) -> tuple[Flags, Flags]:
        """Which rows each state holds."""
        before, after = (
            np.array([key in state.row for key in self.customers], dtype=bool)
            for state in self.states
        )
        return before, after

    @cached_property
    def places(self) -> tuple[list[int], list[int]]:
        """The row of each customer in the arrays of each state; -1 where it does not hold it."""
        before, after = (state.row for state in self.states)
        return (
            [before.get(key, -1) for key in self.customers],
            [after.get(key, -1) for key in self.customers],
        )

    @cached_property
    def raw(self) -> tuple[dict[str, Floats], dict[str, Floats]]:
        """Each state's levels by criterion.

        A customer that only one state holds has its levels in both, as far as both ask for them.
        """
        before, after = self._own_levels(0), self._own_levels(1)
        there, here = self.present
        for key in self.common:
            before[key], after[key] = (
                np.where(there, before[key], after[key]),
                np.where(here, after[key], before[key]),
            )
        return before, after

    def _own_levels(self, side: int) -> dict[str, Floats]:
        """One state's levels by criterion."""
        table, rows, here = self.states[side].valued, self.places[side], self.present[side]
        return {
            key: np.where(here, table.raw[rows, column], np.nan)
            for column, key in enumerate(table.criteria)
        }

    @cached_property
    def facts(self) -> tuple[Facts, Facts]:
        """Each state's favours, gates, overrides and long list, over all rows.

        Who is not in a state has there what the other one says of it.
        """
        return self._facts(0), self._facts(1)

    def _facts(self, side: int) -> Facts:
        own, other = self.states[side].facts, self.states[1 - side].facts
        rows, elsewhere = self.places[side], self.places[1 - side]
        here = self.present[side]
        return Facts(
            favours=np.where(here, own.favours[rows], other.favours[elsewhere]),
            gate_failed=np.where(here, own.gate_failed[rows], other.gate_failed[elsewhere]),
            override=np.where(here, own.override[rows], other.override[elsewhere]),
            listed=np.where(here, own.listed[rows], other.listed[elsewhere]),
        )

    # --- what a mixture gives ---

    def score(self, axis: Axis, pick: Pick) -> Floats:
        """Every customer's score on one axis, 0-10; NaN where nothing is known."""
        return self._both(pick)[0 if axis is Axis.ATTRACTIVENESS else 1].estimate

    def _both(self, pick: Pick) -> tuple[AxisScores, AxisScores]:
        chosen = tuple(pick.get(cause, AFTER) for cause in OF_SCORES)
        if chosen not in self._scores:
            self._scores[chosen] = self._scored(pick)
        return self._scores[chosen]

    def _scored(self, pick: Pick) -> tuple[AxisScores, AxisScores]:
        side = pick.get(Cause.CRITERIA, AFTER)
        state = self.states[side]
        keys, attractive = state.valued.criteria, state.valued.attractive
        weights = np.array([self._weight(pick, key) for key in keys])
        table = np.empty((len(self.customers), len(keys)))
        for column, key in enumerate(keys):
            table[:, column] = self._column(key, self._source(pick, key), self._scale(pick, key))
        a, s = (
            axis_scores(np.ascontiguousarray(table[:, of]), weights[of])
            for of in (attractive, ~attractive)
        )
        return a, s

    def _column(self, criterion: str, source: int, scale: int) -> Floats:
        """The value of every customer's level in one state, on the anchors of one state."""
        asked = (criterion, source, scale)
        if asked not in self._columns:
            anchors = self.states[scale].workshop.criteria[criterion].anchors or ()
            worth = values(self.raw[source][criterion], anchors)
            cast = self.cast[source].get(criterion)
            self._columns[asked] = worth if cast is None else np.where(np.isnan(cast), worth, cast)
        return self._columns[asked]

    @cached_property
    def cast(self) -> tuple[dict[str, Floats], dict[str, Floats]]:
        """What votes are worth in each state, by common criterion; NaN where nobody voted."""
        before, after = self._cast(BEFORE), self._cast(AFTER)
        return before, after

    def _cast(self, side: int) -> dict[str, Floats]:
        """As `raw`: a customer that this state does not hold has its votes from the other."""
        found = {}
        for key in self.common:
            cast = np.full(len(self.customers), np.nan)
            for state, mine in ((self.states[1 - side], False), (self.states[side], True)):
                column = state.valued.criteria.index(key)
                for customer in voted(state, key):
                    if mine or customer not in self.states[side].row:
                        row = self.row[customer]
                        cast[row] = state.valued.table[state.row[customer], column]
            if not np.isnan(cast).all():
                found[key] = cast
        return found

    def _scale(self, pick: Pick, criterion: str) -> int:
        """From which state the anchors of a criterion come."""
        cause = Cause.ANCHORS if criterion in self.common else Cause.CRITERIA
        return pick.get(cause, AFTER)

    def _weight(self, pick: Pick, criterion: str) -> float:
        """The weight of a criterion; one that came or went has its own from where it is."""
        cause = Cause.WEIGHTS if criterion in self.common else Cause.CRITERIA
        return self.weights[pick.get(cause, AFTER)][criterion]

    @cached_property
    def weights(self) -> tuple[dict[str, float], dict[str, float]]:
        """Each state's weights by criterion, such that those of the common criteria add to 1.

        A criterion that comes or goes while the others keep their proportions is then no change
        of weights.
        """
        before, after = (
            {key: weight / (total or 1.0) for key, weight in state.weights.items()}
            for state in self.states
            for total in (sum(state.weights[key] for key in self.common),)
        )
        return before, after

    def _source(self, pick: Pick, criterion: str) -> int:
        """From which state the levels on a criterion come."""
        if criterion not in self.common:
            return pick.get(Cause.CRITERIA, AFTER)
        cause = Cause.JUDGMENT if judged(self.states[AFTER], criterion) else Cause.FACTS
        return pick.get(cause, AFTER)

    def distance(self, pick: Pick) -> Floats:
        """Points inside or outside the key zone."""
        a, s = self._both(pick)
        lines = self.states[pick.get(Cause.LINES, AFTER)].workshop.cut_offs
        return distances(a.estimate, s.estimate, lines)

    def has_new_class(self, pick: Pick) -> Floats:
        """1 for each customer that has the class of the later state, else 0."""
        mine, new = self._selection(pick).klass, self.states[AFTER].selection.klass
        rows = self.places[AFTER]
        return np.asarray(mine == new[rows], dtype=float)

    def _selection(self, pick: Pick) -> Selection:
        a, s = self._both(pick)
        decided = self.facts[pick.get(Cause.DECISIONS, AFTER)]
        capacity = pick.get(Cause.CAPACITY, AFTER)
        here = self.present[capacity]
        facts = Facts(
            favours=self.facts[pick.get(Cause.FACTS, AFTER)].favours,
            gate_failed=decided.gate_failed,
            override=np.where(here, decided.override, -1),
            listed=decided.listed & here,
        )
        lines = self.states[pick.get(Cause.LINES, AFTER)].workshop.cut_offs
        return select(a, s, facts, lines, self.states[capacity].workshop.capacity)

    # --- where the states differ ---

    @cached_property
    def changed(self) -> frozenset[Cause]:
        """Causes in which the two states differ at all; the others cannot have moved anybody."""
        before, after = self.states
        then, now = self.facts
        differs = {
            Cause.FACTS: self._levels_differ(judged_ones=False)
            or not np.array_equal(then.favours, now.favours),
            Cause.JUDGMENT: self._levels_differ(judged_ones=True),
            Cause.WEIGHTS: self._weights_differ(),
            Cause.CRITERIA: self._asked(before) != self._asked(after),
            Cause.ANCHORS: any(
                before.workshop.criteria[key].anchors != after.workshop.criteria[key].anchors
                for key in self.common
            ),
            Cause.LINES: before.workshop.cut_offs != after.workshop.cut_offs,
            Cause.DECISIONS: not all(
                np.array_equal(getattr(then, name), getattr(now, name))
                for name in ("gate_failed", "override", "listed")
            ),
            Cause.CAPACITY: not np.array_equal(*self.present)
            or _room(before) != _room(after),
        }  # fmt: skip
        return frozenset(cause for cause, does in differs.items() if does)

    def _asked(self, state: Assessment) -> tuple[object, ...]:
        """What of a state's criteria can change a score, beside the anchors of common ones."""
        criteria = (state.workshop.criteria[key] for key in state.valued.criteria)
        return tuple(
            (one.id, one.axis, None if one.id in self.common else (one.unit, one.anchors))
            for one in criteria
        )

    def _weights_differ(self) -> bool:
        then, now = self.weights
        return any(abs(then[key] - now[key]) > ROUNDING for key in self.common)

    def _levels_differ(self, *, judged_ones: bool) -> bool:
        keys = (key for key in self.common if judged(self.states[AFTER], key) is judged_ones)
        then, now = self.raw
        return any(not np.array_equal(then[key], now[key], equal_nan=True) for key in keys)


def _room(state: Assessment) -> tuple[object, ...]:
    """What there is for key accounts, and what each of them takes."""
    each, available = hours_each(state.workshop.capacity)
    return (*each.tolist(), available)
