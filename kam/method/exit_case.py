"""What leaving one customer brings: only what would really end counts as saved (method.md 9)."""

from dataclasses import dataclass

from kam.method.returns import (
    Account,
    Figure,
    Line,
    capital_employed,
    contribution,
    less,
    operating_profit,
)

STAYS = "Costs that stay"


@dataclass(frozen=True)
class Case:
    """A customer with the figures that decide over its exit, worked out once.

    Attributes:
        avoidable: costs that would end.
        change: what operating profit gains a year without it; below 0 what it loses.
        on_capital: what its capital would earn at the hurdle, a year.
        gain: what leaving it brings a year.
    """

    account: Account
    contribution: Figure
    profit: Figure
    capital: Figure
    avoidable: Figure
    change: Figure
    on_capital: Figure
    gain: Figure

    @property
    def complete(self) -> bool:
        """Whether profit and capital are known."""
        return None not in (self.profit.amount, self.capital.amount)

    @property
    def missing(self) -> tuple[str, ...]:
        """Names of the figures that nobody knows and that decide over the exit."""
        figures = (self.contribution, self.avoidable, self.capital)
        return tuple(dict.fromkeys(name for figure in figures for name in figure.unknown))


def exit_case(account: Account, hurdle: float) -> Case:
    """What leaving a customer brings, with all that it follows from.

    Only costs that would end within a year count as saved. The capital that is released earns the
    hurdle elsewhere. A gain below 0 means that a better price brings more.

    Args:
        account: the customer.
        hurdle: what capital has to earn, a share a year.
    """
    lost, capital, ends = contribution(account), capital_employed(account), _avoidable(account)
    tied = capital.amount
    earns = Figure((Line("Released capital", None if tied is None else hurdle * tied),))
    change = Figure((Line("Avoidable cost", ends.amount), less("Contribution", lost.amount)))
    gain = Figure((*change.lines, Line("Earned on released capital", earns.amount)))
    return Case(account, lost, operating_profit(account), capital, ends, change, earns, gain)


def _avoidable(account: Account) -> Figure:
    """The costs that would end with the customer within a year."""
    return Figure(
        (
            Line("Cost to serve", account.cost_to_serve),
            less(STAYS, account.stranded),
            Line("Avoidable overhead", account.avoidable_overhead),
        )
    )
