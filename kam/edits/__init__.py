"""Every change to a workshop as a typed edit: (workshop, edit) -> workshop.

The truth is a list of edits; a workshop is its fold (`kam.history`). An edit is applied whole or
refused in words.
"""

from typing import Annotated, Any, TypeAlias

from pydantic import Field, TypeAdapter

from kam.edits.criteria import CastBallot, PutCriterion, RemoveCriterion, SetPoints
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
    RemovePlan,
    SavePlans,
    WithdrawOverride,
)
from kam.edits.edit import Change
from kam.edits.field import ChooseLongList, JudgeApart, JudgeAsOne
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

Edit: TypeAlias = Annotated[
    ArchiveWorkshop
    | BringIn
    | CastBallot
    | ChangeProfile
    | ChooseLongList
    | FillScores
    | JudgeApart
    | JudgeAsOne
    | JudgeGate
    | MarkRevision
    | MoveLine
    | OverrideClass
    | PutCriterion
    | PutCustomer
    | PutGate
    | PutMember
    | PutObjective
    | Redo
    | RemoveCriterion
    | RemoveCustomers
    | RemoveGate
    | RemoveObjective
    | RemovePlan
    | RenameWorkshop
    | RestoreWorkshop
    | SavePlans
    | ScoreCustomer
    | SetCapacity
    | SetPoints
    | StartWorkshop
    | Undo
    | WithdrawOverride,
    Field(discriminator="kind"),
]

ANY_EDIT: TypeAdapter[Any] = TypeAdapter(Edit)

__all__ = [
    "ANY_EDIT",
    "ArchiveWorkshop",
    "BringIn",
    "CastBallot",
    "Change",
    "ChangeProfile",
    "ChooseLongList",
    "Edit",
    "FillScores",
    "JudgeApart",
    "JudgeAsOne",
    "JudgeGate",
    "Line",
    "MarkRevision",
    "MoveLine",
    "OverrideClass",
    "PutCriterion",
    "PutCustomer",
    "PutGate",
    "PutMember",
    "PutObjective",
    "Redo",
    "RemoveCriterion",
    "RemoveCustomers",
    "RemoveGate",
    "RemoveObjective",
    "RemovePlan",
    "RenameWorkshop",
    "RestoreWorkshop",
    "SavePlans",
    "ScoreCustomer",
    "SetCapacity",
    "SetPoints",
    "StartWorkshop",
    "Undo",
    "WithdrawOverride",
]
