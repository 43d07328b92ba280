"""What the members of the example said in private, as edits with the member who made each.

What they said stands in `example_source.toml`; votes within a step of each other are drawn here.
"""

from collections.abc import Iterator, Mapping, Sequence
from math import floor
from random import Random
from typing import Any

from data.example_figures import ROWS, SOURCE, Row
from kam.catalogue import GOOD_SET
from kam.edits import (
    AnswerTies,
    AskForTies,
    CastBallot,
    Change,
    DeclareInterests,
    Forecast,
    KeepScenario,
    RecallCustomers,
    ScoreCustomer,
    SealGutList,
    SetCapacity,
    SetPoints,
    VoteScores,
)
from kam.method.scores import STEP
from kam.method.values import values
from kam.model import Ballot, Criterion, Recall, Scenario, Workshop
from kam.validated import changed

Told = Iterator[tuple[str, Change]]  # who did it, and what

CHAIR = "elena"
JUDGED: tuple[str, ...] = tuple(SOURCE["votes"]["judged"])
VOTERS: tuple[str, ...] = tuple(SOURCE["votes"]["members"])
COUNTED: tuple[tuple[str, str], ...] = tuple((c, k) for c, k in SOURCE["votes"]["counted"])
LISTED: dict[tuple[str, str], dict[str, int]] = {
    (entry["customer"], entry["criterion"]): dict(zip(VOTERS, entry["steps"], strict=True))
    for entry in SOURCE["voted"]
}
LEANING = 0.3  # of a step: how far a vote may lean away from the agreed level; invented


def recalls() -> Told:
    """The customers that came to each member's mind."""
    for entry in SOURCE["recall"]:
        recall = Recall(customers=entry["customers"], others=entry.get("others", ()))
        yield entry["member"], RecallCustomers(member=entry["member"], recall=recall)


def gut_lists() -> Told:
    """Whom each member would pick by feeling."""
    for member, customers in SOURCE["gut"].items():
        yield member, SealGutList(member=member, customers=customers)


def ties() -> Told:
    """Ties to customers: all written by the one who leads, so that no answer has a name."""
    yield CHAIR, AskForTies(asked=True)
    for answer in SOURCE["ties"]:
        yield CHAIR, AnswerTies(ties=answer)


def interests() -> Told:
    """Where members are not impartial."""
    for member, declared in SOURCE["interests"].items():
        yield member, DeclareInterests(member=member, interests=declared)


def ballots(number: int, criteria: Mapping[str, Criterion]) -> Told:
    """Each member's weights of a round, given for the anchors that the criteria have."""
    anchors = {key: one.anchors for key, one in criteria.items() if one.anchors}
    for entry in SOURCE["member"]:
        swings = dict(zip(GOOD_SET, entry[f"round_{number}"], strict=True))
        ballot = Ballot(member=entry["id"], round=number, swings=swings, anchors=anchors)
        yield entry["id"], CastBallot(ballot=ballot)


def votes(criteria: Mapping[str, Criterion]) -> Told:
    """Each voter's steps on each judged criterion; nobody votes where nothing is known."""
    for member in VOTERS:
        for key in JUDGED:
            anchors = criteria[key].anchors or ()
            steps = {row.id: step(row, key, anchors, member) for row in known(key)}
            yield member, VoteScores(member=member, criterion=key, steps=steps)


def known(criterion: str) -> tuple[Row, ...]:
    """The customers whose level on a criterion is known."""
    return tuple(row for row in ROWS if row.levels[criterion] is not None)


def step(row: Row, criterion: str, anchors: Sequence[float], member: str) -> int:
    """A member's step, 1 to 5: as the source lists it, else next to the agreed level."""
    listed = LISTED.get((row.id, criterion))
    if listed:
        return listed[member]
    lean = LEANING * (2 * _drawn(row.id, criterion) - 1)
    exact = 1 + float(values(row.levels[criterion] or 0.0, anchors)) / STEP + lean
    up = _drawn(row.id, criterion, member) < exact % 1
    return min(5, max(1, floor(exact) + up))


def _drawn(*what: str) -> float:
    """A number from 0 to 1 that is always the same for the same things."""
    return Random(" ".join(what)).random()  # noqa: S311 - invented votes


def counted() -> Told:
    """The agreed scores that give way to the votes."""
    for customer, criterion in COUNTED:
        yield CHAIR, ScoreCustomer(customer=customer, criterion=criterion, value=None)


def forecasts() -> Told:
    """Where each customer's owner sees it in three years."""
    owners = {row.id: row.owner for row in ROWS}
    for entry in SOURCE["forecast"]:
        key = entry["customer"]
        for criterion in GOOD_SET:
            if criterion in entry:
                level = entry[criterion]
                yield owners[key], Forecast(criterion=criterion, customer=key, level=level)


def scenarios(workshop: Workshop, revision: int) -> Told:
    """The what-ifs that were kept, on top of the state at a revision."""
    for entry in SOURCE["scenario"]:
        edit = _tried(workshop, entry)
        scenario = Scenario(
            id=entry["id"],
            name=entry["name"],
            edits=(edit.model_dump(mode="json"),),
            revision=revision,
        )
        yield entry["by"], KeepScenario(scenario=scenario)


def _tried(workshop: Workshop, entry: Mapping[str, Any]) -> Change:
    """The one edit of a scenario: a criterion's points doubled, or other people."""
    if "doubled" in entry:
        return SetPoints(points={entry["doubled"]: 2 * workshop.points[entry["doubled"]]})
    return SetCapacity(capacity=changed(workshop.capacity, people=entry["people"]))
