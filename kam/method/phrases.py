"""Results in the words of managers, one sentence each (method.md 11).

Names of people and criteria stand in the sentences as they are; who shows them makes them safe.
"""

from collections.abc import Iterable, Mapping

import numpy as np

from kam.method.assessment import ENOUGH_MEMBERS, Assessment, Standing
from kam.method.criteria_review import counted
from kam.method.paths import Move
from kam.method.plans import move_words
from kam.method.robustness import in_runs
from kam.method.selection import SAME, Reason
from kam.method.switching import Flip
from kam.method.values import Flags, in_unit, listing, spoken
from kam.method.weights import points_of_100
from kam.model import Axis

IT = "It"  # a customer that the reader has in front of them
NOTHING_COUNTS = "Give a criterion on each axis points first."
LEVELS = (
    # lowest score of 10 -> what the anchors called it, method.md 4.1 and 11 [D]
    (9.0, "what you called excellent"),
    (7.5, "nearly all the way to what you called excellent"),
    (5.5, "above what you called good enough"),
    (4.5, "about what you called good enough"),
    (2.5, "below what you called good enough"),
    (0.0, "near the lowest level that you named"),
)
EITHER_WAY = {
    Axis.ATTRACTIVENESS: ("It is not attractive either way.", "It stays attractive either way."),
    Axis.STRENGTH: ("We are not well placed either way.", "We stay well placed either way."),
}


def weight_words(result: Assessment, criterion: str) -> str:
    """What a weight means, as "Moving from 0 to 4 % on Margin counts 30 of 100 points"."""
    one, ends = result.workshop.criteria[criterion], "from the lowest to the highest level"
    if one.anchors:
        span = f"{spoken(one.anchors[0])} to {spoken(one.anchors[-1])}"
        ends = f"from {in_unit(span, one.unit)}"
    counts = whole_points(result)[criterion]
    return f"Moving {ends} on {one.name} counts {counts} of 100 points."


def score_words(score: float) -> str:
    """What an axis score or a value of 0-10 means in the words of the anchors; NaN is unknown."""
    if np.isnan(score):
        return "Not known yet."
    shown = round(score, 1)
    level = next(words for lowest, words in LEVELS if shown >= lowest)
    return f"{shown:.1f} of 10: {level}."


def interval_words(result: Assessment, customer: str, axis: Axis) -> str:
    """What the unknown scores of an axis could do to a customer; empty when all is known."""
    missing = unknown(result, customer, axis)
    if not missing:
        return ""
    estimate, low, high, _ = axis_row(result.standings[customer], axis)
    if np.isnan(estimate):
        return f"Nothing that counts is known of its {axis.value}: {listing(missing)}."
    line = cut_off(result, axis)
    reached = (low >= line - SAME, high >= line - SAME)
    sides = f"That decides on which side of the cut-off ({line:g}) it stands."
    tail = sides if reached[0] != reached[1] else EITHER_WAY[axis][reached[0]]
    between = f"the score lies between {low:.1f} and {high:.1f}"
    return f"We do not know {listing(missing)}; {between}. {tail}"


def members_words(result: Assessment, customer: str, lists: Mapping[str, Flags]) -> str:
    """How many members would pick a customer; empty while fewer than three have voted.

    Args:
        result: the workshop as it stands.
        customer: who is picked.
        lists: each member's own list (`robustness.members_lists`).
    """
    if len(lists) < ENOUGH_MEMBERS:
        return ""
    picked = sum(bool(chosen[result.row[customer]]) for chosen in lists.values())
    many = f"{picked} of {len(lists)} of you"
    who = {0: "None of you", len(lists): f"All {len(lists)} of you"}.get(picked, many)
    return f"{who} would pick it with your own weights."


def runs_words(share: float) -> str:
    """In how many variations a customer is a key account; never 0 or 100 of them."""
    runs = in_runs(share)
    return f"{runs[0].upper()}{runs[1:]} with other reasonable weights and scores it is key."


def path_words(result: Assessment, moves: Iterable[Move]) -> str:
    """Moves in plain units: "Share of wallet from 8 to 25 % and Margin from 6 to 9 %"."""
    criteria = result.workshop.criteria
    return listing([move_words(criteria[move.criterion], move) for move in moves])


