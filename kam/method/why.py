"""Why one customer is in and another is out, for any two of them.

Names stand in the sentences as they are; who shows them makes them safe.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

import numpy as np

from kam.errors import Refused
from kam.method.assessment import Assessment, Standing
from kam.method.criteria_review import counted
from kam.method.phrases import axis_row, cut_off, points_instead, settled_words, unknown
from kam.method.scores import Valued
from kam.method.selection import CLASSES, SAME, Reason
from kam.method.switching import Line, Switch, line_switches, rival_switches
from kam.method.values import Floats, listing
from kam.model import Axis

BARRED = (
    # what settles a class whatever the scores say
    Reason.UNSCORED,
    Reason.OVERRIDE,
    Reason.GATE,
    Reason.UNLISTED,
    Reason.UNLISTED_ATTRACTIVE,
)
HELD_BACK = (Reason.WOULD_NOT_FAVOUR, Reason.TOO_LITTLE_KNOWN)  # attractive, but may not be key
WAITING = (Reason.NO_CAPACITY, Reason.TIED_AT_CAPACITY)


@dataclass(frozen=True)
class _Pair:
    """Two customers: the one with the better class, else the first in the one order, and the other.

    Attributes:
        in_order: the better one also stands before the worse in the one order.
    """

    result: Assessment
    better: Standing
    worse: Standing
    in_order: bool

    def name(self, standing: Standing) -> str:
        """A customer's name."""
        return self.result.workshop.customers[standing.customer].name

    @property
    def names(self) -> tuple[str, str]:
        """Both names, the better one's first."""
        return self.name(self.better), self.name(self.worse)

    @property
    def both(self) -> tuple[Standing, Standing]:
        """Both standings, the better one first."""
        return self.better, self.worse

    @property
    def alike(self) -> bool:
        """Whether both have the same class."""
        return self.better.klass is self.worse.klass

    @property
    def settled(self) -> bool:
        """Whether something other than a line, the order or room gives one its class."""
        held = self.both if self.alike else (self.worse,)
        barred = any(one.reason in BARRED for one in self.both)
        return barred or any(one.reason in HELD_BACK for one in held)

    @property
    def level(self) -> bool:
        """Whether both stand equally far inside or outside the key zone."""
        return abs(_distance(self.better) - _distance(self.worse)) < SAME


def why(result: Assessment, first: str, second: str) -> tuple[str, ...]:
    """Why two customers have the classes that they have, the outcome first.

    Then each one's reason; where their scores separate them, by how much, on which criteria, and
    which weight would let the one behind pass. No weight is told where a gate, the team, the
    customer's own view or what is not known settles it.

    Raises:
        Refused: both are the same, or one is not among the customers of the result.
    """
    pair = _pair(result, first, second)
    found = [_outcome(pair), *_reasons(pair)]
    if pair.settled:
        found += _by_scores_alone(pair)
    elif pair.worse.reason is Reason.NOT_YET_MUTUAL and not pair.alike:
        found.append(f"{pair.name(pair.worse)} can be Key · strategic as well once we know: ask.")
    elif pair.level and _by_order(pair):
        found.append(_tie(pair))
    else:
        found += [*_separation(pair), _what_it_takes(pair)]
    return tuple(sentence for sentence in found if sentence)


def differences(result: Assessment, first: str, second: str, axis: Axis) -> dict[str, float]:
    """By how many points of an axis score each criterion puts the first before the second.

    Adds up to the difference of their scores; the largest first, whatever its sign. A score that
    is unknown counts as the customer's score on the axis, as the axis score itself takes it.
    """
    table = result.valued
    keys = [key for key in counted(result) if result.workshop.criteria[key].axis is axis]
    columns = [table.criteria.index(key) for key in keys]
    weights = np.array([result.weights[key] for key in keys])
    own, other = (_filled(result, customer, axis)[columns] for customer in (first, second))
    parts = weights / weights.sum() * (own - other)
    found = dict(zip(keys, parts.tolist(), strict=True))
    return dict(sorted(found.items(), key=lambda item: -abs(item[1])))


