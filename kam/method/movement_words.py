"""What moved a customer, in sentences for those who were in neither meeting.

Names of people and criteria stand in the sentences as they are; who shows them makes them safe.
"""

import math
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import TypeVar

from kam.method.assessment import Assessment
from kam.method.causes import Cause
from kam.method.movement import Change, Movement
from kam.method.movement_details import OF_OTHERS, Course, detail
from kam.method.values import listing
from kam.model import Axis, Class, Favours

ALIKE = "several causes alike"
WORTH_SAYING = 0.1  # of a change of class: a smaller share is in the table, not in the sentence
LEAST_PART = 0.05  # points: what is shown as 0.1 or more; smaller parts are in the table
SMALLER = "smaller ones"  # parts that are each too small to be listed, together
DETAILED = 2  # tenths of a point: of a smaller part, beside larger ones, no level is named

HIGHER = (Class.LOW_PRIORITY, Class.STRATEGIC, Class.KEY_CORE, Class.KEY_STRATEGIC)
_WARMTH = (Favours.NO, Favours.UNKNOWN, Favours.YES)

Named = TypeVar("Named", bound=str)  # a cause, or what several are together


def message(movements: Sequence[Movement], when: str) -> str:
    """How many customers changed class, such as "since autumn 2025"."""
    count = sum(one.changed_class for one in movements)
    if not count:
        return f"Nobody changed class {when}"
    who = "1 customer" if count == 1 else f"{count:,} customers"
    return f"{who} changed class {when}"


def causes_words(movements: Sequence[Movement]) -> str:
    """How many changes of class each cause did most for, as "3 by facts, 1 by weights"."""
    counts = Counter(
        one.mains[0].value if len(one.mains) == 1 else ALIKE for one in movements if one.mains
    )
    return ", ".join(f"{count:,} by {cause}" for cause, count in counts.most_common())


def told(before: Assessment, after: Assessment, movement: Movement) -> str:
    """What became of one customer and why: what decided its class first, then the points."""
    name = after.workshop.customers[movement.customer].name
    unknown = _unknown_words(name, movement)
    if unknown:
        return unknown
    course = Course(before, after, movement)
    if movement.changed_class:
        why = _ended(after.standings[movement.customer].why)
        return " ".join([f"{name} {_class_words(course)}.", why, *_points(course)])
    stays = f"{name} stays {_label(movement.klass[1])}"
    if movement.distance.by is None:
        return f"{stays}; how far it stands from the key zone is not known in both states."
    return f"{stays}, {_points_words(course, movement.distance)}."


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


# --- the class ------------------------------------------------------------------------------------


def _class_words(course: Course) -> str:
    """Both classes, and what changed the one to the other, in the order of what each did."""
    movement = course.movement
    then, now = movement.klass
    causes = _causes_of_class(course)
    by = f", {causes}" if causes else ""
    return f"moved from {_label(then)} to {_label(now)}{by}"


def _label(klass: Class | None) -> str:
    return klass.label if klass else "without a class"


def _causes_of_class(course: Course) -> str:
    """The causes of a change of class by their shares; what was less than a tenth goes unsaid."""
    shares, mains = course.movement.class_parts, course.movement.mains
    others = sorted(
        (cause for cause, part in shares.items() if part >= WORTH_SAYING and cause not in mains),
        key=lambda cause: -shares[cause],
    )
    against = [cause.value for cause, part in shares.items() if part <= -WORTH_SAYING]
    first = listing([_with_detail(course, cause) for cause in mains])
    if len(mains) > 1:
        words = f"by {first} alike"
    elif others:
        words = f"mostly by {first}" if shares[mains[0]] > 1 / 2 else f"most of all by {first}"
    else:
        words = f"by {first}"
    also = listing([_with_detail(course, cause) for cause in others]) if others else ""
    words = f"{words}, also by {also}" if also else words
    return f"{words}, against {listing(against)}" if against else words


def _with_detail(course: Course, cause: Cause) -> str:
    """A cause of a change of class, with what of it did most."""
    exact = _class_detail(course, cause)
    return f"{cause.value} ({exact})" if exact else cause.value


def _class_detail(course: Course, cause: Cause) -> str:
    if cause is Cause.DECISIONS:
        return _decision_words(course)
    rose = _rose(course)
    said = _said_words(course) if cause is Cause.FACTS else ""
    if said:
        return said
    part = _told_change(course).parts.get(cause, 0.0)
    if cause in (Cause.FACTS, Cause.JUDGMENT) and (part if rose else -part) < LEAST_PART:
        return OF_OTHERS
    return detail(course, cause, _axis(course, cause, upwards=rose), upwards=rose)


