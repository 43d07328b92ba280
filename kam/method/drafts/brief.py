"""What a draft is made from: one customer as it stands, the day, and its sentences."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from kam.method.assessment import Assessment, Standing
from kam.method.paths import Move
from kam.method.values import in_unit, listing, spoken
from kam.model import Action, Criterion, Customer, Override, Profile, Workshop

YEAR = 365  # days
LONGEST_STEP = 200  # characters of an action


@dataclass(frozen=True)
class Brief:
    """What a draft is made from.

    Attributes:
        line: customers that wait for capacity -> their place in line, from 1.
    """

    assessment: Assessment
    customer: Customer
    standing: Standing
    today: date
    line: Mapping[str, int]

    @property
    def workshop(self) -> Workshop:
        """The workshop as it is judged."""
        return self.assessment.workshop

    @property
    def profile(self) -> Profile:
        """What is known of the customer."""
        return self.customer.profile

    @property
    def owner(self) -> str:
        """Who owns the customer; empty where nobody does."""
        return self.profile.owner

    @property
    def prospect(self) -> bool:
        """Whether it is known to buy nothing yet; unknown sales are not no sales."""
        return self.profile.revenue is not None and self.profile.revenue <= 0

    @property
    def override(self) -> Override:
        """What the team decided on the customer against the rule; it must have."""
        return self.workshop.overrides[self.customer.id]

    @property
    def still_holds(self) -> str:
        """The step that looks at that decision again."""
        return f"Check whether this still holds: {self.override.reason}"

    def after(self, days: int) -> date:
        """The day so many days from today."""
        return self.today + timedelta(days=days)

    def steps(self, *texts_and_days: tuple[int, str]) -> tuple[Action, ...]:
        """Actions of the customer's owner: so many days from today, and what is done."""
        return tuple(
            Action(text=_cut(text), owner=self.owner, due=self.after(days))
            for days, text in texts_and_days
        )

    def criterion(self, move: Move) -> Criterion:
        """The criterion of a move."""
        return self.workshop.criteria[move.criterion]

    def moves(self, moves: Sequence[Move]) -> str:
        """Moves in words: "Share of wallet from 8 to 25 %"."""
        return listing([move_words(self.criterion(move), move) for move in moves])

    def ends(self, moves: Sequence[Move]) -> str:
        """Where moves end, in words: "Share of wallet at 25 %"."""
        return listing([level_words(self.criterion(move), move.end) for move in moves])

    def unknown(self) -> str:
        """The criteria on which the customer is not scored, in words."""
        table = self.assessment.valued
        levels = table.raw[self.assessment.row[self.customer.id]]
        missing = [
            self.workshop.criteria[key].name
            for key, level in zip(table.criteria, levels, strict=True)
            if np.isnan(level)
        ]
        return ", ".join(missing) or "nothing"


def move_words(criterion: Criterion, move: Move) -> str:
    """One move in plain units: "Share of wallet from 8 to 25 %"."""
    start, end = spoken(move.start), spoken(move.end)
    if start == end:  # too short a way to be read
        start = f"just {'below' if move.start < move.end else 'above'} {end}"
    return f"{criterion.name} from {in_unit(f'{start} to {end}', criterion.unit)}"


def level_words(criterion: Criterion, level: float) -> str:
    """A level in plain units: "Share of wallet at 25 %"."""
    return f"{criterion.name} at {in_unit(spoken(level), criterion.unit)}"


def day_words(day: date) -> str:
    """A date as people say it: 2 March 2027."""
    return f"{day.day} {day:%B %Y}"


def _cut(text: str) -> str:
    """A text that an action can hold; long names of criteria end in an ellipsis."""
    return text if len(text) <= LONGEST_STEP else text[: LONGEST_STEP - 1].rstrip() + "…"
