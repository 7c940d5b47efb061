"""The party's signature of its sheet, commitment by commitment, and who witnessed it.

All commitments of one party in one programme are one sheet, "<programme>:<party>". Signing one is the verdict of the
step that signs; it is true when the paper says so, not when it is recorded.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from workflows import facts
from workflows.approvals import APPROVING_RULES, Deciding, approved
from workflows.commands import SignCommitment, WitnessCommitment
from workflows.commitment import Act, Commitment, Request
from workflows.context import Context
from workflows.definition import Step
from workflows.errors import Blocker
from workflows.facts import CommitmentFact
from workflows.in_sitting import MODES, SCANNED, made_in
from workflows.requests import move_of
from workflows.rules import (
    NONE,
    Blockers,
    access,
    acted,
    acts_in_role,
    behind,
    collect,
    delegated_then,
    evidence,
    offices_in_roles,
    own_offices,
    roles_that_may,
)
from workflows.steps import waits_for

INTERNAL, SCAN, CERTIFIED = "internal", "scan", "certified"
KINDS = (INTERNAL, SCAN, CERTIFIED)
PAPER_TYPES = ("application/pdf", "image/png", "image/jpeg")
"""What paper is scanned to."""


@dataclass(frozen=True, slots=True)
class Signing:
    """A signature that somebody wants to record."""

    commitment: Commitment
    command: SignCommitment
    context: Context


@dataclass(frozen=True, slots=True)
class Witnessing:
    """An office that says it saw the party sign."""

    commitment: Commitment
    command: WitnessCommitment
    context: Context


def sheet_of(commitment: Commitment) -> str:
    """The sheet that the commitment is part of."""
    return f"{commitment.drafted.programme}:{commitment.drafted.party}"


def sign_blockers(commitment: Commitment, command: SignCommitment, context: Context) -> Blockers:
    """Why the acting office can't sign."""
    request = signing_request(commitment, context)
    denied = access(commitment, context, move=move_of(request))
    if denied:
        return denied
    written = collect(SIGNING_RULES, Signing(commitment, command, context))
    if request is None:
        return (_not_awaited(commitment, context), *written)
    case = Deciding(commitment, request, context, "approve", None, command.signed_at)
    return (*collect(APPROVING_RULES, case), *written)


def may_sign(commitment: Commitment, context: Context) -> Blockers:
    """Why the acting office can't sign now, whatever it were to write."""
    return sign_blockers(commitment, SignCommitment(sheet_of(commitment), MODES[0], "", context.now), context)


def sign(commitment: Commitment, command: SignCommitment, context: Context) -> tuple[CommitmentFact, ...]:
    """The party signed: its step is approved and the move takes effect when it signed. Nothing stands in the way."""
    request = signing_request(commitment, context)
    assert request is not None, "asked for blockers first"
    signature = facts.SignatureRecorded(
        request=request.opened.request,
        sheet=command.sheet,
        party=commitment.drafted.party,
        office=context.by.authority,
        mode=command.mode,
        place=command.place,
        signed_at=command.signed_at,
        digest=request.opened.substance,
        scan=command.scan,
        sitting=command.sitting,
        kind=kind_of(command),
    )
    case = Deciding(commitment, request, context, "approve", None, command.signed_at)
    return approved(case, note="", signature=(signature,))


def kind_of(command: SignCommitment) -> str:
    """What the signature is made with."""
    return command.kind or (INTERNAL if command.scan is None else SCAN)


def signing_request(commitment: Commitment, context: Context) -> Request | None:
    """The open request whose waiting step is the party's signature, if there is one."""
    request = commitment.open_request
    step = None if request is None else Deciding(commitment, request, context, "approve").step
    return request if step is not None and step.signs else None


def awaited_from(commitment: Commitment, context: Context) -> datetime | None:
    """When the party's signature was asked for, by the request or the last approval before it; None: it isn't."""
    request = signing_request(commitment, context)
    return None if request is None else Deciding(commitment, request, context, "approve").awaited_from


def witness_blockers(commitment: Commitment, command: WitnessCommitment, context: Context) -> Blockers:
    """Why the acting office can't be recorded as a witness."""
    return access(commitment, context) or collect(WITNESS_RULES, Witnessing(commitment, command, context))


