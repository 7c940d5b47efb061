"""The only way to write: read, decide, append under an operation key, and wake the workers."""

from __future__ import annotations

import random
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from hashlib import sha256
from typing import cast
from weakref import WeakKeyDictionary

from sqlalchemy import Engine

from events import errors as log_errors
from events.append import Appender
from events.envelope import Actor, Append, Head, Json, Receipt, canonical, etag
from service import catalog
from service.basis import Basis
from service.errors import KeyTaken, NotFound, StaleVersion, Unavailable
from service.runtime import Folded, Runtime, grown
from workflows.appointment_rules import decide_appointment
from workflows.capacities import capacity_of
from workflows.commands import (
    AppointmentCommand,
    BasisCommand,
    BeginningCommand,
    Command,
    CommitmentCommand,
    CorrectClock,
    DefinitionCommand,
    DelegationCommand,
    OfficeCommand,
    OpenSitting,
    ProgrammeCommand,
    SittingCommand,
)
from workflows.commitment import Commitment, Recorded
from workflows.context import Acting
from workflows.decide import decide
from workflows.delegation_rules import decide_delegation
from workflows.errors import Refused
from workflows.facts import ClockCorrected, CommitmentFact, Fact, valid_at
from workflows.installing import decide_definition
from workflows.office_rules import decide_office
from workflows.programmes import decide_programme
from workflows.sitting_rules import decide_sitting

ATTEMPTS = 8
JITTER_S = 0.02
_APPENDERS: WeakKeyDictionary[Engine, Appender] = WeakKeyDictionary()


@dataclass(frozen=True, slots=True)
class Caller:
    """Who asks, and how they were signed in ("<method>:<session id>")."""

    acting: Acting
    signin: str


@dataclass(frozen=True, slots=True)
class Ask:
    """One command on its way in.

    stream     the stream that it writes
    operation  the operation key; the same key with the same request has the same answer for ever
    request    what was asked, as JSON without generated ids: its hash tells a repeat from a reuse of the key
    expected   the ETag that the caller saw; None: whatever is there
    """

    command: Command
    stream: str
    caller: Caller
    operation: str
    request: Mapping[str, Json]
    expected: str | None = None
    cause: str | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What an operation did, now or when it was first asked.

    stream    where; for a repeated draft the stream that the first one made
    version   of the stream's last event by this operation; 0 where nothing had to be stated
    position  in the log, with the leaf hash there: a reader may wait for them
    """

    stream: str
    repeated: bool
    version: int
    position: int
    leaf_hash: bytes

    @property
    def etag(self) -> str:
        """The stream's ETag right after the operation."""
        return etag(Head(self.version, self.leaf_hash))


def request_hash(command: Command, request: Mapping[str, Json]) -> bytes:
    """SHA-256 over a command's name and what was asked: the same for every repeat, on every machine."""
    return sha256(canonical({"command": type(command).__name__, "request": dict(request)})).digest()


def dispatch(runtime: Runtime, ask: Ask) -> Outcome:
    """Decide a command and record its facts durably, once, whatever happens on the way.

    raises  Refused with all blockers, StaleVersion, KeyTaken, NotFound; Unavailable when it isn't known to be written:
            repeat it with the same operation key
    cost    one round trip to the database where this process has the stream's fold
    """
    try:
        outcome = _dispatch(runtime, ask)
    except log_errors.KeyReused as error:
        raise KeyTaken(ask.operation) from error
    except log_errors.OutcomeUnknown as error:
        raise Unavailable("unknown", 2) from error
    except log_errors.Unavailable as error:
        raise Unavailable(error.reason, error.retry_after_s) from error
    runtime.nudge()
    return outcome


def _dispatch(runtime: Runtime, ask: Ask) -> Outcome:
    fresh = False
    behind = timedelta(0)
    for attempt in range(ATTEMPTS):
        basis = runtime.basis(fresh=fresh)
        try:
            return _once(runtime, ask, basis, fresh=fresh, behind=behind)
        except (Refused, StaleVersion, NotFound) as error:
            if fresh:
                return _answer_of_the_first(runtime, ask, error)
        except log_errors.WrongVersion as error:
            if fresh and ask.expected is not None:
                return _answer_of_the_first(runtime, ask, StaleVersion(etag(error.actual)))
        except log_errors.BasisMoved:
            time.sleep(random.uniform(0, JITTER_S * attempt))
        except log_errors.ClockRefused as error:
            behind = error.clock - runtime.now()
        fresh = True
    raise Unavailable("busy", 1)


def _answer_of_the_first(runtime: Runtime, ask: Ask, error: Exception) -> Outcome:
    """Refuse, unless the operation is an earlier one asked again."""
    first = _first_answer(runtime, ask)
    if first is None:
        raise error
    return first


def _first_answer(runtime: Runtime, ask: Ask) -> Outcome | None:
    """What the operation did when it was first asked, if it was; settled, so that any answer after this is durable."""
    receipt = runtime.store.receipt(ask.operation)
    runtime.store.settle()
    if receipt is None:
        return None
    if receipt.request_hash != request_hash(ask.command, ask.request):
        raise KeyTaken(ask.operation)
    return _outcome(receipt)


