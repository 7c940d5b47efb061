"""Facts of a commitment's stream, `commitment-<id>`, about its draft, its state and its plan."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from workflows.facts.parts import FieldValue, PlanItem


@dataclass(frozen=True, slots=True)
class CommitmentDrafted:
    """A party's commitment to a subject began in `state`, by this version of its workflow.

    follows  the id of the party's commitment to the same that ended before, with its reference; empty where none did
    """

    commitment: str
    reference: str
    programme: str
    definition: str
    definition_version: int
    state: str
    party: str
    subject: str
    fiscal_year: int
    replication_scope: str
    agency: str
    pic: str
    fields: tuple[FieldValue, ...] = ()
    follows: str = ""
    follows_reference: str = ""


@dataclass(frozen=True, slots=True)
class DraftEdited:
    """The draft's own fields are these from now on."""

    replication_scope: str
    agency: str
    pic: str
    fields: tuple[FieldValue, ...] = ()


@dataclass(frozen=True, slots=True)
class PlanDrafted:
    """The draft's action plan is this, whole, from now on."""

    items: tuple[PlanItem, ...]


@dataclass(frozen=True, slots=True)
class StateChanged:
    """The commitment moved because a request passed its last step, true at `effective_at` (None: when recorded).

    closes  the new state is closed: whatever was owed is owed no more, for this reason
    verified_percent  how much of the plan was verified when a running commitment closed
    """

    request: str
    move: str
    from_state: str
    to_state: str
    reason: str | None
    closes: bool = False
    effective_at: datetime | None = None
    verified_percent: int | None = None


@dataclass(frozen=True, slots=True)
class PlanAmended:
    """The action plan is this, whole, from now on; revision 0 is the plan as signed.

    adapts  what was promised is as before: it counts as no amendment
    """

    request: str
    revision: int
    items: tuple[PlanItem, ...]
    adapts: bool = False


PlanFact = CommitmentDrafted | DraftEdited | PlanDrafted | StateChanged | PlanAmended
PLAN_NAMES: dict[type, str] = {
    CommitmentDrafted: "commitment-drafted",
    DraftEdited: "draft-edited",
    PlanDrafted: "plan-drafted",
    StateChanged: "state-changed",
    PlanAmended: "plan-amended",
}


def plan_valid_at(fact: PlanFact) -> datetime | None:
    """When the fact was true; None: from its recording."""
    return fact.effective_at if isinstance(fact, StateChanged) else None
