"""A review as its page shows it: lines of the picture, a customer's past, the milestones."""

from collections import Counter
from collections.abc import Mapping, Sequence

import pandas as pd

from kam.charts.past import PastStep
from kam.charts.slope import SlopeLine
from kam.method.assessment import Assessment
from kam.method.causes import Cause
from kam.method.milestones import Met, Milestone
from kam.method.movement import Movement
from kam.method.movement_words import LEAST_PART, shown_tenths
from kam.method.values import listing

MOST_NAMED = 4  # customers that came or went and are named; more are counted
HEADERS = ("Customer", "Milestone", "Due", "What became of it", "Owner", "What shows it")
SHARE = "Change of class, %"
PART_HEADERS = ("What changed", "Attractiveness", "Strength", "Key zone", SHARE)
TOGETHER = "together"
_DUE_WORDS = {Met.MET: "met", Met.MISSED: "missed", Met.UNSAID: "without a word yet"}
_FIRST = (Met.MISSED, Met.UNSAID, Met.MET, Met.AHEAD)  # what needs words first


def slope_lines(after: Assessment, movements: Sequence[Movement]) -> list[SlopeLine]:
    """One line a customer whose distance is known in both states."""
    customers = after.workshop.customers
    return [
        SlopeLine(
            customers[one.customer].name,
            one.distance.before,
            one.distance.after,
            one.changed_class,
        )
        for one in movements
        if one.distance.before is not None and one.distance.after is not None
    ]


def has_moved(one: Movement) -> bool:
    """Whether there is something to tell: another class, or points or parts that can be seen."""
    points = (one.distance.by or 0.0, *one.distance.parts.values())
    return one.klass[0] is not one.klass[1] or any(abs(part) >= LEAST_PART for part in points)


def still_words(still: int) -> str:
    """How many others did not move, in a sentence; empty where all did."""
    if not still:
        return ""
    return f"{still:,} other{'s' * (still > 1)} did not move."


def no_progress_words(names: Sequence[str]) -> str:
    """The customers whose plan to move up has moved nothing yet, in a sentence; each is named."""
    if not names:
        return ""
    if len(names) == 1:
        return f"{names[0]} has a plan to move up, and stands where it stood."
    return f"{listing(names)} have plans to move up, and stand where they stood."


def weightiest(movements: Sequence[Movement]) -> list[Movement]:
    """Who changed class first, then who moved most; who was not scored in one state, last."""
    return sorted(
        movements,
        key=lambda one: (
            not one.changed_class,
            one.klass[0] is one.klass[1] and one.distance.by is None,
            -abs(one.distance.by or 0.0),
        ),
    )


def parts_frame(one: Movement) -> pd.DataFrame:
    """What each cause added to a customer's numbers; the parts as shown add up to the last row.

    Points to the hundredth; the change of class in % of it. A number that is not known in both
    states, and the class where it is the same, have no column.
    """
    columns = [
        _column(one.attractiveness.parts, one.attractiveness.by),
        _column(one.strength.parts, one.strength.by),
        _column(one.distance.parts, one.distance.by),
        _column(one.class_parts, 1.0 if one.changed_class else None),
    ]
    used = [cause for cause in Cause if any(cause in column for column in columns)]
    rows = [[cause.value.capitalize(), *(of.get(cause) for of in columns)] for cause in used]
    rows.append(["Together", *(of.get(TOGETHER) for of in columns)])
    frame = pd.DataFrame(rows, columns=list(PART_HEADERS))
    frame[SHARE] = (frame[SHARE].astype(float) * 100).round()
    return frame.dropna(axis="columns", how="all")


def _column(parts: Mapping[Cause, float], total: float | None) -> dict[str, float]:
    """Parts to the hundredth that add up to their sum; without a sum, nothing."""
    if total is None:
        return {}
    hundredths = round(100 * total)
    whole = shown_tenths({cause: 10 * part for cause, part in parts.items()}, hundredths)
    return {**{cause: part / 100 for cause, part in whole.items()}, TOGETHER: hundredths / 100}


def past_steps(states: Sequence[tuple[str, Assessment]], customer: str) -> list[PastStep]:
    """One customer at every review that knew it, with the review's name; oldest first."""
    found = []
    for name, state in states:
        if customer in state.standings:
            standing = state.standings[customer]
            found.append(PastStep(name, standing.distance, standing.klass))
    return found


def came_and_went(before: Assessment, after: Assessment, keys: tuple[tuple[str, ...], ...]) -> str:
    """Who came and who is no longer judged, in a sentence each; empty where nobody is.

    Args:
        before: the earlier state.
        after: the later one.
        keys: customers that came, and customers that went.
    """
    new, lost = keys
    told = []
    if new:
        told.append(f"New: {_named(after, new)}.")
    if lost:
        told.append(f"No longer judged on their own: {_named(before, lost)}.")
    return " ".join(told)


def _named(state: Assessment, keys: Sequence[str]) -> str:
    names = [state.workshop.customers[key].name for key in keys[:MOST_NAMED]]
    if more := len(keys) - len(names):
        names.append(f"{more:,} more")
    return listing(names)


def milestones_words(found: Sequence[Milestone]) -> str:
    """How many milestones came due, and what became of them."""
    counts: Counter[Met] = Counter(one.met for one in found if one.met is not Met.AHEAD)
    if not counts:
        return "No milestone has come due yet"
    total = counts.total()
    told = [f"{counts[met]:,} {words}" for met, words in _DUE_WORDS.items() if counts[met]]
    return f"{total:,} milestone{'s' * (total != 1)} came due: {', '.join(told)}"


def milestone_frame(after: Assessment, found: Sequence[Milestone]) -> pd.DataFrame:
    """One row a milestone: missed and unsaid ones first, then those met, then those ahead."""
    customers = after.workshop.customers
    rows = [
        (
            customers[one.customer].name if one.customer in customers else one.customer,
            one.text,
            one.due,
            one.met.value.capitalize(),
            one.owner,
            one.evidence,
        )
        for one in sorted(found, key=lambda one: _FIRST.index(one.met))
    ]
    return pd.DataFrame(rows, columns=list(HEADERS))
