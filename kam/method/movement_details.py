"""What exactly a cause changed for one customer: the level, weight, anchor or line that did most.

Names of people and criteria stand in the words as they are; who shows them makes them safe.
"""

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from kam.method.assessment import Assessment
from kam.method.causes import Cause, common_criteria, judged, voted
from kam.method.movement import Movement
from kam.method.phrases import axis_row, cut_off, whole_points
from kam.method.selection import hours_each
from kam.method.values import in_unit, listing, spoken, values
from kam.model import Axis, Criterion

OF_OTHERS = "of others, for the same capacity"
MOST_NAMED = 2  # key accounts that came, or went
SECOND = 0.5  # of the first: a second change that did less is not named

Efforts = Mapping[str, float]  # criterion -> what its change adds to an axis, about; points


@dataclass(frozen=True)
class Course:
    """One customer between two states."""

    before: Assessment
    after: Assessment
    movement: Movement

    @property
    def customer(self) -> str:
        """Its id."""
        return self.movement.customer

    @property
    def holding(self) -> Axis:
        """The axis that now holds it back, or holds it in the key zone, most narrowly."""
        standing = self.after.standings[self.customer]
        return min(Axis, key=lambda a: axis_row(standing, a)[0] - cut_off(self.after, a))

    def axis_of(self, cause: Cause, *, upwards: bool) -> Axis:
        """The axis by which a cause moved it up, or down: the holding one, if it did there."""
        holding = self.holding
        other = next(axis for axis in Axis if axis is not holding)
        return holding if self._moves(holding, cause, upwards=upwards) else other

    def _moves(self, axis: Axis, cause: Cause, *, upwards: bool) -> bool:
        part = self.scores(axis).get(cause, 0.0)
        return part > 0 if upwards else part < 0

    def scores(self, axis: Axis) -> Mapping[Cause, float]:
        """What each cause added to its score on an axis."""
        one = self.movement
        return (one.attractiveness if axis is Axis.ATTRACTIVENESS else one.strength).parts


def detail(course: Course, cause: Cause, axis: Axis, *, upwards: bool) -> str:
    """What of a cause did most to raise, or lower, a customer on an axis; empty without any."""
    if cause is Cause.LINES:
        return lines_words(course.before, course.after)
    if cause is Cause.CAPACITY:
        return capacity_words(course.before, course.after)
    if cause not in _EFFORTS:
        return ""
    efforts, words, most = _EFFORTS[cause]
    signed = {key: by if upwards else -by for key, by in efforts(course, axis)}
    if cause in (Cause.FACTS, Cause.JUDGMENT):
        people = cause is Cause.JUDGMENT
        signed = {key: by for key, by in signed.items() if judged(course.after, key) is people}
    told = _set_anew(course, signed) if cause is Cause.WEIGHTS else signed
    named = [words(course, key) for key in _largest(told, most)]
    return listing(named) if named else ""


def _largest(efforts: Efforts, most: int) -> list[str]:
    """The one that did most in the right direction, and others that did at least half of that."""
    first = max(efforts.values(), default=0.0)
    enough = [key for key, by in efforts.items() if by > 0 and by >= SECOND * first]
    return sorted(enough, key=lambda key: -efforts[key])[:most]


# --- levels ---------------------------------------------------------------------------------------


def _by_level(course: Course, axis: Axis) -> Iterator[tuple[str, float]]:
    """What each level of a criterion that both states ask adds, on the anchors of now.

    One that was unknown, or is now, stood for the mean of the others: for the score of that state.
    """
    for key in _common(course, axis):
        then, now = (
            _worth(state, course.customer, key, course.after)
            for state in (course.before, course.after)
        )
        then = _level(course.before, course.customer, axis) if math.isnan(then) else then
        now = _level(course.after, course.customer, axis) if math.isnan(now) else now
        if not math.isnan(now - then):
            yield key, (now - then) * course.after.weights[key]


def _level(state: Assessment, customer: str, axis: Axis) -> float:
    return axis_row(state.standings[customer], axis)[0]


def _common(course: Course, axis: Axis) -> list[str]:
    criteria = course.after.workshop.criteria
    keys = common_criteria(course.before, course.after)
    return [key for key in keys if criteria[key].axis is axis]


