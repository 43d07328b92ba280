"""Figures that only people can give: who comes to mind, who is a friend, who demands much.

Each is asked in private; only the figure by customer leaves this module (method.md section 8).
"""

from collections.abc import Collection, Iterable, Mapping, Sequence

import numpy as np

from kam.errors import Refused
from kam.method.ranks import ALIKE

FRIEND = 3  # strongest tie: 0 none, 1 know, 2 meet socially, 3 friend, method.md 8, T4
HALO = 1.5  # points by which the own manager's scores lie above the others', method.md 8.6


def mentions(lists: Iterable[Collection[str]], customers: Iterable[str]) -> dict[str, float]:
    """How many members named each customer unaided; 0 for those that nobody named.

    Args:
        lists: one member's customers each, written down before the list was shown.
        customers: ids of all that could have been named; others are passed over.
    """
    named = [set(one) for one in lists]
    return {key: float(sum(key in one for one in named)) for key in customers}


def strongest_ties(answers: Iterable[Mapping[str, float]]) -> dict[str, float]:
    """The strongest tie that any executive has to each customer, 0-3; nobody can be told from it.

    A customer that nobody answered for is absent: unknown.

    Raises:
        Refused: an answer is not from 0 to 3.
    """
    strongest: dict[str, float] = {}
    for answer in answers:
        for key, tie in answer.items():
            if not 0 <= tie <= FRIEND:
                raise Refused(
                    f"A tie to a customer cannot be counted: we found {tie:g}. Answer with 0 for "
                    "none, 1 know, 2 meet socially, 3 friend."
                )
            strongest[key] = max(tie, strongest.get(key, 0.0))
    return strongest


def demand_index(
    demands: Iterable[Mapping[str, float]], contribution: Mapping[str, float]
) -> dict[str, float]:
    """How much each customer demands for what it brings: mean z-score, 0 for the average customer.

    Args:
        demands: one count each by customer, such as escalations, tickets, special terms,
            meetings or unplanned hours; one that is the same for everybody says nothing.
        contribution: what each customer brings, currency. Demands are counted per unit of it, so
            who brings nothing or less, or whose contribution is unknown, is left out.
    """
    found: dict[str, list[float]] = {}
    for demand in demands:
        each = {k: one / contribution[k] for k, one in demand.items() if contribution.get(k, 0) > 0}
        figures = np.array(list(each.values()), dtype=float)
        if not len(figures) or not figures.std() > 0:
            continue
        for key, score in zip(each, (figures - figures.mean()) / figures.std(), strict=True):
            found.setdefault(key, []).append(float(score))
    return {key: float(np.mean(scores)) for key, scores in found.items()}


def halo(
    own: Mapping[str, Sequence[float]], others: Mapping[str, Sequence[float]]
) -> dict[str, float]:
    """How far the own manager's mean score lies above the others', value points, -10 to 10.

    Customers that only one side scored are absent.

    Args:
        own: by customer, the values 0-10 that its own account manager gave.
        others: by customer, the values that everybody else gave, on the same criteria.
    """
    both = [key for key, given in own.items() if len(given) and len(others.get(key, ()))]
    return {key: float(np.mean(own[key]) - np.mean(others[key])) for key in both}


def flattered(gaps: Mapping[str, float]) -> tuple[str, ...]:
    """Customers whose own manager scores them at least `HALO` points higher; the widest first."""
    wide = [key for key, gap in gaps.items() if round(gap, ALIKE) >= HALO]
    return tuple(sorted(wide, key=lambda key: -gaps[key]))
