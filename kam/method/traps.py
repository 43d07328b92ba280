"""Whether the key accounts are a naive list in disguise (method.md section 8).

Managers take the largest, the best known, the most demanding customers and their friends for the
best. A large overlap with such a list is no error: large customers can be attractive. The finding
that counts is who is in only because of it, and who is left out because of it.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import comb, isfinite, sqrt

import numpy as np

from kam.method.assessment import Assessment
from kam.method.criteria_review import (
    ENOUGH_CUSTOMERS,
    NAMED,
    SIZE,
    counted,
    family,
    judged_values,
    known_in_both,
    listing,
    moves_with,
    reweighed,
    spearman,
    without,
)
from kam.method.groups import LEDGER
from kam.method.pool import REVENUE, Pool
from kam.method.ranks import ALIKE
from kam.method.selection import CLASSES, Ints
from kam.method.values import Flags, Floats

SOME, MOSTLY = 0.3, 0.6  # overlap beyond chance, from look at it to caught, method.md 8 [D]
SAME_ORDER = 0.7  # tau-b from which the whole order is that of the naive list, method.md 8 [D]

TENURE = f"{LEDGER}tenure_days"

_KEY = np.array([*(klass.is_key for klass in CLASSES), False])  # the last is unscored, index -1


class Verdict(StrEnum):
    """What a trap check found; the words are for code, `sentences` for people."""

    UNTOLD = "untold"
    CLEAR = "clear"
    LOOK = "look"
    CAUGHT = "caught"


@dataclass(frozen=True)
class Trap:
    """A naive way to choose key accounts: by the largest figure.

    Attributes:
        name: what the customers on top have, inside a sentence.
        source: the profile field, fact or poll that it reads, and where that is from.
        figures: by customer; an absent one is unknown. Only the order counts.
        families: families of criteria that measure the same by another name.
        columns: facts or profile fields that hold the figures.
    """

    name: str
    source: str
    figures: Mapping[str, float]
    families: frozenset[str] = frozenset()
    columns: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Overlap:
    """How many key accounts stand on top of a naive list.

    Attributes:
        counted: customers whose class and figure are known.
        key: the key accounts among them.
        top: those on top of the naive list: as many as there are key accounts, or, where several
            tie for the last place, the number nearest to it that splits no tie.
        both: the key accounts on top.
    """

    counted: int
    key: int
    top: int
    both: int

    @property
    def tells(self) -> bool:
        """Whether both lists are a part of the customers, so that an overlap means something."""
        return 0 < self.key < self.counted and 0 < self.top < self.counted

    @property
    def expected(self) -> float:
        """How many would be on top if key accounts were drawn by lot."""
        return self.key * self.top / self.counted if self.counted else 0.0

    @property
    def adjusted(self) -> float | None:
        """Overlap beyond chance: 1 one list lies in the other, 0 as by lot, negative below.

        `(share - chance) / (1 - chance)`, share `both / min(key, top)`, chance
        `max(key, top) / counted`; method.md section 8 where both lists are as long.
        """
        if not self.tells:
            return None
        share = self.both / min(self.key, self.top)
        chance = max(self.key, self.top) / self.counted
        return (share - chance) / (1 - chance)

    @property
    def luck(self) -> float:
        """Probability, 0-1, of as many or more on top by lot: the hypergeometric tail, exact."""
        others = self.counted - self.key
        fewest, most = max(0, self.top - others), min(self.key, self.top)
        start = max(self.both, fewest)
        ways = comb(self.key, start) * comb(others, self.top - start)
        total = 0
        for hit in range(start, most + 1):
            total += ways
            ways *= (self.key - hit) * (self.top - hit)
            ways //= (hit + 1) * (others - self.top + hit + 1)
        return total / comb(self.counted, self.top)


@dataclass(frozen=True)
class Finding:
    """What one trap check found; customers in the one order.

    Attributes:
        unknown: customers with a class but no figure; they are left out of everything else.
        agreement: tau-b of weighted total and figure over the scored, -1 to 1; `None` where it
            cannot be told.
        linked: criteria that measure the same: by column, by family, or because they move with it.
        both: the key accounts on top of the naive list.
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
    both: tuple[str, ...]
    decided: tuple[str, ...]
    only_because: tuple[str, ...]
    missed_because: tuple[str, ...]
    rest: bool

    @property
    def verdict(self) -> Verdict:
        """Clear, look, or caught; untold of fewer than 8 customers, or if all or none are key."""
        adjusted = self.overlap.adjusted
        if adjusted is None or self.overlap.counted < ENOUGH_CUSTOMERS:
            return Verdict.UNTOLD
        same_order = (self.agreement or 0.0) >= SAME_ORDER - 1e-9
        if adjusted >= MOSTLY - 1e-9 and same_order and self.only_because:
            return Verdict.CAUGHT
        return Verdict.LOOK if adjusted >= SOME - 1e-9 or self.only_because else Verdict.CLEAR


