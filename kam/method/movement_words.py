"""What moved a customer, in sentences for those who were in neither meeting.

Names of people and criteria stand in the sentences as they are; who shows them makes them safe.
"""

import math
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from kam.method.assessment import Assessment
from kam.method.criteria_review import listing
from kam.method.mixtures import Cause, common_criteria, judged
from kam.method.movement import Change, Movement
from kam.method.phrases import axis_row, cut_off
from kam.method.values import spoken
from kam.model import Axis, Class


def message(movements: Sequence[Movement], when: str) -> str:
    """How many customers changed class, such as "since autumn 2025"."""
    count = sum(one.changed_class for one in movements)
    if not count:
        return f"Nobody changed class {when}"
    who = "1 customer" if count == 1 else f"{count:,} customers"
    return f"{who} changed class {when}"


def causes_words(movements: Sequence[Movement]) -> str:
    """How many changes of class each cause made, as "3 by facts, 1 by weights"; most first."""
    counts = Counter(one.main for one in movements if one.main)
    return ", ".join(f"{count:,} by {cause.value}" for cause, count in counts.most_common())


def told(before: Assessment, after: Assessment, movement: Movement) -> str:
    """What became of one customer and why: classes, points, what each cause added."""
    name = after.workshop.customers[movement.customer].name
    unknown = _unknown_words(name, movement)
    if unknown:
        return unknown
    sentence = f"{name} {_class_words(movement)}"
    if movement.distance.by is None:
        sentence += "; how far it stands from the key zone is not known in both states."
    else:
        sentence += f": {_points_words(before, after, movement)}."
    return " ".join([sentence, *_reasons(before, after, movement)])


def _reasons(before: Assessment, after: Assessment, movement: Movement) -> Iterator[str]:
    """What the points do not tell of a change of class: the reason, and what the customer said."""
    if not movement.changed_class:
        return
    yield _ended(after.standings[movement.customer].why)
    then, now = (
        state.workshop.customers[movement.customer].profile.favours_us for state in (before, after)
    )
    if then is not now:
        yield f"Whether it would favour us: {then.value} then, {now.value} now."


def _ended(sentence: str) -> str:
    return sentence if sentence.endswith((".", "?", "!")) else f"{sentence}."


def _unknown_words(name: str, movement: Movement) -> str:
    """What is told of a customer that has no class in one of the states; empty for others."""
    then, now = movement.klass
    if then is None and now is None:
        return f"{name} was not scored then, and is not scored now."
    if then is None and now is not None:
        return f"{name} was not scored then; it is {now.label} now."
    if now is None and then is not None:
        return f"{name} was {then.label} then; too little of it is scored now to say where it is."
    return ""


def _class_words(movement: Movement) -> str:
    then, now = movement.klass
    if not movement.changed_class or then is None or now is None:
        return f"stays {_label(now)}"
    mostly = f", mostly by {movement.main.value}" if movement.main else ""
    return f"moved from {_label(then)} to {_label(now)}{mostly}"


def _label(klass: Class | None) -> str:
    return klass.label if klass else "without a class"


def _points_words(before: Assessment, after: Assessment, movement: Movement) -> str:
    """The points, and what each cause added to them; the parts as shown add up."""
    course = _course(after, movement)
    tenths = round(10 * (course.change.by or 0.0))
    total = f"{course.name}{signed_tenths(tenths)} points"
    shown = shown_tenths(course.change.parts, tenths)
    parts = [
        f"{cause.value} {signed_tenths(part)}{_detail(before, after, movement, cause)}"
        for cause, part in shown.items()
        if part
    ]
    told = f"{total}; {', '.join(parts)}" if parts else total
    moved = "" if Cause.LINES in shown or not course.name else _lines_words(before, after, course)
    return f"{told}; {moved}" if moved else told


@dataclass(frozen=True)
class _Course:
    """The number that tells a customer's course, and what is said before it.

    Attributes:
        axis: the axis whose levels explain it.
        lines: the lines of the matrix that it is measured against.
    """

    name: str
    change: Change
    axis: Axis
    lines: tuple[str, ...]