def witness(commitment: Commitment, command: WitnessCommitment, context: Context) -> tuple[CommitmentFact, ...]:
    """An office saw the party sign."""
    office = context.by.authority
    at, sitting = command.witnessed_at, command.sitting
    return (facts.WitnessRecorded(command.sheet, office, command.mode, command.place, at, sitting),)


def may_witness(commitment: Commitment, context: Context) -> Blockers:
    """Why the acting office can't witness, whatever it were to write."""
    signature = commitment.signature
    at = context.now if signature is None else signature.signed_at
    return witness_blockers(commitment, WitnessCommitment(sheet_of(commitment), MODES[0], "", at), context)


def sheet_is_the_partys(case: Signing | Witnessing) -> Blockers:
    sheet = sheet_of(case.commitment)
    if case.command.sheet == sheet:
        return NONE
    return (Blocker("sheet_unknown", {"sheet": case.command.sheet, "known": sheet}),)


def mode_known(case: Signing | Witnessing) -> Blockers:
    if case.command.mode in MODES:
        return NONE
    return (Blocker("mode_unknown", {"mode": case.command.mode, "known": ", ".join(MODES)}),)


def wet_ink_is_scanned(case: Signing) -> Blockers:
    scan = case.command.scan
    if scan is not None:
        return evidence((scan,))
    return (Blocker("scan_missing", {}, (case.context.by.authority,)),) if case.command.mode == SCANNED else NONE


def kind_has_its_file(case: Signing) -> Blockers:
    """An acknowledgement has no file; a scan is one of paper; what a certified provider signed is kept."""
    kind, scan = kind_of(case.command), case.command.scan
    if kind not in KINDS:
        return (Blocker("signature_kind_unknown", {"kind": kind, "known": ", ".join(KINDS)}),)
    if (kind == INTERNAL) != (scan is None):
        return (Blocker("signature_kind_not_of_file", {"kind": kind}),)
    if kind == SCAN and scan is not None and scan.media_type not in PAPER_TYPES:
        return (Blocker("scan_not_paper", {"media_type": scan.media_type, "known": ", ".join(PAPER_TYPES)}),)
    return NONE


def not_signed_in_future(case: Signing) -> Blockers:
    signed_at, now = case.command.signed_at, case.context.now
    if signed_at <= now:
        return NONE
    return (Blocker("signed_in_future", {"signed_at": signed_at.isoformat()}, until=signed_at),)


def not_signed_before_draft(case: Signing) -> Blockers:
    drafted_at = case.commitment.drafted_at
    if case.command.signed_at >= drafted_at:
        return NONE
    found = {"signed_at": case.command.signed_at.isoformat(), "drafted_at": drafted_at.isoformat()}
    return (Blocker("signed_before_draft", found),)


def not_signed_before_it_was_asked(case: Signing) -> Blockers:
    """What is signed is what was asked for: before the request it was not written yet."""
    request, signed_at = signing_request(case.commitment, case.context), case.command.signed_at
    if request is None or not case.commitment.drafted_at <= signed_at < request.opened_at:
        return NONE
    found = {"signed_at": signed_at.isoformat(), "asked_at": request.opened_at.isoformat()}
    return (Blocker("signed_before_asked", found),)


def not_signed_before_it_was_approved(case: Signing) -> Blockers:
    """The step that signs comes after the approvals that lead up to it; paper says so to the minute."""
    request, signed_at = signing_request(case.commitment, case.context), case.command.signed_at
    asked_at = awaited_from(case.commitment, case.context)
    if request is None or asked_at is None or not request.opened_at <= signed_at < _its_minute(asked_at):
        return NONE
    found = {"signed_at": signed_at.isoformat(), "approved_at": asked_at.isoformat()}
    return (Blocker("signed_before_approved", found),)


def signed_in_its_sitting(case: Signing) -> Blockers:
    return made_in(case.command.sitting, case.command.signed_at, case.context)


def witnessed_in_its_sitting(case: Witnessing) -> Blockers:
    return made_in(case.command.sitting, case.command.witnessed_at, case.context)


def signer_held_the_office_then(case: Signing) -> Blockers:
    """Authority counts on the day of the signature, not on the day of its recording."""
    if not case.commitment.drafted_at <= case.command.signed_at <= case.context.now:
        return NONE
    by, day = case.context.by, case.context.day_of(case.command.signed_at)
    if by.person in {holder.person for holder in case.context.directory.holders(by.office, day)}:
        return NONE
    return (Blocker("signer_not_holder_then", {"office": by.office, "signed_at": case.command.signed_at.isoformat()}),)


