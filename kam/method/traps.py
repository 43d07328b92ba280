"""Whether the key accounts are a naive list in disguise (method.md section 8).

Managers take the largest, the best known, the most demanding customers and their friends for the
best. A large overlap with such a list is no error: large customers can be attractive. The finding
that counts is who is in only because of it, and who is left out because of it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from math import isfinite

import numpy as np

from kam.method.assessment import Assessment
from kam.method.criteria_review import (
    ENOUGH_CUSTOMERS,
    SIZE,
    counted,
    family,
    judged_values,
    known_in_both,
    moves_with,
    reweighed,
    spearman,
    without,
)
from kam.method.groups import LEDGER
from kam.method.overlap import Overlap
from kam.method.pool import REVENUE, Pool, from_ledger
from kam.method.rank_agreement import tau_b
from kam.method.ranks import ALIKE
from kam.method.selection import CLASSES
from kam.method.values import Flags, Floats, listing

SOME, MOSTLY = 0.3, 0.6  # overlap beyond chance, from look at it to caught, method.md 8 [D]
BY_LUCK = 0.1  # probability from which an overlap alone is no finding [D]
SAME_ORDER = 0.7  # tau-b from which the whole order is that of the naive list, method.md 8 [D]

TENURE = f"{LEDGER}tenure_days"

_KEY = np.array([*(klass.is_key for klass in CLASSES), False])  # the last is unscored, index -1


class Lure(StrEnum):
    """What draws the eye to a customer, whether or not it is worth a key account."""

    SIZE = "size"
    FAME = "fame"
    NOISE = "noise"
    FRIENDSHIP = "friendship"
    KINDNESS = "kindness"
    HISTORY = "history"


class Verdict(StrEnum):
    """What a trap check found; the words are for code, those of `trap_words` for people."""

    UNTOLD = "untold"
    CLEAR = "clear"
    LOOK = "look"
    CAUGHT = "caught"


@dataclass(frozen=True)
class Trap:
    """A naive way to choose key accounts: by the largest figure.

    Attributes:
        lure: what it is that draws the eye.
        source: the profile field, fact or poll that it reads, and where that is from.
        figures: by customer; an absent one is unknown. Only the order counts.
        families: families of criteria that measure the same by another name.
        columns: facts or profile fields that hold the figures.
    """

    lure: Lure
    source: str
    figures: Mapping[str, float]
    families: frozenset[str] = frozenset()
    columns: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Finding:
    """What one trap check found; customers in the one order.

    Attributes:
        unknown: customers with a class but no figure; they are left out of everything else.
        agreement: tau-b of weighted total and figure over the scored, -1 to 1; `None` where it
            cannot be told.
        linked: criteria that measure the same: by column, by family, or because they move with it.
        top: the customers on top of the naive list.
        both: the key accounts among them.
        decided: those of them that the team decided itself, whatever the rule says.
        only_because: on top, and key only because of the linked criteria.
        missed_because: not on top, and not key only because of the linked criteria.
        rest: whether anything is left on both axes without the linked criteria.
    """

    trap: Trap
    overlap: Overlap
    unknown: int
    agreement: float | None
    linked: tuple[str, ...]
    top: tuple[str, ...]
    both: tuple[str, ...]
    decided: tuple[str, ...]
    only_because: tuple[str, ...]
    missed_because: tuple[str, ...]
    rest: bool

    @property
    def verdict(self) -> Verdict:
        """Clear, look, or caught; untold of fewer than 8 customers, or if all or none are key.

        Who is in only because of it is a finding by itself; an overlap is one only where luck
        gives as much in fewer than one of ten draws.
        """
        adjusted = self.overlap.adjusted
        if adjusted is None or self.overlap.counted < ENOUGH_CUSTOMERS:
            return Verdict.UNTOLD
        same_order = (self.agreement or 0.0) >= SAME_ORDER - 1e-9
        if adjusted >= MOSTLY - 1e-9 and same_order and self.only_because:
            return Verdict.CAUGHT
        beyond_luck = adjusted >= SOME - 1e-9 and self.overlap.luck < BY_LUCK
        return Verdict.LOOK if beyond_luck or self.only_because else Verdict.CLEAR


# --- the traps ------------------------------------------------------------------------------------


def largest_revenue(result: Assessment) -> Trap:
    """The largest sales of the last twelve months, as the profiles have them."""
    customers, column = result.workshop.customers, f"{LEDGER}revenue_12m"
    pool = Pool(result.workshop)
    figures = dict(zip(pool.customers, pool.figures(REVENUE), strict=True))
    known = {key: float(one) for key, one in figures.items() if isfinite(one)}
    counted = [from_ledger(customers[key]) for key in known]
    sources = [_origin(result, column)] if any(counted) else []
    sources += ["the customers’ profiles"] if not all(counted) else []
    source = f"Revenue of the last 12 months, from {listing(sources)}" if known else ""
    return Trap(Lure.SIZE, source, known, frozenset({SIZE}))


def longest_standing(result: Assessment) -> Trap:
    """The longest time since the first order (method.md 8.5)."""
    customers = result.workshop.customers.items()
    known = {key: one.facts[TENURE] for key, one in customers if TENURE in one.facts}
    source = f"Days since the first order, from {_origin(result, TENURE)}" if known else ""
    return Trap(Lure.HISTORY, source, known, columns=frozenset({TENURE}))


def best_known(
    figures: Mapping[str, float], source: str, columns: Iterable[str] = ("awareness",)
) -> Trap:
    """The customers that come to mind first: see `mentions`, or press mentions, or employees."""
    return Trap(Lure.FAME, source, figures, columns=frozenset(columns))


def most_demanding(
    figures: Mapping[str, float], source: str, columns: Iterable[str] = ("demand_index",)
) -> Trap:
    """The customers that demand most for what they bring: see `demand_index`."""
    return Trap(Lure.NOISE, source, figures, columns=frozenset(columns))


def executives_friends(figures: Mapping[str, float], source: str) -> Trap:
    """The customers to which our executives have the closest ties: see `strongest_ties`."""
    families = frozenset({"relationship"})
    return Trap(Lure.FRIENDSHIP, source, figures, families, frozenset({"exec_tie"}))


def managers_favourites(figures: Mapping[str, float], source: str) -> Trap:
    """The customers that their own account managers see in the best light: see `halo`."""
    return Trap(Lure.KINDNESS, source, figures)


def _origin(result: Assessment, fact: str) -> str:
    """The file of a fact, in the words of its kind."""
    kind = result.workshop.fact_kinds.get(fact)
    return kind.origin if kind and kind.origin else "the order ledger"


# --- the check ------------------------------------------------------------------------------------


def trap_report(result: Assessment, asked: Iterable[Trap] = ()) -> tuple[Finding, ...]:
    """What each trap check found: revenue, what the team was asked for, history.

    Args:
        result: the workshop as it stands. Only the long list is looked at.
        asked: traps whose figures are not in the workshop; one without any figure is passed over.
    """
    every = (largest_revenue(result), *asked, longest_standing(result))
    return tuple(finding(result, trap) for trap in every if trap.figures)


def finding(result: Assessment, trap: Trap) -> Finding:
    """What one trap check found: the whole rule is run again without the linked criteria.

    The rerun keeps gates, capacity and the team's own decisions; the other criteria keep their
    proportions.
    """
    figures = _figures(result, trap)
    classed = result.facts.listed & (result.selection.klass >= 0)
    known = classed & ~np.isnan(figures)
    key = known & _KEY[result.selection.klass]
    top = _top(np.where(known, figures, np.nan), int(key.sum()))
    links = linked(result, trap)
    again = reweighed(result, without(result.weights, links)) if links else result
    after = known & _KEY[again.selection.klass]
    return Finding(
        trap=trap,
        overlap=Overlap(*(int(one.sum()) for one in (known, key, top, key & top))),
        unknown=int((classed & ~known).sum()),
        agreement=tau_b(np.where(known, _totals(result), np.nan), figures),
        linked=links,
        top=_customers(result, top),
        both=_customers(result, key & top),
        decided=_customers(result, key & top & (result.facts.override >= 0)),
        only_because=_customers(result, key & top & ~after),
        missed_because=_customers(result, known & ~key & ~top & after),
        rest=again.scored_count > 0 or not result.scored_count,
    )


def linked(result: Assessment, trap: Trap) -> tuple[str, ...]:
    """Criteria with weight that measure what the trap measures.

    By the column that they read, by their family, or because their values move with the figures
    over at least 8 customers; a criterion that values the opposite is not linked.
    """
    figures = _figures(result, trap)[result.facts.listed]
    criteria = result.workshop.criteria
    return tuple(
        key
        for key in counted(result)
        if criteria[key].column in trap.columns
        or family(criteria[key]) in trap.families
        or _moves_with(judged_values(result, key), figures)
    )


def _moves_with(first: Floats, second: Floats) -> bool:
    """Whether two columns move together, over enough customers to tell."""
    found = spearman(first, second)
    enough = known_in_both(first, second).shape[1] >= ENOUGH_CUSTOMERS
    return enough and found is not None and moves_with(found)


def _figures(result: Assessment, trap: Trap) -> Floats:
    """(n,) every customer's figure; NaN where it is unknown."""
    return np.array([trap.figures.get(key, np.nan) for key in result.valued.customers], dtype=float)