def _filled(result: Assessment, customer: str, axis: Axis) -> Floats:
    """A customer's values, its score on the axis where one is unknown."""
    row = result.valued.table[result.row[customer]]
    score = axis_row(result.standings[customer], axis)[0]
    return np.asarray(np.where(np.isnan(row), score, row))


# --- the two and their classes --------------------------------------------------------------------


def _pair(result: Assessment, first: str, second: str) -> _Pair:
    order = list(result.standings)
    for customer in (first, second):
        if customer not in result.standings:
            raise Refused(
                f"We cannot compare {customer}: it is not among the customers, or it is judged "
                "within its group. Choose another."
            )
    if first == second:
        name = result.workshop.customers[first].name
        raise Refused(f"There is nothing to compare: both are {name}. Choose two customers.")
    keys = sorted((first, second), key=lambda key: (_rank(result, key), order.index(key)))
    better, worse = (result.standings[key] for key in keys)
    return _Pair(result, better, worse, order.index(keys[0]) < order.index(keys[1]))


def _rank(result: Assessment, customer: str) -> int:
    """Place of a customer's class, the best first; who has none comes last."""
    klass = result.standings[customer].klass
    return len(CLASSES) if klass is None else CLASSES.index(klass)


def _distance(standing: Standing) -> float:
    return float("nan") if standing.distance is None else standing.distance


def _outcome(pair: _Pair) -> str:
    better, worse = pair.names
    labels = [one.klass.label if one.klass else "not scored yet" for one in pair.both]
    if pair.alike:
        return f"{better} and {worse} are both {labels[0]}."
    return f"{better} is {labels[0]}, {worse} is {labels[1]}."


def _reasons(pair: _Pair) -> Iterator[str]:
    """Each one's reason, and what has to happen first where one settles its class."""
    for standing in pair.both:
        reason = standing.why if standing.why.endswith(".") else f"{standing.why}."
        needed = settled_words(pair.result, standing.customer)
        yield f"{pair.name(standing)}: {reason} {needed}".rstrip()


def _by_scores_alone(pair: _Pair) -> list[str]:
    """Who stands first by the scores, which did not settle it; nothing unless both have some."""
    if not all(one.listed and one.distance is not None for one in pair.both) or pair.level:
        return []
    before, after = pair.names if pair.in_order else reversed(pair.names)
    return [f"By their scores alone {before} stands before {after}."]


# --- what separates them --------------------------------------------------------------------------


def _by_order(pair: _Pair) -> bool:
    """Whether the one order separates them, not a line of the matrix."""
    return pair.alike or (pair.worse.reason in WAITING)


def _tie(pair: _Pair) -> str:
    place = _inside(_distance(pair.better))
    return (
        f"Both stand {place}, exactly level; their order follows attractiveness, then strength, "
        "then how much is known."
    )


def _inside(distance: float) -> str:
    side = "inside" if distance >= -SAME else "outside"
    return f"{abs(distance):.1f} points {side} the key zone"


def _separation(pair: _Pair) -> Iterator[str]:
    """The line or the order that separates them, and the criteria that make the difference."""
    if _by_order(pair):
        yield _order_words(pair)
    axis, line = _deciding(pair)
    better, worse = (round(axis_row(one, axis)[0], 1) for one in pair.both)
    names, against = pair.names, "" if _by_order(pair) else f"; {line}"
    yield (
        f"{axis.value.capitalize()} separates them: {names[0]} has {better:.1f} of 10, {names[1]} "
        f"{worse:.1f}{against}."
    )
    yield _parts_words(pair, axis, round(10 * (better - worse)))
    yield from _filled_words(pair, axis)


def _order_words(pair: _Pair) -> str:
    better, worse = pair.names
    first, second = (_inside(_distance(one)) for one in pair.both)
    if first == second:
        return f"Both stand {first}, less than 0.1 points apart; {better} comes first."
    same_side = first.split()[1:] == second.split()[1:]
    against = second.split()[0] if same_side else second
    room = ", and our capacity ends between them" if not pair.alike else ""
    return f"{better} stands {first}, {worse} {against}{room}."


