"""What a decision earns on the capital that it ties up (method.md 9).

Decide by this: the average return of `kam.method.returns` only describes what has been. A rate is
a share a year, 0.12 for 12 %.
"""

from dataclasses import dataclass
from enum import StrEnum

from kam.method.returns import Figure, Line, Return, less
from kam.method.values import listing

MOST_DIGITS = 4  # decimals of a rate that stands beside the hurdle


class Effect(StrEnum):
    """What a decision does to profit and capital until year three."""

    UNKNOWN = "unknown"
    EARNS = "earns on more capital"
    COSTS = "costs profit and frees no capital"
    FREES = "frees cash"
    FREE = "earns without more capital"
    RELEASES = "gives up profit and frees capital"
    NOTHING = "changes nothing"


@dataclass(frozen=True)
class Incremental:
    """What a decision adds to profit, and what it ties up for that.

    Attributes:
        gain: profit in year three less today's, currency a year; `None` unknown.
        tied: capital in year three less today's, with the one-off investment; `None` unknown.
        unknown: names of what is missing.
    """

    gain: float | None
    tied: float | None
    unknown: tuple[str, ...] = ()

    @property
    def effect(self) -> Effect:
        """Which of the cases of method.md 9 it is."""
        if self.gain is None or self.tied is None:
            return Effect.UNKNOWN
        if self.tied > 0:
            return Effect.EARNS if self.gain > 0 else Effect.COSTS
        if self.tied < 0:
            return Effect.RELEASES if self.gain < 0 else Effect.FREES
        if self.gain == 0:
            return Effect.NOTHING
        return Effect.FREE if self.gain > 0 else Effect.COSTS

    @property
    def rate(self) -> float | None:
        """Gain for each unit of capital more, a share a year; `None` where none is tied up."""
        if self.gain is None or self.tied is None or self.tied <= 0:
            return None
        return self.gain / self.tied

    @property
    def given_up(self) -> float | None:
        """Profit given up for each unit of capital released, a share a year; else `None`."""
        if self.effect is not Effect.RELEASES or self.gain is None or self.tied is None:
            return None
        return self.gain / self.tied

    def clears(self, hurdle: float) -> bool | None:
        """Whether it is worth doing at a hurdle rate; `None` if unknown or nothing changes.

        Released capital has to give up no more than it earns elsewhere, which is the hurdle.
        """
        if self.effect in {Effect.UNKNOWN, Effect.NOTHING}:
            return None
        if self.rate is not None:
            return self.rate >= hurdle
        if self.given_up is not None:
            return self.given_up <= hurdle
        return self.effect is not Effect.COSTS


def incremental_roce(today: Return, year_three: Return, one_off: float | None) -> Incremental:
    """What a decision earns on what it ties up.

    `(profit_3 - profit_0) / (capital_3 - capital_0 + one-off investment)`, method.md 9.
    """
    gain = Figure((*year_three.profit.lines, *_turned(today.profit)))
    investment = Line("One-off investment", one_off)
    tied = Figure((*year_three.capital.lines, *_turned(today.capital), investment))
    unknown = tuple(dict.fromkeys((*gain.unknown, *tied.unknown)))
    return Incremental(gain.amount, tied.amount, unknown)


def stated(profit: float | None, capital: float | None) -> Return:
    """A return of which only the two sums are known, such as a plan for year three."""
    return Return(
        Figure((Line("Operating profit", profit),)), Figure((Line("Capital employed", capital),))
    )


def incremental_words(decision: Incremental, hurdle: float) -> str:
    """What a decision does, in a sentence, beside the hurdle."""
    effect = decision.effect
    if decision.rate is not None and effect is Effect.EARNS:
        side = "above" if decision.clears(hurdle) else "below"
        share = rate_beside(decision.rate, hurdle)
        return f"Earns {share} a year on what it ties up, {side} {needed(hurdle)}."
    if decision.given_up is not None:
        side = "less" if decision.clears(hurdle) else "more"
        share = rate_beside(decision.given_up, hurdle)
        return f"Gives up {share} a year of the capital it frees, {side} than {needed(hurdle)}."
    if effect is Effect.UNKNOWN:
        return f"Not known yet: {listing([name.lower() for name in decision.unknown])}."
    return _EFFECT_WORDS[effect]


_EFFECT_WORDS = {
    Effect.COSTS: "Earns nothing more and frees no capital: do not do it.",
    Effect.FREES: "Frees cash and costs no profit: do it.",
    Effect.FREE: "Earns more and ties up nothing: do it.",
    Effect.NOTHING: "Changes neither profit nor capital.",
}


def needed(hurdle: float) -> str:
    """What capital has to earn, in every digit that was typed: 12.5 %."""
    return f"{100 * hurdle:g} %"


def rate_beside(rate: float, hurdle: float) -> str:
    """A rate with one decimal, or with as many as tell it from the hurdle beside it; at most 4."""
    for digits in range(1, MOST_DIGITS):
        told = f"{100 * rate:,.{digits}f}"
        if rate == hurdle or float(told.replace(",", "")) != round(100 * hurdle, 9):
            return f"{told} %".replace("-", "−")
    return f"{100 * rate:,.{MOST_DIGITS}f} %".replace("-", "−")


def _turned(figure: Figure) -> tuple[Line, ...]:
    """The lines of a figure that is taken away."""
    return tuple(less(line.name, line.amount) for line in figure.lines)