def _once(runtime: Runtime, ask: Ask, basis: Basis, *, fresh: bool, behind: timedelta) -> Outcome:
    stream = _stream(runtime, ask, basis, fresh=fresh)
    if ask.expected is not None and ask.expected != etag(stream.head):
        raise StaleVersion(etag(stream.head))
    now = runtime.now() + behind
    ask = _in_capacity(ask, basis, stream.state, now)
    facts = _decide(ask, basis, stream, now)
    if not facts:
        return _first_answer(runtime, ask) or Outcome(ask.stream, False, stream.head.version, 0, stream.head.leaf_hash)
    recorded_at = now if stream.state is None else max(now, stream.state.last.recorded_at)
    receipt = _appender(runtime.engine).append(_append(ask, basis, stream, facts, recorded_at))
    if isinstance(ask.command, BasisCommand):
        # Or the next command's first append would be refused, as resting on a basis that this one moved.
        runtime.basis(fresh=True)
    elif isinstance(ask.command, CommitmentCommand) and not receipt.repeated:
        _keep(runtime, ask, stream, receipt, facts, recorded_at)
    return _outcome(receipt)


def _stream(runtime: Runtime, ask: Ask, basis: Basis, *, fresh: bool) -> Folded:
    if isinstance(ask.command, CorrectClock):
        return Folded(runtime.store.stream_head(ask.stream), None)
    if not isinstance(ask.command, CommitmentCommand):
        return Folded(basis.head(ask.stream), None)
    commitment = ask.stream.removeprefix(catalog.COMMITMENT_PREFIX)
    folded = runtime.commitment(commitment, fresh=fresh)
    if folded.state is None and not isinstance(ask.command, BeginningCommand):
        raise NotFound("commitment", commitment)
    return folded


def _in_capacity(ask: Ask, basis: Basis, state: Commitment | None, now: datetime) -> Ask:
    """The same, asked in the capacity of the delegation that reaches the act, where another's authority is used."""
    by, command = ask.caller.acting, ask.command
    if by.on_behalf_of is None or not isinstance(command, CommitmentCommand):
        return ask
    programme, version = _programme(command, state)
    if programme not in basis.programmes:
        return ask
    capacity = capacity_of(command, state, basis.context(programme, version, by=by, now=now))
    return replace(ask, caller=replace(ask.caller, acting=replace(by, capacity=capacity)))


def _decide(ask: Ask, basis: Basis, stream: Folded, now: datetime) -> Sequence[Fact]:
    by, command = ask.caller.acting, ask.command
    if isinstance(command, OfficeCommand):
        return decide_office(basis.directory, command)
    if isinstance(command, AppointmentCommand):
        return decide_appointment(command, basis.ground(by=by, now=now))
    if isinstance(command, DelegationCommand):
        return decide_delegation(command, basis.ground(by=by, now=now))
    if isinstance(command, ProgrammeCommand):
        return decide_programme(basis.installed, command, by=by, directory=basis.directory, now=now)
    if isinstance(command, DefinitionCommand):
        return decide_definition(basis.installed, command, by=by, directory=basis.directory, now=now)
    if isinstance(command, SittingCommand):
        return _decide_sitting(command, basis, by=by, now=now)
    if isinstance(command, CorrectClock):
        return (ClockCorrected(command.before, command.after, command.text),)
    programme, version = _programme(command, stream.state)
    if programme not in basis.programmes:
        raise NotFound("programme", programme)
    return decide(stream.state, command, basis.context(programme, version, by=by, now=now))


def _decide_sitting(command: SittingCommand, basis: Basis, *, by: Acting, now: datetime) -> Sequence[Fact]:
    """Decided by the workflow that the sitting's programme follows now."""
    if isinstance(command, OpenSitting):
        programme = command.programme
        if programme not in basis.programmes:
            raise NotFound("programme", programme)
    else:
        if command.sitting not in basis.sittings:
            raise NotFound("sitting", command.sitting)
        programme = basis.sittings[command.sitting].opened.programme
    return decide_sitting(command, basis.context(programme, None, by=by, now=now))


def _programme(command: CommitmentCommand, state: Commitment | None) -> tuple[str, int | None]:
    if state is not None:
        return state.drafted.programme, state.definition_version
    assert isinstance(command, BeginningCommand)
    return command.programme, None


def _append(ask: Ask, basis: Basis, stream: Folded, facts: Sequence[Fact], recorded_at: datetime) -> Append:
    by = ask.caller.acting
    return Append(
        stream=ask.stream,
        expected=stream.head,
        events=tuple(catalog.encode(fact) for fact in facts),
        actor=Actor(by.office, by.person, by.capacity, by.on_behalf_of, ask.caller.signin),
        operation=ask.operation,
        request_hash=request_hash(ask.command, ask.request),
        recorded_at=recorded_at,
        seen=basis.seen,
        cause=ask.cause,
    )


def _keep(
    runtime: Runtime, ask: Ask, stream: Folded, receipt: Receipt, facts: Sequence[Fact], recorded_at: datetime
) -> None:
    """Grow this process's fold by what was just recorded, so that the next command needs no read."""
    by = ask.caller.acting
    added = tuple(
        Recorded(
            fact=cast("CommitmentFact", fact),
            version=stream.head.version + number,
            position=receipt.first_position + number - 1,
            recorded_at=recorded_at,
            valid_at=valid_at(fact) or recorded_at,
            office=by.office,
            person=by.person,
            on_behalf_of=by.on_behalf_of,
            capacity=by.capacity,
            operation=ask.operation,
        )
        for number, fact in enumerate(facts, start=1)
    )
    commitment = ask.stream.removeprefix(catalog.COMMITMENT_PREFIX)
    runtime.keep(commitment, grown(stream, receipt.head, added))


def _appender(engine: Engine) -> Appender:
    appender = _APPENDERS.get(engine)
    if appender is None:
        appender = _APPENDERS.setdefault(engine, Appender(engine))
    return appender


def _outcome(receipt: Receipt) -> Outcome:
    return Outcome(receipt.stream, receipt.repeated, receipt.version, receipt.last_position, receipt.leaf_hash)
