"""The long list as one browser tab composes it: its rule, before anything is stored."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from kam.method.long_list import Moved, as_judged, chosen, moved, opened, suggested
from kam.method.pool import Pool
from kam.method.values import Flags
from kam.model import Condition, LongList, Rule
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

    @property
    def standing(self) -> LongList | None:
        """The list that stands, each group one customer; `None` while everybody is judged."""
        return self.room.assessment.workshop.long_list

    @cached_property
    def moved(self) -> Moved:
        """Who would come and go if these were judged instead of those that are judged now."""
        everybody = LongList(customers=self.pool.customers)
        return moved(self.standing or everybody, self.pool, self.chosen)

    @property
    def same_customers(self) -> bool:
        """Whether those whom the rule chooses are judged already."""
        return self.moved == Moved((), ())

    @property
    def same_rule(self) -> bool:
        """Whether the rule is that of the list that stands."""
        return self.standing is not None and self.rule == _opened(self.room, self.standing)


def composed(room: Room) -> Draft:
    """What this tab has composed so far, else the list that stands, else a suggestion."""
    pool = _pool(room)
    rule = state.recall(_place(room))
    if rule is None:
        rule = _first_rule(room, pool)
    rule = as_judged(rule, room.workshop.groups)
    return Draft(room, pool, rule, chosen(rule, pool))


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
    standing = room.assessment.workshop.long_list
    if standing is not None:
        return _opened(room, standing)
    return state.recall(_last(room)) or suggested(pool) or Rule()


def _opened(room: Room, standing: LongList) -> Rule:
    """The rule of the list that stands, as its groups are judged today."""
    return as_judged(opened(standing), room.workshop.groups)


def _place(room: Room) -> str:
    return f"long_list:{room.workshop.id}"


def _last(room: Room) -> str:
    return f"{_place(room)}:last"


def keep(room: Room, rule: Rule) -> None:
    """Remember a rule for this tab; nothing is stored."""
    state.remember(_place(room), rule)


def follow(room: Room, rule: Rule) -> None:
    """Let this tab show the list that stands, once its rule is stored.

    The rule comes back where no list stands any more.
    """
    state.remember(_place(room), None)
    state.remember(_last(room), rule)


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
