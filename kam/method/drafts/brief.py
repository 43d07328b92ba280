"""What a draft is made from: one customer as it stands, the day, and its sentences."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from kam.edits.plans import months_after
from kam.method.assessment import Assessment, Standing
from kam.method.paths import Move
from kam.method.values import in_unit, listing, spoken
from kam.model import Action, Criterion, Customer, Override, Profile, Workshop

YEAR = 365  # days; as a step of a draft the same day a year later, 366 days over a 29 February
LONGEST_STEP = 200  # characters of an action


@dataclass(frozen=True)
class Brief:
    """What a draft is made from."""

    assessment: Assessment
    customer: Customer
    standing: Standing
    today: date

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
        """The day so many days from today; 365 days are a year of the calendar."""
        years, rest = divmod(days, YEAR)
        return months_after(self.today, 12 * years) + timedelta(days=rest)

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

    def changes(self, moves: Sequence[Move]) -> str:
        """What we do, in words: "raise Share of wallet from 8 to 25 %"; less may be better.

        A verb holds until another comes.
        """
        told, last = [], ""
        for move in moves:
            words = move_words(self.criterion(move), move)
            told.append(words if _verb(move) == last else f"{_verb(move)} {words}")
            last = _verb(move)
        return listing(told)

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
        return listing(missing) if missing else "nothing"


def move_words(criterion: Criterion, move: Move) -> str:
    """One move in plain units: "Share of wallet from 8 to 25 %"."""
    start, end = spoken(move.start), spoken(move.end)
    if start == end:  # too short a way to be read
        start = f"just {'below' if move.start < move.end else 'above'} {end}"
    return f"{criterion.name} from {in_unit(f'{start} to {end}', criterion.unit)}"


def change_words(criterion: Criterion, move: Move) -> str:
    """One move as what we do: "lower Days since the last order from 92 to 84 days"."""
    return f"{_verb(move)} {move_words(criterion, move)}"


def _verb(move: Move) -> str:
    return "lower" if move.end < move.start else "raise"


def level_words(criterion: Criterion, level: float) -> str:
    """A level in plain units: "Share of wallet at 25 %"."""
    return f"{criterion.name} at {in_unit(spoken(level), criterion.unit)}"


def day_words(day: date) -> str:
    """A date as people say it: 2 March 2027."""
    return f"{day.day} {day:%B %Y}"


def _cut(text: str) -> str:
    """A text that an action can hold; long names of criteria end in an ellipsis."""
    return text if len(text) <= LONGEST_STEP else text[: LONGEST_STEP - 1].rstrip() + "…"