def _rose(course: Course) -> bool:
    """Whether the new class is the higher one."""
    then, now = course.movement.klass
    return then is not None and now is not None and HIGHER.index(now) > HIGHER.index(then)


def _said_words(course: Course) -> str:
    """What the customer thinks of us then and now, where that can have moved its class so."""
    then, now = (
        state.workshop.customers[course.customer].profile.favours_us
        for state in (course.before, course.after)
    )
    warmer = _WARMTH.index(now) - _WARMTH.index(then)
    refused = Favours.NO in (then, now)
    matters = refused or Class.KEY_STRATEGIC in course.movement.klass
    if not warmer or (warmer > 0) is not _rose(course) or not matters:
        return ""
    return f"whether it would favour us: {then.value} then, {now.value} now"


def _decision_words(course: Course) -> str:
    """What was decided about a customer, where its reason does not tell; or that it was others."""
    then, now = (_decided(state, course.customer) for state in (course.before, course.after))
    if then == now:
        return OF_OTHERS
    return "what was decided before no longer holds" if then and not any(now) else ""


def _decided(state: Assessment, customer: str) -> tuple[object, ...]:
    """A customer's override, the gates that it fails, and whether it is left out."""
    workshop = state.workshop
    override = workshop.overrides.get(customer)
    gates = tuple(workshop.failed_gates.get(customer, {}))
    return (override and override.klass, gates, not state.standings[customer].listed)


# --- the points -----------------------------------------------------------------------------------


def _points(course: Course) -> Iterator[str]:
    """The points of one that changed its class, where a cause of that moved them."""
    change = _told_change(course)
    causes = course.movement.class_parts.keys() & change.parts.keys()
    if change.by is None or not causes or not _listed(change.parts, round(10 * change.by)):
        return
    subject = "Attractiveness" if _by_attractiveness(course) else "It"
    yield f"{subject} moved {_points_words(course, change, detailed=False)}."


def _told_change(course: Course) -> Change:
    """Attractiveness where it alone tells the two classes apart, else the distance."""
    one = course.movement
    return one.attractiveness if _by_attractiveness(course) else one.distance


def _by_attractiveness(course: Course) -> bool:
    then, now = course.movement.klass
    return bool(course.movement.changed_class and then and now and then.is_key is now.is_key)


def _axis(course: Course, cause: Cause, *, upwards: bool) -> Axis:
    """The axis whose levels explain a part."""
    if _by_attractiveness(course):
        return Axis.ATTRACTIVENESS
    return course.axis_of(cause, upwards=upwards)


def _points_words(course: Course, change: Change, *, detailed: bool = True) -> str:
    """The points, and what each cause added to them; the parts as shown add up.

    Args:
        course: the customer between two states.
        change: the number that moved.
        detailed: with what of each cause did most.
    """
    tenths = round(10 * (change.by or 0.0))
    total = f"{signed_tenths(tenths)} points"
    listed = _listed(change.parts, tenths)
    shown = []
    for cause, part in listed.items():
        large = abs(part) >= DETAILED or len(listed) == 1
        exact = _part_detail(course, cause, change) if detailed and large else ""
        shown.append(f"{cause} {signed_tenths(part)}{exact}")
    return f"{total}: {', '.join(shown)}" if shown else total


def _listed(parts: Mapping[Cause, float], tenths: int) -> dict[str, int]:
    """Parts that can be seen, in tenths of a point, the largest first; the others together."""
    large: dict[str, float] = {
        cause: part for cause, part in parts.items() if abs(part) >= LEAST_PART
    }
    rest = math.fsum(part for part in parts.values() if abs(part) < LEAST_PART)
    shown = shown_tenths({**large, SMALLER: rest}, tenths)
    return {cause: part for cause, part in shown.items() if part}


def _part_detail(course: Course, cause: str, change: Change) -> str:
    """What of a cause did most, in brackets."""
    if not isinstance(cause, Cause):
        return ""
    upwards = change.parts[cause] > 0
    exact = detail(course, cause, _axis(course, cause, upwards=upwards), upwards=upwards)
    return f" ({exact})" if exact else ""


def shown_tenths(parts: Mapping[Named, float], tenths: int) -> dict[Named, int]:
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
