"""Turns a step of the story into commands, as the office's holder would give them, and dispatches them."""

from __future__ import annotations

import io
from dataclasses import dataclass, replace

import msgspec

from events.envelope import Json
from service import evidence
from service.catalog import commitment_stream
from service.demo.material import PROGRAMME, promises
from service.demo.papers import sample_pdf
from service.demo.programme import import_drafts
from service.demo.steps import Advise, AskMove, Claim, Decide, ImportDrafts, Judge, Sign, Step, Witness
from service.dispatch import Ask, Caller, dispatch
from service.references import commitment_of
from service.runtime import Runtime
from workflows.calendar import local_day
from workflows.commands import (
    ApproveRequest,
    CommitmentCommand,
    GiveOpinion,
    MakeClaim,
    OpenRequest,
    RejectRequest,
    ReturnClaim,
    ReturnRequest,
    SignCommitment,
    VerifyClaim,
    WitnessCommitment,
)
from workflows.commitment import Commitment
from workflows.context import Acting
from workflows.facts import Evidence, PlanItem


@dataclass(frozen=True, slots=True)
class Prepared:
    """One command of a step, ready to be dispatched."""

    commitment: str
    command: CommitmentCommand
    operation: str


class Papers:
    """The demo's sample papers, each kept as evidence once."""

    def __init__(self, runtime: Runtime) -> None:
        self._runtime = runtime
        self._kept: dict[str, Evidence] = {}

    def file(self, name: str, caller: Caller) -> Evidence:
        """The sample paper of that name, brought by the caller if nobody did before."""
        if name not in self._kept:
            self._kept[name] = self._store(name, caller)
        return self._kept[name]

    def _store(self, name: str, caller: Caller) -> Evidence:
        runtime = self._runtime
        return evidence.store(
            runtime.engine,
            runtime.config.evidence_dir,
            io.BytesIO(sample_pdf(name)),
            name=f"{name} (data contoh).pdf",
            office=caller.acting.office,
            person=caller.acting.person,
            now=runtime.now(),
            max_bytes=runtime.config.evidence_max_bytes,
        )


def perform(runtime: Runtime, step: Step, papers: Papers) -> None:
    """Do what the step says; asked again it changes nothing, since its operation keys are the same."""
    caller = caller_of(runtime, step.office)
    if isinstance(step.act, ImportDrafts):
        import_drafts(runtime, caller)
        return
    for one in _prepared(runtime, step, papers, caller=caller):
        ask = Ask(one.command, commitment_stream(one.commitment), caller, one.operation, request_of(step))
        dispatch(runtime, ask)


def request_of(step: Step) -> dict[str, Json]:
    """What a step asks, as the JSON whose hash stands in the log: names only, no generated id."""
    document = msgspec.json.decode(msgspec.json.encode(step.act))
    assert isinstance(document, dict)
    return document


def caller_of(runtime: Runtime, office: str) -> Caller:
    """The holder of an office today, signed in by the demo."""
    directory = runtime.basis(fresh=True).directory
    holder = directory.holders(office, local_day(runtime.now(), directory.zone_of(office)))[0]
    return Caller(Acting(office, holder.person, holder.capacity), signin="demo:")


def _prepared(runtime: Runtime, step: Step, papers: Papers, *, caller: Caller) -> list[Prepared]:
    match step.act:
        case Sign() | Witness():
            return _sheet(runtime, step)
        case ImportDrafts():
            return []
        case AskMove() | Decide() | Advise() | Claim() | Judge():
            state = _state(runtime, step.act.reference)
            command = _command(step.act, state, papers, caller=caller)
            return [Prepared(state.id, command, f"demo:{step.name}")]


def _command(
    act: AskMove | Decide | Advise | Claim | Judge, state: Commitment, papers: Papers, *, caller: Caller
) -> CommitmentCommand:
    match act:
        case AskMove():
            files = tuple(papers.file(name, caller) for name in act.files)
            return OpenRequest(act.move, act.reason, act.text, files, _plan(act, state))
        case Decide():
            return _verdict(act, state)
        case Advise():
            return GiveOpinion(_open(state), act.text)
        case Claim():
            return MakeClaim(act.item, act.value, (papers.file(act.file, caller),))
        case Judge():
            waiting = next(
                claim.made.claim
                for claim in state.claims.values()
                if claim.made.item == act.item and claim.status == "claimed"
            )
            return VerifyClaim(waiting) if act.verdict == "verify" else ReturnClaim(waiting, act.reason, act.text)


def _verdict(act: Decide, state: Commitment) -> CommitmentCommand:
    request = _open(state)
    match act.verdict:
        case "approve":
            return ApproveRequest(request)
        case "return":
            return ReturnRequest(request, act.reason, act.text)
        case "reject":
            return RejectRequest(request, act.reason, act.text)


def _sheet(runtime: Runtime, step: Step) -> list[Prepared]:
    act = step.act
    assert isinstance(act, Sign | Witness)
    sheet = f"{PROGRAMME}:{act.party}"
    command: SignCommitment | WitnessCommitment
    if isinstance(act, Sign):
        command = SignCommitment(sheet, act.mode, act.place, act.signed_at)
    else:
        command = WitnessCommitment(sheet, act.mode, act.place, act.witnessed_at)
    return [
        Prepared(one, command, f"demo:{step.name}:{commitment_stream(one)}")
        for one in commitments_of(runtime, act.party)
    ]


def commitments_of(runtime: Runtime, party: str) -> list[str]:
    """The ids of a party's commitments in the demo's programme, in the folder's order."""
    references = [one.reference for one in promises() if one.party == party]
    with runtime.engine.connect() as connection:
        return [one for reference in references if (one := commitment_of(connection, reference))]


def _state(runtime: Runtime, reference: str) -> Commitment:
    with runtime.engine.connect() as connection:
        commitment = commitment_of(connection, reference)
    state = runtime.commitment(commitment, fresh=True).state if commitment else None
    if state is None:
        raise LookupError(f"the demo's log has no commitment {reference}")
    return state


def _open(state: Commitment) -> str:
    request = state.open_request
    if request is None:
        raise LookupError(f"{state.drafted.reference} has no open request")
    return request.opened.request


def _plan(act: AskMove, state: Commitment) -> tuple[PlanItem, ...] | None:
    change = act.change
    if change is None:
        return None
    return tuple(
        replace(
            item,
            target=change.target if change.target is not None else item.target,
            ends_on=change.ends_on or item.ends_on,
        )
        if item.number == change.item
        else item
        for item in state.items
    )
