"""Key accounts to talk about: too little earned on what they tie up, twice in a row (method.md 9).

Rates and hurdles are shares a year, 0.12 for 12 %.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from kam.method.account_figures import increment
from kam.method.assessment import Assessment
from kam.method.incremental import needed, rate_beside

REVIEWS_BELOW = 2  # in a row below the hurdle, method.md 9


@dataclass(frozen=True)
class TierDown:
    """A key account whose gain was below the hurdle in the last two reviews.

    Attributes:
        customer: who.
        name: how it is called now.
        rates: what its gain earns on what it ties up, at the review before and now; `None` where
            it earns nothing more and frees no capital.
        hurdles: what capital had to earn then and now.
    """

    customer: str
    name: str
    rates: tuple[float | None, ...]
    hurdles: tuple[float, ...]

    @property
    def words(self) -> str:
        """What was found at both reviews, and what to talk about, in a sentence."""
        told = [_told(*pair) for pair in zip(self.rates, self.hurdles, strict=True)]
        return (
            f"More business with {self.name} {told[-1]}, and {told[0]} at the review before: "
            "talk about a lower class."
        )


def tier_down(states: Sequence[Assessment]) -> tuple[TierDown, ...]:
    """Key accounts whose incremental return was below the hurdle in the last two reviews.

    Each review has its own figures and its own hurdle. What was unknown at one of them, or did
    not clear the hurdle only once, is no reason.

    Args:
        states: the results of the reviews, oldest first, the present one last.
    """
    if len(states) < REVIEWS_BELOW:
        return ()
    last = states[-REVIEWS_BELOW:]
    found = (_over(key, last) for key in states[-1].standings if _is_key(states[-1], key))
    return tuple(one for one in found if one is not None)


def _over(customer: str, reviews: Sequence[Assessment]) -> TierDown | None:
    """The finding of a customer over these reviews; `None` where it does not stay below."""
    hurdles = tuple(review.workshop.hours_policy.hurdle_pct / 100 for review in reviews)
    known = [review.workshop.customers.get(customer) for review in reviews]
    gains = [increment(one.economics) for one in known if one is not None]
    below = [gain.clears(hurdle) is False for gain, hurdle in zip(gains, hurdles, strict=False)]
    if below != [True] * len(reviews):
        return None
    name = reviews[-1].workshop.customers[customer].name
    return TierDown(customer, name, tuple(gain.rate for gain in gains), hurdles)


def _is_key(review: Assessment, customer: str) -> bool:
    klass = review.standings[customer].klass
    return klass is not None and klass.is_key


def _told(rate: float | None, hurdle: float) -> str:
    """What a gain did at one review, beside the hurdle."""
    if rate is None or rate <= 0:
        return f"earns nothing on what it ties up ({needed(hurdle)} needed)"
    return f"earns {rate_beside(rate, hurdle)} on what it ties up ({needed(hurdle)} needed)"
