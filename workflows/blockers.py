"""Every reason why not, and who can clear it: for one command, or for all that an office might do next."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
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
from workflows.clearing import with_clearers
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
from workflows.commitment import Commitment, Request
from workflows.context import Context
from workflows.errors import Blocker, Refused
from workflows.escalation import escalate
from workflows.rules import Blockers, roles_that_may
from workflows.sentences import SENTENCES, sentence

__all__ = ["SENTENCES", "Possible", "blockers", "overview", "sentence"]


@dataclass(frozen=True, slots=True)
class Possible:
    """Something that the acting office might do with a commitment, and all that stands in its way.

    act       ask | approve | sign | return | reject | retract_decision | withdraw_request | give_opinion | edit_draft |
              witness | claim | prepare_report | submit_report | attach_evidence | check_claim (check or verify it, or
              send it back) | receive_document | revoke_verification | record_finding | give_direction |
              report_obstacle | ask_help | note_visit | note | answer | send_back | close | share (ask one more office,
              or forward) | note_preparation | establish_money | pay | prove_payment (or send it back)
    on        the move's name, the request's, claim's, matter's or payment's id, the item's number, the period's
              code; empty for the commitment itself
    blockers  empty: it may, as far as is known before it says what it wants
    """

    act: str
    on: str
    blockers: Blockers

    @property
    def may(self) -> bool:
        """True if nothing is known to stand in the way."""
        return not self.blockers


def blockers(state: Commitment | None, command: CommitmentCommand, context: Context) -> Blockers:
    """Every reason why the command can't be done now, in a stable order; empty if `decide` will do it."""
    if isinstance(command, DraftCommitment):
        found = drafts.draft_blockers(state, command, context)
    elif isinstance(command, ImportHistory):
        found = histories.import_blockers(state, command, context)
    else:
        found = (Blocker("commitment_unknown"),) if state is None else _blockers(state, command, context)
    return with_clearers(found, state, context)


def overview(commitment: Commitment, context: Context) -> tuple[Possible, ...]:
    """All that can be done with a commitment in its state, for the acting office: what it may, and why not the rest.

    Asks only what is known beforehand: the state, the chain, the acting office and person; not what a form will say.
    """
    offered = (
        *_moves(commitment, context),
        *_on_request(commitment, context),
        *_progress(commitment, context),
        *_duties(commitment, context),
        *_oversight(commitment, context),
        *_money(commitment, context),
    )
    return tuple(replace(one, blockers=with_clearers(one.blockers, commitment, context)) for one in offered)


def _blockers(commitment: Commitment, command: FollowingCommand, context: Context) -> Blockers:
    if isinstance(command, OversightCommand):
        return _overseen(commitment, command, context)
    if isinstance(command, RequestCommand):
        return _on_requests(commitment, command, context)
    if isinstance(command, ProgressCommand):
        return _of_progress(commitment, command, context)
    if isinstance(command, ReportCommand):
        return _of_report(commitment, command, context)
    if isinstance(command, LedgerCommand):
        return payments.ledger_blockers(commitment, command, context)
    match command:
        case EditDraft():
            return drafts.edit_blockers(commitment, command, context)
        case ReceiveDocument():
            return duties.receive_blockers(commitment, command, context)
        case GiveExternalId():
            return external_ids.give_blockers(commitment, command, context)
        case Escalate():
            return _escalation_blockers(commitment, command, context)
        case MigrateDefinition():
            return migrating.migrate_blockers(commitment, command, context)
        case _:
            assert_never(command)


def _of_progress(commitment: Commitment, command: ProgressCommand, context: Context) -> Blockers:
    match command:
        case MakeClaim():
            return claims.claim_blockers(commitment, command, context)
        case AttachEvidence():
            return checks.attach_blockers(commitment, command, context)
        case CheckClaim():
            return checks.check_blockers(commitment, command, context)
        case FollowSample():
            return checks.sample_blockers(commitment, command, context)
        case VerifyClaim():
            return checks.verify_blockers(commitment, command, context)
        case ReturnClaim():
            return checks.return_claim_blockers(commitment, command, context)
        case RevokeVerification():
            return revocations.revoke_blockers(commitment, command, context)
        case _:
            assert_never(command)


def _of_report(commitment: Commitment, command: ReportCommand, context: Context) -> Blockers:
    match command:
        case SubmitReport():
            return reports.submit_blockers(commitment, command, context)
        case FollowPeriod():
            return reports.follow_blockers(commitment, command, context)
        case _:
            assert_never(command)


