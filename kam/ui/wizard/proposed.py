"""What is about to be brought in, made once for each state of the workshop and of the answers."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from kam.intake.lists.identity import Alike
from kam.intake.lists.proposal import Proposal
from kam.model import Workshop
from kam.ui.wizard import draft


@dataclass(frozen=True)
class Proposing:
    """How the edit behind a door is made.

    Looking for names that are alike takes seconds where there are thousands, so it is done once,
    without the answers; every answer then only leaves fewer of the pairs.

    Attributes:
        rests_on: what was read; another one makes everything anew.
        make: the proposal for a workshop, with what a person has said of the rows
            (`kam.intake.bring_in.Said.same`).
    """

    door: str
    rests_on: object
    make: Callable[[Workshop, Mapping[str, str]], Proposal]

    def at(self, workshop: Workshop) -> Proposal:
        """The proposal with the answers so far."""
        same = draft.draft(self.door).same
        if not same:
            return self._unanswered(workshop)
        rests_on = (self.rests_on, workshop, tuple(same.items()))
        return draft.once(self.door, "proposal", rests_on, lambda: self.make(workshop, same))

    def asked(self, workshop: Workshop) -> tuple[Alike, ...]:
        """Pairs that nobody has answered yet: those that keep rows out first, then by likeness."""
        kept, present = draft.draft(self.door), self.at(workshop)
        return tuple(
            pair
            for pair in present.still_open(self._unanswered(workshop).alike)
            if pair.left not in kept.same and (pair.left, pair.right) not in kept.apart
        )

    def _unanswered(self, workshop: Workshop) -> Proposal:
        rests_on = (self.rests_on, workshop)
        return draft.once(self.door, "unanswered", rests_on, lambda: self.make(workshop, {}))
