"""Who takes part, and what each of them said in private."""

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from kam.model.noun import Anchors, Id, Name, Noun, Text

MAX_GUT = 5  # customers on a gut-feeling list, screens.md 3.6
MAX_RECALLED = 10  # names that one member may write down unaided

Step = Annotated[int, Field(ge=1, le=5)]  # of five: the criterion's anchors, method.md 4.2
Tie = Annotated[int, Field(ge=0, le=3)]  # 0 none, 1 know, 2 meet socially, 3 friend
Times = Annotated[float, Field(ge=1, le=9)]  # how many times as much one criterion counts
WeighingWay = Literal["swing", "points", "order", "pairs", "best_worst"]


class Member(Noun):
    """A person who takes part in the workshop."""

    id: Id
    name: Name
    department: Text = ""


class Pair(Noun):
    """One comparison: `more` counts so many times as much as `less`."""

    more: Id
    less: Id
    times: Times


class Said(Noun):
    """What a member said when weights came from an order or from comparisons.

    Attributes:
        order: criteria with their place, 1 first; equal places tie.
        pairs: one for every two criteria.
        best: the criterion that counts most, `worst` the one that counts least.
        best_to_others: how many times as much the best counts as each.
        others_to_worst: how many times as much each counts as the worst.
    """

    order: dict[Id, Annotated[float, Field(ge=1, le=8)]] = {}
    pairs: tuple[Pair, ...] = ()
    best: Id | None = None
    worst: Id | None = None
    best_to_others: dict[Id, Times] = {}
    others_to_worst: dict[Id, Times] = {}


class Ballot(Noun):
    """One member's private weights of one round: raw points per criterion.

    A criterion that is absent was not judged; the largest is 100 by custom, any scale works
    because a ballot is normalised. Points that follow from an order or from comparisons are
    here too, so that nothing else needs to know in which way they were found.

    Attributes:
        way: how the member was asked.
        said: the order or the comparisons behind the points; `None` where the points are it.
        anchors: what the five levels of each criterion were when it was judged; points given
            for other anchors answer another question (range effect, method.md 3.1).
    """

    member: Id
    round: Annotated[int, Field(ge=1, le=9)] = 1
    swings: dict[Id, Annotated[float, Field(ge=0, le=1_000)]]
    way: WeighingWay = "swing"
    said: Said | None = None
    anchors: dict[Id, Anchors] = {}

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if not any(self.swings.values()):
            raise ValueError("a ballot in which every criterion is worth nothing cannot be counted")
        return self


class GutLists(Noun):
    """Whom each member would pick by feeling, sealed until the matrix is there.

    Attributes:
        opened: the lists may be compared, and no longer changed.
        of: member id -> at most five customers.
    """

    opened: bool = False
    of: dict[Id, Annotated[tuple[Id, ...], Field(max_length=MAX_GUT)]] = {}


class Recall(Noun):
    """The customers that a member wrote down unaided, before the list was shown.

    Attributes:
        customers: those that we know, by id.
        others: names that fit none of our customers, as they were written.
    """

    customers: Annotated[tuple[Id, ...], Field(max_length=MAX_RECALLED)] = ()
    others: Annotated[tuple[Name, ...], Field(max_length=MAX_RECALLED)] = ()


class Ties(Noun):
    """How close our executives are to customers: by customer only, never by person.

    Attributes:
        asked: whether the question is asked at all; it is off until somebody turns it on.
        answers: how many people have answered.
        strongest: customer id -> the strongest tie that anyone has.
    """

    asked: bool = False
    answers: Annotated[int, Field(ge=0)] = 0
    strongest: dict[Id, Tie] = {}


class Answers(Noun):
    """What members said in private beside weights and scores.

    Attributes:
        recalled: by member.
        interests: member id -> customer id -> why the member is not impartial there.
    """

    gut: GutLists = GutLists()
    recalled: dict[Id, Recall] = {}
    ties: Ties = Ties()
    interests: dict[Id, dict[Id, Text]] = {}


class TrapFigures(Noun):
    """Which figures of customers show what a trap is about.

    Attributes:
        awareness: the fact that says how well known a customer is, beside what members recall.
        demands: facts that count what a customer demands: tickets, escalations, special terms.
    """

    awareness: Id | None = None
    demands: Annotated[tuple[Id, ...], Field(max_length=10)] = ()
