"""Every kind of edit: applied whole or refused in words, and the same after a trip through JSON.

Each class of `kam.edits` has one case here; a new class without a case fails.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import get_args

import pytest

from kam.edits import (
    ANY_EDIT,
    AnswerQuestion,
    AnswerTies,
    ArchiveWorkshop,
    AskForTies,
    BringIn,
    CastBallot,
    Change,
    ChangeEconomics,
    ChangeProfile,
    ChooseLongList,
    ChooseTrapFigures,
    ClosePlan,
    ConfirmClass,
    CountVotes,
    DeclareInterests,
    DropScenario,
    Edit,
    ExtendPlan,
    FillScores,
    Forecast,
    JudgeApart,
    JudgeAsOne,
    JudgeGate,
    KeepScenario,
    MarkBest,
    MarkRevision,
    MoveLine,
    OpenGutLists,
    OverrideClass,
    PutCriterion,
    PutCustomer,
    PutGate,
    PutMember,
    PutObjective,
    PutQuestions,
    RecallCustomers,
    Redo,
    RemoveCriterion,
    RemoveCustomers,
    RemoveGate,
    RemoveObjective,
    RemovePlan,
    RemoveQuestion,
    RenameWorkshop,
    RestoreWorkshop,
    SavePlans,
    ScoreCustomer,
    SealGutList,
    SetCapacity,
    SetHoursPolicy,
    SetPoints,
    StartWorkshop,
    Together,
    Undo,
    VoteScores,
    WithdrawOverride,
)
from kam.errors import Refused
from kam.model import (
    Axis,
    Ballot,
    Capacity,
    Class,
    Economics,
    Gate,
    HoursPolicy,
    LongList,
    Member,
    Objective,
    Outcome,
    Plan,
    Profile,
    Question,
    Recall,
    Scenario,
    Score,
    Ties,
    TrapFigures,
    Workshop,
)
from tests.workshops import TODAY, by_hand, criterion, customer, full

KINDS: tuple[type[Change], ...] = get_args(get_args(Edit)[0])


@dataclass(frozen=True)
class Case:
    """An edit of the full workshop, what it says, and what must hold afterwards."""

    edit: Edit
    words: str
    holds: Callable[[Workshop], object]


CASES = (
    Case(
        AnswerQuestion(question="q1", answer="The buying board"),
        "answer of Bay",
        lambda w: w.questions["q1"].answer == "The buying board",
    ),
    Case(
        ChangeEconomics(customer="ash", economics=Economics(hours=120, gain=5)),
        "hours, gain and capital of Ash",
        lambda w: w.customers["ash"].economics.hours == 120,
    ),
    Case(
        ClosePlan(customer="bay", outcome=Outcome(what="promoted", on=TODAY, by="Ines")),
        "Bay: the plan ended, promoted, says Ines",
        lambda w: w.plans["bay"].outcome and w.plans["bay"].outcome.by == "Ines",
    ),
    Case(
        ConfirmClass(customer="ash", klass=Class.KEY_CORE, by="Otto", reason="It grows"),
        "Ash: Key · core, confirmed by Otto",
        lambda w: [c.told for c in w.confirmed.values()][1:] == ["confirmed by Otto: It grows"],
    ),
    Case(
        ExtendPlan(customer="bay", until=date(2026, 9, 1), by="Ines", reason="A new buyer"),
        "Bay: deadline moved to 2026-09-01 by Ines, A new buyer",
        lambda w: (
            w.plans["bay"].deadline == date(2026, 9, 1)
            and w.plans["bay"].extension
            and w.plans["bay"].extension.before == TODAY
        ),
    ),
    Case(
        PutQuestions(questions=(Question(id="q2", customer="ash", text="Would you favour us?"),)),
        "1 question to ask before deciding",
        lambda w: list(w.questions) == ["q1", "q2"],
    ),
    Case(
        RemoveQuestion(question="q1"),
        "removed the question “Who decides?”",
        lambda w: w.questions == {},
    ),
    Case(
        SetHoursPolicy(policy=HoursPolicy(hurdle_pct=15, floors={Class.KEY_CORE: 40})),
        "hurdle 12 → 15 %",
        lambda w: w.hours_policy.floors == {Class.KEY_CORE: 40},
    ),
    Case(
        AnswerTies(ties={"ash": 1, "bay": 2}),
        "an answer on ties to customers",
        lambda w: (w.answers.ties.answers, w.answers.ties.strongest) == (2, {"ash": 3, "bay": 2}),
    ),
    Case(
        AskForTies(asked=False),
        "forget the ties to customers",
        lambda w: w.answers.ties == Ties(),
    ),
    Case(
        ChooseTrapFigures(figures=TrapFigures(demands=("orders",))),
        "chose the figures of the trap report",
        lambda w: w.trap_figures.demands == ("orders",),
    ),
    Case(CountVotes(), "the mean of the votes counts", lambda w: w.points == {}),
    Case(
        DeclareInterests(member="ines", interests={"ash": "A friend", "cob": ""}),
        "Ines declares an interest in 2 customers",
        lambda w: w.answers.interests == {"ines": {"ash": "A friend", "cob": ""}},
    ),
    Case(
        DropScenario(scenario="lean"),
        "dropped the scenario “Lean”",
        lambda w: w.scenarios == {},
    ),
    Case(
        Forecast(criterion="a", customer="ash", level=7.5),
        "Ash in three years: Criterion a 7.5",
        lambda w: w.forecasts == {"a": {"bay": 8, "ash": 7.5}},
    ),
    Case(
        KeepScenario(scenario=Scenario(id="wide", name="Wide", revision=3)),
        "kept the scenario “Wide”",
        lambda w: list(w.scenarios) == ["lean", "wide"],
    ),
    Case(
        MarkBest(customers=("cob", "cob")),
        "1 best relationship marked",
        lambda w: w.best_relationships == ("cob",),
    ),
    Case(
        OpenGutLists(),
        "opened 1 gut-feeling lists",
        lambda w: w.answers.gut.opened and w.answers.gut.of == {"ines": ("ash", "bay")},
    ),
    Case(
        RecallCustomers(member="ines", recall=Recall(customers=("ash",))),
        "wrote down the customers that come to mind",
        lambda w: w.answers.recalled == {"ines": Recall(customers=("ash",))},
    ),
    Case(
        SealGutList(member="ines", customers=("cob",)),
        "sealed a gut-feeling list",
        lambda w: w.answers.gut.of == {"ines": ("cob",)},
    ),
    Case(
        Together(
            name="the lean way",
            edits=(MoveLine(line="strength", value=6), SetPoints(points={"a": 1})),
        ),
        "the lean way",
        lambda w: (w.cut_offs.strength, w.points["a"]) == (6, 1),
    ),
    Case(
        VoteScores(member="ines", criterion="s", steps={"ash": None, "bay": 5}),
        "votes on “Criterion s”",
        lambda w: w.votes["s"] == {"bay": {"ines": 5}},
    ),
    Case(ArchiveWorkshop(), "put the workshop away", lambda w: w.archived),
    Case(
        BringIn(
            origin="crm.csv",
            customers={"ash": customer("ash", revenue=5), "elm": customer("elm")},
            scores={"a": {"elm": Score(value=3)}},
        ),
        "customers from crm.csv: 1 added, 1 updated",
        lambda w: w.customers["ash"].profile.revenue == 5 and w.scores["a"]["elm"].value == 3,
    ),
    Case(
        CastBallot(ballot=Ballot(member="ines", swings={"b": 100})),
        "a ballot of round 1",
        lambda w: [dict(b.swings) for b in w.ballots["ines"]] == [{"b": 100}],
    ),
    Case(
        ChangeProfile(customer="ash", profile=Profile(owner="Otto", revenue=0)),
        "profile of Ash: revenue, owner",
        lambda w: (
            (w.customers["ash"].profile.owner, w.customers["ash"].profile.revenue) == ("Otto", 0)
        ),
    ),
    Case(
        ChooseLongList(long_list=LongList(customers=("ash", "bay"), rule="revenue at least 3")),
        "2 of 5 customers are judged: revenue at least 3",
        lambda w: w.long_list and w.long_list.customers == ("ash", "bay"),
    ),
    Case(
        FillScores(scores={"a": {"ash": Score(value=1)}}, origin="the ledger"),
        "1 scores from the ledger",
        lambda w: (w.scores["a"]["ash"].value, w.scores["a"]["bay"].value) == (1, 6),
    ),
    Case(
        JudgeApart(group="dew"),
        "the companies of Dew are judged apart",
        lambda w: not w.groups and w.long_list and "fir" in w.long_list.customers,
    ),
    Case(
        JudgeAsOne(group="oak", name="Oak", members=("ash", "cob")),
        "Oak is judged as one with 2 of its companies",
        lambda w: "oak" in w.groups and w.groups["oak"].made and w.customers["oak"].name == "Oak",
    ),
    Case(
        JudgeGate(customer="ash", gate="g", fails=True, why="Late"),
        "Ash fails “Sound credit”",
        lambda w: w.failed_gates == {"cob": {"g": "Insolvent"}, "ash": {"g": "Late"}},
    ),
    Case(
        MarkRevision(name="Second round", on=TODAY, by="Ines", revision=12, begins_review=True),
        "named this state “Second round”",
        lambda w: (
            [(m.name, m.revision) for m in w.marks] == [("First round", 9), ("Second round", 12)]
        ),
    ),
    Case(
        MoveLine(line="strategic", value=8),
        "strategic line 7 → 8",
        lambda w: (w.cut_offs.strategic, w.cut_offs.strength) == (8, 5),
    ),
    Case(
        OverrideClass(customer="ash", klass=Class.LOW_PRIORITY, by="Otto", reason="Left us"),
        "Ash: Low priority, decided by Otto",
        lambda w: [o.reason for o in w.overrides.values()] == ["We promised", "Left us"],
    ),
    Case(
        PutCriterion(criterion=criterion("new", Axis.STRENGTH)),
        "added the criterion “Criterion new”",
        lambda w: list(w.criteria) == ["a", "b", "s", "new"],
    ),
    Case(
        PutCustomer(customer=customer("elm")),
        "added Elm",
        lambda w: list(w.customers)[-1] == "elm",
    ),
    Case(
        PutGate(gate=Gate(id="h", name="No conflict")),
        "added the gate “No conflict”",
        lambda w: list(w.gates) == ["g", "h"],
    ),
    Case(
        PutMember(member=Member(id="otto", name="Otto")),
        "added the member Otto",
        lambda w: list(w.members) == ["ines", "otto"],
    ),
    Case(
        PutObjective(objective=Objective(id="o", name="Grow margin")),
        "changed the objective “Grow margin”",
        lambda w: w.objectives["o"].name == "Grow margin" and len(w.objectives) == 1,
    ),
    Case(Redo(target="e1"), "did the step again", lambda _: False),
    Case(
        RemoveCriterion(criterion="a"),
        "removed the criterion “Criterion a”",
        lambda w: "a" not in {*w.criteria, *w.scores, *w.points, *w.ballots["ines"][0].swings},
    ),
    Case(
        RemoveCustomers(customers=("bay", "cob")),
        "removed 2 customers",
        lambda w: (
            not {"bay", "cob"}
            & {*w.customers, *w.scores["a"], *w.failed_gates, *w.overrides, *w.confirmed, *w.plans}
        ),
    ),
    Case(
        RemoveGate(gate="g"),
        "removed the gate “Sound credit”",
        lambda w: (w.gates, w.failed_gates) == ({}, {}),
    ),
    Case(
        RemoveObjective(objective="o"),
        "removed the objective “Grow profit”",
        lambda w: (w.objectives, w.criteria["b"].objectives) == ({}, ()),
    ),
    Case(RemovePlan(customer="bay"), "removed the plan of Bay", lambda w: w.plans == {}),
    Case(RenameWorkshop(name="Autumn"), "name: By hand → Autumn", lambda w: w.name == "Autumn"),
    Case(
        RestoreWorkshop(state=by_hand().model_copy(update={"id": "copy"}), origin="a copy"),
        "took over “By hand” from a copy",
        lambda w: w == by_hand(),
    ),
    Case(
        SavePlans(plans={"ash": Plan(customer="ash", template="K1", goal="Grow together")}),
        "plan of Ash",
        lambda w: [plan.goal for plan in w.plans.values()] == ["Grow", "Grow together"],
    ),
    Case(
        ScoreCustomer(customer="cob", criterion="b", value=2.5, note="asked"),
        "Cob, Criterion b: unknown → 2.5",
        lambda w: w.scores["b"].get("cob") == Score(value=2.5, note="asked"),
    ),
    Case(
        SetCapacity(capacity=Capacity(mode="places", places=4)),
        "capacity: not complete → 4 places",
        lambda w: w.capacity.places == 4,
    ),
    Case(
        SetPoints(points={"a": 12}),
        "points of Criterion a: 30 → 12",
        lambda w: dict(w.points) == {"a": 12, "b": 10, "s": 20},
    ),
    Case(
        StartWorkshop(name="Spring", company="Us", currency="CHF", example=True),
        "started “Spring”",
        lambda w: (w.name, w.company, w.currency, w.example) == ("Spring", "Us", "CHF", True),
    ),
    Case(Undo(target="e1"), "undid the last step", lambda _: False),
    Case(
        WithdrawOverride(customer="bay"),
        "Bay: the rule decides again",
        lambda w: w.overrides == {},
    ),
)

OF_A_STATE = [case for case in CASES if not isinstance(case.edit, Undo | Redo)]


def kind_of(case: Case) -> str:
    """The name under which a case runs."""
    return case.edit.kind


def deep(workshop: Workshop) -> str:
    """Everything that a workshop holds, as one text."""
    return workshop.model_dump_json()


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_edit_has_a_case_here(kind: type[Change]) -> None:
    assert sum(type(case.edit) is kind for case in CASES) == 1


def test_every_kind_has_its_own_name() -> None:
    assert len({case.edit.kind for case in CASES}) == len(KINDS)


@pytest.mark.parametrize("case", OF_A_STATE, ids=kind_of)
def test_an_edit_does_what_it_says(case: Case) -> None:
    before = full()
    assert not case.holds(before)
    assert case.holds(case.edit.apply(before))


@pytest.mark.parametrize("case", CASES, ids=kind_of)
def test_an_edit_says_in_words_what_it_does(case: Case) -> None:
    assert case.edit.words(full()) == case.words


@pytest.mark.parametrize("case", OF_A_STATE, ids=kind_of)
def test_the_workshop_before_is_not_touched(case: Case) -> None:
    before = full()
    kept = deep(before)
    case.edit.apply(before)
    assert deep(before) == kept


@pytest.mark.parametrize("case", OF_A_STATE, ids=kind_of)
def test_the_workshop_afterwards_is_valid_as_a_whole(case: Case) -> None:
    changed = case.edit.apply(full())
    assert Workshop.model_validate_json(deep(changed)) == changed


ONCE_ONLY: tuple[type[Change], ...] = (
    DropScenario,
    ExtendPlan,
    JudgeApart,
    MarkRevision,
    WithdrawOverride,
    *(kind for kind in KINDS if kind.__name__.startswith("Remove")),
)


@pytest.mark.parametrize("case", OF_A_STATE, ids=kind_of)
def test_applied_twice_it_changes_nothing_more_or_is_refused(case: Case) -> None:
    once = case.edit.apply(full())
    if isinstance(case.edit, ONCE_ONLY):
        with pytest.raises(Refused, match=r"There is no|exists already|moved before"):
            case.edit.apply(once)
    elif isinstance(case.edit, AnswerTies):  # an answer without a name counts every time
        assert case.edit.apply(once).answers.ties.answers == once.answers.ties.answers + 1
    else:
        assert case.edit.apply(once) == once


@pytest.mark.parametrize("case", CASES, ids=kind_of)
def test_an_edit_comes_back_from_json_as_itself(case: Case) -> None:
    back = ANY_EDIT.validate_json(case.edit.model_dump_json())
    assert type(back) is type(case.edit)
    assert back == case.edit


@pytest.mark.parametrize("case", CASES, ids=kind_of)
def test_a_field_that_we_do_not_know_is_refused(case: Case) -> None:
    strange = {**json.loads(case.edit.model_dump_json()), "colour": "blue"}
    with pytest.raises(ValueError, match="colour"):
        ANY_EDIT.validate_python(strange)


@pytest.mark.parametrize("case", CASES, ids=kind_of)
def test_an_edit_names_its_subject(case: Case) -> None:
    subject = case.edit.subject
    assert subject == ANY_EDIT.validate_json(case.edit.model_dump_json()).subject
    assert subject.strip()


NOWHERE = (
    (ChangeProfile(customer="ghost", profile=Profile()), "customer"),
    (RemoveCustomers(customers=("ash", "ghost")), "customer"),
    (ScoreCustomer(customer="ghost", criterion="a", value=1), "customer"),
    (ScoreCustomer(customer="ash", criterion="ghost", value=1), "criterion"),
    (ScoreCustomer(customer="ash", criterion="ghost", value=None), "criterion"),
    (FillScores(scores={"ghost": {"ash": Score(value=1)}}), "criterion"),
    (FillScores(scores={"a": {"ghost": Score(value=1)}}), "customer"),
    (BringIn(origin="x", customers={}, scores={"a": {"ghost": Score(value=1)}}), "customer"),
    (RemoveCriterion(criterion="ghost"), "criterion"),
    (VoteScores(member="ghost", criterion="a", steps={"ash": 1}), "member"),
    (VoteScores(member="ines", criterion="ghost", steps={"ash": 1}), "criterion"),
    (VoteScores(member="ines", criterion="a", steps={"ghost": 1}), "customer"),
    (SealGutList(member="ghost", customers=("ash",)), "member"),
    (SealGutList(member="ines", customers=("ghost",)), "customer"),
    (RecallCustomers(member="ghost", recall=Recall()), "member"),
    (RecallCustomers(member="ines", recall=Recall(customers=("ghost",))), "customer"),
    (AnswerTies(ties={"ghost": 1}), "customer"),
    (DeclareInterests(member="ghost", interests={"ash": ""}), "member"),
    (DeclareInterests(member="ines", interests={"ghost": ""}), "customer"),
    (MarkBest(customers=("ghost",)), "customer"),
    (ChooseTrapFigures(figures=TrapFigures(awareness="ghost")), "figure"),
    (Forecast(criterion="ghost", customer="ash", level=1), "criterion"),
    (Forecast(criterion="a", customer="ghost", level=1), "customer"),
    (DropScenario(scenario="ghost"), "scenario"),
    (AnswerQuestion(question="ghost", answer=""), "question"),
    (RemoveQuestion(question="ghost"), "question"),
    (PutQuestions(questions=(Question(id="q", customer="ghost", text="Why?"),)), "customer"),
    (ChangeEconomics(customer="ghost", economics=Economics()), "customer"),
    (ExtendPlan(customer="ghost", until=TODAY, by="I", reason="r"), "plan of"),
    (ClosePlan(customer="ghost", outcome=Outcome(what="exited", on=TODAY, by="I")), "plan of"),
    (SetPoints(points={"a": 1, "ghost": 1}), "criterion"),
    (CastBallot(ballot=Ballot(member="ghost", swings={"a": 1})), "member"),
    (CastBallot(ballot=Ballot(member="ines", swings={"ghost": 1})), "criterion"),
    (RemoveObjective(objective="ghost"), "objective"),
    (RemoveGate(gate="ghost"), "gate"),
    (JudgeGate(customer="ghost", gate="g", fails=True), "customer"),
    (JudgeGate(customer="ash", gate="ghost", fails=True), "gate"),
    (OverrideClass(customer="ghost", klass=Class.KEY_CORE, by="I", reason="r"), "customer"),
    (ConfirmClass(customer="ghost", klass=Class.KEY_CORE), "customer"),
    (WithdrawOverride(customer="ghost"), "override of"),
    (SavePlans(plans={"ghost": Plan(customer="ghost", template="L2")}), "customer"),
    (RemovePlan(customer="ghost"), "plan of"),
)


@pytest.mark.parametrize(("edit", "noun"), NOWHERE, ids=lambda case: getattr(case, "kind", case))
def test_what_the_workshop_does_not_hold_is_named_in_the_refusal(edit: Edit, noun: str) -> None:
    with pytest.raises(Refused, match=f"There is no {noun} 'ghost' in this workshop any more"):
        edit.apply(full())


@pytest.mark.parametrize("edit", [edit for edit, _ in NOWHERE], ids=lambda edit: edit.kind)
def test_even_a_refused_edit_can_be_told_in_words(edit: Edit) -> None:
    assert edit.words(full()).strip()


@pytest.mark.parametrize("edit", [Undo(target="e1"), Redo(target="e1")])
def test_undo_and_redo_of_a_state_are_refused(edit: Edit) -> None:
    with pytest.raises(Refused, match="changes the history, not a state"):
        edit.apply(full())