# --- the traps ------------------------------------------------------------------------------------


def largest_revenue(result: Assessment) -> Trap:
    """The largest sales of the last twelve months: of the ledger, else of the profile."""
    customers, column = result.workshop.customers, f"{LEDGER}revenue_12m"
    pool = Pool(result.workshop)
    figures = dict(zip(pool.customers, pool.figures(REVENUE), strict=True))
    known = {key: float(one) for key, one in figures.items() if isfinite(one)}
    from_ledger = [column in customers[key].facts for key in known]
    sources = [_origin(result, column)] if any(from_ledger) else []
    sources += ["the customers’ profiles"] if not all(from_ledger) else []
    source = f"Revenue of the last 12 months, from {listing(sources)}" if known else ""
    return Trap("the largest revenue", source, known, frozenset({SIZE}))


def longest_standing(result: Assessment) -> Trap:
    """The longest time since the first order (method.md 8.5)."""
    customers = result.workshop.customers.items()
    known = {key: one.facts[TENURE] for key, one in customers if TENURE in one.facts}
    source = f"Days since the first order, from {_origin(result, TENURE)}" if known else ""
    return Trap("the longest history with us", source, known, columns=frozenset({TENURE}))


def best_known(figures: Mapping[str, float], source: str) -> Trap:
    """The customers that come to mind first: see `mentions`, or press mentions, or employees."""
    return Trap("the best-known names", source, figures, columns=frozenset({"awareness"}))


def most_demanding(figures: Mapping[str, float], source: str) -> Trap:
    """The customers that demand most for what they bring: see `demand_index`."""
    return Trap("the most demands on us", source, figures, columns=frozenset({"demand_index"}))


def executives_friends(figures: Mapping[str, float], source: str) -> Trap:
    """The customers to which our executives have the closest ties: see `strongest_ties`."""
    families = frozenset({"relationship"})
    return Trap("friends among our executives", source, figures, families, frozenset({"exec_tie"}))


def managers_favourites(figures: Mapping[str, float], source: str) -> Trap:
    """The customers that their own account managers see in the best light: see `halo`."""
    return Trap("the kindest account managers", source, figures)


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


def tau_b(first: Floats, second: Floats) -> float | None:
    """Kendall's tau-b of two columns, -1 to 1: agreeing less opposing pairs, ties taken out.

    `(P - Q) / sqrt((P + Q + X)(P + Q + Y))`, X and Y the pairs that tie on one column only.

    Args:
        first: (n,) figures; NaN unknown.
        second: (n,) likewise. Only rows that are known in both count.

    Returns:
        `None` where fewer than two rows count, or a column is level.

    Source: Kendall (1948); counted by sorting as in Knight (1966), JASA 61:436.
    """
    x, y = (_levels(column) for column in known_in_both(first, second))
    pairs = comb(len(x), 2)
    apart, apart_too = pairs - _tied_pairs(x), pairs - _tied_pairs(y)
    if not apart or not apart_too:
        return None
    tied_on_both = _tied_pairs(x * len(x) + y)
    unequal = apart + apart_too - pairs + tied_on_both
    opposing = _inversions(y[np.lexsort([y, x])])
    return float((unequal - 2 * opposing) / sqrt(apart * apart_too))


