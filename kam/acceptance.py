"""When a criterion may be used: the five ticks of method.md section 2."""

from collections.abc import Iterable
from dataclasses import dataclass

from kam.model import TICKS_NEEDED, Criterion

VAGUE_NAMES = {
    # method.md section 12: refused names, each with its measurable replacement (catalogue ids)
    "importance": "Incremental profit potential (A02)",
    "important": "Incremental profit potential (A02)",
    "prestige": "Measured reference value (A08)",
    "well known": "Measured reference value (A08)",
    "loyalty": "Share of wallet (S01) with Contract cover (S10)",
    "loyal": "Share of wallet (S01) with Contract cover (S10)",
    "good relationship": "Contact coverage (S06) or Structured sponsor meetings (S07)",
    "relationship": "Contact coverage (S06) or Structured sponsor meetings (S07)",
    "strategic": "Objectives advanced (A07)",
    "strategic fit": "Objectives advanced (A07)",
    "long-standing": "nothing: how long a customer has been with us is history, not potential",
    "history": "nothing: how long a customer has been with us is history, not potential",
    "demanding": "Cost to serve (A06)",
    "revenue": "Addressable spend in year 3 (A01) or Incremental profit potential (A02)",
    "turnover": "Addressable spend in year 3 (A01) or Incremental profit potential (A02)",
}


@dataclass(frozen=True)
class Tick:
    """One acceptance test: its claim, and whether it holds (`None`: cannot be told yet)."""

    claim: str
    holds: bool | None
    repair: str


def ticks(
    criterion: Criterion, customers: Iterable[str] = (), *, spread: bool | None = None
) -> tuple[Tick, ...]:
    """The five acceptance ticks of a criterion, in the order in which they are shown.

    Args:
        criterion: the criterion as it stands.
        customers: names of customers, none of which a criterion may carry.
        spread: whether scored customers differ on it; `None` while too few are scored.
    """
    better = replacement(criterion.name)
    named = _names_a_customer(criterion.name, customers)
    return (
        Tick("It has a unit", bool(criterion.unit), "Write the unit, such as “% of revenue”."),
        Tick(
            "Two people reading the definition would write down the same number",
            bool(criterion.definition) and criterion.same_number,
            "Write the definition, test it on one customer, then tick this.",
        ),
        Tick(
            "The figures exist, or can be had within four weeks",
            criterion.data_at_hand,
            "Name the source, and tick this when somebody will bring the figures.",
        ),
        Tick(
            "Its name is measurable, and names no customer, person or history",
            better is None and named is None,
            f"Use instead: {better}." if better else f"It names the customer {named}.",
        ),
        Tick("It can move the decision: customers differ on it", spread, "Score customers first."),
    )


def replacement(name: str) -> str | None:
    """What to use instead of a vague criterion name; `None` when the name is fit."""
    return VAGUE_NAMES.get(" ".join(name.casefold().split()))


def _names_a_customer(name: str, customers: Iterable[str]) -> str | None:
    """The first customer whose whole name (five letters or more) stands in a criterion's name."""
    folded = name.casefold()
    return next((c for c in customers if len(c) >= 5 and c.casefold() in folded), None)


def gaps(criterion: Criterion) -> tuple[str, ...]:
    """What a criterion lacks before it may be scored, in words; empty when it may.

    It needs definition, unit, direction and five anchors (decisions.md section 3), and four of
    the five ticks, of which the fifth (spread) can only come after scoring.
    """
    lacking = list(criterion.gaps)
    accepted = ticks(criterion)
    if not lacking and sum(tick.holds is True for tick in accepted) < TICKS_NEEDED:
        lacking = [f"the tick “{tick.claim}”" for tick in accepted if tick.holds is False]
    return tuple(lacking)