def points_instead(result: Assessment, criterion: str, at: float) -> str:
    """How a weight would have to move: "40 instead of 15 points".

    Args:
        result: the workshop as it stands.
        criterion: whose weight moves.
        at: where to, 0-1, among the criteria that can be scored (`Switch.at`).
    """
    now, shown_now = result.weights[criterion], whole_points(result)[criterion]
    at = _of_all(result, criterion, at)
    shown = round(100 * at)
    if (shown - shown_now) * (at - now) > 0:
        return f"{shown} instead of {shown_now} points"
    return f"slightly {'more' if at > now else 'less'} than its {shown_now} points"


def _of_all(result: Assessment, criterion: str, share: float) -> float:
    """A share among the criteria that can be scored as one among all, all keeping proportions."""
    now = result.weights[criterion]
    scored = sum(result.weights[key] for key in result.valued.criteria)
    if now >= 1 or scored >= 1 - SAME:
        return share
    others = (scored - now) / (1 - now)
    return share * others / (1 - share + share * others)


def flip_words(result: Assessment, flip: Flip, subject: str = IT) -> str:
    """The nearest change of class by one weight, in a sentence about a customer.

    "Alder becomes Low priority if Margin counts 9 instead of 30 points."
    """
    if flip.switch is None or flip.switch.at is None or flip.becomes is None:
        whose = "its class" if subject == IT else f"the class of {subject}"
        return f"No single weight changes {whose}."
    name = result.workshop.criteria[flip.switch.criterion].name
    points = points_instead(result, flip.switch.criterion, flip.switch.at)
    return f"{subject} becomes {flip.becomes.label} if {name} counts {points}."


def settled_words(result: Assessment, customer: str) -> str:
    """What has to happen before weights and scores can make a customer key; empty if nothing."""
    reason = result.standings[customer].reason
    if reason is Reason.UNSCORED:
        names = _unscored(result, customer)
        return f"Score it first: {listing(names)}." if names else NOTHING_COUNTS
    if reason is Reason.TOO_LITTLE_KNOWN:
        return f"Find out first: {listing(unknown(result, customer))}."
    return _SETTLED.get(reason, "")


_SETTLED = {
    Reason.OVERRIDE: "No weight or score changes its class while the decision of the team stands.",
    Reason.GATE: "No weight or score changes its class while it fails the gate.",
    Reason.WOULD_NOT_FAVOUR: "It can be key once it would favour us as a key supplier.",
    Reason.UNLISTED: "Put it on the long list to have it judged.",
    Reason.UNLISTED_ATTRACTIVE: "Put it on the long list to have it judged.",
}


# --- reading the result ---------------------------------------------------------------------------


def whole_points(result: Assessment) -> dict[str, int]:
    """Every criterion's points of 100, as they are shown."""
    shown = points_of_100(list(result.weights.values()))
    return dict(zip(result.weights, shown, strict=True))


def cut_off(result: Assessment, axis: Axis) -> float:
    """The score from which on a customer is attractive, or we are strong with it."""
    lines = result.workshop.cut_offs
    return lines.attractiveness if axis is Axis.ATTRACTIVENESS else lines.strength


def axis_row(standing: Standing, axis: Axis) -> tuple[float, float, float, float]:
    """Estimate, low, high (0-10) and known share (0-1) of a customer on an axis."""
    return standing.attractiveness if axis is Axis.ATTRACTIVENESS else standing.strength


def unknown(result: Assessment, customer: str, axis: Axis | None = None) -> list[str]:
    """Names of the criteria, of one axis or of both, that count and are unknown for a customer."""
    table, row, criteria = result.valued, result.row[customer], result.workshop.criteria
    return [
        criteria[key].name
        for key in counted(result)
        if criteria[key].axis is (axis or criteria[key].axis)
        and np.isnan(table.table[row, table.criteria.index(key)])
    ]


def _unscored(result: Assessment, customer: str) -> list[str]:
    """Names of what is unknown on the axes of which nothing is known."""
    standing = result.standings[customer]
    empty = [axis for axis in Axis if np.isnan(axis_row(standing, axis)[0])]
    return [name for axis in empty for name in unknown(result, customer, axis)]
