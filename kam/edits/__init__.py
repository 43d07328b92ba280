"""Every change to a workshop as a typed edit: (workshop, edit) -> workshop.

The truth is a list of edits; a workshop is its fold (`kam.history`). An edit is applied whole or
refused in words.
"""

from typing import Annotated, Any, Literal, Self, TypeAlias

from pydantic import Field, TypeAdapter, model_validator

from kam.edits.criteria import CastBallot, CountVotes, PutCriterion, RemoveCriterion, SetPoints
from kam.edits.customers import (
    BringIn,
    ChangeProfile,
    FillScores,
    PutCustomer,
    RemoveCustomers,
    ScoreCustomer,
)
from kam.edits.decisions import (
    ConfirmClass,
    JudgeGate,
    Line,
    MoveLine,
    OverrideClass,
    PutGate,
    RemoveGate,
    WithdrawOverride,
)
from kam.edits.economics import ChangeEconomics, SetHoursPolicy
from kam.edits.edit import Change
from kam.edits.field import ChooseLongList, JudgeApart, JudgeAsOne
from kam.edits.plans import ClosePlan, ExtendPlan, RemovePlan, SavePlans
from kam.edits.questions import AnswerQuestion, PutQuestions, RemoveQuestion
from kam.edits.setup import (
    ArchiveWorkshop,
    MarkRevision,
    PutMember,
    PutObjective,
    RemoveObjective,
    RenameWorkshop,
    RestoreWorkshop,
    SetCapacity,
    StartWorkshop,
)
from kam.edits.steps import Redo, Undo
from kam.edits.trial import DropScenario, Forecast, KeepScenario
from kam.edits.voting import (
    AnswerTies,
    AskForTies,
    ChooseTrapFigures,
    DeclareInterests,
    MarkBest,
    OpenGutLists,
    RecallCustomers,
    SealGutList,
    VoteScores,
)
from kam.model import Name, Workshop

_ALONE = {"undo", "redo", "start_workshop", "restore_workshop", "together"}


class Together(Change):
    """Several edits as one step: all of them, or none; they are undone together."""

    kind: Literal["together"] = "together"
    name: Name
    edits: "tuple[Edit, ...]" = Field(min_length=1, max_length=500)

    @model_validator(mode="after")
    def _may_go_together(self) -> Self:
        for edit in self.edits:
            if edit.kind in _ALONE:
                raise ValueError(f"{edit.kind.replace('_', ' ')} cannot be a part of another step")
        return self

    @property
    def subject(self) -> str:
        return " + ".join(sorted(self.subjects))

    @property
    def subjects(self) -> frozenset[str]:
        return frozenset().union(*(edit.subjects for edit in self.edits))

    def apply(self, workshop: Workshop) -> Workshop:
        for edit in self.edits:
            workshop = edit.apply(workshop)
        return workshop

    def words(self, before: Workshop) -> str:  # noqa: ARG002 - the name says it
        return self.name


Edit: TypeAlias = Annotated[
    AnswerQuestion
    | AnswerTies
    | ArchiveWorkshop
    | AskForTies
    | BringIn
    | CastBallot
    | ChangeEconomics
    | ChangeProfile
    | ChooseLongList
    | ChooseTrapFigures
    | ClosePlan
    | ConfirmClass
    | CountVotes
    | DeclareInterests
    | DropScenario
    | ExtendPlan
    | FillScores
    | Forecast
    | JudgeApart
    | JudgeAsOne
    | JudgeGate
    | KeepScenario
    | MarkBest
    | MarkRevision
    | MoveLine
    | OpenGutLists
    | OverrideClass
    | PutCriterion
    | PutCustomer
    | PutGate
    | PutMember
    | PutObjective
    | PutQuestions
    | RecallCustomers
    | Redo
    | RemoveCriterion
    | RemoveCustomers
    | RemoveGate
    | RemoveObjective
    | RemovePlan
    | RemoveQuestion
    | RenameWorkshop
    | RestoreWorkshop
    | SavePlans
    | ScoreCustomer
    | SealGutList
    | SetCapacity
    | SetHoursPolicy
    | SetPoints
    | StartWorkshop
    | Together
    | Undo
    | VoteScores
    | WithdrawOverride,
    Field(discriminator="kind"),
]

Together.model_rebuild()
ANY_EDIT: TypeAdapter[Any] = TypeAdapter(Edit)

__all__ = [
    "ANY_EDIT",
    "AnswerQuestion",
    "AnswerTies",
    "ArchiveWorkshop",
    "AskForTies",
    "BringIn",
    "CastBallot",
    "Change",
    "ChangeEconomics",
    "ChangeProfile",
    "ChooseLongList",
    "ChooseTrapFigures",
    "ClosePlan",
    "ConfirmClass",
    "CountVotes",
    "DeclareInterests",
    "DropScenario",
    "Edit",
    "ExtendPlan",
    "FillScores",
    "Forecast",
    "JudgeApart",
    "JudgeAsOne",
    "JudgeGate",
    "KeepScenario",
    "Line",
    "MarkBest",
    "MarkRevision",
    "MoveLine",
    "OpenGutLists",
    "OverrideClass",
    "PutCriterion",
    "PutCustomer",
    "PutGate",
    "PutMember",
    "PutObjective",
    "PutQuestions",
    "RecallCustomers",
    "Redo",
    "RemoveCriterion",
    "RemoveCustomers",
    "RemoveGate",
    "RemoveObjective",
    "RemovePlan",
    "RemoveQuestion",
    "RenameWorkshop",
    "RestoreWorkshop",
    "SavePlans",
    "ScoreCustomer",
    "SealGutList",
    "SetCapacity",
    "SetHoursPolicy",
    "SetPoints",
    "StartWorkshop",
    "Together",
    "Undo",
    "VoteScores",
    "WithdrawOverride",
]
