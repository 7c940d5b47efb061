"""Commands on a commitment's draft."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from workflows.facts import FieldValue, PlanItem


@dataclass(frozen=True, slots=True)
class Earlier:
    """The party's last commitment to the same subject, as its own stream has it.

    retractable_until  until when the last decision on it may be taken back; None where none may
    """

    commitment: str
    reference: str
    programme: str
    party: str
    subject: str
    state: str
    definition_version: int
    retractable_until: datetime | None = None


@dataclass(frozen=True, slots=True)
class DraftCommitment:
    """Begin a commitment as a draft.

    imported  a file or a wave brought it, which a role may do that drafts nothing by hand
    earlier   the commitment after which the party promises the same again; None where it never did
    """

    commitment: str
    reference: str
    programme: str
    party: str
    subject: str
    fiscal_year: int
    replication_scope: str
    agency: str
    pic: str
    items: tuple[PlanItem, ...]
    imported: bool = False
    fields: tuple[FieldValue, ...] = ()
    earlier: Earlier | None = None


@dataclass(frozen=True, slots=True)
class EditDraft:
    """Change a draft; None leaves a field as it is, `items` replaces the whole plan, `fields` those that it names."""

    replication_scope: str | None = None
    agency: str | None = None
    pic: str | None = None
    items: tuple[PlanItem, ...] | None = None
    fields: tuple[FieldValue, ...] = ()
