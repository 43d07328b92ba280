"""Where the hours due to key accounts and the room that Split keeps for them say different things.

Both rest on the same hours of our people. Split keeps room for as many key accounts as could be
served in full; the hours due share out the same hours by what can be won, also with the others.
"""

from math import inf
from statistics import fmean

from kam.method.account_figures import AccountFigures
from kam.method.shifts import OVER_SERVED, UNDER_SERVED
from kam.model import Class


def at_odds(figures: AccountFigures) -> tuple[str, ...]:
    """A sentence for each key class of which limits or hours due differ from the room on Split.

    Hours due differ where their mean is so far away as makes a customer over- or under-served.
    Empty while capacity is counted in places, or not known.
    """
    capacity = figures.result.workshop.capacity
    rooms = {Class.KEY_STRATEGIC: capacity.hours_strategic, Class.KEY_CORE: capacity.hours_core}
    known = rooms.items() if capacity.mode == "hours" else ()
    found = (
        _limits(figures, klass, room) or _due(figures, klass, room)
        for klass, room in known
        if room is not None
    )
    return tuple(sentence for sentence in found if sentence)


def _limits(figures: AccountFigures, klass: Class, room: float) -> str:
    """What to change where the room on Split is beyond the limits of the class; else empty."""
    policy = figures.result.workshop.hours_policy
    least, most = policy.floors.get(klass, 0.0), policy.caps.get(klass, inf)
    if least <= room <= most:
        return ""
    limit = f"at most {most:,.0f}" if room > most else f"at least {least:,.0f}"
    return (
        f"{klass.label}: Split keeps room for {room:,.0f} hours a year for each account, and the "
        f"limits here say {limit}. Change one of the two."
    )


def _due(figures: AccountFigures, klass: Class, room: float) -> str:
    """How many hours are due to each on average, where that is far from the room; else empty."""
    standings = figures.result.standings
    due = [
        one.fair
        for one in figures.served
        if one.fair is not None and standings[one.customer].klass is klass
    ]
    if not due or UNDER_SERVED * room <= fmean(due) <= OVER_SERVED * room:
        return ""
    return (
        f"{klass.label}: Split keeps room for {room:,.0f} hours a year for each account; by what "
        f"can be won {fmean(due):,.0f} are due to each on average."
    )
