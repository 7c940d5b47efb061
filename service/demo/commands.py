"""What the demo's offices say of one commitment, as commands."""

from __future__ import annotations

from dataclasses import replace
from typing import assert_never

from service.demo.material import PROGRAMME
from service.demo.papers import Papers
from service.demo.steps import (
    Adjourn,
    Advise,
    Amendment,
    AskMove,
    Attend,
    Claim,
    Close,
    Convene,
    Decide,
    Direct,
    Find,
    Judge,
    OnOne,
    OnSitting,
    Oversight,
    Reply,
    Report,
    Revoke,
)
from service.dispatch import Caller
from workflows.commands import (
    AnswerMatter,
    ApproveRequest,
    CheckClaim,
    CloseMatter,
    CloseSitting,
    CommitmentCommand,
    GiveDirection,
    GiveOpinion,
    MakeClaim,
    OpenRequest,
    OpenSitting,
    Present,
    RecordAttendance,
    RecordFinding,
    RejectRequest,
    ReturnClaim,
    ReturnRequest,
    RevokeVerification,
    SittingCommand,
    SubmitReport,
    VerifyClaim,
)
from workflows.commitment import Claim as Claimed
from workflows.commitment import Commitment
from workflows.facts import PlanItem


def command_of(act: OnOne, state: Commitment, papers: Papers, *, caller: Caller) -> CommitmentCommand:
    """The command that the act gives on the commitment as it stands."""
    match act:
        case AskMove():
            files = tuple(papers.file(name, caller) for name in act.files)
            return OpenRequest(act.move, act.reason, act.text, files, _plan(act, state))
        case Decide():
            return _verdict(act, state)
        case Advise():
            return GiveOpinion(open_request(state), act.text)
        case Claim():
            return MakeClaim(act.item, act.value, (papers.file(act.file, caller),))
        case Judge():
            return _judgement(act, state)
        case Revoke() | Find() | Direct() | Reply() | Close():
            return _oversight(act, state, papers, caller=caller)
        case _:
            assert_never(act)


def sitting_command(act: OnSitting, papers: Papers, *, caller: Caller) -> SittingCommand:
    """The command on the sitting."""
    match act:
        case Convene():
            return OpenSitting(act.sitting, PROGRAMME, act.title, act.mode, act.place, act.held_at)
        case Attend():
            return RecordAttendance(act.sitting, tuple(Present(office, presence) for office, presence in act.present))
        case Adjourn():
            return CloseSitting(act.sitting, act.ended_at, act.minutes, papers.file(act.file, caller))
        case _:
            assert_never(act)


def report_of(act: Report, papers: Papers, *, caller: Caller, person: str) -> SubmitReport:
    """The report, prepared by that person of the office that it names."""
    claims = tuple(MakeClaim(one.item, one.value, (papers.file(one.file, caller),)) for one in act.items)
    return SubmitReport(
        act.period, claims, nihil_rest=act.nihil_rest, prepared_by=act.prepared_by, prepared_by_person=person
    )


def drawn_claims(state: Commitment, period: str) -> tuple[Claimed, ...]:
    """The period's claims that wait for a second office because the lot fell on them."""
    sample = state.samples.get(period)
    names = () if sample is None else tuple(one.claim for one in sample.claims)
    return tuple(state.claims[name] for name in names if state.claims[name].waits_for is not None)


def _judgement(act: Judge, state: Commitment) -> CommitmentCommand:
    match act.verdict:
        case "check":
            return CheckClaim(_claim(state, act.item, "claimed"))
        case "verify":
            return VerifyClaim(_claim(state, act.item, "checked"))
        case "return":
            return ReturnClaim(_claim(state, act.item, "claimed"), act.reason, act.text)


def _oversight(act: Oversight, state: Commitment, papers: Papers, *, caller: Caller) -> CommitmentCommand:
    match act:
        case Revoke():
            return RevokeVerification(_claim(state, act.item, "verified"), act.reason, act.text)
        case Find():
            return RecordFinding(act.addressee, act.due_on, act.text, (papers.file(act.file, caller),), act.item)
        case Direct():
            return GiveDirection(act.addressee, act.due_on, act.text)
        case Reply():
            return AnswerMatter(_matter(state, act.kind), act.text)
        case Close():
            return CloseMatter(_matter(state, act.kind), act.text)
        case _:
            assert_never(act)


def _claim(state: Commitment, item: int, status: str) -> str:
    """The item's latest claim of that status."""
    of_item = [claim for claim in state.claims.values() if claim.made.item == item and claim.status == status]
    if not of_item:
        raise LookupError(f"{state.drafted.reference} has no {status} claim of item {item}")
    return of_item[-1].made.claim


def _matter(state: Commitment, kind: str) -> str:
    """The latest matter of that kind."""
    of_kind = [matter.id for matter in state.matters.values() if matter.kind == kind]
    if not of_kind:
        raise LookupError(f"{state.drafted.reference} has no {kind}")
    return of_kind[-1]


def _verdict(act: Decide, state: Commitment) -> CommitmentCommand:
    request = open_request(state)
    match act.verdict:
        case "approve":
            return ApproveRequest(request)
        case "return":
            return ReturnRequest(request, act.reason, act.text)
        case "reject":
            return RejectRequest(request, act.reason, act.text)


def open_request(state: Commitment) -> str:
    """The id of the commitment's open request; raises LookupError."""
    request = state.open_request
    if request is None:
        raise LookupError(f"{state.drafted.reference} has no open request")
    return request.opened.request


def _plan(act: AskMove, state: Commitment) -> tuple[PlanItem, ...] | None:
    change = act.change
    if change is None:
        return None
    return tuple(_changed(item, change) if item.number == change.item else item for item in state.items)


def _changed(item: PlanItem, change: Amendment) -> PlanItem:
    return replace(
        item,
        target=item.target if change.target is None else change.target,
        ends_on=change.ends_on or item.ends_on,
        activity=change.activity or item.activity,
        output=change.output or item.output,
    )
