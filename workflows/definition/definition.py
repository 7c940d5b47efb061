"""A whole workflow."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from workflows.definition.answers import AnswerRule
from workflows.definition.claims import LookRule, Verification
from workflows.definition.duties import Duty
from workflows.definition.fields import OwnFields
from workflows.definition.labels import Label, Reason
from workflows.definition.ladders import Ladder
from workflows.definition.limits import Limit
from workflows.definition.moves import Move
from workflows.definition.notices import NoticeRule
from workflows.definition.periods import Periods
from workflows.definition.records import Publication, Retention, Scale
from workflows.definition.roles import Role
from workflows.definition.states import State


@dataclass(frozen=True, slots=True)
class Definition:
    """A whole workflow. `name` and `version` identify it; `digest` is the SHA-256 of its text in hex.

    reasons  catalogues by name; every verdict but approve has its own: return, reject
    answers  that are owed, by the kind of matter that wants one (ANSWER_NAMES)
    ceiling  the role where every climb up the line of superiors ends; None: it ends at the top
    periods  when progress is reported; None: no reports
    first_look    until when the office that looks at a claim first owes that; None: it is waited for without a limit
    verification  which claims a second office verifies; None: the first one's check is the verification
    ledger   what the money is called that a party owes; None: no money is kept
    parents  the commitment's own fields that say under what it hangs, from the top down; figures roll up by them
    """

    name: str
    version: int
    digest: str
    label: Label
    party: Label
    subject: Label
    states: Mapping[str, State]
    moves: Mapping[str, Move]
    roles: Mapping[str, Role]
    reasons: Mapping[str, Mapping[str, Reason]]
    ladders: Mapping[str, Ladder]
    notices: tuple[NoticeRule, ...]
    item_ladder: str
    claim_limit: Limit
    replication_scopes: Mapping[str, Label]
    stages: Mapping[str, Label]
    funds: Mapping[str, Label]
    ceiling: str | None = None
    fields: OwnFields = field(default_factory=OwnFields)
    scale: Scale | None = None
    publication: Publication = field(default_factory=Publication)
    retention: tuple[Retention, ...] = ()
    ledger: Label | None = None
    parents: tuple[str, ...] = ()
    duties: Mapping[str, Duty] = field(default_factory=lambda: MappingProxyType({}))
    answers: Mapping[str, AnswerRule] = field(default_factory=lambda: MappingProxyType({}))
    periods: Periods | None = None
    first_look: LookRule | None = None
    verification: Verification | None = None

    @property
    def is_signed(self) -> bool:
        """True if a party signs what it promises; False where commitments are imposed."""
        return any(step.signs for move in self.moves.values() for step in move.steps)

    @property
    def initial(self) -> State:
        """The one state that a commitment begins in."""
        return next(state for state in self.states.values() if state.initial)

    def parents_down_to(self, level: str | None) -> tuple[str, ...] | None:
        """The parents from the top down to one (None: all of them); None for one that the workflow doesn't have."""
        if level is None:
            return self.parents
        return self.parents[: self.parents.index(level) + 1] if level in self.parents else None