def _levels(figures: Floats) -> Ints:
    """(n,) the level of each figure, 0 for the smallest; those that tie have the same."""
    return np.unique(np.round(figures, ALIKE), return_inverse=True)[1].astype(np.int64)


def _tied_pairs(levels: Ints) -> int:
    """How many pairs share a level."""
    counts = np.unique(levels, return_counts=True)[1]
    return int((counts * (counts - 1) // 2).sum())


def _inversions(levels: Ints) -> int:
    """How many pairs stand the wrong way round, the larger first.

    Two levels differ first in one binary digit, and are alike in those above it: for every digit
    the zeros are counted that stand behind a one.
    """
    found = 0
    for digit in range(int(levels.max(initial=0)).bit_length()):
        ordered = levels[np.argsort(levels >> (digit + 1), kind="stable")]
        above, ones = ordered >> (digit + 1), (ordered >> digit) & 1
        before = np.cumsum(ones) - ones
        before -= before[np.searchsorted(above, above)]
        found += int(before[ones == 0].sum())
    return found


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


# --- in words -------------------------------------------------------------------------------------


def sentences(result: Assessment, found: Finding) -> tuple[str, ...]:
    """What a trap check found, in the order in which a person wants to know it."""
    told = (
        _told_caught(result, found),
        _told_overlap(found),
        _told_only(result, found),
        _told_missed(result, found),
        _told_decided(result, found),
        _told_unknown(found),
    )
    return tuple(sentence for sentence in told if sentence)


def _told_caught(result: Assessment, found: Finding) -> str:
    if found.verdict is not Verdict.CAUGHT:
        return ""
    return (
        f"Mostly the same as choosing those with {found.trap.name}: is that what the "
        f"{len(counted(result))} criteria were for?"
    )


def _told_overlap(found: Finding) -> str:
    lists = found.overlap
    told = (
        f"{lists.both:,} of {lists.key:,} key accounts are among the {lists.top:,} customers with "
        f"{found.trap.name}; by luck you would expect {lists.expected:.1f}."
    )
    if found.verdict is Verdict.UNTOLD:
        told += (
            f" This does not tell anything yet: it takes {ENOUGH_CUSTOMERS} customers whose "
            "figures differ, and both key accounts and others among them."
        )
    return told


def _told_only(result: Assessment, found: Finding) -> str:
    if not found.only_because:
        return ""
    criteria = listing([result.workshop.criteria[key].name for key in found.linked])
    if not found.rest:
        return f"Without {criteria} nothing is left to choose by on one of the two axes."
    return f"In only because of {criteria}: {_names(result, found.only_because)}."


def _told_missed(result: Assessment, found: Finding) -> str:
    if not found.missed_because:
        return ""
    criteria = listing([result.workshop.criteria[key].name for key in found.linked])
    return f"Left out only because of {criteria}: {_names(result, found.missed_because)}."


def _told_decided(result: Assessment, found: Finding) -> str:
    if not found.decided:
        return ""
    return f"Decided by the team, not by the rule: {_names(result, found.decided)}."


def _told_unknown(found: Finding) -> str:
    if not found.unknown:
        return ""
    verb = "customer has" if found.unknown == 1 else "customers have"
    return f"{found.unknown:,} {verb} no such figure and could not be looked at."


def _names(result: Assessment, keys: Sequence[str]) -> str:
    names = [result.workshop.customers[key].name for key in keys[:NAMED]]
    more = len(keys) - NAMED
    return listing([*names, f"{more:,} more"] if more > 0 else names)
