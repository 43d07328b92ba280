"""The long list as one browser tab composes it: its rule, before anything is stored."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from kam.method.long_list import Before, Condition, Rule, suggested
from kam.method.pool import Pool
from kam.method.values import Flags
from kam.ui import state
from kam.ui.frame import Room
from kam.ui.inputs import Field
from kam.validated import changed

MOST_KEPT = 4  # workshops whose pool is held in memory; each is a few arrays

_latest: dict[str, Pool] = {}


@dataclass(frozen=True)
class Draft:
    """The rule as this tab composes it, and whom it chooses."""

    room: Room
    pool: Pool
    rule: Rule
    chosen: Flags

    @property
    def count(self) -> int:
        """How many customers the rule chooses."""
        return int(self.chosen.sum())


def composed(room: Room) -> Draft:
    """What this tab has composed so far, else the list that stands, else a suggestion."""
    pool = _pool(room)
    rule = state.recall(_place(room))
    if rule is None:
        rule = _first_rule(room, pool)
    return Draft(room, pool, rule, rule.chosen(pool))


def _pool(room: Room) -> Pool:
    """The pool of the workshop as it stands; read once per state, whoever asks."""
    workshop = room.assessment.workshop
    kept = _latest.pop(workshop.id, None)
    pool = kept if kept is not None and kept.workshop is workshop else Pool(workshop)
    _latest[workshop.id] = pool
    while len(_latest) > MOST_KEPT:
        _latest.pop(next(iter(_latest)), None)
    return pool


def _first_rule(room: Room, pool: Pool) -> Rule:
    present = room.assessment.workshop.long_list
    if present is not None:
        return Rule(conditions=(Before(customers=present.customers, rule=present.rule),))
    return suggested(pool) or Rule()


def _place(room: Room) -> str:
    return f"long_list:{room.workshop.id}"


def keep(room: Room, rule: Rule) -> None:
    """Remember a rule for this tab; nothing is stored."""
    state.remember(_place(room), rule)


def composing(draft: Draft, key: str, value: object, rule: Callable[[Any], Rule | None]) -> Field:
    """A widget that shows `value` and composes a new rule; no edit comes from it."""

    def compose(new: object) -> None:
        after = rule(new)
        if after is not None:
            keep(draft.room, after)

    return Field(draft.room.workshop.id, f"long_list.{key}", value, compose)


def replaced(rule: Rule, index: int, *condition: Condition) -> Rule:
    """The rule with another condition, or with none, at a place."""
    before, after = rule.conditions[:index], rule.conditions[index + 1 :]
    return changed(rule, conditions=(*before, *condition, *after))


def put_in(rule: Rule, customers: Iterable[str]) -> Rule:
    """The rule with exactly these put in by hand; they are not left out by hand any more."""
    chosen = tuple(dict.fromkeys(customers))
    others = tuple(key for key in rule.left_out if key not in chosen)
    return changed(rule, put_in=chosen, left_out=others)


def leave_out(rule: Rule, customers: Iterable[str]) -> Rule:
    """The rule with exactly these left out by hand; they are not put in by hand any more."""
    chosen = tuple(dict.fromkeys(customers))
    others = tuple(key for key in rule.put_in if key not in chosen)
    return changed(rule, put_in=others, left_out=chosen)
