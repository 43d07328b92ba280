"""What would change a result, as the page about it shows it: bars, lines, tables, sentences."""

from collections.abc import Iterable, Iterator, Sequence

import pandas as pd

from kam.charts.tornado import TornadoBar
from kam.charts.weight_lines import CustomerLine, WeightRange
from kam.method.assessment import Assessment
from kam.method.criteria_review import counted
from kam.method.explain import needed_first
from kam.method.fragility import MOST, Fragile
from kam.method.paths import CREDIBLE_MOVES, WITHIN_A_YEAR, Bar, path
from kam.method.phrases import axis_row, cut_off, path_words, points_instead
from kam.method.switching import Line, Switch, line_switches, rival_switches
from kam.method.tornado import MOST_POINTS, reach, tornado, voted_levels, weight_lines
from kam.model import Axis, Favours

QUESTION = "What would change it?"
NEAR = 0.05  # 5 points of 100: the step in which members give points, screens.md 6.2
MOST_BARS = 8  # bars that fit under each other at 1280x720
EVERY_MOVE, ANY_STEP = 3, 10.0  # criteria at once, value points: as far as a path goes at all

CRITERION, ITS_CUT_OFF, STRATEGIC = "Criterion", "Reaches its cut-off", "Reaches the strategic line"
NO_WEIGHT = "no weight does it"
NO_PART = "–"  # a criterion of strength moves nothing towards the strategic line


def message(fragile: Sequence[Fragile]) -> str:
    """How many classes hang on 5 points of one weight."""
    if not fragile:
        return QUESTION
    near = sum(one.distance <= NEAR for one in fragile)
    points = f"{100 * NEAR:.0f} points of one weight"
    if not near:
        return f"No class hangs on {points}"
    count = f"{near:,} customer{'s' * (near != 1)}"
    return f"{points} can change the class of {count}{' or more' if near >= MOST else ''}"


def agenda_words(result: Assessment, one: Fragile) -> str:
    """What would change a customer's class, for a list in which its name stands above."""
    told = one.words.removeprefix(result.workshop.customers[one.customer].name)
    told = told.removeprefix(":").strip()
    return f"{told[:1].upper()}{told[1:]}"


def tornado_rows(result: Assessment, customer: str, axis: Axis) -> list[TornadoBar]:
    """The longest bars of one customer on one axis; at most eight."""
    criteria = result.workshop.criteria
    bars = tornado(result, customer, axis, voted_levels(result, customer))
    return [
        TornadoBar(
            f"{bar.moves.value.capitalize()} of {criteria[bar.criterion].name}",
            bar.low,
            bar.high,
            bar.low_at,
            bar.high_at,
            bar.crosses,
        )
        for bar in bars[:MOST_BARS]
    ]


def nearest_axis(result: Assessment, customer: str) -> Axis:
    """The axis on which a customer's score stands nearest to its cut-off."""
    standing = result.standings[customer]
    return min(Axis, key=lambda axis: abs(axis_row(standing, axis)[0] - cut_off(result, axis)))


# --- switching weights ----------------------------------------------------------------------------


def switch_frame(result: Assessment, customer: str, rival: str | None = None) -> pd.DataFrame:
    """One row a criterion that counts: the points at which a customer stands on a line.

    Columns: Criterion, the cut-off of the criterion's axis, the strategic line, and the rival's
    place where there is one.
    """
    on_line = {line: _by_criterion(line_switches(result, customer, line)) for line in Line}
    columns = {
        ITS_CUT_OFF: {**on_line[Line.ATTRACTIVENESS], **on_line[Line.STRENGTH]},
        STRATEGIC: on_line[Line.STRATEGIC],
    }
    if rival is not None:
        title = f"Is level with {result.workshop.customers[rival].name}"
        columns[title] = _by_criterion(rival_switches(result, customer, rival))
    keys = counted(result)
    told = {
        title: [_switch_words(result, found.get(key)) for key in keys]
        for title, found in columns.items()
    }
    return pd.DataFrame({CRITERION: [result.workshop.criteria[key].name for key in keys], **told})


def _by_criterion(switches: Iterable[Switch]) -> dict[str, Switch]:
    return {one.criterion: one for one in switches}


def _switch_words(result: Assessment, switch: Switch | None) -> str:
    """A switching weight as "40 instead of 15 points", or that there is none."""
    if switch is None:
        return NO_PART
    if switch.at is None:
        return NO_WEIGHT
    return points_instead(result, switch.criterion, switch.at)


def neighbour(result: Assessment, customer: str) -> str | None:
    """The judged customer that comes next in the one order, or before the last; `None` if alone."""
    order = list(result.judged)
    place = order.index(customer) if customer in order else -1
    after, before = order[place + 1 :], order[: max(0, place)]
    return next(iter([*after, *reversed(before)]), None)


# --- the way to key -------------------------------------------------------------------------------


def path_sentences(result: Assessment, customer: str) -> list[str]:
    """What would have to move, in plain units, until a customer stands on each line above it.

    Only what has to happen first, where no score counts before.
    """
    if first := needed_first(result, customer):
        return [first]
    standing = result.standings[customer]
    found = [
        _path_sentence(result, customer, axis, (f"the {axis.value} cut-off", cut_off(result, axis)))
        for axis in Axis
        if axis_row(standing, axis)[0] < cut_off(result, axis)
    ]
    return found or list(_to_strategic(result, customer))


def _to_strategic(result: Assessment, customer: str) -> Iterator[str]:
    """The way from inside the key zone to the strategic line, and whose answer is missing."""
    line = result.workshop.cut_offs.strategic
    if axis_row(result.standings[customer], Axis.ATTRACTIVENESS)[0] < line:
        yield _path_sentence(result, customer, Axis.ATTRACTIVENESS, ("the strategic line", line))
    favours = result.workshop.customers[customer].profile.favours_us
    if favours is not Favours.YES:
        yield "Key · strategic also takes a customer that would favour us as a key supplier."


def _path_sentence(result: Assessment, customer: str, axis: Axis, goal: tuple[str, float]) -> str:
    """One way to one line: within a year if it can be, else at all."""
    name, line = goal
    to = f"To reach {name} ({line:g})"
    soon = path(result, customer, Bar(axis, line, WITHIN_A_YEAR, CREDIBLE_MOVES))
    if soon:
        return f"{to}: {path_words(result, soon)}."
    late = path(result, customer, Bar(axis, line, ANY_STEP, EVERY_MOVE))
    if late:
        return f"{to}: {path_words(result, late)}; more than customers usually move in a year."
    return f"{to}: nothing that we can influence and know is enough."


# --- one weight, all customers --------------------------------------------------------------------


def line_rows(result: Assessment, criterion: str) -> tuple[list[CustomerLine], WeightRange]:
    """Customers' distance to the key zone over one weight, and the weight itself.

    Raises:
        Refused: the criterion is not complete.
    """
    shares = tuple(float(points) for points in range(MOST_POINTS + 1))
    customers = result.workshop.customers
    rows = [
        CustomerLine(customers[one.customer].name, shares, one.distances, one.crosses)
        for one in weight_lines(result, criterion)
    ]
    low, high = reach(result, criterion)
    scored = sum(result.weights[key] for key in result.valued.criteria) or 1.0
    now = result.weights[criterion] / scored
    name = result.workshop.criteria[criterion].name
    return rows, WeightRange(name, 100 * now, 100 * low, 100 * high)
