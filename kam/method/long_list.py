"""Whom the team judges: a rule over the figures of all customers that came in.

Thousands of customers come in, and a room judges 15 to 60 of them. The rule is made of conditions
that all, or any, must hold. An unknown figure never meets a condition and is counted apart.
"""

from collections.abc import Sequence
from enum import StrEnum
from typing import Annotated, Literal, Self

import numpy as np
from pydantic import Field, model_validator

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
from kam.model import Amount, Id, LongList, Noun, Text

ABOUT = 40  # customers on a suggested list: the middle of what a room judges in an afternoon [D]
MOST_TIED = ABOUT // 4  # customers in the first place, from which on a measure picks nobody out [D]
MOST_NAMED = 5  # names or values in a sentence; more are counted
MOST_LETTERS = 4_000  # of a rule's sentence, as `LongList.rule` holds it
LONGEST_BEFORE = 300  # letters of an earlier rule inside the next one's sentence


class Way(StrEnum):
    """How a condition reads its level."""

    AT_LEAST = "at_least"
    AT_MOST = "at_most"
    TOP = "top"
    FIRST = "first"


class Level(Noun):
    """A condition on a figure.

    Attributes:
        measure: a key of `Pool.measures`.
        level: in the measure's unit; a count for `top`; % of the total for `first`.
    """

    kind: Literal["level"] = "level"
    measure: Id
    way: Way
    level: Amount

    @model_validator(mode="after")
    def _makes_sense(self) -> Self:
        if self.way is Way.TOP and (self.level < 1 or self.level % 1):
            raise ValueError(f"a top list has a whole number of customers; we found {self.level:g}")
        if self.way is Way.FIRST and not 0 < self.level <= 100:
            raise ValueError(f"a share lies above 0 and up to 100 %; we found {self.level:g}")
        return self

    def lets_through(self, pool: Pool) -> Flags:
        """(n,) who meets it; customers that tie at its border all do."""
        figures = pool.figures(self.measure)
        if self.way is Way.AT_MOST:
            return np.asarray(figures <= self.level)
        return np.asarray(figures >= _border(figures, self.way, self.level))

    def unknown(self, pool: Pool) -> int:
        """How many customers have no figure here."""
        return int(np.isnan(pool.figures(self.measure)).sum())

    def words(self, pool: Pool) -> str:
        """The condition inside a sentence."""
        measure = pool.measure(self.measure)
        return {
            Way.AT_LEAST: f"{measure.within} of at least {measure.level(self.level)}",
            Way.AT_MOST: f"{measure.within} of at most {measure.level(self.level)}",
            Way.TOP: f"top {self.level:,.0f} by {measure.within}",
            Way.FIRST: f"the largest by {measure.within} that make up {self.level:g} % of it",
        }[self.way]


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


class Among(Noun):
    """A condition on what a customer is: its owner, industry, country or parent."""

    kind: Literal["among"] = "among"
    attribute: Literal["industry", "country", "owner", "parent"]
    one_of: tuple[Text, ...] = ()

    def lets_through(self, pool: Pool) -> Flags:
        """(n,) who is one of these; nobody while none is named."""
        wanted = {value for value in self.one_of if value}
        return np.array([text in wanted for text in pool.texts(self.attribute)], dtype=bool)

    def unknown(self, pool: Pool) -> int:
        """Of how many customers we do not know it."""
        return pool.texts(self.attribute).count("")

    def words(self, pool: Pool) -> str:  # noqa: ARG002 - the same question to every condition
        """The condition inside a sentence."""
        named = ATTRIBUTES[self.attribute].lower()
        return f"{named} is {_listed(self.one_of, ' or ') or 'not named yet'}"


class Before(Noun):
    """The condition to be on an earlier long list, with the rule that made it."""

    kind: Literal["before"] = "before"
    customers: tuple[Id, ...]
    rule: Text = ""

    def lets_through(self, pool: Pool) -> Flags:
        """(n,) who was on it."""
        return pool.flags(self.customers)

    def unknown(self, pool: Pool) -> int:  # noqa: ARG002 - the same question to every condition
        """Nobody: every customer was on it or was not."""
        return 0

    def words(self, pool: Pool) -> str:  # noqa: ARG002 - the same question to every condition
        """The condition inside a sentence."""
        told = self.rule if len(self.rule) <= LONGEST_BEFORE else f"{self.rule[:LONGEST_BEFORE]}…"
        return f"on the list before ({told})" if told else "on the list before"


Condition = Annotated[Level | Among | Before, Field(discriminator="kind")]


class Rule(Noun):
    """Whom the team judges, as conditions and by hand; the hand always wins.

    Attributes:
        needs: whether any condition is enough, or all must hold.
        put_in: judged whatever the conditions say.
        left_out: not judged whatever the conditions say.
    """

    conditions: tuple[Condition, ...] = ()
    needs: Literal["any", "all"] = "any"
    put_in: tuple[Id, ...] = ()
    left_out: tuple[Id, ...] = ()

    @model_validator(mode="after")
    def _one_hand(self) -> Self:
        if both := set(self.put_in) & set(self.left_out):
            raise ValueError(f"{min(both)!r} is put in and left out by hand; choose one of the two")
        return self

    def by_conditions(self, pool: Pool) -> Flags:
        """(n,) whom the conditions choose together; nobody where there is none."""
        if not self.conditions:
            return np.zeros(len(pool.customers), dtype=bool)
        passed = [condition.lets_through(pool) for condition in self.conditions]
        together = np.logical_or if self.needs == "any" else np.logical_and
        return np.asarray(together.reduce(passed))

    def chosen(self, pool: Pool) -> Flags:
        """(n,) whom the rule chooses."""
        by_hand = self.by_conditions(pool) | pool.flags(self.put_in)
        return np.asarray(by_hand & ~pool.flags(self.left_out))

    def sentence(self, pool: Pool) -> str:
        """The rule as the rest of a sentence that begins with the customers it chooses."""
        between = " or " if self.needs == "any" else " and "
        parts = [between.join(condition.words(pool) for condition in self.conditions)]
        for hand, told in ((self.put_in, "put in"), (self.left_out, "left out")):
            names = [_name(pool, key) for key in hand if key in pool.row]
            parts += [f"{len(names)} {told} by hand ({_listed(names)})"] if names else []
        said = "; ".join(part for part in parts if part)
        return said if len(said) <= MOST_LETTERS else f"{said[: MOST_LETTERS - 1]}…"

    def long_list(self, pool: Pool) -> LongList:
        """The list as the workshop keeps it: the chosen customers and the rule in words."""
        return LongList(customers=pool.named(self.chosen(pool)), rule=self.sentence(pool))


def _name(pool: Pool, customer: str) -> str:
    return pool.workshop.customers[customer].name


def _listed(names: Sequence[str], between: str = ", ") -> str:
    """Names in a row; those beyond the fifth are counted."""
    more = [f"{len(names) - MOST_NAMED:,} more"] if len(names) > MOST_NAMED else []
    return between.join([*names[:MOST_NAMED], *more])


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
