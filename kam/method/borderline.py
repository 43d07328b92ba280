"""The cases that a rule cannot settle alone, and the two customers where the capacity ends.

Sentences name customers as they are; who shows them makes them safe.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from kam.method.assessment import Assessment, Standing
from kam.method.selection import CLOSE, SAME, Reason
from kam.model import Confirmation, Favours

WAITING = (Reason.NO_CAPACITY, Reason.TIED_AT_CAPACITY)
SETTLED = (Reason.UNSCORED, Reason.GATE, Reason.OVERRIDE)  # what somebody decided, or nobody can
IN_PLAY = (0.3, 0.7)  # shares of the runs between which a class is open, method.md 7 [D]


@dataclass(frozen=True)
class Case:
    """A customer that people decide, and why the rule does not, in sentences."""

    customer: str
    reasons: tuple[str, ...]


@dataclass(frozen=True)
class Ends:
    """The two customers on either side of the capacity line.

    Attributes:
        last: the last that the rule gave room; `None` when it gave nobody any.
        first: the first that waits; `None` when nobody does.
        apart: points of distance between them; `None` when one of them is missing.
    """

    last: str | None
    first: str | None
    apart: float | None


def borderline(result: Assessment) -> tuple[Case, ...]:
    """The customers on the long list that people should decide themselves, in the one order.

    Near a line that matters, or the votes lie on both sides of it; what is unknown decides; in
    the key zone and its own view of us is unknown; or on either side of the capacity line. Not
    those that a gate or the team has settled.
    """
    ends = capacity_ends(result)
    found = (
        Case(key, tuple(_reasons(result, standing, ends)))
        for key, standing in result.judged.items()
        if standing.reason not in SETTLED
    )
    return tuple(case for case in found if case.reasons)


def _reasons(result: Assessment, standing: Standing, ends: Ends) -> Iterator[str]:
    """Why people should look at a customer; nothing where the rule is enough."""
    yield from _at_the_end(standing, ends)
    if standing.close:
        yield from _near_lines(result, standing)
    inside = standing.distance is not None and standing.distance >= -SAME
    if standing.gap:
        yield "What we do not know of it decides its class."
    elif inside and not standing.known:
        yield "It stands in the key zone, but too little is known of it."
    if inside and _favours(result, standing) is Favours.UNKNOWN:
        yield "We do not know whether it would favour us as a key supplier."


def _favours(result: Assessment, standing: Standing) -> Favours:
    return result.workshop.customers[standing.customer].profile.favours_us


def _at_the_end(standing: Standing, ends: Ends) -> Iterator[str]:
    """Its side of the capacity line, if it stands there; nothing while nobody waits."""
    if standing.reason is Reason.TIED_AT_CAPACITY:
        yield "It ties exactly where our capacity ends."
    elif standing.customer == ends.first:
        yield "It is the first that waits for room."
    elif ends.first and standing.customer == ends.last:
        yield "It is the last that has room."


def _near_lines(result: Assessment, standing: Standing) -> Iterator[str]:
    """The lines that decide its class and are near; without one, that the votes are divided."""
    near = [one for one in _margins(result, standing) if abs(one[0]) < CLOSE]
    if not near:
        yield "Your votes lie on both sides of a line that decides its class."
    for margin, line in dict.fromkeys(near):
        side = "above" if margin >= -SAME else "below"
        yield f"It stands {_points(abs(margin))} {side} the {line}."


def _margins(result: Assessment, standing: Standing) -> Iterator[tuple[float, str]]:
    """How far it stands above (+) the lines whose crossing would change its class, with names."""
    lines, favours = result.workshop.cut_offs, _favours(result, standing)
    a, s = standing.attractiveness[0], standing.strength[0]
    attractive = (a - lines.attractiveness, "attractiveness cut-off")
    strong = (s - lines.strength, "strength cut-off")
    if favours is not Favours.NO:
        yield min(attractive, strong)
    if favours is Favours.NO or s < lines.strength - SAME:
        yield attractive
    if favours is Favours.YES and min(attractive, strong)[0] >= -SAME:
        yield (a - lines.strategic, f"strategic line ({lines.strategic:g})")


def _points(distance: float) -> str:
    return f"{distance:.1f} points" if distance >= 0.05 else "less than 0.1 points"


# --- what the team confirmed ----------------------------------------------------------------------


def confirmed(result: Assessment, customer: str) -> Confirmation | None:
    """What the team confirmed of a customer; `None` as soon as the rule gives another class."""
    found = result.workshop.confirmed.get(customer)
    return found if found and found.klass is result.standings[customer].klass else None


def undecided(result: Assessment) -> tuple[str, ...]:
    """The borderline customers whose class the team has not confirmed, in the one order."""
    return tuple(
        case.customer for case in borderline(result) if confirmed(result, case.customer) is None
    )


def confirmed_words(result: Assessment, customer: str) -> str:
    """Who confirmed the class of a customer, and whether that still holds; empty where nobody."""
    found = result.workshop.confirmed.get(customer)
    if found is None:
        return ""
    if confirmed(result, customer):
        return f"{found.told[:1].upper()}{found.told[1:]}"
    return f"The rule has changed: {found.klass.label} was {found.told}"


# --- where the capacity ends ----------------------------------------------------------------------


def capacity_ends(result: Assessment) -> Ends:
    """The two customers on either side of the capacity line, among those that the rule decides."""
    queue = [result.standings[result.valued.customers[int(row)]] for row in result.selection.queue]
    ruled = [standing for standing in queue if standing.reason is not Reason.OVERRIDE]
    inside = [standing for standing in ruled if standing.reason not in WAITING]
    waiting = [standing for standing in ruled if standing.reason in WAITING]
    last, first = inside[-1] if inside else None, waiting[0] if waiting else None
    return Ends(
        last.customer if last else None,
        first.customer if first else None,
        _apart(last, first),
    )


def _apart(last: Standing | None, first: Standing | None) -> float | None:
    """By how many points the last inside stands before the first that waits."""
    if last is None or first is None or last.distance is None or first.distance is None:
        return None
    return last.distance - first.distance


def ends_words(result: Assessment, runs: Mapping[str, float] | None = None) -> str:
    """Who has the last room, who waits first, and whether their scores can separate them.

    Args:
        result: the workshop as it stands.
        runs: by customer, the share of the variations in which it is key; left out where nobody
            drew them.
    """
    ends = capacity_ends(result)
    available, used = result.selection.available, result.selection.used
    if available is None:
        return "Our capacity is not known yet, so nobody has to wait."
    if used > available + SAME:
        return f"Decisions of the team take {_room(result, used - available)} more than we have."
    if ends.first is None:
        return f"{_room(result, available - used)} left; nobody has to wait."
    waits = f"{_named(result, ends.first)} is the first to wait"
    if ends.last is None:
        return f"{waits}; {_room(result, available - used)} left."
    told = f"{_named(result, ends.last)} has the last room, {waits}."
    if confirmed(result, ends.last) and confirmed(result, ends.first):
        return f"{told} The team has confirmed both."
    return f"{told} {_CANNOT_SEPARATE}" if _open(ends, runs or {}) else told


_CANNOT_SEPARATE = "Their scores cannot separate these two: decide, and write why."


def _open(ends: Ends, runs: Mapping[str, float]) -> bool:
    """Whether the two at the line are too near, or one of them is key in about half the runs."""
    low, high = IN_PLAY
    in_play = any(low <= runs.get(key or "", 0.0) <= high for key in (ends.last, ends.first))
    return in_play or (ends.apart is not None and ends.apart < CLOSE)


def _named(result: Assessment, customer: str) -> str:
    """A customer with its distance, as "Alder (+0.8)"."""
    distance = result.standings[customer].distance or 0.0
    return f"{result.workshop.customers[customer].name} ({distance:+.1f})".replace("(-", "(−")


def _room(result: Assessment, amount: float) -> str:
    """So many hours or places, as "250 hours" or "1 place"."""
    unit = "place" if result.workshop.capacity.mode == "places" else "hour"
    return f"{amount:,.0f} {unit}{'' if round(amount) == 1 else 's'}"