def authority_was_delegated_then(case: Signing) -> Blockers:
    """A signature dated outside the delegation's term is none, whenever it is recorded."""
    if not case.commitment.drafted_at <= case.command.signed_at <= case.context.now:
        return NONE
    request = signing_request(case.commitment, case.context)
    return delegated_then(case.context, case.command.signed_at, move=move_of(request))


def witness_was_delegated_then(case: Witnessing) -> Blockers:
    at = case.command.witnessed_at
    return delegated_then(case.context, at) if at <= case.context.now else NONE


def role_witnesses(case: Witnessing) -> Blockers:
    commitment, roles = case.commitment, roles_that_may("witness", case.context)
    if acts_in_role(roles, own_offices(commitment), case.context):
        return NONE
    offices = offices_in_roles(roles, case.context, party=commitment.drafted.party)
    return (Blocker("role_may_not", {"act": "witness", "roles": ", ".join(roles)}, offices),)


def signed_before_witnessed(case: Witnessing) -> Blockers:
    signature, context = case.commitment.signature, case.context
    if signature is None:
        signers = [step.role for step in _signing_steps(context)]
        party = case.commitment.drafted.party
        return (Blocker("signature_missing", {"party": party}, offices_in_roles(signers, context, party=party)),)
    if context.day_of(case.command.witnessed_at) >= context.day_of(signature.signed_at):
        return NONE
    return (Blocker("witnessed_before_signature", {"signed_at": signature.signed_at.isoformat()}),)


def not_witnessed_in_future(case: Witnessing) -> Blockers:
    at = case.command.witnessed_at
    if at <= case.context.now:
        return NONE
    return (Blocker("witnessed_in_future", {"witnessed_at": at.isoformat()}, until=at),)


def signer_never_witnesses(case: Witnessing) -> Blockers:
    context, signer = case.context, _signer(case.commitment)
    if signer is None or not behind(signer, context).meet(behind(acted(context, "witnessed"), context)):
        return NONE
    return (Blocker("signer_witnesses", {"office": signer.office}),)


def witnesses_once(case: Witnessing) -> Blockers:
    office = case.context.by.authority
    if office not in {one.office for one in case.commitment.witnesses}:
        return NONE
    return (Blocker("acted_already", {"request": case.command.sheet, "office": office}),)


SIGNING_RULES = (
    sheet_is_the_partys,
    mode_known,
    wet_ink_is_scanned,
    kind_has_its_file,
    not_signed_in_future,
    not_signed_before_draft,
    not_signed_before_it_was_asked,
    not_signed_before_it_was_approved,
    signer_held_the_office_then,
    authority_was_delegated_then,
    signed_in_its_sitting,
)
WITNESS_RULES = (
    role_witnesses,
    signed_before_witnessed,
    signer_never_witnesses,
    witnesses_once,
    sheet_is_the_partys,
    mode_known,
    not_witnessed_in_future,
    witness_was_delegated_then,
    witnessed_in_its_sitting,
)


def _its_minute(at: datetime) -> datetime:
    return at.replace(second=0, microsecond=0)


def _not_awaited(commitment: Commitment, context: Context) -> Blocker:
    """Nobody waits for a signature: it was given, or no request has come as far as that."""
    request = commitment.open_request
    if commitment.signature is not None and (request is None or not _signs(request, context)):
        return Blocker("request_closed", {"request": commitment.signature.request, "status": "approved"})
    found = {"commitment": commitment.id, "state": commitment.state}
    if request is None:
        return Blocker("signature_not_awaited", found, own_offices(commitment)[:1])
    return Blocker("signature_not_awaited", found, *waits_for(request))


def _signs(request: Request, context: Context) -> bool:
    return any(step.signs for step in context.definition.moves[request.opened.move].steps)


def _signing_steps(context: Context) -> tuple[Step, ...]:
    return tuple(step for move in context.definition.moves.values() for step in move.steps if step.signs)


def _signer(commitment: Commitment) -> Act | None:
    """The act of signing, to compare a witness's person with."""
    signature = commitment.signature
    if signature is None:
        return None
    acts = commitment.requests[signature.request].acts
    return next(act for act in acts if act.office == signature.office and act.kind == "approved")