def _worth(state: Assessment, customer: str, criterion: str, scale: Assessment) -> float:
    """The value of a level in one state, on the anchors of another; NaN unknown."""
    column = state.valued.criteria.index(criterion)
    if customer in voted(state, criterion):
        return float(state.valued.table[state.row[customer], column])
    anchors = scale.workshop.criteria[criterion].anchors or ()
    return float(values(state.valued.raw[state.row[customer], column], anchors))


def _level_words(course: Course, criterion: str) -> str:
    """A level then and now, as "Share of wallet from 32 to 21 %"."""
    one = course.after.workshop.criteria[criterion]
    levels = [_raw(state, course.customer, criterion) for state in (course.before, course.after)]
    then, now = (spoken(level) for level in levels)
    if math.isnan(levels[0]):
        return f"{one.name} is known now: {in_unit(now, one.unit)}"
    if math.isnan(levels[1]):
        return f"{one.name} is not known any more"
    if then == now:  # a difference too small to say
        return one.name
    return f"{one.name} from {in_unit(f'{then} to {now}', one.unit)}"


def _raw(state: Assessment, customer: str, criterion: str) -> float:
    column = state.valued.criteria.index(criterion)
    return float(state.valued.raw[state.row[customer], column])


# --- weights --------------------------------------------------------------------------------------


def _by_weight(course: Course, axis: Axis) -> Iterator[tuple[str, float]]:
    """What each weight adds: its share of the axis then and now, times how far it pulls."""
    keys = _common(course, axis)
    worth = {key: _worth(course.after, course.customer, key, course.after) for key in keys}
    known = [key for key in keys if not math.isnan(worth[key])]
    then, now = (_shares(state, known) for state in (course.before, course.after))
    middle = sum(now[key] * worth[key] for key in known)
    for key in known:
        yield key, (now[key] - then[key]) * (worth[key] - middle)


def _set_anew(course: Course, efforts: Efforts) -> Efforts:
    """What the criteria did whose own points were changed, where that is only some of them.

    The others weigh less only because these weigh more, or the other way round.
    """
    then, now = (state.workshop.points for state in (course.before, course.after))
    own = [key for key in efforts if then.get(key) != now.get(key)]
    if not own or max(efforts.values()) <= 0:
        return efforts
    return {key: abs(efforts[key]) for key in own}


def _shares(state: Assessment, keys: list[str]) -> dict[str, float]:
    total = sum(state.weights[key] for key in keys) or 1.0
    return {key: state.weights[key] / total for key in keys}


def _weight_words(course: Course, criterion: str) -> str:
    """A weight then and now; points are comparable only while the same criteria share them."""
    name = course.after.workshop.criteria[criterion].name
    then, now = whole_points(course.before), whole_points(course.after)
    if then.keys() == now.keys() and then[criterion] != now[criterion]:
        return f"weight of {name} from {then[criterion]} to {now[criterion]} points"
    keys = list(common_criteria(course.before, course.after))
    more = _shares(course.after, keys)[criterion] > _shares(course.before, keys)[criterion]
    return f"{name} weighs {'more' if more else 'less'} beside the others"


# --- criteria and anchors -------------------------------------------------------------------------


def _by_criterion(course: Course, axis: Axis) -> Iterator[tuple[str, float]]:
    """What each criterion that came to an axis, or left it, adds."""
    asked = [_asked(state, axis) for state in (course.before, course.after)]
    common = set(common_criteria(course.before, course.after))
    for state, sign, mine, other in (
        (course.after, 1, asked[1], asked[0]),
        (course.before, -1, asked[0], asked[1]),
    ):
        level = _level(state, course.customer, axis)
        for key in mine:
            pull = (_worth(state, course.customer, key, state) - level) * state.weights[key]
            if (key not in other or key not in common) and not math.isnan(pull):
                yield key, sign * pull


def _asked(state: Assessment, axis: Axis) -> list[str]:
    criteria = state.workshop.criteria
    return [key for key in state.valued.criteria if criteria[key].axis is axis]


def _criterion_words(course: Course, criterion: str) -> str:
    """What became of a criterion between two states."""
    was = course.before.workshop.criteria if criterion in course.before.valued.criteria else {}
    now = course.after.workshop.criteria if criterion in course.after.valued.criteria else {}
    if criterion not in now:
        return f"{was[criterion].name} is no longer asked"
    if criterion not in was:
        return f"{now[criterion].name} is new"
    if was[criterion].axis is not now[criterion].axis:
        return f"{now[criterion].name} now counts for {now[criterion].axis.value}"
    return f"{now[criterion].name} is measured in another unit"