def _top(figures: Floats, size: int) -> Flags:
    """(n,) those with the largest figures, about `size` of the known; nobody if all are level.

    Who ties is in or out together: the number nearest to `size` that splits no tie, the smaller
    of two. Never all of the known, which would say nothing.
    """
    known = np.isfinite(figures)
    levels, counts = np.unique(np.round(figures[known], ALIKE), return_counts=True)
    if len(levels) < 2 or not size:
        return np.zeros(len(figures), dtype=bool)
    sizes = np.cumsum(counts[:0:-1])
    last = levels[::-1][np.argmin(np.abs(sizes - size))]
    return np.asarray(known & (np.round(figures, ALIKE) >= last))


def _totals(result: Assessment) -> Floats:
    """(n,) the weighted total of both axes, 0-10 (method.md 4.3); NaN without scores."""
    weights = np.array([result.weights[key] for key in result.valued.criteria])
    on_a = result.valued.attractive
    a, s = float(weights[on_a].sum()), float(weights[~on_a].sum())
    if not a + s > 0:
        return np.full(len(result.valued.customers), np.nan)
    return (a * result.attractiveness.estimate + s * result.strength.estimate) / (a + s)


def _customers(result: Assessment, flags: Flags) -> tuple[str, ...]:
    """The flagged customers, in the one order."""
    return tuple(key for key in result.judged if flags[result.row[key]])
