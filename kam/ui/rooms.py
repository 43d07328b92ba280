"""The store of this process, and the assessments of the workshops that are open."""

import os
from pathlib import Path

from kam.history import History
from kam.method.assessment import Assessment, assess
from kam.method.checks import Checks, same_input
from kam.method.scores import Valued
from kam.model import Workshop
from kam.store import Store

MOST_KEPT = 16  # workshops whose result is held in memory; each is a few arrays
MOST_PAST = 32  # past states whose result is held: eight years of quarterly reviews

_latest: dict[str, tuple[Workshop, Assessment]] = {}
_checks: dict[str, tuple[Workshop, Checks]] = {}
_past: dict[tuple[str, int], Assessment] = {}


def folder() -> Path:
    """Where the workshops are kept: `KEYROOM_HOME`, else `.keyroom` in the home folder."""
    return Path(os.environ.get("KEYROOM_HOME", Path.home() / ".keyroom")).expanduser()


def store() -> Store:
    """The one store of this process.

    Raises:
        StoreError: it cannot be opened; the message says why and what to do.
    """
    return Store.open(folder())


def assessed(history: History) -> Assessment:
    """The result of a workshop's present state; computed once per state, whoever asks.

    A moved weight or line keeps the values of the state before.
    """
    workshop = history.workshop
    before = _latest.get(workshop.id)
    if before is not None and before[0] is workshop:
        return before[1]
    found = assess(workshop, _values_of(before, workshop))
    _latest.pop(workshop.id, None)
    _latest[workshop.id] = (workshop, found)
    while len(_latest) > MOST_KEPT:
        _latest.pop(next(iter(_latest)), None)
    return found


def past(history: History, revision: int) -> Assessment:
    """The result of a workshop as it stood at a revision; an old state never changes."""
    if revision >= history.revision:
        return assessed(history)
    key = (history.workshop.id, revision)
    found = _past.pop(key, None) or assess(history.at(revision))
    _past[key] = found
    while len(_past) > MOST_PAST:
        _past.pop(next(iter(_past)), None)
    return found


def checked(workshop: Workshop, result: Assessment) -> Checks:
    """The checks of a workshop's present result; kept until something that they read changes."""
    before = _checks.get(workshop.id)
    if before is not None and same_input(before[0], workshop):
        return before[1]
    found = Checks(result)
    _checks.pop(workshop.id, None)
    _checks[workshop.id] = (workshop, found)
    while len(_checks) > MOST_KEPT:
        _checks.pop(next(iter(_checks)), None)
    return found


def _values_of(before: tuple[Workshop, Assessment] | None, workshop: Workshop) -> Valued | None:
    """The values of the state before, if nothing that they rest on has changed since."""
    if before is None:
        return None
    rests_on = ("customers", "groups", "criteria", "scores", "votes")
    same = all(getattr(before[0], name) is getattr(workshop, name) for name in rests_on)
    return before[1].valued if same else None
