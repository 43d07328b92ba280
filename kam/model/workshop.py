"""The whole workshop: the fold of its edits."""

from collections.abc import Iterator
from typing import Annotated, Any, Self

from pydantic import Field, StringConstraints, model_validator

from kam.model.criteria import MAX_CRITERIA, Criterion, Objective
from kam.model.customers import MAX_CUSTOMERS, Customer, FactKind, Group, Matching, Score
from kam.model.decisions import MAX_GATES, Capacity, Confirmation, CutOffs, Gate, Mark, Override
from kam.model.long_lists import LongList
from kam.model.noun import Id, Name, Noun, Points, Text
from kam.model.plans import HoursPolicy, Plan, Question
from kam.model.voting import Answers, Ballot, Member, Step, TrapFigures

MAX_SCENARIOS = 12  # kept at a time; three are compared side by side


class Scenario(Noun):
    """A named what-if: edits on top of the state at a revision, which they leave untouched.

    Attributes:
        edits: in order, as they are kept in the log (`kam.edits`).
        revision: of the workshop when the scenario was kept.
    """

    id: Id
    name: Name
    edits: Annotated[tuple[dict[str, Any], ...], Field(max_length=500)] = ()
    revision: int = 0


class Workshop(Noun):
    """Everything a team has decided so far: the fold of the workshop's edits.

    Mappings keep the order in which things were added.

    Attributes:
        scores: criterion id -> customer id -> score; an absent score is unknown.
        points: criterion id -> agreed raw points; normalised wherever they are used.
        ballots: member id -> that member's ballots, one a round.
        failed_gates: customer id -> gate id -> why.
        long_list: whom the team judges; `None` while that is everybody.
        groups: by the id of the customer that stands for the group.
        matchings: the newest last.
        votes: criterion id -> customer id -> member id -> step; an agreed score comes before it.
        forecasts: criterion id -> customer id -> level expected in three years.
        confirmed: by customer, the class that the team agreed with.
        best_relationships: the customers with which things are as they should be.
        scenarios: what-ifs that were kept, by id.
        plans: each customer's latest plan, running or ended.
        ended_plans: those that had ended, or were replaced, before their customers' next ones; the
            newest last.
    """

    id: Id
    name: Name
    company: Text = ""
    currency: Annotated[str, StringConstraints(min_length=1, max_length=8)] = "EUR"
    example: bool = False
    archived: bool = False
    objectives: dict[Id, Objective] = {}
    criteria: Annotated[dict[Id, Criterion], Field(max_length=MAX_CRITERIA)] = {}
    customers: Annotated[dict[Id, Customer], Field(max_length=MAX_CUSTOMERS)] = {}
    fact_kinds: Annotated[dict[Id, FactKind], Field(max_length=200)] = {}
    long_list: LongList | None = None
    groups: dict[Id, Group] = {}
    matchings: tuple[Matching, ...] = ()
    scores: dict[Id, dict[Id, Score]] = {}
    points: dict[Id, Points] = {}
    members: Annotated[dict[Id, Member], Field(max_length=30)] = {}
    ballots: dict[Id, tuple[Ballot, ...]] = {}
    votes: dict[Id, dict[Id, dict[Id, Step]]] = {}
    answers: Answers = Answers()
    best_relationships: tuple[Id, ...] = ()
    trap_figures: TrapFigures = TrapFigures()
    forecasts: dict[Id, dict[Id, float]] = {}
    scenarios: Annotated[dict[Id, Scenario], Field(max_length=MAX_SCENARIOS)] = {}
    cut_offs: CutOffs = CutOffs()
    capacity: Capacity = Capacity()
    gates: Annotated[dict[Id, Gate], Field(max_length=MAX_GATES)] = {}
    failed_gates: dict[Id, dict[Id, Text]] = {}
    overrides: dict[Id, Override] = {}
    confirmed: dict[Id, Confirmation] = {}
    plans: dict[Id, Plan] = {}
    ended_plans: tuple[Plan, ...] = ()
    questions: dict[Id, Question] = {}
    hours_policy: HoursPolicy = HoursPolicy()
    marks: tuple[Mark, ...] = ()

    @property
    def within_groups(self) -> dict[str, str]:
        """Customer id -> id of the group within which it is judged."""
        return {one: group.id for group in self.groups.values() for one in group.members}

    @model_validator(mode="after")
    def _hangs_together(self) -> Self:
        _require_known(self)
        return self


def _require_known(workshop: Workshop) -> None:
    """Raise `ValueError` where the workshop speaks of a thing that it does not hold."""
    for place, used, known in (
        ("scores", workshop.scores, workshop.criteria),
        ("points", workshop.points, workshop.criteria),
        ("ballots", workshop.ballots, workshop.members),
        ("failed gates", workshop.failed_gates, workshop.customers),
        ("overrides", workshop.overrides, workshop.customers),
        ("confirmed classes", workshop.confirmed, workshop.customers),
        ("plans", workshop.plans, workshop.customers),
        ("votes", workshop.votes, workshop.criteria),
        ("forecasts", workshop.forecasts, workshop.criteria),
        ("best relationships", workshop.best_relationships, workshop.customers),
        ("interests", workshop.answers.interests, workshop.members),
        ("what was recalled", workshop.answers.recalled, workshop.members),
        ("gut lists", workshop.answers.gut.of, workshop.members),
        ("ties", workshop.answers.ties.strongest, workshop.customers),
    ):
        for key in used:
            if key not in known:
                raise ValueError(f"{place} name {key!r}, which the workshop does not hold")
    _require_known_lists(workshop)
    for place, named in _named_customers(workshop):
        if strangers := named - workshop.customers.keys():
            raise ValueError(f"{place} name the unknown customer {min(strangers)!r}")


def _named_customers(workshop: Workshop) -> Iterator[tuple[str, set[str]]]:
    """Every table of the workshop that names customers, with those that it names."""
    tables = (
        ("scores", workshop.scores),
        ("votes", workshop.votes),
        ("forecasts", workshop.forecasts),
    )
    for place, table in tables:
        for criterion, customers in table.items():
            yield f"{place} of {criterion!r}", set(customers)
    yield "questions", {one.customer for one in workshop.questions.values()}
    yield "ended plans", {one.customer for one in workshop.ended_plans}
    for member, interests in workshop.answers.interests.items():
        yield f"interests of {member!r}", set(interests)
    for member, recall in workshop.answers.recalled.items():
        yield f"what {member!r} recalled", set(recall.customers)
    for member, gut in workshop.answers.gut.of.items():
        yield f"the gut list of {member!r}", set(gut)


def _require_known_lists(workshop: Workshop) -> None:
    """Raise `ValueError` where the long list or a group names a customer that is not here."""
    listed = workshop.long_list.customers if workshop.long_list else ()
    lists = [("the long list", listed)]
    lists += [(f"group {key!r}", (key, *g.members)) for key, g in workshop.groups.items()]
    for place, keys in lists:
        if strangers := set(keys) - workshop.customers.keys():
            raise ValueError(f"{place} names the unknown customer {min(strangers)!r}")
