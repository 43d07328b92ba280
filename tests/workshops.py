"""Workshops for tests: small ones worked out by hand, a published one, and random ones."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st

from kam.edits import (
    AnswerTies,
    AskForTies,
    BringIn,
    CastBallot,
    ChooseLongList,
    ConfirmClass,
    DeclareInterests,
    Edit,
    FillScores,
    Forecast,
    JudgeAsOne,
    JudgeGate,
    KeepScenario,
    MarkBest,
    MarkRevision,
    OverrideClass,
    PutCriterion,
    PutCustomer,
    PutGate,
    PutMember,
    PutObjective,
    PutQuestions,
    RecallCustomers,
    SavePlans,
    SealGutList,
    SetCapacity,
    SetPoints,
    StartWorkshop,
    VoteScores,
)
from kam.history import Entry
from kam.model import (
    Action,
    Anchors,
    Axis,
    Ballot,
    Capacity,
    Class,
    Criterion,
    Customer,
    FactKind,
    Favours,
    Gate,
    LedgerChoices,
    LongList,
    Matching,
    Member,
    Objective,
    Plan,
    Profile,
    Question,
    Recall,
    Scenario,
    Score,
    Workshop,
)

# A property may not fail because the machine is busy: benchmarks measure time, tests do not.
settings.register_profile("without_a_clock", deadline=None)
settings.load_profile("without_a_clock")

TODAY = date(2026, 3, 2)
PLAIN: Anchors = (0.0, 2.5, 5.0, 7.5, 10.0)  # the raw level is its own value
A, S = Axis.ATTRACTIVENESS, Axis.STRENGTH


def criterion(key: str, axis: Axis = A, anchors: Anchors = PLAIN, **more: Any) -> Criterion:  # noqa: ANN401 - any field of a criterion
    """A complete criterion, named after its id; the direction follows from the anchors."""
    fields: dict[str, Any] = {
        "name": f"Criterion {key}",
        "definition": "What the ledger says on the last day of the year",
        "unit": "points",
        "direction": "+" if anchors[0] < anchors[-1] else "-",
        "same_number": True,
        "data_at_hand": True,
    }
    return Criterion(id=key, axis=axis, anchors=anchors, **{**fields, **more})


def customer(key: str, **profile: Any) -> Customer:  # noqa: ANN401 - any field of a profile
    """A customer whose name is its id with a capital letter."""
    return Customer(id=key, name=key.capitalize(), profile=Profile(**profile))


def after(workshop: Workshop, *edits: Edit) -> Workshop:
    """`workshop` with edits applied to it."""
    for edit in edits:
        workshop = edit.apply(workshop)
    return workshop


def made(*edits: Edit) -> Workshop:
    """The workshop that edits make from nothing."""
    return after(Workshop(id="w", name="New workshop"), *edits)


def entries(*edits: Edit) -> list[Entry]:
    """A log of edits, one a minute, with the ids e1, e2, ..."""
    start = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
    return [entry(edit, place, start) for place, edit in enumerate(edits, start=1)]


def entry(edit: Edit, place: int, start: datetime = datetime(2026, 3, 2, tzinfo=UTC)) -> Entry:
    """One line of a log."""
    return Entry(
        id=f"e{place}",
        workshop="w",
        revision=place,
        when=start + timedelta(minutes=place),
        edit=edit,
    )


def scores(criteria: Sequence[str], rows: Mapping[str, Sequence[float | None]]) -> FillScores:
    """One edit that scores a table: customers by row, criteria by column, `None` unknown."""
    return FillScores(
        scores={
            key: {
                name: Score(value=row[column])
                for name, row in rows.items()
                if row[column] is not None
            }
            for column, key in enumerate(criteria)
        }
    )


def placed(
    positions: Mapping[str, tuple[float | None, float | None]],
    *,
    favours: Favours = Favours.YES,
    controllable: bool = True,
    **profile: Any,  # noqa: ANN401 - any field of a profile
) -> Workshop:
    """Customers put where the test wants them: one criterion an axis, and level = value = score.

    Args:
        positions: customer id -> (attractiveness, strength).
        favours: what all of them think of us.
        controllable: whether both criteria may be moved by us.
        profile: further fields of every profile.
    """
    people = {key: customer(key, favours_us=favours, **profile) for key in positions}
    return made(
        PutCriterion(criterion=criterion("a", A, controllable=controllable)),
        PutCriterion(criterion=criterion("s", S, controllable=controllable)),
        BringIn(origin="a test", customers=people),
        scores(("a", "s"), positions),
    )


def places(count: int) -> SetCapacity:
    """Room for so many key accounts."""
    return SetCapacity(capacity=Capacity(mode="places", places=count))


# Three customers worked out by hand: weights 3 : 1 on attractiveness, one strength criterion.
#   Ash  A = (3 x 8 + 1 x 4) / 4 = 7.0   S = 6
#   Bay  A = (3 x 6 + 1 x 2) / 4 = 5.0   S = 4
#   Cob  A = 2 (b unknown; from 6/4 = 1.5 to 16/4 = 4.0, 75 % known)   S = 9
BY_HAND: Mapping[str, tuple[float | None, float | None, float | None]] = {
    "ash": (8.0, 4.0, 6.0),
    "bay": (6.0, 2.0, 4.0),
    "cob": (2.0, None, 9.0),
}


def by_hand() -> Workshop:
    """Three customers whose scores are worked out in the comment above."""
    return made(
        StartWorkshop(name="By hand"),
        PutCriterion(criterion=criterion("a", A)),
        PutCriterion(criterion=criterion("b", A)),
        PutCriterion(criterion=criterion("s", S)),
        BringIn(origin="a test", customers={key: customer(key) for key in BY_HAND}),
        SetPoints(points={"a": 30, "b": 10, "s": 20}),
        scores(("a", "b", "s"), BY_HAND),
    )


def full() -> Workshop:
    """A workshop that holds at least one of everything."""
    plan = Plan(
        customer="bay",
        template="N1",
        goal="Grow",
        actions=(Action(text="Call"),),
        owner="Ines",
        deadline=TODAY,
    )
    return after(
        by_hand(),
        PutObjective(objective=Objective(id="o", name="Grow profit")),
        PutCriterion(criterion=criterion("b", A, objectives=("o",))),
        BringIn(
            origin="ledger.csv",
            customers={"dew": customer("dew", revenue=3.0), "fir": customer("fir", parent="dew")},
            fact_kinds={"orders": FactKind(key="orders", label="Orders")},
            ledger=LedgerChoices(columns={"customer": "Client"}, left_out=("copy",)),
            matching=Matching(headers=("Client", "Orders"), goes_to={"Orders": "fact"}),
        ),
        ChooseLongList(long_list=LongList(customers=("ash", "bay", "cob", "fir"), rule="by hand")),
        JudgeAsOne(group="dew", name="Dew", members=("fir",)),
        PutMember(member=Member(id="ines", name="Ines")),
        VoteScores(member="ines", criterion="s", steps={"ash": 4}),
        VoteScores(member="ines", criterion="a", steps={"ash": 2}),
        SealGutList(member="ines", customers=("ash", "bay")),
        AskForTies(asked=True),
        AnswerTies(ties={"ash": 3, "bay": 1}),
        RecallCustomers(member="ines", recall=Recall(customers=("bay",), others=("Acme",))),
        DeclareInterests(member="ines", interests={"bay": "My brother works there"}),
        MarkBest(customers=("ash", "bay")),
        Forecast(criterion="a", customer="bay", level=8),
        KeepScenario(scenario=Scenario(id="lean", name="Lean")),
        CastBallot(ballot=Ballot(member="ines", swings={"a": 100, "s": 50})),
        PutGate(gate=Gate(id="g", name="Sound credit")),
        JudgeGate(customer="cob", gate="g", fails=True, why="Insolvent"),
        OverrideClass(customer="bay", klass=Class.KEY_CORE, by="Ines", reason="We promised"),
        ConfirmClass(customer="cob", klass=Class.LOW_PRIORITY, by="Ines"),
        SavePlans(plans={"bay": plan}),
        PutQuestions(questions=(Question(id="q1", customer="bay", text="Who decides?"),)),
        MarkRevision(name="First round", on=TODAY, revision=9),
    )


@dataclass(frozen=True)
class Table:
    """A published table of customers: criteria with points and anchors, and raw levels."""

    criteria: tuple[Criterion, ...]
    points: Mapping[str, float]
    rows: Mapping[str, Sequence[float | None]]
    revenue: Mapping[str, float]

    def workshop(self) -> Workshop:
        """The table as a workshop, one edit for each thing that people would do."""
        names = [c.id for c in self.criteria]
        return made(
            StartWorkshop(name="Six customers, six criteria"),
            *(PutCriterion(criterion=c) for c in self.criteria),
            SetPoints(points=dict(self.points)),
            *(
                PutCustomer(
                    customer=Customer(
                        id=key, name=key, profile=Profile(revenue=self.revenue.get(key))
                    )
                )
                for key in self.rows
            ),
            scores(names, self.rows),
        )


X01 = Table(
    criteria=(
        criterion("A1", A, (0, 0.5, 1, 2, 4), name="Profit potential", controllable=False),
        criterion("A2", A, (-5, 0, 4, 8, 15), name="Spend growth"),
        criterion("A3", A, (0, 8, 15, 22, 30), name="Net margin", controllable=True),
        criterion("S1", S, (0, 10, 25, 45, 70), name="Share of wallet", controllable=True),
        criterion("S2", S, (-2, -1, 0, 1, 2), name="Performance gap", controllable=True),
        criterion("S3", S, (8, 5, 3, 1.5, 0.5), name="Complaints", controllable=True),
    ),
    points={"A1": 30, "A2": 15, "A3": 15, "S1": 15, "S2": 15, "S3": 10},
    rows={
        "Alder": (3.2, 9, 18, 30, 0.6, 1.2),
        "Birch": (2.4, 12, 20, 8, -0.8, 3.0),
        "Cedar": (0.6, 1, 24, 60, 1.2, 0.8),
        "Dogwood": (0.4, -2, 6, 15, -0.5, 4.0),
        "Elm": (1.8, 6, None, 40, 0.9, 2.0),
        "Fir": (1.1, 5, 14, 28, 0.2, None),
    },
    revenue={
        "Alder": 9.0,
        "Birch": 3.5,
        "Cedar": 14.0,
        "Dogwood": 11.0,
        "Elm": 6.0,
        "Fir": 4.0,
    },
)


def x01() -> Workshop:
    """Six customers on six criteria, one margin and one complaint figure unknown (case x01)."""
    return X01.workshop()


LEVELS = st.integers(-400, 1400).map(lambda n: n / 100)  # a few beyond either end of PLAIN
POINTS = st.integers(1, 100).map(float)


@st.composite
def anchors(draw: st.DrawFn) -> Anchors:
    """Five anchors that run strictly upwards or strictly downwards."""
    first = draw(st.integers(-1000, 1000))
    steps = draw(st.lists(st.integers(1, 500), min_size=4, max_size=4))
    levels = [first / 10.0]
    for step in steps:
        levels.append(levels[-1] + step / 10.0)
    if draw(st.booleans()):
        levels.reverse()
    low, second, middle, fourth, high = levels
    return (low, second, middle, fourth, high)


@st.composite
def workshops(draw: st.DrawFn, *, most: int = 6, unknown: bool = True) -> Workshop:
    """Random workshops: 1-3 criteria an axis, up to `most` customers, some scores unknown."""
    on_a = [f"a{n}" for n in range(draw(st.integers(1, 3)))]
    on_s = [f"s{n}" for n in range(draw(st.integers(1, 3)))]
    keys = [*on_a, *on_s]
    people = [f"c{n}" for n in range(draw(st.integers(1, most)))]
    level = st.none() | LEVELS if unknown else LEVELS
    rows = {who: draw(st.tuples(*[level] * len(keys))) for who in people}
    favours = {who: draw(st.sampled_from(Favours)) for who in people}
    return made(
        *(PutCriterion(criterion=criterion(key, A, draw(_around_plain()))) for key in on_a),
        *(PutCriterion(criterion=criterion(key, S, draw(_around_plain()))) for key in on_s),
        BringIn(
            origin="a test",
            customers={who: customer(who, favours_us=favours[who]) for who in people},
        ),
        SetPoints(points={key: draw(POINTS) for key in keys}),
        scores(keys, rows),
    )


def _around_plain() -> st.SearchStrategy[Anchors]:
    """Anchors over the range of `LEVELS`, rising or falling, evenly spaced or not."""
    rising: Iterable[Anchors] = [PLAIN, (-3.0, 1.0, 5.0, 6.0, 12.0), (0.0, 1.0, 2.0, 4.0, 8.0)]
    falling: Iterable[Anchors] = [(10.0, 7.5, 5.0, 2.5, 0.0), (12.0, 7.0, 5.0, 3.0, -1.0)]
    return st.sampled_from([*rising, *falling])