def _course(after: Assessment, movement: Movement) -> _Course:
    """Attractiveness where it alone tells the two classes apart, else the distance."""
    then, now = movement.klass
    if movement.changed_class and then and now and then.is_key is now.is_key:
        lines = ("attractiveness cut-off", "strategic line")
        return _Course("attractiveness ", movement.attractiveness, Axis.ATTRACTIVENESS, lines)
    axis = min(Axis, key=lambda axis: _margin(after, movement.customer, axis))
    return _Course("", movement.distance, axis, tuple(f"{axis.value} cut-off" for axis in Axis))


def shown_tenths(parts: Mapping[Cause, float], tenths: int) -> dict[Cause, int]:
    """Parts in whole tenths of a point that add to the sum as shown; the largest first.

    By largest remainder, so that nobody who adds up what is on the screen finds a tenth missing.
    """
    exact = {cause: round(10 * part, 9) for cause, part in parts.items()}
    whole = {cause: math.floor(part) for cause, part in exact.items()}
    by_rest = sorted(exact, key=lambda cause: whole[cause] - exact[cause])
    for cause in by_rest[: tenths - sum(whole.values())]:
        whole[cause] += 1
    return dict(sorted(whole.items(), key=lambda item: -abs(item[1])))


def signed_tenths(tenths: int) -> str:
    """Tenths of a point as points, with their sign."""
    return f"{tenths / 10:+.1f}".replace("-", "−") if tenths else "0.0"


# --- what exactly ---------------------------------------------------------------------------------


def _detail(before: Assessment, after: Assessment, movement: Movement, cause: Cause) -> str:
    """The level or line that did most of a part, in brackets; empty where there is none to name."""
    course = _course(after, movement)
    if cause is Cause.LINES:
        return f" ({_lines_words(before, after, course)})"
    if cause not in (Cause.FACTS, Cause.JUDGMENT):
        return ""
    upwards = course.change.parts[cause] > 0
    efforts = {
        key: effect if upwards else -effect
        for key, effect in _effects(before, after, movement.customer, course.axis)
        if judged(after, key) is (cause is Cause.JUDGMENT)
    }
    most = max(efforts, key=lambda key: efforts[key], default=None)
    if most is None or efforts[most] <= 0:
        return ""
    return f" ({_level_words(before, after, movement.customer, most)})"


def _effects(
    before: Assessment, after: Assessment, customer: str, axis: Axis
) -> Iterator[tuple[str, float]]:
    """What each criterion of an axis that both states ask adds, by the weights of now.

    Criteria whose level is unknown in one state are left out.
    """
    keys = [
        key for key in common_criteria(before, after) if after.workshop.criteria[key].axis is axis
    ]
    for key in keys:
        then, now = (_value(state, customer, key) for state in (before, after))
        if not math.isnan(now - then):
            yield key, (now - then) * after.weights[key]


def _margin(state: Assessment, customer: str, axis: Axis) -> float:
    return axis_row(state.standings[customer], axis)[0] - cut_off(state, axis)


def _value(state: Assessment, customer: str, criterion: str) -> float:
    column = state.valued.criteria.index(criterion)
    return float(state.valued.table[state.row[customer], column])


def _level_words(before: Assessment, after: Assessment, customer: str, criterion: str) -> str:
    """A level then and now, as "Share of wallet from 32 to 21 %"."""
    one = after.workshop.criteria[criterion]
    then, now = (
        spoken(float(state.valued.raw[state.row[customer], state.valued.criteria.index(criterion)]))
        for state in (before, after)
    )
    if then == now:  # the same level, worth something else, or a difference too small to say
        return one.name
    return f"{one.name} from {then} to {now} {one.unit}"


def _lines_words(before: Assessment, after: Assessment, course: _Course) -> str:
    """The lines that were moved, then and now; empty where they stand as they stood."""
    then, now = _lines(before), _lines(after)
    moved = [
        f"{name} from {then[name]:g} to {now[name]:g}"
        for name in course.lines
        if then[name] != now[name]
    ]
    return listing(moved) if moved else ""


def _lines(state: Assessment) -> dict[str, float]:
    lines = state.workshop.cut_offs
    return {
        "attractiveness cut-off": lines.attractiveness,
        "strength cut-off": lines.strength,
        "strategic line": lines.strategic,
    }
