"""Every change to a workshop as a typed edit: (workshop, edit) -> workshop.

The truth is a list of edits; a workshop is its fold (`kam.history`). An edit is applied whole or
refused in words.
"""

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
    JudgeGate,
    Line,
    MoveLine,
    OverrideClass,
    PutGate,
    RemoveGate,
    WithdrawOverride,
)
from kam.edits.edit import Change
from kam.edits.every import ANY_EDIT, Edit, Together
from kam.edits.field import ChooseLongList, JudgeApart, JudgeAsOne
from kam.edits.plans import (
    AnswerQuestion,
    ChangeEconomics,
    ClosePlan,
    ExtendPlan,
    PutQuestions,
    RemovePlan,
    RemoveQuestion,
    SavePlans,
    SetHoursPolicy,
)
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
