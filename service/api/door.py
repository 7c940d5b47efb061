"""One request at the API's door: who asks, in which language, and the way to the log for them."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TypeVar

import msgspec
from flask import Request
from sqlalchemy import Connection
from uuid6 import uuid7

from events.engine import answering
from events.envelope import Json, parse_etag
from service import identity, reading, request_keys
from service.basis import Basis
from service.catalog import commitment_stream, recorded
from service.dispatch import Ask, Caller, Outcome, dispatch
from service.errors import StaleVersion
from service.identity import Principal
from service.problems import Problem, ProblemError, coded
from service.read_models.scope import Scope
from service.runtime import Folded, Runtime
from service.sentences import Vocabulary, told
from service.sheets import Sheet, SheetCommand, Written, write_sheet
from workflows.commands import (
    AppointmentCommand,
    CommitmentCommand,
    DefinitionCommand,
    DelegationCommand,
    SittingCommand,
)
from workflows.commitment import Commitment
from workflows.facts import NAMES
from workflows.field_sight import commitment_seen

Answered = TypeVar("Answered")
LONGEST_KEY = 200
MOST_CHANGES = 20
ON_BEHALF_OF = "X-Kawal-On-Behalf-Of"
_KEY = re.compile(rf"[\x21-\x7e]{{1,{LONGEST_KEY}}}")
_ETAG = re.compile(r'"[0-9a-f-]{1,100}"')


@dataclass(slots=True)
class About:
    """What a request turned out to speak of, for whoever has to word its refusal.

    commitment  as the office sees it; programme: of the commitment or of the draft
    reference   what the commitment is called
    """

    commitment: Commitment | None = None
    programme: str | None = None
    reference: str | None = None


@dataclass(frozen=True, slots=True)
class Door:
    """What a view needs of its request; nothing in it outlives the request.

    key       what the caller calls this operation; a random one where none was asked for
    expected  the ETag that the caller saw, if it said so
    reached   the position up to which the read models are folded; None where the view reads none
    """

    runtime: Runtime
    basis: Basis
    principal: Principal
    language: str
    now: datetime
    key: str
    expected: str | None = None
    reached: int | None = None
    about: About = field(default_factory=About)

    @property
    def office(self) -> str:
        """The office whose authority is used: what is shown is what it sees."""
        return self.principal.authority

    @property
    def scope(self) -> Scope:
        """What the acting office sees today."""
        return reading.scope(self.basis, self.office, self.now, programmes=self.principal.programmes)

    @property
    def caller(self) -> Caller:
        """Who acts, for dispatch."""
        return caller_of(self.principal)

    def operation(self, suffix: str = "") -> str:
        """The operation key: who asked plus what they called it."""
        return f"http:{self.principal.name}:{self.principal.person}:{self.key}{suffix}"

    def visible(self, commitment: str) -> tuple[Folded, Commitment]:
        """A commitment that the office sees; raises NotFound."""
        folded, state = reading.visible(
            self.runtime,
            self.basis,
            self.office,
            commitment=commitment,
            now=self.now,
            programmes=self.principal.programmes,
        )
        self.about.commitment, self.about.reference = state, state.drafted.reference
        return folded, state

    @property
    def role(self) -> str | None:
        """The acting office's role; None where the directory doesn't know the office."""
        known = self.basis.directory.office(self.office)
        return None if known is None else known.role

    def seen(self, state: Commitment) -> Commitment:
        """The commitment without the own fields that the office doesn't see: what answers show."""
        return commitment_seen(state, reading.definition_of(self.basis, state).fields, self.role)

    def may_see(self, commitment: Commitment) -> bool:
        """Whether the office sees a commitment as it is now."""
        return reading.may_see(self.basis, self.office, commitment, self.now, programmes=self.principal.programmes)

    def words(self, commitment: Commitment | None = None) -> Vocabulary:
        """Names for ids in the caller's language, with those of a commitment's programme and workflow.

        commitment  None: the one that the request turned out to speak of, or the programme of its draft
        """
        directory, commitment = self.basis.directory, commitment or self.about.commitment
        if commitment is not None:
            return reading.words_of(self.basis, commitment, self.language)
        programme = self.basis.programmes.get(self.about.programme or "")
        if programme is None:
            return Vocabulary(self.language, directory)
        definition = self.basis.definition(programme.definition, programme.definition_version)
        return Vocabulary(self.language, directory, programme, definition)

    def dispatch(self, command: CommitmentCommand, commitment: str, *, leave_out: tuple[str, ...] = ()) -> Outcome:
        """Have a command decided and recorded for the caller, under the caller's key.

        leave_out  fields of the command that the service made up: they are no part of what was asked
        raises     as `dispatch`; a stale version comes with what changed since
        """
        ask = Ask(
            command,
            commitment_stream(commitment),
            self.caller,
            self.operation(),
            _asked(command, commitment, leave_out=leave_out),
            self.expected,
        )
        try:
            return dispatch(self.runtime, ask)
        except StaleVersion as stale:
            raise ProblemError(self._stale(commitment, stale)) from stale

    def write_sheet(self, sheet: Sheet, command: SheetCommand) -> Written:
        """Have a command decided and recorded for the caller on a sheet's commitments; raises as `write_sheet`."""
        assert self.expected is not None, "the endpoint needs an If-Match"
        return write_sheet(
            self.runtime, sheet, command, caller=self.caller, operation=self.operation(), expected=self.expected
        )

    def record(
        self,
        command: AppointmentCommand | DelegationCommand | DefinitionCommand | SittingCommand,
        stream: str,
        *,
        leave_out: tuple[str, ...] = (),
    ) -> Outcome:
        """Have a command of no commitment decided and recorded, under the caller's key.

        leave_out  as for `dispatch`
        """
        asked: dict[str, Json] = msgspec.json.decode(msgspec.json.encode(command))
        for name in leave_out:
            del asked[name]
        return dispatch(self.runtime, Ask(command, stream, self.caller, self.operation(), {"body": asked}))

    def once(self, request: Mapping[str, Json], answer: Callable[[], Answered]) -> tuple[Answered, bool]:
        """Answer what writes nothing into the log, under the caller's key, and whether it was answered before.

        request  what was asked; the answer to the same again must be the same by itself
        raises   KeyTaken where something else was asked under the key
        """
        engine, asked = self.runtime.engine, request_keys.request_hash_of(dict(request))
        repeated = request_keys.was_answered(engine, self.operation(), asked)
        answered = answer()
        if not repeated:
            request_keys.remember(engine, self.operation(), asked, now=datetime.now(UTC))
        return answered, repeated

    def _stale(self, commitment: str, stale: StaleVersion) -> Problem:
        seen = parse_etag(self.expected) if self.expected else None
        events = self.runtime.store.read_stream(
            commitment_stream(commitment), after_version=seen[0] if seen else 0, limit=MOST_CHANGES
        )
        _, state = self.visible(commitment)
        words = self.words(state)
        changes = tuple(
            {
                "version": event.version,
                "position": event.position,
                "fact": NAMES[type(event.fact)],
                "sentence": told(event, words, state),
                "office": event.office,
            }
            for event in map(recorded, events)
        )
        return Problem("stale_version", 412, etag=stale.etag, changes=changes)


