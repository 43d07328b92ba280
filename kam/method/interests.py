"""The result without the votes of those who are not impartial (method.md section 8, T4)."""

from dataclasses import dataclass

from kam.method.assessment import Assessment
from kam.method.criteria_review import NAMED
from kam.method.futures import Move, moves, result_beside
from kam.method.values import listing
from kam.model import Criterion, Workshop
from kam.validated import changed


@dataclass(frozen=True)
class Interests:
    """What the votes of members with an interest do to the result.

    Attributes:
        declared: customers in which somebody declared an interest, in the one order.
        votes: how many votes were set aside that count for a score.
        agreed: how many judged scores of these customers were agreed by all together; whose voice
            is in them cannot be separated, so they stay.
        moves: whose class changes without those votes.
    """

    declared: tuple[str, ...]
    votes: int
    agreed: int
    moves: tuple[Move, ...]


def interests(result: Assessment) -> Interests:
    """The result beside the same without the votes of members on customers of their interest.

    A score that only such members voted on becomes unknown. Scores from figures are nobody's
    voice and stay.
    """
    declared = {key for of in result.workshop.answers.interests.values() for key in of}
    known = tuple(key for key in result.standings if key in declared)
    set_aside = _conflicted_votes(result.workshop)
    if not set_aside:
        return Interests(known, 0, _agreed(result.workshop, declared), ())
    beside = result_beside(impartial(result.workshop), result)
    moved = tuple(moves(result, beside))
    return Interests(known, set_aside, _agreed(result.workshop, declared), moved)


def impartial(workshop: Workshop) -> Workshop:
    """The workshop without the votes of members on customers of their interest."""
    votes = {
        criterion: {
            customer: left
            for customer, cast in of.items()
            if (left := {m: s for m, s in cast.items() if not _conflicted(workshop, m, customer)})
        }
        for criterion, of in workshop.votes.items()
    }
    return changed(workshop, votes={key: of for key, of in votes.items() if of})


def _conflicted(workshop: Workshop, member: str, customer: str) -> bool:
    return customer in workshop.answers.interests.get(member, {})


def _conflicted_votes(workshop: Workshop) -> int:
    """How many votes of members on customers of their interest count for a score.

    Where a score was agreed, votes do not count any more.
    """
    return sum(
        _conflicted(workshop, member, customer)
        for criterion, of in workshop.votes.items()
        for customer, cast in of.items()
        if customer not in workshop.scores.get(criterion, {})
        for member in cast
    )


def _agreed(workshop: Workshop, declared: set[str]) -> int:
    """How many judged scores of these customers were agreed."""
    return sum(
        customer in declared
        for key, scored in workshop.scores.items()
        if _judged(workshop.criteria[key])
        for customer in scored
    )


def _judged(criterion: Criterion) -> bool:
    """Whether people give its scores; figures of a column are nobody's voice."""
    return not criterion.column


def interests_words(result: Assessment, found: Interests) -> tuple[str, ...]:
    """What was found, in sentences; none where nobody declared an interest."""
    if not found.declared:
        return ()
    return tuple(told for told in (_moves_words(result, found), _agreed_words(found)) if told)


def _moves_words(result: Assessment, found: Interests) -> str:
    """Whose class rests on the votes of those who are not impartial."""
    if not found.votes:
        return "No score rests on a vote of somebody who declared an interest there."
    votes = "one vote" if found.votes == 1 else f"{found.votes:,} votes"
    begin = f"Without the {votes} of members who declared an interest there,"
    if not found.moves:
        return f"{begin} every customer keeps its class."
    told = [_move_words(result, move) for move in found.moves[:NAMED]]
    more = len(found.moves) - NAMED
    return f"{begin} {listing([*told, f'{more:,} more change class'] if more > 0 else told)}."


def _move_words(result: Assessment, move: Move) -> str:
    name = result.workshop.customers[move.customer].name
    if move.after is None:
        return f"{name} cannot be scored"
    before = f" instead of {move.before.label}" if move.before else ""
    return f"{name} is {move.after.label}{before}"


def _agreed_words(found: Interests) -> str:
    """What cannot be told apart."""
    if not found.agreed:
        return ""
    scores = "1 score" if found.agreed == 1 else f"{found.agreed:,} scores"
    return (
        f"{scores} of these customers {'was' if found.agreed == 1 else 'were'} agreed by all "
        "together: whose voice is in there cannot be separated."
    )
