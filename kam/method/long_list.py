"""Whom the team judges: a rule over the figures of all customers that came in.

Thousands of customers come in, and a room judges 15 to 60 of them. The rule is made of conditions
that all, or any, must hold. An unknown figure never meets a condition and is counted apart.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from kam.method.pool import (
    ATTRIBUTES,
    GROWTH,
    MARGIN,
    OWN_REVENUE,
    REVENUE,
    SPEND,
    Pool,
    largest_first,
)
from kam.method.values import Flags, Floats
from kam.model import Among, Before, Condition, Group, Level, LongList, Rule, Way
from kam.validated import changed

ABOUT = 40  # customers on a suggested list: the middle of what a room judges in an afternoon [D]
MOST_TIED = ABOUT // 4  # customers in the first place, from which on a measure picks nobody out [D]
MOST_NAMED = 5  # names or values in a sentence; more are counted
MOST_LETTERS = 4_000  # of a rule's sentence, as `LongList.rule` holds it
LONGEST_BEFORE = 300  # letters of an earlier rule inside the next one's sentence


# --- one condition --------------------------------------------------------------------------------


def lets_through(condition: Condition, pool: Pool) -> Flags:
    """(n,) who meets a condition; customers that tie at the border of a level all do.

    Nobody is among values of which none is named.
    """
    match condition:
        case Level(measure=measure, way=way, level=level):
            figures = pool.figures(measure)
            if way is Way.AT_MOST:
                return np.asarray(figures <= level)
            return np.asarray(figures >= _border(figures, way, level))
        case Among(attribute=attribute, one_of=one_of):
            wanted = {value for value in one_of if value}
            return np.array([text in wanted for text in pool.texts(attribute)], dtype=bool)
        case Before(customers=customers):
            return pool.flags(customers)


def _border(figures: Floats, way: Way, level: float) -> float:
    """The smallest figure that a condition still lets through; infinite where it lets nobody."""
    if way is Way.AT_LEAST:
        return level
    ranked = figures[largest_first(figures)]
    if way is Way.TOP:
        return float(ranked[min(int(level), len(ranked)) - 1]) if len(ranked) else np.inf
    positive = ranked[ranked > 0]
    if not len(positive):
        return np.inf
    share = np.cumsum(positive) / positive.sum()
    last = int(np.searchsorted(share, level / 100 - 1e-12))
    return float(positive[min(last, len(positive) - 1)])


def unknown(condition: Condition, pool: Pool) -> int:
    """Of how many customers we do not know what a condition asks; an earlier list is all known."""
    match condition:
        case Level(measure=measure):
            return int(np.isnan(pool.figures(measure)).sum())
        case Among(attribute=attribute):
            return pool.texts(attribute).count("")
        case Before():
            return 0


def words(condition: Condition, pool: Pool) -> str:
    """A condition inside a sentence."""
    match condition:
        case Level():
            return _level_words(condition, pool)
        case Among(attribute=attribute, one_of=one_of):
            return (
                f"{ATTRIBUTES[attribute].lower()} is {_listed(one_of, ' or ') or 'not named yet'}"
            )
        case Before(rule=rule):
            told = rule if len(rule) <= LONGEST_BEFORE else f"{rule[:LONGEST_BEFORE]}…"
            return f"on the list before ({told})" if told else "on the list before"


def _level_words(condition: Level, pool: Pool) -> str:
    measure = pool.measure(condition.measure)
    return {
        Way.AT_LEAST: f"{measure.within} of at least {measure.level(condition.level)}",
        Way.AT_MOST: f"{measure.within} of at most {measure.level(condition.level)}",
        Way.TOP: f"top {condition.level:,.0f} by {measure.within}",
        Way.FIRST: f"the largest by {measure.within} that make up {condition.level:g} % of it",
    }[condition.way]


# --- a rule ---------------------------------------------------------------------------------------


def by_conditions(rule: Rule, pool: Pool) -> Flags:
    """(n,) whom the conditions of a rule choose together; nobody where there is none."""
    if not rule.conditions:
        return np.zeros(len(pool.customers), dtype=bool)
    passed = [lets_through(condition, pool) for condition in rule.conditions]
    together = np.logical_or if rule.needs == "any" else np.logical_and
    return np.asarray(together.reduce(passed))


def chosen(rule: Rule, pool: Pool) -> Flags:
    """(n,) whom a rule chooses by today's figures."""
    by_hand = by_conditions(rule, pool) | pool.flags(rule.put_in)
    return np.asarray(by_hand & ~pool.flags(rule.left_out))


def sentence(rule: Rule, pool: Pool) -> str:
    """A rule as the rest of a sentence that begins with the customers it chooses."""
    between = " or " if rule.needs == "any" else " and "
    parts = [between.join(words(condition, pool) for condition in rule.conditions)]
    for hand, told in ((rule.put_in, "put in"), (rule.left_out, "left out")):
        names = [_name(pool, key) for key in hand if key in pool.row]
        parts += [f"{len(names)} {told} by hand ({_listed(names)})"] if names else []
    said = "; ".join(part for part in parts if part)
    return said if len(said) <= MOST_LETTERS else f"{said[: MOST_LETTERS - 1]}…"


