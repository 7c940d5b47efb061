"""A workflow as typed data: what a definition's YAML says, once it has been checked.

The code knows no state, role, reason or ladder by name: all of them come from here.
"""

from workflows.definition.answers import ANSWER_NAMES, AnswerRule
from workflows.definition.claims import LookRule, Verification
from workflows.definition.definition import Definition
from workflows.definition.duties import CLOCK_FACTS, Duty
from workflows.definition.fields import FIELD_TYPES, Field, OwnFields
from workflows.definition.labels import Label, Reason
from workflows.definition.ladders import Ladder, Level, Recipient
from workflows.definition.limits import Limit
from workflows.definition.moves import EFFECT_NAMES, GUARD_NAMES, Move
from workflows.definition.notices import ADDRESSEE_NAMES, NoticeRule
from workflows.definition.periods import PeriodEnd, Periods
from workflows.definition.records import RECORD_KINDS, Publication, Retention, Scale, ScaleLevel
from workflows.definition.roles import ACT_NAMES, Role
from workflows.definition.states import State
from workflows.definition.steps import CONDITION_NAMES, OWNER, VERDICT_NAMES, Heard, Step, waits_on

__all__ = [
    "ACT_NAMES",
    "ADDRESSEE_NAMES",
    "ANSWER_NAMES",
    "CLOCK_FACTS",
    "CONDITION_NAMES",
    "EFFECT_NAMES",
    "FIELD_TYPES",
    "GUARD_NAMES",
    "OWNER",
    "RECORD_KINDS",
    "VERDICT_NAMES",
    "AnswerRule",
    "Definition",
    "Duty",
    "Field",
    "Heard",
    "Label",
    "Ladder",
    "Level",
    "Limit",
    "LookRule",
    "Move",
    "NoticeRule",
    "OwnFields",
    "PeriodEnd",
    "Periods",
    "Publication",
    "Reason",
    "Recipient",
    "Retention",
    "Role",
    "Scale",
    "ScaleLevel",
    "State",
    "Step",
    "Verification",
    "waits_on",
]
