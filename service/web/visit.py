"""One visit of a page: who comes, in which language, and what the pages may read and write for them."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime

import msgspec
from flask import Request

from events.envelope import Json
from service import formats, identity, reading
from service.basis import Basis
from service.catalog import commitment_stream
from service.dispatch import Ask, Caller, Outcome, dispatch
from service.identity import NotSignedIn, Person, Principal
from service.read_models.scope import Scope
from service.runtime import Folded, Runtime
from service.sentences import Vocabulary
from workflows.commands import (
    AppointmentCommand,
    CommitmentCommand,
    DefinitionCommand,
    DelegationCommand,
    SittingCommand,
)
from workflows.commitment import Commitment
from workflows.context import Context

SESSION, VISITOR, LANGUAGE = "kawal_session", "kawal_visitor", "kawal_language"


@dataclass(frozen=True, slots=True)
class Visit:
    """What a page needs of its request.

    now        by the log's clock; a session's time is the machine's
    session    the session's cookie; visitor: the cookie of somebody who isn't signed in, for forms
    signed_in  who acts; None for somebody who isn't signed in, or whose office or delegation has ended meanwhile
    person     whose session it is, whether or not they still hold its office
    """

    runtime: Runtime
    basis: Basis
    language: str
    now: datetime
    session: str | None
    visitor: str
    signed_in: Principal | None = None
    person: Person | None = None

    @property
    def principal(self) -> Principal:
        """Who acts; raises NotSignedIn."""
        if self.signed_in is None:
            raise NotSignedIn("session_unknown")
        return self.signed_in

    @property
    def office(self) -> str:
        """The office whose authority is used, and whose view is shown; raises NotSignedIn."""
        return self.principal.authority

    @property
    def role(self) -> str | None:
        """The acting office's role; None where the directory doesn't know the office."""
        known = self.basis.directory.office(self.office)
        return None if known is None else known.role

    @property
    def scope(self) -> Scope:
        """What the acting office sees today."""
        return reading.scope(self.basis, self.office, self.now, programmes=self.principal.programmes)

    @property
    def zone(self) -> str:
        """The zone of the acting office."""
        return self.basis.directory.zone_of(self.office)

    def say(self, indonesian: str, english: str, **places: object) -> str:
        """One text in the visit's language, its places filled."""
        text = english if self.language == "en" else indonesian
        return text.format_map(places) if places else text

    def number(self, value: int) -> str:
        """A whole number as the language writes it."""
        return formats.number(value, self.language)

    def words(self, commitment: Commitment | None = None) -> Vocabulary:
        """Names for ids, with those of a commitment's programme and workflow."""
        if commitment is None:
            return Vocabulary(self.language, self.basis.directory)
        return reading.words_of(self.basis, commitment, self.language)

    def context(self, commitment: Commitment) -> Context:
        """What the rules may know of this visit."""
        drafted, by = commitment.drafted, self.principal.acting
        return self.basis.context(drafted.programme, commitment.definition_version, by=by, now=self.now)

    def visible(self, commitment: str) -> tuple[Folded, Commitment]:
        """A commitment that the office sees, as the log's head has it; raises NotFound."""
        programmes = self.principal.programmes
        return reading.visible(
            self.runtime, self.basis, self.office, commitment=commitment, now=self.now, programmes=programmes
        )

    def acting_for(self, giver: str) -> Visit:
        """The same visit with the eyes of an office that delegated to the visitor's. Raises NotSignedIn."""
        directory, delegations = self.basis.directory, self.basis.delegations
        signed_in = identity.acting_for(
            self.principal, giver, directory=directory, delegations=delegations, log_now=self.now
        )
        return replace(self, signed_in=signed_in)

    def do(
        self,
        command: CommitmentCommand,
        commitment: str,
        *,
        key: str,
        expected: str | None = None,
        leave_out: tuple[str, ...] = (),
    ) -> Outcome:
        """Have a command decided and recorded under the form's own key: the second click has the first one's answer.

        leave_out  fields of the command that the service made up: they are no part of what was asked
        """
        body: dict[str, Json] = msgspec.json.decode(msgspec.json.encode(command))
        for name in leave_out:
            del body[name]
        principal = self.principal
        ask = Ask(
            command,
            commitment_stream(commitment),
            Caller(principal.acting, principal.signin),
            f"http:{principal.name}:{principal.person}:{key}",
            {"commitment": commitment, "body": body},
            expected,
        )
        return dispatch(self.runtime, ask)

    def record(
        self,
        command: AppointmentCommand | DelegationCommand | DefinitionCommand | SittingCommand,
        stream: str,
        *,
        key: str,
        leave_out: tuple[str, ...] = (),
    ) -> Outcome:
        """Have a command of no commitment decided and recorded under the form's own key.

        leave_out  fields of the command that the service made up: they are no part of what was asked
        """
        asked: dict[str, Json] = msgspec.json.decode(msgspec.json.encode(command))
        for name in leave_out:
            del asked[name]
        principal = self.principal
        operation = f"http:{principal.name}:{principal.person}:{key}"
        caller = Caller(principal.acting, principal.signin)
        return dispatch(self.runtime, Ask(command, stream, caller, operation, {"body": asked}))


def open_visit(runtime: Runtime, request: Request) -> Visit:
    """Find out who comes, by the session's cookie alone; anything else that a request says of itself is ignored."""
    basis = runtime.basis(fresh=True)
    visit = Visit(
        runtime=runtime,
        basis=basis,
        language=_chosen(request.cookies) or "id",
        now=runtime.now(),
        session=request.cookies.get(session_name(runtime)),
        visitor=request.cookies.get(VISITOR) or secrets.token_urlsafe(24),
    )
    return visit if visit.session is None else _signed_in(visit, request)


def session_name(runtime: Runtime) -> str:
    """The session cookie's name; under https one that no other host and no plain http can set."""
    return f"__Host-{SESSION}" if is_https(runtime) else SESSION


def is_https(runtime: Runtime) -> bool:
    """Whether people reach the pages by https."""
    return runtime.config.base_url.startswith("https://")


def _signed_in(visit: Visit, request: Request) -> Visit:
    runtime, cookie = visit.runtime, visit.session
    assert cookie is not None, "asked only with a session"
    lifetime, now = identity.lifetime_of(runtime.config), datetime.now(UTC)
    principal = None
    try:
        principal = identity.session_of(
            runtime.engine,
            cookie,
            directory=visit.basis.directory,
            delegations=visit.basis.delegations,
            now=now,
            log_now=visit.now,
            lifetime=lifetime,
        )
        pseudonym = principal.person
    except NotSignedIn as error:
        if error.code not in ("not_a_holder", "not_a_delegate"):
            return visit
        pseudonym = identity.session_person(runtime.engine, cookie, now=now, lifetime=lifetime)
    person = identity.person(runtime.engine, pseudonym)
    language = _chosen(request.cookies) or (person.language if person else visit.language)
    return replace(visit, language=language, signed_in=principal, person=person)


def _chosen(cookies: Mapping[str, str]) -> str | None:
    language = cookies.get(LANGUAGE)
    return language if language in formats.LANGUAGES else None