def long_list(rule: Rule, pool: Pool) -> LongList:
    """The list as the workshop keeps it: the chosen customers, and the rule as words and data."""
    return LongList(customers=pool.named(chosen(rule, pool)), rule=sentence(rule, pool), by=rule)


def _name(pool: Pool, customer: str) -> str:
    return pool.workshop.customers[customer].name


def _listed(names: Sequence[str], between: str = ", ") -> str:
    """Names in a row; those beyond the fifth are counted."""
    more = [f"{len(names) - MOST_NAMED:,} more"] if len(names) > MOST_NAMED else []
    return between.join([*names[:MOST_NAMED], *more])


# --- a rule that is kept --------------------------------------------------------------------------


def opened(kept: LongList) -> Rule:
    """The rule of a list that stands; where it keeps none, the condition to be on that list."""
    return kept.by or Rule(conditions=(Before(customers=kept.customers, rule=kept.rule),))


def as_judged(rule: Rule, groups: Mapping[str, Group]) -> Rule:
    """The rule in a pool where each group is one customer.

    As on the list itself, a group is put in by any of its companies. It is left out by its own
    name, or by all its companies where it was made for them, unless it is put in.
    """
    within = {one: key for key, group in groups.items() for one in group.members}
    put_in, hand = _named(rule.put_in, within), set(rule.left_out)
    alone = [key for key in rule.left_out if key not in within]
    whole = [key for key, one in groups.items() if one.made and hand.issuperset(one.members)]
    return changed(
        rule,
        conditions=rule.conditions_with(lambda keys: _named(keys, within)),
        put_in=put_in,
        left_out=tuple(key for key in dict.fromkeys((*alone, *whole)) if key not in put_in),
    )


def _named(customers: Sequence[str], within: Mapping[str, str]) -> tuple[str, ...]:
    """These customers, each company of a group under the group's name, which stands once."""
    return tuple(dict.fromkeys(within.get(key, key) for key in customers))


@dataclass(frozen=True)
class Moved:
    """Who is chosen beyond a list that stands, and who is on it and not chosen any more."""

    more: tuple[str, ...]
    fewer: tuple[str, ...]


def moved(kept: LongList, pool: Pool, now: Flags) -> Moved:
    """How the customers that are chosen now, (n,) flags, differ from those on a list."""
    before = pool.flags(kept.customers)
    return Moved(pool.named(now & ~before), pool.named(before & ~now))


# --- a rule to begin with -------------------------------------------------------------------------


def suggested(pool: Pool) -> Rule | None:
    """A rule that chooses about 40 customers: the top by several measures, equally many of each.

    Revenue, growth, margin, and the better known of available spend and own revenue. `None` where
    revenue is all that is known: a list by revenue alone finds the biggest, not the promising.
    Figures that are not positive count for nothing, nor does a measure that comes in size classes.
    """
    ranks = {measure: _ranks(pool.figures(measure)) for measure in (REVENUE, GROWTH, MARGIN)}
    size = max(SPEND, OWN_REVENUE, key=lambda measure: int((pool.figures(measure) > 0).sum()))
    ranks[size] = _ranks(pool.figures(size))
    ranks = {measure: rank for measure, rank in ranks.items() if _tells_apart(rank)}
    if not ranks.keys() - {REVENUE}:
        return None
    best = np.sort(np.min(list(ranks.values()), axis=0))
    sizes = np.searchsorted(best, np.arange(1, ABOUT + 1))  # of the union of the top 1, 2, 3 ...
    each = max(1, int((sizes <= ABOUT).sum()))
    return Rule(
        conditions=tuple(
            Level(measure=measure, way=Way.TOP, level=min(each, int(np.isfinite(rank).sum())))
            for measure, rank in ranks.items()
        )
    )


def _tells_apart(ranks: Floats) -> bool:
    """Whether a measure has a top: a figure is known, and not too many share the first place."""
    return 0 < int((ranks == 0).sum()) <= MOST_TIED


def _ranks(figures: Floats) -> Floats:
    """(n,) how many customers have a larger figure; infinite for those without a positive one."""
    positive = figures > 0
    ranked = np.sort(-figures[positive])
    ranks = np.full(len(figures), np.inf)
    ranks[positive] = np.searchsorted(ranked, -figures[positive])
    return ranks


def sensible_level(pool: Pool, measure: str, way: Way) -> float:
    """A level to begin with: the top 10, 80 % of the total, or the known middle in two digits."""
    if way is Way.TOP:
        return 10.0
    if way is Way.FIRST:
        return 80.0
    figures = pool.figures(measure)
    known = figures[np.isfinite(figures)]
    return float(f"{np.median(known):.2g}") if len(known) else 0.0
