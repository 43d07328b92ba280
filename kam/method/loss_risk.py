"""The risk of losing a key account: which of five warning signs it shows, and what hangs on it.

There is no figure for the risk itself: nothing that we know would bear one. What is told in money
is what hangs on the accounts that show a sign, not what will be lost.
"""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from kam.method.account_figures import account
from kam.method.assessment import Assessment
from kam.method.futures import is_key
from kam.method.returns import contribution
from kam.method.values import listing
from kam.method.warning_signs import Checked, Look, Sign


@dataclass(frozen=True)
class Risk:
    """A key account with everything that was looked at.

    Attributes:
        contribution: revenue less cost of goods, currency a year: what is lost with it; `None`
            unknown.
        checked: one for each sign, in the order of `Sign`.
    """

    customer: str
    contribution: float | None
    checked: tuple[Checked, ...]

    @cached_property
    def shown(self) -> int:
        """How many signs it shows."""
        return sum(one.shown is True for one in self.checked)

    @cached_property
    def unknown(self) -> int:
        """How many signs nobody could look at."""
        return sum(one.shown is None for one in self.checked)

    @property
    def words(self) -> str:
        """The count in words: "2 of 5 warning signs, 1 not known"."""
        told = f"{self.shown} of {len(self.checked)} warning signs"
        return f"{told}, {self.unknown} not known" if self.unknown else told


@dataclass(frozen=True)
class AtStake:
    """What hangs on the key accounts that show a sign.

    Attributes:
        accounts: how many show one.
        contribution: the sum of theirs as far as it is known, currency a year.
        unknown: of how many of them it is not known.
    """

    accounts: int
    contribution: float
    unknown: int


def risks(result: Assessment, today: date, earlier: Assessment | None = None) -> tuple[Risk, ...]:
    """Every key account: most signs first, then most that is not known, then most contribution.

    Args:
        result: the present result.
        today: the day on which contracts are looked at.
        earlier: the result of the last review, with which our share is compared.
    """
    look, customers = Look(result, today, earlier), result.workshop.customers
    keys = [key for key, one in result.standings.items() if is_key(one.klass)]
    found = [
        Risk(key, contribution(account(customers[key])).amount, look.at(customers[key]))
        for key in keys
    ]
    return tuple(
        sorted(found, key=lambda one: (-one.shown, -one.unknown, -(one.contribution or 0.0)))
    )


def at_stake(found: tuple[Risk, ...]) -> AtStake:
    """What hangs on the key accounts that show a sign."""
    warned = [one.contribution for one in found if one.shown]
    known = [amount for amount in warned if amount is not None]
    return AtStake(len(warned), sum(known), len(warned) - len(known))


def headline(found: tuple[Risk, ...]) -> str:
    """How many key accounts show a sign; without any, how much is not known."""
    if not found:
        return "There is no key account to lose"
    warned = sum(one.shown > 0 for one in found)
    if warned:
        verb = "shows" if warned == 1 else "show"
        return f"{warned:,} of {len(found):,} key accounts {verb} a warning sign"
    blind = sum(one.unknown > 0 for one in found)
    if blind:
        accounts = "key account" if blind == 1 else "key accounts"
        return f"No warning sign; of {blind:,} {accounts} we know too little"
    return "No key account shows a warning sign"


def unknown_words(found: tuple[Risk, ...]) -> str:
    """Which signs could not be looked at, for how many accounts, and where to write them down.

    Empty where everything is known.
    """
    counts = {
        what: sum(one.checked[place].shown is None for one in found)
        for place, what in enumerate(_MISSING.values())
    }
    told = [f"{what} ({count:,} of {len(found):,})" for what, count in counts.items() if count]
    if not told:
        return ""
    return (
        f"Not known: {listing(told)}. Write down a contract's end at the right, everything else "
        "on the page Customers."
    )


_MISSING = {
    # in the order of `Sign`: what has to be known to look at it
    Sign.RIVAL: "the gap to the best rival",
    Sign.FALLING: "how our business goes",
    Sign.CONTRACT: "when the contract ends",
    Sign.FAVOUR: "whether it would favour us",
    Sign.CONTACTS: "whom we talk to",
}