def _deciding(pair: _Pair) -> tuple[Axis, str]:
    """The axis on which the worse one falls short, and the line there."""
    lines, a = pair.result.workshop.cut_offs, Axis.ATTRACTIVENESS
    if not _by_order(pair) and _distance(pair.worse) >= -SAME:
        return a, f"the strategic line is {lines.strategic:g}"
    axis = min(Axis, key=lambda one: _margin(pair.result, pair.worse, one))
    if not _by_order(pair) and not _is_key(pair.better):
        axis = a  # both are out: what is low priority is not attractive enough
    return axis, f"the cut-off is {cut_off(pair.result, axis):g}"


def _margin(result: Assessment, standing: Standing, axis: Axis) -> float:
    return axis_row(standing, axis)[0] - cut_off(result, axis)


def _is_key(standing: Standing) -> bool:
    return standing.klass is not None and standing.klass.is_key


def _parts_words(pair: _Pair, axis: Axis, tenths: int) -> str:
    """The criteria's parts of the shown difference, in tenths of a point; empty without any."""
    if not tenths:
        return ""
    parts = differences(pair.result, pair.better.customer, pair.worse.customer, axis)
    shown = _shown(parts, tenths)
    criteria = pair.result.workshop.criteria
    named = [
        f"{criteria[key].name} {part / 10:+.1f}".replace("-", "−")
        for key, part in shown.items()
        if part
    ]
    better, worse = pair.names
    ahead = f"{better} is {tenths / 10:.1f} points ahead of {worse}"
    return f"On {axis.value} {ahead}: {listing(named)}."


def _shown(parts: Mapping[str, float], tenths: int) -> dict[str, int]:
    """Parts in whole tenths that add to the difference as shown, by largest remainder."""
    exact = {key: round(10 * part, 9) for key, part in parts.items()}
    whole = {key: int(np.floor(part)) for key, part in exact.items()}
    by_rest = sorted(exact, key=lambda key: whole[key] - exact[key])
    for key in by_rest[: tenths - sum(whole.values())]:
        whole[key] += 1
    return dict(sorted(whole.items(), key=lambda item: -abs(item[1])))


def _filled_words(pair: _Pair, axis: Axis) -> Iterator[str]:
    for standing in pair.both:
        if missing := unknown(pair.result, standing.customer, axis):
            yield (
                f"We do not know {listing(missing)} of {pair.name(standing)}; there it counts like "
                "the rest of it."
            )


# --- what would have to change --------------------------------------------------------------------


def _what_it_takes(pair: _Pair) -> str:
    """The nearest weight that lets the worse one pass the better, or reach the line."""
    better, worse = pair.names
    if pair.in_order:
        two = (pair.better.customer, pair.worse.customer)
        [first, *_] = rival_switches(_only(pair.result, two), *two)
        return _weight_words(pair.result, first, (worse, f"passes {better}", f"pass {better}"))
    is_key = _is_key(pair.worse)
    goal = "the strategic line" if is_key else "the attractiveness cut-off"
    line = Line.STRATEGIC if is_key else Line.ATTRACTIVENESS
    [first, *_] = line_switches(pair.result, pair.worse.customer, line)
    return _weight_words(pair.result, first, (worse, f"reaches {goal}", f"reach {goal}"))


def _only(result: Assessment, customers: tuple[str, str]) -> Assessment:
    """The result with the scores of two customers: how the two compare hangs on nobody else."""
    table, rows = result.valued, [result.row[customer] for customer in customers]
    raw, values, outside = table.raw[rows], table.table[rows], table.clipped[rows]
    return replace(
        result, valued=Valued(customers, table.criteria, raw, values, outside, table.attractive)
    )


def _weight_words(result: Assessment, switch: Switch, words: tuple[str, str, str]) -> str:
    """One weight that does it, or that none does.

    Args:
        result: the workshop as it stands.
        switch: the nearest.
        words: who does what, as "Cedar", "passes Alder", "pass Alder".
    """
    who, does, do = words
    if switch.at is None:
        return f"No single weight lets {who} {do}."
    name = result.workshop.criteria[switch.criterion].name
    points = points_instead(result, switch.criterion, switch.at)
    return f"You would have to give {name} {points} before {who} {does}."