def _on_requests(commitment: Commitment, command: RequestCommand, context: Context) -> Blockers:
    match command:
        case OpenRequest():
            return requests.open_blockers(commitment, command, context)
        case ApproveRequest():
            return approvals.approve_blockers(commitment, command, context)
        case ReturnRequest():
            return approvals.return_blockers(commitment, command, context)
        case RejectRequest():
            return approvals.reject_blockers(commitment, command, context)
        case AddApprover():
            return sharing.add_blockers(commitment, command, context)
        case ForwardRequest():
            return sharing.forward_blockers(commitment, command, context)
        case NotePreparation():
            return sharing.note_blockers(commitment, command, context)
        case RetractDecision():
            return retractions.retract_blockers(commitment, command, context)
        case WithdrawRequest():
            return requests.withdraw_blockers(commitment, command, context)
        case GiveOpinion():
            return opinions.opinion_blockers(commitment, command, context)
        case SignCommitment():
            return signatures.sign_blockers(commitment, command, context)
        case WitnessCommitment():
            return signatures.witness_blockers(commitment, command, context)
        case _:
            assert_never(command)


def _overseen(commitment: Commitment, command: OversightCommand, context: Context) -> Blockers:
    if isinstance(command, RaisingCommand):
        return matters.raise_blockers(commitment, command, context)
    if isinstance(command, FollowUpCommand):
        return answers.follow_blockers(commitment, command, context)
    return notes.note_blockers(commitment, command, context)


def _escalation_blockers(commitment: Commitment, command: Escalate, context: Context) -> Blockers:
    try:
        escalate(commitment, command, context)
    except Refused as refused:
        return refused.blockers
    return ()


def _moves(commitment: Commitment, context: Context) -> Iterator[Possible]:
    if context.definition.states[commitment.state].initial:
        yield Possible("edit_draft", "", drafts.may_edit(commitment, context))
    for move in context.definition.moves.values():
        if commitment.state in move.sources:
            yield Possible("ask", move.name, requests.may_ask(commitment, move, context))


def _money(commitment: Commitment, context: Context) -> Iterator[Possible]:
    if context.definition.ledger is None or not payments.takes_money(context.definition.states[commitment.state]):
        return
    yield Possible("establish_money", "", payments.may_establish(commitment, context))
    yield Possible("pay", "", payments.may_pay(commitment, context))
    for name, payment in commitment.ledger.payments.items():
        if payment.status == "recorded":
            yield Possible("prove_payment", name, payments.may_prove(commitment, payment, context))


def _duties(commitment: Commitment, context: Context) -> Iterator[Possible]:
    if any(duty.begins_with for duty in context.definition.duties.values()) and commitment.received is None:
        yield Possible("receive_document", "", duties.may_receive(commitment, context))


def _on_request(commitment: Commitment, context: Context) -> Iterator[Possible]:
    request = commitment.open_request
    if request is not None:
        yield from _on_open(commitment, request, context)
    found = retractions.may_retract(commitment, context)
    if found is not None:
        yield Possible("retract_decision", *found)
    if commitment.signature is not None:
        yield Possible("witness", "", signatures.may_witness(commitment, context))


def _on_open(commitment: Commitment, request: Request, context: Context) -> Iterator[Possible]:
    name = request.opened.request
    signs = signatures.signing_request(commitment, context) is not None
    for verdict in ("approve", "return", "reject"):
        act = "sign" if signs and verdict == "approve" else verdict
        yield Possible(act, name, approvals.may_decide(commitment, request, verdict, context))
    yield Possible("withdraw_request", name, requests.withdraw_blockers(commitment, WithdrawRequest(name), context))
    yield Possible("share", name, sharing.may_share(commitment, request, context))
    if request.preparing:
        yield Possible("note_preparation", name, sharing.may_note(request, context))
    if request.invited:
        yield Possible("give_opinion", name, opinions.may_opine(request, context))


def _progress(commitment: Commitment, context: Context) -> Iterator[Possible]:
    if not context.definition.states[commitment.state].claims:
        return
    if roles_that_may("claim", context):
        for item in commitment.items:
            yield Possible("claim", str(item.number), claims.may_claim(commitment, item.number, context))
    scheme = context.definition.periods
    for period in () if scheme is None else scheme.codes:
        yield Possible("prepare_report", period, reports.may_prepare(commitment, period, context))
        yield Possible("submit_report", period, reports.may_report(commitment, period, context))
    for name, claim in commitment.claims.items():
        if claim.status == "claimed":
            yield Possible("attach_evidence", name, checks.may_attach(commitment, claim, context))
        if claim.waits_for is not None:
            yield Possible("check_claim", name, checks.may_check(commitment, claim, context))
        elif claim.status == "verified" and commitment.item(claim.made.item) is not None:
            yield Possible("revoke_verification", name, revocations.may_revoke(commitment, claim, context))


def _oversight(commitment: Commitment, context: Context) -> Iterator[Possible]:
    for kind, act in matters.ACTS.items():
        yield Possible(act, "", matters.may_raise(commitment, kind, context))
    for act in ("note_visit", "note"):
        yield Possible(act, "", notes.may_note(commitment, act, context))
    for matter in commitment.matters.values():
        if matter.is_open:
            for act in answers.acts_on(matter):
                yield Possible(act, matter.id, answers.may_follow(commitment, matter, act, context))
