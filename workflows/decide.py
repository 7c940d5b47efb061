"""The one door to a commitment's facts: a command either states them or is refused with every reason."""

from __future__ import annotations

from typing import assert_never

from workflows import (
    answers,
    approvals,
    checks,
    claims,
    drafts,
    duties,
    external_ids,
    histories,
    matters,
    migrating,
    notes,
    opinions,
    payments,
    reports,
    requests,
    retractions,
    revocations,
    sharing,
    signatures,
)
from workflows.blockers import blockers
from workflows.commands import (
    AddApprover,
    ApproveRequest,
    AttachEvidence,
    CheckClaim,
    CommitmentCommand,
    DraftCommitment,
    EditDraft,
    Escalate,
    FollowingCommand,
    FollowPeriod,
    FollowSample,
    FollowUpCommand,
    ForwardRequest,
    GiveExternalId,
    GiveOpinion,
    ImportHistory,
    LedgerCommand,
    MakeClaim,
    MigrateDefinition,
    NotePreparation,
    OpenRequest,
    OversightCommand,
    ProgressCommand,
    RaisingCommand,
    ReceiveDocument,
    RejectRequest,
    ReportCommand,
    RequestCommand,
    RetractDecision,
    ReturnClaim,
    ReturnRequest,
    RevokeVerification,
    SignCommitment,
    SubmitReport,
    VerifyClaim,
    WithdrawRequest,
    WitnessCommitment,
)
from workflows.commitment import Commitment
from workflows.context import Context
from workflows.errors import Refused
from workflows.escalation import escalate
from workflows.facts import CommitmentFact
from workflows.rules import Blockers
from workflows.voiding import voided


def decide(state: Commitment | None, command: CommitmentCommand, context: Context) -> tuple[CommitmentFact, ...]:
    """State the facts of a command, in order; none where the commitment says the same already.

    state   the commitment so far; None before its first event
    raises  Refused, with all blockers
    """
    if state is None or not isinstance(command, ApproveRequest):
        _refuse(blockers(state, command, context))
    if isinstance(command, DraftCommitment):
        return drafts.draft_commitment(state, command, context)
    if isinstance(command, ImportHistory):
        return histories.import_history(state, command, context)
    assert state is not None, "refused as commitment_unknown"
    stated = _decided(state, command, context)
    return (*stated, *voided(state, command, stated, context))


def _refuse(found: Blockers) -> None:
    if found:
        raise Refused(found)


def _decided(state: Commitment, command: FollowingCommand, context: Context) -> tuple[CommitmentFact, ...]:
    if isinstance(command, OversightCommand):
        return _overseen(state, command, context)
    if isinstance(command, RequestCommand):
        return _on_requests(state, command, context)
    if isinstance(command, ProgressCommand):
        return _of_progress(state, command, context)
    if isinstance(command, ReportCommand):
        return _of_report(state, command, context)
    if isinstance(command, LedgerCommand):
        return payments.decide_ledger(state, command, context)
    match command:
        case EditDraft():
            return drafts.edit_draft(state, command, context)
        case ReceiveDocument():
            return duties.receive_document(state, command, context)
        case GiveExternalId():
            return external_ids.give_external_id(state, command, context)
        case Escalate():
            return escalate(state, command, context)
        case MigrateDefinition():
            return migrating.migrate(state, command, context)
        case _:
            assert_never(command)


def _of_progress(state: Commitment, command: ProgressCommand, context: Context) -> tuple[CommitmentFact, ...]:
    match command:
        case MakeClaim():
            return claims.make_claim(state, command, context)
        case AttachEvidence():
            return checks.attach_evidence(state, command, context)
        case CheckClaim():
            return checks.check_claim(state, command, context)
        case FollowSample():
            return checks.follow_sample(state, command, context)
        case VerifyClaim():
            return checks.verify_claim(state, command, context)
        case ReturnClaim():
            return checks.return_claim(state, command, context)
        case RevokeVerification():
            return revocations.revoke(state, command, context)
        case _:
            assert_never(command)


def _of_report(state: Commitment, command: ReportCommand, context: Context) -> tuple[CommitmentFact, ...]:
    match command:
        case SubmitReport():
            return reports.submit_report(state, command, context)
        case FollowPeriod():
            return reports.follow_period(state, command, context)
        case _:
            assert_never(command)


def _on_requests(state: Commitment, command: RequestCommand, context: Context) -> tuple[CommitmentFact, ...]:
    match command:
        case OpenRequest():
            return requests.open_request(state, command, context)
        case ApproveRequest():
            return approvals.approve(state, command, context)
        case ReturnRequest():
            return approvals.return_request(state, command, context)
        case RejectRequest():
            return approvals.reject_request(state, command, context)
        case AddApprover():
            return sharing.add_approver(state, command, context)
        case ForwardRequest():
            return sharing.forward(state, command, context)
        case NotePreparation():
            return sharing.note(state, command, context)
        case RetractDecision():
            return retractions.retract(state, command, context)
        case WithdrawRequest():
            return requests.withdraw_request(state, command, context)
        case GiveOpinion():
            return opinions.give_opinion(state, command, context)
        case SignCommitment():
            return signatures.sign(state, command, context)
        case WitnessCommitment():
            return signatures.witness(state, command, context)
        case _:
            assert_never(command)


def _overseen(state: Commitment, command: OversightCommand, context: Context) -> tuple[CommitmentFact, ...]:
    if isinstance(command, RaisingCommand):
        return matters.raise_matter(state, command, context)
    if isinstance(command, FollowUpCommand):
        return answers.follow(state, command, context)
    return notes.make_note(state, command, context)
