"""One customer's case in three sentences: what lifts it, what holds it back, what would change it.

Names stand in the sentences as they are; who shows them makes them safe.
"""

from math import ceil
from typing import NamedTuple

import numpy as np

from kam.method.assessment import Assessment
from kam.method.criteria_review import counted
from kam.method.fragility import nudge_words, smallest_change, unlimited
from kam.method.paths import CREDIBLE_MOVES, WITHIN_A_YEAR, Bar, path
from kam.method.phrases import (
    NOTHING_COUNTS,
    cut_off,
    flip_words,
    path_words,
    settled_words,
    unknown,
)
from kam.method.selection import SAME, Reason
from kam.method.switching import Flip, flips
from kam.method.values import in_unit, listing, spoken
from kam.model import Axis, Favours


class Case(NamedTuple):
    """Three sentences about one customer: strongest, weakest, and what would change its class."""

    strongest: str
    weakest: str
    change: str


def strengths(result: Assessment, customer: str, flip: Flip | None = None) -> Case:
    """What speaks most for a customer, what most against it, and what would change its class.

    A criterion lifts it by its weight times its value's distance from the cut-off of its axis;
    these add up to the margins by which the customer is in or out.

    Args:
        result: the workshop as it stands.
        customer: any, on the long list or not.
        flip: its nearest change of class, when `switching.flips` is at hand.
    """
    strongest, weakest = _ends(result, customer)
    return Case(strongest, weakest, _change(result, customer, flip))


def lifts(result: Assessment, customer: str) -> dict[str, float]:
    """How far each known criterion that counts lifts a customer (+) or holds it back (-).

    Weight, 0-1, times value points above the cut-off; the most lifting first.
    """
    table, row = result.valued, result.row[customer]
    found = {}
    for key in counted(result):
        value = float(table.table[row, table.criteria.index(key)])
        if not np.isnan(value):
            line = cut_off(result, result.workshop.criteria[key].axis)
            found[key] = result.weights[key] * (value - line)
    return dict(sorted(found.items(), key=lambda item: -item[1]))


def _ends(result: Assessment, customer: str) -> tuple[str, str]:
    """The sentences about the strongest and the weakest criterion."""
    found = lifts(result, customer)
    missing = unknown(result, customer)
    rest = f"Not known: {listing(missing)}." if missing else ""
    if not found:
        return "Nothing that counts is known of it yet.", rest or NOTHING_COUNTS
    first, last = next(iter(found)), next(reversed(found))
    if first == last:
        return f"{_level(result, customer, first)}, and all that we know.", rest
    adds = "adds most" if found[first] > 0 else "holds it back least"
    holds = "holds it back most" if found[last] < 0 else "adds least"
    weakest = f"{_level(result, customer, last)}, and {holds}. {rest}"
    return f"{_level(result, customer, first)}, and {adds}.", weakest.rstrip()


def _level(result: Assessment, customer: str, criterion: str) -> str:
    """A customer's level on a criterion, as "Share of wallet is 45 %, 7.5 of 10"."""
    table, one = result.valued, result.workshop.criteria[criterion]
    cell = result.row[customer], table.criteria.index(criterion)
    level = in_unit(spoken(table.raw[cell]), one.unit)
    return f"{one.name} is {level}, {table.table[cell]:.1f} of 10"


def _change(result: Assessment, customer: str, flip: Flip | None) -> str:
    """What is nearest: a condition, room, moves within a year, one weight, moves at all.

    Where there is nothing of it, the smallest change of one score.
    """
    settled = needed_first(result, customer)
    if settled:
        return settled
    if result.standings[customer].reason is Reason.NOT_YET_MUTUAL:
        return "It can be Key · strategic once we know that it would favour us: ask it."
    nearest = flip or next(found for found in flips(result) if found.customer == customer)
    moves = _moves_words(result, customer, within_a_year=True)
    if not moves and nearest.switch is None:
        moves = _moves_words(result, customer, within_a_year=False)
    alone = " It is the only customer judged so far." if result.scored_count == 1 else ""
    return (moves or _nearest_words(result, nearest)) + alone


def _nearest_words(result: Assessment, flip: Flip) -> str:
    """One weight that changes the class; if none does, one score."""
    nudge = None if flip.switch else smallest_change(result, flip.customer)
    by_score = f" {nudge_words(result, nudge)}" if nudge else ""
    return f"{flip_words(result, flip)}{by_score}"


def _moves_words(result: Assessment, customer: str, *, within_a_year: bool) -> str:
    """The fewest moves of ours that carry a customer to its next line; empty if there are none."""
    axis, line, goal = _next_line(result, customer)
    step, most = (WITHIN_A_YEAR, CREDIBLE_MOVES) if within_a_year else (10.0, 3)
    moves = path(result, customer, Bar(axis, line, step, most)) if goal else None
    if not moves:
        return ""
    carry = "carries" if len(moves) == 1 else "together carry"
    return f"{path_words(result, moves)} {carry} it to {goal}."


def _next_line(result: Assessment, customer: str) -> tuple[Axis, float, str]:
    """The line above a customer that its score alone can reach; without one, no goal."""
    reason, lines = result.standings[customer].reason, result.workshop.cut_offs
    willing = result.workshop.customers[customer].profile.favours_us is Favours.YES
    if reason is Reason.STRENGTH_GAP:
        return Axis.STRENGTH, lines.strength, f"the strength cut-off ({lines.strength:g})"
    if reason in (Reason.NEITHER, Reason.STRONG_BUT_LITTLE_TO_GAIN):
        goal = f"the attractiveness cut-off ({lines.attractiveness:g})"
        return Axis.ATTRACTIVENESS, lines.attractiveness, goal
    goal = f"the strategic line ({lines.strategic:g})"
    reachable = reason is Reason.BELOW_STRATEGIC_LINE and willing
    return Axis.ATTRACTIVENESS, lines.strategic, goal if reachable else ""


def needed_first(result: Assessment, customer: str) -> str:
    """What has to happen before a higher score can make a customer key; empty if nothing.

    A decision of the team, a failed gate, a customer that would not favour us, too little known,
    or too little room.
    """
    return settled_words(result, customer) or _room_words(result, customer)


def _room_words(result: Assessment, customer: str) -> str:
    """How much room a customer that waits for capacity needs; empty for others."""
    if result.standings[customer].reason not in (Reason.NO_CAPACITY, Reason.TIED_AT_CAPACITY):
        return ""
    needed, there = ceil(room_needed(result, customer)), result.selection.available or 0
    places = result.workshop.capacity.mode == "places"
    unit = "places" if places else "hours a year"
    return f"It becomes key with {needed:,} instead of {there:,.0f} {unit} for key accounts."


def room_needed(result: Assessment, customer: str) -> float:
    """Hours (or places) with which a customer that waits for capacity would be key.

    All before it are served first, and all that tie with it together with it.
    """
    free, demand = unlimited(result)
    row = result.row[customer]
    level = np.abs(free.distance[free.queue] - free.distance[row]) < SAME
    level[: int(np.flatnonzero(free.queue == row)[0])] = False
    return float(demand[: int(np.flatnonzero(level)[-1]) + 1].sum())
