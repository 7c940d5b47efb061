"""Performs a step of the story as the office's holder would, through dispatch."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from typing import assert_never

import msgspec

from events.envelope import Json
from service import identity, period_acts, reading
from service.advice import Place
from service.catalog import DELEGATIONS, commitment_stream, sitting_stream
from service.demo.commands import command_of, drawn_claims, open_request, report_of, sitting_command
from service.demo.material import PROGRAMME, promises
from service.demo.papers import Papers
from service.demo.programme import import_drafts
from service.demo.steps import (
    Adjourn,
    Attend,
    Convene,
    Delegate,
    Draw,
    ImportDrafts,
    Note,
    OnOne,
    OnParty,
    OnPeriod,
    OnSitting,
    Reopen,
    Report,
    Sign,
    Step,
    VerifyDrawn,
    Witness,
)
from service.dispatch import Ask, Caller, dispatch
from service.errors import NotFound
from service.references import commitment_of
from service.runtime import Runtime
from workflows.calendar import local_day
from workflows.commands import (
    Command,
    DrawSample,
    GiveDelegation,
    ReopenPeriod,
    SignCommitment,
    VerifyClaim,
    WitnessCommitment,
)
from workflows.commitment import Commitment
from workflows.context import Acting

SIGNIN = "demo:"


@dataclass(frozen=True, slots=True)
class Prepared:
    """One command of a step, ready to be dispatched."""

    stream: str
    command: Command
    operation: str


def perform(runtime: Runtime, step: Step, papers: Papers) -> None:
    """Do what the step says; asked again it changes nothing, since its operation keys are the same."""
    caller = caller_of(runtime, step.office, step.on_behalf_of)
    match step.act:
        case ImportDrafts():
            import_drafts(runtime, caller)
        case Note():
            _note(runtime, step.act, caller)
        case Reopen() | Draw():
            period_acts.change_period(runtime, period_command(step.act), caller=caller, operation=f"demo:{step.name}")
        case _:
            for one in _prepared(runtime, step, step.act, papers, caller=caller):
                dispatch(runtime, Ask(one.command, one.stream, caller, one.operation, request_of(step)))


def request_of(step: Step) -> dict[str, Json]:
    """What a step asks, as the JSON whose hash stands in the log: names only, no generated id."""
    document = msgspec.json.decode(msgspec.json.encode(step.act))
    assert isinstance(document, dict)
    return document


def period_command(act: OnPeriod) -> ReopenPeriod | DrawSample:
    """The command on the programme's period."""
    match act:
        case Reopen():
            return ReopenPeriod(PROGRAMME, act.period, (act.party,), act.closes_on, act.reason)
        case Draw():
            return DrawSample(PROGRAMME, act.period, act.seed)
        case _:
            assert_never(act)


def caller_of(runtime: Runtime, office: str, on_behalf_of: str | None = None) -> Caller:
    """The holder of an office today, signed in by the demo; on behalf of another one as far as that delegated it."""
    principal = _principal(runtime, office, on_behalf_of)
    return Caller(Acting(office, principal.person, principal.capacity, on_behalf_of), signin=SIGNIN)


def _principal(runtime: Runtime, office: str, on_behalf_of: str | None) -> identity.Principal:
    basis, now = runtime.basis(fresh=True), runtime.now()
    directory = basis.directory
    holder = directory.holders(office, local_day(now, directory.zone_of(office)))[0]
    own = identity.Principal(person=holder.person, office=office, capacity=holder.capacity, method="demo", id="")
    if on_behalf_of is None:
        return own
    return identity.acting_for(own, on_behalf_of, directory=directory, delegations=basis.delegations, log_now=now)


def _note(runtime: Runtime, note: Note, caller: Caller) -> None:
    """Write the advice; what doesn't wait any more needs none."""
    state, by = _state(runtime, note.reference), caller.acting
    place = Place(by.authority, state.id, "decision", open_request(state))
    principal = _principal(runtime, by.office, by.on_behalf_of)
    with suppress(NotFound):
        basis, now = runtime.basis(), runtime.now()
        reading.note_beside(runtime, basis, principal, place, starred=note.starred, text=note.text, now=now)


def _prepared(
    runtime: Runtime,
    step: Step,
    act: OnOne | Report | OnParty | OnSitting | VerifyDrawn | Delegate,
    papers: Papers,
    *,
    caller: Caller,
) -> list[Prepared]:
    operation = f"demo:{step.name}"
    match act:
        case Sign() | Witness():
            return _sheet(runtime, act, operation)
        case Convene() | Attend() | Adjourn():
            return [Prepared(sitting_stream(act.sitting), sitting_command(act, papers, caller=caller), operation)]
        case Delegate():
            return [Prepared(DELEGATIONS, _delegation(step, act), operation)]
        case VerifyDrawn():
            return _drawn(_state(runtime, act.reference), act, operation)
        case Report():
            state, person = _state(runtime, act.reference), _principal(runtime, act.prepared_by, None).person
            command = report_of(act, papers, caller=caller, person=person)
            return [Prepared(commitment_stream(state.id), command, operation)]
        case _:
            state = _state(runtime, act.reference)
            said = command_of(act, state, papers, caller=caller)
            return [Prepared(commitment_stream(state.id), said, operation)]


def _drawn(state: Commitment, act: VerifyDrawn, operation: str) -> list[Prepared]:
    stream = commitment_stream(state.id)
    return [
        Prepared(stream, VerifyClaim(one.made.claim), f"{operation}:c{one.made.number}")
        for one in drawn_claims(state, act.period)
    ]


def _delegation(step: Step, act: Delegate) -> GiveDelegation:
    return GiveDelegation(
        delegation=f"demo.{step.name}",
        office=step.office,
        to=act.to,
        capacity=act.capacity,
        letter=act.letter,
        starts_on=act.starts_on,
        ends_on=act.ends_on,
        moves=act.moves,
    )


def _sheet(runtime: Runtime, act: OnParty, operation: str) -> list[Prepared]:
    streams = [commitment_stream(one) for one in commitments_of(runtime, act.party)]
    command = _on_sheet(act, f"{PROGRAMME}:{act.party}")
    return [Prepared(stream, command, f"{operation}:{stream}") for stream in streams]


def _on_sheet(act: OnParty, sheet: str) -> SignCommitment | WitnessCommitment:
    match act:
        case Sign():
            return SignCommitment(sheet, act.mode, act.place, act.signed_at, sitting=act.sitting)
        case Witness():
            return WitnessCommitment(sheet, act.mode, act.place, act.witnessed_at, act.sitting)
        case _:
            assert_never(act)


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