@dataclass(frozen=True, slots=True)
class Conditions:
    """What an endpoint asks of a request's headers. needs_key, needs_match: without it the request is refused."""

    needs_key: bool = False
    needs_match: bool = False
    reads_models: bool = False


@dataclass(frozen=True, slots=True)
class Reply:
    """What a view answers. status None: the declared one."""

    body: object
    status: int | None = None
    headers: Mapping[str, str] = field(default_factory=dict)


def caller_of(principal: Principal) -> Caller:
    """Who acts, with how they were signed in."""
    return Caller(principal.acting, principal.signin)


def open_door(runtime: Runtime, request: Request, conditions: Conditions) -> Door:
    """Find out who asks and what the request's headers say, before its body is read.

    raises  ProblemError, NotSignedIn
    """
    bearer = _bearer(request)
    basis = runtime.basis(fresh=True)
    log_now = runtime.now()
    with answering():
        principal = identity.token_of(
            runtime.engine, bearer, directory=basis.directory, now=datetime.now(UTC), log_now=log_now
        )
    return Door(
        runtime=runtime,
        basis=basis,
        principal=_authorised(principal, request.headers.get(ON_BEHALF_OF), basis, log_now),
        language=language_of(request),
        now=log_now,
        key=_key(request, needed=conditions.needs_key),
        expected=_expected(request, needed=conditions.needs_match),
        reached=_reached(runtime, request) if conditions.reads_models else None,
    )


def _authorised(principal: Principal, giver: str | None, basis: Basis, log_now: datetime) -> Principal:
    """Who acts, on behalf of the office that the request names, if it names one. Raises ProblemError."""
    if giver is None:
        return principal
    try:
        return identity.acting_for(
            principal, giver.strip(), directory=basis.directory, delegations=basis.delegations, log_now=log_now
        )
    except identity.NotSignedIn as error:
        raise ProblemError(coded(error.code, **error.facts)) from error


def language_of(request: Request) -> str:
    """The language that the caller prefers: 'id' unless it says 'en'."""
    return request.accept_languages.best_match(("id", "en"), default="id") or "id"


def connect(runtime: Runtime) -> Connection:
    """A connection for reading."""
    return runtime.engine.connect()


def _asked(command: CommitmentCommand, commitment: str, *, leave_out: tuple[str, ...]) -> Mapping[str, Json]:
    body: dict[str, Json] = msgspec.json.decode(msgspec.json.encode(command))
    for name in leave_out:
        del body[name]
    return {"body": body} if "commitment" in leave_out else {"commitment": commitment, "body": body}


def _bearer(request: Request) -> str:
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not token.strip():
        raise ProblemError(coded("token_missing"))
    return token.strip()


def _key(request: Request, *, needed: bool) -> str:
    key = request.headers.get("Idempotency-Key")
    if key is None:
        if needed:
            raise ProblemError(coded("idempotency_key_missing"))
        return str(uuid7())
    if _KEY.fullmatch(key) is None:
        raise ProblemError(coded("idempotency_key_malformed", most=str(LONGEST_KEY)))
    return key


def _expected(request: Request, *, needed: bool) -> str | None:
    expected = request.headers.get("If-Match")
    if expected is None:
        if needed:
            raise ProblemError(coded("if_match_missing"))
        return None
    if _ETAG.fullmatch(expected.strip()) is None:
        raise ProblemError(coded("if_match_malformed"))
    return expected.strip()


def _reached(runtime: Runtime, request: Request) -> int:
    """How far the read models are, after waiting for the position that the caller asks for."""
    wanted = request.headers.get("X-Kawal-Position", "0")
    if not wanted.isascii() or not wanted.isdigit() or len(wanted) > 15:
        raise ProblemError(coded("position_header_malformed"))
    return reading.wait_for(runtime, int(wanted))
