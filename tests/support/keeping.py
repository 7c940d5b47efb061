"""What somebody says is what is recorded: a fact keeps each part of its command under the same name."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields

from workflows.commands import CommitmentCommand
from workflows.facts import CommitmentFact

WRITTEN_ANEW = frozenset(
    {
        ("RequestApproved", "substance"),
        ("CommitmentDrafted", "fields"),
        ("DraftEdited", "fields"),
        ("DraftEdited", "agency"),
        ("DraftEdited", "pic"),
        ("DraftEdited", "replication_scope"),
        ("PlanDrafted", "items"),
        ("CommitmentDrafted", "agency"),
        ("CommitmentDrafted", "pic"),
        ("ClaimMade", "fields"),
        ("RequestOpened", "based_on_revision"),
        ("RequestOpened", "fields"),
        ("RequestOpened", "terms"),
        ("RequestApproved", "sitting"),
        ("SignatureRecorded", "kind"),
        ("ReportSubmitted", "claims"),
        ("ReportSubmitted", "nihil"),
        ("ReportSubmitted", "prepared_by"),
        ("ReportSubmitted", "prepared_by_person"),
    }
)
"""Parts that are completed, put in order or looked up."""
OF_ANOTHER = frozenset({"ApproverAdded", "EscalationRaised", "OpinionInvited", "RequestForwarded", "StepReached"})
"""Facts whose office is who is asked or late, and not who acts."""


def kept(command: CommitmentCommand, stated: Iterable[CommitmentFact], *, by: str) -> None:
    """Fail where a fact says otherwise than its command, or that another office acted."""
    for fact in stated:
        name = type(fact).__name__
        for part in fields(fact):
            recorded, said = getattr(fact, part.name), getattr(command, part.name, None)
            if hasattr(command, part.name) and (name, part.name) not in WRITTEN_ANEW:
                assert recorded == (said.strip() if isinstance(said, str) else said), (name, part.name)
            if part.name == "office" and name not in OF_ANOTHER:
                assert recorded == by, name
