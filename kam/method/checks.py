"""What a result is asked before it is believed; computed when somebody looks, and once."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from kam.method.assessment import Assessment
from kam.method.robustness import (
    Robustness,
    members_lists,
    robustness,
    score_doubt,
    team_draws,
)
from kam.method.scores import value_of_step
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


@dataclass(frozen=True)
class Checks:
    """The checks of one result; each is computed at the first look and kept."""

    result: Assessment

    @cached_property
    def sure(self) -> Robustness:
        """10,000 variations of weights and scores through the whole rule."""
        result = self.result
        return robustness(result, team_draws(result), score_doubt(result, vote_errors(result)))

    @cached_property
    def members(self) -> dict[str, Flags]:
        """Whom each member's own weights would choose; by member, (n,)."""
        return members_lists(self.result)

    @cached_property
    def flips(self) -> tuple[Flip, ...]:
        """Every customer's nearest change of class, the most fragile first."""
        return flips(self.result)


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


def same_input(before: Workshop, now: Workshop) -> bool:
    """Whether nothing that a check reads has changed from one state to another."""
    return all(getattr(before, name) is getattr(now, name) for name in READ)
