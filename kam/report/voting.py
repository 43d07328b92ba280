"""What members voted on the weights, as pictures draw it; nobody's name is in it.

Fewer than three votes are counted and never shown (screens.md 3.2 and 3.3).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from kam.charts import stakes as charts
from kam.charts.votes import WeightVotes
from kam.method.agreement import Spread, argument, order_agreement, spread
from kam.method.assessment import Assessment
from kam.method.ballots import ENOUGH_TO_SHOW, latest_round, stale
from kam.method.stakes import Moved, Stake
from kam.method.values import Floats, listing
from kam.method.weights import cast_weights, member_swings, member_weights, points_of_100
from kam.model import Workshop


@dataclass(frozen=True)
class Turnout:
    """How many have voted on the weights in the latest round."""

    voted: int
    members: int
    round: int

    @property
    def words(self) -> str:
        """The count, never who."""
        later = f" in round {self.round}" if self.round > 1 else ""
        return f"{self.voted} of {self.members} have voted{later}."


def turnout(workshop: Workshop) -> Turnout:
    """Who has voted in the latest round, as a count."""
    now = latest_round(workshop)
    voted = sum(any(one.round == now for one in cast) for cast in workshop.ballots.values())
    return Turnout(voted, len(workshop.members), now)


def stale_votes(workshop: Workshop) -> str:
    """How many votes answer another question by now, and on what; "" where none does."""
    moved = stale(workshop)
    if not moved:
        return ""
    keys = [key for key in workshop.criteria if any(key in found for found in moved.values())]
    names = listing([f"“{workshop.criteria[key].name}”" for key in keys])
    were = "vote was" if len(moved) == 1 else "votes were"
    return f"{len(moved)} {were} given for other levels of {names}: vote again."


def mean_points(workshop: Workshop) -> dict[str, int]:
    """The mean of the members' weights as whole points of 100, by criterion; {} without votes."""
    weights = [list(own.values()) for own in member_weights(workshop).values()]
    if not weights:
        return {}
    shares = points_of_100(np.mean(weights, axis=0).tolist())
    return dict(zip(workshop.criteria, shares, strict=True))


def weight_rows(result: Assessment, stakes: Iterable[Stake]) -> tuple[WeightVotes, ...]:
    """Every criterion's mean weight and the votes behind it, the heaviest first.

    Args:
        result: of the workshop as it stands.
        stakes: of the weights; empty while nobody is scored, and then width alone is talked about.
    """
    at_stake = {stake.criterion: stake for stake in stakes}
    now, before = _cast(result.workshop), _cast(_a_round_before(result.workshop))
    means = mean_points(result.workshop)
    return tuple(
        _weight_row(
            result.workshop.criteria[key].name,
            (means[key], now[key], before.get(key, np.array([]))),
            at_stake.get(key),
        )
        for key in sorted(means, key=lambda key: -means[key])
    )


def _weight_row(name: str, numbers: tuple[int, Floats, Floats], stake: Stake | None) -> WeightVotes:
    """One row.

    Args:
        name: of the criterion.
        numbers: the mean, the votes, and those of the round before; points of 100.
        stake: what the weight decides; `None` where that cannot be told.
    """
    mean, votes, before = numbers
    if len(votes) < ENOUGH_TO_SHOW:
        few = f"fewer than {ENOUGH_TO_SHOW} votes"
        return WeightVotes(name, mean, (), None, words=few, hidden=True)
    found = spread(votes)
    return WeightVotes(
        name,
        mean,
        tuple(sorted(votes.tolist())),
        found.middle,
        earlier=tuple(sorted(before.tolist())) if len(before) >= ENOUGH_TO_SHOW else (),
        talk=found.talk and (stake is None or stake.talk),
        words=_weight_words(found, stake),
    )


def _weight_words(found: Spread, stake: Stake | None) -> str:
    """Where the votes lie, and whether that is worth talking about."""
    if found.talk and stake is not None and not stake.talk:
        return f"Votes from {found.low:.0f} to {found.high:.0f} differ, but nothing changes"
    return found.words


def _cast(workshop: Workshop) -> dict[str, Floats]:
    """Criterion -> the members' weights on it, points of 100; what was left out is no vote."""
    return {key: 100 * votes for key, votes in cast_weights(workshop).items()}


def _a_round_before(workshop: Workshop) -> Workshop:
    """The workshop with each member's ballot before the latest; who voted once has none."""
    earlier = {member: cast[:-1] for member, cast in workshop.ballots.items() if len(cast) > 1}
    # Every ballot is a validated noun; validating anew would copy all customers.
    return workshop.model_copy(update={"ballots": earlier})


def weights_message(result: Assessment, stakes: Sequence[Stake]) -> str:
    """How far the team agrees and what its votes can change; "" where that cannot be told."""
    found = order_agreement([row.tolist() for row in member_swings(result.workshop).values()])
    if found.correlation is None or not stakes:
        return ""
    keys = sum(stake.talk and stake.key_changes > 0 for stake in stakes)
    count = len(result.workshop.criteria)
    told = (
        f"{keys} of {count} weights can change who is key"
        if keys
        else "no weight changes who is key"
    )
    return f"{found.words.rstrip('.')}; {told}"


def argument_words(workshop: Workshop) -> str:
    """What the argument is about; "" where nothing that three voted on is disputed."""
    shown = {key: votes for key, votes in _cast(workshop).items() if len(votes) >= ENOUGH_TO_SHOW}
    names = [workshop.criteria[key].name for key in shown]
    return argument([spread(votes) for votes in shown.values()], names)


def stake_rows(result: Assessment, stakes: Iterable[Stake]) -> tuple[charts.StakeRow, ...]:
    """The stakes of weights as the picture of them draws them."""
    return tuple(
        charts.StakeRow(
            name=result.workshop.criteria[stake.criterion].name,
            low=f"{100 * stake.low:.0f}",
            high=f"{100 * stake.high:.0f}",
            at_low=_moves(result, stake.at_low),
            at_high=_moves(result, stake.at_high),
        )
        for stake in stakes
    )


def _moves(result: Assessment, moved: Iterable[Moved]) -> tuple[charts.Moved, ...]:
    return tuple(charts.Moved(move_words(result, one), one.key) for one in moved)


def move_words(result: Assessment, moved: Moved) -> str:
    """A customer that changes, from which class to which."""
    before = moved.before.label if moved.before else "Not scored"
    return f"{result.workshop.customers[moved.customer].name}: {before} → {moved.after.label}"