def _by_anchors(course: Course, axis: Axis) -> Iterator[tuple[str, float]]:
    """What the level of now is worth on the anchors of now more than on those of then."""
    for key in _common(course, axis):
        then, now = (
            _worth(course.after, course.customer, key, state)
            for state in (course.before, course.after)
        )
        if not math.isnan(now - then):
            yield key, (now - then) * course.after.weights[key]


def _anchor_words(course: Course, criterion: str) -> str:
    """What 0 and 10 mean now, and meant then."""
    one = course.after.workshop.criteria[criterion]
    then, now = _ends(course.before.workshop.criteria[criterion]), _ends(one)
    if then == now:
        return f"{one.name}: other steps between 0 and 10"
    told = in_unit(f"{now} instead of {then}", one.unit)
    return f"{one.name}: 0 to 10 means {told}"


def _ends(criterion: Criterion) -> str:
    first, *_, last = criterion.anchors or (math.nan, math.nan)
    return f"{spoken(first)} to {spoken(last)}"


_EFFORTS = {
    # cause: what each criterion did, in words, and how many are named
    Cause.FACTS: (_by_level, _level_words, 1),
    Cause.JUDGMENT: (_by_level, _level_words, 1),
    Cause.WEIGHTS: (_by_weight, _weight_words, 2),
    Cause.CRITERIA: (_by_criterion, _criterion_words, 2),
    Cause.ANCHORS: (_by_anchors, _anchor_words, 2),
}


# --- lines, capacity, decisions -------------------------------------------------------------------


def lines_words(before: Assessment, after: Assessment) -> str:
    """The lines that were moved, then and now; empty where they stand as they stood."""
    then, now = _lines(before), _lines(after)
    moved = [
        f"{name} from {then[name]:g} to {now[name]:g}" for name in now if then[name] != now[name]
    ]
    return listing(moved) if moved else ""


def _lines(state: Assessment) -> dict[str, float]:
    lines = state.workshop.cut_offs
    return {
        "attractiveness cut-off": lines.attractiveness,
        "strength cut-off": lines.strength,
        "strategic line": lines.strategic,
    }


def capacity_words(before: Assessment, after: Assessment) -> str:
    """How much more or less capacity there is, and which key accounts came or went."""
    told = [*_room_words(before, after)]
    for state, other, became in ((after, before, "new"), (before, after, "gone")):
        if names := _only(state, other):
            told.append(f"{names} {became}")
    return listing(told) if told else ""


def _only(state: Assessment, other: Assessment) -> str:
    """The key accounts that only one of two states holds, with a verb; empty without any."""
    customers = state.workshop.customers
    keys = (key for key, one in state.standings.items() if one.hours and key not in other.row)
    names = [customers[key].name for key in keys]
    if len(names) > MOST_NAMED:
        return f"{len(names):,} key accounts are"
    return f"{listing(names)} {'is' if len(names) == 1 else 'are'}" if names else ""


def _room_words(before: Assessment, after: Assessment) -> Iterator[str]:
    """Places or hours then and now, and what each key account takes of them."""
    rooms = before.workshop.capacity, after.workshop.capacity
    if rooms[0].mode != rooms[1].mode:
        yield f"counted in {rooms[1].mode} instead of {rooms[0].mode}"
        return
    (each_then, then), (each_now, now) = (hours_each(room) for room in rooms)
    unit = "places" if rooms[1].mode == "places" else "hours a year"
    if then != now:
        yield _room_change(then, now, unit)
    for place, name in enumerate(("strategic", "core")):
        if each_then[place] != each_now[place]:
            took = f"{each_now[place]:,.0f} instead of {each_then[place]:,.0f}"
            yield f"a {name} account takes {took} {unit}"


def _room_change(then: float | None, now: float | None, unit: str) -> str:
    """Places or hours then and now; without a figure there is no limit."""
    if then is None:
        return f"from no limit to {now:,.0f} {unit}"
    if now is None:
        return f"from {then:,.0f} {unit} to no limit"
    return f"from {then:,.0f} to {now:,.0f} {unit}"
