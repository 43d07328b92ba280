"""TOPSIS and PROMETHEE II on values with fixed ends (method.md 6.6); the kernels of the check.

Both can be read on the scale of the weighted sum: 10 times the closeness, and the even level.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from kam.method.selection import SAME
from kam.method.values import Flags, Floats

HALVINGS = 40  # of the scale of 10 points: a level is exact to 1e-11


@dataclass(frozen=True)
class Preference:
    """How far a lead of d value points on a criterion makes one customer preferred, 0-1.

    0 up to `indifferent`, 1 beyond `strict`, linear between. Both 0: any lead counts fully.
    """

    indifferent: float = 0.0
    strict: float = 0.0


# --- TOPSIS ---------------------------------------------------------------------------------------


def closeness(
    table: Floats, weights: Floats, worst: Floats | float = 0.0, best: Floats | float = 10.0
) -> Floats:
    """(n,) how near every customer is to the best that can be, 0-1; TOPSIS.

    `C = D- / (D- + D+)` with `D- = sqrt(sum (w (v - worst))^2)` and `D+` likewise to the best.
    Ideals are fixed at 0 and 10: taken from the customers at hand, they let the scaling alone
    change the winner. A customer worth v on every criterion has v / 10.

    Args:
        table: (n, m) values, NaN unknown. Both distances leave the unknown out, so it is taken
            to look like the rest of that customer; never 0.
        weights: (m,), not negative, any scale.
        worst: one level, or one a criterion.
        best: likewise.

    Returns:
        NaN where nothing that has weight is known.

    Source: Hwang & Yoon (1981); the scaling: Opricovic & Tzeng (2004), EJOR 156:445.
    """
    to_worst = np.sqrt(np.nansum(np.square(weights * (table - worst)), axis=1))
    to_best = np.sqrt(np.nansum(np.square(weights * (table - best)), axis=1))
    whole = to_worst + to_best
    return _share(to_worst, whole)


# --- PROMETHEE II ---------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Field:
    """The customers with a known value on one criterion, against whom levels are held.

    Attributes:
        values: ascending.
        sums: of the first 0, 1, ... of them.
    """

    values: Floats
    sums: Floats
    preference: Preference

    def ahead(self, levels: Floats) -> Floats:
        """How many of them each level beats; a partial preference counts as a part of one.

        By two look-ups in the sorted values instead of all pairs.
        """
        low, high = self.preference.indifferent, self.preference.strict
        partly = np.searchsorted(self.values, levels - low)
        fully = np.searchsorted(self.values, levels - high)
        if high <= low:
            return partly.astype(float)
        leads = (partly - fully) * (levels - low) - (self.sums[partly] - self.sums[fully])
        return np.asarray(fully + leads / (high - low))

    @cached_property
    def mirrored(self) -> "_Field":
        """The same customers, seen from above."""
        return _field(-self.values, self.preference)

    def net(self, levels: Floats) -> Floats:
        """Customers beaten less customers that beat each level, as a share of all, -1 to 1."""
        difference = self.ahead(levels) - self.mirrored.ahead(-levels)
        share = difference / max(len(self.values), 1)
        return np.where(np.isnan(levels), np.nan, share)


def _field(values: Floats, preference: Preference) -> _Field:
    ordered = np.sort(values[~np.isnan(values)])
    return _Field(ordered, np.concatenate([[0.0], np.cumsum(ordered)]), preference)


def net_flows(table: Floats, weights: Floats, preferences: Sequence[Preference]) -> Floats:
    """(n,) net flow of every customer, -1 to 1, higher is better; PROMETHEE II.

    `phi = phi+ - phi-`: for each criterion the share of the other customers that it is preferred
    to, less the share that is preferred to it, weighted. Flows add to 0 where all is known. They
    depend on who is compared: another customer can reverse two.

    Args:
        table: (n, m) values, NaN unknown. A criterion compares those who are known on it, and a
            customer's flow is the weighted mean over its known criteria; never 0 for unknown.
        weights: (m,), not negative, any scale.
        preferences: one a criterion.

    Returns:
        NaN where nothing that has weight is known. A criterion known of one customer alone
        compares with nobody and gives it 0.

    Source: Brans, Vincke & Mareschal (1986), EJOR 24:228.
    """
    flows = np.full(table.shape, np.nan)
    for column, preference in enumerate(preferences):
        field = _field(table[:, column], preference)
        count = len(field.values)
        flows[:, column] = field.net(table[:, column]) * count / max(count - 1, 1)
    return _weighted_mean(flows, weights)


def net_shares(customers: Floats, levels: Floats, preference: Preference) -> Floats:
    """(k,) customers beaten by each level less customers that beat it, as a share of all, -1 to 1.

    Args:
        customers: their values on one criterion, NaN unknown: left out.
        levels: (k,), on the same scale.
        preference: how far a lead counts.
    """
    return _field(customers, preference).net(levels)


def even_levels(table: Floats, weights: Floats, preference: Preference, near: Floats) -> Floats:
    """(n,) the level 0-10 at which a customer even on every criterion would have the same flow.

    Puts a flow on the scale on which the lines are drawn, as the weighted sum and TOPSIS have an
    even customer at its own level. Where a span of levels has the same flow, the one nearest to
    `near` is taken, so that a difference is told only where there is one. Never lower for a
    customer that is at least as good everywhere.

    Args:
        table: (n, m) values 0-10, NaN unknown. The even customer is held against the field on
            the criteria that are known of the customer it stands for.
        weights: (m,), not negative, any scale.
        preference: the same on every criterion.
        near: (n,) the weighted sums; NaN stays NaN.
    """
    fields = [_field(column, preference) for column in table.T]
    unknown = np.isnan(table)

    def flow(levels: Floats) -> Floats:
        gained = [field.net(column) for field, column in zip(fields, levels.T, strict=True)]
        return _weighted_mean(np.where(unknown, np.nan, np.transpose(gained)), weights)

    own, spread = flow(table), np.ones(table.shape)
    low = _least(lambda level: flow(spread * level[:, None]) >= own - SAME, len(table))
    high = _least(lambda level: flow(spread * level[:, None]) > own + SAME, len(table))
    return np.asarray(np.clip(near, low, high))


def _least(reached: Callable[[Floats], Flags], count: int) -> Floats:
    """The least level of 0-10 at which each of `count` conditions holds; 10 where none does."""
    low, high = np.zeros(count), np.full(count, 10.0)
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        holds = reached(middle)
        low, high = np.where(holds, low, middle), np.where(holds, middle, high)
    return high


def _weighted_mean(table: Floats, weights: Floats) -> Floats:
    """(n,) the mean of what is known in each row; NaN where nothing with weight is."""
    known = ~np.isnan(table) @ weights
    total = np.nan_to_num(table) @ weights
    return _share(total, known)


def _share(part: Floats, whole: Floats) -> Floats:
    """NaN where there is no whole."""
    return np.asarray(np.divide(part, whole, out=np.full(len(part), np.nan), where=whole > 0))
