"""What a result is asked before it is believed; computed when somebody looks, and once."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from kam.method.acceptability import central_weights, rank_acceptability
from kam.method.assessment import Assessment
from kam.method.draws import Doubt, anyhow, in_order
from kam.method.fragility import Fragile, fragility
from kam.method.robustness import (
    Robustness,
    blocks,
    members_lists,
    robustness,
    rule_of,
    score_doubt,
    team_draws,
)
from kam.method.scores import ENOUGH_KNOWN, value_of_step
from kam.method.selection import SAME
from kam.method.switching import Flip, flips
from kam.method.values import Flags, Floats
from kam.model import Workshop

# Everything of a workshop that a check reads; plans, marks and scenarios are none of it.
READ = (
    "criteria",
    "customers",
    "fact_kinds",
    "long_list",
    "groups",
    "scores",
    "votes",
    "points",
    "members",
    "ballots",
    "answers",
    "best_relationships",
    "trap_figures",
    "cut_offs",
    "capacity",
    "gates",
    "failed_gates",
    "overrides",
)
MOST_PLACED = 100  # customers that compete for the places; who comes later is left out [D]
MOST_BELIEVED = 60  # customers for whom we ask what one would have to believe [D]


@dataclass(frozen=True)
class Placed:
    """How often each customer takes each place of the one order.

    Attributes:
        customers: those that may become key by their scores, in the one order, at most 100.
        shares: (k, k) of the runs, 0-1; row = customer, column = place, best first.
        key_places: how many places of that order end in a key account.
    """

    customers: tuple[str, ...]
    shares: Floats
    key_places: int


@dataclass(frozen=True)
class Belief:
    """The weights under which a customer is chosen.

    Attributes:
        share: of all thinkable weights, the share that chooses it; 0-1.
        weights: the mean of those, by criterion, adding to 1; `None` where none chooses it, or
            where the team decided.
    """

    customer: str
    share: float
    weights: dict[str, float] | None


@dataclass(frozen=True)
class Checks:
    """The checks of one result; each is computed at the first look and kept."""

    result: Assessment

    @cached_property
    def sure(self) -> Robustness:
        """10,000 variations of weights and scores through the whole rule."""
        return robustness(self.result, team_draws(self.result), self.doubt)

    @cached_property
    def doubt(self) -> Doubt:
        """What every score could be."""
        return score_doubt(self.result, vote_errors(self.result))

    @cached_property
    def members(self) -> dict[str, Flags]:
        """Whom each member's own weights would choose; by member, (n,)."""
        return members_lists(self.result)

    @cached_property
    def flips(self) -> tuple[Flip, ...]:
        """Every customer's nearest change of class, the most fragile first."""
        return flips(self.result)

    @cached_property
    def fragile(self) -> tuple[Fragile, ...]:
        """The same with the nearest change of one score, in words: the agenda of the meeting."""
        return fragility(self.result)

    @cached_property
    def places(self) -> Placed:
        """The places of the one order in the same variations as `sure`."""
        return placed(self.result, self.sure.weights, self.doubt)

    @cached_property
    def in_order(self) -> Robustness:
        """Any weights that keep the team's order of criteria, the scores as they are."""
        result = self.result
        return robustness(result, in_order(centre(result)))

    @cached_property
    def beliefs(self) -> tuple[Belief, ...]:
        """Any weights at all, the scores as they are: what one would have to believe."""
        return beliefs(self.result)


def vote_errors(result: Assessment) -> Floats:
    """(n, m) standard error of the mean of each cell's votes, value points; 0 of fewer than two."""
    table = result.valued
    found = np.zeros(table.raw.shape)
    for column, key in enumerate(table.criteria):
        for customer, cast in result.workshop.votes.get(key, {}).items():
            if len(cast) > 1 and customer in result.row:
                values = [value_of_step(step) for step in cast.values()]
                error = float(np.std(values, ddof=1)) / len(values) ** 0.5
                found[result.row[customer], column] = error
    return found


def centre(result: Assessment) -> Floats:
    """(m,) the team's weights of the criteria that can be scored, adding to 1."""
    weights = np.array([result.weights[key] for key in result.valued.criteria])
    return np.asarray(weights / weights.sum())


def contenders(result: Assessment) -> list[int]:
    """Rows of those that may become key by their scores, in the one order.

    Not those that a gate, the team or the customer's own view settles, nor those of whom less
    than 70 % of an axis is known.
    """
    known = np.minimum(result.attractiveness.coverage, result.strength.coverage)
    may = rule_of(result).may_enter & (known >= ENOUGH_KNOWN - SAME)
    return [int(row) for row in result.selection.order if may[row]]


def placed(result: Assessment, weights: Floats, could: Doubt) -> Placed:
    """How often each contender takes each place, over these weights and scores.

    Args:
        result: the workshop as it stands.
        weights: (draws, m) by `result.valued.criteria`.
        could: what every score could be.
    """
    rows = contenders(result)[:MOST_PLACED]
    distances = [
        np.minimum(points.a[:, rows], points.s[:, rows])
        for _, points in blocks(result, weights, could)
    ]
    key = [result.standings[result.valued.customers[row]].klass for row in rows]
    return Placed(
        tuple(result.valued.customers[row] for row in rows),
        rank_acceptability(np.concatenate(distances)),
        sum(klass is not None and klass.is_key for klass in key),
    )


def beliefs(result: Assessment) -> tuple[Belief, ...]:
    """For the first customers of the one order, the mean of all weights that choose them.

    Weights without any preference, the scores as they are: what extreme tastes would do, not what
    this team thinks (SMAA-2, method.md 6.4).
    """
    rows = [int(row) for row in result.selection.order[:MOST_BELIEVED]]
    found = robustness(result, anyhow(len(result.valued.criteria)))
    chosen = found.chosen[:, rows]
    means = central_weights(chosen, found.weights)
    return tuple(
        Belief(
            result.valued.customers[row],
            float(chosen[:, place].mean()),
            None
            if np.isnan(means[place]).any()
            else dict(zip(result.valued.criteria, means[place].tolist(), strict=True)),
        )
        for place, row in enumerate(rows)
    )


def same_input(before: Workshop, now: Workshop) -> bool:
    """Whether nothing that a check reads has changed from one state to another."""
    return all(getattr(before, name) is getattr(now, name) for name in READ)
