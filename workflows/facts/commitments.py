"""Facts of a commitment's stream, `commitment-<id>`, about its draft, plan, progress and duties."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from workflows.facts.parts import Evidence, Obligation, PlanItem, Skipped


@dataclass(frozen=True, slots=True)
class CommitmentDrafted:
    """A party's commitment to a subject began in `state`; it keeps this definition version for life."""

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


@dataclass(frozen=True, slots=True)
class DraftEdited:
    """The draft's own fields are these from now on."""

    replication_scope: str
    agency: str
    pic: str


@dataclass(frozen=True, slots=True)
class PlanDrafted:
    """The draft's action plan is this, whole, from now on."""

    items: tuple[PlanItem, ...]


@dataclass(frozen=True, slots=True)
class StateChanged:
    """The commitment moved because a request passed its last step, true at `effective_at` (None: when recorded).

    closes  the new state is closed: whatever was owed is owed no more, for this reason
    """

    request: str
    move: str
    from_state: str
    to_state: str
    reason: str | None
    closes: bool = False
    effective_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class PlanAmended:
    """The action plan is this, whole, from now on; revision 0 is the plan as signed."""

    request: str
    revision: int
    items: tuple[PlanItem, ...]


@dataclass(frozen=True, slots=True)
class ObligationsArisen:
    """These are owed from now on (a new round replaces an older one of the same name)."""

    obligations: tuple[Obligation, ...]


@dataclass(frozen=True, slots=True)
class ClaimMade:
    """An office claims a plan item's progress, with evidence; `claim` is "<commitment>.c<number>".

    verifier  the office that is to check it, resolved when the claim was made
    """

    claim: str
    number: int
    item: int
    office: str
    verifier: str
    value: Decimal
    note: str
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class ClaimVerified:
    """Another office checked the claim and found it right; `completes` when it reaches the item's target."""

    claim: str
    item: int
    office: str
    value: Decimal
    completes: bool
    note: str


@dataclass(frozen=True, slots=True)
class ClaimReturned:
    """Another office sent the claim back for repair."""

    claim: str
    item: int
    office: str
    reason: str
    text: str


@dataclass(frozen=True, slots=True)
class EscalationRaised:
    """One level of an obligation's ladder was taken; `recipients` are the offices that hear of it now.

    style  message | list | digest: how the ladder wants it told
    """

    obligation: str
    round: int
    ladder: str
    ladder_version: int
    level: int
    style: str
    due_at: datetime
    office: str
    recipients: tuple[str, ...]
    skipped: tuple[Skipped, ...]
